//! What to look at again, and when.
//!
//! Signals come in with their times; out comes the next moment to look and
//! what to look at. No clock is read here.
//!
//! - A change is looked at when it has been quiet for [`QUIET`]. While changes
//!   keep coming the quiet grows: to half of how long they have been coming, and
//!   with the number of files beyond the [`FEW`] of a save. So a checkout of a
//!   thousand files is one build, also by a program that the system makes wait
//!   in the middle, and a single save waits for nothing.
//! - While a program has an input open for writing, it is waited for.
//! - A folder that came is looked at a second time: the system watches it only
//!   from a moment after it came. Not in the middle of other changes.
//! - Now and then everything is looked at, which keeps the rest honest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::signal::{Signal, Writer};

/// How long it must be quiet before a change is looked at.
pub(super) const QUIET: Duration = Duration::from_millis(10);

/// The longest that the quiet grows to.
const LONGEST_QUIET: Duration = Duration::from_millis(400);

/// The most files that one save touches: the text, its lock, its backup, what
/// is renamed over it.
const FEW: u32 = 8;

/// What each further file adds to the quiet.
const EACH: Duration = Duration::from_millis(10);

/// Changes with a longer pause between them are not of one burst: an editor
/// that saves at every pause of the typist must not wait longer and longer.
const PAUSE: Duration = Duration::from_millis(150);

/// How long a writer is waited for after its last write.
const WRITER: Duration = Duration::from_millis(500);

/// However long changes keep coming, they are looked at after this.
const PATIENCE: Duration = Duration::from_secs(5);

/// When a folder that came is looked at a second time.
const AGAIN: Duration = Duration::from_millis(150);

/// The smallest part of the time that looking at everything may take: one in
/// two hundred. A look over a slow network drive is so taken seldom.
const SHARE: u32 = 200;

/// What to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rescan {
    /// These paths and what lies below them.
    At(Vec<PathBuf>),
    /// Everything.
    Over {
        /// Whether something may have got lost, watches among it.
        doubt: bool,
    },
}

/// What is to be looked at.
#[derive(Debug)]
pub(super) struct Schedule {
    burst: Option<Burst>,
    touched: BTreeSet<PathBuf>,
    doubt: bool,
    /// Files that a program is writing, with the time of its last write.
    writing: BTreeMap<PathBuf, Instant>,
    again: BTreeMap<PathBuf, Instant>,
    honest: Instant,
    every: Duration,
}

/// Changes that came without a pause.
#[derive(Debug, Clone, Copy)]
struct Burst {
    first: Instant,
    last: Instant,
    /// How many files; one that was looked at in between counts again.
    files: u32,
}

impl Burst {
    /// How long it must be quiet before these changes are looked at.
    fn quiet(&self) -> Duration {
        let by_time = self.last.duration_since(self.first) / 2;
        let by_files = EACH * self.files.saturating_sub(FEW);
        by_time.max(by_files).clamp(QUIET, LONGEST_QUIET)
    }
}

impl Schedule {
    /// Nothing to look at but, at the latest, everything after `every`.
    pub(super) fn new(now: Instant, every: Duration) -> Self {
        Self {
            burst: None,
            touched: BTreeSet::new(),
            doubt: false,
            writing: BTreeMap::new(),
            again: BTreeMap::new(),
            honest: now + every,
            every,
        }
    }

    /// Takes in what was told at `now`.
    pub(super) fn note(&mut self, now: Instant, signal: Signal) {
        // What was not looked at yet is still going on.
        let goes_on = |burst: &Burst| now < burst.last + PAUSE || !self.touched.is_empty();
        let mut burst = self.burst.filter(goes_on).unwrap_or(Burst { first: now, last: now, files: 0 });
        match signal {
            Signal::Nothing => return,
            Signal::Doubt => self.doubt = true,
            Signal::Touched { paths, writer, folder } => {
                for path in paths {
                    match writer {
                        Writer::Writing => drop(self.writing.insert(path.clone(), now)),
                        Writer::Closed => drop(self.writing.remove(&path)),
                        Writer::Unknown => {}
                    }
                    if folder {
                        self.again.insert(path.clone(), now + AGAIN);
                    }
                    burst.files = burst.files.saturating_add(u32::from(self.touched.insert(path)));
                }
            }
        }
        self.burst = Some(Burst { last: now, ..burst });
    }

