//! A piece's own page.

pub(crate) mod metadata;
pub(crate) mod qr;

use serde::Serialize;

use crate::config::Kind;
use crate::document::{Document, Front};
use crate::memo::Keyed;
use crate::site::{Article, Asset, Share, State, Taxonomy};
use crate::text::url;
use crate::view::{
    ArticlePage, BylineView, CorrectionView, Json, Neighbour, Notice, OutlineView, PageView, PhotoView,
    PreviewView, SeriesView, Shared, SourceView, TermLink, Title, VersionView,
};

use crate::page::body;
use crate::page::body::file;
use crate::page::body::links::{BodyParts, Place, notice as notice_of};
use crate::page::column::Column;
use crate::page::frame::date::Stamp;
use crate::page::frame::facts::{SectionFacts, SeriesFacts};
use crate::page::frame::head::{Frame, Head, section_step};
use crate::page::frame::labels;
use crate::page::frame::local::Local;
use crate::page::index::Cover;
use crate::page::key::{Page, View};
use crate::page::list::pagination::Shown;
use crate::page::listing::{Listing, cover_view, state};

/// All that a piece's page is made from.
#[derive(Debug, Serialize)]
pub(crate) struct PieceParts<'c> {
    frame: Frame<'c>,
    root: &'static str,
    pub(crate) kind: Kind,
    /// In a preview, why readers don't see it, and until or since when.
    state: (&'static str, Option<Stamp>),
    card: &'c Shared,
    pub(crate) body: BodyParts<'c>,
    pub(crate) section: Option<Keyed<'c, SectionFacts>>,
    pub(crate) date: Option<Stamp>,
    cover: Option<Cover<'c>>,
    pub(crate) share: Option<Share>,
    cover_in_text: bool,
    pub(crate) topics: Vec<Keyed<'c, TermLink>>,
    units: Vec<Keyed<'c, TermLink>>,
    people: Vec<Keyed<'c, TermLink>>,
    series: Option<(Keyed<'c, SeriesFacts>, usize)>,
    previous: Option<Keyed<'c, Title>>,
    next: Option<Keyed<'c, Title>>,
    related: Vec<Shown<'c>>,
    files: Vec<(Keyed<'c, Asset>, &'c str)>,
    versions: Vec<Version<'c>>,
    preview: Option<PreviewView>,
    cited: Vec<Keyed<'c, Title>>,
}

/// A version of a material.
#[derive(Debug, Serialize)]
struct Version<'c> {
    piece: Keyed<'c, Title>,
    named: Option<&'c str>,
    own: bool,
}

/// Paragraphs and characters of a file that its preview shows at most.
const PREVIEW: (usize, usize) = (8, 240);

/// The templates of [`page`].
pub(crate) const TEMPLATES: [&str; 4] = ["article.html", "story.html", "material.html", "page.html"];

/// The page of every piece, in the site's order.
pub(crate) fn page<'c>(column: &'c Column<'_>, article: &'c Article, listing: &'c Listing) -> Page<'c> {
    let template = match article.kind {
        Kind::Article => "article.html",
        Kind::Story => "story.html",
        Kind::Material => "material.html",
        Kind::Page => "page.html",
    };
    let changed = article.document.front.updated.as_ref().map(|at| Stamp(at.value));
    let changed = changed.or_else(|| article.date.map(Stamp));
    let gather = move || parts(column, article, listing);
    let page =
        Page::gathered(article.route.output().clone(), template, gather, view).from(&article.document.path);
    if article.state == State::Published { page.listed(changed) } else { page }
}

