//! Former releases: which are kept, how one goes back, and what of them stays
//! within reach.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use zhuanlan::build::{Artifact, Content, Output};
use zhuanlan::config::Publishing;
use zhuanlan::disk::Files;
use zhuanlan::memo::Key;
use zhuanlan::path::OutputPath;
use zhuanlan::publish::{
    Error, Hooks, Named, NoHooks, Note, Place, PublishOptions, Published, Publisher, difference, releases,
};

/// A site that is published again and again, by a clock of its own.
pub(super) struct Column {
    pub(super) dir: TempDir,
    pub(super) publishing: Publishing,
    pub(super) in_place: bool,
    pub(super) now: Timestamp,
}

impl Column {
    pub(super) fn new() -> Self {
        let now = "2026-11-30T08:00:00Z".parse().unwrap();
        Self { dir: TempDir::new().unwrap(), publishing: Publishing::default(), in_place: false, now }
    }

    pub(super) fn output(&self) -> PathBuf {
        self.dir.path().join("output")
    }

    fn later(&mut self, hours: i64) {
        self.now += SignedDuration::from_hours(hours);
    }

    fn how(&self) -> PublishOptions {
        PublishOptions { at: self.now, in_place: self.in_place, ..PublishOptions::default() }
    }

    fn publisher<'s>(&self, hooks: &'s dyn Hooks) -> Publisher<'s> {
        Publisher::open(Place::new(&self.output(), self.dir.path()).unwrap(), "test", hooks).unwrap()
    }

    pub(super) fn publish(&self, files: &[(&str, &str)]) -> Published {
        self.publish_with(files, &NoHooks)
    }

    pub(super) fn publish_with(&self, files: &[(&str, &str)], hooks: &dyn Hooks) -> Published {
        let artifact = |text: &str| Artifact {
            key: Key::hash(text.as_bytes()),
            content: Content::Bytes(text.as_bytes().into()),
        };
        let files = files.iter().map(|(path, text)| (OutputPath::former(path).unwrap(), artifact(text)));
        let output =
            Output { files: files.collect(), publishing: self.publishing.clone(), ..Output::default() };
        let blobs = Files::new(self.dir.path());
        self.publisher(hooks).publish(&output, &blobs, None, self.how()).unwrap()
    }

    fn roll_back(&self, number: Option<u64>) -> Result<Published, Error> {
        self.publisher(&NoHooks).roll_back(number, self.how())
    }

    pub(super) fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.output().join(path)).ok()
    }

    /// Numbers of former releases, and whether one can go back to each.
    fn kept(&self) -> Vec<(u64, bool)> {
        let kept = releases(&Place::new(&self.output(), self.dir.path()).unwrap()).unwrap();
        kept.former.iter().map(|release| (release.number, release.kept)).collect()
    }
}

const FIRST: [(&str, &str); 4] = [
    ("assets/gazette.11111111.css", "style 1"),
    ("assets/photos/a.aaaaaaaa.480.webp", "photo"),
    ("index.html", "home 1"),
    ("news/a.html", "a"),
];

const SECOND: [(&str, &str); 3] =
    [("assets/gazette.22222222.css", "style 2"), ("index.html", "home 2"), ("news/a.html", "a")];

/// Case `web-open-tab-asset-404`.
#[test]
fn styles_of_former_releases_can_be_asked_for_a_day_long() {
    for in_place in [false, true] {
        let mut column = Column { in_place, ..Column::new() };
        column.publish(&FIRST);
        column.later(1);
        let done = column.publish(&SECOND);
        assert_eq!((done.written, done.removed), (2, 1), "the photo alone went");
        assert_eq!(column.text("assets/gazette.11111111.css").as_deref(), Some("style 1"));
        // A photo that was taken back is gone at once.
        assert_eq!(column.text("assets/photos/a.aaaaaaaa.480.webp"), None);
        column.later(23);
        let mut third = SECOND.to_vec();
        third[1].1 = "home 3";
        column.publish(&third);
        assert!(column.text("assets/gazette.11111111.css").is_some());
        column.later(1);
        third[1].1 = "home 4";
        column.publish(&third);
        assert_eq!(column.text("assets/gazette.11111111.css"), None, "in place: {in_place}");
        assert!(column.text("assets/gazette.22222222.css").is_some());
        // It comes again, as a file of the site.
        column.publish(&FIRST);
        column.later(48);
        let mut last = FIRST.to_vec();
        last[3].1 = "a2";
        column.publish(&last);
        assert_eq!(column.text("assets/gazette.11111111.css").as_deref(), Some("style 1"));
    }
}

