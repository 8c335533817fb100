//! However the files came to be as they are, the site is the same; and how
//! little of it had to be done again.

use std::sync::Mutex;

use proptest::prelude::*;
use zhuanlan::build::{Artifact, BuildResult, Counts, Memory, Now, Options, Priority, build, build_showing};
use zhuanlan::path::OutputPath;

use crate::project::{Project, options};

/// One change of the files.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// Writes article `n` with this title, text, topic and state.
    Write { n: usize, title: u8, text: u8, topic: u8, state: u8 },
    /// Copies article `from` to `to`, byte for byte.
    Copy { from: usize, to: usize },
    /// Moves article `from` to `to`.
    Move { from: usize, to: usize },
    /// Deletes article `n`.
    Delete { n: usize },
    /// Writes the config with this title, page size and topics.
    Config { title: u8, per_page: usize, closed: bool },
    /// Overrides a template of the theme, or takes the override away.
    Template { name: usize, on: bool },
    /// Adds a rule to the stylesheet, or takes it away.
    Style { on: bool },
    /// Writes a photo, or takes it away.
    Photo { n: u8, on: bool },
    /// Writes a section's introduction.
    Intro { text: u8 },
    /// Breaks the front matter of article `n`.
    Break { n: usize },
}

const FOLDERS: [&str; 3] = ["news", "study", "stories"];
const TOPICS: [&str; 4] = ["学习教育", "查纠整改", "为民办实事", "英模教育"];
const TEMPLATES: [&str; 3] = ["404.html", "redirect.html", "month.html"];

/// A PNG of one pixel, whose last bytes differ with `n`: what follows the end
/// of the picture is not looked at.
fn photo(n: u8) -> Vec<u8> {
    let mut bytes = include_bytes!("../fixtures/pixel.png").to_vec();
    bytes.push(n);
    bytes
}

fn article_path(n: usize) -> String {
    format!("content/{}/p{}.md", FOLDERS[n % FOLDERS.len()], n / FOLDERS.len())
}

fn article(n: usize, title: u8, text: u8, topic: u8, state: u8) -> String {
    let state = match state % 6 {
        0 => "draft: true\n",
        1 => "publish_at: 2021-03-25 08:00\n",
        2 => "pinned: true\n",
        _ => "",
    };
    let other = article_path((n + usize::from(text)) % 9);
    format!(
        "---\ntitle: 第{n}篇 {title}\ndate: 2021-03-{:02} 0{}:30\ntopics: [{}]\nbyline: {{通讯员: 张庆伟}}\n{state}---\n\n这是**《教育整顿》**第{text}稿，见[往期](../../{other})。\n\n## 小标题{text}\n\n![示意图](../photos/{}.png)\n",
        1 + (n * 3 + usize::from(title)) % 28,
        n % 10,
        TOPICS[usize::from(topic) % TOPICS.len()],
        text % 3,
    )
}

fn config(title: u8, per_page: usize, closed: bool) -> String {
    let topics = if closed {
        "topics: {xxjy: 学习教育, cjzg: 查纠整改, wmbss: 为民办实事, ymjy: 英模教育}\n"
    } else {
        ""
    };
    format!(
        "title: 教育整顿进行时{title}\nbase_url: https://example.org/jyzd/\nper_page: {per_page}\n{topics}sections:\n  - {{folder: news, title: 新闻}}\n  - {{folder: study, title: 学习, sort: title}}\n  - {{folder: stories, title: 图片, kind: story}}\nphases:\n  - {{name: 学习教育, slug: xxjy, start: 2021-03-08, end: 2021-04-15}}\nbooklet: {{title: 汇编, slug: book, section: news}}\n"
    )
}

