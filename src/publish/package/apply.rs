//! Putting the release of a package where readers are.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use super::super::folder::Folder;
use super::super::head::Received;
use super::super::hooks::step;
use super::super::manifest::{Fact, Manifest};
use super::super::{Provenance, PublishOptions, Published, Publisher, Result, Step};
use super::format::{Head, Item, List};
use super::frame::{self, MOST_PREFIX};
use super::open::{Package, Payload};
use super::reference::Reference;
use super::{Error, Fault};
use crate::build::{Artifact, Content, Output};
use crate::config::Publishing;
use crate::disk::{self, Files};
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};

/// How to apply a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ApplyOptions {
    /// How to publish.
    pub publish: PublishOptions,
    /// Whether a package of another site may take the place of this one.
    pub other_site: bool,
}

/// What a package came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The number of the release where it was made.
    pub release: u64,
    /// What was published here.
    pub published: Published,
}

/// The most bytes that a head and a list may have.
const MOST_HEAD: u64 = 1 << 20;
const MOST_LIST: u64 = 1 << 30;

impl Publisher<'_> {
    /// Makes the release of `package` the site, whole or not at all. One that
    /// is there already is fine.
    ///
    /// # Errors
    /// Where it does not continue what is there, is older than what was there,
    /// or is of another site; where files are not as they were published; and
    /// as [`Publisher::publish`].
    pub fn apply(&mut self, package: &Package, how: ApplyOptions) -> Result<Applied> {
        let staging = self.store.incoming();
        let done = self.unpack_and_publish(package, how, &staging);
        // Nothing of it is needed any more, whatever came of it.
        let _ = disk::remove_tree(&staging);
        done
    }

    fn unpack_and_publish(
        &mut self,
        package: &Package,
        how: ApplyOptions,
        staging: &Path,
    ) -> Result<Applied> {
        let there = There::new(self.manifest.as_ref());
        let mut payload = package.payload()?;
        let head: Head = json(&mut payload).map_err(|e| damaged(package, e))?;
        self.must_follow(&head, how.other_site)?;
        let is_there = there.hash == head.list && there.stands_in(self.looked_at()?);
        let list = if is_there {
            there.list.clone()
        } else {
            self.must_continue(&head, &there)?;
            let unpacking = Unpacking { publisher: self, package, there: &there, staging };
            // What publishing needs of the site is made beside it.
            let (list, prepared) = std::thread::scope(|scope| {
                let prepared = scope.spawn(|| self.prepare(how.publish.in_place));
                (unpacking.run(&mut payload, &head), prepared.join())
            });
            let list = list.and_then(|list| payload.finish().map(|()| list));
            if list.is_err() {
                self.give_up_prepared();
            }
            let list = list?;
            // What may be there and can't be changed, publishing does without.
            match prepared {
                Ok(Err(Error::Disk(error))) if error.source.kind() != io::ErrorKind::PermissionDenied => {
                    return Err(Error::Disk(error));
                }
                _ => list,
            }
        };
        let output = output(&list, there.base(&head), self.looked_at()?, how.publish)?;
        let received = Received { origin: head.origin, release: head.release };
        let provenance = Provenance { again: None, received: Some(received) };
        let files = Files::new(&disk::resolve(staging)?);
        let published = self.publish_as(&output, &files, None, how.publish, provenance)?;
        Ok(Applied { release: head.release, published })
    }

    /// Refuses what is older than what was there, or of another site.
    fn must_follow(&self, head: &Head, other_site: bool) -> Result<()> {
        let Some(received) = self.received() else { return Ok(()) };
        let same = received.origin == head.origin;
        if same && head.release < received.release {
            return Err(Fault::Older { package: head.release, there: received.release }.into());
        }
        if same || other_site { Ok(()) } else { Err(Fault::OtherSite.into()) }
    }

    fn received(&self) -> Option<&Received> {
        self.manifest.as_ref().and_then(|manifest| manifest.head.received.as_ref())
    }

    /// Refuses what does not continue the site that is there.
    fn must_continue(&self, head: &Head, there: &There) -> Result<()> {
        let Some(base) = &head.base else { return Ok(()) };
        if there.hash == base.list {
            return Ok(());
        }
        let received = self.received();
        let shown = received.filter(|_| !there.list.0.is_empty()).map(|received| received.release);
        let former = self.manifest.iter().flat_map(|manifest| &manifest.head.former).rev();
        let kept = former.map(|release| release.number).find(|number| {
            let former = Manifest::load(&self.store.manifest_of(*number));
            former.is_some_and(|former| List::from_manifest(&former).hash() == base.list)
        });
        Err(Fault::Gap { needs: base.release, shown, kept }.into())
    }
}

/// The site that is there, by its manifest.
struct There {
    list: List,
    /// The list as text, and the SHA-256 of that.
    text: String,
    hash: String,
}

impl There {
    fn new(manifest: Option<&Manifest>) -> Self {
        let list = manifest.map(List::from_manifest).unwrap_or_default();
        let text = list.text();
        let hash = super::format::hash(&text);
        Self { list, text, hash }
    }

    /// What a package with this head continues; `None` where it has all files.
    fn base(&self, head: &Head) -> Option<&List> {
        head.base.as_ref().map(|_| &self.list)
    }

    /// Whether nobody changed it in the folder.
    fn stands_in(&self, live: &Folder) -> bool {
        self.list.0.iter().all(|(path, item)| has(live, path, item).is_some())
    }
}

