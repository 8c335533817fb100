//! Documents, their places and what they refer to become pieces, run by run.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::arrange::{self, Arranged, Role};
use super::chunks::{Articles, Run};
use super::references::{Correction, Linked, Resolved};
use super::{Article, ArticleId, AssetId, Reference, State, visibility};
use crate::document::{Document, moment};
use crate::memo::{Key, KeyBuilder, Memo};

/// A run ends where a document's class says so: one in this many does. So a
/// document that comes or goes moves no limit but those beside it.
const RUN: u8 = 64;

/// The longest run.
const LONGEST: usize = 256;

/// Cuts documents, which are sorted by path, into runs.
pub(super) fn runs(documents: &[Arc<Document>]) -> Vec<Range<usize>> {
    let mut runs = Vec::with_capacity(documents.len() / usize::from(RUN) * 2 + 1);
    let mut first = 0;
    for (at, document) in documents.iter().enumerate() {
        let [byte, ..] = document.class.as_bytes();
        if at > first && (byte % RUN == 0 || at - first == LONGEST) {
            runs.push(first..at);
            first = at;
        }
    }
    if first < documents.len() {
        runs.push(first..documents.len());
    }
    runs
}

/// A run of documents as pieces.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    run: Arc<Run>,
    /// Introductions by their section.
    intros: Vec<(usize, Article)>,
}

/// Everything that pieces are made from.
pub(super) struct Gathering<'g> {
    pub documents: &'g [Arc<Document>],
    pub states: &'g [State],
    pub arranged: &'g Arranged,
    /// By file: its number among the assets.
    pub numbers: &'g [Option<AssetId>],
}

impl Gathering<'_> {
    /// All pieces, and the sections' introductions.
    pub(super) fn run(
        &self,
        linked: &[Linked],
        memo: &Memo<Gathered>,
    ) -> (Articles, BTreeMap<usize, Article>) {
        let gathered: Vec<Arc<Gathered>> =
            linked.par_iter().map(|linked| memo.get_or(self.key(linked), || self.gather(linked))).collect();
        let intros = gathered.iter().flat_map(|one| one.intros.iter().cloned()).collect();
        let runs = gathered.iter().map(|one| Arc::clone(&one.run)).collect();
        (Articles::new(runs), intros)
    }

    /// The key of all that a run's pieces are made from. Documents and their
    /// places are in the key of what they refer to.
    fn key(&self, linked: &Linked) -> Key {
        let mut parts = KeyBuilder::with_capacity(16 * linked.range.len() + 64);
        parts.key(linked.resolved.key);
        for state in self.states.get(linked.range.clone()).unwrap_or_default() {
            write_state(&mut parts, *state);
        }
        for file in linked.resolved.uses.iter().map(|used| used.file) {
            let number = self.numbers.get(file as usize).copied().flatten();
            parts.number(number.map_or(-1, |id| i64::from(id.0)));
        }
        parts.count(linked.corrections.len());
        for Correction { document, link, anchor } in &linked.corrections {
            parts.count(*document);
            parts.count(*link);
            parts.option(anchor.as_deref());
        }
        parts.finish()
    }

    fn gather(&self, linked: &Linked) -> Gathered {
        let mut gathered = Gathered::default();
        let mut articles = Vec::with_capacity(linked.range.len());
        for (place, (at, resolved)) in linked.range.clone().zip(&linked.resolved.all).enumerate() {
            let corrections = linked.corrections.iter().filter(|correction| correction.document == place);
            match self.article(at, resolved, corrections) {
                Some((Role::Intro, article)) => {
                    gathered.intros.extend(article.section.map(|section| (section, article)));
                }
                Some((_, article)) => articles.push(article),
                None => {}
            }
        }
        gathered.run = Arc::new(Run::new(articles));
        gathered
    }

    /// The piece that the document `at` is, where it is shown.
    fn article<'r>(
        &self,
        at: usize,
        resolved: &Resolved,
        corrections: impl Iterator<Item = &'r Correction>,
    ) -> Option<(Role, Article)> {
        let (document, place) = (self.documents.get(at)?, self.arranged.places.get(at)?);
        if !place.shown || place.role == Role::Stray {
            return None;
        }
        let id = self.arranged.id_of(at);
        let beside = id.and_then(|id| self.arranged.shelves.get(id.0 as usize)).cloned().unwrap_or_default();
        let mut links: Vec<Reference> = resolved.links.iter().map(|link| self.numbered(link)).collect();
        correct(&mut links, corrections);
        let files = resolved.files.iter().filter_map(|(id, name)| Some((self.number(*id)?, name.clone())));
        let article = Article {
            document: Arc::clone(document),
            section: place.section,
            kind: place.kind,
            route: place.route.clone(),
            state: *self.states.get(at)?,
            date: visibility::moment(document),
            terms: beside.terms,
            series: beside.series,
            links,
            cover: resolved.cover.and_then(|id| self.number(id)),
            cover_in_text: resolved.cover_in_text,
            wechat_cover: resolved.wechat_cover.and_then(|id| self.number(id)),
            files: files.collect(),
            previous: beside.previous,
            next: beside.next,
            related: related(&resolved.related, &beside.related, id),
            replaces: resolved.replaces,
        };
        Some((place.role, article))
    }

    /// The number of an asset that so far is the index of a file.
    fn number(&self, file: AssetId) -> Option<AssetId> {
        self.numbers.get(file.0 as usize).copied().flatten()
    }

    fn numbered(&self, link: &Reference) -> Reference {
        match link {
            Reference::Asset(file) => self.number(*file).map_or(Reference::Broken, Reference::Asset),
            other => other.clone(),
        }
    }
}

fn write_state(parts: &mut KeyBuilder, state: State) {
    match state {
        State::Published => parts.u8(0),
        State::Draft => parts.u8(1),
        State::Scheduled(at) => {
            parts.u8(2);
            moment(parts, Some(at));
        }
        State::Expired(at) => {
            parts.u8(3);
            moment(parts, Some(at));
        }
    }
}

/// Pieces that `related` names, then those that are near, without repeats.
fn related(named: &[ArticleId], near: &[ArticleId], own: Option<ArticleId>) -> Vec<ArticleId> {
    let mut all: Vec<ArticleId> = Vec::with_capacity(arrange::RELATED);
    for id in named.iter().chain(near) {
        if all.len() < arrange::RELATED.max(named.len()) && !all.contains(id) && Some(*id) != own {
            all.push(*id);
        }
    }
    all
}

/// Puts right the links whose anchors are known only now.
fn correct<'r>(links: &mut [Reference], corrections: impl Iterator<Item = &'r Correction>) {
    for Correction { link, anchor, .. } in corrections {
        match (links.get_mut(*link), anchor) {
            (Some(Reference::Page { anchor: written, .. }), Some(id)) => *written = Some(id.clone()),
            (Some(link), _) => *link = Reference::Broken,
            (None, _) => {}
        }
    }
}
