//! The ZIP file that an office document is (ECMA-376, part 2), read within
//! bounds and written again.
//!
//! **Invariant:** at most one part is unpacked at a time, and of it at most
//! [`MAX_PART`] bytes stand in memory, whatever the directory promises; a part
//! that is read piece by piece gives at most [`MAX_STREAMED`].

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read, Write as _};

use percent_encoding::percent_decode_str;
use zip::read::ZipFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::Broken;
use super::edit::{Form, Rules, edit, edit_from};
use super::names::{Stored, decoded};
use super::xml::{Node, foreign_encoding, utf8, walk, walk_from};

/// The largest part that stands in memory, in bytes.
pub(crate) const MAX_PART: u64 = 48 << 20;

/// The most that is read of a part piece by piece, in bytes: a long table is
/// 57 MB of XML.
pub(crate) const MAX_STREAMED: u64 = 192 << 20;

/// Parts up to this size are changed in memory, so that those where nothing
/// changes are copied as they are packed, in bytes.
const MAX_HELD: u64 = 4 << 20;

/// What all parts together may promise to unpack to, in bytes.
const MAX_TOTAL: u64 = 1 << 30;

/// The flag of an entry whose name is UTF-8 (APPNOTE.TXT 4.4.4, bit 11).
const UTF8_NAMES: u16 = 1 << 11;

/// The most entries of a package.
const MAX_ENTRIES: usize = 20_000;

