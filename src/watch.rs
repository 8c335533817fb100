//! Waiting until the input files differ.
//!
//! A [`Watcher`] holds the picture of the input files and keeps it true. Each
//! [`Watcher::next`] waits until there is something to build, and that is all
//! it decides: building is `build` again with the same memory, whatever
//! changed. What the operating system tells goes no further than to say which
//! files are looked at again.
//!
//! **Invariant:** once nothing changes any more, the picture equals a fresh
//! scan, whatever the system told or did not tell: after at most
//! [`WatchOptions::every`], and in practice at once.
#![expect(clippy::disallowed_methods, reason = "waiting is about clocks")]

mod error;
mod interrupt;
mod native;
mod pending;
mod run;
mod schedule;
mod signal;

pub use error::{Error, Polling};
pub use interrupt::on_interrupt;
pub use native::NotNative;
pub use run::{Handler, Meanwhile, Ready, Turn, run};

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::disk::{self, Differences, Files, Snapshot};
use crate::path::SourcePath;

use native::Native;
use pending::{Pending, Verdict};
use schedule::{Rescan, Schedule};
use signal::Signal;

/// How to watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchOptions {
    /// Look at the files this often in place of asking the system.
    pub poll: Option<Duration>,
    /// How often everything is looked at, though the system tells of changes.
    pub every: Duration,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self { poll: None, every: Duration::from_secs(30) }
    }
}

/// How often the files are looked at where the system can't tell.
const POLL: Duration = Duration::from_secs(2);

/// How often a file that can't be read is tried again.
const UNREADABLE: Duration = Duration::from_secs(2);

/// How long the root may be gone: sync tools replace whole folders.
const ROOT_GONE: Duration = Duration::from_secs(1);

/// The longest sleep, so that a clock that was set, or a machine that slept,
/// is noticed.
const NAP: Duration = Duration::from_secs(15);

/// The picture of the input files, kept true.
#[derive(Debug)]
pub struct Watcher {
    round: Snapshot,
    native: Option<Native>,
    polling: Option<Polling>,
    schedule: Schedule,
    pending: Pending,
    /// Doubtful files, and when to look at them again.
    held: Option<(Instant, Vec<PathBuf>)>,
    wakes: Receiver<Wake>,
    waker: Waker,
    asked: bool,
    /// Whether the turn to polling is still to be told.
    turned: bool,
}

/// Why there is something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// These files differ from those built last. Other files may be refused
    /// than before, so there may be none.
    Changed(Vec<SourcePath>),
    /// The moment asked for has come.
    Due,
    /// Someone asked ([`Waker::rebuild`]).
    Asked,
    /// From now on the files are only looked at from time to time; there is
    /// nothing to build.
    Polling(Polling),
    /// Someone said that it is enough ([`Waker::stop`]).
    Stopped,
}

/// Wakes a waiting [`Watcher`] from another thread.
#[derive(Debug, Clone)]
pub struct Waker(Sender<Wake>);

/// What wakes a watcher.
#[derive(Debug)]
enum Wake {
    /// The system told something, at that time.
    Told(Instant, notify::Result<notify::Event>),
    Rebuild,
    Stop,
}

impl Waker {
    /// Asks for a build though nothing may have changed.
    pub fn rebuild(&self) {
        // Nobody waits any more: we are about to end.
        let _ = self.0.send(Wake::Rebuild);
    }

    /// Ends the watch.
    pub fn stop(&self) {
        let _ = self.0.send(Wake::Stop);
    }
}

impl Watcher {
    /// Takes the first picture of the project at `root`, and watches it from
    /// just before.
    ///
    /// # Errors
    /// Where there is no folder at `root`.
    pub fn new(root: &Path, how: WatchOptions) -> Result<Self, Error> {
        let root = disk::resolve(root)?;
        let (sender, wakes) = channel();
        let native = match how.poll {
            Some(_) => Err(NotNative::Asked),
            None => Native::new(&root, &sender),
        };
        let began = Instant::now();
        let round = disk::scan(&root)?;
        let poll = how.poll.unwrap_or(POLL);
        let (native, polling) = match native {
            Ok(native) => (Some(native), None),
            Err(why) => (None, Some(Polling { why, every: poll })),
        };
        let every = polling.as_ref().map_or(how.every, |polling| polling.every);
        let mut schedule = Schedule::new(began, every);
        schedule.looked_over(began, Instant::now());
        Ok(Self {
            round,
            native,
            polling,
            schedule,
            pending: Pending::default(),
            held: None,
            wakes,
            waker: Waker(sender),
            asked: false,
            turned: false,
        })
    }

    /// The picture to build from.
    pub fn round(&self) -> &Snapshot {
        &self.round
    }

    /// The door to the photos and attachments of the picture.
    pub fn files(&self) -> Files {
        Files::new(&self.round.root)
    }

    /// Why the files are only looked at from time to time; `None` where the
    /// system tells of changes.
    pub fn polling(&self) -> Option<&Polling> {
        self.polling.as_ref()
    }

