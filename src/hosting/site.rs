//! What a configuration is made from, and what is the same in all of them.

use std::fmt::Write as _;

use crate::path::{MEDIA_TYPES, OutputPath, is_text, without_parameters};

/// A published site, as whoever serves it has to know it.
#[derive(Debug, Clone, Copy)]
pub struct Hosted<'h> {
    /// The path of its address, with `/` at both ends: `/jyzd/`.
    pub base: &'h str,
    /// The host of its address: `www.example.gov.cn`.
    pub host: Option<&'h str>,
    /// Where it lies on the server, without a `/` at the end.
    pub folder: &'h str,
    /// Former addresses and those that they lead to.
    pub redirects: &'h [(OutputPath, OutputPath)],
    /// Pages that went, for which none came.
    pub gone: &'h [OutputPath],
    /// Files and the names that readers' copies get.
    pub downloads: &'h [(OutputPath, String)],
    /// HTML that pages hold from elsewhere: marks of authorities and the like.
    pub foreign: &'h [String],
    /// Whether texts lie there packed too.
    pub precompressed: bool,
}

/// The media types of texts, which are worth packing on the way.
pub(super) fn text_types() -> Vec<&'static str> {
    let mut types = Vec::new();
    for (_, content_type) in MEDIA_TYPES.iter().filter(|(_, content_type)| is_text(content_type)) {
        let media_type = without_parameters(content_type);
        if !types.contains(&media_type) {
            types.push(media_type);
        }
    }
    types
}

impl Hosted<'_> {
    /// The address of `path` on its host.
    pub(super) fn at(&self, path: &OutputPath) -> String {
        format!("{}{path}", self.base)
    }

    /// The base without its last `/`; empty for a site at the root.
    pub(super) fn bare(&self) -> &str {
        self.base.trim_end_matches('/')
    }

    /// Headers that every answer has.
    pub(super) fn headers(&self) -> Vec<(&'static str, String)> {
        let fixed = |name, value: &str| (name, value.to_owned());
        vec![
            ("Content-Security-Policy", self.policy()),
            fixed("X-Content-Type-Options", "nosniff"),
            fixed("Referrer-Policy", "strict-origin-when-cross-origin"),
            fixed("Cross-Origin-Opener-Policy", "same-origin"),
            fixed("Cross-Origin-Resource-Policy", "same-origin"),
        ]
    }

    /// What pages may load: nothing but the site's own, and what foreign HTML
    /// names (`Content-Security-Policy`, CSP Level 3).
    fn policy(&self) -> String {
        let mut others = String::new();
        for host in self.hosts() {
            let _ = write!(others, " {host}");
        }
        let inline = self.foreign.iter().any(|html| has_inline_script(html));
        let inline = if inline { " 'unsafe-inline'" } else { "" };
        format!(
            "default-src 'none'; script-src 'self'{inline}{others}; style-src 'self'; img-src 'self'{others}; \
             font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'"
        )
    }

    /// The hosts that foreign HTML names.
    fn hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> = Vec::new();
        for html in self.foreign {
            for after in html.split("//").skip(1) {
                let host: String =
                    after.chars().take_while(|c| c.is_ascii_alphanumeric() || ".-:".contains(*c)).collect();
                if host.contains('.') && !hosts.contains(&host) {
                    hosts.push(host);
                }
            }
        }
        hosts
    }

    /// `Content-Disposition` for each download (RFC 6266, RFC 8187): old
    /// programs get the name in the address, all others the Chinese one.
    pub(super) fn dispositions(&self) -> impl Iterator<Item = (&OutputPath, String)> {
        self.downloads.iter().map(|(path, name)| (path, disposition(path, name)))
    }
}

/// `Content-Disposition` of the file at `path`, whose copies are called `name`
/// (RFC 6266, RFC 8187): old programs get the name in the address.
pub fn disposition(path: &OutputPath, name: &str) -> String {
    let plain = path.as_str().rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
    format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", without_hash(plain), encoded(name))
}

fn has_inline_script(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    lower.split("<script").skip(1).any(|tag| tag.split('>').next().is_some_and(|tag| !tag.contains("src")))
        || lower.contains("onclick=")
        || lower.contains("onload=")
}

/// `a.174ac3fe.docx` as `a.docx`.
fn without_hash(name: &str) -> String {
    let parts: Vec<&str> = name.split('.').collect();
    match parts.as_slice() {
        [start @ .., hash, ending] if !start.is_empty() && hash.len() == 8 => {
            format!("{}.{ending}", start.join("."))
        }
        _ => name.to_owned(),
    }
}

/// Percent-encoded as RFC 8187 asks.
fn encoded(name: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(name, KEPT).to_string()
}

/// `path` so that a regular expression (PCRE, RE2) means it literally.
pub(super) fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len() + 8);
    for c in path.chars() {
        if ".+*?()[]{}^$|\\-".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosted<'h>(downloads: &'h [(OutputPath, String)], foreign: &'h [String]) -> Hosted<'h> {
        Hosted {
            base: "/jyzd/",
            host: None,
            folder: "/srv/jyzd",
            redirects: &[],
            gone: &[],
            downloads,
            foreign,
            precompressed: false,
        }
    }

    #[test]
    fn downloads_have_their_chinese_names() {
        let path = OutputPath::new("assets/files/xue-xi.174ac3fe.docx").unwrap();
        let downloads = [(path, "学习笔记 (一).docx".to_owned())];
        let hosted = hosted(&downloads, &[]);
        let (_, value) = hosted.dispositions().next().unwrap();
        assert_eq!(
            value,
            "attachment; filename=\"xue-xi.docx\"; \
             filename*=UTF-8''%E5%AD%A6%E4%B9%A0%E7%AC%94%E8%AE%B0%20%28%E4%B8%80%29.docx"
        );
    }

    #[test]
    fn foreign_marks_may_load_what_they_name() {
        let foreign =
            ["<script src=\"//dcs.conac.cn/js/x.js\"></script><img src='https://www.example.cn/a.png'>"
                .to_owned()];
        let policy = hosted(&[], &foreign).policy();
        assert!(policy.contains("script-src 'self' dcs.conac.cn www.example.cn;"), "{policy}");
        let inline = ["<script>document.write('x')</script>".to_owned()];
        assert!(hosted(&[], &inline).policy().contains("script-src 'self' 'unsafe-inline';"));
        assert!(!hosted(&[], &[]).policy().contains("unsafe"));
    }
}
