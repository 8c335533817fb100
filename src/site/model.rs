//! What a site is.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize, Serializer};

use crate::ai_label::AiLevel;
use crate::config::{Config, Kind};
use crate::document::{Document, Moment, PhotoNote};
use crate::material::{Inspection, Text};
use crate::path::{OutputPath, Route, SourcePath};
use crate::photo::Recipe;

use super::{Articles, Captions};

/// The whole column.
#[derive(Debug, Clone)]
pub struct Site {
    /// The configuration.
    pub config: Arc<Config>,
    /// The moment it is built for, in the column's zone.
    pub now: DateTime,
    /// All pieces that have a page, by source path. Section introductions are
    /// not among them.
    pub articles: Articles,
    /// Pieces that readers don't see, by source path; with `preview` or
    /// `drafts` those that are shown all the same are in `articles` instead.
    pub withheld: Vec<Withheld>,
    /// The next moment at which a piece appears or goes, and which.
    pub next: Option<(DateTime, SourcePath)>,
    /// The sections' lists, in the config's order, those without a piece too.
    pub sections: Vec<List>,
    /// `content/<section>/index.md` by the section's index in the config.
    pub intros: BTreeMap<usize, Article>,
    /// Topics, units, phases, people: terms that have pieces, each list in the
    /// order it is shown in.
    pub taxonomies: BTreeMap<Taxonomy, Vec<Term>>,
    /// All series, by title.
    pub series: Vec<Series>,
    /// Published pieces of the sections (kind `page` left out), newest first:
    /// for home, feeds, archive.
    pub newest: Vec<ArticleId>,
    /// Photos, attachments and media that some page shows or offers.
    pub assets: Vec<Asset>,
    /// What was learned of the assets of kind [`AssetKind::File`], by
    /// [`AssetId`]; `None` for all others, and where the bytes can't be read.
    pub studies: Vec<Option<Arc<Inspection>>>,
    /// Their texts as readers may search them and see them previewed: without
    /// the lines that have a number of a person. By [`AssetId`].
    pub texts: Vec<Option<Arc<Text>>>,
    /// Books that pieces are gathered into, in the config's order; those that
    /// have none are left out.
    pub booklets: Vec<Booklet>,
    /// Former addresses.
    pub aliases: Vec<Alias>,
    /// All pictures that are made of sources, by where they are published.
    pub pictures: BTreeMap<OutputPath, Recipe>,
    /// Files of `content/static/`, copied to the root as they are; but
    /// those that are in `pictures`, which are cleaned.
    pub statics: Vec<(SourcePath, OutputPath)>,
    /// The new text of `addresses.yaml`, where it has to be written.
    pub address_book: Option<String>,
    /// Where photos are shown whose words stand in notes beside them.
    pub captions: Captions,
}

impl Site {
    /// Whether the site has a search page: not where the config switches it
    /// off, nor where there is nothing to find.
    pub fn has_search(&self) -> bool {
        self.config.search && !self.articles.is_empty()
    }

    /// What was learned of a document.
    pub fn study(&self, id: AssetId) -> Option<&Arc<Inspection>> {
        self.studies.get(id.0 as usize)?.as_ref()
    }

    /// The text of an attached file as it may be shown; `None` for what is no
    /// file.
    pub fn text(&self, id: AssetId) -> Option<&Arc<Text>> {
        self.texts.get(id.0 as usize)?.as_ref()
    }
}

/// A piece that readers don't see, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The document.
    pub document: Arc<Document>,
    /// Index of its section in the config; `None` for a page outside.
    pub section: Option<usize>,
    /// Why.
    pub state: State,
}

/// Index into [`Site::articles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleId(pub u32);

/// Index into a list of [`Site::taxonomies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TermId(pub u32);

/// Index into [`Site::assets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct AssetId(pub u32);

/// A piece with its place in the site. Its `Serialize` is for keys: the
/// document is there by its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Article {
    /// What its file says.
    #[serde(serialize_with = "key_of")]
    pub document: Arc<Document>,
    /// Index of its section in the config; `None` for a page outside.
    pub section: Option<usize>,
    /// What it is.
    pub kind: Kind,
    /// Its page.
    pub route: Route,
    /// `Published`, or why a preview shows it with a banner.
    pub state: State,
    /// When it appears: `publish_at`, else `date`.
    pub date: Option<Moment>,
    /// Terms that it names, by taxonomy, in the order written: topics, units,
    /// phases (at most one), people.
    pub terms: BTreeMap<Taxonomy, Vec<TermId>>,
    /// Index of its series and its place in it (from 0).
    pub series: Option<(usize, usize)>,
    /// What each of `document.body.links` means.
    pub links: Vec<Reference>,
    /// What `cover`, else the first photo of the text, means.
    pub cover: Option<AssetId>,
    /// Whether the text itself shows the cover.
    pub cover_in_text: bool,
    /// What the WeChat edition has for a cover, where that is another.
    pub wechat_cover: Option<AssetId>,
    /// What each of `front.files` means; broken ones are left out.
    pub files: Vec<(AssetId, String)>,
    /// The piece before it in its section (earlier, or above by `order`).
    pub previous: Option<ArticleId>,
    /// The piece after it in its section.
    pub next: Option<ArticleId>,
    /// Pieces on the same matters, the nearest first, at most 5; those that
    /// `related` names stand first.
    pub related: Vec<ArticleId>,
    /// The piece that this one replaces: a material's former version.
    pub replaces: Option<ArticleId>,
}

