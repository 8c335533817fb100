//! Lists cut into pages, and pages into months.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::memo::Key;
use crate::path::OutputPath;
use crate::site::ArticleId;
use crate::view::{MonthGroup, Pager, Shared};

use crate::page::frame::local::Local;

/// An entry of a list: a card or a tile, and the month that it stands under.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'c> {
    /// What is shown.
    pub shown: Shown<'c>,
    /// Year and month; entries without one stand in a group without a name.
    pub month: Option<(i16, i8)>,
}

/// A card or a tile, by its key; a card may still have to be made.
///
/// Of a list of thousands an edit changes a page or two: only theirs are made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown<'c> {
    key: Key,
    place: ShownPlace<'c>,
}

#[derive(Debug, Clone, Copy)]
enum ShownPlace<'c> {
    Here(&'c Shared),
    Card(&'c dyn Cards, ArticleId),
}

/// Who makes cards.
pub(crate) trait Cards: std::fmt::Debug + Sync {
    /// The card of the piece `id`.
    fn made(&self, id: ArticleId) -> Option<&Shared>;
}

impl<'c> Shown<'c> {
    /// One that is made.
    pub(crate) fn here(shown: &'c Shared) -> Self {
        Self { key: shown.key(), place: ShownPlace::Here(shown) }
    }

    /// The card of the piece `id`, whose key is known.
    pub(crate) fn card(cards: &'c dyn Cards, id: ArticleId, key: Key) -> Self {
        Self { key, place: ShownPlace::Card(cards, id) }
    }

    /// What is shown, made now where it is not.
    pub(crate) fn shared(self) -> Option<Shared> {
        match self.place {
            ShownPlace::Here(shown) => Some(shown.clone()),
            ShownPlace::Card(cards, id) => cards.made(id).cloned(),
        }
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.key.serialize(serializer)
    }
}

/// The addresses of a list's pages.
#[derive(Debug, Serialize)]
pub(crate) struct Names {
    /// The first: `news/index.html`.
    first: String,
    /// The others without their number: `news/page-`.
    stem: String,
}

impl Names {
    /// `<folder>/index.html`, `<folder>/page-2.html`.
    pub(crate) fn of_folder(folder: &str) -> Self {
        Self { first: format!("{folder}/index.html"), stem: format!("{folder}/page-") }
    }

    /// `<name>.html`, `<name>-page-2.html`.
    pub(crate) fn of_page(path: &str) -> Self {
        let name = path.strip_suffix(".html").unwrap_or(path);
        Self { first: path.to_owned(), stem: format!("{name}-page-") }
    }

    /// Whether a page at `path` may be one of the list's.
    pub(crate) fn has(&self, path: &str) -> bool {
        path == self.first || path.starts_with(&self.stem)
    }

    /// The page `number`, from 1.
    pub(crate) fn page(&self, number: usize) -> String {
        if number == 1 { self.first.clone() } else { format!("{}{number}.html", self.stem) }
    }
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct PageSlice<'c> {
    names: Arc<Names>,
    /// From 1.
    pub number: usize,
    total: usize,
    /// Entries in the whole list.
    pub count: usize,
    /// In order.
    pub groups: Vec<Group<'c>>,
}

/// Entries of one month.
#[derive(Debug, Serialize)]
pub(crate) struct Group<'c> {
    /// Year and month.
    pub month: Option<(i16, i8)>,
    /// Entries of the month in the whole list.
    pub count: usize,
    /// In order.
    pub shown: Vec<Shown<'c>>,
}

/// The pages of a list; one at least, so that an empty list has a page.
pub(crate) fn sheets<'c>(entries: &[Entry<'c>], per_page: usize, names: Names) -> Vec<PageSlice<'c>> {
    let per_page = per_page.max(1);
    let names = Arc::new(names);
    let total = entries.len().div_ceil(per_page).max(1);
    let mut runs = Runs::of(entries);
    let sheet = |at: usize| {
        let first = at * per_page;
        let last = entries.len().min(first + per_page);
        let shown = entries.get(first..last).unwrap_or_default();
        let groups = runs.cut(shown);
        PageSlice { names: Arc::clone(&names), number: at + 1, total, count: entries.len(), groups }
    };
    (0..total).map(sheet).collect()
}

/// Neighbouring entries of one month, counted over the whole list.
struct Runs {
    /// How many entries each run has.
    lengths: Vec<usize>,
    /// The run of the next entry, and how many of it are cut off already.
    at: usize,
    used: usize,
}

impl Runs {
    fn of(entries: &[Entry<'_>]) -> Self {
        let lengths = entries.chunk_by(|a, b| a.month == b.month).map(<[_]>::len).collect();
        Self { lengths, at: 0, used: 0 }
    }

    /// Groups the list's next entries.
    fn cut<'c>(&mut self, entries: &[Entry<'c>]) -> Vec<Group<'c>> {
        let group = |run: &[Entry<'c>]| {
            let count = self.lengths.get(self.at).copied().unwrap_or(run.len());
            self.used += run.len();
            if self.used >= count {
                (self.at, self.used) = (self.at + 1, 0);
            }
            let month = run.first().and_then(|entry| entry.month);
            Group { month, count, shown: run.iter().map(|entry| entry.shown).collect() }
        };
        entries.chunk_by(|a, b| a.month == b.month).map(group).collect()
    }
}

impl PageSlice<'_> {
    /// The page's address.
    pub(crate) fn path(&self) -> String {
        self.names.page(self.number)
    }

    /// The page's address, to write it to. `None` where the list's own address
    /// is none, which `site` has seen to.
    pub(crate) fn output(&self) -> Option<OutputPath> {
        OutputPath::new(&self.path())
    }

    /// The first page's address.
    pub(crate) fn first(&self) -> &str {
        &self.names.first
    }

    /// Where the page stands among the list's pages.
    pub(crate) fn pager(&self) -> Pager {
        let page = |number: usize| self.names.page(number);
        Pager {
            number: self.number,
            total: self.total,
            previous: if self.number > 1 { page(self.number - 1) } else { String::new() },
            next: if self.number < self.total { page(self.number + 1) } else { String::new() },
            pages: (1..=self.total).map(page).collect(),
        }
    }

    /// The page's groups as templates see them.
    pub(crate) fn months(&self, local: &Local) -> Vec<MonthGroup> {
        let group = |group: &Group<'_>| MonthGroup {
            title: group.month.map(|(_, month)| local.month_name(month)).unwrap_or_default(),
            year: group.month.map_or(0, |(year, _)| year),
            count: group.count,
            items: group.shown.iter().filter_map(|shown| shown.shared()).collect(),
        };
        self.groups.iter().map(group).collect()
    }
}