impl Edit {
    pub(crate) fn apply(&self, project: &mut Project) {
        match *self {
            Self::Write { n, title, text, topic, state } => {
                project.write(&article_path(n), article(n, title, text, topic, state));
            }
            Self::Copy { from, to } => {
                if let Some(bytes) = project.bytes(&article_path(from)) {
                    project.write(&article_path(to), bytes);
                }
            }
            Self::Move { from, to } => {
                if let Some(bytes) = project.bytes(&article_path(from)) {
                    project.remove(&article_path(from));
                    project.write(&article_path(to), bytes);
                }
            }
            Self::Delete { n } => project.remove(&article_path(n)),
            Self::Config { title, per_page, closed } => {
                project.write("column.yaml", config(title, per_page, closed));
            }
            Self::Template { name, on } => {
                let path = format!("themes/gazette/templates/{}", TEMPLATES[name % TEMPLATES.len()]);
                if on {
                    project.write(
                        &path,
                        "{% extends \"base.html\" %}{% block main %}<p>{{ page.title }}</p>{% endblock %}",
                    );
                } else {
                    project.remove(&path);
                }
            }
            Self::Style { on } => {
                let path = "themes/gazette/assets/print.css";
                if on {
                    project.write(path, "@media print { body { color: #000 } }");
                } else {
                    project.remove(path);
                }
            }
            Self::Photo { n, on } => {
                let path = format!("content/photos/{}.png", n % 3);
                if on { project.write(&path, photo(n)) } else { project.remove(&path) }
            }
            Self::Intro { text } => {
                project.write(
                    "content/news/index.md",
                    format!("---\ntitle: 新闻\n---\n\n本栏刊登第{text}类消息。\n"),
                );
            }
            Self::Break { n } => {
                project.write(&article_path(n), "---\ntitle：坏了\ndate: 2021-02-30\n---\n正文");
            }
        }
    }
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let n = 0..9usize;
    prop_oneof![
        6 => (n.clone(), 0..3u8, 0..4u8, 0..5u8, 0..12u8)
            .prop_map(|(n, title, text, topic, state)| Edit::Write { n, title, text, topic, state }),
        2 => (n.clone(), n.clone()).prop_map(|(from, to)| Edit::Copy { from, to }),
        1 => (n.clone(), n.clone()).prop_map(|(from, to)| Edit::Move { from, to }),
        1 => n.clone().prop_map(|n| Edit::Delete { n }),
        1 => (0..2u8, 1..4usize, any::<bool>())
            .prop_map(|(title, per_page, closed)| Edit::Config { title, per_page, closed }),
        1 => (0..3usize, any::<bool>()).prop_map(|(name, on)| Edit::Template { name, on }),
        1 => any::<bool>().prop_map(|on| Edit::Style { on }),
        1 => (0..6u8, any::<bool>()).prop_map(|(n, on)| Edit::Photo { n, on }),
        1 => (0..3u8).prop_map(|text| Edit::Intro { text }),
        1 => n.prop_map(|n| Edit::Break { n }),
    ]
}

pub(crate) fn sample() -> Project {
    let mut project = Project::new();
    Edit::Config { title: 0, per_page: 2, closed: false }.apply(&mut project);
    for n in 0..9 {
        Edit::Write { n, title: 0, text: 1, topic: u8::try_from(n).unwrap_or(0), state: 5 }
            .apply(&mut project);
    }
    for n in 0..3 {
        Edit::Photo { n, on: true }.apply(&mut project);
    }
    project
}

fn run(project: &Project, memory: &Memory) -> BuildResult {
    build(&project.tree(), &options(), project, memory)
}

pub(crate) fn same(warm: &BuildResult, clean: &BuildResult) -> Result<(), TestCaseError> {
    prop_assert_eq!(&warm.findings, &clean.findings);
    for (path, artifact) in &clean.output.files {
        prop_assert_eq!(warm.output.files.get(path), Some(artifact), "{} differs", path);
    }
    prop_assert_eq!(&warm.output, &clean.output);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..crate::property::cases(24) })]

    /// A warm build equals a clean one, in output and in findings.
    #[test]
    fn warm_build_equals_clean_build(edits in prop::collection::vec(edit(), 1..16)) {
        let warm = Memory::default();
        let mut project = sample();
        for edit in edits {
            edit.apply(&mut project);
            same(&run(&project, &warm), &run(&project, &Memory::default()))?;
        }
    }
}

/// The files of `after` that differ from `before`, and those that went.
fn changed(before: &BuildResult, after: &BuildResult) -> Vec<String> {
    let mut names: Vec<String> = after
        .output
        .files
        .iter()
        .filter(|(path, artifact)| before.output.files.get(*path) != Some(*artifact))
        .map(|(path, _)| path.to_string())
        .collect();
    names.extend(
        before
            .output
            .files
            .keys()
            .filter(|path| !after.output.files.contains_key(*path))
            .map(|p| format!("-{p}")),
    );
    names
}

#[test]
fn an_identical_build_does_nothing() {
    let (project, memory) = (sample(), Memory::default());
    run(&project, &memory);
    let again: Counts = run(&project, &memory).counts;
    assert_eq!((again.documents.made, again.themes.made, again.pages.made, again.files.made), (0, 0, 0, 0));
}

