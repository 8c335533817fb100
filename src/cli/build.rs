//! `build`, `check` and `clean`.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::args::{AllowArgs, AskedFor, BuildArgs, CheckArgs, CleanArgs, Common};
use super::console::{Console, is_grave, object, tell};
use super::progress::Progress;
use super::stages::Stages;
use super::summary::Summary;
use super::{Error, Result, Verdict, notes, output_of, paint, status, time_args, who};
use crate::build::{
    self as pipeline, Allowed, BuildResult, Content, Counts, Former, Memory, Options, Output, Priority, Site,
    Span, Spool, Stage, Stats, build_once, guard, make_pictures,
};
use crate::diagnostic::Rendered;
use crate::disk::{self, Files, Snapshot, Stamp, Survey, ValueStore};
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::publish::{self, Hooks as _, Place, PublishOptions, Published, Publisher, Replay, Standing};
use crate::source::{Source, SourceTree};

/// `zhuanlan build`.
pub(super) fn build(common: &Common, args: &BuildArgs, console: Console) -> Result<Verdict> {
    match build_over(common, args, console, args.asked.no_cache) {
        // Nothing counts on what was remembered.
        Err(error) if !args.asked.no_cache && has_changed_meanwhile(&error) => {
            build_over(common, args, console, true)
        }
        result => result,
    }
}

/// Whether somebody changed what stood there, or a source, while the site was
/// built.
fn has_changed_meanwhile(error: &Error) -> bool {
    match error {
        Error::Publish(publish::Error::NotStanding { .. }) | Error::SourcesChanged => true,
        Error::Publish(publish::Error::Disk(error)) => error.is_changed_source(),
        _ => false,
    }
}

/// The stages in order, and what is printed of them; `anew` as if nothing were
/// remembered of earlier builds.
fn build_over(common: &Common, args: &BuildArgs, console: Console, anew: bool) -> Result<Verdict> {
    let options = options(&args.asked)?;
    let progress = Progress::new(console);
    let stages = Stages::start(Some(&progress), args.trace.is_some());
    let course = |counts| Course::ended(&stages, &progress, args, counts);
    let span = Span::new(&stages, Stage::Survey, 1);
    has_root(common)?;
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    let output = place.output.clone();
    // What lies in the one folder, and what in the other.
    let (survey, publisher) =
        rayon::join(|| survey_for(common, anew), || Publisher::open(place, &who(), &progress));
    let (mut survey, mut publisher) = (survey?, publisher?);
    let outline = survey.outline();
    let inputs = inputs(&outline, &options);
    let replay = publisher.unchanged(inputs, options.now, &Files::new(survey.root()));
    drop(span);
    if let Some(replay) = replay.filter(|_| !anew) {
        let ending = Ending { stats: replay.stats, notices: replay.notices, strict: args.asked.strict };
        let done =
            Published { unchanged: publisher.files(), release: publisher.release(), ..Published::default() };
        return ending.published(console, &output, &done, &course(None)?);
    }
    let span = Span::new(&stages, Stage::Read, 1);
    let (Snapshot { root, tree, .. }, late) = survey.read_what_is_new();
    drop(span);
    let files = Files::new(&root);
    let past = Past::new(&root, anew);
    let (mut built, ending) = Run { options: &options, files: &files, args, anew }
        .over(tree, &past, &publisher, &stages, &progress);
    if late.have_changed() {
        return Err(Error::SourcesChanged);
    }
    past.store.save();
    let counts = Some(built.counts);
    if ending.is_faulty() {
        return ending.withheld(console, &course(counts)?);
    }
    let span = Span::new(&stages, Stage::Publish, 1);
    let address_book = built.output.address_book.take();
    let address_book = address_book.filter(|text| keep_addresses(&root, text, console));
    // The next build reads what was written just now.
    let inputs = address_book.map_or(inputs, |text| inputs_with(outline, &text, &options));
    let replay = replay_of(&built.output, &ending, inputs);
    built.output.complete();
    let how = PublishOptions {
        in_place: args.in_place,
        sync: args.sync,
        at: jiff::Timestamp::now(),
        keep: args.keep,
    };
    let done = publisher.publish(&built.output, &files, replay.as_ref(), how)?;
    forget_old_pictures(&files, &built.output);
    drop(span);
    ending.published(console, &output, &done, &course(counts)?)
}

/// What a build is asked for.
struct Run<'r> {
    options: &'r Options,
    files: &'r Files,
    args: &'r BuildArgs,
    anew: bool,
}

