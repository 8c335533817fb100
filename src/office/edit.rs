//! XML with some tags, attributes and texts changed.
//!
//! The part is read as events and each event is written again as it was read,
//! so no position is ever counted. Comments and processing instructions, which
//! no reader of an office document sees, are left out.
//!
//! **Invariant:** what is written is as well-formed as what was read; a part
//! that a strict reader refuses is [`Broken`], never half written.

use std::borrow::Cow;
use std::io::{BufRead, Write};

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::Broken;
use super::xml::{Element, MAX_DEPTH, defines_entities, referred, utf8};

/// What becomes of an element.
pub(crate) enum Change {
    /// It stays; its attributes and texts are judged each for itself.
    Keep,
    /// It goes, with all that stands in it.
    Drop,
    /// It stays, and all that stands in it is replaced by this text.
    Text(String),
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
    fn element(&mut self, _element: &Element<'_>) -> Change {
        Change::Keep
    }

    /// What becomes of the attribute `name` (whole, with its prefix) of an
    /// element that stays. `value` is what it says, entities resolved.
    fn attribute(&mut self, _element: &Element<'_>, _name: &str, _value: &str) -> Value {
        Value::Keep
    }

    /// An attribute that an element that stays gets besides, which has it not:
    /// its local name (its prefix is the element's) and its value.
    fn added(&mut self, _element: &Element<'_>) -> Option<(&'static str, &'static str)> {
        None
    }

    /// What the text between two tags within the element `name` (local) becomes;
    /// `None` where it stays.
    fn text(&mut self, _name: &[u8], _text: &str) -> Option<String> {
        None
    }

    /// The element of that local name ends.
    fn end(&mut self, _name: &[u8]) {}
}

/// How strictly tags must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As XML demands.
    Strict,
    /// As in the VML that Excel writes: `<br>` is never closed.
    Loose,
}

/// `xml` changed by `rules`; `None` where it stays as it is.
pub(crate) fn edit(xml: &[u8], form: Form, rules: &mut dyn Rules) -> Result<Option<Vec<u8>>, Broken> {
    let mut out = Vec::with_capacity(xml.len());
    let changed = edit_from(&*utf8(xml), &mut out, form, rules)?;
    Ok(changed.then_some(out))
}

/// Changes UTF-8 that is read piece by piece, and says whether anything
/// differs.
pub(crate) fn edit_from(
    source: impl BufRead,
    out: &mut impl Write,
    form: Form,
    rules: &mut dyn Rules,
) -> Result<bool, Broken> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().check_end_names = form == Form::Strict;
    reader.config_mut().allow_unmatched_ends = form == Form::Loose;
    let mut editor = Editor {
        out: Writer::new(out),
        rules,
        open: Vec::new(),
        silent: None,
        raw: Vec::new(),
        text: String::new(),
        changed: false,
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| Broken::Damaged)? {
            Event::Eof if form == Form::Loose || editor.open.is_empty() => {
                editor.flush()?;
                return Ok(editor.changed);
            }
            Event::Eof => return Err(Broken::Damaged),
            event => editor.take(event)?,
        }
    }
}

/// A part being changed.
struct Editor<'e, W: Write> {
    out: Writer<W>,
    rules: &'e mut dyn Rules,
    /// The local names of the elements that are open.
    open: Vec<Vec<u8>>,
    /// Within what goes: how many elements are open in and with it, and whether
    /// its end is written.
    silent: Option<(usize, bool)>,
    /// Text between two tags as it was read, and what it says.
    raw: Vec<Event<'static>>,
    text: String,
    changed: bool,
}

