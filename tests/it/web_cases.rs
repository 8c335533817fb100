//! The web team's cases by the real command: what must not be published, what
//! must not stop a build, and what a copy sees that is made meanwhile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use zhuanlan::disk;

/// A small column, built by the command.
struct Bench(tempfile::TempDir);

const PIECE: &str =
    "---\n标题: 动员部署会召开\n日期: 2021-03-09 10:00\n摘要: 会议。\n---\n\n会议部署三个阶段的任务。\n";

impl Bench {
    fn new() -> Self {
        let bench = Self(tempfile::tempdir().unwrap());
        bench.write("column.yaml", "title: 专栏GEN1\nbase_url: https://www.example.gov.cn/jyzd/\nsections:\n  - {folder: news, title: 新闻动态}\n");
        bench.write("content/news/a.md", PIECE);
        bench
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_zhuanlan"))
            .args(args)
            .args(["--lang", "en", "--root"])
            .arg(self.0.path())
            .output()
            .unwrap()
    }

    fn build(&self) -> String {
        let done = self.run(&["build"]);
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success(), "{said}");
        said
    }
}

/// Case `web-static-secrets-and-temps-published`.
#[test]
fn web_static_secrets_and_temps_published() {
    let bench = Bench::new();
    let secrets = [
        ".env",
        ".git-credentials",
        ".htpasswd",
        "id_rsa",
        ".bash_history",
        ".syncthing.a.pdf.tmp",
        ".a.pdf.kQz3Xa",
        ".goutputstream-ABC",
        ".nfs000001",
        ".fuse_hidden00001",
        ".sync_1234.db",
        ".owncloudsync.log",
        "Desktop.ini",
        "THUMBS.DB",
        "a.sql",
        "config.php",
        "a.txt.bak",
    ];
    for name in secrets {
        bench.write(&format!("content/static/{name}"), "secret");
    }
    bench.write("content/static/ok.txt", "ok");
    let said = bench.build();
    for name in secrets {
        assert!(!bench.path("output").join(name).exists(), "{name}");
    }
    assert!(bench.path("output/ok.txt").exists());
    // What somebody put there is named; what programs leave about is not.
    for name in [
        ".env",
        ".git-credentials",
        ".htpasswd",
        "id_rsa",
        ".bash_history",
        "a.sql",
        "config.php",
        "a.txt.bak",
    ] {
        assert!(said.contains(&format!("`content/static/{name}`")), "{name}: {said}");
    }
    assert_eq!(said.matches("[static-not-published]").count(), 8, "{said}");
}

