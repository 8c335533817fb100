//! Publishing, hindered at every step: the old site or the new site, never a
//! mixture, and the next run is right.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::civil::date;
use proptest::prelude::*;
use tempfile::TempDir;
use zhuanlan::build::{Artifact, Content, Now, Output, Stats, Validity};
use zhuanlan::diagnostic::Lang;
use zhuanlan::disk::{self, Bind, Files, Stamp, Swapped};
use zhuanlan::memo::Key;
use zhuanlan::path::{OutputPath, SourcePath};
use zhuanlan::publish::{
    Error, Hooks, NoHooks, Note, Place, PublishOptions, Published, Publisher, Replay, Step, clean,
};

type Site = BTreeMap<String, String>;

/// A site of these files.
fn site(files: &[(&str, &str)]) -> Site {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn output(site: &Site) -> Output {
    let artifact = |text: &str| Artifact {
        key: Key::hash(text.as_bytes()),
        content: Content::Bytes(text.as_bytes().into()),
    };
    let files = site.iter().map(|(path, text)| (OutputPath::new(path).unwrap(), artifact(text))).collect();
    Output { files, ..Output::default() }
}

/// All files below `folder`; empty where there is no folder.
fn read(folder: &Path) -> Site {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (path, fs::read_to_string(entry.path()).unwrap())
    };
    files.map(file).collect()
}

/// A folder to publish in, with a project around it.
struct Bench {
    dir: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn output(&self) -> PathBuf {
        self.root().join("output")
    }

    fn read(&self) -> Site {
        read(&self.output())
    }

    fn publish(&self, site: &Site) -> Published {
        self.try_publish(site, &NoHooks, PublishOptions::default()).unwrap()
    }

    fn try_publish(&self, site: &Site, hooks: &dyn Hooks, how: impl Into<How>) -> Result<Published, Error> {
        publish(self.root(), site, hooks, &how.into())
    }

    fn unchanged(&self, site: &Site) -> bool {
        let place = Place::new(&self.output(), self.root()).unwrap();
        let publisher = Publisher::open(place, "test", &NoHooks).unwrap();
        let now = Now::Local(date(2021, 3, 8).at(12, 0, 0, 0));
        publisher.unchanged(inputs(site), now, &Files::new(self.root())).is_some()
    }

    /// What lies beside the output.
    fn beside(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.root())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "output" && name != "content" && name != ".cache")
            .collect();
        names.sort();
        names
    }
}

/// The folder in which manifests and trees lie.
fn store(root: &Path) -> PathBuf {
    let hidden = root.join(".output.releases");
    let entries = fs::read_dir(hidden).unwrap().map(|entry| entry.unwrap().path());
    entries.into_iter().find(|path| path.is_dir()).unwrap()
}

/// The tree of the newest former release; a path with nothing at it where there
/// is none.
fn former_tree(root: &Path) -> PathBuf {
    let store = store(root);
    let number = |path: PathBuf| path.file_name()?.to_str()?.parse::<u64>().ok();
    let trees = fs::read_dir(&store).unwrap().filter_map(|entry| number(entry.unwrap().path()));
    store.join(trees.max().unwrap_or(0).to_string())
}

/// The key that stands for all inputs of a site.
fn inputs(site: &Site) -> Key {
    Key::hash_parts(site.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]))
}

fn publish(root: &Path, site: &Site, hooks: &dyn Hooks, how: &How) -> Result<Published, Error> {
    let place = Place::new(&root.join("output"), root)?;
    let mut publisher = Publisher::open(place, "test", hooks)?;
    let replay = Replay {
        inputs: inputs(site),
        valid: Validity {
            from: date(2021, 3, 8).at(8, 0, 0, 0),
            until: date(2021, 3, 9).at(0, 0, 0, 0),
            timezone: "Asia/Shanghai".to_owned(),
        },
        stats: Stats::default(),
        notices: Vec::new(),
    };
    if how.ahead {
        publisher.prepare(how.options.in_place)?;
    }
    let mut output = output(site);
    for (path, artifact) in &mut output.files {
        // As a build does it: half of them are handed over before.
        if let Content::Bytes(bytes) = &artifact.content
            && path.as_str().len().is_multiple_of(2)
            && publisher.take(path, artifact.key, bytes)
        {
            artifact.content = Content::Spooled(bytes.len() as u64);
        }
    }
    publisher.publish(&output, &Files::new(root), Some(&replay), how.options)
}

/// What the file system can do, and what the publication asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Exchange,
    /// The same, and what can be done before is done before.
    Prepared,
    /// The folder is mounted elsewhere too: its entries are exchanged.
    Bound,
    /// No exchange of folders.
    NoExchange,
    /// Neither exchange nor second names, as on exFAT.
    Copies,
    /// The folder can't be renamed, and that shows only when it is tried.
    Mounted,
    InPlace,
}

