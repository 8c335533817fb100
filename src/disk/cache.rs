//! What was dear to make, kept by key: `.cache/photos/` has pictures,
//! `.cache/kept/` what was found out about files.
//!
//! An entry is a file named after its key: the hash of what it holds, then
//! that. A power failure, a full disk or a curious hand may spoil one; then it
//! is not what it says, and is made again. Losing entries costs time and
//! nothing else, so whatever can't be read or written is passed over in
//! silence.
//!
//! **Invariant:** entries come whole, under their names, in one step, so any
//! number of builds may use one folder, and any of them may be killed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::hashes::tag;
use super::{CACHE, create_folders, create_new, read, rename};
use crate::memo::Key;

/// The entries of one project.
#[derive(Debug)]
pub(super) struct Cache {
    root: PathBuf,
    folder: PathBuf,
    /// Entries that were wanted in this run.
    used: Mutex<BTreeSet<Key>>,
}

/// Entries that no build wanted for so long are removed: 30 days.
const UNUSED: Duration = Duration::from_hours(30 * 24);

/// How often entries are looked through.
const DAY: Duration = Duration::from_hours(24);

/// What stands in the name of an entry that is not whole yet.
const UNFINISHED: char = '~';

impl Cache {
    /// The one called `name` of the project at `root`.
    pub(super) fn new(root: &Path, name: &str) -> Self {
        let folder = root.join(CACHE).join(name);
        Self { root: root.to_owned(), folder, used: Mutex::default() }
    }

    /// What is kept under `key`.
    pub(super) fn get(&self, key: Key) -> Option<Vec<u8>> {
        self.use_now(key);
        let mut bytes = read(&self.path(key)).ok()?;
        let hash = *bytes.first_chunk::<16>()?;
        bytes.drain(..16);
        (*Key::hash(&bytes).as_bytes() == hash).then_some(bytes)
    }

    /// Whether something is kept under `key`, which is not read.
    pub(super) fn has(&self, key: Key) -> bool {
        self.use_now(key);
        super::stamp(&self.path(key)).is_some_and(|stamp| stamp.len > 16)
    }

    /// Keeps `bytes` under `key`.
    pub(super) fn put(&self, key: Key, bytes: &[u8]) {
        self.use_now(key);
        let path = self.path(key);
        let mut salt = [0; 8];
        if getrandom::fill(&mut salt).is_err() {
            return;
        }
        // Nobody else writes under this name, and what a killed run left is
        // found by the sign in it.
        let unfinished = super::append_name(&path, &format!("{UNFINISHED}{:016x}", u64::from_ne_bytes(salt)));
        let entry = [Key::hash(bytes).as_bytes(), bytes].concat();
        let folder = path.parent().unwrap_or(&self.folder);
        let written = create_folders(folder).and_then(|()| create_new(&unfinished, &entry));
        let kept = written.and_then(|_| rename(&unfinished, &path));
        if kept.is_err() {
            let _ = super::remove_file(&unfinished);
        }
        tag(&self.root);
    }

    /// Removes what was not used for long, once a day. `used` are in use,
    /// besides those that were wanted in this run.
    pub(super) fn sweep(&self, now: SystemTime, used: impl Iterator<Item = Key>) {
        let swept = self.folder.join("swept");
        let age = |path: &Path| {
            fs::metadata(path)
                .and_then(|meta| meta.modified())
                .ok()
                .and_then(|at| now.duration_since(at).ok())
        };
        if age(&swept).is_some_and(|age| age < DAY) || !super::is_folder(&self.folder) {
            return;
        }
        let mut wanted = std::mem::take(&mut *self.used.lock().unwrap_or_else(PoisonError::into_inner));
        wanted.extend(used);
        let names: BTreeSet<String> = wanted.iter().map(Key::to_string).collect();
        for entry in super::list(&self.folder).unwrap_or_default() {
            let path = self.folder.join(&entry.path);
            let name = entry.path.file_name().unwrap_or_default().to_string_lossy();
            if entry.kind == super::EntryKind::Folder || path == swept {
                continue;
            }
            let limit = if name.contains(UNFINISHED) { DAY } else { UNUSED };
            if names.contains(name.as_ref()) {
                // Its time begins anew. A file opened for reading is enough.
                let _ = File::open(&path).and_then(|file| file.set_modified(now));
            } else if age(&path).is_some_and(|age| age > limit) {
                let _ = super::remove_file(&path);
            }
        }
        let _ = super::replace(&swept, b"");
        let _ = File::open(&swept).and_then(|file| file.set_modified(now));
    }

    fn use_now(&self, key: Key) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
    }

    /// Spread over 256 folders, as some file systems like it.
    fn path(&self, key: Key) -> PathBuf {
        self.folder.join(key.short(2)).join(key.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path(), "photos");
        (folder, cache)
    }

    #[test]
    fn what_is_kept_comes_back() {
        let (folder, cache) = cache();
        let key = Key::hash(b"k");
        assert_eq!(cache.get(key), None);
        cache.put(key, b"picture");
        assert_eq!(cache.get(key).as_deref(), Some(b"picture".as_slice()));
        assert!(Cache::new(folder.path(), "photos").has(key));
        assert!(folder.path().join(".cache/CACHEDIR.TAG").exists());
    }

    #[test]
    fn a_spoiled_entry_is_none() {
        let (_folder, cache) = cache();
        let key = Key::hash(b"k");
        cache.put(key, b"picture");
        let whole = fs::read(cache.path(key)).unwrap();
        for cut in 0..whole.len() {
            fs::write(cache.path(key), &whole[..cut]).unwrap();
            assert_eq!(cache.get(key), None, "{cut} bytes");
        }
        cache.put(key, b"picture");
        assert!(cache.get(key).is_some());
    }

    #[test]
    fn unused_entries_go_after_thirty_days() {
        let (folder, cache) = cache();
        let (old, used) = (Key::hash(b"old"), Key::hash(b"used"));
        cache.put(old, b"1");
        cache.put(used, b"2");
        fs::write(cache.folder.join("left~1"), b"").unwrap();
        let later = |days: u64| SystemTime::now() + Duration::from_hours(days * 24) + Duration::from_mins(1);
        let sweep =
            |days, keys: Vec<Key>| Cache::new(folder.path(), "photos").sweep(later(days), keys.into_iter());
        sweep(0, vec![]);
        assert!(cache.has(old) && cache.has(used));
        sweep(20, vec![used]);
        assert!(cache.has(old) && cache.has(used) && !cache.folder.join("left~1").exists());
        sweep(31, vec![]);
        assert!(!cache.has(old) && cache.has(used));
        sweep(52, vec![]);
        assert!(!cache.has(used));
    }
}
