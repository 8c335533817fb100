//! An EPUB's text, and what each of its parts is for (EPUB 3.3, 4 and 5).
//!
//! An EPUB is a ZIP of web pages: `META-INF/container.xml` names a package file,
//! the package file lists all parts (`manifest`) and says in which order the
//! chapters are read (`spine`).
//!
//! **Invariant:** chapters are read one at a time, each once however often the
//! spine names it.

use std::collections::{BTreeMap, BTreeSet};

use super::extract::AI_LABEL;
use super::text_flow::Flow;
use super::{Broken, Extract};
use crate::diagnostic::{MaterialFault, MaterialPlace};
use crate::html::{Within, decode_references, elements};
use crate::office::package::{Package, plain, resolve};
use crate::office::xml::{Element, Node, utf8, walk};

const CONTAINER: &str = "META-INF/container.xml";

/// The list of parts that are encrypted, fonts that are only disguised among
/// them (EPUB 3.3, 4.2.6.3.2).
pub(super) const ENCRYPTION: &str = "META-INF/encryption.xml";

/// How fonts are disguised, which every reader undoes (EPUB 3.3, 4.4; Adobe's
/// way before it was written down).
const DISGUISES: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// What a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The package file: what the book is, and which parts it has.
    Package,
    /// The table of contents of EPUB 2 (NCX).
    Contents,
    /// A page of text, the table of contents of EPUB 3 among them.
    Chapter,
    /// A stylesheet.
    Style,
    /// A picture.
    Picture,
    /// A font, a sound, a video.
    Media,
}

/// The parts of a book.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Those that the package file lists and readers need, by name as it is
    /// compared.
    pub(super) roles: BTreeMap<String, Role>,
    /// Chapters in the order in which they are read.
    chapters: Vec<String>,
    /// Whether there is a chapter in a format other than XHTML and SVG.
    strange: bool,
    /// Whether it says that it was generated (GB 45438-2025).
    labelled: bool,
}

/// Whether a package is an EPUB.
pub(super) fn is(package: &mut Package<'_>) -> Result<bool, Broken> {
    Ok(package.head("mimetype", 64)?.starts_with(b"application/epub") || package.has(CONTAINER))
}

/// Whether its text is read; where it is not, its parts are published as they
/// are, which is said.
pub(super) fn is_readable(book: &Book) -> bool {
    !book.strange && !book.chapters.is_empty()
}

/// Reads the document; `None` where its chapters are in a format of their own.
pub(super) fn read(package: &mut Package<'_>) -> Result<Option<Extract>, Broken> {
    if is_encrypted(package)? {
        return Err(Broken::Encrypted);
    }
    let book = book(package)?;
    if !is_readable(&book) {
        return Ok(None);
    }
    let mut story = Story::default();
    for name in &book.chapters {
        if story.flow.text.is_full() {
            break;
        }
        let Some(bytes) = package.part(name)? else { continue };
        let file = name.rsplit('/').next().unwrap_or_default().to_owned();
        story.flow.text.at(MaterialPlace::Member { name: file, place: Box::default() });
        story.read(&xhtml(&bytes)?)?;
    }
    let mut reading = Extract { signed: package.has("META-INF/signatures.xml"), ..Extract::default() };
    if reading.signed {
        reading.faults.push(MaterialFault::Signed);
    }
    if book.labelled {
        reading.faults.push(MaterialFault::AiLabel);
    }
    reading.text = story.flow.text;
    Ok(Some(reading))
}

/// Whether more than fonts is encrypted.
fn is_encrypted(package: &mut Package<'_>) -> Result<bool, Broken> {
    let mut encrypted = false;
    package.walk(ENCRYPTION, |node| {
        if let Node::Start(element) = node
            && element.name() == b"EncryptionMethod"
        {
            let way = element.attribute("Algorithm").unwrap_or_default();
            encrypted |= !DISGUISES.contains(&way.as_str());
        }
    })?;
    Ok(encrypted)
}

/// What the package files say of the parts.
pub(super) fn book(package: &mut Package<'_>) -> Result<Book, Broken> {
    let mut files = Vec::new();
    package.walk(CONTAINER, |node| {
        if let Node::Start(element) = node
            && element.name() == b"rootfile"
        {
            files.extend(element.attribute("full-path").map(|path| plain(&path)));
        }
    })?;
    let mut book = Book::default();
    for file in files {
        list(package, &file, &mut book)?;
    }
    if book.roles.is_empty() { Err(Broken::Damaged) } else { Ok(book) }
}