const WAYS: [Way; 7] =
    [Way::Exchange, Way::Prepared, Way::Bound, Way::NoExchange, Way::Copies, Way::Mounted, Way::InPlace];

/// How it is published, and whether something is done before.
struct How {
    options: PublishOptions,
    ahead: bool,
}

impl From<PublishOptions> for How {
    fn from(options: PublishOptions) -> Self {
        Self { options, ahead: false }
    }
}

impl Way {
    fn how(self) -> How {
        let options = PublishOptions { in_place: self == Self::InPlace, ..PublishOptions::default() };
        // Where folders can't be exchanged, that has to be noticed before too.
        How { options, ahead: matches!(self, Self::Prepared | Self::Copies | Self::Mounted) }
    }

    /// Whether readers by the path see one site or the other, never a mixture.
    fn is_whole(self) -> bool {
        matches!(self, Self::Exchange | Self::Prepared)
    }
}

/// Fails, or kills the process, at the `at`-th step; 0 never does.
struct Hindrance {
    way: Way,
    at: usize,
    kill: bool,
    count: AtomicUsize,
    hit: AtomicBool,
}

impl Hindrance {
    fn new(way: Way, at: usize, kill: bool) -> Self {
        Self { way, at, kill, count: AtomicUsize::new(0), hit: AtomicBool::new(false) }
    }
}

impl Hooks for Hindrance {
    fn before(&self, _: Step, _: &Path) -> io::Result<()> {
        if self.count.fetch_add(1, Ordering::SeqCst) + 1 != self.at {
            return Ok(());
        }
        self.hit.store(true, Ordering::SeqCst);
        if self.kill {
            die();
        }
        Err(ErrorKind::StorageFull.into())
    }

    fn exchange(&self, one: &Path, other: &Path) -> disk::Result<Swapped> {
        match self.way {
            Way::NoExchange | Way::Copies => Ok(Swapped::NotHere),
            // Two files can be exchanged, the folder can't.
            Way::Mounted if other.ends_with("output") => Ok(Swapped::Mounted),
            _ => disk::exchange(one, other),
        }
    }

    fn link(&self, from: &Path, to: &Path) -> disk::Result<Option<Stamp>> {
        match self.way {
            Way::Copies if disk::stamp(from).is_some() => disk::copy(from, to).map(Some),
            _ => disk::link(from, to),
        }
    }

    fn sync(&self, _: &Path) -> disk::Result<()> {
        Ok(())
    }

    fn binds_of(&self, _: &Path) -> Vec<Bind> {
        let bind = || Bind { at: "/mnt/www".into(), below: PathBuf::new() };
        if self.way == Way::Bound { vec![bind()] } else { Vec::new() }
    }
}

/// Ends this process as `kill -9` does; an abort would write a core file.
fn die() -> ! {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpid, kill_process};
        let _ = kill_process(getpid(), Signal::KILL);
    }
    std::process::abort()
}

fn old_site() -> Site {
    site(&[
        ("assets/a.1111.css", "old style"),
        ("gone/x.html", "gone"),
        ("index.html", "old home"),
        ("news/a.html", "a"),
        ("news/b.html", "b"),
        ("swap", "a file that becomes a folder"),
        ("turn/x.html", "a folder that becomes a file"),
    ])
}

fn new_site() -> Site {
    site(&[
        ("assets/a.2222.css", "new style"),
        ("feed.atom", "feed"),
        ("index.html", "new home"),
        ("news/a.html", "a"),
        ("news/b.html", "B"),
        ("news/c/d.html", "d"),
        ("swap/x.html", "x"),
        ("turn", "turned"),
    ])
}

/// That the folder is the old or the new site; by a way that goes file by
/// file, that each file is whole and belongs to one of them.
fn assert_old_or_new(bench: &Bench, way: Way, what: &str) {
    let (seen, old, new) = (bench.read(), old_site(), new_site());
    match way {
        way if way.is_whole() => assert!(seen == old || seen == new, "{what}: {seen:#?}"),
        _ => {
            for (path, text) in seen.iter().filter(|(path, _)| !path.ends_with("~new")) {
                let known = [old.get(path), new.get(path)];
                assert!(known.contains(&Some(text)), "{what}: {path} is {text:?}");
            }
            // A page never needs an asset that is not there.
            if seen.get("index.html") == new.get("index.html") {
                assert!(seen.contains_key("assets/a.2222.css"), "{what}");
            } else {
                assert!(seen.contains_key("assets/a.1111.css"), "{what}");
            }
        }
    }
}

