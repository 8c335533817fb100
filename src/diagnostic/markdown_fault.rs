//! About Markdown text.

mod messages;

use super::Severity::{Error, Note, Warning};
use super::{Fault, Message, Severity};
use messages::message;

/// About Markdown text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkdownFault {
    /// A line that begins with `＃`.
    FullWidthHeading,
    /// A fence of full-width backticks.
    FullWidthFence,
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
    /// Paragraphs of a word processor that run together.
    JoinedLines {
        /// How many there are.
        lines: usize,
    },
    /// Cells with tabs between them.
    PastedTable {
        /// How many rows.
        rows: usize,
        /// How many columns.
        columns: usize,
    },
    /// Two ranges whose tildes strike out what stands between them.
    StruckRange {
        /// The beginning of it.
        text: String,
    },
    /// A line that only looks like a heading.
    LookalikeHeading {
        /// Whether it is in bold; else it is numbered.
        bold: bool,
    },
    /// A caption below its picture.
    CaptionBelow {
        /// Its beginning.
        text: String,
    },
    /// The name of a file where a link was meant.
    UnlinkedFile {
        /// As written.
        name: String,
    },
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
    PhotoWithoutAlt {
        /// Whether it stands in a gallery, where descriptions have a key.
        in_gallery: bool,
    },
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
    /// An id that the page itself has.
    ReservedId {
        /// As written.
        id: String,
    },
    /// Markup of another program, shown as it stands.
    ForeignMarkup {
        /// As written.
        written: String,
        /// What to write, if anything.
        right: Option<String>,
    },
    /// `[文字][名称]` without `[名称]: …`.
    UndefinedReference {
        /// As written.
        label: String,
    },
    /// `[名称]：https://…`.
    FullWidthReference,
    /// `![说明](图.png "他说"好"了")`.
    QuotesInTitle,
    /// `![说明](图.png =100x200)`.
    SizeInImage,
    /// `<Enter>`: angle brackets round what is no HTML.
    AngleText {
        /// As written.
        written: String,
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
    /// HTML that was pasted from elsewhere.
    PastedHtml {
        /// How many tags and attributes of it can't stay.
        count: usize,
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
    /// Errors are what a reader would stumble over: text swallowed, links that
    /// lead nowhere.
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::FullWidthHeading => ("full-width-heading", Warning),
            Self::FullWidthFence => ("full-width-fence", Warning),
            Self::HeadingWithoutSpace => ("heading-without-space", Warning),
            Self::HeadingJump { .. } => ("heading-jump", Warning),
            Self::LevelOneHeading => ("level-one-heading", Warning),
            Self::EmptyHeading => ("empty-heading", Warning),
            Self::UnderlinedParagraph => ("underlined-paragraph", Warning),
            Self::FullWidthQuote => ("full-width-quote", Warning),
            Self::ListWithoutSpace { .. } => ("list-without-space", Warning),
            Self::BulletCharacter { .. } => ("bullet-character", Warning),
            Self::TaskMark => ("task-mark", Warning),
            Self::BrokenTable => ("broken-table", Warning),
            Self::ExtraCells { .. } => ("extra-cells", Warning),
            Self::IndentedParagraph => ("indented-paragraph", Warning),
            Self::IndentedLine => ("indented-line", Warning),
            Self::JoinedLines { .. } => ("joined-lines", Warning),
            Self::PastedTable { .. } => ("pasted-table", Warning),
            Self::StruckRange { .. } => ("struck-range", Warning),
            Self::LookalikeHeading { .. } => ("lookalike-heading", Note),
            Self::CaptionBelow { .. } => ("caption-below", Warning),
            Self::UnlinkedFile { .. } => ("unlinked-file", Warning),
            Self::UnclosedComment => ("unclosed-comment", Error),
            Self::UnclosedFence => ("unclosed-fence", Error),
            Self::UnknownBlock { .. } => ("unknown-block", Warning),
            Self::UnknownAlert { .. } => ("unknown-alert", Warning),
            Self::FullWidthLink => ("full-width-link", Warning),
            Self::FullWidthLinkEnd => ("full-width-link-end", Warning),
            Self::FullWidthTitle => ("full-width-title", Warning),
            Self::SpaceInLink => ("space-in-link", Warning),
            Self::UnclosedLink => ("unclosed-link", Warning),
            Self::FullWidthImage => ("full-width-image", Warning),
            Self::FullWidthUrl => ("full-width-url", Error),
            Self::BackslashPath => ("backslash-in-path", Warning),
            Self::LocalPath => ("local-path", Error),
            Self::EmbeddedFile => ("embedded-file", Error),
            Self::UnsafeLink { .. } => ("unsafe-link", Error),
            Self::EmptyLinkText => ("empty-link-text", Warning),
            Self::PhotoWithoutAlt { .. } => ("photo-without-alt", Warning),
            Self::UndefinedNote { .. } => ("undefined-footnote", Error),
            Self::FullWidthNote => ("full-width-footnote", Error),
            Self::UnusedNote { .. } => ("unused-footnote", Warning),
            Self::DuplicateNote { .. } => ("duplicate-footnote", Error),
            Self::DuplicateId { .. } => ("duplicate-id", Error),
            Self::ReservedId { .. } => ("reserved-id", Error),
            Self::ForeignMarkup { .. } => ("foreign-markup", Warning),
            Self::UndefinedReference { .. } => ("undefined-reference", Warning),
            Self::FullWidthReference => ("full-width-reference", Warning),
            Self::QuotesInTitle => ("quotes-in-title", Warning),
            Self::SizeInImage => ("size-in-image", Warning),
            Self::AngleText { .. } => ("angle-brackets", Note),
            Self::SpacedEmphasis => ("spaced-emphasis", Warning),
            Self::StrayAsterisks => ("stray-asterisks", Warning),
            Self::SwallowedAsterisks { .. } => ("swallowed-asterisks", Warning),
            Self::RawElement { .. } => ("html-element", Warning),
            Self::RawAttribute { .. } => ("html-attribute", Warning),
            Self::PastedHtml { .. } => ("pasted-html", Warning),
            Self::ControlCharacter { .. } => ("invisible-character", Warning),
            Self::TooDeep { .. } => ("nesting-too-deep", Warning),
        }
    }

    fn message(&self) -> [Message; 2] {
        message(self)
    }
}
