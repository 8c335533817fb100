//! The home page.

use serde::Serialize;

use crate::config::Kind;
use crate::markdown::Block;
use crate::memo::Keyed;
use crate::path::OutputPath;
use crate::site::{ArticleId, AssetId};
use crate::view::{Band, Counts, FiguresView, HomePage, LedgerEntry, PhaseView, Shared, Today};

use crate::page::body::blocks;
use crate::page::column::Column;
use crate::page::frame::facts::SectionFacts;
use crate::page::frame::head::{Frame, Head};
use crate::page::frame::labels;
use crate::page::key::{Page, View};
use crate::page::list::ledgers;
use crate::page::list::phases;
use crate::page::summary::{Flag, Summary};

/// Titles beside the lead story.
const SIDE: usize = 6;
/// Pieces of a section.
const BAND: usize = 3;
/// Photos.
const PHOTOS: usize = 3;
/// Files.
const MATERIALS: usize = 4;

type Newest<'c> = (ArticleId, &'c Summary);

#[derive(Debug, Serialize)]
struct HomeParts<'c> {
    frame: Frame<'c>,
    today: Today,
    counts: Counts,
    lead: Option<&'c Shared>,
    side: Vec<&'c Shared>,
    figures: Option<FiguresView>,
    bands: Vec<(Keyed<'c, SectionFacts>, Vec<&'c Shared>)>,
    photos: Vec<&'c Shared>,
    ledger: Option<LedgerEntry>,
    materials: &'c [Shared],
    current: Option<PhaseView>,
}

/// The home page.
pub(crate) fn page<'c>(column: &'c Column<'_>) -> Option<Page<'c>> {
    let newest: Vec<Newest<'c>> = column.summaries().collect();
    let lead = lead(&newest);
    let side = side(&newest, lead);
    let above: Vec<ArticleId> = lead.iter().chain(&side).copied().collect();
    let card = |id: &ArticleId| column.listing(*id).map(|listing| &listing.card);
    let parts = HomeParts {
        frame: column.frame(),
        today: phases::today(&column.index),
        counts: counts(column, &newest),
        lead: lead.as_ref().and_then(card),
        side: side.iter().filter_map(card).collect(),
        figures: figures(column),
        bands: bands(column, &newest, &above),
        photos: photos(column, lead),
        ledger: ledgers::entries(column, 1).pop(),
        materials: column.rows.get(..MATERIALS).unwrap_or(&column.rows),
        current: phases::current(column),
    };
    let changed = newest.iter().filter_map(|(_, summary)| summary.date).max();
    Some(Page::new(OutputPath::new(labels::HOME_PATH)?, "home.html", parts, view).listed(changed))
}

fn counts(column: &Column<'_>, newest: &[Newest<'_>]) -> Counts {
    let stories = newest.iter().filter(|(_, summary)| summary.has(Flag::Story)).count();
    Counts { articles: newest.len(), stories, materials: column.rows.len() }
}

/// The newest pinned piece with a cover, else the newest with a cover, else
/// the newest.
fn lead(newest: &[Newest<'_>]) -> Option<ArticleId> {
    let covered = |(_, summary): &&Newest<'_>| summary.has(Flag::Cover);
    let lead = newest.iter().filter(covered).find(|(_, summary)| summary.has(Flag::Pinned));
    lead.or_else(|| newest.iter().find(covered)).or_else(|| newest.first()).map(|(id, _)| *id)
}

/// Pinned pieces, then the newest; the lead is not among them.
fn side(newest: &[Newest<'_>], lead: Option<ArticleId>) -> Vec<ArticleId> {
    let others = || newest.iter().filter(|(id, _)| Some(*id) != lead);
    let pinned = |pinned: bool| others().filter(move |(_, summary)| summary.has(Flag::Pinned) == pinned);
    pinned(true).chain(pinned(false)).take(SIDE).map(|(id, _)| *id).collect()
}

/// The newest pieces of each section, those that stand above left out.
fn bands<'c>(
    column: &'c Column<'_>,
    newest: &[Newest<'_>],
    above: &[ArticleId],
) -> Vec<(Keyed<'c, SectionFacts>, Vec<&'c Shared>)> {
    let mut bands: Vec<_> =
        column.index.sections.iter().map(|section| (section.keyed(), Vec::new())).collect();
    for (id, summary) in newest {
        let Some((_, cards)) = summary.section.and_then(|at| bands.get_mut(at)) else { continue };
        if cards.len() < BAND && !above.contains(id) {
            cards.extend(column.listing(*id).map(|listing| &listing.card));
        }
    }
    bands.retain(|(section, cards)| !cards.is_empty() && section.kind != Kind::Page);
    bands
}

/// The figures of the newest piece that has such a block.
fn figures(column: &Column<'_>) -> Option<FiguresView> {
    let (article, _) = column.newest(|summary| summary.has(Flag::Figures)).next()?;
    article.document.body.collected().find_map(|block| match block {
        Block::Figures(figures) => Some(blocks::figures(figures)),
        _ => None,
    })
}

/// The newest photos of photo stories; the lead's picture is shown already.
fn photos<'c>(column: &'c Column<'_>, lead: Option<ArticleId>) -> Vec<&'c Shared> {
    let shown: Option<AssetId> = lead.and_then(|id| column.site().articles.by_id(id)?.cover);
    let tiles = column.tiles.iter().filter(|tile| tile.story && Some(tile.asset) != shown);
    tiles.take(PHOTOS).map(|tile| &tile.shared).collect()
}

fn view(parts: &HomeParts<'_>) -> View {
    let facts = &*parts.frame.facts;
    let clone = |card: &&Shared| (*card).clone();
    let band = |(section, cards): &(Keyed<'_, SectionFacts>, Vec<&Shared>)| Band {
        section: section.link.clone(),
        kind: labels::kind(section.kind).to_owned(),
        items: cards.iter().map(clone).collect(),
    };
    View::Home(HomePage {
        site: parts.frame.site.clone(),
        root: "",
        page: parts.frame.page(Head {
            kind: "home",
            title: facts.title.clone(),
            description: facts.description.clone(),
            path: labels::HOME_PATH,
            ..Head::default()
        }),
        today: parts.today.clone(),
        counts: parts.counts.clone(),
        lead: parts.lead.cloned(),
        side: parts.side.iter().map(clone).collect(),
        figures: parts.figures.clone(),
        bands: parts.bands.iter().map(band).collect(),
        photos: parts.photos.iter().map(clone).collect(),
        ledger: parts.ledger.clone(),
        materials: parts.materials.to_vec(),
        current: parts.current.clone(),
    })
}