#[test]
fn a_body_edit_is_one_parse_and_a_named_handful_of_pages() {
    let (mut project, memory) = (sample(), Memory::default());
    let before = run(&project, &memory);
    let text = article(4, 0, 1, 4, 5).replace("小标题", "换标题");
    project.write(&article_path(4), text);
    let after = run(&project, &memory);
    assert_eq!(after.counts.documents.made, 1);
    assert_eq!(
        changed(&before, &after),
        [
            "feed.atom",
            "feed.json",
            "feed.rss",
            "study/feed.atom",
            "study/feed.json",
            "study/feed.rss",
            "study/p1.html"
        ]
    );
    assert_eq!(after.counts.pages.made, 1);
}

#[test]
fn a_day_passing_changes_three_files() {
    let (project, memory) = (sample(), Memory::default());
    let before = run(&project, &memory);
    let tomorrow = Options { now: Now::Local(jiff::civil::date(2021, 3, 23).at(12, 0, 0, 0)), ..options() };
    let after = build(&project.tree(), &tomorrow, &project, &memory);
    assert_eq!(changed(&before, &after), ["index.html", "phases/index.html", "progress.css"]);
}

#[test]
fn without_fingerprints_a_style_edit_changes_one_file() {
    let (mut project, memory) = (sample(), Memory::default());
    let plain = Options { fingerprint: false, ..options() };
    let before = build(&project.tree(), &plain, &project, &memory);
    project.write("themes/gazette/assets/print.css", "@media print { body { color: #123 } }");
    let after = build(&project.tree(), &plain, &project, &memory);
    assert_eq!(changed(&before, &after), ["assets/gazette.css"]);
    assert_eq!(after.counts.pages.made, 0);
}

/// What is shown of a build before it is done, in order, with the build.
fn shown_early(project: &Project, memory: &Memory, pages: &[&str]) -> (Vec<(String, Artifact)>, BuildResult) {
    let pages: Vec<OutputPath> = pages.iter().filter_map(|page| OutputPath::new(page)).collect();
    let shown = Mutex::new(Vec::new());
    let ready = |path: &OutputPath, artifact| shown.lock().unwrap().push((path.to_string(), artifact));
    let early = Priority { pages: &pages, ready: &ready, ..Priority::nothing() };
    // After the date of each piece: one that is ahead is an error.
    let now = Now::Local(jiff::civil::date(2021, 4, 10).at(12, 0, 0, 0));
    let plain = Options { now, fingerprint: false, ..options() };
    let built = build_showing(&project.tree(), &plain, project, memory, &early);
    (shown.into_inner().unwrap(), built)
}

#[test]
fn what_is_made_beside_the_pages_is_the_same() {
    let project = sample();
    let whole = build_showing(&project.tree(), &options(), &project, &Memory::default(), &Priority::whole());
    let later = build(&project.tree(), &options(), &project, &Memory::default());
    assert!(whole.output.late.files().count() > 3);
    assert_eq!(whole.output, later.output);
    assert_eq!(whole.findings, later.findings);
}

#[test]
fn the_themes_files_and_the_pages_looked_at_are_shown_first() {
    let (mut project, memory) = (sample(), Memory::default());
    shown_early(&project, &memory, &[]);
    let text = article(4, 0, 1, 4, 5).replace("小标题", "换标题");
    project.write(&article_path(4), text);
    let looked_at =
        ["study/p1.html", "no/such.html", "news/index.html", "archive/2021-03.html", "index.html"];
    let (shown, built) = shown_early(&project, &memory, &looked_at);
    assert!(!built.has_errors(), "{:#?}", built.findings);
    let names: Vec<&str> = shown.iter().map(|(path, _)| path.as_str()).collect();
    let pages = ["study/p1.html", "news/index.html", "archive/2021-03.html", "index.html"];
    assert!(names.ends_with(&pages), "{names:?}");
    assert!(names.contains(&"assets/gazette.css"), "{names:?}");
    for (path, artifact) in &shown {
        assert_eq!(built.output.files.get(path.as_str()), Some(artifact), "{path}");
    }
    assert_eq!(built.output, shown_early(&project, &Memory::default(), &[]).1.output);
}

#[test]
fn nothing_but_a_sound_theme_is_shown_early_of_a_build_with_an_error() {
    let (mut project, memory) = (sample(), Memory::default());
    Edit::Break { n: 4 }.apply(&mut project);
    let (shown, _) = shown_early(&project, &memory, &["study/p1.html", "index.html"]);
    assert!(shown.iter().all(|(path, _)| path.starts_with("assets/")), "{shown:?}");
    project.write("themes/gazette/templates/404.html", "{% if %}");
    assert!(shown_early(&project, &memory, &["index.html"]).0.is_empty());
}
