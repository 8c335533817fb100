//! `wechat push`: pieces into a WeChat account's draft box.

use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::args::{Common, WechatPushArgs};
use super::build::survey;
use super::console::{Console, data, object, tell};
use super::{Result, Verdict, paint, time_args, wechat, who};
use crate::build::{self, Memory, Options};
use crate::diagnostic::{Lang, Rendered, Severity, locate};
use crate::disk::{Files, Snapshot};
use crate::document;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::site::Article;
use crate::wechat::{Edition, merged};
use crate::wechat_api::{
    API, Credentials, CredentialsFault, Draft, Hooks, Http, Outcome, Problem, PushOptions, Pushed, Pusher,
    Rehearsal, Request, Session, Step, Store, Transport,
};

/// `zhuanlan wechat push`.
pub(super) fn push(common: &Common, args: &WechatPushArgs, console: Console) -> Result<Verdict> {
    let api = args.api.as_deref().unwrap_or(API);
    let http = Http::new(api)?;
    let round = survey(common)?.read();
    let credentials = credentials(args, &round.root)?;
    let Some(editions) = editions(&round, args, console)? else { return Ok(Verdict::Faulty) };
    let rehearsal = Rehearsal::default();
    let (transport, store): (&dyn Transport, Store) = if args.dry_run {
        (&rehearsal, Store::rehearsal(&round.root, &credentials))
    } else {
        (&http, Store::open(&round.root, &credentials, &who())?)
    };
    let files = Files::new(&round.root);
    let watcher = Watcher { console, api, dry_run: args.dry_run };
    let options = PushOptions { again: args.again, overwrite: args.overwrite, at: Timestamp::now() };
    let mut pusher = Pusher::new(Session::new(transport, &credentials, &watcher), store, options);
    let mut verdict = Verdict::Fine;
    for (edition, source) in &editions {
        let done = pusher.push(&Draft { edition, source: *source, pictures: &files })?;
        if done.problems.iter().any(Problem::is_error) {
            verdict = Verdict::Faulty;
        }
        say(console, &done, &credentials, args.dry_run)?;
    }
    if !console.json && !console.quiet && !args.dry_run {
        tell(&farewell(console, &credentials));
    }
    Ok(verdict)
}

/// The account: from `--credentials`, else from the environment. A rehearsal
/// does without.
fn credentials(args: &WechatPushArgs, root: &Path) -> Result<Credentials> {
    let found = match &args.credentials {
        Some(path) => Credentials::from_file(path, root),
        None => Credentials::from_environment(|name| std::env::var(name).ok()),
    };
    match found {
        Err(CredentialsFault::Missing) if args.dry_run => Ok(Credentials::placeholder()),
        other => Ok(other.map_err(crate::wechat_api::Error::from)?),
    }
}

/// The editions of the pieces that were named, each with the hash of its file;
/// `None`, once the findings were shown, where there is an error.
fn editions(
    round: &Snapshot,
    args: &WechatPushArgs,
    console: Console,
) -> Result<Option<Vec<(Edition, Key)>>> {
    let options = Options {
        now: time_args::now(None)?,
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: true,
    };
    let built = build::build(&round.tree, &options, &Files::new(&round.root), &Memory::default());
    let pieces: Vec<&Article> =
        args.pieces.iter().map(|path| wechat::named(&built, path, &round.root)).collect::<Result<_>>()?;
    let (mut editions, mut found) = (Vec::new(), built.editions.findings());
    for (piece, made) in pieces.iter().zip(built.editions.make(&pieces)) {
        found.extend(made.diagnostics);
        let key = round.tree.get(&piece.document.path).map(|source| source.key);
        editions.extend(made.value.zip(key));
    }
    let text = |path: &SourcePath| round.tree.bytes(path).map(|bytes| document::decoded(bytes));
    let grave = |notice: &Rendered| notice.severity == Severity::Error;
    let mut shown: Vec<Rendered> = built.findings.iter().map(Rendered::new).filter(grave).collect();
    shown.extend(locate(merged(found), text).iter().map(Rendered::new));
    let faulty = shown.iter().any(grave);
    if console.json && faulty {
        let findings: Vec<Value> = shown.iter().map(|notice| notice.json(console.lang)).collect();
        object(&json!({ "findings": findings }))?;
    } else if !console.json {
        console.findings(&shown, false);
    }
    Ok(if faulty { None } else { Some(editions) })
}

/// Shows the steps, and in a rehearsal the requests.
struct Watcher<'w> {
    console: Console,
    api: &'w str,
    dry_run: bool,
}

