//! About books that pieces are gathered into (`booklet` of `column.yaml`).

use super::Severity::{Error, Warning};
use super::link_fault::Unseen;
use super::nearest::{nearest_en, nearest_zh};
use super::{Fault, Message, Severity};

/// What a book's key chooses pieces by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChosenBy {
    /// `section`.
    Section,
    /// `phase`.
    Phase,
    /// `topic`.
    Topic,
    /// `unit`.
    Unit,
    /// `series`.
    Series,
}

impl ChosenBy {
    fn zh(self) -> &'static str {
        match self {
            Self::Section => "栏目",
            Self::Phase => "阶段",
            Self::Topic => "主题",
            Self::Unit => "单位",
            Self::Series => "系列",
        }
    }

    fn en(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Phase => "phase",
            Self::Topic => "topic",
            Self::Unit => "unit",
            Self::Series => "series",
        }
    }
}

/// About books that pieces are gathered into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BookletFault {
    /// A path that is no piece.
    UnknownPiece {
        /// As written.
        target: String,
        /// The path that was probably meant.
        nearest: Option<String>,
    },
    /// A name that nothing has.
    UnknownName {
        /// What is chosen by it.
        by: ChosenBy,
        /// As written.
        name: String,
        /// The nearest that there is.
        nearest: Option<String>,
        /// Those that there are, the first dozen.
        known: Vec<String>,
    },
    /// A piece that readers don't see.
    Withheld {
        /// Its title.
        title: String,
        /// Why.
        why: Unseen,
    },
    /// A piece that the book has already.
    Twice {
        /// Its title.
        title: String,
    },
    /// A book without a piece.
    Empty {
        /// Its title.
        title: String,
    },
}

impl Fault for BookletFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::UnknownPiece { .. } => ("booklet-unknown-piece", Error),
            Self::UnknownName { .. } => ("booklet-unknown-name", Error),
            Self::Withheld { .. } => ("booklet-withheld-piece", Warning),
            Self::Twice { .. } => ("booklet-piece-twice", Warning),
            Self::Empty { .. } => ("booklet-empty", Warning),
        }
    }

    fn message(&self) -> [Message; 2] {
        match self {
            Self::UnknownPiece { target, nearest } => [
                Message::with_hint(
                    format!("汇编要收的稿件 `{target}` 不存在"),
                    nearest_zh(nearest.as_deref(), "写 content/ 里的路径，例如 `study/weekly-plan.md`"),
                ),
                Message::with_hint(
                    format!("the booklet wants `{target}`, which is no piece"),
                    nearest_en(
                        nearest.as_deref(),
                        "write its path below content/, for example `study/weekly-plan.md`",
                    ),
                ),
            ],
            Self::UnknownName { by, name, nearest, known } => [
                {
                    let hint = nearest.as_ref().map(|near| format!("是不是 `{near}`？"));
                    let known = (!known.is_empty()).then(|| format!("现有的：{}", known.join("、")));
                    Message {
                        text: format!("没有 `{name}` 这个{}，汇编收不到稿件", by.zh()),
                        hint: hint.or(known),
                    }
                },
                {
                    let hint = nearest.as_ref().map(|near| format!("did you mean `{near}`?"));
                    let known = (!known.is_empty()).then(|| format!("there are {}", known.join(", ")));
                    Message {
                        text: format!(
                            "no {} is called `{name}`, so the booklet gets nothing from it",
                            by.en()
                        ),
                        hint: hint.or(known),
                    }
                },
            ],
            Self::Withheld { title, why } => [
                Message::with_hint(
                    format!("《{title}》{}，这次没有编进汇编", unseen_zh(why)),
                    "发布以后会自动编入；不想收就从 `稿件` 里删去",
                ),
                Message::with_hint(
                    format!("“{title}” is not in the booklet yet: {}", unseen_en(why)),
                    "once published it gets in by itself; else take it out of `pieces`",
                ),
            ],
            Self::Twice { title } => [
                Message::with_hint(
                    format!("《{title}》在这本汇编里已经有了"),
                    "只编在前面那一处；删去这一处",
                ),
                Message::with_hint(
                    format!("the booklet has “{title}” already"),
                    "it stands at its first place; delete this one",
                ),
            ],
            Self::Empty { title } => [
                Message::with_hint(
                    format!("汇编《{title}》里一篇稿件也没有，所以不生成"),
                    "用 `稿件` 写明稿件，或用 `栏目`、`阶段`、`主题`、`单位`、`系列` 选一批",
                ),
                Message::with_hint(
                    format!("the booklet “{title}” has no piece and is not made"),
                    "name pieces in `pieces`, or choose them by `section`, `phase`, `topic`, `unit` or `series`",
                ),
            ],
        }
    }
}

fn unseen_zh(why: &Unseen) -> String {
    match why {
        Unseen::Draft => "还是草稿".to_owned(),
        Unseen::Until(time) => format!("要到 {time} 才发布"),
        Unseen::Since(time) => format!("已在 {time} 过期"),
    }
}

fn unseen_en(why: &Unseen) -> String {
    match why {
        Unseen::Draft => "it is a draft".to_owned(),
        Unseen::Until(time) => format!("it appears at {time}"),
        Unseen::Since(time) => format!("it expired at {time}"),
    }
}
