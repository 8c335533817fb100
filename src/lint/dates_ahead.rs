//! **`updated-ahead`** (warning): a piece says that it was changed at a time
//! that has not come.
//!
//! 伪造发稿日期 fails a site by itself (国办秘函〔2019〕19号), so a slip of the pen
//! here is worth a word. A `date` that lies ahead is another matter: the piece
//! waits for it.

use crate::diagnostic::{Diagnostic, SiteFault};
use crate::site::Site;

pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    for article in &site.articles {
        let Some(updated) = &article.document.front.updated else { continue };
        let begins = updated.value.civil;
        if begins > site.now {
            let format = if updated.value.has_time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
            let fault = SiteFault::UpdatedAhead { date: begins.strftime(format).to_string() };
            found.push(Diagnostic::at(&article.document.path, updated.span, fault));
        }
    }
}