impl Run<'_> {
    /// The site of `tree`, built over what stands: pages are spooled as they
    /// are made, beside the preparation of the folder.
    fn over(
        &self,
        tree: SourceTree,
        past: &Past,
        publisher: &Publisher<'_>,
        stages: &Stages,
        progress: &Progress,
    ) -> (BuildResult, Ending) {
        let Self { options, files, args, anew } = *self;
        let standing = Arc::new(if anew { Standing::default() } else { publisher.standing() });
        let target = Target::new(publisher.former(), args.allow, &*standing, progress);
        let spool: Spool<'_> = &|path, key, bytes| publisher.take(path, key, bytes);
        let early = Priority { spool: Some(spool), observer: stages, ..Priority::whole() };
        // As on a fresh checkout to which the cache was carried.
        let without_site = publisher.files() == 0 && !past.store.is_empty();
        let memory = past.memory();
        let memory = if anew {
            memory
        } else {
            memory.after(Arc::<Standing>::clone(&standing)).keeping_bytes(without_site)
        };
        std::thread::scope(|scope| {
            // What goes wrong with it, publishing meets again.
            scope.spawn(|| drop(publisher.prepare(args.in_place)));
            run(tree, options, files, args.asked.strict, &early, memory, Some(&target))
        })
    }
}

/// The key of a build whose `outline` has `address_book` now.
fn inputs_with(mut outline: SourceTree, address_book: &str, options: &Options) -> Key {
    outline.insert(SourcePath::address_book(), Source::text(address_book.as_bytes().to_vec()));
    inputs(&outline, options)
}

/// What is shown again where nothing changes; `None` where that would be out of
/// date: what was wrong in the address book has just been put right.
fn replay_of(output: &Output, ending: &Ending, inputs: Key) -> Option<Replay> {
    let stale = ending.notices.iter().any(|notice| notice.path == SourcePath::address_book().as_str());
    let valid = output.valid.clone().filter(|_| !stale)?;
    Some(Replay { inputs, valid, stats: ending.stats, notices: ending.notices.clone() })
}

/// Pictures of the cache that nothing shows any more go after a while.
fn forget_old_pictures(files: &Files, output: &Output) {
    let pictures = output.files.values().filter_map(|artifact| match &artifact.content {
        Content::Deferred(recipe) => Some(&**recipe),
        _ => None,
    });
    files.forget_old_pictures(SystemTime::now(), pictures);
}

