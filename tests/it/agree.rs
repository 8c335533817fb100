//! `check` finds what `build` finds: over every file of the fixtures, the same
//! findings, and no build that `check` called clean fails.

#![expect(clippy::disallowed_methods, reason = "the fixtures are files, and the command is run for real")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use serde_json::Value;
use tempfile::TempDir;
use zhuanlan::build::{Memory, build, make_pictures};
use zhuanlan::diagnostic::{Lang, Located, plain};
use zhuanlan::disk::Files;
use zhuanlan::memo::Key;
use zhuanlan::photo;
use zhuanlan::source::Blobs as _;

use crate::diagnostics;
use crate::project::{Project, options};

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

/// A small column of one article that shows `picture`.
fn column_with(root: &Path, picture: &[u8]) {
    let project = Project::new()
        .column("base_url: https://www.example.org/\nsections: [{folder: news, title: 新闻}]")
        .file(
            "content/news/a.md",
            "---\ntitle: 会议召开\ndate: 2021-03-08\nsummary: 摘要。\n---\n\n![会场](a.png)\n",
        )
        .file("content/news/a.png", picture);
    project.write_to(root);
}

/// Both verbs give the same findings; where `check` has no error, `build`
/// publishes, and where it has one, nothing is.
fn agreed(name: &str, root: &Path) -> BTreeSet<String> {
    let (code, checked, _) = run(root, "check");
    let (built_code, built, _) = run(root, "build");
    assert_eq!((code, &checked), (built_code, &built), "{name}");
    assert_eq!(root.join("output/index.html").exists(), code == 0, "{name}");
    checked
}

#[test]
fn over_every_column_of_the_fixtures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases");
    let cases = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut columns: Vec<(String, Project)> = cases
        .filter(|path| path.join("column.yaml").exists())
        .map(|path| (path.display().to_string(), Project::from_folder(&path)))
        .collect();
    columns.extend(diagnostics::on_disk().map(|(name, project)| (name.to_owned(), project)));
    assert!(columns.len() > 300, "{}", columns.len());
    columns.par_iter().for_each(|(name, project)| {
        let home = TempDir::new().unwrap();
        project.write_to(home.path());
        agreed(name, home.path());
    });
}

/// What a picture's file is remembered for may be wrong: then its variants can't
/// be made, which both verbs say of it, in the editor's language.
#[test]
fn a_picture_that_cannot_be_made_is_a_finding() {
    let home = TempDir::new().unwrap();
    let damaged = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    column_with(home.path(), damaged);
    let root = home.path().canonicalize().unwrap();
    let remembered = b"300 200 png 5 false false false false - - - -";
    Files::new(&root).keep(photo::kept_key(Key::hash(damaged)), remembered);
    let said = agreed("a picture", &root);
    assert_eq!(said, BTreeSet::from(["error picture-not-made content/news/a.png".to_owned()]));
    let output = Command::new(env!("CARGO_BIN_EXE_zhuanlan"))
        .args(["build", "--lang", "zh", "--root"])
        .arg(&root)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("这张图片做不出 300×200 的 WebP") && words.contains("没有发布"), "{words}");
}

/// What `check` made, `build` takes.
#[test]
fn pictures_are_made_once_for_both() {
    let home = TempDir::new().unwrap();
    let mut png = Vec::new();
    let picture =
        image::RgbImage::from_fn(900, 600, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90]));
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    column_with(home.path(), &png);
    let kept = || {
        let all = walkdir::WalkDir::new(home.path().join(".cache/photos")).into_iter().flatten();
        all.filter(|entry| entry.file_type().is_file() && entry.file_name() != "swept")
            .map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().ino()))
            .collect::<BTreeMap<_, _>>()
    };
    let (_, said, _) = run(home.path(), "check");
    assert_eq!(said, BTreeSet::new());
    let made = kept();
    assert!(made.len() >= 3, "{made:?}");
    run(home.path(), "build");
    assert_eq!(kept(), made);
    // What stands published need not be made again.
    fs::remove_dir_all(home.path().join(".cache")).unwrap();
    run(home.path(), "check");
    assert_eq!(kept(), BTreeMap::new());
}

/// Whatever a picture's shape is, all that pages show of it can be made.
#[test]
fn pictures_of_every_shape_are_made() {
    let sizes = [
        (1, 1),
        (1, 2000),
        (2000, 1),
        (3, 40_000),
        (40_000, 3),
        (1, 65_535),
        (65_535, 2),
        (690, 460),
        (101, 16_384),
    ];
    let mut project = Project::new()
        .column("base_url: https://www.example.org/\nsections: [{folder: news, title: 新闻}]\nbooklet: {title: 选编, section: news}");
    for (width, height) in sizes {
        for codec in ["png", "jpg", "webp"] {
            if codec == "webp" && (width > 16_383 || height > 16_383) {
                continue;
            }
            let name = format!("p{width}x{height}.{codec}");
            let mut bytes = Vec::new();
            let picture = image::RgbImage::from_fn(width, height, |x, y| {
                image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90])
            });
            let format = image::ImageFormat::from_extension(codec).unwrap();
            picture.write_to(&mut std::io::Cursor::new(&mut bytes), format).unwrap();
            project.write(&format!("content/news/{name}"), &bytes);
            let text = format!(
                "---\ntitle: 图 {name}\ndate: 2021-03-08\nsummary: 摘要。\ncover: {name}\n---\n\n![画面]({name})\n\n```图集\n图片:\n  - 图片: {name}\n    说明: 画面\n    替代文字: 画面\n```\n"
            );
            project.write(&format!("content/news/{width}x{height}-{codec}.md"), text);
        }
    }
    let built = build(&project.tree(), &options(), &project, &Memory::default());
    let words = |found: &[Located]| found.iter().map(|one| plain(one, Lang::En)).collect::<Vec<_>>();
    assert!(!built.has_errors(), "{:#?}", words(&built.findings));
    let found = make_pictures(&built.output, &|_, _| false, &project, &|_, _| {});
    assert!(found.is_empty(), "{:#?}", words(&found));
}

/// A name that leaves no room for a sign behind it is published too, file by
/// file as well.
#[test]
fn a_name_as_long_as_can_be_is_published() {
    let home = TempDir::new().unwrap();
    let root = home.path();
    let name = format!("{}.txt", "s".repeat(251));
    let project = Project::new()
        .column("base_url: https://www.example.org/\nsections: [{folder: news, title: 新闻}]")
        .file(
            "content/news/a.md",
            "---\ntitle: 会议召开\ndate: 2021-03-08\nsummary: 摘要。\n---\n\n正文。\n",
        );
    project.write_to(root);
    fs::create_dir_all(root.join("content/static")).unwrap();
    for text in ["甲", "乙"] {
        fs::write(root.join("content/static").join(&name), text).unwrap();
        assert_eq!(run(root, "check").0, 0);
        let done = Command::new(env!("CARGO_BIN_EXE_zhuanlan"))
            .args(["build", "--in-place", "--now", "2021-03-22 12:00", "--root"])
            .arg(root)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(fs::read_to_string(root.join("output").join(&name)).unwrap(), text);
    }
}
