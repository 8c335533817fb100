//! `publish`: a release to a place elsewhere.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde_json::json;

use super::args::Common;
use super::console::{Console, data, object, tell};
use super::error::CredentialsFault;
use super::progress::Progress;
use super::publish_args::PublishArgs;
use super::{Error, Result, Verdict, output_of, ssh_folder, who};
use crate::config::{self, Config, Target};
use crate::diagnostic::{Lang, Message};
use crate::disk;
use crate::path::{OutputPath, SourcePath};
use crate::publish::{self, Place, PublishOptions, Publisher, ReleaseFile, ReleaseFiles};
use crate::remote::{self, Done, Note, Request};
use crate::source::{Source, SourceTree};

/// `zhuanlan publish`.
pub(super) fn publish(common: &Common, args: &PublishArgs, console: Console) -> Result<Verdict> {
    let began = Instant::now();
    let config = column(&common.root)?;
    let written = written(args.target.as_deref(), &config)?;
    let target = Target::parse(&written).map_err(|fault| remote::Error::Target(written.clone(), fault))?;
    let ssh_folder = ssh_folder::of_this_run(&target);
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    let release = publish::release_files(&place, args.release)?;
    let progress = Progress::new(console);
    let done = if let Target::Folder(folder) = &target {
        // One that the column names is meant as seen from there.
        let is_typed = args.target.as_deref() == Some(written.as_str());
        let folder = if is_typed { folder.clone() } else { common.root.join(folder) };
        to_folder(&folder, common, args, &config, &release, &progress)?
    } else {
        let file = args.credentials.as_deref().map(|file| credentials(file, &common.root)).transpose()?;
        let secrets = |name: &str| {
            let kept = file.as_ref().and_then(|file| file.get(name).cloned());
            kept.or_else(|| std::env::var(name).ok()).filter(|value| !value.is_empty())
        };
        let who = format!("{}, {}", host(), who());
        let request = Request {
            release: Arc::new(release),
            memory: publish::target_memory(&place, &target.to_string(), &who)?,
            site: config.base_url.as_deref().unwrap_or(&config.title),
            who: &who,
            clock: jiff::Timestamp::now,
            dry_run: args.dry_run,
            allow_removals: args.allow_removals,
            adopt: args.adopt,
            recheck: args.recheck,
            parallel: args.parallel,
            ssh_folder: ssh_folder.as_deref(),
        };
        remote::publish(&target, &request, &secrets, &Sending(&progress))?
    };
    drop(progress);
    report(&target, args, &done, began, console)
}

/// What `column.yaml` says; nothing else of the column is read.
fn column(root: &Path) -> Result<Config> {
    let mut tree = SourceTree::default();
    let path = SourcePath::config();
    if !disk::is_folder(root) {
        return Err(Error::NoRoot(root.to_owned()));
    }
    if let Ok(bytes) = disk::read(&root.join(path.as_str())) {
        tree.insert(path, Source::text(bytes));
    }
    Ok(config::read(&tree, None).value)
}

/// The target as it is written: by name, or itself; where none is typed, the
/// only one that the column names.
fn written(typed: Option<&str>, config: &Config) -> Result<String> {
    let targets = &config.publishing.targets;
    let names = || targets.iter().map(|(name, _)| name.clone()).collect();
    match typed {
        Some(typed) => {
            let found = targets.iter().find(|(name, _)| name == typed);
            Ok(found.map_or(typed, |(_, target)| target.as_str()).to_owned())
        }
        None => match targets.as_slice() {
            [(_, only)] => Ok(only.clone()),
            _ => Err(Error::NoTarget(names())),
        },
    }
}

/// Keys from a file: `NAME=VALUE`, one a line.
fn credentials(file: &Path, root: &Path) -> Result<BTreeMap<String, String>> {
    let fault = |fault| Error::Credentials(file.to_owned(), fault);
    if disk::resolve(file)?.starts_with(disk::resolve(root)?) {
        return Err(fault(CredentialsFault::Inside));
    }
    let bytes = disk::read(file)?;
    if !disk::is_private(file) {
        return Err(fault(CredentialsFault::Open));
    }
    let mut found = BTreeMap::new();
    for (number, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let pair = line.strip_prefix("export ").unwrap_or(line).split_once('=');
        let (name, value) = pair.ok_or_else(|| fault(CredentialsFault::Line(number + 1)))?;
        let value = value.trim().trim_matches(['"', '\'']);
        found.insert(name.trim().to_owned(), value.to_owned());
    }
    Ok(found)
}

/// The name of this computer, as far as the environment tells.
fn host() -> String {
    let named = ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let kept = || disk::read(Path::new("/etc/hostname")).ok().and_then(|name| String::from_utf8(name).ok());
    named.or_else(kept).map_or_else(|| "?".to_owned(), |name| name.trim().to_owned())
}

