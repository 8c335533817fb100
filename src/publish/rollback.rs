//! Former releases: which there are, and how to go back to one.

use super::manifest::Manifest;
use super::{Error, Place, Provenance, PublishOptions, Published, Publisher, Release, Result};
use crate::build::{Artifact, Content, Output};
use crate::disk::{self, Files};
use crate::path::{OutputPath, SourcePath};

/// The releases of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The one that readers see.
    pub live: Release,
    /// Those before it, the oldest first.
    pub former: Vec<Release>,
    /// Pages that there were once, and for which none came.
    pub gone: Vec<OutputPath>,
    /// The column's time zone, where it is known.
    pub timezone: Option<String>,
}

/// The releases of the site at `place`; `None` where it has none. The lock
/// need not be held.
pub fn releases(place: &Place) -> Option<Kept> {
    let store = place.found()?;
    let manifest = Manifest::load(&store.manifest())?;
    let timezone = manifest.head.timezone().map(str::to_owned);
    let gone = manifest.head.gone.iter().filter_map(|path| OutputPath::new(path)).collect();
    let mut former = manifest.head.former;
    for release in &mut former {
        release.kept &= disk::is_folder(&store.tree(release.number));
    }
    Some(Kept { live: manifest.head.release?, former, gone, timezone })
}

impl Publisher<'_> {
    /// Makes a former release the site again, as a new release; without a
    /// number, the one before that which is shown.
    ///
    /// # Errors
    /// Where there is no such release, or its files are no longer as they were,
    /// and as [`Publisher::publish`].
    pub fn roll_back(&mut self, number: Option<u64>, how: PublishOptions) -> Result<Published> {
        let (live, former) = match &self.manifest {
            Some(manifest) => (manifest.head.release.clone(), manifest.head.former.clone()),
            None => (None, Vec::new()),
        };
        let there =
            |release: &&Release| release.number > 0 && disk::is_folder(&self.store.tree(release.number));
        let kept: Vec<&Release> = former.iter().filter(there).collect();
        let shown = live.map_or(0, |live| live.again.unwrap_or(live.number));
        let found = match number {
            Some(number) => kept.iter().find(|release| release.number == number),
            None => kept.iter().rev().find(|release| release.number < shown && release.again.is_none()),
        };
        let Some(release) = found else {
            let kept = kept.iter().map(|release| release.number).collect();
            return Err(Error::NoRelease { wanted: number, kept });
        };
        let (number, again) = (release.number, release.again.unwrap_or(release.number));
        let tree = self.store.tree(number);
        let manifest = Manifest::load(&self.store.manifest_of(number));
        let Some(manifest) = manifest.filter(|manifest| !manifest.damaged && manifest.stands_in(&tree))
        else {
            return Err(Error::DamagedRelease(number));
        };
        let sources = manifest.head.sources.clone().unwrap_or_default();
        let files = manifest.site().filter_map(|(path, fact)| {
            let content = Content::Blob(SourcePath::new(path.as_str())?, fact.stamp.len);
            Some((path.clone(), Artifact { key: fact.key, content }))
        });
        let output = Output { files: files.collect(), sources, ..Output::default() };
        let from = Provenance { again: Some(again), received: None };
        self.publish_as(&output, &Files::new(&tree), None, how, from)
    }
}
