//! Publication among others: umask, owners and lists of who may read; files that
//! strangers add meanwhile; full disks; readers that hold the folder.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, thread};

use zhuanlan::disk::{self, Swapped};
use zhuanlan::publish::{Hooks, NoHooks, Note, Step};

use super::releases::Column;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn site(home: &str) -> [(&'static str, String); 3] {
    [("index.html", home.into()), ("news/a.html", "a".into()), ("news/b.html", home.into())]
}

fn publish(column: &Column, home: &str) -> Vec<Note> {
    let site = site(home);
    let files: Vec<(&str, &str)> = site.iter().map(|(path, text)| (*path, text.as_str())).collect();
    column.publish(&files).notes
}

/// Case `web-umask-077-hides-site`. The umask is a process's own, so the whole
/// command runs under it.
#[test]
fn a_narrow_umask_hides_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &str| {
        let command = format!("umask 077; '{}' {args}", env!("CARGO_BIN_EXE_zhuanlan"));
        let done = Command::new("sh").arg("-c").arg(command).current_dir(dir.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    run("init 专栏");
    run("--root 专栏 build");
    let output = dir.path().join("专栏/output");
    for _ in 0..2 {
        for (path, wanted) in [("", 0o755), ("news", 0o755), ("index.html", 0o644), ("feed.atom", 0o644)] {
            let path = output.join(path);
            if path.exists() {
                assert_eq!(mode(&path), wanted, "{}", path.display());
            }
        }
        let config = dir.path().join("专栏/column.yaml");
        let text = fs::read_to_string(&config).unwrap();
        fs::write(&config, text.replacen("title: ", "title: 新", 1)).unwrap();
        run("--root 专栏 build");
    }
}

/// Case `web-owner-mode-acl-alternate`.
#[test]
fn what_the_team_set_on_the_site_goes_over_to_the_next() {
    let column = Column::new();
    publish(&column, "1");
    let output = column.output();
    for (path, to) in [("", 0o2750), ("news", 0o2751), ("index.html", 0o640), ("news/b.html", 0o604)] {
        set_mode(&output.join(path), to);
    }
    let label = b"shown to the web server";
    let labelled = ["", "news", "index.html"].map(|path| {
        let flags = rustix::fs::XattrFlags::empty();
        rustix::fs::setxattr(output.join(path), "user.web", label, flags).is_ok()
    });
    // Only root may give to another user; else the group stays one's own.
    let root = rustix::process::geteuid().is_root();
    if root {
        for path in ["", "news", "index.html"] {
            std::os::unix::fs::chown(output.join(path), Some(65_534), Some(65_533)).unwrap();
        }
        set_mode(&output, 0o2750);
        set_mode(&output.join("news"), 0o2751);
        set_mode(&output.join("index.html"), 0o640);
    }
    for home in ["2", "3", "4"] {
        assert_eq!(publish(&column, home), [], "build {home}");
        for (path, wanted) in [("", 0o2750), ("news", 0o2751), ("index.html", 0o640), ("news/b.html", 0o604)]
        {
            assert_eq!(mode(&output.join(path)), wanted, "build {home}: {path}");
        }
        for (path, labelled) in ["", "news", "index.html"].into_iter().zip(labelled) {
            let mut value = [0_u8; 64];
            let len = rustix::fs::getxattr(output.join(path), "user.web", &mut value);
            assert_eq!(len.is_ok_and(|len| value[..len] == *label), labelled, "build {home}: {path}");
            if root {
                let meta = fs::metadata(output.join(path)).unwrap();
                assert_eq!((meta.uid(), meta.gid()), (65_534, 65_533), "build {home}: {path}");
            }
        }
    }
}

#[test]
fn the_column_says_who_may_read() {
    let mut column = Column::new();
    publish(&column, "1");
    column.publishing.mode = Some(0o640);
    column.publishing.group = Some(rustix::process::getgid().as_raw().to_string());
    publish(&column, "2");
    let output = column.output();
    for (path, wanted) in [("", 0o750), ("news", 0o750), ("index.html", 0o640), ("news/a.html", 0o640)] {
        assert_eq!(mode(&output.join(path)), wanted, "{path}");
    }
    column.publishing.group = Some("没有这个组".into());
    assert_eq!(publish(&column, "3"), [Note::NoGroup("没有这个组".into())]);
}

/// Does something at a step, once.
struct Meanwhile<F: Fn() + Sync> {
    at: Step,
    act: F,
    left: AtomicUsize,
}

impl<F: Fn() + Sync> Hooks for Meanwhile<F> {
    fn before(&self, step: Step, _: &Path) -> io::Result<()> {
        if step == self.at && self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            (self.act)();
        }
        Ok(())
    }
}

/// Case `web-file-added-during-build-is-lost`.
#[test]
fn what_is_added_while_it_is_published_is_kept() {
    for (publish_in_place, at) in [(false, Step::Record), (false, Step::Exchange), (true, Step::Exchange)] {
        let mut column = Column::new();
        publish(&column, "1");
        fs::create_dir_all(column.output().join(".well-known")).unwrap();
        fs::write(column.output().join("说明.txt"), "of before").unwrap();
        column.publishing.in_place = publish_in_place;
        let output = column.output();
        let act = || {
            fs::create_dir_all(output.join(".well-known/acme-challenge")).unwrap();
            fs::write(output.join(".well-known/acme-challenge/token"), "token").unwrap();
            fs::write(output.join("news/上传.pdf"), "upload").unwrap();
            // Saved anew, as editors do: another file under the same name.
            fs::write(output.join("x"), "of now").unwrap();
            fs::rename(output.join("x"), output.join("说明.txt")).unwrap();
        };
        let hooks = Meanwhile { at, act, left: AtomicUsize::new(1) };
        column.publish_with(&[("index.html", "2"), ("news/a.html", "a")], &hooks);
        for _ in 0..2 {
            for (path, text) in [
                (".well-known/acme-challenge/token", "token"),
                ("news/上传.pdf", "upload"),
                ("说明.txt", "of now"),
                ("index.html", "2"),
            ] {
                assert_eq!(column.text(path).as_deref(), Some(text), "{path}, {at:?}, {publish_in_place}");
            }
            column.publish(&[("index.html", "2"), ("news/a.html", "again")]);
        }
    }
}

/// Fails as a full disk does, once so many files are written.
struct Full(AtomicUsize);

impl Hooks for Full {
    fn before(&self, step: Step, _: &Path) -> io::Result<()> {
        let full = step == Step::Write && self.0.fetch_sub(1, Ordering::SeqCst) == 0;
        if full { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

/// Case `web-full-disk-stays-full`: what could still be written goes again.
#[test]
fn a_full_disk_is_cleaned_up_after() {
    for in_place in [false, true] {
        let column = Column { in_place, ..Column::new() };
        column.publish(&[("index.html", "1"), ("a.html", "a")]);
        let names = |folder: &Path| -> Vec<PathBuf> {
            let mut names: Vec<_> = disk::list(folder).unwrap().into_iter().map(|entry| entry.path).collect();
            names.sort();
            names
        };
        let before = names(column.dir.path());
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            column.publish_with(
                &[("index.html", "2"), ("b.html", "b"), ("c.html", "c"), ("d.html", "d")],
                &Full(AtomicUsize::new(2)),
            )
        }));
        assert!(result.is_err());
        assert_eq!(names(column.dir.path()), before, "in place: {in_place}");
        assert_eq!(column.text("index.html").as_deref(), Some("1"));
    }
}

/// Who reads the site, and how.
struct Reader {
    what: &'static str,
    folder: PathBuf,
    /// Kept open: the folder is read through it.
    _open: Option<fs::File>,
}

/// Case `web-bind-mount-sees-every-second-build`, and all other ways to read:
/// through the whole of 200 builds each reader finds each page with its style,
/// and who reads in place always finds the newest.
#[test]
fn readers_of_every_kind_find_each_page_with_its_style() {
    let mut column = Column::new();
    let build = |column: &Column, round: usize| {
        let style = format!("assets/gazette.{round:08x}.css");
        let page = format!("<link href=\"{style}\"> {round}");
        let pages: Vec<String> = (0..8).map(|n| format!("news/{n}.html")).collect();
        let mut files: Vec<(&str, &str)> = pages.iter().map(|path| (path.as_str(), page.as_str())).collect();
        files.extend([("index.html", page.as_str()), (style.as_str(), "style")]);
        column.publish(&files);
    };
    build(&column, 0);
    let mounted = Mounted::new(&column.output());
    let held = fs::File::open(column.output()).unwrap();
    let mut readers = vec![Reader { what: "by path", folder: column.output(), _open: None }];
    match &mounted {
        Some(mounted) => {
            readers.push(Reader { what: "by bind", folder: mounted.0.path().into(), _open: None });
        }
        // What can't be found out is written in `column.yaml`.
        None => column.publishing.in_place = true,
    }
    readers.push(Reader { what: "holding the folder", folder: through(&held), _open: Some(held) });
    let stop = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        let threads: Vec<_> = readers.iter().map(|reader| scope.spawn(|| watch(reader, &stop))).collect();
        let builds = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for round in 1..=200 {
                build(&column, round);
                for reader in &readers {
                    let text = fs::read_to_string(reader.folder.join("index.html")).unwrap();
                    assert!(text.ends_with(&format!(" {round}")), "{}: build {round}", reader.what);
                }
            }
        }));
        stop.store(true, Ordering::SeqCst);
        for thread in threads {
            thread.join().unwrap();
        }
        builds.unwrap();
    });
}

