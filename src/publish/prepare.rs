//! What publishing does not need the new site for, done while that is built.
//!
//! **Invariant:** what the folder looked like is used for the one publication
//! after it, and never outlives the build that it was looked at beside.

use std::sync::PoisonError;

use super::folder::Folder;
use super::hooks::step;
use super::manifest::{self, Manifest};
use super::place::Store;
use super::standby::Standby;
use super::{Hooks, Place, Publisher, Result, Step, way};
use crate::disk;

/// What was done before there was anything to publish.
#[derive(Debug, Default)]
pub(super) struct Ready {
    /// The site's folder, looked at during this very build.
    pub(super) live: Option<Folder>,
    /// The beginning of the next tree.
    pub(super) standby: Option<Standby>,
    /// The site's manifest as it is kept of a former release.
    pub(super) packed: Option<Vec<u8>>,
}

impl Ready {
    /// Does what is not done yet, and looks at the folder (again). `is_wanted`
    /// says whether the next release will be a tree of its own.
    pub(super) fn make(
        &mut self,
        place: &Place,
        store: &Store,
        site: &Manifest,
        is_wanted: impl FnOnce() -> Result<bool>,
        hooks: &dyn Hooks,
    ) -> Result<()> {
        self.live = None;
        step(hooks, Step::Look, &place.output)?;
        let live = Folder::look(&place.output, site)?;
        if self.standby.is_none() && !site.damaged && is_wanted()? {
            self.standby = Some(Standby::make(place, store, &live, hooks)?);
        }
        if self.packed.is_none() {
            self.packed = manifest::packed(&store.manifest());
        }
        self.live = Some(live);
        Ok(())
    }
}

impl Publisher<'_> {
    /// Does beforehand what publishing does not need the new site for, while
    /// that is built: looks at the folder, and gives each file of the site a
    /// second name in the tree that the next release begins as. `in_place` says
    /// that there will be none. What was done holds for the next publication.
    ///
    /// # Errors
    /// What the system said; publishing then meets it again.
    pub fn prepare(&self, in_place: bool) -> Result<()> {
        let Some(manifest) = &self.manifest else { return Ok(()) };
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        let is_wanted = || way::makes_a_tree(&self.place, &self.store, in_place, self.hooks);
        ready.make(&self.place, &self.store, manifest, is_wanted, self.hooks)
    }

    /// The site's folder as it was looked at for the next publication: by
    /// [`Self::prepare`], else now.
    pub(super) fn looked_at(&mut self) -> Result<&Folder> {
        let ready = self.ready.get_mut().unwrap_or_else(PoisonError::into_inner);
        if ready.live.is_none() {
            step(self.hooks, Step::Look, &self.place.output)?;
            let none = Manifest::default();
            ready.live = Some(Folder::look(&self.place.output, self.manifest.as_ref().unwrap_or(&none))?);
        }
        Ok(ready.live.get_or_insert_default())
    }

    /// Removes what was prepared, where nothing will be published.
    pub(super) fn give_up_prepared(&mut self) {
        *self.ready.get_mut().unwrap_or_else(PoisonError::into_inner) = Ready::default();
        // What can't be removed, the next run makes its own.
        let _ = disk::remove_tree(&self.store.spare());
    }

    /// As [`Self::prepare`], when it is not known how soon the next site will be built: what
    /// the folder looks like now says nothing of then.
    ///
    /// # Errors
    /// As [`Self::prepare`].
    pub fn prepare_for_later(&self, in_place: bool) -> Result<()> {
        let prepared = self.prepare(in_place);
        self.ready.lock().unwrap_or_else(PoisonError::into_inner).live = None;
        prepared
    }
}
