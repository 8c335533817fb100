//! What each page says of itself.

use serde::Serialize;

use super::LinkItem;

/// The page. A template sees it as `page`.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// `home`, `section`, `article`, `story`, `material`, `page`, `terms`,
    /// `term`, `phases`, `archive`, `month`, `materials`, `photos`, `ledger`,
    /// `not-found` or `redirect`.
    pub kind: String,
    /// For `<title>`, the column's name not included on home only.
    pub title: String,
    /// For `<meta name="Description">`, the government's name for it. HTML
    /// takes it for its own `description` whatever the case, and wants one
    /// only: so it is not among `meta`.
    pub description: String,
    /// Its own path from the root.
    pub path: String,
    /// Its language.
    pub language: String,
    /// Its full address; empty without a `base_url`.
    pub canonical: String,
    /// The path of the menu entry it belongs to; may be empty.
    pub menu: String,
    /// Meta tags with a `name`: the government's (国办发〔2017〕47号) and others.
    pub meta: Vec<MetaTag>,
    /// Meta tags with a `property`: OpenGraph.
    pub open_graph: Vec<MetaTag>,
    /// JSON-LD, ready for a `<script type="application/ld+json">`.
    pub json_ld_html: String,
    /// From home to the page before this one.
    pub breadcrumbs: Vec<Crumb>,
    /// Atom feeds that belong to it: the column's, and its section's. RSS and
    /// JSON Feed lie beside each (`feed.rss`, `feed.json`).
    pub feeds: Vec<LinkItem>,
    /// Whether search engines are to leave it out.
    pub noindex: bool,
    /// In a preview only: why readers don't see this page.
    pub notice: Option<Notice>,
}

/// A `<meta>`.
#[derive(Debug, Clone, Serialize)]
pub struct MetaTag {
    /// Its `name` or `property`.
    pub name: &'static str,
    /// Its `content`.
    pub content: String,
}

/// A step of the breadcrumbs.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// The word.
    pub title: String,
    /// From the root.
    pub path: String,
}

/// Why readers don't see a page that the preview shows.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// `draft`, `scheduled` or `expired`.
    pub state: String,
    /// In Chinese: 草稿，读者看不到.
    pub text: String,
}
