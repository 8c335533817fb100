//! What all pages share.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Json;

/// The column. A template sees it as `site`.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The column's name.
    pub title: String,
    /// The name cut into words, for a masthead of two lines.
    pub title_words: Vec<String>,
    /// How wide the name is, in Chinese characters: a letter is half of one.
    pub title_length: usize,
    /// What it is for.
    pub description: String,
    /// `zh-CN`.
    pub language: String,
    /// With a final `/`; `null` where the config gives none.
    pub base_url: Option<String>,
    /// The navigation.
    pub menu: Vec<LinkItem>,
    /// All sections that have a page, in the config's order.
    pub sections: Vec<SectionLink>,
    /// The phases, in order; empty where there are none.
    pub phases: Vec<PhaseMark>,
    /// The foot of every page.
    pub footer: FooterView,
    /// The theme's settings: `theme.yaml` of the theme with the site's own
    /// values over it. A template sees `site.settings.…`.
    pub settings: Json,
    /// The theme's assets by their plain name: `site.assets["gazette.css"]` is
    /// `assets/gazette.1f2e3d.css`.
    pub assets: BTreeMap<String, String>,
    /// Whether the pages without a section exist, by their path without
    /// extension: `archive/index`, `topics/index`, `units/index`,
    /// `phases/index`, `people/index`, `series/index`, `materials`, `photos`,
    /// `ledger` and `search` are always named; `about` and other pages of the root
    /// where they exist. `site.has.photos`, `site.has["topics/index"]`.
    pub has: BTreeMap<String, bool>,
    /// Whether there are feeds and a sitemap.
    pub feeds: bool,
    /// Icons for a browser's tab, from the root: `favicon.ico`, `favicon.png`
    /// and `favicon.svg` of `content/static/`, those that are there.
    pub icons: Vec<String>,
}

/// A word that leads somewhere.
#[derive(Debug, Clone, Serialize)]
pub struct LinkItem {
    /// The word.
    pub title: String,
    /// A path from the root, or a URL where `external` is true.
    pub path: String,
    /// Whether `path` is a URL.
    pub external: bool,
}

/// A section, as others name it.
#[derive(Debug, Clone, Serialize)]
pub struct SectionLink {
    /// The folder: `news`.
    pub folder: String,
    /// The name.
    pub title: String,
    /// `news/index.html`.
    pub path: String,
    /// `article`, `story`, `material` or `page`.
    pub kind: String,
}

/// A phase on the phase line. Nothing here changes from day to day: how far
/// the work has come is in `progress.css`.
#[derive(Debug, Clone, Serialize)]
pub struct PhaseMark {
    /// 学习教育.
    pub title: String,
    /// `phases/xuexijiaoyu.html`; while no piece belongs to it,
    /// `phases/index.html`.
    pub path: String,
    /// `3.08`.
    pub start: String,
    /// `4.15`.
    pub end: String,
    /// The year in which it begins: 2021.
    pub year: i16,
    /// Days, first and last included.
    pub days: i32,
    /// From 0.
    pub index: usize,
}

/// The foot of every page. Empty texts are absent fields.
#[derive(Debug, Clone, Serialize)]
pub struct FooterView {
    /// 主办.
    pub sponsor: String,
    /// 承办.
    pub undertaker: String,
    /// 联系方式.
    pub contact: String,
    /// 网站标识码.
    pub id_code: String,
    /// ICP备案编号.
    pub icp: String,
    /// 公安备案编号.
    pub police_number: String,
    /// Where the police record is shown.
    pub police_link: String,
    /// 党政机关标识, trusted HTML.
    pub party_mark_html: String,
    /// 网站找错, trusted HTML.
    pub report_error_html: String,
    /// Further links.
    pub links: Vec<LinkItem>,
    /// A closing line.
    pub note: String,
}
