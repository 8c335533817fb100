//! The whole body cleaned, slots and all.
//!
//! Raw fragments need not be balanced, and what a browser makes of odd HTML
//! only an HTML parser knows: so a body that holds any goes through `ammonia`
//! once. Slots stand in as elements and attributes of a name that the text does
//! not contain.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::allowed::{ELEMENTS, GLOBAL, WITH_CONTENT};
use crate::markdown::Segment;
use crate::markdown::sink::{Sink, Slot};

/// What stands for a slot unless the text contains it.
const USUAL: &str = "zl-slot";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(USUAL));

/// A cleaner that lets slots named `name` through.
///
/// It allows what the table allows in raw HTML, and what this room writes
/// itself. Addresses are in slots, so no attribute with an address is allowed
/// but links within the page.
fn cleaner(name: &str) -> Builder<'_> {
    let ours: [(&str, &[&str]); 5] = [
        ("a", &["href", "role", "aria-label"]),
        ("aside", &["role"]),
        ("div", &["role", "tabindex", "aria-label"]),
        ("input", &["aria-label"]),
        ("pre", &["tabindex"]),
    ];
    let section: (&str, &[&str]) = ("section", &["role", "aria-label"]);
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (element, own) in ELEMENTS.iter().copied().chain(ours).chain([section]) {
        attributes.entry(element).or_default().extend(own);
    }
    attributes.entry("a").or_default().insert(name);
    attributes.entry(name).or_default().insert("n");
    // The boxes of tasks, and nothing else that a form has.
    let fixed = |values: &[&'static str]| values.iter().copied().collect::<HashSet<&str>>();
    let input = HashMap::from([
        ("type", fixed(&["checkbox"])),
        ("disabled", fixed(&[""])),
        ("checked", fixed(&[""])),
    ]);
    let tags: HashSet<&str> = attributes.keys().copied().collect();
    let mut builder = Builder::new();
    builder
        .tags(tags)
        .clean_content_tags(WITH_CONTENT.into_iter().collect())
        .tag_attributes(attributes)
        .tag_attribute_values(HashMap::from([("input", input)]))
        .generic_attributes(GLOBAL.iter().copied().collect())
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(|element, attribute, value| {
            let address = element == "a" && attribute == "href";
            (!address || value.starts_with('#')).then_some(value.into())
        });
    builder
}

/// The pieces of a cleaned body; `text` is the author's.
pub(in crate::markdown) fn pieces(sink: &Sink, text: &str) -> Vec<Segment> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains(USUAL) {
        return cut(&clean(sink, USUAL, &CLEANER), USUAL, sink);
    }
    // A text can't hold more names than it has bytes.
    let name = (0..=lower.len()).map(|n| format!("zl{n}slot")).find(|name| !lower.contains(name.as_str()));
    let name = name.unwrap_or_default();
    cut(&clean(sink, &name, &cleaner(&name)), &name, sink)
}

/// The HTML of `sink`, cleaned, with slots called `name`.
fn clean(sink: &Sink, name: &str, cleaner: &Builder<'_>) -> String {
    let mut html = String::with_capacity(sink.html.len() + sink.slots.len() * 32);
    let mut written = 0;
    for (n, (at, slot)) in sink.slots.iter().enumerate() {
        html.push_str(sink.html.get(written..*at).unwrap_or_default());
        written = *at;
        let number = n.to_string();
        match slot {
            Slot::Segment(Segment::Href(_)) => html.extend([" ", name, "=\"", &number, "\""]),
            _ => html.extend(["<", name, " n=\"", &number, "\"></", name, ">"]),
        }
    }
    html.push_str(sink.html.get(written..).unwrap_or_default());
    cleaner.clean(&html).to_string()
}

/// Cuts cleaned HTML at its slots.
fn cut(html: &str, name: &str, sink: &Sink) -> Vec<Segment> {
    let (href, element, end) = (format!(" {name}=\""), format!("<{name} n=\""), format!("></{name}>"));
    let mut pieces = Vec::new();
    let mut rest = html;
    let push = |pieces: &mut Vec<Segment>, html: &str| {
        if !html.is_empty() {
            pieces.push(Segment::Html(html.to_owned()));
        }
    };
    while let Some(at) = rest.find(name) {
        let (head, is_href) = match rest.get(..at).unwrap_or_default() {
            head if head.ends_with('<') => (at - 1, false),
            _ => (at.saturating_sub(1), true),
        };
        let marker = if is_href { &href } else { &element };
        push(&mut pieces, rest.get(..head).unwrap_or_default());
        let Some((number, behind)) = rest.get(head + marker.len()..).and_then(|rest| rest.split_once('"'))
        else {
            break;
        };
        if let Some((_, Slot::Segment(piece))) = number.parse().ok().and_then(|n: usize| sink.slots.get(n)) {
            pieces.push(piece.clone());
        }
        rest = if is_href { behind } else { behind.strip_prefix(end.as_str()).unwrap_or(behind) };
    }
    push(&mut pieces, rest);
    pieces
}
