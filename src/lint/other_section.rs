//! **`other-section`** (warning): front matter names a section, and the piece
//! lies in the folder of another.
//!
//! The folder decides: whoever moves a file and forgets the key, or the other
//! way round, should hear of it.

use super::required_fields::{Section, section_of};
use crate::diagnostic::{Diagnostic, SiteFault};
use crate::document::Document;

pub(super) fn check(document: &Document, sections: &[Section], found: &mut Vec<Diagnostic>) {
    let (Some(named), Some(section)) = (&document.front.section, section_of(document, sections)) else {
        return;
    };
    let meant = named.value.trim().trim_start_matches("content/").trim_end_matches('/');
    if meant != section.folder && meant != section.title {
        let known = sections.iter().find(|known| meant == known.folder || meant == known.title);
        let fault = SiteFault::OtherSection {
            named: named.value.clone(),
            section: section.title.clone(),
            folder: known.map(|known| known.folder.clone()),
        };
        found.push(crate::site::at(document, Some(named.span), fault));
    }
}
