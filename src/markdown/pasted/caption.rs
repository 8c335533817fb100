//! A caption below its picture, as everybody writes it in Word: `图1 会场（张庆伟
//! 摄）`. Markdown's place for it is the title within the parentheses.

use std::ops::Range;

use super::{Line, Writer, lines};
use crate::diagnostic::{Edit, Fix, MarkdownFault};

/// The longest caption, in characters.
const LONGEST: usize = 80;

/// Whether a paragraph is one picture and nothing else.
pub(super) fn is_picture(lines: &[Line<'_>]) -> bool {
    matches!(lines, [line] if picture(line.text) == Some(line.text.len()))
}

/// Reports a caption below a picture, in its paragraph or in the next one; whether there was
/// one.
pub(super) fn in_paragraph(
    writer: &mut Writer<'_>,
    former: Option<Range<usize>>,
    found: &[Line<'_>],
) -> bool {
    let text = writer.source.text;
    let above = former.and_then(|place| lines(text, &place).pop());
    let (image, caption) = match (above, found) {
        (Some(above), [line]) => (above.start..above.end(), line.start..line.end()),
        (None, [line]) => match picture(line.text) {
            Some(length) => (line.start..line.start + length, line.start + length..line.end()),
            None => return false,
        },
        (None, [line, below]) if picture(line.text) == Some(line.text.len()) => {
            (line.start..line.end(), below.start..below.end())
        }
        _ => return false,
    };
    let (Some(written), Some(words)) = (text.get(image.clone()), text.get(caption.clone())) else {
        return false;
    };
    let words = words.trim();
    let has_title = written.ends_with("\")") || written.ends_with("')");
    if has_title || !is_caption(words) {
        return false;
    }
    let title = words.replace('\\', "\\\\").replace('"', "\\\"");
    let edits = vec![Edit::new(image.end - 1, caption.end, format!(" \"{title}\")"))];
    let fault = MarkdownFault::CaptionBelow { text: words.chars().take(20).collect() };
    let start = caption.end - text.get(caption.clone()).unwrap_or_default().trim_start().len();
    writer.report_with_fix(start..caption.end, fault, Fix::safe(edits));
    true
}

/// The length of the picture `![…](…)` that a line begins with.
fn picture(line: &str) -> Option<usize> {
    let middle = line.starts_with("![").then(|| line.find("]("))??;
    let inner = line.get(middle + 2..)?;
    let close = if inner.starts_with('<') { inner.find(">)")? + 1 } else { inner.find(')')? };
    Some(middle + 2 + close + 1)
}

/// `图1 …`, `图为…`, `…（张庆伟 摄）`, `…供图`; no marks of Markdown within.
fn is_caption(line: &str) -> bool {
    let figure = line.strip_prefix('图').is_some_and(|rest| {
        let numbered =
            rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        numbered || rest.starts_with(['为', '：'])
    });
    let end = line.trim_end_matches(['）', ')', '。', ' ']);
    let credited =
        ["摄", "摄影", "供图", "制图", "资料图", "示意图"].iter().any(|credit| end.ends_with(credit));
    line.chars().count() <= LONGEST && !line.contains(['[', ']', '`', '<', '!']) && (figure || credited)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_known_by_their_beginning_or_credit() {
        for line in [
            "图1 会场全景",
            "图一　会场",
            "图为学习现场。",
            "会场（张庆伟 摄）",
            "姚艳辉 摄",
            "会场 市局供图",
        ] {
            assert!(is_caption(line), "{line}");
        }
        for line in ["图书室周末开放。", "会议现场座无虚席。", "他把这一幕拍摄下来。", "![另一张](b.jpg)", ""]
        {
            assert!(!is_caption(line), "{line}");
        }
    }
}
