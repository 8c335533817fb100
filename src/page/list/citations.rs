//! What binds materials to other pieces: their versions, and who cites them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::config::Kind;
use crate::site::{Article, ArticleId, AssetId, Reference, Site};

/// What binds one material to other pieces.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Citation {
    /// All its versions, the current one first, itself among them; empty where
    /// there is but one.
    pub versions: Vec<ArticleId>,
    /// Pieces whose text links to its page or to a file that it offers, the
    /// newest first; other versions are not among them.
    pub cited: Vec<ArticleId>,
}

/// The bonds of all materials that have any.
#[derive(Debug, Default)]
pub(crate) struct Citations<'s>(HashMap<&'s str, Citation>);

impl<'s> Citations<'s> {
    /// Looks through all links; through none where there is no material.
    pub(crate) fn new(site: &'s Site) -> Self {
        let mut pages: HashMap<&str, ArticleId> = HashMap::new();
        let mut files: HashMap<AssetId, Vec<ArticleId>> = HashMap::new();
        for (id, article) in materials(site) {
            pages.insert(article.route.as_str(), id);
            for (file, _) in &article.files {
                files.entry(*file).or_default().push(id);
            }
        }
        if pages.is_empty() {
            return Self::default();
        }
        let versions = versions(site);
        let cited = cited(site, &pages, &files);
        let citation = |id: ArticleId| {
            let versions = versions.get(&id).cloned().unwrap_or_default();
            let citing = cited.get(&id).into_iter().flatten().filter(|id| !versions.contains(id));
            Citation { cited: citing.copied().collect(), versions }
        };
        let materials = materials(site).map(|(id, article)| (article.route.as_str(), citation(id)));
        Self(materials.filter(|(_, citation)| *citation != Citation::default()).collect())
    }

    /// What binds `article`.
    pub(crate) fn of(&self, article: &Article) -> Option<&Citation> {
        self.0.get(article.route.as_str())
    }
}

fn numbered(site: &Site) -> impl Iterator<Item = (ArticleId, &Article)> {
    (0..).map(ArticleId).zip(site.articles.iter())
}

fn materials(site: &Site) -> impl Iterator<Item = (ArticleId, &Article)> {
    numbered(site).filter(|(_, article)| article.kind == Kind::Material)
}

/// By material: the pieces that link to it.
fn cited(
    site: &Site,
    pages: &HashMap<&str, ArticleId>,
    files: &HashMap<AssetId, Vec<ArticleId>>,
) -> BTreeMap<ArticleId, Vec<ArticleId>> {
    let mut cited: BTreeMap<ArticleId, Vec<ArticleId>> = BTreeMap::new();
    for (citing, article) in numbered(site) {
        for link in &article.links {
            let page = match link {
                Reference::Page { route, .. } => pages.get(route.as_str()),
                _ => None,
            };
            let offered = match link {
                Reference::Asset(file) => files.get(file).map(Vec::as_slice).unwrap_or_default(),
                _ => &[],
            };
            for material in page.into_iter().chain(offered).filter(|material| **material != citing) {
                let list = cited.entry(*material).or_default();
                if list.last() != Some(&citing) {
                    list.push(citing);
                }
            }
        }
    }
    for list in cited.values_mut() {
        list.sort_by_key(|id| (Reverse(date(site, *id)), *id));
    }
    cited
}

fn date(site: &Site, id: ArticleId) -> Option<jiff::civil::DateTime> {
    Some(site.articles.by_id(id)?.date?.civil)
}

/// By piece: all versions of what it is a version of.
fn versions(site: &Site) -> BTreeMap<ArticleId, Vec<ArticleId>> {
    let mut beside: BTreeMap<ArticleId, Vec<ArticleId>> = BTreeMap::new();
    let mut replaced = BTreeSet::new();
    for (id, article) in numbered(site) {
        if let Some(former) = article.replaces {
            beside.entry(id).or_default().push(former);
            beside.entry(former).or_default().push(id);
            replaced.insert(former);
        }
    }
    let mut groups = BTreeMap::new();
    for first in beside.keys() {
        if groups.contains_key(first) {
            continue;
        }
        // Whoever replaces in a circle is in one group all the same.
        let mut group = vec![*first];
        let mut at = 0;
        while let Some(id) = group.get(at) {
            let near = beside.get(id).into_iter().flatten().copied();
            let new: Vec<ArticleId> = near.filter(|id| !group.contains(id)).collect();
            group.extend(new);
            at += 1;
        }
        group.sort_by_key(|id| (replaced.contains(id), Reverse(date(site, *id)), *id));
        group.dedup();
        for id in group.clone() {
            groups.insert(id, group.clone());
        }
    }
    groups
}
