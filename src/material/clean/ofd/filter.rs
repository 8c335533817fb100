//! XML with the elements and attributes of a list, and nothing else: neither
//! comments nor what stands between elements.

use std::borrow::Cow;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use super::super::super::ofd::SEEN;
use super::super::super::{Broken, names};
use super::super::SOMEBODY;
use super::lists::List;
use crate::office::edit::characters;

/// `xml` with what `list` names. `id` is what stands in `DocID`.
pub(super) fn filtered(xml: &[u8], list: &List, id: &str) -> Result<Vec<u8>, Broken> {
    let xml = xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml);
    let mut reader = Reader::from_reader(xml);
    let out = Writer::new(Vec::with_capacity(xml.len()));
    let mut filter = Filter { out, list, id, dropped: 0, text: None, keeps_remarks: false };
    loop {
        match reader.read_event().map_err(|_| Broken::Damaged)? {
            Event::Eof => return Ok(filter.out.into_inner()),
            Event::DocType(_) => return Err(Broken::Damaged),
            event => filter.event(event).map_err(|_| Broken::Damaged)?,
        }
    }
}

struct Filter<'f> {
    out: Writer<Vec<u8>>,
    list: &'f List,
    id: &'f str,
    /// Depth within what goes.
    dropped: usize,
    /// The text of the element that is open, where it has one.
    text: Option<String>,
    /// Whether the annotation that is open is an editor's remark.
    keeps_remarks: bool,
}

impl Filter<'_> {
    fn event(&mut self, event: Event<'_>) -> std::io::Result<()> {
        match event {
            Event::Start(_) if self.dropped > 0 => self.dropped += 1,
            Event::End(_) if self.dropped > 0 => self.dropped -= 1,
            _ if self.dropped > 0 => {}
            Event::Start(start) if !self.keeps(&start) => self.dropped = 1,
            Event::Empty(start) if !self.keeps(&start) => {}
            Event::Start(start) => {
                self.text = self.list.has_text(start.local_name().as_ref()).then(String::new);
                self.out.write_event(Event::Start(self.tag(&start)))?;
            }
            Event::Empty(start) => self.out.write_event(Event::Empty(self.tag(&start)))?,
            Event::End(end) => {
                if let Some(text) = self.text.take() {
                    let text = text_of(end.local_name().as_ref(), &text, self.id);
                    self.out.write_event(Event::Text(BytesText::new(text)))?;
                }
                self.out.write_event(Event::End(end))?;
            }
            Event::Decl(_) => self.out.write_event(event)?,
            event => {
                if let Some(text) = &mut self.text {
                    text.push_str(&characters(&event));
                }
            }
        }
        Ok(())
    }

    fn keeps(&mut self, start: &BytesStart<'_>) -> bool {
        match start.local_name().as_ref() {
            b"Annot" => {
                self.keeps_remarks = !SEEN.contains(&attribute(start, b"Type").as_str());
                true
            }
            b"Remark" => self.keeps_remarks,
            name => self.list.has_element(name),
        }
    }

    /// The tag with the attributes that stay.
    fn tag(&self, start: &BytesStart<'_>) -> BytesStart<'static> {
        let element = start.local_name();
        let mut tag = BytesStart::new(String::from_utf8_lossy(start.name().as_ref()).into_owned());
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            if !self.list.has_attribute(element.as_ref(), key) {
                continue;
            }
            match value_of(element.as_ref(), key, &attribute.value) {
                Some(new) => tag.push_attribute((String::from_utf8_lossy(key).as_ref(), new.as_str())),
                None => tag.push_attribute(Attribute { key: attribute.key, value: attribute.value.clone() }),
            }
        }
        tag
    }
}

/// The text of an element as it is published.
fn text_of<'t>(element: &[u8], text: &'t str, id: &'t str) -> &'t str {
    match element {
        b"DocID" => id,
        b"Title" if names::is_file_name(text) => "",
        // Whether annotations are allowed, or an annotation, which has no text.
        b"Annot" if !matches!(text.trim(), "true" | "false") => "",
        _ => text,
    }
}

/// What the value of an attribute becomes; `None` where it stays.
fn value_of(element: &[u8], key: &[u8], value: &[u8]) -> Option<String> {
    match (element, key) {
        (b"Annot", b"Creator") => Some(SOMEBODY.to_owned()),
        (b"URI", b"URI") | (b"Attachment", b"Name") => {
            let value = String::from_utf8_lossy(value);
            let plain = quick_xml::escape::unescape(&value).unwrap_or(Cow::Borrowed(&value));
            names::local_name(&plain)
        }
        _ => None,
    }
}

fn attribute(start: &BytesStart<'_>, name: &[u8]) -> String {
    let mut all = start.attributes();
    let found =
        all.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name);
    found.map(|found| String::from_utf8_lossy(&found.value).into_owned()).unwrap_or_default()
}
