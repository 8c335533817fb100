//! `fix`: what can be mended, shown as a difference, asked and written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::Path;

use serde_json::{Value, json};
use similar::TextDiff;

use super::args::{AskedFor, Common, FixArgs};
use super::build::{options, survey};
use super::console::{Console, data, object, tell};
use super::{Error, Result, Verdict, paint};
use crate::build::{Memory, Mended, Options, mend};
use crate::diagnostic::{Fix, Lang, Located, Rendered};
use crate::disk::{self, Files, Snapshot};
use crate::path::SourcePath;

/// `zhuanlan fix`.
pub(super) fn fix(common: &Common, args: &FixArgs, console: Console) -> Result<Verdict> {
    let round = survey(common)?.read();
    let chosen = Chosen::new(&round, args)?;
    let asked = AskedFor { base_url: None, drafts: true, now: None, strict: false, no_cache: false };
    let work =
        Work { round: &round, options: options(&asked)?, files: Files::new(&round.root), chosen, console };
    let (files, left) = work.mended(|_, fix| fix.is_safe || args.all);
    let offered =
        left.iter().filter(|finding| work.chosen.takes(&finding.path) && finding.fix.is_some()).count();
    if console.json {
        return work.as_json(args, &files, offered);
    }
    let mut written = 0;
    for (path, file) in &files {
        data(&difference(path, file))?;
        if !args.check && (args.yes || work.asks(&work.question(path, file))) {
            work.write(path, &file.after)?;
            written += 1;
        }
    }
    if !args.all && !args.check && !args.yes && offered > 0 && written == files.len() && is_asked() {
        return work.offer(common, args);
    }
    work.summary(args, files.len(), written, offered);
    let is_done = written == files.len();
    Ok(if is_done { Verdict::Fine } else { Verdict::Faulty })
}

/// Whether somebody can answer.
fn is_asked() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The files that were named; none stands for all.
struct Chosen(BTreeSet<String>);

impl Chosen {
    fn new(round: &Snapshot, args: &FixArgs) -> Result<Self> {
        let named = args.files.iter().map(|path| named(round, path)).collect::<Result<_>>()?;
        Ok(Self(named))
    }

    fn takes(&self, path: &SourcePath) -> bool {
        let path = path.as_str();
        self.0.is_empty()
            || self.0.iter().any(|name| {
                path == name
                    || path.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('/'))
                    || name.is_empty()
            })
    }
}

/// A path as the column writes it: from its root, with slashes. Something of
/// the column has to lie there.
fn named(round: &Snapshot, path: &Path) -> Result<String> {
    let outside = || Error::OutsideColumn(path.to_path_buf());
    let full = disk::resolve(path).map_err(|_| outside())?;
    let root = disk::resolve(&round.root)?;
    let inner = full.strip_prefix(&root).map_err(|_| outside())?;
    let name =
        inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    if name.is_empty() || round.tree.at_or_below(&name).next().is_some() { Ok(name) } else { Err(outside()) }
}

/// What one run works with.
struct Work<'r> {
    round: &'r Snapshot,
    options: Options,
    files: Files,
    chosen: Chosen,
    console: Console,
}

type Changed = BTreeMap<SourcePath, Mended>;

impl Work<'_> {
    fn mended(&self, wanted: impl Fn(&Located, &Fix) -> bool) -> (Changed, Vec<Located>) {
        mend(&self.round.tree, &self.options, &self.files, &Memory::default(), |finding, fix| {
            self.chosen.takes(&finding.path) && wanted(finding, fix)
        })
    }

    fn question(&self, path: &SourcePath, file: &Mended) -> String {
        match self.console.lang {
            Lang::Zh => format!("把 {path} 改成这样（{} 处）？", file.count),
            Lang::En => format!("change {path} so ({} places)?", file.count),
        }
    }

    /// Asks; nobody there means no.
    fn asks(&self, question: &str) -> bool {
        if !is_asked() {
            return false;
        }
        tell(&format!("{} {}", paint::bold(question), self.console.text("[y=改，回车=不改]", "[y/N]")));
        let mut answer = String::new();
        // Nobody who can be heard is a no.
        let heard = io::stdin().lock().read_line(&mut answer).is_ok();
        heard && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是" | "改" | "好")
    }

    fn write(&self, path: &SourcePath, text: &str) -> Result<()> {
        disk::replace(&self.round.root.join(path.as_str()), text.as_bytes())?;
        Ok(())
    }

    /// Asks for each offered fix by itself, in a column that has just been mended.
    fn offer(&self, common: &Common, args: &FixArgs) -> Result<Verdict> {
        let mut declined: BTreeSet<(SourcePath, String)> = BTreeSet::new();
        loop {
            let round = survey(common)?.read();
            let work = Work {
                round: &round,
                options: self.options.clone(),
                files: Files::new(&round.root),
                chosen: Chosen::new(&round, args)?,
                console: self.console,
            };
            let (_, left) = work.mended(|_, _| false);
            let key = |finding: &Located| {
                (finding.path.clone(), format!("{} {}", finding.kind.code(), finding.excerpt))
            };
            let next = left.iter().find(|finding| {
                finding.fix.is_some() && work.chosen.takes(&finding.path) && !declined.contains(&key(finding))
            });
            let Some(finding) = next else { return Ok(Verdict::Fine) };
            work.console.findings(&[Rendered::new(finding)], false);
            let (files, _) = work.mended(|other, _| key(other) == key(finding));
            for (path, file) in &files {
                data(&difference(path, file))?;
                if work.asks(&work.question(path, file)) {
                    work.write(path, &file.after)?;
                } else {
                    declined.insert(key(finding));
                }
            }
            if files.is_empty() {
                declined.insert(key(finding));
            }
        }
    }

    fn as_json(&self, args: &FixArgs, files: &Changed, offered: usize) -> Result<Verdict> {
        let mut list: Vec<Value> = Vec::new();
        for (path, file) in files {
            if args.yes {
                self.write(path, &file.after)?;
            }
            list.push(json!({ "path": path, "fixes": file.count, "diff": difference(path, file), "written": args.yes }));
        }
        object(&json!({ "files": list, "offered": offered }))?;
        Ok(if args.yes || files.is_empty() { Verdict::Fine } else { Verdict::Faulty })
    }

    fn summary(&self, args: &FixArgs, files: usize, written: usize, offered: usize) {
        if self.console.quiet {
            return;
        }
        let zh = self.console.lang == Lang::Zh;
        let mut text = match (files, zh) {
            (0, true) => "没有可以放心改的地方".to_owned(),
            (0, false) => "nothing to mend".to_owned(),
            (_, true) => format!("可改的文件 {files}，已改 {written}"),
            (_, false) => format!("{files} files to mend, {written} changed"),
        };
        if written < files && !args.check {
            text += self.console.text("；要改就加 `--yes`", "; add `--yes` to change them");
        }
        if offered > 0 {
            let more = if zh {
                format!(
                    "；另有 {offered} 处要您拿主意：在终端里运行 `zhuanlan fix` 逐处问，或加 `--all` 一起改"
                )
            } else {
                format!(
                    "; {offered} more places are yours to decide: run `zhuanlan fix` in a terminal, or add `--all`"
                )
            };
            text += &more;
        }
        tell(&text);
    }
}

/// A unified difference with the file's name.
fn difference(path: &SourcePath, file: &Mended) -> String {
    let diff = TextDiff::from_lines(file.before.as_str(), file.after.as_str());
    diff.unified_diff().context_radius(1).header(path.as_str(), path.as_str()).to_string()
}