impl Hooks for Watcher<'_> {
    fn step(&self, step: Step) {
        if self.console.quiet || self.console.json || self.dry_run {
            return;
        }
        let wait = |wait: &std::time::Duration| wait.as_secs().max(1);
        let words = match (step, self.console.lang) {
            (Step::Find, Lang::Zh) => "查找草稿".to_owned(),
            (Step::Find, Lang::En) => "looking for the draft".to_owned(),
            (Step::Picture(number, of), Lang::Zh) => format!("上传图片 {number}/{of}"),
            (Step::Picture(number, of), Lang::En) => format!("uploading picture {number} of {of}"),
            (Step::Cover, Lang::Zh) => "上传封面".to_owned(),
            (Step::Cover, Lang::En) => "uploading the cover".to_owned(),
            (Step::Draft, Lang::Zh) => "写入草稿箱".to_owned(),
            (Step::Draft, Lang::En) => "writing the draft".to_owned(),
            (Step::Check, Lang::Zh) => "读回来核对图片".to_owned(),
            (Step::Check, Lang::En) => "reading it back".to_owned(),
            (Step::Wait(time), Lang::Zh) => format!("公众号接口繁忙，{} 秒后再试", wait(&time)),
            (Step::Wait(time), Lang::En) => format!("the service is busy: trying again in {} s", wait(&time)),
        };
        // Who waits sees each step; a log has the waits alone.
        if self.console.watched() || self.console.verbose || matches!(step, Step::Wait(_)) {
            tell(&format!("  {words}"));
        }
    }

    fn request(&self, request: &Request) {
        let shown = request.shown(self.api);
        if self.dry_run && self.console.json {
            let _ = object(&json!({ "request": shown }));
        } else if self.dry_run {
            let _ = data(&format!("{shown}\n\n"));
        } else if self.console.verbose && !self.console.json {
            tell(&format!("  {}", shown.lines().next().unwrap_or_default()));
        }
    }
}

/// What came of one piece.
fn say(console: Console, pushed: &Pushed, credentials: &Credentials, dry_run: bool) -> Result<()> {
    if console.json {
        let problems = pushed.problems.iter().map(|problem| {
            let said = problem.message(console.lang);
            json!({ "code": problem.code(), "message": said.text, "hint": said.hint })
        });
        return object(&json!({
            "source": pushed.piece, "title": pushed.title, "outcome": outcome(pushed.outcome),
            "account": credentials.tail(), "media_id": pushed.media_id.as_ref().filter(|_| !dry_run),
            "pictures": pushed.pictures, "uploaded": pushed.uploaded, "dry_run": dry_run,
            "problems": problems.collect::<Vec<_>>(),
        }));
    }
    if !console.quiet {
        tell(&line(console, pushed, dry_run));
    }
    for problem in &pushed.problems {
        let severity = if problem.is_error() { Severity::Error } else { Severity::Warning };
        console.problem(severity, &problem.message(console.lang));
    }
    Ok(())
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Added => "added",
        Outcome::Updated => "updated",
        Outcome::Unchanged => "unchanged",
        Outcome::Failed => "failed",
    }
}

/// `新建草稿：《标题》，图片 3 张（上传 2），编号 …`.
fn line(console: Console, pushed: &Pushed, dry_run: bool) -> String {
    let what = match pushed.outcome {
        Outcome::Added => console.text("新建草稿", "added"),
        Outcome::Updated => console.text("更新草稿", "updated"),
        Outcome::Unchanged => console.text("没有变化", "unchanged"),
        Outcome::Failed => console.text("没有推送", "not pushed"),
    };
    let Pushed { title, pictures, uploaded, .. } = pushed;
    let mut line = match console.lang {
        Lang::Zh => {
            format!("{}：《{title}》，正文图片 {pictures} 张，上传 {uploaded} 个文件", paint::bold(what))
        }
        Lang::En => {
            format!("{}: “{title}”, {pictures} pictures, {uploaded} files uploaded", paint::bold(what))
        }
    };
    if let Some(media_id) = pushed.media_id.as_ref().filter(|_| !dry_run) {
        line += console.text("，草稿编号 ", ", draft ");
        line += media_id;
    }
    if dry_run {
        line += console.text("（演练：什么也没有发送）", " (dry run: nothing was sent)");
    }
    line
}

fn farewell(console: Console, credentials: &Credentials) -> String {
    let account = credentials.tail();
    match console.lang {
        Lang::Zh => {
            format!("公众号（AppID {account}）：请在后台打开草稿箱，检查后由人发布；这里不会发布或群发")
        }
        Lang::En => format!(
            "account (AppID {account}): open its draft box, check the draft, and publish it there; this command never does"
        ),
    }
}
