//! Radicals that stand for characters in PDFs.
//!
//! Fonts draw the radical ⻓ (U+2ED3) and the character 长 (U+957F) with one
//! glyph, and programs that make PDFs (Chromium among them) go back from the
//! glyph to whichever comes first. No text means a radical by itself.

use unicode_normalization::char::decompose_compatible;

/// The character that is meant by `c`.
pub(super) fn meant(c: char) -> char {
    match c {
        // Kangxi radicals decompose to their characters (Unicode 16, 18.1).
        '\u{2F00}'..='\u{2FD5}' => {
            let mut whole = c;
            decompose_compatible(c, |part| whole = part);
            whole
        }
        // Of the supplement only two do; these share a glyph in Noto Sans CJK SC.
        '\u{2E80}'..='\u{2EF3}' => {
            SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, whole)| *whole)
        }
        _ => c,
    }
}

#[rustfmt::skip]
const SUPPLEMENT: [(char, char); 68] = [
    ('⺂', '乛'), ('⺃', '乚'), ('⺅', '亻'), ('⺉', '刂'), ('⺎', '兀'), ('⺏', '尣'), ('⺐', '尢'), ('⺒', '巳'), ('⺓', '幺'),
    ('⺔', '彑'), ('⺕', '彐'), ('⺖', '忄'), ('⺘', '扌'), ('⺙', '攵'), ('⺛', '旡'), ('⺞', '歺'), ('⺟', '母'), ('⺠', '民'),
    ('⺡', '氵'), ('⺣', '灬'), ('⺦', '丬'), ('⺨', '犭'), ('⺭', '礻'), ('⺯', '糹'), ('⺰', '纟'), ('⺱', '罓'), ('⺲', '罒'),
    ('⺹', '耂'), ('⺺', '肀'), ('⺾', '艹'), ('⻀', '艹'), ('⻂', '衤'), ('⻃', '覀'), ('⻄', '西'), ('⻅', '见'), ('⻈', '讠'),
    ('⻉', '贝'), ('⻋', '车'), ('⻍', '辶'), ('⻐', '钅'), ('⻑', '長'), ('⻒', '镸'), ('⻓', '长'), ('⻔', '门'), ('⻖', '阝'),
    ('⻘', '青'), ('⻙', '韦'), ('⻚', '页'), ('⻛', '风'), ('⻜', '飞'), ('⻝', '食'), ('⻟', '飠'), ('⻠', '饣'), ('⻢', '马'),
    ('⻣', '骨'), ('⻤', '鬼'), ('⻥', '鱼'), ('⻦', '鸟'), ('⻧', '卤'), ('⻨', '麦'), ('⻩', '黄'), ('⻪', '黾'), ('⻬', '齐'),
    ('⻮', '齿'), ('⻯', '竜'), ('⻰', '龙'), ('⻱', '龜'), ('⻳', '龟'),
];
