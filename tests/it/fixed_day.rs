//! A column that stands still on a day: `now:` of `column.yaml`.

use zhuanlan::build::{BuildResult, Content, Memory, Now, Options, build};

use crate::project::{Project, options};

fn built(now: Now) -> BuildResult {
    let piece = |date: &str| format!("---\ntitle: {date}\ndate: {date}\nsummary: 说明。\n---\n\n正文。\n");
    let project = Project::new()
        .column("now: 2021-03-22\nsections: [{folder: news, title: 新闻动态}]")
        .file("content/news/evening.md", piece("2021-03-22 20:00"))
        .file("content/news/tomorrow.md", piece("2021-03-23"));
    build(&project.tree(), &Options { now, ..options() }, &project, &Memory::default())
}

fn home(built: &BuildResult) -> String {
    match built.output.files.get("index.html").map(|artifact| &artifact.content) {
        Some(Content::Bytes(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
        _ => panic!("no home page: {:#?}", built.findings),
    }
}

#[test]
fn the_clock_does_not_move_it() {
    let today = built(Now::Instant("2026-11-30T08:00:00Z".parse().unwrap()));
    let page = home(&today);
    assert!(page.contains("2021年3月22日"), "the day at its end, as `--now` has it");
    assert!(page.contains("evening.html") && !page.contains("tomorrow.html"));
    assert_eq!(today.output.valid, None, "no moment of the clock's brings another page");
}

/// A column stays online for years: what is of another year says of which.
#[test]
fn days_of_another_year_say_so() {
    let date = |page: &str| page.contains("<time datetime=\"2021-03-22") && page.contains("2021年3月22日");
    let at = |year| home(&built(Now::Local(jiff::civil::date(year, 3, 24).at(9, 0, 0, 0))));
    let (old, own) = (at(2023), at(2021));
    assert!(date(&old), "{old}");
    assert!(own.contains(">3月22日<"), "{own}");
    assert!(!old.contains(">3月22日<"), "{old}");
}

#[test]
fn a_moment_that_is_asked_for_goes_before_it() {
    let asked = built(Now::Local(jiff::civil::date(2021, 3, 24).at(9, 0, 0, 0)));
    let page = home(&asked);
    assert!(page.contains("2021年3月24日") && page.contains("tomorrow.html"));
    assert!(asked.output.valid.is_some());
}
