//! `zhuanlan wechat push`, the real command.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::rc::Rc;

use serde_json::Value;

use super::server::{APP_ID, Instead, SECRET, Server};

/// The piece that is pushed.
pub(super) const PIECE: &str = "content/news/座谈会.md";

/// A folder with a column, an account, and the variables that name it.
pub(super) struct Bureau {
    pub(super) folder: tempfile::TempDir,
    pub(super) server: Rc<Server>,
}

/// What the command said.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) code: Option<i32>,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Bureau {
    pub(super) fn new() -> Self {
        let bureau = Self { folder: tempfile::tempdir().unwrap(), server: Rc::new(Server::new()) };
        bureau.write(
            "column.yaml",
            "title: 专栏\nbase_url: https://www.example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n",
        );
        bureau.picture("一", [200, 30, 30]);
        bureau.picture("二", [30, 200, 30]);
        bureau.picture("三", [30, 30, 200]);
        bureau.piece("市局召开座谈会。", &["一", "二"]);
        bureau
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn picture(&self, name: &str, colour: [u8; 3]) {
        let path = self.root().join(format!("content/news/{name}.png"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        image::RgbImage::from_fn(96, 64, |x, y| {
            image::Rgb(colour.map(|c| c ^ u8::try_from(x * y % 7).unwrap()))
        })
        .save(path)
        .unwrap();
    }

    pub(super) fn piece(&self, words: &str, pictures: &[&str]) {
        let pictures: String =
            pictures.iter().map(|name| format!("\n![{name}]({name}.png \"图说{name}\")\n")).collect();
        let front = "title: 座谈会\ndate: 2021-03-08\ncover: 一.png";
        self.write(PIECE, &format!("---\n{front}\n---\n\n{words}\n{pictures}"));
    }

    /// The command with the account in its environment.
    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhuanlan"));
        command.args(args).current_dir(self.root()).env_clear();
        command
            .env("LANG", "zh_CN.UTF-8")
            .env("ZHUANLAN_WECHAT_APPID", APP_ID)
            .env("ZHUANLAN_WECHAT_SECRET", SECRET);
        command
    }

    pub(super) fn run(&self, args: &[&str]) -> Run {
        let Output { status, stdout, stderr } = self.command(args).output().unwrap();
        Run {
            code: status.code(),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Pushes the piece.
    pub(super) fn push(&self, more: &[&str]) -> Run {
        let mut args = vec!["wechat", "push", PIECE, "--api", &self.server.api];
        args.extend(more);
        self.run(&args)
    }

    fn all_files(&self) -> Vec<u8> {
        let files = walkdir::WalkDir::new(self.root()).into_iter().filter_map(Result::ok);
        files.filter_map(|entry| fs::read(entry.path()).ok()).flatten().collect()
    }
}

impl Run {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

#[test]
fn a_piece_goes_into_the_draft_box_and_is_said_to_be_there() {
    let bureau = Bureau::new();
    let run = bureau.push(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    assert!(
        run.stderr.contains("新建草稿：《座谈会》，正文图片 2 张，上传 3 个文件，草稿编号 draft-4\n"),
        "{run:?}"
    );
    assert!(run.stderr.contains("公众号（AppID …cdef）：请在后台打开草稿箱"), "{run:?}");
    let article = bureau.server.account().drafts[0].1.clone();
    assert_eq!(article["title"], "座谈会");
    assert!(article["content_source_url"].as_str().unwrap().starts_with("https://www.example.org/news/"));
    let content = article["content"].as_str().unwrap();
    assert!(content.contains("市局召开座谈会。"), "{content}");
    assert_eq!(content.matches("https://mmbiz.qpic.cn/").count(), 2, "{content}");

    // Nothing changed; then the words do.
    assert!(bureau.push(&[]).stderr.contains("没有变化：《座谈会》"));
    let list = |bureau: &Bureau| {
        bureau.run(&["list", "--all", "--format", "json"]).json()["pieces"][0]["wechat_draft"].clone()
    };
    assert_eq!((&list(&bureau)["older"], &list(&bureau)["media_id"]), (&false.into(), &"draft-4".into()));
    bureau.piece("市局召开第二次座谈会。", &["一", "二"]);
    assert_eq!(list(&bureau)["older"], true);
    let listed = bureau.run(&["list"]).stdout;
    assert!(listed.contains("公众号草稿") && listed.contains("稿件已改，草稿是旧的"), "{listed}");
    let run = bureau.push(&["--format", "json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let said = run.json();
    assert_eq!((&said["outcome"], &said["account"]), (&"updated".into(), &"…cdef".into()));
    assert_eq!(
        (&said["pictures"], &said["uploaded"], &said["problems"]),
        (&2.into(), &0.into(), &Value::Array(vec![]))
    );
    assert_eq!(list(&bureau)["older"], false);
    assert_eq!(bureau.server.account().drafts.len(), 1);
}

#[test]
fn what_somebody_has_to_look_at_is_an_error() {
    let bureau = Bureau::new();
    assert_eq!(bureau.push(&[]).code, Some(0));
    bureau.server.account().drafts[0].1["content"] = "<p>编辑改过。</p>".into();
    bureau.piece("新的正文。", &["一"]);
    let run = bureau.push(&["--lang", "en"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("error: somebody changed this draft in the account"), "{run:?}");
    assert!(run.stderr.contains("hint: take the changes over"), "{run:?}");
    assert_eq!(bureau.push(&["--overwrite"]).code, Some(0));
}

#[test]
fn a_run_that_can_not_begin_asks_nothing() {
    let bureau = Bureau::new();
    let check = |run: &Run, code: i32, words: &str| {
        assert_eq!(run.code, Some(code), "{run:?}");
        assert!(run.stderr.contains(words) || run.stdout.contains(words), "{run:?}");
        assert!(bureau.server.account().requests.is_empty());
    };
    let without = |args: &[&str]| {
        let mut command = bureau.command(args);
        command.env_remove("ZHUANLAN_WECHAT_SECRET");
        let Output { status, stdout, stderr } = command.output().unwrap();
        Run {
            code: status.code(),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    };
    check(&without(&["wechat", "push", PIECE]), 2, "没有公众号的 AppID 和 AppSecret");
    check(&bureau.run(&["wechat", "push", PIECE, "--api", "http://proxy.example.org"]), 2, "明文");
    check(&bureau.run(&["wechat", "push", "content/news/没有.md"]), 2, "没有.md");
    check(&bureau.run(&["wechat", "push"]), 2, "");
    bureau.write("secret.txt", &format!("appid={APP_ID}\nsecret={SECRET}\n"));
    check(&bureau.push(&["--credentials", "secret.txt"]), 2, "在专栏的文件夹或代码仓库里");
    fs::remove_file(bureau.root().join("secret.txt")).unwrap();
    bureau.write("content/news/坏.md", "---\ntitle: 坏\ndate: 2021-03-09\n---\n\n见[通知](no.md)。\n");
    check(&bureau.push(&[]), 1, "no.md");
    check(&bureau.push(&["--format", "json"]), 1, "findings");
}

#[test]
fn credentials_may_lie_in_a_file_elsewhere() {
    use std::os::unix::fs::PermissionsExt as _;
    let bureau = Bureau::new();
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("wechat.txt");
    fs::write(&file, format!("appid = {APP_ID}\nsecret = {SECRET}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let args =
        ["wechat", "push", PIECE, "--api", &bureau.server.api, "--credentials", file.to_str().unwrap()];
    let status = bureau
        .command(&args)
        .env_remove("ZHUANLAN_WECHAT_SECRET")
        .env_remove("ZHUANLAN_WECHAT_APPID")
        .status();
    assert!(status.unwrap().success());
    assert_eq!(bureau.server.account().drafts.len(), 1);
}

/// A rehearsal shows what a run asks, needs no account and leaves nothing.
#[test]
fn a_dry_run_sends_nothing() {
    let bureau = Bureau::new();
    for json in [false, true] {
        let args = ["wechat", "push", PIECE, "--dry-run", "--format", if json { "json" } else { "human" }];
        let mut command = bureau.command(&args);
        let output = command.env_remove("ZHUANLAN_WECHAT_SECRET").output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{said}");
        for path in [
            "stable_token",
            "draft/batchget",
            "media/uploadimg",
            "material/add_material",
            "draft/add",
            "draft/get",
        ] {
            assert!(
                said.contains(&format!("POST https://api.weixin.qq.com/cgi-bin/{path}")),
                "{path}: {said}"
            );
        }
        assert!(said.contains("市局召开座谈会。"), "{said}");
    }
    assert!(!bureau.root().join(".cache/wechat").exists());
    assert!(bureau.server.account().requests.is_empty());
}

/// Whatever is asked and whatever goes wrong, secret and token are in no
/// output and in no file.
#[test]
fn no_secret_is_in_any_output_or_file() {
    let bureau = Bureau::new();
    let mut said = String::new();
    let mut keep = |run: Run| said += &format!("{}{}", run.stdout, run.stderr);
    let echo = |path: &str, code: i64| {
        let token =
            if path.ends_with("token") { String::new() } else { format!("70_t0ken{}", "x".repeat(40)) };
        Instead::Code(code, format!("bad {SECRET} {token}"))
    };
    for more in [
        &["--dry-run", "-v"][..],
        &["-v"],
        &["-v", "--lang", "en", "--again"],
        &["--format", "json", "--again"],
    ] {
        keep(bureau.push(more));
    }
    for (path, code) in [
        ("/cgi-bin/stable_token", 40164),
        ("/cgi-bin/stable_token", 40125),
        ("/cgi-bin/draft/get", 48001),
        ("/cgi-bin/draft/update", 45166),
    ] {
        for more in [&["--again", "-v"][..], &["--again", "--format", "json"], &["--again", "--lang", "en"]] {
            bureau.server.instead(path, [echo(path, code)]);
            let run = bureau.push(more);
            assert_ne!(run.code, Some(0), "{path} {run:?}");
            assert!(run.stderr.contains("***") || run.stdout.contains("***"), "{path} {run:?}");
            keep(run);
        }
    }
    keep(bureau.run(&["list", "--all", "--format", "json"]));
    keep(bureau.run(&["wechat", "push", "--help"]));
    for secret in [SECRET, "_t0ken", "t0kenx"] {
        assert!(!said.contains(secret), "{said}");
        let files = bureau.all_files();
        assert!(!files.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()));
    }
    assert!(said.contains("access_token=***"));
}
