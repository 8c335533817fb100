//! From a target as written to what it means.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::own_pages::OWN_PAGES;
use crate::document::Document;
use crate::markdown::{self, Block};
use crate::path::{Route, SourcePath};
use crate::site::files::{Entry, Files};

/// What a target means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A page; its document, where it has one.
    Page {
        /// Index of the document.
        document: Option<u32>,
        /// Its address.
        route: Route,
        /// Not checked yet.
        anchor: Option<String>,
    },
    /// A place in the same page.
    Here(String),
    /// A file, by its index.
    File(u32),
    /// Another site, a mail address, a telephone.
    Elsewhere,
}

/// Why a target means nothing, or not what its place wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Miss {
    /// Nothing is written.
    Empty,
    /// A page of the site's own that has nothing to show.
    OwnPage(&'static str),
    /// No file; the path that was looked for.
    Nowhere(String),
    /// A folder without a page.
    Folder,
    /// A section that has nothing to show.
    EmptySection(usize),
    /// A piece that readers don't see.
    Withheld(u32),
    /// A Markdown file in a folder that is no section.
    Stray,
    /// The page has no such place; the document, and the place.
    Anchor(SourcePath, String),
    /// It leads out of `content/`.
    Outside,
    /// A path of the editor's own computer.
    OwnDisk,
    /// A scheme that pages must not have.
    Scheme(String),
    /// A web address without `https://`.
    NoScheme,
    /// A picture of another site.
    ElsewherePicture,
    /// A file of another site where one of our own is wanted.
    ElsewhereFile,
    /// Image syntax with a page.
    PictureOfPage,
    /// Image syntax with a file of that extension.
    PictureOfFile(String),
    /// `files` with a page.
    FileIsPage,
    /// `related` with something that is no piece.
    NotAPiece,
    /// `related` with the piece itself.
    Itself,
    /// A photo note without its photo; the nearest used name.
    UnusedNote(Option<String>),
}

/// What `target` means when it stands in the file `from`.
pub(super) fn locate(files: &Files<'_>, from: &SourcePath, target: &str) -> Result<Found, Miss> {
    let target = target.trim();
    if target.is_empty() {
        return Err(Miss::Empty);
    }
    if let Some(anchor) = target.strip_prefix('#') {
        return Ok(Found::Here(composed(anchor).into_owned()));
    }
    if let Some(scheme) = scheme(target) {
        // `img-09:10:10.png` is a file, where there is one of that name.
        return elsewhere(&scheme).or_else(|miss| match (&miss, file(files, from, target)) {
            (Miss::Scheme(_), Some(Entry::File(file))) => Ok(Found::File(file)),
            _ => Err(miss),
        });
    }
    if target.starts_with("//") {
        return Ok(Found::Elsewhere);
    }
    // A `#` or `?` may belong to the file's name: the whole is tried first.
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) if file(files, from, target).is_none() => (path, Some(anchor)),
        _ => (target, None),
    };
    let entry = match file(files, from, path) {
        Some(entry) => Some(entry),
        None => path.split_once('?').and_then(|(path, _)| file(files, from, path)),
    };
    let anchor = anchor.map(|anchor| composed(anchor).into_owned());
    match entry {
        Some(Entry::File(file)) => Ok(Found::File(file)),
        Some(Entry::Document(document)) => page(files, document, anchor),
        None => folder(files, from, path, anchor),
    }
}

/// The scheme of a URL in lower case. A single letter is a drive of Windows.
fn scheme(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let rest = scheme.bytes().skip(1).all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let first = scheme.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
    (first && rest).then(|| scheme.to_ascii_lowercase())
}

fn elsewhere(scheme: &str) -> Result<Found, Miss> {
    match scheme {
        "http" | "https" | "mailto" | "tel" | "sms" | "ftp" => Ok(Found::Elsewhere),
        "file" => Err(Miss::OwnDisk),
        drive if drive.len() == 1 => Err(Miss::OwnDisk),
        other => Err(Miss::Scheme(other.to_owned())),
    }
}

