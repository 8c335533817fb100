//! What stands beside an edition's body, and what is said of it: from the piece's
//! own `wechat:`, else from the piece, else from the column's.

use super::edition::{Edition, Fields};
use super::form::one_line;
use super::limits::{Limit, Limited};
use super::pictures;
use crate::ai_label::AiLevel;
use crate::diagnostic::{Diagnostic, WechatFault, WechatField};
use crate::document::{Document, Front};
use crate::page::index::Index;
use crate::site::{self, Article, Asset, AssetKind};
use crate::text::Span;

/// The fields of `article`.
pub(super) fn fields(index: &Index<'_>, article: &Article) -> Fields {
    let document = &article.document;
    let config = &index.site.config.wechat;
    let front = &document.front.wechat;
    let text = |own: &Option<crate::text::At<String>>| own.as_ref().map(|text| one_line(&text.value));
    let cover = cover(index, article).and_then(|asset| {
        let AssetKind::Photo(picture) = &asset.kind else { return None };
        let alt = picture.note.as_ref().and_then(|note| note.alt.clone()).unwrap_or_default();
        let focus =
            match document.front.wechat.cover.as_ref().and_then(|own| document.front.photo(&own.value)) {
                Some(note) => note.focus.unwrap_or_else(|| site::focus(article, picture)),
                None => site::focus(article, picture),
            };
        pictures::cover(index.site, asset, focus, index.base_url.as_deref(), &alt)
    });
    Fields {
        title: text(&front.title).unwrap_or_else(|| one_line(&document.title)),
        author: text(&front.author).unwrap_or_else(|| author(&document.front, index)),
        digest: text(&front.digest).unwrap_or_else(|| one_line(&document.summary)),
        content_source_url: index.base_url.as_ref().map(|base| format!("{base}{}", article.route.as_str())),
        cover,
        comments: front.comments.unwrap_or(config.comments),
        original: front.original.unwrap_or(config.original),
        ai: ai(document, index, article),
    }
}

/// The picture of the cover: the edition's own, else the piece's.
pub(super) fn cover<'s>(index: &Index<'s>, article: &Article) -> Option<&'s Asset> {
    let id = article.wechat_cover.or(article.cover)?;
    index.site.assets.get(id.0 as usize)
}

/// The names under the roles that are an author's, in the order of the roles.
fn author(front: &Front, index: &Index<'_>) -> String {
    let config = &index.site.config.wechat;
    let mut names: Vec<&str> = Vec::new();
    for role in &config.author_roles {
        for line in front.byline.iter().filter(|line| line.role == *role) {
            names.extend(line.names.iter().map(|name| name.value.as_str()));
        }
    }
    if names.is_empty() { config.author.clone() } else { names.join(" ") }
}

/// What is to be declared of AI: the text's own label, else the gravest of its
/// pictures.
fn ai(document: &Document, index: &Index<'_>, article: &Article) -> Option<AiLevel> {
    let of_text = document.front.aigc.as_ref().map(|label| label.level);
    let pictures = article.links.iter().filter_map(|link| match link {
        site::Reference::Asset(id) => match &index.asset(*id)?.get().kind {
            AssetKind::Photo(picture) => picture.ai,
            _ => None,
        },
        _ => None,
    });
    of_text.or_else(|| pictures.min_by_key(|level| grave(*level)))
}

fn grave(level: AiLevel) -> u8 {
    match level {
        AiLevel::Made => 0,
        AiLevel::Possible => 1,
        AiLevel::Suspected => 2,
    }
}

/// What the account would refuse or cut.
pub(super) fn findings(edition: &Edition, document: &Document) -> Vec<Diagnostic> {
    let front = &document.front;
    let mut found = Vec::new();
    for (limit, over) in edition.excesses() {
        let Limit { of, most, hard, .. } = *limit;
        let (field, own) = match of {
            Limited::Title => (WechatField::Title, front.wechat.title.as_ref().or(front.title.as_ref())),
            Limited::Author => (WechatField::Author, front.wechat.author.as_ref()),
            Limited::Digest => (WechatField::Digest, front.wechat.digest.as_ref()),
            Limited::SourceUrl => (WechatField::SourceUrl, front.slug.as_ref()),
            Limited::Content => (WechatField::Content, None),
            _ => (WechatField::ContentBytes, None),
        };
        let fault = WechatFault::TooLong { field, most, over, hard };
        found.push(place(document, own.map(|own| own.span), fault));
    }
    if edition.fields.cover.is_none() {
        found.push(place(document, None, WechatFault::NoCover { others: 0 }));
    }
    let large = edition.dropped.iter().filter(|dropped| dropped.reason == super::Reason::LargeGif);
    found.extend(
        large.map(|dropped| place(document, None, WechatFault::LargeGif { path: dropped.what.clone() })),
    );
    found
}

fn place(document: &Document, span: Option<Span>, fault: WechatFault) -> Diagnostic {
    match span {
        Some(span) => Diagnostic::at(&document.path, span, fault),
        None => Diagnostic::of_file(&document.path, fault),
    }
}
