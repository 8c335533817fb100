//! The preview over real connections: what it answers, to whom, and how tabs
//! hear of a change.

mod client;
mod command;
mod fuzz;
mod live;
mod series;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::civil::date;
use tempfile::TempDir;
use zhuanlan::build::{Artifact, BuildResult, Content, Memory, Now, Options, build};
use zhuanlan::diagnostic::Lang;
use zhuanlan::disk::{self, Files};
use zhuanlan::serve::{Editor, Error, Preview, Settings};
use zhuanlan::source::Blobs as _;

use client::{Answer, Client};

/// A column on disk and its preview.
pub(crate) struct Scene {
    pub(crate) dir: TempDir,
    pub(crate) preview: Preview,
    pub(crate) memory: Memory,
}

pub(crate) const COLUMN: &str = "title: 教育整顿进行时\nsections:\n  - {folder: news, title: 工作动态}\n";

pub(crate) fn settings() -> Settings {
    Settings { host: None, port: 0, lang: Lang::Zh, editor: None, inject: true }
}

pub(crate) fn options() -> Options {
    Options {
        now: Now::Local(date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: Some("http://127.0.0.1/".to_owned()),
        preview: true,
        drafts: false,
        fingerprint: false,
    }
}

pub(crate) fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

pub(crate) fn article(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2021-03-20 09:00\n---\n\n{text}\n")
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::with(&settings())
    }

    pub(crate) fn with(settings: &Settings) -> Self {
        let dir = TempDir::new().unwrap();
        let root = dir.path();
        write(root, "column.yaml", COLUMN);
        write(root, "content/news/a.md", article("通知", "第一稿。"));
        write(
            root,
            "content/news/b.md",
            "---\ntitle: 草稿\ndraft: true\ndate: 2021-03-21\n---\n\n还没写完。\n",
        );
        write(root, "content/static/verify.txt", "token");
        write(root, "content/static/films/x.mp4", (0..=255_u8).cycle().take(700_000).collect::<Vec<u8>>());
        let preview = Preview::start(&disk::resolve(root).unwrap(), settings).unwrap();
        let scene = Self { dir, preview, memory: Memory::default() };
        scene.show();
        scene
    }

    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn built(&self) -> BuildResult {
        let round = disk::scan(self.root()).unwrap();
        build(&round.tree, &options(), &Files::new(&round.root), &self.memory)
    }

    /// Builds, and shows what came of it.
    pub(crate) fn show(&self) {
        self.preview.show(self.built());
    }

    pub(crate) fn client(&self) -> Client {
        Client::of(&self.preview)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.client().get(path)
    }
}

#[test]
fn a_page_and_its_headers() {
    let scene = Scene::new();
    for path in ["/", "/index.html", "/news/", "/news/a.html", "/news/b.html", "/news/a.html?x=1"] {
        let answer = scene.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
        assert_eq!(answer.header("access-control-allow-origin"), None);
        assert_eq!(answer.text().matches("/-/preview.js").count(), 1, "{path}");
    }
    assert!(scene.get("/news/a.html").text().contains("第一稿。"));
}

#[test]
fn a_draft_has_its_banner() {
    let scene = Scene::new();
    assert!(scene.get("/news/b.html").text().contains("草稿，读者看不到"));
}

#[test]
fn all_that_is_added_is_one_tag() {
    let scene = Scene::new();
    let built = scene.built();
    for (path, artifact) in &built.output.files {
        let Content::Bytes(bytes) = &artifact.content else { continue };
        let text = scene.get(&format!("/{path}")).text();
        let bare: String =
            text.lines().filter(|line| !line.contains("/-/preview.js")).map(|l| format!("{l}\n")).collect();
        assert_eq!(bare.trim_end(), String::from_utf8_lossy(bytes).trim_end(), "{path}");
    }
}

