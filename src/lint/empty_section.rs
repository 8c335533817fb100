//! **`empty-section`** (warning): a section has no piece.
//!
//! Inspectors count 空白栏目 (国办秘函〔2019〕19号: five of them fail a site), and
//! readers find nothing. The navigation leaves such a section out.

use crate::diagnostic::{Diagnostic, SiteFault};
use crate::path::SourcePath;
use crate::site::Site;

pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    for list in site.sections.iter().filter(|list| list.items.is_empty()) {
        if let Some(section) = site.config.sections.get(list.section) {
            let fault =
                SiteFault::EmptySection { title: section.title.clone(), folder: section.folder.clone() };
            found.push(Diagnostic::at(&SourcePath::config(), section.span, fault));
        }
    }
}
