//! From a target and its keys to the store behind it.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use opendal::layers::{RetryLayer, TimeoutLayer};
use opendal::services::{S3, Webdav};
use opendal::{HttpTransporter, OperationContext, Operator};

use super::error::{Error, Result};
use super::masters::Masters;
use super::transport::{Clock, Guard, Meter, Transport};
use crate::config::{Bucket, Target, Vendor};

/// Looks up a key or a password by the name of its environment variable.
pub type Secrets<'s> = &'s dyn Fn(&str) -> Option<String>;

/// How a target is spoken to, and what follows for publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    S3,
    WebDav,
    Sftp,
}

impl Protocol {
    /// Whether objects keep the headers that they are given.
    pub(super) fn has_headers(self) -> bool {
        self == Self::S3
    }

    /// Whether what answers readers there may send a packed text in place of the
    /// text, by what they ask for (RFC 9110, 12.5.3). Object storage gives each
    /// object by its own name alone.
    pub(super) fn sends_packed(self) -> bool {
        self != Self::S3
    }

    /// Whether a put object is there whole or not at all.
    pub(super) fn is_atomic(self) -> bool {
        self == Self::S3
    }

    /// Whether there are folders, which have to be made.
    pub(super) fn has_folders(self) -> bool {
        self != Self::S3
    }

    /// Whether long files may be sent in parts.
    pub(super) fn takes_parts(self) -> bool {
        self != Self::WebDav
    }

    /// How many requests are made at once.
    pub(super) fn parallel(self) -> usize {
        match self {
            Self::S3 => 32,
            Self::WebDav => 16,
            // More are slower: each connection is a process of its own.
            Self::Sftp => 1,
        }
    }
}

/// A store that was connected to.
#[derive(Clone)]
pub(super) struct Connection {
    pub(super) operator: Operator,
    pub(super) protocol: Protocol,
    pub(super) meter: Meter,
    pub(super) guard: Guard,
    /// Those of SFTP.
    _masters: Option<Arc<Masters>>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Connection({:?})", self.operator)
    }
}

/// How often a request is tried again.
const RETRIES: usize = 5;

/// So many bytes a second are the least that a connection has to carry.
const SLOWEST: u64 = 20_000;

/// Connects to `target`. No request is made yet. `largest` is the length of the
/// longest file that is sent in one piece; `ssh_folder` is [`super::Request::ssh_folder`].
pub(super) fn connect(
    target: &Target,
    secrets: Secrets<'_>,
    largest: u64,
    clock: Clock,
    ssh_folder: Option<&Path>,
) -> Result<Connection> {
    let meter = Meter::new(clock);
    let (operator, protocol) = match target {
        Target::Bucket(bucket) => (s3(bucket, secrets)?, Protocol::S3),
        Target::WebDav { endpoint, user } => (webdav(endpoint, user.as_deref(), secrets)?, Protocol::WebDav),
        Target::Sftp { .. } => (sftp(target)?, Protocol::Sftp),
        Target::Folder(_) => return Err(Error::NotRemote),
    };
    let guard = Guard::new(matches!(target, Target::WebDav { .. }));
    let transport = Transport::new(meter.clone(), guard.clone()).map_err(|error| Error::setup(&error))?;
    let context = OperationContext::new().with_http_transport(HttpTransporter::new(transport));
    let patience = Duration::from_secs(60 + largest / SLOWEST);
    let retry = RetryLayer::new()
        .with_jitter()
        .with_min_delay(Duration::from_millis(200))
        .with_max_delay(Duration::from_secs(10))
        .with_max_times(RETRIES)
        .with_notify(|_: opendal::layers::RetryEvent<'_>| {});
    let timeout = TimeoutLayer::new().with_timeout(Duration::from_mins(1)).with_io_timeout(patience);
    let operator = operator.with_context(context).layer(timeout).layer(retry);
    let masters = ssh_folder.and_then(Masters::end_with_us).map(Arc::new);
    Ok(Connection { operator, protocol, meter, guard, _masters: masters })
}

fn s3(bucket: &Bucket, secrets: Secrets<'_>) -> Result<Operator> {
    let region =
        bucket.region.clone().or_else(|| secrets("AWS_REGION")).or_else(|| secrets("AWS_DEFAULT_REGION"));
    let mut builder = S3::default()
        .bucket(&bucket.name)
        .root(&format!("/{}", bucket.prefix))
        .region(region.as_deref().unwrap_or("us-east-1"));
    let endpoint = bucket.endpoint.clone().or_else(|| secrets("AWS_ENDPOINT_URL"));
    if let Some(endpoint) = &endpoint {
        // Elsewhere nobody answers for a machine's own role.
        builder = builder.endpoint(endpoint).disable_ec2_metadata();
    }
    if bucket.virtual_host {
        builder = builder.enable_virtual_host_style();
    }
    let pairs = bucket.vendor.variables();
    let found = pairs.iter().find_map(|(id, key)| Some((secrets(id)?, secrets(key)?)));
    match found {
        Some((id, key)) => {
            builder = builder.access_key_id(&id).secret_access_key(&key).disable_config_load();
            if let Some(token) = secrets("AWS_SESSION_TOKEN") {
                builder = builder.session_token(&token);
            }
        }
        // `~/.aws/credentials` and a machine's role may still be found.
        None if bucket.vendor == Vendor::S3 => {
            if let Some(profile) = secrets("AWS_PROFILE") {
                builder = builder.profile(&profile);
            }
        }
        None => return Err(Error::NoKeys(pairs.first().copied().unwrap_or(("", "")))),
    }
    Operator::new(builder).map_err(|error| Error::setup(&error))
}

fn webdav(endpoint: &str, user: Option<&str>, secrets: Secrets<'_>) -> Result<Operator> {
    let (host, path) = split(endpoint);
    let mut builder = Webdav::default().endpoint(host).root(&path).disable_create_dir(true);
    let user = user.map(str::to_owned).or_else(|| secrets("WEBDAV_USER"));
    if let Some(token) = secrets("WEBDAV_TOKEN") {
        builder = builder.token(&token);
    } else if let Some(user) = user {
        let Some(password) = secrets("WEBDAV_PASSWORD") else {
            return Err(Error::NoKeys(("WEBDAV_USER", "WEBDAV_PASSWORD")));
        };
        builder = builder.username(&user).password(&password);
    }
    Operator::new(builder).map_err(|error| Error::setup(&error))
}

/// The host of an address, and the path as it is meant, which servers may write
/// in other ways.
fn split(endpoint: &str) -> (&str, String) {
    let host_at = endpoint.find("://").map_or(0, |at| at + 3);
    let (host, path) = match endpoint.get(host_at..).and_then(|rest| rest.find('/')) {
        Some(at) => endpoint.split_at(host_at + at),
        None => (endpoint, ""),
    };
    (host, percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned())
}

#[cfg(unix)]
fn sftp(target: &Target) -> Result<Operator> {
    let Target::Sftp { endpoint, user, folder, key, new_hosts } = target else {
        return Err(Error::NotRemote);
    };
    let mut builder = opendal::services::Sftp::default()
        .endpoint(endpoint)
        .root(folder)
        .known_hosts_strategy(if *new_hosts { "add" } else { "strict" });
    if let Some(user) = user {
        builder = builder.user(user);
    }
    if let Some(key) = key {
        builder = builder.key(key);
    }
    Operator::new(builder).map_err(|error| Error::setup(&error))
}

/// opendal speaks SFTP through the system's own ssh, which it can't on Windows.
#[cfg(not(unix))]
fn sftp(_: &Target) -> Result<Operator> {
    Err(Error::NoSftp)
}
