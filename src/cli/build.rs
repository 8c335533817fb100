//! `build`, `check` and `clean`.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::args::{AllowArgs, AskedFor, BuildArgs, CheckArgs, CleanArgs, Common};
use super::console::{Console, object, tell};
use super::progress::Progress;
use super::summary::Summary;
use super::{Error, Result, Verdict, notes, output_of, paint, time_args, who};
use crate::build::{
    self as pipeline, Allowed, BuildResult, Content, Counts, Former, Memory, Options, Priority, Stats,
    build_showing, guard,
};
use crate::diagnostic::{Rendered, Severity};
use crate::disk::{self, Files, Snapshot, Stamp, Survey, ValueStore};
use crate::memo::Key;
use crate::path::SourcePath;
use crate::publish::{self, Place, PublishOptions, Published, Publisher, Replay};
use crate::source::{Source, SourceTree};

/// `zhuanlan build`: the stages in order, and what is printed of them.
pub(super) fn build(common: &Common, args: &BuildArgs, console: Console) -> Result<Verdict> {
    let mut clock = Clock::start();
    let options = options(&args.asked)?;
    let progress = Progress::new(console);
    progress.stage(console.text("读取稿件", "reading"));
    let mut survey = survey_for(common, args.asked.no_cache)?;
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    let output = place.output.clone();
    let mut publisher = Publisher::open(place, &who(), &progress)?;
    let mut outline = survey.outline();
    let mut inputs = inputs(&outline, &options);
    let kept = Files::new(survey.root());
    let replay = publisher.unchanged(inputs, options.now, &kept).filter(|_| !args.asked.no_cache);
    if let Some(replay) = replay {
        let ending = Ending { stats: replay.stats, notices: replay.notices, strict: args.asked.strict };
        let done =
            Published { unchanged: publisher.files(), release: publisher.release(), ..Published::default() };
        drop(progress);
        return ending.published(console, &output, &done, &clock);
    }
    let round = survey.read();
    clock.lap(console.text("读取", "reading"));
    progress.stage(console.text("生成页面", "building"));
    let files = Files::new(&round.root);
    let guarded = Guarded { former: publisher.former(), allowed: args.allow.into() };
    let past = Past::new(&round.root, args.asked.no_cache);
    let memory = past.memory();
    let (mut built, ending) =
        run(&round, &options, &files, args.asked.strict, &Priority::whole(), &memory, Some(&guarded));
    past.store.save();
    clock.lap(console.text("生成", "building"));
    clock.counts = Some(built.counts);
    if ending.is_faulty() {
        drop(progress);
        return ending.withheld(console, &clock);
    }
    progress.stage(console.text("写入网站", "writing"));
    if let Some(text) = built.output.address_book.take()
        && keep_addresses(&round.root, &text, console)
    {
        // The next build reads what was written just now.
        outline.insert(SourcePath::address_book(), Source::text(text.into_bytes()));
        inputs = self::inputs(&outline, &options);
    }
    // What was wrong in the address book has just been put right.
    let stale = ending.notices.iter().any(|notice| notice.path == SourcePath::address_book().as_str());
    let replay = built.output.valid.clone().filter(|_| !stale).map(|valid| Replay {
        inputs,
        valid,
        stats: ending.stats,
        notices: ending.notices.clone(),
    });
    built.output.complete();
    clock.lap(console.text("索引", "indexing"));
    let how = PublishOptions {
        in_place: args.in_place,
        sync: args.sync,
        at: jiff::Timestamp::now(),
        keep: args.keep,
    };
    let done = publisher.publish(&built.output, &files, replay.as_ref(), how)?;
    let pictures = built.output.files.values().filter_map(|artifact| match &artifact.content {
        Content::Deferred(recipe) => Some(&**recipe),
        Content::Bytes(_) | Content::Blob(..) | Content::Cleaned(..) => None,
    });
    files.forget_old_pictures(SystemTime::now(), pictures);
    clock.lap(console.text("写入", "writing"));
    drop(progress);
    ending.published(console, &output, &done, &clock)
}