impl<W: Write> Editor<'_, W> {
    fn take(&mut self, event: Event<'_>) -> Result<(), Broken> {
        match event {
            Event::Start(start) => self.start(&start),
            Event::Empty(start) => self.empty(&start),
            Event::End(end) => self.end(&end),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                if self.silent.is_none() {
                    self.text.push_str(&characters(&event));
                    self.raw.push(event.into_owned());
                }
                Ok(())
            }
            Event::DocType(kind) if defines_entities(&kind) => Err(Broken::Damaged),
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) => {
                self.changed = true;
                Ok(())
            }
            // What was in another encoding is in UTF-8 now.
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().and_then(Result::ok);
                if encoding.is_none_or(|name| name.eq_ignore_ascii_case(b"utf-8")) {
                    return self.write(Event::Decl(declaration));
                }
                self.changed = true;
                let plain = quick_xml::events::BytesDecl::new("1.0", Some("UTF-8"), Some("yes"));
                self.write(Event::Decl(plain))
            }
            Event::Eof => Ok(()),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Broken> {
        self.flush()?;
        self.open.push(start.local_name().into_inner().to_vec());
        if self.open.len() > MAX_DEPTH {
            return Err(Broken::Damaged);
        }
        if self.silent.is_some() {
            return Ok(());
        }
        let element = Element::new(start);
        match self.rules.element(&element) {
            Change::Keep => {
                let tag = self.tag(start);
                self.write(Event::Start(tag))
            }
            Change::Drop => {
                self.changed = true;
                self.silent = Some((self.open.len(), false));
                Ok(())
            }
            Change::Text(text) => {
                self.changed = true;
                let tag = self.tag(start);
                self.write(Event::Start(tag))?;
                self.silent = Some((self.open.len(), true));
                self.write(Event::Text(quick_xml::events::BytesText::new(&text)))
            }
        }
    }

    fn empty(&mut self, start: &BytesStart<'_>) -> Result<(), Broken> {
        self.flush()?;
        if self.silent.is_some() {
            return Ok(());
        }
        if matches!(self.rules.element(&Element::new(start)), Change::Drop) {
            self.changed = true;
            return Ok(());
        }
        let tag = self.tag(start);
        self.write(Event::Empty(tag))?;
        self.rules.end(start.local_name().into_inner());
        Ok(())
    }

    fn end(&mut self, end: &quick_xml::events::BytesEnd<'_>) -> Result<(), Broken> {
        self.flush()?;
        let name = end.local_name().into_inner();
        // Of tags that don't match only the nearest one of that name is closed.
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.open.truncate(at);
        }
        if let Some((depth, ends)) = self.silent {
            if self.open.len() >= depth {
                return Ok(());
            }
            self.silent = None;
            if !ends {
                return Ok(());
            }
        }
        self.rules.end(name);
        self.write(Event::End(end.borrow()))
    }

    /// Writes the text that stands before a tag.
    fn flush(&mut self) -> Result<(), Broken> {
        if self.raw.is_empty() {
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        let raw = std::mem::take(&mut self.raw);
        let name = self.open.last().map(Vec::as_slice).unwrap_or_default();
        let new = if text.trim().is_empty() { None } else { self.rules.text(name, &text) };
        match new.filter(|new| *new != text) {
            Some(new) => {
                self.changed = true;
                self.write(Event::Text(quick_xml::events::BytesText::new(&new)))
            }
            None => raw.into_iter().try_for_each(|event| self.write(event)),
        }
    }

    /// The tag with its attributes judged; as it was, where all stay.
    fn tag<'t>(&mut self, start: &'t BytesStart<'t>) -> BytesStart<'t> {
        let element = Element::new(start);
        let attributes = || {
            let mut all = start.attributes();
            all.with_checks(false);
            all.flatten()
        };
        let (mut verdicts, mut changed) = (Vec::new(), false);
        for attribute in attributes() {
            let name = String::from_utf8_lossy(attribute.key.as_ref());
            let raw = String::from_utf8_lossy(&attribute.value);
            let value = quick_xml::escape::unescape(&raw).unwrap_or(Cow::Borrowed(&*raw));
            let verdict = match self.rules.attribute(&element, &name, &value) {
                Value::Set(new) if new == value => Value::Keep,
                verdict => verdict,
            };
            changed |= !matches!(verdict, Value::Keep);
            verdicts.push(verdict);
        }
        let added = self.rules.added(&element);
        if !changed && added.is_none() {
            return start.borrow();
        }
        self.changed = true;
        rewritten(start, attributes().zip(verdicts), added)
    }

    fn write(&mut self, event: Event<'_>) -> Result<(), Broken> {
        self.out.write_event(event).map_err(|_| Broken::Damaged)
    }
}

