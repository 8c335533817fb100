//! The real command in a folder of its own: exit codes, stdout, stderr.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use zhuanlan::publish::{NoHooks, Place, Publisher};

/// A folder to run the command in.
struct Bench {
    dir: TempDir,
}

/// What the command said.
#[derive(Debug)]
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Bench {
    fn new() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    /// A column with one section and these files.
    fn column(files: &[(&str, &str)]) -> Self {
        let bench = Self::new();
        bench.write(
            "column.yaml",
            "title: 专栏\nbase_url: https://www.example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n",
        );
        for (path, text) in files {
            bench.write(path, text);
        }
        bench
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the command in Chinese.
    fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, &[("LANG", "zh_CN.UTF-8")])
    }

    fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_zhuanlan"))
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let folder = self.path(folder);
        let entries = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let path = entry.path().strip_prefix(&folder).unwrap().to_owned();
                (path, fs::read(entry.path()).unwrap())
            })
            .collect()
    }
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

const GOOD: (&str, &str) = ("content/news/a.md", "---\ntitle: 甲\ndate: 2021-03-08\n---\n\n正文。\n");
const BROKEN: (&str, &str) =
    ("content/news/b.md", "---\ntitle: 乙\ndate: 2021-03-09\n---\n\n见[通知](no.md)。\n");

