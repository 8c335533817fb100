//! A service that behaves as the official pages of the WeChat API say, on a
//! port of this machine.
//!
//! What the pages leave open is as the service's community reports it: pictures
//! of other hosts vanish without an error, `\u` escapes stay in the text.

use std::collections::{BTreeMap, VecDeque};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};

pub(crate) const APP_ID: &str = "wx0123456789abcdef";
pub(crate) const SECRET: &str = "5ec2e7aa5ec2e7bb5ec2e7cc5ec2e7dd";

/// The service.
pub(crate) struct Server {
    pub(crate) api: String,
    account: Arc<Mutex<Account>>,
    /// Says that the request to be cut off has come.
    pub(crate) cut: Receiver<()>,
}

/// When a request is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Before the service did anything.
    Before,
    /// After it did all, but for the answer.
    After,
}

/// What the service answers in place of what it would.
#[derive(Debug, Clone)]
pub(crate) enum Instead {
    /// This error; nothing is done.
    Code(i64, String),
    /// This error, though all was done.
    DoneBut(i64),
    /// This HTTP status, though all was done.
    Status(u16),
}

/// What the account holds.
#[derive(Default)]
pub(crate) struct Account {
    /// The paths asked for, in order.
    pub(crate) requests: Vec<String>,
    /// Pictures of bodies: address and bytes, in the order of their upload.
    pub(crate) pictures: Vec<(String, Vec<u8>)>,
    /// The library: media id, name and bytes.
    pub(crate) materials: Vec<(String, String, Vec<u8>)>,
    /// The draft box: media id and article, the newest last.
    pub(crate) drafts: Vec<(String, Value)>,
    /// Answers in place of the right ones, by path.
    pub(crate) instead: BTreeMap<&'static str, VecDeque<Instead>>,
    /// The number of the request that is cut off, from 0.
    pub(crate) cut_at: Option<(usize, Cut)>,
    /// Requests that a token is good for; 0 is no limit.
    pub(crate) token_lasts: usize,
    /// Requests that a former token is good for, once there is another: the
    /// five minutes in which both are valid.
    pub(crate) overlap: usize,
    /// Tokens and the requests that they are good for still.
    tokens: Vec<(String, usize)>,
    /// How often a token was asked for by force.
    pub(crate) forced: usize,
    /// What the service lost of its own.
    pub(crate) lost: Vec<Vec<u8>>,
    numbers: usize,
}

struct Asked {
    method: String,
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Server {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let api = format!("http://{}", listener.local_addr().unwrap());
        let account = Arc::new(Mutex::new(Account::default()));
        let (tell, cut) = channel();
        let shared = Arc::clone(&account);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &shared, &tell);
            }
        });
        Self { api, account, cut }
    }

    pub(crate) fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap()
    }

    /// How often each path was asked for, in the order of the paths.
    pub(crate) fn counts(&self) -> Vec<(String, usize)> {
        let mut counts = BTreeMap::new();
        for path in &self.account().requests {
            *counts.entry(path.trim_start_matches("/cgi-bin/").to_owned()).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    /// Answers in place of the next ones at `path`.
    pub(crate) fn instead(&self, path: &'static str, answers: impl IntoIterator<Item = Instead>) {
        self.account().instead.entry(path).or_default().extend(answers);
    }
}

/// One request a connection.
fn answer(mut stream: TcpStream, account: &Mutex<Account>, tell: &Sender<()>) {
    let Some(asked) = read(&mut stream) else { return };
    let mut account = account.lock().unwrap();
    let number = account.requests.len();
    account.requests.push(asked.path.clone());
    let cut = account.cut_at.filter(|(at, _)| *at == number).map(|(_, cut)| cut);
    if cut == Some(Cut::Before) {
        drop(account);
        return hold(stream, tell);
    }
    let instead = account.instead.get_mut(asked.path.as_str()).and_then(VecDeque::pop_front);
    let (status, answer) = match instead {
        Some(Instead::Code(code, said)) => (200, refusal(code, &said)),
        Some(Instead::DoneBut(code)) => {
            account.answer(&asked);
            (200, refusal(code, "system error"))
        }
        Some(Instead::Status(status)) => {
            account.answer(&asked);
            (status, json!("<html>"))
        }
        None => (200, account.answer(&asked)),
    };
    drop(account);
    if cut == Some(Cut::After) {
        return hold(stream, tell);
    }
    let body = answer.to_string();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json; encoding=utf-8\r\nContent-Length: {}\r\nConnection: \
         close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

/// Says that the request has come, and keeps the client waiting until it is
/// gone.
fn hold(mut stream: TcpStream, tell: &Sender<()>) {
    let _ = tell.send(());
    let _ = stream.read(&mut [0]);
}

fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut part = [0; 16 << 10];
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        let len = stream.read(&mut part).ok().filter(|len| *len > 0)?;
        bytes.extend_from_slice(&part[..len]);
    };
    let text = String::from_utf8(bytes[..head].to_vec()).ok()?;
    let mut lines = text.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut body = bytes[head + 4..].to_vec();
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while body.len() < length {
        let len = stream.read(&mut part).ok().filter(|len| *len > 0)?;
        body.extend_from_slice(&part[..len]);
    }
    Some(Asked { method, path: path.to_owned(), query: query.to_owned(), headers, body })
}

