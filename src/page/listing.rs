//! A piece as lists, neighbours and the photo wall see it.

use serde::Serialize;

use crate::config::Kind;
use crate::document::{Byline, Document};
use crate::markdown::{Block, Link, Segment};
use crate::memo::{Fact, Keyed};
use crate::site::{Article, Asset, AssetKind, State};
use crate::view::{Card, PhaseDay, PhotoView, Shared, TermLink, Title};

use crate::html;
use crate::page::body::links;
use crate::page::frame::date::Stamp;
use crate::page::frame::facts::{PhaseFacts, SectionFacts};
use crate::page::frame::labels;
use crate::page::frame::local::Local;
use crate::page::index::{Cover, Index};

/// What other pages show of a piece; made once, remembered while nothing of it
/// changes.
#[derive(Debug)]
pub(crate) struct Listing {
    /// The [`Card`].
    pub card: Shared,
    /// The bare title.
    pub title: Fact<Title>,
    /// Whether the body has a block of the kind.
    pub timeline: bool,
    /// As `timeline`.
    pub ledger: bool,
    /// As `timeline`.
    pub figures: bool,
}

/// All that a [`Listing`] is made from.
#[derive(Debug, Serialize)]
pub(crate) struct ListingParts<'c> {
    document: Keyed<'c, Document>,
    path: &'c str,
    kind: Kind,
    section: Option<Keyed<'c, SectionFacts>>,
    date: Option<Stamp>,
    cover: Option<Cover<'c>>,
    phase: Option<Keyed<'c, PhaseFacts>>,
    file: Option<Keyed<'c, Asset>>,
    state: &'static str,
    reading_speed: u32,
    local: Keyed<'c, Local>,
}

/// Why readers don't see a piece, as templates name it; empty where they do.
pub(crate) fn state(state: State) -> &'static str {
    match state {
        State::Published => "",
        State::Draft => "draft",
        State::Scheduled(_) => "scheduled",
        State::Expired(_) => "expired",
    }
}

/// The view of `cover`; what front matter says of it goes first.
pub(crate) fn cover_view(document: &Document, cover: Cover<'_>, local: &Local) -> Option<PhotoView> {
    let AssetKind::Photo(picture) = &cover.asset.kind else { return None };
    let shown = cover
        .link
        .and_then(|n| document.body.links.get(n))
        .and_then(|link| links::photo(document, link, &cover.asset, None, local));
    let named = || {
        let src = &document.front.cover.as_ref()?.src;
        let link = Link { target: src.value.clone(), span: src.span, alt: String::new(), title: None };
        links::photo(document, &link, &cover.asset, None, local)
    };
    let mut view = shown.or_else(named).unwrap_or_else(|| links::shown(&cover.asset, picture, local));
    if let Some(front) = &document.front.cover {
        let set = |field: &mut String, given: &Option<String>| {
            if let Some(given) = given {
                field.clone_from(given);
            }
        };
        set(&mut view.alt, &front.alt);
        set(&mut view.caption, &front.caption);
        set(&mut view.credit, &front.credit);
    }
    Some(view)
}

/// The title with its places to break, escaped.
pub(crate) fn title_html(words: &[String], title: &str) -> String {
    if words.is_empty() { html::escape(title) } else { html::breakable(words) }
}

/// 本报记者 薛宏冰 通讯员 张庆伟 姚艳辉.
fn byline_text(byline: &[Byline]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for line in byline {
        words.push(&line.role);
        words.extend(line.names.iter().map(|name| name.value.as_str()));
    }
    words.join(" ")
}

/// Minutes to read `words`, at least 1.
fn minutes(words: u32, speed: u32) -> u32 {
    words.div_ceil(speed.max(1)).max(1)
}

