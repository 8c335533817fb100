//! What `fix` would write: the sources with their findings' fixes applied.
//!
//! One fix may bring the next to light (a line that stands alone now is seen to
//! be a heading), so the column is checked again until nothing is left to apply.
//!
//! **Invariant:** nothing is written; the result is equal for equal sources, and
//! mending what was mended changes nothing.

use std::collections::BTreeMap;

use super::{Memory, Options, build};
use crate::diagnostic::{Fix, Located, apply};
use crate::path::SourcePath;
use crate::source::{Blobs, Source, SourceTree, decoded};

/// How often the column is checked again at the most.
const ROUNDS: usize = 8;

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The text as it is.
    pub before: String,
    /// The text as it would be.
    pub after: String,
    /// How many findings that mends.
    pub count: usize,
}

/// Applies the fixes of all findings that `wanted` takes, and gives the files
/// that change with the findings that are left.
///
/// `memory` only saves work. Files that are not UTF-8 are left alone: their places are those of another
/// text.
pub fn mend(
    tree: &SourceTree,
    options: &Options,
    blobs: &dyn Blobs,
    memory: &Memory,
    wanted: impl Fn(&Located, &Fix) -> bool,
) -> (BTreeMap<SourcePath, Mended>, Vec<Located>) {
    let mut tree = tree.clone();
    let mut mended: BTreeMap<SourcePath, Mended> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let findings = build(&tree, options, blobs, memory).findings;
        let mut by_file: BTreeMap<&SourcePath, Vec<&Fix>> = BTreeMap::new();
        for finding in &findings {
            if let Some(fix) = finding.fix.as_ref().filter(|fix| wanted(finding, fix)) {
                by_file.entry(&finding.path).or_default().push(fix);
            }
        }
        let mut changed = false;
        for (path, fixes) in by_file {
            let Some((before, after, count)) = applied(&tree, path, fixes) else { continue };
            changed = true;
            tree.insert(path.clone(), Source::text(after.clone().into_bytes()));
            let mend = Mended { before, after: String::new(), count: 0 };
            let file = mended.entry(path.clone()).or_insert(mend);
            file.after = after;
            file.count += count;
        }
        if !changed {
            return (mended, findings);
        }
    }
    let left = build(&tree, options, blobs, memory).findings;
    (mended, left)
}

/// The text of a file before and after `fixes`, and how many of them were
/// applied; `None` where it stays as it is.
fn applied(tree: &SourceTree, path: &SourcePath, fixes: Vec<&Fix>) -> Option<(String, String, usize)> {
    let text = std::str::from_utf8(tree.bytes(path)?).ok()?;
    // Places are counted in the decoded text, which differs from the file where it has been repaired.
    if decoded(text.as_bytes()) != text {
        return None;
    }
    let (after, count) = apply(text, fixes);
    (count > 0 && after != text).then(|| (text.to_owned(), after, count))
}
