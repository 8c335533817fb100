//! One document's references, as far as they follow from itself and from what
//! files there are.

use super::locate::{self, Found, Miss};
use super::{Resolved, Role, own_pages};
use crate::document::Document;
use crate::markdown::{Block, Body, Segment};
use crate::photo;
use crate::site::files::Files;
use crate::site::{ArticleId, AssetId, Reference};
use crate::text::{At, Span, url};

/// One document's references being resolved.
pub(super) struct Resolver<'f, 'a> {
    pub(super) files: &'f Files<'a>,
    pub(super) document: &'f Document,
}

impl Resolver<'_, '_> {
    /// Resolves them.
    pub(super) fn run(&self) -> Resolved {
        let mut resolved =
            Resolved { links: Vec::with_capacity(self.document.body.links.len()), ..Resolved::default() };
        self.links(&mut resolved);
        self.cover(&mut resolved);
        self.wechat_cover(&mut resolved);
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
            resolved.replaces = self.piece(replaced, &mut resolved.misses);
        }
        self.notes(&mut resolved);
        resolved
    }

    fn links(&self, resolved: &mut Resolved) {
        let roles = roles(&self.document.body);
        for (link, role) in self.document.body.links.iter().zip(roles) {
            let reference = match self.reference(&link.target, role) {
                Ok((reference, other)) => {
                    // Whether the other page has the place is asked when all
                    // of them are known.
                    if let (Some(other), Reference::Page { anchor: Some(anchor), .. }) = (other, &reference) {
                        resolved.anchored.push((resolved.links.len(), other, anchor.clone()));
                    }
                    reference
                }
                Err(miss) => {
                    let kept = match &miss {
                        Miss::ElsewherePicture => {
                            Reference::External(url::encoded(&link.target).into_owned())
                        }
                        _ => Reference::Broken,
                    };
                    resolved.misses.push((link.span, role, link.target.clone(), miss));
                    kept
                }
            };
            if let (Role::Picture, Reference::Asset(id)) = (role, &reference) {
                resolved.pictures.push((*id, link.span));
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

    /// What `target` means, and the document whose page it is.
    fn reference(&self, target: &str, role: Role) -> Result<(Reference, Option<u32>), Miss> {
        let found = locate::locate(self.files, &self.document.path, target)?;
        let reference = match (role, found) {
            (Role::Picture, Found::Elsewhere) => return Err(Miss::ElsewherePicture),
            (_, Found::Elsewhere) => Reference::External(url::encoded(target).into_owned()),
            (Role::Link, Found::Here(anchor)) => self.own_anchor(anchor)?,
            (Role::Link, Found::Page { document, route, anchor }) => {
                let anchor = anchor.filter(|anchor| !anchor.is_empty());
                return Ok((Reference::Page { route, anchor }, document));
            }
            (_, Found::Here(_) | Found::Page { .. }) => return Err(Miss::PictureOfPage),
            (Role::Picture, Found::File(file)) => {
                let extension = self.extension(file);
                if !photo::is_picture(&extension) {
                    return Err(Miss::PictureOfFile(extension));
                }
                Reference::Asset(AssetId(file))
            }
            (_, Found::File(file)) => Reference::Asset(AssetId(file)),
        };
        Ok((reference, None))
    }

    fn own_anchor(&self, anchor: String) -> Result<Reference, Miss> {
        if anchor.is_empty() || anchor == "top" {
            return Ok(Reference::Anchor(anchor));
        }
        locate::find_anchor(self.document, &anchor).map(Reference::Anchor)
    }

    fn extension(&self, file: u32) -> String {
        self.files.others.get(file as usize).map_or(String::new(), |(path, _)| path.extension())
    }

    fn cover(&self, resolved: &mut Resolved) {
        let Some(cover) = &self.document.front.cover else { return };
        match self.reference(&cover.src.value, Role::Picture) {
            Ok((Reference::Asset(id), _)) => {
                let in_text = resolved.pictures.iter().any(|(used, _)| *used == id);
                resolved.pictures.push((id, cover.src.span));
                resolved.cover = Some(id);
                resolved.cover_in_text = in_text;
            }
            Ok(_) => {}
            Err(miss) => resolved.misses.push((cover.src.span, Role::Picture, cover.src.value.clone(), miss)),
        }
    }

    /// The cover of the WeChat edition, where it has one of its own.
    fn wechat_cover(&self, resolved: &mut Resolved) {
        let Some(cover) = &self.document.front.wechat.cover else { return };
        match self.reference(&cover.value, Role::Picture) {
            Ok((Reference::Asset(id), _)) => {
                resolved.pictures.push((id, cover.span));
                resolved.wechat_cover = Some(id);
            }
            Ok(_) => {}
            Err(miss) => resolved.misses.push((cover.span, Role::Picture, cover.value.clone(), miss)),
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
            let covers = front.cover.iter().map(|cover| cover.src.value.as_str());
            pictures.chain(covers).chain(front.wechat.cover.iter().map(|cover| cover.value.as_str()))
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
    for piece in body.slots() {
        match piece {
            Segment::Figure(at) | Segment::Image(at) => set(*at, Role::Picture),
            Segment::Media(at) => set(*at, Role::Media),
            Segment::Html(_) | Segment::Href(_) | Segment::Block(_) => {}
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
