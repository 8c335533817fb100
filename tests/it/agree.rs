//! `check` finds what `build` finds: over every file of the fixtures, the same
//! findings, and no build that `check` called clean fails.

#![expect(clippy::disallowed_methods, reason = "the fixtures are files, and the command is run for real")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const PICTURES: [&str; 6] = ["jpg", "jpeg", "png", "gif", "webp", "svg"];

/// Every file below the fixtures that might be attached or shown.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension != "md" && extension != "yaml") {
            found.push(path);
        }
    }
}

/// The exit code and the findings as `severity code path`.
fn run(root: &Path, verb: &str) -> (i32, BTreeSet<String>, BTreeSet<String>) {
    let output = Command::new(env!("CARGO_BIN_EXE_zhuanlan"))
        .args([verb, "--format", "json", "--now", "2021-03-22 12:00", "--root"])
        .arg(root)
        .output()
        .unwrap();
    let value: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{verb}: {output:?}"));
    let field = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let findings = value["findings"].as_array().unwrap_or_else(|| panic!("{verb}: {value}"));
    let all = findings.iter().map(|finding| {
        format!("{} {} {}", field(finding, "severity"), field(finding, "code"), field(finding, "path"))
    });
    let faulty = findings
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| field(finding, "path"));
    (output.status.code().unwrap_or(-1), all.collect(), faulty.collect())
}

#[test]
fn over_every_file_of_the_fixtures() {
    let home = TempDir::new().unwrap();
    let root = home.path();
    fs::write(
        root.join("column.yaml"),
        "title: 专栏\nbase_url: https://www.example.org/\nsections:\n  - {folder: news, title: 新闻}\n  - {folder: study, title: 资料, kind: material}\n",
    )
    .unwrap();
    let mut found = Vec::new();
    for folder in ["cases", "materials"] {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder), &mut found);
    }
    let mut pieces: BTreeMap<String, PathBuf> = BTreeMap::new();
    for (n, file) in found.iter().enumerate() {
        let extension = file.extension().unwrap().to_string_lossy().to_lowercase();
        let is_picture = PICTURES.contains(&extension.as_str());
        let name = format!("content/{}/f{n:03}", if is_picture { "news" } else { "study" });
        let folder = root.join(&name);
        fs::create_dir_all(&folder).unwrap();
        fs::copy(file, folder.join(format!("f.{extension}"))).unwrap();
        let (head, body) = if is_picture {
            (String::new(), format!("![画面](f.{extension})"))
        } else {
            (format!("files: [{{src: f.{extension}, reviewed: true}}]\n"), "正文。".to_owned())
        };
        let text = format!("---\ntitle: 第{n}篇\ndate: 2021-03-08\nsummary: 摘要。\n{head}---\n\n{body}\n");
        fs::write(folder.join("index.md"), text).unwrap();
        pieces.insert(name, folder);
    }
    let (_, checked, faulty) = run(root, "check");
    let (_, built, _) = run(root, "build");
    assert_eq!(checked, built);
    for (name, folder) in &pieces {
        if faulty.iter().any(|path| path.starts_with(&format!("{name}/"))) {
            fs::remove_dir_all(folder).unwrap();
        }
    }
    let (code, checked, faulty) = run(root, "check");
    assert_eq!((code, faulty), (0, BTreeSet::new()));
    let (code, built, _) = run(root, "build");
    assert_eq!((code, built), (0, checked));
}
