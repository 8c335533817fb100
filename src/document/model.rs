//! What a document is.

use crate::ai_label::AiLevel;
use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::kept;
use crate::config::Comments;
use crate::markdown::Body;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::text::{At, Span};

/// One Markdown file, understood on its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The key of all that `parse` read: path, bytes and the part of the config
    /// that parsing depends on. Equal keys mean equal documents.
    pub key: Key,
    /// The key of what decides where the piece belongs: see
    /// [`class`](super::class()).
    pub class: Key,
    /// The file: `content/news/x.md`, `content/news/x/index.md`.
    pub path: SourcePath,
    /// Its front matter, checked.
    pub front: Front,
    /// Its text.
    pub body: Body,
    /// The title: from the front matter, else the first heading, else the
    /// file's name.
    pub title: String,
    /// The title cut into words, whose concatenation it is: where a line may
    /// break.
    pub title_words: Vec<String>,
    /// The summary: from the front matter, else from the text.
    pub summary: String,
    /// The name in addresses as derived from this file alone: `slug`, else
    /// pinyin of the file's (or bundle folder's) name.
    pub slug: String,
}

/// A date, with or without a time, in the column's zone.
///
/// A date without a time means its beginning for order and publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// Local date and time.
    pub civil: DateTime,
    /// Whether a time was written.
    pub has_time: bool,
}

/// Checked front matter. What is absent or was wrong is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Front {
    /// `title`, 标题.
    pub title: Option<At<String>>,
    /// `section`, 栏目: the folder or title of the section the piece is meant
    /// for; the folder it lies in decides.
    pub section: Option<At<String>>,
    /// `keywords`, 关键词.
    pub keywords: Vec<String>,
    /// `subtitle`, 副标题.
    pub subtitle: Option<String>,
    /// `date`, 日期.
    pub date: Option<At<Moment>>,
    /// `updated`, 更新.
    pub updated: Option<At<Moment>>,
    /// `publish_at`, 发布时间: withheld until then.
    pub publish_at: Option<At<Moment>>,
    /// `expire_at`, 过期时间: withheld from then on.
    pub expire_at: Option<At<Moment>>,
    /// `draft`, 草稿.
    pub draft: bool,
    /// `pinned`, 置顶.
    pub pinned: bool,
    /// `order`, 顺序.
    pub order: Option<i64>,
    /// `slug`, 网址名.
    pub slug: Option<At<String>>,
    /// `aliases`, 旧网址: former addresses, output paths.
    pub aliases: Vec<At<String>>,
    /// `summary`, 摘要.
    pub summary: Option<String>,
    /// `cover`, 封面.
    pub cover: Option<Cover>,
    /// `topics`, 主题: titles or slugs.
    pub topics: Vec<At<String>>,
    /// `units`, 单位: names, short names or slugs.
    pub units: Vec<At<String>>,
    /// `phase`, 阶段: name or slug.
    pub phase: Option<At<String>>,
    /// `byline`, 署名: in the order written.
    pub byline: Vec<Byline>,
    /// `source`, 来源.
    pub source: Option<Reprint>,
    /// `related`, 相关: relative paths.
    pub related: Vec<At<String>>,
    /// `series`, 系列: the series' title.
    pub series: Option<At<String>>,
    /// `corrections`, 更正.
    pub corrections: Vec<Correction>,
    /// `lang`, 语言: a BCP 47 tag where it is not the column's.
    pub lang: Option<String>,
    /// `extra`, 附加: whatever a theme wants.
    #[serde(with = "kept::json")]
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// `photos`, 图片: notes by the file name or relative path as used.
    #[serde(with = "kept::notes")]
    pub photos: BTreeMap<String, PhotoNote>,
    /// `issuer`, 发文单位 (materials).
    pub issuer: Option<String>,
    /// `number`, 文号 (materials).
    pub number: Option<At<String>>,
    /// `files`, 文件 (materials).
    pub files: Vec<Attachment>,
    /// `version`, 版本 (materials).
    pub version: Option<String>,
    /// `replaces`, 替代 (materials): relative path of the piece it replaces.
    pub replaces: Option<At<String>>,
    /// `wechat`, 微信: what the WeChat edition has otherwise.
    pub wechat: WechatFront,
    /// `aigc`, AIGC: the label of a text that AI made.
    pub aigc: Option<TextLabel>,
    /// Which keys (English names) are given, with the places of the keys.
    pub keys: Vec<(String, Span)>,
    /// Where the front matter stands, fences included; empty at the file's
    /// beginning where there is none.
    pub span: Span,
}

impl Front {
    /// What front matter says of the photo at `target`: by the path as used,
    /// else by the file's name.
    pub fn photo(&self, target: &str) -> Option<&PhotoNote> {
        if self.photos.is_empty() {
            return None;
        }
        let name = target.rsplit_once('/').map_or(target, |(_, name)| name);
        self.photos.get(target).or_else(|| self.photos.get(name))
    }
}

/// One role of a byline and who had it: 通讯员 张庆伟 姚艳辉.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// As written: 本报记者, 通讯员, 摄影, 责任编辑, or any other.
    pub role: String,
    /// At least one.
    pub names: Vec<At<String>>,
}

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reprint {
    /// The source's name.
    pub name: String,
    /// Its address, for a reprint.
    pub url: Option<At<String>>,
    /// When it was published there.
    pub date: Option<Moment>,
}

/// A correction (更正) made after publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When.
    pub date: Moment,
    /// What was and what is.
    pub text: String,
}

/// What the WeChat edition of a piece has otherwise than its page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WechatFront {
    /// `title`, 标题.
    pub title: Option<At<String>>,
    /// `digest`, 摘要.
    pub digest: Option<At<String>>,
    /// `author`, 作者.
    pub author: Option<At<String>>,
    /// `cover`, 封面: a relative path.
    pub cover: Option<At<String>>,
    /// `comments`, 留言.
    pub comments: Option<Comments>,
    /// `original`, 原创.
    pub original: Option<bool>,
}

/// The picture that stands for a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// A relative path.
    pub src: At<String>,
    /// Shown under it.
    pub caption: Option<String>,
    /// Who took or drew it.
    pub credit: Option<String>,
    /// Its alternative text.
    pub alt: Option<String>,
}

/// What front matter, or a file beside it, says of one photo.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PhotoNote {
    /// Where the key stands.
    #[serde(skip)]
    pub span: Span,
    /// Shown under it.
    pub caption: Option<String>,
    /// Who took or drew it.
    pub credit: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// Its alternative text.
    pub alt: Option<String>,
    /// The point that crops keep, in percent from the left and the top.
    pub focus: Option<(u8, u8)>,
    /// Whether somebody has looked for faces and plates.
    pub reviewed: bool,
    /// Whether AI made it, as an editor declares it.
    pub ai: Option<AiNote>,
}

/// What an editor declares of a photo that carries no label itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AiNote {
    /// AI made it, or may have.
    Yes(AiLevel),
    /// It did not, whatever signs there are.
    No,
}

/// What a text says of itself: its front matter's `AIGC` (GB 45438-2025).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLabel {
    /// What it says.
    pub level: AiLevel,
    /// The label as JSON; empty where it is not as the standard wants it.
    pub json: String,
}

/// A file that a material offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// A relative path.
    pub src: At<String>,
    /// The name shown; default the file's name.
    pub title: Option<String>,
    /// Whether somebody has looked at comments, changes and hidden content,
    /// and lets them pass.
    pub reviewed: bool,
}
