//! What feeds are written from: the newest pieces in full.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use crate::memo::{Key, Keyed, Memo};
use crate::site::{Article, Asset, Taxonomy};
use crate::view::{FeedEntry, FeedView, TermLink};

use crate::html;
use crate::page::body;
use crate::page::body::file;
use crate::page::body::links::{BodyParts, Place};
use crate::page::column::Column;
use crate::page::frame::date::Stamp;
use crate::page::frame::facts::{SectionFacts, SiteFacts};
use crate::page::frame::labels;
use crate::page::frame::local::Local;
use crate::page::index::Cover;
use crate::page::listing::cover_view;
use crate::page::summary::{Flag, Summary};

/// Pieces in a feed.
const MOST: usize = 50;

/// A feed before it is written: everything that it is made from, borrowed. Its
/// `Serialize` is for keys alone.
#[derive(Debug, Serialize)]
pub struct FeedParts<'c> {
    facts: Keyed<'c, SiteFacts>,
    section: Option<Keyed<'c, SectionFacts>>,
    /// What the library is called, where this is its feed.
    library: Option<String>,
    entries: Vec<Entry<'c>>,
    local: Keyed<'c, Local>,
    /// What entries are remembered as.
    #[serde(skip)]
    memo: &'c Memo<FeedEntry>,
}

/// An entry with its key: it may stand in several feeds, each in three formats,
/// and is made when the first of them is written.
#[derive(Debug)]
struct Entry<'c> {
    key: Key,
    updated: Stamp,
    parts: EntryParts<'c>,
    view: OnceLock<Arc<FeedEntry>>,
}

impl Entry<'_> {
    fn view(&self, memo: &Memo<FeedEntry>) -> Arc<FeedEntry> {
        Arc::clone(self.view.get_or_init(|| memo.get_or(self.key, || self.parts.view())))
    }
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.key.serialize(serializer)
    }
}

#[derive(Debug, Serialize)]
struct EntryParts<'c> {
    language: &'c str,
    body: BodyParts<'c>,
    date: Stamp,
    section: Option<Keyed<'c, SectionFacts>>,
    cover: Option<Cover<'c>>,
    topics: Vec<Keyed<'c, TermLink>>,
    files: Vec<(Keyed<'c, Asset>, &'c str)>,
}

/// The feeds of the column, of each section and of what is new in the library,
/// by the folder that they stand in (empty for the root); none without a
/// `base_url`.
pub fn feeds<'c>(column: &'c Column<'_>) -> Vec<(String, FeedParts<'c>)> {
    let Some(base) = column.base_url() else { return Vec::new() };
    let pieces = |wanted: &dyn Fn(&Summary) -> bool| {
        let newest = column
            .newest(|summary| summary.has(Flag::Published) && summary.date.is_some() && wanted(summary));
        let newest: Vec<&'c Article> = newest.map(|(article, _)| article).take(MOST).collect();
        newest.into_par_iter().filter_map(|article| entry(column, article, base)).collect::<Vec<_>>()
    };
    let feed = |section, library, entries| {
        let (facts, local) = (column.frame().facts, column.index.local());
        FeedParts { facts, section, library, entries, local, memo: &column.memory.entries }
    };
    let mut feeds = vec![(String::new(), feed(None, None, pieces(&|_| true)))];
    for (at, section) in column.index.sections.iter().enumerate().filter(|(_, section)| section.feeds) {
        let entries = pieces(&|summary| summary.section == Some(at));
        feeds.push((section.folder.clone(), feed(Some(section.keyed()), None, entries)));
    }
    let library = Some(column.frame().title_of(labels::MATERIALS_PATH));
    let offered = pieces(&|summary| summary.has(Flag::Files));
    feeds.push((labels::MATERIALS_FOLDER.to_owned(), feed(None, library, offered)));
    feeds.retain(|(_, feed)| !feed.entries.is_empty());
    feeds
}

