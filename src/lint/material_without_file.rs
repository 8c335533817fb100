//! **`material-without-file`** (error): a study material offers neither a file
//! nor a text.
//!
//! Its page would be empty: the file was forgotten, or the piece was not
//! written yet.

use crate::config::Kind;
use crate::diagnostic::{Diagnostic, SiteFault};
use crate::site::{Site, State};

pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    for article in site.articles.iter() {
        let document = &article.document;
        let is_empty = document.front.files.is_empty() && document.body.slots().is_empty();
        if article.kind == Kind::Material
            && !document.front.draft
            && article.state == State::Published
            && is_empty
        {
            found.push(Diagnostic::of_file(&document.path, SiteFault::MaterialWithoutFile));
        }
    }
}
