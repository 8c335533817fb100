//! What links mean.
//!
//! Each document's links, cover, files, related pieces and photo notes are
//! resolved on their own, all documents at once; what is not found gets its
//! explanation afterwards, one after the other, because the search for what
//! was meant looks at all files.

mod explain;
mod locate;
mod own_pages;

use rayon::prelude::*;

use super::files::Files;
use super::{ArticleId, AssetId, Reference};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, LinkFault};
use crate::document::Document;
use crate::markdown::{Block, Body, Piece};
use crate::path::SourcePath;
use crate::photo;
use crate::text::{At, Span};

use explain::Explainer;
use locate::{Found, Miss};

/// What a document refers to. An [`AssetId`] here is still an index into
/// [`Files::others`]; `assets::publish` numbers them.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// By link of the body.
    pub links: Vec<Reference>,
    /// The cover, else the first photo of the text.
    pub cover: Option<AssetId>,
    /// Whether the text itself shows the cover.
    pub cover_in_text: bool,
    /// Attached files with the names shown.
    pub files: Vec<(AssetId, String)>,
    /// Pieces that `related` names.
    pub related: Vec<ArticleId>,
    /// Files that are shown as pictures, with the place of the first link.
    pub uses: Vec<(AssetId, Span)>,
    /// Links to pages that the site makes itself, by their number.
    own: Vec<(usize, &'static str)>,
    misses: Vec<(Span, Role, String, Miss)>,
}

/// What a reference is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `[text](target)`.
    Link,
    /// `![alt](target)`, a gallery's photo, a cover.
    Picture,
    /// `![](x.mp4)`.
    Media,
    /// `files`.
    File,
    /// `related`, `replaces`.
    Piece,
}

/// The document whose page `path`, below `content/`, means, whether readers see
/// it or not.
pub(super) fn document_at(files: &Files<'_>, path: &str) -> Option<u32> {
    let from = SourcePath::new("content/column")?;
    match locate::locate(files, &from, path.strip_prefix("content/").unwrap_or(path)) {
        Ok(Found::Page { document, .. }) => document,
        Err(Miss::Withheld(document, _)) => Some(document),
        _ => None,
    }
}

/// Resolves all references of all documents that are shown.
pub(super) fn resolve(files: &Files<'_>) -> Checked<Vec<Resolved>> {
    let mut resolved: Vec<Resolved> = files
        .documents
        .par_iter()
        .enumerate()
        .with_min_len(64)
        .map(|(at, document)| {
            let shown = files.arranged.places.get(at).is_some_and(|place| place.shown);
            if shown { Resolver { files, document }.run() } else { Resolved::default() }
        })
        .collect();
    check_own_pages(files, &mut resolved);
    let mut found = Vec::new();
    let mut explainer = Explainer::new(files);
    for (document, resolved) in files.documents.iter().zip(&mut resolved) {
        for (span, role, target, miss) in std::mem::take(&mut resolved.misses) {
            let fault = explainer.explain(&document.path, role, &target, miss);
            found.push(Diagnostic::at(&document.path, span, fault));
        }
    }
    Checked { value: resolved, diagnostics: found }
}

/// Breaks the links to pages of the site's own that have nothing to show: only
/// now is known what the pieces show and offer.
fn check_own_pages(files: &Files<'_>, resolved: &mut [Resolved]) {
    let mut wanted: Vec<&str> = resolved.iter().flat_map(|one| &one.own).map(|(_, name)| *name).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted.retain(|name| !own_pages::exists(name, files, resolved));
    if wanted.is_empty() {
        return;
    }
    for (document, one) in files.documents.iter().zip(resolved) {
        for (at, name) in std::mem::take(&mut one.own) {
            let (Some(link), Some(slot)) = (document.body.links.get(at), one.links.get_mut(at)) else {
                continue;
            };
            if wanted.contains(&name) {
                *slot = Reference::Broken;
                one.misses.push((link.span, Role::Link, link.target.clone(), Miss::OwnPage(name)));
            }
        }
    }
}

