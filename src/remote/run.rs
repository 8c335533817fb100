//! One publication to a target: list, compare, take the lease, put stage by
//! stage, write the manifest, delete.
//!
//! A run that is broken off leaves its lease with the paths that it may have
//! changed; the next one looks at those anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use md5::{Digest as _, Md5};
use tokio::task::JoinSet;

use super::connect::{Secrets, connect};
use super::error::{Error, Result};
use super::lease::{Held, LeftBehind, left_behind};
use super::plan::{Object, Plan, Put, Situation, Wanted, plan};
use super::state::{Entry, Head, LEASE, MANIFEST, Role, State};
use super::store::{Headers, LONG, Store};
use super::{Done, Note, Progress, Request, removals};
use crate::config::Target;
use crate::disk;
use crate::hosting::{disposition, served};
use crate::memo::Key;
use crate::path::OutputPath;
use crate::publish::ReleaseFiles;

/// So often a run begins anew because another one came between.
const ATTEMPTS: usize = 4;

/// Publishes what `request` asks for to `target`.
///
/// # Errors
/// See [`Error`]. What readers see is then the former site, or a part of the
/// new one with all that it needs; the next run goes on from there.
pub fn publish(
    target: &Target,
    request: &Request<'_>,
    secrets: Secrets<'_>,
    progress: &dyn Progress,
) -> Result<Done> {
    let sent_whole = |size: &u64| *size <= LONG || matches!(target, Target::WebDav { .. });
    let sizes = request.release.files.values().map(|file| file.size);
    let connection = connect(target, secrets, sizes.filter(sent_whole).max().unwrap_or(0), request.clock)?;
    let run = Key::hash(&disk::chance()?).to_string();
    let parallel = request.parallel.unwrap_or(connection.protocol.parallel()).clamp(1, 256);
    let with_headers = connection.protocol.has_headers();
    let wanted = request.release.files.iter().map(|(path, file)| {
        let headers = if with_headers { headers_of(path, &request.release).hash() } else { 0 };
        (path.clone(), Wanted { sha256: file.sha256, size: file.size, headers })
    });
    let wanted = wanted.collect();
    let store = Store::new(connection, &run);
    let session = Session { store, run, request, wanted, parallel, progress };
    // Reading files has threads of its own.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime =
        runtime.map_err(|error| disk::Error::new(disk::Act::Read, std::path::Path::new("."), error))?;
    runtime.block_on(session.run())
}

/// The headers of the file at `path`.
fn headers_of(path: &OutputPath, release: &ReleaseFiles) -> Headers {
    let facts = served(path.as_str());
    let name = release.downloads.get(path);
    Headers {
        media_type: facts.media_type,
        cache: facts.cache.control(),
        disposition: name.map(|name| disposition(path, name)),
    }
}

impl Headers {
    /// Never 0, which stands for none.
    fn hash(&self) -> u64 {
        let disposition = self.disposition.as_deref().unwrap_or_default();
        let key =
            Key::hash_parts([self.media_type.as_bytes(), self.cache.as_bytes(), disposition.as_bytes()]);
        let first = key.as_bytes().first_chunk::<8>().copied().unwrap_or_default();
        u64::from_le_bytes(first).max(1)
    }
}

/// Whether 32 hexadecimal digits are the MD5 of `bytes`.
fn is_md5_of(digits: &str, bytes: &[u8]) -> bool {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let read: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(byte).collect();
    read.is_some_and(|read| read == Md5::digest(bytes).as_slice())
}

struct Session<'r> {
    store: Store,
    run: String,
    request: &'r Request<'r>,
    wanted: BTreeMap<OutputPath, Wanted>,
    parallel: usize,
    progress: &'r dyn Progress,
}

/// What was found at the target.
struct Found {
    objects: BTreeMap<String, Object>,
    folders: BTreeSet<String>,
    state: Option<State>,
    /// What a run that was broken off left.
    left: Option<LeftBehind>,
}

/// Whether there is nothing to do.
fn is_settled(plan: &Plan, found: &Found) -> bool {
    let there = |entries: &BTreeMap<OutputPath, Entry>| -> usize {
        entries.values().filter(|entry| entry.role != Role::Going).count()
    };
    let known = found.state.as_ref().map_or(0, |state| there(&state.entries));
    plan.puts() + plan.deleted() == 0 && found.left.is_none() && known == there(&plan.keeps)
}

