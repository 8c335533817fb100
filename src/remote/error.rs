//! Why a site could not be published to a target, and what to do.

use std::fmt;

use jiff::Timestamp;
use opendal::ErrorKind;

use super::error_words;
use crate::config::TargetFault;
use crate::diagnostic::{Lang, Message};
use crate::path::OutputPath;
use crate::publish;

/// The result of publishing to a target.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a site could not be published to a target.
#[derive(Debug)]
pub enum Error {
    /// What was written is no target.
    Target(String, TargetFault),
    /// A folder, which is published to in another way.
    NotRemote,
    /// This system can't speak SFTP.
    NoSftp,
    /// Nothing says with which key: names of the variables to be set.
    NoKeys((&'static str, &'static str)),
    /// The release could not be read.
    Source(publish::Error),
    /// A file of the release changed while it was published.
    Moved(OutputPath),
    /// Another site is there: its address, and ours.
    OtherSite {
        /// The site that is there.
        there: String,
        /// The one that was to be published.
        ours: String,
    },
    /// Objects of others stand at paths of the site: how many, and one.
    Strangers(usize, OutputPath),
    /// Most pages would go, or all of a section.
    Removals {
        /// How many pages go.
        gone: usize,
        /// Of how many.
        of: usize,
        /// The folder of which all go, where there is one.
        section: Option<String>,
        /// One of them.
        example: OutputPath,
    },
    /// Another run is publishing there.
    Leased {
        /// What it says of itself.
        who: String,
        /// Until when it has to say that it still does.
        until: Timestamp,
    },
    /// Another run took over while this one was at work.
    Superseded(String),
    /// The user broke it off.
    Interrupted,
    /// The manifest at the target is damaged.
    Damaged,
    /// A file does not stand at the target as it was sent.
    Garbled(OutputPath),
    /// The store refused something, or could not be reached.
    Store(Refusal),
}

/// What a store said.
#[derive(Debug)]
pub struct Refusal {
    /// What was asked of it.
    pub act: Act,
    /// What it means.
    pub cause: Cause,
    /// Its own words.
    pub said: String,
}

/// What was asked of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// To make a connection.
    Connect,
    /// To list objects.
    List,
    /// To give an object.
    Get,
    /// To take an object.
    Put,
    /// To delete objects.
    Delete,
}

/// What a refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The key may not do this.
    Denied,
    /// The store does not know the key, or the password is wrong.
    WrongKey,
    /// No key was sent.
    NoKey,
    /// The signature is wrong, most often by a wrong secret.
    Signature,
    /// Clocks differ: by how many seconds, where that is known.
    Skew(Option<i64>),
    /// There is no such bucket or folder.
    NoBucket,
    /// The bucket is elsewhere.
    Region,
    /// The store has no room left.
    Full,
    /// The server does not list folders by WebDAV.
    NoListing,
    /// The host's name can't be found, or nobody answers.
    Unreachable,
    /// The host's certificate is not trusted.
    Certificate,
    /// The host's key is not known to ssh, or has changed.
    HostKey,
    /// ssh knows no key that the host takes.
    SshKey,
    /// The store is overloaded or out of order, also after several tries.
    Down,
    /// Something else.
    Other,
}

/// Words of stores and what they mean, the most certain first: S3's error codes
/// (Amazon's list, which OSS, COS and OBS share), and what `rustls`, hyper and
/// ssh say.
const WORDS: [(&str, Cause); 32] = [
    ("RequestTimeTooSkewed", Cause::Skew(None)),
    ("SignatureDoesNotMatch", Cause::Signature),
    ("InvalidAccessKeyId", Cause::WrongKey),
    ("InvalidToken", Cause::WrongKey),
    ("ExpiredToken", Cause::WrongKey),
    ("NoSuchBucket", Cause::NoBucket),
    ("AuthorizationHeaderMalformed", Cause::Region),
    ("PermanentRedirect", Cause::Region),
    ("AccessDenied", Cause::Denied),
    ("AllAccessDisabled", Cause::Denied),
    ("QuotaExceeded", Cause::Full),
    ("StorageFull", Cause::Full),
    ("status: 507", Cause::Full),
    ("status: 405", Cause::NoListing),
    ("no valid credential", Cause::NoKey),
    ("failed to load signing credential", Cause::NoKey),
    ("failed to load credential", Cause::NoKey),
    ("credential is empty", Cause::NoKey),
    ("invalid peer certificate", Cause::Certificate),
    ("UnknownIssuer", Cause::Certificate),
    ("certificate", Cause::Certificate),
    ("Host key verification failed", Cause::HostKey),
    ("host key", Cause::HostKey),
    ("Permission denied (", Cause::SshKey),
    ("Too many authentication failures", Cause::SshKey),
    ("dns error", Cause::Unreachable),
    ("Could not resolve hostname", Cause::Unreachable),
    ("Connection refused", Cause::Unreachable),
    ("tcp connect error", Cause::Unreachable),
    ("client error (Connect)", Cause::Unreachable),
    ("No route to host", Cause::Unreachable),
    ("status: 401", Cause::WrongKey),
];

impl Error {
    /// A store that could not be set up.
    pub(super) fn setup(error: &opendal::Error) -> Self {
        Self::from_store(Act::Connect, None, error)
    }

    /// What a store said; `ahead` is by how many seconds its clock is.
    pub(super) fn from_store(act: Act, ahead: Option<i64>, error: &opendal::Error) -> Self {
        let said = words(error);
        let found = WORDS.iter().find(|(word, _)| said.contains(word)).map(|(_, cause)| *cause);
        let cause = found.unwrap_or_else(|| match error.kind() {
            ErrorKind::PermissionDenied => Cause::Denied,
            ErrorKind::RateLimited => Cause::Down,
            _ if error.is_persistent() || error.is_temporary() => Cause::Down,
            _ => Cause::Other,
        });
        let cause = if cause == Cause::Skew(None) { Cause::Skew(ahead) } else { cause };
        Self::Store(Refusal { act, cause, said: shown(&said) })
    }

    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        let [zh, en] = error_words::both(self);
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// All that an error says, its causes included.
fn words(error: &opendal::Error) -> String {
    let mut said = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let more = cause.to_string();
        if !said.contains(&more) {
            said = format!("{said}: {more}");
        }
        source = cause.source();
    }
    said
}

/// What of it helps whoever runs the server: the status, and the server's own
/// words; without all that opendal says of its request.
fn shown(said: &str) -> String {
    let words = said.split_once(" => ").map_or(said, |(_, words)| words);
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
    let status = said.split_once("status: ").and_then(|(_, status)| status.split([',', ' ']).next());
    match status.filter(|status| status.len() == 3) {
        Some(status) => format!("HTTP {status}, {words}"),
        None => words,
    }
}

impl From<publish::Error> for Error {
    fn from(error: publish::Error) -> Self {
        Self::Source(error)
    }
}

impl From<crate::disk::Error> for Error {
    fn from(error: crate::disk::Error) -> Self {
        Self::Source(error.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En).text)
    }
}

impl std::error::Error for Error {}
