//! About Markdown text.

mod words;

use super::{Fault, Said, Severity};
use words::{words_en, words_zh};

/// About Markdown text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkdownFault {
    /// A line that begins with `＃`.
    FullWidthHeading,
    /// `##标题` without a space.
    HeadingWithoutSpace,
    /// A heading that skips a level.
    HeadingJump {
        /// The level before; 1 where there is none.
        from: u8,
        /// The level here.
        to: u8,
    },
    /// A level-1 heading in the text.
    LevelOneHeading,
    /// A heading without a text.
    EmptyHeading,
    /// A paragraph that a line of `---` made into a heading.
    UnderlinedParagraph,
    /// A line that begins with `＞`.
    FullWidthQuote,
    /// List items without a space after the sign.
    ListWithoutSpace {
        /// As written: `1.`, `-`.
        marker: String,
    },
    /// Lines that begin with a bullet that Markdown does not know.
    BulletCharacter {
        /// As written: `•`.
        sign: char,
    },
    /// `[]` or `[√]` in place of `[ ]` or `[x]`.
    TaskMark,
    /// Lines of `|` that make no table.
    BrokenTable,
    /// A row with more cells than the head.
    ExtraCells {
        /// How many columns the head has.
        columns: usize,
    },
    /// Prose that four spaces made into code.
    IndentedParagraph,
    /// A line within a paragraph that is indented like the first of one.
    IndentedLine,
    /// A comment that nothing closes.
    UnclosedComment,
    /// A fence that nothing closes.
    UnclosedFence,
    /// A name behind a fence that is nearly that of a data block.
    UnknownBlock {
        /// As written.
        name: String,
        /// The block it resembles.
        nearest: String,
    },
    /// `> [!…]` of no known kind.
    UnknownAlert {
        /// As written.
        name: String,
        /// The kind it resembles.
        nearest: Option<String>,
    },
    /// `【文字】（网址）` and its kin.
    FullWidthLink,
    /// `[文字](网址）`.
    FullWidthLinkEnd,
    /// `[文字](地址 “标题”)`.
    FullWidthTitle,
    /// `[文字](会场 照片.png)`.
    SpaceInLink,
    /// `[文字](地址` without an end.
    UnclosedLink,
    /// `！[说明](图.png)`.
    FullWidthImage,
    /// `http：//`.
    FullWidthUrl,
    /// `photos\会场.png`.
    BackslashPath,
    /// `C:\…`, `file:///…`.
    LocalPath,
    /// `data:…`.
    EmbeddedFile,
    /// A scheme that may run code, or that browsers don't open.
    UnsafeLink {
        /// In lower case, without the colon.
        scheme: String,
    },
    /// `[](地址)`.
    EmptyLinkText,
    /// A picture without words.
    PhotoWithoutAlt,
    /// A reference to a footnote that is not defined.
    UndefinedNote {
        /// As written.
        label: String,
    },
    /// `[^1]：`.
    FullWidthNote,
    /// A footnote that nothing refers to.
    UnusedNote {
        /// As written.
        label: String,
    },
    /// A footnote that is defined twice.
    DuplicateNote {
        /// As written first.
        label: String,
    },
    /// An id that is defined twice.
    DuplicateId {
        /// As written.
        id: String,
    },
    /// `** 重点 **`.
    SpacedEmphasis,
    /// `**重点` that is never closed.
    StrayAsterisks,
    /// `张*、李*`: asterisks that were to be seen.
    SwallowedAsterisks {
        /// What became emphasised, shortened.
        text: String,
    },
    /// An HTML element that may not stay.
    RawElement {
        /// In lower case.
        name: String,
    },
    /// An HTML attribute that may not stay.
    RawAttribute {
        /// In lower case.
        name: String,
    },
    /// A character that no page may hold.
    ControlCharacter {
        /// Its code point.
        code: u32,
    },
    /// Quotations, lists or emphasis too deep in one another.
    TooDeep {
        /// How many levels are kept.
        limit: usize,
    },
}

impl Fault for MarkdownFault {
    fn code(&self) -> &'static str {
        match self {
            Self::FullWidthHeading => "full-width-heading",
            Self::HeadingWithoutSpace => "heading-without-space",
            Self::HeadingJump { .. } => "heading-jump",
            Self::LevelOneHeading => "level-one-heading",
            Self::EmptyHeading => "empty-heading",
            Self::UnderlinedParagraph => "underlined-paragraph",
            Self::FullWidthQuote => "full-width-quote",
            Self::ListWithoutSpace { .. } => "list-without-space",
            Self::BulletCharacter { .. } => "bullet-character",
            Self::TaskMark => "task-mark",
            Self::BrokenTable => "broken-table",
            Self::ExtraCells { .. } => "extra-cells",
            Self::IndentedParagraph => "indented-paragraph",
            Self::IndentedLine => "indented-line",
            Self::UnclosedComment => "unclosed-comment",
            Self::UnclosedFence => "unclosed-fence",
            Self::UnknownBlock { .. } => "unknown-block",
            Self::UnknownAlert { .. } => "unknown-alert",
            Self::FullWidthLink => "full-width-link",
            Self::FullWidthLinkEnd => "full-width-link-end",
            Self::FullWidthTitle => "full-width-title",
            Self::SpaceInLink => "space-in-link",
            Self::UnclosedLink => "unclosed-link",
            Self::FullWidthImage => "full-width-image",
            Self::FullWidthUrl => "full-width-url",
            Self::BackslashPath => "backslash-in-path",
            Self::LocalPath => "local-path",
            Self::EmbeddedFile => "embedded-file",
            Self::UnsafeLink { .. } => "unsafe-link",
            Self::EmptyLinkText => "empty-link-text",
            Self::PhotoWithoutAlt => "photo-without-alt",
            Self::UndefinedNote { .. } => "undefined-footnote",
            Self::FullWidthNote => "full-width-footnote",
            Self::UnusedNote { .. } => "unused-footnote",
            Self::DuplicateNote { .. } => "duplicate-footnote",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::SpacedEmphasis => "spaced-emphasis",
            Self::StrayAsterisks => "stray-asterisks",
            Self::SwallowedAsterisks { .. } => "swallowed-asterisks",
            Self::RawElement { .. } => "html-element",
            Self::RawAttribute { .. } => "html-attribute",
            Self::ControlCharacter { .. } => "invisible-character",
            Self::TooDeep { .. } => "nesting-too-deep",
        }
    }

    /// Errors are what a reader would stumble over: text swallowed, links that
    /// lead nowhere.
    fn severity(&self) -> Severity {
        match self {
            Self::UnclosedComment
            | Self::UnclosedFence
            | Self::FullWidthUrl
            | Self::LocalPath
            | Self::EmbeddedFile
            | Self::UnsafeLink { .. }
            | Self::UndefinedNote { .. }
            | Self::FullWidthNote
            | Self::DuplicateNote { .. }
            | Self::DuplicateId { .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn zh(&self) -> Said {
        words_zh(self)
    }

    fn en(&self) -> Said {
        words_en(self)
    }
}
