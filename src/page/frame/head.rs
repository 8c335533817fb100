//! What each page says of itself: title, meta tags, breadcrumbs.

use serde::Serialize;

use crate::memo::Keyed;
use crate::view::{Crumb, LinkItem, MetaTag, Notice, PageView, Shared, TermLink};

use crate::page::frame::facts::{SectionFacts, SiteFacts};
use crate::page::frame::json_ld;
use crate::page::frame::labels;
use crate::page::frame::local::Local;

/// What every page is made from: the column as templates see it, and what
/// heads say of it.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Frame<'c> {
    /// The [`crate::view::SiteView`].
    pub site: &'c Shared,
    /// What heads say of the site.
    pub facts: Keyed<'c, SiteFacts>,
    /// Its zone, and the theme's words.
    pub local: Keyed<'c, Local>,
}

/// What is particular to a page's head.
#[derive(Debug, Default)]
pub(crate) struct Head<'h> {
    /// As [`PageView::kind`].
    pub kind: &'h str,
    /// As [`PageView::title`].
    pub title: String,
    /// As [`PageView::description`].
    pub description: String,
    /// As [`PageView::path`].
    pub path: &'h str,
    /// The piece's own language, where it has one.
    pub language: Option<&'h str>,
    /// The section it belongs to.
    pub section: Option<&'h SectionFacts>,
    /// Whether it has feeds of its own, though it is no section's; the folder
    /// that they stand in.
    pub feeds: Option<&'h str>,
    /// Steps between home and the page.
    pub steps: Vec<Crumb>,
    /// A page of a list past the first, or one that nobody should find.
    pub noindex: bool,
    /// In a preview: why readers don't see it.
    pub notice: Option<Notice>,
    /// What is said of a piece besides.
    pub piece: Option<PieceHead<'h>>,
}

/// What a piece's head says besides.
#[derive(Debug, Default)]
pub(crate) struct PieceHead<'h> {
    /// The government's tags for an article.
    pub meta: Vec<MetaTag>,
    /// OpenGraph's for an article.
    pub open_graph: Vec<MetaTag>,
    /// Its node of JSON-LD.
    pub json_ld: json_ld::Node<'h>,
}

/// A tag, unless its content is empty.
pub(crate) fn tag(tags: &mut Vec<MetaTag>, name: &'static str, content: impl Into<String>) {
    let content = content.into();
    if !content.is_empty() {
        tags.push(MetaTag { name, content });
    }
}

impl Frame<'_> {
    /// The head of a page.
    pub(crate) fn page(&self, head: Head<'_>) -> PageView {
        let facts = &*self.facts;
        let canonical = if head.kind == "not-found" { None } else { facts.url(head.path) };
        let mut breadcrumbs = Vec::new();
        if head.path != labels::HOME_PATH {
            breadcrumbs.push(Crumb {
                title: self.local.text(labels::word_of(labels::HOME_PATH)),
                path: labels::HOME_PATH.into(),
            });
            breadcrumbs.extend(head.steps.iter().cloned());
        }
        let noindex = head.noindex || facts.preview;
        PageView {
            meta: meta(facts, &head),
            open_graph: open_graph(facts, &head, canonical.as_deref()),
            json_ld_html: if noindex { String::new() } else { json_ld::page(facts, &head, &breadcrumbs) },
            menu: self.menu(&head, &breadcrumbs),
            feeds: feeds(facts, &self.local, &head),
            kind: head.kind.to_owned(),
            title: head.title,
            description: head.description,
            path: head.path.to_owned(),
            language: head.language.unwrap_or(&facts.language).to_owned(),
            canonical: canonical.unwrap_or_default(),
            breadcrumbs,
            noindex,
            notice: head.notice,
        }
    }

    /// The menu entry that `head` belongs to: itself, else the nearest step
    /// above it that the menu has.
    fn menu(&self, head: &Head<'_>, breadcrumbs: &[Crumb]) -> String {
        let above = breadcrumbs.iter().skip(1).rev().map(|crumb| crumb.path.as_str());
        std::iter::once(head.path)
            .chain(above)
            .find(|path| self.facts.menu.iter().any(|item| !item.external && item.path == *path))
            .unwrap_or_default()
            .to_owned()
    }

    /// What the menu calls the page `path`, else its usual name.
    pub(crate) fn title_of(&self, path: &str) -> String {
        self.facts
            .menu
            .iter()
            .find(|item| item.path == path)
            .map_or_else(|| self.local.text(labels::word_of(path)), |item| item.title.clone())
    }

    /// The step of the breadcrumbs that is the page `path`.
    pub(crate) fn step(&self, path: &str) -> Crumb {
        Crumb { title: self.title_of(path), path: path.to_owned() }
    }
}

