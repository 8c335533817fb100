//! What a piece's head says besides: the government's tags, OpenGraph, JSON-LD.

use crate::config::Kind;
use crate::view::{MetaTag, PhotoView};

use crate::page::article::PieceParts;
use crate::page::frame::facts::SiteFacts;
use crate::page::frame::head::{PieceHead, tag};
use crate::page::frame::json_ld::{self, Node};

/// All of it.
pub(crate) fn piece<'p>(
    parts: &'p PieceParts<'_>,
    facts: &'p SiteFacts,
    cover: Option<&PhotoView>,
) -> PieceHead<'p> {
    let image = cover.and_then(|cover| facts.url(&cover.full)).unwrap_or_default();
    if parts.kind == Kind::Page {
        let mut meta = Vec::new();
        tag(&mut meta, "AIGC", label(parts));
        tag(&mut meta, "Keywords", keywords(parts, facts));
        return PieceHead { meta, json_ld: web_page(parts, facts), ..PieceHead::default() };
    }
    PieceHead {
        meta: meta(parts, facts, &image),
        open_graph: open_graph(parts, facts, cover, &image),
        json_ld: news(parts, facts, image),
    }
}

/// The label of a text that AI made, as it was; else empty.
fn label(parts: &PieceParts<'_>) -> String {
    parts.body.document.get().front.aigc.as_ref().map(|label| label.json.clone()).unwrap_or_default()
}

/// The names of those who wrote it; where nobody is said to, of those who
/// edited it: 作者或责任编辑.
fn author(parts: &PieceParts<'_>) -> String {
    let byline = &parts.body.document.get().front.byline;
    let names = |wanted: fn(&str) -> bool| {
        let lines = byline.iter().filter(|line| wanted(&line.role));
        lines.flat_map(|line| line.names.iter().map(|name| name.value.as_str())).collect::<Vec<_>>().join(",")
    };
    let authors = names(json_ld::is_author);
    if authors.is_empty() {
        names(|role| role.contains("编辑") || role.contains("责编"))
    } else {
        authors
    }
}

fn topics<'p>(parts: &'p PieceParts<'_>) -> Vec<&'p str> {
    parts.topics.iter().map(|topic| topic.get().title.as_str()).collect()
}

/// What the piece says is key to it; else its topics, else the column's words.
fn keywords(parts: &PieceParts<'_>, facts: &SiteFacts) -> String {
    let own: Vec<&str> = parts.body.document.get().front.keywords.iter().map(String::as_str).collect();
    let topics = topics(parts);
    match (own.is_empty(), topics.is_empty()) {
        (false, _) => own.join(","),
        (true, false) => topics.join(","),
        (true, true) => facts.keywords.join(","),
    }
}

/// The article's tags of 国办发〔2017〕47号. `Description` is not among them:
/// a template writes it once, as [`crate::view::PageView::description`] says.
fn meta(parts: &PieceParts<'_>, facts: &SiteFacts, image: &str) -> Vec<MetaTag> {
    let document = parts.body.document.get();
    let source =
        document.front.source.as_ref().map(|source| source.name.as_str()).filter(|name| !name.is_empty());
    let mut tags = Vec::with_capacity(8);
    tag(&mut tags, "ArticleTitle", &document.title);
    tag(&mut tags, "PubDate", parts.date.map(crate::page::frame::date::Stamp::minutes).unwrap_or_default());
    tag(&mut tags, "ContentSource", source.unwrap_or(&facts.publisher));
    tag(&mut tags, "Keywords", keywords(parts, facts));
    tag(&mut tags, "Author", author(parts));
    tag(&mut tags, "Image", image);
    tag(&mut tags, "Url", facts.url(parts.body.place.own).unwrap_or_default());
    tag(&mut tags, "AIGC", label(parts));
    tags
}

fn open_graph(
    parts: &PieceParts<'_>,
    facts: &SiteFacts,
    cover: Option<&PhotoView>,
    image: &str,
) -> Vec<MetaTag> {
    let zone = &parts.body.local.zone;
    let mut tags = Vec::with_capacity(8);
    if let Some(cover) = cover {
        // A card for networks, then a square for chats, which take whichever
        // fits; a cover that nothing is cut from (a drawing) goes as it is.
        let cuttings = parts.share.iter().flat_map(|share| [&share.card, &share.square]);
        let cuttings =
            cuttings.filter_map(|cut| Some((facts.url(cut.path.as_str())?, cut.width, cut.height)));
        let whole = || (!image.is_empty()).then(|| (image.to_owned(), cover.width, cover.height));
        let mut images: Vec<(String, u32, u32)> = cuttings.collect();
        if images.is_empty() {
            images.extend(whole());
        }
        for (url, width, height) in images {
            tag(&mut tags, "og:image", url);
            if width > 0 && height > 0 {
                tag(&mut tags, "og:image:width", width.to_string());
                tag(&mut tags, "og:image:height", height.to_string());
            }
            tag(&mut tags, "og:image:alt", &cover.alt);
        }
    }
    let front = &parts.body.document.get().front;
    let updated = front.updated.as_ref().map(|at| crate::page::frame::date::Stamp(at.value));
    tag(&mut tags, "article:published_time", parts.date.map(|date| date.rfc3339(zone)).unwrap_or_default());
    tag(&mut tags, "article:modified_time", updated.map(|date| date.rfc3339(zone)).unwrap_or_default());
    if let Some(section) = parts.section {
        tag(&mut tags, "article:section", &section.link.title);
    }
    for topic in topics(parts) {
        tag(&mut tags, "article:tag", topic);
    }
    tags
}

fn news<'p>(parts: &'p PieceParts<'_>, facts: &'p SiteFacts, image: String) -> Node<'p> {
    let document = parts.body.document.get();
    let zone = &parts.body.local.zone;
    let date = parts.date.map(|date| date.rfc3339(zone)).unwrap_or_default();
    let updated =
        document.front.updated.as_ref().map(|at| crate::page::frame::date::Stamp(at.value).rfc3339(zone));
    let url = facts.url(parts.body.place.own).unwrap_or_default();
    let source = document.front.source.as_ref().and_then(|source| source.url.as_ref());
    Node {
        kind: "NewsArticle",
        headline: &document.title,
        description: &document.summary,
        in_language: document.front.lang.as_deref().unwrap_or(&facts.language),
        author: json_ld::authors(&document.front.byline, facts),
        publisher: Some(json_ld::organization(&facts.publisher)),
        date_modified: updated.unwrap_or_else(|| date.clone()),
        date_published: date,
        article_section: parts.section.as_ref().map_or("", |section| &section.get().link.title),
        keywords: keywords(parts, facts),
        image,
        main_entity_of_page: url.clone(),
        url,
        is_based_on: source.map_or("", |url| &url.value),
        ..Node::default()
    }
}

fn web_page<'p>(parts: &'p PieceParts<'_>, facts: &'p SiteFacts) -> Node<'p> {
    let document = parts.body.document.get();
    Node {
        kind: "WebPage",
        name: &document.title,
        description: &document.summary,
        in_language: document.front.lang.as_deref().unwrap_or(&facts.language),
        publisher: Some(json_ld::organization(&facts.publisher)),
        url: facts.url(parts.body.place.own).unwrap_or_default(),
        ..Node::default()
    }
}
