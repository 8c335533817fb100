//! The page for addresses that don't exist, and pages at former addresses.

use serde::Serialize;

use crate::memo::Keyed;
use crate::path::OutputPath;
use crate::site::Alias;
use crate::view::{NotFoundPage, RedirectPage, Shared, Title};

use crate::page::column::Column;
use crate::page::frame::head::{Frame, Head};
use crate::page::key::{Page, View};

/// Pieces that the page for missing addresses offers.
const LATEST: usize = 3;

#[derive(Debug, Serialize)]
struct NotFoundParts<'c> {
    frame: Frame<'c>,
    latest: Vec<&'c Shared>,
}

#[derive(Debug, Serialize)]
struct RedirectParts<'c> {
    frame: Frame<'c>,
    root: &'static str,
    path: &'c str,
    to: Keyed<'c, Title>,
}

/// `404.html`.
pub(crate) fn not_found<'c>(column: &'c Column<'_>) -> Option<Page<'c>> {
    let latest = column.newest(|_| true).take(LATEST).map(|(_, listing)| &listing.card).collect();
    let parts = NotFoundParts { frame: column.frame(), latest };
    Some(Page::new(OutputPath::new("404.html")?, "404.html", parts, not_found_view))
}

/// A page at each former address.
pub(crate) fn redirects<'c>(column: &'c Column<'_>) -> Vec<Page<'c>> {
    let redirect = |alias: &'c Alias| {
        let to = column.listing(alias.to)?.title.keyed();
        let parts = RedirectParts {
            frame: column.frame(),
            root: alias.from.to_root(),
            path: alias.from.as_str(),
            to,
        };
        let page = Page::new(alias.from.output().clone(), "redirect.html", parts, redirect_view);
        let article = column.site().articles.get(alias.to.0 as usize)?;
        Some(page.from(&article.document.path))
    };
    column.site().aliases.iter().filter_map(redirect).collect()
}

/// The path of `base_url`: what leads to the root from an address that nobody
/// knows beforehand. Without one, the page is taken to lie at the root.
fn root(base_url: Option<&str>) -> String {
    let Some((_, rest)) = base_url.and_then(|url| url.split_once("://")) else { return String::new() };
    rest.split_once('/').map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"))
}

fn not_found_view(parts: &NotFoundParts<'_>) -> View {
    View::NotFound(NotFoundPage {
        site: parts.frame.site.clone(),
        root: root(parts.frame.facts.base_url.as_deref()),
        page: parts.frame.page(Head {
            kind: "not-found",
            title: parts.frame.local.text("not_found"),
            path: "404.html",
            noindex: true,
            ..Head::default()
        }),
        latest: parts.latest.iter().map(|card| (*card).clone()).collect(),
    })
}

fn redirect_view(parts: &RedirectParts<'_>) -> View {
    let mut page = parts.frame.page(Head {
        kind: "redirect",
        title: parts.to.title.clone(),
        path: parts.path,
        noindex: true,
        ..Head::default()
    });
    // The address to remember is the new one.
    page.canonical = parts.frame.facts.url(&parts.to.path).unwrap_or_default();
    View::Redirect(RedirectPage {
        site: parts.frame.site.clone(),
        root: parts.root,
        page,
        target: format!("{}{}", parts.root, parts.to.path),
        title: parts.to.title.clone(),
    })
}
