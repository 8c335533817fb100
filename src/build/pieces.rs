//! All pieces as editors ask about them: withheld ones included.

use std::sync::Arc;

use rayon::prelude::*;

use super::Piece;
use crate::document::Moment;
use crate::memo::{Key, KeyBuilder, Memo};
use crate::site::{self, Article, Run, Site};

/// The pieces of `site`, by source path.
pub(super) fn of(site: &Site, memo: &Memo<Vec<Arc<Piece>>>) -> Vec<Arc<Piece>> {
    let rest = rest_key(site);
    let of_run = |run: &Arc<Run>| {
        let key = Key::hash_parts([rest.as_bytes().as_slice(), run.key().as_bytes()]);
        memo.get_or(key, || run.articles().iter().map(|article| Arc::new(shown(site, article))).collect())
    };
    let runs: Vec<_> = site.articles.runs().par_iter().map(of_run).collect();
    let mut pieces: Vec<Arc<Piece>> = runs.par_iter().flat_map_iter(|run| run.iter().cloned()).collect();
    if !site.withheld.is_empty() {
        pieces.extend(site.withheld.iter().map(|one| Arc::new(withheld(site, one))));
        pieces.sort_by(|a, b| a.source.cmp(&b.source));
    }
    pieces
}

/// The key of what a piece is made from besides the article.
fn rest_key(site: &Site) -> Key {
    let mut parts = KeyBuilder::default();
    parts.number(i64::from(site.config.reading_speed));
    site.config.sections.iter().for_each(|section| parts.text(&section.title));
    parts.finish()
}

fn shown(site: &Site, article: &Article) -> Piece {
    Piece {
        source: article.document.path.clone(),
        title: article.document.title.clone(),
        section: section(site, article.section),
        date: article.date.map(written),
        path: Some(article.route.to_string()),
        state: article.state,
        words: article.document.body.footprint.words,
        minutes: minutes(site, article.document.body.footprint.words),
    }
}

fn withheld(site: &Site, withheld: &site::Withheld) -> Piece {
    Piece {
        source: withheld.document.path.clone(),
        title: withheld.document.title.clone(),
        section: section(site, withheld.section),
        date: withheld.document.front.date.as_ref().map(|date| written(date.value)),
        path: None,
        state: withheld.state,
        words: withheld.document.body.footprint.words,
        minutes: minutes(site, withheld.document.body.footprint.words),
    }
}

fn section(site: &Site, index: Option<usize>) -> String {
    index
        .and_then(|index| site.config.sections.get(index))
        .map_or(String::new(), |section| section.title.clone())
}

/// As cards say it.
fn minutes(site: &Site, words: u32) -> u32 {
    words.div_ceil(site.config.reading_speed.max(1)).max(1)
}

/// `2021-03-19 09:40`, without the time where none was written.
fn written(moment: Moment) -> String {
    let format = if moment.has_time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
    moment.civil.strftime(format).to_string()
}
