//! Pages that the site makes itself: they may be linked to exactly where they
//! are made.

use crate::project::{Project, options};
use zhuanlan::build::{Memory, build};

const PAGES: [&str; 10] = [
    "materials.html",
    "photos.html",
    "ledger.html",
    "search.html",
    "archive/index.html",
    "topics/index.html",
    "units/index.html",
    "phases/index.html",
    "people/index.html",
    "series/index.html",
];

/// For each page: whether it is made, and whether a link from the section's
/// introduction to it is in order.
fn compared(config: &str, articles: &[(&str, &str)]) {
    for page in PAGES {
        let mut project = Project::new();
        let head = "title: 教育整顿进行时\nbase_url: https://www.example.gov.cn/\nsections:\n  - {folder: news, title: 动态}\n";
        project.write("column.yaml", format!("{head}{config}"));
        project.write("content/news/index.md", format!("---\ntitle: 动态\n---\n\n见[这里](../{page})。\n"));
        for (path, text) in articles {
            project.write(path, text);
        }
        let built = build(&project.tree(), &options(), &project, &Memory::default());
        let made = built.output.files.keys().any(|path| path.as_str() == page);
        let refused = built.findings.iter().any(|finding| finding.kind.code() == "link-to-empty-page");
        assert_eq!(made, !refused, "{page} with {articles:?}: made {made}, the link refused {refused}");
    }
}

#[test]
fn a_column_with_introductions_only() {
    compared("", &[]);
    compared("search: false\n", &[]);
}

#[test]
fn a_column_with_one_article() {
    let article = (
        "content/news/a.md",
        "---\ntitle: 动员部署会召开\ndate: 2021-03-08\ntopics: [学习]\n---\n\n正文。\n",
    );
    compared("", &[article]);
    compared("search: false\n", &[article]);
    let ledger = (
        "content/news/b.md",
        "---\ntitle: 台账\ndate: 2021-03-09\n---\n\n```ledger\nitems:\n  - {question: 办证排队太久}\n```\n",
    );
    compared("", &[article, ledger]);
}
