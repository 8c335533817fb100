//! Finding the input files: names alone, nothing is opened.

use std::ffi::OsStr;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::names::{is_conflict_copy, passed_over};
use crate::path::SourcePath;
use crate::source::{Refusal, Refused};

/// Where input files stand, below the root.
pub(super) const INPUTS: [&str; 4] = ["addresses.yaml", "column.yaml", "content", "themes"];

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Files to be read.
    pub(super) files: Vec<SourcePath>,
    /// Files and folders that must not be used.
    pub(super) refused: Vec<Refused>,
    /// Whether a symbolic link was followed: then a change of one file may
    /// show under another path.
    pub(super) linked: bool,
}

/// Finds the files at or below `start`, a path of the [`INPUTS`] or below one.
///
/// `root` is canonical. Where there is nothing at `start`, nothing is found.
///
/// Symbolic links: one that leads to a file or folder within the same input
/// (`content/`) is followed; links inside a folder so reached may lead to
/// files only, so that no circle and no growth comes of them. All others are
/// refused.
pub(super) fn walk(root: &Path, start: &str) -> Walked {
    let mut walked = Walked::default();
    let top = start.split('/').next().unwrap_or(start);
    let top = root.join(top);
    if std::fs::symlink_metadata(&top).is_err() {
        return walked;
    }
    let area = std::fs::canonicalize(&top);
    let mut walk = Walk { root, area: area.as_deref().unwrap_or(&top), out: &mut walked };
    match &area {
        Err(error) => walk.refuse(&top, broken_link(&top, error)),
        Ok(area) if !area.starts_with(root) => walk.refuse(&top, Refusal::LeavesRoot),
        Ok(_) => walk.at(&root.join(start)),
    }
    walked
}

struct Walk<'w> {
    root: &'w Path,
    /// The canonical path of `column.yaml`, `content` or `themes`.
    area: &'w Path,
    out: &'w mut Walked,
}

impl Walk<'_> {
    /// The file, folder or link at `path`.
    fn at(&mut self, path: &Path) {
        let Ok(meta) = std::fs::symlink_metadata(path) else { return };
        if meta.is_symlink() && path.parent() != Some(self.root) {
            self.link(path, false);
        } else if path.is_dir() {
            self.folder(path, false);
        } else {
            self.file(path, path.is_file());
        }
    }

    fn folder(&mut self, folder: &Path, linked: bool) {
        let below_static = |path: &Path| path.starts_with(self.root.join("content/static"));
        let wanted = |entry: &DirEntry| {
            entry.depth() == 0
                || !passed_over(&entry.file_name().to_string_lossy(), below_static(entry.path()))
        };
        let entries: Vec<_> = WalkDir::new(folder).min_depth(1).into_iter().filter_entry(wanted).collect();
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.file_type().is_symlink() => self.link(entry.path(), linked),
                Ok(entry) => self.file(entry.path(), entry.file_type().is_file()),
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let words = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    self.refuse(&path, Refusal::Unreadable(words));
                }
            }
        }
    }

    fn file(&mut self, path: &Path, regular: bool) {
        let name = path.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
        if is_conflict_copy(&name) {
            return self.refuse(path, Refusal::ConflictCopy);
        }
        if !regular && is_socket(path) {
            return;
        }
        match self.spell(path) {
            Some((source, true)) if regular => self.out.files.push(source),
            // Opening a pipe would wait for ever.
            _ => self.refuse(path, Refusal::NotRegular),
        }
    }

    fn link(&mut self, path: &Path, linked: bool) {
        let target = match std::fs::canonicalize(path) {
            Ok(target) => target,
            Err(error) => return self.refuse(path, broken_link(path, &error)),
        };
        if !self.may_be_read(&target) {
            return self.refuse(path, self.leaves(&target));
        }
        self.out.linked = true;
        if !target.is_dir() {
            return self.file(path, target.is_file());
        }
        let circle =
            path.parent().and_then(|p| std::fs::canonicalize(p).ok()).is_some_and(|p| p.starts_with(&target));
        if circle || linked {
            return self.refuse(path, Refusal::NestedLink);
        }
        self.folder(path, true);
    }

    /// Whether a link may lead to `target`: within the same input, and to
    /// nothing that is passed over there.
    fn may_be_read(&self, target: &Path) -> bool {
        target.strip_prefix(self.area).is_ok_and(|below| {
            let hidden = |part: &OsStr| passed_over(&part.to_string_lossy(), below.starts_with("static"));
            !below.iter().any(hidden)
        })
    }

    /// Why a link may not lead to `target`.
    fn leaves(&self, target: &Path) -> Refusal {
        match target.strip_prefix(self.root) {
            Ok(below) if below.as_os_str().is_empty() => Refusal::LeavesInput(".".to_owned()),
            Ok(below) => Refusal::LeavesInput(slashed(below)),
            Err(_) => Refusal::LeavesRoot,
        }
    }

    fn refuse(&mut self, path: &Path, why: Refusal) {
        let Some((path, unicode)) = self.spell(path) else { return };
        let why = if unicode { why } else { Refusal::NameNotUnicode };
        self.out.refused.push(Refused { path, why });
    }

    /// `path` relative to the root, with `/`, and whether its name is Unicode;
    /// `None` for the root itself.
    fn spell(&self, path: &Path) -> Option<(SourcePath, bool)> {
        let below = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
        Some((SourcePath::new(&parts.join("/"))?, below.to_str().is_some()))
    }
}

/// Whether a process listens at `path`: nobody means to publish that.
#[cfg(unix)]
fn is_socket(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    std::fs::metadata(path).is_ok_and(|meta| meta.file_type().is_socket())
}

/// Elsewhere they are no files.
#[cfg(not(unix))]
fn is_socket(_: &Path) -> bool {
    false
}

/// Why the link at `path` can't be followed.
fn broken_link(path: &Path, error: &std::io::Error) -> Refusal {
    let target = std::fs::read_link(path).map(|target| slashed(&target)).unwrap_or_default();
    match error.kind() {
        std::io::ErrorKind::NotFound => Refusal::DanglingLink(target),
        // ELOOP; `ErrorKind::FilesystemLoop` is not stable yet.
        _ if cfg!(target_os = "linux") && error.raw_os_error() == Some(40) => Refusal::NestedLink,
        _ => Refusal::Unreadable(error.to_string()),
    }
}

/// A path as people write it, with `/`.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
