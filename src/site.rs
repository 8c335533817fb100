//! All documents assembled into one [`Site`].
//!
//! [`assemble`] decides what is published, gives every page its route, orders
//! and groups, and resolves every reference from file to file. What it can't
//! resolve is a finding, and the page shows the best that can be shown.
//!
//! Its steps, a file each: `visibility` (who is shown), `address_book` (names in
//! addresses that are kept), `arrange` (routes, order, neighbours, terms,
//! related: remembered as long as no document changes its class), `files` and
//! `references` (what links mean), `assets`, `pictures` (what is made of them),
//! `addresses` (former addresses and `content/static/`), `articles` (the
//! pieces), `booklets` (which pieces go into which book). What an edit of one text leaves alone is
//! remembered by runs of neighbouring documents.
//!
//! **Invariant:** indexes into [`Site::articles`] and the term lists are valid
//! for the site they came from; nothing here is in an order that depends on
//! threads or hashes.

mod address_book;
mod addresses;
mod arrange;
mod articles;
mod assets;
mod booklets;
mod captions;
mod chunks;
mod files;
mod model;
mod pictures;
mod references;
mod sidecars;
mod slugs;
mod static_contents;
mod statics;
mod unread;
mod visibility;

use std::sync::Arc;

use jiff::civil::DateTime;

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{Document, PhotoNote};
use crate::memo::{Count, Memo, NoStore, Store};
use crate::source::{Blobs, SourceTree};
use crate::{material, photo};

use address_book::AddressBook;
use arrange::Arranged;
use articles::Gathered;
use references::ResolvedRun;

pub use captions::Captions;
pub use pictures::{focus, largest, share};

pub use chunks::{Articles, Run};
pub use model::{
    Alias, Article, ArticleId, Asset, AssetId, AssetKind, Booklet, BookletPart, Cutting, List, Listed,
    Picture, Print, Reference, Series, Share, Site, State, Taxonomy, Term, TermId, Tile, Withheld,
};

/// What a site is assembled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The moment, in the column's zone.
    pub now: DateTime,
    /// Show drafts, scheduled and expired pieces too, each with its state.
    pub preview: bool,
    /// Take drafts as published.
    pub drafts: bool,
    /// Put a content hash into the names of assets.
    pub fingerprint: bool,
}

/// What assembling remembers from one build to the next.
#[derive(Debug, Default)]
pub struct Memory {
    arranged: Memo<Arranged>,
    names: Memo<files::Names>,
    resolved: Memo<ResolvedRun>,
    gathered: Memo<Gathered>,
    shares: Memo<pictures::Recipes>,
    photos: Memo<photo::Probe>,
    notes: Memo<Checked<PhotoNote>>,
    cleaned: Memo<Option<(String, u64)>>,
    materials: Memo<material::Probe>,
    sums: Memo<Option<String>>,
    studies: Memo<Option<Arc<material::Inspection>>>,
    statics: Memo<material::Static>,
    store: Option<Arc<dyn Store>>,
}

impl Memory {
    /// One that begins with what `store` holds, and puts there what it makes.
    pub fn with_store(store: Arc<dyn Store>) -> Self {
        Self { store: Some(store), ..Self::default() }
    }

    fn store(&self) -> &dyn Store {
        self.store.as_deref().unwrap_or(&NoStore)
    }

    /// Ends a round: forgets what was not used in it. The counts are those of
    /// arrangements and of photos looked at.
    pub fn sweep(&self) -> (Count, Count) {
        self.gathered.sweep();
        self.shares.sweep();
        self.resolved.sweep();
        self.names.sweep();
        self.materials.sweep();
        self.notes.sweep();
        self.cleaned.sweep();
        self.sums.sweep();
        self.studies.sweep();
        self.statics.sweep();
        (self.arranged.sweep(), self.photos.sweep())
    }
}

/// Assembles the site of `documents`, which are all Markdown files below
/// `content/`, in any order.
pub fn assemble(
    mut documents: Vec<Arc<Document>>,
    config: &Arc<Config>,
    tree: &SourceTree,
    blobs: &dyn Blobs,
    options: &Options,
    memory: &Memory,
) -> Checked<Site> {
    let mut found = Vec::new();
    sort(&mut documents);
    let selection = visibility::select(&documents, options).keep(&mut found);
    let book = AddressBook::read(tree).keep(&mut found);
    let (states, shown) = (&selection.states, selection.shown);
    let arranged =
        arrange::arrange(&documents, states, shown, config, &book, &memory.arranged, memory.store());
    found.extend(arranged.diagnostics(&documents));
    let files = files::Files::new(tree, &documents, &selection, &arranged, config, &memory.names);
    let linked = references::resolve(&files, articles::runs(&documents), &memory.resolved).keep(&mut found);
    let assets = assets::publish(&linked, &files, blobs, options.fingerprint, memory).keep(&mut found);
    references::check_config(&files, config, &mut found);
    unread::report(&files, &linked, blobs, &mut found);
    let addresses = addresses::addresses(tree, &documents, &arranged, config).keep(&mut found);
    let gathering = articles::Gathering {
        documents: &documents,
        states: &selection.states,
        arranged: &arranged,
        numbers: &assets.numbers,
    };
    let (articles, intros) = gathering.run(&linked, &memory.gathered);
    let withheld = arranged.withheld(&documents, &selection.states);
    let used = pictures::Inputs { articles: &articles, assets: &assets.all, statics: &addresses.statics };
    let pictures = pictures::all(&used, tree, blobs, config, memory).keep(&mut found);
    found.extend(static_contents::check(&addresses.statics, tree, config, blobs, memory));
    let booklets = booklets::gather(&files, &articles).keep(&mut found);
    // What only a preview shows has no address yet that anybody knows.
    let is_public = !options.preview && !options.drafts;
    let updated = || book.updated(&arranged.taxonomies, &arranged.series, config);
    let address_book = is_public.then(updated).flatten();
    found.sort();
    let site = Site {
        config: Arc::clone(config),
        now: options.now,
        articles,
        withheld,
        next: selection.next,
        sections: arranged.sections.clone(),
        intros,
        taxonomies: arranged.taxonomies.clone(),
        series: arranged.series.clone(),
        newest: arranged.newest.clone(),
        assets: assets.all,
        studies: assets.studies,
        texts: assets.texts,
        booklets,
        aliases: addresses.aliases,
        pictures,
        statics: addresses.statics,
        address_book,
        captions: assets.captions,
    };
    Checked { value: site, diagnostics: found }
}

/// Sorts by path. Those that a build hands over are sorted.
fn sort(documents: &mut [Arc<Document>]) {
    if !documents.is_sorted_by(|a, b| a.path <= b.path) {
        documents.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

/// A finding of a document's file as a whole, or at a place in it.
pub(crate) fn at(
    document: &Document,
    span: Option<crate::text::Span>,
    kind: impl Into<crate::diagnostic::Kind>,
) -> Diagnostic {
    match span {
        Some(span) => Diagnostic::at(&document.path, span, kind),
        None => Diagnostic::of_file(&document.path, kind),
    }
}
