//! The commands `serve` and `watch` themselves: how they begin, what they say,
//! how they end.

use std::fs;
use std::io::{BufRead as _, BufReader};
#[cfg(unix)]
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::client::Client;
use super::{COLUMN, article, write};

/// A running command and the lines that it says.
struct Run {
    child: Child,
    lines: Receiver<String>,
    heard: String,
}

impl Run {
    fn start(args: &[&str], root: &Path) -> Self {
        Self::of(Self::command(args, root))
    }

    fn command(args: &[&str], root: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhuanlan"));
        command.args(args).args(["--lang", "zh", "--root"]).arg(root);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, lines, heard: String::new() }
    }

    /// Waits for a line with `part` in it.
    fn hear(&mut self, part: &str) -> String {
        let until = Instant::now() + Duration::from_secs(30);
        while let Ok(line) = self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            self.heard += &format!("{line}\n");
            if line.contains(part) {
                return line;
            }
        }
        panic!("no `{part}` in:\n{}", self.heard);
    }

    /// Connects to the preview whose address it said.
    fn client(&mut self) -> Client {
        let line = self.hear("http://127.0.0.1:");
        let port = line.rsplit(':').next().unwrap().trim_end_matches('/');
        Client::at(port.parse().unwrap())
    }

    #[cfg(unix)]
    fn signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
    }

    /// Waits until Ctrl-C is the program's to handle, where the system tells:
    /// on a busy machine it takes its time to begin.
    #[cfg(unix)]
    fn listens_to_signals(&mut self) {
        let status = format!("/proc/{}/status", self.child.id());
        let caught = |status: &str| {
            let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
            mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        };
        let until = Instant::now() + SOON;
        while let Some(mask) = std::fs::read_to_string(&status).ok().and_then(|status| caught(&status)) {
            if mask & (1 << (rustix::process::Signal::INT.as_raw() - 1)) != 0 || Instant::now() > until {
                return;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn ended(&mut self, within: Duration) -> ExitStatus {
        let until = Instant::now() + within;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "still runs:\n{}", self.heard);
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn column() -> TempDir {
    let dir = TempDir::new().unwrap();
    write(dir.path(), "column.yaml", COLUMN);
    write(dir.path(), "content/news/a.md", article("通知", "第一稿。"));
    dir
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A program that hangs, and not one that is slow on a busy machine.
const SOON: Duration = Duration::from_mins(1);

#[cfg(unix)]
#[test]
fn it_serves_says_each_build_and_ends_at_once() {
    for signal in [rustix::process::Signal::INT, rustix::process::Signal::TERM] {
        let dir = column();
        let mut run = Run::start(&["serve", "--port", "0"], dir.path());
        let client = run.client();
        assert!(client.get("/news/a.html").text().contains("第一稿。"));
        // Streams that are open do not keep it.
        let _tab = client.events("news/a.html", "");
        write(dir.path(), "content/news/a.md", article("通知", "第二稿。"));
        let line = run.hear("news/a.md → ");
        assert!(line.ends_with("毫秒"), "{line}");
        run.signal(signal);
        assert_eq!(run.ended(SOON).code(), Some(0));
        let left: Vec<String> = names(dir.path()).into_iter().filter(|name| name != ".cache").collect();
        assert_eq!(left, ["column.yaml", "content"]);
    }
}

#[cfg(unix)]
#[test]
fn it_ends_at_once_in_the_middle_of_a_build() {
    let dir = column();
    for n in 0..1500 {
        write(
            dir.path(),
            &format!("content/news/n{n}.md"),
            article(&format!("第{n}篇"), &"正文。".repeat(200)),
        );
    }
    for command in [["serve", "--port", "0"].as_slice(), &["watch"]] {
        for delay in [0, 60, 300, 900] {
            let mut run = Run::start(command, dir.path());
            if delay > 0 {
                run.listens_to_signals();
            }
            std::thread::sleep(Duration::from_millis(delay));
            if run.child.try_wait().unwrap().is_none() {
                // A shell that runs the tests in the background has them ignore SIGINT, and so would a program
                // that does not listen yet.
                run.signal(if delay == 0 {
                    rustix::process::Signal::TERM
                } else {
                    rustix::process::Signal::INT
                });
            }
            let status = run.ended(SOON);
            // Before it listens to signals, the system ends it.
            assert!(
                status.code() == Some(0) || (delay == 0 && status.signal() == Some(15)),
                "{delay}: {status:?}"
            );
            let left: Vec<String> =
                names(dir.path()).into_iter().filter(|name| name.contains(".new")).collect();
            assert!(left.is_empty(), "{left:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn it_watches_publishes_and_ends() {
    for more in [[].as_slice(), &["--in-place"]] {
        let dir = column();
        let mut run = Run::start(&[["watch"].as_slice(), more].concat(), dir.path());
        run.hear("全部 → 写入");
        let page = dir.path().join("output/news/a.html");
        assert!(fs::read_to_string(&page).unwrap().contains("第一稿。"));
        write(dir.path(), "content/news/a.md", article("通知", "第二稿。"));
        run.hear("news/a.md → 写入");
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.contains("第二稿。") && !text.contains("/-/preview"));
        // While there is an error, the former site stays.
        write(dir.path(), "content/news/a.md", article("通知", "见[附件](没有.pdf)。"));
        run.hear("1 处错误，网站保持原样");
        run.hear("没有.pdf");
        assert!(fs::read_to_string(&page).unwrap().contains("第二稿。"));
        run.signal(rustix::process::Signal::INT);
        assert_eq!(run.ended(SOON).code(), Some(0));
    }
}

#[test]
fn a_folder_that_is_not_there() {
    let dir = TempDir::new().unwrap();
    for command in [["serve", "--port", "0"].as_slice(), &["watch"]] {
        let mut run = Run::start(command, &dir.path().join("none"));
        run.hear("没有文件夹");
        run.hear("--root");
        assert_eq!(run.ended(SOON).code(), Some(2));
    }
}

#[test]
fn an_empty_folder_says_what_to_do_and_becomes_a_column() {
    let dir = TempDir::new().unwrap();
    let mut run = Run::start(&["serve", "--port", "0"], dir.path());
    run.hear("还没有专栏");
    run.hear("zhuanlan init");
    let client = run.client();
    assert_eq!(client.get("/-/").status, 200);
    write(dir.path(), "content/news/a.md", article("通知", "第一稿。"));
    write(dir.path(), "column.yaml", COLUMN);
    run.hear(" → ");
    let until = Instant::now() + SOON;
    while client.get("/news/a.html").status != 200 {
        assert!(Instant::now() < until);
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn without_a_config_it_says_how_to_write_the_smallest() {
    let dir = TempDir::new().unwrap();
    write(dir.path(), "content/news/a.md", article("通知", "第一稿。"));
    let mut run = Run::start(&["serve", "--port", "0"], dir.path());
    run.hear("column.yaml");
    run.hear("栏目");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_served_all_the_same() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65534;
    let dir = column();
    let mode = |mode| fs::set_permissions(dir.path(), fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let mut command = Run::command(&["serve", "--port", "0"], dir.path());
    // No permission stops a privileged user, so another one runs it.
    if rustix::process::geteuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let mut run = Run::of(command);
    run.hear("是只读的");
    run.hear("--output");
    assert!(run.client().get("/news/a.html").text().contains("第一稿。"));
    mode(0o755);
    assert_eq!(names(dir.path()), ["column.yaml", "content"]);
}

#[test]
fn what_is_typed_wrong() {
    let dir = column();
    let check = |args: &[&str], part: &str| {
        let mut run = Run::start(args, dir.path());
        run.hear(part);
        assert_eq!(run.ended(SOON).code(), Some(2), "{args:?}");
    };
    check(&["serve", "--poll", "0"], "`--poll` 不能是");
    check(&["serve", "--editor", "'code"], "`--editor` 看不懂");
    check(&["serve", "--host", "no.such.host.invalid", "--port", "0"], "找不到主机");
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    check(&["serve", "--port", &port], &format!("端口 {port} 已被别的程序占用"));
}

#[test]
fn polling_is_said_and_works() {
    let dir = column();
    let mut run = Run::start(&["serve", "--port", "0", "--poll", "0.2"], dir.path());
    run.hear("每 0.2 秒检查一次");
    let client = run.client();
    write(dir.path(), "content/news/a.md", article("通知", "第二稿。"));
    run.hear("news/a.md → ");
    assert!(client.get("/news/a.html").text().contains("第二稿。"));
}

#[cfg(unix)]
#[test]
fn a_root_that_goes_is_a_clear_end() {
    let parent = TempDir::new().unwrap();
    let root = parent.path().join("a/b");
    write(&root, "column.yaml", COLUMN);
    write(&root, "content/news/a.md", article("通知", "第一稿。"));
    let mut run = Run::start(&["serve", "--port", "0"], &root);
    run.client();
    fs::remove_dir_all(parent.path().join("a")).unwrap();
    run.hear("已不存在，不再监视");
    assert_eq!(run.ended(SOON).code(), Some(2));
}
