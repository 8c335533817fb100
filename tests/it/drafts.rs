//! Drafts are checked as if they were published, and what is wrong with them
//! keeps nobody waiting.

use std::sync::LazyLock;

use zhuanlan::build::{BuildResult, Memory, Options, build};
use zhuanlan::diagnostic::Located;

use crate::project::{Project, options};

/// The theme is compiled once for all of them.
static MEMORY: LazyLock<Memory> = LazyLock::new(Memory::default);

const COLUMN: &str = "base_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n";
const PIECE: &str = "---\n标题: 会议\n日期: 2021-03-08\n---\n\n正文。\n";

fn codes(found: &[Located]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.kind.code()).collect()
}

fn built(text: &str, options: &Options) -> BuildResult {
    let mut project = Project::new().column(COLUMN).file("content/news/a.md", PIECE);
    project.write("content/news/b.md", text);
    build(&project.tree(), options, &project, &MEMORY)
}

/// `text` gives the findings `right`, as a draft's, and nothing else; in a
/// preview too.
#[track_caller]
fn check(text: &str, right: &[&str]) {
    for options in [options(), Options { preview: true, ..options() }] {
        let built = built(text, &options);
        assert_eq!((codes(&built.findings), codes(&built.drafts)), (Vec::new(), right.to_vec()), "{text}");
        assert!(!built.has_errors());
    }
    let published = built(text, &Options { drafts: true, ..options() });
    assert_eq!(
        (codes(&published.findings), codes(&published.drafts)),
        (right.to_vec(), Vec::new()),
        "{text}"
    );
}

/// A draft with this front matter and text.
fn draft(front: &str, text: &str) -> String {
    format!("---\n{front}\n草稿: 是\n---\n\n{text}\n")
}

#[test]
fn what_only_publishing_would_show_is_shown_now() {
    let head = "标题: 草稿\n日期: 2021-03-08";
    check(&draft(head, "![会场](没有.jpg)"), &["missing-photo"]);
    check(&draft(&format!("{head}\n单位: [不存在的单位]"), "正文。"), &["unknown-unit"]);
    check(&draft(head, "见[通知](没有.md)。"), &["broken-link"]);
}

#[test]
fn what_its_own_text_shows_stops_nothing() {
    check(&draft("标题: 草稿\n日期: 2021-02-30", "正文。"), &["no-such-day"]);
    check(&draft("标题: 草稿\n日期: 2021-03-08", "电话13912345678。"), &["mobile-number"]);
}

#[test]
fn front_matter_that_can_not_be_read_is_a_drafts_still() {
    for front in ["标题: [没有", "标题: \"没有\n日期: 2021-03-08", "标题：草稿\n\t- 日期: {"]
    {
        for line in ["草稿: 是", "草稿：是    # 写好后删去这一行", "draft: true"] {
            let text = format!("---\n{front}\n{line}\n---\n\n正文。\n");
            let built = built(&text, &options());
            assert_eq!(codes(&built.findings), Vec::<&str>::new(), "{text}");
            assert!(!built.drafts.is_empty(), "{text}");
        }
        // The same of what is to be published is an error.
        assert!(self::built(&format!("---\n{front}\n---\n\n正文。\n"), &options()).has_errors());
    }
}

/// What is wrong with what is published stays so, whatever drafts there are.
#[test]
fn a_draft_hides_nothing() {
    let mut project =
        Project::new().column(COLUMN).file("content/news/a.md", PIECE.replace("正文", "见[通知](没有.md)"));
    project.write("content/news/b.md", draft("标题: 草稿\n日期: 2021-03-08", "见[通知](没有.md)。"));
    let built = build(&project.tree(), &options(), &project, &MEMORY);
    assert_eq!((codes(&built.findings), codes(&built.drafts)), (vec!["broken-link"], vec!["broken-link"]));
}