#[test]
fn types_and_files_as_they_are() {
    let scene = Scene::with(&Settings { inject: false, ..settings() });
    let built = scene.built();
    let files = Files::new(&disk::resolve(scene.root()).unwrap());
    assert!(built.output.files.len() > 10);
    for (path, Artifact { content, .. }) in &built.output.files {
        let bytes = match content {
            Content::Bytes(bytes) => bytes.clone(),
            Content::Spooled(_) => panic!("a preview hands nothing over"),
            Content::Blob(source, _) => files.read(source).unwrap(),
            Content::Cleaned(source, copy) => files.cleaned(source, copy).unwrap().into(),
            Content::Deferred(recipe) => files.picture(recipe).unwrap().into(),
        };
        let answer = scene.get(&format!("/{path}"));
        assert_eq!((answer.status, answer.body.len()), (200, bytes.len()), "{path}");
        assert!(answer.body == *bytes, "{path}");
    }
    assert_eq!(scene.get("/verify.txt").header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(scene.get("/films/x.mp4").header("content-type"), Some("video/mp4"));
}

#[test]
fn the_search_index_is_made_when_it_is_asked_for() {
    let scene = Scene::new();
    let first = scene.get("/search/index.js");
    assert_eq!((first.status, first.header("content-type")), (200, Some("text/javascript; charset=utf-8")));
    assert!(first.text().starts_with("zhuanlanSearch(\"index\","));
    let built = scene.built();
    assert!(built.output.files.keys().all(|path| !path.as_str().starts_with("search/")));
    for (path, _) in built.output.late.files() {
        assert_eq!(scene.get(&format!("/{path}")).status, 200, "{path}");
    }
    assert_eq!(scene.get("/search/none.js").status, 404);
}

#[test]
fn head_says_what_get_says_without_a_body() {
    let scene = Scene::new();
    for path in ["/", "/news/a.html", "/verify.txt", "/films/x.mp4", "/nothing", "/news"] {
        let (get, head) = (scene.get(path), scene.client().send("HEAD", path, &[], b""));
        let but_date = |answer: &Answer| -> BTreeSet<(String, String)> {
            answer.headers.iter().filter(|(name, _)| name != "date").cloned().collect()
        };
        assert_eq!((get.status, but_date(&get)), (head.status, but_date(&head)), "{path}");
        assert!(head.body.is_empty());
    }
}

#[test]
fn parts_of_a_film() {
    let scene = Scene::new();
    let part = |range: &str| scene.client().send("GET", "/films/x.mp4", &[("Range", range)], b"");
    let answer = part("bytes=256-259");
    assert_eq!((answer.status, answer.body.as_slice()), (206, &[0, 1, 2, 3][..]));
    assert_eq!(answer.header("content-range"), Some("bytes 256-259/700000"));
    assert_eq!(answer.header("content-length"), Some("4"));
    let answer = part("bytes=300000-");
    assert_eq!((answer.status, answer.body.len()), (206, 400_000));
    assert_eq!(part("bytes=-1").body, [95]);
    let answer = part("bytes=700000-");
    assert_eq!((answer.status, answer.header("content-range")), (416, Some("bytes */700000")));
    assert_eq!(part("bytes=0-0,9-9").status, 200);
    assert_eq!(scene.get("/films/x.mp4").header("accept-ranges"), Some("bytes"));
    let css = scene.client().send("GET", "/assets/gazette.css", &[("Range", "bytes=0-3")], b"");
    assert_eq!((css.status, css.body.len()), (206, 4));
}

#[test]
fn what_is_not_there() {
    let scene = Scene::new();
    let answer = scene.get("/news/none.html");
    assert_eq!(answer.status, 404);
    // The column's own page, which also reloads when the page comes.
    assert!(answer.text().contains("data-page=\"news/none.html\""));
    let answer = scene.get("/news");
    assert_eq!((answer.status, answer.header("location")), (302, Some("/news/")));
    let answer = scene.client().send("POST", "/", &[], b"");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")));
    assert_eq!(scene.client().send("OPTIONS", "/", &[], b"").header("access-control-allow-origin"), None);
}

#[test]
fn while_there_are_errors_what_was_good_stays() {
    let scene = Scene::new();
    write(scene.root(), "content/news/a.md", article("通知", "第二稿，见[附件](没有.pdf)。"));
    write(scene.root(), "content/news/c.md", article("新的", "刚写。"));
    let built = scene.built();
    assert!(built.has_errors());
    scene.preview.show(built);
    assert!(scene.get("/news/a.html").text().contains("第一稿。"));
    assert!(scene.get("/news/c.html").text().contains("刚写。"));
    write(scene.root(), "content/news/a.md", article("通知", "第三稿。"));
    scene.show();
    assert!(scene.get("/news/a.html").text().contains("第三稿。"));
}

#[test]
fn a_piece_of_which_nothing_could_be_read_has_a_page_that_says_so() {
    let scene = Scene::new();
    write(scene.root(), "content/news/wide.md", vec![b'x'; 5 << 20]);
    scene.show();
    let answer = scene.get("/news/wide.html");
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("这篇稿件还不能显示"), "{}", answer.text());
    assert!(answer.text().contains("content/news/wide.md"));
}

