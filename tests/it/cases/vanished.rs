//! Sources that vanished: an error names them, and the site stays.

use std::fs;
use std::time::{Duration, Instant};

use super::{Case, Run};

#[track_caller]
fn refused(run: &Run, code: &str, named: &str) {
    assert_eq!(run.code, 1, "{run:?}");
    let errors: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("错误[")).collect();
    assert!(matches!(errors[..], [one] if one.starts_with(&format!("错误[{code}]"))), "{run:?}");
    assert!(run.stderr.contains(&format!("--> {named}")), "{run:?}");
}

/// A case with a second section of one piece, published.
fn published() -> Case {
    let case = Case::new("bug-empty-content");
    let column = case.read("column.yaml");
    case.write("column.yaml", &format!("{}\n  - {{folder: study, title: 学习}}\n", column.trim_end()));
    case.write("content/study/x.md", "---\n标题: 丙\n日期: 2021-03-10\n---\n\n正文。\n");
    case.build();
    case
}

#[test]
fn bug_empty_content() {
    let case = Case::new("bug-empty-content");
    case.build();
    fs::rename(case.path("content"), case.path("content.away")).unwrap();
    let run = case.run(&["build"]);
    refused(&run, "no-content", "content");
    assert!(case.path("output/news/a.html").exists() && case.path("output/news/b.html").exists());
    refused(&case.run(&["check"]), "no-content", "content");
    // What follows from it is not said again.
    assert!(!run.stderr.contains("empty-section"), "{run:?}");

    // An empty folder, and one without a text, are no better.
    fs::create_dir(case.path("content")).unwrap();
    refused(&case.run(&["build"]), "no-content", "content");
    case.write("content/photos/x.txt", "x");
    refused(&case.run(&["build"]), "no-content", "content");

    // Who means it says so.
    let run = case.run(&["build", "--allow-empty"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!case.path("output/news").exists());
}

#[test]
fn a_column_that_never_had_a_text_is_told_so() {
    let case = Case::new("bug-empty-content");
    fs::remove_dir_all(case.path("content")).unwrap();
    refused(&case.run(&["build"]), "no-content", "content");
    assert!(!case.path("output").exists());
    assert_eq!(case.run(&["build", "--allow-empty"]).code, 0);
}

#[test]
fn a_section_that_is_gone_is_named() {
    let case = published();
    fs::remove_dir_all(case.path("content/study")).unwrap();
    refused(&case.run(&["build"]), "section-gone", "content/study");
    refused(&case.run(&["check"]), "section-gone", "content/study");
    assert!(case.path("output/study/x.html").exists());
    let run = case.run(&["build", "--allow-removals"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!case.path("output/study/x.html").exists());
    // What was said once is not asked again.
    case.write("content/news/c.md", "---\n标题: 丁\n日期: 2021-03-11\n---\n\n正文。\n");
    case.build();
}

#[test]
fn a_section_taken_out_of_the_config_is_meant() {
    let case = published();
    fs::remove_dir_all(case.path("content/study")).unwrap();
    let column = case.read("column.yaml");
    case.write("column.yaml", &column.replace("  - {folder: study, title: 学习}\n", ""));
    case.build();
}

#[test]
fn a_piece_withdrawn_by_a_word_is_meant() {
    let case = published();
    case.write("content/study/x.md", "---\n标题: 丙\n日期: 2021-03-10\n草稿: 是\n---\n\n正文。\n");
    case.build();
    assert!(!case.path("output/study/x.html").exists());
}

#[test]
fn more_than_half_of_the_pages_want_a_word() {
    let case = Case::new("bug-empty-content");
    for n in 0..40 {
        case.write(
            &format!("content/news/p{n}.md"),
            &format!("---\n标题: 第{n}篇\n日期: 2021-03-09\n---\n\n正文。\n"),
        );
    }
    case.build();
    for n in 0..39 {
        fs::remove_file(case.path(&format!("content/news/p{n}.md"))).unwrap();
    }
    let run = case.run(&["build"]);
    refused(&run, "many-removals", "content");
    assert!(case.path("output/news/p3.html").exists());
    assert_eq!(case.run(&["build", "--allow-removals"]).code, 0);
    assert!(!case.path("output/news/p3.html").exists());
}

#[test]
fn a_clock_years_behind_hides_nothing() {
    // No test can set the clock; but a piece of the next decades makes it late.
    let case = Case::new("bug-empty-content");
    for name in ["a", "b"] {
        case.write(&format!("content/news/{name}.md"), "---\n标题: 甲\n日期: 2124-03-08\n---\n\n正文。\n");
    }
    refused(&case.run(&["build"]), "clock-behind", "content/news/a.md");
    // Who names the moment knows it.
    assert_eq!(case.run(&["build", "--now", "2021-03-08"]).code, 0);
}

#[test]
fn a_theme_that_is_gone_is_not_replaced_in_silence() {
    let case = Case::new("bug-empty-content");
    case.write("themes/gazette/assets/own.css", "body { color: red }\n");
    case.build();
    fs::remove_dir_all(case.path("themes")).unwrap();
    refused(&case.run(&["build"]), "theme-gone", "themes/gazette");
    assert_eq!(case.run(&["build", "--allow-removals"]).code, 0);
}

#[test]
fn without_column_yaml_the_site_stays() {
    let case = published();
    fs::remove_file(case.path("column.yaml")).unwrap();
    let run = case.run(&["build"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("错误[no-column-yaml]"), "{run:?}");
    assert!(case.path("output/study/x.html").exists());
}

/// Waits until `what` holds of what a running command has said.
#[track_caller]
fn said(case: &Case, what: &str) -> String {
    let until = Instant::now() + Duration::from_mins(1);
    loop {
        let log = fs::read_to_string(case.path("log")).unwrap_or_default();
        if log.contains(what) {
            return log;
        }
        assert!(Instant::now() < until, "`{what}` was not said:\n{log}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn web_content_share_gone_empties_site() {
    let case = published();
    let log = fs::File::create(case.path("log")).unwrap();
    let mut watch = case.command(&["watch"]).stderr(log).spawn().unwrap();
    said(&case, "全部 →");
    // The share goes and comes back; meanwhile only its mount point is there.
    fs::rename(case.path("content"), case.path("share")).unwrap();
    fs::create_dir(case.path("content")).unwrap();
    let log = said(&case, "错误[no-content]");
    assert!(log.contains("网站保持原样"), "{log}");
    assert!(case.path("output/news/a.html").exists() && case.path("output/study/x.html").exists());
    fs::remove_dir(case.path("content")).unwrap();
    fs::rename(case.path("share"), case.path("content")).unwrap();
    case.write("content/news/c.md", "---\n标题: 回来了\n日期: 2021-03-11\n---\n\n正文。\n");
    let until = Instant::now() + Duration::from_mins(1);
    while !case.path("output/news/c.html").exists() {
        assert!(Instant::now() < until, "{}", said(&case, ""));
        std::thread::sleep(Duration::from_millis(20));
    }
    watch.kill().unwrap();
    watch.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn bug_symlink_messages() {
    let case = Case::new("bug-symlink-messages");
    std::os::unix::fs::symlink("../../shared/s.md", case.path("content/news/s.md")).unwrap();
    std::os::unix::fs::symlink("gone.md", case.path("content/news/t.md")).unwrap();
    let run = case.run(&["check"]);
    assert_eq!(run.code, 1, "{run:?}");
    for said in [
        "错误[link-leaves-content]：符号链接指向的 `shared/s.md` 不在稿件之中",
        "错误[dangling-link]：符号链接指向的 `gone.md` 不存在",
    ] {
        assert!(run.stderr.contains(said), "{said}: {run:?}");
    }
}
