//! The pictures of an output, made before it is published.
//!
//! Pages only name pictures ([`Content::Deferred`]); whether each can be made is
//! known when it was. So whoever publishes, and whoever only checks, lets
//! [`make_pictures`] make those that are neither kept nor published yet, and
//! what can't be made is a finding of the picture's file.
//!
//! **Invariant:** it adds findings and fills the store of pictures; the output
//! is the same.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::{Content, Output};
use crate::diagnostic::{Diagnostic, Located, locate};
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::photo::{self, Recipe, Variant};
use crate::source::Blobs;

/// Makes the pictures of `output` that are not kept and that do not stand
/// published, as `stands` says of a path and the key of what it should hold; each source unpacked once; calls `done` after each source with how many are
/// done and how many there are. Gives a finding for each source of which
/// something can't be made, by path.
pub fn make_pictures(
    output: &Output,
    stands: &dyn Fn(&OutputPath, Key) -> bool,
    blobs: &dyn Blobs,
    done: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Located> {
    let wanted = output.files.iter().filter_map(|(path, artifact)| match &artifact.content {
        Content::Deferred(recipe) if !stands(path, artifact.key) => Some((artifact.key, &**recipe)),
        _ => None,
    });
    let mut sources: BTreeMap<(&SourcePath, Key), Vec<(Key, Variant)>> = BTreeMap::new();
    for (key, Recipe { source, content, make }) in wanted.filter(|(key, _)| !blobs.has_picture(*key)) {
        sources.entry((source, *content)).or_default().push((key, *make));
    }
    let (total, count) = (sources.len(), AtomicUsize::new(0));
    let faults = sources.into_par_iter().filter_map(|((source, content), wanted)| {
        let (keys, makes): (Vec<Key>, Vec<Variant>) = wanted.into_iter().unzip();
        let made = photo::make(source, content, &makes, blobs);
        for (key, picture) in keys.iter().zip(&made.pictures) {
            if let Some(picture) = picture {
                blobs.keep_picture(*key, picture);
            }
        }
        done(count.fetch_add(1, Ordering::Relaxed) + 1, total);
        made.fault.map(|fault| Diagnostic::of_file(source, fault))
    });
    locate(faults.collect(), |_| None)
}
