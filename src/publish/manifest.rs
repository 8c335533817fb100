//! What is known of the files of one release, and of the build they came from.
//!
//! A *fact* says: the file at this path with this stamp holds the artifact with
//! this key, and has this SHA-256. A file is trusted only while a fact matches
//! its stamp. The site has a manifest, and each former release that is kept has
//! its own.
//!
//! On disk it is a [`sealed`] text: an object about the release, and one line a
//! fact (`role key length modified inode sha256 path`).
//!
//! **Invariant:** no manifest holds anything but paths that are or were
//! published: no findings, no names of sources.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use jiff::Timestamp;
use rayon::prelude::*;

use super::head::Head;
use super::{Result, sealed};
use crate::build::Former;
use crate::disk::{self, Stamp};
use crate::memo::Key;
use crate::path::OutputPath;
use crate::text::{from_hex, hex_into};

/// What is known of one release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) head: Head,
    /// A name without a fact is ours, but in doubt.
    pub(super) files: BTreeMap<OutputPath, Option<Fact>>,
    /// Whether it could not be read whole. We put all that is in the folder,
    /// but can vouch for none of it.
    pub(super) damaged: bool,
}

/// The file at this path, with this stamp, holds the artifact of this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The key of the artifact.
    pub key: Key,
    /// The file's stamp when it was made.
    pub stamp: Stamp,
    /// Of its bytes.
    pub sha256: [u8; 32],
    /// When it left the site, where it stays only for pages that readers still
    /// have open.
    pub left: Option<Timestamp>,
}

impl Fact {
    pub(super) fn holds_for(&self, stamp: &Stamp) -> bool {
        self.stamp.same_bytes(stamp)
    }
}

impl Manifest {
    /// Of these files.
    pub(super) fn new(site: BTreeMap<OutputPath, Fact>, head: Head) -> Self {
        let files = site.into_iter().map(|(path, fact)| (path, Some(fact))).collect();
        Self { head, files, damaged: false }
    }

    /// The same, knowing also that these names are ours.
    pub(super) fn and_names<'p>(mut self, names: impl IntoIterator<Item = &'p OutputPath>) -> Self {
        for path in names {
            self.files.entry(path.clone()).or_default();
        }
        self
    }

    /// The path itself, if the name is ours, and the fact that holds for a file
    /// there with this stamp.
    pub(super) fn judge(&self, path: &str, stamp: Option<Stamp>) -> Option<(OutputPath, Option<Fact>)> {
        let (path, fact) = self.files.get_key_value(path)?;
        let fact = fact.filter(|fact| stamp.is_some_and(|stamp| fact.holds_for(&stamp)));
        Some((path.clone(), fact))
    }

    /// What is said of the file at `path`.
    pub(super) fn fact(&self, path: &OutputPath) -> Option<&Fact> {
        self.files.get(path)?.as_ref()
    }

    /// The files of the release, without those that stay for open pages alone.
    pub(super) fn site(&self) -> impl Iterator<Item = (&OutputPath, &Fact)> {
        self.facts().filter(|(_, fact)| fact.left.is_none())
    }

    /// All that there is a fact of.
    pub(super) fn facts(&self) -> impl Iterator<Item = (&OutputPath, &Fact)> {
        self.files.iter().filter_map(|(path, fact)| Some((path, fact.as_ref()?)))
    }

    /// The site's pages and sources; `None` where nothing certain is known.
    pub(super) fn former(&self) -> Option<Former> {
        let pages = self.site().map(|(path, _)| path).filter(|path| path.is_page()).cloned().collect();
        (!self.damaged).then(|| Former { sources: self.head.sources.clone(), pages })
    }

    /// All names of ours.
    pub(super) fn names(&self) -> impl Iterator<Item = &OutputPath> {
        self.files.keys()
    }

    /// Whether each file stands in `folder` as it was written.
    pub(super) fn stands_in(&self, folder: &Path) -> bool {
        disk::is_folder(folder)
            && self.files.par_iter().all(|(path, fact)| {
                fact.is_none_or(|fact| {
                    disk::stamp(&folder.join(path.as_str())).is_some_and(|stamp| fact.holds_for(&stamp))
                })
            })
    }

    /// Reads the manifest at `path`; `None` where there is none.
    pub(super) fn load(path: &Path) -> Option<Self> {
        if !disk::exists(path) {
            return None;
        }
        let damaged = || Self { damaged: true, ..Self::default() };
        let bytes = disk::read(path).ok().and_then(unpacked);
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        Some(text.and_then(|text| parse(&text)).unwrap_or_else(damaged))
    }

    /// Writes it to `path`.
    pub(super) fn save(&self, path: &Path) -> Result<()> {
        let files: Vec<(&OutputPath, &Option<Fact>)> = self.files.iter().collect();
        let lines = files.par_chunks(2048).map(|files| {
            let mut lines = String::with_capacity(files.len() * 180);
            for (path, fact) in files {
                line(&mut lines, fact.as_ref(), path);
            }
            lines
        });
        let lines: String = lines.collect::<Vec<_>>().concat();
        disk::replace(path, sealed::write(FORMAT, &self.head, &lines).as_bytes())?;
        Ok(())
    }
}

