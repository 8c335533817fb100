//! `--dry-run`: the same run, without a network.
//!
//! Nothing is sent; each request gets an answer as the service gives it, so
//! that the next one can be shown.

use std::sync::Mutex;
use std::sync::PoisonError;

use serde_json::{Value, json};

use super::error::Trouble;
use super::request::{Auth, Body, Endpoint, Request, Response, Transport};

/// A service that does nothing.
#[derive(Debug, Default)]
pub struct Rehearsal {
    /// How many pictures came, and the article that came last.
    seen: Mutex<(usize, Option<Value>)>,
}

impl Transport for Rehearsal {
    fn send(&self, request: &Request, _: Auth<'_>) -> Result<Response, Trouble> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = match request.endpoint {
            Endpoint::Token => json!({ "access_token": "TOKEN", "expires_in": 7200 }),
            Endpoint::UploadPicture => {
                seen.0 += 1;
                json!({ "url": format!("http://mmbiz.qpic.cn/DRY-RUN/{}", seen.0) })
            }
            Endpoint::AddMaterial => json!({ "media_id": "DRY-RUN-COVER" }),
            Endpoint::ListMaterials | Endpoint::ListDrafts => json!({ "total_count": 0, "item": [] }),
            Endpoint::AddDraft | Endpoint::UpdateDraft => {
                seen.1 = article(&request.body);
                json!({ "errcode": 0, "media_id": "DRY-RUN-DRAFT" })
            }
            Endpoint::GetDraft => json!({ "news_item": seen.1.take().into_iter().collect::<Vec<_>>() }),
        };
        Ok(Response { status: 200, body: answer.to_string().into_bytes() })
    }
}

fn article(body: &Body) -> Option<Value> {
    let Body::Json(value) = body else { return None };
    let articles = value.get("articles")?;
    articles.get(0).or(Some(articles)).cloned()
}
