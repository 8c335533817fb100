//! `explain`: each finding has a manual, and each example is true.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use zhuanlan::build::{Memory, build, mend};
use zhuanlan::diagnostic::{Lang, Located, Manual, manual, manuals};

use crate::diagnostics::codes;
use crate::project::{Project, options};

/// Compiling the theme takes longest, and all examples have the same.
static MEMORY: LazyLock<Memory> = LazyLock::new(Memory::default);

const COLUMN: &str =
    "title: 专栏\nbase_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n";
const PIECE: &str = "---\n标题: 底稿\n日期: 2021-03-01\n---\n\n正文。\n";

/// Codes whose manual shows no example, because no text of a few lines brings
/// the finding about: it takes a picture, a document, a disk or a whole site.
const WITHOUT_EXAMPLE: &str = "
    ai-label ai-label-not-copied ai-trace alias-budget alias-cycle alias-self alias-twice address-line
    address-name address-twice backslash-in-path bad-css bad-template bank-card byte-order-mark caption-below
    clock-behind conflict-copy control-character cropped-text damaged-document dangling-link date-form
    document-bomb document-comments document-with-ai-label document-with-macros document-with-program
    document-with-script document-without-text drawing-cleaned drawing-filters drawing-text drawing-too-large dynamic-form embedded-file
    empty-file empty-picture enclosed-files encoding-gb18030 encoding-utf-16 encrypted-document external-file
    file-too-large file-unreadable film-location full-width-image hidden-cells hidden-layers hidden-sheets
    hidden-slides hidden-text invisible-character link-leaves-content link-leaves-folder link-scheme
    link-starts-program link-to-empty-page link-to-empty-section link-to-folder link-to-own-disk link-to-stray
    local-links manuscript-not-read many-removals material-without-file missing-photo name-not-unicode nested-link nesting-too-deep
    no-column-yaml no-content no-such-template no-such-theme-file not-a-file not-a-picture not-a-piece
    not-a-text-file ofd-document old-office-format other-section page-too-heavy photo-location
    photo-without-alt picture-cmyk picture-damaged picture-format picture-hides-content picture-not-cleaned picture-not-made
    changed-meanwhile
    picture-of-file picture-too-heavy picture-too-large picture-too-long program-attached quotes-in-title
    refused-value related-to-itself reserved-name restricted-document section-gone signed-document
    size-in-image speaker-notes static-unseen stored-data template-cycle template-failed
    theme-asset-name theme-cycle theme-file-unreadable theme-gone theme-too-heavy too-many-faults
    tracked-changes unchecked-document unclean-copy unclosed-fence undecodable-text unknown-blank unknown-language
    unknown-word stale-section
    unknown-block unknown-choice unknown-format unknown-setting unopened-document unreadable-file
    unused-photo-note wechat-large-gif wechat-no-cover wechat-style wechat-too-long wrong-extension wrong-setting yaml-syntax yaml-too-deep
";

/// A project with `text` at `place`, as an example says it.
fn place(project: &mut Project, place: &str, text: &str) {
    match place {
        "column" => project.write("column.yaml", format!("{COLUMN}{text}\n")),
        "whole" => project.write("column.yaml", format!("{text}\n")),
        "front" => {
            let has = |key: &str| text.lines().any(|line| line.starts_with(key));
            let title = if has("标题") { "" } else { "标题: 动员部署会召开\n" };
            let date = if has("日期") { "" } else { "日期: 2021-03-08\n" };
            let piece = format!("---\n{title}{date}{text}\n---\n\n三月八日，市公安局召开动员部署会。\n");
            project.write("content/news/a.md", piece);
        }
        "text" => project.write(
            "content/news/a.md",
            format!("---\n标题: 动员部署会召开\n日期: 2021-03-08\n---\n\n{text}\n"),
        ),
        "file" => project.write("content/news/a.md", format!("{text}\n")),
        path => {
            let path = path.strip_prefix("path ").unwrap_or(path);
            project.write(path, if text.is_empty() { PIECE } else { text });
        }
    }
}

