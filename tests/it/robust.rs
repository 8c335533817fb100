//! Any bytes in any file: no panic; the same input twice, in any order of
//! files and number of threads: the same bytes.

use proptest::prelude::*;
use zhuanlan::build::{BuildResult, Memory, Now, Options, build};
use zhuanlan::source::SourceTree;

use crate::project::Project;

fn options() -> Options {
    Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: Some("https://example.org/".into()),
        preview: false,
        drafts: false,
        fingerprint: true,
    }
}

const FILES: [&str; 8] = [
    "column.yaml",
    "content/news/a.md",
    "content/news/b/index.md",
    "content/about.md",
    "content/photos/a.png",
    "themes/mine/theme.yaml",
    "themes/mine/templates/article.html",
    "content/static/x.txt",
];

const GOOD: [&str; 8] = [
    "title: 专栏\ntheme: mine\nsections:\n  - {folder: news, title: 新闻}\n",
    "---\ntitle: 一\ndate: 2021-03-08\n---\n**正文**，见[二](b/index.md)。\n\n```quiz\nitems:\n  - {question: 问, options: [甲, 乙], answer: A}\n```\n",
    "---\ntitle: 二\ndate: 2021-03-09\n---\n![图](../../photos/a.png)\n",
    "# 关于\n\n说明。\n",
    "not a picture",
    "extends: gazette\n",
    "{% extends \"gazette/article.html\" %}",
    "x",
];

/// Pieces that break things: bytes, fences, quotes, anchors, tags.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..24),
        "\\PC{0,24}".prop_map(String::into_bytes),
        prop::sample::select(vec![
            "---\n",
            "```gallery\n",
            "```\n",
            "~~~ledger\n",
            ": ",
            "：",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "<b>",
            "</div>",
            "<script>",
            "**",
            "*",
            "~~",
            "![",
            "](",
            ")",
            "|",
            "\t",
            "\r\n",
            "\u{FEFF}",
            "\u{FDD0}",
            "\0",
            "{{",
            "{%",
            "%}",
            "title:",
            "标题: ",
            "date: 2021-02-30\n",
            "{#id}",
            "[^1]",
            "[^1]: ",
            "> [!NOTE]\n",
            "# ",
            "＃ ",
            "https://例子.cn/，",
            "javascript:alert(1)",
            "../",
            "&#x6a;",
            "\u{202E}",
            "sections:",
            "phases:",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

/// A file: good text with pieces let in, or nothing but pieces.
fn content(good: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let broken =
        (prop::collection::vec((any::<prop::sample::Index>(), piece()), 0..5)).prop_map(move |pieces| {
            let mut bytes = good.as_bytes().to_vec();
            for (at, piece) in pieces {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, piece);
            }
            bytes
        });
    let wild = prop::collection::vec(piece(), 0..30).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => broken, 1 => wild]
}

fn project() -> impl Strategy<Value = Project> {
    let files: Vec<_> = GOOD.iter().map(|good| content(good)).collect();
    files.prop_map(|contents| {
        let mut project = Project::new();
        for (path, bytes) in FILES.iter().zip(contents) {
            project.write(path, bytes);
        }
        project
    })
}

fn run(tree: &SourceTree, project: &Project) -> BuildResult {
    build(tree, &options(), project, &Memory::default())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..crate::property::cases(64) })]

    /// Whatever the bytes, a build ends with findings, not a panic; and twice
    /// the same input gives twice the same.
    #[test]
    fn any_bytes_end_in_the_same_findings(project in project()) {
        let tree = project.tree();
        let first = run(&tree, &project);
        let mut backwards = SourceTree::default();
        let files: Vec<_> = tree.iter().collect();
        for (path, source) in files.into_iter().rev() {
            backwards.insert(path.clone(), source.clone());
        }
        for refused in tree.refused() {
            backwards.refuse(refused.path.clone(), refused.why.clone());
        }
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        let second = one.install(|| run(&backwards, &project));
        prop_assert_eq!(first.findings, second.findings);
        prop_assert_eq!(first.output, second.output);
    }
}
