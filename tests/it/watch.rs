//! The watcher on real files: every way of saving means what it means, and
//! once it is quiet the picture is that of a fresh scan.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tempfile::TempDir;
use zhuanlan::disk;
use zhuanlan::path::SourcePath;
use zhuanlan::source::SourceTree;
use zhuanlan::watch::{Error, NotNative, Waker, WatchOptions, Watcher, Why};

/// A column's folder with a watcher on it, whose rounds are recorded.
struct Scene {
    dir: TempDir,
    rounds: Receiver<(Why, SourceTree)>,
    waker: Waker,
    thread: Option<JoinHandle<Option<Error>>>,
    last: SourceTree,
}

const ARTICLE: &str = "content/news/通知.md";

impl Scene {
    fn new() -> Self {
        Self::with(WatchOptions { poll: None, every: Duration::from_hours(1) })
    }

    fn with(how: WatchOptions) -> Self {
        let dir = TempDir::new().unwrap();
        write(dir.path(), "column.yaml", "title: 专栏");
        write(dir.path(), ARTICLE, "# 通知\n\n第一稿。\n");
        write(dir.path(), "content/photos/会场.jpg", "jpg");
        write(dir.path(), "themes/own/theme.yaml", "extends: gazette");
        let mut watcher = Watcher::new(dir.path(), how).unwrap();
        let (waker, last) = (watcher.waker(), watcher.round().tree.clone());
        let (sender, rounds) = channel();
        let thread = std::thread::spawn(move || {
            loop {
                match watcher.next(None) {
                    Ok(Why::Stopped) => return None,
                    Ok(why) => drop(sender.send((why, watcher.round().tree.clone()))),
                    Err(error) => return Some(error),
                }
            }
        });
        Self { dir, rounds, waker, thread: Some(thread), last }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Waits until it has been quiet for `pause`, and gives the rounds since.
    fn rounds_until_quiet(&mut self, pause: Duration) -> Vec<(Why, SourceTree)> {
        let mut all = Vec::new();
        while let Ok(round) = self.rounds.recv_timeout(pause) {
            self.last = round.1.clone();
            all.push(round);
        }
        all
    }

    /// The rounds that one change brings: all until the picture is that of a
    /// fresh scan and stays so for a moment.
    fn after(&mut self, change: impl FnOnce(&Path)) -> Vec<(Why, SourceTree)> {
        change(self.dir.path());
        let mut all = Vec::new();
        // Where looking is slow, as on a busy machine, polling looks seldom.
        let until = Instant::now() + Duration::from_secs(90);
        loop {
            all.extend(self.rounds_until_quiet(Duration::from_millis(300)));
            let fresh = disk::scan(self.root()).unwrap().tree;
            if self.last == fresh {
                return all;
            }
            assert!(Instant::now() < until, "not seen: {:?}", differences(&self.last, &fresh));
        }
    }

    fn text(&self, path: &str) -> Option<String> {
        text(&self.last, path)
    }

    fn stop(mut self) -> Option<Error> {
        self.waker.stop();
        self.thread.take().unwrap().join().unwrap()
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn text(tree: &SourceTree, path: &str) -> Option<String> {
    let bytes = tree.bytes(&SourcePath::new(path).unwrap())?;
    Some(String::from_utf8(bytes.to_vec()).unwrap())
}

fn differences(one: &SourceTree, other: &SourceTree) -> BTreeSet<String> {
    let differ = |a: &SourceTree, b: &SourceTree| -> BTreeSet<String> {
        a.iter().filter(|(p, s)| b.get(p) != Some(s)).map(|(p, _)| p.to_string()).collect()
    };
    &differ(one, other) | &differ(other, one)
}

/// What each round says that changed.
fn changed(rounds: &[(Why, SourceTree)]) -> Vec<Vec<&str>> {
    rounds
        .iter()
        .map(|(why, _)| match why {
            Why::Changed(paths) => paths.iter().map(SourcePath::as_str).collect(),
            other => panic!("{other:?}"),
        })
        .collect()
}

/// A way of saving is one build, that sees the whole new text and nothing else.
fn check_saved(save: impl FnOnce(&Path)) {
    let mut scene = Scene::new();
    let rounds = scene.after(save);
    assert_eq!(changed(&rounds), [[ARTICLE]]);
    assert_eq!(scene.text(ARTICLE).unwrap(), "# 通知\n\n第二稿。\n");
    let paths: Vec<&str> = scene.last.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["column.yaml", ARTICLE, "content/photos/会场.jpg", "themes/own/theme.yaml"]);
}

const SECOND: &str = "# 通知\n\n第二稿。\n";

#[test]
fn written_in_place() {
    check_saved(|root| fs::write(root.join(ARTICLE), SECOND).unwrap());
}

#[test]
fn written_in_place_without_truncating() {
    check_saved(|root| {
        let mut file = fs::File::options().write(true).open(root.join(ARTICLE)).unwrap();
        file.write_all(SECOND.as_bytes()).unwrap();
        file.set_len(SECOND.len() as u64).unwrap();
    });
}

#[test]
fn truncated_and_written_much_later() {
    check_saved(|root| {
        let mut file = fs::File::create(root.join(ARTICLE)).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        file.write_all(SECOND.as_bytes()).unwrap();
    });
}

#[test]
fn truncated_by_one_program_and_written_by_another() {
    check_saved(|root| {
        drop(fs::File::create(root.join(ARTICLE)).unwrap());
        std::thread::sleep(Duration::from_millis(400));
        fs::write(root.join(ARTICLE), SECOND).unwrap();
    });
}

#[test]
fn written_in_pieces() {
    check_saved(|root| {
        let mut file = fs::File::create(root.join(ARTICLE)).unwrap();
        for piece in SECOND.as_bytes().chunks(5) {
            file.write_all(piece).unwrap();
            file.sync_all().unwrap();
            std::thread::sleep(Duration::from_millis(40));
        }
    });
}

#[test]
fn vim_tries_4913_then_renames_and_replaces() {
    check_saved(|root| {
        let folder = root.join("content/news");
        let article = root.join(ARTICLE);
        let swap = folder.join(".通知.md.swp");
        fs::write(&swap, "b0VIM").unwrap();
        fs::write(folder.join("4913"), "").unwrap();
        fs::remove_file(folder.join("4913")).unwrap();
        fs::rename(&article, folder.join("通知.md~")).unwrap();
        std::thread::sleep(Duration::from_millis(30));
        let mut file = fs::File::create(&article).unwrap();
        file.write_all(SECOND.as_bytes()).unwrap();
        file.sync_all().unwrap();
        drop(file);
        fs::remove_file(folder.join("通知.md~")).unwrap();
        fs::remove_file(swap).unwrap();
    });
}

#[test]
fn emacs_locks_backs_up_and_saves_by_itself() {
    check_saved(|root| {
        let folder = root.join("content/news");
        #[cfg(unix)]
        std::os::unix::fs::symlink("editor@desk.4711:1", folder.join(".#通知.md")).unwrap();
        fs::write(folder.join("#通知.md#"), "# 通知\n\n第").unwrap();
        fs::copy(root.join(ARTICLE), folder.join("通知.md~")).unwrap();
        fs::write(root.join(ARTICLE), SECOND).unwrap();
        fs::remove_file(folder.join("#通知.md#")).unwrap();
        #[cfg(unix)]
        fs::remove_file(folder.join(".#通知.md")).unwrap();
    });
}

#[test]
fn written_beside_and_renamed_over() {
    check_saved(|root| {
        let beside = root.join("content/news/.通知.md.tmp");
        fs::write(&beside, SECOND).unwrap();
        fs::rename(beside, root.join(ARTICLE)).unwrap();
    });
}

#[test]
fn wps_locks_writes_beside_deletes_and_renames() {
    check_saved(|root| {
        let folder = root.join("content/news");
        fs::write(folder.join("~$通知.md"), "编辑").unwrap();
        fs::write(folder.join(".~lock.通知.md#"), "编辑").unwrap();
        fs::write(folder.join("~WRL0001.tmp"), SECOND).unwrap();
        fs::remove_file(root.join(ARTICLE)).unwrap();
        std::thread::sleep(Duration::from_millis(60));
        fs::rename(folder.join("~WRL0001.tmp"), root.join(ARTICLE)).unwrap();
        fs::remove_file(folder.join("~$通知.md")).unwrap();
        fs::remove_file(folder.join(".~lock.通知.md#")).unwrap();
    });
}

#[cfg(unix)]
#[test]
fn unreadable_for_a_moment() {
    // Tests may run as a user whom no permission stops, so the file becomes a
    // link that leads nowhere.
    check_saved(|root| {
        let article = root.join(ARTICLE);
        fs::remove_file(&article).unwrap();
        std::os::unix::fs::symlink("nowhere.md", &article).unwrap();
        std::thread::sleep(Duration::from_millis(400));
        fs::remove_file(&article).unwrap();
        fs::write(&article, SECOND).unwrap();
    });
}

#[test]
fn locks_and_temporary_files_alone_are_nothing() {
    let mut scene = Scene::new();
    let rounds = scene.after(|root| {
        for name in ["~$通知.docx", ".~lock.台账.xlsx#", "4913", ".通知.md.swp", "通知.md~", "Thumbs.db"]
        {
            write(root, &format!("content/news/{name}"), "x");
        }
        for path in ["output/index.html", ".git/index", ".cache/hashes", "notes.txt", "output.new/x.html"] {
            write(root, path, "x");
        }
        fs::remove_dir_all(root.join("output")).unwrap();
    });
    assert_eq!(rounds, []);
}

#[test]
fn reading_and_touching_are_nothing() {
    let mut scene = Scene::new();
    let rounds = scene.after(|root| {
        for _ in 0..50 {
            fs::read(root.join(ARTICLE)).unwrap();
            disk::scan(root).unwrap();
        }
        fs::File::options().append(true).open(root.join(ARTICLE)).unwrap();
        let file = fs::File::options().write(true).open(root.join(ARTICLE)).unwrap();
        file.set_modified(std::time::SystemTime::now()).unwrap();
    });
    assert_eq!(rounds, []);
}

#[test]
fn an_empty_file_that_is_meant() {
    let mut scene = Scene::new();
    scene.after(|root| fs::write(root.join(ARTICLE), "").unwrap());
    assert_eq!(scene.text(ARTICLE).unwrap(), "");
}

#[test]
fn a_deleted_article_and_a_new_one() {
    let mut scene = Scene::new();
    let rounds = scene.after(|root| fs::remove_file(root.join(ARTICLE)).unwrap());
    assert_eq!(changed(&rounds), [[ARTICLE]]);
    let rounds = scene.after(|root| write(root, "content/news/新.md", "# 新"));
    assert_eq!(changed(&rounds), [["content/news/新.md"]]);
}

#[test]
fn a_checkout_of_a_thousand_files_is_at_most_two_builds() {
    let mut scene = Scene::new();
    let tree = |root: &Path, word: &str, from: usize| {
        for n in from..1000 {
            write(root, &format!("content/s{}/{n}.md", n % 7), &format!("# {word}{n}"));
        }
    };
    let rounds = scene.after(|root| tree(root, "甲", 0));
    assert!(rounds.len() <= 2, "{} builds of new files", rounds.len());
    let rounds = scene.after(|root| tree(root, "乙", 0));
    assert!(rounds.len() <= 2, "{} builds of changed files", rounds.len());
    // As git does: the old file goes, the new one is written.
    let rounds = scene.after(|root| {
        for n in 0..1000 {
            fs::remove_file(root.join(format!("content/s{}/{n}.md", n % 7))).unwrap();
            write(root, &format!("content/s{}/{n}.md", n % 7), &format!("# 丙{n}"));
        }
    });
    assert!(rounds.len() <= 2, "{} builds of replaced files", rounds.len());
}

#[test]
fn git_checks_out_a_thousand_files() {
    let mut scene = Scene::new();
    let git = |root: &Path, args: &[&str]| {
        let done = std::process::Command::new("git")
            .args(["-c", "user.name=编辑", "-c", "user.email=editor@example.org"])
            .args(["-c", "init.defaultBranch=main", "-c", "gc.auto=0"])
            .args(args)
            .current_dir(root)
            .output()
            .unwrap();
        assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    git(scene.root(), &["init", "-q"]);
    for word in ["甲", "乙"] {
        for n in 0..1000 {
            write(scene.root(), &format!("content/s{}/{n}.md", n % 7), &format!("# {word}{n}"));
        }
        git(scene.root(), &["add", "-A"]);
        git(scene.root(), &["commit", "-qm", word]);
    }
    scene.after(|_| ());
    let rounds = scene.after(|root| git(root, &["checkout", "-q", "HEAD~1"]));
    assert!(rounds.len() <= 2, "{} builds", rounds.len());
    assert_eq!(scene.text("content/s1/1.md").unwrap(), "# 甲1");
}

#[test]
fn folders_renamed_moved_in_and_deleted() {
    let mut scene = Scene::new();
    scene.after(|root| fs::rename(root.join("content/news"), root.join("content/消息")).unwrap());
    assert_eq!(scene.text("content/消息/通知.md").unwrap(), "# 通知\n\n第一稿。\n");
    // The renamed folder is watched under its new name.
    let rounds = scene.after(|root| write(root, "content/消息/通知.md", SECOND));
    assert_eq!(changed(&rounds), [["content/消息/通知.md"]]);

    let elsewhere = TempDir::new_in(scene.root().parent().unwrap()).unwrap();
    write(elsewhere.path(), "a/b/c/深.md", "# 深");
    write(elsewhere.path(), "a/浅.md", "# 浅");
    scene.after(|root| fs::rename(elsewhere.path().join("a"), root.join("content/a")).unwrap());
    assert_eq!(scene.text("content/a/b/c/深.md").unwrap(), "# 深");
    let rounds = scene.after(|root| write(root, "content/a/b/c/深.md", "# 更深"));
    assert_eq!(changed(&rounds), [["content/a/b/c/深.md"]]);

    scene.after(|root| fs::rename(root.join("content/a"), elsewhere.path().join("b")).unwrap());
    scene.after(|root| fs::remove_dir_all(root.join("content/消息")).unwrap());
    let paths: Vec<&str> = scene.last.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["column.yaml", "content/photos/会场.jpg", "themes/own/theme.yaml"]);
}

#[test]
fn whole_inputs_that_go_and_come() {
    let mut scene = Scene::new();
    scene.after(|root| fs::remove_dir_all(root.join("content")).unwrap());
    scene.after(|root| write(root, "content/a/b.md", "# 回来"));
    assert_eq!(scene.text("content/a/b.md").unwrap(), "# 回来");
    let rounds = scene.after(|root| write(root, "content/a/b.md", "# 又改"));
    assert_eq!(changed(&rounds), [["content/a/b.md"]]);
    scene.after(|root| fs::rename(root.join("themes"), root.join("old-themes")).unwrap());
    scene.after(|root| fs::rename(root.join("old-themes"), root.join("themes")).unwrap());
    let rounds = scene.after(|root| write(root, "themes/own/theme.yaml", "extends: gazette "));
    assert_eq!(changed(&rounds), [["themes/own/theme.yaml"]]);
    scene.after(|root| fs::remove_file(root.join("column.yaml")).unwrap());
    let rounds = scene.after(|root| write(root, "column.yaml", "title: 新专栏"));
    assert_eq!(changed(&rounds), [["column.yaml"]]);
}

#[test]
fn renames_that_change_only_the_case() {
    let mut scene = Scene::new();
    scene.after(|root| write(root, "content/news/Notice.md", "# 通知"));
    scene.after(|root| {
        fs::rename(root.join("content/news/Notice.md"), root.join("content/news/notice.md")).unwrap();
    });
    assert_eq!(scene.text("content/news/notice.md").unwrap(), "# 通知");
    assert_eq!(scene.text("content/news/Notice.md"), None);
    scene.after(|root| fs::rename(root.join("content/news"), root.join("content/News")).unwrap());
    let rounds = scene.after(|root| write(root, "content/News/notice.md", "# 又改"));
    assert_eq!(changed(&rounds), [["content/News/notice.md"]]);
}

#[cfg(unix)]
#[test]
fn a_linked_file_changes_under_both_names() {
    let mut scene = Scene::new();
    scene.after(|root| {
        std::os::unix::fs::symlink("../news", root.join("content/photos/news")).unwrap();
    });
    scene.after(|root| write(root, ARTICLE, SECOND));
    assert_eq!(scene.text("content/photos/news/通知.md").unwrap(), SECOND);
}

#[test]
fn the_root_is_removed_with_its_parent() {
    let parent = TempDir::new().unwrap();
    let root = parent.path().join("a/b");
    write(&root, "column.yaml", "title: 专栏");
    let mut watcher = Watcher::new(&root, WatchOptions::default()).unwrap();
    fs::remove_dir_all(parent.path().join("a")).unwrap();
    let began = Instant::now();
    assert!(matches!(watcher.next(None), Err(Error::Gone(_))));
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[test]
fn the_root_is_renamed() {
    let parent = TempDir::new().unwrap();
    let root = parent.path().join("a");
    write(&root, "column.yaml", "title: 专栏");
    let mut watcher = Watcher::new(&root, WatchOptions::default()).unwrap();
    fs::rename(&root, parent.path().join("b")).unwrap();
    assert!(matches!(watcher.next(None), Err(Error::Gone(_))));
}

#[test]
fn the_root_is_replaced() {
    let mut scene = Scene::new();
    let root = scene.root().to_owned();
    scene.after(|root| {
        fs::rename(root, root.with_extension("old")).unwrap();
        write(root, "column.yaml", "title: 另一个");
        write(root, ARTICLE, SECOND);
    });
    let rounds = scene.after(|root| write(root, ARTICLE, "# 再改"));
    assert_eq!(changed(&rounds), [[ARTICLE]]);
    fs::remove_dir_all(root.with_extension("old")).unwrap();
}

#[test]
fn polling_sees_the_same() {
    let poll = Some(Duration::from_millis(100));
    let mut scene = Scene::with(WatchOptions { poll, ..WatchOptions::default() });
    let rounds = scene.after(|root| fs::write(root.join(ARTICLE), SECOND).unwrap());
    assert_eq!(changed(&rounds), [[ARTICLE]]);
    let rounds = scene.after(|root| {
        drop(fs::File::create(root.join(ARTICLE)).unwrap());
        std::thread::sleep(Duration::from_millis(400));
        fs::write(root.join(ARTICLE), "# 第三稿").unwrap();
    });
    assert_eq!(changed(&rounds), [[ARTICLE]]);
    scene.after(|root| fs::rename(root.join("content/news"), root.join("content/消息")).unwrap());
    scene.after(|root| fs::remove_dir_all(root.join("content/消息")).unwrap());
}

#[test]
fn polling_says_why() {
    let dir = TempDir::new().unwrap();
    let how = WatchOptions { poll: Some(Duration::from_secs(3)), ..WatchOptions::default() };
    let watcher = Watcher::new(dir.path(), how).unwrap();
    assert_eq!(watcher.polling().unwrap().why, NotNative::Asked);
    assert_eq!(watcher.polling().unwrap().every, Duration::from_secs(3));
}

#[test]
fn a_due_moment_and_a_wish_wake_it() {
    let dir = TempDir::new().unwrap();
    write(dir.path(), "column.yaml", "title: 专栏");
    let mut watcher = Watcher::new(dir.path(), WatchOptions::default()).unwrap();
    let due = jiff::Timestamp::now() + jiff::SignedDuration::from_millis(80);
    assert_eq!(watcher.next(Some(due)).unwrap(), Why::Due);
    assert!(jiff::Timestamp::now() >= due);
    watcher.waker().rebuild();
    assert_eq!(watcher.next(None).unwrap(), Why::Asked);
    watcher.waker().stop();
    assert_eq!(watcher.next(None).unwrap(), Why::Stopped);
}

#[test]
fn what_the_watcher_missed_is_found_by_looking() {
    // A memory map writes without an event.
    let mut scene = Scene::with(WatchOptions { poll: None, every: Duration::from_millis(500) });
    let path = scene.path(ARTICLE);
    let hidden = scene.path("content/.hidden.md");
    fs::write(&hidden, SECOND).unwrap();
    fs::hard_link(&hidden, scene.path("content/other.md")).unwrap();
    scene.after(|_| ());
    scene.after(|_| {
        // Written under a name that is passed over: the event is not ours.
        let mut file = fs::File::options().write(true).open(&hidden).unwrap();
        file.seek(std::io::SeekFrom::End(0)).unwrap();
        file.write_all("又一句。".as_bytes()).unwrap();
    });
    assert!(scene.text("content/other.md").unwrap().ends_with("又一句。"));
    assert!(path.starts_with(scene.root()));
    assert!(scene.stop().is_none());
}

/// One edit of a column's folder.
#[derive(Debug, Clone)]
enum Edit {
    Write(usize, String),
    Truncated(usize, String),
    Replace(usize, String),
    Remove(usize),
    Rename(usize, usize),
    RenameFolder(usize, usize),
    RemoveFolder(usize),
    Pause(u64),
}

const FILES: [&str; 9] = [
    "column.yaml",
    "content/news/a.md",
    "content/news/b/index.md",
    "content/news/b/会场.jpg",
    "content/study/c.md",
    "content/photos/d.png",
    "content/about.md",
    "themes/own/theme.yaml",
    "themes/own/assets/own.css",
];

const FOLDERS: [&str; 7] =
    ["content/news", "content/news/b", "content/study", "content/photos", "themes/own", "themes", "content"];

fn edit() -> impl Strategy<Value = Edit> {
    let (file, folder) = (0..FILES.len(), 0..FOLDERS.len());
    let text = "[a-c甲乙]{0,6}";
    prop_oneof![
        4 => (file.clone(), text).prop_map(|(f, t)| Edit::Write(f, t)),
        2 => (file.clone(), text).prop_map(|(f, t)| Edit::Truncated(f, t)),
        2 => (file.clone(), text).prop_map(|(f, t)| Edit::Replace(f, t)),
        2 => file.clone().prop_map(Edit::Remove),
        2 => (file.clone(), file).prop_map(|(a, b)| Edit::Rename(a, b)),
        2 => (folder.clone(), folder.clone()).prop_map(|(a, b)| Edit::RenameFolder(a, b)),
        1 => folder.prop_map(Edit::RemoveFolder),
        3 => (0..40_u64).prop_map(Edit::Pause),
    ]
}

/// What the system does not let us do is not done; any state is a good state.
fn apply(root: &Path, edit: &Edit) {
    let parent = |path: &Path| fs::create_dir_all(path.parent().unwrap());
    let file = |n: usize| root.join(FILES[n]);
    let _ = match edit {
        Edit::Write(n, text) => parent(&file(*n)).and_then(|()| fs::write(file(*n), text)),
        Edit::Truncated(n, text) => {
            parent(&file(*n)).and_then(|()| fs::File::create(file(*n))).and_then(|mut file| {
                std::thread::sleep(Duration::from_millis(20));
                file.write_all(text.as_bytes())
            })
        }
        Edit::Replace(n, text) => parent(&file(*n)).and_then(|()| {
            let beside = file(*n).with_extension("new~");
            fs::write(&beside, text)?;
            fs::rename(beside, file(*n))
        }),
        Edit::Remove(n) => fs::remove_file(file(*n)),
        Edit::Rename(a, b) => parent(&file(*b)).and_then(|()| fs::rename(file(*a), file(*b))),
        Edit::RenameFolder(a, b) => {
            let to = root.join(FOLDERS[*b]);
            parent(&to).and_then(|()| fs::rename(root.join(FOLDERS[*a]), to))
        }
        Edit::RemoveFolder(n) => fs::remove_dir_all(root.join(FOLDERS[*n])),
        Edit::Pause(ms) => {
            std::thread::sleep(Duration::from_millis(*ms));
            Ok(())
        }
    };
}

proptest! {
    #![proptest_config(crate::property::cases(40))]

    /// Whatever is done to the files, once it is quiet the picture that the
    /// watcher holds is that of a fresh scan, though it never looks over
    /// everything by itself.
    #[test]
    fn nothing_is_lost(series in prop::collection::vec(prop::collection::vec(edit(), 1..12), 1..4)) {
        let mut scene = Scene::new();
        for edits in series {
            scene.after(|root| edits.iter().for_each(|edit| apply(root, edit)));
        }
        prop_assert!(scene.stop().is_none());
    }
}