fn refusal(code: i64, said: &str) -> Value {
    json!({ "errcode": code, "errmsg": said })
}

impl Account {
    fn answer(&mut self, asked: &Asked) -> Value {
        if asked.method != "POST" {
            return refusal(43002, "require POST method");
        }
        if asked.path == "/cgi-bin/stable_token" {
            return self.token(&object(&asked.body));
        }
        if let Err(refused) = self.admit(&asked.query) {
            return refused;
        }
        match asked.path.as_str() {
            "/cgi-bin/media/uploadimg" => self.upload(asked, 1 << 20, false),
            "/cgi-bin/material/add_material" => self.upload(asked, 10 << 20, true),
            "/cgi-bin/material/batchget_material" => self.list_materials(&object(&asked.body)),
            "/cgi-bin/draft/add" => self.add(&object(&asked.body)),
            "/cgi-bin/draft/update" => self.update(&object(&asked.body)),
            "/cgi-bin/draft/get" => self.get(&object(&asked.body)),
            "/cgi-bin/draft/batchget" => self.list_drafts(&object(&asked.body)),
            _ => refusal(40066, "invalid url"),
        }
    }

    /// `stable_token`: the same one until shortly before its end.
    fn token(&mut self, asked: &Value) -> Value {
        if asked["appid"] != APP_ID {
            return refusal(40013, "invalid appid");
        }
        if asked["secret"] != SECRET {
            // Services repeat what they are sent.
            return refusal(40125, &format!("invalid appsecret {}", asked["secret"]));
        }
        let force = asked["force_refresh"] == true;
        self.forced += usize::from(force);
        if let Some((token, _)) = self.tokens.last().filter(|(_, left)| *left > 1 && !force) {
            return json!({ "access_token": token, "expires_in": 7200 });
        }
        let overlap = if force { 0 } else { self.overlap };
        for (_, left) in &mut self.tokens {
            *left = overlap;
        }
        let token = format!("{}_t0ken{}", self.tokens.len() + 70, "x".repeat(40));
        let lasts = if self.token_lasts == 0 { usize::MAX } else { self.token_lasts };
        self.tokens.push((token.clone(), lasts));
        json!({ "access_token": token, "expires_in": 7200 })
    }

    fn admit(&mut self, query: &str) -> Result<(), Value> {
        let token = query.split('&').find_map(|pair| pair.strip_prefix("access_token="));
        let Some(token) = token else { return Err(refusal(41001, "access_token missing")) };
        let Some((_, left)) = self.tokens.iter_mut().find(|(known, _)| known == token) else {
            return Err(refusal(
                40001,
                &format!("invalid credential, access_token {token} is invalid or not latest"),
            ));
        };
        if *left == 0 {
            return Err(refusal(42001, "access_token expired"));
        }
        *left -= 1;
        Ok(())
    }

    /// `uploadimg` and `add_material`: a length, a name, a kind, a size.
    fn upload(&mut self, asked: &Asked, limit: usize, permanent: bool) -> Value {
        let missing = refusal(41005, "media data missing");
        if !asked.headers.contains_key("content-length") {
            return missing;
        }
        let Some((name, bytes)) = file(asked) else { return missing };
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default();
        if extension.is_empty() {
            return missing;
        }
        let kind = match bytes.as_slice() {
            [0xff, 0xd8, ..] => "jpg",
            [0x89, b'P', b'N', b'G', ..] => "png",
            _ => return refusal(40005, "invalid file type"),
        };
        if kind != extension {
            return refusal(40005, "invalid file type");
        }
        if bytes.len() >= limit {
            return refusal(40009, "invalid image size");
        }
        self.numbers += 1;
        let address = format!("http://mmbiz.qpic.cn/mmbiz_{kind}/id{}/0?wx_fmt={kind}", self.numbers);
        if permanent {
            let media_id = format!("material-{}", self.numbers);
            self.materials.push((media_id.clone(), name, bytes));
            return json!({ "media_id": media_id, "url": address });
        }
        self.pictures.push((address.clone(), bytes));
        json!({ "url": address })
    }

    fn list_materials(&self, asked: &Value) -> Value {
        let items = self
            .materials
            .iter()
            .rev()
            .map(|(media_id, name, _)| json!({ "media_id": media_id, "name": name }));
        page(items.collect(), asked)
    }

