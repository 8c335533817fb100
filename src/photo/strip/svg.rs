//! SVG: a drawing without scripts, without anything from outside, without what
//! drawing programs note of their users.
//!
//! A browser runs a drawing that is opened by itself as a page of the site, so
//! what goes out is only what draws: elements of the list below, attributes
//! that neither act nor lead elsewhere, embedded photos that are clean
//! themselves.

mod expansion;

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

/// What draws.
const ELEMENTS: [&str; 47] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "title",
    "desc",
    "style",
    "view",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "image",
    "text",
    "tspan",
    "textPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "pattern",
    "clipPath",
    "mask",
    "marker",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "feTile",
    "feTurbulence",
];

/// Attributes with a prefix that draw.
const PREFIXED: [&str; 3] = ["xlink:href", "xml:space", "xml:lang"];

/// A drawing that goes out.
pub(in crate::photo) struct Drawing {
    /// Its text.
    pub bytes: Vec<u8>,
    /// The first thing that was left out though a browser might have shown it:
    /// `<script>`, `onload`.
    pub lost: Option<String>,
    /// Whether its parts repeat each other more often than can be drawn: then
    /// it does not go out.
    pub unfolds: bool,
}

/// The drawing again. `None` where it is none, or not well-formed.
pub(in crate::photo) fn clean(bytes: &[u8]) -> Option<Drawing> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).ok()?;
    let mut reader = Reader::from_str(text);
    let mut sieve = Sieve {
        writer: Writer::new(Vec::with_capacity(bytes.len())),
        open: Vec::new(),
        skipped: 0,
        style: None,
        prefix: None,
        lost: None,
    };
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            event => sieve.pass(event)?,
        }
    }
    let whole = sieve.prefix.is_some() && sieve.open.is_empty() && sieve.skipped == 0;
    whole.then(|| {
        let bytes = sieve.writer.into_inner();
        let unfolds = expansion::is_too_large(&bytes);
        Drawing { bytes, lost: sieve.lost, unfolds }
    })
}

/// What is open, and what of it goes out.
struct Sieve {
    writer: Writer<Vec<u8>>,
    /// Names of the open elements that go out.
    open: Vec<String>,
    /// How many are open that don't.
    skipped: usize,
    /// The text of a `<style>` so far.
    style: Option<String>,
    /// What stands before the names of SVG's elements, its colon included;
    /// `None` before there was an `<svg>`.
    prefix: Option<String>,
    /// What was left out that is no note of a drawing program.
    lost: Option<String>,
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
            Event::Empty(element) if self.skipped == 0 => match self.element(&element)? {
                Passed::On(element) => self.write(Event::Empty(element)),
                Passed::Over => Some(()),
            },
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text.decode().ok()?),
            Event::CData(text) => self.text(&BytesText::from_escaped(text.decode().ok()?).decode().ok()?),
            // Names of a document type could stand for anything.
            Event::GeneralRef(name) => {
                let name = name.decode().ok()?;
                let meant = unescape(&format!("&{name};")).ok()?.into_owned();
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
        self.write(Event::Start(kept))
    }

    fn end(&mut self) -> Option<()> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Some(());
        }
        let name = self.open.pop()?;
        match self.style.take() {
            Some(style) if is_harmless(&style) => self.write(Event::Text(BytesText::new(&style)))?,
            Some(_) => self.lose(|| "<style>".to_owned()),
            None => {}
        }
        self.write(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, text: &str) -> Option<()> {
        match &mut self.style {
            _ if self.skipped > 0 || self.open.is_empty() => Some(()),
            Some(style) => {
                style.push_str(text);
                Some(())
            }
            None => self.write(Event::Text(BytesText::new(text))),
        }
    }

    fn lose(&mut self, what: impl FnOnce() -> String) {
        self.lost.get_or_insert_with(what);
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
        let own = self.prefix.as_ref().and_then(|prefix| name.strip_prefix(prefix.as_str()));
        if !own.is_some_and(|own| ELEMENTS.contains(&own)) || (self.open.is_empty() && local != "svg") {
            if own.is_some_and(|own| !own.contains(':') && own != "metadata") {
                self.lose(|| format!("<{local}>"));
            }
            return Some(Passed::Over);
        }
        let mut kept = BytesStart::new(name);
        for attribute in element.attributes() {
            let attribute = attribute.ok()?;
            let key = std::str::from_utf8(attribute.key.into_inner()).ok()?;
            let value = unescape(std::str::from_utf8(&attribute.value).ok()?).ok()?.into_owned();
            match drawing_value(key, &value) {
                Some(value) => kept.push_attribute((key, value.as_ref())),
                None if !key.contains(':') || key == "xlink:href" => self.lose(|| key.to_owned()),
                None => {}
            }
        }
        Some(Passed::On(kept))
    }
}