fn through(folder: &fs::File) -> PathBuf {
    use std::os::fd::AsRawFd as _;
    format!("/proc/self/fd/{}/", folder.as_raw_fd()).into()
}

/// Reads pages and their styles until told to stop.
fn watch(reader: &Reader, stop: &std::sync::atomic::AtomicBool) {
    let pages = ["index.html", "news/0.html", "news/7.html"];
    while !stop.load(Ordering::SeqCst) {
        for page in pages {
            let text = fs::read_to_string(reader.folder.join(page));
            let text = text.unwrap_or_else(|error| panic!("{}: {page}: {error}", reader.what));
            let style = text.split('"').nth(1).unwrap();
            assert!(reader.folder.join(style).exists(), "{}: {page} without {style}", reader.what);
        }
    }
}

/// A bind mount of a folder, undone in the end; `None` where this machine does
/// not let us.
struct Mounted(tempfile::TempDir);

impl Mounted {
    fn new(folder: &Path) -> Option<Self> {
        let at = tempfile::tempdir().unwrap();
        let done = Command::new("mount").arg("--bind").args([folder, at.path()]).output().ok()?;
        done.status.success().then_some(Self(at))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

/// A file that its owner protected is copied over, and a tree that it keeps
/// from being removed is no failure.
#[test]
fn a_protected_file_stops_nothing() {
    let column = Column::new();
    publish(&column, "1");
    let page = column.output().join("index.html");
    let protect = |sign: &str, path: &Path| {
        Command::new("chattr").args(["-R", sign]).arg(path).output().is_ok_and(|done| done.status.success())
    };
    let protected = protect("+i", &page);
    publish(&column, "2");
    assert_eq!(column.text("index.html").as_deref(), Some("2"));
    publish(&column, "3");
    if protected {
        protect("-i", column.dir.path());
    }
    assert_eq!(column.text("index.html").as_deref(), Some("3"));
}

/// On disks whose files have no number that stays (FUSE), size and time have to
/// do: nothing is written twice, and there is no moment without a site.
#[test]
fn a_disk_without_numbers_rewrites_nothing() {
    struct Plain;
    impl Hooks for Plain {
        fn exchange(&self, _: &Path, _: &Path) -> disk::Result<Swapped> {
            Ok(Swapped::NotHere)
        }

        fn link(&self, from: &Path, to: &Path) -> disk::Result<Option<disk::Stamp>> {
            disk::copy(from, to).map(Some)
        }
    }
    let column = Column::new();
    let first = [("index.html", "1"), ("a.html", "a")];
    column.publish_with(&first, &Plain);
    // All files get other numbers, as after a mount.
    for (path, text) in first {
        let path = column.output().join(path);
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        fs::rename(&path, column.dir.path().join("away")).unwrap();
        fs::write(&path, text).unwrap();
        fs::File::open(&path).unwrap().set_modified(time).unwrap();
    }
    let done = column.publish_with(&[("index.html", "2"), ("a.html", "a")], &Plain);
    assert_eq!((done.written, done.unchanged), (1, 1));
    assert_eq!(done.notes, [Note::FileByFile]);
    let done = column.publish_with(&[("index.html", "2"), ("a.html", "a")], &NoHooks);
    assert_eq!(done.written, 0);
}