/// To a folder: by our own publisher, whole or not at all.
fn to_folder(
    folder: &Path,
    common: &Common,
    args: &PublishArgs,
    config: &Config,
    release: &ReleaseFiles,
    progress: &Progress,
) -> Result<Done> {
    let there = Place::new(folder, &common.root)?;
    let mut publisher = Publisher::open(there.clone(), &who(), progress)?;
    let former = publisher.former().map(|former| former.pages).unwrap_or_default();
    if !args.allow_removals {
        let gone: Vec<_> = former.iter().filter(|path| !release.files.contains_key(*path)).cloned().collect();
        remote::check_removals(former.iter(), &gone, release.files.keys())?;
    }
    let done = difference(release, &there);
    if args.dry_run {
        return Ok(done);
    }
    let (output, files) = release.output(config.publishing.clone());
    let how = PublishOptions { at: jiff::Timestamp::now(), ..PublishOptions::default() };
    publisher.publish(&output, &files, None, how)?;
    match release.first_difference(&there)? {
        Some(path) => Err(remote::Error::Moved(path).into()),
        None => Ok(done),
    }
}

/// What sending `release` to `there` means.
fn difference(release: &ReleaseFiles, there: &Place) -> Done {
    let before = publish::release_files(there, None).map(|there| there.files).unwrap_or_default();
    let differs = |(path, file): &(&OutputPath, &ReleaseFile)| {
        before.get(*path).is_none_or(|before| before.sha256 != file.sha256)
    };
    let put: Vec<_> = release.files.iter().filter(differs).collect();
    let gone = before.keys().filter(|path| !release.files.contains_key(*path));
    Done {
        release: release.number,
        unchanged: release.files.len() - put.len(),
        bytes: put.iter().map(|(_, file)| file.size).sum(),
        put: put.iter().map(|(path, _)| (*path).clone()).collect(),
        deleted: gone.map(ToString::to_string).collect(),
        ..Done::default()
    }
}

/// Shows how far it is.
struct Sending<'p>(&'p Progress);

impl remote::Progress for Sending<'_> {
    fn planned(&self, puts: usize, _deletes: usize) {
        self.0.planned_stage(["传送文件", "sending"], puts);
    }

    fn put(&self) {
        self.0.done(1);
    }
}

fn report(
    target: &Target,
    args: &PublishArgs,
    done: &Done,
    began: Instant,
    console: Console,
) -> Result<Verdict> {
    let elapsed = began.elapsed();
    let notes: Vec<Message> = done.notes.iter().map(|note| words(*note, console.lang)).collect();
    if console.json {
        object(&json!({
            "target": target.to_string(), "release": done.release, "dry_run": args.dry_run, "put": done.put,
            "deleted": done.deleted, "unchanged": done.unchanged, "bytes": done.bytes, "requests": done.requests,
            "notes": notes.iter().map(|note| note.text.clone()).collect::<Vec<_>>(),
            "elapsed_ms": u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
        }))?;
        return Ok(Verdict::Fine);
    }
    if args.dry_run {
        let put = done.put.iter().map(|path| format!("{} {path}\n", console.text("传送", "send")));
        let deleted = done.deleted.iter().map(|path| format!("{} {path}\n", console.text("删除", "delete")));
        data(&put.chain(deleted).collect::<String>())?;
    }
    if !console.quiet {
        tell(&line(target, args.dry_run, done, elapsed.as_secs_f64(), console));
        if console.verbose && !done.requests.is_empty() {
            let requests = done.requests.iter().map(|(kind, count)| format!("{kind} {count}"));
            let requests = requests.collect::<Vec<_>>().join(", ");
            tell(&format!("{}{requests}", console.text("请求：", "requests: ")));
        }
        for note in &notes {
            console.note(note);
        }
    }
    Ok(Verdict::Fine)
}

/// What was done, in one line.
fn line(target: &Target, dry_run: bool, done: &Done, seconds: f64, console: Console) -> String {
    let Done { put, deleted, unchanged, bytes, release, .. } = done;
    let (put, deleted, size) = (put.len(), deleted.len(), size(*bytes));
    let what = match (dry_run, put + deleted) {
        (true, _) => console.text("只是试算，没有动", "nothing was done"),
        (false, 0) => console.text("没有变化", "nothing changed"),
        (false, _) => console.text("已发布", "published"),
    };
    match console.lang {
        Lang::Zh => format!(
            "{what}：{target}，版本 {release}；传送 {put} 个文件（{size}），删除 {deleted}，未变 {unchanged}；用时 {seconds:.2} 秒"
        ),
        Lang::En => format!(
            "{what}: {target}, release {release}; {put} sent ({size}), {deleted} deleted, {unchanged} unchanged; {seconds:.2} s"
        ),
    }
}

fn words(note: Note, lang: Lang) -> Message {
    match (note, lang) {
        (Note::NotExclusive, Lang::Zh) => Message::with_hint(
            "那里不能可靠地挡住同时发布的另一个人",
            "约定只在一台电脑上发布，或用一个定时任务",
        ),
        (Note::NotExclusive, Lang::En) => Message::with_hint(
            "the place can't keep two publishers apart for certain",
            "agree on one computer that publishes, or on one timed job",
        ),
        (Note::NoHeaders, Lang::Zh) => Message::with_hint(
            "这种位置记不住文件类型和缓存规则，要由网站服务器来说",
            "用 `zhuanlan serve-config` 生成服务器的配置",
        ),
        (Note::NoHeaders, Lang::En) => Message::with_hint(
            "such a place keeps no types and caching rules: the web server has to say them",
            "make its configuration with `zhuanlan serve-config`",
        ),
    }
}

/// `35 KB`, `1.2 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
