//! Who made a piece: 署名, however it is written.
//!
//! `署名: {通讯员: 张庆伟}` names a role and people; `署名: 通讯员 张庆伟 姚艳辉` says the
//! same in one line, and `署名: 张三` names people alone, who are its authors.

use super::Byline;
use super::check::Sink;
use crate::diagnostic::FrontFault;
use crate::text::{At, Span, is_han};
use crate::yaml::{Entries, OneOrMany, TextsOr, is_role};

/// The role of people who are named without one.
const AUTHOR: &str = "作者";

/// The roles and their people, in the order written.
pub(super) fn bylines(
    written: Option<TextsOr<Entries<OneOrMany<At<String>>>>>,
    sink: &mut Sink<'_>,
) -> Vec<Byline> {
    match written {
        None => Vec::new(),
        Some(TextsOr::Group(roles)) => by_roles(roles, sink),
        Some(TextsOr::Texts(texts)) => by_texts(&texts, sink.text),
    }
}

fn by_roles(roles: Entries<OneOrMany<At<String>>>, sink: &mut Sink<'_>) -> Vec<Byline> {
    let mut bylines = Vec::new();
    for (role, names) in roles.0 {
        let names: Vec<At<String>> = names.0.into_iter().flat_map(|name| people(&name, sink.text)).collect();
        if names.is_empty() {
            sink.at(role.span, FrontFault::NobodyNamed { role: role.value });
        } else {
            bylines.push(Byline { role: role.value, names });
        }
    }
    bylines
}

/// People after their role, or alone: `通讯员 张庆伟 姚艳辉`, `摄影：李四`, `张三`.
fn by_texts(texts: &[At<String>], source: &str) -> Vec<Byline> {
    let mut bylines: Vec<Byline> = Vec::new();
    for text in texts {
        let mut role = AUTHOR;
        for (part, start) in runs(&text.value) {
            let Some((named, rest)) = with_role(part) else {
                add(&mut bylines, role, people(&within(text, part, start, source), source));
                continue;
            };
            role = named;
            let start = start + (part.len() - rest.len());
            add(&mut bylines, role, people(&within(text, rest, start, source), source));
        }
    }
    bylines
}

fn add(bylines: &mut Vec<Byline>, role: &str, names: Vec<At<String>>) {
    if names.is_empty() {
        return;
    }
    match bylines.iter_mut().find(|line| line.role == role) {
        Some(line) => line.names.extend(names),
        None => bylines.push(Byline { role: role.to_owned(), names }),
    }
}

/// The text in parts that each begin with a role, the first perhaps without
/// one; with the byte at which each begins.
fn runs(text: &str) -> Vec<(&str, usize)> {
    let mut starts = vec![0];
    let mut at = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || "；;，,、/（(".contains(c)) {
        let end = at + word.len();
        let word = word.trim_end_matches(|c: char| c.is_whitespace() || "；;，,、/（(）)".contains(c));
        if at > 0 && with_role(word).is_some() {
            starts.push(at);
        }
        at = end;
    }
    starts.push(text.len());
    let part = |ends: &[usize]| match ends {
        [start, end] => text.get(*start..*end).map(|part| (part, *start)),
        _ => None,
    };
    starts.windows(2).filter_map(part).collect()
}

/// A role, and what follows it.
fn with_role(text: &str) -> Option<(&str, &str)> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || "（(".contains(c));
    let end = start.find(|c: char| c.is_whitespace() || "：:".contains(c)).unwrap_or(start.len());
    let (role, rest) = start.split_at_checked(end)?;
    is_role(role).then(|| (role, rest.trim_start_matches(|c: char| c.is_whitespace() || "：:".contains(c))))
}

/// A part of a text with its own place, where the text stands in the file as it
/// is.
fn within(text: &At<String>, part: &str, start: usize, source: &str) -> At<String> {
    let begin = text.span.start as usize;
    let verbatim = source.get(begin..).is_some_and(|rest| rest.starts_with(text.value.as_str()));
    let trimmed = part.trim_end_matches(|c: char| c.is_whitespace() || "；;，,、/（(）)".contains(c));
    let span = if verbatim { Span::new(begin + start, begin + start + trimmed.len()) } else { text.span };
    At::new(trimmed.to_owned(), span)
}

/// The people that one text names: `张庆伟、姚艳辉`, `张庆伟 姚艳辉`. Blanks
/// part names only where all of them are Chinese names of two characters or
/// more: `张　三` is one man, `John Smith` another.
fn people(written: &At<String>, source: &str) -> Vec<At<String>> {
    let text = written.value.as_str();
    let is_name = |part: &str| part.chars().count() >= 2 && part.chars().all(|c| is_han(c) || c == '·');
    let by_blanks = text.split_whitespace().count() > 1 && text.split_whitespace().all(is_name);
    let parts = text.split(|c: char| "、，,；;".contains(c) || (by_blanks && c.is_whitespace()));
    // Without quotes and escapes the text stands in the file as it is.
    let start = written.span.start as usize;
    let verbatim = source.get(start..).is_some_and(|rest| rest.starts_with(text));
    let mut people = Vec::new();
    let mut at = 0;
    for part in parts {
        let name = part.trim();
        let from = at + part.find(name).unwrap_or(0);
        at += part.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        if name.is_empty() {
            continue;
        }
        let span = if verbatim { Span::new(start + from, start + from + name.len()) } else { written.span };
        people.push(At::new(name.to_owned(), span));
    }
    people
}
