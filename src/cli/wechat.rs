//! `wechat`: the pieces' WeChat editions in a folder of their own.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use super::args::{Common, WechatArgs};
use super::build::{self, Course, Ending, inputs};
use super::console::{Console, object, tell};
use super::drafts::Drafts;
use super::progress::Progress;
use super::stages::Stages;
use super::{Error, Result, Verdict, paint, who};
use crate::build::{Artifact, BuildResult, Content, Options, Output, Priority, Span, Stage};
use crate::diagnostic::{Diagnostic, Rendered, locate};
use crate::disk::{self, Files, Survey};
use crate::document;
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::publish::{Place, PublishOptions, Published, Publisher, Replay};
use crate::site::{Article, State};
use crate::source::Blobs as _;
use crate::wechat::{
    Change, Edition, FolderContent, FolderFile, Limit, Listed, Origin, RECORD, Record, folder_files,
    folder_index, folder_of, merged,
};

/// `zhuanlan wechat`: a build of which only the editions are kept.
pub(super) fn wechat(common: &Common, args: &WechatArgs, console: Console) -> Result<Verdict> {
    let options = build::options(&args.asked)?;
    let since = args.since.as_deref().map(day).transpose()?;
    let progress = Progress::new(console);
    let stages = Stages::start(Some(&progress), false);
    let span = Span::new(&stages, Stage::Read, 1);
    let mut survey = build::survey(common)?;
    let output = args.output.clone().unwrap_or_else(|| common.root.join("wechat"));
    let mut publisher = Publisher::open(Place::new(&output, &common.root)?, &who(), &progress)?;
    let folder = publisher.output().to_owned();
    let (asked, drafts) = asked(&mut survey, &options, args);
    if let Some(replay) = publisher.unchanged(asked, options.now, &Files::new(survey.root())) {
        progress.hide();
        return Made::nothing(replay.notices).say(console, &folder, &Published::default());
    }
    let round = survey.read();
    drop(span);
    let (root, files) = (round.root.clone(), Files::new(&round.root));
    let past = build::Past::new(&root, args.asked.no_cache);
    let early = Priority { observer: &stages, ..Priority::nothing() };
    let (built, mut ending) =
        build::run(round.tree, &options, &files, args.asked.strict, &early, past.memory(), None);
    let course = Course { stages: &stages, counts: Some(built.counts) };
    if ending.is_faulty() {
        progress.hide();
        return ending.withheld(console, &course);
    }
    let record = disk::read(&folder.join(RECORD)).map(|json| Record::read(&json)).unwrap_or_default();
    let made = Chosen::new(&built, args, since, &record, &root)?.make(&built, &record, &files);
    if made.written.is_empty() && args.changed {
        progress.hide();
        return made.say(console, &folder, &Published::default());
    }
    let output = output_of(&built, &made, &record, &drafts);
    ending.find_more(&output, &publisher, &files, &progress);
    if ending.is_faulty() {
        progress.hide();
        return ending.withheld(console, &course);
    }
    let replay = made.replay(asked, &built, &ending);
    // An edition of former days is of no use to anybody.
    let how = PublishOptions { at: jiff::Timestamp::now(), keep: Some(0), ..PublishOptions::default() };
    let done = publisher.publish(&output, &files, replay.as_ref(), how)?;
    progress.hide();
    made.say(console, &folder, &done)
}

fn day(text: &str) -> Result<Date> {
    Date::strptime("%Y-%m-%d", text.trim())
        .map_err(|_| Error::BadMoment { option: "--since", value: text.to_owned() })
}

/// The key of a run: of what a build reads, of which pieces are wanted, and of
/// what is known of drafts, which it gives too.
fn asked(survey: &mut Survey, options: &Options, args: &WechatArgs) -> (Key, Drafts) {
    let outline = survey.outline();
    let drafts = Drafts::read(survey.root(), &outline);
    let pieces: Vec<String> = args.pieces.iter().map(|path| path.display().to_string()).collect();
    let wanted = format!("{:?} {:?} {}", pieces, args.since, args.changed);
    let keys = [inputs(&outline, options), drafts.key()];
    let [inputs, known] = keys.each_ref().map(|key| key.as_bytes().as_slice());
    (Key::hash_parts([b"wechat".as_slice(), inputs, wanted.as_bytes(), known]), drafts)
}

