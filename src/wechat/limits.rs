//! What the account accepts, as data: every limit with how it is counted, where
//! it was read and how sure it is.
//!
//! Nobody outside knows the real limits: official pages contradict each other,
//! and the account's editor and its API are said to differ. So each limit is a
//! row here, to be changed without changing code.
//!
//! **Invariant:** [`LIMITS`] has one row for each [`Limited`].

/// What a limit is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limited {
    /// 标题: `title`.
    Title,
    /// 作者: `author`.
    Author,
    /// 摘要: `digest`.
    Digest,
    /// 阅读原文: `content_source_url`.
    SourceUrl,
    /// 正文: the characters of `content`, tags included.
    Content,
    /// 正文: the bytes of `content`.
    ContentBytes,
    /// A picture of the text, for `media/uploadimg`.
    PictureBytes,
    /// The width of a picture of the text: no rule of the API, but as wide as the
    /// account's editor keeps pictures.
    PictureWidth,
    /// The cover, as permanent material (`material/add_material`, `image`).
    CoverBytes,
}

/// How a limit is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Unicode scalar values: a Chinese character is one, and so is a Latin
    /// letter, a space, a `<`.
    Characters,
    /// Bytes of UTF-8, or of a file.
    Bytes,
    /// Pixels.
    Pixels,
}

/// How sure a limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// Two official pages agree.
    TwoPages,
    /// One official page says so.
    OnePage,
    /// Official pages, or a page and the staff's answers, contradict each other.
    Disputed,
    /// Users and tools say so.
    Users,
}

/// What is accepted at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Of what.
    pub of: Limited,
    /// The most that is accepted, in `unit`; one more is too much.
    pub most: u64,
    /// How it is counted.
    pub unit: Unit,
    /// Whether more is refused before anything is sent. Over a soft limit there
    /// is a warning, and the account has the last word.
    pub hard: bool,
    /// How sure it is.
    pub sure: Sure,
    /// Where it was read.
    pub source: &'static str,
    /// When the page was read, `YYYY-MM`.
    pub read: &'static str,
}

/// The official page of `draft/add`.
const DRAFT_ADD: &str = "https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add";

/// The official page of `media/uploadimg`.
const UPLOAD_IMAGE: &str =
    "https://developers.weixin.qq.com/doc/service/api/material/permanent/api_uploadimage";

/// The official page of `material/add_material`.
const ADD_MATERIAL: &str =
    "https://developers.weixin.qq.com/doc/service/api/material/permanent/api_addmaterial";

/// All limits, one a row.
pub const LIMITS: [Limit; 9] = [
    // Tools use 64, as the account's editor does; `draft/update` says nothing.
    row(Limited::Title, 32, Unit::Characters, false, Sure::Disputed, DRAFT_ADD),
    // Older tools say 8.
    row(Limited::Author, 16, Unit::Characters, false, Sure::Disputed, DRAFT_ADD),
    // The account's editor takes 120.
    row(Limited::Digest, 128, Unit::Characters, false, Sure::Disputed, DRAFT_ADD),
    row(Limited::SourceUrl, 1_024, Unit::Bytes, true, Sure::OnePage, DRAFT_ADD),
    // “少于2万字符”, of the HTML with its tags; the “2kb” of the same sentence can't be meant.
    row(Limited::Content, 19_999, Unit::Characters, true, Sure::TwoPages, DRAFT_ADD),
    // “小于1M”.
    row(Limited::ContentBytes, 1_048_575, Unit::Bytes, true, Sure::TwoPages, DRAFT_ADD),
    // “1MB以下”: the smaller of the two things that may mean.
    row(Limited::PictureBytes, 999_999, Unit::Bytes, true, Sure::TwoPages, UPLOAD_IMAGE),
    row(Limited::PictureWidth, 1_080, Unit::Pixels, false, Sure::Users, UPLOAD_IMAGE),
    row(Limited::CoverBytes, 10_000_000, Unit::Bytes, true, Sure::TwoPages, ADD_MATERIAL),
];

const fn row(of: Limited, most: u64, unit: Unit, hard: bool, sure: Sure, source: &'static str) -> Limit {
    Limit { of, most, unit, hard, sure, source, read: "2026-11" }
}

/// The limit of `of`.
pub fn limit(of: Limited) -> &'static Limit {
    // Never the last by default: a test holds the invariant.
    let [.., last] = &LIMITS;
    LIMITS.iter().find(|limit| limit.of == of).unwrap_or(last)
}

impl Limit {
    /// How much `text` is, as this limit counts; lengths in pixels are no texts'.
    pub fn count(&self, text: &str) -> u64 {
        match self.unit {
            Unit::Characters => text.chars().count() as u64,
            Unit::Bytes | Unit::Pixels => text.len() as u64,
        }
    }

    /// How much `text` has too much; `None` where it fits.
    pub fn over(&self, text: &str) -> Option<u64> {
        self.excess(self.count(text))
    }

    /// How much `amount`, in this limit's unit, is too much; `None` where it
    /// fits.
    pub fn excess(&self, amount: u64) -> Option<u64> {
        amount.checked_sub(self.most).filter(|over| *over > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_has_its_row() {
        let all = [
            Limited::Title,
            Limited::Author,
            Limited::Digest,
            Limited::SourceUrl,
            Limited::Content,
            Limited::ContentBytes,
            Limited::PictureBytes,
            Limited::PictureWidth,
            Limited::CoverBytes,
        ];
        assert_eq!(LIMITS.map(|limit| limit.of), all);
        assert!(all.into_iter().all(|of| limit(of).of == of));
    }

    #[test]
    fn characters_are_counted_as_people_count_them() {
        let title = limit(Limited::Title);
        let most = "字".repeat(32);
        assert_eq!((title.count(&most), title.over(&most)), (32, None));
        assert_eq!(title.over(&format!("{most}。A")), Some(2));
        assert_eq!(title.over(""), None);
        let url = limit(Limited::SourceUrl);
        assert_eq!(url.over(&"长".repeat(342)), Some(2));
    }
}
