//! From a site to its pages.
//!
//! [`Column::new`] makes once what many pages share; [`all`] then gives every
//! page with its key. A page's view is made when it is asked for, so that a
//! page whose HTML is remembered costs a key only, and no two views need to be
//! in memory at once.
//!
//! **Invariant:** a page is made from its *parts* by a plain function, and its
//! key is the hash of these parts: whatever a view shows is in its key.
//! `now` is in the parts of home and of the phases page alone.

mod activity;
mod archive;
mod blocks;
mod body;
mod booklet;
mod calendar;
mod campaign;
mod column;
mod date;
mod facts;
mod feed;
mod fill;
mod head;
mod home;
mod html;
mod index;
mod json_ld;
mod ledgers;
mod library;
mod listing;
mod memory;
mod page;
mod piece;
mod piece_head;
mod plain;
mod qr;
mod rest;
mod search;
mod section;
mod sheet;
mod site_view;
mod term;
mod wall;
mod words;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::site::ArticleId;

pub use booklet::{BookImage, BookletParts, EpubChapter, EpubEdition, booklets};
pub use column::Column;
pub use date::Stamp;
pub use feed::{FeedEntry, FeedParts, FeedView, feeds};
pub use memory::Memory;
pub use page::{Listed, Page, View};
pub use search::searchable;

/// What views need to know of the theme.
#[derive(Debug, Clone, Default)]
pub struct ThemeFacts {
    /// Its settings with the column's own values over them.
    pub settings: serde_json::Value,
    /// Its assets: the published path by the plain name.
    pub assets: BTreeMap<String, String>,
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
    let mut pages: Vec<Page<'c>> = pieces(column);
    pages.extend(home::page(column));
    pages.extend(section::pages(column));
    pages.extend(term::pages(column));
    pages.extend(campaign::page(column));
    pages.extend(archive::pages(column));
    pages.extend(library::page(column));
    pages.extend(wall::pages(column));
    pages.extend(ledgers::page(column));
    pages.extend(search::page(column));
    pages.extend(booklet::pages(column));
    pages.extend(rest::not_found(column));
    pages.extend(rest::redirects(column));
    pages
}

/// The pages of all pieces.
fn pieces<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let articles = &column.site().articles;
    let page = |(at, article): (usize, &'c crate::site::Article)| {
        let id = ArticleId(u32::try_from(at).ok()?);
        Some(piece::page(column, article, &column.listing(id)?.card))
    };
    articles.par_iter().enumerate().with_min_len(64).filter_map(page).collect()
}

/// The build's date in the campaign: for `progress.css`.
pub fn today(column: &Column<'_>) -> crate::view::Today {
    campaign::today(&column.index)
}