#[test]
fn a_former_release_is_shown_again_at_once() {
    let mut column = Column::new();
    column.publish(&FIRST);
    column.later(1);
    column.publish(&SECOND);
    column.later(1);
    let done = column.roll_back(None).unwrap();
    assert_eq!(done.release, 3);
    for (path, text) in FIRST {
        assert_eq!(column.text(path).as_deref(), Some(text), "{path}");
    }
    assert!(column.text("assets/gazette.22222222.css").is_some(), "open tabs keep their style");
    // Its time is younger than that of the page it replaces, so that caches ask.
    let time = |tree: &Path| fs::metadata(tree.join("index.html")).unwrap().modified().unwrap();
    let store = store(&column);
    assert!(time(&column.output()) > time(&store.join("2")), "times never go back");
    // Nothing is earlier than what is shown; but the newer one can be had.
    assert!(matches!(column.roll_back(None), Err(Error::NoRelease { wanted: None, .. })));
    assert!(matches!(column.roll_back(Some(9)), Err(Error::NoRelease { wanted: Some(9), .. })));
    column.later(1);
    column.roll_back(Some(2)).unwrap();
    assert_eq!(column.text("index.html").as_deref(), Some("home 2"));
    assert_eq!(column.kept(), [(1, true), (2, true), (3, true)]);
}

#[test]
fn addresses_that_lead_on_are_apart_from_those_that_are_gone() {
    let mut column = Column::new();
    let to_b = "<meta http-equiv=\"refresh\" content=\"0; url=b.html\"><title>甲</title>";
    column.publish(&[("news/a.html", "<title>甲</title>"), ("news/c.html", "<title>丙</title>")]);
    column.later(1);
    column.publish(&[("news/a.html", to_b), ("news/b.html", "<title>甲</title>"), ("news/old.html", to_b)]);
    let place = Place::new(&column.output(), column.dir.path()).unwrap();
    let paths = |pages: &[Named]| pages.iter().map(|page| page.path.to_string()).collect::<Vec<_>>();
    let found = difference(&place, None, None).unwrap();
    assert_eq!(
        (paths(&found.new), paths(&found.gone)),
        (vec!["news/b.html".into()], vec!["news/c.html".into()])
    );
    let moved: Vec<_> = found.moved.iter().map(|(page, to)| (page.path.as_str(), to.as_str())).collect();
    assert_eq!(moved, [("news/a.html", "b.html"), ("news/old.html", "b.html")]);
    assert!(found.changed.is_empty());
    // One that led on before is no news.
    column.later(1);
    let styled = to_b.replace("<title>", "<link><title>");
    column.publish(&[("news/a.html", &styled), ("news/b.html", "<title>甲</title>")]);
    let found = difference(&place, None, None).unwrap();
    assert_eq!((found.moved.len(), found.changed.len(), found.others), (0, 0, [0, 1, 0]));
}

#[test]
fn going_back_twice_goes_back_two() {
    let mut column = Column::new();
    for home in ["1", "2", "3"] {
        column.publish(&[("index.html", home)]);
        column.later(1);
    }
    column.roll_back(None).unwrap();
    assert_eq!(column.text("index.html").as_deref(), Some("2"));
    column.roll_back(None).unwrap();
    assert_eq!(column.text("index.html").as_deref(), Some("1"));
}

#[test]
fn a_damaged_release_is_not_shown() {
    let mut column = Column::new();
    column.publish(&FIRST);
    column.later(1);
    column.publish(&SECOND);
    let page = store(&column).join("1/index.html");
    fs::remove_file(&page).unwrap();
    fs::write(&page, "forged").unwrap();
    assert!(matches!(column.roll_back(None), Err(Error::DamagedRelease(1))));
    assert_eq!(column.text("index.html").as_deref(), Some("home 2"));
}

/// The folder in which manifests and trees lie.
fn store(column: &Column) -> PathBuf {
    let hidden = column.dir.path().join(".output.releases");
    let mut entries = fs::read_dir(hidden).unwrap().map(|entry| entry.unwrap().path());
    entries.find(|path| path.is_dir()).unwrap()
}

#[test]
fn so_many_are_kept_as_asked_for() {
    let mut column = Column::new();
    column.publishing.keep = 2;
    for home in 1..=6 {
        column.publish(&[("index.html", &format!("home {home}")), ("a.html", "a")]);
        column.later(1);
    }
    assert_eq!(column.kept(), [(4, true), (5, true)]);
    assert_eq!(column.text("index.html").as_deref(), Some("home 6"));
    // Those of the last ten minutes stay in any case: somebody may copy them.
    column.publishing.keep = 0;
    for home in 7..=9 {
        column.publish(&[("index.html", &format!("home {home}")), ("a.html", "a")]);
    }
    assert_eq!(column.kept().into_iter().map(|(number, _)| number).collect::<Vec<_>>(), [6, 7, 8]);
    column.later(1);
    column.publish(&[("index.html", "home 10"), ("a.html", "a")]);
    assert_eq!(column.kept(), [(9, true)]);
}

