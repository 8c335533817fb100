//! About a theme.

use super::Severity::{Error, Warning};
use super::nearest::near_or_plain;
use super::{Fault, Message, Severity};

/// About a theme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThemeFault {
    /// The theme named is not there.
    Missing {
        /// Its name.
        name: String,
        /// The nearest known name.
        near: Option<String>,
    },
    /// A theme that extends itself in the end.
    Cycle {
        /// Its name.
        name: String,
    },
    /// A file that can not be read.
    Unreadable {
        /// The system's words.
        why: String,
    },
    /// A setting that the theme does not have.
    UnknownSetting {
        /// Its name.
        name: String,
        /// The nearest known name.
        near: Option<String>,
    },
    /// A setting of the wrong kind.
    WrongSetting {
        /// Its name.
        name: String,
        /// What it may be.
        expected: String,
    },
    /// A language that the theme has no words in.
    UnknownLanguage {
        /// Its tag.
        tag: String,
    },
    /// A word that nothing says.
    UnknownWord {
        /// Its key.
        key: String,
        /// The nearest known key.
        near: Option<String>,
    },
    /// A blank of a word that nothing fills.
    UnknownBlank {
        /// Its name.
        name: String,
        /// The blanks that are filled.
        known: String,
    },
    /// An asset whose name is not plain ASCII.
    AssetName,
    /// A stylesheet or script that is listed but not there.
    NoSuchAsset {
        /// Its name.
        name: String,
        /// The nearest known name.
        near: Option<String>,
    },
    /// A stylesheet that can not be parsed.
    Css {
        /// The parser's words.
        message: String,
    },
    /// A template that can not be parsed.
    Syntax {
        /// The parser's words.
        message: String,
    },
    /// A template that is not there.
    NoSuchTemplate {
        /// Its name.
        name: String,
    },
    /// Stylesheets or scripts that are larger than they may be.
    TooHeavy {
        /// Which: `*.css` or `*.js`.
        files: String,
        /// Gzipped, in KB.
        size: u64,
        /// The most they may have, in KB.
        limit: u64,
    },
    /// Templates that extend each other in a circle.
    TemplateCycle,
    /// A page that could not be rendered.
    Render {
        /// The parser's words.
        message: String,
        /// The page; of several, the first by path.
        page: String,
        /// How many other pages failed in the same way.
        others: usize,
    },
}