fn parts<'c>(column: &'c Column<'_>, article: &'c Article, listing: &'c Listing) -> PieceParts<'c> {
    let index = &column.index;
    let title = |id: Option<crate::site::ArticleId>| Some(column.listing(id?)?.title.keyed());
    let cited = column.citations.of(article).into_iter().flat_map(|citation| &citation.cited);
    let cover_above = article.cover.is_some() && !article.cover_in_text;
    PieceParts {
        frame: column.frame(),
        root: article.route.to_root(),
        kind: article.kind,
        state: (state(article.state), due(article.state)),
        card: &listing.card,
        body: index.body(
            article,
            Place {
                root: article.route.to_root(),
                own: article.route.as_str(),
                elsewhere: false,
                first: !cover_above,
                largest: false,
            },
        ),
        section: index.section_of(article),
        date: article.date.map(Stamp),
        cover: index.cover(article),
        share: index.share(article),
        cover_in_text: article.cover_in_text,
        topics: index.terms_of(article, Taxonomy::Topics),
        units: index.terms_of(article, Taxonomy::Units),
        people: index.terms_of(article, Taxonomy::People),
        series: article.series.and_then(|(series, at)| Some((index.series.get(series)?.keyed(), at))),
        previous: title(article.previous),
        next: title(article.next),
        related: article.related.iter().filter_map(|id| column.card(*id)).collect(),
        files: index.files(article),
        versions: versions(column, article),
        preview: preview(column, article),
        cited: cited.filter_map(|id| title(Some(*id))).collect(),
    }
}

fn versions<'c>(column: &'c Column<'_>, article: &'c Article) -> Vec<Version<'c>> {
    let version = |id: &crate::site::ArticleId| {
        let other = column.site().articles.by_id(*id)?;
        Some(Version {
            piece: column.listing(*id)?.title.keyed(),
            named: other.document.front.version.as_deref(),
            own: other.route == article.route,
        })
    };
    column.citations.of(article).iter().flat_map(|citation| &citation.versions).filter_map(version).collect()
}

/// How the first of its files begins that has a text.
fn preview(column: &Column<'_>, article: &Article) -> Option<PreviewView> {
    article.files.iter().filter(|_| article.kind == Kind::Material).find_map(|(id, name)| {
        let paragraphs = column.site().text(*id)?.beginning(PREVIEW.0, PREVIEW.1);
        let name = file::view(column.index.asset(*id)?.get(), name, &column.index.local()).name;
        (!paragraphs.is_empty()).then_some(PreviewView { name, paragraphs })
    })
}

/// When readers begin or ceased to see a piece.
fn due(state: State) -> Option<Stamp> {
    match state {
        State::Published | State::Draft => None,
        State::Scheduled(at) | State::Expired(at) => {
            Some(Stamp(crate::document::Moment { civil: at, has_time: true }))
        }
    }
}

