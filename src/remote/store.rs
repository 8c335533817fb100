//! The requests that publishing makes, each in one place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use opendal::options::{ListOptions, WriteOptions};
use opendal::{ErrorKind, Metadata, MetadataBuilder};

use super::connect::Connection;
use super::error::{Act, Error, Result};
use super::plan::Object;
use super::state::OURS;
use crate::path::OutputPath;
use crate::publish::ReleaseFiles;

/// A target, with the requests that are made of it.
#[derive(Debug, Clone)]
pub(super) struct Store {
    pub(super) connection: Connection,
    /// Names of temporary objects begin so.
    temporary: String,
    count: std::sync::Arc<AtomicU64>,
}

/// Headers that an object is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Headers {
    pub(super) media_type: &'static str,
    pub(super) cache: &'static str,
    pub(super) disposition: Option<String>,
}

/// Longer files are sent in parts of [`PART`] bytes, where the target takes
/// them so.
pub(super) const LONG: u64 = 16 << 20;

/// No more than this is in memory of a long file, twice.
const PART: usize = 8 << 20;

impl Store {
    pub(super) fn new(connection: Connection, run: &str) -> Self {
        let temporary = format!("{OURS}tmp-{}-", run.get(..8).unwrap_or(run));
        Self { connection, temporary, count: std::sync::Arc::default() }
    }

    /// The moment by the target's clock, as far as it is known.
    pub(super) fn now(&self) -> Timestamp {
        self.connection.meter.here() + SignedDuration::from_secs(self.connection.meter.ahead().unwrap_or(0))
    }

    pub(super) fn fault(&self, act: Act, error: &opendal::Error) -> Error {
        Error::from_store(act, self.connection.meter.ahead(), error)
    }

    /// All objects, by name; and the folders, where there are any.
    pub(super) async fn list(&self) -> Result<(BTreeMap<String, Object>, BTreeSet<String>)> {
        let all = ListOptions { recursive: true, ..ListOptions::default() };
        let entries = self.connection.operator.list_options("/", all).await;
        let entries = entries.map_err(|error| self.fault(Act::List, &error))?;
        let (mut objects, mut folders) = (BTreeMap::new(), BTreeSet::new());
        for entry in entries {
            let name = entry.path().trim_start_matches('/');
            if name.is_empty() || name.ends_with('/') {
                folders.insert(name.to_owned());
            } else {
                objects.insert(name.to_owned(), object(entry.metadata()));
            }
        }
        Ok((objects, folders))
    }

