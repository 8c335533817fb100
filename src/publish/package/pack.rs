//! Making a package.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::super::compare::{open, store};
use super::super::place::Store;
use super::super::{Error, Hooks, Place, Result};
use super::format::{Base, Head, Item, List};
use super::frame::{self, MOST_PREFIX};
use super::open::COMMENT;
use super::reference::{Reference, choose, is_text};
use super::{FIRST_LINE, Fault, SecretKey};
use crate::disk;
use crate::path::OutputPath;

/// A package that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The release that must be there; `None` where any may.
    pub base: Option<u64>,
    /// The release that it leads to.
    pub release: u64,
    /// How many files are in it.
    pub files: usize,
    /// How many files go.
    pub removed: usize,
    /// How large it is.
    pub bytes: u64,
}

/// One of the two releases.
struct Side {
    number: u64,
    list: List,
    tree: PathBuf,
}

/// Packs the site at `place` into a new file at `to`: what differs from the
/// release `since`, or all. A former package at `to` is replaced.
///
/// # Errors
/// Where there are no such releases, nothing differs, files are not as they
/// were published, or the system refuses something. There is no new file then.
pub fn package(
    place: &Place,
    since: Option<u64>,
    key: &SecretKey,
    to: &Path,
    hooks: &dyn Hooks,
) -> Result<Packed> {
    let store = store(place)?;
    let side = |number: Option<u64>| -> Result<(Side, jiff::Timestamp)> {
        let (manifest, tree) = open(place, &store, number)?;
        let at = manifest.head.release.as_ref().map_or(jiff::Timestamp::UNIX_EPOCH, |release| release.at);
        Ok((Side { number: manifest.head.number(), list: List::from_manifest(&manifest), tree }, at))
    };
    let (new, at) = side(None)?;
    let base = since.map(|number| side(Some(number))).transpose()?.map(|(base, _)| base);
    if base.as_ref().is_some_and(|base| base.number == new.number) {
        return Err(Fault::NothingNew(new.number).into());
    }
    let head = Head {
        origin: origin(&store),
        base: base.as_ref().map(|base| Base { release: base.number, list: base.list.hash() }),
        release: new.number,
        at,
        list: new.list.hash(),
    };
    let none = Side { number: 0, list: List::default(), tree: PathBuf::new() };
    let base_number = base.as_ref().map(|base| base.number);
    let base = base.unwrap_or(none);
    let payload = disk::append_name(to, "~payload");
    disk::remove_file(&payload)?;
    let mut files = 0;
    let made = write(&payload, |out| {
        files = write_payload(&head, &new, &base, hooks, out)?;
        Ok(())
    });
    let done = made.and_then(|()| sign(&payload, key, &head, to));
    let _ = disk::remove_file(&payload);
    let bytes = done?;
    let removed = base.list.0.keys().filter(|path| !new.list.0.contains_key(*path)).count();
    Ok(Packed { base: base_number, release: new.number, files, removed, bytes })
}

/// What says that two packages were made from the same site, and nothing else.
fn origin(store: &Store) -> String {
    let name = store.folder().file_name().unwrap_or_default().to_string_lossy();
    crate::memo::Key::hash_parts([b"origin".as_slice(), name.as_bytes()]).to_string()
}

/// Writes a new file, by what may fail in our own words.
fn write(path: &Path, make: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut failed = None;
    let written = disk::create_with(path, |out| {
        make(out).map_err(|error| {
            failed = Some(error);
            io::Error::other("see above")
        })
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(written.map(drop)?),
    }
}

/// Writes the whole payload, and returns how many files are in it.
fn write_payload(
    head: &Head,
    new: &Side,
    base: &Side,
    hooks: &dyn Hooks,
    out: &mut dyn Write,
) -> Result<usize> {
    let put = |e: io::Error| Error::from(disk::Error::new(disk::Act::Write, &new.tree, e));
    let json = serde_json::to_vec(head).unwrap_or_default();
    frame::pack(&mut json.as_slice(), json.len() as u64, b"", 19, out).map_err(put)?;
    let (text, prefix) = (new.list.text(), base.list.text());
    let prefix = if base.number == 0 { &[] } else { prefix.as_bytes() };
    frame::pack(&mut text.as_bytes(), text.len() as u64, prefix, 19, out).map_err(put)?;
    let jobs: Vec<Job<'_>> = choose(&new.list, &base.list)
        .into_iter()
        .filter_map(|(path, reference)| Some(Job { path, item: *new.list.0.get(path)?, reference }))
        .collect();
    hooks.planned(jobs.len());
    let base_items = base.list.0.iter().map(|(path, item)| (path, *item)).collect();
    let context = Context { new, base, base_items, jobs: &jobs, level: level(&jobs) };
    for part in parts(&jobs) {
        if let [job] = part
            && job.item.size > MOST_PREFIX
        {
            context.stream(job, out)?;
            hooks.wrote();
            continue;
        }
        let packed: Vec<Vec<u8>> =
            part.par_iter().map(|job| context.pack(job).inspect(|_| hooks.wrote())).collect::<Result<_>>()?;
        packed.iter().try_for_each(|bytes| out.write_all(bytes)).map_err(put)?;
    }
    Ok(jobs.len())
}

/// One file to be packed.
struct Job<'l> {
    path: &'l OutputPath,
    item: Item,
    reference: Reference,
}

