//! What pages name, found by its number in the site, each with its key.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::memo::{Fact, Keyed};
use crate::memo::{Key, KeyBuilder};
use crate::site::{self, Article, Asset, AssetId, Reference, Share, Site, State, Taxonomy};
use crate::view::{LinkItem, TermLink};

use crate::page::body::links::{BodyParts, Place, Target};
use crate::page::frame::facts::{PhaseFacts, SectionFacts, SeriesFacts, base_url};
use crate::page::frame::local::Local;
use crate::page::{ThemeFacts, ViewOptions};

/// The picture that stands for a piece.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Cover<'c> {
    /// The picture.
    pub asset: Keyed<'c, Asset>,
    /// Where the text shows it: index of the first such link of the body.
    pub link: Option<usize>,
}

/// Sections, phases, terms, series and assets of one site.
#[derive(Debug)]
pub(crate) struct Index<'s> {
    /// The site they are of.
    pub site: &'s Site,
    /// The key of all that stands here but the series, which hold titles.
    pub key: Key,
    /// By the section's index in the config.
    pub sections: Vec<Fact<SectionFacts>>,
    /// By the phase's index in the config.
    pub phases: Vec<Fact<PhaseFacts>>,
    /// By the series' index.
    pub series: Vec<Fact<SeriesFacts>>,
    /// The address that all paths are under, with a final `/`.
    pub base_url: Option<String>,
    terms: BTreeMap<Taxonomy, Vec<Fact<TermLink>>>,
    assets: Vec<Key>,
    local: Local,
    local_key: Key,
}

impl<'s> Index<'s> {
    /// Looks at all of `site`.
    pub(crate) fn new(site: &'s Site, theme: &ThemeFacts, options: &ViewOptions) -> Self {
        let config = &site.config;
        let local = Local { zone: config.timezone.clone(), wording: Arc::clone(&theme.wording) };
        let base_url = base_url(config, options);
        let feeds = base_url.is_some();
        let terms = site.taxonomies.iter().map(|(taxonomy, terms)| {
            let link = |term: &crate::site::Term| {
                Fact::new(TermLink { title: term.title.clone(), path: term.route.to_string() })
            };
            (*taxonomy, terms.iter().map(link).collect())
        });
        let phase_terms = site.taxonomies.get(&Taxonomy::Phases);
        let phase_path = |phase: &crate::config::Phase| {
            let term = phase_terms?.iter().find(|term| term.title == phase.name && !term.items.is_empty())?;
            Some(term.route.to_string())
        };
        let mut index = Self {
            key: Key::hash(b""),
            sections: sections(site, feeds),
            phases: PhaseFacts::all(&config.phases, phase_path),
            series: site.series.iter().map(|series| Fact::new(series_facts(site, series))).collect(),
            base_url,
            terms: terms.collect(),
            assets: site.assets.iter().map(Key::hash_value).collect(),
            local_key: local.key(site.now),
            local,
            site,
        };
        index.key = index.whole_key();
        index
    }

    fn whole_key(&self) -> Key {
        let mut parts = KeyBuilder::default();
        parts.key(self.local_key);
        parts.option(self.base_url.as_deref());
        parts.number(i64::from(self.site.config.reading_speed));
        parts.count(self.sections.len());
        for section in &self.sections {
            parts.key(section.key());
        }
        parts.count(self.phases.len());
        for phase in &self.phases {
            parts.key(phase.key());
        }
        for (taxonomy, terms) in &self.terms {
            parts.u8(*taxonomy as u8);
            parts.count(terms.len());
            for term in terms {
                parts.key(term.key());
            }
        }
        parts.count(self.site.booklets.len());
        for booklet in &self.site.booklets {
            parts.text(booklet.route.as_str());
        }
        parts.count(self.assets.len());
        for asset in &self.assets {
            parts.key(*asset);
        }
        parts.finish()
    }

