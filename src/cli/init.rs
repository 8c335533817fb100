//! `init` and `new`.

use serde_json::json;

use super::args::{Common, InitArgs, NewArgs};
use super::build::survey;
use super::console::{Console, data, object, tell};
use super::{Result, Verdict, paint, time_args};
use crate::config;
use crate::diagnostic::{Diagnostic, Message, Rendered, Severity, locate};
use crate::disk;
use crate::document;
use crate::scaffold::{self, NewPiece};
use crate::serve::browse;
use crate::source::SourceTree;

/// `zhuanlan init`.
pub(super) fn init(args: &InitArgs, console: Console) -> Result<Verdict> {
    // The zone of a column that names none, as the new one does.
    let zone = config::read(&SourceTree::default(), None).value.timezone;
    let written = scaffold::init(&args.folder, time_args::day(None, &zone)?, args.theme)?;
    if console.json {
        object(&json!({ "folder": args.folder, "written": written }))?;
    } else if !console.quiet {
        let folder = args.folder.display().to_string();
        tell(&format!("{}{}", console.text("建好了：", "made "), paint::bold(&folder)));
        if folder != "." {
            tell(&format!("  cd {folder}"));
        }
        tell("  zhuanlan build");
    }
    Ok(Verdict::Fine)
}

/// `zhuanlan new`.
pub(super) fn new(common: &Common, args: &NewArgs, console: Console) -> Result<Verdict> {
    let round = survey(common)?.read();
    let mut found: Vec<Diagnostic> = Vec::new();
    let config = config::read(&round.tree, None).keep(&mut found);
    found.retain(|diagnostic| diagnostic.severity() == Severity::Error);
    if !found.is_empty() {
        let text = |path: &_| round.tree.bytes(path).map(|bytes| document::decoded(bytes));
        let notices: Vec<_> = locate(found, text).iter().map(Rendered::new).collect();
        if console.json {
            let findings: Vec<_> = notices.iter().map(|notice| notice.json(console.lang)).collect();
            object(&json!({ "findings": findings }))?;
        } else {
            console.findings(&notices, false);
        }
        return Ok(Verdict::Faulty);
    }
    let date = time_args::day(args.date.as_deref(), &config.timezone)?;
    let piece = NewPiece { section: &args.section, title: &args.title, date };
    let path = common.root.join(scaffold::new_piece(&round.root, &config, piece)?);
    if console.json {
        object(&json!({ "path": path }))?;
    } else {
        data(&format!("{}\n", path.display()))?;
        if !console.quiet {
            tell(console.text(
                "打开这个文件，在第二个 --- 下面写正文；写好后删去“草稿”一行",
                "open the file and write the text below the second ---; then delete the line `draft`",
            ));
        }
    }
    // Programs are started where they like: a place from here would be none.
    if args.open && !disk::resolve(&path).is_ok_and(browse) {
        console.note(&Message::plain(
            console.text(
                "没能打开这个文件，请自己打开",
                "the file could not be opened; please open it yourself",
            ),
        ));
    }
    Ok(Verdict::Fine)
}