/// The same text in the form that names are compared in.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The file that `path` means in the file `from`.
fn file(files: &Files<'_>, from: &SourcePath, path: &str) -> Option<Entry> {
    let joined = join(from, path)?;
    if let Some(entry) = files.get(&joined) {
        return Some(entry);
    }
    if path.contains('%') {
        // Front matter is as it was typed, and a link's `%23` still is one,
        // since a `#` would have been the beginning of an anchor.
        let decoded = percent_encoding::percent_decode_str(&joined).decode_utf8().ok()?;
        return files.get(&decoded);
    }
    // From the project's root, as some editors write it.
    path.strip_prefix("/content/").and_then(|path| files.get(&join(from, &format!("/{path}"))?))
}

/// `reference` as a path below `content/`; a leading `/` means `content/`
/// itself. `None` where it leads out of the project.
pub(super) fn join(from: &SourcePath, reference: &str) -> Option<String> {
    let (base, reference) = match reference.strip_prefix('/') {
        Some(absolute) => ("content", absolute),
        None => (from.folder(), reference),
    };
    let mut path = String::with_capacity(base.len() + reference.len() + 1);
    path.push_str(base);
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if path.is_empty() {
                    return None;
                }
                path.truncate(path.rfind('/').unwrap_or(0));
            }
            _ => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    Some(path)
}

fn page(files: &Files<'_>, document: u32, anchor: Option<String>) -> Result<Found, Miss> {
    use crate::site::arrange::Role;
    let Some(place) = files.place(document) else { return Err(Miss::Stray) };
    match place.role {
        Role::Stray => Err(Miss::Stray),
        // Without its introduction the section may still have a page.
        Role::Intro if !place.shown => match place.section {
            Some(section) => section_page(files, section, anchor),
            None => Err(Miss::Withheld(document)),
        },
        _ if !place.shown => Err(Miss::Withheld(document)),
        _ => Ok(Found::Page { document: Some(document), route: place.route.clone(), anchor }),
    }
}

fn section_page(files: &Files<'_>, section: usize, anchor: Option<String>) -> Result<Found, Miss> {
    if !files.has_page(section) {
        return Err(Miss::EmptySection(section));
    }
    let route = files.section_route(section).ok_or(Miss::Folder)?;
    Ok(Found::Page { document: files.intro(section), route, anchor })
}

/// A target that is no file: a folder with a page, or a page of the output.
fn folder(files: &Files<'_>, from: &SourcePath, path: &str, anchor: Option<String>) -> Result<Found, Miss> {
    let Some(joined) = join(from, path) else { return Err(Miss::Outside) };
    if joined == "content" {
        let route = Route::new("index.html").ok_or(Miss::Folder)?;
        return Ok(Found::Page { document: None, route, anchor });
    }
    if !joined.starts_with("content/") {
        return Err(Miss::Outside);
    }
    let section = files.section(&joined).or_else(|| files.section(joined.strip_suffix("/index.md")?));
    if let Some(section) = section {
        return section_page(files, section, anchor);
    }
    if let Some(Entry::Document(document)) = files.get(&format!("{joined}/index.md")) {
        return page(files, document, anchor);
    }
    if let Some(found) = published(files, &joined, anchor) {
        return found;
    }
    let first = path.split('/').next().unwrap_or("");
    if first.starts_with("www.") || is_domain(first) {
        return Err(Miss::NoScheme);
    }
    Err(if files.has_folder(&joined) { Miss::Folder } else { Miss::Nowhere(joined) })
}

