//! The name of a file or folder that holds a number of a person: names stand
//! in addresses.

use std::collections::BTreeSet;

use super::allowed;
use crate::diagnostic::{Diagnostic, SensitiveFault};
use crate::path::SourcePath;
use crate::sensitive;
use crate::site::Site;

pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    let pieces = site.articles.iter().chain(site.intros.values()).map(|article| &article.document.path);
    let assets = site.assets.iter().map(|asset| &asset.source);
    let statics = site.statics.iter().map(|(source, _)| source);
    let paths: BTreeSet<&SourcePath> = pieces.chain(assets).chain(statics).collect();
    let allow = allowed(&site.config);
    for path in paths {
        for number in sensitive::numbers(path.as_str()) {
            if !allow.contains(&number.spelled) {
                let fault = SensitiveFault::NumberInName { kind: number.kind, number: number.shown() };
                found.push(Diagnostic::of_file(path, fault));
            }
        }
    }
}
