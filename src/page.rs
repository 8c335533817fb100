//! From a site to its pages.
//!
//! [`Column::new`] makes once what many pages share; [`batches`] and
//! [`singles`] then give every page with its key. A page's view is made when it is asked for, so that a
//! page whose HTML is remembered costs a key only, and no two views need to be
//! in memory at once.
//!
//! **Invariant:** a page is made from its *parts* by a plain function, and its
//! key is the hash of these parts: whatever a view shows is in its key.
//! `now` is in the parts of home and of the phases page alone.

pub(crate) mod article;
pub(crate) mod body;
mod column;
mod feed;
pub(crate) mod frame;
pub(crate) mod index;
mod key;
mod list;
pub(crate) mod listing;
mod listings;
mod memory;
mod rows;
mod summary;
mod tiles;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::site::Run;
use crate::wording::Wording;

pub(crate) use body::links::download;
pub use column::Column;
pub use feed::{FeedParts, feeds};
pub use frame::date::Stamp;
pub use key::batch::Batch;
pub use key::{Listed, Page, View};
pub use memory::Memory;

use list::{archive, home, ledgers, library, not_found, phases, photos, search, section, term};

/// What views need to know of the theme.
#[derive(Debug, Clone, Default)]
pub struct ThemeFacts {
    /// Its settings with the column's own values over them.
    pub settings: serde_json::Value,
    /// Its assets: the published path by the plain name.
    pub assets: BTreeMap<String, String>,
    /// Its words in the column's language.
    pub wording: Arc<Wording>,
}

/// How the site is to be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ViewOptions {
    /// In place of the config's `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts and their like are shown, each with a notice.
    pub preview: bool,
}

/// All pages, in an order that depends on the site alone. Their paths differ
/// where the site's routes do.
pub fn all<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let mut pages: Vec<Page<'c>> = batches(column).iter().flat_map(Batch::pages).collect();
    pages.extend(singles(column));
    pages
}

/// The pages that are looked up together: those of pieces, and of long lists.
pub fn batches<'c>(column: &'c Column<'_>) -> Vec<Batch<'c>> {
    let mut firsts = 0;
    let run = |run: &'c Arc<Run>| {
        let first = firsts;
        firsts += run.articles().len();
        (first, &**run)
    };
    let runs: Vec<(usize, &Run)> = column.site().articles.runs().iter().map(run).collect();
    let mut batches: Vec<Batch<'c>> =
        runs.into_par_iter().map(|(first, run)| key::batch::of_run(column, run, first)).collect();
    batches.par_extend(section::batches(column));
    batches.par_extend(term::batches(column));
    batches.extend(archive::batches(column));
    batches
}

/// All other pages.
pub fn singles<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let mut pages = Vec::new();
    pages.extend(home::page(column));
    pages.extend(term::overviews(column));
    pages.extend(phases::page(column));
    pages.extend(archive::page(column));
    pages.extend(library::page(column));
    pages.extend(photos::pages(column));
    pages.extend(ledgers::page(column));
    pages.extend(search::page(column));
    pages.extend(not_found::not_found(column));
    pages.extend(not_found::redirects(column));
    pages
}

/// The build's date in the campaign: for `progress.css`.
pub fn today(column: &Column<'_>) -> crate::view::Today {
    phases::today(&column.index)
}
