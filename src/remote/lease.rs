//! Who is publishing: one object at the target, made before anything changes
//! and deleted last, which also names the paths that its run may change.
//!
//! Where the target refuses to create an object that there is, one run alone
//! gets it. Others accept and overwrite: there the object is read back after a
//! moment, and again before each stage, so that of two runs that begin in the
//! same moment one stops, at the latest before its next stage. More can't be
//! promised there.
//!
//! A run that was broken off leaves its lease. It is taken over at once by a
//! run from the same column's folder, which knows that it ended, and by others
//! once its time is over.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use opendal::ErrorKind;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::error::{Act, Error, Result};
use super::plan::Object;
use super::state::{LEASE, State, pack_paths, unpack_paths};
use super::store::Store;
use crate::path::OutputPath;

/// For so long a lease holds if its holder says nothing more.
const HOLDS: SignedDuration = SignedDuration::from_mins(10);

/// Clocks are as far apart as this at the most, where the target tells none.
const SLACK: SignedDuration = SignedDuration::from_mins(1);

/// So often its holder says that it still is at work.
const RENEWED: Duration = Duration::from_mins(3);

/// For so long another writer may be on the way where leases are read back.
const OVERLAP: Duration = Duration::from_millis(700);

/// What the object says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lease {
    /// The run that holds it.
    pub(super) run: String,
    /// What it says of itself.
    pub(super) who: String,
    /// Until when it holds, by the target's clock.
    pub(super) until: Timestamp,
    /// Paths that its run, or one before that was broken off, may change.
    #[serde(skip)]
    pub(super) claims: BTreeSet<OutputPath>,
}

impl Lease {
    fn pack(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes.extend(pack_paths(&self.claims));
        bytes
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let (head, claims) = bytes.split_at_checked(end)?;
        let lease: Self = serde_json::from_slice(head).ok()?;
        Some(Self { claims: unpack_paths(claims.get(1..)?)?, ..lease })
    }
}

/// What a run that was broken off left.
#[derive(Debug, Default)]
pub(super) struct LeftBehind {
    /// Paths that it may have changed.
    pub(super) claims: BTreeSet<OutputPath>,
    /// Whether nobody else can take its lease over yet: for others it still
    /// holds.
    alone: bool,
}

/// What a run that was broken off left, from the lease that stands at the
/// target; `None` where none stands there.
///
/// `ended` says of a run whether it is known to have ended.
///
/// # Errors
/// Where its run is still at work.
pub(super) async fn left_behind(
    store: &Store,
    object: Option<&Object>,
    state: Option<&State>,
    ended: impl Fn(&str) -> bool,
) -> Result<Option<LeftBehind>> {
    let Some(object) = object else { return Ok(None) };
    let Some(bytes) = store.read(LEASE).await? else { return Ok(None) };
    let now = store.now();
    let Some(lease) = Lease::unpack(&bytes) else {
        let until = object.modified.map_or(now, |modified| modified + HOLDS);
        let nothing = || Ok(Some(LeftBehind::default()));
        return if until > now { Err(Error::Leased { who: "?".to_owned(), until }) } else { nothing() };
    };
    let ours = ended(&lease.run);
    let alone = ours && lease.until > now + SLACK;
    if state.is_some_and(|state| state.head.run == lease.run) {
        // It came to its end, but for this object.
        return Ok(Some(LeftBehind { claims: BTreeSet::new(), alone }));
    }
    if ours || lease.until <= now {
        return Ok(Some(LeftBehind { claims: lease.claims, alone }));
    }
    Err(Error::Leased { who: lease.who, until: lease.until })
}

/// A lease that we hold.
pub(super) struct Held<'s> {
    store: &'s Store,
    lease: Lease,
    renewed: Instant,
    /// Whether the target lets one run alone have it; `None` where that was not
    /// tried.
    pub(super) exclusive: Option<bool>,
}