fn key_of<S: Serializer>(document: &Document, serializer: S) -> Result<S::Ok, S::Error> {
    document.key.serialize(serializer)
}

/// Whether readers see a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum State {
    /// They do.
    Published,
    /// It is marked as a draft.
    Draft,
    /// Its time has not come.
    Scheduled(DateTime),
    /// Its time is over.
    Expired(DateTime),
}

/// What a link of a body means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Reference {
    /// Another page of this site, with an anchor in it.
    Page {
        /// The page's address.
        route: Route,
        /// Without `#`; a checked one.
        anchor: Option<String>,
    },
    /// A place in the same page, without `#`.
    Anchor(String),
    /// A photo, film or attachment.
    Asset(AssetId),
    /// Somewhere else: `https:`, `mailto:`, `tel:`.
    External(String),
    /// Nothing that could be found; it is a finding already.
    Broken,
}

/// A photo, film or attached file that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asset {
    /// Its file.
    pub source: SourcePath,
    /// Where it is published: ASCII, with a hash of its content in the name.
    pub output: OutputPath,
    /// Bytes.
    pub len: u64,
    /// What it is.
    pub kind: AssetKind,
    /// What a film or sound says of AI; a picture says it in its own place.
    pub ai: Option<AiLevel>,
}

/// What an asset is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum AssetKind {
    /// A picture.
    Photo(Picture),
    /// A film or sound; its MIME type.
    Media(&'static str),
    /// A file to be downloaded under its own name.
    File {
        /// The type's mark: PDF, DOC, XLS, ….
        mark: String,
        /// Pages, where known.
        pages: Option<u32>,
        /// SHA-256 in hexadecimal, where computed.
        sha256: Option<String>,
        /// Whether it is a picture, whatever it is called: then it is cleaned.
        picture: bool,
    },
}

/// A picture, and what is published of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Picture {
    /// Pixels of the source as it is shown; 0 where a drawing (SVG) gives
    /// none.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The class of its colour, 0 to 63.
    pub tint: Option<u8>,
    /// What its label says of AI.
    pub ai: Option<AiLevel>,
    /// Whether it is published as it is, without what is personal: drawings,
    /// pictures that move, and those that are only linked to.
    pub as_it_is: bool,
    /// What is published of it, the narrowest first. The last is the asset's
    /// [`Asset::output`]. Empty where the picture can't be shown.
    pub prints: Vec<Print>,
    /// What a file beside it says of it.
    pub note: Option<PhotoNote>,
}

/// A picture in one size.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Print {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// For all browsers: JPEG, or PNG where something shows through.
    pub path: OutputPath,
    /// For those that know WebP.
    pub webp: Option<OutputPath>,
}

/// What stands for a piece where it is shared: parts of its cover.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Share {
    /// For cards, at most 1200×630.
    pub card: Cutting,
    /// For chats (`WeChat`), at most 300×300.
    pub square: Cutting,
}

/// A part of a picture.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Cutting {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// A JPEG.
    pub path: OutputPath,
}

/// A list of pieces that has pages: a section's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct List {
    /// Index of the section in the config.
    pub section: usize,
    /// In the section's order, pinned ones first.
    pub items: Vec<ArticleId>,
}

/// Ways in which pieces are grouped by what they name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Taxonomy {
    /// 主题.
    Topics,
    /// 单位.
    Units,
    /// 阶段.
    Phases,
    /// 人物, from bylines.
    People,
}

/// One term and the pieces that name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The name shown.
    pub title: String,
    /// `topics/<slug>.html`.
    pub route: Route,
    /// The newest first.
    pub items: Vec<ArticleId>,
}

/// A series (系列) of pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Its title.
    pub title: String,
    /// `series/<slug>.html`.
    pub route: Route,
    /// By `order`, then by date, the oldest first.
    pub items: Vec<ArticleId>,
}

/// Something on a list, for grouping by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The piece.
    pub id: ArticleId,
    /// Its day.
    pub date: Option<Date>,
}

/// A photo on the photo wall and the piece that shows it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// The photo.
    pub asset: AssetId,
    /// The piece.
    pub article: ArticleId,
}

/// A former address that leads to a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The former address.
    pub from: Route,
    /// The piece's index.
    pub to: ArticleId,
}

/// A book that pieces are gathered into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booklet {
    /// Index into the config's.
    pub config: usize,
    /// The edition to be printed: `booklets/<slug>.html`.
    pub route: Route,
    /// The EPUB: `booklets/<slug>.epub`.
    pub epub: OutputPath,
    /// The running heads of the printed edition: `booklets/<slug>.css`.
    pub style: OutputPath,
    /// In order; none is empty.
    pub parts: Vec<BookletPart>,
}

/// A part of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookletPart {
    /// Its title; empty where the book is not divided.
    pub title: String,
    /// Published pieces, in the book's order.
    pub items: Vec<ArticleId>,
}
