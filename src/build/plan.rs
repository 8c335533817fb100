//! The difference between what stands in the output folder and what should.

use std::collections::BTreeMap;

use super::{Artifact, Output};
use crate::memo::Key;
use crate::path::{Along, OutputPath};

/// What an output folder is known to hold: the manifest's part that plans need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By path.
    pub files: BTreeMap<OutputPath, Recorded>,
}

/// One file that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The key of its artifact.
    pub key: Key,
}

/// What has to be done to a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan<'o> {
    /// New or different files.
    pub write: Vec<(&'o OutputPath, &'o Artifact)>,
    /// Files that are there and right.
    pub keep: Vec<&'o OutputPath>,
    /// Files that are there and should not be.
    pub remove: Vec<OutputPath>,
}

/// Compares by keys; nothing is read.
pub fn plan<'o>(before: &Manifest, output: &'o Output) -> Plan<'o> {
    let mut plan = Plan::default();
    let mut recorded = Along::new(&before.files);
    for (path, artifact) in &output.files {
        match recorded.get(path) {
            Some(recorded) if recorded.key == artifact.key => plan.keep.push(path),
            _ => plan.write.push((path, artifact)),
        }
    }
    let mut wanted = Along::new(&output.files);
    plan.remove = before.files.keys().filter(|path| wanted.get(path).is_none()).cloned().collect();
    plan
}
