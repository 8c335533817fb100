//! Keys made from bytes, and pure stages that remember.
//!
//! **Invariant:** a [`Key`] is made from the bytes of all that a result depends
//! on, so a remembered value never has to be invalidated, only forgotten.
//!
//! What is looked up ten thousand times a build is remembered twice: each value
//! for itself, and neighbours together, so that where none of them changed one
//! look is enough. The larger value then holds the smaller ones, and these are
//! kept for as long as it is ([`Memo::sweep`]).

mod key_builder;
mod keyed;
mod store;

use std::cell::Cell;
use std::fmt;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::{from_hex, hex};
pub use key_builder::KeyBuilder;
pub(crate) use keyed::{Fact, Keyed};
pub use store::{NoStore, Store, ValueKind};

/// The BLAKE3 hash, cut to 128 bits, of everything that a value depends on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 16]);

impl Key {
    /// The key of `bytes` alone.
    pub fn hash(bytes: &[u8]) -> Self {
        Self::from_hash(&blake3::hash(bytes))
    }

    /// The key of several parts. Their lengths are hashed too, so `["ab", "c"]`
    /// and `["a", "bc"]` differ.
    pub fn hash_parts<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self::from_hash(&hasher.finalize())
    }

    /// The key of a value by its `Serialize`.
    ///
    /// The encoding is not human-readable, and parts that carry a key of their
    /// own (`view::Shared`) write that in place of themselves: it is cheap.
    /// Maps must be ordered, and `serde(flatten)` is not supported.
    pub fn hash_value<T: Serialize + ?Sized>(value: &T) -> Self {
        // Collected first: one long write hashes several times faster than
        // hundreds of short ones.
        let mut bytes = BUFFER.take();
        bytes.clear();
        // Writing to a vector can't fail, and views have nothing that the
        // encoding refuses; a test serialises each of them.
        let written = postcard::serialize_with_flavor(value, Bytes(&mut bytes)).is_ok();
        debug_assert!(written, "a view that can't be hashed");
        let key = Self::hash(&bytes);
        if bytes.capacity() <= MOST_KEPT {
            BUFFER.set(bytes);
        }
        key
    }

    /// The key that a hash computed elsewhere (of a streamed file) stands for:
    /// the same as [`Key::hash`] the same bytes.
    pub fn from_hash(hash: &blake3::Hash) -> Self {
        let mut key = [0; 16];
        key.copy_from_slice(hash.as_bytes().first_chunk::<16>().unwrap_or(&[0; 16]));
        Self(key)
    }

    /// The key's bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The first `digits` hexadecimal digits, for a file's name.
    pub fn short(&self, digits: usize) -> String {
        self.to_string().chars().take(digits).collect()
    }

    /// The key that `hex` spells, as [`fmt::Display`] writes it.
    pub fn from_hex(hex: &str) -> Option<Self> {
        from_hex(hex).map(Self)
    }
}

thread_local! {
    /// Where [`Key::hash_value`] collects what it hashes, kept from call to call.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A buffer larger than this, in bytes, is not kept.
const MOST_KEPT: usize = 1 << 20;

/// Postcard's output, appended to a vector.
struct Bytes<'v>(&'v mut Vec<u8>);

impl postcard::ser_flavors::Flavor for Bytes<'_> {
    type Output = ();

    fn try_extend(&mut self, data: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(data);
        Ok(())
    }

    fn try_push(&mut self, data: u8) -> postcard::Result<()> {
        self.0.push(data);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // A key is uniform already: eight of its bytes are hash enough.
        let first = self.0.first_chunk::<8>().copied().unwrap_or_default();
        state.write_u64(u64::from_le_bytes(first));
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}

impl Serialize for Key {
    /// Hexadecimal digits for people, bytes for [`Key::hash_value`].
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_str(self) } else { s.serialize_bytes(&self.0) }
    }
}

impl<'de> Deserialize<'de> for Key {
    /// From what [`Serialize`] wrote.
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let key = if d.is_human_readable() {
            Self::from_hex(<&str>::deserialize(d)?)
        } else {
            <&[u8]>::deserialize(d)?.try_into().ok().map(Self)
        };
        key.ok_or_else(|| D::Error::custom("no key"))
    }
}

/// Hands a key's own bits on as its hash.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

type Map<V> = std::collections::HashMap<Key, (Arc<V>, u64), BuildHasherDefault<Identity>>;

/// The results of a pure stage by the key of its input. Shared by threads.
#[derive(Debug)]
pub struct Memo<V> {
    shards: Vec<Mutex<Map<V>>>,
    round: AtomicU64,
    made: AtomicU64,
    reused: AtomicU64,
}

/// How often a memo had to work since the last [`Memo::sweep`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Values computed.
    pub made: u64,
    /// Values remembered.
    pub reused: u64,
}

const SHARDS: usize = 16;

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            round: AtomicU64::new(0),
            made: AtomicU64::new(0),
            reused: AtomicU64::new(0),
        }
    }
}

impl<V> Memo<V> {
    /// The value for `key`: remembered, or made now and remembered.
    ///
    /// Two threads that ask for one key at once may both make it; the stages
    /// are pure, so it does not matter whose value stays.
    pub fn get_or(&self, key: Key, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(value) = self.remembered(key) {
            return value;
        }
        let round = self.round.load(Ordering::Relaxed);
        let value = Arc::new(make());
        self.made.fetch_add(1, Ordering::Relaxed);
        self.shard(key)
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, (Arc::clone(&value), round));
        value
    }

    /// The value for `key`, if it is remembered; it is used then.
    pub fn remembered(&self, key: Key) -> Option<Arc<V>> {
        let round = self.round.load(Ordering::Relaxed);
        let mut shard = self.shard(key).lock().unwrap_or_else(PoisonError::into_inner);
        let (value, used) = shard.get_mut(&key)?;
        *used = round;
        self.reused.fetch_add(1, Ordering::Relaxed);
        Some(Arc::clone(value))
    }

    /// The value for `key`: remembered, recalled from another process, or made
    /// now; and remembered.
    pub fn get_or_recall(
        &self,
        key: Key,
        recall: impl FnOnce() -> Option<V>,
        make: impl FnOnce() -> V,
    ) -> Arc<V> {
        let mut recalled = false;
        let value = self.get_or(key, || match recall() {
            Some(value) => {
                recalled = true;
                value
            }
            None => make(),
        });
        if recalled {
            self.made.fetch_sub(1, Ordering::Relaxed);
            self.reused.fetch_add(1, Ordering::Relaxed);
        }
        value
    }

    /// Ends a round: forgets what was not used in it and is held by nobody
    /// else, and returns its counts.
    ///
    /// Memos whose values hold those of others are to be swept first.
    pub fn sweep(&self) -> Count
    where
        V: Send + Sync,
    {
        let round = self.round.fetch_add(1, Ordering::Relaxed);
        self.shards.par_iter().for_each(|shard| {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|_, (value, used)| *used == round || Arc::strong_count(value) > 1);
        });
        Count { made: self.made.swap(0, Ordering::Relaxed), reused: self.reused.swap(0, Ordering::Relaxed) }
    }

    fn shard(&self, key: Key) -> &Mutex<Map<V>> {
        let last = key.as_bytes().last().copied().unwrap_or(0) as usize % SHARDS;
        #[expect(
            clippy::indexing_slicing,
            reason = "`last` is below the number of shards, made in `default`"
        )]
        &self.shards[last]
    }
}
