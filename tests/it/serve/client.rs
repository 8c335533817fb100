//! The smallest client of HTTP that tests need: what it sends is in plain
//! sight, and nothing is repaired on the way.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use zhuanlan::serve::Preview;

/// Where to connect to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Client(SocketAddr);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// An open stream of events.
pub(crate) struct Events(BufReader<TcpStream>);

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) data: String,
    pub(crate) id: String,
}

impl Client {
    pub(crate) fn of(preview: &Preview) -> Self {
        let port = preview.url().split('?').next().unwrap().trim_end_matches('/').rsplit(':').next().unwrap();
        Self::at(port.parse().unwrap())
    }

    /// Of the preview at a port of this machine.
    pub(crate) fn at(port: u16) -> Self {
        Self(SocketAddr::from(([127, 0, 0, 1], port)))
    }

    pub(crate) fn port(self) -> u16 {
        self.0.port()
    }

    pub(crate) fn connect(self) -> TcpStream {
        let stream = TcpStream::connect_timeout(&self.0, Duration::from_secs(10)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    pub(crate) fn get(self, path: &str) -> Answer {
        self.send("GET", path, &[], b"")
    }

    pub(crate) fn send(self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.0);
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        head += "\r\n";
        self.raw(&[head.as_bytes(), body].concat()).unwrap_or_else(|| panic!("no answer to {method} {path}"))
    }

    /// Sends these bytes and reads to the end; `None` where nothing comes that
    /// is an answer.
    pub(crate) fn raw(self, bytes: &[u8]) -> Option<Answer> {
        let mut stream = self.connect();
        // The other side may have closed already: it did not like the head.
        let _ = stream.write_all(bytes);
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        parse(&all)
    }

    /// Connects as a tab that shows `page` and has seen `seen`.
    pub(crate) fn events(self, page: &str, seen: &str) -> Events {
        self.events_after(page, seen, "")
    }

    /// As a browser that connects again after the event `last`.
    pub(crate) fn events_after(self, page: &str, seen: &str, last: &str) -> Events {
        let mut stream = self.connect();
        let last = if last.is_empty() { String::new() } else { format!("Last-Event-ID: {last}\r\n") };
        let head = format!("GET /-/live?page={page}&seen={seen} HTTP/1.1\r\nHost: {}\r\n{last}\r\n", self.0);
        stream.write_all(head.as_bytes()).unwrap();
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        while reader.read_line(&mut line).unwrap() > 2 {
            line.clear();
        }
        Events(reader)
    }
}

impl Events {
    /// The next event; `None` where none comes within `patience`.
    pub(crate) fn next(&mut self, patience: Duration) -> Option<Event> {
        let until = Instant::now() + patience;
        let mut event = Event::default();
        loop {
            let left = until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
            self.0.get_ref().set_read_timeout(Some(left)).unwrap();
            let mut line = String::new();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            // Lengths of chunks stand on lines of their own; no field of ours
            // looks like one.
            match line.trim_end().split_once(':') {
                Some(("event", value)) => event.name = value.trim().to_owned(),
                Some(("data", value)) => event.data = value.trim().to_owned(),
                Some(("id", value)) => event.id = value.trim().to_owned(),
                _ if line.trim().is_empty() && !event.name.is_empty() => return Some(event),
                _ => {}
            }
        }
    }

    /// The events that come until none does for a while.
    pub(crate) fn all(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.next(Duration::from_millis(400))).collect()
    }

    /// Their names.
    pub(crate) fn names(&mut self) -> Vec<String> {
        self.all().into_iter().map(|event| event.name).collect()
    }

    pub(crate) fn hello_token(mut self) -> String {
        let hello = self.next(Duration::from_secs(5)).unwrap();
        assert_eq!(hello.name, "hello");
        let hello: serde_json::Value = serde_json::from_str(&hello.data).unwrap();
        hello["token"].as_str().unwrap().to_owned()
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What the page tells its script that a tab has seen.
    pub(crate) fn seen(&self) -> String {
        let text = self.text();
        text.split("data-seen=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
    }
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|part| part == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let body = bytes[end + 4..].to_vec();
    let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    Some(Answer { status, headers, body: if chunked { dechunked(&body) } else { body } })
}

fn dechunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = body;
    while let Some(end) = rest.windows(2).position(|part| part == b"\r\n") {
        let len = usize::from_str_radix(&String::from_utf8_lossy(&rest[..end]), 16).unwrap_or(0);
        if len == 0 {
            break;
        }
        let from = end + 2;
        out.extend_from_slice(&rest[from..(from + len).min(rest.len())]);
        rest = rest.get(from + len + 2..).unwrap_or_default();
    }
    out
}