/// After whatever happened, the next run is right, and the one after that has
/// nothing to do.
fn assert_next_run_is_right(bench: &Bench, way: Way, what: &str) {
    let new = new_site();
    bench.try_publish(&new, &Hindrance::new(way, 0, false), way.how()).unwrap();
    assert_eq!(bench.read(), new, "{what}");
    assert!(bench.unchanged(&new), "{what}");
    let again = bench.try_publish(&new, &Hindrance::new(way, 0, false), way.how()).unwrap();
    assert_eq!((again.written, again.unchanged, again.removed), (0, new.len(), 0), "{what}");
    // And back, by way of whatever stands in the standby.
    let old = old_site();
    bench.try_publish(&old, &Hindrance::new(way, 0, false), way.how()).unwrap();
    assert_eq!(bench.read(), old, "{what}");
}

#[test]
fn a_failure_at_any_step_leaves_the_old_site_or_the_new() {
    for way in WAYS {
        for at in 1.. {
            let bench = Bench::new();
            bench.try_publish(&old_site(), &Hindrance::new(way, 0, false), way.how()).unwrap();
            // Twice, so that a standby that was a site is there too.
            bench
                .try_publish(&site(&[("index.html", "first")]), &NoHooks, PublishOptions::default())
                .unwrap();
            bench.try_publish(&old_site(), &Hindrance::new(way, 0, false), way.how()).unwrap();
            let hindrance = Hindrance::new(way, at, false);
            let result = bench.try_publish(&new_site(), &hindrance, way.how());
            let what = format!("{way:?}, failure {at}");
            if !hindrance.hit.load(Ordering::SeqCst) {
                assert!(at > 10, "{what}: too few steps");
                break;
            }
            assert!(result.is_err(), "{what}");
            assert_old_or_new(&bench, way, &what);
            assert_next_run_is_right(&bench, way, &what);
        }
    }
}

#[test]
fn a_kill_at_any_step_leaves_the_old_site_or_the_new() {
    for (number, way) in WAYS.iter().enumerate() {
        for at in 1.. {
            let bench = Bench::new();
            bench.try_publish(&old_site(), &Hindrance::new(*way, 0, false), way.how()).unwrap();
            let child = Command::new(std::env::current_exe().unwrap())
                .args(["publish::the_child_that_dies", "--exact"])
                .env("ZHUANLAN_TEST_DIE", format!("{number} {at} {}", bench.root().display()))
                .output()
                .unwrap();
            let what = format!("{way:?}, kill {at}");
            if child.status.success() {
                assert!(at > 10, "{what}: too few steps");
                assert_eq!(bench.read(), new_site(), "{what}");
                break;
            }
            assert_old_or_new(&bench, *way, &what);
            assert_next_run_is_right(&bench, *way, &what);
        }
    }
}

/// Not a test: what [`a_kill_at_any_step_leaves_the_old_site_or_the_new`]
/// runs in a process of its own.
#[test]
fn the_child_that_dies() {
    let Ok(told) = std::env::var("ZHUANLAN_TEST_DIE") else { return };
    let mut told = told.splitn(3, ' ');
    let way = WAYS[told.next().unwrap().parse::<usize>().unwrap()];
    let at = told.next().unwrap().parse().unwrap();
    let root = told.next().unwrap();
    publish(Path::new(root), &new_site(), &Hindrance::new(way, at, true), &way.how()).unwrap();
}

#[test]
fn the_first_site_appears_whole() {
    let bench = Bench::new();
    for at in 1.. {
        let hindrance = Hindrance::new(Way::Exchange, at, false);
        let result = bench.try_publish(&new_site(), &hindrance, PublishOptions::default());
        if result.is_ok() {
            break;
        }
        // What fails once it is there (putting away its list) takes nothing back.
        let there = bench.output().exists();
        assert!(!there || bench.read() == new_site(), "failure {at}");
        if there {
            fs::remove_dir_all(bench.output()).unwrap();
        }
    }
    assert_eq!(bench.read(), new_site());
    assert_eq!(bench.beside(), [".output.releases"]);
}

/// Readers who go by the path find one site or the other at every moment.
#[test]
fn readers_never_miss_a_page() {
    let bench = Bench::new();
    let sites = [old_site(), new_site()];
    bench.publish(&sites[0]);
    let page = bench.output().join("news/b.html");
    let stop = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = 0_usize;
            while !stop.load(Ordering::Relaxed) {
                let text = fs::read_to_string(&page).unwrap();
                assert!(text == "b" || text == "B", "{text:?}");
                seen += 1;
            }
            seen
        });
        let publish =
            |round: usize| bench.try_publish(&sites[round % 2], &NoHooks, PublishOptions::default());
        let results: Vec<_> = (1..60).map(publish).collect();
        // The reader must end before anything here may fail.
        stop.store(true, Ordering::Relaxed);
        let seen = reader.join().unwrap();
        results.into_iter().collect::<Result<Vec<_>, _>>().unwrap();
        seen
    });
    assert!(seen > 60, "{seen}");
}

