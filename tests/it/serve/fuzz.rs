//! Hostile requests: nothing outside the site is answered, and the server
//! goes on.

use std::io::{Read as _, Write as _};

use super::{Scene, write};

/// Spellings of a file that lies beside the folder, and of what is not a path.
const SPELLINGS: [&str; 34] = [
    "/../secret.txt",
    "/../../../../../../etc/passwd",
    "/news/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%2fsecret.txt",
    "/%252e%252e%252fsecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%uff0e%uff0e/secret.txt",
    "/..\\secret.txt",
    "/..%5csecret.txt",
    "/%5c..%5csecret.txt",
    "/\\\\host\\share\\x",
    "/C:/secret.txt",
    "/c:%5csecret.txt",
    "//etc/passwd",
    "///etc/passwd",
    "/etc/passwd",
    "/file:///etc/passwd",
    "/news/a.md",
    "/content/news/a.md",
    "/column.yaml",
    "/.git/config",
    "/.cache/hashes",
    "/verify.txt%00.html",
    "/%00",
    "/verify.txt/",
    "/verify.txt/../verify.txt",
    "/./verify.txt",
    "/VERIFY.TXT",
    "/verify.txt.",
    "/verify.txt::$DATA",
    "/-/../verify.txt",
    "/-/%2e%2e/verify.txt",
];

#[test]
fn no_spelling_leads_out_of_the_site() {
    let scene = Scene::new();
    let parent = scene.root().parent().unwrap().to_owned();
    let secret = parent.join("secret.txt");
    std::fs::write(&secret, "机密").unwrap();
    write(scene.root(), ".cache/hashes", "机密");
    write(scene.root(), ".git/config", "机密");
    let client = scene.client();
    for spelling in SPELLINGS {
        let raw = format!("GET {spelling} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer = client.raw(raw.as_bytes()).unwrap_or_else(|| panic!("no answer to {spelling}"));
        assert!([400, 404].contains(&answer.status), "{spelling}: {}", answer.status);
        let text = answer.text();
        assert!(!text.contains("机密") && !text.contains("root:") && !text.contains("token"), "{spelling}");
    }
    std::fs::remove_file(secret).unwrap();
}

#[test]
fn overlong_requests_are_refused() {
    let scene = Scene::new();
    let client = scene.client();
    for len in [1_000, 10_000, 60_000] {
        let answer = client.get(&format!("/{}", "a".repeat(len)));
        assert!([404, 414, 431].contains(&answer.status), "{len}: {}", answer.status);
    }
    let header = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(1 << 20));
    let answer = client.raw(header.as_bytes());
    assert!(answer.is_none_or(|answer| answer.status == 431));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "A: b\r\n".repeat(5_000));
    assert!(client.raw(many.as_bytes()).is_none_or(|answer| answer.status == 431));
    assert_eq!(client.get("/").status, 200);
}

/// A small generator of numbers (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    /// A request line and headers that are sometimes right, mostly nearly so,
    /// now and then noise.
    fn request(&mut self) -> Vec<u8> {
        if self.below(10) == 0 {
            return (0..self.below(200)).map(|_| u8::try_from(self.below(256)).unwrap()).collect();
        }
        let method = self.pick(&[
            "GET", "GET", "GET", "HEAD", "POST", "PUT", "get", "G\u{0}T", "OPTIONS", "TRACE", "CONNECT", "",
        ]);
        let mut target = String::new();
        for _ in 0..=self.below(8) {
            target += self.pick(&[
                "/",
                "/",
                "..",
                ".",
                "%2e",
                "%2F",
                "%00",
                "%",
                "%zz",
                "\\",
                "news",
                "a.html",
                "verify.txt",
                "-",
                "live",
                "open",
                "?",
                "#",
                "&",
                "page=",
                "seen=",
                "token=",
                "通知",
                "%E9%80%9A",
                "~",
                ":",
                "http://",
                "@",
                "*",
                " ",
                "\t",
                "\u{feff}",
                "index.html",
                "//",
                ";",
                "=",
                "films/x.mp4",
            ]);
        }
        let version = self.pick(&["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", "", "http/1.1"]);
        let mut out = format!("{method} {target} {version}\r\n");
        for _ in 0..self.below(5) {
            let name = self.pick(&[
                "Host",
                "Host",
                "Host",
                "Range",
                "Cookie",
                "Origin",
                "Content-Length",
                "Transfer-Encoding",
                "Expect",
                "Connection",
                "Upgrade",
                "Last-Event-ID",
                "If-Range",
                "Sec-Fetch-Site",
                "Content-Type",
                "X\u{7f}",
            ]);
            let value = self.pick(&[
                "localhost",
                "127.0.0.1",
                "evil.example",
                "bytes=0-",
                "bytes=9-1",
                "bytes=,",
                "chunked",
                "100-continue",
                "-1",
                "999999999999999999999",
                "0",
                "7",
                "close",
                "keep-alive",
                "h2c",
                "a=b; c",
                "",
                "\u{0}",
                "通知",
                "cross-site",
                "application/json",
            ]);
            out += &format!("{name}: {value}\r\n");
        }
        out += self.pick(&["\r\n", "\r\n", "\r\n", "\n\n", "", "\r\n{\"path\":"]);
        out.into_bytes()
    }
}

#[test]
fn ten_thousand_random_requests() {
    let scene = Scene::new();
    let client = scene.client();
    let mut numbers = Numbers(20_210_320);
    for n in 0..10_000 {
        let request = numbers.request();
        let mut stream = client.connect();
        let _ = stream.write_all(&request);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        // What comes is read, so that a crash of the connection would show.
        let mut head = [0_u8; 64];
        let _ = stream.set_read_timeout(Some(std::time::Duration::from_secs(5)));
        let got = stream.read(&mut head).unwrap_or(0);
        if got > 0 {
            assert!(head.starts_with(b"HTTP/1."), "{n}: {:?}", String::from_utf8_lossy(&request));
        }
        if n % 500 == 0 {
            assert_eq!(client.get("/news/a.html").status, 200, "after {n}");
        }
    }
    assert_eq!(client.get("/news/a.html").status, 200);
}
