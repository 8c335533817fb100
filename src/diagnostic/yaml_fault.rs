//! About YAML as a language, wherever it stands.

mod messages;

use super::Severity::{Error, Warning};
use super::{Fault, Message, Severity};
use messages::message;

/// About YAML as a language, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YamlFault {
    /// `title：` with a full-width colon.
    FullWidthColon,
    /// `[a，b]` with a full-width comma, or the enumeration comma `、`.
    FullWidthComma {
        /// The comma as written.
        comma: char,
    },
    /// `date:2021` without a space after the colon.
    NoSpaceAfterColon {
        /// The key.
        key: String,
    },
    /// `-张庆伟` without a space after the dash.
    NoSpaceAfterDash,
    /// A full-width space where only a common one separates.
    WideSpace,
    /// `- x` among lines of `key: value`, or the other way round.
    ListAmongKeys,
    /// `主题: - 学习` on one line.
    ListBesideKey,
    /// `是否: “是”`, where no text belongs, in Chinese quotation marks.
    ChineseQuotes {
        /// The value as written.
        value: String,
    },
    /// A tab where the indentation must be of spaces.
    Tab,
    /// A quotation that never ends.
    UnclosedQuote {
        /// The quotation mark it begins with.
        quote: char,
        /// Whether a Chinese mark stands where the closing one should.
        chinese: bool,
    },
    /// Text after a closing quotation mark: `"我为群众办实事"活动`.
    TextAfterQuote,
    /// `[` or `{` without its counterpart.
    UnclosedBracket {
        /// The bracket as written.
        open: char,
    },
    /// `]` or `}` where none is open, or of the other kind.
    StrayBracket,
    /// A line that is indented more or less than its neighbours.
    Indentation,
    /// `标题: 专题: 三月` unquoted.
    ColonInValue,
    /// A value that begins with a character reserved by YAML: `@`, `` ` ``,
    /// `%`, `*`, `&`, `!`, `|`, `>`, `,`, `?`.
    ReservedStart {
        /// The character.
        character: char,
    },
    /// `title: #3` loses all after the `#`, and so does `title: 学习 #教育#`.
    CommentSwallows {
        /// What is left of the value; may be empty.
        left: String,
    },
    /// `标题: [通知] 关于…`: text behind a list.
    BracketValue,
    /// A line `...`, which ends a YAML document.
    DocumentEnd,
    /// A backslash sequence that YAML does not know, in double quotes.
    UnknownEscape,
    /// A character that no text file should hold.
    ControlCharacter,
    /// A line that is no `key: value`.
    NotAnEntry,
    /// Anything else that can't be read.
    Syntax,
    /// `---` that begins a second document.
    SecondDocument,
    /// `*name` within the very value that `&name` names.
    AliasToItself,
    /// Aliases that stand for too much.
    AliasBudget {
        /// How many values all aliases of a file may stand for.
        limit: usize,
    },
    /// Lists or groups nested too deeply.
    TooDeep,
    /// More faults than are worth reading at once.
    TooManyFaults {
        /// How many are reported.
        limit: usize,
    },
    /// The same key twice, perhaps once under its other name.
    DuplicateKey {
        /// The key as written the second time.
        key: String,
        /// The key as written the first time.
        first: String,
    },
    /// A key that the shape does not have.
    UnknownKey {
        /// The key as written.
        key: String,
        /// The known key it resembles.
        nearest: Option<String>,
    },
    /// A key that must be there.
    MissingKey {
        /// Its English name.
        key: String,
    },
    /// A key or a list item without the value it needs.
    MissingValue,
    /// A value of the wrong type.
    WrongType {
        /// What belongs here.
        expected: Expected,
        /// What stands here.
        found: Found,
    },
    /// A number outside its range.
    NumberRange {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A word that is none of the choices.
    UnknownChoice {
        /// The word as written.
        value: String,
        /// The choice it resembles.
        nearest: Option<String>,
        /// All choices, in both languages where they have two names.
        choices: Vec<String>,
    },
    /// 2月30日.
    NoSuchDay {
        /// The date as written.
        text: String,
    },
    /// 25:61.
    NoSuchTime {
        /// Date and time as written.
        text: String,
    },
    /// `2021/3/8`: understood, but not the form that is asked for.
    DateForm {
        /// The date as written.
        text: String,
        /// The same in the right form.
        meant: String,
    },
    /// No date at all.
    NotADate {
        /// The text as written.
        text: String,
    },
    /// A value that its reader refused for a reason of its own.
    Refused,
}

/// What belongs in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expected {
    /// A text of one or more lines.
    Text,
    /// A number with or without a fraction.
    Number,
    /// A number without a fraction.
    Whole,
    /// Yes or no.
    YesNo,
    /// A list.
    List,
    /// Keys with values.
    Group,
    /// A text or a group.
    TextOrGroup,
    /// A text or a list.
    TextOrList,
}

/// What stands in its stead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// This text.
    Text(String),
    /// A list.
    List,
    /// Keys with values.
    Group,
}

impl Fault for YamlFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::FullWidthColon => ("full-width-colon", Error),
            Self::FullWidthComma { .. } => ("full-width-comma", Error),
            Self::NoSpaceAfterColon { .. } => ("no-space-after-colon", Error),
            Self::NoSpaceAfterDash => ("no-space-after-dash", Error),
            Self::WideSpace => ("wide-space", Error),
            Self::ListAmongKeys => ("list-among-keys", Error),
            Self::ListBesideKey => ("list-beside-key", Error),
            Self::ChineseQuotes { .. } => ("chinese-quotes", Error),
            Self::Tab => ("tab-indentation", Error),
            Self::UnclosedQuote { .. } => ("unclosed-quote", Error),
            Self::TextAfterQuote => ("text-after-quote", Error),
            Self::UnclosedBracket { .. } => ("unclosed-bracket", Error),
            Self::StrayBracket => ("stray-bracket", Error),
            Self::Indentation => ("indentation", Error),
            Self::ColonInValue => ("colon-in-value", Error),
            Self::ReservedStart { .. } => ("reserved-start", Error),
            Self::CommentSwallows { .. } => ("comment-swallows-value", Warning),
            Self::BracketValue => ("bracket-value", Error),
            Self::DocumentEnd => ("document-end", Error),
            Self::UnknownEscape => ("unknown-escape", Error),
            Self::ControlCharacter => ("control-character", Error),
            Self::NotAnEntry => ("not-an-entry", Error),
            Self::Syntax => ("yaml-syntax", Error),
            Self::SecondDocument => ("second-document", Error),
            Self::AliasToItself => ("alias-to-itself", Error),
            Self::AliasBudget { .. } => ("alias-budget", Error),
            Self::TooDeep => ("yaml-too-deep", Error),
            Self::TooManyFaults { .. } => ("too-many-faults", Error),
            Self::DuplicateKey { .. } => ("duplicate-key", Error),
            Self::UnknownKey { .. } => ("unknown-key", Error),
            Self::MissingKey { .. } => ("missing-key", Error),
            Self::MissingValue => ("missing-value", Error),
            Self::WrongType { .. } => ("wrong-type", Error),
            Self::NumberRange { .. } => ("number-range", Error),
            Self::UnknownChoice { .. } => ("unknown-choice", Error),
            Self::NoSuchDay { .. } => ("no-such-day", Error),
            Self::NoSuchTime { .. } => ("no-such-time", Error),
            Self::DateForm { .. } => ("date-form", Error),
            Self::NotADate { .. } => ("not-a-date", Error),
            Self::Refused => ("refused-value", Error),
        }
    }

    fn message(&self) -> [Message; 2] {
        message(self)
    }
}
