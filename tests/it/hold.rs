//! `hold`: a program that reads for long has one release, whole, whatever is
//! published meanwhile.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use zhuanlan::config::Publishing;
use zhuanlan::disk::{self, Stamp, Swapped};
use zhuanlan::publish::{Error, Held, Hooks, NoHooks, Place, hold};

use super::releases::Column;

type Site = BTreeMap<String, String>;

/// Release `number`: each file names it.
fn site(number: usize) -> Site {
    let paths = ["index.html", "news/a.html", "news/旧/b.html", "assets/a.css", "feed.atom"];
    let own = format!("news/{number}.html");
    paths
        .into_iter()
        .chain([own.as_str()])
        .map(|path| (path.to_owned(), format!("{number} {path}")))
        .collect()
}

fn publish(column: &Column, number: usize, hooks: &dyn Hooks) {
    let site = site(number);
    let files: Vec<(&str, &str)> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    column.publish_with(&files, hooks);
}

fn place(column: &Column) -> Place {
    Place::new(&column.output(), column.dir.path()).unwrap()
}

/// All files below `folder`.
fn read(folder: &Path) -> Site {
    let entries = disk::list(folder).unwrap().into_iter();
    let files = entries.filter(|entry| entry.kind == disk::EntryKind::File);
    files
        .map(|entry| {
            (entry.slashed().unwrap().into_owned(), fs::read_to_string(folder.join(&entry.path)).unwrap())
        })
        .collect()
}

/// Held trees that lie beside the site.
fn trees(column: &Column) -> Vec<PathBuf> {
    let hidden = column.dir.path().join(".output.releases");
    let stores = fs::read_dir(hidden).unwrap().map(|entry| entry.unwrap().path().join("held"));
    let held = stores.filter_map(|held| fs::read_dir(held).ok()).flatten();
    held.map(|entry| entry.unwrap().path()).collect()
}

/// A disk on which nothing can be exchanged, and files have one name.
struct Plain;

impl Hooks for Plain {
    fn link(&self, from: &Path, to: &Path) -> disk::Result<Option<Stamp>> {
        disk::copy(from, to).map(Some)
    }

    fn exchange(&self, _: &Path, _: &Path) -> disk::Result<Swapped> {
        Ok(Swapped::NotHere)
    }
}

#[test]
fn what_is_held_stays_as_it_was_whichever_way_is_published() {
    let entries = || Publishing { in_place: true, ..Publishing::default() };
    for (way, publishing, in_place, hooks) in [
        ("exchange", Publishing::default(), false, &NoHooks as &dyn Hooks),
        ("entry by entry", entries(), false, &NoHooks),
        ("file by file", Publishing::default(), true, &NoHooks),
        ("a plain disk", Publishing::default(), false, &Plain),
    ] {
        let column = Column { publishing, in_place, ..Column::new() };
        publish(&column, 1, hooks);
        let held = hold(&place(&column), None, "test", hooks).unwrap();
        assert_eq!((held.number, held.files), (1, 6), "{way}");
        assert_eq!(held.folder.file_name(), column.output().file_name());
        for number in 2..=4 {
            publish(&column, number, hooks);
            assert_eq!(read(&held.folder), site(1), "{way}, release {number}");
        }
        let times = |folder: &Path| fs::metadata(folder.join("index.html")).unwrap().modified().unwrap();
        let newest = hold(&place(&column), None, "test", hooks).unwrap();
        assert_eq!(times(&newest.folder), times(&column.output()), "{way}: copies tell by time what differs");
        assert_eq!(trees(&column).len(), 2);
        drop((held, newest));
        assert_eq!(trees(&column), [] as [PathBuf; 0], "{way}");
    }
}

#[test]
fn a_former_release_can_be_held() {
    let column = Column::new();
    for number in 1..=3 {
        publish(&column, number, &NoHooks);
    }
    let held = hold(&place(&column), Some(2), "test", &NoHooks).unwrap();
    assert_eq!((held.number, read(&held.folder)), (2, site(2)));
    let of = |number| hold(&place(&column), Some(number), "test", &NoHooks);
    assert!(matches!(of(9), Err(Error::NoRelease { wanted: Some(9), .. })));
    fs::write(column.output().join("index.html"), "by somebody else").unwrap();
    assert!(matches!(of(3), Err(Error::DamagedRelease(3))), "what is not whole is not handed on");
    drop(held);
    assert_eq!(trees(&column), [] as [PathBuf; 0]);
}

/// While another process holds the lock and publishes without a pause.
#[test]
fn whatever_is_published_meanwhile_a_release_is_whole() {
    let column = Column::new();
    publish(&column, 1, &NoHooks);
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 2..60 {
                publish(&column, number, &NoHooks);
            }
            ended.store(true, Ordering::Release);
        });
        let mut held: Vec<Held> = Vec::new();
        while !ended.load(Ordering::Acquire) {
            match hold(&place(&column), None, "test", &NoHooks) {
                Ok(one) => {
                    let number = usize::try_from(one.number).unwrap();
                    assert_eq!(read(&one.folder), site(number));
                    held.push(one);
                }
                // Eight releases, each sooner than the links to the one before.
                Err(Error::DamagedRelease(_) | Error::NoRelease { .. }) => {}
                Err(error) => panic!("{error:?}"),
            }
            if held.len() > 3 {
                held.remove(0);
            }
        }
        for one in &held {
            assert_eq!(read(&one.folder), site(usize::try_from(one.number).unwrap()));
        }
    });
}