/// Why readers don't see it, in words.
fn notice((state, at): (&'static str, Option<Stamp>), local: &Local) -> Option<Notice> {
    let at = at.map(Stamp::minutes).unwrap_or_default();
    let key = match state {
        "draft" => "notice.draft",
        "scheduled" => "notice.scheduled",
        "expired" => "notice.expired",
        _ => return None,
    };
    let text = local.fill(key, &[("at", &at)]);
    Some(Notice { state: state.to_owned(), text })
}

fn view(parts: &PieceParts<'_>) -> View {
    let document = parts.body.document.get();
    let front = &document.front;
    let local = &*parts.body.local;
    let cover = parts.cover.and_then(|cover| cover_view(document, cover, local));
    View::Article(ArticlePage {
        site: parts.frame.site.clone(),
        root: parts.root,
        page: head(parts, cover.as_ref()),
        card: parts.card.clone(),
        body: body::shared(&parts.body),
        byline: byline(parts),
        source: source(&parts.body),
        updated: front.updated.as_ref().map(|at| Stamp(at.value).view(local)),
        corrections: corrections(&parts.body),
        intro: front.summary.clone().unwrap_or_default(),
        cover: cover.filter(|_| !parts.cover_in_text),
        outline: outline(document),
        topics: links(&parts.topics),
        units: links(&parts.units),
        series: parts.series.map(series),
        previous: parts.previous.map(neighbour),
        next: parts.next.map(neighbour),
        related: parts.related.iter().filter_map(|card| card.shared()).collect(),
        files: parts.files.iter().map(|(asset, name)| file::view(asset, name, local)).collect(),
        issuer: front.issuer.clone().unwrap_or_default(),
        number: front.number.as_ref().map(|number| labels::number(&number.value)).unwrap_or_default(),
        version: front.version.clone().unwrap_or_default(),
        versions: parts.versions.iter().map(version).collect(),
        preview: parts.preview.clone(),
        cited: parts.cited.iter().map(|title| title.get().clone()).collect(),
        extra: Json(serde_json::Value::Object(front.extra.clone())),
        qr: parts.frame.facts.url(parts.body.place.own).as_deref().and_then(qr::code),
    })
}

/// Where the text comes from.
pub(crate) fn source(body: &BodyParts<'_>) -> Option<SourceView> {
    body.document.get().front.source.as_ref().map(|source| SourceView {
        name: source.name.clone(),
        url: source.url.as_ref().map(|url| url::encoded(&url.value).into_owned()).unwrap_or_default(),
        date: source.date.map(|date| Stamp(date).view(&body.local)),
    })
}

fn head(parts: &PieceParts<'_>, cover: Option<&PhotoView>) -> PageView {
    let document = parts.body.document.get();
    let facts = parts.frame.facts.get();
    let kind = labels::kind(parts.kind);
    let steps = section_step(parts.section.as_deref()).into_iter().collect();
    parts.frame.page(Head {
        kind,
        title: document.title.clone(),
        description: document.summary.clone(),
        path: parts.body.place.own,
        language: document.front.lang.as_deref(),
        section: parts.section.as_deref(),
        steps,
        feeds: None,
        noindex: !parts.state.0.is_empty(),
        notice: notice(parts.state, &parts.body.local),
        piece: Some(metadata::piece(parts, facts, cover)),
    })
}

fn byline(parts: &PieceParts<'_>) -> Vec<BylineView> {
    let person = |name: &str| {
        let known = parts.people.iter().find(|person| person.title == name);
        known.map_or_else(
            || TermLink { title: name.to_owned(), path: String::new() },
            |person| person.get().clone(),
        )
    };
    let front = &parts.body.document.get().front;
    let lines = front.byline.iter().map(|line| BylineView {
        role: line.role.clone(),
        people: line.names.iter().map(|name| person(&name.value)).collect(),
    });
    lines.chain(ai_line(front, &parts.body.local)).collect()
}

/// The line of a byline that says that AI made the text: every theme shows
/// bylines, and the notice has to be seen (标识办法, articles 5 and 6).
pub(crate) fn ai_line(front: &Front, local: &Local) -> Option<BylineView> {
    let notice = notice_of(Some(front.aigc.as_ref()?.level), local);
    Some(BylineView {
        role: local.text("ai.role"),
        people: vec![TermLink { title: notice, path: String::new() }],
    })
}

/// The newest first; those of one moment as written.
pub(crate) fn corrections(body: &BodyParts<'_>) -> Vec<CorrectionView> {
    let mut corrections: Vec<_> = body.document.get().front.corrections.iter().collect();
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.date));
    let view = |correction: &&crate::document::Correction| CorrectionView {
        date: Stamp(correction.date).view(&body.local),
        text: correction.text.clone(),
    };
    corrections.iter().map(view).collect()
}

fn outline(document: &Document) -> Vec<OutlineView> {
    let shown = document.body.outline.iter().filter(|heading| matches!(heading.level, 2 | 3));
    shown
        .map(|heading| OutlineView {
            level: heading.level,
            id: heading.id.clone(),
            text: heading.text.clone(),
        })
        .collect()
}

/// Terms as links.
pub(crate) fn links(terms: &[Keyed<'_, TermLink>]) -> Vec<TermLink> {
    terms.iter().map(|term| term.get().clone()).collect()
}

fn series((facts, at): (Keyed<'_, SeriesFacts>, usize)) -> SeriesView {
    SeriesView {
        title: facts.link.title.clone(),
        path: facts.link.path.clone(),
        number: at + 1,
        total: facts.items.len(),
        items: facts.items.clone(),
    }
}

fn neighbour(title: Keyed<'_, Title>) -> Neighbour {
    let Title { title, title_html, path, day, date, .. } = title.get().clone();
    Neighbour { title, title_html, path, day, date }
}

fn version(version: &Version<'_>) -> VersionView {
    let Title { title, path, day, date, .. } = version.piece.get().clone();
    let named = version.named.unwrap_or_default().to_owned();
    VersionView { title, path, version: named, day, date, own: version.own }
}
