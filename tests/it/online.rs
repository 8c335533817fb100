//! `verify URL`: a server that answers as it should, and such that do not.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

use zhuanlan::hosting::served;
use zhuanlan::publish::{Answers, Error, NoHooks, Place, Wrong, verify_online};

use super::releases::Column;

/// Status, headers, body.
type Answer = (u16, Vec<(String, String)>, Vec<u8>);

/// The right answer for `path` of the folder.
fn right(folder: &Path, path: &str) -> Answer {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let facts = served(path);
    let headers = vec![
        header("Content-Type", facts.media_type),
        header("Cache-Control", facts.cache.control()),
        header("Content-Security-Policy", "default-src 'none'"),
        header("X-Content-Type-Options", "nosniff"),
        header("Referrer-Policy", "no-referrer"),
    ];
    match fs::read(folder.join(path)) {
        Ok(bytes) => (200, headers, bytes),
        Err(_) => (404, headers, fs::read(folder.join("404.html")).unwrap_or_default()),
    }
}

/// A server below `/jyzd/` whose right answers `change` may spoil; its address.
fn serve(column: &Column, change: impl Fn(&str, &mut Answer) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/jyzd/", listener.local_addr().unwrap());
    let (folder, change) = (column.output(), Arc::new(change));
    std::thread::spawn(move || {
        for stream in listener.incoming().filter_map(Result::ok) {
            let (folder, change) = (folder.clone(), Arc::clone(&change));
            std::thread::spawn(move || while answer(&stream, &folder, &*change).is_some() {});
        }
    });
    url
}

fn answer(mut stream: &TcpStream, folder: &Path, change: &dyn Fn(&str, &mut Answer)) -> Option<()> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    for _ in lines.by_ref().take_while(|line| !line.is_empty()) {}
    let path = first.split(' ').nth(1)?.strip_prefix("/jyzd/").unwrap_or("outside").to_owned();
    let path = percent_encoding::percent_decode_str(&path).decode_utf8().unwrap().into_owned();
    let mut answer = right(folder, &path);
    change(&path, &mut answer);
    let (status, headers, body) = answer;
    let mut head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all(&[head.as_bytes(), b"\r\n", &body].concat()).ok()
}

const FILES: [(&str, &str); 7] = [
    ("404.html", "没有这个网页"),
    ("assets/gazette.11111111.css", "style"),
    ("feed.atom", "feed"),
    ("index.html", "首页"),
    ("news/a.html", "动员部署会"),
    ("old.html", "<meta http-equiv=\"refresh\" content=\"0; url=news/a.html\">"),
    ("关于/我们.html", "关于我们"),
];

fn column() -> Column {
    let column = Column::new();
    column.publish(&[("404.html", "没有这个网页"), ("news/gone.html", "撤下的")]);
    column.publish(&FILES);
    column
}

fn verify(column: &Column, url: &str) -> Result<Answers, Error> {
    verify_online(&Place::new(&column.output(), column.dir.path()).unwrap(), url, None, false, &NoHooks)
}

/// What is wrong where `change` spoils the answers.
fn wrong(change: impl Fn(&str, &mut Answer) + Send + Sync + 'static) -> Vec<(String, Wrong)> {
    let column = column();
    let url = serve(&column, change);
    let answers = verify(&column, &url).unwrap();
    assert_eq!(answers.asked, 7 + 1 + 2);
    answers.wrong.into_iter().map(|asked| (asked.path, asked.wrong)).collect()
}

#[test]
fn a_server_that_answers_as_it_should() {
    assert_eq!(wrong(|_, _| {}), []);
    // A former address may be answered by 301.
    let moved = |path: &str, answer: &mut Answer| {
        if path == "old.html" {
            *answer = (301, vec![("Location".to_owned(), "/jyzd/news/a.html".to_owned())], Vec::new());
        }
    };
    assert_eq!(wrong(moved), []);
    let gone = |path: &str, answer: &mut Answer| {
        if path == "news/gone.html" {
            answer.0 = 410;
        }
    };
    assert_eq!(wrong(gone), []);
}

#[test]
fn whatever_is_wrong_is_named() {
    let at = |path: &'static str, spoil: fn(&mut Answer)| {
        move |asked: &str, answer: &mut Answer| {
            if asked == path {
                spoil(answer);
            }
        }
    };
    let one = |path: &'static str, spoil: fn(&mut Answer), expected: Wrong| {
        assert_eq!(wrong(at(path, spoil)), [(path.to_owned(), expected)]);
    };
    one("news/a.html", |answer| answer.2.push(b'x'), Wrong::Bytes);
    one("news/a.html", |answer| answer.2.clear(), Wrong::Bytes);
    one("关于/我们.html", |answer| answer.0 = 500, Wrong::Status(500));
    one("feed.atom", |answer| answer.0 = 404, Wrong::Status(404));
    let to = |answer: &mut Answer| {
        *answer =
            (302, vec![("Location".to_owned(), "https://www.example.org/login".to_owned())], Vec::new());
    };
    one("news/a.html", to, Wrong::Redirected("https://www.example.org/login".to_owned()));
    one(
        "news/a.html",
        |answer| answer.1[0].1 = "text/html".to_owned(),
        Wrong::Type("text/html; charset=utf-8", "text/html".to_owned()),
    );
    one(
        "assets/gazette.11111111.css",
        |answer| answer.1[1].1 = "no-store".to_owned(),
        Wrong::Cache("public, max-age=31536000, immutable", "no-store".to_owned()),
    );
    one("index.html", |answer| drop(answer.1.remove(2)), Wrong::Header("content-security-policy"));
    one("news/gone.html", |answer| answer.0 = 200, Wrong::StillThere);
    let soft = wrong(|_, answer| {
        if answer.0 == 404 && answer.2 == "没有这个网页".as_bytes() {
            answer.0 = 200;
        }
    });
    assert_eq!(soft.len(), 3, "{soft:?}");
    let page = wrong(|_, answer| {
        if answer.0 == 404 {
            answer.2 = b"nginx".to_vec();
        }
    });
    assert!(page.len() == 2 && page.iter().all(|(_, wrong)| *wrong == Wrong::NotFoundPage), "{page:?}");
}

#[test]
fn where_nobody_answers_it_says_so() {
    let column = column();
    // A port that nobody listens at any more.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let refused = verify(&column, &format!("http://127.0.0.1:{port}/jyzd/"));
    assert!(matches!(refused, Err(Error::NoServer { .. })), "{refused:?}");
}
