//! Numbers and bullets that a word processor puts before a paragraph.

/// A rank of numbering, by GB/T 9704—2012, 7.3.3: `一、`, `（一）`, `1.`,
/// `（1）` in this order; what stands outside the standard ranks last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::markdown) enum Rank {
    /// `一、`
    First,
    /// `（一）`
    Second,
    /// `1、`, `（1）`, `①`, `A．`, `第一，`
    Further,
}

/// The number that a line begins with: its rank, and its length in bytes.
///
/// Half-width `1.` and `1)` are Markdown's own and looked at elsewhere. Not a
/// number: `一、二年级`, `3、4月份`, where the next of a series follows.
pub(in crate::markdown) fn ordinal(line: &str) -> Option<(Rank, usize)> {
    let found = bare(line).or_else(|| bracketed(line)).or_else(|| enclosed(line)).or_else(|| worded(line))?;
    let rest = line.get(found.1..)?.trim_start();
    let goes_on = value(line).zip(value(rest)).is_some_and(|(number, next)| next == number + 1);
    (!rest.is_empty() && !goes_on).then_some(found)
}

/// The number that a text begins with, up to ten where it is written in Han
/// characters.
fn value(text: &str) -> Option<usize> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(3).collect();
    let han = || text.chars().next().and_then(|c| "一二三四五六七八九十".chars().position(|n| n == c));
    digits.parse().ok().or_else(|| han().map(|n| n + 1))
}

/// `一、`, `十二、`, `1、`, `A．`, `a、`.
fn bare(line: &str) -> Option<(Rank, usize)> {
    // At most three characters stand before it.
    let (mark, _) = line.char_indices().take(4).find(|(_, c)| matches!(c, '、' | '．'))?;
    // `1．` is a list's sign, which another rule looks at.
    let is_point = line.get(mark..)?.starts_with('．');
    let head = line.get(..mark)?;
    let length = mark + line.get(mark..)?.chars().next()?.len_utf8();
    match head.chars().count() {
        1..=3 if head.chars().all(is_numeral) => Some((Rank::First, length)),
        1..=2 if !is_point && head.chars().all(|c| c.is_ascii_digit() || is_wide_digit(c)) => {
            Some((Rank::Further, length))
        }
        1 if head.chars().all(|c| c.is_ascii_alphabetic()) => Some((Rank::Further, length)),
        _ => None,
    }
}

/// `（一）`, `(一)`, `（1）`, `(1)`.
fn bracketed(line: &str) -> Option<(Rank, usize)> {
    let inner = line.strip_prefix(['（', '('])?;
    let close = inner.find(['）', ')'])?;
    let head = inner.get(..close)?;
    let length = line.len() - inner.len() + close + inner.get(close..)?.chars().next()?.len_utf8();
    match head.chars().count() {
        1..=3 if head.chars().all(is_numeral) => Some((Rank::Second, length)),
        1..=2 if head.chars().all(|c| c.is_ascii_digit() || is_wide_digit(c)) => {
            Some((Rank::Further, length))
        }
        _ => None,
    }
}

/// `①`, `⑴`, `⒈`, `❶`, `㈠`.
fn enclosed(line: &str) -> Option<(Rank, usize)> {
    let first = line.chars().next()?;
    let is_one = matches!(first, '\u{2460}'..='\u{249B}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}');
    is_one.then(|| (Rank::Further, first.len_utf8()))
}

/// `第一，`, `其一，`, `一是`.
fn worded(line: &str) -> Option<(Rank, usize)> {
    let inner = line.strip_prefix(['第', '其'])?;
    let digits: usize = inner.chars().take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    let mark = inner.get(digits..)?.chars().next().filter(|c| matches!(c, '，' | '、' | '：'))?;
    (digits > 0).then(|| (Rank::Further, line.len() - inner.len() + digits + mark.len_utf8()))
}

/// A bullet of the fonts Symbol and Wingdings, which Word stores in the private
/// use area: nothing but a box is shown of it.
pub(in crate::markdown) fn is_private_bullet(c: char) -> bool {
    matches!(c, '\u{F020}'..='\u{F0FF}')
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '〇' | '零')
}

fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_by_their_rank() {
        for (line, rank) in [
            ("一、提高认识", Rank::First),
            ("十二、附则", Rank::First),
            ("（一）加强领导", Rank::Second),
            ("(二)健全机制", Rank::Second),
            ("1、集中学", Rank::Further),
            ("（1）第一项", Rank::Further),
            ("①学习", Rank::Further),
            ("A．正确", Rank::Further),
            ("第一，抓部署。", Rank::Further),
        ] {
            assert_eq!(ordinal(line).map(|(rank, _)| rank), Some(rank), "{line}");
        }
    }

    #[test]
    fn a_series_within_a_sentence_is_no_number() {
        for line in [
            "一、二年级学生参加。",
            "3、4月份开展。",
            "会议指出，要做到：一、学",
            "第一阶段",
            "一般、较好",
            "",
            "、",
            "一、",
        ] {
            assert_eq!(ordinal(line), None, "{line}");
        }
    }
}
