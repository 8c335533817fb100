//! Everything that follows from the documents' *class*: routes, order,
//! neighbours, terms, series, related pieces.
//!
//! The whole arrangement is remembered under the classes of all documents
//! ([`crate::document::class`]) and their states. It holds indexes and fields,
//! never places in files: those move with any edit. One without faults outlives
//! the process.
//!
//! **Invariant:** an arrangement depends on what [`key`] hashes alone.

mod faults;
mod order;
mod place;
mod related;
mod terms;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::address_book::AddressBook;
use super::visibility::{Shown, moment};
use super::{ArticleId, List, Series, State, Taxonomy, Term, TermId, Withheld};
use crate::config::{Config, Kind, Sort, Topics};
use crate::document::{Document, Front};
use crate::memo::{Key, KeyBuilder, Memo, Store, ValueKind};
use crate::path::Route;

use faults::Fault;

/// The most related pieces of a piece, those that it names itself apart.
pub(super) const RELATED: usize = 5;

/// The arrangement of all documents.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Arranged {
    /// The key of all that it follows from.
    pub key: Key,
    /// By document.
    pub places: Vec<Place>,
    /// The id of each document.
    ids: Vec<Option<ArticleId>>,
    /// By article.
    pub shelves: Vec<Shelf>,
    /// See [`super::Site::sections`].
    pub sections: Vec<List>,
    /// See [`super::Site::taxonomies`].
    pub taxonomies: BTreeMap<Taxonomy, Vec<Term>>,
    /// See [`super::Site::series`].
    pub series: Vec<Series>,
    /// See [`super::Site::newest`].
    pub newest: Vec<ArticleId>,
    #[serde(skip)]
    faults: Vec<Fault>,
}

/// Where a document belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// Its section's index in the config.
    pub section: Option<usize>,
    /// What it is.
    pub kind: Kind,
    /// What it is in its section.
    pub role: Role,
    /// Its page.
    pub route: Route,
    /// Whether it has a page in this build.
    pub shown: bool,
}

/// What a document is in its section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Role {
    /// A piece, or a page outside the sections.
    Piece,
    /// The introduction of its section.
    Intro,
    /// Nothing: it lies in a folder that is no section.
    Stray,
}

/// What an article stands beside.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Shelf {
    /// See [`super::Article::terms`].
    pub terms: BTreeMap<Taxonomy, Vec<TermId>>,
    /// See [`super::Article::series`].
    pub series: Option<(usize, usize)>,
    /// See [`super::Article::previous`].
    pub previous: Option<ArticleId>,
    /// See [`super::Article::next`].
    pub next: Option<ArticleId>,
    /// The nearest by what they share.
    pub related: Vec<ArticleId>,
}

impl Arranged {
    /// The article that the document `at` became.
    pub(super) fn id_of(&self, at: usize) -> Option<ArticleId> {
        self.ids.get(at).copied().flatten()
    }

    /// The pieces that readers don't see.
    pub(super) fn withheld(&self, documents: &[Arc<Document>], states: &[State]) -> Vec<Withheld> {
        let all = documents.iter().zip(states).zip(&self.places);
        all.filter(|((_, state), place)| {
            !place.shown && **state != State::Published && place.role != Role::Stray
        })
        .map(|((document, state), place)| Withheld {
            document: Arc::clone(document),
            section: place.section,
            state: *state,
        })
        .collect()
    }
}

/// A document, as far as the arrangement may look at it.
#[derive(Debug, Clone, Copy)]
struct Class<'d> {
    path: &'d str,
    slug: &'d str,
    title: &'d str,
    state: State,
    date: Option<DateTime>,
    front: &'d Front,
}

/// Arranges, or remembers; an earlier process may have done it.
pub(super) fn arrange(
    documents: &[Arc<Document>],
    states: &[State],
    shown: Shown,
    config: &Config,
    book: &AddressBook,
    memo: &Memo<Arranged>,
    store: &dyn Store,
) -> Arc<Arranged> {
    let key = key(documents, states, shown, config, book);
    let recall = || postcard::from_bytes(&store.get(ValueKind::Arrangement, key)?).ok();
    memo.get_or_recall(key, recall, || {
        let classes: Vec<Class<'_>> = documents
            .iter()
            .zip(states)
            .map(|(document, state)| Class {
                path: document.path.as_str(),
                slug: &document.slug,
                title: &document.title,
                state: *state,
                date: moment(document).map(|moment| moment.civil),
                front: &document.front,
            })
            .collect();
        let arranged = make(key, &classes, shown, config, book);
        // Faults are words about documents.
        if arranged.faults.is_empty()
            && let Ok(bytes) = postcard::to_stdvec(&arranged)
        {
            store.put(ValueKind::Arrangement, key, bytes);
        }
        arranged
    })
}

