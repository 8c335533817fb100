//! How it went with a piece.

use super::error::Failure;
use crate::diagnostic::{Lang, Message};
use crate::path::SourcePath;

/// How it went with one piece.
#[derive(Debug)]
pub struct Pushed {
    /// The piece.
    pub piece: SourcePath,
    /// Its title.
    pub title: String,
    /// What was done.
    pub outcome: Outcome,
    /// The draft's number, where there is one.
    pub media_id: Option<String>,
    /// How many pictures the body has.
    pub pictures: usize,
    /// How many of them, and of covers, were uploaded now.
    pub uploaded: usize,
    /// What somebody has to look at.
    pub problems: Vec<Problem>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A draft was added.
    Added,
    /// The piece's draft was updated.
    Updated,
    /// The draft is as the piece is: nothing was asked for.
    Unchanged,
    /// Nothing could be done.
    Failed,
}

/// What somebody has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Pictures did not arrive in the draft.
    PicturesMissing {
        /// How many were sent.
        sent: usize,
        /// How many the draft has.
        found: usize,
        /// Which ones are missing, where that can be told.
        names: Vec<String>,
    },
    /// Somebody changed the draft in the account since it was pushed.
    Edited,
    /// Somebody put the draft together with other articles: which of them is
    /// the piece can't be told.
    Combined,
    /// The draft box has drafts of this piece that were not made here.
    NotOurs(usize),
    /// An article can't do without a cover.
    NoCover,
    /// The draft is gone from the box: published, or removed. A new one was
    /// made.
    Gone,
    /// The words in the draft are not those that were sent.
    WordsDiffer,
    /// The service refused the piece.
    Refused(Failure),
}

impl Problem {
    /// Its name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PicturesMissing { .. } => "wechat-pictures-missing",
            Self::Edited => "wechat-draft-edited",
            Self::Combined => "wechat-draft-combined",
            Self::NotOurs(_) => "wechat-draft-not-ours",
            Self::NoCover => "wechat-no-cover",
            Self::Gone => "wechat-draft-gone",
            Self::WordsDiffer => "wechat-words-differ",
            Self::Refused(_) => "wechat-refused",
        }
    }

    /// Whether the draft is not what it should be.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::Gone | Self::WordsDiffer)
    }

    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        match (self, lang) {
            (Self::Refused(failure), _) => failure.message(lang),
            (Self::PicturesMissing { sent, found, names }, _) => pictures_missing(*sent, *found, names, lang),
            (_, Lang::Zh) => self.zh(),
            (_, Lang::En) => self.en(),
        }
    }

    fn zh(&self) -> Message {
        let (text, hint) = match self {
            Self::Edited => (
                "有人在公众号后台改过这篇草稿，没有覆盖".to_owned(),
                "把那边的改动写进稿件后，加 `--overwrite` 再推送；不要那些改动的，也加 `--overwrite`",
            ),
            Self::Combined => (
                "有人在公众号后台把这篇草稿和别的文章合成了多图文，没有动它".to_owned(),
                "请在公众号后台手工修改这一篇",
            ),
            Self::NotOurs(count) => (
                format!("草稿箱里已经有这篇稿件的草稿（{count} 篇），不是这台电脑推送的，没有动它"),
                "到草稿箱看看：要用这篇稿件覆盖的（只有一篇时），加 `--overwrite`；不要的先删掉",
            ),
            Self::NoCover => {
                ("没有封面，公众号的图文不能没有封面".to_owned(), "在稿件开头写 `封面`，或在正文里放一张图片")
            }
            Self::Gone => (
                "原来的草稿已经不在草稿箱里（发布了或删掉了），新建了一篇".to_owned(),
                "如果已经发布，请先看看是否还要再发一次",
            ),
            Self::WordsDiffer => {
                ("草稿里的文字和推送的不完全一样".to_owned(), "到草稿箱里打开，对照稿件检查")
            }
            Self::PicturesMissing { .. } | Self::Refused(_) => (String::new(), ""),
        };
        Message::with_hint(text, hint)
    }

    fn en(&self) -> Message {
        let (text, hint) = match self {
            Self::Edited => (
                "somebody changed this draft in the account: it was not overwritten".to_owned(),
                "take the changes over into the piece, then push with `--overwrite`; so too if they are not wanted",
            ),
            Self::Combined => (
                "somebody combined this draft with other articles in the account: nothing was touched"
                    .to_owned(),
                "change it there by hand",
            ),
            Self::NotOurs(count) => (
                format!(
                    "the draft box has drafts of this piece ({count}) that this computer did not push: nothing was touched"
                ),
                "look at the draft box: to overwrite one (if it is the only one), add `--overwrite`; remove what is \
                 not wanted",
            ),
            Self::NoCover => (
                "there is no cover, which an article can't do without".to_owned(),
                "name one as `cover` in the front matter, or put a picture into the text",
            ),
            Self::Gone => (
                "the former draft is no longer in the draft box (published, or removed): a new one was added"
                    .to_owned(),
                "if it was published, see whether it is to be published again",
            ),
            Self::WordsDiffer => (
                "the draft's words are not quite those that were sent".to_owned(),
                "open it in the draft box and compare",
            ),
            Self::PicturesMissing { .. } | Self::Refused(_) => (String::new(), ""),
        };
        Message::with_hint(text, hint)
    }
}

fn pictures_missing(sent: usize, found: usize, names: &[String], lang: Lang) -> Message {
    match lang {
        Lang::Zh => {
            let names =
                if names.is_empty() { String::new() } else { format!("，缺 {}", names.join("、")) };
            Message::with_hint(
                format!("草稿里的图片少了：推送 {sent} 张，草稿里有 {found} 张{names}"),
                "再运行一次，会重新上传；还不行，请在公众号后台手工插入",
            )
        }
        Lang::En => {
            let names =
                if names.is_empty() { String::new() } else { format!("; missing: {}", names.join(", ")) };
            Message::with_hint(
                format!("pictures are missing in the draft: {sent} were sent, {found} are there{names}"),
                "run the command again, which uploads them anew; else insert them by hand in the account",
            )
        }
    }
}
