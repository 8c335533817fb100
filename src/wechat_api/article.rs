//! An article as `draft/add` and `draft/update` take it.

use serde_json::{Map, Value, json};

use crate::wechat::{Comments, Edition};

/// The article, with its `html` and the `cover`'s media id.
///
/// Field names and their limits: `api_draft_add`, `api_draft_update`.
pub(super) fn article(edition: &Edition, html: &str, cover: &str) -> Value {
    let fields = &edition.fields;
    let (open, fans) = match fields.comments {
        Comments::Closed => (0, 0),
        Comments::Open => (1, 0),
        Comments::Fans => (1, 1),
    };
    let mut article = Map::new();
    let texts = [
        ("article_type", "news"),
        ("title", &fields.title),
        ("author", &fields.author),
        ("digest", &fields.digest),
        ("content", html),
        ("content_source_url", fields.content_source_url.as_deref().unwrap_or_default()),
        ("thumb_media_id", cover),
    ];
    article.extend(texts.map(|(name, text)| (name.to_owned(), Value::String(plain(text)))));
    article.insert("need_open_comment".to_owned(), json!(open));
    article.insert("only_fans_can_comment".to_owned(), json!(fans));
    if let Some(cover) = &fields.cover {
        let crops = [("pic_crop_235_1", cover.wide_crop), ("pic_crop_1_1", cover.square_crop)];
        article.extend(crops.map(|(name, crop)| (name.to_owned(), Value::String(crop.to_string()))));
    }
    Value::Object(article)
}

/// Without control characters, the only ones that JSON has to write as `\u`
/// escapes: the service would keep these as text.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
