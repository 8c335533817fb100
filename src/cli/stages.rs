//! Where the time of a build went: a table for `-v`, a trace for `--trace`, and
//! the bar for those who wait.
//!
//! **Invariant:** of a thread's time each moment belongs to one stage: what a
//! thread does for another stage in between is not counted twice.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use super::console::Console;
use super::progress::Progress;
use super::table::align;
use crate::build::{Counts, Observer, Stage};

/// The clock of one command.
pub(super) struct Stages<'p> {
    began: Instant,
    progress: Option<&'p Progress>,
    sums: Mutex<BTreeMap<Stage, Sum>>,
    /// What each thread did, where it is wanted.
    trace: Option<Mutex<Vec<Event>>>,
}

/// What is known of one stage; times in nanoseconds.
#[derive(Debug, Clone, Copy)]
struct Sum {
    /// When it began first, and ended last.
    from: u64,
    to: u64,
    /// The threads' time.
    work: u64,
    steps: usize,
}

/// A thread at work, for the trace.
#[derive(Debug)]
struct Event {
    stage: Stage,
    thread: u64,
    from: u64,
    to: u64,
}

thread_local! {
    /// Of each piece of work that is open on this thread, how long others took
    /// that began within it.
    static WITHIN: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    /// The thread's number in the trace.
    static THREAD: u64 = NEXT_THREAD.fetch_add(1, Ordering::Relaxed);
}

static NEXT_THREAD: AtomicU64 = AtomicU64::new(1);

impl<'p> Stages<'p> {
    /// Starts the clock; `traced` says whether [`Self::trace`] will be asked for.
    pub(super) fn start(progress: Option<&'p Progress>, traced: bool) -> Self {
        let trace = traced.then(Mutex::default);
        Self { began: Instant::now(), progress, sums: Mutex::default(), trace }
    }

    /// How long it has run.
    pub(super) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// A row a stage: when it began, how long it took, how long all threads
    /// worked at it, and in how many steps; then how much there was to do.
    pub(super) fn table(&self, console: Console, counts: Option<Counts>) -> String {
        let head = [
            console.text("阶段", "stage"),
            console.text("开始", "began"),
            console.text("用时", "took"),
            console.text("工作", "work"),
            console.text("步数", "steps"),
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        let time = |nanos: u64| format!("{:.1} ms", Duration::from_nanos(nanos).as_secs_f64() * 1e3);
        let sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        for (stage, sum) in &*sums {
            let name = console.text(words(*stage)[0], words(*stage)[1]).to_owned();
            let took = sum.to.saturating_sub(sum.from);
            rows.push(vec![name, time(sum.from), time(took), time(sum.work), sum.steps.to_string()]);
        }
        let mut table = align(&rows);
        let Some(counts) = counts else { return table };
        let made = [
            (console.text("稿件解析", "documents parsed"), counts.documents.made),
            (console.text("版式编译", "themes compiled"), counts.themes.made),
            (console.text("页面生成", "pages rendered"), counts.pages.made),
            (console.text("其他文件", "other files"), counts.files.made),
        ];
        let made: Vec<String> = made.iter().map(|(name, count)| format!("{name} {count}")).collect();
        table += &made.join(console.text("，", ", "));
        table
    }

    /// The trace in the form that Perfetto and Chrome's tracing page open: an object
    /// with `traceEvents`, times in microseconds (Trace Event Format, "X").
    pub(super) fn trace(&self) -> String {
        let events = self
            .trace
            .iter()
            .flat_map(|events| std::mem::take(&mut *events.lock().unwrap_or_else(PoisonError::into_inner)));
        let micros = |nanos: u64| Duration::from_nanos(nanos).as_secs_f64() * 1e6;
        let event = |event: Event| {
            json!({
                "name": words(event.stage)[1], "cat": "build", "ph": "X", "pid": 1, "tid": event.thread,
                "ts": micros(event.from), "dur": micros(event.to.saturating_sub(event.from)),
            })
        };
        let events: Vec<_> = events.map(event).collect();
        json!({ "traceEvents": events, "displayTimeUnit": "ms" }).to_string()
    }
}

impl Observer for Stages<'_> {
    fn planned(&self, stage: Stage, steps: usize) {
        if let Some(progress) = self.progress {
            progress.planned_stage(words(stage), steps);
        }
    }

