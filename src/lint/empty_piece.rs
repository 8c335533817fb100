//! **`empty-piece`** (error): a piece has nothing below its front matter.
//!
//! Its page would be a headline: the text was forgotten.
//! A study material may do without a text where it has a file, which
//! `material-without-file` sees to.

use crate::config::Kind;
use crate::diagnostic::{Diagnostic, SiteFault};
use crate::site::{Site, State};

pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    for article in site.articles.iter() {
        let document = &article.document;
        let is_empty = document.front.files.is_empty() && document.body.slots().is_empty();
        // A draft may well be empty yet.
        let is_begun = document.front.draft;
        if article.kind != Kind::Material && !is_begun && article.state == State::Published && is_empty {
            found.push(Diagnostic::of_file(&document.path, SiteFault::EmptyPiece));
        }
    }
}
