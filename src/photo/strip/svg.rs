//! SVG: a drawing without scripts, without anything from outside, without what
//! drawing programs note of their users.
//!
//! A browser runs a drawing that is opened by itself as a page of the site, so
//! what goes out is only what draws: the elements and attributes of
//! [`allowed`], names that are referred to under names of ours, text where text
//! is shown, embedded photos that are clean themselves. The root gets the
//! namespace, without which browsers show nothing.

pub(in crate::photo) mod allowed;
mod entities;
mod expansion;
mod names;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use self::entities::Entities;
use self::names::Names;
use super::Notes;
use crate::photo::ai;
use crate::text::is_xml_char;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Elements whose text is shown.
const TEXTS: [&str; 3] = ["text", "tspan", "textPath"];

/// The most things left out that are named.
const NAMED: usize = 5;

/// A drawing that goes out.
pub(in crate::photo) struct Drawing {
    /// Its text.
    pub bytes: Vec<u8>,
    /// What was left out though a browser might have shown it: `<script>,
    /// onload`.
    pub lost: Option<String>,
    /// Whether its parts repeat each other more often than can be drawn: then
    /// it does not go out.
    pub unfolds: bool,
    /// What it says of itself.
    pub notes: Notes,
}

/// The drawing again. `None` where it is none, or not well-formed.
pub(in crate::photo) fn clean(bytes: &[u8]) -> Option<Drawing> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).ok()?;
    let entities = Entities::of(text);
    let names = Names::of(text, &entities)?;
    let mut notes = Notes::default();
    if text.contains("AIGC") || text.contains("DigitalSourceType") {
        notes.see_xmp(text.as_bytes());
    }
    let mut sieve = Sieve {
        writer: Writer::new(Vec::with_capacity(bytes.len())),
        entities,
        names,
        label: ai::label(&notes),
        open: Vec::new(),
        skipped: 0,
        style: None,
        prefix: None,
        hidden: None,
        lost: Vec::new(),
    };
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            event => sieve.pass(event)?,
        }
    }
    let whole = sieve.prefix.is_some() && sieve.open.is_empty() && sieve.skipped == 0;
    let bytes = sieve.writer.into_inner();
    // The root may be of another language that only calls itself a drawing.
    let shown = !bytes.trim_ascii().is_empty() && std::str::from_utf8(&bytes).ok()?.chars().all(is_xml_char);
    (whole && shown).then(|| {
        let unfolds = expansion::is_too_large(&bytes);
        let lost = (!sieve.lost.is_empty()).then(|| sieve.lost.join(", "));
        Drawing { bytes, lost, unfolds, notes }
    })
}

/// What is open, and what of it goes out.
struct Sieve {
    writer: Writer<Vec<u8>>,
    entities: Entities,
    names: Names,
    /// The label of AI that it carries.
    label: Option<String>,
    /// Names of the open elements that go out.
    open: Vec<String>,
    /// How many are open that don't.
    skipped: usize,
    /// The text of a `<style>` so far.
    style: Option<String>,
    /// What stands before the names of SVG's elements, its colon included;
    /// `None` before there was an `<svg>`.
    prefix: Option<String>,
    /// How many elements were open when one came that is not shown; `None`
    /// where all is, or where something refers to a part of it.
    hidden: Option<usize>,
    /// What was left out that is no note of a drawing program.
    lost: Vec<String>,
}