impl<'s> Held<'s> {
    /// Takes the lease for `run`; `None` where another was faster. `left` is
    /// what stands there and is taken over.
    pub(super) async fn take(
        store: &'s Store,
        run: &str,
        who: &str,
        claims: BTreeSet<OutputPath>,
        left: Option<&LeftBehind>,
        exclusive: Option<bool>,
    ) -> Result<Option<Self>> {
        let until = store.now() + HOLDS;
        let lease = Lease { run: run.to_owned(), who: who.to_owned(), until, claims };
        let mut held = Self { store, lease, renewed: Instant::now(), exclusive };
        if left.is_none() && exclusive != Some(false) {
            match held.create().await? {
                Created::Ours => {
                    if exclusive.is_none() {
                        // Whether it means what it said shows when we ask again.
                        held.exclusive = Some(held.create().await? == Created::Another);
                    }
                    if held.exclusive == Some(true) {
                        return Ok(Some(held));
                    }
                }
                Created::Another => return Ok(held.is_ours().await?.then_some(held)),
                Created::CantSay => {
                    held.exclusive = Some(false);
                    store.put(LEASE, held.lease.pack()).await?;
                }
            }
        } else {
            store.put(LEASE, held.lease.pack()).await?;
            if left.is_some_and(|left| left.alone) {
                return Ok(Some(held));
            }
        }
        tokio::time::sleep(OVERLAP).await;
        Ok(held.is_ours().await?.then_some(held))
    }

    async fn create(&self) -> Result<Created> {
        match self.store.create(LEASE, self.lease.pack()).await {
            Ok(()) => Ok(Created::Ours),
            Err(error) => match error.kind() {
                ErrorKind::ConditionNotMatch | ErrorKind::AlreadyExists | ErrorKind::Conflict => {
                    Ok(Created::Another)
                }
                ErrorKind::Unsupported => Ok(Created::CantSay),
                _ if error.to_string().contains("NotImplemented") => Ok(Created::CantSay),
                _ => Err(self.store.fault(Act::Put, &error)),
            },
        }
    }

    async fn is_ours(&self) -> Result<bool> {
        let there = self.store.read(LEASE).await?.and_then(|bytes| Lease::unpack(&bytes));
        Ok(there.is_some_and(|there| there.run == self.lease.run))
    }

    /// Sees to it that it still is ours; between stages (`stage`), and now and
    /// then within one.
    pub(super) async fn keep(&mut self, stage: bool) -> Result<()> {
        let due = self.renewed.elapsed() > RENEWED;
        let doubtful = stage && self.exclusive != Some(true);
        if !due && !doubtful {
            return Ok(());
        }
        let there = self.store.read(LEASE).await?.and_then(|bytes| Lease::unpack(&bytes));
        match there {
            Some(there) if there.run == self.lease.run => {}
            Some(other) => return Err(Error::Superseded(other.who)),
            None => return Err(Error::Superseded("?".to_owned())),
        }
        if due {
            self.lease.until = self.store.now() + HOLDS;
            self.store.put(LEASE, self.lease.pack()).await?;
            self.renewed = Instant::now();
        }
        Ok(())
    }

    /// Lets others take it over at once: when something went wrong.
    pub(super) async fn abandon(self) {
        release(self.store, &self.lease.run).await;
    }
}

/// Lets others take over at once what `run` claims, where it holds the lease:
/// when it is given up.
pub(super) async fn release(store: &Store, run: &str) {
    let there = store.read(LEASE).await.ok().flatten().and_then(|bytes| Lease::unpack(&bytes));
    if let Some(mut lease) = there.filter(|lease| lease.run == run) {
        lease.until = store.now();
        // Its time ends by itself, too.
        let _ = store.put(LEASE, lease.pack()).await;
    }
}

/// What came of creating it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Created {
    Ours,
    Another,
    CantSay,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_can_be_read() {
        let claims =
            ["index.html", "旧闻/a.html"].iter().filter_map(|path| OutputPath::former(path)).collect();
        let until = "2026-11-30T08:00:00Z".parse().unwrap();
        let lease = Lease { run: "a1".into(), who: "编辑部\n电脑".into(), until, claims };
        assert_eq!(Lease::unpack(&lease.pack()), Some(lease));
        assert_eq!(Lease::unpack(b"{}\n"), None);
        assert_eq!(Lease::unpack(b""), None);
    }
}
