//! Pictures made of sources: kept ones from the cache, others made now.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;
use resvg::usvg::fontdb;

use super::Files;
use crate::diagnostic::Lang;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::photo::{self, DrawingFault, Fonts, Recipe, Variant};
use crate::source::Blobs as _;

impl Files {
    /// What `recipe` gives.
    ///
    /// # Errors
    /// What the system said of the source; `InvalidData` where it is no longer
    /// what it was, or can't be unpacked.
    pub fn picture(&self, recipe: &Recipe) -> io::Result<Vec<u8>> {
        if let Some(bytes) = self.cache.get(recipe.key()) {
            return Ok(bytes);
        }
        let made = self.encode(recipe, &[recipe.make])?;
        let made = made.into_iter().next().unwrap_or_default();
        self.cache.put(recipe.key(), &made);
        Ok(made)
    }

    /// Makes those of the pictures that are not kept, each source unpacked
    /// once; calls `done` after each source with how many are done and how
    /// many there are.
    ///
    /// # Errors
    /// As [`Files::picture`].
    pub fn make_pictures<'r>(
        &self,
        recipes: impl Iterator<Item = &'r Recipe>,
        done: &(dyn Fn(usize, usize) + Sync),
    ) -> io::Result<()> {
        let mut sources: BTreeMap<Key, Vec<(Key, &Recipe)>> = BTreeMap::new();
        for recipe in recipes {
            let key = recipe.key();
            if !self.cache.has(key) {
                sources.entry(recipe.content).or_default().push((key, recipe));
            }
        }
        let (total, count) = (sources.len(), AtomicUsize::new(0));
        sources.into_par_iter().try_for_each(|(_, wanted)| {
            let Some((_, first)) = wanted.first() else { return Ok(()) };
            let makes: Vec<Variant> = wanted.iter().map(|(_, recipe)| recipe.make).collect();
            for ((key, _), bytes) in wanted.iter().zip(self.encode(first, &makes)?) {
                self.cache.put(*key, &bytes);
            }
            done(count.fetch_add(1, Ordering::Relaxed) + 1, total);
            Ok(())
        })
    }

    /// Removes from the cache what was not wanted for 30 days; pictures of
    /// `recipes` are.
    pub fn forget_old_pictures<'r>(&self, now: SystemTime, recipes: impl Iterator<Item = &'r Recipe>) {
        self.cache.sweep(now, recipes.map(Recipe::key));
        self.kept.sweep(now, std::iter::empty());
    }

    fn encode(&self, recipe: &Recipe, makes: &[Variant]) -> io::Result<Vec<Vec<u8>>> {
        let wrong =
            |what: &str| io::Error::new(ErrorKind::InvalidData, format!("`{}` {what}", recipe.source));
        let bytes = self.read(&recipe.source)?;
        if Key::hash(&bytes) != recipe.content {
            return Err(wrong("changed during the build"));
        }
        let made = if photo::needs_pixels(makes) && photo::is_drawing(&bytes) {
            let missing =
                |fault| io::Error::new(ErrorKind::InvalidData, Undrawable(recipe.source.clone(), fault));
            photo::encode_drawing(&bytes, makes, self.fonts()).map_err(missing)?
        } else {
            photo::encode(&bytes, makes)
        };
        let made = made.into_iter().collect::<Option<Vec<_>>>();
        made.ok_or_else(|| wrong("can't be unpacked"))
    }

    /// The fonts that are installed here, looked for when the first drawing wants
    /// them.
    fn fonts(&self) -> &Fonts {
        self.fonts.get_or_init(|| {
            let mut database = fontdb::Database::new();
            database.load_system_fonts();
            Fonts::new(database)
        })
    }
}

/// A drawing that can't be drawn on this computer.
#[derive(Debug)]
pub(super) struct Undrawable(SourcePath, DrawingFault);

impl Undrawable {
    /// The words for it.
    pub(super) fn reason(&self, lang: Lang) -> String {
        let Self(source, fault) = self;
        let what = match (lang, fault) {
            (Lang::En, _) => return self.to_string(),
            (Lang::Zh, DrawingFault::NoFont) => "里有文字，这台电脑一种字体也没有；装上中文字体，".to_owned(),
            (Lang::Zh, DrawingFault::NoGlyph(character)) => {
                format!("里的“{character}”字，这台电脑没有字体能画出来；装上有这个字的字体，")
            }
            (Lang::Zh, DrawingFault::Filters) => "用了画起来太慢的滤镜；".to_owned(),
        };
        format!("`{source}` {what}或者把图另存为 PNG")
    }
}

impl fmt::Display for Undrawable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(source, fault) = self;
        write!(f, "`{source}`: {fault}, or save the drawing as PNG")
    }
}

impl std::error::Error for Undrawable {}