/// What became of an element.
enum Passed {
    /// It goes out, like this.
    On(BytesStart<'static>),
    /// It does not, nor does anything in it.
    Over,
}

impl Sieve {
    /// `None` where the drawing can't be what it says.
    fn pass(&mut self, event: Event<'_>) -> Option<()> {
        match event {
            Event::Start(element) => self.begin(&element),
            Event::Empty(element) if self.open.is_empty() => {
                self.begin(&element)?;
                self.end()
            }
            Event::Empty(element) if self.skipped == 0 => {
                let open = self.open.len();
                let passed = self.element(&element)?;
                if self.hidden.is_some_and(|hidden| hidden >= open) {
                    self.hidden = None;
                }
                match passed {
                    Passed::On(kept) => self.write(Event::Empty(kept)),
                    Passed::Over => Some(()),
                }
            }
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text.decode().ok()?),
            Event::CData(text) => self.text(&BytesText::from_escaped(text.decode().ok()?).decode().ok()?),
            Event::GeneralRef(name) => {
                let meant = self.entities.meaning(&name)?;
                self.text(&meant)
            }
            // Comments, instructions, document types: nothing of it draws.
            _ => Some(()),
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Option<()> {
        let passed = if self.skipped == 0 { self.element(element)? } else { Passed::Over };
        let Passed::On(kept) = passed else {
            self.skipped += 1;
            return Some(());
        };
        let name = String::from_utf8_lossy(kept.name().as_ref()).into_owned();
        if name.rsplit(':').next() == Some("style") {
            self.style = Some(String::new());
        }
        self.open.push(name);
        self.write(Event::Start(kept))?;
        if let (1, Some(label)) = (self.open.len(), self.label.take()) {
            let prefix = self.prefix.clone().unwrap_or_default();
            let metadata = format!("<{prefix}metadata>{}</{prefix}metadata>", ai::rdf(&label));
            self.write(Event::Text(BytesText::from_escaped(metadata)))?;
        }
        Some(())
    }

    fn end(&mut self) -> Option<()> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Some(());
        }
        let name = self.open.pop()?;
        if self.hidden.is_some_and(|open| open >= self.open.len()) {
            self.hidden = None;
        }
        match self.style.take().map(|style| self.names.style(&style)) {
            Some(style) if is_harmless(&style) => self.write(Event::Text(BytesText::new(&style)))?,
            Some(_) => self.lose("<style>"),
            None => {}
        }
        self.write(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, text: &str) -> Option<()> {
        let shown = || {
            let local = self.open.last()?.rsplit(':').next()?;
            (TEXTS.contains(&local) && self.hidden.is_none()).then_some(())
        };
        match &mut self.style {
            _ if self.skipped > 0 || self.open.is_empty() => Some(()),
            Some(style) => {
                style.push_str(text);
                Some(())
            }
            // Space between elements draws nothing either, but it is no secret.
            None if shown().is_some() || text.trim().is_empty() => {
                self.write(Event::Text(BytesText::new(text)))
            }
            None => Some(()),
        }
    }

    fn lose(&mut self, what: &str) {
        if self.lost.len() < NAMED && !self.lost.iter().any(|known| known == what) {
            self.lost.push(what.to_owned());
        }
    }

    fn write(&mut self, event: Event<'_>) -> Option<()> {
        self.writer.write_event(event).ok()
    }

    /// The element with those of its attributes that draw; `None` where it is
    /// not well-formed.
    fn element(&mut self, element: &BytesStart<'_>) -> Option<Passed> {
        let name = std::str::from_utf8(element.name().into_inner()).ok()?.to_owned();
        let local = name.rsplit(':').next().unwrap_or(&name);
        if self.prefix.is_none() && local == "svg" {
            self.prefix = name.strip_suffix(local).map(str::to_owned);
        }
        let attributes = self.attributes(element)?;
        // What asks for a program's extensions is passed over by browsers.
        let extends = attributes.iter().any(|(key, value)| key == "requiredExtensions" && !value.is_empty());
        let foreign = attributes.iter().any(|(key, value)| key == "xmlns" && value != SVG);
        let own = self.prefix.as_ref().and_then(|prefix| name.strip_prefix(prefix.as_str()));
        let own = own.filter(|own| !own.contains(':') && !foreign);
        if extends
            || !own.is_some_and(|own| allowed::ELEMENTS.contains(&own))
            || (self.open.is_empty() && local != "svg")
        {
            if !extends && own.is_some_and(|own| !allowed::NOTES.contains(&own)) {
                self.lose(&format!("<{local}>"));
            }
            return Some(Passed::Over);
        }
        let mut kept = BytesStart::new(name.clone());
        if self.open.is_empty() {
            let prefix = self.prefix.as_deref().unwrap_or_default();
            let declared =
                prefix.strip_suffix(':').map_or_else(|| "xmlns".to_owned(), |p| format!("xmlns:{p}"));
            kept.push_attribute((declared.as_str(), SVG));
            if self.names.xlink {
                kept.push_attribute(("xmlns:xlink", XLINK));
            }
        }
        let mut named = false;
        for (key, value) in &attributes {
            named |= key == "id" && self.names.id(value).is_some();
            if let Some(value) = self.attribute(key, value) {
                kept.push_attribute((key.as_str(), value.as_str()));
            }
        }
        if named {
            self.hidden = None;
        } else if self.hidden.is_none() && attributes.iter().any(|(key, value)| hides(key, value)) {
            self.hidden = Some(self.open.len());
        }
        Some(Passed::On(kept))
    }

