//! `new-key`, `package` and `apply`: what is typed, and what is said.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn run(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zhuanlan"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("LANG", "zh_CN.UTF-8")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// Runs it, and what it says must have `words`.
fn check(folder: &Path, args: &[&str], code: i32, words: &str) -> String {
    let output = run(folder, args, &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    assert!(said.contains(words), "{args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with a column in `column/`, published twice, and a key beside it.
fn bench() -> TempDir {
    let dir = TempDir::new().unwrap();
    let column = dir.path().join("column");
    let piece = |title: &str| {
        format!("---\ntitle: {title}\ndate: 2021-03-08\n---\n\n全区政法队伍教育整顿动员部署会今天召开。\n")
    };
    fs::create_dir_all(column.join("content/news")).unwrap();
    let config =
        "title: 专栏\nbase_url: https://www.example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n";
    fs::write(column.join("column.yaml"), config).unwrap();
    fs::write(column.join("content/news/a.md"), piece("动员部署会召开")).unwrap();
    check(&column, &["build"], 0, "完成");
    fs::write(column.join("content/news/b.md"), piece("学习教育环节启动")).unwrap();
    check(&column, &["build"], 0, "完成");
    check(dir.path(), &["new-key", "my.key"], 0, "没有密码");
    dir
}

#[test]
fn from_one_network_to_the_other() {
    let dir = bench();
    let here = dir.path();
    let root = ["--root", "column"];
    let said =
        check(here, &[&root[..], &["package", "--since", "1", "--key", "my.key"]].concat(), 0, "版本 1 → 2");
    assert_eq!(said, "zhuanlan-1-2.zlp\n");
    let whole = [&root[..], &["package", "--since", "none", "--key", "my.key", "--out", "all.zlp"]].concat();
    check(here, &whole, 0, "整个版本 2");
    let apply = |file: &'static str| ["apply", file, "--key", "my.key.pub", "--to", "there"];
    check(here, &apply("zhuanlan-1-2.zlp"), 2, "更新包接在版本 1 后面");
    check(here, &apply("all.zlp"), 0, "完成：版本 2");
    check(here, &apply("all.zlp"), 0, "已经是版本 2，没有变化");
    let page = |folder: &str| fs::read(here.join(folder).join("news/index.html")).unwrap();
    assert_eq!(page("there"), page("column/output"));
    let key = fs::read_to_string(here.join("my.key.pub")).unwrap();
    let line = key.lines().nth(1).unwrap();
    check(here, &["apply", "all.zlp", "--key", line, "--to", "there", "--lang", "en"], 0, "is there already");
    check(here, &["apply", "all.zlp", "--key", "nothing", "--to", "there"], 2, "`--key` 不是公钥");
    check(here, &["apply", "my.key", "--key", line, "--to", "there"], 2, "不是 zhuanlan 的更新包");
    check(here, &["apply", "none.zlp", "--key", line, "--to", "there"], 2, "none.zlp");
}

#[test]
fn keys_stay_secret() {
    let dir = bench();
    let here = dir.path();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(here.join("my.key")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    check(here, &["new-key", "my.key"], 2, "已经有了");
    check(here, &["--root", "column", "new-key", "column/my.key"], 2, "不能放在");
    fs::create_dir(here.join("repository")).unwrap();
    fs::create_dir(here.join("repository/.git")).unwrap();
    check(here, &["new-key", "repository/my.key", "--lang", "en"], 2, "would go to others");
    fs::copy(here.join("my.key"), here.join("column/my.key")).unwrap();
    let pack = |key: &'static str| ["--root", "column", "package", "--since", "none", "--key", key];
    check(here, &pack("column/my.key"), 2, "不能放在");
    let with =
        |args: &[&str], password: &str| run(here, args, &[("ZHUANLAN_KEY_PASSWORD", password)]).status.code();
    assert_eq!(with(&["new-key", "locked.key"], "长夏"), Some(0));
    check(here, &pack("locked.key"), 2, "ZHUANLAN_KEY_PASSWORD");
    assert_eq!(with(&pack("locked.key"), "x"), Some(2));
    assert_eq!(with(&pack("locked.key"), "长夏"), Some(0));
    check(here, &["--root", "column", "package", "--since", "7", "--key", "my.key"], 2, "没有版本 7");
    check(here, &["--root", "column", "package", "--since", "2", "--key", "my.key"], 2, "没有可打包的变化");
    check(
        here,
        &["--root", "column", "package", "--since", "x", "--key", "my.key"],
        2,
        "`--since` 看不懂 `x`",
    );
}