/// The step of the breadcrumbs that is `link`.
pub(crate) fn step_to(link: &TermLink) -> Crumb {
    Crumb { title: link.title.clone(), path: link.path.clone() }
}

/// The step of the breadcrumbs that is `section`, where it has a page.
pub(crate) fn section_step(section: Option<&SectionFacts>) -> Option<Crumb> {
    let link = &section?.link;
    (!link.path.is_empty()).then(|| step_to(link))
}

/// The tags of 国办发〔2017〕47号: of the site on every page, of the column on
/// its list and its pieces, of the article on pieces.
fn meta(facts: &SiteFacts, head: &Head<'_>) -> Vec<MetaTag> {
    let mut tags = Vec::with_capacity(16);
    tag(&mut tags, "SiteName", &facts.name);
    tag(&mut tags, "SiteDomain", facts.domain.clone().unwrap_or_default());
    tag(&mut tags, "SiteIDCode", facts.id_code.clone().unwrap_or_default());
    if let Some(section) = head.section {
        tag(&mut tags, "ColumnName", &section.link.title);
        tag(&mut tags, "ColumnDescription", &section.description);
        tag(&mut tags, "ColumnKeywords", section.keywords.join(","));
        tag(&mut tags, "ColumnType", section.column_type.clone().unwrap_or_default());
    }
    match &head.piece {
        Some(piece) => tags.extend(piece.meta.iter().cloned()),
        None => tag(&mut tags, "Keywords", facts.keywords.join(",")),
    }
    tags
}

fn open_graph(facts: &SiteFacts, head: &Head<'_>, canonical: Option<&str>) -> Vec<MetaTag> {
    let mut tags = Vec::with_capacity(12);
    if head.noindex {
        return tags;
    }
    tag(&mut tags, "og:site_name", &facts.title);
    tag(&mut tags, "og:title", &head.title);
    tag(
        &mut tags,
        "og:type",
        if head.piece.is_some() && head.kind != "page" { "article" } else { "website" },
    );
    tag(&mut tags, "og:description", &head.description);
    tag(&mut tags, "og:url", canonical.unwrap_or_default());
    tag(&mut tags, "og:locale", head.language.unwrap_or(&facts.language).replace('-', "_"));
    if let Some(piece) = &head.piece {
        tags.extend(piece.open_graph.iter().cloned());
    }
    if !tags.iter().any(|tag| tag.name == "og:image") {
        let picture = facts.picture.and_then(|path| facts.url(path));
        tag(&mut tags, "og:image", picture.unwrap_or_default());
    }
    tags
}

/// The column's feed, and the page's own.
fn feeds(facts: &SiteFacts, local: &Local, head: &Head<'_>) -> Vec<LinkItem> {
    if !facts.feeds {
        return Vec::new();
    }
    let item = |title: &str, folder: &str| LinkItem {
        title: local.titled(&facts.title, title),
        path: format!("{folder}/feed.atom"),
        external: false,
    };
    let mut feeds =
        vec![LinkItem { title: facts.title.clone(), path: "feed.atom".to_owned(), external: false }];
    let section = head.section.filter(|section| section.feeds);
    feeds.extend(section.map(|section| item(&section.link.title, &section.folder)));
    feeds.extend(head.feeds.map(|folder| item(&head.title, folder)));
    feeds
}
