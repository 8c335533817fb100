//! The XML of office documents, walked event by event.
//!
//! Parts may begin with a byte order mark and may be written in UTF-16 or in
//! an encoding that their declaration names (XML 1.0, 4.3.3); [`utf8`] puts
//! that in order before anything else looks at them.
//!
//! **Invariant:** entities are never expanded and a document type that defines
//! any is refused, so what is read is no longer than what is stored.

use std::borrow::Cow;
use std::io::BufRead;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Broken;
use crate::text::has_forbidden_control;

/// How deep elements may stand in each other: a table in a table in a table
/// has some dozens.
pub(crate) const MAX_DEPTH: usize = 5_000;

/// The UTF-8 byte order mark.
const MARK: &[u8] = b"\xEF\xBB\xBF";

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

    /// Its name as it is written.
    pub(crate) fn qualified(&self) -> &[u8] {
        self.0.name().into_inner()
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

    /// The values of all attributes with a prefix, among which are the
    /// relationships that it names.
    pub(crate) fn prefixed(&self) -> Vec<String> {
        let mut all = self.0.attributes();
        let prefixed = all.with_checks(false).flatten().filter(|attribute| attribute.key.prefix().is_some());
        prefixed.map(|attribute| String::from_utf8_lossy(&attribute.value).into_owned()).collect()
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

/// The encoding that the first bytes of a part declare, where that is not
/// UTF-8.
pub(crate) fn foreign_encoding(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = declaration.get(..memchr::memmem::find(declaration, b"?>")?)?;
    let label = declaration.get(memchr::memmem::find(declaration, b"encoding")? + 8..)?;
    let mut quoted = label.split(|byte| matches!(byte, b'"' | b'\''));
    let encoding = Encoding::for_label(quoted.nth(1)?)?;
    // Whoever could read this declaration byte by byte does not read UTF-16.
    (encoding != UTF_8 && encoding.is_ascii_compatible()).then_some(encoding)
}

/// A part in UTF-8, without a byte order mark.
pub(crate) fn utf8(xml: &[u8]) -> Cow<'_, [u8]> {
    match foreign_encoding(xml) {
        None => Cow::Borrowed(xml.strip_prefix(MARK).unwrap_or(xml)),
        Some(encoding) => Cow::Owned(encoding.decode(xml).0.into_owned().into_bytes()),
    }
}

/// Hands every node of `xml` to `each`.
pub(crate) fn walk(xml: &[u8], each: impl FnMut(Node<'_>)) -> Result<(), Broken> {
    walk_from(&*utf8(xml), each)
}

/// As [`walk`], of UTF-8 that is read piece by piece.
pub(crate) fn walk_from(source: impl BufRead, mut each: impl FnMut(Node<'_>)) -> Result<(), Broken> {
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|_| Broken::Damaged)?;
        if has_forbidden_control(&event) {
            return Err(Broken::Damaged);
        }
        match event {
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
            Event::GeneralRef(reference) => each(Node::Text(&referred(&reference))),
            Event::DocType(kind) if !defines_entities(&kind) => {}
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof | Event::DocType(_) => return Err(Broken::Damaged),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

/// The character that `&name;` or `&#n;` stands for; nothing for a name that
/// XML does not know by itself.
pub(crate) fn referred(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => resolve_predefined_entity(&String::from_utf8_lossy(reference)).unwrap_or_default().to_owned(),
    }
}

/// Whether a document type has declarations of its own. Manifests of
/// old office programs name one without any.
pub(crate) fn defines_entities(kind: &[u8]) -> bool {
    kind.contains(&b'[')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &[u8]) -> Result<String, Broken> {
        let mut all = String::new();
        walk(xml, |node| {
            if let Node::Text(text) = node {
                all.push_str(text);
            }
        })?;
        Ok(all)
    }

    #[test]
    fn parts_are_read_in_the_encoding_they_declare() {
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| {
            "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
        };
        let xml = "<?xml version='1.0' encoding='UTF-16'?><a>学习&amp;</a>";
        let gbk = encoding_rs::GBK.encode("<?xml version=\"1.0\" encoding=\"GB2312\"?><a>学习&amp;</a>").0;
        for bytes in [
            b"\xEF\xBB\xBF<a>\xE5\xAD\xA6\xE4\xB9\xA0&amp;</a>".to_vec(),
            utf16(xml, u16::to_le_bytes),
            utf16(xml, u16::to_be_bytes),
            gbk.into_owned(),
            xml.as_bytes().to_vec(),
        ] {
            assert_eq!(text(&bytes), Ok("学习&".to_owned()));
        }
    }

    #[test]
    fn a_document_type_is_passed_over_but_its_entities_are_refused() {
        assert_eq!(text(b"<!DOCTYPE a PUBLIC \"-//x//\" \"a.dtd\"><a>1</a>"), Ok("1".to_owned()));
        assert_eq!(text(b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), Err(Broken::Damaged));
    }
}