/// The tag with its attributes as they were judged, and one more.
fn rewritten<'t>(
    start: &BytesStart<'_>,
    judged: impl Iterator<Item = (Attribute<'t>, Value)>,
    added: Option<(&str, &str)>,
) -> BytesStart<'static> {
    let mut tag = start.name().as_ref().to_vec();
    let name_len = tag.len();
    let mut push = |name: &[u8], value: &str| {
        tag.push(b' ');
        tag.extend_from_slice(name);
        tag.extend_from_slice(b"=\"");
        tag.extend_from_slice(value.as_bytes());
        tag.push(b'"');
    };
    for (attribute, verdict) in judged {
        let raw = String::from_utf8_lossy(&attribute.value);
        match &verdict {
            Value::Drop => {}
            Value::Keep => push(attribute.key.as_ref(), &raw.replace('"', "&quot;")),
            Value::Set(new) => push(attribute.key.as_ref(), &quick_xml::escape::escape(new.as_str())),
        }
    }
    if let Some((name, value)) = added {
        let prefix = start.name().prefix().map(|prefix| [prefix.into_inner(), b":"].concat());
        push(&[prefix.unwrap_or_default().as_slice(), name.as_bytes()].concat(), value);
    }
    BytesStart::from_content(String::from_utf8_lossy(&tag).into_owned(), name_len)
}

/// The characters that an event between tags stands for.
pub(crate) fn characters(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => String::from_utf8_lossy(text).into_owned(),
        Event::CData(text) => String::from_utf8_lossy(text).into_owned(),
        Event::GeneralRef(reference) => referred(reference),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sample;

    impl Rules for Sample {
        fn element(&mut self, element: &Element<'_>) -> Change {
            match element.name() {
                b"gone" => Change::Drop,
                b"who" => Change::Text("作者".to_owned()),
                _ => Change::Keep,
            }
        }

        fn attribute(&mut self, _: &Element<'_>, name: &str, value: &str) -> Value {
            match name {
                "w:rsid" => Value::Drop,
                "path" => Value::Set(value.rsplit('/').next().unwrap_or_default().to_owned()),
                _ => Value::Keep,
            }
        }

        fn text(&mut self, name: &[u8], text: &str) -> Option<String> {
            (name == b"f").then(|| text.replace("/home/x/", ""))
        }
    }

    fn check(xml: &[u8], expected: &str) {
        let edited = edit(xml, Form::Strict, &mut Sample).expect("well-formed");
        let edited = edited.map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        assert_eq!(edited.as_deref().unwrap_or("as it was"), expected, "{}", String::from_utf8_lossy(xml));
    }

    #[test]
    fn only_what_is_judged_is_changed() {
        check("<a b = '1' >学 &amp; <c  /></a >".as_bytes(), "as it was");
        check(b"\xEF\xBB\xBF<a><gone>1<gone/></gone></a>", "<a></a>");
        check(b"<a><who>x<b>y</b></who><who/></a>", "<a><who>作者</who><who/></a>");
        check(
            b"<a w:rsid='1' path='/home/x/&lt;1&gt;.png' c='\"'/>",
            r#"<a path="&lt;1&gt;.png" c="&quot;"/>"#,
        );
        check(b"<f>a&lt;/home<![CDATA[/x/b]]></f>", "<f>a&lt;b</f>");
        check(b"<?xml version=\"1.0\"?><!-- x --><?y?><a/>", "<?xml version=\"1.0\"?><a/>");
    }

    #[test]
    fn what_is_not_well_formed_is_never_half_written() {
        for xml in ["<a>", "<a></b>", "<a><b></a>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"] {
            assert_eq!(edit(xml.as_bytes(), Form::Strict, &mut Sample), Err(Broken::Damaged), "{xml}");
        }
        let loose = edit(b"<a><gone>x<br></gone><b>y<br></b></a>", Form::Loose, &mut Sample);
        assert_eq!(loose, Ok(Some(b"<a><b>y<br></b></a>".to_vec())));
    }
}