/// `zhuanlan check`: the same build with the output thrown away.
pub(super) fn check(common: &Common, args: &CheckArgs, console: Console) -> Result<Verdict> {
    let mut clock = Clock::start();
    let options = options(&args.asked)?;
    let progress = Progress::new(console);
    progress.stage(console.text("检查", "checking"));
    let round = survey_for(common, args.asked.no_cache)?.read();
    clock.lap(console.text("读取", "reading"));
    let files = Files::new(&round.root);
    let place = Place::new(&output_of(common, None), &common.root).ok();
    let guarded = Guarded { former: place.as_ref().and_then(publish::former), allowed: args.allow.into() };
    let past = Past::new(&round.root, args.asked.no_cache);
    let memory = past.memory();
    let (built, ending) =
        run(&round, &options, &files, args.asked.strict, &Priority::nothing(), &memory, Some(&guarded));
    past.store.save();
    clock.lap(console.text("检查", "checking"));
    clock.counts = Some(built.counts);
    drop(progress);
    ending.say(console, console.text("检查完成", "checked"), None, &clock)
}

/// `zhuanlan clean`.
pub(super) fn clean(common: &Common, args: &CleanArgs, console: Console) -> Result<Verdict> {
    let removed = if args.cache {
        let cache = common.root.join(disk::CACHE);
        let files = disk::list(&cache)?.iter().filter(|entry| entry.kind != disk::EntryKind::Folder).count();
        disk::remove_tree(&cache)?;
        files
    } else {
        publish::clean(&Place::new(&output_of(common, args.output.as_ref()), &common.root)?, &who())?
    };
    if console.json {
        object(&serde_json::json!({ "removed": removed }))?;
    } else if !console.quiet {
        tell(&format!("{} {removed}", console.text("删除的文件：", "files removed:")));
    }
    Ok(Verdict::Fine)
}

/// What lies in the project's folder.
pub(super) fn survey(common: &Common) -> Result<Survey> {
    survey_for(common, false)
}

/// The same; `anew` without what is remembered of it.
fn survey_for(common: &Common, anew: bool) -> Result<Survey> {
    if !disk::is_folder(&common.root) {
        return Err(Error::NoRoot(common.root.clone()));
    }
    Ok(if anew { disk::survey_anew(&common.root)? } else { disk::survey(&common.root)? })
}

/// What earlier builds of the project made.
pub(super) struct Past {
    pub(super) store: Arc<ValueStore>,
}

impl Past {
    /// Of the project at `root`; nothing for a build that does all `anew`.
    pub(super) fn new(root: &Path, anew: bool) -> Self {
        let program = pipeline::PROGRAM;
        let store = if anew { ValueStore::empty(root, program) } else { ValueStore::open(root, program) };
        Self { store: Arc::new(store) }
    }

    /// What a build begins with that counts on no site.
    pub(super) fn memory(&self) -> Memory {
        Memory::with_store(Arc::<ValueStore>::clone(&self.store))
    }
}

pub(super) fn options(asked: &AskedFor) -> Result<Options> {
    let is_address = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
    if let Some(url) = asked.base_url.as_ref().filter(|url| !is_address(url)) {
        return Err(Error::BadUrl(url.clone()));
    }
    Ok(Options {
        now: time_args::now(asked.now.as_deref())?,
        base_url: asked.base_url.clone(),
        preview: false,
        drafts: asked.drafts,
        fingerprint: true,
    })
}

/// The key of all that a build depends on, this very program included: one
/// that was built anew under the same version may give another site.
fn inputs(outline: &SourceTree, options: &Options) -> Key {
    let key = pipeline::inputs_key(outline, options);
    let stamp = std::env::current_exe().ok().and_then(|path| disk::stamp(&path));
    let Stamp { len, modified, .. } = stamp.unwrap_or_default();
    Key::hash_parts([key.as_bytes().as_slice(), &len.to_le_bytes(), &modified.to_le_bytes()])
}

/// Writes `addresses.yaml`, as `text`. A folder that takes no files is no
/// reason not to publish; whether it was written.
pub(super) fn keep_addresses(root: &Path, text: &str, console: Console) -> bool {
    match disk::replace(&root.join(SourcePath::address_book().as_str()), text.as_bytes()) {
        Ok(_) => true,
        Err(error) => {
            console.note(&error.message(console.lang));
            false
        }
    }
}

/// What keeps a source that vanished from emptying the site.
pub(super) struct Guarded {
    former: Option<Former>,
    allowed: Allowed,
}

