//! The EPUB of a book that pieces are gathered into.
//!
//! [`epubs`] gives every book with its key; [`make`] makes the file: each
//! chapter by the theme's `booklet-chapter.html`, turned into XHTML, with the
//! photos and a drawn cover, in an archive by EPUB 3.3 and OCF 3.3.
//!
//! **Invariant:** the bytes depend on the key alone: no clock, no random
//! identifier, no order that a system chooses.

mod archive;
mod cover;
mod navigation;
mod package;
mod xhtml;

use std::sync::Arc;

use crate::book::{BookImage, BookletParts, EpubChapter, EpubEdition, booklets};
use crate::diagnostic::{AssetFault, Checked, Diagnostic, ThemeFault};
use crate::memo::{Key, Memo};
use crate::page::Column;
use crate::path::{OutputPath, SourcePath};
use crate::photo::{self, Recipe};
use crate::source::{Blobs, SourceTree};
use crate::theme::{EPUB_STYLE, Theme};

use archive::Archive;

/// The template of a chapter.
const TEMPLATE: &str = "booklet-chapter.html";

/// A book before it is made.
#[derive(Debug)]
pub struct Epub<'c> {
    /// Where it is published.
    pub path: OutputPath,
    /// The key of all that it is made from.
    pub key: Key,
    parts: BookletParts<'c>,
}

/// The bytes of an EPUB.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// The hash of the bytes; `None` where a template failed.
    pub key: Option<Key>,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// A chapter, finished.
struct Chapter {
    /// `piece-3.xhtml`.
    file: String,
    title: String,
    inside: bool,
    /// `toc` and the like, where others want to find it.
    kind: &'static str,
    xhtml: String,
}

/// The books of the column.
pub fn epubs<'c>(column: &'c Column<'_>, theme: &Theme, tree: &SourceTree) -> Vec<Epub<'c>> {
    let template = theme.templates.key(TEMPLATE);
    let style = theme.assets.get(EPUB_STYLE).map(|style| style.key);
    let epub = |parts: BookletParts<'c>| {
        let photos: Vec<_> = parts.photos().iter().map(|path| tree.get(path).map(|file| file.key)).collect();
        let key = Key::hash_value(&(&parts, template, style, photos));
        Some(Epub { path: OutputPath::new(parts.path())?, key, parts })
    };
    booklets(column).into_iter().filter_map(epub).collect()
}

/// Makes the file, or remembers it.
pub fn make(
    epub: &Epub<'_>,
    theme: &Theme,
    blobs: &dyn Blobs,
    memo: &Memo<Checked<Made>>,
) -> Arc<Checked<Made>> {
    memo.get_or(epub.key, || {
        let mut found = Vec::new();
        let edition = epub.parts.epub();
        let chapters: Option<Vec<Chapter>> = edition
            .chapters
            .iter()
            .map(|chapter| rendered(chapter, &edition, theme, epub, &mut found))
            .collect();
        let Some(chapters) = chapters else { return Checked { value: Made::default(), diagnostics: found } };
        let bytes = bound(&edition, &chapters, theme, blobs, &mut found);
        let made = Made { key: Some(Key::hash(&bytes)), bytes: bytes.into() };
        Checked { value: made, diagnostics: found }
    })
}

/// A chapter by its template; `None`, with a finding, where that fails.
fn rendered(
    chapter: &EpubChapter,
    edition: &EpubEdition,
    theme: &Theme,
    epub: &Epub<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Chapter> {
    let mut fault = |path: &SourcePath, span, kind| {
        found.push(match span {
            Some(span) => Diagnostic::at(path, span, kind),
            None => Diagnostic::of_file(path, kind),
        });
        None
    };
    if theme.templates.is_broken(TEMPLATE) {
        return None;
    }
    if theme.templates.key(TEMPLATE).is_none() {
        return fault(&SourcePath::config(), None, ThemeFault::NoSuchTemplate { name: TEMPLATE.to_owned() });
    }
    let page = format!("{}: {}", epub.path, chapter.file);
    let render = |message| ThemeFault::Render { message, page, others: 0 };
    let context = match tera::Context::from_serialize(&chapter.view) {
        Ok(context) => context,
        Err(error) => return fault(&SourcePath::config(), None, render(error.to_string())),
    };
    let mut html = Vec::with_capacity(16 * 1024);
    match theme.templates.render(TEMPLATE, &context, &mut html) {
        Ok(()) => Some(Chapter {
            file: chapter.file.clone(),
            title: chapter.title.clone(),
            inside: chapter.inside,
            kind: chapter.view.kind,
            xhtml: xhtml::document(&String::from_utf8_lossy(&html), &chapter.title, &edition.language),
        }),
        Err(failed) => fault(&failed.path, failed.span, render(failed.message)),
    }
}

/// The photo as the book has it, kept from an earlier run or made now. Nothing
/// personal leaves in a book either.
fn made(image: &BookImage, blobs: &dyn Blobs) -> Result<Vec<u8>, AssetFault> {
    let unreadable = |error: std::io::Error| AssetFault::Unreadable { reason: error.to_string() };
    let bytes = blobs.read(&image.source).map_err(unreadable)?;
    let recipe = Recipe { source: image.source.clone(), content: Key::hash(&bytes), make: image.make };
    let key = recipe.key();
    if let Some(kept) = blobs.recall(key) {
        return Ok(kept);
    }
    let made = photo::encode(&bytes, &[image.make]).pop().flatten().ok_or_else(|| image.make.not_made())?;
    blobs.keep(key, &made);
    Ok(made)
}

/// All files of the book in their archive.
fn bound(
    edition: &EpubEdition,
    chapters: &[Chapter],
    theme: &Theme,
    blobs: &dyn Blobs,
    found: &mut Vec<Diagnostic>,
) -> Vec<u8> {
    let mut archive = Archive::new();
    archive.text("META-INF/container.xml", package::CONTAINER);
    archive.text("EPUB/package.opf", &package::package(edition, chapters));
    archive.text("EPUB/nav.xhtml", &navigation::nav(edition, chapters, &theme.wording));
    archive.text("EPUB/toc.ncx", &navigation::ncx(edition, chapters));
    archive.text("EPUB/cover.svg", &cover::drawing(&edition.book, &theme.wording));
    archive.text("EPUB/cover.xhtml", &cover::page(edition, &theme.wording));
    let style = theme.assets.get(EPUB_STYLE).map(|style| String::from_utf8_lossy(&style.bytes).into_owned());
    archive.text("EPUB/style.css", style.as_deref().unwrap_or_default());
    for chapter in chapters {
        archive.text(&format!("EPUB/{}", chapter.file), &chapter.xhtml);
    }
    for image in &edition.images {
        match made(image, blobs) {
            Ok(made) => archive.stored(&format!("EPUB/{}", image.name), &made),
            Err(fault) => found.push(Diagnostic::of_file(&image.source, fault)),
        }
    }
    archive.finish()
}
