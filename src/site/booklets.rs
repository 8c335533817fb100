//! Which pieces go into which book (汇编), and in what order.
//!
//! A part has first the pieces that it names, as it names them; then those that
//! its other keys choose together. A section ordered by hand or by title keeps
//! its order; whatever is ordered by date reads from the oldest to the newest,
//! as a book does. A piece stands in a book once.

use std::collections::BTreeSet;

use super::files::Files;
use super::references::document_at;
use super::{Article, ArticleId, Articles, Booklet, BookletPart, State, Taxonomy, visibility};
use crate::config::{self, Config, Sort, Topics};
use crate::diagnostic::{BookletFault, Checked, ChosenBy, Diagnostic, Unseen, nearest};
use crate::document::Moment;
use crate::path::{OutputPath, Route, SourcePath};
use crate::text::At;

/// The books of the config that have pieces.
pub(super) fn gather(files: &Files<'_>, articles: &Articles) -> Checked<Vec<Booklet>> {
    let mut gatherer = Gatherer { files, articles, path: SourcePath::config(), found: Vec::new() };
    let all = files.config.booklets.iter().enumerate();
    let booklets = all.filter_map(|(at, booklet)| gatherer.booklet(at, booklet)).collect();
    Checked { value: booklets, diagnostics: gatherer.found }
}

struct Gatherer<'f, 'a> {
    files: &'f Files<'a>,
    articles: &'f Articles,
    path: SourcePath,
    found: Vec<Diagnostic>,
}

impl Gatherer<'_, '_> {
    fn booklet(&mut self, at: usize, booklet: &config::Booklet) -> Option<Booklet> {
        let mut taken = BTreeSet::new();
        let before = self.found.len();
        let mut parts = Vec::new();
        for part in &booklet.parts {
            let mut items = self.named(part, &mut taken);
            items.extend(self.chosen(part).into_iter().filter(|id| taken.insert(*id)));
            if !items.is_empty() {
                parts.push(BookletPart { title: part.title.clone(), items });
            }
        }
        if parts.is_empty() {
            // What is wrong with its keys is said already.
            if self.found.len() == before {
                let fault = BookletFault::Empty { title: booklet.title.clone() };
                self.found.push(Diagnostic::at(&self.path, booklet.span, fault));
            }
            return None;
        }
        let file = |extension: &str| format!("booklets/{}.{extension}", booklet.slug);
        Some(Booklet {
            config: at,
            route: Route::new(&file("html"))?,
            epub: OutputPath::new(&file("epub"))?,
            style: OutputPath::new(&file("css"))?,
            parts,
        })
    }

    /// The pieces that `part` names.
    fn named(&mut self, part: &config::BookletPart, taken: &mut BTreeSet<ArticleId>) -> Vec<ArticleId> {
        let mut items = Vec::new();
        for path in &part.pieces {
            match self.piece(&path.value) {
                Ok(id) if taken.insert(id) => items.push(id),
                Ok(id) => {
                    let title = self.article(id).map(|article| article.document.title.clone());
                    self.fault(path, BookletFault::Twice { title: title.unwrap_or_default() });
                }
                Err(fault) => self.fault(path, fault),
            }
        }
        items
    }

    fn fault(&mut self, at: &At<String>, fault: BookletFault) {
        self.found.push(Diagnostic::at(&self.path, at.span, fault));
    }

    fn article(&self, id: ArticleId) -> Option<&Article> {
        self.articles.get(id.0 as usize)
    }

    /// The published piece at `path`.
    fn piece(&self, path: &str) -> Result<ArticleId, BookletFault> {
        let unknown = || BookletFault::UnknownPiece { target: path.to_owned(), nearest: self.near(path) };
        let document = document_at(self.files, path).ok_or_else(unknown)?;
        let (at, state) = (document as usize, self.files.states.get(document as usize));
        match state {
            Some(State::Published) => self.files.arranged.id_of(at).ok_or_else(unknown),
            Some(state) => Err(BookletFault::Withheld {
                title: self
                    .files
                    .documents
                    .get(at)
                    .map(|document| document.title.clone())
                    .unwrap_or_default(),
                why: unseen(*state),
            }),
            None => Err(unknown()),
        }
    }