    fn add(&mut self, asked: &Value) -> Value {
        let article = match self.accept(&asked["articles"][0]) {
            Ok(article) => article,
            Err(refused) => return refused,
        };
        self.numbers += 1;
        let media_id = format!("draft-{}", self.numbers);
        self.drafts.push((media_id.clone(), article));
        json!({ "media_id": media_id })
    }

    fn update(&mut self, asked: &Value) -> Value {
        let Some(at) = self.drafts.iter().position(|(id, _)| asked["media_id"] == id.as_str()) else {
            return refusal(40007, "invalid media_id");
        };
        match self.accept(&asked["articles"]) {
            Ok(article) => {
                self.drafts[at].1 = article;
                refusal(0, "ok")
            }
            Err(refused) => refused,
        }
    }

    fn get(&self, asked: &Value) -> Value {
        match self.drafts.iter().find(|(id, _)| asked["media_id"] == id.as_str()) {
            Some((_, Value::Array(several))) => json!({ "news_item": several }),
            Some((_, article)) => json!({ "news_item": [article] }),
            None => refusal(40007, "invalid media_id"),
        }
    }

    fn list_drafts(&self, asked: &Value) -> Value {
        let items = self.drafts.iter().rev().map(|(media_id, article)| {
            let mut article = article.clone();
            article["content"] = json!("");
            json!({ "media_id": media_id, "content": { "news_item": [article] } })
        });
        page(items.collect(), asked)
    }

    /// The limits of the page on `draft/add`, and what becomes of a body.
    fn accept(&self, article: &Value) -> Result<Value, Value> {
        let text = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
        let (title, content) = (text("title"), text("content"));
        let longer = |text: &str, limit| text.chars().count() > limit;
        if title.is_empty() || content.is_empty() {
            return Err(refusal(44003, "empty news data"));
        }
        if longer(&title, 32) {
            return Err(refusal(45003, "title size out of limit"));
        }
        if longer(&text("author"), 16) {
            return Err(refusal(45110, "author size out of limit"));
        }
        if longer(&text("digest"), 128) {
            return Err(refusal(45004, "description size out of limit"));
        }
        if longer(&content, 19_999) || content.len() >= 1 << 20 {
            return Err(refusal(45002, "content size out of limit"));
        }
        if !self.materials.iter().any(|(id, _, _)| text("thumb_media_id") == *id) {
            return Err(refusal(40007, "invalid media_id"));
        }
        let mut kept = article.clone();
        kept["content"] = json!(self.cleaned(&content));
        Ok(kept)
    }

    /// Without pictures that were not uploaded by `uploadimg`.
    fn cleaned(&self, content: &str) -> String {
        let known = |tag: &str| {
            self.pictures.iter().any(|(address, bytes)| {
                tag.contains(&address.replace('&', "&amp;")) && !self.lost.contains(bytes)
            })
        };
        let mut out = String::new();
        let mut rest = content;
        while let Some((before, after)) = rest.split_once("<img") {
            let (tag, after) = after.split_once('>').unwrap_or((after, ""));
            out += before;
            if known(tag) {
                out += &format!("<img{}>", tag.replace("src=\"http:", "data-src=\"https:"));
            }
            rest = after;
        }
        out + rest
    }
}

/// The object in a body. The service keeps `\u` escapes as text.
fn object(body: &[u8]) -> Value {
    let text = String::from_utf8(body.to_vec()).unwrap_or_default();
    let (mut kept, mut chars) = (String::new(), text.chars().peekable());
    while let Some(c) = chars.next() {
        kept.push(c);
        match chars.peek() {
            Some('u') if c == '\\' => kept.push('\\'),
            Some('\\' | '"') if c == '\\' => kept.extend(chars.next()),
            _ => {}
        }
    }
    serde_json::from_str(&kept).unwrap_or_default()
}

/// Name and bytes of the field `media`; `None` where the field has no name.
fn file(asked: &Asked) -> Option<(String, Vec<u8>)> {
    let kind = asked.headers.get("content-type")?;
    let boundary = format!("--{}", kind.split_once("boundary=")?.1);
    let body = asked.body.strip_prefix(boundary.as_bytes())?;
    let end = body.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8(body[..end].to_vec()).ok()?;
    let name = head.split_once("name=\"media\"; filename=\"")?.1.split_once('"')?.0.to_owned();
    let tail = format!("\r\n{boundary}--\r\n");
    Some((name, body[end + 4..].strip_suffix(tail.as_bytes())?.to_vec()))
}

fn page(items: Vec<Value>, asked: &Value) -> Value {
    let number = |name: &str| usize::try_from(asked[name].as_u64().unwrap_or(0)).unwrap();
    assert!((1..=20).contains(&number("count")), "{asked}");
    let total = items.len();
    let items: Vec<Value> = items.into_iter().skip(number("offset")).take(number("count")).collect();
    json!({ "total_count": total, "item_count": items.len(), "item": items })
}
