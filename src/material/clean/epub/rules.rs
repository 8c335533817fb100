//! What stays of the container, the package file, the contents and the chapters.

use std::rc::Rc;

use super::super::super::epub::{self, Book};
use super::super::super::names;
use crate::html::css;
use crate::office::edit::{Change, Rules, Value};
use crate::office::xml::Element;
use crate::photo;

/// Where the package file is; links to other renditions go.
pub(super) struct Container;

impl Rules for Container {
    fn element(&mut self, element: &Element<'_>) -> Change {
        keep(matches!(element.name(), b"container" | b"rootfiles" | b"rootfile"))
    }
}

/// The package file (EPUB 3.3, 5).
pub(super) struct PackageFile {
    file: String,
    book: Rc<Book>,
    /// The identifier that the book gets.
    id: Option<String>,
    /// The id of the element that holds it.
    identified_by: String,
}

/// Elements that stay.
const PACKAGE: [&str; 9] =
    ["package", "metadata", "title", "language", "manifest", "spine", "itemref", "guide", "reference"];

/// Properties that decide how a book is shown, and the one it must have.
const SHOWN: [&str; 8] = [
    "dcterms:modified",
    "rendition:layout",
    "rendition:orientation",
    "rendition:spread",
    "rendition:flow",
    "rendition:viewport",
    "media:active-class",
    "media:playback-active-class",
];

/// Attributes that stay.
const PACKAGE_ATTRIBUTES: [&str; 18] = [
    "id",
    "href",
    "media-type",
    "properties",
    "idref",
    "linear",
    "toc",
    "page-progression-direction",
    "version",
    "unique-identifier",
    "xml:lang",
    "dir",
    "prefix",
    "type",
    "title",
    "name",
    "content",
    "property",
];

impl PackageFile {
    pub(super) fn new(file: String, book: Rc<Book>, id: Option<String>) -> Self {
        Self { file, book, id, identified_by: String::new() }
    }
}

impl Rules for PackageFile {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default();
        match element.name() {
            b"identifier" if attribute("id") != self.identified_by => Change::Drop,
            b"identifier" => self.id.clone().map_or(Change::Keep, Change::Text),
            b"item" => keep(self.book.roles.contains_key(&epub::target(&self.file, &attribute("href")))),
            b"meta" => {
                let shown = SHOWN.contains(&attribute("property").as_str()) || attribute("name") == "cover";
                keep(element.attribute("refines").is_none() && (shown || epub::is_label(element)))
            }
            name => {
                if name == b"package" {
                    self.identified_by = attribute("unique-identifier");
                }
                keep(PACKAGE.iter().any(|known| known.as_bytes() == name))
            }
        }
    }

    fn attribute(&mut self, _element: &Element<'_>, name: &str, value: &str) -> Value {
        match name {
            // Scripts are gone.
            "properties" if value.split_whitespace().any(|word| word == "scripted") => {
                let left: Vec<&str> = value.split_whitespace().filter(|word| *word != "scripted").collect();
                if left.is_empty() { Value::Drop } else { Value::Set(left.join(" ")) }
            }
            name if name.starts_with("xmlns") || PACKAGE_ATTRIBUTES.contains(&name) => Value::Keep,
            _ => Value::Drop,
        }
    }

    fn text(&mut self, name: &[u8], text: &str) -> Option<String> {
        (name == b"title").then(|| title(text)).flatten()
    }
}

/// The contents of EPUB 2 (OPF 2.0.1, 2.4.1).
pub(super) struct Contents {
    /// The identifier that the book gets.
    pub(super) id: Option<String>,
}

/// Elements that stay.
const CONTENTS: [&str; 13] = [
    "ncx",
    "head",
    "docTitle",
    "navMap",
    "navPoint",
    "navLabel",
    "text",
    "content",
    "pageList",
    "pageTarget",
    "navList",
    "navTarget",
    "navInfo",
];

/// What is noted in its head.
const COUNTED: [&str; 4] = ["dtb:uid", "dtb:depth", "dtb:totalPageCount", "dtb:maxPageNumber"];

impl Rules for Contents {
    fn element(&mut self, element: &Element<'_>) -> Change {
        match element.name() {
            b"meta" => keep(COUNTED.contains(&element.attribute("name").unwrap_or_default().as_str())),
            name => keep(CONTENTS.iter().any(|known| known.as_bytes() == name)),
        }
    }