/// The pieces that were asked for.
struct Chosen<'b> {
    pieces: Vec<&'b Article>,
    /// Whether only those are wanted that were never made or changed since.
    changed: bool,
}

impl<'b> Chosen<'b> {
    fn new(
        built: &'b BuildResult,
        args: &WechatArgs,
        since: Option<Date>,
        record: &Record,
        root: &Path,
    ) -> Result<Self> {
        let all = built.editions.pieces();
        let mut pieces: Vec<&Article> = if args.pieces.is_empty() {
            let newest = record.newest();
            let recent = |piece: &&Article| {
                let date = date_of(piece);
                let known = record.pieces.contains_key(piece.document.path.as_str());
                since.is_none_or(|since| date >= since.to_string())
                    && (!args.changed || known || date.as_str() >= newest)
            };
            all.filter(|piece| piece.section.is_some()).filter(recent).collect()
        } else {
            args.pieces.iter().map(|path| named(built, path, root)).collect::<Result<_>>()?
        };
        // The newest first, as the index lists them.
        pieces
            .sort_by(|a, b| date_of(b).cmp(&date_of(a)).then_with(|| a.document.path.cmp(&b.document.path)));
        pieces.dedup_by(|a, b| a.document.path == b.document.path);
        Ok(Self { pieces, changed: args.changed })
    }

    fn make(&self, built: &'b BuildResult, record: &Record, files: &Files) -> Made<'b> {
        let mut found: Vec<Diagnostic> = built.editions.findings();
        let mut written = Vec::new();
        for (piece, made) in self.pieces.iter().zip(built.editions.make(&self.pieces)) {
            let Some(edition) = made.value else {
                found.extend(made.diagnostics);
                continue;
            };
            let change = record.change(&edition);
            if !self.changed || change != Change::Same {
                found.extend(made.diagnostics);
                written.push(Written { piece, edition, date: date_of(piece), change });
            }
        }
        let text = |path: &SourcePath| {
            let bytes = files.read(path).ok()?;
            Some(Cow::<str>::Owned(document::decoded(&bytes).into_owned()))
        };
        let notices = locate(merged(found), text).iter().map(Rendered::new).collect();
        Made { written, notices }
    }
}

/// The piece that `path` names: its file, from here or from the column's folder
/// or from `content/`, or its page.
pub(super) fn named<'b>(built: &'b BuildResult, path: &Path, root: &Path) -> Result<&'b Article> {
    let given = path.to_string_lossy().replace('\\', "/");
    let given = given.trim_start_matches("./");
    let here = disk::resolve(path).ok().and_then(|full| {
        full.strip_prefix(root).ok().map(|inside| inside.to_string_lossy().replace('\\', "/"))
    });
    let is_it = |piece: &&Article| {
        let source = piece.document.path.as_str();
        here.as_deref() == Some(source)
            || source == given
            || source.strip_prefix("content/") == Some(given)
            || piece.route.as_str() == given
    };
    built.editions.pieces().find(is_it).ok_or_else(|| Error::NoSuchPiece(path.to_path_buf()))
}

/// The piece's day; empty where it has none.
fn date_of(piece: &Article) -> String {
    piece.date.map(|at| at.civil.date().to_string()).unwrap_or_default()
}

/// An edition that is written.
struct Written<'b> {
    piece: &'b Article,
    edition: Edition,
    date: String,
    change: Change,
}

/// What was made.
struct Made<'b> {
    written: Vec<Written<'b>>,
    notices: Vec<Rendered>,
}