fn entry<'c>(column: &'c Column<'_>, article: &'c Article, base: &'c str) -> Option<Entry<'c>> {
    let place =
        Place { root: base, own: article.route.as_str(), elsewhere: true, first: false, largest: false };
    let parts = EntryParts {
        language: &column.frame().facts.get().language,
        body: column.index.body(article, place),
        date: article.date.map(Stamp)?,
        section: column.index.section_of(article),
        cover: column.index.cover(article),
        topics: column.index.terms_of(article, Taxonomy::Topics),
        files: column.index.files(article),
    };
    let key = Key::hash_value(&parts);
    // What is remembered stays so, though the feeds may not be written again.
    let view = column.memory.entries.remembered(key).map(OnceLock::from).unwrap_or_default();
    Some(Entry { key, updated: parts.updated(), parts, view })
}

impl FeedParts<'_> {
    /// The feed in full.
    pub fn view(&self) -> FeedView {
        let facts = self.facts.get();
        let base = facts.base_url.as_deref().unwrap_or_default();
        // No clock: a feed changed when its pieces did. Stamps of one zone
        // may have different offsets, so the moments are compared as local.
        let updated = self.entries.iter().map(|entry| entry.updated).max();
        let updated = updated.map(|updated| updated.rfc3339(&self.local.zone)).unwrap_or_default();
        let (title, description, path) = match (self.section, &self.library) {
            (None, Some(library)) => (
                self.local.titled(&facts.title, library),
                self.local.text("feed.library"),
                labels::MATERIALS_PATH.to_owned(),
            ),
            (Some(section), _) => (
                self.local.titled(&facts.title, &section.link.title),
                section.description.clone(),
                section.link.path.clone(),
            ),
            (None, None) => (facts.title.clone(), facts.description.clone(), labels::HOME_PATH.to_owned()),
        };
        let folder = match (self.section, &self.library) {
            (Some(section), _) => format!("{base}{}/", section.folder),
            (None, Some(_)) => format!("{base}{}/", labels::MATERIALS_FOLDER),
            (None, None) => base.to_owned(),
        };
        FeedView {
            title,
            description,
            home: facts.url(&path).unwrap_or_default(),
            folder,
            language: facts.language.clone(),
            publisher: facts.publisher.clone(),
            updated,
            entries: self.entries.iter().map(|entry| entry.view(self.memo)).collect(),
        }
    }
}

impl EntryParts<'_> {
    fn updated(&self) -> Stamp {
        let updated = self.body.document.get().front.updated.as_ref().map(|at| Stamp(at.value));
        updated.unwrap_or(self.date).max(self.date)
    }

    fn view(&self) -> FeedEntry {
        let document = self.body.document.get();
        let zone = &self.body.local.zone;
        let base = self.body.place.root;
        let cover = self.cover.and_then(|cover| cover_view(document, cover, &self.body.local));
        let section = self.section.map(|section| section.link.title.clone());
        let topics = self.topics.iter().map(|topic| topic.title.clone());
        FeedEntry {
            title: document.title.clone(),
            url: format!("{base}{}", self.body.place.own),
            published: self.date.rfc3339(zone),
            updated: self.updated().rfc3339(zone),
            language: document.front.lang.as_deref().unwrap_or(self.language).to_owned(),
            authors: authors(&document.front.byline),
            categories: section.into_iter().chain(topics).collect(),
            summary: document.summary.clone(),
            image: cover.map(|cover| format!("{base}{}", cover.src)).unwrap_or_default(),
            html: self.html(),
        }
    }

    /// The text, and the files that a material offers.
    fn html(&self) -> String {
        let mut out = body::plain(&self.body);
        if self.files.is_empty() {
            return out;
        }
        out.push_str("<ul>\n");
        for (asset, name) in &self.files {
            let file = file::view(asset, name, &self.body.local);
            out.push_str("<li><a");
            html::attribute(&mut out, "href", &format!("{}{}", self.body.place.root, file.path));
            out.push('>');
            html::escape_into(&mut out, &file.name);
            out.push_str("</a>");
            let local = self.body.local;
            let what = local.fill("kind_and_size", &[("kind", &file.kind), ("size", &file.size)]);
            html::escape_into(&mut out, &local.fill("bracketed", &[("text", &what)]));
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
        out
    }
}

fn authors(byline: &[crate::document::Byline]) -> Vec<String> {
    let authors = byline.iter().filter(|line| crate::page::frame::json_ld::is_author(&line.role));
    authors.flat_map(|line| &line.names).map(|name| name.value.clone()).collect()
}
