//! The ZIP file that an office document is (ECMA-376, part 2), read within
//! bounds.
//!
//! **Invariant:** at most one part is unpacked at a time, and of it at most
//! [`MAX_PART`] bytes, whatever the directory promises.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use encoding_rs::GB18030;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::Broken;
use super::xml::{Node, walk};

/// The largest part that is unpacked, in bytes.
pub(crate) const MAX_PART: u64 = 48 << 20;

/// What all parts together may promise to unpack to, in bytes.
const MAX_TOTAL: u64 = 1 << 30;

/// The most entries of a package.
const MAX_ENTRIES: usize = 20_000;

/// An opened package.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// By name as it is compared: lower case, without a leading `/`.
    entries: BTreeMap<String, usize>,
}

/// An entry as its author named it.
pub(crate) struct Entry {
    /// Its number.
    pub(crate) at: usize,
    /// Its name; a folder's ends with `/`.
    pub(crate) name: String,
    /// What it promises to unpack to, in bytes.
    pub(crate) size: u64,
    /// Whether it is packed in a way that can be unpacked here.
    pub(crate) known: bool,
}

/// What becomes of a part.
pub(crate) enum Fate {
    /// It is copied as it is, packed.
    Copy,
    /// It is left out.
    Drop,
    /// It gets these bytes.
    Replace(Vec<u8>),
}

/// A relationship from one part to another.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    /// Its id in the part.
    pub(crate) id: String,
    /// The last word of its type: `worksheet`, `comments`.
    pub(crate) kind: String,
    /// The other part, from the root; the address, where it is outside.
    pub(crate) target: String,
    /// Whether it leads out of the package.
    pub(crate) outside: bool,
}

impl<'b> Package<'b> {
    /// Opens a package by its directory.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, Broken> {
        // The directory is read whole: count its entries before.
        let entries = memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(MAX_ENTRIES + 1).count();
        if entries > MAX_ENTRIES {
            return Err(Broken::Bomb);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
        let mut entries = BTreeMap::new();
        let mut total = 0_u64;
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at).map_err(|_| Broken::Damaged)?;
            if entry.encrypted() {
                return Err(Broken::Encrypted);
            }
            total = total.saturating_add(entry.size());
            entries.insert(plain(entry.name().unwrap_or_default().as_ref()), at);
        }
        if total > MAX_TOTAL {
            return Err(Broken::Bomb);
        }
        Ok(Self { archive, entries })
    }

    /// The names of its parts, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Whether there is a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&plain(name))
    }

    /// The bytes of a part; `None` where there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Broken> {
        let Some(at) = self.entries.get(&plain(name)) else { return Ok(None) };
        self.unpack(*at).map(Some)
    }

    /// The bytes of the entry with that number.
    pub(crate) fn unpack(&mut self, at: usize) -> Result<Vec<u8>, Broken> {
        let entry = self.archive.by_index(at).map_err(|_| Broken::Damaged)?;
        let mut bytes = Vec::new();
        entry.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| Broken::Damaged)?;
        if bytes.len() as u64 > MAX_PART { Err(Broken::Bomb) } else { Ok(bytes) }
    }

    /// All entries in their order.
    pub(crate) fn entries(&mut self) -> Result<Vec<Entry>, Broken> {
        let mut entries = Vec::with_capacity(self.archive.len());
        for at in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(at).map_err(|_| Broken::Damaged)?;
            let raw = entry.name_raw();
            // Chinese Windows writes names in its own encoding and does not say so.
            let name = std::str::from_utf8(raw)
                .map_or_else(|_| GB18030.decode_without_bom_handling(raw).0.into_owned(), str::to_owned);
            let known =
                matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
            entries.push(Entry { at, name: name.replace('\\', "/"), size: entry.size(), known });
        }
        Ok(entries)
    }

    /// The package again, each part as `fates` says; parts that are not named
    /// there are copied. Neither times nor the archive's comment are kept.
    pub(crate) fn rewritten(&mut self, fates: &BTreeMap<String, Fate>) -> Result<Vec<u8>, Broken> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(at).map_err(|_| Broken::Damaged)?;
            let name = entry.name().unwrap_or_default().into_owned();
            let written = match fates.get(&plain(&name)) {
                Some(Fate::Drop) => Ok(()),
                Some(Fate::Replace(bytes)) => writer
                    .start_file(name, SimpleFileOptions::default().last_modified_time(DateTime::default()))
                    .and_then(|()| Ok(writer.write_all(bytes)?)),
                Some(Fate::Copy) | None => writer.raw_copy_file_touch(entry, DateTime::default(), None),
            };
            written.map_err(|_| Broken::Damaged)?;
        }
        writer.finish().map(Cursor::into_inner).map_err(|_| Broken::Damaged)
    }

    /// The relationships of a part; of the package as a whole for `""`.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Broken> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(xml) = self.part(&format!("{folder}_rels/{file}.rels"))? else { return Ok(Vec::new()) };
        let mut relations = Vec::new();
        walk(&xml, |node| {
            let Node::Start(element) = node else { return };
            if element.name() != b"Relationship" {
                return;
            }
            let attribute = |name: &str| element.attribute(name).unwrap_or_default();
            let kind = attribute("Type");
            let outside = attribute("TargetMode") == "External";
            let target = attribute("Target");
            relations.push(Relation {
                id: attribute("Id"),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if outside { target } else { resolve(&folder, &target) },
                outside,
            });
        })?;
        Ok(relations)
    }

    /// The main part: what the package is about.
    pub(crate) fn main_part(&mut self) -> Result<String, Broken> {
        let found = self.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
        found.map(|relation| relation.target).ok_or(Broken::Damaged)
    }
}

/// A part's name as it is compared (ECMA-376, part 2, 6.3.5: ASCII case does
/// not matter).
fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// `target` as a path from the root, seen from `folder` (with `/` at its end).
fn resolve(folder: &str, target: &str) -> String {
    let path = match target.strip_prefix('/') {
        Some(from_root) => from_root.to_owned(),
        None => format!("{folder}{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