/// One document's references being resolved.
struct Resolver<'f, 'a> {
    files: &'f Files<'a>,
    document: &'f Document,
}

impl Resolver<'_, '_> {
    fn run(&self) -> Resolved {
        let mut resolved =
            Resolved { links: Vec::with_capacity(self.document.body.links.len()), ..Resolved::default() };
        self.links(&mut resolved);
        self.cover(&mut resolved);
        let front = &self.document.front;
        for file in &front.files {
            if let Some(id) = self.file(&file.src, &mut resolved) {
                let name = file.title.clone().unwrap_or_else(|| file_name(&file.src.value));
                resolved.files.push((id, name));
            }
        }
        for named in &front.related {
            resolved.related.extend(self.piece(named, &mut resolved.misses));
        }
        if let Some(replaced) = &front.replaces {
            self.piece(replaced, &mut resolved.misses);
        }
        self.notes(&mut resolved);
        resolved
    }

    fn links(&self, resolved: &mut Resolved) {
        let roles = roles(&self.document.body);
        for (link, role) in self.document.body.links.iter().zip(roles) {
            let reference = match self.reference(&link.target, role) {
                Ok(reference) => reference,
                Err(miss) => {
                    let kept = match &miss {
                        Miss::ElsewherePicture => Reference::External(link.target.clone()),
                        _ => Reference::Broken,
                    };
                    resolved.misses.push((link.span, role, link.target.clone(), miss));
                    kept
                }
            };
            if let (Role::Picture, Reference::Asset(id)) = (role, &reference) {
                resolved.uses.push((*id, link.span));
                resolved.cover.get_or_insert(*id);
                resolved.cover_in_text = true;
            }
            if let Reference::Page { route, .. } = &reference
                && let Some(name) = own_pages::OWN_PAGES.iter().find(|name| **name == route.as_str())
            {
                resolved.own.push((resolved.links.len(), name));
            }
            resolved.links.push(reference);
        }
    }

    fn reference(&self, target: &str, role: Role) -> Result<Reference, Miss> {
        let found = locate::locate(self.files, &self.document.path, target)?;
        match (role, found) {
            (Role::Picture, Found::Elsewhere) => Err(Miss::ElsewherePicture),
            (_, Found::Elsewhere) => Ok(Reference::External(target.to_owned())),
            (Role::Link, Found::Here(anchor)) => self.own_anchor(anchor),
            (Role::Link, Found::Page { document, route, anchor }) => {
                let anchor = anchor.filter(|anchor| !anchor.is_empty());
                if let (Some(anchor), Some(document)) =
                    (&anchor, document.and_then(|at| self.files.document(at)))
                {
                    locate::check_anchor(document, anchor)?;
                }
                Ok(Reference::Page { route, anchor })
            }
            (_, Found::Here(_) | Found::Page { .. }) => Err(Miss::PictureOfPage),
            (Role::Picture, Found::File(file)) => {
                let extension = self.extension(file);
                if photo::is_picture(&extension) {
                    Ok(Reference::Asset(AssetId(file)))
                } else {
                    Err(Miss::PictureOfFile(extension))
                }
            }
            (_, Found::File(file)) => Ok(Reference::Asset(AssetId(file))),
        }
    }

    fn own_anchor(&self, anchor: String) -> Result<Reference, Miss> {
        if !anchor.is_empty() && anchor != "top" {
            locate::check_anchor(self.document, &anchor)?;
        }
        Ok(Reference::Anchor(anchor))
    }

    fn extension(&self, file: u32) -> String {
        self.files.others.get(file as usize).map_or(String::new(), |(path, _)| path.extension())
    }

