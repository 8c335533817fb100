//! Where front matter ends and the body begins.

use std::ops::Range;

use crate::diagnostic::{Edit, Fix, FrontFault};
use crate::text::Span;

/// The parts of a file, in bytes of its text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The YAML between the fences; `None` where there is none.
    pub(super) yaml: Option<Range<usize>>,
    /// The front matter, fences included; empty where there is none.
    pub(super) front: Span,
    /// Where the body begins.
    pub(super) body: usize,
    /// What is wrong with the fences.
    pub(super) fault: Option<(FrontFault, Span)>,
    /// What would mend it.
    pub(super) fix: Option<Fix>,
}

/// A line with its place, without its end.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    /// Where the next line begins.
    next: usize,
    text: &'t str,
}

impl Line<'_> {
    fn span(self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    /// `---`, or what an editor's hand makes of it.
    fn fence(self) -> Option<Fence> {
        match self.text {
            "---" => Some(Fence::Right),
            "+++" => Some(Fence::Toml),
            text => {
                let dashes = text.chars().filter(|c| "-—－–﹣".contains(*c)).count();
                (dashes >= 2 && dashes == text.chars().count()).then_some(Fence::Odd)
            }
        }
    }

    /// Whether it looks like an entry of front matter.
    fn is_entry(self) -> bool {
        let key = self.text.split([':', '：']).next().unwrap_or("");
        key.len() < self.text.len() && crate::yaml::is_known_key(key.trim())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fence {
    Right,
    Toml,
    /// `——`, `----`, `－－－`.
    Odd,
}

/// Finds the front matter of `text`.
pub(super) fn split(text: &str) -> Parts {
    let mut parts = find(text);
    parts.fix = parts.fault.as_ref().and_then(|(fault, span)| fix(text, fault, *span, &parts));
    parts
}

/// The fences as they should be.
fn fix(text: &str, fault: &FrontFault, span: Span, parts: &Parts) -> Option<Fix> {
    let fence = if text.contains("\r\n") { "---\r\n" } else { "---\n" };
    let (start, end) = (span.start as usize, span.end as usize);
    match fault {
        FrontFault::OddFence { .. } => Some(Fix::safe(vec![Edit::new(start, end, "---")])),
        FrontFault::NoOpeningFence => Some(Fix::safe(vec![Edit::new(start, start, fence)])),
        FrontFault::NoFences => {
            let yaml = parts.yaml.clone()?;
            Some(Fix::safe(vec![
                Edit::new(yaml.start, yaml.start, fence),
                Edit::new(yaml.end, yaml.end, fence),
            ]))
        }
        _ => None,
    }
}

fn find(text: &str) -> Parts {
    let mut lines = lines(text).skip_while(|line| line.text.trim().is_empty());
    let Some(first) = lines.next() else { return Parts { body: text.len(), ..Parts::default() } };
    let rest: Vec<Line<'_>> = lines.take(MOST_LINES).collect();
    let looks_like_front =
        || rest.iter().find(|line| !line.text.trim().is_empty()).is_some_and(|l| l.is_entry());
    match first.fence() {
        Some(Fence::Right) if first.start == 0 => between(text, first, &rest, None),
        Some(Fence::Right) if looks_like_front() => {
            let fault = (FrontFault::NotAtTop, first.span());
            between(text, first, &rest, Some(fault))
        }
        Some(Fence::Odd) if looks_like_front() => {
            let fault = FrontFault::OddFence { fence: first.text.to_owned() };
            between(text, first, &rest, Some((fault, first.span())))
        }
        Some(Fence::Toml) => toml(first, &rest),
        None if first.start == 0 && first.is_entry() && closes_soon(&rest) => {
            let fault = (FrontFault::NoOpeningFence, first.span());
            let opening = Line { start: first.start, next: first.start, text: "" };
            let mut all = vec![first];
            all.extend(rest);
            between(text, opening, &all, Some(fault))
        }
        None if first.start == 0 && first.is_entry() => unfenced(first, &rest),
        _ => Parts::default(),
    }
}

/// The longest front matter that is looked for, in lines.
const MOST_LINES: usize = 2_000;

/// Whether more entries and then a closing fence follow a line `...`, which so
/// does not end the front matter.
fn goes_on(rest: &[Line<'_>]) -> bool {
    let entries = rest
        .iter()
        .take_while(|line| line.is_entry() || line.text.starts_with([' ', '-']) && line.fence().is_none());
    let count = entries.count();
    count > 0 && rest.get(count).is_some_and(|line| line.fence() == Some(Fence::Right))
}

/// Whether entries are followed by a closing fence: front matter without its
/// first line.
fn closes_soon(rest: &[Line<'_>]) -> bool {
    rest.iter().take_while(|line| !line.text.trim().is_empty()).any(|line| line.fence() == Some(Fence::Right))
}

/// The parts of a text whose front matter has no fences at all: a title and
/// whatever else stands before the first empty line. A text that only begins
/// like an entry (`时间：3月8日`) is none.
fn unfenced(first: Line<'_>, rest: &[Line<'_>]) -> Parts {
    let mut head = vec![first];
    head.extend(rest.iter().take_while(|line| !line.text.is_empty()));
    let entries = head.iter().filter(|line| line.is_entry()).count();
    let inner = head.iter().filter(|line| line.text.starts_with([' ', '-'])).count();
    let is_title = |line: &Line<'_>| {
        line.text.split([':', '：']).next().is_some_and(|key| matches!(key.trim(), "title" | "标题"))
    };
    if entries + inner < head.len() || !head.iter().any(is_title) {
        return Parts::default();
    }
    let (end, next) = head.last().map_or((0, 0), |line| (line.start + line.text.len(), line.next));
    Parts {
        yaml: Some(first.start..next),
        front: Span::new(first.start, end),
        body: next,
        fault: Some((FrontFault::NoFences, first.span())),
        fix: None,
    }
}

/// The parts of a text whose front matter begins after `opening`.
fn between(text: &str, opening: Line<'_>, rest: &[Line<'_>], fault: Option<(FrontFault, Span)>) -> Parts {
    let odd_opening = opening.fence() == Some(Fence::Odd);
    let closing = rest.iter().enumerate().find(|(n, line)| match line.fence() {
        Some(Fence::Right) => true,
        Some(Fence::Odd) => odd_opening,
        _ => line.text == "..." && !goes_on(rest.get(n + 1..).unwrap_or_default()),
    });
    let closing = closing.map(|(_, line)| line);
    if let Some(closing) = closing {
        return Parts {
            yaml: Some(opening.next..closing.start),
            front: Span::new(opening.start, closing.start + closing.text.len()),
            body: closing.next,
            fault,
            fix: None,
        };
    }
    // Never closed: a mistyped fence ends it, else the first blank line does.
    let odd = rest.iter().take_while(|line| !line.text.trim().is_empty()).find(|line| line.fence().is_some());
    let fault = fault.or_else(|| {
        Some(match odd {
            Some(line) => (FrontFault::OddFence { fence: line.text.to_owned() }, line.span()),
            None => (FrontFault::Unclosed, opening.span()),
        })
    });
    let end = odd.copied().or_else(|| rest.iter().find(|line| line.text.trim().is_empty()).copied());
    let (yaml_end, body) = end.map_or((text.len(), text.len()), |line| (line.start, line.next));
    Parts {
        yaml: Some(opening.next..yaml_end),
        front: Span::new(opening.start, yaml_end),
        body,
        fault,
        fix: None,
    }
}

/// The parts of a text whose front matter is TOML, which is passed over.
fn toml(opening: Line<'_>, rest: &[Line<'_>]) -> Parts {
    let closing = rest.iter().find(|line| line.fence() == Some(Fence::Toml)).copied();
    let end = closing.unwrap_or(opening);
    Parts {
        yaml: None,
        front: Span::new(opening.start, end.start + end.text.len()),
        body: end.next,
        fault: Some((FrontFault::Toml, opening.span())),
        fix: None,
    }
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |whole| {
        let line = Line { start, next: start + whole.len(), text: whole.trim_end() };
        start += whole.len();
        line
    })
}
