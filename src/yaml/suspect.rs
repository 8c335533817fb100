//! Valid YAML that hardly says what its author meant.

use super::tree::{Content, Id, Tree};
use crate::diagnostic::YamlFault;
use crate::text::Span;

/// Looks through a tree whose places are bytes of `text`.
pub(super) fn look(tree: &Tree, text: &str) -> Vec<(YamlFault, Span)> {
    let mut found = Vec::new();
    for node in tree.nodes() {
        match &node.content {
            Content::List { items, flow: true } => {
                found.extend(items.iter().filter_map(|id| comma(tree, *id)));
            }
            Content::Group { entries, .. } => {
                found.extend(entries.iter().filter_map(|(key, value)| {
                    swallowed(tree, text, *key, *value).or_else(|| cut_short(tree, text, *value))
                }));
            }
            Content::Scalar { text: value, plain: true } => found.extend(dash(text, value, node.span)),
            _ => {}
        }
    }
    found
}

/// The first Chinese comma of each unquoted item in brackets.
pub(super) fn commas(tree: &Tree) -> Vec<Span> {
    let lists = tree.nodes().iter().filter_map(|node| match &node.content {
        Content::List { items, flow: true } => Some(items),
        _ => None,
    });
    lists.flatten().filter_map(|id| comma(tree, *id)).map(|(_, span)| span).collect()
}

/// A line of its own that begins with a dash, and is no item for want of a
/// space: `-学习教育`.
fn dash(text: &str, value: &str, span: Span) -> Option<(YamlFault, Span)> {
    let next = value.strip_prefix('-')?.chars().next()?;
    let start = span.start as usize;
    let line = text.get(..start)?.rsplit('\n').next()?;
    let own_line = line.trim().is_empty() && start > line.len();
    let fault = (YamlFault::NoSpaceAfterDash, Span::new(start, start + 1));
    (own_line && next.is_alphabetic()).then_some(fault)
}

/// An unquoted item in brackets with a Chinese comma: `[学习，查纠]`.
fn comma(tree: &Tree, id: Id) -> Option<(YamlFault, Span)> {
    let Content::Scalar { text, plain: true } = tree.content(id) else { return None };
    let at = text.find(['，', '、'])?;
    let comma = text.get(at..)?.chars().next()?;
    let start = tree.span(id).start as usize + at;
    Some((YamlFault::FullWidthComma { comma }, Span::new(start, start + comma.len_utf8())))
}

/// A key whose value begins with `#` and so is a comment: `期号: #3`. A
/// comment proper has a space after the sign.
fn swallowed(tree: &Tree, text: &str, key: Id, value: Id) -> Option<(YamlFault, Span)> {
    if !tree.is_nothing(value) {
        return None;
    }
    let end = tree.span(key).end as usize;
    let line = text.get(end..)?.lines().next()?;
    let comment = line.trim_start().strip_prefix(':')?.trim_start();
    let lost = comment.strip_prefix('#')?;
    if lost.is_empty() || lost.starts_with([' ', '#', '\t']) {
        return None;
    }
    let start = end + line.len() - comment.len();
    let fault = YamlFault::CommentSwallows { left: String::new() };
    Some((fault, Span::new(start, start + comment.trim_end().len())))
}

/// A value that a `#` cuts short: `标题: 学习 #教育整顿# 专栏开通`. A comment proper
/// has a space after the sign, or stands behind a value that is no text.
fn cut_short(tree: &Tree, text: &str, value: Id) -> Option<(YamlFault, Span)> {
    let Content::Scalar { text: left, plain: true } = tree.content(value) else { return None };
    let is_text = left.chars().any(char::is_alphabetic)
        && !matches!(&**left, "是" | "否" | "true" | "false" | "yes" | "no")
        && super::moment::moment(left).is_none();
    let end = tree.span(value).end as usize;
    let rest = text.get(end..)?.split(['\n', '\r']).next()?;
    let comment = rest.trim_start();
    let lost = comment.strip_prefix('#')?;
    if !is_text || lost.is_empty() || lost.starts_with([' ', '#', '\t', '!']) {
        return None;
    }
    let start = end + (rest.len() - comment.len());
    let fault = YamlFault::CommentSwallows { left: left.to_string() };
    Some((fault, Span::new(start, start + comment.trim_end().len())))
}
