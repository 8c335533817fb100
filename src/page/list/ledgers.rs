//! The page of all ledgers.

use serde::Serialize;

use crate::markdown::{Block, Ledger};
use crate::path::OutputPath;
use crate::site::Article;
use crate::view::{LedgerEntry, LedgerPage, TermLink};

use crate::page::body::blocks;
use crate::page::body::links::{BodyParts, Place};
use crate::page::column::Column;
use crate::page::frame::head::{Frame, Head};
use crate::page::frame::labels;
use crate::page::key::{Page, View};
use crate::page::summary::Flag;

#[derive(Debug, Serialize)]
struct LedgersParts<'c> {
    frame: Frame<'c>,
    entries: Vec<LedgerEntry>,
}

/// The ledgers of all pieces, the newest piece first, at most `most`.
pub(crate) fn entries(column: &Column<'_>, most: usize) -> Vec<LedgerEntry> {
    let mut entries = Vec::new();
    for (article, _) in column.newest(|summary| summary.has(Flag::Ledger)) {
        let parts = at_root(column, article);
        for block in article.document.body.collected() {
            if let Block::Ledger(ledger) = block
                && entries.len() < most
            {
                entries.push(entry(article, ledger, &parts, entries.len() + 1));
            }
        }
    }
    entries
}

/// The body of `article` as a page at the root reads it.
pub(crate) fn at_root<'c>(column: &'c Column<'_>, article: &'c Article) -> BodyParts<'c> {
    let place =
        Place { root: "", own: article.route.as_str(), elsewhere: true, first: false, largest: false };
    column.index.body(article, place)
}

fn entry(article: &Article, ledger: &Ledger, parts: &BodyParts<'_>, ordinal: usize) -> LedgerEntry {
    LedgerEntry {
        ledger: blocks::ledger(ledger, parts, ordinal),
        article: TermLink { title: article.document.title.clone(), path: article.route.to_string() },
        summary: article.document.summary.clone(),
    }
}

/// The page; none where no piece has a ledger.
pub(crate) fn page<'c>(column: &'c Column<'_>) -> Option<Page<'c>> {
    let entries = entries(column, usize::MAX);
    if entries.is_empty() {
        return None;
    }
    let newest = column.summaries().find(|(_, summary)| summary.has(Flag::Ledger));
    let changed = newest.and_then(|(_, summary)| summary.date);
    let parts = LedgersParts { frame: column.frame(), entries };
    Some(Page::new(OutputPath::new(labels::LEDGER_PATH)?, "ledger.html", parts, view).listed(changed))
}

fn view(parts: &LedgersParts<'_>) -> View {
    let (collected, answered) = parts.entries.iter().fold((0_u64, 0_u64), |(collected, answered), entry| {
        (collected + u64::from(entry.ledger.collected), answered + u64::from(entry.ledger.answered))
    });
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("name", &parts.frame.facts.title), ("collected", &collected), ("answered", &answered)];
    View::Ledger(LedgerPage {
        site: parts.frame.site.clone(),
        root: "",
        page: parts.frame.page(Head {
            kind: "ledger",
            title: parts.frame.title_of(labels::LEDGER_PATH),
            description: parts.frame.local.fill("ledger.description", &values),
            path: labels::LEDGER_PATH,
            ..Head::default()
        }),
        entries: parts.entries.clone(),
    })
}