/// Cases `web-bind-mount-mixture-and-404` and `web-rsync-through-two-builds`:
/// who has entered the folder goes on seeing that release, whole.
#[cfg(unix)]
#[test]
fn a_tree_that_was_seen_is_never_changed() {
    let mut column = Column::new();
    column.publishing.keep = 3;
    let mut seen = Vec::new();
    for round in 1..=12 {
        let (home, style) = (format!("home {round}"), format!("assets/gazette.{round:08x}.css"));
        let news = format!("news/{}.html", round / 3);
        column.publish(&[("index.html", &home), (&style, "style"), (&news, &home), ("same.html", "same")]);
        // An open folder stays the same one, whatever its name becomes.
        let folder = fs::File::open(column.output()).unwrap();
        let whole = read(&column.output());
        seen.push((folder, whole));
        if seen.len() > 3 {
            seen.remove(0);
        }
        for (folder, whole) in &seen {
            assert_eq!(&read(&opened(folder)), whole, "round {round}");
        }
        column.later(1);
    }
}

/// Where an open folder can be read.
#[cfg(unix)]
fn opened(folder: &fs::File) -> PathBuf {
    use std::os::fd::AsRawFd as _;
    format!("/proc/self/fd/{}/", folder.as_raw_fd()).into()
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// A clock that was set back, or two builds in one second, give no file a time
/// that caches know already.
#[test]
fn times_never_go_back() {
    for in_place in [false, true] {
        let column = Column { in_place, ..Column::new() };
        column.publish(&[("index.html", "one")]);
        let page = column.output().join("index.html");
        let ahead = SystemTime::now() + Duration::from_hours(24);
        fs::File::open(&page).unwrap().set_modified(ahead).unwrap();
        let mut last = fs::metadata(&page).unwrap().modified().unwrap();
        for text in ["two", "six", "ten"] {
            column.publish(&[("index.html", text)]);
            let time = fs::metadata(&page).unwrap().modified().unwrap();
            // Servers and caches count whole seconds.
            let seconds = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
            assert!(seconds(time) > seconds(last), "{text}");
            assert_eq!(column.publish(&[("index.html", text)]).written, 0);
            last = time;
        }
    }
}

/// Case `web-standby-served-from-web-root`: what lies beside the site is for
/// its owner alone, under a name that nobody can guess.
#[cfg(unix)]
#[test]
fn nothing_beside_the_site_can_be_reached() {
    use std::os::unix::fs::PermissionsExt as _;
    let column = Column::new();
    column.publish(&FIRST);
    column.publish(&SECOND);
    let hidden = column.dir.path().join(".output.releases");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&hidden), 0o700);
    let store = store(&column);
    assert_eq!(mode(&store), 0o700);
    assert_eq!(store.file_name().unwrap().len(), 32);
    let names: Vec<_> = fs::read_dir(&hidden).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    // A folder that others can enter is closed.
    fs::set_permissions(&hidden, fs::Permissions::from_mode(0o755)).unwrap();
    column.publish(&FIRST);
    assert_eq!(mode(&hidden), 0o700);
}

/// What a version of before put beside the output says that the files are
/// ours, and goes.
#[test]
fn a_site_of_a_former_version_is_taken_over() {
    let column = Column::new();
    fs::create_dir_all(column.output().join("news")).unwrap();
    for (path, text) in [("index.html", "old"), ("news/gone.html", "gone")] {
        fs::write(column.output().join(path), text).unwrap();
    }
    let beside = |name: &str| column.dir.path().join(format!(".output.{name}"));
    fs::write(beside("manifest"), "zhuanlan manifest 1\nnull\nn - - - - index.html\n0\n").unwrap();
    fs::create_dir(beside("standby")).unwrap();
    fs::write(beside("lock"), "").unwrap();
    column.publish(&SECOND);
    assert_eq!(read(&column.output()).len(), SECOND.len());
    for name in ["manifest", "standby", "lock"] {
        assert!(!beside(name).exists(), "{name}");
    }
    assert_eq!(column.publish(&SECOND).written, 0);
}

/// A process that works in a former tree is named, and keeps it.
#[cfg(target_os = "linux")]
#[test]
fn a_process_in_a_former_tree_is_named() {
    let mut column = Column::new();
    column.publishing.keep = 0;
    column.publish(&FIRST);
    let mut server =
        std::process::Command::new("sleep").arg("600").current_dir(column.output()).spawn().unwrap();
    column.later(1);
    column.publish(&SECOND);
    column.later(1);
    let done = column.publish(&FIRST);
    column.later(1);
    let again = column.publish(&SECOND);
    server.kill().unwrap();
    server.wait().unwrap();
    let note = Note::Outdated { program: "sleep".into(), pid: server.id(), release: 1 };
    assert!(done.notes.contains(&note) && again.notes.contains(&note), "{:?}", done.notes);
    assert_eq!(column.kept(), [(1, true), (3, true)]);
    column.later(1);
    assert_eq!(column.publish(&FIRST).notes, []);
    assert_eq!(column.kept(), [(4, true)]);
}
