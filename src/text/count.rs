//! How much there is to read.

use super::is_han;

/// The number of 汉字 in `text` plus its Latin words and numbers.
///
/// Kana and Hangul syllables count one each. A word may hold `'`, `’`, `-`,
/// `.` and `,` between letters or digits: `1,400`, `GB18030`, `don't`.
pub fn count_words(text: &str) -> u32 {
    let mut count = 0_u32;
    let mut in_word = false;
    let mut joined = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            count += u32::from(!in_word && !joined);
            (in_word, joined) = (true, false);
        } else if c.is_ascii() || c == '’' {
            // One such sign may join two parts of a word.
            joined = in_word && matches!(c, '\'' | '-' | '.' | ',' | '’');
            in_word = false;
        } else if is_han(c) || matches!(c, '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}') {
            count += 1;
            (in_word, joined) = (false, false);
        } else if c.is_alphabetic() {
            count += u32::from(!in_word && !joined);
            (in_word, joined) = (true, false);
        } else {
            (in_word, joined) = (false, false);
        }
    }
    count
}

/// How wide `text` is in ems, rounded up: a Chinese character is one, a letter
/// about a half (UAX 11, East Asian width; quotes and dashes as Chinese fonts
/// have them).
pub fn ems(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width_cjk(text).div_ceil(2)
}