/// A target that names a page as it is published: `../news/x.html`.
fn published(files: &Files<'_>, joined: &str, anchor: Option<String>) -> Option<Result<Found, Miss>> {
    let name = joined.strip_prefix("content/")?;
    let stem = name.strip_suffix(".html")?;
    if let Some(Entry::Document(document)) = files.get(&format!("content/{stem}.md")) {
        return Some(page(files, document, anchor));
    }
    if let Some(section) =
        stem.strip_suffix("/index").and_then(|folder| files.section(&format!("content/{folder}")))
    {
        return Some(section_page(files, section, anchor));
    }
    let known = OWN_PAGES.contains(&name)
        || files.arranged.taxonomies.values().flatten().any(|term| term.route.as_str() == name)
        || files.arranged.series.iter().any(|series| series.route.as_str() == name)
        || files.config.booklets.iter().any(|booklet| stem.strip_prefix("booklets/") == Some(&booklet.slug));
    known.then(|| Ok(Found::Page { document: None, route: Route::new(name).ok_or(Miss::Folder)?, anchor }))
}

/// Whether a first part of a path looks like a web site's name.
fn is_domain(name: &str) -> bool {
    let known = [".gov.cn", ".com.cn", ".org.cn", ".net.cn", ".com", ".cn", ".org", ".net"];
    name.is_ascii() && known.iter().any(|end| name.len() > end.len() && name.ends_with(end))
}

/// Whether `link` of `column.yaml` leads anywhere: a URL, a section's folder,
/// a page, a Markdown file below `content/`.
pub(super) fn in_config(files: &Files<'_>, link: &str) -> bool {
    if scheme(link).is_some() {
        return matches!(elsewhere(&scheme(link).unwrap_or_default()), Ok(Found::Elsewhere));
    }
    let link = link.trim_start_matches("./").trim_start_matches('/');
    let link = link.strip_prefix("content/").unwrap_or(link);
    // As if it stood in a file at the top of `content/`. A section without a
    // piece is no fault here: the menu leaves it out until it has one.
    SourcePath::new("content/menu").is_some_and(|from| {
        let route = |path: &str| files.arranged.places.iter().any(|p| p.shown && p.route.as_str() == path);
        matches!(locate(files, &from, link), Ok(Found::Page { .. }) | Err(Miss::EmptySection(_)))
            || route(link)
    })
}

/// The id of the place of `document`'s page that `anchor` means: an id as it
/// stands, or else the text of a heading, punctuation, blanks and capitals as
/// written or as an id leaves them out.
pub(super) fn find_anchor(document: &Document, anchor: &str) -> Result<String, Miss> {
    let known = |name: &str| document.body.anchors.binary_search_by(|id| id.as_str().cmp(name)).is_ok();
    if known(anchor) || in_blocks(document, anchor) {
        return Ok(anchor.to_owned());
    }
    let outline = &document.body.outline;
    let slug = markdown::heading_slug(anchor);
    let by_text = outline.iter().find(|heading| composed(heading.text.trim()) == anchor.trim());
    let by_slug = || outline.iter().find(|heading| markdown::heading_slug(&heading.text) == slug);
    let heading = by_text.or_else(|| (!slug.is_empty()).then(by_slug).flatten());
    let missing = || Miss::Anchor(document.path.clone(), anchor.to_owned());
    heading.map(|heading| heading.id.clone()).ok_or_else(missing)
}

/// The ids that data blocks get in a page: `opinion-3`, `quiz-1`.
fn in_blocks(document: &Document, anchor: &str) -> bool {
    let blocks = &document.body.blocks;
    if let Some(number) = anchor.strip_prefix("opinion-").and_then(|n| n.parse::<u32>().ok()) {
        let has = |block: &Block| match block {
            Block::Ledger(ledger) => ledger.items.iter().any(|item| item.number == number),
            _ => false,
        };
        return blocks.iter().any(has);
    }
    let quiz = anchor.strip_prefix("quiz-").and_then(|n| n.parse::<usize>().ok());
    let quizzes = blocks.iter().filter(|block| matches!(block, Block::Quiz(_))).count();
    quiz.is_some_and(|number| (1..=quizzes).contains(&number))
}