    /// The path below `content/` that was probably meant: of the same name in
    /// another folder, else spelled alike.
    fn near(&self, path: &str) -> Option<String> {
        let inside = |article: &Article| {
            let path = article.document.path.as_str();
            path.strip_prefix("content/").unwrap_or(path).to_owned()
        };
        let paths: Vec<String> = self.articles.iter().map(inside).collect();
        let name = |path: &str| path.rsplit_once('/').map_or(path, |(_, name)| name).to_owned();
        let wanted = name(path);
        let same = paths.iter().find(|known| name(known) == wanted && wanted != "index.md").cloned();
        same.or_else(|| nearest(path, paths.iter().map(String::as_str)).map(str::to_owned))
    }

    /// The pieces that the part's other keys choose together.
    fn chosen(&mut self, part: &config::BookletPart) -> Vec<ArticleId> {
        if !part.filters() {
            return Vec::new();
        }
        let config = self.files.config;
        let section = part.section.as_ref().map(|name| self.section(name, config));
        let mut wanted: Vec<Option<(Taxonomy, String)>> = Vec::new();
        let keys = [
            (ChosenBy::Phase, Taxonomy::Phases, &part.phase),
            (ChosenBy::Topic, Taxonomy::Topics, &part.topic),
            (ChosenBy::Unit, Taxonomy::Units, &part.unit),
        ];
        for (by, taxonomy, name) in keys {
            let Some(name) = name else { continue };
            wanted.push(self.term(by, taxonomy, name, config).map(|title| (taxonomy, title)));
        }
        let series = part.series.as_ref().map(|name| self.series(name));
        // A name that nothing has is a finding; its part gets nothing.
        if section == Some(None) || series == Some(None) || wanted.contains(&None) {
            return Vec::new();
        }
        let (section, series) = (section.flatten(), series.flatten());
        let wanted: Vec<(Taxonomy, String)> = wanted.into_iter().flatten().collect();
        let fits = |article: &Article| {
            article.state == State::Published
                && article.section.is_some()
                && section.is_none_or(|at| article.section == Some(at))
                && series.is_none_or(|at| article.series.is_some_and(|(series, _)| series == at))
                && wanted.iter().all(|(taxonomy, title)| self.names(article, *taxonomy, title))
        };
        let ids = (0..).map(ArticleId).zip(self.articles);
        let chosen = ids.filter(|(_, article)| fits(article)).collect();
        let sort = section.and_then(|at| config.sections.get(at)).map_or(Sort::Date, |section| section.sort);
        ordered(chosen, if series.is_some() { None } else { Some(sort) })
    }

    /// Whether `article` names the term called `title`.
    fn names(&self, article: &Article, taxonomy: Taxonomy, title: &str) -> bool {
        let terms = self.files.arranged.taxonomies.get(&taxonomy);
        let ids = article.terms.get(&taxonomy).into_iter().flatten();
        let mut titles = ids.filter_map(|id| Some(terms?.get(id.0 as usize)?.title.as_str()));
        titles.any(|known| known == title)
    }

    fn section(&mut self, name: &At<String>, config: &Config) -> Option<usize> {
        let folder = name.value.trim_end_matches('/');
        let at = config.sections.iter().position(|known| known.folder == folder || known.title == folder);
        if at.is_none() {
            let titles = config.sections.iter().map(|section| section.title.as_str());
            let folders = config.sections.iter().map(|section| section.folder.as_str());
            self.unknown(ChosenBy::Section, name, titles.clone().chain(folders), titles);
        }
        at
    }