#[test]
fn a_new_column_builds_without_a_finding() {
    let bench = Bench::new();
    let run = bench.run(&["init", "我的专栏"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    assert!(run.stderr.contains("cd 我的专栏\n") && run.stderr.contains("zhuanlan build\n"), "{run:?}");

    let run = bench.run(&["build", "--root", "我的专栏", "--strict"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    let index = fs::canonicalize(bench.path("我的专栏/output/index.html")).unwrap();
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{run:?}");
    assert!(lines[0].starts_with("完成：页面 ") && lines[0].ends_with("；没有发现问题"), "{run:?}");
    assert_eq!(lines[1], format!("打开：{}", index.display()));

    // With the theme's files in the column, nothing is different.
    assert_eq!(bench.run(&["init", "b", "--theme"]).code, 0);
    assert!(bench.path("b/themes/gazette/theme.yaml").is_file());
    assert_eq!(bench.run(&["build", "--root", "b", "--strict"]).code, 0);
    assert_eq!(bench.files("我的专栏/output"), bench.files("b/output"));
}

#[test]
fn nothing_changed_means_nothing_built() {
    let bench = Bench::column(&[GOOD]);
    let first = bench.run(&["build"]);
    assert_eq!(first.code, 0, "{first:?}");
    let files = bench.files("output").len();
    let again = bench.run(&["build"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.stderr.contains("没有变化"), "{again:?}");
    assert!(again.stderr.contains(&format!("写入 0，未变 {files}，删除 0")), "{again:?}");

    // An edit by hand is put right, and one page is written.
    let before = bench.files("output");
    fs::write(bench.path("output/index.html"), "edited").unwrap();
    let mended = bench.run(&["build"]);
    assert!(mended.stderr.contains("完成") && mended.stderr.contains("写入 1，"), "{mended:?}");
    assert_eq!(bench.files("output"), before);
}

/// The findings of a build are those of the next one, though that builds
/// nothing; they are in the language asked for.
#[test]
fn findings_are_told_again() {
    let bench = Bench::new();
    bench.write("column.yaml", "title: 专栏\nsections:\n  - {folder: news, title: 新闻动态}\n");
    bench.write(GOOD.0, GOOD.1);
    let first = bench.run(&["build", "--format", "json"]).json();
    assert_eq!(first["findings"].as_array().unwrap().len(), 1, "{first}");
    let again = bench.run(&["build", "--format", "json"]).json();
    assert_eq!(first["findings"], again["findings"]);
    assert_eq!(again["summary"]["written"], 0);
    let english = bench.run(&["build", "--lang", "en"]);
    assert!(english.stderr.starts_with("warning["), "{english:?}");
    assert!(english.stderr.contains("nothing changed: "), "{english:?}");
    let chinese = bench.run(&["build"]);
    assert!(chinese.stderr.starts_with("警告["), "{chinese:?}");

    // As errors they keep the site from being published.
    let strict = bench.run(&["build", "--strict"]);
    assert_eq!(strict.code, 1, "{strict:?}");
    let elsewhere = bench.run(&["build", "--strict", "--output", "elsewhere"]);
    assert_eq!(elsewhere.code, 1, "{elsewhere:?}");
    assert!(!bench.path("elsewhere").exists());
}

#[test]
fn an_error_leaves_the_site_as_it_was() {
    let bench = Bench::column(&[GOOD]);
    assert_eq!(bench.run(&["build"]).code, 0);
    let before = bench.files("output");
    bench.write(BROKEN.0, BROKEN.1);
    let run = bench.run(&["build"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run:?}");
    assert!(run.stderr.contains("--> content/news/b.md:6:"), "{run:?}");
    assert!(run.stderr.contains("没有发布，原来的网站没有动"), "{run:?}");
    assert!(run.stderr.contains("错误 1"), "{run:?}");
    assert_eq!(bench.files("output"), before);
    assert_eq!(bench.run(&["check"]).code, 1);
    assert_eq!(bench.run(&["check", "-q"]).stderr.matches("错误[").count(), 1);
}

/// The contract with scripts: these keys, nulls where something is absent.
#[test]
fn json_has_the_keys_that_scripts_rely_on() {
    let bench = Bench::column(&[GOOD, BROKEN]);
    let run = bench.run(&["check", "--format", "json", "--lang", "en"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""), "{run:?}");
    let value = run.json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let sorted = |names: &[&str]| {
        let mut names: Vec<String> = names.iter().map(ToString::to_string).collect();
        names.sort();
        names
    };
    assert_eq!(keys(&value), ["findings", "published", "summary"]);
    assert_eq!(value["published"], false);
    let mut summary = keys(&value["summary"]);
    summary.sort();
    let counts = [
        "pages",
        "articles",
        "photos",
        "materials",
        "written",
        "unchanged",
        "removed",
        "release",
        "elapsed_ms",
    ];
    assert_eq!(summary, sorted(&counts));
    assert!(counts.iter().all(|count| value["summary"][count].is_u64()), "{value}");
    let finding = &value["findings"][0];
    let mut names = keys(finding);
    names.sort();
    let fields = [
        "severity",
        "code",
        "message",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "hint",
        "fixable",
        "mended",
        "draft",
    ];
    assert_eq!(names, sorted(&fields));
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["path"], "content/news/b.md");
    assert_eq!((&finding["line"], &finding["end_line"]), (&json!(6), &json!(6)));
    assert!(finding["column"].as_u64() < finding["end_column"].as_u64(), "{finding}");

    // A fault of the file as a whole has no place.
    let bench = Bench::new();
    let value = bench.run(&["check", "--format", "json"]).json();
    let finding = &value["findings"][0];
    assert_eq!(finding["severity"], "error", "{value}");
    for absent in ["line", "column", "end_line", "end_column"] {
        assert!(finding[absent].is_null(), "{finding}");
    }
}

#[test]
fn without_a_column_the_error_says_how_to_write_one() {
    let bench = Bench::new();
    for command in ["build", "check"] {
        let run = bench.run(&[command]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stderr.contains("column.yaml") && run.stderr.contains("栏目:"), "{run:?}");
    }
    assert!(!bench.path("output").exists());
}

/// Exit code 2: a sentence on stderr, or an object on stdout.
#[test]
fn what_can_not_run_says_why() {
    let bench = Bench::column(&[GOOD, ("full/x.txt", "x"), ("file", "x")]);
    let cases: [(&[&str], &str, &str); 16] = [
        (&["biuld"], "没有命令 `biuld`", "no command `biuld`"),
        (&["build", "--outptu", "x"], "没有选项 `--outptu`", "no option `--outptu`"),
        (&["build", "--now", "明天"], "`--now` 看不懂 `明天`", "`--now` can't be `明天`"),
        (&["check", "--now", "2021-02-30"], "`--now` 看不懂 `2021-02-30`", "`--now` can't be `2021-02-30`"),
        (&["build", "--base-url", "example.org"], "`example.org` 不是网址", "`example.org` is no address"),
        (&["build", "--output"], "`--output` 后面还要写内容", "`--output` wants something after it"),
        (&["list", "--format", "xml"], "`--format` 不能是 `xml`", "`--format` can't be `xml`"),
        (
            &["check", "-q", "-v"],
            "`--quiet` 和 `--verbose` 不能一起用",
            "`--quiet` and `--verbose` exclude each other",
        ),
        (&["new", "news"], "还缺 <TITLE>", "<TITLE> is missing"),
        (&["check", "--root", "没有"], "没有文件夹 `没有`", "no folder `没有`"),
        (
            &["build", "--output", "full"],
            "里有文件，例如 `x.txt`，没有记录说明是 zhuanlan 生成的",
            "has files, `x.txt` for one, and nothing says that zhuanlan made them",
        ),
        (
            &["build", "--output", "."],
            "它包含稿件，或者在稿件之中",
            "it holds the sources, or lies among them",
        ),
        (&["build", "--output", "file"], "是文件，不是文件夹", "is a file, not a folder"),
        (
            &["init", "full"],
            "`full` 里已经有东西，没有写入",
            "`full` has something in it; nothing was written",
        ),
        (&["new", "nesw", "标题"], "没有栏目 `nesw`", "no section `nesw`"),
        (
            &["new", "news", "标题", "--date", "3月8日"],
            "`--date` 看不懂 `3月8日`",
            "`--date` can't be `3月8日`",
        ),
    ];
    for (args, zh, en) in cases {
        for (lang, words, label) in [("zh", zh, "错误："), ("en", en, "error: ")] {
            let args = [args, &["--lang", lang]].concat();
            // An option without a value takes what follows for it.
            let args = if args.contains(&"--output") && args.len() == 4 {
                vec!["--lang", lang, "build", "--output"]
            } else {
                args
            };
            let run = bench.run(&args);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}: {run:?}");
            assert!(run.stderr.starts_with(label) && run.stderr.contains(words), "{args:?}: {run:?}");

            let run = bench.run(&[&["--format=json"], &args[..]].concat());
            if args.contains(&"xml") {
                continue;
            }
            assert_eq!((run.code, run.stderr.as_str()), (2, ""), "{args:?}: {run:?}");
            assert!(run.json()["error"].as_str().unwrap().contains(words), "{args:?}: {run:?}");
        }
    }
    assert!(!bench.path("output").exists());
}

#[test]
fn one_builds_at_a_time() {
    let bench = Bench::column(&[GOOD]);
    let place = Place::new(&bench.path("output"), bench.dir.path()).unwrap();
    let held = Publisher::open(place, "pid 4711, zhuanlan watch", &NoHooks).unwrap();
    let run = bench.run(&["build"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("另一个 zhuanlan 正在发布到"), "{run:?}");
    if cfg!(unix) {
        assert!(run.stderr.contains("（pid 4711, zhuanlan watch）"), "{run:?}");
    }
    assert_eq!(bench.run(&["check"]).code, 0, "a check needs no lock");
    drop(held);
    assert_eq!(bench.run(&["build"]).code, 0);
}

#[test]
fn the_language_is_the_environments_unless_asked_for() {
    type Case<'c> = (&'c [(&'c str, &'c str)], &'c [&'c str], bool);
    let bench = Bench::new();
    let cases: [Case<'_>; 9] = [
        (&[], &[], true),
        (&[("LANG", "")], &[], true),
        (&[("LANG", "zh_CN.UTF-8")], &[], true),
        (&[("LANG", "en_US.UTF-8")], &[], false),
        (&[("LANG", "C.UTF-8")], &[], false),
        (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN")], &[], true),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_GB")], &[], false),
        (&[("LANG", "zh_CN.UTF-8")], &["--lang", "en"], false),
        (&[("LANG", "en_US.UTF-8")], &["--lang=zh"], true),
    ];
    for (variables, args, chinese) in cases {
        let help = bench.run_with(&[args, &["--help"]].concat(), variables);
        assert_eq!((help.code, help.stderr.as_str()), (0, ""));
        assert_eq!(help.stdout.contains("用法："), chinese, "{variables:?} {args:?}: {}", help.stdout);
        let error = bench.run_with(&[args, &["x"]].concat(), variables);
        assert_eq!(error.stderr.starts_with("错误："), chinese, "{variables:?} {args:?}: {}", error.stderr);
    }
    let none = bench.run(&[]);
    assert_eq!((none.code, none.stdout.as_str()), (2, ""));
    assert!(none.stderr.contains("第一次用："), "{none:?}");
    assert_eq!(bench.run(&["--version"]).stdout, format!("zhuanlan {}\n", env!("CARGO_PKG_VERSION")));
}

/// Colour only adds, and is nowhere it is not wanted.
#[test]
fn colour_only_adds() {
    let bench = Bench::column(&[GOOD, BROKEN]);
    let run = |variables: &[(&str, &str)]| {
        let stderr = bench.run_with(&["check"], variables).stderr;
        stderr.lines().filter(|line| !line.contains("用时")).collect::<Vec<_>>().join("\n")
    };
    let plain = run(&[]);
    assert!(!plain.contains('\u{1b}'), "a pipe is no terminal: {plain:?}");
    let colour = run(&[("CLICOLOR_FORCE", "1"), ("TERM", "xterm")]);
    assert!(colour.contains("\u{1b}["), "{colour:?}");
    assert_eq!(anstream::adapter::strip_str(&colour).to_string(), plain);
}

#[test]
fn list_shows_what_is_withheld_and_when_that_changes() {
    let piece =
        |title: &str, more: &str| format!("---\ntitle: {title}\ndate: 2021-03-01\n{more}\n---\n\n正文。\n");
    let bench = Bench::column(&[
        GOOD,
        ("content/news/draft.md", &piece("草稿一篇", "draft: true")),
        ("content/news/later.md", &piece("以后", "publish_at: 2021-03-20 09:30")),
        ("content/news/over.md", &piece("过去", "expire_at: 2021-03-05")),
    ]);
    let run = bench.run(&["list", "--now", "2021-03-10 12:00"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(
        run.stdout,
        "状态  时间              栏目      标题      文件\n\
         草稿                    新闻动态  草稿一篇  content/news/draft.md\n\
         定时  2021-03-20 09:30  新闻动态  以后      content/news/later.md\n\
         过期  2021-03-05 00:00  新闻动态  过去      content/news/over.md\n"
    );
    assert_eq!(run.stderr, "下一次变化：2021-03-20 09:30  content/news/later.md\n");

    let value = bench.run(&["list", "--now", "2021-03-10 12:00", "--format", "json"]).json();
    assert_eq!(value["next"], json!({ "at": "2021-03-20 09:30", "source": "content/news/later.md" }));
    let states: Vec<&str> =
        value["pieces"].as_array().unwrap().iter().map(|piece| piece["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["draft", "scheduled", "expired"]);
    assert_eq!(value["pieces"][1]["at"], "2021-03-20 09:30");
    assert_eq!(value["pieces"][0]["at"], Value::Null);

    let all = bench.run(&["list", "--now", "2021-03-10", "--all", "--lang", "en"]);
    assert!(all.stdout.contains("published  2021-03-08"), "{all:?}");
    let later = bench.run(&["list", "--now", "2021-03-21"]);
    assert!(!later.stdout.contains("later.md"), "{later:?}");
    assert!(later.stderr.contains("没有到期要变化的稿件"), "{later:?}");
}

/// A day later the site is built again, though no file changed; within the day
/// it is not.
#[test]
fn the_date_counts_among_the_inputs() {
    let later = "---\ntitle: 以后\ndate: 2021-03-01\npublish_at: 2021-03-20 09:30\n---\n\n正文。\n";
    let bench = Bench::column(&[GOOD, ("content/news/later.md", later)]);
    let build = |now: &str| bench.run(&["build", "--now", now]).stderr;
    assert!(build("2021-03-10 12:00").contains("完成"));
    assert!(build("2021-03-10 18:00").contains("没有变化"));
    assert!(!bench.path("output/news/later.html").exists());
    assert!(build("2021-03-20 09:30").contains("完成"));
    assert!(bench.path("output/news/later.html").exists());
    assert!(build("2021-03-20 09:29").contains("完成"));
    assert!(!bench.path("output/news/later.html").exists());
    let drafts = bench.run(&["build", "--now", "2021-03-20 09:29", "--base-url", "https://example.com/x/"]);
    assert!(!drafts.stderr.contains("没有变化"), "{drafts:?}");
}

#[test]
fn a_new_piece_is_a_draft_in_the_right_place() {
    let bench = Bench::new();
    bench.write(
        "column.yaml",
        "title: 专栏\nbase_url: https://www.example.org/\nsections:\n  - {folder: news, title: 新闻动态, required: \
         [date, summary]}\n  - {folder: study, title: 学习资料, kind: material}\nphases:\n  - {name: 学习教育, \
         start: 2021-03-01, end: 2021-03-31}\n",
    );
    let run = bench.run(&["new", "新闻动态", "动员部署会：“开好局”", "--date", "2021-03-08"]);
    assert!(run.code == 0 && run.stderr.contains("打开这个文件"), "{run:?}");
    assert_eq!(run.stdout, "./content/news/2021-03-08-动员部署会开好局.md\n");
    let text = fs::read_to_string(bench.path(run.stdout.trim())).unwrap();
    for line in [
        "标题: \"动员部署会：“开好局”\"\n",
        "日期: 2021-03-08\n",
        "草稿: 是",
        "# 必填；",
        "阶段: 学习教育",
        "# 署名: 通讯员 姓名",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let again = bench.run(&["new", "news", "动员部署会：“开好局”", "--date", "2021-03-08"]);
    assert_eq!(again.code, 2, "{again:?}");
    assert!(again.stderr.contains("已经存在，没有改动"), "{again:?}");

    let run = bench.run(&["new", "study", "100 题", "--date", "2021-04-08", "--format", "json"]);
    assert_eq!(run.json(), json!({ "path": "./content/study/2021-04-08-100-题/index.md" }));
    assert!(
        !fs::read_to_string(bench.path("content/study/2021-04-08-100-题/index.md")).unwrap().contains("阶段")
    );

    // What is yet to be filled in is all that is found.
    fs::write(
        bench.path("content/news/2021-03-08-动员部署会开好局.md"),
        text.replace("摘要:", "摘要: 摘要。"),
    )
    .unwrap();
    let check = bench.run(&["check", "--format", "json"]);
    let errors: Vec<Value> = check.json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| {
            finding["severity"] == "error" && finding["path"].as_str().unwrap().contains("news")
        })
        .cloned()
        .collect();
    assert_eq!(errors, [] as [Value; 0]);
}

#[test]
fn schemas_and_completions_are_data() {
    let bench = Bench::new();
    let all = bench.run(&["schema"]).json();
    let blocks = ["gallery", "timeline", "ledger", "figures", "quiz"];
    for name in ["column", "article", "story", "material", "page"].into_iter().chain(blocks) {
        let one = bench.run(&["schema", name]);
        assert_eq!((one.code, one.stderr.as_str()), (0, ""));
        assert_eq!(one.json(), all[name]);
        let properties = all[name]["properties"].as_object().unwrap();
        assert!(properties.contains_key("title") && properties.contains_key("标题"), "{name}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = bench.run(&["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{shell}");
        assert!(run.stdout.contains("zhuanlan") && run.stdout.contains("check"), "{shell}");
    }
}

#[test]
fn clean_takes_the_site_or_the_cache() {
    let bench = Bench::column(&[GOOD]);
    assert_eq!(bench.run(&["build"]).code, 0);
    assert!(bench.path(".output.releases").exists());
    let run = bench.run(&["clean"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!bench.path("output").exists());
    let left: Vec<_> = fs::read_dir(bench.path(".output.releases")).unwrap().collect();
    assert_eq!(left.len(), 1, "the lock alone: {left:?}");
    assert!(bench.path("content").exists());
    bench.write(".cache/hashes", "x");
    let run = bench.run(&["clean", "--cache", "--format", "json"]);
    assert!(run.json()["removed"].as_u64().is_some_and(|removed| removed > 0), "{run:?}");
    assert!(!bench.path(".cache").exists());
}

/// The same sources give the same bytes, wherever they lie and however the site
/// is put in its place.
#[test]
fn every_way_of_publishing_gives_the_same_bytes() {
    let bench = Bench::new();
    assert_eq!(bench.run(&["init", "a"]).code, 0);
    let site = |args: &[&str], output: &str| {
        let run = bench.run(&[&["build", "--now", "2026-11-24", "--output", output], args].concat());
        assert_eq!(run.code, 0, "{run:?}");
        bench.files(output)
    };
    let first = site(&["--root", "a"], "one");
    assert!(first.contains_key(Path::new("index.html")));
    fs::rename(bench.path("a"), bench.path("b")).unwrap();
    assert_eq!(site(&["--root", "b"], "two"), first);
    assert_eq!(site(&["--root", "b", "--in-place"], "three"), first);
    assert_eq!(site(&["--root", "b", "--sync"], "deep/er/four"), first);
}

#[test]
fn verbose_says_how_long_and_how_much() {
    let bench = Bench::column(&[GOOD]);
    let run = bench.run(&["build", "-v", "--lang", "en"]);
    assert!(run.stderr.contains("reading ") && run.stderr.contains("documents parsed 1"), "{run:?}");
    let quiet = bench.run(&["build", "-q"]);
    assert_eq!((quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()), (0, "", ""));
}

#[test]
fn books_are_made_alone_in_a_folder_of_their_own() {
    let bench = Bench::column(&[GOOD]);
    let none = bench.run(&["booklet"]);
    assert_eq!((none.code, none.stdout.as_str()), (2, ""));
    assert!(none.stderr.contains("这个专栏没有汇编"), "{none:?}");

    let column = fs::read_to_string(bench.path("column.yaml")).unwrap();
    let books = "booklet:\n  - {title: 汇编, slug: one, section: news}\n  - {title: 选编, slug: two, section: news}\n";
    bench.write("column.yaml", &(column + books));
    let unknown = bench.run(&["booklet", "onw"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
    assert!(
        unknown.stderr.contains("没有叫 `onw` 的汇编") && unknown.stderr.contains("`one`"),
        "{unknown:?}"
    );
    assert!(!bench.path("booklet/booklets").exists());

    let one = bench.run(&["booklet", "汇编"]);
    assert_eq!((one.code, one.stdout.as_str()), (0, ""), "{one:?}");
    assert!(one.stderr.contains("《汇编》，1 篇") && one.stderr.contains("one.epub"), "{one:?}");
    let names = |folder: &str| {
        let files = bench.files(folder);
        let books = files.keys().filter(|path| path.starts_with("booklets"));
        books.map(|path| path.display().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names("booklet"), ["booklets/one.css", "booklets/one.epub", "booklets/one.html"]);
    assert!(!bench.path("output").exists(), "the site itself is not made");

    let all = bench.run(&["booklet", "--output", "书", "--format", "json"]).json();
    let slugs: Vec<&str> =
        all["booklets"].as_array().unwrap().iter().map(|book| book["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["one", "two"]);
    assert_eq!(names("书").len(), 6);
    // The same book as the site's.
    assert_eq!(bench.run(&["build"]).code, 0);
    let of = |folder: &str| fs::read(bench.path(&format!("{folder}/booklets/one.epub"))).unwrap();
    assert_eq!(of("书"), of("output"));

    bench.write(BROKEN.0, BROKEN.1);
    let before = bench.files("书");
    assert_eq!(bench.run(&["booklet", "--output", "书"]).code, 1);
    assert_eq!(bench.files("书"), before, "a fault leaves the former books");
}

#[test]
fn wechat_editions_are_made_in_a_folder_of_their_own() {
    let bench = Bench::column(&[GOOD]);
    bench.write("content/news/b.md", "---\ntitle: 第二篇\ndate: 2021-03-09\n---\n正文。\n");
    let names = || {
        let files = bench.files("wechat");
        files.keys().map(|path| path.display().to_string().replace('\\', "/")).collect::<Vec<_>>()
    };
    let pieces = |run: &Run| {
        let json = run.json();
        let pieces = json["pieces"].as_array().unwrap().iter();
        pieces
            .map(|piece| {
                format!("{} {}", piece["source"].as_str().unwrap(), piece["change"].as_str().unwrap())
            })
            .collect::<Vec<_>>()
    };
    let unknown = bench.run(&["wechat", "content/news/none.md"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("没有发布的稿件"), "{unknown:?}");
    assert!(bench.run(&["wechat", "--since", "三月"]).stderr.contains("--since 2021-03-08"));

    let one = bench.run(&["wechat", "content/news/b.md", "--format", "json"]);
    assert_eq!((one.code, pieces(&one)), (0, vec!["content/news/b.md new".to_owned()]), "{one:?}");
    assert_eq!(names(), ["editions.json", "index.html", "news/b/article.html", "news/b/fields.txt"]);
    assert!(!bench.path("output").exists(), "the site itself is not made");
    let page = fs::read_to_string(bench.path("wechat/news/b/article.html")).unwrap();
    assert!(page.contains("复制正文") && page.contains("id=\"edition\""), "{page}");
    assert!(fs::read_to_string(bench.path("wechat/index.html")).unwrap().contains("news/b/article.html"));

    // Nothing changed: nothing is written, and nothing goes.
    let before = bench.files("wechat");
    assert_eq!(bench.run(&["wechat", "content/news/b.md"]).code, 0);
    let same = bench.run(&["wechat", "--changed", "--since", "2021-03-09", "--format", "json"]);
    assert_eq!((same.code, pieces(&same)), (0, Vec::<String>::new()), "{same:?}");
    assert_eq!(bench.files("wechat"), before);

    bench.write("content/news/b.md", "---\ntitle: 第二篇\ndate: 2021-03-09\n---\n改过的正文。\n");
    bench.write("content/news/c.md", "---\ntitle: 第三篇\ndate: 2021-03-10\n---\n正文。\n");
    let changed = bench.run(&["wechat", "--changed", "--format", "json"]);
    assert_eq!(pieces(&changed), ["content/news/c.md new", "content/news/b.md changed"], "{changed:?}");
    let all = bench.run(&["wechat", "--format", "json"]);
    assert_eq!(pieces(&all).len(), 3);

    bench.write(BROKEN.0, BROKEN.1);
    let before = bench.files("wechat");
    assert_eq!(bench.run(&["wechat"]).code, 1);
    assert_eq!(bench.files("wechat"), before, "a fault leaves the former editions");
}

const BROKEN_DRAFT: (&str, &str) =
    ("content/news/draft.md", "---\n标题: 草稿\n日期: 2021-03-08\n草稿: 是\n---\n\n详见[通知](没有.md)。\n");

#[test]
fn explain_says_what_a_finding_means() {
    let bench = Bench::new();
    let run = bench.run(&["explain", "full-width-colon"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    for part in [
        "这样不对（文件头）：",
        "    标题：动员部署会召开",
        "    标题: 动员部署会召开",
        "`zhuanlan fix` 可以改好",
    ] {
        assert!(run.stdout.contains(part), "{part}: {run:?}");
    }
    assert!(!run.stdout.contains('\u{1b}'), "colour in a pipe: {run:?}");
    let english = bench.run(&["explain", "[full-width-colon]", "--lang", "en"]).stdout;
    assert!(english.contains("wrong (front matter):") && english.contains("right"), "{english}");
    let all = bench.run(&["explain"]).stdout;
    assert!(all.contains("文件头") && all.contains("  broken-link "), "{all}");
    let json = bench.run(&["explain", "misnamed-piece", "--format", "json"]).json();
    assert_eq!(json["wrong"], "content/news/座谈会.md.txt");
    let run = bench.run(&["explain", "broken-lnk"]);
    assert!(run.code == 2 && run.stderr.contains("是不是 `broken-link`？"), "{run:?}");
}

#[test]
fn help_and_man_pages_are_there() {
    let bench = Bench::new();
    assert!(bench.run(&["help"]).stdout.contains("zhuanlan"));
    assert!(bench.run(&["help", "fix"]).stdout.contains("--check"));
    assert_eq!(bench.run(&["help", "fxi"]).code, 2);
    let run = bench.run(&["man", "pages"]);
    assert_eq!(run.code, 0, "{run:?}");
    for page in ["man1/zhuanlan.1", "man1/zhuanlan-fix.1", "zh_CN/man1/zhuanlan-explain.1"] {
        let text = fs::read_to_string(bench.path("pages").join(page)).unwrap();
        assert!(text.starts_with(".ie") || text.contains(".TH"), "{page}: {text}");
    }
    assert!(bench.run(&["--version"]).stdout.starts_with("zhuanlan "));
    let table = bench.run(&["schema", "column", "--table"]).stdout;
    assert!(
        table.contains("| `标题`、`名称` | `title` | 专栏名称 |") || table.contains("`title` | 专栏名称"),
        "{table}"
    );
}

/// As cargo and git do: the column of a folder above is taken, and named.
#[test]
fn a_column_is_found_from_within() {
    let bench = Bench::column(&[GOOD]);
    let output = Command::new(env!("CARGO_BIN_EXE_zhuanlan"))
        .arg("check")
        .current_dir(bench.path("content/news"))
        .env_clear()
        .env("LANG", "zh_CN.UTF-8")
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert!(stderr.contains("专栏在上级文件夹："), "{stderr}");
}

#[test]
fn strict_and_quiet_says_why_it_failed() {
    let (path, text) = GOOD;
    let warned = text.replace("---\n\n", "---\n\n全局的的任务。\n\n");
    let bench = Bench::column(&[(path, &warned)]);
    let run = bench.run(&["build", "--strict", "-q"]);
    assert!(run.code == 1 && run.stderr.contains("[doubled]"), "{run:?}");
    assert_eq!(bench.run(&["build", "--strict", "--format", "json"]).json()["published"], false);
    assert_eq!(bench.run(&["build", "--format", "json"]).json()["published"], true);
}

/// Drafts are checked, say so, and keep nobody waiting.
#[test]
fn drafts_are_checked_without_failing() {
    let bench = Bench::column(&[GOOD, BROKEN_DRAFT]);
    let run = bench.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("错误[broken-link]（草稿）："), "{run:?}");
    assert!(run.stderr.contains("草稿里 1"), "{run:?}");
    let json = bench.run(&["check", "--format", "json", "--strict"]);
    assert_eq!(json.code, 0, "{json:?}");
    assert_eq!(json.json()["findings"][0]["draft"], true);
}

/// The gravest stand last, of one code in one file three and a count, and the places are said again.
#[test]
fn errors_come_last_and_repeats_are_counted() {
    let many: String = (0..6).map(|n| format!("详见[通知](没有{n}.md)，全局的的任务{n}。\n\n")).collect();
    let text = format!("---\n标题: 会议\n日期: 2021-03-08\n---\n\n{many}");
    let bench = Bench::column(&[("content/news/a.md", &text)]);
    let run = bench.run(&["check"]);
    assert_eq!(run.stderr.matches("错误[broken-link]").count(), 3, "{run:?}");
    assert!(run.stderr.contains("还有 3 处 [broken-link]"), "{run:?}");
    assert!(run.stderr.rfind("警告[") < run.stderr.find("错误["), "{run:?}");
    assert!(run.stderr.contains("要改好才能发布：\n  content/news/a.md:6:"), "{run:?}");
    assert_eq!(bench.run(&["check", "-v"]).stderr.matches("错误[broken-link]").count(), 6);
}

/// The handbook's first example works in the column that `init` makes.
#[test]
fn the_first_example_of_the_handbook_works() {
    let bench = Bench::new();
    assert_eq!(bench.run(&["init", "专栏"]).code, 0);
    let handbook = include_str!("../../docs/handbook.zh-CN.md");
    let (_, rest) = handbook.split_once("```markdown\n").unwrap();
    let (example, _) = rest.split_once("\n```").unwrap();
    bench.write("专栏/content/news/座谈会.md", &format!("{example}\n"));
    let run = bench.run(&["check", "--root", "专栏", "--strict"]);
    assert!(run.code == 0 && run.stderr.contains("没有发现问题"), "{run:?}");
}