#[test]
fn only_what_differs_is_written() {
    let bench = Bench::new();
    let done = bench.publish(&old_site());
    assert_eq!((done.written, done.unchanged, done.removed), (7, 0, 0));
    assert_eq!(done.notes, []);
    let inode = |path: &str| disk::stamp(&bench.output().join(path)).unwrap().inode;
    let before = inode("news/a.html");
    let mut edited = old_site();
    edited.insert("news/b.html".into(), "edited".into());
    edited.remove("gone/x.html");
    let done = bench.publish(&edited);
    assert_eq!((done.written, done.unchanged, done.removed), (1, 5, 1));
    assert_eq!(inode("news/a.html"), before, "an unchanged file is the same file");
    assert!(!bench.output().join("gone").exists());
}

/// What somebody does to the files.
type Harm = fn(&Path);

#[cfg(unix)]
#[test]
fn what_changed_behind_our_back_is_put_right() {
    let bench = Bench::new();
    let (old, new) = (old_site(), new_site());
    bench.publish(&new);
    bench.publish(&old);
    assert!(bench.unchanged(&old));
    let harms: [(&str, Harm); 7] = [
        ("edited", |root| fs::write(root.join("output/news/a.html"), "edited").unwrap()),
        ("deleted", |root| fs::remove_file(root.join("output/news/a.html")).unwrap()),
        ("a folder deleted", |root| fs::remove_dir_all(root.join("output/news")).unwrap()),
        ("a link", |root| {
            fs::remove_file(root.join("output/index.html")).unwrap();
            std::os::unix::fs::symlink("/etc/passwd", root.join("output/index.html")).unwrap();
        }),
        ("all deleted", |root| fs::remove_dir_all(root.join("output")).unwrap()),
        ("a former tree spoilt", |root| {
            let tree = former_tree(root);
            fs::write(tree.join("stray.html"), "stray").unwrap();
            fs::remove_file(tree.join("index.html")).unwrap();
            fs::write(tree.join("index.html"), "spoilt").unwrap();
            fs::write(root.join("output/feed.atom~new"), "left by a run that died").unwrap();
        }),
        ("a former tree deleted", |root| fs::remove_dir_all(former_tree(root)).unwrap()),
    ];
    for (what, harm) in harms {
        harm(bench.root());
        let intact = what.starts_with("a former tree");
        assert_eq!(bench.unchanged(&old), intact, "{what}");
        bench.publish(&old);
        if !intact {
            assert_eq!(bench.read(), old, "{what}");
        }
        bench.publish(&new);
        assert_eq!(bench.read(), new, "{what}");
        bench.publish(&old);
        assert_eq!(bench.read(), old, "{what}");
    }
}

#[test]
fn a_damaged_manifest_vouches_for_nothing() {
    let bench = Bench::new();
    let (old, new) = (old_site(), new_site());
    bench.publish(&old);
    let path = store(bench.root()).join("manifest");
    let whole = fs::read_to_string(&path).unwrap();
    let cut = &whole[..whole.len() / 2];
    let forged = whole.replace("news/a.html", "news/A.html");
    for damaged in ["", cut, &forged, "\u{0}"] {
        fs::write(&path, damaged).unwrap();
        assert!(!bench.unchanged(&old));
        let done = bench.publish(&new);
        assert_eq!((done.written, done.unchanged), (new.len(), 0));
        assert_eq!(bench.read(), new);
        bench.publish(&old);
        assert_eq!(bench.read(), old);
    }
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    for in_place in [false, true] {
        let bench = Bench::new();
        fs::create_dir_all(bench.output()).unwrap();
        // An empty folder is as good as none.
        fs::remove_dir(bench.output()).unwrap();
        fs::create_dir_all(bench.output().join("家庭照片")).unwrap();
        fs::write(bench.output().join("家庭照片/1.jpg"), "photo").unwrap();
        let how = PublishOptions { in_place, ..PublishOptions::default() };
        let error = bench.try_publish(&new_site(), &NoHooks, how).unwrap_err();
        assert!(matches!(error, Error::NotOurs { .. }), "{error:?}");
        let said = error.message(Lang::Zh);
        assert!(said.text.contains("家庭照片/1.jpg"));
        let hint = said.hint.unwrap();
        assert!(hint.contains("--output") && hint.contains(".output.releases"), "{hint}");
        assert_eq!(bench.read(), site(&[("家庭照片/1.jpg", "photo")]));
    }
    let bench = Bench::new();
    fs::create_dir_all(bench.output()).unwrap();
    bench.publish(&new_site());
    assert_eq!(bench.read(), new_site());

    // A manifest does not make another folder ours.
    fs::remove_dir_all(bench.output()).unwrap();
    fs::create_dir_all(bench.output()).unwrap();
    fs::write(bench.output().join("a.txt"), "a").unwrap();
    assert!(matches!(
        bench.try_publish(&old_site(), &NoHooks, PublishOptions::default()),
        Err(Error::NotOurs { unrecorded: None, .. })
    ));
}

