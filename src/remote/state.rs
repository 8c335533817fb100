//! What a target holds, as the manifest says that is kept there.
//!
//! The manifest is one object beside the site's own ([`MANIFEST`]), written
//! last by each run. Packed with gzip, it is a [`sealed`] text: an object about
//! the site ([`Head`]), and one line an object (`role sha256 size headers etag
//! path`).
//!
//! **Invariant:** it holds nothing but paths that are or were published: it may
//! lie where readers can reach it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::path::OutputPath;
use crate::publish::sealed;
use crate::text::{from_hex, hex_into};

/// The object that holds the manifest.
pub(super) const MANIFEST: &str = ".zhuanlan.manifest";

/// The object that says who is publishing, and what.
pub(super) const LEASE: &str = ".zhuanlan.lease";

/// How all objects begin that are no part of the site.
pub(super) const OURS: &str = ".zhuanlan.";

/// The largest manifest that is unpacked, in bytes: half a million objects.
const LARGEST: u64 = 128 << 20;

/// What a manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// About the site.
    pub head: Head,
    /// Each object of ours.
    pub entries: BTreeMap<OutputPath, Entry>,
}

/// What a manifest says of its site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// The site's address, or its title where it has none: another site may
    /// not be published here.
    pub site: String,
    /// The run that wrote it.
    pub run: String,
    /// The number of the release.
    pub release: u64,
    /// When it was written, by the publisher's clock.
    pub at: Timestamp,
    /// Whether the target refuses to create an object that there is; `None`
    /// where that was never tried.
    pub exclusive: Option<bool>,
    /// When all objects were last listed, by the publisher's clock.
    pub listed: Option<Timestamp>,
}

/// An object of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Why it is there.
    pub role: Role,
    /// Of its bytes; all zero where they are not known.
    pub sha256: [u8; 32],
    /// In bytes.
    pub size: u64,
    /// The hash of the headers that it was given; 0 where the target takes
    /// none.
    pub headers: u64,
    /// What the target called its bytes, where it said so.
    pub etag: Option<String>,
}

/// Why an object is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A file of the site.
    Site,
    /// It left the site then, and stays for a day for pages that readers have
    /// open.
    Kept(Timestamp),
    /// It is being deleted.
    Going,
}

const FORMAT: &str = "zhuanlan remote manifest 1";

impl State {
    /// The manifest's bytes.
    pub(super) fn pack(&self) -> Vec<u8> {
        let mut lines = String::with_capacity(self.entries.len() * 150);
        for (path, entry) in &self.entries {
            line(&mut lines, path, entry);
        }
        gzip(sealed::write(FORMAT, &self.head, &lines).as_bytes())
    }

    /// Reads what [`State::pack`] gave; `None` where it is not whole.
    pub(super) fn unpack(bytes: &[u8]) -> Option<Self> {
        let text = gunzip(bytes)?;
        let (head, lines) = sealed::read(FORMAT, &text)?;
        Some(Self { head, entries: lines.map(entry).collect::<Option<_>>()? })
    }

    /// The site's pages.
    pub(super) fn pages(&self) -> impl Iterator<Item = &OutputPath> {
        let site = self.entries.iter().filter(|(_, entry)| entry.role == Role::Site);
        site.map(|(path, _)| path).filter(|path| path.is_page())
    }
}

/// Paths that a run means to change, one a line; packed.
pub(super) fn pack_paths(paths: &BTreeSet<OutputPath>) -> Vec<u8> {
    let mut text = String::with_capacity(paths.len() * 40);
    for path in paths {
        text.push_str(path.as_str());
        text.push('\n');
    }
    gzip(text.as_bytes())
}

/// Reads what [`pack_paths`] gave.
pub(super) fn unpack_paths(bytes: &[u8]) -> Option<BTreeSet<OutputPath>> {
    gunzip(bytes)?.lines().map(OutputPath::former).collect()
}

fn line(text: &mut String, path: &OutputPath, entry: &Entry) {
    match entry.role {
        Role::Site => text.push('s'),
        Role::Kept(left) => drop(write!(text, "k{}", left.as_second())),
        Role::Going => text.push('g'),
    }
    text.push(' ');
    hex_into(text, &entry.sha256);
    let etag = entry.etag.as_deref().filter(|etag| !etag.contains([' ', '\n'])).unwrap_or("-");
    let _ = writeln!(text, " {} {:x} {etag} {path}", entry.size, entry.headers);
}

fn entry(line: &str) -> Option<(OutputPath, Entry)> {
    let fields: Vec<&str> = line.split(' ').collect();
    let [role, sha256, size, headers, etag, path] = fields.as_slice() else { return None };
    let role = match role.split_at_checked(1)? {
        ("s", "") => Role::Site,
        ("g", "") => Role::Going,
        ("k", second) => Role::Kept(Timestamp::from_second(second.parse().ok()?).ok()?),
        _ => return None,
    };
    let entry = Entry {
        role,
        sha256: from_hex(sha256)?,
        size: size.parse().ok()?,
        headers: u64::from_str_radix(headers, 16).ok()?,
        etag: (*etag != "-").then(|| (*etag).to_owned()),
    };
    Some((OutputPath::former(path)?, entry))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = packer.write_all(bytes);
    packer.finish().unwrap_or_default()
}

fn gunzip(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    GzDecoder::new(bytes).take(LARGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let at = Timestamp::from_second(1_764_489_600).unwrap();
        let entry = |role, etag: Option<&str>| Entry {
            role,
            sha256: [7; 32],
            size: 12,
            headers: 0xab,
            etag: etag.map(str::to_owned),
        };
        let entries = [
            ("index.html", entry(Role::Site, Some("\"0cc175b9c0f1b6a831c399e269772661\""))),
            ("assets/a.5ce68024.css", entry(Role::Kept(at), None)),
            ("旧闻/座谈会.html", entry(Role::Going, Some("W/\"1-2\""))),
        ];
        let entries = entries.into_iter().map(|(path, entry)| (OutputPath::former(path).unwrap(), entry));
        let head = Head {
            site: "https://www.example.gov.cn/jyzd/".into(),
            run: "a".into(),
            release: 3,
            at,
            exclusive: Some(true),
            listed: Some(at),
        };
        State { head, entries: entries.collect() }
    }

    #[test]
    fn what_is_packed_can_be_read() {
        let state = state();
        assert_eq!(State::unpack(&state.pack()), Some(state.clone()));
        let paths: BTreeSet<OutputPath> = state.entries.keys().cloned().collect();
        assert_eq!(unpack_paths(&pack_paths(&paths)), Some(paths));
        assert_eq!(unpack_paths(&pack_paths(&BTreeSet::new())), Some(BTreeSet::new()));
    }

    #[test]
    fn what_is_not_whole_is_no_manifest() {
        let packed = state().pack();
        for len in 0..packed.len() {
            assert_eq!(State::unpack(&packed[..len]), None, "{len}");
        }
        for (at, bit) in (0..packed.len()).flat_map(|at| [(at, 1), (at, 64)]) {
            let mut other = packed.clone();
            other[at] ^= bit;
            // A bit of gzip's own head (its time, say) changes nothing.
            assert!(State::unpack(&other).is_none_or(|read| read == state()), "{at}");
        }
    }
}
