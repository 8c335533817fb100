//! The loop of `serve` and `watch`: build, hand over, wait, build again.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimeParser;

use super::{Error, Polling, Watcher, Why};
use crate::build::{Artifact, BuildResult, Memory, Now, Options, Priority, Validity, build_showing};
use crate::disk::Files;
use crate::path::{OutputPath, SourcePath};

/// What happened in the loop.
#[derive(Debug)]
pub enum Turn<'t> {
    /// The site was built.
    Built {
        /// What came of it.
        built: Box<BuildResult>,
        /// The files that differ from the build before; none in the first.
        changed: &'t [SourcePath],
        /// Whether it is the first.
        first: bool,
        /// The door to photos and attachments, for publishing.
        files: &'t Files,
        /// How long the build took.
        took: Duration,
    },
    /// From now on the files are only looked at from time to time.
    Polling(&'t Polling),
}

/// What takes a page as soon as it is made.
pub type Ready = Box<dyn Fn(&OutputPath, Artifact) + Sync>;

/// What is done beside a build.
pub type Meanwhile<'h> = Box<dyn FnOnce() + Send + 'h>;

/// Whom the loop builds for. A closure that takes the turns is one.
pub trait Handler {
    /// Takes what happened.
    fn turn(&mut self, turn: Turn<'_>);

    /// The pages that are looked at now: they are made first.
    fn looks_at(&self) -> Vec<OutputPath> {
        Vec::new()
    }

    /// What takes each of those as soon as it is made, before the build is done.
    fn early(&self) -> Ready {
        Box::new(|_, _| {})
    }

    /// What it has to do while the site is built.
    fn meanwhile(&self) -> Option<Meanwhile<'_>> {
        None
    }

    /// Whether it publishes what is built, as a whole.
    fn publishes(&self) -> bool {
        false
    }
}

impl<F: FnMut(Turn<'_>)> Handler for F {
    fn turn(&mut self, turn: Turn<'_>) {
        self(turn);
    }
}

/// Builds, tells the handler of it, waits until there is something to build, and so
/// on, until someone says that it is enough.
///
/// A fixed `options.now` stays; else each build is made for its own moment,
/// and there is one when the next piece falls due.
///
/// # Errors
/// Where the root is gone.
pub fn run(watcher: &mut Watcher, options: &Options, handler: &mut impl Handler) -> Result<(), Error> {
    let memory = Memory::default();
    let files = watcher.files();
    if let Some(polling) = watcher.polling() {
        handler.turn(Turn::Polling(polling));
    }
    let mut changed = Vec::new();
    let mut first = true;
    loop {
        let options = at_this_moment(options);
        let began = Instant::now();
        let (pages, ready) = (handler.looks_at(), handler.early());
        let early =
            Priority { pages: &pages, ready: &*ready, whole: handler.publishes(), ..Priority::nothing() };
        let built = std::thread::scope(|scope| {
            handler.meanwhile().map(|meanwhile| scope.spawn(meanwhile));
            Box::new(build_showing(&watcher.round().tree, &options, &files, &memory, &early))
        });
        let took = began.elapsed();
        let due =
            built.output.valid.as_ref().filter(|_| matches!(options.now, Now::Instant(_))).and_then(ends);
        handler.turn(Turn::Built { built, changed: &changed, first, files: &files, took });
        first = false;
        changed = loop {
            match watcher.next(due)? {
                Why::Changed(paths) => break paths,
                Why::Due | Why::Asked => break Vec::new(),
                Why::Polling(polling) => handler.turn(Turn::Polling(&polling)),
                Why::Stopped => return Ok(()),
            }
        };
    }
}

/// The same options for a build that is made now.
fn at_this_moment(options: &Options) -> Options {
    let now = match options.now {
        Now::Instant(_) => Now::Instant(Timestamp::now()),
        fixed @ Now::Local(_) => fixed,
    };
    Options { now, ..options.clone() }
}

/// The instant from which the output may differ though no file does.
fn ends(valid: &Validity) -> Option<Timestamp> {
    let zone = DateTimeParser::new().parse_time_zone(&valid.timezone).ok()?;
    zone.to_timestamp(valid.until).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_validity_in_any_zone() {
        let check = |timezone: &str, expected: &str| {
            let (from, until) = ("2021-04-01T08:00".parse().unwrap(), "2021-04-02T00:00".parse().unwrap());
            let valid = Validity { from, until, timezone: timezone.to_owned() };
            assert_eq!(ends(&valid), Some(expected.parse().unwrap()), "{timezone}");
        };
        check("Asia/Shanghai", "2021-04-01T16:00Z");
        check("+08:00", "2021-04-01T16:00Z");
        check("+08", "2021-04-01T16:00Z");
        check("UTC", "2021-04-02T00:00Z");
    }
}