/// An opened package.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// By name as it is compared: lower case, without a leading `/`. Of entries
    /// of one name the last one counts, and only it is written again.
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
    /// It is copied as it is.
    Copy,
    /// It is left out.
    Drop,
    /// It gets these bytes.
    Replace(Vec<u8>),
    /// It is XML and changed by these rules.
    Edit(Form, Box<dyn Rules>),
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

    /// The first bytes of a part, at most `most`; none where there is no such
    /// part.
    pub(crate) fn head(&mut self, name: &str, most: u64) -> Result<Vec<u8>, Broken> {
        let mut head = Vec::new();
        if let Some(at) = self.entries.get(&plain(name)) {
            let entry = self.archive.by_index(*at).map_err(|_| Broken::Damaged)?;
            entry.take(most).read_to_end(&mut head).map_err(|_| Broken::Damaged)?;
        }
        Ok(head)
    }

    /// The bytes of the entry with that number.
    pub(crate) fn unpack(&mut self, at: usize) -> Result<Vec<u8>, Broken> {
        let entry = self.archive.by_index(at).map_err(|_| Broken::Damaged)?;
        let mut bytes = Vec::new();
        entry.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| Broken::Damaged)?;
        if bytes.len() as u64 > MAX_PART { Err(Broken::Bomb) } else { Ok(bytes) }
    }

    /// Hands every node of a part to `each`, without holding it in memory; says
    /// whether there is such a part.
    pub(crate) fn walk(&mut self, name: &str, each: impl FnMut(Node<'_>)) -> Result<bool, Broken> {
        let Some(at) = self.entries.get(&plain(name)) else { return Ok(false) };
        let mut source = Streamed::new(self.archive.by_index(*at).map_err(|_| Broken::Damaged)?);
        match source.foreign()? {
            Some(xml) => walk(&xml, each)?,
            None => walk_from(&mut source, each).map_err(|broken| source.reason(broken))?,
        }
        Ok(true)
    }

    /// The name, checksum and size of each part, by its name as it is compared.
    pub(crate) fn sums(&mut self) -> Result<BTreeMap<String, (u32, u64)>, Broken> {
        let mut sums = BTreeMap::new();
        for (name, at) in &self.entries {
            let entry = self.archive.by_index_raw(*at).map_err(|_| Broken::Damaged)?;
            sums.insert(name.clone(), (entry.crc32(), entry.size()));
        }
        Ok(sums)
    }

    /// All entries in their order.
    pub(crate) fn entries(&mut self) -> Result<Vec<Entry>, Broken> {
        let (mut entries, mut names) = (Vec::new(), Vec::new());
        for at in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(at).map_err(|_| Broken::Damaged)?;
            names.push(Stored {
                raw: entry.name_raw().to_vec(),
                flagged: entry.flags().as_u16() & UTF8_NAMES != 0,
                unix: matches!(entry.system(), System::Unix | System::OsDarwin),
            });
            let known =
                matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
            entries.push(Entry { at, name: String::new(), size: entry.size(), known });
        }
        for (entry, name) in entries.iter_mut().zip(decoded(&names)) {
            entry.name = name;
        }
        Ok(entries)
    }

    /// The package again, each part as `fates` says; parts that are not named
    /// there are copied. Neither times, comments nor extra fields are kept.
    pub(crate) fn rewritten(&mut self, mut fates: BTreeMap<String, Fate>) -> Result<Vec<u8>, Broken> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(at).map_err(|_| Broken::Damaged)?;
            let name = entry.name().unwrap_or_default().into_owned();
            let key = plain(&name);
            let size = entry.size();
            drop(entry);
            if self.entries.get(&key) != Some(&at) {
                continue;
            }
            match fates.remove(&key) {
                Some(Fate::Drop) => {}
                Some(Fate::Replace(bytes)) => put(&mut writer, &name, &bytes)?,
                Some(Fate::Edit(form, mut rules)) if size <= MAX_HELD => {
                    match edit(&self.unpack(at)?, form, rules.as_mut())? {
                        Some(bytes) => put(&mut writer, &name, &bytes)?,
                        None => self.copy(at, &mut writer)?,
                    }
                }
                Some(Fate::Edit(form, mut rules)) => {
                    begin(&mut writer, &name)?;
                    let entry = self.archive.by_index(at).map_err(|_| Broken::Damaged)?;
                    let mut source = Streamed::new(entry);
                    match source.foreign()? {
                        Some(xml) => edit_from(&*xml, &mut writer, form, rules.as_mut())?,
                        None => edit_from(&mut source, &mut writer, form, rules.as_mut())
                            .map_err(|broken| source.reason(broken))?,
                    };
                }
                Some(Fate::Copy) | None => self.copy(at, &mut writer)?,
            }
        }
        writer.finish().map(Cursor::into_inner).map_err(|_| Broken::Damaged)
    }

    /// Copies an entry as it is packed; where it has a comment or fields of its
    /// own, which would be copied too, it is packed anew.
    fn copy(&mut self, at: usize, writer: &mut ZipWriter<Cursor<Vec<u8>>>) -> Result<(), Broken> {
        let entry = self.archive.by_index_raw(at).map_err(|_| Broken::Damaged)?;
        if entry.comment_raw().is_empty() && entry.extra_data_fields().next().is_none() {
            let copied = writer.raw_copy_file_touch(entry, DateTime::default(), None);
            return copied.map_err(|_| Broken::Damaged);
        }
        let name = entry.name().unwrap_or_default().into_owned();
        drop(entry);
        if name.ends_with('/') {
            return writer.add_directory(name, options()).map_err(|_| Broken::Damaged);
        }
        begin(writer, &name)?;
        let entry = self.archive.by_index(at).map_err(|_| Broken::Damaged)?;
        std::io::copy(&mut entry.take(MAX_STREAMED), writer).map(|_| ()).map_err(|_| Broken::Damaged)
    }

    /// The relationships of a part; of the package as a whole for `""`.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Broken> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut relations = Vec::new();
        self.walk(&format!("{folder}_rels/{file}.rels"), |node| {
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

/// A part being read piece by piece.
struct Streamed<'e, 'b> {
    reader: BufReader<std::io::Take<ZipFile<'e, Cursor<&'b [u8]>>>>,
}

impl<'e, 'b> Streamed<'e, 'b> {
    fn new(entry: ZipFile<'e, Cursor<&'b [u8]>>) -> Self {
        Self { reader: BufReader::with_capacity(64 << 10, entry.take(MAX_STREAMED + 1)) }
    }

    /// The whole part in UTF-8, where it is in another encoding; else a byte
    /// order mark is passed over.
    fn foreign(&mut self) -> Result<Option<Vec<u8>>, Broken> {
        let head = self.reader.fill_buf().map_err(|_| Broken::Damaged)?;
        if foreign_encoding(head).is_none() {
            if head.starts_with(b"\xEF\xBB\xBF") {
                self.reader.consume(3);
            }
            return Ok(None);
        }
        let mut bytes = Vec::new();
        (&mut self.reader).take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| Broken::Damaged)?;
        if bytes.len() as u64 > MAX_PART { Err(Broken::Bomb) } else { Ok(Some(utf8(&bytes).into_owned())) }
    }

    /// Why reading failed: a part that goes on behind the bound looks broken.
    fn reason(&self, broken: Broken) -> Broken {
        if self.reader.get_ref().limit() == 0 { Broken::Bomb } else { broken }
    }
}

impl Read for Streamed<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.reader.read(buffer)
    }
}

impl BufRead for Streamed<'_, '_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.reader.consume(amount);
    }
}

/// How entries are written: packed, without a time.
pub(crate) fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().last_modified_time(DateTime::default())
}

fn begin(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str) -> Result<(), Broken> {
    writer.start_file(name, options()).map_err(|_| Broken::Damaged)
}

/// Writes an entry.
pub(crate) fn put(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), Broken> {
    begin(writer, name)?;
    writer.write_all(bytes).map_err(|_| Broken::Damaged)
}

/// A part's name as it is compared (ECMA-376, part 2, 6.2.2: ASCII case does
/// not matter, `%20` is a space).
pub(crate) fn plain(name: &str) -> String {
    let name = name.replace('\\', "/");
    percent_decode_str(name.trim_start_matches('/')).decode_utf8_lossy().to_ascii_lowercase()
}

/// `target` as a path from the root, seen from `folder` (with `/` at its end).
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
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
