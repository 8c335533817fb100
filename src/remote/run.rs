//! One publication to a target: list, compare, take the lease, put stage by
//! stage, write the manifest, delete.
//!
//! A run that is broken off leaves its lease with the paths that it may have
//! changed; the next one looks at those anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select, try_join_all};
use jiff::{SignedDuration, Timestamp};
use md5::{Digest as _, Md5};
use tokio::task::JoinSet;

use super::connect::{Secrets, connect};
use super::error::{Error, Result};
use super::lease::{Held, LeftBehind, left_behind, release};
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

/// For so long a run that the user broke off may take to say so at the target.
const PATIENCE: Duration = Duration::from_secs(5);

/// So long after a list of all objects the manifest is believed.
const LISTED: SignedDuration = SignedDuration::from_hours(24);

/// For more new files than these a list takes no longer than to ask for each.
const FEW: usize = 48;

/// Publishes what `request` asks for to `target`. Ctrl-C ends it: nothing stays
/// on the way, and the lease is given back.
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
    let largest = sizes.filter(sent_whole).max().unwrap_or(0);
    let connection = connect(target, secrets, largest, request.clock, request.ssh_folder)?;
    let run = Key::hash(&disk::chance()?).to_string();
    let parallel = request.parallel.unwrap_or(connection.protocol.parallel()).clamp(1, 256);
    let with_headers = connection.protocol.has_headers();
    let (sends_packed, files) = (connection.protocol.sends_packed(), &request.release);
    let of_use = files.files.iter().filter(|(path, _)| sends_packed || !files.is_packed(path));
    let wanted = of_use.map(|(path, file)| {
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
    runtime.block_on(async {
        let (run, stopped) = (Box::pin(session.run()), Box::pin(interrupted()));
        match select(run, stopped).await {
            Either::Left((done, _)) => return done,
            // What was on its way is broken off.
            Either::Right(((), run)) => drop(run),
        }
        let released = release(&session.store, &session.run);
        let _ = tokio::time::timeout(PATIENCE, released).await;
        Err(Error::Interrupted)
    })
}

/// When the user presses Ctrl-C, or the system wants us to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupt), Ok(mut end)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        {
            select(Box::pin(interrupt.recv()), Box::pin(end.recv())).await;
            return;
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_ok() {
        return;
    }
    // It can't be noticed: then the system ends us by itself.
    std::future::pending::<()>().await;
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
    /// When all objects were listed.
    listed: Timestamp,
    /// Whether the objects are those of the manifest, and not of a list.
    by_manifest: bool,
}

/// Whether there is nothing to do.
fn is_settled(plan: &Plan, found: &Found) -> bool {
    let there = |entries: &BTreeMap<OutputPath, Entry>| -> usize {
        entries.values().filter(|entry| entry.role != Role::Going).count()
    };
    let known = found.state.as_ref().map_or(0, |state| there(&state.entries));
    plan.puts() + plan.deleted() == 0 && found.left.is_none() && known == there(&plan.keeps)
}

/// Whether two answers tell of the same bytes: by entity tags where there are
/// any, else by size and time.
fn is_same(one: &Object, other: &Object) -> bool {
    let bare = |tag: &str| tag.trim_matches('"').to_owned();
    let tags = one.etag.as_deref().map(bare).zip(other.etag.as_deref().map(bare));
    one.size == other.size && tags.map_or(one.modified == other.modified, |(one, other)| one == other)
}

