//! Output files made from files of the input.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::change::new_file;
use super::error::SourceTrouble;
use super::{Act, Error, Files, Result, Stamp, create_new};
use crate::material;
use crate::path::SourcePath;
use crate::photo::Recipe;

/// Creates the file at `path`, where there must be none, with the bytes of the
/// input file `source`, which must be `len` long: a file that changed while the
/// site was built is not published half.
///
/// # Errors
/// What the system said; `InvalidData` where the length differs.
pub fn copy_new(files: &Files, source: &SourcePath, len: u64, path: &Path) -> Result<Stamp> {
    let copy = || {
        let mut from = files.open(source)?;
        let mut to = new_file(path)?;
        // On Linux this is one `copy_file_range`, which shares blocks where
        // the file system can.
        if io::copy(&mut from, &mut to)? != len {
            return Err(io::Error::new(ErrorKind::InvalidData, SourceTrouble::Changed(source.clone())));
        }
        to.metadata()
    };
    copy().map(|meta| Stamp::from_metadata(&meta)).map_err(|e| Error::new(Act::Copy, path, e))
}

/// Creates the file at `path`, where there must be none, with the picture that
/// `recipe` gives.
///
/// # Errors
/// What the system said; `InvalidData` where the picture can't be made.
pub fn create_picture(files: &Files, recipe: &Recipe, path: &Path) -> Result<Stamp> {
    let bytes = files.picture(recipe).map_err(|e| Error::new(Act::Copy, path, e))?;
    create_new(path, &bytes)
}

/// Creates the file at `path`, where there must be none, with the cleaned
/// `copy` of the document `source`.
///
/// # Errors
/// What the system said; `InvalidData` where the copy is not what it was
/// announced to be: the document changed while the site was built.
pub fn create_cleaned(
    files: &Files,
    source: &SourcePath,
    copy: &material::Copy,
    path: &Path,
) -> Result<Stamp> {
    let bytes = files.cleaned(source, copy).map_err(|e| Error::new(Act::Copy, path, e))?;
    create_new(path, &bytes)
}
