//! The remembered hashes of input files: `.cache/hashes`.
//!
//! A text file of one line a file: key, length, modified, changed, inode, path.
//! Losing it costs time and nothing else, so whatever can't be read or written
//! is passed over in silence.
//!
//! **Invariant:** a hash is remembered only where the file was last touched
//! well before the scan began; one written while we look, or within the clock's
//! grain, is read again next time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Bound;
use std::path::Path;

use super::{CACHE, Stamp, create_folders, read, replace, stamp};
use crate::memo::Key;
use crate::path::SourcePath;

/// What is known of files, each at its stamp.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hashes(BTreeMap<SourcePath, (Stamp, Key)>);

/// How long a file must have been left alone for its stamp to be trusted, in
/// nanoseconds: 2 s, the grain of FAT's clock and more than file servers' clocks
/// jump in a moment.
const SETTLED: i64 = 2_000_000_000;

const FIRST_LINE: &str = "zhuanlan hashes 1";

/// What is told to backup programs (<https://bford.info/cachedir/>).
const CACHEDIR_TAG: &[u8] =
    b"Signature: 8a477f597d28d172789f06886806bc55\n# zhuanlan keeps here what it can make again.\n";

/// Sees to it that the project's cache is there, and marked as one.
pub(super) fn tag(root: &Path) {
    let cache = root.join(CACHE);
    let tag = cache.join("CACHEDIR.TAG");
    if stamp(&tag).is_none_or(|stamp| stamp.len != CACHEDIR_TAG.len() as u64) {
        let _ = create_folders(&cache).and_then(|()| replace(&tag, CACHEDIR_TAG));
    }
}

impl Hashes {
    /// Those of the project at `root`; none where there are none.
    pub(super) fn load(root: &Path) -> Self {
        let bytes = read(&root.join(CACHE).join("hashes")).unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_default();
        let mut lines = text.lines();
        if lines.next() != Some(FIRST_LINE) {
            return Self::default();
        }
        Self(lines.filter_map(entry).collect())
    }

    /// Writes them for the project at `root`.
    pub(super) fn save(&self, root: &Path) {
        let mut text = format!("{FIRST_LINE}\n");
        // A line end in a file's name would forge a line.
        for (path, (stamp, key)) in self.0.iter().filter(|(path, _)| !path.as_str().contains('\n')) {
            let Stamp { len, modified, changed, inode } = stamp;
            // Writing to a string can't fail.
            let _ = writeln!(text, "{key} {len} {modified} {changed} {inode} {path}");
        }
        tag(root);
        let _ = replace(&root.join(CACHE).join("hashes"), text.as_bytes());
    }

    /// The hash of the file at `path`, if it still is as it was.
    pub(super) fn get(&self, path: &SourcePath, stamp: &Stamp) -> Option<Key> {
        self.0.get(path).filter(|(known, _)| known == stamp).map(|(_, key)| *key)
    }

    /// Remembers a hash found by a scan that began at `began`, if it may be
    /// trusted.
    pub(super) fn insert(&mut self, path: &SourcePath, stamp: Stamp, key: Key, began: i64) {
        if stamp.youngest() < began.saturating_sub(SETTLED) {
            self.0.insert(path.clone(), (stamp, key));
        }
    }

    /// Those of the file at `path`, or of the files below it.
    pub(super) fn at_or_below(&self, path: &str) -> Self {
        let from = (Bound::Included(path), Bound::Unbounded);
        // `a.md` sorts between `a` and `a/b`, so what is below does not follow at once.
        let near = self.0.range::<str, _>(from).take_while(|(known, _)| known.as_str().starts_with(path));
        let mine = near.filter(|(known, _)| known.is_at_or_below(path));
        Self(mine.map(|(path, known)| (path.clone(), *known)).collect())
    }

    /// Adds what another scan found.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Forgets the file at `path`, or the files below it.
    pub(super) fn forget(&mut self, path: &str) {
        self.0.retain(|known, _| !known.is_at_or_below(path));
    }
}

fn entry(line: &str) -> Option<(SourcePath, (Stamp, Key))> {
    let mut fields = line.splitn(6, ' ');
    let key = Key::from_hex(fields.next()?)?;
    let stamp = Stamp {
        len: fields.next()?.parse().ok()?,
        modified: fields.next()?.parse().ok()?,
        changed: fields.next()?.parse().ok()?,
        inode: fields.next()?.parse().ok()?,
    };
    Some((SourcePath::new(fields.next()?)?, (stamp, key)))
}
