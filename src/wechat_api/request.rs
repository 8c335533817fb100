//! Requests as values, and who sends them.
//!
//! **Invariant:** a [`Request`] holds neither the secret nor a token, so that
//! it can be shown whole. There is no endpoint here that publishes or sends.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Value, json};

use super::credentials::Credentials;
use super::draft::{media_type, upload_name};
use super::error::Trouble;
use super::secret::{MASK, Secret};
use crate::wechat::Picture;

/// What a request asks of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// A token: `POST /cgi-bin/stable_token`.
    Token,
    /// A picture of a body: `POST /cgi-bin/media/uploadimg`.
    UploadPicture,
    /// A permanent picture, for a cover: `POST /cgi-bin/material/add_material`.
    AddMaterial,
    /// The permanent pictures: `POST /cgi-bin/material/batchget_material`.
    ListMaterials,
    /// A new draft: `POST /cgi-bin/draft/add`.
    AddDraft,
    /// The same draft, changed: `POST /cgi-bin/draft/update`.
    UpdateDraft,
    /// A draft as it is: `POST /cgi-bin/draft/get`.
    GetDraft,
    /// The drafts: `POST /cgi-bin/draft/batchget`.
    ListDrafts,
}

impl Endpoint {
    /// Path and query, without the token.
    pub fn path(self) -> &'static str {
        match self {
            Self::Token => "/cgi-bin/stable_token",
            Self::UploadPicture => "/cgi-bin/media/uploadimg",
            Self::AddMaterial => "/cgi-bin/material/add_material?type=image",
            Self::ListMaterials => "/cgi-bin/material/batchget_material",
            Self::AddDraft => "/cgi-bin/draft/add",
            Self::UpdateDraft => "/cgi-bin/draft/update",
            Self::GetDraft => "/cgi-bin/draft/get",
            Self::ListDrafts => "/cgi-bin/draft/batchget",
        }
    }

    /// Whether asking twice does no more than asking once.
    pub(super) fn is_repeatable(self) -> bool {
        !matches!(self, Self::AddDraft | Self::AddMaterial)
    }
}

/// A request, without what it is allowed by.
#[derive(Debug, Clone)]
pub struct Request {
    /// Whom it is for.
    pub endpoint: Endpoint,
    /// What it brings.
    pub body: Body,
}

/// What a request brings.
#[derive(Debug, Clone)]
pub enum Body {
    /// An object. It is sent as UTF-8: the service keeps `\u` escapes as text.
    Json(Value),
    /// A file in the field `media`.
    File {
        /// Its name, ASCII.
        name: String,
        /// Its media type.
        media_type: &'static str,
        /// The file.
        bytes: Arc<[u8]>,
    },
}

/// What allows a request.
#[derive(Clone, Copy)]
pub enum Auth<'a> {
    /// `AppID` and secret, for the token.
    Credentials(&'a Credentials),
    /// The token, for the rest.
    Token(&'a Secret),
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Who sends requests.
pub trait Transport {
    /// Sends `request` once.
    ///
    /// # Errors
    /// Where no answer came.
    fn send(&self, request: &Request, auth: Auth<'_>) -> Result<Response, Trouble>;
}

impl Request {
    /// A request with an object.
    pub(super) fn json(endpoint: Endpoint, body: Value) -> Self {
        Self { endpoint, body: Body::Json(body) }
    }

    /// A request for a token.
    pub(super) fn token(force: bool) -> Self {
        let mut body = json!({ "grant_type": "client_credential" });
        if force && let Some(object) = body.as_object_mut() {
            object.insert("force_refresh".to_owned(), Value::Bool(true));
        }
        Self::json(Endpoint::Token, body)
    }

    /// A request with a picture and its bytes.
    pub(super) fn file(endpoint: Endpoint, picture: &Picture, bytes: Vec<u8>) -> Self {
        let body =
            Body::File { name: upload_name(picture), media_type: media_type(picture), bytes: bytes.into() };
        Self { endpoint, body }
    }

    /// The request in words, as it goes to `api`: address, and body with
    /// secret and token masked.
    pub fn shown(&self, api: &str) -> String {
        let path = self.endpoint.path();
        let mut out = format!("POST {}{path}", api.trim_end_matches('/'));
        if self.endpoint != Endpoint::Token {
            let _ = write!(out, "{}access_token={MASK}", if path.contains('?') { '&' } else { '?' });
        }
        match &self.body {
            Body::Json(value) => {
                let mut value = value.clone();
                if self.endpoint == Endpoint::Token
                    && let Some(object) = value.as_object_mut()
                {
                    object.insert("appid".to_owned(), MASK.into());
                    object.insert("secret".to_owned(), MASK.into());
                }
                let _ = write!(out, "\n{value:#}");
            }
            Body::File { name, media_type, bytes } => {
                let _ = write!(
                    out,
                    "\nmultipart/form-data; media; filename=\"{name}\"; {media_type}; {} bytes",
                    bytes.len()
                );
            }
        }
        out
    }
}