/// Somebody cleared away what lies beside it.
#[test]
fn a_site_without_its_records_is_named_as_what_it_may_be() {
    let bench = Bench::new();
    bench.publish(&old_site());
    fs::remove_dir_all(bench.root().join(".output.releases")).unwrap();
    let error = bench.try_publish(&new_site(), &NoHooks, PublishOptions::default()).unwrap_err();
    let Error::NotOurs { unrecorded: Some(records), .. } = &error else { panic!("{error:?}") };
    assert!(records.ends_with(".output.releases"));
    let hint = error.message(Lang::En).hint.unwrap();
    assert!(hint.contains("put them back") && hint.contains("rename"), "{hint}");
    assert_eq!(bench.read(), old_site());
    // As the hint says.
    fs::rename(bench.output(), bench.root().join("output.old")).unwrap();
    bench.publish(&new_site());
    assert_eq!(bench.read(), new_site());
}

#[cfg(unix)]
#[test]
fn what_others_add_is_carried_over() {
    for way in WAYS {
        let bench = Bench::new();
        let publish =
            |site: &Site| bench.try_publish(site, &Hindrance::new(way, 0, false), way.how()).unwrap();
        publish(&old_site());
        fs::create_dir_all(bench.output().join(".git/refs")).unwrap();
        fs::create_dir_all(bench.output().join(".stfolder")).unwrap();
        fs::write(bench.output().join(".git/HEAD"), "ref").unwrap();
        fs::write(bench.output().join("news/添加.txt"), "added").unwrap();
        std::os::unix::fs::symlink("news", bench.output().join("link")).unwrap();
        for wanted in [new_site(), old_site(), new_site(), site(&[("index.html", "i")]), old_site()] {
            let done = publish(&wanted);
            assert!(
                done.notes.contains(&Note::Strangers(3, ".git/HEAD".into())),
                "{way:?}: {:?}",
                done.notes
            );
            let mut expected = wanted.clone();
            expected.insert(".git/HEAD".into(), "ref".into());
            expected.insert("news/添加.txt".into(), "added".into());
            assert_eq!(bench.read(), expected, "{way:?}");
            assert!(bench.output().join(".git/refs").is_dir(), "{way:?}");
            assert!(bench.output().join(".stfolder").is_dir(), "{way:?}");
            assert_eq!(fs::read_link(bench.output().join("link")).unwrap(), Path::new("news"), "{way:?}");
        }
        // Taken away, it stays away.
        fs::remove_dir_all(bench.output().join(".git")).unwrap();
        publish(&new_site());
        assert!(!bench.output().join(".git").exists(), "{way:?}");

        clean(&Place::new(&bench.output(), bench.root()).unwrap(), "test").unwrap();
        assert_eq!(bench.read(), site(&[("news/添加.txt", "added")]), "{way:?}");
    }
}

