//! Makes the files of one index: those that differ from what an earlier process
//! left, where one did.
//!
//! A piece is made ready when a file of texts or a list needs it. Where nothing
//! is known of an earlier index, or more than half of the pieces are new to it,
//! all of them are.
//!
//! **Invariant:** the files are those that a maker without a former index makes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::chunk::Chunk;
use super::entry::Entry;
use super::former::{Known, KnownLists, State, extra_key};
use super::grams::Gram;
use super::indexed::{Extra, Part};
use super::keys::Keys;
use super::plan::{Extras, Numbered, Shelves};
use super::postings::{Kept, Lists, Posted};
use super::script::{Scripts, Tagged};
use crate::memo::{Key, KeyBuilder, Store, ValueKind};

/// A file of lists.
pub(super) struct ListFile {
    /// Its first key.
    pub(super) first: Gram,
    /// The file.
    pub(super) tagged: Tagged,
    /// What a later process is told of it.
    known: Option<KnownLists>,
}

/// What the index of one site is made with.
pub(super) struct Maker<'m> {
    entries: &'m [Entry<'m>],
    /// Who has which number.
    pub(super) shelves: Shelves,
    /// Makes a piece ready, by its place.
    part: &'m (dyn Fn(usize) -> Option<Arc<Part>> + Sync),
    /// Writes the files.
    pub(super) scripts: Scripts<'m>,
    /// Where an earlier process left something, and a later one looks for it.
    store: Option<&'m dyn Store>,
    /// What the earlier process said, and its lists where they are needed.
    state: State,
    values: Vec<Vec<u8>>,
    /// Whether a piece is not in those lists.
    is_new: Vec<bool>,
    /// The keys of new pieces, and the attached texts of those made ready.
    keys: Vec<OnceLock<Arc<Keys>>>,
    texts: Vec<OnceLock<Arc<[Extra]>>>,
    /// What a later process is told of the files of texts.
    known: Mutex<BTreeMap<Key, Known>>,
}