/// `zhuanlan check`: the same build with the output thrown away.
pub(super) fn check(common: &Common, args: &CheckArgs, console: Console) -> Result<Verdict> {
    let options = options(&args.asked)?;
    let progress = Progress::new(console);
    let stages = Stages::start(Some(&progress), false);
    let span = Span::new(&stages, Stage::Read, 1);
    let round = survey_for(common, args.asked.no_cache)?.read();
    drop(span);
    let files = Files::new(&round.root);
    let place = Place::new(&output_of(common, None), &common.root).ok();
    let (former, standing) = place.as_ref().map(publish::published).unwrap_or_default();
    let target = Target::new(former, args.allow, &standing, &progress);
    let past = Past::new(&round.root, args.asked.no_cache);
    // Nobody reads the pages.
    let early = Priority { spool: Some(&|_, _, _| true), observer: &stages, ..Priority::nothing() };
    let (memory, strict) = (past.memory(), args.asked.strict);
    // Pages are only asked whether they can be made.
    let memory = if args.asked.no_cache { memory } else { memory.after(Arc::new(Unread)) };
    let (built, ending) = run(round.tree, &options, &files, strict, &early, memory, Some(&target));
    past.store.save();
    progress.hide();
    let course = Course { stages: &stages, counts: Some(built.counts) };
    ending.say(console, console.text("检查完成", "checked"), None, &course)
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

/// Whether there is a project's folder.
fn has_root(common: &Common) -> Result<()> {
    if disk::is_folder(&common.root) { Ok(()) } else { Err(Error::NoRoot(common.root.clone())) }
}

/// The same; `anew` without what is remembered of it.
fn survey_for(common: &Common, anew: bool) -> Result<Survey> {
    has_root(common)?;
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

/// A site of which nobody reads a page: it has them all.
#[derive(Debug)]
struct Unread;

impl Site for Unread {
    fn has(&self, _: &OutputPath, _: Key) -> bool {
        true
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
pub(super) fn inputs(outline: &SourceTree, options: &Options) -> Key {
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

/// The site that will be published, and what stands in its place.
pub(super) struct Target<'t> {
    /// What keeps a source that vanished from emptying it.
    former: Option<Former>,
    allowed: Allowed,
    /// What need not be made again.
    standing: &'t dyn Site,
    progress: &'t Progress,
}

impl<'t> Target<'t> {
    fn new(
        former: Option<Former>,
        allowed: AllowArgs,
        standing: &'t dyn Site,
        progress: &'t Progress,
    ) -> Self {
        Self { former, allowed: allowed.into(), standing, progress }
    }
}

impl From<AllowArgs> for Allowed {
    fn from(args: AllowArgs) -> Self {
        Self { empty: args.allow_empty, removals: args.allow_removals }
    }
}

pub(super) fn run(
    tree: SourceTree,
    options: &Options,
    files: &Files,
    strict: bool,
    early: &Priority<'_>,
    memory: Memory,
    target: Option<&Target<'_>>,
) -> (BuildResult, Ending) {
    let mut built = build_once(tree, options, files, memory, early);
    if let Some(Target { former, allowed, standing, progress }) = target {
        guard(&mut built, former.as_ref(), options.now, *allowed);
        if !built.has_errors() {
            let _span = Span::new(early.observer, Stage::Pictures, 1);
            let stands = |path: &OutputPath, key| standing.has(path, key);
            let done = |done, of| progress.developed(done, of);
            built.findings.extend(make_pictures(&built.output, &stands, files, &done));
        }
    }
    let ending = Ending::of(&built, strict);
    (built, ending)
}

/// What there is to say at the end.
pub(super) struct Ending {
    pub(super) stats: Stats,
    pub(super) notices: Vec<Rendered>,
    pub(super) strict: bool,
}

impl Ending {
    /// Of `built`, of which warnings are errors where it is `strict`.
    pub(super) fn of(built: &BuildResult, strict: bool) -> Self {
        Self { stats: built.output.stats, notices: status::notices(built), strict }
    }

    /// Makes the pictures of `output`, which is a part of the site for a folder
    /// of its own, and adds what can't be made.
    pub(super) fn find_more(
        &mut self,
        output: &Output,
        publisher: &Publisher<'_>,
        files: &Files,
        progress: &Progress,
    ) {
        let stands = |path: &OutputPath, key| publisher.has(path, key);
        let unmade = make_pictures(output, &stands, files, &|done, of| progress.developed(done, of));
        self.notices.extend(unmade.iter().map(Rendered::new));
    }

    /// Whether the findings keep the site from being published.
    pub(super) fn is_faulty(&self) -> bool {
        self.notices.iter().any(|notice| is_grave(notice, self.strict))
    }

    /// The site stands in `output`.
    fn published(
        &self,
        console: Console,
        output: &Path,
        done: &Published,
        course: &Course<'_>,
    ) -> Result<Verdict> {
        let what = match (done.written, done.removed) {
            (0, 0) => console.text("没有变化", "nothing changed"),
            _ => console.text("完成", "done"),
        };
        let verdict = self.say(console, what, Some(done), course)?;
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
    pub(super) fn withheld(&self, console: Console, course: &Course<'_>) -> Result<Verdict> {
        let what = console.text("没有发布，原来的网站没有动", "not published; the former site is as it was");
        self.say(console, what, None, course)
    }

    fn say(
        &self,
        console: Console,
        what: &str,
        done: Option<&Published>,
        course: &Course<'_>,
    ) -> Result<Verdict> {
        let none = Published::default();
        let summary = Summary {
            stats: self.stats,
            published: done.unwrap_or(&none),
            elapsed: course.stages.elapsed(),
            notices: &self.notices,
            is_published: done.is_some(),
        };
        if console.json {
            object(&summary.json(console.lang))?;
        } else {
            console.findings(&self.notices, self.strict);
            if !console.quiet {
                console.places(&self.notices, self.strict);
                tell(&summary.line(what, console, done.is_some()));
            }
        }
        if console.verbose {
            tell(course.stages.table(console, course.counts).trim_end());
        }
        Ok(if self.is_faulty() { Verdict::Faulty } else { Verdict::Fine })
    }
}

/// How long the stages took, and how much they did.
pub(super) struct Course<'c> {
    pub(super) stages: &'c Stages<'c>,
    pub(super) counts: Option<Counts>,
}

impl<'c> Course<'c> {
    /// The work is done: the bar goes, and the trace is written where it was
    /// asked for.
    fn ended(
        stages: &'c Stages<'c>,
        progress: &Progress,
        args: &BuildArgs,
        counts: Option<Counts>,
    ) -> Result<Self> {
        progress.hide();
        if let Some(path) = &args.trace {
            disk::replace(path, stages.trace().as_bytes())?;
        }
        Ok(Self { stages, counts })
    }
}