impl From<AllowArgs> for Allowed {
    fn from(args: AllowArgs) -> Self {
        Self { empty: args.allow_empty, removals: args.allow_removals }
    }
}

pub(super) fn run(
    round: &Snapshot,
    options: &Options,
    files: &Files,
    strict: bool,
    early: &Priority<'_>,
    memory: &Memory,
    guarded: Option<&Guarded>,
) -> (BuildResult, Ending) {
    let mut built = build_showing(&round.tree, options, files, memory, early);
    if let Some(Guarded { former, allowed }) = guarded {
        guard(&mut built, former.as_ref(), options.now, *allowed);
    }
    let notices = built.findings.iter().map(Rendered::new).collect();
    let ending = Ending { stats: built.output.stats, notices, strict };
    (built, ending)
}

/// Whether a finding keeps the site from being published.
pub(super) fn is_grave(severity: Severity, strict: bool) -> bool {
    match severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Note => false,
    }
}

/// What there is to say at the end.
pub(super) struct Ending {
    pub(super) stats: Stats,
    pub(super) notices: Vec<Rendered>,
    pub(super) strict: bool,
}

impl Ending {
    /// Whether the findings keep the site from being published.
    pub(super) fn is_faulty(&self) -> bool {
        self.notices.iter().any(|notice| is_grave(notice.severity, self.strict))
    }

    /// The site stands in `output`.
    fn published(&self, console: Console, output: &Path, done: &Published, clock: &Clock) -> Result<Verdict> {
        let what = match (done.written, done.removed) {
            (0, 0) => console.text("没有变化", "nothing changed"),
            _ => console.text("完成", "done"),
        };
        let verdict = self.say(console, what, Some(done), clock)?;
        if !console.json && !console.quiet {
            for note in &done.notes {
                console.note(&notes::words(note, output, console.lang));
            }
            let index = output.join("index.html");
            tell(&format!(
                "{}{}",
                console.text("打开：", "open "),
                paint::bold(&index.display().to_string())
            ));
        }
        Ok(verdict)
    }

    /// The findings keep the site from being published.
    pub(super) fn withheld(&self, console: Console, clock: &Clock) -> Result<Verdict> {
        let what = console.text("没有发布，原来的网站没有动", "not published; the former site is as it was");
        self.say(console, what, None, clock)
    }

    fn say(&self, console: Console, what: &str, done: Option<&Published>, clock: &Clock) -> Result<Verdict> {
        let none = Published::default();
        let summary = Summary {
            stats: self.stats,
            published: done.unwrap_or(&none),
            elapsed: clock.started.elapsed(),
            notices: &self.notices,
        };
        if console.json {
            object(&summary.json(console.lang))?;
        } else {
            console.findings(&self.notices);
            if !console.quiet {
                tell(&summary.line(what, console, done.is_some()));
            }
        }
        if console.verbose {
            clock.tell(console);
        }
        Ok(if self.is_faulty() { Verdict::Faulty } else { Verdict::Fine })
    }
}

/// How long the stages took, and how much they did.
pub(super) struct Clock {
    started: Instant,
    laps: Vec<(String, Duration)>,
    counts: Option<Counts>,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { started: Instant::now(), laps: Vec::new(), counts: None }
    }

    /// Ends a stage.
    pub(super) fn lap(&mut self, name: &str) {
        let before: Duration = self.laps.iter().map(|(_, time)| *time).sum();
        self.laps.push((name.to_owned(), self.started.elapsed().saturating_sub(before)));
    }

    fn tell(&self, console: Console) {
        let lap = |(name, time): &(String, Duration)| format!("{name} {:.1} ms", time.as_secs_f64() * 1e3);
        if self.laps.is_empty() {
            return;
        }
        tell(&self.laps.iter().map(lap).collect::<Vec<_>>().join(console.text("，", ", ")));
        let Some(counts) = self.counts else { return };
        let made = [
            (console.text("稿件解析", "documents parsed"), counts.documents.made),
            (console.text("版式编译", "themes compiled"), counts.themes.made),
            (console.text("页面生成", "pages rendered"), counts.pages.made),
            (console.text("其他文件", "other files"), counts.files.made),
        ];
        let made = made.iter().map(|(name, count)| format!("{name} {count}"));
        tell(&made.collect::<Vec<_>>().join(console.text("，", ", ")));
    }
}