#[test]
fn what_a_process_left_that_died_goes() {
    let column = Column::new();
    publish(&column, 1, &NoHooks);
    let held = hold(&place(&column), None, "test", &NoHooks).unwrap();
    let around = held.folder.parent().unwrap().to_owned();
    // It is needed as long as its lock is held.
    publish(&column, 2, &NoHooks);
    assert!(around.exists());
    let left = around.with_file_name("0123456789abcdef");
    fs::create_dir_all(left.join("output/news")).unwrap();
    fs::write(left.join("output/news/a.html"), "a").unwrap();
    publish(&column, 3, &NoHooks);
    assert!(around.exists() && !left.exists());
    fs::create_dir_all(left.join("output")).unwrap();
    drop(hold(&place(&column), None, "test", &NoHooks).unwrap());
    assert!(!left.exists());
    drop(held);
}

/// A small column, and the command.
struct Bench(tempfile::TempDir);

impl Bench {
    fn new(config: &str) -> Self {
        let bench = Self(tempfile::tempdir().unwrap());
        let path = |path: &str| bench.0.path().join(path);
        fs::create_dir_all(path("content/news")).unwrap();
        let head = "title: 专栏GEN1\nbase_url: https://www.example.gov.cn/jyzd/\nsections:\n  - {folder: news, title: 新闻动态}\n";
        fs::write(path("column.yaml"), format!("{head}{config}")).unwrap();
        let piece =
            "---\n标题: 动员部署会召开\n日期: 2021-03-09 10:00\n摘要: 会议。\n---\n\n会议部署任务。\n";
        fs::write(path("content/news/a.md"), piece).unwrap();
        bench.build();
        bench
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhuanlan"));
        command.args(["--lang", "en", "--root"]).arg(self.0.path()).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn build(&self) {
        let done = self.run(&["build"]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Publishes a site whose every page has another title.
    fn build_generation(&self, generation: usize) {
        let path = self.0.path().join("column.yaml");
        let config = fs::read_to_string(&path).unwrap();
        let (_, rest) = config.split_once('\n').unwrap();
        fs::write(path, format!("title: 专栏GEN{generation}\n{rest}")).unwrap();
        self.build();
    }
}

#[cfg(unix)]
#[test]
fn a_program_gets_the_folder_and_its_end_is_ours() {
    let bench = Bench::new("");
    let out = |args: &[&str]| {
        let done = bench.run(args);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (done.status.code(), text(done.stdout), text(done.stderr))
    };
    let (code, printed, said) = out(&["hold", "--", "cat", "{}/index.html"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(printed.contains("专栏GEN1"));
    assert_eq!(out(&["hold", "--", "sh", "-c", "test -e \"$0/index.html\" && exit 7", "{}"]).0, Some(7));
    assert_eq!(out(&["hold", "--", "sh", "-c", "kill -9 $$", "{}"]).0, Some(128 + 9));
    // Its own words are its own.
    assert_eq!(out(&["hold", "--", "echo", "--root", "x", "{}", "-v"]).1.split(' ').next(), Some("--root"));
    let (code, _, said) = out(&["hold", "--", "cat", "output/index.html"]);
    assert!(code == Some(2) && said.contains("the command has no `{}`"), "{said}");
    let (code, _, said) = out(&["hold", "--", "no-such-program-at-all", "{}"]);
    assert!(code == Some(2) && said.contains("can't run `no-such-program-at-all`"), "{said}");
    let (code, _, said) = out(&["hold", "--release", "9", "--", "true", "{}"]);
    assert!(code == Some(2) && said.contains("there is no release 9"), "{said}");
}

/// A copy by real `rsync`, as the web team's chapter says, that lasts over two
/// builds, however the site is published, and whether or not the folder's name
/// ends in a slash.
#[cfg(unix)]
#[test]
fn rsync_copies_one_release_whole() {
    for (config, slash) in [("", "/"), ("", ""), ("publish: in-place\n", "/"), ("publish: in-place\n", "")] {
        let bench = Bench::new(config);
        let copy = bench.0.path().join("copy");
        let from = format!("{{}}{slash}");
        let to = format!("{}/", copy.display());
        // Slow, so that builds come in between; where they don't, all the better.
        let words = ["hold", "--", "rsync", "-a", "--bwlimit=200", "--delay-updates", "--delete-after"];
        let mut rsync = bench.command(&[&words[..], &[&from, &to]].concat());
        let mut rsync = rsync.stdout(Stdio::null()).spawn().expect("rsync is installed (`./test` does that)");
        while !copy.exists() && rsync.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        for generation in [2, 3] {
            bench.build_generation(generation);
        }
        assert!(rsync.wait().unwrap().success());
        let site = if slash.is_empty() { copy.join("output") } else { copy };
        let verified = bench.run(&["verify", "--release", "1", site.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&verified.stdout);
        assert!(verified.status.success(), "{config}{slash}: {said}");
    }
}
