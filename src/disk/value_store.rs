//! Values that outlive the process: `.cache/memory/`.
//!
//! ```text
//! .cache/memory/index            what there is, and where
//! .cache/memory/<16 digits>.pack values, one after the other
//!
//! index = "zhuanlan memory 1 <program>\n" table hash
//! table = postcard of the clock, the packs' names and lengths, and the entries,
//!         sorted by stage and key: pack, offset, length, the clock when it was
//!         last used, the hash of the value
//! hash  = BLAKE3 of all before it, cut to 16 bytes
//! ```
//!
//! A build that made new values writes them as one more pack, while it makes
//! them, and at last an index that names it; a pack that is named is never
//! changed. Where packs are many,
//! or half of what they hold is used no more, one new pack takes their place.
//! So an edit writes what is new, and a killed process leaves the old index or
//! the new one. Of two builds at once the one that writes its index last wins.
//!
//! **Bounds.** Values that the last [`STAYS`] builds did not use go, so there is
//! as much as these builds had together, and at most as much again until packs
//! are merged.
//!
//! **Invariant:** a value is given out only if its bytes have the hash that the
//! index says, under an index that is whole and of this very program. Anything
//! else is nothing, and is made again; what can't be written is not kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use zstd::bulk::{Compressor, Decompressor};

use super::hashes::tag;
use super::value_pack::{Pack, Placed, path as pack_path};
use super::{CACHE, append_name, create_new, read, remove_file, rename};
use crate::memo::{Key, Store, ValueKind};

/// A value that so many builds that stored something did not use is forgotten.
const STAYS: u32 = 4;

/// So many packs are merged into one.
const MOST_PACKS: usize = 8;

/// A pack that no index names is of a build that runs, or that was killed: so
/// old it is no longer the former.
const DAY: Duration = Duration::from_hours(24);

/// The values of one project, as one program made them.
#[derive(Debug)]
pub struct ValueStore {
    root: PathBuf,
    folder: PathBuf,
    first_line: String,
    table: Table,
    /// The packs' files, where they could be opened.
    files: Vec<Option<File>>,
    /// By entry: whether this run asked for it.
    used: Vec<AtomicBool>,
    /// What this run made, and where it lies.
    fresh: Mutex<Fresh>,
}

/// What one run made.
#[derive(Debug)]
struct Fresh {
    entries: BTreeMap<(u8, Key), Placed>,
    pack: Pack,
}

/// What the index says.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Table {
    /// Counts the builds that stored something.
    clock: u32,
    /// Names and lengths.
    packs: Vec<(u64, u64)>,
    /// Sorted by stage and key.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Entry {
    stage: u8,
    key: Key,
    pack: u32,
    offset: u64,
    len: u32,
    used: u32,
    hash: Key,
}

impl Store for ValueStore {
    fn get(&self, stage: ValueKind, key: Key) -> Option<Vec<u8>> {
        let at = self.place(stage, key)?;
        let value = self.value(self.table.entries.get(at)?)?;
        self.used.get(at)?.store(true, Ordering::Relaxed);
        if is_packed(stage) { unpacked(&value) } else { Some(value) }
    }

    fn touch(&self, stage: ValueKind, key: Key) {
        if let Some(used) = self.place(stage, key).and_then(|at| self.used.get(at)) {
            used.store(true, Ordering::Relaxed);
        }
    }

    fn put(&self, stage: ValueKind, key: Key, value: Vec<u8>) {
        let packed = if is_packed(stage) { packed(&value) } else { Some(value) };
        let Some(value) = packed else { return };
        let hash = Key::hash(&value);
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(placed) = fresh.pack.add(&value, hash) {
            fresh.entries.insert((stage as u8, key), placed);
        }
    }
}

