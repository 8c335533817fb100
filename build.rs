//! Names this program: the hash of all that it is built from.
//!
//! What a build remembers for later ones is good for the very same program only,
//! on whatever machine it runs; a version's number is too coarse for that while
//! the program is worked on.

#![expect(clippy::disallowed_methods, reason = "a build script reads files")]

use std::fs;
use std::path::{Path, PathBuf};

const PARTS: [&str; 4] = ["Cargo.toml", "Cargo.lock", "src", "themes"];

fn main() {
    let mut files = Vec::new();
    for part in PARTS {
        println!("cargo:rerun-if-changed={part}");
        collect(Path::new(part), &mut files);
    }
    files.sort();
    let hash = files.iter().fold(0xcbf2_9ce4_8422_2325, |hash, path| {
        let name = path.to_string_lossy().replace('\\', "/");
        fnv(fnv(hash, name.as_bytes()), &fs::read(path).unwrap_or_default())
    });
    println!("cargo:rustc-env=ZHUANLAN_SOURCES={hash:016x}");
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
}

/// FNV-1a, with the length.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = bytes.len().to_le_bytes().into_iter().fold(hash, add);
    bytes.iter().copied().fold(hash, add)
}
