//! The books as lists of the site show them.

use crate::site::Site;
use crate::view::BookletLink;

/// The books as lists of the site show them.
pub(crate) fn links(site: &Site) -> Vec<BookletLink> {
    let link = |booklet: &crate::site::Booklet| {
        let book = site.config.booklets.get(booklet.config)?;
        Some(BookletLink {
            title: book.title.clone(),
            subtitle: book.subtitle.clone(),
            issuer: book.issuer.clone(),
            path: booklet.route.to_string(),
            epub: booklet.epub.to_string(),
            download: format!("{}.epub", book.title),
            count: booklet.parts.iter().map(|part| part.items.len()).sum(),
        })
    };
    site.booklets.iter().filter_map(link).collect()
}
