//! Topics, units, phases, people and series: who names them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::faults::{Fault, Field};
use super::{Piece, Shelf, number, order};
use crate::config::{Config, Topics};
use crate::diagnostic::{SiteFault, nearest};
use crate::path::Route;
use crate::site::address_book::{AddressBook, Owner};
use crate::site::{ArticleId, Series, Taxonomy, Term, TermId, slugs};
use crate::text::{At, slug};

/// All terms that have pieces.
#[derive(Debug, Default)]
pub(super) struct Grouped {
    /// By taxonomy.
    pub taxonomies: BTreeMap<Taxonomy, Vec<Term>>,
    /// By title.
    pub series: Vec<Series>,
}

/// Groups the pieces; what each names is written into the shelves.
pub(super) fn group(
    pieces: &[Piece<'_>],
    ranks: &[u32],
    config: &Config,
    book: &AddressBook,
    shelves: &mut [Shelf],
    faults: &mut Vec<Fault>,
) -> Grouped {
    let mut taxonomies = BTreeMap::new();
    for taxonomy in [Taxonomy::Topics, Taxonomy::Units, Taxonomy::Phases, Taxonomy::People] {
        let mut named = match Closed::of(taxonomy, config) {
            Some(closed) => name_closed(&closed, taxonomy, pieces, faults),
            None => name_free(taxonomy, pieces, config, book),
        };
        for (at, term) in named.iter_mut().enumerate() {
            let id = TermId(number(at));
            for article in &term.items {
                if let Some(shelf) = shelves.get_mut(article.0 as usize) {
                    shelf.terms.entry(taxonomy).or_default().push(id);
                }
            }
            order::by_rank(&mut term.items, ranks);
        }
        taxonomies.insert(taxonomy, named);
    }
    as_written(pieces, &taxonomies, config, shelves);
    let series = series(pieces, config, book, shelves);
    Grouped { taxonomies, series }
}

/// What a piece says of a taxonomy, with the fields.
fn says<'p>(piece: &Piece<'p>, taxonomy: Taxonomy) -> Vec<(&'p At<String>, Field)> {
    let front = piece.class.front;
    match taxonomy {
        Taxonomy::Topics => front.topics.iter().enumerate().map(|(n, at)| (at, Field::Topic(n))).collect(),
        Taxonomy::Units => front.units.iter().enumerate().map(|(n, at)| (at, Field::Unit(n))).collect(),
        Taxonomy::Phases => front.phase.iter().map(|at| (at, Field::Phase)).collect(),
        Taxonomy::People => {
            front.byline.iter().flat_map(|line| &line.names).map(|at| (at, Field::File)).collect()
        }
    }
}

/// A list of terms that the config gives.
struct Closed<'c> {
    /// Title and name in addresses, in the config's order.
    terms: Vec<(&'c str, &'c str)>,
    /// Any of a term's names → its index.
    names: HashMap<&'c str, usize>,
    /// The first and last day of each phase.
    days: Vec<(Date, Date)>,
}

impl<'c> Closed<'c> {
    fn of(taxonomy: Taxonomy, config: &'c Config) -> Option<Self> {
        let mut closed = Self { terms: Vec::new(), names: HashMap::new(), days: Vec::new() };
        match (taxonomy, &config.topics) {
            (Taxonomy::Units, _) => {
                config.units.iter().for_each(|u| closed.add(&u.name, &u.slug, u.short.as_deref()));
            }
            (Taxonomy::Phases, _) => config.phases.iter().for_each(|p| {
                closed.add(&p.name, &p.slug, None);
                closed.days.push((p.start, p.end));
            }),
            (Taxonomy::Topics, Topics::Closed(topics)) => {
                for topic in topics {
                    closed.add(&topic.title, &topic.slug, None);
                }
            }
            (Taxonomy::Topics | Taxonomy::People, _) => return None,
        }
        Some(closed)
    }

    fn add(&mut self, title: &'c str, slug: &'c str, short: Option<&'c str>) {
        let at = self.terms.len();
        self.terms.push((title, slug));
        for name in [Some(title), short, Some(slug)].into_iter().flatten() {
            self.names.entry(name).or_insert(at);
        }
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.names.get(name).or_else(|| self.names.get(name.trim())).copied()
    }
}

