//! Markup of other programs (Obsidian, Typora, kramdown), references that
//! nothing defines, and what keeps a link or picture from being one.

use std::ops::Range;

use crate::diagnostic::MarkdownFault;
use crate::markdown::inline::Run;
use crate::markdown::target;
use crate::markdown::writer::Writer;

/// `[[页面]]`, `![[图.png]]`, `[TOC]`, `[文字][名称]`, `[名称]：https://…`.
pub(super) fn in_brackets(writer: &mut Writer<'_>, run: &Run) {
    let text = run.text.as_str();
    if text.trim().eq_ignore_ascii_case("[toc]") {
        let start = text.find('[').unwrap_or(0);
        return foreign(writer, run, start..start + "[toc]".len(), None);
    }
    let mut behind = 0;
    for (at, _) in text.match_indices('[') {
        if at < behind || run.is_escaped(writer.source.text, at) {
            continue;
        }
        behind = bracket(writer, run, at).unwrap_or(behind);
    }
}

/// Looks at the `[` at byte `at`; where what is reported ends.
fn bracket(writer: &mut Writer<'_>, run: &Run, at: usize) -> Option<usize> {
    let text = run.text.as_str();
    let rest = run.near(at);
    if let Some(inner) = rest.strip_prefix("[[").and_then(|rest| Some(rest.split_once("]]")?.0)) {
        let end = at + inner.len() + 4;
        let shown = text.get(..at).is_some_and(|head| head.ends_with('!'));
        let (name, words) = inner.split_once('|').unwrap_or((inner, inner));
        let right = match (shown, target::is_picture(name)) {
            (true, true) => format!("![说明]({name})"),
            _ if name.contains('.') => format!("[{words}]({name})"),
            _ => format!("[{words}]({name}.md)"),
        };
        (!inner.is_empty() && !inner.contains('['))
            .then(|| foreign(writer, run, at - usize::from(shown)..end, Some(right)))?;
        return Some(end);
    }
    let (label, behind) = rest.strip_prefix('[')?.split_once(']')?;
    let plain = |label: &str| !label.trim().is_empty() && !label.contains(['[', '^']);
    if !plain(label) {
        return None;
    }
    let end = at + label.len() + 2;
    if behind.starts_with('：') && is_target(behind.trim_start_matches(['：', ' '])) {
        writer.seen.meant_links.insert(label.to_owned());
        writer.report(run.place(&(end..end + '：'.len_utf8())), MarkdownFault::FullWidthReference);
        return Some(end);
    }
    let (name, _) = behind.strip_prefix('[')?.split_once(']')?;
    // `[1][2]` counts sources.
    if !plain(name) || name.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole = end + name.len() + 2;
    writer.seen.unlinked.push((name.to_owned(), run.place(&(end..whole))));
    Some(whole)
}

/// `{width=50%}` and `{: .red}` behind a picture, a link or a heading.
pub(super) fn attributes(writer: &mut Writer<'_>, run: &Run) {
    let text = run.text.as_str();
    let Some(end) = text.starts_with('{').then(|| text.find('}')).flatten() else { return };
    let inner = text.get(1..end).unwrap_or_default();
    let begins = inner.starts_with([':', '.', '#']) || inner.contains('=');
    let place = run.place(&(0..end + 1));
    let before = writer.source.text.get(..place.start).unwrap_or_default();
    if begins && before.ends_with([')', ']', '>']) {
        foreign(writer, run, 0..end + 1, None);
    }
}

fn foreign(writer: &mut Writer<'_>, run: &Run, range: Range<usize>, right: Option<String>) {
    let written = run.text.get(range.clone()).unwrap_or_default().to_owned();
    writer.report(run.place(&range), MarkdownFault::ForeignMarkup { written, right });
}

/// Why `destination` with blanks in it is no link, and where that begins.
pub(super) fn why_no_link(destination: &str) -> (usize, MarkdownFault) {
    if let Some(at) =
        destination.find(" \"").filter(|at| destination.get(at + 2..).is_some_and(|s| s.contains('"')))
    {
        return (at + 1, MarkdownFault::QuotesInTitle);
    }
    let size = destination.rfind(" =").filter(|at| {
        let size = destination.get(at + 2..).unwrap_or_default().trim();
        !size.is_empty() && size.bytes().all(|b| b.is_ascii_digit() || b"x*%".contains(&b))
    });
    match size {
        Some(at) => (at + 1, MarkdownFault::SizeInImage),
        None => (0, MarkdownFault::SpaceInLink),
    }
}

/// Whether `text` begins with an address or a path.
fn is_target(text: &str) -> bool {
    let begins = ["http://", "https://", "www.", "./", "../", "mailto:"];
    let first = text.split_whitespace().next().unwrap_or_default();
    begins.iter().any(|begin| first.starts_with(begin)) || target::has_extension(first, &["md", "html"])
}