const FORMAT: &str = "zhuanlan manifest 2";

/// The manifest at `path` as it is kept of a former release: packed, since it
/// is read seldom and would be most of what the release costs. `None` where it
/// can't be read.
pub(super) fn packed(path: &Path) -> Option<Vec<u8>> {
    // Half of it are hashes, which no level packs; 1 is as good and the fastest.
    zstd::bulk::compress(&disk::read(path).ok()?, 1).ok()
}

/// Copies the manifest at `from` to `to`, packed; `ready` is what [`packed`]
/// gave. Where a full disk has no room for it, `to` is a second name of `from`.
///
/// # Errors
/// What the system said.
pub(super) fn put_away(from: &Path, ready: Option<&[u8]>, to: &Path) -> Result<()> {
    let made = if ready.is_none() { packed(from) } else { None };
    if ready.or(made.as_deref()).is_some_and(|packed| disk::replace(to, packed).is_ok()) {
        return Ok(());
    }
    disk::remove_file(&disk::beside(to))?;
    disk::remove_file(to)?;
    disk::link(from, to)?;
    Ok(())
}

/// What a frame of Zstandard begins with (RFC 8878, 3.1.1).
const PACKED: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The longest manifest that is read, in bytes: about five million files.
const LONGEST: usize = 1 << 30;

/// The bytes of a manifest, which may be packed; `None` where they are damaged.
fn unpacked(bytes: Vec<u8>) -> Option<Vec<u8>> {
    if !bytes.starts_with(&PACKED) {
        return Some(bytes);
    }
    let size = zstd::zstd_safe::get_frame_content_size(&bytes).ok()??;
    zstd::bulk::decompress(&bytes, usize::try_from(size).ok()?.min(LONGEST)).ok()
}

/// Writes one fact; writing to a string can't fail.
fn line(text: &mut String, fact: Option<&Fact>, path: &OutputPath) {
    let Some(Fact { key, stamp: Stamp { len, modified, inode, .. }, sha256, left }) = fact else {
        let _ = writeln!(text, "n - - - - - {path}");
        return;
    };
    match left {
        None => text.push('s'),
        Some(left) => drop(write!(text, "k{}", left.as_second())),
    }
    text.push(' ');
    hex_into(text, key.as_bytes());
    let _ = write!(text, " {len} {modified} {inode} ");
    hex_into(text, sha256);
    let _ = writeln!(text, " {path}");
}

/// Reads what [`Manifest::save`] wrote; `None` where it is not whole.
fn parse(text: &str) -> Option<Manifest> {
    let (head, lines) = sealed::read(FORMAT, text)?;
    let files = lines.map(entry).collect::<Option<BTreeMap<_, _>>>()?;
    Some(Manifest { head, files, damaged: false })
}

fn entry(line: &str) -> Option<(OutputPath, Option<Fact>)> {
    let mut fields = line.split(' ');
    let mut next = || fields.next();
    let (role, key, len) = (next()?, next()?, next()?);
    let [modified, inode, sha256, path] = [next()?, next()?, next()?, next()?];
    let path = OutputPath::former(path)?;
    if role == "n" {
        return Some((path, None));
    }
    let left = match role.strip_prefix('k') {
        Some(second) => Some(Timestamp::from_second(second.parse().ok()?).ok()?),
        None => None,
    };
    let stamp = Stamp {
        len: len.parse().ok()?,
        modified: modified.parse().ok()?,
        changed: 0,
        inode: inode.parse().ok()?,
    };
    let fact = Fact { key: Key::from_hex(key)?, stamp, sha256: from_hex(sha256)?, left };
    Some((path, Some(fact)))
}
