//! What the templates of the WeChat edition see: `wechat/article.html`,
//! `wechat/notes.html` and `wechat/styles.css`.
//!
//! What they write is read again and put into the account's form: elements are
//! styled by their class or name (`styles.css`), addresses become notes, and
//! nothing but the account's elements stays.

use serde::Serialize;

use super::{BodyView, BylineView, CorrectionView, DateView, FileView, Json, PhotoView, SourceView};

/// `wechat/article.html`: the body of an edition. The title is not in it: the
/// account shows it above.
#[derive(Debug, Clone, Serialize)]
pub struct WechatArticle {
    /// The column.
    pub site: WechatSite,
    /// May be empty.
    pub subtitle: String,
    /// The section's name; may be empty.
    pub section: String,
    /// When it appeared.
    pub date: Option<DateView>,
    /// When it was last changed.
    pub updated: Option<DateView>,
    /// In the order written.
    pub byline: Vec<BylineView>,
    /// Where the text comes from.
    pub source: Option<SourceView>,
    /// Its summary where the front matter gives one, for the intro; else empty.
    pub intro: String,
    /// The cover, where the text does not show it itself.
    pub cover: Option<PhotoView>,
    /// The text. A photo is shown by its `full`; links are paths from the root.
    pub body: BodyView,
    /// Corrections, the newest first.
    pub corrections: Vec<CorrectionView>,
    /// Files that it offers.
    pub files: Vec<FileView>,
    /// 发文单位 (materials); may be empty.
    pub issuer: String,
    /// 文号 (materials); may be empty.
    pub number: String,
    /// 版本 (materials); may be empty.
    pub version: String,
    /// The piece's address on the site; empty without a `base_url`. Its QR code
    /// is `<img src="qr">`.
    pub address: String,
}

/// The column, as an edition names it.
#[derive(Debug, Clone, Serialize)]
pub struct WechatSite {
    /// The column's name.
    pub title: String,
    /// With a final `/`; `null` where the config gives none.
    pub base_url: Option<String>,
    /// The theme's settings.
    pub settings: Json,
}

/// `wechat/notes.html`: what stands at the end, where there are notes.
#[derive(Debug, Clone, Serialize)]
pub struct WechatNotes {
    /// The column.
    pub site: WechatSite,
    /// In order, at least one.
    pub notes: Vec<WechatNote>,
}

/// A note.
#[derive(Debug, Clone, Serialize)]
pub struct WechatNote {
    /// From 1, as the text has it: `[1]`.
    pub number: usize,
    /// A footnote's HTML, or a link's words with its address.
    pub html: String,
}