fn phase_day(phase: &PhaseFacts, date: Option<Stamp>) -> PhaseDay {
    let day = date.map(Stamp::day);
    PhaseDay {
        title: phase.link.title.clone(),
        path: phase.link.path.clone(),
        day: day.map_or(0, |day| phase.day(day)),
        days: phase.days(),
        mark: phase.mark(day.unwrap_or(phase.start)),
    }
}

impl<'c> ListingParts<'c> {
    /// What the listing of `article` is made from.
    pub(crate) fn new(index: &'c Index<'_>, article: &'c Article) -> Self {
        Self {
            document: Keyed::with(article.document.key, &article.document),
            path: article.route.as_str(),
            kind: article.kind,
            section: index.section_of(article),
            date: article.date.map(Stamp),
            cover: index.cover(article),
            phase: index.phase_of(article),
            file: article.files.first().and_then(|(id, _)| index.asset(*id)),
            state: state(article.state),
            reading_speed: index.site.config.reading_speed,
            local: index.local(),
        }
    }

    /// Makes the listing.
    pub(crate) fn listing(&self) -> Listing {
        let document = self.document.get();
        let section = self.section.map_or_else(TermLink::default, |section| section.link.clone());
        let date = self.date.map(|date| date.view(&self.local));
        let title = Title {
            title: document.title.clone(),
            title_html: title_html(&document.title_words, &document.title),
            path: self.path.to_owned(),
            day: date.as_ref().map(|date| date.day.clone()).unwrap_or_default(),
            date: date.as_ref().map(|date| date.date.clone()).unwrap_or_default(),
            section: section.title.clone(),
        };
        let has = |wanted: fn(&Block) -> bool| document.body.collected().any(wanted);
        Listing {
            card: Shared::new(&self.card(section, date)),
            title: Fact::new(title),
            timeline: has(|block| matches!(block, Block::Timeline(_))),
            ledger: has(|block| matches!(block, Block::Ledger(_))),
            figures: has(|block| matches!(block, Block::Figures(_))),
        }
    }

    fn card(&self, section: TermLink, date: Option<crate::view::DateView>) -> Card {
        let document = self.document.get();
        let (file_kind, file_size) = self.file.map_or_else(Default::default, |file| match &file.kind {
            AssetKind::File { mark, .. } => (labels::mark(&self.local, mark), labels::size(file.len)),
            _ => (self.local.text("kind.picture"), labels::size(file.len)),
        });
        let quizzes = document.body.collected().map(|block| match block {
            Block::Quiz(quiz) => quiz.items.len(),
            _ => 0,
        });
        Card {
            title: document.title.clone(),
            title_html: title_html(&document.title_words, &document.title),
            title_length: crate::text::ems(&document.title),
            subtitle: document.front.subtitle.clone().unwrap_or_default(),
            path: self.path.to_owned(),
            kind: labels::kind(self.kind).to_owned(),
            section,
            date,
            summary: document.summary.clone(),
            cover: self.cover.and_then(|cover| cover_view(document, cover, &self.local)),
            phase: self.phase.map(|phase| phase_day(&phase, self.date)),
            pinned: document.front.pinned,
            words: document.body.footprint.words,
            minutes: minutes(document.body.footprint.words, self.reading_speed),
            photos: document.body.footprint.photos,
            questions: quizzes.sum(),
            file_kind,
            file_size,
            byline: byline_text(&document.front.byline),
            state: self.state.to_owned(),
        }
    }
}

/// Which links of the body are photos shown on their own, in order.
pub(crate) fn photos(document: &Document) -> Vec<usize> {
    let mut links = Vec::new();
    if document.body.footprint.photos == 0 {
        return links;
    }
    for piece in document.body.slots() {
        match *piece {
            Segment::Figure(n) => links.push(n),
            Segment::Block(n) if !document.body.examples.contains(&n) => {
                if let Some(Block::Gallery(gallery)) = document.body.blocks.get(n) {
                    links.extend(gallery.photos.iter().map(|photo| photo.link));
                }
            }
            _ => {}
        }
    }
    links
}