    /// All attributes, their entities resolved; `None` where one has two
    /// values, or an entity that is not declared.
    fn attributes(&self, element: &BytesStart<'_>) -> Option<Vec<(String, String)>> {
        let one = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let key = std::str::from_utf8(attribute.key.into_inner()).ok()?.to_owned();
            Some((key, self.entities.value(&attribute.value)?))
        };
        element.attributes().map(|attribute| one(attribute.ok()?)).collect()
    }

    /// The value that an attribute goes out with; `None` where it stays behind.
    fn attribute(&mut self, key: &str, value: &str) -> Option<String> {
        match key {
            "id" => self.names.id(value).map(str::to_owned),
            "class" => self.names.classes(value),
            "href" | "xlink:href" => {
                let value = value.trim();
                let meant = match value.strip_prefix('#') {
                    Some(id) => self.names.id(id).map(|id| format!("#{id}")),
                    None => photo(value),
                };
                if meant.is_none() {
                    self.lose(key);
                }
                meant
            }
            _ if allowed::draws(key) => {
                let value = if key == "style" { self.names.style(value) } else { self.names.value(value) };
                if is_harmless(&value) {
                    return Some(value);
                }
                self.lose(key);
                None
            }
            _ => {
                if key.to_ascii_lowercase().starts_with("on") {
                    self.lose(key);
                }
                None
            }
        }
    }
}

/// Whether an attribute says that nothing of its element is shown.
fn hides(key: &str, value: &str) -> bool {
    let none = |value: &str| value.trim() == "none";
    match key {
        "display" => none(value),
        "style" => value.split(';').any(|one| {
            one.split_once(':').is_some_and(|(name, value)| name.trim() == "display" && none(value))
        }),
        _ => false,
    }
}

/// An embedded photo, clean itself.
fn photo(url: &str) -> Option<String> {
    let (kind, data) = url.strip_prefix("data:image/")?.split_once(";base64,")?;
    let data: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(data).ok()?;
    // A drawing within a drawing could go on for ever.
    let raster =
        matches!(kind, "png" | "jpeg" | "jpg" | "gif" | "webp") && image::guess_format(&bytes).is_ok();
    let clean = raster.then(|| super::clean(&bytes)).flatten()?;
    Some(format!("data:image/{kind};base64,{}", STANDARD.encode(clean)))
}

