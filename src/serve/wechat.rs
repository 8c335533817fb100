//! The WeChat edition of a piece, `/-/wechat/<page>`: as `zhuanlan wechat` would
//! write it, made of the site of this moment.
//!
//! **Invariant:** a path is a file of some piece's folder and nothing else.

use axum::body::Body;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};

use super::answer::{self, AnswerSettings, with_headers};
use super::page::{self, with_script};
use super::site::{Seen, Site, WECHAT as PATH};
use crate::build::{Artifact, Content};
use crate::memo::Key;
use crate::site::{Article, State};
use crate::wechat::{Edition, FolderContent, FolderFile, Origin, folder_files, folder_of};

/// Answers a request for `path`, decoded and without its leading `/`.
pub(super) fn answer(
    site: &Site,
    settings: &AnswerSettings,
    path: &str,
    headers: &HeaderMap,
) -> Response<Body> {
    let asked = path.strip_prefix(PATH).unwrap_or(path);
    let redirect = |to: &str| match HeaderValue::from_str(to) {
        Ok(to) => with_headers(StatusCode::FOUND, Body::empty(), [(LOCATION, to)]),
        Err(_) => missing(settings, path),
    };
    if let Some(file) = file(site, asked) {
        return match artifact(file.content) {
            Artifact { content: Content::Bytes(bytes), .. }
                if asked.rsplit_once('.').is_some_and(|(_, extension)| extension == "html") =>
            {
                let token = seen(site, path).token();
                let shown = if settings.inject { with_script(&bytes, path, &token) } else { bytes.to_vec() };
                answer::html(StatusCode::OK, shown, false)
            }
            artifact => answer::file(settings, &file.path, &artifact, headers),
        };
    }
    if site.editions().pieces().any(|piece| piece.route.as_str() == asked) {
        return redirect(&format!("/{PATH}{}/article.html", folder_of(asked)));
    }
    // The list of all pieces is the overview.
    if asked.is_empty() || asked == "index.html" { redirect("/-/") } else { missing(settings, path) }
}

fn missing(settings: &AnswerSettings, path: &str) -> Response<Body> {
    answer::html(StatusCode::NOT_FOUND, page::missing(settings.lang, path, true).into_bytes(), true)
}

/// What a tab at `path` has seen: the edition.
pub(super) fn seen(site: &Site, path: &str) -> Seen {
    let made = edition(site, path.strip_prefix(PATH).unwrap_or(path));
    Seen::alone(made.map_or_else(|| Key::hash(path.as_bytes()), |(_, edition)| edition.key))
}

/// The piece in whose folder `path` lies, and its edition.
fn edition<'s>(site: &'s Site, path: &str) -> Option<(&'s Article, Edition)> {
    let holds = |piece: &&Article| {
        path.strip_prefix(folder_of(piece.route.as_str())).is_some_and(|rest| rest.starts_with('/'))
    };
    let piece = site.editions().pieces().find(holds)?;
    let made = site.editions().make(&[piece]).pop()?;
    Some((piece, made.value?))
}

fn file(site: &Site, path: &str) -> Option<FolderFile> {
    let (piece, edition) = edition(site, path)?;
    let files = folder_files(&edition, piece.state == State::Published);
    files.into_iter().find(|file| file.path.as_str() == path)
}

fn artifact(content: FolderContent) -> Artifact {
    match content {
        FolderContent::Bytes(bytes) | FolderContent::Picture(Origin::Drawn(bytes)) => {
            Artifact { key: Key::hash(&bytes), content: Content::Bytes(bytes) }
        }
        FolderContent::Picture(Origin::Made(recipe)) => {
            Artifact { key: recipe.key(), content: Content::Deferred(recipe) }
        }
    }
}
