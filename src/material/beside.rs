//! What stands in an office document besides its text: comments, notes,
//! headers, hidden cells, charts, the addresses of links.
//!
//! The readers of each format read what a reader sees. This is the other half:
//! every part of the package that is XML is gone through in one way, whatever
//! the format, so that no place can be forgotten. Numbers that the text has
//! too are known already and not said again.

use super::text::Collector;
use crate::diagnostic::{Beside, MaterialPlace};
use crate::office::Package;
use crate::office::xml::{Element, Node, walk};

/// How deep documents within documents are looked through.
const DEPTH: u32 = 2;

/// Looks through all parts of the package of these bytes. Of one that is
/// `cleaned` before it is published, properties are left out.
pub(super) fn look(bytes: &[u8], cleaned: bool, text: &mut Collector) {
    nested(bytes, cleaned, text, &|name| MaterialPlace::Beside(beside(name)), 0);
}

/// The same of a package whose parts are the text, as in an EPUB.
pub(super) fn look_whole(bytes: &[u8], text: &mut Collector) {
    nested(bytes, false, text, &|_| MaterialPlace::Whole, 0);
}

fn nested(
    bytes: &[u8],
    cleaned: bool,
    text: &mut Collector,
    place: &dyn Fn(&str) -> MaterialPlace,
    depth: u32,
) {
    let Ok(mut package) = Package::open(bytes) else { return };
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    for name in names {
        let is_document = name.contains("/embeddings/") && depth < DEPTH;
        if text.is_full()
            || !(is_document || is_xml(&name))
            || (cleaned && beside(&name) == Beside::Properties)
        {
            continue;
        }
        let Ok(Some(part)) = package.part(&name) else { continue };
        if is_xml(&name) {
            part_of(&part, text, &place(&name));
        } else {
            nested(&part, cleaned, text, &|_| MaterialPlace::Beside(Beside::Enclosed), depth + 1);
        }
    }
}

fn part_of(xml: &[u8], text: &mut Collector, place: &MaterialPlace) {
    let (mut lines, mut written) = (String::new(), String::new());
    // Half a part is better than none.
    let _ = walk(xml, |node| match node {
        Node::Start(element) => values(element, &mut written),
        Node::Text(text) => match whole_number(text) {
            Some(number) => lines.push_str(&number),
            None => lines.push_str(text),
        },
        Node::End(name) if !is_inline(name) => lines.push('\n'),
        Node::End(_) => {}
    });
    lines.lines().chain(written.lines()).for_each(|line| text.look_beside(line, place));
}

/// Whether a part, by its name (lower case), is XML.
fn is_xml(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    matches!(extension, "xml" | "rels" | "vml" | "xhtml" | "html" | "htm" | "opf" | "ncx")
}

/// Elements within a line of text, in any of the vocabularies: runs and what
/// changes their look.
fn is_inline(name: &[u8]) -> bool {
    const INLINE: [&[u8]; 16] = [
        b"r",
        b"t",
        b"span",
        b"a",
        b"ins",
        b"del",
        b"delText",
        b"hyperlink",
        b"smartTag",
        b"rPr",
        b"bookmarkStart",
        b"bookmarkEnd",
        b"proofErr",
        b"s",
        b"b",
        b"i",
    ];
    INLINE.contains(&name)
}

/// What people wrote into attributes.
fn values(element: &Element<'_>, written: &mut String) {
    for name in ["descr", "title", "alt", "tooltip", "href", "Target", "string-value"] {
        if let Some(value) = element.attribute(name).filter(|value| value.len() < 2048) {
            written.push_str(&value);
            written.push('\n');
        }
    }
}

/// A cell's number as it is when it is written out: some programs store
/// 13912345678 as `1.3912345678E10`.
fn whole_number(text: &str) -> Option<String> {
    let short =
        text.len() < 32 && text.contains(['E', 'e']) && text.starts_with(|c: char| c.is_ascii_digit());
    let number: f64 = short.then(|| text.trim().parse().ok())??;
    whole(number)
}

/// A number of eleven digits and more without a fraction, written out.
pub(super) fn whole(number: f64) -> Option<String> {
    // Beyond 2^53 doubles have no ones.
    ((1e10..9e15).contains(&number) && number.fract() == 0.0).then(|| format!("{number:.0}"))
}

/// What a part is to people, by its name (lower case).
fn beside(name: &str) -> Beside {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match () {
        () if has(&["docprops", "meta.xml", "customxml", "core-properties", "settings", "metadata"]) => {
            Beside::Properties
        }
        () if has(&["_rels/"]) => Beside::Links,
        () if has(&["comment", "annotation", "people", "person"]) => Beside::Comments,
        () if has(&["notesslide"]) => Beside::Notes,
        () if has(&["header", "footer"]) => Beside::Headers,
        () if has(&["chart", "drawing", "diagram"]) => Beside::Drawings,
        () => Beside::Hidden,
    }
}