    fn cover(&self, resolved: &mut Resolved) {
        let Some(cover) = &self.document.front.cover else { return };
        match self.reference(&cover.src.value, Role::Picture) {
            Ok(Reference::Asset(id)) => {
                let in_text = resolved.uses.iter().any(|(used, _)| *used == id);
                resolved.uses.push((id, cover.src.span));
                resolved.cover = Some(id);
                resolved.cover_in_text = in_text;
            }
            Ok(_) => {}
            Err(miss) => resolved.misses.push((cover.src.span, Role::Picture, cover.src.value.clone(), miss)),
        }
    }

    fn file(&self, src: &At<String>, resolved: &mut Resolved) -> Option<AssetId> {
        let miss = match locate::locate(self.files, &self.document.path, &src.value) {
            Ok(Found::File(file)) => return Some(AssetId(file)),
            Ok(Found::Elsewhere) => Miss::ElsewhereFile,
            Ok(_) => Miss::FileIsPage,
            Err(miss) => miss,
        };
        resolved.misses.push((src.span, Role::File, src.value.clone(), miss));
        None
    }

    fn piece(&self, named: &At<String>, misses: &mut Vec<(Span, Role, String, Miss)>) -> Option<ArticleId> {
        let miss = match locate::locate(self.files, &self.document.path, &named.value) {
            Ok(Found::Page { document: Some(document), .. }) if self.files.is_piece(document) => {
                let own = self.files.document(document).is_some_and(|d| d.path == self.document.path);
                if !own {
                    return self.files.article(document);
                }
                Miss::Itself
            }
            Ok(_) => Miss::NotAPiece,
            Err(miss) => miss,
        };
        misses.push((named.span, Role::Piece, named.value.clone(), miss));
        None
    }

    /// A note on a photo that the text does not show is a slip of the pen.
    fn notes(&self, resolved: &mut Resolved) {
        let front = &self.document.front;
        let used = || {
            let pictures = self.document.body.links.iter().map(|link| link.target.as_str());
            pictures.chain(front.cover.iter().map(|cover| cover.src.value.as_str()))
        };
        for (name, note) in &front.photos {
            let names = |target: &str| target == name || file_name(target) == file_name(name);
            if !used().any(names) {
                let near = crate::diagnostic::nearest(name, used()).map(str::to_owned);
                resolved.misses.push((note.span, Role::Picture, name.clone(), Miss::UnusedNote(near)));
            }
        }
    }
}

/// What each of the body's links is for.
fn roles(body: &Body) -> Vec<Role> {
    let mut roles = vec![Role::Link; body.links.len()];
    let mut set = |at: usize, role| {
        if let Some(slot) = roles.get_mut(at) {
            *slot = role;
        }
    };
    for piece in &body.pieces {
        match piece {
            Piece::Figure(at) | Piece::Image(at) => set(*at, Role::Picture),
            Piece::Media(at) => set(*at, Role::Media),
            Piece::Html(_) | Piece::Href(_) | Piece::Block(_) => {}
        }
    }
    for block in &body.blocks {
        if let Block::Gallery(gallery) = block {
            gallery.photos.iter().for_each(|photo| set(photo.link, Role::Picture));
        }
    }
    roles
}

/// The last part of a path as written.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// Checks where the menu and the footer of `column.yaml` lead.
pub(super) fn check_config(files: &Files<'_>, config: &Config, found: &mut Vec<Diagnostic>) {
    let menu = config.menu.iter().flatten().map(|item| &item.link);
    let footer = config.footer.links.iter().map(|item| &item.link);
    let path = SourcePath::config();
    for link in menu.chain(footer) {
        if locate::in_config(files, &link.value) {
            continue;
        }
        let folders = config.sections.iter().map(|section| section.folder.as_str());
        let near = crate::diagnostic::nearest(&link.value, folders.chain(own_pages::OWN_PAGES));
        let fault = LinkFault::MenuTarget { target: link.value.clone(), nearest: near.map(str::to_owned) };
        found.push(Diagnostic::at(&path, link.span, fault));
    }
}
