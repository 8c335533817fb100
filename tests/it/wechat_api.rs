//! Drafts into an account's draft box, against a service that behaves as the
//! official pages say.

mod command;
mod cut;
mod pushing;
mod refused;
mod server;

use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use zhuanlan::diagnostic::Lang;
use zhuanlan::disk;
use zhuanlan::memo::Key;
use zhuanlan::wechat::{Comments, Cover, Crop, Edition, Fields, Origin, Picture};
use zhuanlan::wechat_api::{
    Credentials, Draft, Error, Hooks, Http, Pictures, PushOptions, Pushed, Pusher, Secret, Session, Store,
};

use server::{APP_ID, SECRET, Server};

/// Nobody waits in a test.
struct Hurried;

impl Hooks for Hurried {
    fn wait(&self, _: Duration) {}
}

/// Pictures that are drawn.
struct Drawn;

impl Pictures for Drawn {
    fn bytes(&self, picture: &Picture) -> Result<Vec<u8>, disk::Error> {
        let Origin::Drawn(bytes) = &picture.origin else { panic!("made of nothing: {picture:?}") };
        Ok(bytes.to_vec())
    }
}

fn credentials() -> Credentials {
    Credentials::new(APP_ID, Secret::new(SECRET)).unwrap()
}

fn picture(number: usize, what: &str) -> Picture {
    let png = what.len().is_multiple_of(2);
    let magic: &[u8] = if png { b"\x89PNG" } else { b"\xff\xd8\xff\xe0" };
    let bytes = [magic, what.as_bytes()].concat();
    Picture {
        number,
        file: format!("pictures/{number:02}.{}", if png { "png" } else { "jpg" }),
        origin: Origin::Drawn(bytes.into()),
        width: 1080,
        height: 720,
        alt: String::new(),
        caption: format!("图说{number}"),
        address: None,
    }
}

/// An edition of the piece `news/<name>.md` with these words and pictures.
fn edition(name: &str, words: &str, pictures: &[&str]) -> Edition {
    let pictures: Vec<Picture> =
        pictures.iter().enumerate().map(|(at, what)| picture(at + 1, what)).collect();
    let figures: String = pictures
        .iter()
        .map(|picture| format!("<section><img src=\"{}\"><p>{}</p></section>", picture.file, picture.caption))
        .collect();
    let whole = picture(0, &format!("封面{name}"));
    let crop = Crop([0, 120_000, 1_000_000, 860_000]);
    let cover =
        Cover { wide: whole.clone(), square: whole.clone(), whole, wide_crop: crop, square_crop: crop };
    Edition {
        key: Key::hash(format!("{name} {words} {pictures:?}").as_bytes()),
        source: disk_path(name),
        page: format!("news/{name}.html"),
        html: format!("<section><p>{words}</p></section>{figures}"),
        fields: Fields {
            title: format!("教育整顿{name}"),
            author: "某某".to_owned(),
            digest: "摘要".to_owned(),
            content_source_url: Some(format!("https://www.example.org/news/{name}.html")),
            cover: Some(cover),
            comments: Comments::Closed,
            original: false,
            ai: None,
        },
        pictures,
        notes: Vec::new(),
        dropped: Vec::new(),
    }
}

fn disk_path(name: &str) -> zhuanlan::path::SourcePath {
    zhuanlan::path::SourcePath::new(&format!("content/news/{name}.md")).unwrap()
}

/// A computer with a column, and an account.
struct Office {
    folder: tempfile::TempDir,
    server: Rc<Server>,
    options: PushOptions,
}

impl Office {
    fn new() -> Self {
        Self::at(Rc::new(Server::new()))
    }

    /// Another computer with the same account.
    fn at(server: Rc<Server>) -> Self {
        let at = "2026-11-30T08:00:00Z".parse().unwrap();
        let options = PushOptions { again: false, overwrite: false, at };
        Self { folder: tempfile::tempdir().unwrap(), server, options }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Pushes the editions in one run.
    fn push_all(&self, editions: &[&Edition]) -> Vec<Result<Pushed, Error>> {
        let credentials = credentials();
        let http = Http::new(&self.server.api).unwrap();
        let session = Session::new(&http, &credentials, &Hurried);
        let mut pusher = Pusher::new(session, open(self.root(), &credentials), self.options);
        let draft = |edition| Draft { edition, source: Key::hash(b"source"), pictures: &Drawn };
        editions.iter().map(|edition| pusher.push(&draft(edition))).collect()
    }

    fn push(&self, edition: &Edition) -> Result<Pushed, Error> {
        self.push_all(&[edition]).remove(0)
    }

    /// A push that brings nothing to look at.
    fn push_well(&self, edition: &Edition) -> Pushed {
        let pushed = self.push(edition).unwrap_or_else(|error| panic!("{error}"));
        assert!(pushed.problems.is_empty(), "{pushed:?}");
        pushed
    }

    /// The state's files, as text.
    fn state(&self) -> String {
        let files = walkdir::WalkDir::new(self.root()).into_iter().filter_map(Result::ok);
        files.filter_map(|entry| std::fs::read_to_string(entry.path()).ok()).collect()
    }
}

/// The state of an account that nobody else holds. While a test beside this
/// one starts a process, that has our files for a moment, locks included.
fn open(root: &Path, credentials: &Credentials) -> Store {
    for _ in 0..500 {
        match Store::open(root, credentials, "test") {
            Err(Error::Locked(_)) => std::thread::sleep(Duration::from_millis(10)),
            other => return other.unwrap(),
        }
    }
    panic!("locked for five seconds");
}

/// What was asked of the service since the last time, without tokens.
fn asked(server: &Server) -> Vec<String> {
    let paths = std::mem::take(&mut server.account().requests);
    let short = paths.iter().map(|path| path.trim_start_matches("/cgi-bin/").to_owned());
    short.filter(|path| path != "stable_token").collect()
}

/// The codes of what is to be looked at.
fn problems(pushed: &Pushed) -> Vec<&'static str> {
    pushed.problems.iter().map(zhuanlan::wechat_api::Problem::code).collect()
}

/// The words of an error, in both languages.
fn words(error: &Error) -> String {
    [Lang::Zh, Lang::En].map(|lang| format!("{:?}", error.message(lang))).join("\n")
}