/// The folder as an output that can be published.
fn output_of(built: &BuildResult, made: &Made<'_>, record: &Record, drafts: &Drafts) -> Output {
    let pages = |one: &Written<'_>| folder_files(&one.edition, one.piece.state == State::Published);
    let mut files: Vec<FolderFile> = made.written.par_iter().flat_map_iter(pages).collect();
    let listed = |one| {
        let Written { edition, date, change, .. }: &Written<'_> = one;
        Listed { edition, date, change: *change, draft: drafts.age(&edition.source) }
    };
    let listed: Vec<Listed<'_>> = made.written.iter().map(listed).collect();
    files.extend(folder_index(built.editions.title(), &listed));
    let mut record = record.clone();
    made.written.iter().for_each(|one| record.add(&one.edition, &one.date));
    let record = FolderContent::Bytes(record.write().into());
    files.extend(OutputPath::new(RECORD).map(|path| FolderFile { path, content: record }));
    let artifact = |file: FolderFile| {
        let artifact = match file.content {
            FolderContent::Bytes(bytes) | FolderContent::Picture(Origin::Drawn(bytes)) => {
                Artifact { key: Key::hash(&bytes), content: Content::Bytes(bytes) }
            }
            FolderContent::Picture(Origin::Made(recipe)) => {
                Artifact { key: recipe.key(), content: Content::Deferred(recipe) }
            }
        };
        (file.path, artifact)
    };
    let files: BTreeMap<OutputPath, Artifact> = files.into_iter().map(artifact).collect();
    Output { files, ..Output::default() }
}

impl Made<'_> {
    /// What the next run of the same says, if nothing changes.
    fn replay(&self, inputs: Key, built: &BuildResult, ending: &Ending) -> Option<Replay> {
        let (valid, notices) = (built.output.valid.clone()?, self.notices.clone());
        Some(Replay { inputs, valid, stats: ending.stats, notices })
    }

    /// Nothing had to be done.
    fn nothing(notices: Vec<Rendered>) -> Self {
        Self { written: Vec::new(), notices }
    }

    fn say(&self, console: Console, folder: &Path, done: &Published) -> Result<Verdict> {
        if console.json {
            return self.object(console, done);
        }
        console.findings(&self.notices, false);
        if console.quiet {
            return Ok(Verdict::Fine);
        }
        for one in self.written.iter().take(SHOWN) {
            let change = match one.change {
                Change::New => console.text("新", "new"),
                Change::Changed => console.text("有改动", "changed"),
                Change::Same => console.text("没有变", "the same"),
            };
            tell(&format!("  {change}  {}", one.edition.fields.title));
        }
        let count = self.written.len();
        let (zh, en) = match count {
            0 => ("没有变化".to_owned(), "nothing changed".to_owned()),
            1 => ("公众号版：1 篇".to_owned(), "the WeChat edition of one piece".to_owned()),
            n if n > SHOWN => (format!("……共 {n} 篇"), format!("… {n} pieces in all")),
            n => (format!("公众号版：{n} 篇"), format!("WeChat editions of {n} pieces")),
        };
        tell(console.text(&zh, &en));
        let index = folder.join("index.html");
        tell(&format!("{}{}", console.text("打开：", "open "), paint::bold(&index.display().to_string())));
        Ok(Verdict::Fine)
    }
}

impl Made<'_> {
    fn object(&self, console: Console, done: &Published) -> Result<Verdict> {
        let over = |edition: &Edition| {
            let over = edition.excesses().into_iter();
            let one = |(limit, over): (&Limit, u64)| serde_json::json!({ "limit": format!("{:?}", limit.of), "over": over });
            over.map(one).collect::<Vec<_>>()
        };
        let piece = |one: &Written<'_>| {
            let Edition { source, fields, page, html, pictures, .. } = &one.edition;
            serde_json::json!({
                "source": source, "title": fields.title, "change": word(one.change), "folder": folder_of(page),
                "characters": html.chars().count(), "pictures": pictures.len(), "over": over(&one.edition),
            })
        };
        object(&serde_json::json!({
            "pieces": self.written.iter().map(piece).collect::<Vec<_>>(),
            "written": done.written,
            "findings": self.notices.iter().map(|notice| notice.json(console.lang)).collect::<Vec<_>>(),
        }))?;
        Ok(Verdict::Fine)
    }
}

/// Titles that are named one by one.
const SHOWN: usize = 20;

fn word(change: Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Changed => "changed",
        Change::Same => "same",
    }
}