#[test]
fn the_overview() {
    let scene = Scene::new();
    write(
        scene.root(),
        "content/news/d.md",
        "---\ntitle: 定时<稿>\npublish_at: 2021-03-25 08:00\ndate: 2021-03-25 08:00\n---\n\n到时再说。\n",
    );
    scene.show();
    let page = scene.get("/-/");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
    let text = page.text();
    for part in [
        "通知",
        "草稿，读者看不到",
        "定时 2021-03-25 08:00",
        "2021-03-25 08:00 定时&lt;稿&gt;",
        "content/news/b.md",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let drafts = scene.get("/-/?state=draft").text();
    assert!(drafts.contains("content/news/b.md") && !drafts.contains("content/news/a.md"));
    let found = scene.get("/-/?q=%E9%80%9A%E7%9F%A5").text();
    assert!(found.contains("content/news/a.md") && !found.contains("content/news/b.md"));
    assert_eq!(scene.get("/-/?page=x&state=%ff").status, 200);
    assert_eq!(scene.get("/-").header("location"), Some("/-/"));
}

#[test]
fn the_first_build_is_waited_for() {
    let dir = TempDir::new().unwrap();
    write(dir.path(), "column.yaml", COLUMN);
    let preview = Preview::start(&disk::resolve(dir.path()).unwrap(), &settings()).unwrap();
    let client = Client::of(&preview);
    let asked = std::thread::spawn(move || client.get("/"));
    std::thread::sleep(Duration::from_millis(200));
    assert!(!asked.is_finished());
    let round = disk::scan(dir.path()).unwrap();
    preview.show(build(&round.tree, &options(), &Files::new(&round.root), &Memory::default()));
    assert_eq!(asked.join().unwrap().status, 200);
}

#[test]
fn a_port_in_use_says_which_and_offers_the_next() {
    let scene = Scene::new();
    let port = scene.client().port();
    let dir = TempDir::new().unwrap();
    let again = Settings { port, ..settings() };
    match Preview::start(dir.path(), &again) {
        Err(error @ Error::PortInUse { next: Some(next), .. }) => {
            assert!(next > port);
            let said = error.message(Lang::Zh);
            assert_eq!(said.text, format!("端口 {port} 已被别的程序占用"));
            assert!(said.hint.unwrap().contains(&format!("`--port {next}`")));
            assert!(Preview::start(dir.path(), &Settings { port: next, ..settings() }).is_ok());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn foreign_hosts_and_pages_are_refused() {
    let scene = Scene::new();
    let client = scene.client();
    let port = client.port();
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1.nip.io".to_owned(),
        String::new(),
    ] {
        for path in ["/", "/-/", "/-/live?page=index.html", "/-/preview.js", "/news/b.html"] {
            let raw = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let answer = client.raw(raw.as_bytes()).unwrap();
            assert_eq!(answer.status, 421, "{host} {path}");
            assert!(!answer.text().contains("草稿"));
        }
    }
    let none = client.raw(b"GET / HTTP/1.0\r\n\r\n").unwrap();
    assert_eq!(none.status, 421);
    let foreign = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")];
    assert_eq!(client.send("GET", "/news/b.html", &foreign, b"").status, 403);
}

#[test]
fn beyond_loopback_a_token_guards() {
    let scene = Scene::with(&Settings { host: Some("0.0.0.0".to_owned()), ..settings() });
    let (address, token) = scene.preview.url().split_once("?token=").unwrap();
    assert!(address.starts_with("http://") && token.len() == 32);
    let client = scene.client();
    assert_eq!(client.get("/").status, 403);
    assert_eq!(client.get("/-/live?page=index.html").status, 403);
    assert_eq!(client.get("/?token=0123").status, 403);
    let entered = client.get(&format!("/news/a.html?token={token}"));
    assert_eq!((entered.status, entered.header("location")), (303, Some("/news/a.html")));
    let cookie = entered.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    assert!(entered.header("set-cookie").unwrap().contains("HttpOnly"));
    assert_eq!(client.send("GET", "/news/a.html", &[("Cookie", &cookie)], b"").status, 200);
}

#[test]
fn a_host_that_is_loopback_needs_no_token() {
    let scene = Scene::with(&Settings { host: Some("localhost".to_owned()), ..settings() });
    assert!(!scene.preview.url().contains("token"));
    let port = Client::of(&scene.preview).port();
    assert_eq!(scene.preview.url(), format!("http://localhost:{port}/"));
}

#[cfg(unix)]
#[test]
fn opening_a_file_takes_our_own_page_and_token() {
    use std::os::unix::fs::PermissionsExt as _;
    let tools = TempDir::new().unwrap();
    let (program, note) = (tools.path().join("编辑 器"), tools.path().join("note"));
    fs::write(&program, format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\n", note.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let editor = Editor::new(&format!("'{}' -g {{path}}:{{line}}", program.display()));
    let scene = Scene::with(&Settings { editor, ..settings() });
    let client = scene.client();
    let origin = format!("http://127.0.0.1:{}", client.port());
    let token = client.events("index.html", "").hello_token();
    let wish = r#"{"path":"content/news/a.md","line":3}"#;
    let post = |headers: &[(&str, &str)], wish: &str| {
        client.send("POST", "/-/open", headers, wish.as_bytes()).status
    };
    let json = ("Content-Type", "application/json");
    assert_eq!(post(&[json], wish), 403);
    assert_eq!(post(&[json, ("Origin", &origin)], wish), 403);
    assert_eq!(post(&[json, ("X-Zhuanlan-Token", &token)], wish), 403);
    assert_eq!(post(&[json, ("Origin", "http://evil.example"), ("X-Zhuanlan-Token", &token)], wish), 403);
    assert_eq!(post(&[("Origin", &origin), ("X-Zhuanlan-Token", &token)], wish), 403);
    let ours = [json, ("Origin", origin.as_str()), ("X-Zhuanlan-Token", token.as_str())];
    assert_eq!(client.send("GET", "/-/open", &ours, b"").status, 403);
    for path in ["column.yaml", "../secret", "/etc/passwd", "content/news/../../x", "content/news/none.md"] {
        assert_eq!(post(&ours, &format!("{{\"path\":\"{path}\"}}")), 404, "{path}");
    }
    assert_eq!(post(&ours, "{"), 400);
    assert_eq!(post(&ours, &format!("{{\"path\":\"{}\"}}", "x".repeat(10_000))), 413);
    assert!(!note.exists());
    assert_eq!(post(&ours, wish), 204);
    let expected =
        format!("-g\n{}:3\n", disk::resolve(scene.root()).unwrap().join("content/news/a.md").display());
    for _ in 0..100 {
        if fs::read_to_string(&note).is_ok_and(|text| text == expected) {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{:?}", fs::read_to_string(note));
}

#[test]
fn without_an_editor_nothing_is_opened() {
    let scene = Scene::new();
    let client = scene.client();
    let token = client.events("index.html", "").hello_token();
    let origin = format!("http://127.0.0.1:{}", client.port());
    let headers = [
        ("Content-Type", "application/json"),
        ("Origin", origin.as_str()),
        ("X-Zhuanlan-Token", token.as_str()),
    ];
    assert_eq!(client.send("POST", "/-/open", &headers, br#"{"path":"content/news/a.md"}"#).status, 501);
}
