//! The XML of office documents, walked event by event.
//!
//! **Invariant:** entities are never expanded and a document type is refused,
//! so what is read is no longer than what is stored.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::Broken;

/// How deep elements may stand in each other: a table in a table in a table
/// has some dozens.
const MAX_DEPTH: usize = 5_000;

/// What is met on the way through an XML file.
pub(crate) enum Node<'n> {
    /// A beginning; an empty element has a beginning and an end.
    Start(&'n Element<'n>),
    /// An end: the local name.
    End(&'n [u8]),
    /// Characters.
    Text(&'n str),
}

/// The beginning of an element.
pub(crate) struct Element<'n>(&'n BytesStart<'n>);

impl<'n> Element<'n> {
    /// The element that begins so.
    pub(crate) fn new(start: &'n BytesStart<'n>) -> Self {
        Self(start)
    }

    /// Its name without the prefix.
    pub(crate) fn name(&self) -> &[u8] {
        self.0.local_name().into_inner()
    }

    /// The attribute of that local name.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.0.attributes();
        let mut all = all.with_checks(false).flatten();
        let found = all.find(|attribute| attribute.key.local_name().as_ref() == name.as_bytes())?;
        let text = String::from_utf8_lossy(&found.value);
        Some(quick_xml::escape::unescape(&text).map_or_else(|_| text.to_string(), Cow::into_owned))
    }

    /// The relationship that it names: the attribute `r:id`, whatever the
    /// prefix is; `id` without one is the element's own number.
    pub(crate) fn relation(&self) -> Option<String> {
        let mut all = self.0.attributes();
        let found = all.with_checks(false).flatten().find(|attribute| {
            attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == b"id"
        })?;
        Some(String::from_utf8_lossy(&found.value).into_owned())
    }

    /// Whether the attribute of that local name says yes.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| is_on(&value))
    }
}

/// Whether a value of OOXML's `ST_OnOff` says yes.
pub(crate) fn is_on(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// Hands every node of `xml` to `each`.
pub(crate) fn walk(xml: &[u8], mut each: impl FnMut(Node<'_>)) -> Result<(), Broken> {
    let xml = xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml);
    let mut reader = Reader::from_reader(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Broken::Damaged)? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Broken::Damaged);
                }
                each(Node::Start(&Element(&start)));
            }
            Event::Empty(start) => {
                each(Node::Start(&Element(&start)));
                each(Node::End(start.local_name().into_inner()));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                each(Node::End(end.local_name().into_inner()));
            }
            Event::Text(text) => each(Node::Text(&String::from_utf8_lossy(&text))),
            Event::CData(text) => each(Node::Text(&String::from_utf8_lossy(&text))),
            Event::GeneralRef(reference) => {
                let name = String::from_utf8_lossy(&reference).into_owned();
                match reference.resolve_char_ref() {
                    Ok(Some(c)) => each(Node::Text(c.encode_utf8(&mut [0; 4]))),
                    _ => each(Node::Text(resolve_predefined_entity(&name).unwrap_or_default())),
                }
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof | Event::DocType(_) => return Err(Broken::Damaged),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}
