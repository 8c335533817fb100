//! Which characters are Chinese, Japanese or Korean.
//!
//! "CJK" here is the definition of the markdown-cjk-friendly amendment to
//! CommonMark: East Asian Width W, F or H, or a script that is written with
//! them; Hangul counts for emphasis but not for soft breaks.

/// Whether `c` is a Han character (汉字): the Unicode script Han, letters only.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Whether `c` is punctuation of Chinese or Japanese text, full-width ASCII
/// included, and the quotation marks and dashes that Chinese shares with Latin
/// text (`“”‘’—…·`) excluded.
pub fn is_cjk_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{3030}' | '\u{303D}'
        | '\u{30FB}' | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

/// Whether `c` belongs to Chinese or Japanese text: Han, kana, bopomofo, or
/// their punctuation and full-width forms.
pub fn is_cjk(c: char) -> bool {
    is_han(c)
        || is_cjk_punctuation(c)
        || matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3000}'..='\u{30FF}' | '\u{3100}'..='\u{312F}'
            | '\u{31A0}'..='\u{33FF}' | '\u{FF00}'..='\u{FFEF}')
}
