//! The picture of the input files: what is taken, what is passed over, what is
//! refused, and that remembering never shows.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zhuanlan::disk::{self, Files, Snapshot};
use zhuanlan::memo::Key;
use zhuanlan::path::SourcePath;
use zhuanlan::source::{Blobs as _, MAX_TEXT, Refusal};

/// A project's folder with these files.
fn project(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (path, text) in files {
        write(dir.path(), path, text.as_bytes());
    }
    dir
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn paths(round: &Snapshot) -> Vec<&str> {
    round.tree.iter().map(|(path, _)| path.as_str()).collect()
}

fn refused(round: &Snapshot) -> Vec<(&str, &Refusal)> {
    round.tree.refused().iter().map(|refused| (refused.path.as_str(), &refused.why)).collect()
}

/// Sets a file's time back, so that its hash is remembered.
fn age(path: &Path) {
    let past = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    fs::File::options().write(true).open(path).unwrap().set_modified(past).unwrap();
}

#[test]
fn inputs_are_taken_and_the_rest_is_not() {
    let dir = project(&[
        ("column.yaml", "title: 专栏"),
        ("content/news/通知.md", "# 通知"),
        ("content/photos/会场.jpg", "jpg"),
        ("content/static/verify.html", "token"),
        ("content/static/.well-known/x.txt", "x"),
        ("themes/own/theme.yaml", "extends: gazette"),
        ("output/index.html", "x"),
        ("README.md", "x"),
        ("content/.git/config", "x"),
        ("content/.obsidian/x.md", "x"),
        ("content/news/~$通知.docx", "x"),
        ("content/news/.~lock.台账.xlsx#", "x"),
        ("content/news/.通知.md.swp", "x"),
        ("content/news/通知.md~", "x"),
        ("content/news/4913", "x"),
        ("content/Thumbs.db", "x"),
    ]);
    let round = disk::scan(dir.path()).unwrap();
    assert_eq!(
        paths(&round),
        [
            "column.yaml",
            "content/news/通知.md",
            "content/photos/会场.jpg",
            "content/static/.well-known/x.txt",
            "content/static/verify.html",
            "themes/own/theme.yaml",
        ]
    );
    assert_eq!(refused(&round), []);
}

#[test]
fn text_comes_with_its_bytes_and_a_blob_by_hash() {
    let dir = project(&[("content/a.md", "甲"), ("content/a.jpg", "jpg"), ("content/static/a.md", "静")]);
    let round = disk::scan(dir.path()).unwrap();
    let get = |path: &str| round.tree.get(&SourcePath::new(path).unwrap()).unwrap();
    assert_eq!(get("content/a.md").bytes.as_deref(), Some("甲".as_bytes()));
    assert_eq!(get("content/a.md").key, Key::hash("甲".as_bytes()));
    assert_eq!(get("content/a.jpg").bytes, None);
    assert_eq!((get("content/a.jpg").key, get("content/a.jpg").len), (Key::hash(b"jpg"), 3));
    assert_eq!(get("content/static/a.md").bytes, None);
}

#[test]
fn a_folder_without_a_column_is_empty_and_no_folder_is_an_error() {
    let dir = project(&[]);
    assert_eq!(paths(&disk::scan(dir.path()).unwrap()), [""; 0]);
    assert!(disk::scan(&dir.path().join("none")).is_err());
    write(dir.path(), "file", b"");
    assert!(disk::scan(&dir.path().join("file")).is_err());
}

#[test]
fn a_text_that_is_too_large_is_refused() {
    let size = usize::try_from(MAX_TEXT).unwrap();
    let dir = project(&[]);
    write(dir.path(), "content/a.md", &vec![b'a'; size]);
    write(dir.path(), "content/b.md", &vec![b'a'; size + 1]);
    write(dir.path(), "content/c.pdf", &vec![b'a'; size + 1]);
    let round = disk::scan(dir.path()).unwrap();
    assert_eq!(paths(&round), ["content/a.md", "content/c.pdf"]);
    assert_eq!(refused(&round), [("content/b.md", &Refusal::TooLarge(MAX_TEXT + 1))]);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_within_the_content_are_followed() {
        let dir = project(&[("content/photos/a.jpg", "jpg"), ("content/news/a.md", "a")]);
        symlink("../photos", dir.path().join("content/news/photos")).unwrap();
        symlink("a.md", dir.path().join("content/news/b.md")).unwrap();
        let round = disk::scan(dir.path()).unwrap();
        assert_eq!(
            paths(&round),
            ["content/news/a.md", "content/news/b.md", "content/news/photos/a.jpg", "content/photos/a.jpg"]
        );
        assert_eq!(refused(&round), []);
    }

    #[test]
    fn links_out_of_the_content_are_refused() {
        let dir = project(&[
            ("column.yaml", "title: 专栏"),
            ("secret.md", "x"),
            (".git/config", "x"),
            ("content/.hidden/x.md", "x"),
            ("content/x.md", "x"),
        ]);
        for (target, link) in [
            ("/etc/passwd", "passwd"),
            ("/etc", "etc"),
            ("../secret.md", "secret.md"),
            ("../.git", "git"),
            (".hidden/x.md", "hidden.md"),
            ("..", "root"),
        ] {
            symlink(target, dir.path().join("content").join(link)).unwrap();
        }
        let round = disk::scan(dir.path()).unwrap();
        assert_eq!(paths(&round), ["column.yaml", "content/x.md"]);
        let names: Vec<_> = refused(&round);
        let inside = |target: &str| Refusal::LeavesInput(target.to_owned());
        let expected = [
            ("content/etc", &Refusal::LeavesRoot),
            ("content/git", &inside(".git")),
            ("content/hidden.md", &inside("content/.hidden/x.md")),
            ("content/passwd", &Refusal::LeavesRoot),
            ("content/root", &inside(".")),
            ("content/secret.md", &inside("secret.md")),
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn content_as_a_whole_must_be_inside() {
        let elsewhere = project(&[("a.md", "x")]);
        let dir = project(&[("column.yaml", "x")]);
        symlink(elsewhere.path(), dir.path().join("content")).unwrap();
        let round = disk::scan(dir.path()).unwrap();
        assert_eq!(paths(&round), ["column.yaml"]);
        assert_eq!(refused(&round), [("content", &Refusal::LeavesRoot)]);

        let dir = project(&[("texts/a.md", "x")]);
        symlink("texts", dir.path().join("content")).unwrap();
        assert_eq!(paths(&disk::scan(dir.path()).unwrap()), ["content/a.md"]);
    }

    #[test]
    fn circles_and_broken_links_end() {
        let dir = project(&[("content/a/x.md", "x"), ("content/b/y.md", "y")]);
        let content = dir.path().join("content");
        symlink("..", content.join("a/up")).unwrap();
        symlink("self", content.join("self")).unwrap();
        symlink("gone.md", content.join("broken.md")).unwrap();
        // Each leads into the other's folder.
        symlink("../b", content.join("a/b")).unwrap();
        symlink("../a", content.join("b/a")).unwrap();
        let round = disk::scan(dir.path()).unwrap();
        assert_eq!(
            paths(&round),
            ["content/a/b/y.md", "content/a/x.md", "content/b/a/x.md", "content/b/y.md"]
        );
        let names: Vec<_> = refused(&round).iter().map(|(path, _)| *path).collect();
        assert_eq!(
            names,
            [
                "content/a/b/a",
                "content/a/up",
                "content/b/a/b",
                "content/b/a/up",
                "content/broken.md",
                "content/self"
            ]
        );
    }

    #[test]
    fn a_blob_is_not_read_through_a_link_that_leaves() {
        let dir = project(&[("content/a.jpg", "jpg")]);
        let round = disk::scan(dir.path()).unwrap();
        let files = Files::new(&round.root);
        let path = SourcePath::new("content/a.jpg").unwrap();
        assert_eq!(&files.read(&path).unwrap()[..], b"jpg");
        assert_eq!(&files.head(&path, 2).unwrap()[..], b"jp");
        // It was a file when scanned, and is a link when read.
        fs::remove_file(dir.path().join("content/a.jpg")).unwrap();
        symlink("/etc/passwd", dir.path().join("content/a.jpg")).unwrap();
        assert!(files.read(&path).is_err());
    }

    #[test]
    fn a_pipe_does_not_hold_the_scan_up() {
        let dir = project(&[("content/a.md", "a")]);
        let made =
            std::process::Command::new("mkfifo").arg(dir.path().join("content/pipe.md")).status().unwrap();
        assert!(made.success());
        let round = disk::scan(dir.path()).unwrap();
        assert_eq!(paths(&round), ["content/a.md"]);
        assert_eq!(refused(&round).len(), 1);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_unicode_is_refused() {
        use std::os::unix::ffi::OsStrExt as _;
        let dir = project(&[("content/a.md", "a")]);
        let gbk = std::ffi::OsStr::from_bytes(b"\xbb\xe1\xb3\xa1.md");
        fs::write(dir.path().join("content").join(gbk), "x").unwrap();
        let round = disk::scan(dir.path()).unwrap();
        assert_eq!(paths(&round), ["content/a.md"]);
        assert!(matches!(round.tree.refused(), [r] if r.why == Refusal::NameNotUnicode));
    }
}

#[test]
fn hashes_are_remembered_for_settled_files_alone() {
    let dir = project(&[("content/old.jpg", "old"), ("content/new.jpg", "new")]);
    age(&dir.path().join("content/old.jpg"));
    disk::scan(dir.path()).unwrap();
    let text = fs::read_to_string(dir.path().join(".cache/hashes")).unwrap_or_default();
    // The system's own time of change is young for both: neither is trusted.
    if cfg!(unix) {
        assert_eq!(text, "");
    }
    std::thread::sleep(std::time::Duration::from_millis(2100));
    write(dir.path(), "content/new.jpg", b"newer");
    disk::scan(dir.path()).unwrap();
    let text = fs::read_to_string(dir.path().join(".cache/hashes")).unwrap();
    assert!(text.contains("content/old.jpg") && !text.contains("content/new.jpg"), "{text}");
    assert!(
        fs::read_to_string(dir.path().join(".cache/CACHEDIR.TAG")).unwrap().starts_with("Signature: 8a47")
    );

    // A false hash shows that it is believed, so the file was not read.
    let forged = text.replace(&Key::hash(b"old").to_string(), &Key::hash(b"forged").to_string());
    fs::write(dir.path().join(".cache/hashes"), forged).unwrap();
    let key = |round: &Snapshot| round.tree.get(&SourcePath::new("content/old.jpg").unwrap()).unwrap().key;
    assert_eq!(key(&disk::scan(dir.path()).unwrap()), Key::hash(b"forged"));
    // Same length, and the time set back: the time of change tells.
    write(dir.path(), "content/old.jpg", b"odd");
    age(&dir.path().join("content/old.jpg"));
    if cfg!(unix) {
        assert_eq!(key(&disk::scan(dir.path()).unwrap()), Key::hash(b"odd"));
    }
    // Nonsense is as good as nothing.
    for nonsense in ["", "zhuanlan hashes 1\nx\n0 0\n", "\u{0}"] {
        fs::write(dir.path().join(".cache/hashes"), nonsense).unwrap();
        assert_eq!(key(&disk::scan(dir.path()).unwrap()), Key::hash(b"odd"));
    }
}

#[test]
fn an_outline_has_the_keys_of_the_tree() {
    let dir = project(&[("column.yaml", "title: 专栏"), ("content/a.md", "a"), ("content/b.jpg", "b")]);
    let mut survey = disk::survey(dir.path()).unwrap();
    let keys = |tree: &zhuanlan::source::SourceTree| -> Vec<_> {
        tree.iter().map(|(path, source)| (path.clone(), source.key, source.len)).collect()
    };
    let outline = keys(&survey.outline());
    assert_eq!(outline, keys(&survey.read().tree));
    assert_eq!(outline.len(), 3);
}

/// After each change, looking at the changed paths gives what a whole look
/// gives.
#[test]
fn a_rescan_equals_a_scan() {
    type Change = fn(&Path);
    let changes: [(&str, Change, &[&str]); 9] = [
        ("edit", |root| write(root, "content/news/a.md", b"changed"), &["content/news/a.md"]),
        ("create", |root| write(root, "content/news/n/index.md", b"n"), &["content/news/n"]),
        ("photo", |root| write(root, "content/news/n/p.jpg", b"p"), &["content/news/n/p.jpg"]),
        (
            "rename",
            |root| fs::rename(root.join("content/news/a.md"), root.join("content/news/z.md")).unwrap(),
            &["content/news/a.md", "content/news/z.md"],
        ),
        (
            "delete a folder",
            |root| fs::remove_dir_all(root.join("content/news/n")).unwrap(),
            &["content/news/n"],
        ),
        ("config", |root| write(root, "column.yaml", b"title: B"), &["column.yaml"]),
        (
            "too large",
            |root| write(root, "content/big.md", &vec![b'a'; usize::try_from(MAX_TEXT).unwrap() + 1]),
            &["content/big.md"],
        ),
        ("mended", |root| write(root, "content/big.md", b"small"), &["content/big.md"]),
        (
            "outside",
            |root| write(root, "output/x.html", b"x"),
            &["output/x.html", "content/.x.swp", ".git/HEAD"],
        ),
    ];
    let dir = project(&[("column.yaml", "title: A"), ("content/news/a.md", "a"), ("content/news.md", "n")]);
    let mut round = disk::scan(dir.path()).unwrap();
    for (name, change, paths) in changes {
        change(dir.path());
        let paths: Vec<PathBuf> = paths.iter().map(|path| round.root.join(path)).collect();
        round.rescan_paths(&paths).unwrap();
        assert_eq!(round.tree, disk::scan(dir.path()).unwrap().tree, "{name}");
    }
}