#[test]
fn clean_leaves_nothing_but_the_lock() {
    let bench = Bench::new();
    bench.publish(&old_site());
    bench.publish(&new_site());
    let place = Place::new(&bench.output(), bench.root()).unwrap();
    assert_eq!(clean(&place, "test").unwrap(), new_site().len());
    assert!(!bench.output().exists());
    assert_eq!(bench.beside(), [".output.releases"]);
    let left: Vec<_> = fs::read_dir(bench.root().join(".output.releases")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(clean(&place, "test").unwrap(), 0);
    fs::create_dir(bench.output()).unwrap();
    fs::write(bench.output().join("x"), "x").unwrap();
    assert!(matches!(clean(&place, "test"), Err(Error::NotOurs { .. })));
}

#[test]
fn one_publishes_at_a_time() {
    let bench = Bench::new();
    let place = Place::new(&bench.output(), bench.root()).unwrap();
    let first = Publisher::open(place.clone(), "pid 4711, zhuanlan watch", &NoHooks).unwrap();
    let second = Publisher::open(place.clone(), "test", &NoHooks).unwrap_err();
    for (lang, words) in
        [(Lang::Zh, "另一个 zhuanlan 正在发布到"), (Lang::En, "another zhuanlan is publishing to")]
    {
        let said = second.message(lang).text;
        assert!(said.starts_with(words), "{said}");
        if cfg!(unix) {
            assert!(said.contains("pid 4711, zhuanlan watch"), "{said}");
        }
    }
    drop(first);
    Publisher::open(place, "test", &NoHooks).unwrap();
}

#[test]
fn a_site_may_not_lie_among_its_sources() {
    let bench = Bench::new();
    fs::create_dir_all(bench.root().join("content")).unwrap();
    let place = |path: &str| Place::new(&bench.root().join(path), bench.root());
    for path in ["", ".", "..", "content", "content/out", "themes/x", "content/../themes"] {
        assert!(matches!(place(path), Err(Error::AmongSources { .. })), "{path}");
    }
    fs::write(bench.root().join("file"), "x").unwrap();
    assert!(matches!(place("file"), Err(Error::NotAFolder { .. })));
    assert!(place("contents").is_ok());
    assert!(place("deep/er/output").is_ok());
}

#[cfg(unix)]
#[test]
fn a_link_to_the_output_stays_a_link() {
    let bench = Bench::new();
    fs::create_dir(bench.root().join("www")).unwrap();
    std::os::unix::fs::symlink("www", bench.output()).unwrap();
    for site in [old_site(), new_site()] {
        bench.publish(&site);
        assert_eq!(read(&bench.root().join("www")), site);
        assert!(bench.output().is_symlink());
    }
}

#[test]
fn a_photo_that_changed_during_the_build_is_not_published() {
    let bench = Bench::new();
    let source = bench.root().join("content/p.jpg");
    fs::create_dir_all(source.parent().unwrap()).unwrap();
    fs::write(&source, "photo").unwrap();
    let blob = |len| {
        let content = Content::Blob(SourcePath::new("content/p.jpg").unwrap(), len);
        let artifact = Artifact { key: Key::hash(b"photo"), content };
        Output { files: [(OutputPath::new("assets/p.jpg").unwrap(), artifact)].into(), ..Output::default() }
    };
    let publish = |output: &Output| {
        let place = Place::new(&bench.output(), bench.root()).unwrap();
        let mut publisher = Publisher::open(place, "test", &NoHooks).unwrap();
        publisher.publish(
            output,
            &Files::new(&fs::canonicalize(bench.root()).unwrap()),
            None,
            PublishOptions::default(),
        )
    };
    publish(&blob(4)).unwrap_err();
    assert!(!bench.output().exists());
    publish(&blob(5)).unwrap();
    assert_eq!(bench.read(), site(&[("assets/p.jpg", "photo")]));
    // The copy is a file of its own.
    fs::write(&source, "other").unwrap();
    assert_eq!(bench.read(), site(&[("assets/p.jpg", "photo")]));
}

#[test]
fn a_replay_holds_while_inputs_and_time_do() {
    let bench = Bench::new();
    bench.publish(&old_site());
    let place = Place::new(&bench.output(), bench.root()).unwrap();
    let publisher = Publisher::open(place, "test", &NoHooks).unwrap();
    let at = |hour| Now::Local(date(2021, 3, 8).at(hour, 0, 0, 0));
    let same = inputs(&old_site());
    let files = Files::new(bench.root());
    assert!(publisher.unchanged(same, at(8), &files).is_some());
    assert!(publisher.unchanged(same, at(23), &files).is_some());
    assert!(publisher.unchanged(same, at(7), &files).is_none());
    assert!(publisher.unchanged(same, Now::Local(date(2021, 3, 9).at(0, 0, 0, 0)), &files).is_none());
    assert!(publisher.unchanged(inputs(&new_site()), at(8), &files).is_none());
    // 2021-03-08 09:00 in Shanghai.
    let instant = Now::Instant("2021-03-08T01:00:00Z".parse().unwrap());
    assert!(publisher.unchanged(same, instant, &files).is_some());
}

#[test]
fn sync_publishes_too() {
    let bench = Bench::new();
    bench
        .try_publish(&old_site(), &NoHooks, PublishOptions { sync: true, ..PublishOptions::default() })
        .unwrap();
    assert_eq!(bench.read(), old_site());
}

/// One thing that happens to a folder.
#[derive(Debug, Clone)]
enum Event {
    Publish(Site, Way),
    Fail(Site, Way, usize),
    Edit(usize),
    Delete(usize),
    LoseFormer,
    LoseManifest,
}

fn sites() -> impl Strategy<Value = Site> {
    let path =
        prop::sample::select(vec!["index.html", "a/b.html", "a/c.html", "a", "d/e/f.html", "assets/x.css"]);
    prop::collection::btree_map(path.prop_map(str::to_owned), "[xyz]{0,3}", 0..5).prop_map(|mut site| {
        // A name can't be both a file and a folder.
        if site.contains_key("a") {
            site.retain(|path, _| !path.starts_with("a/"));
        }
        site
    })
}

fn events() -> impl Strategy<Value = Event> {
    let way = || prop::sample::select(WAYS.to_vec());
    prop_oneof![
        4 => (sites(), way()).prop_map(|(site, way)| Event::Publish(site, way)),
        4 => (sites(), way(), 1..40_usize).prop_map(|(site, way, at)| Event::Fail(site, way, at)),
        1 => (0..6_usize).prop_map(Event::Edit),
        1 => (0..6_usize).prop_map(Event::Delete),
        1 => Just(Event::LoseFormer),
        1 => Just(Event::LoseManifest),
    ]
}

proptest! {
    #![proptest_config(crate::property::cases(96))]

    /// However the folders came to be as they are, publishing is right.
    #[test]
    fn any_history_ends_well(history in prop::collection::vec(events(), 1..14), last in sites()) {
        let bench = Bench::new();
        bench.publish(&old_site());
        let nth = |n: usize| {
            let files: Vec<String> = bench.read().into_keys().collect();
            (!files.is_empty()).then(|| bench.output().join(&files[n % files.len()]))
        };
        for event in history {
            match event {
                Event::Publish(site, way) => {
                    bench.try_publish(&site, &Hindrance::new(way, 0, false), way.how()).unwrap();
                    prop_assert_eq!(bench.read(), site);
                }
                Event::Fail(site, way, at) => {
                    let before = bench.read();
                    let result = bench.try_publish(&site, &Hindrance::new(way, at, false), way.how());
                    if result.is_ok() || way.is_whole() {
                        let seen = bench.read();
                        prop_assert!(seen == site || (seen == before && result.is_err()));
                    }
                }
                Event::Edit(n) => {
                    if let Some(file) = nth(n) {
                        fs::write(file, "edited by hand").unwrap();
                    }
                }
                Event::Delete(n) => {
                    if let Some(file) = nth(n) {
                        fs::remove_file(file).unwrap();
                    }
                }
                Event::LoseFormer => drop(fs::remove_dir_all(former_tree(bench.root()))),
                Event::LoseManifest => fs::write(store(bench.root()).join("manifest"), "").unwrap(),
            }
        }
        bench.publish(&last);
        prop_assert_eq!(bench.read(), last.clone());
        prop_assert!(bench.unchanged(&last));
        prop_assert_eq!(bench.publish(&last).written, 0);
    }
}

#[test]
fn what_was_finished_before_is_published_as_the_rest_or_goes() {
    let bench = Bench::new();
    let old = site(&[("index.html", "old"), ("news/a.html", "a"), ("news/b.html", "b")]);
    bench.publish(&old);
    let place = || Place::new(&bench.output(), bench.root()).unwrap();
    let key = |text: &str| Key::hash(text.as_bytes());
    let take = |publisher: &Publisher<'_>, path: &str, text: &str| {
        publisher.take(&OutputPath::new(path).unwrap(), key(text), text.as_bytes())
    };
    let spool = store(bench.root()).join("spool");

    // A build that ends with an error publishes nothing, and leaves nothing.
    let publisher = Publisher::open(place(), "test", &NoHooks).unwrap();
    assert!(take(&publisher, "index.html", "new") && take(&publisher, "news/c.html", "c"));
    assert_eq!(read(&spool).len(), 2);
    assert_eq!(bench.read(), old);
    drop(publisher);
    assert!(!spool.exists());

    // A run that died leaves it, and the next one clears it away.
    fs::create_dir_all(&spool).unwrap();
    fs::write(spool.join("index.html"), "stale").unwrap();
    let mut publisher = Publisher::open(place(), "test", &NoHooks).unwrap();
    assert!(!spool.exists());

    // What the site has is not written again; another file at the same path
    // counts, where the output says so.
    assert!(take(&publisher, "news/a.html", "a") && take(&publisher, "news/b.html", "other"));
    assert!(!take(&publisher, "news/b.html", "twice"));
    assert_eq!(read(&spool), site(&[("news/b.html", "other")]));
    let new = site(&[("index.html", "new"), ("news/a.html", "a"), ("news/b.html", "bytes")]);
    let mut output = output(&new);
    let a = output.files.get_mut(&OutputPath::new("news/a.html").unwrap()).unwrap();
    a.content = Content::Spooled(1);
    publisher.publish(&output, &Files::new(bench.root()), None, PublishOptions::default()).unwrap();
    assert_eq!(bench.read(), new);
    drop(publisher);
    assert!(!spool.exists());
    assert_eq!(bench.beside(), [".output.releases"]);
}

