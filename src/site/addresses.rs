//! Former addresses (`aliases`) and `content/static/`: further files of the
//! output, none of which may have the place of another.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::arrange::{Arranged, Role};
use super::statics::is_for_readers;
use super::{Alias, ArticleId, at};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, SiteFault};
use crate::document::Document;
use crate::path::{
    OWN_FOLDERS, OutputPath, Route, SourcePath, is_own_file, is_own_file_of_section, is_own_folder,
};
use crate::source::SourceTree;
use crate::text::Span;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// See [`super::Site::aliases`].
    pub aliases: Vec<Alias>,
    /// See [`super::Site::statics`].
    pub statics: Vec<(SourcePath, OutputPath)>,
}

/// Checks and collects both.
pub(super) fn addresses(
    tree: &SourceTree,
    documents: &[Arc<Document>],
    arranged: &Arranged,
    config: &Config,
) -> Checked<Addresses> {
    let none = documents.iter().all(|document| document.front.aliases.is_empty());
    let file_as_folder = || arranged.places.iter().any(|place| place.route.as_str().contains(".html/"));
    if none && tree.under("content/static").next().is_none() && !file_as_folder() {
        return Checked::default();
    }
    let mut collector = Collector {
        config,
        documents,
        arranged,
        pages: pages(arranged),
        claims: claims(documents),
        aliases: BTreeMap::new(),
        found: Vec::new(),
    };
    for (index, document) in documents.iter().enumerate() {
        if let Some(id) = arranged.id_of(index) {
            for alias in &document.front.aliases {
                collector.alias(index, id, &alias.value, alias.span);
            }
        }
    }
    let statics = collector.statics(tree);
    let statics = collector.without_clashes(statics);
    let aliases = collector.aliases.into_values().map(|(alias, ..)| alias).collect();
    Checked { value: Addresses { aliases, statics }, diagnostics: collector.found }
}

/// The pages of documents: lower-case route → the document's index.
fn pages(arranged: &Arranged) -> HashMap<String, usize> {
    let shown =
        arranged.places.iter().enumerate().filter(|(_, place)| place.shown && place.role != Role::Stray);
    shown.map(|(at, place)| (place.route.as_str().to_ascii_lowercase(), at)).collect()
}

/// Lower-case route → the first document that calls it its former address.
fn claims(documents: &[Arc<Document>]) -> HashMap<String, usize> {
    let mut claims = HashMap::new();
    for (at, document) in documents.iter().enumerate() {
        for alias in &document.front.aliases {
            claims.entry(alias.value.to_ascii_lowercase()).or_insert(at);
        }
    }
    claims
}

struct Collector<'a> {
    config: &'a Config,
    documents: &'a [Arc<Document>],
    arranged: &'a Arranged,
    pages: HashMap<String, usize>,
    claims: HashMap<String, usize>,
    aliases: BTreeMap<String, (Alias, usize, Span)>,
    found: Vec<Diagnostic>,
}