fn list(package: &mut Package<'_>, file: &str, book: &mut Book) -> Result<(), Broken> {
    let mut items = BTreeMap::new();
    let mut order = Vec::new();
    let is_there = package.walk(file, |node| {
        let Node::Start(element) = node else { return };
        let attribute = |name: &str| element.attribute(name).unwrap_or_default();
        match element.name() {
            b"item" => {
                items.insert(attribute("id"), (target(file, &attribute("href")), attribute("media-type")));
            }
            b"itemref" => order.push(attribute("idref")),
            b"meta" => book.labelled |= is_label(element),
            _ => {}
        }
    })?;
    if !is_there {
        return Ok(());
    }
    let mut seen: BTreeSet<String> = book.chapters.iter().cloned().collect();
    for id in order {
        let Some((name, media)) = items.get(&id) else { continue };
        match role(media) {
            Some(Role::Chapter) if seen.insert(name.clone()) => book.chapters.push(name.clone()),
            Some(Role::Chapter | Role::Picture) => {}
            _ => book.strange = true,
        }
    }
    book.roles.insert(file.to_owned(), Role::Package);
    book.roles.extend(items.into_values().filter_map(|(name, media)| Some((name, role(&media)?))));
    Ok(())
}

/// Whether an entry of the package file is the mark of generated text.
pub(super) fn is_label(element: &Element<'_>) -> bool {
    ["name", "property"].iter().any(|name| element.attribute(name).is_some_and(|value| value == AI_LABEL))
}

/// The name, as it is compared, of the part that `href` in `file` leads to.
pub(super) fn target(file: &str, href: &str) -> String {
    let folder = file.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let path = href.split(['#', '?']).next().unwrap_or_default();
    resolve(&folder, &plain(path))
}

/// What a part of that media type is for; `None` where readers can do without
/// it, as without scripts.
fn role(media: &str) -> Option<Role> {
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some(match media.split_once('/')? {
        ("application", "xhtml+xml") => Role::Chapter,
        ("application", "x-dtbncx+xml") => Role::Contents,
        ("text", "css") => Role::Style,
        ("image", _) => Role::Picture,
        ("audio" | "video" | "font", _) => Role::Media,
        ("application", font) if font.contains("font") || font == "vnd.ms-opentype" => Role::Media,
        _ => return None,
    })
}

/// A chapter with the characters that HTML's names stand for, which XML does
/// not know without the document type that EPUB 2 brought along.
pub(super) fn xhtml(bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    let bytes = utf8(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = &*bytes;
    while let Some(at) = memchr::memchr(b'&', rest) {
        let (before, behind) = rest.split_at(at);
        out.extend_from_slice(before);
        let name = behind.get(1..).unwrap_or_default();
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let (name, after) = name.split_at(length);
        match (std::str::from_utf8(name), after.strip_prefix(b";")) {
            (Ok(name), Some(after)) if !matches!(name, "amp" | "lt" | "gt" | "quot" | "apos" | "") => {
                let written = format!("&{name};");
                let character = decode_references(&written, Within::Content);
                if character.starts_with('&') {
                    return Err(Broken::Damaged);
                }
                out.extend_from_slice(character.as_bytes());
                rest = after;
            }
            _ => {
                out.push(b'&');
                rest = behind.get(1..).unwrap_or_default();
            }
        }
    }
    out.extend_from_slice(rest);
    Ok(out)
}

/// Elements that show no text, those of drawings among them, and readings above
/// characters.
const SILENT: [&str; 8] = ["head", "script", "style", "template", "title", "desc", "metadata", "rt"];

/// The chapters being read.
#[derive(Default)]
struct Story {
    flow: Flow,
    line: String,
    /// How many elements are open in and with the one that shows nothing.
    silent: usize,
}

impl Story {
    fn read(&mut self, xhtml: &[u8]) -> Result<(), Broken> {
        self.silent = 0;
        walk(xhtml, |node| match node {
            Node::Start(element) => self.start(element),
            Node::End(name) => self.end(name),
            Node::Text(text) if self.silent == 0 => self.line.push_str(text),
            Node::Text(_) => {}
        })?;
        self.flush();
        Ok(())
    }

    fn start(&mut self, element: &Element<'_>) {
        let shows_nothing = SILENT.iter().any(|silent| silent.as_bytes() == element.name())
            || element.attribute("hidden").is_some();
        if self.silent > 0 || shows_nothing {
            self.silent += 1;
            return;
        }
        match element.name() {
            b"br" => self.line.push(' '),
            b"tr" => {
                self.flush();
                self.flow.begin_row();
            }
            b"td" | b"th" => {
                self.flush();
                self.flow.begin_cell();
            }
            name if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.silent > 0 {
            self.silent -= 1;
            return;
        }
        match name {
            b"tr" => {
                self.flush();
                let row = self.flow.end_row();
                self.flow.put(&row);
            }
            b"td" | b"th" => self.flush(),
            name if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.flow.put(&line);
        }
    }
}

fn is_block(name: &[u8]) -> bool {
    std::str::from_utf8(name).is_ok_and(elements::is_block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_html_become_characters() {
        let check = |text: &str, wanted: Result<&str, Broken>| {
            let wanted = wanted.map(|wanted| wanted.as_bytes().to_vec());
            assert_eq!(xhtml(text.as_bytes()), wanted, "{text}");
        };
        check("<p>甲&nbsp;乙&mdash;丙</p>", Ok("<p>甲\u{a0}乙—丙</p>"));
        check("&amp;nbsp; &lt;p&gt; &#160;&", Ok("&amp;nbsp; &lt;p&gt; &#160;&"));
        check("&nonsense;", Err(Broken::Damaged));
    }
}
