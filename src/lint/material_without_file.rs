//! **`material-without-file`** (warning): a study material offers no file.
//!
//! A material's page is there for what can be downloaded; without a file it is
//! an article in the wrong section, or the file was forgotten.

use crate::config::Kind;
use crate::diagnostic::{Diagnostic, SiteFault};
use crate::site::{Site, State};

pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    for article in site.articles.iter() {
        let offers = !article.document.front.files.is_empty();
        if article.kind == Kind::Material && article.state == State::Published && !offers {
            found.push(Diagnostic::of_file(&article.document.path, SiteFault::MaterialWithoutFile));
        }
    }
}
