//! About a data block (`gallery`, `timeline`, `ledger`, `figures`, `quiz`).

use super::Severity::{Error, Warning};
use super::{Fault, Message, Severity};

/// About a data block (`gallery`, `timeline`, `ledger`, `figures`, `quiz`).
///
/// What is wrong with its YAML, missing keys included, is a `YamlFault`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockFault {
    /// A block without an entry.
    Empty {
        /// Its name.
        block: String,
    },
    /// A ledger with more answers than opinions.
    AnsweredExceeds {
        /// How many were answered.
        answered: u32,
        /// How many were collected.
        collected: u32,
    },
    /// A ledger's total that is less than its entries.
    TotalBelowItems {
        /// Which total.
        total: LedgerTotal,
        /// As given.
        given: u32,
        /// As counted.
        listed: u32,
    },
    /// Two opinions with one number.
    DuplicateNumber {
        /// The number.
        number: u32,
    },
    /// An answer that is dated before its question.
    AnsweredBeforeRaised,
    /// An opinion that has an answer but counts as open.
    OpenWithAnswer,
    /// A question with less than two options.
    TooFewOptions {
        /// How many there are.
        options: usize,
    },
    /// The same option twice.
    DuplicateOption {
        /// What it says.
        text: String,
    },
    /// An answer that no option has.
    AnswerBeyond {
        /// Its letter.
        letter: char,
        /// How many options there are.
        options: usize,
    },
    /// An answer that is no letters.
    UnreadableAnswer {
        /// As written.
        text: String,
    },
}

/// A total of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LedgerTotal {
    /// Opinions collected.
    Collected,
    /// Opinions answered.
    Answered,
}

impl Fault for BlockFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::Empty { .. } => ("empty-block", Error),
            Self::AnsweredExceeds { .. } => ("answered-exceeds-collected", Error),
            Self::TotalBelowItems { .. } => ("total-below-items", Error),
            Self::DuplicateNumber { .. } => ("duplicate-number", Error),
            Self::AnsweredBeforeRaised => ("answered-before-raised", Warning),
            Self::OpenWithAnswer => ("open-with-answer", Warning),
            Self::TooFewOptions { .. } => ("too-few-options", Error),
            Self::DuplicateOption { .. } => ("duplicate-option", Error),
            Self::AnswerBeyond { .. } => ("answer-beyond-options", Error),
            Self::UnreadableAnswer { .. } => ("unreadable-answer", Error),
        }
    }

    fn message(&self) -> [Message; 2] {
        match self {
            Self::Empty { block } => [
                Message::with_hint(format!("`{block}` 里一条内容也没有"), "填上至少一条，或删去这一块"),
                Message::with_hint(
                    format!("`{block}` has no entry"),
                    "add at least one, or delete the block",
                ),
            ],
            Self::AnsweredExceeds { answered, collected } => [
                Message::with_hint(
                    format!("反馈了 {answered} 条，比收集的 {collected} 条还多"),
                    "核对这两个数",
                ),
                Message::with_hint(
                    format!("{answered} answered are more than the {collected} collected"),
                    "check the two numbers",
                ),
            ],
            Self::TotalBelowItems { total, given, listed } => [
                {
                    let total = match total {
                        LedgerTotal::Collected => "收集",
                        LedgerTotal::Answered => "反馈",
                    };
                    Message::with_hint(
                        format!("{total}的总数是 {given}，下面却列出了 {listed} 条"),
                        "改正总数，或删去它，由条目来数",
                    )
                },
                {
                    let total = match total {
                        LedgerTotal::Collected => "collected",
                        LedgerTotal::Answered => "answered",
                    };
                    Message::with_hint(
                        format!("the total of {total} is {given}, but {listed} are listed"),
                        "correct the total, or delete it to have the entries counted",
                    )
                },
            ],
            Self::DuplicateNumber { number } => [
                Message::with_hint(format!("编号 {number} 用了两次"), "换一个编号，或删去编号，按次序来编"),
                Message::with_hint(
                    format!("number {number} is used twice"),
                    "take another, or delete it to have the entries numbered",
                ),
            ],
            Self::AnsweredBeforeRaised => [
                Message::with_hint("答复的日期早于提出的日期", "核对这两个日期"),
                Message::with_hint("the answer is dated before the question", "check the two dates"),
            ],
            Self::OpenWithAnswer => [
                Message::with_hint("写着办理中，却已经有答复", "改成 `已反馈`，或删去答复"),
                Message::with_hint(
                    "counts as open, but has an answer",
                    "write `answered`, or delete the answer",
                ),
            ],
            Self::TooFewOptions { options } => [
                Message::with_hint(format!("这道题只有 {options} 个选项"), "至少写两个选项"),
                Message::with_hint(format!("the question has {options} option(s)"), "write at least two"),
            ],
            Self::DuplicateOption { text } => [
                Message::plain(format!("选项 `{text}` 写了两次")),
                Message::plain(format!("the option `{text}` is given twice")),
            ],
            Self::AnswerBeyond { letter, options } => [
                Message::with_hint(
                    format!("答案 `{letter}` 没有对应的选项"),
                    format!("这道题有 {options} 个选项"),
                ),
                Message::with_hint(
                    format!("no option belongs to the answer `{letter}`"),
                    format!("the question has {options} option(s)"),
                ),
            ],
            Self::UnreadableAnswer { text } => [
                Message::with_hint(format!("答案 `{text}` 读不懂"), "写选项的字母，如 `B`；多选写 `ABD`"),
                Message::with_hint(
                    format!("the answer `{text}` can't be read"),
                    "write the option's letter, such as `B`, or `ABD` for several",
                ),
            ],
        }
    }
}
