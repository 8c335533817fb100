//! `watch`: the site in its folder, after every save.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::args::{Common, WatchArgs};
use super::console::{self, Console, is_grave};
use super::status::{self, StatusLine};
use super::{Error, Result, Verdict, build, notes, output_of, who};
use crate::build::{Allowed, BuildResult, Now, guard, make_pictures};
use crate::diagnostic::{Lang, Rendered};
use crate::disk::Files;
use crate::path::OutputPath;
use crate::publish::{NoHooks, Note, Place, PublishOptions, Publisher};
use crate::watch::{self, Handler, Meanwhile, Turn, Waker, Watcher, on_interrupt};

/// `zhuanlan watch`.
pub(super) fn watch(common: &Common, args: &WatchArgs, console: Console) -> Result<Verdict> {
    let root = status::root(common)?;
    let how = status::how(args.poll)?;
    let options = build::options(&args.asked)?;
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    let publisher = Publisher::open(place.clone(), &who(), &NoHooks)?;
    let mut watcher = Watcher::new(&root, how)?;
    let publishing = Arc::new(Mutex::new(()));
    let ending = Arc::clone(&publishing);
    on_interrupt(move || {
        // A publication that has begun is let come to its end, so that no
        // temporary file stays; it takes a moment.
        let _none_begun = wait_for(&ending);
        std::process::exit(0);
    })
    .map_err(Error::Signals)?;
    let how = PublishOptions { in_place: args.in_place, ..PublishOptions::default() };
    let strict = args.asked.strict;
    let mut session = Session {
        publisher,
        place,
        how,
        strict,
        root,
        now: options.now,
        console,
        publishing,
        waker: watcher.waker(),
        notes: Vec::new(),
        failed: None,
    };
    watch::run(&mut watcher, &options, &mut session)?;
    session.failed.map_or(Ok(Verdict::Fine), Err)
}

/// How long Ctrl-C waits for a publication.
const PATIENCE: Duration = Duration::from_secs(10);

/// Waits until nobody publishes, but not for ever: a network drive may hang.
fn wait_for(publishing: &Mutex<()>) -> Option<std::sync::MutexGuard<'_, ()>> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Ok(guard) = publishing.try_lock() {
            return Some(guard);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    None
}

/// Publishes each build that has no error, and says so.
struct Session<'d> {
    publisher: Publisher<'d>,
    place: Place,
    how: PublishOptions,
    strict: bool,
    /// The project's folder.
    root: PathBuf,
    /// As asked for: the clock's, or a moment that stays.
    now: Now,
    console: Console,
    /// Held while publishing.
    publishing: Arc<Mutex<()>>,
    waker: Waker,
    /// What was said of how publishing went, not to be said again.
    notes: Vec<Note>,
    /// Why the first publication failed: then there is no use in going on.
    failed: Option<Error>,
}

impl Handler for Session<'_> {
    fn publishes(&self) -> bool {
        true
    }

    fn meanwhile(&self) -> Option<Meanwhile<'_>> {
        let (publisher, how) = (&self.publisher, self.how);
        Some(Box::new(move || drop(publisher.prepare(how.in_place))))
    }

    fn turn(&mut self, turn: Turn<'_>) {
        match turn {
            Turn::Polling(polling) => self.console.note(&polling.message(self.console.lang)),
            Turn::Built { mut built, changed, first, files, took } => {
                let began = Instant::now();
                self.find_more(&mut built, files);
                let notices = status::notices(&built);
                let kept_back = self.keeps_back(&notices);
                let done = if kept_back {
                    Ok(None)
                } else {
                    built.output.complete();
                    let done = self.publish(&built, files);
                    if let (Ok(_), Some(text)) = (&done, &built.output.address_book) {
                        build::keep_addresses(&self.root, text, self.console);
                    }
                    done.map(Some)
                };
                match done {
                    Ok(done) => {
                        let took = took + began.elapsed();
                        let time = status::time(&built);
                        // That nobody reads what is printed does not stop it.
                        let _ = StatusLine { time, changed, first, took, notices, done }.say(self.console);
                        self.say_what_next(first);
                        // Nobody waits now; what goes wrong with it, publishing meets again.
                        drop(self.publisher.prepare_for_later(self.how.in_place));
                    }
                    Err(error) if first => {
                        self.failed = Some(error);
                        self.waker.stop();
                    }
                    // A full disk may be emptied: the next save tries again.
                    Err(error) => drop(self.console.give_up(&error)),
                }
            }
        }
    }
}

impl Session<'_> {
    fn keeps_back(&self, notices: &[Rendered]) -> bool {
        notices.iter().any(|notice| is_grave(notice, self.strict))
    }

    /// Adds what only the published site and the pictures tell.
    fn find_more(&self, built: &mut BuildResult, files: &Files) {
        // Nobody is here to say that so much is gone on purpose.
        guard(built, self.publisher.former().as_ref(), self.now, Allowed::default());
        if !built.has_errors() {
            let stands = |path: &OutputPath, key| self.publisher.has(path, key);
            built.findings.extend(make_pictures(&built.output, &stands, files, &|_, _| {}));
        }
    }

    /// After the first build.
    fn say_what_next(&self, first: bool) {
        if first && !self.console.json && !self.console.quiet {
            let words = ("存盘就更新；按 Ctrl+C 停止", "every save updates it; Ctrl+C stops");
            console::tell(self.console.text(words.0, words.1));
        }
    }

    fn publish(&mut self, built: &BuildResult, files: &Files) -> Result<String> {
        let publishing = Arc::clone(&self.publishing);
        let _begun = publishing.lock().unwrap_or_else(PoisonError::into_inner);
        let how = PublishOptions { at: jiff::Timestamp::now(), ..self.how };
        let published = self.publisher.publish(&built.output, files, None, how)?;
        for note in published.notes {
            if !self.notes.contains(&note) {
                self.console.note(&notes::words(&note, &self.place.output, self.console.lang));
                self.notes.push(note);
            }
        }
        let (written, removed) = (published.written, published.removed);
        Ok(match self.console.lang {
            Lang::Zh if removed > 0 => format!("写入 {written} 个文件，删除 {removed} 个"),
            Lang::Zh => format!("写入 {written} 个文件"),
            Lang::En if removed > 0 => format!("{written} files written, {removed} removed"),
            Lang::En => format!("{written} {} written", if written == 1 { "file" } else { "files" }),
        })
    }
}
