//! A file's text cut into units that a sentence does not leave: paragraphs,
//! headings, list items, table rows, values of YAML. Code and comments are
//! left out.

use crate::markdown::BlockName;
use crate::text::Span;

/// A piece of prose and where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit<'t> {
    pub start: usize,
    pub text: &'t str,
    /// Whether it is a value of YAML.
    pub yaml: bool,
}

/// What the lines at hand are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Markdown,
    Front,
    /// A fence of that many of that character; of a data block or of code.
    Fence {
        sign: u8,
        length: usize,
        data: bool,
    },
    Comment,
}

/// The units of `text`, whose front matter stands at `front`.
pub(super) fn units(text: &str, front: Span) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    let mut state = if front.end > front.start { State::Front } else { State::Markdown };
    let mut open: Option<(usize, bool)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let kind = classify(line, &mut state, end >= front.end as usize);
        if kind != Kind::Goes {
            close(text, &mut open, start, &mut units);
        }
        if let Kind::Begins { yaml } = kind {
            open = Some((start, yaml));
        } else if kind == Kind::Goes && open.is_none() {
            open = Some((start, false));
        }
    }
    close(text, &mut open, text.len(), &mut units);
    units
}

fn close<'t>(text: &'t str, open: &mut Option<(usize, bool)>, end: usize, units: &mut Vec<Unit<'t>>) {
    if let Some((start, yaml)) = open.take()
        && let Some(text) = text.get(start..end)
    {
        units.push(Unit { start, text, yaml });
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It begins a unit.
    Begins { yaml: bool },
    /// It goes on with the one before.
    Goes,
    /// It is no prose.
    Nothing,
}

fn classify(line: &str, state: &mut State, front_ends: bool) -> Kind {
    let inner = line.trim_start_matches([' ', '\t', '>', '\u{3000}']).trim_end();
    match *state {
        State::Front => {
            if front_ends {
                *state = State::Markdown;
            }
            yaml(inner)
        }
        State::Comment => {
            if inner.contains("-->") {
                *state = State::Markdown;
            }
            Kind::Nothing
        }
        State::Fence { sign, length, data } => {
            let run = inner.bytes().take_while(|byte| *byte == sign).count();
            if run >= length && run == inner.len() {
                *state = State::Markdown;
                return Kind::Nothing;
            }
            if data { yaml(inner) } else { Kind::Nothing }
        }
        State::Markdown => markdown(inner, state),
    }
}

fn markdown(inner: &str, state: &mut State) -> Kind {
    let Some(first) = inner.bytes().next() else { return Kind::Nothing };
    if inner.starts_with("<!--") {
        if !inner.contains("-->") {
            *state = State::Comment;
        }
        return Kind::Nothing;
    }
    let run = inner.bytes().take_while(|byte| *byte == first).count();
    if matches!(first, b'`' | b'~') && run >= 3 {
        let info = inner.get(run..).unwrap_or("").split_whitespace().next().unwrap_or("");
        *state = State::Fence { sign: first, length: run, data: BlockName::read(info).is_some() };
        return Kind::Nothing;
    }
    if matches!(first, b'#' | b'|' | b'-' | b'*' | b'+') || is_numbered(inner) {
        return Kind::Begins { yaml: false };
    }
    Kind::Goes
}

/// `1.`, `2)`.
fn is_numbered(inner: &str) -> bool {
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && matches!(inner.as_bytes().get(digits), Some(b'.' | b')'))
}

fn yaml(inner: &str) -> Kind {
    if inner.is_empty() || inner.starts_with('#') || inner.starts_with("---") {
        return Kind::Nothing;
    }
    let key = inner
        .split_once(':')
        .is_some_and(|(key, rest)| key.chars().count() <= 20 && (rest.is_empty() || rest.starts_with(' ')));
    if key || inner.starts_with("- ") { Kind::Begins { yaml: true } } else { Kind::Goes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_cut_at_its_seams() {
        let text = "---\ntitle: 一\nsummary: >\n  二\n  三\n---\n四\n五\n\n- 六\n- 七\n\n```rust\n八\n```\n<!-- 九\n十 -->\n```ledger\nnote: 甲\n```\n> 乙\n";
        let front = Span::new(0, text.find("四").expect("a body"));
        let cut: Vec<&str> = units(text, front).iter().map(|unit| unit.text.trim()).collect();
        assert_eq!(
            cut,
            ["title: 一", "summary: >\n  二\n  三", "四\n五", "- 六", "- 七", "note: 甲", "> 乙"]
        );
    }
}
