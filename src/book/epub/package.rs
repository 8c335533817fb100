//! The package document (EPUB 3.3, section 5): what the book is, what it
//! consists of, in what order it is read.

use std::fmt::Write;

use crate::book::EpubEdition;
use crate::memo::Key;

use super::Chapter;
use crate::html::escape_xml;

/// Where the package document is.
pub(super) const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
    <rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n\
    </rootfiles>\n</container>\n";

/// What helps readers who can't see or hear it (EPUB Accessibility 1.1): there
/// is nothing in it but text and pictures with alternatives.
const ACCESSIBILITY: [(&str, &str); 8] = [
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
];

/// The identifier of the book: it names the book, not its state, so a new
/// edition takes the old one's place on a reader's shelf. A UUID of version 8
/// (RFC 9562) from the book's identity.
pub(super) fn identifier(edition: &EpubEdition) -> String {
    let mut digits: Vec<char> = Key::hash(edition.identity.as_bytes()).to_string().chars().collect();
    for (at, digit) in [(12, '8'), (16, '8')] {
        if let Some(place) = digits.get_mut(at) {
            *place = digit;
        }
    }
    let mut out = String::from("urn:uuid:");
    for (at, digit) in digits.into_iter().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(digit);
    }
    out
}

/// `package.opf`.
pub(super) fn package(edition: &EpubEdition, chapters: &[Chapter]) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{}</metadata>\n\
         <manifest>\n{}</manifest>\n<spine toc=\"ncx\">\n{}</spine>\n</package>\n",
        escape_xml(&edition.language),
        metadata(edition),
        manifest(edition, chapters),
        spine(chapters)
    )
}

fn metadata(edition: &EpubEdition) -> String {
    let book = &edition.book;
    let mut out = String::new();
    let mut line = |element: &str, attributes: &str, text: &str| {
        if !text.is_empty() {
            // Writing to a string can't fail.
            let _ = writeln!(out, "<{element}{attributes}>{}</{element}>", escape_xml(text));
        }
    };
    line("dc:identifier", " id=\"id\"", &identifier(edition));
    line("dc:title", " id=\"title\"", &book.title);
    line("meta", " refines=\"#title\" property=\"title-type\"", "main");
    if !book.subtitle.is_empty() {
        line("dc:title", " id=\"subtitle\"", &book.subtitle);
        line("meta", " refines=\"#subtitle\" property=\"title-type\"", "subtitle");
    }
    line("dc:language", "", &edition.language);
    line("dc:creator", "", &edition.publisher);
    line("dc:publisher", "", &edition.publisher);
    line("dc:date", "", book.date.as_ref().map_or("", |date| &date.date));
    line("dc:description", "", &book.foreword.join("\n"));
    line("dc:source", "", &book.address);
    line("meta", " property=\"dcterms:modified\"", &edition.modified);
    for (property, value) in ACCESSIBILITY {
        line("meta", &format!(" property=\"schema:{property}\""), value);
    }
    // For readers of EPUB 2, which find the cover by this.
    out += "<meta name=\"cover\" content=\"cover-image\"/>\n";
    out
}

fn manifest(edition: &EpubEdition, chapters: &[Chapter]) -> String {
    let mut out = String::new();
    let mut item = |id: &str, href: &str, media: &str, properties: &str| {
        let properties =
            if properties.is_empty() { String::new() } else { format!(" properties=\"{properties}\"") };
        let _ = writeln!(out, "<item id=\"{id}\" href=\"{href}\" media-type=\"{media}\"{properties}/>");
    };
    item("nav", "nav.xhtml", "application/xhtml+xml", "nav");
    item("ncx", "toc.ncx", "application/x-dtbncx+xml", "");
    item("style", "style.css", "text/css", "");
    item("cover-image", "cover.svg", "image/svg+xml", "cover-image");
    item("cover", "cover.xhtml", "application/xhtml+xml", "");
    for chapter in chapters {
        item(&id(&chapter.file), &chapter.file, "application/xhtml+xml", &properties(&chapter.xhtml));
    }
    for (at, image) in edition.images.iter().enumerate() {
        item(&format!("image-{}", at + 1), &image.name, media_type(&image.name), "");
    }
    out
}

/// What a reading system must be told of a file's content: a theme's template
/// may have drawings and formulas.
fn properties(xhtml: &str) -> String {
    let has = [("<svg", "svg"), ("<math", "mathml")];
    let named: Vec<&str> =
        has.into_iter().filter(|(tag, _)| xhtml.contains(tag)).map(|(_, name)| name).collect();
    named.join(" ")
}

/// A chapter's name in the package, where ids of every kind must differ.
fn id(file: &str) -> String {
    format!("text-{}", file.strip_suffix(".xhtml").unwrap_or(file))
}

/// The core media types of pictures (EPUB 3.3, section 3.2).
fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    crate::path::media_type(extension).unwrap_or("image/jpeg")
}

/// The cover, the title page, the contents, then all the rest.
fn spine(chapters: &[Chapter]) -> String {
    let mut out = String::from("<itemref idref=\"cover\"/>\n");
    for chapter in chapters {
        let _ = writeln!(out, "<itemref idref=\"{}\"/>", id(&chapter.file));
        if chapter.kind == "title" {
            out += "<itemref idref=\"nav\"/>\n";
        }
    }
    out
}