    fn entered(&self, stage: Stage) -> u64 {
        WITHIN.with_borrow_mut(|within| within.push(0));
        // These have a bar of their own, or run beside one that has.
        if let (Some(progress), false) =
            (self.progress, matches!(stage, Stage::Parse | Stage::Render | Stage::Index))
        {
            progress.stage(words(stage));
        }
        self.now()
    }

    fn left(&self, stage: Stage, steps: usize, mark: u64) {
        let to = self.now();
        let took = to.saturating_sub(mark);
        let others = WITHIN.with_borrow_mut(|within| {
            let others = within.pop().unwrap_or(0);
            if let Some(outer) = within.last_mut() {
                *outer += took;
            }
            others
        });
        let work = took.saturating_sub(others);
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = sums.entry(stage).or_insert(Sum { from: mark, to, work: 0, steps: 0 });
        sum.from = sum.from.min(mark);
        sum.to = sum.to.max(to);
        sum.work += work;
        sum.steps += steps;
        drop(sums);
        if let (Some(progress), Stage::Parse | Stage::Render) = (self.progress, stage) {
            progress.done(steps);
        }
        if let Some(trace) = &self.trace {
            let event = Event { stage, thread: THREAD.with(|thread| *thread), from: mark, to };
            trace.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        }
    }
}

/// What a stage is called.
fn words(stage: Stage) -> [&'static str; 2] {
    match stage {
        Stage::Survey => ["清点文件", "looking"],
        Stage::Read => ["读取稿件", "reading"],
        Stage::Theme => ["编译版式", "compiling the theme"],
        Stage::Parse => ["解析稿件", "parsing"],
        Stage::Assemble => ["编排", "assembling"],
        Stage::Prepare => ["准备列表", "preparing lists"],
        Stage::Render => ["生成页面", "rendering"],
        Stage::Index => ["搜索索引", "indexing"],
        Stage::Files => ["其他文件", "other files"],
        Stage::Findings => ["整理提示", "sorting findings"],
        Stage::Pictures => ["制作图片", "making photos"],
        Stage::Publish => ["写入网站", "publishing"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::Span;
    use crate::diagnostic::Lang;

    #[test]
    fn a_moment_belongs_to_one_stage() {
        let stages = Stages::start(None, true);
        let outer = Span::new(&stages, Stage::Index, 1);
        for _ in 0..3 {
            drop(Span::new(&stages, Stage::Render, 2));
        }
        drop(outer);
        let sums = stages.sums.lock().unwrap().clone();
        let (index, render) = (sums[&Stage::Index], sums[&Stage::Render]);
        assert_eq!((index.steps, render.steps), (1, 6));
        assert_eq!(index.work + render.work, index.to - index.from);
    }

    #[test]
    fn the_trace_has_one_event_a_piece_of_work() {
        let stages = Stages::start(None, true);
        drop(Span::new(&stages, Stage::Parse, 5));
        drop(Span::new(&stages, Stage::Publish, 1));
        let trace: serde_json::Value = serde_json::from_str(&stages.trace()).unwrap();
        let events = trace["traceEvents"].as_array().unwrap();
        let names: Vec<_> = events.iter().map(|event| event["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["parsing", "publishing"]);
        assert!(events.iter().all(|event| event["ph"] == "X" && event["dur"].as_f64().unwrap() >= 0.0));
    }

    #[test]
    fn the_table_names_the_stages_in_order() {
        let stages = Stages::start(None, false);
        drop(Span::new(&stages, Stage::Publish, 1));
        drop(Span::new(&stages, Stage::Survey, 3));
        let console = Console { lang: Lang::En, json: false, quiet: false, verbose: true };
        let table = stages.table(console, None);
        let first: Vec<_> = table.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(first, ["stage", "looking", "publishing"]);
    }
}