    /// When to call [`Schedule::due`] next, if nothing else is told before.
    pub(super) fn next(&self) -> Instant {
        // While changes keep coming, what is looked at twice waits with them.
        let second = self.again.values().min().copied();
        self.settled().or(second).map_or(self.honest, |at| at.min(self.honest))
    }

    /// What to look at, at `now`, which then is off the schedule.
    pub(super) fn due(&mut self, now: Instant) -> Option<Rescan> {
        let honest = self.honest <= now;
        let settled = self.settled().is_some_and(|at| at <= now);
        if honest || (settled && self.doubt) {
            self.take(now);
            return Some(Rescan::Over { doubt: std::mem::take(&mut self.doubt) });
        }
        if !settled && self.settled().is_some() {
            return None;
        }
        let mut paths = if settled { self.take(now) } else { BTreeSet::new() };
        self.again.retain(|path, at| {
            let due = *at <= now;
            if due {
                paths.insert(path.clone());
            }
            !due
        });
        (!paths.is_empty()).then(|| Rescan::At(paths.into_iter().collect()))
    }

    /// Puts `path` on the schedule for `at`, whatever is told until then.
    pub(super) fn look_at(&mut self, path: PathBuf, at: Instant) {
        self.again.insert(path, at);
    }

    fn take(&mut self, now: Instant) -> BTreeSet<PathBuf> {
        // Changes that never pause must not be built again at every one.
        self.burst = self.burst.filter(|burst| now < burst.first + PATIENCE);
        self.writing.retain(|_, last| now < *last + WRITER);
        std::mem::take(&mut self.touched)
    }

    /// Everything was looked at, from `began` to `ended`.
    pub(super) fn looked_over(&mut self, began: Instant, ended: Instant) {
        self.honest = ended + self.every.max(ended.duration_since(began) * SHARE);
    }

