//! A request for a file of the site becomes a response.
//!
//! **Invariant:** a path is a key of the output map and nothing else, so no
//! spelling of it reaches a file that is not in the site.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, IF_RANGE, LOCATION, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use futures_util::stream;
use percent_encoding::percent_decode_str;

use super::page::{self, with_script};
use super::site::{Found, Seen, Site, WECHAT, is_page, page_name};
use super::wechat;
use crate::build::{Artifact, Content};
use crate::diagnostic::Lang;
use crate::disk::Files;
use crate::hosting::served;
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};

/// What answering needs besides the site.
#[derive(Debug, Clone)]
pub(super) struct AnswerSettings {
    /// The door to photos and attachments.
    pub(super) files: Files,
    /// The language of the preview's own pages.
    pub(super) lang: Lang,
    /// Whether pages get the preview's script.
    pub(super) inject: bool,
}

/// Answers a request for `path` (as in the request line).
pub(super) fn answer(
    site: &Site,
    answer_settings: &AnswerSettings,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        let allow = (ALLOW, HeaderValue::from_static("GET, HEAD"));
        return with_headers(StatusCode::METHOD_NOT_ALLOWED, Body::empty(), [allow]);
    }
    let response = match decoded(path) {
        Some(path) if path.starts_with(WECHAT) => wechat::answer(site, answer_settings, &path, headers),
        Some(path) => found(site, answer_settings, &path, headers),
        None => html(StatusCode::NOT_FOUND, page::missing(answer_settings.lang, "", true).into_bytes(), true),
    };
    if method == Method::HEAD { without_body(response) } else { response }
}

/// The path that a tab means, or asks for: decoded once, without its leading
/// `/`. `None` where it is no text.
pub(super) fn decoded(path: &str) -> Option<String> {
    let path = path.strip_prefix('/').unwrap_or(path);
    percent_decode_str(path).decode_utf8().ok().map(Into::into)
}

/// The page of the site that a request for `path` means.
pub(super) fn page_asked<'s>(site: &'s Site, path: &str) -> Option<&'s OutputPath> {
    match site.at(&decoded(path)?) {
        Found::File(name, _) if is_page(name) => Some(name),
        _ => None,
    }
}

fn found(site: &Site, answer_settings: &AnswerSettings, path: &str, headers: &HeaderMap) -> Response<Body> {
    match site.at(path) {
        Found::File(name, artifact) if is_page(name) => match &artifact.content {
            Content::Bytes(bytes) => shown(site, answer_settings, path, StatusCode::OK, bytes),
            _ => file(answer_settings, name, artifact, headers),
        },
        Found::File(name, artifact) => file(answer_settings, name, artifact, headers),
        Found::Folder => match HeaderValue::from_str(&format!("/{path}/")) {
            Ok(location) => with_headers(StatusCode::FOUND, Body::empty(), [(LOCATION, location)]),
            Err(_) => html(
                StatusCode::NOT_FOUND,
                page::missing(answer_settings.lang, path, true).into_bytes(),
                true,
            ),
        },
        // Browsers ask for it by themselves, of the overview too: nothing is amiss where there is none.
        Found::Missing(_) if path == "favicon.ico" => {
            let fresh = (CACHE_CONTROL, HeaderValue::from_static("no-store"));
            with_headers(StatusCode::NO_CONTENT, Body::empty(), [fresh])
        }
        Found::Broken(_) | Found::Missing(_) => {
            let page = instead(site, answer_settings.lang, path);
            shown(site, answer_settings, path, StatusCode::NOT_FOUND, &page)
        }
    }
}

/// The page that is shown at `path`, where there is none of the site's.
fn instead(site: &Site, lang: Lang, path: &str) -> Vec<u8> {
    match site.at(path) {
        Found::Broken(about) => page::broken(lang, &about).into_bytes(),
        Found::Missing(Some(Artifact { content: Content::Bytes(bytes), .. })) => bytes.to_vec(),
        _ => page::missing(lang, path, site.good().files.contains_key("index.html")).into_bytes(),
    }
}