fn make(key: Key, classes: &[Class<'_>], shown: Shown, config: &Config, book: &AddressBook) -> Arranged {
    let (places, mut faults) = place::places(classes, shown, config);
    let mut articles = Vec::new();
    let mut ids = vec![None; classes.len()];
    for (at, (place, id)) in places.iter().zip(&mut ids).enumerate() {
        if place.shown && place.role == Role::Piece {
            *id = Some(ArticleId(number(articles.len())));
            articles.push(number(at));
        }
    }
    let pieces: Vec<Piece<'_>> = articles
        .iter()
        .filter_map(|at| {
            Some(Piece { class: classes.get(*at as usize)?, place: places.get(*at as usize)?, document: *at })
        })
        .collect();
    let ranks = order::ranks(&pieces);
    let mut shelves = vec![Shelf::default(); pieces.len()];
    let sections = order::sections(&pieces, &ranks, config, &mut shelves);
    let grouped = terms::group(&pieces, &ranks, config, book, &mut shelves, &mut faults);
    related::relate(&pieces, &ranks, &grouped.taxonomies, &mut shelves);
    let newest = order::newest(&pieces, &ranks);
    let (taxonomies, series) = (grouped.taxonomies, grouped.series);
    Arranged { key, places, ids, shelves, sections, taxonomies, series, newest, faults }
}

/// A document that becomes an article.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    class: &'a Class<'a>,
    place: &'a Place,
    document: u32,
}

/// An index as the site's ids have it. There are never 4 billion of anything.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The key of everything that [`make`] reads.
fn key(
    documents: &[Arc<Document>],
    states: &[State],
    shown: Shown,
    config: &Config,
    book: &AddressBook,
) -> Key {
    let mut parts = KeyBuilder::with_capacity(24 * documents.len() + 1024);
    parts.bool(shown == Shown::All);
    write_config(&mut parts, config);
    parts.key(book.key());
    let titled: Vec<&str> = config
        .sections
        .iter()
        .filter(|section| matches!(section.sort, Sort::Title | Sort::Order))
        .map(|section| section.folder.as_str())
        .collect();
    for (document, state) in documents.iter().zip(states) {
        parts.key(document.class);
        // The moments of a state don't matter here, only which one it is.
        parts.u8(match state {
            State::Published => 0,
            State::Draft => 1,
            State::Scheduled(_) => 2,
            State::Expired(_) => 3,
        });
        if !titled.is_empty() {
            let folder = document.path.as_str().split('/').nth(1).unwrap_or("");
            parts.option(titled.contains(&folder).then_some(document.title.as_str()));
        }
    }
    parts.finish()
}

fn write_config(parts: &mut KeyBuilder, config: &Config) {
    parts.count(config.sections.len());
    for section in &config.sections {
        parts.text(&section.folder);
        parts.u8(section.kind as u8);
        parts.u8(section.sort as u8);
    }
    parts.count(config.units.len());
    for unit in &config.units {
        parts.text(&unit.name);
        parts.option(unit.short.as_deref());
        parts.text(&unit.slug);
    }
    parts.count(config.phases.len());
    for phase in &config.phases {
        parts.text(&phase.name);
        parts.text(&phase.slug);
        for day in [phase.start, phase.end] {
            crate::document::moment(parts, Some(day.at(0, 0, 0, 0)));
        }
    }
    match &config.topics {
        Topics::Free => parts.bool(false),
        Topics::Closed(topics) => {
            parts.bool(true);
            parts.count(topics.len());
            for topic in topics {
                parts.text(&topic.title);
                parts.text(&topic.slug);
            }
        }
    }
    parts.count(config.pinyin.len());
    for (phrase, spelling) in &config.pinyin {
        parts.text(phrase);
        parts.text(spelling);
    }
}