impl Session<'_> {
    async fn run(&self) -> Result<Done> {
        for attempt in 1..=ATTEMPTS {
            let found = self.look().await?;
            let plan = self.plan(&found);
            self.may(&plan, &found)?;
            if self.request.dry_run || is_settled(&plan, &found) {
                return Ok(self.done(&plan, Vec::new()));
            }
            if let Some(done) = self.carry_out(plan, found).await? {
                return Ok(done);
            }
            tokio::time::sleep(Duration::from_millis(300 * attempt as u64)).await;
        }
        Err(Error::Superseded("?".to_owned()))
    }

    async fn look(&self) -> Result<Found> {
        let (objects, folders) = self.store.list().await?;
        let manifest = if objects.contains_key(MANIFEST) { self.store.read(MANIFEST).await? } else { None };
        let state = manifest.map(|bytes| State::unpack(&bytes));
        let state = match state {
            Some(None) if !self.request.adopt => return Err(Error::Damaged),
            state => state.flatten(),
        };
        let ended = |run: &str| self.request.memory.knows(run);
        let left = left_behind(&self.store, objects.get(LEASE), state.as_ref(), ended).await?;
        Ok(Found { objects, folders, state, left })
    }

    fn plan(&self, found: &Found) -> Plan {
        let none = BTreeSet::new();
        let same = |path: &OutputPath, tag: &str| {
            let bytes = self.request.release.read(path);
            bytes.is_some_and(|bytes| is_md5_of(tag, &bytes))
        };
        plan(&Situation {
            wanted: &self.wanted,
            state: found.state.as_ref(),
            objects: &found.objects,
            claimed: found.left.as_ref().map_or(&none, |left| &left.claims),
            now: self.store.now(),
            adopt: self.request.adopt,
            same: &same,
        })
    }

    /// Refuses what nobody can mean.
    fn may(&self, plan: &Plan, found: &Found) -> Result<()> {
        if let Some(state) = &found.state {
            let (there, ours) = (&state.head.site, self.request.site);
            if there != ours && !self.request.adopt {
                return Err(Error::OtherSite { there: there.clone(), ours: ours.to_owned() });
            }
            if !self.request.allow_removals {
                removals::check(state.pages(), &plan.pages_gone, self.wanted.keys())?;
            }
        }
        match plan.strangers.first() {
            Some(example) => Err(Error::Strangers(plan.strangers.len(), example.clone())),
            None => Ok(()),
        }
    }

    /// Does it; `None` where another run came between, and all is to be looked
    /// at anew.
    async fn carry_out(&self, plan: Plan, found: Found) -> Result<Option<Done>> {
        self.progress.planned(plan.puts(), plan.deleted());
        self.request.memory.begin(&self.run)?;
        self.make_folders(&plan, &found).await?;
        let left = found.left.as_ref();
        let mut claims = left.map(|left| left.claims.clone()).unwrap_or_default();
        claims.extend(plan.stages.iter().flatten().map(|put| put.path.clone()));
        let exclusive = found.state.as_ref().and_then(|state| state.head.exclusive);
        let held = Held::take(&self.store, &self.run, self.request.who, claims, left, exclusive).await?;
        let Some(mut held) = held else { return Ok(None) };
        self.request.memory.settle(&self.run)?;
        let done = match self.manifest_is_as(found.objects.get(MANIFEST)).await {
            Ok(true) => self.put_all(&plan, &mut held).await.map(Some),
            Ok(false) => Ok(None),
            Err(error) => Err(error),
        };
        match done {
            Ok(Some(notes)) => {
                self.delete(&plan).await?;
                Ok(Some(self.done(&plan, notes)))
            }
            Ok(None) => {
                held.abandon().await;
                Ok(None)
            }
            Err(error) => {
                held.abandon().await;
                Err(error)
            }
        }
    }

    /// Whether the manifest still is the one that was listed: read after that,
    /// and not changed before we had the lease.
    async fn manifest_is_as(&self, listed: Option<&Object>) -> Result<bool> {
        let bare =
            |object: &Object| (object.size, object.etag.as_ref().map(|tag| tag.trim_matches('"').to_owned()));
        let now = self.store.stat(MANIFEST).await?;
        Ok(match (listed, &now) {
            (None, None) => true,
            (Some(listed), Some(now)) => {
                let tags = listed.etag.is_none() || now.etag.is_none() || bare(listed).1 == bare(now).1;
                listed.size == now.size && tags && (listed.modified == now.modified || listed.etag.is_some())
            }
            _ => false,
        })
    }

    /// Puts all that is to be put, and then the manifest.
    async fn put_all(&self, plan: &Plan, held: &mut Held<'_>) -> Result<Vec<Note>> {
        let mut entries = plan.keeps.clone();
        for stage in plan.stages.iter().filter(|stage| !stage.is_empty()) {
            held.keep(true).await?;
            self.put_stage(stage, &mut entries, held).await?;
        }
        if !self.store.connection.protocol.is_atomic() && plan.puts() > 0 {
            self.look_back(plan).await?;
        }
        held.keep(true).await?;
        let about = Head {
            site: self.request.site.to_owned(),
            run: self.run.clone(),
            release: self.request.release.number,
            at: self.store.connection.meter.here(),
            exclusive: held.exclusive,
        };
        self.store.put(MANIFEST, State { head: about, entries }.pack()).await?;
        let mut notes = Vec::new();
        if held.exclusive != Some(true) {
            notes.push(Note::NotExclusive);
        }
        if !self.store.connection.protocol.has_headers() {
            notes.push(Note::NoHeaders);
        }
        Ok(notes)
    }

    /// Puts the files of one stage, several at once.
    async fn put_stage(
        &self,
        stage: &[Put],
        entries: &mut BTreeMap<OutputPath, Entry>,
        held: &mut Held<'_>,
    ) -> Result<()> {
        let mut running: JoinSet<Result<(OutputPath, Option<String>)>> = JoinSet::new();
        let mut waiting = stage.iter();
        loop {
            while running.len() < self.parallel {
                let Some(put) = waiting.next() else { break };
                let (store, release) = (self.store.clone(), Arc::clone(&self.request.release));
                let headers = headers_of(&put.path, &release);
                let Put { path, replaces } = put.clone();
                running.spawn(async move {
                    let etag = store.put_file(&release, &path, &headers, replaces).await?;
                    Ok((path, etag))
                });
            }
            let Some(done) = running.join_next().await else { return Ok(()) };
            let Ok(done) = done else { continue };
            let (path, etag) = done?;
            if let Some(wanted) = self.wanted.get(&path) {
                entries.insert(path, wanted.entry(etag));
            }
            self.progress.put();
            held.keep(false).await?;
        }
    }

    /// Holds the lengths of what was put against what stands there, where a
    /// broken connection may leave half a file.
    async fn look_back(&self, plan: &Plan) -> Result<()> {
        let (objects, _) = self.store.list().await?;
        for put in plan.stages.iter().flatten() {
            let size = self.wanted.get(&put.path).map_or(0, |wanted| wanted.size);
            if objects.get(put.path.as_str()).is_none_or(|object| object.size != size) {
                return Err(Error::Garbled(put.path.clone()));
            }
        }
        Ok(())
    }

    /// Makes the folders that there are not yet.
    async fn make_folders(&self, plan: &Plan, found: &Found) -> Result<()> {
        if !self.store.connection.protocol.has_folders() {
            return Ok(());
        }
        let mut wanted = BTreeSet::new();
        for put in plan.stages.iter().flatten() {
            if let Some((folder, _)) = put.path.as_str().rsplit_once('/') {
                wanted.insert(format!("{folder}/"));
            }
        }
        let there = |folder: &str| {
            found.folders.contains(folder) || found.objects.keys().any(|name| name.starts_with(folder))
        };
        wanted.retain(|folder| !there(folder));
        if found.objects.is_empty() {
            wanted.insert("/".to_owned());
        }
        self.store.make_folders(&wanted).await
    }

    /// Deletes what is to go: pages, then the rest with the lease. The manifest
    /// knows of it all, so that what is left over here goes next time.
    async fn delete(&self, plan: &Plan) -> Result<()> {
        let [pages, rest] = &plan.deletes;
        self.store.delete(pages.clone()).await?;
        let mut rest = rest.clone();
        rest.push(LEASE.to_owned());
        self.store.delete(rest).await
    }

    fn done(&self, plan: &Plan, notes: Vec<Note>) -> Done {
        let put = plan.stages.iter().flatten();
        let size = |put: &Put| self.wanted.get(&put.path).map_or(0, |wanted| wanted.size);
        Done {
            release: self.request.release.number,
            put: plan.stages.iter().flatten().map(|put| put.path.clone()).collect(),
            deleted: plan.deletes.iter().flatten().cloned().collect(),
            unchanged: plan.unchanged,
            bytes: put.map(size).sum(),
            requests: self.store.connection.meter.requests(),
            notes,
        }
    }
}