/// The value that an attribute goes out with; `None` where it stays behind.
fn drawing_value<'v>(key: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let named = !key.contains(':') || PREFIXED.contains(&key) || is_svg(key, value);
    if !named || key.to_ascii_lowercase().starts_with("on") {
        return None;
    }
    if matches!(key, "href" | "xlink:href") {
        let value = value.trim();
        return if value.starts_with('#') {
            Some(Cow::Borrowed(value))
        } else {
            photo(value).map(Cow::Owned)
        };
    }
    is_harmless(value).then_some(Cow::Borrowed(value))
}

/// Whether it declares the prefix of a namespace that draws.
fn is_svg(key: &str, value: &str) -> bool {
    key.starts_with("xmlns:")
        && matches!(value, "http://www.w3.org/2000/svg" | "http://www.w3.org/1999/xlink")
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

    fn check(drawing: &str, expected: Option<&str>) {
        let made = clean(drawing.as_bytes()).map(|drawing| String::from_utf8(drawing.bytes).unwrap());
        assert_eq!(made.as_deref(), expected, "{drawing}");
    }

    #[test]
    fn what_draws_goes_out() {
        let drawing = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>.a{fill:url(#b)}</style><use href="#c"/><text>严 &amp; 实</text></svg>"##;
        check(drawing, Some(drawing));
    }

    #[test]
    fn what_acts_or_leads_elsewhere_stays() {
        let within = |inner: &str, expected: &str| {
            check(&format!("<svg>{inner}</svg>"), Some(&format!("<svg>{expected}</svg>")));
        };
        within("<script>alert(1)</script><g/>", "<g/>");
        within("<g onload=\"alert(1)\" ONclick='x' id=\"a\"/>", "<g id=\"a\"/>");
        within("<foreignObject><p>x</p></foreignObject><path d=\"M0 0\"/>", "<path d=\"M0 0\"/>");
        within("<image href=\"https://x.example/a.png\"/>", "<image/>");
        within("<use xlink:href=\"other.svg#a\"/>", "<use/>");
        within("<a href=\"javascript:alert(1)\"><g/></a>", "");
        within("<rect style=\"fill:url(https://x.example/)\"/>", "<rect/>");
        within("<rect fill=\"u&#114;l(//x.example)\"/>", "<rect/>");
        within("<style>@import url(x.css);</style>", "<style></style>");
        within("<style>a{b:\\75rl(x)}</style>", "<style></style>");
        within("<set attributeName=\"href\" to=\"javascript:x\"/>", "");
        within(
            "<sodipodi:namedview/><metadata><rdf:RDF>某人</rdf:RDF></metadata><g inkscape:label=\"某人\"/>",
            "<g/>",
        );
        within("<!-- C:\\Users\\某人 --><?xml-stylesheet href=\"x\"?>", "");
        within("<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>", "<image/>");
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        check("<html><svg/></html>", None);
        check("<svg><g></svg>", None);
        check("<svg>", None);
        check("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>", None);
        check("", None);
        check("<g/>", None);
    }

    #[test]
    fn what_is_left_out_is_named_but_for_notes() {
        let lost = |inner: &str| clean(format!("<svg>{inner}</svg>").as_bytes()).unwrap().lost;
        let named = |what: &str| Some(what.to_owned());
        assert_eq!(lost("<g/><script>x</script><g onload='x'/>"), named("<script>"));
        assert_eq!(lost("<g onload='x'/>"), named("onload"));
        assert_eq!(lost("<image xlink:href='https://x.example/a.png'/>"), named("xlink:href"));
        assert_eq!(lost("<style>@import url(x.css);</style>"), named("<style>"));
        assert_eq!(
            lost("<metadata>某人</metadata><sodipodi:namedview/><g inkscape:label='某人'/><!-- x -->"),
            None
        );
    }
}
