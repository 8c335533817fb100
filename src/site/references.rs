//! What links mean.
//!
//! Each document's links, cover, files, related pieces and photo notes are
//! resolved on their own, all documents at once, and remembered by runs of
//! documents for as long as no file comes or goes. What is not found gets its
//! explanation afterwards, one after the other, because the search for what
//! was meant looks at all files; so does what depends on the text of another
//! document: places in its page, and whether the site's own pages exist.

mod explain;
mod locate;
mod own_pages;
mod resolver;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::files::Files;
use super::{ArticleId, AssetId, Reference};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, LinkFault};
use crate::document::Document;
use crate::memo::{Key, KeyBuilder, Memo};
use crate::path::SourcePath;
use crate::text::Span;

use explain::Explainer;
use locate::{Found, Miss};
use resolver::Resolver;

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
    /// The cover of the WeChat edition, where it has one of its own.
    pub wechat_cover: Option<AssetId>,
    /// Attached files with the names shown.
    pub files: Vec<(AssetId, String)>,
    /// Pieces that `related` names.
    pub related: Vec<ArticleId>,
    /// The piece that `replaces` names.
    pub replaces: Option<ArticleId>,
    /// Files that are shown as pictures, with the place of the link.
    pictures: Vec<(AssetId, Span)>,
    /// Links to pages that the site makes itself, by their number.
    own: Vec<(usize, &'static str)>,
    /// Links to places in other pages, by their number.
    anchored: Vec<(usize, u32, String)>,
    misses: Vec<(Span, Role, String, Miss)>,
}

/// What a run of documents refers to, as far as it follows from themselves and
/// from what files there are.
#[derive(Debug)]
pub(super) struct ResolvedRun {
    /// The key of all that it follows from.
    pub key: Key,
    /// By document of the run.
    pub all: Vec<Resolved>,
    /// Files that are used, in the order of the documents.
    pub uses: Vec<Use>,
    /// Whether there are links that depend on more than what files there are.
    depends: bool,
    /// Whether something was not found.
    missed: bool,
}

/// How a document uses a file.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "facts about a use, each for itself")]
pub(super) struct Use {
    /// Index into [`Files::others`].
    pub file: u32,
    /// The document's place in its run.
    pub document: usize,
    /// The place in the document.
    pub span: Span,
    /// Whether it is offered as a material's file.
    pub offered: bool,
    /// Whether it is shown as a picture.
    pub shown: bool,
    /// Whether an editor has looked at what hides in it.
    pub reviewed: bool,
    /// Whether an editor has said whether AI made it.
    pub declared: bool,
}

/// What a run of documents refers to.
#[derive(Debug)]
pub(super) struct Linked {
    /// The documents.
    pub range: Range<usize>,
    /// What was found.
    pub resolved: Arc<ResolvedRun>,
    /// What turned out of links when all pages were known.
    pub corrections: Vec<Correction>,
}

/// A link that was found and is other than it seemed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Correction {
    /// The document's place in the run.
    pub document: usize,
    /// The link's number in it.
    pub link: usize,
    /// The id of the place in the other page, which was written by the text of
    /// its heading; `None` where the page of the site's own, or the place in
    /// the other page, does not exist.
    pub anchor: Option<String>,
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
        Err(Miss::Withheld(document)) => Some(document),
        _ => None,
    }
}

/// Resolves all references of all documents that are shown.
pub(super) fn resolve(
    files: &Files<'_>,
    runs: Vec<Range<usize>>,
    memo: &Memo<ResolvedRun>,
) -> Checked<Vec<Linked>> {
    let mut linked: Vec<Linked> = runs
        .into_par_iter()
        .map(|range| {
            let key = run_key(files, range.clone());
            let resolved = memo.get_or(key, || ResolvedRun::new(files, range.clone(), key));
            Linked { range, resolved, corrections: Vec::new() }
        })
        .collect();
    let mut found = Vec::new();
    let mut explainer = Explainer::new(files);
    for one in linked.iter().filter(|one| one.resolved.missed) {
        for (document, resolved) in one.documents(files) {
            for (span, role, target, miss) in &resolved.misses {
                let fault = explainer.explain(&document.path, *role, target, miss);
                found.push(Diagnostic::at(&document.path, *span, fault));
            }
        }
    }
    let absent = absent_pages(files, &linked);
    for one in linked.iter_mut().filter(|one| one.resolved.depends) {
        one.corrections = corrections(files, one, &absent, &mut explainer, &mut found);
    }
    Checked { value: linked, diagnostics: found }
}