    fn attribute(&mut self, element: &Element<'_>, name: &str, _value: &str) -> Value {
        let is_id = element.attribute("name").is_some_and(|name| name == "dtb:uid");
        match (name, &self.id) {
            ("content", Some(id)) if is_id => Value::Set(id.clone()),
            _ => Value::Keep,
        }
    }

    fn text(&mut self, name: &[u8], text: &str) -> Option<String> {
        (name == b"text").then(|| title(text)).flatten()
    }
}

/// A chapter: XHTML with what readers see, drawings and formulas among it.
pub(super) struct Chapter {
    pub(super) file: String,
    pub(super) book: Rc<Book>,
    /// How many drawings are open: their titles are notes.
    pub(super) drawings: usize,
}

/// Elements of HTML that stay (EPUB 3.3, 6.1), besides those that draw.
const ELEMENTS: &str = "
    html head body title link style meta section nav article aside h1 h2 h3 h4 h5 h6 hgroup header footer main
    address p hr pre blockquote ol ul li dl dt dd figure figcaption div center a em strong small s cite q dfn abbr
    code var samp kbd sub sup i b u mark ruby rb rt rp bdi bdo span br wbr ins del tt big strike font time data
    img picture source audio video track map area table caption colgroup col tbody thead tfoot tr td th details
    summary
    math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle mpadded mphantom mfenced menclose msub msup
    msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr semantics
";

/// Attributes of HTML and `MathML` that stay, besides those that draw and the
/// addresses.
const ATTRIBUTES: &str = "
    id class lang xml:lang dir style hidden epub:type role href src xlink:href poster alt rel media type name
    charset http-equiv width height colspan rowspan headers scope span align valign border cellpadding cellspacing
    start reversed value compact controls preload loop muted srcset sizes shape coords usemap datetime size color
    face bgcolor clear open aria-hidden aria-level aria-describedby aria-labelledby
    display mathvariant mathsize stretchy fence separator form lspace rspace columnalign rowalign columnspan
    columnlines rowlines linethickness notation accent accentunder open close separators scriptlevel displaystyle
";

impl Rules for Chapter {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default();
        match element.name() {
            b"meta" => keep(element.attribute("charset").is_some() || attribute("name") == "viewport"),
            b"link" => keep(attribute("rel") == "stylesheet"),
            b"title" => keep(self.drawings == 0),
            b"svg" => {
                self.drawings += 1;
                Change::Keep
            }
            name => keep(
                std::str::from_utf8(name)
                    .is_ok_and(|name| has(ELEMENTS, name) || photo::is_drawing_element(name)),
            ),
        }
    }

    fn attribute(&mut self, element: &Element<'_>, name: &str, value: &str) -> Value {
        match name {
            "href" | "src" | "xlink:href" | "poster" => self.link(value),
            "alt" => names::described_name(value).map_or(Value::Keep, |name| Value::Set(name.to_owned())),
            "style" if value.contains("/*") => Value::Set(css::without_comments(value)),
            "content" if element.attribute("name").is_some_and(|name| name == "viewport") => Value::Keep,
            name if name.starts_with("xmlns")
                || has(ATTRIBUTES, name)
                || photo::is_drawing_attribute(name) =>
            {
                Value::Keep
            }
            _ => Value::Drop,
        }
    }

    fn text(&mut self, name: &[u8], text: &str) -> Option<String> {
        match name {
            b"style" if text.contains("/*") => Some(css::without_comments(text)),
            b"title" => title(text),
            _ => None,
        }
    }

    fn end(&mut self, name: &[u8]) {
        if name == b"svg" {
            self.drawings = self.drawings.saturating_sub(1);
        }
    }
}

impl Chapter {
    /// Links within the book and into the network stay; of one to somebody's
    /// computer the file's name.
    fn link(&self, value: &str) -> Value {
        let inside = || self.book.roles.contains_key(&epub::target(&self.file, value));
        if value.starts_with('#') || inside() {
            return Value::Keep;
        }
        names::local_name(value).map_or(Value::Keep, Value::Set)
    }
}

fn has(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == name)
}

fn keep(stays: bool) -> Change {
    if stays { Change::Keep } else { Change::Drop }
}

/// What a title becomes that is a file's name or path: the name, without what a
/// computer adds.
fn title(text: &str) -> Option<String> {
    if !names::is_file_name(text) {
        return None;
    }
    let name = text.trim().rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.strip_prefix("Microsoft Word - ").unwrap_or(name);
    Some(name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned())
}
