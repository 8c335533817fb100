//! The home page.

use serde::Serialize;

use crate::config::Kind;
use crate::markdown::Block;
use crate::path::OutputPath;
use crate::site::{Article, AssetId};
use crate::view::shared::Keyed;
use crate::view::{Band, Counts, FiguresView, HomePage, LedgerEntry, PhaseView, Shared, Today};

use super::column::Column;
use super::date::Stamp;
use super::facts::SectionFacts;
use super::head::{Frame, Head};
use super::listing::Listing;
use super::page::{Page, View};
use super::{blocks, campaign, ledgers, words};

/// Titles beside the lead story.
const SIDE: usize = 6;
/// Pieces of a section.
const BAND: usize = 3;
/// Photos.
const PHOTOS: usize = 3;
/// Files.
const MATERIALS: usize = 4;

type Piece<'c> = (&'c Article, &'c Listing);

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
pub(super) fn page<'c>(column: &'c Column<'_>) -> Option<Page<'c>> {
    let newest: Vec<Piece<'c>> = column.newest().collect();
    let lead = lead(&newest);
    let side = side(&newest, lead);
    let above: Vec<&Article> = lead.iter().chain(&side).map(|(article, _)| *article).collect();
    let parts = HomeParts {
        frame: column.frame(),
        today: campaign::today(&column.index),
        counts: counts(column, &newest),
        lead: lead.map(card),
        side: side.iter().copied().map(card).collect(),
        figures: figures(&newest),
        bands: bands(column, &newest, &above),
        photos: photos(column, lead),
        ledger: ledgers::entries(column, 1).pop(),
        materials: column.rows.get(..MATERIALS).unwrap_or(&column.rows),
        current: campaign::current(column),
    };
    let changed = newest.iter().filter_map(|(article, _)| article.date).max().map(Stamp);
    Some(Page::new(OutputPath::new(words::HOME_PATH)?, "home.html", parts, view).listed(changed))
}

fn card((_, listing): Piece<'_>) -> &Shared {
    &listing.card
}

fn counts(column: &Column<'_>, newest: &[Piece<'_>]) -> Counts {
    let of = |kind: Kind| newest.iter().filter(|(article, _)| article.kind == kind).count();
    Counts { articles: newest.len(), stories: of(Kind::Story), materials: column.rows.len() }
}

/// The newest pinned piece with a cover, else the newest with a cover, else
/// the newest.
fn lead<'c>(newest: &[Piece<'c>]) -> Option<Piece<'c>> {
    let covered = |(article, _): &&Piece<'c>| article.cover.is_some();
    let pinned = |(article, _): &&Piece<'c>| article.document.front.pinned;
    let lead = newest.iter().filter(covered).find(pinned);
    lead.or_else(|| newest.iter().find(covered)).or_else(|| newest.first()).copied()
}

/// Pinned pieces, then the newest; the lead is not among them.
fn side<'c>(newest: &[Piece<'c>], lead: Option<Piece<'c>>) -> Vec<Piece<'c>> {
    let other = |(article, _): &&Piece<'c>| !lead.is_some_and(|(lead, _)| std::ptr::eq(lead, *article));
    let pinned = |pinned: bool| {
        newest.iter().filter(other).filter(move |(article, _)| article.document.front.pinned == pinned)
    };
    pinned(true).chain(pinned(false)).take(SIDE).copied().collect()
}

/// The newest pieces of each section, those that stand above left out.
fn bands<'c>(
    column: &'c Column<'_>,
    newest: &[Piece<'c>],
    above: &[&Article],
) -> Vec<(Keyed<'c, SectionFacts>, Vec<&'c Shared>)> {
    let mut bands: Vec<_> =
        column.index.sections.iter().map(|section| (section.keyed(), Vec::new())).collect();
    for (article, listing) in newest {
        let Some((_, cards)) = article.section.and_then(|at| bands.get_mut(at)) else { continue };
        if cards.len() < BAND && !above.iter().any(|above| std::ptr::eq(*above, *article)) {
            cards.push(&listing.card);
        }
    }
    bands.retain(|(section, cards)| !cards.is_empty() && section.kind != Kind::Page);
    bands
}

/// The figures of the newest piece that has such a block.
fn figures(newest: &[Piece<'_>]) -> Option<FiguresView> {
    let (article, _) = newest.iter().find(|(_, listing)| listing.figures)?;
    article.document.body.collected().find_map(|block| match block {
        Block::Figures(figures) => Some(blocks::figures(figures)),
        _ => None,
    })
}

/// The newest photos of photo stories; the lead's picture is shown already.
fn photos<'c>(column: &'c Column<'_>, lead: Option<Piece<'_>>) -> Vec<&'c Shared> {
    let shown: Option<AssetId> = lead.and_then(|(article, _)| article.cover);
    let tiles = column.tiles.iter().filter(|tile| tile.story && Some(tile.asset) != shown);
    tiles.take(PHOTOS).map(|tile| &tile.shared).collect()
}

fn view(parts: &HomeParts<'_>) -> View {
    let facts = &*parts.frame.facts;
    let clone = |card: &&Shared| (*card).clone();
    let band = |(section, cards): &(Keyed<'_, SectionFacts>, Vec<&Shared>)| Band {
        section: section.link.clone(),
        kind: words::kind(section.kind).to_owned(),
        items: cards.iter().map(clone).collect(),
    };
    View::Home(HomePage {
        site: parts.frame.site.clone(),
        root: "",
        page: parts.frame.page(Head {
            kind: "home",
            title: facts.title.clone(),
            description: facts.description.clone(),
            path: words::HOME_PATH,
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