fn project(manual: &Manual, is_wrong: bool) -> Project {
    let mut project = Project::new().file("column.yaml", COLUMN).file("content/news/base.md", PIECE);
    if let Some((at, text)) = manual.given {
        place(&mut project, at, text);
    }
    let Some(example) = manual.example else { return project };
    match (is_wrong, example.place.starts_with("path ")) {
        (true, _) => place(&mut project, example.place, example.wrong),
        (false, false) => place(&mut project, example.place, example.right),
        (false, true) => place(&mut project, example.right, ""),
    }
    project
}

fn found(manual: &Manual, is_wrong: bool) -> Vec<Located> {
    let project = project(manual, is_wrong);
    build(&project.tree(), &options(), &project, &MEMORY).findings
}

#[test]
fn every_code_has_a_manual_in_both_languages() {
    let known = codes();
    let had: BTreeSet<String> = manuals().iter().map(|manual| manual.code.to_owned()).collect();
    assert_eq!(manuals().len(), had.len(), "no code has two");
    let without: Vec<&String> = known.difference(&had).collect();
    let stray: Vec<&String> = had.difference(&known).collect();
    assert!(without.is_empty() && stray.is_empty(), "without: {without:?}, no such code: {stray:?}");
    for manual in manuals() {
        let (zh, en) = (manual.text(Lang::Zh), manual.text(Lang::En));
        assert!(zh.ends_with('。') && zh.chars().count() > 8, "{}: {zh}", manual.code);
        assert!(en.ends_with('.') && en.len() > 20, "{}: {en}", manual.code);
        assert!(!zh.contains('\n') && !en.contains('\n'), "{}", manual.code);
    }
}

/// Each example gives its finding, the mended one doesn't and has no error, and `fix` is promised where it helps.
#[test]
fn every_example_is_true() {
    let mut wrong = String::new();
    let mut without = BTreeSet::new();
    for manual in manuals() {
        if manual.example.is_none() {
            without.insert(manual.code);
            continue;
        }
        let before = found(manual, true);
        let Some(finding) = before.iter().find(|finding| finding.kind.code() == manual.code) else {
            let codes: Vec<_> = before.iter().map(|finding| finding.kind.code()).collect();
            let _ = writeln!(wrong, "{}: the example gives {codes:?}", manual.code);
            continue;
        };
        if finding.fix.as_ref().is_some() != manual.is_fixable {
            let _ = writeln!(wrong, "{}: a fix: {}", manual.code, finding.fix.is_some());
        }
        for finding in found(manual, false) {
            if finding.path.as_str() == "content/news/base.md" {
                continue;
            }
            let is_error = finding.severity() == zhuanlan::diagnostic::Severity::Error;
            if is_error || finding.kind.code() == manual.code {
                let at = finding.range.map(|(start, _)| start.line);
                let _ =
                    writeln!(wrong, "{}: mended, yet {} in line {at:?}", manual.code, finding.kind.code());
            }
        }
        if manual.is_fixable {
            let project = project(manual, true);
            let (_, left) = mend(&project.tree(), &options(), &project, &MEMORY, |_, _| true);
            if left.iter().any(|finding| finding.kind.code() == manual.code) {
                let _ = writeln!(wrong, "{}: fix leaves it", manual.code);
            }
        }
    }
    let listed: BTreeSet<&str> = WITHOUT_EXAMPLE.split_whitespace().collect();
    for code in without.symmetric_difference(&listed) {
        let _ = writeln!(wrong, "{code}: an example in one of the manual and WITHOUT_EXAMPLE");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn an_unknown_code_has_no_manual() {
    assert!(manual("broken-lnk").is_none());
    assert!(manual("broken-link").is_some_and(|manual| manual.text(Lang::Zh).contains("链接")));
}
