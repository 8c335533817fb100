//! Pictures made of sources: kept ones from the cache, others made now.

use std::io::{self, ErrorKind};
use std::time::SystemTime;

use super::Files;
use super::error::SourceTrouble;
use crate::diagnostic::AssetFault;
use crate::photo::{self, Recipe};

impl Files {
    /// What `recipe` gives.
    ///
    /// # Errors
    /// What the system said of the source; `InvalidData` where it is no longer
    /// what it was, or can't be unpacked.
    pub fn picture(&self, recipe: &Recipe) -> io::Result<Vec<u8>> {
        let key = recipe.key();
        if let Some(bytes) = self.cache.get(key) {
            return Ok(bytes);
        }
        let made = photo::make(&recipe.source, recipe.content, &[recipe.make], self);
        let trouble = |trouble| io::Error::new(ErrorKind::InvalidData, trouble);
        match (made.pictures.into_iter().next().flatten(), made.fault) {
            (Some(picture), _) => {
                self.cache.put(key, &picture);
                Ok(picture)
            }
            (None, Some(AssetFault::ChangedMeanwhile)) => {
                Err(trouble(SourceTrouble::Changed(recipe.source.clone())))
            }
            (None, _) => Err(trouble(SourceTrouble::NotMade(recipe.source.clone()))),
        }
    }

    /// Removes from the cache what was not wanted for 30 days; pictures of
    /// `recipes` are.
    pub fn forget_old_pictures<'r>(&self, now: SystemTime, recipes: impl Iterator<Item = &'r Recipe>) {
        self.cache.sweep(now, recipes.map(Recipe::key));
        self.kept.sweep(now, std::iter::empty());
    }
}