impl Session<'_> {
    async fn run(&self) -> Result<Done> {
        for attempt in 1..=ATTEMPTS {
            let (found, plan) = self.find(attempt == 1).await?;
            self.may(&plan, &found)?;
            if self.request.dry_run || is_settled(&plan, &found) {
                return Ok(self.done(&plan, Vec::new()));
            }
            let by_manifest = found.by_manifest;
            if let Some(done) = self.carry_out(plan, found).await? {
                return Ok(done);
            }
            if !by_manifest {
                tokio::time::sleep(Duration::from_millis(300 * attempt as u64)).await;
            }
        }
        Err(Error::Superseded("?".to_owned()))
    }

    /// What stands there and what is to be done, by the manifest alone where
    /// that may be (`believing`) and can be.
    async fn find(&self, believing: bool) -> Result<(Found, Plan)> {
        let Request { recheck, adopt, dry_run, .. } = *self.request;
        let atomic = self.store.connection.protocol.is_atomic();
        let mut read = None;
        if believing && atomic && !recheck && !adopt && !dry_run {
            read = self.read_manifest().await?;
            if let Some(found) = read.as_ref().and_then(|read| self.believe(read)) {
                let plan = self.plan(&found);
                if self.may_be_believed(&plan, &found).await? {
                    return Ok((found, plan));
                }
            }
        }
        let found = self.look(read).await?;
        let plan = self.plan(&found);
        Ok((found, plan))
    }

    /// The manifest, and the object that it is or was a moment ago.
    async fn read_manifest(&self) -> Result<Option<(Object, Option<State>)>> {
        let Some(object) = self.store.stat(MANIFEST).await? else { return Ok(None) };
        let state = self.store.read(MANIFEST).await?.map(|bytes| State::unpack(&bytes));
        Ok(state.map(|state| (object, state)))
    }

    /// What is found by the manifest alone: where all objects were listed within
    /// a day, and no two runs can come between each other. What was put or
    /// deleted there by other means since then is noticed where it is in the
    /// way, and else by the next list.
    fn believe(&self, (manifest, state): &(Object, Option<State>)) -> Option<Found> {
        let state = state.as_ref().filter(|state| state.head.exclusive == Some(true))?;
        let listed = state.head.listed?;
        let age = self.store.connection.meter.here().duration_since(listed);
        if !(SignedDuration::ZERO..LISTED).contains(&age) {
            return None;
        }
        // What was being deleted is gone: else its run's lease would be there.
        let there = state.entries.iter().filter(|(_, entry)| entry.role != Role::Going);
        let objects = there.map(|(path, entry)| {
            let object = Object { size: entry.size, etag: entry.etag.clone(), modified: None };
            (path.to_string(), object)
        });
        let objects = objects.chain([(MANIFEST.to_owned(), manifest.clone())]).collect();
        let (folders, left, state) = (BTreeSet::new(), None, Some(state.clone()));
        Some(Found { objects, folders, state, left, listed, by_manifest: true })
    }

    /// Whether `plan` can be carried out without a list: few files are new, and
    /// nothing stands at their paths, as far as that is asked; and where nothing
    /// is to be done, no broken run left anything.
    async fn may_be_believed(&self, plan: &Plan, found: &Found) -> Result<bool> {
        let new: Vec<&Put> = plan.stages.iter().flatten().filter(|put| !put.replaces).collect();
        if new.len() > FEW {
            return Ok(false);
        }
        let lease = if is_settled(plan, found) { Some(LEASE) } else { None };
        let names = new.iter().map(|put| put.path.as_str()).chain(lease);
        let there = try_join_all(names.map(|name| self.store.stat(name))).await?;
        Ok(there.iter().all(Option::is_none))
    }

    /// Lists what stands there. `read` is the manifest where that was read
    /// before, which counts if it still is the same.
    async fn look(&self, read: Option<(Object, Option<State>)>) -> Result<Found> {
        let (objects, folders) = self.store.list().await?;
        let listed = self.store.connection.meter.here();
        let manifest = objects.get(MANIFEST);
        let read = read.filter(|(object, _)| manifest.is_some_and(|listed| is_same(listed, object)));
        let state = match (read, manifest) {
            (Some((_, state)), _) => Some(state),
            (None, Some(_)) => self.store.read(MANIFEST).await?.map(|bytes| State::unpack(&bytes)),
            (None, None) => None,
        };
        let state = match state {
            Some(None) if !self.request.adopt => return Err(Error::Damaged),
            state => state.flatten(),
        };
        let ended = |run: &str| self.request.memory.knows(run);
        let left = left_behind(&self.store, objects.get(LEASE), state.as_ref(), ended).await?;
        Ok(Found { objects, folders, state, left, listed, by_manifest: false })
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
            Ok(true) => self.put_all(&plan, found.listed, &mut held).await.map(Some),
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
        let now = self.store.stat(MANIFEST).await?;
        Ok(match (listed, &now) {
            (None, None) => true,
            (Some(listed), Some(now)) => is_same(listed, now),
            _ => false,
        })
    }

    /// Puts all that is to be put, and then the manifest.
    async fn put_all(&self, plan: &Plan, listed: Timestamp, held: &mut Held<'_>) -> Result<Vec<Note>> {
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
            listed: Some(listed),
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
