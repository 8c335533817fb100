//! Marks that a merge leaves in a text where two people changed one place:
//! `<<<<<<<`, `=======`, `>>>>>>>` (git, Mercurial, Subversion; `|||||||`
//! before what both began from).

use std::borrow::Cow;

use crate::text::Span;

/// A place that nobody has decided yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conflict {
    /// The line that opens it.
    pub(super) start: Span,
    /// The line that closes it.
    pub(super) end: Span,
    /// From the line between the two sides to the end of the last line.
    other: Span,
}

/// How a mark begins: seven signs, then a space or the end of the line.
fn is_mark(line: &str, sign: char) -> bool {
    let rest = line.trim_start_matches(sign);
    line.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with([' ', '\r']))
}

/// The undecided places of `text`, in order.
pub(super) fn conflicts(text: &str) -> Vec<Conflict> {
    let mut found = Vec::new();
    if memchr::memmem::find(text.as_bytes(), b"<<<<<<<").is_none() {
        return found;
    }
    let (mut start, mut middle) = (None, None);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n').trim_end_matches('\r');
        let span = Span::new(at, at + bare.len());
        if is_mark(bare, '<') {
            (start, middle) = (Some(span), None);
        } else if start.is_some() && middle.is_none() && (is_mark(bare, '=') || is_mark(bare, '|')) {
            middle = Some(span);
        } else if let (Some(first), Some(between)) = (start, middle)
            && is_mark(bare, '>')
        {
            found.push(Conflict {
                start: first,
                end: span,
                other: Span { start: between.start, end: span.end },
            });
            (start, middle) = (None, None);
        }
        at += line.len();
    }
    found
}

/// The text with the first side of each place alone; what is left out is
/// spaces, so that everything else stays at its place.
pub(super) fn first_sides<'t>(text: Cow<'t, str>, conflicts: &[Conflict]) -> Cow<'t, str> {
    if conflicts.is_empty() {
        return text;
    }
    let mut rest = text.as_ref();
    let mut sides = String::with_capacity(text.len());
    for Conflict { start, other, .. } in conflicts {
        for (end, keep) in [(start.start, true), (start.end, false), (other.start, true), (other.end, false)]
        {
            let until = usize::try_from(end).unwrap_or(usize::MAX).saturating_sub(sides.len());
            let Some((part, after)) = rest.split_at_checked(until) else { return text };
            if keep {
                sides.push_str(part);
            } else {
                blank(&mut sides, part);
            }
            rest = after;
        }
    }
    sides.push_str(rest);
    Cow::Owned(sides)
}

/// As many spaces as `part` has bytes; lines stay lines.
fn blank(sides: &mut String, part: &str) {
    sides.extend(part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = conflicts(text);
        let sides = first_sides(Cow::Borrowed(text), &found);
        assert_eq!(sides.len(), text.len());
        let lines: Vec<&str> = sides.lines().map(str::trim_end).collect();
        assert_eq!(lines.join("/"), expected, "{text:?}");
    }

    #[test]
    fn the_first_side_stays_at_its_place() {
        check(
            "前\n<<<<<<< HEAD\n收到25条。\n=======\n收到52条。\n>>>>>>> 张三\n后\n",
            "前//收到25条。////后",
        );
        check("<<<<<<< a\r\n一\r\n||||||| b\r\n二\r\n=======\r\n三\r\n>>>>>>> c\r\n", "/一/////");
        check("<<<<<<<\n一\n=======\n二\n>>>>>>>", "/一///");
        check(
            "<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n中\n<<<<<<< a\n3\n=======\n4\n>>>>>>> b\n",
            "/1////中//3///",
        );
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for text in [
            "<<<<<<<< 八个\n=======\n>>>>>>> x\n",
            "<<<<<<< 只有开头\n",
            "标题\n=======\n正文 <<<<<<< 行内\n",
        ] {
            assert_eq!(conflicts(text), [], "{text:?}");
        }
    }
}
