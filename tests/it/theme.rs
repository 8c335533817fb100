#![expect(clippy::disallowed_methods, reason = "tests read the repository")]
//! Themes: the built-in table, the chain, settings, and what goes wrong.

use std::path::Path;

use zhuanlan::build::{BuildResult, Content, Memory, Now, Options, build};

use crate::project::Project;

/// The files below `folder`, by path with `/`, sorted.
fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("below").to_str().expect("ASCII").replace('\\', "/");
                found.push(name);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_built_in_theme_is_the_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("themes/gazette");
    let wanted: Vec<String> =
        files_below(&folder).into_iter().filter(|name| !name.ends_with("README.md")).collect();
    let lines: Vec<String> = wanted
        .iter()
        .map(|name| {
            format!(
                "    (\"{name}\", include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/themes/gazette/{name}\"))),\n"
            )
        })
        .collect();
    let table = format!("[\n{}]\n", lines.concat());
    let path = root.join("src/theme/builtin.in");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &table).expect("the table is written");
    }
    let current = std::fs::read_to_string(&path).expect("the table");
    assert_eq!(current, table, "run the tests with BLESS=1 to bring the table up to date");
}

/// The files of the example in `docs/theme.md`: a line with a path, then a
/// fenced block.
fn example() -> Vec<(String, String)> {
    let docs = include_str!("../../docs/theme.md");
    let (_, section) = docs.split_once("\n## An example").expect("the example's section");
    let (section, _) = section.split_once("\n## ").expect("a section after it");
    let mut files = Vec::new();
    let mut path = None;
    let mut inside: Option<String> = None;
    for line in section.lines() {
        match (&mut inside, line.starts_with("```")) {
            (Some(text), true) => {
                files.push((path.take().expect("a path before each block"), std::mem::take(text)));
                inside = None;
            }
            (Some(text), false) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, true) => inside = Some(String::new()),
            (None, false) if line.starts_with("`themes/") => path = Some(line.trim_matches('`').to_owned()),
            (None, false) => {}
        }
    }
    files
}

fn built(theme: &str, files: &[(String, String)]) -> BuildResult {
    let mut project = Project::new()
        .column(&format!(
            "theme: {theme}\nsections: [{{folder: news, title: 新闻}}]\nfooter: {{contact: 0395-0000000}}"
        ))
        .file(
            "content/news/a.md",
            "---\ntitle: 动员部署\ndate: 2021-03-08\nsummary: 部署。\n---\n\n正文。\n",
        );
    for (path, text) in files {
        project.write(path, text);
    }
    let options = Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: false,
    };
    build(&project.tree(), &options, &project, &Memory::default())
}

fn text(built: &BuildResult, path: &str) -> String {
    match built.output.files.get(path).map(|artifact| &artifact.content) {
        Some(Content::Bytes(bytes)) => String::from_utf8(bytes.to_vec()).expect("text"),
        _ => panic!("no {path}: {:#?}", built.findings),
    }
}

#[test]
fn the_example_of_the_documentation_is_a_theme() {
    let files = example();
    let lines: usize = files.iter().map(|(_, text)| text.lines().count()).sum();
    assert!(files.len() == 3 && lines <= 20, "{} files of {lines} lines", files.len());
    let (ours, plain) = (built("ours", &files), built("gazette", &[]));
    assert_eq!(ours.findings, plain.findings, "the example adds no finding");

    // Its colour and masthead come after gazette's, whose styles all stay.
    let (css, base) = (text(&ours, "assets/gazette.css"), text(&plain, "assets/gazette.css"));
    let added =
        css.strip_prefix(base.trim_end()).unwrap_or_else(|| panic!("gazette's styles first, then ours"));
    assert!(added.contains("--accent:#0b4a8f") && added.contains(".masthead-name"), "{added}");
    assert!(text(&ours, "index.html").contains("对党忠诚 服务人民"));

    // The article's template has one line more; the others are gazette's.
    let line = "<p class=\"reply\">对本文有意见，请与0395-0000000联系。</p>\n";
    let article = text(&ours, "news/a.html");
    assert!(article.contains(line), "{article}");
    let plain_article = text(&plain, "news/a.html");
    let without = |page: &str| page.split_whitespace().collect::<String>();
    assert_eq!(without(&article.replace(line, "")), without(&plain_article));
    assert_eq!(text(&ours, "news/index.html"), text(&plain, "news/index.html"));
}