/// The key of what a run refers to.
fn run_key(files: &Files<'_>, range: Range<usize>) -> Key {
    let mut parts = KeyBuilder::with_capacity(16 * range.len() + 16);
    parts.key(files.key);
    for document in files.documents.get(range).unwrap_or_default() {
        parts.key(document.key);
    }
    parts.finish()
}

impl ResolvedRun {
    fn new(files: &Files<'_>, range: Range<usize>, key: Key) -> Self {
        let documents = files.documents.get(range.clone()).unwrap_or_default();
        let resolve = |(at, document): (usize, &Arc<Document>)| {
            let shown = files.arranged.places.get(at).is_some_and(|place| place.shown);
            if shown { Resolver { files, document }.run() } else { Resolved::default() }
        };
        let all: Vec<Resolved> = range.zip(documents).map(resolve).collect();
        let uses =
            documents.iter().zip(&all).enumerate().flat_map(|(at, (d, one))| uses(at, d, one)).collect();
        let depends = all.iter().any(|one| !one.own.is_empty() || !one.anchored.is_empty());
        let missed = all.iter().any(|one| !one.misses.is_empty());
        Self { key, all, uses, depends, missed }
    }
}

/// The files that a document uses: those of links first, then pictures, then
/// those that it offers.
fn uses(at: usize, document: &Document, one: &Resolved) -> Vec<Use> {
    let used = |id: AssetId, span| Use {
        file: id.0,
        document: at,
        span,
        offered: false,
        shown: false,
        reviewed: false,
        declared: false,
    };
    let declared = |span| {
        let front = &document.front;
        let link = || document.body.links.iter().find(|link| link.span == span);
        !front.photos.is_empty()
            && link().and_then(|link| front.photo(&link.target)).is_some_and(|n| n.ai.is_some())
    };
    let links = one.links.iter().zip(&document.body.links).filter_map(|(reference, link)| match reference {
        Reference::Asset(id) => Some(used(*id, link.span)),
        _ => None,
    });
    let pictures = one.pictures.iter().map(|(id, span)| Use {
        shown: true,
        declared: declared(*span),
        ..used(*id, *span)
    });
    let files = one.files.iter().zip(&document.front.files);
    let files = files.map(|((id, _), file)| Use {
        offered: true,
        reviewed: file.reviewed,
        ..used(*id, file.src.span)
    });
    links.chain(pictures).chain(files).collect()
}

impl Linked {
    /// The run's documents with what they refer to.
    pub(super) fn documents<'l>(
        &'l self,
        files: &Files<'l>,
    ) -> impl Iterator<Item = (&'l Arc<Document>, &'l Resolved)> {
        files.documents.get(self.range.clone()).unwrap_or_default().iter().zip(&self.resolved.all)
    }
}

/// The pages of the site's own that are linked and have nothing to show: only
/// now is known what the pieces show and offer.
fn absent_pages(files: &Files<'_>, linked: &[Linked]) -> Vec<&'static str> {
    let depending = linked.iter().filter(|one| one.resolved.depends);
    let own = depending.flat_map(|one| &one.resolved.all).flat_map(|one| &one.own);
    let mut wanted: Vec<&'static str> = own.map(|(_, name)| *name).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted.retain(|name| !own_pages::exists(name, files, linked));
    wanted
}

/// The links of a run that lead to a page that is absent, or to a place that
/// the page does not have, or has under another id.
fn corrections(
    files: &Files<'_>,
    one: &Linked,
    absent: &[&str],
    explainer: &mut Explainer<'_, '_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for (place, (document, resolved)) in one.documents(files).enumerate() {
        let own = resolved.own.iter().filter(|(_, name)| absent.contains(name));
        let own = own.map(|(link, name)| (*link, Err(Miss::OwnPage(name))));
        let anchored = resolved.anchored.iter().filter_map(|(link, other, anchor)| {
            let id = locate::find_anchor(files.document(*other)?, anchor);
            (id.as_ref().ok() != Some(anchor)).then_some((*link, id))
        });
        for (at, id) in own.chain(anchored) {
            let Some(link) = document.body.links.get(at) else { continue };
            if let Err(miss) = &id {
                let fault = explainer.explain(&document.path, Role::Link, &link.target, miss);
                found.push(Diagnostic::at(&document.path, link.span, fault));
            }
            corrections.push(Correction { document: place, link: at, anchor: id.ok() });
        }
    }
    corrections
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
