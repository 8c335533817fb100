//! Word's paragraphs that run together: it puts one line end between two, and
//! Markdown wants an empty line.

use super::{Line, ordinal};
use crate::diagnostic::{Edit, Fix, MarkdownFault};
use crate::markdown::writer::Writer;
use crate::text::is_han;

/// A line that reaches this part of the widest one may have been wrapped: it
/// says nothing that it ends in a full stop.
const FULL: f64 = 0.85;

/// The longest line that may be a heading without a full stop, in cells.
const SHORT: usize = 44;

/// Reports a paragraph whose lines are paragraphs; whether it was one.
pub(super) fn in_paragraph(writer: &mut Writer<'_>, lines: &[Line<'_>]) -> bool {
    if lines.len() < 2 {
        return false;
    }
    if lines.iter().any(|line| line.text.starts_with('\u{3000}')) {
        // Said by another rule, whose fix parts these lines too.
        return false;
    }
    let parted = breaks(lines);
    let (Some(first), Some(last)) = (parted.first(), parted.last()) else { return false };
    let (Some(from), Some(to)) = (lines.get(*first), lines.get(last + 1)) else { return false };
    let edits =
        parted.iter().filter_map(|n| lines.get(*n)).map(|line| empty_line_after(writer, line)).collect();
    let fault = MarkdownFault::JoinedLines { lines: parted.len() + 1 };
    writer.report_with_fix(from.start..to.end(), fault, Fix::safe(edits));
    true
}

/// An empty line below `line`, with the line end that the file uses.
fn empty_line_after(writer: &Writer<'_>, line: &Line<'_>) -> Edit {
    let rest = writer.source.text.get(line.end()..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let end = if rest.get(blanks..).is_some_and(|rest| rest.starts_with("\r\n")) { "\r\n" } else { "\n" };
    Edit::new(line.end(), line.end() + blanks, end)
}

/// After which lines a new paragraph begins; none where the lines are wrapped
/// ones of a single paragraph.
fn breaks(lines: &[Line<'_>]) -> Vec<usize> {
    let widest = lines.iter().map(Line::width).max().unwrap_or_default();
    let pairs: Vec<(usize, &Line<'_>, &Line<'_>)> = lines
        .windows(2)
        .enumerate()
        .filter_map(|(n, pair)| match pair {
            [one, other] if !one.breaks => Some((n, one, other)),
            _ => None,
        })
        .collect();
    let all_end = pairs.iter().all(|(_, one, _)| ends_sentence(one.text) || ordinal(one.text).is_some());
    let parted: Vec<usize> = pairs
        .iter()
        .filter(|(_, one, other)| {
            ordinal(other.text).is_some()
                || is_label(one.text) && is_label(other.text)
                || ends_sentence(one.text) && (all_end || !is_full(one, widest))
                || is_heading(one)
        })
        .map(|(n, ..)| *n)
        .collect();
    // Where most line ends fall within sentences, the text was wrapped.
    if parted.len() * 2 >= pairs.len() { parted } else { Vec::new() }
}

#[expect(clippy::cast_precision_loss, reason = "widths of lines are small")]
fn is_full(line: &Line<'_>, widest: usize) -> bool {
    line.width() as f64 >= widest as f64 * FULL
}

/// `…。`, `…！”`, `…：`: nothing of the sentence is left for the next line.
fn ends_sentence(line: &str) -> bool {
    let text = line.trim_end_matches(['”', '’', '）', '》', '」', '』', '*', '_', '~']);
    text.ends_with(['。', '！', '？', '；', '：', '…']) && line.chars().any(is_han)
}

/// `一、提高认识`: a short numbered line without a full stop.
fn is_heading(line: &Line<'_>) -> bool {
    let goes_on = line.text.ends_with(['，', '、', '（', '“', '《', '-', ',']);
    line.width() <= SHORT && !goes_on && ordinal(line.text).is_some() && line.text.chars().any(is_han)
}

/// `时间：3月8日`, `地点：礼堂`.
fn is_label(line: &str) -> bool {
    line.split_once('：').is_some_and(|(name, value)| {
        let length = name.chars().count();
        (2..=6).contains(&length)
            && name.chars().all(is_han)
            && !value.is_empty()
            && value.chars().count() <= 40
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::pasted::lines;

    fn parted(text: &str) -> Vec<usize> {
        breaks(&lines(text, &(0..text.len())))
    }

    #[test]
    fn lines_of_word_are_paragraphs() {
        for (text, right) in [
            ("会议由党委副书记主持。\n会议指出，要提高政治站位。\n会议强调，要狠抓落实。", vec![0, 1]),
            ("一、提高认识\n全体民警要学深悟透，逐字逐句读原文，联系岗位谈体会。\n二、狠抓落实", vec![0, 1]),
            (
                "会议由党委副书记主持，各科所队负责人到会听取部署。\n一、提高认识\n要学深悟透。\n二、狠抓落实",
                vec![0, 1, 2],
            ),
            ("1、集中学。\n（1）第一项\n①第一", vec![0, 1]),
            ("1、带头学习\n2、带头查摆", vec![0]),
            ("时间：3月8日\n地点：礼堂", vec![0]),
            ("他问：“学了没有？”\n“学了。”", vec![0]),
        ] {
            assert_eq!(parted(text), right, "{text}");
        }
    }

    #[test]
    fn a_wrapped_paragraph_is_one() {
        for text in [
            "3月8日上午，市公安局召开动员部署电视电话会议，传达学习上级\n会议精神，安排部署全市公安队伍教育整顿工作。会议由党委副书\n记主持。",
            "第一行没有写完，\n第二行接着写",
            "白日依山尽，\n黄河入海流。",
            "手工换行  \n第二行。",
            "一行",
            "",
        ] {
            assert!(parted(text).is_empty(), "{text}");
        }
    }
}