impl ValueStore {
    /// Those of the project at `root`, made by `program`; none where there are
    /// none, or another program made them.
    pub fn open(root: &Path, program: &str) -> Self {
        let folder = root.join(CACHE).join("memory");
        let first_line = format!("zhuanlan memory 1 {program}\n");
        let table = load(&folder.join("index"), &first_line).unwrap_or_default();
        let files = table.packs.iter().map(|(name, _)| File::open(pack_path(&folder, *name)).ok()).collect();
        let used = table.entries.iter().map(|_| AtomicBool::new(false)).collect();
        let fresh = Mutex::new(Fresh { entries: BTreeMap::new(), pack: Pack::new(&folder) });
        Self { root: root.to_owned(), folder, first_line, table, files, used, fresh }
    }

    /// None, whatever there is: this run's take their place.
    pub fn empty(root: &Path, program: &str) -> Self {
        let mut store = Self::open(root, program);
        store.used.clear();
        store.table.entries.clear();
        store
    }

    /// Whether it holds nothing of an earlier run.
    pub fn is_empty(&self) -> bool {
        self.table.entries.is_empty()
    }

    /// Writes what this run made, and forgets what was not used for long.
    pub fn save(&self) {
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        let Fresh { entries: made, pack } = &mut *fresh;
        let made = std::mem::take(made);
        if made.is_empty() {
            return;
        }
        tag(&self.root);
        let clock = self.table.clock.wrapping_add(1);
        let mut next = Next { clock, packs: self.table.packs.clone(), entries: self.staying(clock, &made) };
        if self.is_to_be_merged(&next.entries) {
            self.merge(&mut next, pack);
        }
        for ((stage, key), placed) in made {
            next.add((stage, key), placed, clock);
        }
        if self.write(next, pack).is_some() {
            self.sweep();
        }
    }

    fn place(&self, stage: ValueKind, key: Key) -> Option<usize> {
        let wanted = (stage as u8, key);
        self.table.entries.binary_search_by_key(&wanted, |entry| (entry.stage, entry.key)).ok()
    }

    /// The value of `entry`, if it is what it was.
    fn value(&self, entry: &Entry) -> Option<Vec<u8>> {
        let pack = usize::try_from(entry.pack).ok()?;
        let (_, len) = self.table.packs.get(pack)?;
        let end = entry.offset.checked_add(u64::from(entry.len))?;
        let mut value = vec![0; usize::try_from(entry.len).ok().filter(|_| end <= *len)?];
        read_at(self.files.get(pack)?.as_ref()?, &mut value, entry.offset).ok()?;
        (Key::hash(&value) == entry.hash).then_some(value)
    }

    /// Entries that were used of late, but for those that are made anew.
    fn staying(&self, clock: u32, fresh: &BTreeMap<(u8, Key), Placed>) -> Vec<Entry> {
        let entry = |(entry, used): (&Entry, &AtomicBool)| {
            let used = if used.load(Ordering::Relaxed) { clock } else { entry.used };
            let stays = clock.wrapping_sub(used) < STAYS && !fresh.contains_key(&(entry.stage, entry.key));
            stays.then_some(Entry { used, ..*entry })
        };
        self.table.entries.iter().zip(&self.used).filter_map(entry).collect()
    }

    fn is_to_be_merged(&self, staying: &[Entry]) -> bool {
        let there: u64 = self.table.packs.iter().map(|(_, len)| *len).sum();
        let live: u64 = staying.iter().map(|entry| u64::from(entry.len)).sum();
        self.table.packs.len() >= MOST_PACKS || live < there / 2
    }

    /// Takes what stays into the new pack.
    fn merge(&self, next: &mut Next, pack: &mut Pack) {
        next.packs.clear();
        for entry in std::mem::take(&mut next.entries) {
            let placed = self.value(&entry).and_then(|value| pack.add(&value, entry.hash));
            if let Some(placed) = placed {
                next.add((entry.stage, entry.key), placed, entry.used);
            }
        }
    }

