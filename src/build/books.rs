//! The site's books, each with all that a folder of its own must have.

use std::collections::BTreeSet;

use super::Booklet;
use crate::path::OutputPath;
use crate::site::{self, AssetId, AssetKind, Reference, Site};
use crate::theme::Theme;

/// The books of `site`, in the config's order.
pub(super) fn of(site: &Site, theme: &Theme) -> Vec<Booklet> {
    site.booklets.iter().filter_map(|booklet| one(site, theme, booklet)).collect()
}

fn one(site: &Site, theme: &Theme, booklet: &site::Booklet) -> Option<Booklet> {
    let book = site.config.booklets.get(booklet.config)?;
    let ids = booklet.parts.iter().flat_map(|part| &part.items);
    let articles: Vec<_> = ids.filter_map(|id| site.articles.get(id.0 as usize)).collect();
    let mut needs: BTreeSet<OutputPath> = theme.published().map(|asset| asset.path.clone()).collect();
    needs.insert(booklet.style.clone());
    for article in &articles {
        let shown = article.links.iter().filter_map(|link| match link {
            Reference::Asset(id) => Some(*id),
            _ => None,
        });
        needs.extend(shown.chain(article.cover).filter_map(|id| photo(site, id)));
    }
    Some(Booklet {
        slug: book.slug.clone(),
        title: book.title.clone(),
        pieces: articles.len(),
        page: booklet.route.output().clone(),
        epub: booklet.epub.clone(),
        needs,
    })
}

/// Where the photo `id` is published.
fn photo(site: &Site, id: AssetId) -> Option<OutputPath> {
    let asset = site.assets.get(id.0 as usize)?;
    matches!(asset.kind, AssetKind::Photo(_)).then(|| asset.output.clone())
}