/// What a tab at `path` has seen once it shows what is there now.
pub(super) fn seen(site: &Site, lang: Lang, path: &str) -> Seen {
    match site.at(path) {
        Found::File(_, Artifact { content: Content::Bytes(bytes), .. }) => Seen::new(site, path, bytes),
        Found::File(_, artifact) => Seen::alone(artifact.key),
        _ => Seen::new(site, path, &instead(site, lang, path)),
    }
}

/// A page of the site, with the preview's script where wanted.
fn shown(
    site: &Site,
    answer_settings: &AnswerSettings,
    path: &str,
    status: StatusCode,
    bytes: &[u8],
) -> Response<Body> {
    if !answer_settings.inject {
        return html(status, bytes.to_vec(), false);
    }
    let seen = Seen::new(site, path, bytes).token();
    html(status, with_script(bytes, &page_name(path), &seen), false)
}

/// A page; `own` ones are the preview's and may load nothing but its files.
pub(super) fn html(status: StatusCode, bytes: Vec<u8>, own: bool) -> Response<Body> {
    let mut headers = vec![
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_LENGTH, HeaderValue::from(bytes.len())),
    ];
    if own {
        headers.push((CONTENT_SECURITY_POLICY, HeaderValue::from_static(page::POLICY)));
    }
    with_headers(status, Body::from(bytes), headers)
}

/// A file that is no page, or a part of it.
pub(super) fn file(
    settings: &AnswerSettings,
    name: &OutputPath,
    artifact: &Artifact,
    headers: &HeaderMap,
) -> Response<Body> {
    let len = match &artifact.content {
        Content::Bytes(bytes) => bytes.len() as u64,
        Content::Blob(_, len) | Content::Spooled(len) => *len,
        Content::Deferred(recipe) => {
            return made(settings, name, artifact.key, || settings.files.picture(recipe), headers);
        }
        Content::Cleaned(source, copy) => {
            return made(settings, name, artifact.key, || settings.files.cleaned(source, copy), headers);
        }
    };
    let content_type = (CONTENT_TYPE, HeaderValue::from_static(served(name.as_str()).media_type));
    let ranges = (ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    match part(headers, len) {
        Part::All => {
            let headers = [content_type, ranges, (CONTENT_LENGTH, HeaderValue::from(len))];
            with_headers(StatusCode::OK, body(settings, &artifact.content, 0, len), headers)
        }
        Part::Of(first, last) => {
            let range = HeaderValue::from_str(&format!("bytes {first}-{last}/{len}")).unwrap_or(OCTETS);
            let part = last - first + 1;
            let headers =
                [content_type, ranges, (CONTENT_RANGE, range), (CONTENT_LENGTH, HeaderValue::from(part))];
            let body = body(settings, &artifact.content, first, part);
            with_headers(StatusCode::PARTIAL_CONTENT, body, headers)
        }
        Part::Outside => {
            let range = HeaderValue::from_str(&format!("bytes */{len}")).unwrap_or(OCTETS);
            with_headers(StatusCode::RANGE_NOT_SATISFIABLE, Body::empty(), [(CONTENT_RANGE, range)])
        }
    }
}

/// A picture, made now if it was not before, or a document, cleaned now. That
/// takes a moment, in which other answers go on.
fn made(
    answer_settings: &AnswerSettings,
    name: &OutputPath,
    key: Key,
    make: impl FnOnce() -> io::Result<Vec<u8>>,
    headers: &HeaderMap,
) -> Response<Body> {
    match tokio::task::block_in_place(make) {
        Ok(bytes) => {
            let content = Content::Bytes(bytes.into());
            file(answer_settings, name, &Artifact { key, content }, headers)
        }
        // It changed since the build; the next one is on its way.
        Err(_) => with_headers(StatusCode::NOT_FOUND, Body::empty(), []),
    }
}

const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// What part of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    /// From the first byte to the last, both included.
    Of(u64, u64),
    /// None that is in it.
    Outside,
}

