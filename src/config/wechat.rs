//! `wechat:`: what the WeChat edition of a piece has where the piece says nothing.

use super::read::Sink;
use super::shape::WechatShape;
use super::{Comments, Wechat};
use crate::diagnostic::{ConfigFault, nearest};

/// What `shape` says, over the usual.
pub(super) fn wechat(shape: Option<WechatShape>, sink: &mut Sink<'_>) -> Wechat {
    let usual = Wechat::default();
    let Some(WechatShape { author, author_roles, comments, original }) = shape else { return usual };
    let roles: Vec<String> = author_roles.map(|list| list.0).unwrap_or_default();
    let comments = comments.and_then(|word| {
        let meant = Comments::from_word(&word.value);
        if meant.is_none() {
            let near = nearest(&word.value, Comments::KNOWN).map(str::to_owned);
            let known = Comments::KNOWN.join(", ");
            sink.at(
                word.span,
                ConfigFault::UnknownChoice { key: "comments", value: word.value, near, known },
            );
        }
        meant
    });
    Wechat {
        author: author.map(|author| author.trim().to_owned()).unwrap_or_default(),
        author_roles: if roles.is_empty() { usual.author_roles } else { roles },
        comments: comments.unwrap_or_default(),
        original: original.unwrap_or(false),
    }
}
