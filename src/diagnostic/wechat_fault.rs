//! About the WeChat edition of a piece: what the account would refuse or cut.

use super::Severity::Warning;
use super::{Fault, Message, Severity};

/// A field of an edition whose length is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WechatField {
    /// 标题.
    Title,
    /// 作者.
    Author,
    /// 摘要.
    Digest,
    /// 阅读原文.
    SourceUrl,
    /// 正文, in characters with its tags.
    Content,
    /// 正文, in bytes.
    ContentBytes,
}

impl WechatField {
    fn zh(self) -> &'static str {
        match self {
            Self::Title => "标题",
            Self::Author => "作者",
            Self::Digest => "摘要",
            Self::SourceUrl => "阅读原文的网址",
            Self::Content | Self::ContentBytes => "正文（连同格式代码）",
        }
    }

    fn en(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Author => "author",
            Self::Digest => "digest",
            Self::SourceUrl => "address of the original",
            Self::Content | Self::ContentBytes => "body with its tags",
        }
    }

    fn units(self) -> [&'static str; 2] {
        match self {
            Self::SourceUrl | Self::ContentBytes => ["字节", "bytes"],
            _ => ["字", "characters"],
        }
    }

    fn hints(self) -> [&'static str; 2] {
        match self {
            Self::Title => [
                "在文件头写 `微信: {标题: …}`，给公众号一个短的",
                "give the edition a short one: `wechat: {title: …}`",
            ],
            Self::Author => {
                ["在文件头写 `微信: {作者: …}`", "give the edition a short one: `wechat: {author: …}`"]
            }
            Self::Digest => {
                ["在文件头写 `微信: {摘要: …}`", "give the edition a short one: `wechat: {digest: …}`"]
            }
            Self::SourceUrl => ["用 `网址名` 给稿件一个短的网址", "give the piece a short `slug`"],
            Self::Content | Self::ContentBytes => {
                ["分成两篇，或减少表格和小标题", "make two pieces of it, or use fewer tables and headings"]
            }
        }
    }
}

/// About the WeChat edition of a piece.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WechatFault {
    /// A field that is longer than the account takes.
    TooLong {
        /// Which.
        field: WechatField,
        /// The most that is taken.
        most: u64,
        /// How much is too much.
        over: u64,
        /// Whether official pages agree on it: then more is refused.
        hard: bool,
    },
    /// A piece without a picture: the account wants a cover.
    NoCover {
        /// How many other pieces have none either.
        others: usize,
    },
    /// A picture that moves and is larger than the account takes.
    LargeGif {
        /// Its file.
        path: String,
    },
    /// A style that the account takes away or that breaks there.
    Style {
        /// The rule's selector.
        selector: String,
        /// The declaration.
        declaration: String,
    },
}

impl Fault for WechatFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::TooLong { .. } => ("wechat-too-long", Warning),
            Self::NoCover { .. } => ("wechat-no-cover", Warning),
            Self::LargeGif { .. } => ("wechat-large-gif", Warning),
            Self::Style { .. } => ("wechat-style", Warning),
        }
    }

    fn message(&self) -> [Message; 2] {
        match self {
            Self::TooLong { field, most, over, hard } => {
                let ([zh, en], [hint_zh, hint_en]) = (field.units(), field.hints());
                let (sure_zh, sure_en) = if *hard {
                    ("公众号会拒绝", "the account refuses it")
                } else {
                    ("公众号可能拒绝或截断", "the account may refuse or cut it")
                };
                [
                    Message::with_hint(
                        format!("公众号版的{}多了 {over} {zh}（最多 {most}），{sure_zh}", field.zh()),
                        hint_zh,
                    ),
                    Message::with_hint(
                        format!(
                            "the WeChat edition's {} has {over} {en} too many ({most} at most): {sure_en}",
                            field.en()
                        ),
                        hint_en,
                    ),
                ]
            }
            Self::NoCover { others } => no_cover(*others),
            Self::LargeGif { path } => [
                Message::with_hint(
                    format!("动图 `{path}` 超过 1 MB，公众号的接口不收"),
                    "减少帧数或尺寸；在公众号网页里可以试着手工上传",
                ),
                Message::with_hint(
                    format!("the moving picture `{path}` is over 1 MB, which the account's API refuses"),
                    "make it smaller or shorter; the account's web editor may take it by hand",
                ),
            ],
            Self::Style { selector, declaration } => [
                Message::with_hint(
                    format!("公众号版的样式 `{selector}` 里的 `{declaration}` 不能用，已略去"),
                    "只能用直接写出的值，不用 `var()`、`calc()`、`position` 等",
                ),
                Message::with_hint(
                    format!(
                        "`{declaration}` of the style `{selector}` can't be used in the WeChat edition and is left out"
                    ),
                    "write plain values: no `var()`, `calc()`, `position` and their like",
                ),
            ],
        }
    }
}

fn no_cover(others: usize) -> [Message; 2] {
    let (zh, en) = match others {
        0 => ("公众号版没有封面图".to_owned(), "the WeChat edition has no cover".to_owned()),
        others => (
            format!("公众号版没有封面图，另外 {others} 篇也没有"),
            format!("the WeChat edition has no cover, nor have {others} others"),
        ),
    };
    [
        Message::with_hint(zh, "在文件头写 `封面: 图片的路径`，或只给公众号的：`微信: {封面: …}`"),
        Message::with_hint(
            en,
            "write `cover: path of a picture`, or `wechat: {cover: …}` for the account only",
        ),
    ]
}
