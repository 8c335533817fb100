//! Five small pages kept whole, so that a change of their HTML shows in a diff.
//!
//! `ZHUANLAN_GOLDEN=write cargo test golden` writes them anew; look at the diff
//! before you commit it.

use std::fs;
use std::path::Path;

use zhuanlan::build::{Content, Memory, Options, build};

use crate::project::{Project, options};

const PAGES: [&str; 5] =
    ["index.html", "news/index.html", "news/kickoff.html", "study/plan.html", "topics/index.html"];

fn column() -> Project {
    Project::new()
        .file(
            "column.yaml",
            "title: 专栏\nbase_url: https://www.example.gov.cn/zl/\ndescription: 记录一次学习教育。\n\
             sections:\n  - {folder: news, title: 工作动态}\n  - {folder: study, title: 学习资料}\n\
             phases:\n  - {name: 学习教育, slug: xuexi, start: 2021-03-08, end: 2021-04-15}\n",
        )
        .file(
            "content/news/kickoff.md",
            "---\ntitle: 动员部署会召开\ndate: 2021-03-19 09:40\ntopics: [动员]\nphase: 学习教育\n\
             byline: {文: 张庆伟}\nsource: 本报\n---\n\n3月19日，动员部署会召开，详见[计划](../study/plan.md)。\n\n\
             ## 会议要求\n\n- 学习要**入心**\n- 整改要到位\n\n```ledger\ntitle: 意见\nitems:\n  \
             - {question: 办证排队太久, answer: 增开窗口, status: answered}\n```\n",
        )
        .file(
            "content/study/plan.md",
            "---\ntitle: 学习计划\ndate: 2021-03-10\n---\n\n| 周次 | 内容 |\n|---|---|\n| 一 | 动员 |\n",
        )
}

#[test]
fn five_pages_are_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/golden");
    let project = column();
    let asked = Options { fingerprint: false, ..options() };
    let built = build(&project.tree(), &asked, &project, &Memory::default());
    let codes: Vec<&str> = built.findings.iter().map(|finding| finding.kind.code()).collect();
    assert_eq!(codes, Vec::<&str>::new());
    let write = std::env::var_os("ZHUANLAN_GOLDEN").is_some();
    for page in PAGES {
        let found = built.output.files.iter().find(|(path, _)| path.as_str() == page);
        let Some((_, artifact)) = found else { panic!("no page {page}") };
        let Content::Bytes(bytes) = &artifact.content else { panic!("{page} is no text") };
        let html = String::from_utf8_lossy(bytes);
        let kept = folder.join(page);
        if write {
            fs::create_dir_all(kept.parent().unwrap()).unwrap();
            fs::write(&kept, html.as_bytes()).unwrap();
        }
        let wanted = fs::read_to_string(&kept).unwrap_or_default();
        let differs = html.lines().zip(wanted.lines()).position(|(a, b)| a != b);
        assert!(
            html == wanted,
            "{page} differs from tests/fixtures/golden/{page} at line {:?}; if that is meant, run \
             `ZHUANLAN_GOLDEN=write cargo test golden` and look at the diff",
            differs.map(|line| line + 1)
        );
    }
}
