//! For hosts that read two files in the site's root: `_headers` and
//! `_redirects` (Netlify, Cloudflare Pages and their kin).

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::served::Cache;
use super::site::Hosted;
use crate::path::{MEDIA_TYPES, OutputPath};

/// Both files, one after the other, each under its name; writing to a string
/// can't fail.
pub(super) fn configuration(site: &Hosted<'_>) -> String {
    let mut out = String::from(HEAD);
    let base = site.base;
    let _ = write!(out, "\n# ---- _headers\n{base}*\n");
    for (name, value) in site.headers() {
        let _ = writeln!(out, "  {name}: {value}");
    }
    let _ = writeln!(out, "  Cache-Control: {}", Cache::Revalidate.control());
    let _ = write!(
        out,
        "{base}assets/*\n  ! Cache-Control\n  Cache-Control: {}\n{base}search/k*\n  ! Cache-Control\n  Cache-Control: {}\n",
        Cache::Immutable.control(),
        Cache::Hour.control()
    );
    for (extension, media_type) in MEDIA_TYPES {
        let _ = writeln!(out, "{base}*.{extension}\n  Content-Type: {media_type}");
    }
    for (path, value) in site.dispositions() {
        let _ = writeln!(out, "{}\n  Content-Disposition: {value}", site.at(path));
    }
    out.push_str("\n# ---- _redirects\n");
    for (from, to) in site.redirects {
        let _ = writeln!(out, "{} {} 301", address(site, from), address(site, to));
    }
    for path in site.gone {
        let _ = writeln!(out, "{} {base}404.html 410", address(site, path));
    }
    out
}

/// The address of `path` as a browser asks for it, which is how these hosts
/// compare; and a blank in it would end it.
fn address(site: &Hosted<'_>, path: &OutputPath) -> String {
    const KEPT: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(&site.at(path), KEPT).to_string()
}

const HEAD: &str = "# For hosts that read `_headers` and `_redirects`: put the two parts below into files of these names in\n\
# `content/static/`. Made by `zhuanlan serve-config headers`.\n";

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules of a `_headers` file: a pattern at the beginning of a line, then
    /// indented `Name: value`, or `! Name`, which takes a header away again.
    fn headers(text: &str) -> Vec<(String, Vec<(String, String)>)> {
        let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            assert!(line.len() <= 2000, "hosts refuse longer lines: {line}");
            let Some(header) = line.strip_prefix("  ") else {
                assert!(
                    line.starts_with('/') && !line.contains(' ') && line.matches('*').count() <= 1,
                    "{line}"
                );
                rules.push((line.to_owned(), Vec::new()));
                continue;
            };
            let (name, value) = match header.strip_prefix("! ") {
                Some(name) => (name, ""),
                None => header.split_once(": ").unwrap(),
            };
            let token = |c: char| c.is_ascii_alphanumeric() || c == '-';
            assert!(!name.is_empty() && name.chars().all(token), "{line}");
            assert!(value.is_ascii() && value.trim() == value, "{line}");
            rules.last_mut().unwrap().1.push((name.to_owned(), value.to_owned()));
        }
        rules
    }

    #[test]
    fn both_files_are_as_hosts_read_them() {
        let path = |path: &str| OutputPath::former(path).unwrap();
        let text = configuration(&Hosted {
            base: "/jyzd/",
            host: None,
            folder: "/srv",
            redirects: &[(path("旧/网址（一）.html"), path("news/a.html"))],
            gone: &[path("news/gone.html")],
            downloads: &[(path("assets/files/a.174ac3fe.docx"), "学习<笔记> & \"心得\".docx".to_owned())],
            foreign: &["<script src=\"//dcs.example.cn/js/x.js\"></script>".to_owned()],
            precompressed: true,
        });
        let (head, redirects) = text.split_once("# ---- _redirects\n").unwrap();
        let rules = headers(head);
        let says = |pattern: &str, name: &str| {
            let rule = rules.iter().find(|(of, _)| of == pattern);
            rule.and_then(|(_, all)| all.iter().find(|(of, _)| of == name)).map(|(_, value)| value.as_str())
        };
        assert_eq!(says("/jyzd/*", "Cache-Control"), Some("no-cache"));
        assert!(
            says("/jyzd/*", "Content-Security-Policy")
                .is_some_and(|policy| policy.contains("dcs.example.cn"))
        );
        // What all files were given is taken away before it is given anew: two
        // values would be sent as one list.
        for pattern in ["/jyzd/assets/*", "/jyzd/search/k*"] {
            let rule = rules.iter().find(|(of, _)| of == pattern).unwrap();
            let names: Vec<&str> = rule.1.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["Cache-Control", "Cache-Control"], "{pattern}");
            assert_eq!(says(pattern, "Cache-Control"), Some(""), "{pattern}");
        }
        assert_eq!(says("/jyzd/*.html", "Content-Type"), Some("text/html; charset=utf-8"));
        let name = says("/jyzd/assets/files/a.174ac3fe.docx", "Content-Disposition").unwrap();
        assert!(name.contains("filename*=UTF-8''%E5%AD%A6"), "{name}");
        let redirects: Vec<Vec<&str>> = redirects.lines().map(|line| line.split(' ').collect()).collect();
        let old = "/jyzd/%E6%97%A7/%E7%BD%91%E5%9D%80%EF%BC%88%E4%B8%80%EF%BC%89.html";
        assert_eq!(
            redirects,
            [vec![old, "/jyzd/news/a.html", "301"], vec!["/jyzd/news/gone.html", "/jyzd/404.html", "410"]]
        );
    }
}