    fn write(&self, mut next: Next, pack: &mut Pack) -> Option<()> {
        let (name, len) = pack.finish()?;
        next.packs.push((name, len));
        next.entries.sort_unstable_by_key(|entry| (entry.stage, entry.key));
        let table = Table { clock: next.clock, packs: next.packs, entries: next.entries };
        let mut bytes = self.first_line.clone().into_bytes();
        bytes.extend(postcard::to_stdvec(&table).ok()?);
        let hash = Key::hash(&bytes);
        bytes.extend(hash.as_bytes());
        // Nobody else writes under this name.
        let unfinished = append_name(&self.folder.join("index"), &format!("~{name:016x}"));
        let put =
            create_new(&unfinished, &bytes).and_then(|_| rename(&unfinished, &self.folder.join("index")));
        if put.is_err() {
            let _ = remove_file(&unfinished);
            return None;
        }
        pack.keep();
        Some(())
    }

    /// Removes packs that the index named and names no more, and what killed
    /// builds left.
    fn sweep(&self) {
        let Some(now) = load(&self.folder.join("index"), &self.first_line) else { return };
        let named = |path: &Path| now.packs.iter().any(|(name, _)| pack_path(&self.folder, *name) == path);
        let dropped: Vec<PathBuf> =
            self.table.packs.iter().map(|(name, _)| pack_path(&self.folder, *name)).collect();
        for entry in super::list(&self.folder).unwrap_or_default() {
            let path = self.folder.join(&entry.path);
            let is_index = entry.path == Path::new("index");
            if !is_index && !named(&path) && (dropped.contains(&path) || is_old(&path)) {
                let _ = remove_file(&path);
            }
        }
    }
}

/// Whether values of this kind are long texts, and stored by Zstandard.
fn is_packed(kind: ValueKind) -> bool {
    kind == ValueKind::Bytes
}

thread_local! {
    /// Kept from value to value: to make one takes longer than to pack a page.
    static PACKER: RefCell<Option<Compressor<'static>>> = RefCell::new(Compressor::new(1).ok());
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = RefCell::new(Decompressor::new().ok());
}

fn packed(value: &[u8]) -> Option<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| packer.as_mut()?.compress(value).ok())
}

fn unpacked(value: &[u8]) -> Option<Vec<u8>> {
    let size = zstd::zstd_safe::get_frame_content_size(value).ok()??;
    let size = usize::try_from(size).ok().filter(|size| *size <= LONGEST)?;
    UNPACKER.with_borrow_mut(|unpacker| unpacker.as_mut()?.decompress(value, size).ok())
}

/// The longest value that is unpacked, in bytes.
const LONGEST: usize = 1 << 30;

/// An index that is being made.
struct Next {
    clock: u32,
    packs: Vec<(u64, u64)>,
    entries: Vec<Entry>,
}

impl Next {
    /// Adds a value of the pack that will be the last.
    fn add(&mut self, (stage, key): (u8, Key), Placed { offset, len, hash }: Placed, used: u32) {
        if let Ok(pack) = u32::try_from(self.packs.len()) {
            self.entries.push(Entry { stage, key, pack, offset, len, used, hash });
        }
    }
}

/// The index at `path`, if it is whole and begins with `first_line`.
fn load(path: &Path, first_line: &str) -> Option<Table> {
    let bytes = read(path).ok()?;
    let (body, hash) = bytes.split_last_chunk::<16>()?;
    let table = body.strip_prefix(first_line.as_bytes())?;
    (Key::hash(body).as_bytes() == hash).then(|| postcard::from_bytes(table).ok())?
}