impl Collector<'_> {
    fn alias(&mut self, index: usize, id: ArticleId, written: &str, span: Span) {
        // `document` has seen to it that this is the path of a page.
        let Some(route) = Route::former(written) else { return };
        let folded = route.as_str().to_ascii_lowercase();
        if let Some(found) = self.taken(index, &folded, &route, span) {
            self.found.push(found);
            return;
        }
        self.aliases.insert(folded, (Alias { from: route, to: id }, index, span));
    }

    /// Why the address can't be a former one of the document `index`.
    fn taken(&self, index: usize, folded: &str, route: &Route, span: Span) -> Option<Diagnostic> {
        let document = self.documents.get(index)?;
        let alias = route.to_string();
        if let Some(owner) = self.pages.get(folded) {
            if *owner == index {
                return Some(at(document, Some(span), SiteFault::AliasSelf { alias }));
            }
            let other = self.documents.get(*owner)?;
            let fault = match self.cycle(index, *owner) {
                Some(others) => SiteFault::AliasCycle { alias, others },
                None => SiteFault::AliasTaken { alias, other: other.path.to_string() },
            };
            return Some(at(document, Some(span), fault).and(&other.path, None));
        }
        if let Some((_, owner, place)) = self.aliases.get(folded) {
            let other = self.documents.get(*owner)?;
            let fault = SiteFault::AliasTwice { alias, other: other.path.to_string() };
            return Some(at(document, Some(span), fault).and(&other.path, Some(*place)));
        }
        own(folded, self.config).then(|| at(document, Some(span), SiteFault::AliasReserved { alias }))
    }

    /// The other pieces of a ring in which each has the address of the next
    /// as a former one: `first` has that of `second`.
    fn cycle(&self, first: usize, second: usize) -> Option<Vec<String>> {
        let mut others = vec![second];
        let mut at = first;
        // Who claims `at`'s page, who claims theirs, and so on: in a ring that
        // comes to `second`.
        for _ in 0..self.documents.len() {
            let place = self.arranged.places.get(at)?;
            at = *self.claims.get(&place.route.as_str().to_ascii_lowercase())?;
            if at == second {
                others.sort_unstable();
                let names = others.iter().filter_map(|at| self.documents.get(*at));
                return Some(names.map(|document| document.path.to_string()).collect());
            }
            if at == first || others.contains(&at) {
                return None;
            }
            others.push(at);
        }
        None
    }

    fn statics(&mut self, tree: &SourceTree) -> Vec<(SourcePath, OutputPath)> {
        let mut statics = Vec::new();
        let mut taken: HashMap<String, SourcePath> = HashMap::new();
        for (path, _) in tree.under("content/static") {
            let name = path.as_str().strip_prefix("content/static/").unwrap_or(path.as_str());
            if !is_for_readers(name, &self.config.publishing.also) {
                let name = name.to_owned();
                self.found.push(Diagnostic::of_file(path, SiteFault::StaticNotForReaders { name }));
                continue;
            }
            let Some(output) = OutputPath::new(name) else {
                self.found.push(Diagnostic::of_file(path, SiteFault::StaticName { name: name.to_owned() }));
                continue;
            };
            let folded = name.to_ascii_lowercase();
            let page = self.pages.get(&folded).and_then(|at| self.documents.get(*at)).map(|d| &d.path);
            let alias =
                self.aliases.get(&folded).and_then(|(_, at, _)| self.documents.get(*at)).map(|d| &d.path);
            let other = page.or(alias).or(taken.get(&folded)).cloned();
            if other.is_some() || own(&folded, self.config) {
                let fault = SiteFault::StaticTaken {
                    name: name.to_owned(),
                    other: other.as_ref().map(SourcePath::to_string),
                };
                let found = Diagnostic::of_file(path, fault);
                self.found.push(match &other {
                    Some(other) => found.and(other, None),
                    None => found,
                });
                continue;
            }
            taken.insert(folded, path.clone());
            statics.push((path.clone(), output));
        }
        statics
    }

    /// The paths of pieces, former ones among them, each with its document; in
    /// order.
    fn owned_pages(&self) -> Vec<(&str, &SourcePath)> {
        let pages = self.pages.iter();
        let aliases = self.aliases.iter().map(|(path, (_, at, _))| (path, at));
        let owned = pages.chain(aliases);
        let mut pages: Vec<_> =
            owned.filter_map(|(path, at)| Some((path.as_str(), &self.documents.get(*at)?.path))).collect();
        pages.sort_unstable();
        pages
    }

    /// The static files without those that stand where the site has a folder,
    /// or in a folder where it has a file: no disk holds both.
    fn without_clashes(&mut self, statics: Vec<(SourcePath, OutputPath)>) -> Vec<(SourcePath, OutputPath)> {
        let mut folders: HashMap<&str, Option<&SourcePath>> = OWN_FOLDERS
            .iter()
            .copied()
            .chain(self.config.sections.iter().map(|section| section.folder.as_str()))
            .map(|folder| (folder, None))
            .collect();
        let pages = self.owned_pages();
        for (path, owner) in &pages {
            for folder in folders_of(path) {
                folders.entry(folder).or_insert(Some(owner));
            }
        }
        let files: HashMap<&str, &SourcePath> = pages.iter().copied().collect();
        let mut found = Vec::new();
        for (path, owner) in &pages {
            if let Some(Some(other)) = folders.get(path) {
                let fault = SiteFault::SameRoute { route: (*path).to_owned(), other: other.to_string() };
                found.push(Diagnostic::of_file(owner, fault).and(other, None));
            }
        }
        let mut kept = Vec::new();
        for (source, output) in statics {
            let path = output.as_str().to_ascii_lowercase();
            let in_file = folders_of(&path).find_map(|folder| files.get(folder).map(|owner| Some(*owner)));
            match folders.get(path.as_str()).copied().or(in_file) {
                Some(other) => {
                    let name = output.to_string();
                    let fault = SiteFault::StaticTaken { name, other: other.map(SourcePath::to_string) };
                    found.push(Diagnostic::of_file(&source, fault));
                }
                None => kept.push((source, output)),
            }
        }
        self.found.extend(found);
        kept
    }
}

/// The folders that the file at `path` stands in: `a/b/c` stands in `a` and
/// `a/b`.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

/// Whether the site itself makes, or may make, a file of that name.
fn own(path: &str, config: &Config) -> bool {
    let Some((folder, file)) = path.split_once('/') else { return is_own_file(path) };
    let section = || config.sections.iter().any(|section| section.folder.eq_ignore_ascii_case(folder));
    is_own_folder(folder) || is_own_file_of_section(file) && section()
}