    /// When the changes told so far may be looked at.
    fn settled(&self) -> Option<Instant> {
        if self.touched.is_empty() && !self.doubt {
            return None;
        }
        let burst = self.burst?;
        let quiet = burst.quiet();
        let open = self.writing.iter().filter(|(path, _)| self.touched.contains(*path));
        let closed = open.map(|(_, last)| *last + WRITER).max();
        let at = closed.map_or(burst.last + quiet, |closed| closed.max(burst.last + quiet));
        Some(at.min(burst.first + PATIENCE).max(burst.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    fn touched(path: &str, writer: Writer) -> Signal {
        Signal::Touched { paths: vec![path.into()], writer, folder: false }
    }

    fn at(paths: &[&str]) -> Rescan {
        Rescan::At(paths.iter().map(PathBuf::from).collect())
    }

    /// A schedule that looks over everything in an hour.
    fn schedule(start: Instant) -> Schedule {
        Schedule::new(start, Duration::from_hours(1))
    }

    #[test]
    fn a_single_save_waits_for_the_quiet_alone() {
        let start = Instant::now();
        let mut schedule = schedule(start);
        schedule.note(start, touched("a", Writer::Writing));
        schedule.note(start + ms(1), touched("a", Writer::Closed));
        assert_eq!(schedule.next(), start + ms(1) + QUIET);
        assert_eq!(schedule.due(start + ms(5)), None);
        assert_eq!(schedule.due(start + ms(1) + QUIET), Some(at(&["a"])));
        assert_eq!(schedule.due(start + ms(100)), None);
    }

    #[test]
    fn a_writer_is_waited_for_but_not_for_ever() {
        let start = Instant::now();
        let mut schedule = schedule(start);
        schedule.note(start, touched("a", Writer::Writing));
        assert_eq!(schedule.next(), start + WRITER);
        schedule.note(start + ms(300), touched("a", Writer::Closed));
        assert_eq!(schedule.due(start + ms(300) + ms(150)), Some(at(&["a"])));
        // One that never closes and writes all the time.
        for n in 0..60 {
            schedule.note(start + ms(1000 + n * 100), touched("log", Writer::Writing));
        }
        assert!(schedule.next() <= start + ms(1000) + PATIENCE.max(ms(5900)));
    }

    #[test]
    fn a_burst_is_one_look_and_seldom_two() {
        let start = Instant::now();
        let mut schedule = schedule(start);
        let mut looks = 0;
        // A thousand files in 400 ms, with one pause of 30 ms in the middle.
        for n in 0..1000_u32 {
            let now = start + Duration::from_micros(400) * n + if n > 500 { ms(30) } else { ms(0) };
            while schedule.next() <= now {
                looks += usize::from(schedule.due(schedule.next()).is_some());
            }
            schedule.note(now, touched(&n.to_string(), Writer::Closed));
        }
        assert_eq!(looks, 0);
        assert!(schedule.due(schedule.next()).is_some());
        assert_eq!(schedule.next(), start + Duration::from_hours(1));
    }

    #[test]
    fn a_checkout_that_is_made_to_wait_is_two_looks_at_most() {
        let start = Instant::now();
        // The writer stands still for 300 ms after each of these files.
        for stops in [[1, 100, 500], [40, 41, 42], [200, 600, 999], [0, 60, 61]] {
            let (mut schedule, mut now, mut looks) = (schedule(start), start, 0);
            for n in 0..1000 {
                while schedule.next() <= now {
                    looks += usize::from(schedule.due(schedule.next()).is_some());
                }
                schedule.note(now, touched(&n.to_string(), Writer::Closed));
                now += if stops.contains(&n) { ms(300) } else { Duration::from_micros(400) };
            }
            looks += usize::from(schedule.due(schedule.next()).is_some());
            assert!(looks <= 2, "{looks} looks with stops after {stops:?}");
        }
    }

    #[test]
    fn the_files_of_one_save_wait_for_the_quiet_alone() {
        let start = Instant::now();
        let mut schedule = schedule(start);
        for n in 0..FEW {
            schedule.note(start + ms(u64::from(n)), touched(&n.to_string(), Writer::Closed));
        }
        assert_eq!(schedule.next(), start + ms(u64::from(FEW) - 1) + QUIET);
    }

    #[test]
    fn saves_with_pauses_do_not_wait_longer_and_longer() {
        let start = Instant::now();
        let mut schedule = schedule(start);
        for n in 0..20 {
            let now = start + ms(200 * n);
            schedule.note(now, touched("a", Writer::Closed));
            assert_eq!(schedule.next(), now + QUIET);
            assert!(schedule.due(now + QUIET).is_some());
        }
    }

    #[test]
    fn a_folder_is_looked_at_twice() {
        let start = Instant::now();
        let mut schedule = schedule(start);
        let folder = Signal::Touched { paths: vec!["f".into()], writer: Writer::Unknown, folder: true };
        schedule.note(start, folder);
        assert_eq!(schedule.due(schedule.next()), Some(at(&["f"])));
        assert_eq!(schedule.next(), start + AGAIN);
        assert_eq!(schedule.due(schedule.next()), Some(at(&["f"])));
        assert_eq!(schedule.next(), start + Duration::from_hours(1));
    }

    #[test]
    fn new_folders_are_not_looked_at_in_the_middle_of_a_burst() {
        let start = Instant::now();
        let (mut schedule, mut looks) = (schedule(start), 0);
        for n in 0..1000_u32 {
            let now = start + ms(2) * n;
            while schedule.next() <= now {
                looks += usize::from(schedule.due(schedule.next()).is_some());
            }
            let path = if n % 100 == 0 { format!("folder{n}") } else { format!("file{n}") };
            let paths = vec![path.into()];
            schedule.note(now, Signal::Touched { paths, writer: Writer::Unknown, folder: n % 100 == 0 });
        }
        assert_eq!(looks, 0);
        assert!(schedule.due(schedule.next()).is_some_and(|look| look != at(&["folder0"])));
    }

    #[test]
    fn everything_is_looked_at_on_doubt_and_now_and_then() {
        let start = Instant::now();
        let mut schedule = Schedule::new(start, ms(1000));
        schedule.note(start, Signal::Doubt);
        assert_eq!(schedule.due(start + QUIET), Some(Rescan::Over { doubt: true }));
        schedule.looked_over(start + QUIET, start + ms(20));
        assert_eq!(schedule.next(), start + ms(20) + ms(10) * SHARE);
        assert_eq!(schedule.due(schedule.next()), Some(Rescan::Over { doubt: false }));
    }
}