/// Case `web-merge-conflict-published`.
#[test]
fn web_merge_conflict_published() {
    let bench = Bench::new();
    bench.build();
    let marks = "\n<<<<<<< HEAD\n收到意见25条。\n=======\n收到意见52条。\n>>>>>>> 张三\n";
    bench.write("content/news/a.md", &format!("{PIECE}{marks}"));
    let config = fs::read_to_string(bench.path("column.yaml")).unwrap();
    let conflict = "<<<<<<< HEAD\ndescription: 一\n=======\ndescription: 二\n>>>>>>> 张三\n";
    bench.write("column.yaml", &format!("{conflict}{config}"));
    let done = bench.run(&["build"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert_eq!(said.matches("error[merge-conflict]").count(), 2, "{said}");
    assert!(said.contains("content/news/a.md:9:1") && said.contains("column.yaml:1:1"), "{said}");
    // The marks are the whole trouble: nothing else is said of what they spoil.
    assert_eq!(said.matches("error[").count(), 2, "{said}");
    let page = fs::read_to_string(bench.path("output/news/a.html")).unwrap();
    assert!(!page.contains("&lt;&lt;&lt;"));
}

/// Case `web-nas-folders-stop-the-build`.
#[test]
fn web_nas_folders_stop_the_build() {
    let bench = Bench::new();
    for folder in
        ["#recycle", "@eaDir", "lost+found", "$RECYCLE.BIN", "System Volume Information", "__MACOSX"]
    {
        bench.write(&format!("content/{folder}/x.md"), PIECE);
        bench.write(&format!("content/news/{folder}/x.md"), PIECE);
    }
    #[cfg(unix)]
    let _socket = std::os::unix::net::UnixListener::bind(bench.path("content/news/x.sock")).unwrap();
    bench.write("content/news/.~lock.a.md#", "");
    let round = disk::scan(bench.0.path()).unwrap();
    assert_eq!(round.tree.refused(), []);
    let files: Vec<&str> = round.tree.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(files, ["column.yaml", "content/news/a.md"]);
}

/// Case `web-standby-served-from-web-root`: what the build found, names of
/// pieces to come, and numbers that were masked stand nowhere beside the site.
#[test]
fn web_standby_served_from_web_root() {
    let bench = Bench::new();
    let wrong = PIECE.replace("会议部署", "住址：某街某号，手机 13812345678。会议部署");
    bench.write("content/news/wrong.md", &wrong);
    bench.write("content/news/secret-decision.md", &PIECE.replace("2021-03-09", "2090-03-09"));
    let done = bench.run(&["build"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(bench.path("output/news/wrong.html").exists(), "{said}");
    let hidden = bench.path(".output.releases");
    for entry in disk::list(&hidden).unwrap() {
        if entry.kind == disk::EntryKind::File {
            let text = fs::read(hidden.join(&entry.path)).unwrap();
            let text = String::from_utf8_lossy(&text);
            assert!(
                !text.contains("secret-decision") && !text.contains("1381234"),
                "{}",
                entry.path.display()
            );
        }
    }
    // Findings are told again though they are kept elsewhere.
    let again = bench.run(&["build"]);
    let again = String::from_utf8(again.stderr).unwrap();
    assert!(again.contains("nothing changed"), "{again}");
    assert_eq!(said.matches("warning[").count(), again.matches("warning[").count());
    // Withdrawn, it is gone for readers, and the build says that the address is.
    fs::remove_file(bench.path("content/news/wrong.md")).unwrap();
    let done = bench.run(&["build", "--allow-removals"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(!bench.path("output/news/wrong.html").exists());
    assert!(said.contains("`news/wrong.html`"), "{said}");
    let config = bench.run(&["serve-config", "nginx"]);
    let config = String::from_utf8(config.stdout).unwrap();
    assert!(config.contains("location = /jyzd/news/wrong.html { return 410; }"), "{config}");
}

/// Case `web-rsync-through-two-builds`: a copy that began before two builds has
/// one release, whole.
#[cfg(unix)]
#[test]
fn web_rsync_through_two_builds() {
    let bench = Bench::new();
    let edit = |generation: usize| {
        let config = fs::read_to_string(bench.path("column.yaml")).unwrap();
        let (first, rest) = config.split_once('\n').unwrap();
        assert!(first.starts_with("title: 专栏GEN"));
        bench.write("column.yaml", &format!("title: 专栏GEN{generation}\n{rest}"));
    };
    bench.build();
    let copy = bench.path("copy");
    // Slow, so that builds come in between; where they don't, all the better.
    let mut rsync = Command::new("rsync")
        .args(["-a", "--bwlimit=200"])
        .args([format!("{}/", bench.path("output").display()), format!("{}/", copy.display())])
        .spawn()
        .expect("rsync is installed (`./test` does that)");
    while !copy.join("assets").exists() && rsync.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    for generation in [2, 3] {
        edit(generation);
        bench.build();
    }
    assert!(rsync.wait().unwrap().success());
    let mut generations: Vec<String> = Vec::new();
    for entry in disk::list(&copy).unwrap() {
        let path = copy.join(&entry.path);
        if path.extension().is_some_and(|ending| ending == "html") {
            let text = fs::read_to_string(&path).unwrap();
            generations.extend(text.split("专栏GEN").skip(1).map(|rest| rest[..1].to_owned()));
            let style =
                text.split('"').find(|part| part.contains("assets/gazette.") && part.ends_with(".css"));
            // The 404 page is shown at any depth: it names files from the host's root.
            let style = style.unwrap_or("no style");
            let style = match style.strip_prefix("/jyzd/") {
                Some(style) => copy.join(style),
                None => path.parent().unwrap().join(style),
            };
            assert!(resolved(&style).exists(), "{}: {}", path.display(), style.display());
        }
    }
    generations.sort();
    generations.dedup();
    assert_eq!(generations, ["1"]);
}

/// `a/../b` as `b`.
fn resolved(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        if part.as_os_str() == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts
}

/// `releases`, `diff`, `verify` and `rollback` by the command.
#[test]
fn releases_are_listed_compared_and_shown_again() {
    let bench = Bench::new();
    bench.build();
    bench.write("content/news/b.md", &PIECE.replace("动员部署会召开", "学习教育"));
    bench.build();
    let out = |args: &[&str]| {
        let done = bench.run(args);
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    let (_, listed) = out(&["releases", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let numbers: Vec<_> =
        listed["releases"].as_array().unwrap().iter().map(|r| r["release"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [2, 1]);
    let (_, notes) = out(&["diff"]);
    assert!(notes.contains("New (1)\n  news/b.html  学习教育"), "{notes}");
    let (_, html) = out(&["diff", "1", "2", "--html"]);
    assert!(html.contains("<a href=\"news/b.html\">学习教育"), "{html}");
    assert_eq!(out(&["verify"]).0, Some(0));
    let (_, files) = out(&["releases", "2"]);
    assert!(
        files.lines().all(|line| line.split("  ").next().is_some_and(|hash| hash.len() == 64)),
        "{files}"
    );
    fs::write(bench.path("output/news/b.html"), "forged").unwrap();
    let (code, wrong) = out(&["verify"]);
    assert_eq!((code, wrong.as_str()), (Some(1), "different news/b.html\n"));
    assert_eq!(out(&["rollback"]).0, Some(0));
    assert!(!bench.path("output/news/b.html").exists());
    assert_eq!(out(&["verify", "--release", "1"]).0, Some(0));
    assert_eq!(out(&["rollback", "7"]).0, Some(2));
}