fn name_closed(
    closed: &Closed<'_>,
    taxonomy: Taxonomy,
    pieces: &[Piece<'_>],
    faults: &mut Vec<Fault>,
) -> Vec<Term> {
    let mut items: Vec<Vec<ArticleId>> = vec![Vec::new(); closed.terms.len()];
    for (at, piece) in pieces.iter().enumerate() {
        // A piece that names no phase belongs to that of its date.
        if taxonomy == Taxonomy::Phases && piece.class.front.phase.is_none() {
            let phase = piece.class.date.and_then(|date| {
                closed.days.iter().position(|(start, end)| (*start..=*end).contains(&date.date()))
            });
            if let Some(list) = phase.and_then(|phase| items.get_mut(phase)) {
                add(list, ArticleId(number(at)));
            }
        }
        for (name, field) in says(piece, taxonomy) {
            match closed.find(&name.value).and_then(|term| items.get_mut(term)) {
                Some(list) => add(list, ArticleId(number(at))),
                None => faults.push(Fault {
                    document: piece.document,
                    field,
                    kind: unknown(taxonomy, &name.value, closed),
                    other: None,
                }),
            }
        }
    }
    let wanted = closed.terms.iter().map(|(title, slug)| (*title, (*slug).to_owned()));
    let slugs = slugs::unique(wanted, &BTreeMap::new());
    let all = closed.terms.iter().zip(slugs).zip(items);
    all.filter(|(_, items)| !items.is_empty())
        .filter_map(|(((title, _), slug), items)| term(taxonomy, title, &slug, items))
        .collect()
}

fn unknown(taxonomy: Taxonomy, name: &str, closed: &Closed<'_>) -> SiteFault {
    let titles = || closed.terms.iter().map(|(title, _)| *title);
    // A short name is often the beginning or a part of the full one.
    let near = nearest(name, titles())
        .or_else(|| {
            titles().find(|title| name.chars().count() > 1 && (title.contains(name) || name.contains(title)))
        })
        .map(str::to_owned);
    // `主题: 甲、乙` was meant as two.
    let parts =
        || name.split(['、', '，', ',', ';', '；', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let is_several = parts().count() > 1 && parts().all(|part| closed.find(part).is_some());
    let several: Vec<String> = parts().filter(|_| is_several).map(str::to_owned).collect();
    let (name, known) = (name.to_owned(), titles().take(12).map(str::to_owned).collect());
    match taxonomy {
        Taxonomy::Units => SiteFault::UnknownUnit { name, nearest: near, known, several },
        Taxonomy::Phases => SiteFault::UnknownPhase { name, nearest: near, known },
        Taxonomy::Topics | Taxonomy::People => {
            SiteFault::UnknownTopic { name, nearest: near, known, several }
        }
    }
}

/// Adds `id` once; ids come in ascending order.
fn add(list: &mut Vec<ArticleId>, id: ArticleId) {
    if list.last() != Some(&id) {
        list.push(id);
    }
}

fn name_free(taxonomy: Taxonomy, pieces: &[Piece<'_>], config: &Config, book: &AddressBook) -> Vec<Term> {
    let mut groups: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        for (name, _) in says(piece, taxonomy) {
            let name = name.value.trim();
            if !name.is_empty() {
                add(groups.entry(name).or_default(), ArticleId(number(at)));
            }
        }
    }
    let owner = if taxonomy == Taxonomy::People { Owner::People } else { Owner::Topics };
    let wanted = groups.keys().map(|title| (*title, slug::from_text(title, &config.pinyin)));
    let slugs = slugs::unique(wanted, &book.of(owner));
    let mut terms: Vec<Term> = groups
        .into_iter()
        .zip(slugs)
        .filter_map(|((t, items), slug)| term(taxonomy, t, &slug, items))
        .collect();
    // The sort is stable: of terms with equally many pieces the first by code
    // point stands first.
    terms.sort_by_key(|term| Reverse(term.items.len()));
    terms
}

fn term(taxonomy: Taxonomy, title: &str, slug: &str, items: Vec<ArticleId>) -> Option<Term> {
    let folder = match taxonomy {
        Taxonomy::Topics => "topics",
        Taxonomy::Units => "units",
        Taxonomy::Phases => "phases",
        Taxonomy::People => "people",
    };
    let route = Route::new(&format!("{folder}/{slug}.html")).or_else(|| {
        Route::new(&format!("{folder}/x-{}.html", crate::memo::Key::hash(title.as_bytes()).short(12)))
    })?;
    Some(Term { title: title.to_owned(), route, items })
}

/// Puts each shelf's terms into the order written: they were found in the
/// terms' order.
fn as_written(
    pieces: &[Piece<'_>],
    taxonomies: &BTreeMap<Taxonomy, Vec<Term>>,
    config: &Config,
    shelves: &mut [Shelf],
) {
    for (taxonomy, terms) in taxonomies {
        let closed = Closed::of(*taxonomy, config);
        for (piece, shelf) in pieces.iter().zip(shelves.iter_mut()) {
            let Some(ids) = shelf.terms.get_mut(taxonomy).filter(|ids| ids.len() > 1) else { continue };
            let written: Vec<&str> = says(piece, *taxonomy)
                .into_iter()
                .map(|(name, _)| {
                    let title =
                        closed.as_ref().and_then(|closed| closed.terms.get(closed.find(&name.value)?));
                    title.map_or(name.value.trim(), |(title, _)| title)
                })
                .collect();
            let title = |id: &TermId| terms.get(id.0 as usize).map(|term| term.title.as_str());
            ids.sort_by_key(|id| written.iter().position(|name| Some(*name) == title(id)));
        }
    }
}

fn series(pieces: &[Piece<'_>], config: &Config, book: &AddressBook, shelves: &mut [Shelf]) -> Vec<Series> {
    let mut groups: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        if let Some(title) = piece.class.front.series.as_ref().map(|at| at.value.trim())
            && !title.is_empty()
        {
            groups.entry(title).or_default().push(ArticleId(number(at)));
        }
    }
    let wanted = groups.keys().map(|title| (*title, slug::from_text(title, &config.pinyin)));
    let slugs = slugs::unique(wanted, &book.of(Owner::Series));
    let mut all = Vec::new();
    for ((title, mut items), slug) in groups.into_iter().zip(slugs) {
        let Some(route) = Route::new(&format!("series/{slug}.html")) else { continue };
        items.sort_by_key(|id| {
            let class = pieces.get(id.0 as usize).map(|piece| piece.class);
            let order = class.and_then(|class| class.front.order);
            let date = class.and_then(|class| class.date);
            (order.is_none(), order, date.is_none(), date, *id)
        });
        for (at, id) in items.iter().enumerate() {
            if let Some(shelf) = shelves.get_mut(id.0 as usize) {
                shelf.series = Some((all.len(), at));
            }
        }
        all.push(Series { title: title.to_owned(), route, items });
    }
    all
}
