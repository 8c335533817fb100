//! Everything that follows from the documents' *class*: routes, order,
//! neighbours, terms, series, related pieces.
//!
//! A document's class is its path, name in addresses, section, date, terms,
//! order and state. An edit of a text or (mostly) a title leaves it alone, so
//! the whole arrangement is remembered by the classes of all documents. It
//! holds indexes and fields, never places in files: those move with any edit.
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

use super::select::{Shown, moment};
use super::{ArticleId, List, Series, State, Taxonomy, Term, TermId};
use crate::config::{Config, Kind, Sort, Topics};
use crate::document::{Document, Front};
use crate::memo::{Key, Memo};
use crate::path::Route;

pub(super) use place::RESERVED;

use faults::Fault;

/// The most related pieces of a piece, those that it names itself apart.
pub(super) const RELATED: usize = 5;

/// The arrangement of all documents.
#[derive(Debug, Default)]
pub(super) struct Arranged {
    /// By document.
    pub places: Vec<Place>,
    /// The document of each [`ArticleId`].
    pub articles: Vec<u32>,
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
    faults: Vec<Fault>,
}

/// Where a document belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A piece, or a page outside the sections.
    Piece,
    /// The introduction of its section.
    Intro,
    /// Nothing: it lies in a folder that is no section.
    Stray,
}

/// What an article stands beside.
#[derive(Debug, Clone, Default)]
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

/// Arranges, or remembers.
pub(super) fn arrange(
    documents: &[Arc<Document>],
    states: &[State],
    shown: Shown,
    config: &Config,
    memo: &Memo<Arranged>,
) -> Arc<Arranged> {
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
    memo.get_or(key(&classes, shown, config), || make(&classes, shown, config))
}

fn make(classes: &[Class<'_>], shown: Shown, config: &Config) -> Arranged {
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
    let grouped = terms::group(&pieces, &ranks, config, &mut shelves, &mut faults);
    related::relate(&pieces, &ranks, &grouped.taxonomies, &mut shelves);
    let newest = order::newest(&pieces, &ranks);
    let (taxonomies, series) = (grouped.taxonomies, grouped.series);
    Arranged { places, articles, ids, shelves, sections, taxonomies, series, newest, faults }
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
fn key(classes: &[Class<'_>], shown: Shown, config: &Config) -> Key {
    let mut out = Writer(Vec::with_capacity(256 * classes.len() + 1024));
    out.flag(shown == Shown::All);
    out.config(config);
    let titled: Vec<&str> = config
        .sections
        .iter()
        .filter(|section| matches!(section.sort, Sort::Title | Sort::Order))
        .map(|section| section.folder.as_str())
        .collect();
    for class in classes {
        out.class(class, &titled);
    }
    Key::of(&out.0)
}

/// Bytes for a key; every text goes with its length.
struct Writer(Vec<u8>);

impl Writer {
    fn text(&mut self, text: &str) {
        self.0.extend_from_slice(&number(text.len()).to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn count(&mut self, count: usize) {
        self.0.extend_from_slice(&number(count).to_le_bytes());
    }

    fn flag(&mut self, flag: bool) {
        self.0.push(u8::from(flag));
    }

    fn option(&mut self, text: Option<&str>) {
        self.flag(text.is_some());
        self.text(text.unwrap_or(""));
    }

    fn moment(&mut self, moment: Option<DateTime>) {
        self.flag(moment.is_some());
        let Some(at) = moment else { return };
        self.0.extend_from_slice(&at.year().to_le_bytes());
        for part in [at.month(), at.day(), at.hour(), at.minute(), at.second()] {
            self.0.extend_from_slice(&part.to_le_bytes());
        }
    }

    fn class(&mut self, class: &Class<'_>, titled: &[&str]) {
        let Class { path, slug, title, state, date, front } = class;
        self.text(path);
        self.text(slug);
        let folder = path.split('/').nth(1).unwrap_or("");
        self.option(titled.contains(&folder).then_some(*title));
        // The moments of a state don't matter here, only which one it is.
        self.0.push(match state {
            State::Published => 0,
            State::Draft => 1,
            State::Scheduled(_) => 2,
            State::Expired(_) => 3,
        });
        self.moment(*date);
        self.flag(front.pinned);
        self.flag(front.slug.is_some());
        self.flag(front.order.is_some());
        self.0.extend_from_slice(&front.order.unwrap_or(0).to_le_bytes());
        for list in [&front.topics, &front.units] {
            self.count(list.len());
            for name in list {
                self.text(&name.value);
            }
        }
        self.option(front.phase.as_ref().map(|phase| phase.value.as_str()));
        self.option(front.series.as_ref().map(|series| series.value.as_str()));
        let people = || front.byline.iter().flat_map(|line| &line.names);
        self.count(people().count());
        people().for_each(|name| self.text(&name.value));
    }

    fn config(&mut self, config: &Config) {
        self.count(config.sections.len());
        for section in &config.sections {
            self.text(&section.folder);
            self.0.extend_from_slice(&[section.kind as u8, section.sort as u8]);
        }
        self.count(config.units.len());
        for unit in &config.units {
            self.text(&unit.name);
            self.option(unit.short.as_deref());
            self.text(&unit.slug);
        }
        self.count(config.phases.len());
        for phase in &config.phases {
            self.text(&phase.name);
            self.text(&phase.slug);
        }
        match &config.topics {
            Topics::Free => self.flag(false),
            Topics::Closed(topics) => {
                self.flag(true);
                self.count(topics.len());
                for topic in topics {
                    self.text(&topic.title);
                    self.text(&topic.slug);
                }
            }
        }
        for (phrase, spelling) in &config.pinyin {
            self.text(phrase);
            self.text(spelling);
        }
    }
}
