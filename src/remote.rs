//! A site published to a place elsewhere: object storage, WebDAV, SFTP.
//!
//! The target keeps a manifest of what was put there. A run lists the objects,
//! reads that manifest, and sends what differs, in stages that are awaited, so
//! that readers never see a page whose files are not there; it writes the
//! manifest, and then deletes what the site no longer has. [`plan()`] decides all
//! of it and is pure; [`publish`] makes the requests, by `opendal`.
//!
//! For one changed article that is: one GET, one PUT for each changed file, and
//! besides a HEAD for each new one, a PUT for the lease, two HEAD and a PUT for
//! the manifest, and a single DELETE for all that goes. Once a day, and where a target can't keep two
//! publishers apart, all objects are listed too (one request for 1,000), because
//! others may have changed some.
//!
//! **Invariants:** an object that was not put by us is not touched. Whenever a
//! run is broken off, every page that stands there has its files, and the next
//! run ends right.

mod connect;
mod error;
mod error_words;
mod lease;
mod masters;
mod plan;
mod removals;
mod run;
mod state;
mod store;
mod transport;

use std::path::Path;
use std::sync::Arc;

pub use connect::Secrets;
pub use error::{Act, Cause, Error, Refusal, Result};
pub use masters::STATE_FOLDER;
pub use plan::{Object, Plan, Put, STAGES, Situation, Stage, Wanted, plan};
pub use removals::check as check_removals;
pub use run::publish;
pub use state::{Entry, Head, Role, State};
pub use transport::{Clock, Requests};

use crate::path::OutputPath;
use crate::publish::{ReleaseFiles, TargetMemory};

/// What is to be published, and how.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own, and none follows from another"
)]
pub struct Request<'r> {
    /// The release.
    pub release: Arc<ReleaseFiles>,
    /// What this computer remembers of the target.
    pub memory: TargetMemory,
    /// The site's address, or its title where it has none.
    pub site: &'r str,
    /// What others are told while we publish.
    pub who: &'r str,
    /// This computer's clock.
    pub clock: Clock,
    /// Only say what would be done.
    pub dry_run: bool,
    /// Though most pages go, or all of a section.
    pub allow_removals: bool,
    /// Replace what another site or program put at the paths of this one.
    pub adopt: bool,
    /// List what stands there, though that was done a short while ago.
    pub recheck: bool,
    /// How many files are sent at once, in place of what the protocol takes
    /// well.
    pub parallel: Option<usize>,
    /// The folder that [`STATE_FOLDER`] names, where it is for this run alone: what
    /// `ssh` leaves there goes when we end, however that is.
    pub ssh_folder: Option<&'r Path>,
}

/// What was done, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// The number of the release.
    pub release: u64,
    /// Files that were sent, in order.
    pub put: Vec<OutputPath>,
    /// Objects that were deleted.
    pub deleted: Vec<String>,
    /// Files that were there already.
    pub unchanged: usize,
    /// Bytes of the files that were sent.
    pub bytes: u64,
    /// How many requests of each kind were made.
    pub requests: Requests,
    /// What the user should know.
    pub notes: Vec<Note>,
}

/// Something that the user should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The target can't keep two publishers apart for certain.
    NotExclusive,
    /// The target takes no headers: its server has to say types and caching.
    NoHeaders,
}

/// Told of how far a run is.
pub trait Progress {
    /// So many files are to be sent, and so many objects to be deleted.
    fn planned(&self, puts: usize, deletes: usize);

    /// One file was sent.
    fn put(&self);
}