    fn series(&mut self, name: &At<String>) -> Option<usize> {
        let all = &self.files.arranged.series;
        let at = all.iter().position(|series| series.title == name.value.trim());
        if at.is_none() {
            let titles = || all.iter().map(|series| series.title.as_str());
            self.unknown(ChosenBy::Series, name, titles(), titles());
        }
        at
    }

    /// The title of the term that `name` means.
    fn term(
        &mut self,
        by: ChosenBy,
        taxonomy: Taxonomy,
        name: &At<String>,
        config: &Config,
    ) -> Option<String> {
        let known = self.terms(taxonomy, config);
        let wanted = name.value.trim();
        let term = known.iter().find(|names| names.iter().any(|known| known == wanted));
        let title = term.and_then(|names| names.first()).cloned();
        if title.is_none() {
            let titles = known.iter().filter_map(|names| names.first()).map(String::as_str);
            let all = known.iter().flatten().map(String::as_str);
            self.unknown(by, name, all, titles);
        }
        title
    }

    /// Every term's names, its title first. A list that the config gives is
    /// whole: a term of it that no piece names yet is no fault.
    fn terms(&self, taxonomy: Taxonomy, config: &Config) -> Vec<Vec<String>> {
        let of = |names: [Option<&String>; 3]| names.into_iter().flatten().cloned().collect();
        match (taxonomy, &config.topics) {
            (Taxonomy::Phases, _) => {
                config.phases.iter().map(|phase| of([Some(&phase.name), Some(&phase.slug), None])).collect()
            }
            (Taxonomy::Units, _) => config
                .units
                .iter()
                .map(|unit| of([Some(&unit.name), unit.short.as_ref(), Some(&unit.slug)]))
                .collect(),
            (Taxonomy::Topics, Topics::Closed(topics)) => {
                topics.iter().map(|topic| of([Some(&topic.title), Some(&topic.slug), None])).collect()
            }
            (Taxonomy::Topics | Taxonomy::People, _) => {
                let terms = self.files.arranged.taxonomies.get(&taxonomy).into_iter().flatten();
                terms.map(|term| vec![term.title.clone()]).collect()
            }
        }
    }

    fn unknown<'n>(
        &mut self,
        by: ChosenBy,
        name: &At<String>,
        all: impl Iterator<Item = &'n str>,
        titles: impl Iterator<Item = &'n str>,
    ) {
        let fault = BookletFault::UnknownName {
            by,
            name: name.value.clone(),
            nearest: nearest(name.value.trim(), all).map(str::to_owned),
            known: titles.take(12).map(str::to_owned).collect(),
        };
        self.fault(name, fault);
    }
}

/// In the order of a book; `None` for a series' own order.
fn ordered(mut chosen: Vec<(ArticleId, &Article)>, sort: Option<Sort>) -> Vec<ArticleId> {
    let title = |article: &Article| article.document.title.clone();
    match sort {
        None => chosen.sort_by_key(|(id, article)| (article.series.map(|(_, at)| at), *id)),
        Some(Sort::Title) => chosen.sort_by_key(|(id, article)| (title(article), *id)),
        Some(Sort::Order) => chosen.sort_by_key(|(id, article)| {
            let order = article.document.front.order;
            (order.is_none(), order, title(article), *id)
        }),
        Some(Sort::Date | Sort::DateDesc) => {
            chosen.sort_by_key(|(id, article)| (article.date.is_none(), article.date, *id));
        }
    }
    chosen.into_iter().map(|(id, _)| id).collect()
}

/// Why readers don't see a piece, for a message.
fn unseen(state: State) -> Unseen {
    let words = |civil| visibility::words(Moment { civil, has_time: true });
    match state {
        State::Published | State::Draft => Unseen::Draft,
        State::Scheduled(at) => Unseen::Until(words(at)),
        State::Expired(at) => Unseen::Since(words(at)),
    }
}
