//! About the wording of a text, and what must not stand in it.

use super::Severity::{Note, Warning};
use super::{Fault, Message, Severity};

/// About the wording of a text, and what must not stand in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextFault {
    /// A document's number with the wrong brackets.
    DocumentNumber {
        /// As written.
        written: String,
        /// With 六角括号.
        right: String,
    },
    /// A date and a weekday that disagree.
    Weekday {
        /// `2021-03-09`.
        date: String,
        /// 一 to 日.
        written: String,
        /// 一 to 日.
        right: String,
    },
    /// A day that no calendar has.
    NoSuchDate {
        /// As written.
        date: String,
    },
    /// A slip that is none in no text.
    WrongWord {
        /// As written.
        wrong: String,
        /// As meant.
        right: String,
    },
    /// A character or sign written twice.
    Doubled {
        /// As written.
        text: String,
    },
    /// Full stops in place of an ellipsis.
    Ellipsis,
    /// A bracket or quotation mark without its counterpart.
    Unbalanced {
        /// The mark.
        mark: String,
        /// Its counterpart.
        missing: String,
    },
    /// Latin punctuation between Chinese characters.
    HalfWidth {
        /// The first one.
        mark: String,
        /// What belongs there.
        right: String,
        /// How many there are.
        count: usize,
    },
    /// Digits or letters in full width.
    FullWidthCharacters {
        /// The first ones.
        text: String,
        /// The same in half width.
        right: String,
        /// How many such places there are.
        count: usize,
    },
    /// A word in brackets where a picture was to be put.
    Placeholder {
        /// As written.
        text: String,
    },
    /// A ledger that lists more than it counts.
    LedgerCollected {
        /// As given.
        collected: u32,
        /// As listed.
        items: u32,
    },
    /// A ledger whose answers don't add up.
    LedgerAnswered {
        /// As given.
        answered: u32,
        /// As listed.
        items: u32,
    },
}

impl Fault for TextFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::DocumentNumber { .. } => ("document-number", Warning),
            Self::Weekday { .. } => ("wrong-weekday", Warning),
            Self::NoSuchDate { .. } => ("no-such-date", Warning),
            Self::WrongWord { .. } => ("wrong-word", Warning),
            Self::Doubled { .. } => ("doubled", Warning),
            Self::Ellipsis => ("ellipsis", Warning),
            Self::Unbalanced { .. } => ("unbalanced", Warning),
            Self::HalfWidth { .. } => ("half-width-punctuation", Note),
            Self::FullWidthCharacters { .. } => ("full-width-digits", Note),
            Self::Placeholder { .. } => ("picture-placeholder", Warning),
            Self::LedgerCollected { .. } | Self::LedgerAnswered { .. } => ("ledger-totals", Warning),
        }
    }

    fn message(&self) -> [Message; 2] {
        match self {
            Self::DocumentNumber { written, right } => [
                Message::with_hint(format!("文号 `{written}` 的年份要用六角括号"), format!("写成 `{right}`")),
                Message::with_hint(
                    format!("the year of the document number `{written}` belongs in 〔 〕"),
                    format!("write `{right}`"),
                ),
            ],
            Self::Weekday { date, written, right } => [
                Message::with_hint(format!("{date} 是星期{right}，不是星期{written}"), "核对日期和星期"),
                Message::with_hint(
                    format!("{date} is 星期{right}, not 星期{written}"),
                    "check the date and the weekday",
                ),
            ],
            Self::NoSuchDate { date } => [
                Message::with_hint(format!("没有 {date} 这一天"), "核对日期"),
                Message::with_hint(format!("there is no day {date}"), "check the date"),
            ],
            Self::WrongWord { wrong, right } => [
                Message::with_hint(
                    format!("`{wrong}` 多半是错字"),
                    format!("是不是 `{right}`？如果没错，写进 `column.yaml` 的 `放行`"),
                ),
                Message::with_hint(
                    format!("`{wrong}` is probably a slip"),
                    format!("did you mean `{right}`? If not, add it to `allow` in `column.yaml`"),
                ),
            ],
            Self::Doubled { text } => [
                Message::with_hint(format!("`{text}` 多写了一个"), "删去多余的一个"),
                Message::with_hint(format!("`{text}` has one too many"), "delete one of them"),
            ],
            Self::Ellipsis => [
                Message::with_hint("省略号写成了几个句号", "写成 `……`"),
                Message::with_hint("full stops in place of an ellipsis", "write `……`"),
            ],
            Self::Unbalanced { mark, missing } => [
                Message::with_hint(
                    format!("`{mark}` 在这一段里没有配对的 `{missing}`"),
                    format!("补上 `{missing}`，或删去 `{mark}`"),
                ),
                Message::with_hint(
                    format!("`{mark}` has no `{missing}` in this paragraph"),
                    format!("add `{missing}`, or delete `{mark}`"),
                ),
            ],
            Self::HalfWidth { mark, right, count } => [
                Message::with_hint(
                    format!("汉字之间用了半角标点 `{mark}`，全文共 {count} 处"),
                    format!("改成全角 `{right}`"),
                ),
                Message::with_hint(
                    format!(
                        "half-width `{mark}` between Chinese characters; {count} such places in the file"
                    ),
                    format!("write `{right}`"),
                ),
            ],
            Self::FullWidthCharacters { text, right, count } => [
                Message::with_hint(
                    format!("用了全角数字或字母 `{text}`，全文共 {count} 处"),
                    format!("改成半角 `{right}`"),
                ),
                Message::with_hint(
                    format!("full-width digits or letters `{text}`; {count} such places in the file"),
                    format!("write `{right}`"),
                ),
            ],
            Self::Placeholder { text } => [
                Message::with_hint(
                    format!("`{text}` 像是给图片留的位置，会按文字发布"),
                    "把图片放在稿件旁边，换成 `![画面内容](图片.jpg)`；不要图片就删去",
                ),
                Message::with_hint(
                    format!("`{text}` seems to keep a place for a picture; it would be published as text"),
                    "put the picture beside the text and write `![what it shows](picture.jpg)`, or delete it",
                ),
            ],
            Self::LedgerCollected { collected, items } => [
                Message::with_hint(
                    format!("台账写着收集 {collected} 条，却列出了 {items} 条"),
                    "核对 `collected` 和条目",
                ),
                Message::with_hint(
                    format!("the ledger says {collected} collected, but lists {items}"),
                    "check `collected` and the items",
                ),
            ],
            Self::LedgerAnswered { answered, items } => [
                Message::with_hint(
                    format!("台账写着已反馈 {answered} 条，条目里却有 {items} 条已反馈"),
                    "核对 `反馈` 和各条的状态",
                ),
                Message::with_hint(
                    format!("the ledger says {answered} answered, but {items} of its items are"),
                    "check `answered` and the items",
                ),
            ],
        }
    }
}
