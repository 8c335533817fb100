//! `list`, `schema` and `completions`: what prints and changes nothing.

use jiff::civil::DateTime;
use serde_json::{Map, Value, json};

use super::args::{Common, CompletionsArgs, ListArgs, SchemaArgs};
use super::build::survey;
use super::console::{Console, data, object, tell};
use super::drafts::Drafts;
use super::{Result, Verdict, help_zh, table, time_args};
use crate::build::{self, Memory, Next, Options, Output, Piece, State};
use crate::config;
use crate::diagnostic::{Rendered, Severity};
use crate::disk::Files;
use crate::document;
use crate::markdown::{BlockName, block_schema};
use crate::wechat::DraftAge;

/// `zhuanlan list`.
pub(super) fn list(common: &Common, args: &ListArgs, console: Console) -> Result<Verdict> {
    let now = time_args::now(args.now.as_deref())?;
    let round = survey(common)?.read();
    let options = Options { now, base_url: None, preview: false, drafts: false, fingerprint: true };
    let built = build::build(&round.tree, &options, &Files::new(&round.root), &Memory::default());
    let notices: Vec<Rendered> = built.findings.iter().map(Rendered::new).collect();
    let errors: Vec<Rendered> =
        notices.iter().filter(|notice| notice.severity == Severity::Error).cloned().collect();
    let Output { pieces, next, .. } = &built.output;
    let drafts = Drafts::read(&round.root, &round.tree);
    let shown: Vec<&Piece> = pieces
        .iter()
        .map(|piece| &**piece)
        .filter(|piece| {
            args.all || piece.state != State::Published || drafts.age(&piece.source) == Some(DraftAge::Older)
        })
        .collect();
    if console.json {
        object(&json!({
            "pieces": shown.iter().map(|piece| piece_json(piece, &drafts)).collect::<Vec<_>>(),
            "next": next.as_ref().map(|next| json!({ "at": minute(next.at), "source": next.source })),
            "findings": notices.iter().map(|notice| notice.json(console.lang)).collect::<Vec<_>>(),
        }))?;
    } else {
        console.findings(&errors, false);
        print(console, &shown, next.as_ref(), &drafts)?;
    }
    Ok(if errors.is_empty() { Verdict::Fine } else { Verdict::Faulty })
}

fn words(drafts: &Drafts, piece: &Piece, console: Console) -> &'static str {
    match drafts.age(&piece.source) {
        None => "",
        Some(DraftAge::Older) => console.text("稿件已改，草稿是旧的", "older than the piece"),
        Some(DraftAge::AsPiece) => console.text("一致", "as the piece"),
    }
}

/// The table, and when the next change is due.
fn print(console: Console, shown: &[&Piece], next: Option<&Next>, drafts: &Drafts) -> Result<()> {
    if !shown.is_empty() {
        let heads = console.text("状态 时间 栏目 标题 文件", "state time section title file");
        let mut rows: Vec<Vec<String>> = vec![heads.split(' ').map(str::to_owned).collect()];
        rows.extend(shown.iter().map(|piece| row(console, piece)));
        if shown.iter().any(|piece| drafts.age(&piece.source).is_some()) {
            let cells = shown.iter().map(|piece| words(drafts, piece, console));
            let cells = std::iter::once(console.text("公众号草稿", "WeChat draft")).chain(cells);
            for (row, cell) in rows.iter_mut().zip(cells) {
                row.push(cell.to_owned());
            }
        }
        data(&table::align(&rows))?;
    } else if !console.quiet {
        tell(console.text("没有暂不公开的稿件", "nothing is withheld"));
    }
    if console.quiet {
        return Ok(());
    }
    tell(&match next {
        Some(Next { at, source }) => {
            format!("{}{}  {source}", console.text("下一次变化：", "next change: "), minute(*at))
        }
        None => console.text("没有到期要变化的稿件", "no change is due").to_owned(),
    });
    Ok(())
}

fn row(console: Console, piece: &Piece) -> Vec<String> {
    let (state, at) = match piece.state {
        State::Published => (console.text("已发布", "published"), piece.date.clone()),
        State::Draft => (console.text("草稿", "draft"), None),
        State::Scheduled(at) => (console.text("定时", "scheduled"), Some(minute(at))),
        State::Expired(at) => (console.text("过期", "expired"), Some(minute(at))),
    };
    vec![
        state.to_owned(),
        at.unwrap_or_default(),
        piece.section.clone(),
        piece.title.clone(),
        piece.source.to_string(),
    ]
}

fn piece_json(piece: &Piece, drafts: &Drafts) -> Value {
    let (state, at) = match piece.state {
        State::Published => ("published", None),
        State::Draft => ("draft", None),
        State::Scheduled(at) => ("scheduled", Some(minute(at))),
        State::Expired(at) => ("expired", Some(minute(at))),
    };
    let section = Some(&piece.section).filter(|section| !section.is_empty());
    json!({
        "source": piece.source, "title": piece.title, "section": section, "date": piece.date,
        "path": piece.path, "state": state, "at": at, "words": piece.words,
        "wechat_draft": drafts.of(&piece.source).map(|draft| json!({
            "account": draft.account, "media_id": draft.media_id, "pushed": draft.at,
            "older": drafts.age(&piece.source) == Some(DraftAge::Older),
        })),
    })
}

/// `YYYY-MM-DD HH:MM`.
fn minute(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// `zhuanlan schema`: one schema, or all by their names.
pub(super) fn schema(args: &SchemaArgs, console: Console) -> Result<Verdict> {
    if args.table {
        data(&config::reference(console.lang))?;
        return Ok(Verdict::Fine);
    }
    let kinds = config::kinds().map(|(name, kind)| (name, document::schema(kind)));
    let blocks = BlockName::ALL.map(|name| (name.word(), block_schema(name)));
    let mut schemas = [("column", config::schema())].into_iter().chain(kinds).chain(blocks);
    object(&match args.what.as_deref() {
        Some(what) => schemas.find(|(name, _)| *name == what).map_or(Value::Null, |(_, schema)| schema),
        None => schemas.map(|(name, schema)| (name.to_owned(), schema)).collect::<Map<_, _>>().into(),
    })?;
    Ok(Verdict::Fine)
}

/// `zhuanlan completions`.
pub(super) fn completions(args: &CompletionsArgs, console: Console) -> Result<Verdict> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help_zh::command(console.lang), "zhuanlan", &mut script);
    data(&String::from_utf8_lossy(&script))?;
    Ok(Verdict::Fine)
}