    /// The column's zone, and the theme's words.
    pub(crate) fn local(&self) -> Keyed<'_, Local> {
        Keyed::with(self.local_key, &self.local)
    }

    /// The asset `id`.
    pub(crate) fn asset(&self, id: AssetId) -> Option<Keyed<'_, Asset>> {
        let at = id.0 as usize;
        Some(Keyed::with(*self.assets.get(at)?, self.site.assets.get(at)?))
    }

    /// The files that `article` offers, with the names shown.
    pub(crate) fn files<'i>(&'i self, article: &'i Article) -> Vec<(Keyed<'i, Asset>, &'i str)> {
        article.files.iter().filter_map(|(id, name)| Some((self.asset(*id)?, name.as_str()))).collect()
    }

    /// The section of `article`.
    pub(crate) fn section_of(&self, article: &Article) -> Option<Keyed<'_, SectionFacts>> {
        self.sections.get(article.section?).map(Fact::keyed)
    }

    /// The terms of `taxonomy` that `article` names, in the order written.
    pub(crate) fn terms_of(&self, article: &Article, taxonomy: Taxonomy) -> Vec<Keyed<'_, TermLink>> {
        let Some(all) = self.terms.get(&taxonomy) else { return Vec::new() };
        let named = article.terms.get(&taxonomy).into_iter().flatten();
        named.filter_map(|id| all.get(id.0 as usize)).map(Fact::keyed).collect()
    }

    /// The phase that `article` names.
    pub(crate) fn phase_of(&self, article: &Article) -> Option<Keyed<'_, PhaseFacts>> {
        let id = article.terms.get(&Taxonomy::Phases)?.first()?;
        let term = self.terms.get(&Taxonomy::Phases)?.get(id.0 as usize)?;
        self.phases.iter().find(|phase| phase.link.title == term.title).map(Fact::keyed)
    }

    /// The picture that stands for `article`.
    pub(crate) fn cover(&self, article: &Article) -> Option<Cover<'_>> {
        let id = article.cover?;
        let link = article.links.iter().position(|link| *link == Reference::Asset(id));
        Some(Cover { asset: self.asset(id)?, link })
    }

    /// What stands for `article` where it is shared.
    pub(crate) fn share(&self, article: &Article) -> Option<Share> {
        site::share(article, self.asset(article.cover?)?.get())
    }

    /// The body of `article` as it is read at `place`.
    pub(crate) fn body<'i>(&'i self, article: &'i Article, place: Place<'i>) -> BodyParts<'i> {
        BodyParts {
            document: Keyed::with(article.document.key, &article.document),
            links: article.links.iter().map(|link| self.target(link)).collect(),
            place,
            local: self.local(),
        }
    }

    fn target<'i>(&'i self, reference: &'i Reference) -> Target<'i> {
        match reference {
            Reference::Page { route, .. } if self.is_empty_book(route.as_str()) => Target::Broken,
            Reference::Page { route, anchor } => Target::Page(route.as_str(), anchor.as_deref()),
            Reference::Anchor(anchor) => Target::Anchor(anchor),
            Reference::Asset(id) => self.asset(*id).map_or(Target::Broken, Target::Asset),
            Reference::External(url) => Target::External(url),
            Reference::Broken => Target::Broken,
        }
    }

    /// Whether `path` would be the page of a book that has no piece so far: it
    /// is a finding of `column.yaml`, and a link to it waits.
    fn is_empty_book(&self, path: &str) -> bool {
        path.starts_with("booklets/") && !self.site.booklets.iter().any(|book| book.route.as_str() == path)
    }

    /// What `link` of the menu or the footer means: a section's folder, a page
    /// that exists, a Markdown file, or a URL. `None` for a page that does not
    /// exist: it is not linked.
    pub(crate) fn link_item(
        &self,
        title: &str,
        link: &str,
        exists: impl Fn(&str) -> bool,
    ) -> Option<LinkItem> {
        let item =
            |path: &str, external| LinkItem { title: title.to_owned(), path: path.to_owned(), external };
        if link.contains("://") || link.starts_with("mailto:") || link.starts_with("tel:") {
            return Some(item(link, true));
        }
        let link = link.trim_start_matches("./").trim_start_matches('/');
        let folder = link.trim_end_matches('/');
        if let Some(section) = self.sections.iter().find(|section| section.folder == folder) {
            return (!section.link.path.is_empty()).then(|| item(&section.link.path, false));
        }
        if exists(link) {
            return Some(item(link, false));
        }
        let source = link.strip_prefix("content/").unwrap_or(link);
        let article = self.site.articles.iter().find(|article| {
            let path = article.document.path.as_str();
            path.strip_prefix("content/").unwrap_or(path) == source || article.route.as_str() == link
        });
        article.map(|article| item(article.route.as_str(), false))
    }
}

fn sections(site: &Site, feeds: bool) -> Vec<Fact<SectionFacts>> {
    let fact = |(at, section): (usize, &crate::config::Section)| {
        let list = site.sections.iter().find(|list| list.section == at);
        let filled = list.is_some_and(|list| !list.items.is_empty());
        let published = |article: &Article| article.section == Some(at) && article.state == State::Published;
        let fed =
            feeds && site.newest.iter().filter_map(|id| site.articles.get(id.0 as usize)).any(published);
        Fact::new(SectionFacts::new(section, filled || site.intros.contains_key(&at), fed))
    };
    site.config.sections.iter().enumerate().map(fact).collect()
}

fn series_facts(site: &Site, series: &crate::site::Series) -> SeriesFacts {
    let items = series.items.iter().filter_map(|id| site.articles.get(id.0 as usize));
    SeriesFacts {
        link: TermLink { title: series.title.clone(), path: series.route.to_string() },
        items: items
            .map(|article| TermLink {
                title: article.document.title.clone(),
                path: article.route.to_string(),
            })
            .collect(),
    }
}
