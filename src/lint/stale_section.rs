//! **`stale-section`** (warning): a section has had no new piece for longer
//! than its `max_age_days`.
//!
//! Inspectors allow 动态 columns two weeks and 通知公告 columns six months
//! (国办秘函〔2019〕19号), so 14 and 183 are useful values.

use crate::diagnostic::{Diagnostic, SiteFault};
use crate::path::SourcePath;
use crate::site::Site;

pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    for list in &site.sections {
        let Some(section) = site.config.sections.get(list.section) else { continue };
        let Some(limit) = section.max_age_days else { continue };
        let articles = list.items.iter().filter_map(|id| site.articles.get(id.0 as usize));
        let newest = articles.filter_map(|article| article.date).map(|date| date.civil.date()).max();
        // The difference of two dates is in days, without larger units.
        let Some(days) = newest.map(|newest| i64::from((site.now.date() - newest).get_days())) else {
            continue;
        };
        if days > i64::from(limit) {
            let fault = SiteFault::StaleSection { title: section.title.clone(), days, limit };
            found.push(Diagnostic::at(&SourcePath::config(), section.span, fault));
        }
    }
}
