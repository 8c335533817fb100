//! Titles cut into words: where a line may break.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// The words of `text`, which they make when put together again. Punctuation
/// stays with the word that it may not be parted from by a line's end.
pub fn words(text: &str) -> Vec<String> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut words: Vec<String> = Vec::new();
    let mut start = 0;
    let mut open = false;
    for end in segmenter.segment_str(text) {
        let Some(segment) = text.get(start..end).filter(|segment| !segment.is_empty()) else { continue };
        start = end;
        let first = segment.chars().next().unwrap_or(' ');
        let opening = is_opening(first);
        let joins = open || !(opening || first.is_alphanumeric());
        match words.last_mut().filter(|_| joins) {
            Some(word) => word.push_str(segment),
            None => words.push(segment.to_owned()),
        }
        open = opening;
    }
    words
}

/// Whether a line may not end after `c`.
fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '《' | '〈' | '（' | '【' | '〔' | '「' | '『' | '［' | '｛' | '(' | '[' | '{')
}

#[cfg(test)]
mod tests {
    use super::words;

    fn check(text: &str, expected: &str) {
        assert_eq!(words(text).join("|"), expected);
        assert_eq!(words(text).concat(), text);
    }

    #[test]
    fn titles_break_between_words() {
        check("教育整顿进行时", "教育|整顿|进行|时");
        check("每周两个下午，每天一个晚上：", "每周|两个|下午，|每天|一个|晚上：");
        check("《教育整顿进行时》专栏（第一辑）", "《教育|整顿|进行|时》|专栏|（第|一辑）");
        check("", "");
        check("GPS 3000余本", "GPS |3000|余|本");
    }
}
