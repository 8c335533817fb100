//! A title cut into words, so that lines break between them.
//!
//! Line breaking in CSS knows nothing of Chinese words; `keep-all` with a break
//! opportunity between words does. A word here takes along the punctuation
//! that may not stand at a line's beginning or end (GB/T 15834-2011, 5.1), and a
//! number its measure: 3月8日, 110个.

use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::is_han;

/// The dictionary is compiled in; reading it in takes a moment, once.
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// The words of `title`; their concatenation is `title`.
///
/// The dictionary leaves a word that it does not know as single characters, so
/// up to four of them in a row stay together: 以考促学.
pub fn words(title: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut from = 0;
    let mut singles = 0;
    for to in places(title) {
        let Some(piece) = title.get(from..to).filter(|piece| !piece.is_empty()) else { continue };
        from = to;
        let single = is_single(piece);
        match words.last_mut() {
            Some(word) if belongs_together(word, piece) || (single && (1..4).contains(&singles)) => {
                word.push_str(piece);
                singles = if single && singles > 0 { singles + 1 } else { 0 };
            }
            _ => {
                words.push(piece.to_owned());
                singles = usize::from(single);
            }
        }
    }
    lean(words)
}

/// Words of two characters that a column of this kind is full of and the
/// dictionary does not know: it reads 史学 in 党史学习.
const KNOWN: [&str; 7] = ["党史", "党课", "党建", "党风", "党性", "党纪", "辅警"];

/// Where words end, as bytes of `title`.
fn places(title: &str) -> Vec<usize> {
    let mut places: Vec<usize> = SEGMENTER.segment_str(title).collect();
    for word in KNOWN {
        for (start, _) in title.match_indices(word) {
            let end = start + word.len();
            places.retain(|place| *place <= start || *place >= end);
            places.extend([start, end]);
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// Joins what is one character and punctuation, or one character at the very
/// end, to the word before: a line that begins with 课， has lost a word.
fn lean(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let count = words.len();
    for (at, word) in words.into_iter().enumerate() {
        let mut chars = word.chars();
        let lone = chars.next().is_some_and(is_han)
            && chars.clone().all(closes)
            && (chars.next().is_some() || at + 1 == count);
        match joined.last_mut() {
            Some(before) if lone && before.chars().next_back().is_some_and(is_han) => before.push_str(&word),
            _ => joined.push(word),
        }
    }
    joined
}

/// Whether no line may break between `word` and `piece`.
fn belongs_together(word: &str, piece: &str) -> bool {
    let (Some(last), Some(next)) = (word.chars().next_back(), piece.chars().next()) else { return true };
    if last.is_whitespace() {
        return next.is_whitespace();
    }
    if next.is_whitespace()
        || closes(next)
        || opens(last)
        || "—…·-/+".contains(next)
        || "—…·-/+".contains(last)
    {
        return true;
    }
    let measured = last.is_ascii_digit() && is_han(next);
    let dated = "年月第".contains(last) && next.is_ascii_digit();
    measured || dated || is_suffix(piece)
}

/// Words of one character that lean on the word before them.
fn is_suffix(piece: &str) -> bool {
    matches!(
        piece,
        "的" | "了"
            | "着"
            | "们"
            | "吗"
            | "吧"
            | "呢"
            | "等"
            | "证"
            | "所"
            | "队"
            | "局"
            | "室"
            | "站"
            | "者"
            | "性"
    )
}

fn is_single(piece: &str) -> bool {
    let mut chars = piece.chars();
    chars.next().is_some_and(is_han) && chars.next().is_none()
}

/// Punctuation that may not begin a line.
fn closes(c: char) -> bool {
    "，。、；：？！）》〉」』】〕’”％%,.;:?!)]}".contains(c)
}

/// Punctuation that may not end a line.
fn opens(c: char) -> bool {
    "（《〈「『【〔‘“([{".contains(c)
}
