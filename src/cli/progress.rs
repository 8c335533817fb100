//! A bar for those who wait.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use crate::publish::{Hooks, Step};

/// Shows the stage of the work on a terminal and how far it has come, once it
/// has taken long enough to be missed; goes without a trace.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    console: Console,
    _end: Sender<()>,
}

/// Work that takes less than this is not shown.
const LONG: Duration = Duration::from_millis(400);

impl Progress {
    pub(super) fn new(console: Console) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let (end, ended) = channel();
        if console.watched() {
            let shown = bar.clone();
            std::thread::spawn(move || show_later(&shown, &ended));
        }
        Self { bar, console, _end: end }
    }

    /// Begins a stage of which nobody knows how long it is.
    pub(super) fn stage(&self, [zh, en]: [&'static str; 2]) {
        self.bar.set_style(ProgressStyle::default_spinner());
        self.bar.unset_length();
        self.bar.set_message(self.console.text(zh, en));
    }

    /// Begins a stage of so many steps.
    pub(super) fn planned_stage(&self, [zh, en]: [&'static str; 2], steps: usize) {
        self.bar.set_position(0);
        self.bar.set_length(steps as u64);
        self.bar.set_message(self.console.text(zh, en));
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {percent}%") {
            self.bar.set_style(style);
        }
    }

    /// So many of them are done.
    pub(super) fn done(&self, steps: usize) {
        self.bar.inc(steps as u64);
    }

    /// The work is done.
    pub(super) fn hide(&self) {
        self.bar.finish_and_clear();
    }

    fn counted(&self, words: [&'static str; 2], done: usize, of: usize) {
        self.planned_stage(words, of);
        self.bar.set_position(done as u64);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
            self.bar.set_style(style);
        }
    }
}

/// Shows the bar if the work has not ended by then.
fn show_later(bar: &ProgressBar, ended: &Receiver<()>) {
    if ended.recv_timeout(LONG) == Err(RecvTimeoutError::Timeout) {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.enable_steady_tick(Duration::from_millis(100));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Hooks for Progress {
    fn before(&self, _: Step, _: &Path) -> std::io::Result<()> {
        Ok(())
    }

    fn developed(&self, done: usize, of: usize) {
        self.counted(["制作图片", "making photos"], done, of);
    }

    fn read(&self, done: u64, of: u64) {
        self.bar.set_length(of);
        self.bar.set_position(done);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes}") {
            self.bar.set_style(style);
        }
    }

    fn planned(&self, files: usize) {
        self.counted(["写入网站", "writing"], 0, files);
    }

    fn wrote(&self) {
        self.bar.inc(1);
    }
}