/// What is known of the file at `path`, where it is the one that is wanted.
fn has<'l>(live: &'l Folder, path: &OutputPath, item: &Item) -> Option<&'l Fact> {
    live.verified.get(path).filter(|fact| fact.sha256 == item.sha256)
}

/// Reads the head, which is of one frame.
fn json(payload: &mut Payload<'_>) -> io::Result<Head> {
    let mut json = Vec::new();
    frame::unpack(payload, b"", MOST_HEAD, &mut json)?;
    Ok(serde_json::from_slice(&json)?)
}

/// A signed package whose inside is wrong, or that can't be read.
fn damaged(package: &Package, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::Other => {
            Fault::Malformed(error.to_string()).into()
        }
        _ => disk::Error::new(disk::Act::Read, package.path(), error).into(),
    }
}

struct Unpacking<'u> {
    publisher: &'u Publisher<'u>,
    package: &'u Package,
    there: &'u There,
    staging: &'u Path,
}

impl Unpacking<'_> {
    /// Unpacks all files out of sight, each compared with its SHA-256; gives
    /// the files of the new release.
    fn run(&self, payload: &mut Payload<'_>, head: &Head) -> Result<List> {
        let list = self.list(payload, head)?;
        let base = self.there.base(head);
        let bases: Vec<&OutputPath> = base.iter().flat_map(|base| base.0.keys()).collect();
        let new: Vec<(&OutputPath, Item)> = list.beyond(base).collect();
        step(self.publisher.hooks, Step::MakeFolder, self.staging)?;
        disk::remove_tree(self.staging)?;
        disk::create_private_folder(self.staging)?;
        self.publisher.hooks.planned(new.len());
        for (place, (path, item)) in new.iter().enumerate() {
            let earlier = new.get(..place).unwrap_or_default();
            let reference = Reference::read(payload).map_err(|e| damaged(self.package, e))?;
            let prefix = match reference {
                Reference::None => None,
                Reference::Base(at) => bases.get(at as usize).map(|path| self.there_at(path)),
                Reference::Package(at) => {
                    earlier.get(at as usize).map(|(path, _)| self.staging.join(path.as_str()))
                }
            };
            if prefix.is_none() && reference != Reference::None {
                return Err(Fault::Malformed("a reference to no file".to_owned()).into());
            }
            self.file(payload, path, *item, prefix.as_deref())?;
            self.publisher.hooks.wrote();
        }
        Ok(list)
    }

    fn there_at(&self, path: &OutputPath) -> PathBuf {
        self.publisher.place.output.join(path.as_str())
    }

    fn list(&self, payload: &mut dyn BufRead, head: &Head) -> Result<List> {
        let prefix = if head.base.is_some() { self.there.text.as_str() } else { "" };
        let mut text = Vec::new();
        frame::unpack(payload, prefix.as_bytes(), MOST_LIST, &mut text)
            .map_err(|e| damaged(self.package, e))?;
        let text = std::str::from_utf8(&text).ok().filter(|text| super::format::hash(text) == head.list);
        let list = text.and_then(List::parse);
        list.ok_or_else(|| Fault::Malformed("a list of files that can't be a site's".to_owned()).into())
    }

    fn file(
        &self,
        payload: &mut dyn BufRead,
        path: &OutputPath,
        item: Item,
        prefix: Option<&Path>,
    ) -> Result<()> {
        let prefix = prefix.map(|prefix| {
            let fits = disk::stamp(prefix).is_some_and(|stamp| stamp.len <= MOST_PREFIX);
            if fits { disk::read(prefix).map_err(Error::from) } else { Err(altered(path, self.publisher)) }
        });
        let prefix = prefix.transpose()?.unwrap_or_default();
        let to = self.staging.join(path.as_str());
        step(self.publisher.hooks, Step::Write, &to)?;
        if let Some(folder) = to.parent() {
            disk::create_folders(folder)?;
        }
        let mut hashed = None;
        let written = disk::create_with(&to, |out| {
            let mut out = disk::Hashing::new(out);
            let len = frame::unpack(payload, &prefix, item.size, &mut out);
            hashed = Some(len.map(|len| (len, out.finish())));
            Ok(())
        });
        written?;
        match hashed {
            Some(Ok((len, sha256))) if len == item.size && sha256 == item.sha256 => Ok(()),
            Some(Err(error)) => Err(damaged(self.package, error)),
            _ => Err(altered(path, self.publisher)),
        }
    }
}

/// What was packed against this file is not what is here.
fn altered(path: &OutputPath, publisher: &Publisher<'_>) -> Error {
    Fault::Altered { release: publisher.release(), example: path.clone() }.into()
}

/// The site of the new release: what is there already, and what was unpacked.
fn output(list: &List, base: Option<&List>, live: &Folder, how: PublishOptions) -> Result<Output> {
    let mut files = BTreeMap::new();
    for (path, item) in &list.0 {
        let key = match has(live, path, item) {
            Some(fact) => fact.key,
            // A package has what its base has not.
            None if base.is_none_or(|base| base.0.get(path) != Some(item)) => Key::hash(&item.sha256),
            None => return Err(Fault::Altered { release: 0, example: path.clone() }.into()),
        };
        let source = SourcePath::new(path.as_str());
        let source = source.ok_or_else(|| Error::from(Fault::Malformed(path.to_string())))?;
        files.insert(path.clone(), Artifact { key, content: Content::Blob(source, item.size) });
    }
    let publishing = Publishing { in_place: how.in_place, ..Publishing::default() };
    Ok(Output { files, publishing, ..Output::default() })
}