    /// What wakes this watcher.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Waits until there is something to build, or until `due`.
    ///
    /// # Errors
    /// [`Error::Gone`] where the root is gone and does not come back.
    pub fn next(&mut self, due: Option<Timestamp>) -> Result<Why, Error> {
        loop {
            if let Some(why) = self.ready(due)? {
                return Ok(why);
            }
            match self.wakes.recv_timeout(self.nap(due)) {
                Ok(wake) => {
                    let queued: Vec<Wake> = std::iter::once(wake).chain(self.wakes.try_iter()).collect();
                    if queued.into_iter().any(|wake| self.woken(wake)) {
                        return Ok(Why::Stopped);
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
        }
    }

    /// Looks at what is due, and says whether there is something to do.
    fn ready(&mut self, due: Option<Timestamp>) -> Result<Option<Why>, Error> {
        if std::mem::take(&mut self.asked) {
            self.look(&Rescan::Over { doubt: true })?;
            self.pending.handed_over();
            self.held = None;
            return Ok(Some(Why::Asked));
        }
        let now = Instant::now();
        if let Some(look) = self.schedule.due(now) {
            self.look(&look)?;
        }
        if let Some((_, paths)) = self.held.take_if(|(at, _)| *at <= now) {
            self.look(&Rescan::At(paths))?;
        }
        if let Some(polling) = self.polling.clone().filter(|_| std::mem::take(&mut self.turned)) {
            return Ok(Some(Why::Polling(polling)));
        }
        match self.pending.verdict(&self.round.root, &self.round.tree, Instant::now()) {
            Verdict::Same => self.held = None,
            Verdict::Wait(at, paths) => self.held = Some((at, paths)),
            Verdict::Build(paths) => {
                self.held = None;
                return Ok(Some(Why::Changed(paths)));
            }
        }
        Ok(due.filter(|due| *due <= Timestamp::now()).map(|_| Why::Due))
    }

    /// How long to sleep.
    fn nap(&self, due: Option<Timestamp>) -> Duration {
        let held = self.held.as_ref().map(|(at, _)| *at);
        let next = held.into_iter().fold(self.schedule.next(), Instant::min);
        let nap = next.saturating_duration_since(Instant::now()).min(NAP);
        let Some(due) = due else { return nap };
        let left = Duration::try_from(due.duration_since(Timestamp::now())).unwrap_or_default();
        nap.min(left)
    }

    /// Takes in what was told; whether it is to stop.
    fn woken(&mut self, wake: Wake) -> bool {
        match wake {
            Wake::Stop => return true,
            Wake::Rebuild => self.asked = true,
            Wake::Told(at, Ok(event)) => self.schedule.note(at, signal::read(&self.round.root, &event)),
            Wake::Told(at, Err(error)) => {
                self.schedule.note(at, Signal::Doubt);
                if native::why(&error) == NotNative::Limit {
                    self.poll_instead(NotNative::Limit);
                }
            }
        }
        false
    }

    /// Gives up the system's watching.
    fn poll_instead(&mut self, why: NotNative) {
        if self.native.take().is_some() {
            self.polling = Some(Polling { why, every: POLL });
            self.schedule = Schedule::new(Instant::now(), POLL);
            self.turned = true;
        }
    }

    fn look(&mut self, look: &Rescan) -> Result<(), Error> {
        // First the watches, then the look: what comes in between is told.
        self.watch_again(look);
        let refused = self.round.tree.refused().to_vec();
        let began = Instant::now();
        let differences = match look {
            Rescan::At(paths) => self.round.rescan_paths(paths),
            Rescan::Over { .. } => self.round.rescan_all(),
        };
        let differences = match differences {
            Ok(differences) => differences,
            Err(_) => self.root_is_back()?,
        };
        let now = Instant::now();
        if matches!(look, Rescan::Over { .. }) {
            self.schedule.looked_over(began, now);
        }
        let twice = self.polling.is_some().then_some(now);
        self.pending.note(differences, &refused, twice);
        for refused in self.round.tree.refused() {
            if refused.why.may_pass() {
                self.schedule.look_at(self.round.root.join(refused.path.as_str()), now + UNREADABLE);
            }
        }
        Ok(())
    }

    fn watch_again(&mut self, look: &Rescan) {
        let Some(native) = &mut self.native else { return };
        let watched = match look {
            Rescan::At(paths) => native.watch_new(paths),
            Rescan::Over { doubt: true } => native.renew(),
            Rescan::Over { doubt: false } => Ok(()),
        };
        // Of other failures (a folder is gone) the look will find out.
        if watched == Err(NotNative::Limit) {
            self.poll_instead(NotNative::Limit);
        }
    }

    /// Waits a little for a root that is gone.
    fn root_is_back(&mut self) -> Result<Differences, Error> {
        let until = Instant::now() + ROOT_GONE;
        while Instant::now() < until {
            std::thread::sleep(ROOT_GONE / 20);
            self.watch_again(&Rescan::Over { doubt: true });
            if let Ok(differences) = self.round.rescan_all() {
                return Ok(differences);
            }
        }
        Err(Error::Gone(self.round.root.clone()))
    }
}