/// So many bytes are packed at once.
const PART: u64 = 64 << 20;

/// The files in runs that may be in memory together; a long one alone.
fn parts<'j, 'l>(jobs: &'j [Job<'l>]) -> impl Iterator<Item = &'j [Job<'l>]> {
    let mut sum = 0_u64;
    jobs.chunk_by(move |one, next| {
        let long = one.item.size > MOST_PREFIX || next.item.size > MOST_PREFIX;
        sum = sum.saturating_add(next.item.size);
        let together = sum <= PART && !long;
        if !together {
            sum = next.item.size;
        }
        together
    })
}

/// How hard to try: small packages as well as can be; a whole site, which
/// would take minutes, less.
fn level(jobs: &[Job<'_>]) -> i32 {
    let bytes: u64 = jobs.iter().filter(|job| is_text(job.path)).map(|job| job.item.size).sum();
    match bytes {
        0..16_000_000 => 19,
        16_000_000..128_000_000 => 12,
        _ => 6,
    }
}

struct Context<'c> {
    new: &'c Side,
    base: &'c Side,
    base_items: Vec<(&'c OutputPath, Item)>,
    jobs: &'c [Job<'c>],
    level: i32,
}

impl Context<'_> {
    /// A file's reference and its frame.
    fn pack(&self, job: &Job<'_>) -> Result<Vec<u8>> {
        let bytes = read(self.new, job.path, job.item).ok_or_else(|| changed(self.new, job.path))?;
        let prefix = self.prefix(job.reference);
        let reference = if prefix.is_some() { job.reference } else { Reference::None };
        let level = if is_text(job.path) { self.level } else { 3 };
        let mut out = Vec::new();
        let prefix = prefix.unwrap_or_default();
        let written = reference
            .write(&mut out)
            .and_then(|()| frame::pack(&mut bytes.as_slice(), job.item.size, &prefix, level, &mut out));
        written.map_err(|e| disk::Error::new(disk::Act::Write, &self.new.tree, e))?;
        Ok(out)
    }

    /// The bytes that a reference leads to, if they are as they were.
    fn prefix(&self, reference: Reference) -> Option<Vec<u8>> {
        match reference {
            Reference::None => None,
            Reference::Base(place) => {
                let (path, item) = self.base_items.get(place as usize)?;
                read(self.base, path, *item)
            }
            Reference::Package(place) => {
                let job = self.jobs.get(place as usize)?;
                read(self.new, job.path, job.item)
            }
        }
    }

    /// Packs a long file without having it in memory.
    fn stream(&self, job: &Job<'_>, out: &mut dyn Write) -> Result<()> {
        let at = self.new.tree.join(job.path.as_str());
        let (mut file, len) = disk::open(&at)?;
        // It is read twice: what is packed must be what was published.
        if len != job.item.size || disk::sha256(&at)? != job.item.sha256 {
            return Err(changed(self.new, job.path));
        }
        Reference::None
            .write(out)
            .and_then(|()| frame::pack(&mut file, len, b"", 3, out))
            .map_err(|e| disk::Error::new(disk::Act::Read, &at, e).into())
    }
}

/// The bytes of a file, if they are as they were.
fn read(side: &Side, path: &OutputPath, item: Item) -> Option<Vec<u8>> {
    let bytes = disk::read(&side.tree.join(path.as_str())).ok()?;
    (disk::sha256_of(&bytes) == item.sha256).then_some(bytes)
}

fn changed(side: &Side, path: &OutputPath) -> Error {
    Fault::Altered { release: side.number, example: path.clone() }.into()
}

/// Signs the payload and puts the package at `to`; its length in bytes.
fn sign(payload: &Path, key: &SecretKey, head: &Head, to: &Path) -> Result<u64> {
    let (file, len) = disk::open(payload)?;
    let since = head.base.as_ref().map_or("none".to_owned(), |base| base.release.to_string());
    let trusted = format!("zhuanlan release:{} since:{since} published:{}", head.release, head.at);
    let public = minisign::PublicKey::from_secret_key(&key.0).map_err(|_| Fault::NoSecretKey)?;
    // With the public key, a damaged secret one is noticed.
    let signature = minisign::sign(Some(&public), &key.0, file, Some(&trusted), Some(COMMENT));
    let signature = signature.map_err(|error| match error.kind() {
        minisign::ErrorKind::Verify => Error::from(Fault::NoSecretKey),
        _ => disk::Error::new(disk::Act::Read, payload, io::Error::other(error)).into(),
    })?;
    let text = signature.into_string();
    let text = format!("{FIRST_LINE}{}\n", text.trim_end());
    let beside = disk::beside(to);
    disk::remove_file(&beside)?;
    disk::create_with(&beside, |out| {
        out.write_all(text.as_bytes())?;
        let (mut file, _) = disk::open(payload).map_err(|e| e.source)?;
        io::copy(&mut file, out).map(drop)
    })?;
    disk::rename(&beside, to)?;
    Ok(len + text.len() as u64)
}
