//! XML with some tags changed; every other byte stays as it is.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::Broken;
use super::xml::Element;

/// What becomes of an element.
pub(crate) enum Change {
    /// It stays.
    Keep,
    /// It goes, with all that stands in it.
    Drop,
    /// Its text is replaced by this; it has no elements in it.
    Text(&'static str),
    /// Its attributes are looked at.
    Attributes,
    /// It stays, and its text is looked at; it has no elements in it.
    Words,
}

/// What becomes of an attribute.
pub(crate) enum Value {
    /// It stays.
    Keep,
    /// It goes.
    Drop,
    /// It gets this value.
    Set(String),
}

/// How a part is changed.
pub(crate) trait Rules {
    /// What becomes of the element.
    fn element(&mut self, element: &Element<'_>) -> Change;

    /// What becomes of the attribute `name` (whole, with its prefix) of an
    /// element with [`Change::Attributes`].
    fn attribute(&mut self, element: &Element<'_>, name: &str, value: &str) -> Value;

    /// What the text of an element with [`Change::Words`] becomes; `None` where
    /// it stays.
    fn words(&mut self, _text: &str) -> Option<String> {
        None
    }
}

/// `xml` changed by `rules`.
pub(crate) fn edit(xml: &[u8], rules: &mut dyn Rules) -> Result<Vec<u8>, Broken> {
    let mut reader = Reader::from_reader(xml);
    let mut out = Vec::with_capacity(xml.len());
    // Within an element that goes, or whose text is replaced: how deep.
    let mut silent = 0_usize;
    // Of an element whose text is looked at: where it begins, and what it is.
    let mut words: Option<(usize, String)> = None;
    let mut from = 0;
    loop {
        let event = reader.read_event().map_err(|_| Broken::Damaged)?;
        let to = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let raw = xml.get(from..to).unwrap_or_default();
        from = to;
        match &event {
            Event::Eof => return Ok(out),
            Event::Start(_) if silent > 0 => silent += 1,
            Event::End(_) if silent > 1 => silent -= 1,
            Event::End(_) if silent == 1 => {
                silent = 0;
                // The end of an element whose text was replaced.
                if out.ends_with(END_FOLLOWS) {
                    out.truncate(out.len() - END_FOLLOWS.len());
                    out.extend_from_slice(raw);
                }
            }
            _ if silent > 0 => {}
            Event::Start(start) => match rules.element(&Element::new(start)) {
                Change::Keep => out.extend_from_slice(raw),
                Change::Drop => silent = 1,
                Change::Text(text) => {
                    out.extend_from_slice(raw);
                    out.extend_from_slice(text.as_bytes());
                    out.extend_from_slice(END_FOLLOWS);
                    silent = 1;
                }
                Change::Attributes => rewrite(&mut out, start, raw, ">", rules),
                Change::Words => {
                    out.extend_from_slice(raw);
                    words = Some((out.len(), String::new()));
                }
            },
            Event::Empty(start) => match rules.element(&Element::new(start)) {
                Change::Keep | Change::Text(_) | Change::Words => out.extend_from_slice(raw),
                Change::Drop => {}
                Change::Attributes => rewrite(&mut out, start, raw, "/>", rules),
            },
            Event::End(_) => {
                if let Some((at, text)) = words.take()
                    && let Some(new) = rules.words(&text)
                {
                    out.truncate(at);
                    out.extend_from_slice(quick_xml::escape::escape(&new).as_bytes());
                }
                out.extend_from_slice(raw);
            }
            event => {
                if let Some((_, text)) = &mut words {
                    text.push_str(&characters(event));
                }
                out.extend_from_slice(raw);
            }
        }
    }
}

/// A mark that no XML holds: here an end tag is to follow.
const END_FOLLOWS: &[u8] = b"\0";

/// Writes a tag again, its attributes judged; as it was, where all stay.
fn rewrite(out: &mut Vec<u8>, start: &BytesStart<'_>, raw: &[u8], end: &str, rules: &mut dyn Rules) {
    let element = Element::new(start);
    let mut tag = vec![b'<'];
    tag.extend_from_slice(start.name().as_ref());
    let mut changed = false;
    for attribute in start.attributes().with_checks(false).flatten() {
        let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        let value = match rules.attribute(&element, &name, &value) {
            Value::Keep => value.replace('"', "&quot;"),
            Value::Drop => {
                changed = true;
                continue;
            }
            Value::Set(new) => {
                changed |= new != value;
                quick_xml::escape::escape(&new).into_owned()
            }
        };
        tag.extend_from_slice(format!(" {name}=\"{value}\"").as_bytes());
    }
    tag.extend_from_slice(end.as_bytes());
    out.extend_from_slice(if changed { &tag } else { raw });
}

/// The characters that an event between tags stands for.
pub(crate) fn characters(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => String::from_utf8_lossy(text).into_owned(),
        Event::CData(text) => String::from_utf8_lossy(text).into_owned(),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(c)) => c.to_string(),
            _ => {
                resolve_predefined_entity(&String::from_utf8_lossy(reference)).unwrap_or_default().to_owned()
            }
        },
        _ => String::new(),
    }
}