fn is_old(path: &Path) -> bool {
    let modified = std::fs::symlink_metadata(path).and_then(|meta| meta.modified()).ok();
    modified.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > DAY)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> std::io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes = bytes.get_mut(read..).unwrap_or_default();
        offset += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u32) -> Key {
        Key::hash(&n.to_le_bytes())
    }

    fn value(n: u32) -> Vec<u8> {
        format!("稿件{n}").into_bytes()
    }

    /// A run that asks for `wanted` and makes what it does not find; how many
    /// it found.
    fn run(root: &Path, program: &str, wanted: std::ops::Range<u32>) -> usize {
        let store = ValueStore::open(root, program);
        let mut found = 0;
        for n in wanted {
            match store.get(ValueKind::Document, key(n)) {
                Some(kept) => {
                    assert_eq!(kept, value(n));
                    found += 1;
                }
                None => store.put(ValueKind::Document, key(n), value(n)),
            }
        }
        store.save();
        found
    }

    fn packs(root: &Path) -> Vec<PathBuf> {
        let all = std::fs::read_dir(root.join(".cache/memory")).unwrap();
        let mut packs: Vec<PathBuf> = all.map(|entry| entry.unwrap().path()).collect();
        packs.retain(|path| path.extension().is_some_and(|extension| extension == "pack"));
        packs
    }

    #[test]
    fn what_one_process_puts_another_gets() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(run(root.path(), "1", 0..10), 0);
        assert_eq!(run(root.path(), "1", 0..12), 10);
        assert_eq!(run(root.path(), "1", 0..12), 12);
        assert_eq!(packs(root.path()).len(), 2);
        assert!(root.path().join(".cache/CACHEDIR.TAG").exists());
    }

    #[test]
    fn another_programs_values_are_none() {
        let root = tempfile::tempdir().unwrap();
        run(root.path(), "1", 0..10);
        assert_eq!(run(root.path(), "2", 0..10), 0);
        assert_eq!(run(root.path(), "2", 0..10), 10);
        assert_eq!(run(root.path(), "1", 0..10), 0);
    }

    #[test]
    fn what_no_build_uses_goes_and_packs_stay_few() {
        let root = tempfile::tempdir().unwrap();
        run(root.path(), "1", 0..1000);
        for n in 0..40 {
            run(root.path(), "1", 2000 + n..2010 + n);
            assert!(packs(root.path()).len() <= MOST_PACKS + 1);
        }
        assert_eq!(run(root.path(), "1", 0..1000), 0);
        let size: u64 = packs(root.path()).iter().map(|path| path.metadata().unwrap().len()).sum();
        assert!(size < 30_000, "{size}");
    }

    #[test]
    fn damage_is_nothing() {
        let root = tempfile::tempdir().unwrap();
        run(root.path(), "1", 0..10);
        let files: Vec<PathBuf> =
            packs(root.path()).into_iter().chain([root.path().join(".cache/memory/index")]).collect();
        for path in files {
            let whole = std::fs::read(&path).unwrap();
            for at in 0..whole.len() {
                let mut spoiled = whole.clone();
                spoiled[at] ^= 1 << (at % 8);
                std::fs::write(&path, &spoiled).unwrap();
                let store = ValueStore::open(root.path(), "1");
                for n in 0..10 {
                    assert!(store.get(ValueKind::Document, key(n)).is_none_or(|kept| kept == value(n)));
                }
                std::fs::write(&path, &whole[..at]).unwrap();
                let store = ValueStore::open(root.path(), "1");
                let all = (0..10).map(|n| store.get(ValueKind::Document, key(n)));
                assert!(all.flatten().all(|kept| kept.starts_with("稿件".as_bytes())));
            }
            std::fs::write(&path, &whole).unwrap();
        }
        assert_eq!(run(root.path(), "1", 0..10), 10);
    }

    #[test]
    fn two_builds_share_one_store() {
        let root = tempfile::tempdir().unwrap();
        run(root.path(), "1", 0..10);
        let (one, other) = (ValueStore::open(root.path(), "1"), ValueStore::open(root.path(), "1"));
        one.put(ValueKind::Document, key(100), value(100));
        other.put(ValueKind::Document, key(200), value(200));
        one.save();
        other.save();
        let store = ValueStore::open(root.path(), "1");
        assert_eq!(store.get(ValueKind::Document, key(200)), Some(value(200)));
        assert!((0..10).all(|n| store.get(ValueKind::Document, key(n)) == Some(value(n))));
    }
}