impl Fault for ThemeFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::Missing { .. } => ("no-such-theme", Error),
            Self::Cycle { .. } => ("theme-cycle", Error),
            Self::Unreadable { .. } => ("theme-file-unreadable", Error),
            Self::UnknownSetting { .. } => ("unknown-setting", Error),
            Self::WrongSetting { .. } => ("wrong-setting", Error),
            // The site is whole, with words in Chinese.
            Self::UnknownLanguage { .. } => ("unknown-language", Warning),
            Self::UnknownWord { .. } => ("unknown-word", Error),
            Self::UnknownBlank { .. } => ("unknown-blank", Error),
            Self::AssetName => ("theme-asset-name", Error),
            Self::NoSuchAsset { .. } => ("no-such-theme-file", Error),
            Self::Css { .. } => ("bad-css", Error),
            Self::Syntax { .. } => ("bad-template", Error),
            Self::NoSuchTemplate { .. } => ("no-such-template", Error),
            // The site is whole, if slow.
            Self::TooHeavy { .. } => ("theme-too-heavy", Warning),
            Self::TemplateCycle => ("template-cycle", Error),
            Self::Render { .. } => ("template-failed", Error),
        }
    }

    fn message(&self) -> [Message; 2] {
        match self {
            Self::Missing { name, .. } => [
                Message::with_hint(
                    format!("找不到主题 `{name}`"),
                    format!("主题是文件夹 `themes/{name}/`；自带的主题叫 `gazette`"),
                ),
                Message::with_hint(
                    format!("no theme `{name}`"),
                    format!("a theme is a folder `themes/{name}/`; the built-in one is `gazette`"),
                ),
            ],
            Self::Cycle { name } => [
                Message::with_hint(format!("主题 `{name}` 绕了一圈又继承自己"), "删去其中一个 `extends`"),
                Message::with_hint(
                    format!("theme `{name}` extends itself in the end"),
                    "remove one of the `extends`",
                ),
            ],
            Self::Unreadable { why } => [
                Message::plain(format!("读不了主题的这个文件：{why}")),
                Message::plain(format!("this file of the theme can not be read: {why}")),
            ],
            Self::UnknownSetting { name, near } => near_or_plain(
                format!("主题没有 `{name}` 这一项设置"),
                format!("the theme has no setting `{name}`"),
                near.as_deref(),
            ),
            Self::WrongSetting { name, expected } => [
                Message::plain(format!("设置 `{name}` 的值不对，应为：{expected}")),
                Message::plain(format!("the value of setting `{name}` is not right; expected: {expected}")),
            ],
            Self::UnknownLanguage { tag } => unknown_language(tag),
            Self::UnknownWord { key, near } => near_or_plain(
                format!("主题没有 `{key}` 这一条用语"),
                format!("the theme has no word `{key}`"),
                near.as_deref(),
            ),
            Self::UnknownBlank { name, known } => unknown_blank(name, known),
            Self::AssetName => [
                Message::with_hint(
                    "主题文件名只能用英文字母、数字和 `-` `_` `.`",
                    "给文件改名，并改正引用它的地方",
                ),
                Message::with_hint(
                    "the name of a theme's file may have ASCII letters, digits, `-`, `_` and `.` only",
                    "rename the file and what refers to it",
                ),
            ],
            Self::NoSuchAsset { name, near } => near_or_plain(
                format!("主题里找不到 `assets/{name}`"),
                format!("the theme has no file `assets/{name}`"),
                near.as_deref(),
            ),
            Self::Css { message } => [
                Message::plain(format!("样式表有错误：{message}")),
                Message::plain(format!("the stylesheet can not be parsed: {message}")),
            ],
            Self::Syntax { message } => [
                Message::plain(format!("模板有语法错误：{}", message.trim_end_matches('.'))),
                Message::plain(format!("the template can not be parsed: {}", message.trim_end_matches('.'))),
            ],
            Self::NoSuchTemplate { name } => [
                Message::with_hint(format!("找不到模板 `{name}`"), "模板应在主题的 `templates/` 里"),
                Message::with_hint(
                    format!("no template `{name}`"),
                    "templates are in the theme's folder `templates/`",
                ),
            ],
            Self::TooHeavy { files, size, limit } => [
                Message::with_hint(
                    format!("主题的 `{files}` 压缩后共 {size} KB，最多 {limit} KB"),
                    "删去用不着的规则和脚本",
                ),
                Message::with_hint(
                    format!("the theme's `{files}` have {size} KB gzipped; the limit is {limit} KB"),
                    "remove rules and scripts that are not needed",
                ),
            ],
            Self::TemplateCycle => [
                Message::plain("模板的 `extends` 或 `include` 绕成了圈"),
                Message::plain("`extends` or `include` of templates go in a circle"),
            ],
            Self::Render { message, page, others: 0 } => [
                Message::plain(format!("生成 `{page}` 时模板出错：{message}")),
                Message::plain(format!("the template failed while `{page}` was rendered: {message}")),
            ],
            Self::Render { message, page, others } => [
                Message::plain(format!("生成 `{page}` 等 {} 个页面时模板出错：{message}", others + 1)),
                Message::plain(format!(
                    "the template failed while `{page}` was rendered, and {others} more: {message}"
                )),
            ],
        }
    }
}

fn unknown_language(tag: &str) -> [Message; 2] {
    [
        Message::with_hint(
            format!("主题没有 `{tag}` 的用语，按钮、日期等仍是简体中文"),
            format!("自带的有 zh-CN、zh-TW、en；别的语言写在主题的 `i18n/{tag}.yaml` 里"),
        ),
        Message::with_hint(
            format!(
                "the theme has no words in `{tag}`: its buttons, dates and labels stay in simplified Chinese"
            ),
            format!(
                "built in are zh-CN, zh-TW and en; another language is a file `i18n/{tag}.yaml` of the theme"
            ),
        ),
    ]
}

fn unknown_blank(name: &str, known: &str) -> [Message; 2] {
    let [zh, en] = if known.is_empty() {
        [format!("删去 `{{{name}}}`"), format!("remove `{{{name}}}`")]
    } else {
        [format!("能用的是：{known}"), format!("it may have: {known}")]
    };
    [
        Message::with_hint(format!("这一条用语没有 `{{{name}}}` 可填"), zh),
        Message::with_hint(format!("nothing fills `{{{name}}}` in this word"), en),
    ]
}