/// The part of a file of `len` bytes that is asked for. What can't be read,
/// and several parts at once, mean all of it, as RFC 9110, 14.2 allows; so
/// does `If-Range`, since no answer of ours names a version.
fn part(headers: &HeaderMap, len: u64) -> Part {
    let range = headers.get(RANGE).filter(|_| !headers.contains_key(IF_RANGE)).and_then(|r| r.to_str().ok());
    let one = range.filter(|range| !range.contains(','));
    // A position that no file could have is not understood, so it is passed
    // over (RFC 9110, 14.2), whatever the parser makes of it.
    let sane = one.filter(|range| range.split(|c: char| !c.is_ascii_digit()).all(|digits| digits.len() < 20));
    let Some(Ok(ranges)) = sane.map(http_range_header::parse_range_header) else { return Part::All };
    match ranges.validate(len).ok().and_then(|ranges| ranges.first().cloned()) {
        Some(range) => Part::Of(*range.start(), *range.end()),
        None => Part::Outside,
    }
}

fn body(answer_settings: &AnswerSettings, content: &Content, from: u64, len: u64) -> Body {
    match content {
        Content::Bytes(bytes) => {
            let bytes = Bytes::from_owner(Arc::clone(bytes));
            let index = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(bytes.len());
            Body::from(bytes.slice(index(from)..index(from.saturating_add(len))))
        }
        Content::Blob(source, _) => streamed(answer_settings.files.clone(), source.clone(), from, len),
        // Made before its length was told; and a preview hands nothing over.
        Content::Deferred(_) | Content::Cleaned(..) | Content::Spooled(_) => Body::empty(),
    }
}

/// How much of a large file is in memory at a time.
const CHUNK: u64 = 256 * 1024;

/// A large file, read as the reader takes it.
fn streamed(files: Files, source: SourcePath, from: u64, len: u64) -> Body {
    Body::from_stream(stream::try_unfold((from, len), move |(from, left)| {
        let (files, source) = (files.clone(), source.clone());
        async move {
            if left == 0 {
                return Ok::<_, std::io::Error>(None);
            }
            let wanted = usize::try_from(left.min(CHUNK)).unwrap_or(0);
            let read = tokio::task::spawn_blocking(move || files.slice(&source, from, wanted));
            let bytes = read.await.map_err(std::io::Error::other)??;
            let got = bytes.len() as u64;
            if got == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            Ok(Some((Bytes::from(bytes), (from + got, left - got))))
        }
    }))
}

fn without_body(response: Response<Body>) -> Response<Body> {
    response.map(|_| Body::empty())
}

/// A response with what all of them carry: nothing is kept, nothing is
/// guessed, no other site's page may use it.
pub(super) fn with_headers(
    status: StatusCode,
    body: Body,
    headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>,
) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let all = response.headers_mut();
    all.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    all.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    all.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    all.extend(headers);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_file() {
        let check = |range: &str, len: u64, expected: Part| {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, HeaderValue::from_str(range).unwrap());
            assert_eq!(part(&headers, len), expected, "{range} of {len}");
        };
        check("bytes=0-0", 10, Part::Of(0, 0));
        check("bytes=2-", 10, Part::Of(2, 9));
        check("bytes=-3", 10, Part::Of(7, 9));
        check("bytes=-30", 10, Part::Of(0, 9));
        check("bytes=5-99", 10, Part::Of(5, 9));
        check("bytes=10-", 10, Part::Outside);
        check("bytes=0-", 0, Part::Outside);
        check("bytes=0-1,4-5", 10, Part::All);
        // Its last position lies before its first: not a range, so passed over.
        check("bytes=3-1", 10, Part::All);
        check("bytes=a-b", 10, Part::All);
        check("lines=0-1", 10, Part::All);
        check("bytes=99999999999999999999-", 10, Part::All);
        assert_eq!(part(&HeaderMap::new(), 10), Part::All);
    }

    #[test]
    fn paths_are_decoded_once() {
        assert_eq!(decoded("/news/%E9%80%9A.html").as_deref(), Some("news/通.html"));
        assert_eq!(decoded("/%252e").as_deref(), Some("%2e"));
        assert_eq!(decoded("/%ff"), None);
        assert_eq!(decoded("//x").as_deref(), Some("/x"));
    }
}
