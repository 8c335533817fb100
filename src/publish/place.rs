//! Where a site is published, and what lies beside it.

use std::path::{Path, PathBuf};

use super::{Error, Result};
use crate::disk::{self, resolve};

/// The folder of the site and its companions.
///
/// For `…/output` they are `.output.standby/`, `.output.old/` (for a moment),
/// `.output.manifest` and `.output.lock`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder that readers see; absolute, links resolved, so that a link
    /// to it stays one.
    pub output: PathBuf,
    pub(super) standby: PathBuf,
    pub(super) old: PathBuf,
    pub(super) manifest: PathBuf,
    pub(super) lock: PathBuf,
}

impl Place {
    /// That of the folder `output`, which need not exist, for the sources in
    /// the folder `root`.
    ///
    /// # Errors
    /// Where a site there would hold the sources, or be taken for sources.
    pub fn new(output: &Path, root: &Path) -> Result<Self> {
        let output = resolve(output)?;
        let root = resolve(root)?;
        let among_sources = ["content", "themes"].iter().any(|input| output.starts_with(root.join(input)));
        if root.starts_with(&output) || among_sources || output.file_name().is_none() {
            return Err(Error::AmongSources { output });
        }
        if disk::stamp(&output).is_some() {
            return Err(Error::NotAFolder { output });
        }
        let name = output.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = |what: &str| output.with_file_name(format!(".{name}.{what}"));
        Ok(Self {
            standby: beside("standby"),
            old: beside("old"),
            manifest: beside("manifest"),
            lock: beside("lock"),
            output,
        })
    }

    /// The folder that all of it is in.
    pub(super) fn parent(&self) -> PathBuf {
        self.output.parent().unwrap_or(Path::new(".")).to_owned()
    }
}
