//! What is wrong with what was typed.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diagnostic::{Lang, Message};

/// What is wrong with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Usage {
    /// No option of this name; a near one.
    UnknownOption(String, Option<String>),
    /// No command of this name; a near one.
    UnknownCommand(String, Option<String>),
    /// These arguments are missing.
    Missing(Vec<String>),
    /// Nothing follows an option that wants a value; what may follow.
    NoValue(String, Vec<String>),
    /// What follows an option is none of what may.
    BadValue {
        /// The option.
        option: String,
        /// What follows it.
        value: String,
        /// What may.
        allowed: Vec<String>,
    },
    /// Two options exclude each other.
    Conflict(String, String),
    /// Anything else, in clap's words.
    Other(String),
}

/// Reads clap's error.
pub(super) fn explain(error: &clap::Error) -> Usage {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let texts = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    };
    let first = |kind| texts(kind).into_iter().next();
    // `--format <FORMAT>`, `--verbose...`: the name alone.
    let name = |kind| {
        let text = text(kind);
        let name = text.split(' ').next().unwrap_or_default();
        name.trim_end_matches("...").to_owned()
    };
    let option = name(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => Usage::UnknownOption(option, first(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => Usage::UnknownCommand(
            text(ContextKind::InvalidSubcommand),
            first(ContextKind::SuggestedSubcommand),
        ),
        ErrorKind::MissingRequiredArgument => Usage::Missing(texts(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let (value, allowed) = (text(ContextKind::InvalidValue), texts(ContextKind::ValidValue));
            if value.is_empty() {
                Usage::NoValue(option, allowed)
            } else {
                Usage::BadValue { option, value, allowed }
            }
        }
        ErrorKind::ArgumentConflict => Usage::Conflict(option, name(ContextKind::PriorArg)),
        _ => other(error),
    }
}

/// The first line of clap's own words.
fn other(error: &clap::Error) -> Usage {
    let words = error.to_string();
    let line = words.lines().next().unwrap_or_default();
    Usage::Other(line.strip_prefix("error: ").unwrap_or(line).to_owned())
}

impl Usage {
    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> Message {
        let help = || "运行 `zhuanlan --help` 看看有哪些".to_owned();
        let meant =
            |near: &Option<String>| near.as_ref().map_or_else(help, |near| format!("是不是 `{near}`？"));
        let one_of = |allowed: &[String]| {
            if allowed.is_empty() { help() } else { format!("可以写：{}", allowed.join("、")) }
        };
        match self {
            Self::UnknownOption(name, near) => Message::with_hint(format!("没有选项 `{name}`"), meant(near)),
            Self::UnknownCommand(name, near) => Message::with_hint(format!("没有命令 `{name}`"), meant(near)),
            Self::Missing(names) => Message::with_hint(
                format!("还缺 {}", names.join(" ")),
                "运行 `zhuanlan 命令 --help` 看这个命令怎么写",
            ),
            Self::NoValue(option, allowed) => {
                Message::with_hint(format!("`{option}` 后面还要写内容"), one_of(allowed))
            }
            Self::BadValue { option, value, allowed } => {
                Message::with_hint(format!("`{option}` 不能是 `{value}`"), one_of(allowed))
            }
            Self::Conflict(one, other) => Message::plain(format!("`{one}` 和 `{other}` 不能一起用")),
            Self::Other(words) => Message::plain(words),
        }
    }

    fn en(&self) -> Message {
        let help = || "`zhuanlan --help` lists what there is".to_owned();
        let meant =
            |near: &Option<String>| near.as_ref().map_or_else(help, |near| format!("did you mean `{near}`?"));
        let one_of = |allowed: &[String]| {
            if allowed.is_empty() { help() } else { format!("it may be {}", allowed.join(", ")) }
        };
        match self {
            Self::UnknownOption(name, near) => Message::with_hint(format!("no option `{name}`"), meant(near)),
            Self::UnknownCommand(name, near) => {
                Message::with_hint(format!("no command `{name}`"), meant(near))
            }
            Self::Missing(names) => Message::with_hint(
                format!("{} is missing", names.join(" ")),
                "`zhuanlan COMMAND --help` shows how a command is written",
            ),
            Self::NoValue(option, allowed) => {
                Message::with_hint(format!("`{option}` wants something after it"), one_of(allowed))
            }
            Self::BadValue { option, value, allowed } => {
                Message::with_hint(format!("`{option}` can't be `{value}`"), one_of(allowed))
            }
            Self::Conflict(one, other) => Message::plain(format!("`{one}` and `{other}` exclude each other")),
            Self::Other(words) => Message::plain(words),
        }
    }
}
