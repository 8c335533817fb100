//! Pages that the site makes itself, when it has something to put on them.

use super::{Linked, Resolved};
use crate::config::Kind;
use crate::document::Document;
use crate::markdown::{Block, Segment};
use crate::site::arrange::Role;
use crate::site::files::Files;
use crate::site::{Reference, Taxonomy};

/// Those that articles and the menu may link to.
pub(super) const OWN_PAGES: [&str; 11] = [
    "index.html",
    "materials.html",
    "photos.html",
    "ledger.html",
    "search.html",
    "archive/index.html",
    "topics/index.html",
    "units/index.html",
    "phases/index.html",
    "people/index.html",
    "series/index.html",
];

/// Whether the site has the page `name`, which is one of [`OWN_PAGES`]. The
/// same is decided once more where the pages are made.
pub(super) fn exists(name: &str, files: &Files<'_>, linked: &[Linked]) -> bool {
    let arranged = files.arranged;
    let filled = |taxonomy| arranged.taxonomies.get(&taxonomy).is_some_and(|terms| !terms.is_empty());
    let any = |wanted: &dyn Fn(&Document, &Resolved) -> bool| {
        let mut news = linked
            .iter()
            .flat_map(|run| run.documents(files))
            .zip(&arranged.places)
            .filter(|(_, place)| place.shown && place.section.is_some() && place.kind != Kind::Page);
        news.any(|((document, resolved), _)| wanted(document, resolved))
    };
    match name {
        "materials.html" => any(&|_, resolved| !resolved.files.is_empty()),
        "photos.html" => any(&shows_photos),
        "ledger.html" => any(&|document, _| has(document, |block| matches!(block, Block::Ledger(_)))),
        "search.html" => {
            files.config.search
                && arranged.places.iter().any(|place| place.shown && place.role == Role::Piece)
        }
        "archive/index.html" => any(&|document, _| crate::site::visibility::moment(document).is_some()),
        "topics/index.html" => filled(Taxonomy::Topics),
        "units/index.html" => filled(Taxonomy::Units),
        "people/index.html" => filled(Taxonomy::People),
        "phases/index.html" => !files.config.phases.is_empty(),
        "series/index.html" => !arranged.series.is_empty(),
        _ => true,
    }
}

fn has(document: &Document, wanted: fn(&Block) -> bool) -> bool {
    document.body.collected().any(wanted)
}

/// Whether the text shows a photo on its own or in a gallery.
fn shows_photos(document: &Document, resolved: &Resolved) -> bool {
    let is_file = |at: &usize| matches!(resolved.links.get(*at), Some(Reference::Asset(_)));
    let figure = |piece: &Segment| matches!(piece, Segment::Figure(at) if is_file(at));
    let gallery = |block: &Block| match block {
        Block::Gallery(gallery) => gallery.photos.iter().any(|photo| is_file(&photo.link)),
        _ => false,
    };
    document.body.slots().iter().any(figure) || document.body.collected().any(gallery)
}