/// Whether a style or a value loads nothing and runs nothing: a browser reads
/// `\75rl(` as `url(`, so backslashes are not trusted either.
fn is_harmless(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let inside = |rest: &str| rest.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']).starts_with('#');
    !text.contains('\\')
        && !text.contains("@import")
        && !text.contains("image-set")
        && !text.contains("javascript:")
        && !text.contains("expression(")
        && text.split("url(").skip(1).all(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NS: &str = " xmlns=\"http://www.w3.org/2000/svg\"";

    fn check(drawing: &str, expected: Option<&str>) {
        let made = clean(drawing.as_bytes()).map(|drawing| String::from_utf8(drawing.bytes).unwrap());
        assert_eq!(made.as_deref(), expected, "{drawing}");
    }

    fn within(inner: &str, expected: &str) {
        check(&format!("<svg>{inner}</svg>"), Some(&format!("<svg{NS}>{expected}</svg>")));
    }

    #[test]
    fn what_draws_goes_out() {
        let drawing = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>.c0{fill:url(#i1)}</style><use href="#i0"/><text>严 &amp; 实</text></svg>"##;
        check(drawing, Some(drawing));
    }

    #[test]
    fn what_browsers_do_not_show_is_no_drawing() {
        // A root of another language, and characters that XML does not hold.
        check("<svg xmlns=\"http://www.w3.org/1999/xlink\"><g/></svg>", None);
        check("<svg><path d=\"M0\u{12}0\"/></svg>", None);
        check("<svg><text>严&#x1;实</text></svg>", None);
        check("<svg><text>严\u{FFFE}实</text></svg>", None);
    }

    #[test]
    fn what_acts_or_leads_elsewhere_stays() {
        within("<script>alert(1)</script><g/>", "<g/>");
        within("<g onload=\"alert(1)\" ONclick='x' id=\"a\"/>", "<g/>");
        within("<foreignObject><p>x</p></foreignObject><path d=\"M0 0\"/>", "<path d=\"M0 0\"/>");
        within("<image href=\"https://x.example/a.png\"/>", "<image/>");
        within("<a href=\"javascript:alert(1)\"><g/></a>", "");
        within("<rect style=\"fill:url(https://x.example/)\"/>", "<rect/>");
        within("<rect fill=\"u&#114;l(//x.example)\"/>", "<rect/>");
        within("<style>@import url(x.css);</style>", "<style></style>");
        within("<style>a{b:\\75rl(x)}</style>", "<style></style>");
        within("<style>a{b:u/**/rl(x)}</style>", "<style>a{b:u rl(x)}</style>");
        within("<set attributeName=\"href\" to=\"javascript:x\"/>", "");
        within("<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>", "<image/>");
    }

    #[test]
    fn what_names_stays() {
        within(
            "<sodipodi:namedview/><metadata><rdf:RDF>某人</rdf:RDF></metadata><g inkscape:label=\"某人\"/>",
            "<g/>",
        );
        within("<!-- C:\\Users\\某人 --><?xml-stylesheet href=\"x\"?>", "");
        within(
            "<title>D:/某人.ai</title><desc>某人</desc><g id='某人' data-name='某人' aria-label='某人'>某人</g>",
            "<g></g>",
        );
        within(
            "<style>/* 某人 */ .某人{fill:#c33}</style><g class='某人 其他'/>",
            "<style>  .c0{fill:#c33}</style><g class=\"c0\"/>",
        );
        within("<style>.a{fill:red} /* 某人</style>", "<style>.c0{fill:red}  </style>");
        within("<g content='&lt;mxfile 某人' host='x' version='1'/>", "<g version=\"1\"/>");
    }

    #[test]
    fn what_is_referred_to_is_still_found() {
        within(
            "<g id='某人'/><use href='#%E6%9F%90%E4%BA%BA'/><rect fill='url(\"#某人\")' style='mask:url( #某人 )'/>",
            "<g id=\"i0\"/><use href=\"#i0\"/><rect fill=\"url(&quot;#i0&quot;)\" style=\"mask:url( #i0 )\"/>",
        );
        within(
            "<style>@media print{#a-1,.b:hover{fill:#a-1}}</style><g id='a-1' class='b'/>",
            "<style>@media print{#i0,.c0:hover{fill:#a-1}}</style><g id=\"i0\" class=\"c0\"/>",
        );
    }

    #[test]
    fn text_that_is_not_shown_stays() {
        within(
            "<g style='display:none'><text>某人</text></g><text>印</text>",
            "<g style=\"display:none\"><text></text></g><text>印</text>",
        );
        within("<text display='none'/><text>印</text>", "<text display=\"none\"/><text>印</text>");
        // A part of it that is used is shown where it is used.
        within(
            "<g display='none'><text id='a'>印</text></g><use href='#a'/>",
            "<g display=\"none\"><text id=\"i0\">印</text></g><use href=\"#i0\"/>",
        );
    }

    #[test]
    fn entities_stand_for_plain_text() {
        let drawing =
            |entity: &str, inner: &str| format!("<!DOCTYPE svg [<!ENTITY a {entity}>]><svg>{inner}</svg>");
        let expected = |inner: &str| format!("<svg{NS}>{inner}</svg>");
        check(&drawing("\"fill:red\"", "<g style='&a;'/>"), Some(&expected("<g style=\"fill:red\"/>")));
        check(&drawing("'甲'", "<text>&a;</text>"), Some(&expected("<text>甲</text>")));
        check(&drawing("\"<g/>\"", "<text>&a;</text>"), None);
        check(&drawing("\"&a;&a;\"", "<text>&a;</text>"), None);
        check(&drawing("SYSTEM \"file:///etc/hosts\"", "<text>&a;</text>"), None);
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        check("<html><svg/></html>", None);
        check("<svg><g></svg>", None);
        check("<svg>", None);
        check("<svg>&b;</svg>", None);
        check("<svg><g a='1' a='2'/></svg>", None);
        check("", None);
        check("<g/>", None);
    }

    #[test]
    fn what_is_left_out_is_named_but_for_notes() {
        let lost = |inner: &str| clean(format!("<svg>{inner}</svg>").as_bytes()).unwrap().lost;
        let named = |what: &str| Some(what.to_owned());
        assert_eq!(lost("<g/><script>x</script><g onload='x'/><g onload='y'/>"), named("<script>, onload"));
        assert_eq!(lost("<image xlink:href='https://x.example/a.png'/>"), named("xlink:href"));
        assert_eq!(lost("<style>@import url(x.css);</style>"), named("<style>"));
        assert_eq!(
            lost(
                "<metadata>某人</metadata><sodipodi:namedview/><g inkscape:label='某人'/><!-- x --><title>x</title>"
            ),
            None
        );
        let illustrator = "<switch><foreignObject requiredExtensions='http://ns.adobe.com/'/><g/></switch>";
        assert_eq!(lost(illustrator), None);
    }
}