    /// The bytes of an object; `None` where there is none.
    pub(super) async fn read(&self, name: &str) -> Result<Option<Vec<u8>>> {
        match self.connection.operator.read(name).await {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.fault(Act::Get, &error)),
        }
    }

    /// What the target says of one object; `None` where there is none.
    pub(super) async fn stat(&self, name: &str) -> Result<Option<Object>> {
        match self.connection.operator.stat(name).await {
            Ok(metadata) => Ok(Some(object(&metadata))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.fault(Act::Get, &error)),
        }
    }

    /// Makes an object, if there is none of its name.
    pub(super) async fn create(&self, name: &str, bytes: Vec<u8>) -> opendal::Result<()> {
        let operator = &self.connection.operator;
        if operator.info().capability().write_with_if_not_exists {
            let only_new = WriteOptions { if_not_exists: true, ..WriteOptions::default() };
            operator.write_options(name, bytes, only_new).await.map(drop)
        } else if self.connection.guard.asks() {
            let done = operator.write(name, bytes).await;
            self.connection.guard.rests();
            done.map(drop)
        } else {
            Err(opendal::Error::new(ErrorKind::Unsupported, "if_not_exists"))
        }
    }

    /// Puts an object that is no file of the site.
    pub(super) async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        let done = self.write(name, bytes, &Headers { cache: "no-cache", ..Headers::default() }, true).await;
        done.map(drop).map_err(|error| self.fault(Act::Put, &error))
    }

    /// Makes folders, where there are such; `/` is the target's own.
    pub(super) async fn make_folders(&self, folders: &BTreeSet<String>) -> Result<()> {
        for folder in folders {
            let made = self.connection.operator.create_dir(folder).await;
            made.map_err(|error| self.fault(Act::Put, &error))?;
        }
        Ok(())
    }

    /// Puts the release's file at `path`; what the target calls its bytes.
    pub(super) async fn put_file(
        &self,
        release: &std::sync::Arc<ReleaseFiles>,
        path: &OutputPath,
        headers: &Headers,
        replaces: bool,
    ) -> Result<Option<String>> {
        let size = release.files.get(path).map_or(0, |file| file.size);
        let done = if size > LONG && self.connection.protocol.takes_parts() {
            self.put_long(release, path, headers, replaces).await?
        } else {
            let (of, wanted) = (std::sync::Arc::clone(release), path.clone());
            let bytes = tokio::task::spawn_blocking(move || of.read(&wanted)).await;
            let bytes = bytes.ok().flatten().ok_or_else(|| Error::Moved(path.clone()))?;
            self.write(path.as_str(), bytes, headers, replaces).await
        };
        let metadata = done.map_err(|error| self.fault(Act::Put, &error))?;
        Ok(metadata.etag().map(str::to_owned))
    }

    /// Writes one object in one piece, whole or not at all.
    async fn write(
        &self,
        name: &str,
        bytes: Vec<u8>,
        headers: &Headers,
        replaces: bool,
    ) -> opendal::Result<Metadata> {
        let operator = &self.connection.operator;
        if self.connection.protocol.is_atomic() || !replaces {
            return operator.write_options(name, bytes, self.options(headers)).await;
        }
        let beside = self.beside();
        operator.write_options(&beside, bytes, self.options(headers)).await?;
        operator.rename(&beside, name).await?;
        Ok(MetadataBuilder::unknown().build())
    }

    /// The same for a long file, part by part. It is held against its hash once
    /// more on the way, and what is not right does not come to its name.
    async fn put_long(
        &self,
        release: &ReleaseFiles,
        path: &OutputPath,
        headers: &Headers,
        replaces: bool,
    ) -> Result<opendal::Result<Metadata>> {
        let moved = || Error::Moved(path.clone());
        let long = release.long(path).ok_or_else(moved)?;
        let beside =
            if self.connection.protocol.is_atomic() || !replaces { None } else { Some(self.beside()) };
        let name = beside.as_deref().unwrap_or(path.as_str());
        let options = WriteOptions { chunk: Some(PART), ..self.options(headers) };
        let operator = &self.connection.operator;
        let fault = |error: &opendal::Error| self.fault(Act::Put, error);
        let mut writer = operator.writer_options(name, options).await.map_err(|error| fault(&error))?;
        let mut check = crate::publish::Check::new(release, path);
        let mut at = 0;
        while at < long.size {
            let part = long.part(at, PART).filter(|part| !part.is_empty()).ok_or_else(moved)?;
            at += part.len() as u64;
            check.add(&part);
            writer.write(part).await.map_err(|error| fault(&error))?;
        }
        if !check.holds() {
            // What was sent of it never gets a name, or one that is sent anew.
            let _ = writer.abort().await;
            return Err(moved());
        }
        let done = writer.close().await;
        if let (Some(beside), Ok(_)) = (&beside, &done) {
            operator.rename(beside, path.as_str()).await.map_err(|error| fault(&error))?;
        }
        Ok(done)
    }

    fn options(&self, headers: &Headers) -> WriteOptions {
        if !self.connection.protocol.has_headers() {
            return WriteOptions::default();
        }
        WriteOptions {
            content_type: Some(headers.media_type).filter(|value| !value.is_empty()).map(str::to_owned),
            cache_control: Some(headers.cache.to_owned()),
            content_disposition: headers.disposition.clone(),
            ..WriteOptions::default()
        }
    }

    fn beside(&self) -> String {
        format!("{}{}", self.temporary, self.count.fetch_add(1, Ordering::Relaxed))
    }

    /// Deletes objects, in as few requests as the target allows.
    pub(super) async fn delete(&self, names: Vec<String>) -> Result<()> {
        if names.is_empty() {
            return Ok(());
        }
        let done = self.connection.operator.delete_iter(names).await;
        done.map_err(|error| self.fault(Act::Delete, &error))
    }
}

fn object(metadata: &Metadata) -> Object {
    let modified = metadata.last_modified();
    Object {
        size: metadata.content_length(),
        etag: metadata.etag().map(str::to_owned),
        modified: modified.and_then(|at| Timestamp::from_second(at.into_inner().as_second()).ok()),
    }
}