/// Counts the files of each step.
#[derive(Default)]
struct Counted {
    linked: AtomicUsize,
    written: AtomicUsize,
    cleared: AtomicUsize,
}

impl Counted {
    /// Files linked, written and cleared since the last time.
    fn take(&self) -> (usize, usize, usize) {
        let [linked, written, cleared] =
            [&self.linked, &self.written, &self.cleared].map(|count| count.swap(0, Ordering::SeqCst));
        (linked, written, cleared)
    }
}

impl Hooks for Counted {
    fn before(&self, step: Step, _: &Path) -> io::Result<()> {
        let count = match step {
            Step::Link => &self.linked,
            Step::Write => &self.written,
            Step::Clear => &self.cleared,
            _ => return Ok(()),
        };
        count.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

/// As `watch` does it.
#[test]
fn what_is_prepared_costs_what_changed_when_it_is_published() {
    let (bench, hooks) = (Bench::new(), Counted::default());
    let mut publisher =
        Publisher::open(Place::new(&bench.output(), bench.root()).unwrap(), "test", &hooks).unwrap();
    let publish = |publisher: &mut Publisher<'_>, site: &Site| {
        let options = PublishOptions::default();
        publisher.publish(&output(site), &Files::new(bench.root()), None, options).unwrap();
        assert_eq!(bench.read(), *site);
    };
    let mut sites = vec![old_site()];
    publish(&mut publisher, &sites[0]);
    assert_eq!(hooks.take(), (0, 7, 0));
    publisher.prepare_for_later(false).unwrap();
    assert_eq!(hooks.take(), (7, 0, 0));
    for round in 0..4 {
        let former = sites[round].clone();
        let mut site = former.clone();
        site.insert("index.html".into(), format!("home {round}"));
        site.insert(format!("news/{round}.html"), "new".into());
        if round == 2 {
            // It comes with the next release; the former one keeps what it is.
            fs::write(bench.output().join("news/a.html"), "by somebody else").unwrap();
        }
        publisher.prepare(false).unwrap();
        assert_eq!(hooks.take(), (0, 0, 0), "all was prepared before");
        publish(&mut publisher, &site);
        let (linked, written, cleared) = hooks.take();
        assert_eq!((linked, cleared), (0, 0), "round {round}");
        assert_eq!(written, if round == 2 { 3 } else { 2 }, "round {round}");
        if round != 2 {
            assert_eq!(read(&former_tree(bench.root())), former, "what was the site is as it was");
        }
        publisher.prepare_for_later(false).unwrap();
        assert_eq!(hooks.take(), (site.len(), 0, 0), "each file gets a second name");
        sites.push(site);
    }
}

/// Between a build's beginning and its end.
#[test]
fn what_others_do_while_a_site_is_built_is_kept_or_put_right() {
    let bench = Bench::new();
    bench.publish(&old_site());
    let mut publisher =
        Publisher::open(Place::new(&bench.output(), bench.root()).unwrap(), "test", &NoHooks).unwrap();
    publisher.prepare(false).unwrap();
    fs::write(bench.output().join("swap"), "changed before the build asks for it").unwrap();
    let key = Key::hash(old_site()["swap"].as_bytes());
    assert!(publisher.take(&OutputPath::new("swap").unwrap(), key, old_site()["swap"].as_bytes()));
    fs::create_dir_all(bench.output().join(".well-known/acme-challenge")).unwrap();
    fs::write(bench.output().join(".well-known/acme-challenge/t"), "token").unwrap();
    fs::remove_file(bench.output().join("news/a.html")).unwrap();
    fs::write(bench.output().join("beside~"), "theirs").unwrap();
    fs::rename(bench.output().join("beside~"), bench.output().join("news/b.html")).unwrap();
    let mut edited = old_site();
    edited.insert("index.html".into(), "edited".into());
    let options = PublishOptions::default();
    publisher.publish(&output(&edited), &Files::new(bench.root()), None, options).unwrap();
    drop(publisher);
    let mut expected = edited.clone();
    expected.insert(".well-known/acme-challenge/t".into(), "token".into());
    assert_eq!(bench.read(), expected);
    let again = bench.publish(&edited);
    assert_eq!((again.written, again.removed), (0, 0));
}

/// A build with an error prepared in vain; the next one goes on from there.
#[test]
fn what_was_prepared_in_vain_is_there_for_the_next_run() {
    let (bench, hooks) = (Bench::new(), Counted::default());
    bench.publish(&old_site());
    let place = || Place::new(&bench.output(), bench.root()).unwrap();
    Publisher::open(place(), "test", &NoHooks).unwrap().prepare(false).unwrap();
    assert_eq!(bench.read(), old_site());
    // Whatever else comes to lie there.
    let spare = store(bench.root()).join("spare");
    fs::remove_file(spare.join("news/a.html")).unwrap();
    fs::write(spare.join("news/a.html"), "half").unwrap();
    fs::create_dir_all(spare.join("x/y")).unwrap();
    let mut edited = old_site();
    edited.insert("index.html".into(), "edited".into());
    bench.try_publish(&edited, &hooks, PublishOptions::default()).unwrap();
    assert_eq!(bench.read(), edited);
    // The home page is written while the site is built, and then moved.
    assert_eq!(hooks.take(), (1, 2, 3), "one link was wrong, two folders were needless");
    assert!(!spare.exists());
}