impl<'m> Maker<'m> {
    /// So many numbers, `slots`, share a file of texts.
    pub(super) fn new(
        entries: &'m [Entry<'m>],
        slots: u32,
        part: &'m (dyn Fn(usize) -> Option<Arc<Part>> + Sync),
        scripts: Scripts<'m>,
        store: Option<&'m dyn Store>,
    ) -> Self {
        let mut maker = Self {
            entries,
            shelves: Shelves::new(entries, slots),
            part,
            scripts,
            store,
            state: State::default(),
            values: Vec::new(),
            is_new: vec![true; entries.len()],
            keys: entries.iter().map(|_| OnceLock::new()).collect(),
            texts: entries.iter().map(|_| OnceLock::new()).collect(),
            known: Mutex::default(),
        };
        if let Some(store) = store {
            maker.recall(store);
        }
        maker
    }

    /// Takes up what the earlier process left, where that saves work.
    fn recall(&mut self, store: &dyn Store) {
        let state = State::load(store);
        let listed = state.listed();
        let is_new: Vec<bool> = self.entries.iter().map(|entry| !listed.contains(&entry.key)).collect();
        let new = is_new.iter().filter(|is_new| **is_new).count();
        if state.lists.is_empty() || new * 2 > is_new.len() {
            return;
        }
        let stand = |lists: &KnownLists| self.scripts.stands(&list_name(lists.first), lists.file);
        if state.pieces == self.pieces() && state.lists.iter().all(stand) {
            state.lists.iter().for_each(|lists| store.touch(ValueKind::SearchLists, lists.value));
        } else if let Some(values) = state.values(store) {
            self.values = values;
        } else {
            return;
        }
        (self.state, self.is_new) = (state, is_new);
    }

    /// Number and key of each piece, by number.
    fn pieces(&self) -> Vec<(u32, Key)> {
        let numbers = &self.shelves.pieces.numbers;
        let mut all: Vec<(u32, Key)> =
            numbers.iter().zip(self.entries).map(|(number, entry)| (*number, entry.key)).collect();
        all.sort_unstable();
        all
    }

    /// A piece made ready; what else is needed of it is kept.
    fn made(&self, at: usize) -> Option<Arc<Part>> {
        let part = (self.part)(at)?;
        if self.is_new.get(at).copied().unwrap_or(false) {
            let _ = self.keys.get(at)?.set(Arc::clone(&part.indexed.keys));
        }
        let _ = self.texts.get(at)?.set(Arc::clone(&part.indexed.extras));
        Some(part)
    }

    /// The attached texts of a piece.
    fn texts_of(&self, at: usize) -> Option<&Arc<[Extra]>> {
        let texts = self.texts.get(at)?;
        if texts.get().is_none() {
            self.made(at);
        }
        texts.get()
    }

    /// The key of a piece.
    fn key(&self, at: usize) -> Option<Key> {
        self.entries.get(at).map(|entry| entry.key)
    }

    /// The file of texts that is made from what `inputs` is the key of, if it is
    /// not known already.
    fn file(&self, name: &str, inputs: Key, write: impl FnOnce(&mut String)) -> Tagged {
        let known = self.state.files.get(&inputs).copied();
        let standing = known.and_then(|known| self.scripts.known(name, known));
        let tagged = standing.or_else(|| self.scripts.file(name, write));
        if let (Some((file, _)), Some(_)) = (&tagged, self.store) {
            let known = Known { key: file.key, len: file.len };
            self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(inputs, known);
        }
        tagged
    }

    /// The files of texts: the pieces of successive numbers.
    pub(super) fn texts(&self) -> Vec<Tagged> {
        (0..self.shelves.count).into_par_iter().map(|nth| self.shelf(nth)).collect()
    }

    fn shelf(&self, nth: u32) -> Tagged {
        let pieces = self.shelves.files.get(&nth)?;
        let mut inputs = KeyBuilder::with_capacity(24 * pieces.len() + 8);
        inputs.number(i64::from(nth));
        for (number, at) in pieces {
            inputs.number(i64::from(*number));
            inputs.option_key(self.key(*at));
        }
        self.file(&format!("t{nth}"), inputs.finish(), |text| {
            for (at, (number, piece)) in pieces.iter().enumerate() {
                let Some(part) = self.made(*piece) else { continue };
                text.push_str(if at == 0 { "[" } else { ",\n" });
                let _ = write!(text, "[{number},{}]", part.entry);
            }
            text.push(']');
        })
    }

    /// The parts of attached texts.
    pub(super) fn extras(&self) -> Extras {
        let count = |at: usize| {
            let known = || {
                let key = self.key(at).filter(|_| !self.is_new.get(at).copied().unwrap_or(true))?;
                Some(self.state.counts.get(&key).map_or(0, |count| *count as usize))
            };
            let made = self.texts.get(at).and_then(OnceLock::get).map(|texts| texts.len());
            made.or_else(known).unwrap_or_else(|| self.texts_of(at).map_or(0, |texts| texts.len()))
        };
        let counts: Vec<usize> = (0..self.entries.len()).into_par_iter().map(count).collect();
        Extras::new(self.entries, &self.shelves, &counts)
    }

    /// The files of attached texts, by number.
    pub(super) fn extra_texts(&self, extras: &Extras) -> Vec<Tagged> {
        let first = self.shelves.pieces.end;
        let mut files = vec![None; (extras.end - first) as usize];
        let made = extras.all.par_iter().map(|extra| (extra.number - first, self.extra_text(extra, first)));
        for (at, file) in made.collect::<Vec<_>>() {
            if let Some(place) = files.get_mut(at as usize) {
                *place = file;
            }
        }
        files
    }

    fn extra_text(&self, extra: &Numbered, first: u32) -> Tagged {
        let at = extra.number - first;
        let mut inputs = KeyBuilder::default();
        inputs.key(extra_key(self.key(extra.piece)?, extra.n));
        inputs.number(i64::from(at));
        self.file(&format!("x{at}"), inputs.finish(), |text| {
            let texts = self.texts_of(extra.piece).map_or(&[][..], AsRef::as_ref);
            text.extend(texts.get(extra.n).map(|extra| extra.entry.as_str()));
        })
    }

    /// The files of lists, each of about so many `bytes`.
    pub(super) fn lists(&mut self, extras: &Extras, bytes: u64) -> Vec<ListFile> {
        if !self.state.lists.is_empty() && self.values.is_empty() {
            return self.state.lists.iter().filter_map(|lists| self.known_lists(*lists)).collect();
        }
        let posted = self.posted(extras);
        let values = std::mem::take(&mut self.values);
        let mut now = self.pieces();
        now.extend(self.extra_keys(extras));
        let kept = Kept::new(values, self.state.numbers(&now));
        let mut lists = match kept {
            Some(kept) => Lists::after(kept, &posted, extras.end),
            None => Lists::new(posted, extras.end),
        };
        let cut = lists.cut(bytes);
        cut.into_par_iter().filter_map(|range| self.list_file(&lists, range)).collect()
    }

    /// The new pieces with their keys: given away, so that they can go when they
    /// stand in lists.
    fn posted(&mut self, extras: &Extras) -> Vec<Posted> {
        let keys = std::mem::take(&mut self.keys).into_iter().enumerate();
        let mut posted: Vec<Posted> = keys
            .filter_map(|(at, keys)| {
                Some(Posted { number: self.shelves.number(at), keys: keys.into_inner()? })
            })
            .collect();
        let new = extras.all.iter().filter(|extra| self.is_new.get(extra.piece).copied().unwrap_or(true));
        posted.extend(new.filter_map(|extra| {
            let Extra { keys, .. } = self.texts_of(extra.piece)?.get(extra.n)?;
            Some(Posted { number: extra.number, keys: Arc::clone(keys) })
        }));
        posted
    }

    /// Number and key of each part of an attached text.
    fn extra_keys(&self, extras: &Extras) -> Vec<(u32, Key)> {
        let key = |extra: &Numbered| Some((extra.number, extra_key(self.key(extra.piece)?, extra.n)));
        extras.all.iter().filter_map(key).collect()
    }

    fn known_lists(&self, lists: KnownLists) -> Option<ListFile> {
        let tagged = self.scripts.known(&list_name(lists.first), lists.file);
        tagged.is_some().then_some(ListFile { first: lists.first, tagged, known: Some(lists) })
    }

    fn list_file(&self, lists: &Lists, range: Range<usize>) -> Option<ListFile> {
        let kept = lists.kept_as(range.clone()).and_then(|share| self.state.lists.get(share)).copied();
        if let Some(kept) = kept.filter(|_| self.state.end == lists.end())
            && let Some(known) = self.known_lists(kept)
        {
            return Some(known);
        }
        let chunk = Chunk::new(lists, range.clone())?;
        let tagged = self.scripts.file(&list_name(chunk.first), |text| {
            let _ = write!(text, "\"{}\"", chunk.bits);
        });
        let known = self.store.zip(tagged.as_ref()).map(|(store, (file, _))| {
            let value = kept.map_or_else(|| put(store, lists.value(range)), |kept| kept.value);
            KnownLists { first: chunk.first, value, file: Known { key: file.key, len: file.len } }
        });
        Some(ListFile { first: chunk.first, tagged, known })
    }

    /// Leaves for a later process what it may know.
    pub(super) fn keep(&self, extras: &Extras, lists: &[ListFile]) {
        let Some(store) = self.store else { return };
        let mut counts = BTreeMap::new();
        for extra in &extras.all {
            if let Some(key) = self.key(extra.piece) {
                *counts.entry(key).or_insert(0) += 1;
            }
        }
        let files = std::mem::take(&mut *self.known.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(lists) = lists.iter().map(|lists| lists.known).collect() else { return };
        let (pieces, extra_keys) = (self.pieces(), self.extra_keys(extras));
        let state = State { end: extras.end, pieces, extras: extra_keys, counts, lists, files };
        if state != self.state {
            state.save(store);
        }
    }
}

/// A chunk is named by its first key: so one chunk more renames none.
fn list_name(first: Gram) -> String {
    format!("k{first:08x}")
}

/// Puts a value under the hash of its bytes.
fn put(store: &dyn Store, value: Vec<u8>) -> Key {
    let key = Key::hash(&value);
    store.put(ValueKind::SearchLists, key, value);
    key
}
