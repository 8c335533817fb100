//! A gate before the decoder: pictures are unpacked side by side only as long
//! as all of them together fit into memory.
//!
//! It orders when work is done, never what comes of it.

use std::sync::{Condvar, Mutex, PoisonError};

/// Bytes that all pictures being worked on may take, and so the most that one
/// may: 79 million pixels of a photo as cameras make them.
pub(super) const MOST: u64 = 228 << 20;

static FREE: Mutex<u64> = Mutex::new(MOST);
static CHANGED: Condvar = Condvar::new();

/// Leave to take some memory; given back when dropped.
#[derive(Debug)]
pub(super) struct Permit(u64);

/// Waits until `bytes` are free. More than [`MOST`] counts as [`MOST`]: then
/// nothing else is worked on.
///
/// Who holds a pass asks for no second one, so somebody always goes on.
pub(super) fn enter(bytes: u64) -> Permit {
    let bytes = bytes.min(MOST);
    let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
    while *free < bytes {
        free = CHANGED.wait(free).unwrap_or_else(PoisonError::into_inner);
    }
    *free -= bytes;
    Permit(bytes)
}

impl Drop for Permit {
    fn drop(&mut self) {
        *FREE.lock().unwrap_or_else(PoisonError::into_inner) += self.0;
        CHANGED.notify_all();
    }
}
