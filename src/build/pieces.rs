//! All pieces as editors ask about them: withheld ones included.

use super::{Piece, State};
use crate::document::Moment;
use crate::site::{self, Site};

/// The pieces of `site`, by source path.
pub(super) fn of(site: &Site) -> Vec<Piece> {
    let shown = site.articles.iter().map(|article| Piece {
        source: article.document.path.clone(),
        title: article.document.title.clone(),
        section: section(site, article.section),
        date: article.date.map(written),
        path: Some(article.route.to_string()),
        state: state(article.state),
        words: article.document.body.footprint.words,
        minutes: minutes(site, article.document.body.footprint.words),
    });
    let withheld = site.withheld.iter().map(|withheld| Piece {
        source: withheld.document.path.clone(),
        title: withheld.document.title.clone(),
        section: section(site, withheld.section),
        date: withheld.document.front.date.as_ref().map(|date| written(date.value)),
        path: None,
        state: state(withheld.state),
        words: withheld.document.body.footprint.words,
        minutes: minutes(site, withheld.document.body.footprint.words),
    });
    let mut pieces: Vec<Piece> = shown.chain(withheld).collect();
    pieces.sort_by(|a, b| a.source.cmp(&b.source));
    pieces
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

fn state(state: site::State) -> State {
    match state {
        site::State::Published => State::Published,
        site::State::Draft => State::Draft,
        site::State::Scheduled(at) => State::Scheduled(at),
        site::State::Expired(at) => State::Expired(at),
    }
}
