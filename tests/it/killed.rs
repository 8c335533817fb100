//! The real command, killed at any moment, moved, spoiled: the next build gives
//! what a clean one gives.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// So many moments; more by the variable `KILLS`.
fn moments() -> u32 {
    std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20)
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn article(n: u32, title: u32, text: u32) -> String {
    let other = n % 7;
    format!(
        "---\ntitle: 第{n}篇{title}\ndate: 2021-03-{:02}\ntopics: [学习教育]\n---\n\n这是第{text}稿，见[往期](p{other}.md)。\n\n## 小标题{text}\n\n正文。\n",
        1 + n % 28
    )
}

fn column(articles: u32) -> TempDir {
    let root = TempDir::new().unwrap();
    let config = "title: 专栏\nbase_url: https://www.example.org/\nper_page: 5\nsections:\n  - {folder: news, title: 新闻}\n";
    write(root.path(), "column.yaml", config);
    for n in 0..articles {
        write(root.path(), &format!("content/news/p{n}.md"), &article(n, 0, 0));
    }
    root
}

fn command(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhuanlan"));
    command.args(["build", "--now", "2021-04-20"]).args(args).current_dir(root);
    command.env_clear().env("LANG", "zh_CN.UTF-8").stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Builds to the end, without an error; what it said.
fn build(root: &Path, args: &[&str]) -> String {
    let output = command(root, args).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    said
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// The site of the sources at `root`, made anew in a folder of its own.
fn clean(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let elsewhere = TempDir::new().unwrap();
    let output = elsewhere.path().join("site");
    build(root, &["--no-cache", "--output", output.to_str().unwrap()]);
    files(&output)
}

fn assert_clean(root: &Path, when: &str) {
    let (site, clean) = (files(&root.join("output")), clean(root));
    let differ: Vec<_> =
        clean.iter().filter(|(path, bytes)| site.get(*path) != Some(*bytes)).map(|(p, _)| p).collect();
    assert!(differ.is_empty(), "{when}: {differ:?}");
    // Styles of former releases may stay for a day.
    let more = site.keys().filter(|path| !clean.contains_key(*path) && !path.starts_with("assets"));
    assert_eq!(more.collect::<Vec<_>>(), Vec::<&PathBuf>::new(), "{when}");
}

/// How many pages a verbose build says it rendered.
fn rendered(said: &str) -> u32 {
    let after = said.rsplit_once("页面生成").map_or("", |(_, after)| after);
    let digits: String =
        after.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{said}"))
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_memory_that_tells_the_truth() {
    let root = column(30);
    let root = root.path();
    let start = Instant::now();
    build(root, &[]);
    let whole = start.elapsed();
    for moment in 0..moments() {
        let n = moment * 7 % 30;
        write(root, &format!("content/news/p{n}.md"), &article(n, moment, moment));
        let mut child = command(root, &[]).spawn().unwrap();
        // Spread over the length of a build, in an order that is not the clock's.
        std::thread::sleep(whole * (moment * 37 % 101) / 101);
        let _ = child.kill();
        child.wait().unwrap();
        if moment % 5 == 4 {
            build(root, &[]);
            assert_clean(root, &format!("moment {moment}"));
        }
    }
    build(root, &[]);
    assert_clean(root, "the last");
}

#[test]
fn one_edit_renders_what_it_changes() {
    let root = column(30);
    let root = root.path();
    let first = rendered(&build(root, &["--verbose"]));
    write(root, "content/news/p3.md", &article(3, 0, 0).replace("正文", "全文"));
    // The piece, and the lists that show its summary.
    let again = rendered(&build(root, &["--verbose"]));
    assert!(again > 0 && again * 2 < first, "{again} of {first}");
    assert_clean(root, "one edit");
}

#[test]
fn a_moved_column_with_new_times_is_the_same() {
    let (root, other) = (column(12), TempDir::new().unwrap());
    build(root.path(), &[]);
    for (path, bytes) in files(root.path()) {
        if !path.starts_with("output") && !path.to_string_lossy().starts_with(".output") {
            let to = other.path().join(&path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, bytes).unwrap();
        }
    }
    let said = build(other.path(), &["--verbose"]);
    assert!(said.contains("稿件解析 0"), "{said}");
    assert_clean(other.path(), "elsewhere");
}

#[test]
fn a_copied_site_is_gone_on_from() {
    let (root, other) = (column(12), TempDir::new().unwrap());
    let all = rendered(&build(root.path(), &["--verbose"]));
    for (path, bytes) in files(root.path()) {
        let to = other.path().join(&path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    write(other.path(), "content/news/p3.md", &article(3, 0, 0).replace("正文", "全文"));
    // One of the copies has other bytes, as many as before.
    let page = other.path().join("output/news/p5.html");
    let spoiled = fs::read_to_string(&page).unwrap().replace("正文", "证文");
    fs::write(&page, spoiled).unwrap();
    build(other.path(), &[]);
    assert_clean(other.path(), "a copy with a changed page");
    write(other.path(), "content/news/p3.md", &article(3, 0, 0).replace("正文", "改文"));
    let said = build(other.path(), &["--verbose"]);
    assert!(rendered(&said) * 2 < all, "{said}");
    assert_clean(other.path(), "a copy");
}

#[test]
fn where_only_the_cache_is_carried_pages_are_kept_in_it() {
    let root = column(12);
    let root = root.path();
    let all = rendered(&build(root, &["--verbose"]));
    let mut counts = Vec::new();
    for text in 1..4 {
        for folder in ["output", ".output.releases"] {
            let _ = fs::remove_dir_all(root.join(folder));
        }
        write(root, "content/news/p3.md", &article(3, 0, text));
        counts.push(rendered(&build(root, &["--verbose"])));
    }
    assert_clean(root, "only the cache");
    assert!(counts[0] == all && counts[1] * 2 < all && counts[2] * 2 < all, "{counts:?} of {all}");
}

#[test]
fn a_text_that_is_not_what_was_remembered_is_read_again() {
    let root = column(12);
    let root = root.path();
    build(root, &[]);
    let path = "content/news/p3.md";
    write(root, path, &article(3, 1, 1));
    let stamp = zhuanlan::disk::stamp(&root.join(path)).unwrap();
    let zhuanlan::disk::Stamp { len, modified, changed, inode } = stamp;
    let key = zhuanlan::memo::Key::hash("别的文字".as_bytes());
    let line = format!("zhuanlan hashes 1\n{key} {len} {modified} {changed} {inode} {path}\n");
    fs::write(root.join(".cache/hashes"), line).unwrap();
    build(root, &[]);
    assert_clean(root, "a wrong hash");
}

#[test]
fn a_page_that_somebody_changed_is_made_again() {
    let root = column(12);
    let root = root.path();
    build(root, &[]);
    std::thread::sleep(Duration::from_millis(20));
    fs::write(root.join("output/news/p5.html"), "改过的").unwrap();
    fs::remove_file(root.join("output/news/p6.html")).unwrap();
    write(root, "content/news/p3.md", &article(3, 1, 1));
    build(root, &[]);
    assert_clean(root, "a changed page");
}

#[test]
fn the_cache_can_be_left_out_and_removed() {
    let root = column(12);
    let root = root.path();
    let all = rendered(&build(root, &["--verbose"]));
    assert_eq!(rendered(&build(root, &["--no-cache", "--verbose"])), all);
    let clean =
        Command::new(env!("CARGO_BIN_EXE_zhuanlan")).args(["clean", "--cache"]).current_dir(root).output();
    assert!(clean.unwrap().status.success() && !root.join(".cache").exists());
    write(root, "content/news/p3.md", &article(3, 1, 1));
    assert_eq!(rendered(&build(root, &["--verbose"])), all);
    assert_clean(root, "without a cache");
}
