//! About `column.yaml`.

use super::Severity::{Error, Warning};
use super::keys::in_chinese;
use super::nearest::near_or_plain;
use super::{Fault, Message, Severity};

/// About `column.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConfigFault {
    /// There is no `column.yaml`.
    Missing,
    /// A key that must be there.
    Required {
        /// The key.
        key: &'static str,
    },
    /// An empty list of sections.
    NoSection,
    /// Two entries of one name.
    Twice {
        /// The key.
        key: &'static str,
        /// As written.
        value: String,
    },
    /// A section whose folder the output has for itself.
    ReservedFolder {
        /// As written.
        name: String,
    },
    /// A name that can not stand in an address.
    NotAscii {
        /// As written.
        value: String,
    },
    /// A value that is none of the known ones.
    UnknownChoice {
        /// The key.
        key: &'static str,
        /// As written.
        value: String,
        /// The nearest known one.
        near: Option<String>,
        /// All known values.
        known: String,
    },
    /// `required` names a key that front matter does not have.
    UnknownRequired {
        /// The key.
        key: String,
        /// The nearest known one.
        near: Option<String>,
    },
    /// A zone that the tz database does not have.
    UnknownZone {
        /// As written.
        name: String,
        /// The nearest known one.
        near: Option<String>,
    },
    /// A language tag that is not one.
    Language {
        /// As written.
        tag: String,
    },
    /// A `base_url` that is no absolute address.
    BaseUrl {
        /// As written.
        url: String,
    },
    /// No `base_url`.
    NoBaseUrl,
    /// A number outside its range.
    OutOfRange {
        /// The least.
        least: u64,
        /// The most.
        most: u64,
    },
    /// A phase that ends before it begins.
    EndBeforeStart,
    /// A phase that begins before the one above it has ended.
    PhasesOverlap,
    /// A domain that is no host name.
    Domain {
        /// As written.
        name: String,
    },
    /// A code that has not ten characters.
    IdCode {
        /// As written.
        code: String,
    },
}

impl Fault for ConfigFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::Missing => ("no-column-yaml", Error),
            Self::Required { .. } => ("config-missing-key", Error),
            Self::NoSection => ("no-sections", Error),
            Self::Twice { .. } => ("config-duplicate", Error),
            Self::ReservedFolder { .. } => ("reserved-folder", Error),
            Self::NotAscii { .. } => ("not-ascii-name", Error),
            Self::UnknownChoice { .. } => ("config-unknown-value", Error),
            Self::UnknownRequired { .. } => ("unknown-required-key", Error),
            Self::UnknownZone { .. } => ("unknown-timezone", Error),
            Self::Language { .. } => ("bad-language", Error),
            Self::BaseUrl { .. } => ("bad-base-url", Error),
            Self::NoBaseUrl => ("no-base-url", Warning),
            Self::OutOfRange { .. } => ("config-out-of-range", Error),
            Self::EndBeforeStart => ("phase-ends-early", Error),
            Self::PhasesOverlap => ("phases-overlap", Error),
            Self::Domain { .. } => ("bad-domain", Error),
            Self::IdCode { .. } => ("bad-id-code", Error),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table, one arm a fault")]
    fn message(&self) -> [Message; 2] {
        match self {
            Self::Missing => [
                Message::with_hint(
                    "这里没有 `column.yaml`",
                    "最小的写法是三行：`标题: 专栏名称`，`栏目:`，`  - {文件夹: news, 名称: 新闻动态}`",
                ),
                Message::with_hint(
                    "there is no `column.yaml` here",
                    "the smallest one has three lines: `title: Name of the column`, `sections:`, `  - {folder: news, title: News}`",
                ),
            ],
            Self::Required { key } => [
                Message::with_hint(
                    format!("缺少 `{}`", in_chinese(key)),
                    format!("补上 `{}: …`", in_chinese(key)),
                ),
                Message::with_hint(format!("`{key}` is missing"), format!("add `{key}: …`")),
            ],
            Self::NoSection => [
                Message::with_hint(
                    "`栏目` 里一个栏目也没有",
                    "至少写一个：`- {文件夹: news, 名称: 新闻动态}`",
                ),
                Message::with_hint(
                    "`sections` has no section",
                    "write at least one: `- {folder: news, title: News}`",
                ),
            ],
            Self::Twice { key, value } => [
                Message::with_hint(
                    format!("`{}` 重复了：`{value}` 前面已经用过", in_chinese(key)),
                    "换一个名字，或删去一处",
                ),
                Message::with_hint(
                    format!("two entries have the same `{key}`: `{value}`"),
                    "choose another name, or delete one of the two",
                ),
            ],
            Self::ReservedFolder { name } => [
                Message::with_hint(
                    format!("栏目文件夹不能叫 `{name}`，网站自己要用这个名字"),
                    "给文件夹换个名字，`文件夹` 也跟着改",
                ),
                Message::with_hint(
                    format!("a section's folder can not be called `{name}`: the site uses the name itself"),
                    "rename the folder, and `folder` with it",
                ),
            ],
            Self::NotAscii { value } => [
                Message::with_hint(format!("`{value}` 不能用在网址里"), "只用英文字母、数字、`-` 和 `_`"),
                Message::with_hint(
                    format!("`{value}` can not stand in an address"),
                    "use letters, digits, `-` and `_` only",
                ),
            ],
            Self::UnknownChoice { key, value, near, known } => [
                known_zh(format!("`{}` 没有 `{value}` 这个值", in_chinese(key)), near.as_deref(), known),
                known_en(format!("`{key}` can not be `{value}`"), near.as_deref(), known),
            ],
            Self::UnknownRequired { key, near } => near_or_plain(
                format!("`必填` 里的 `{key}` 不是文件头的项目"),
                format!("`required` names `{key}`, which is no key of front matter"),
                near.as_deref(),
            ),
            Self::UnknownZone { name, near } => near_or_plain(
                format!("没有 `{name}` 这个时区"),
                format!("no time zone `{name}`"),
                near.as_deref(),
            ),
            Self::Language { tag } => [
                Message::with_hint(
                    format!("专栏的语言 `{tag}` 不是语言代码"),
                    "简体中文写 `zh-CN`，英文写 `en`",
                ),
                Message::with_hint(
                    format!("the column's language `{tag}` is no language tag"),
                    "for example `zh-CN` for Chinese, `en` for English",
                ),
            ],
            Self::BaseUrl { url } => [
                Message::with_hint(
                    format!("`网址` 应是完整网址，而 `{url}` 不是"),
                    "例如 `https://www.example.gov.cn/jyzd/`",
                ),
                Message::with_hint(
                    format!("`base_url` must be a full address, and `{url}` is not"),
                    "for example `https://www.example.gov.cn/column/`",
                ),
            ],
            Self::NoBaseUrl => [
                Message::with_hint(
                    "没有写 `网址`，所以不生成订阅源、站点地图和规范网址",
                    "在 `column.yaml` 里写上发布后的网址：`网址: https://…/`",
                ),
                Message::with_hint(
                    "no `base_url`, so there are no feeds, no sitemap and no canonical links",
                    "write the published address in `column.yaml`: `base_url: https://…/`",
                ),
            ],
            Self::OutOfRange { least, most } => [
                Message::with_hint(format!("这个数应在 {least} 到 {most} 之间"), "改成范围之内的数"),
                Message::with_hint(
                    format!("the number must be from {least} to {most}"),
                    "write a number within the range",
                ),
            ],
            Self::EndBeforeStart => [
                Message::with_hint("阶段的结束日期早于开始日期", "核对 `开始` 和 `结束`"),
                Message::with_hint("the phase ends before it begins", "check `start` and `end`"),
            ],
            Self::PhasesOverlap => [
                Message::with_hint("这个阶段开始时，上一个阶段还没有结束", "阶段按先后写，日期不能重叠"),
                Message::with_hint(
                    "the phase begins before the one above it has ended",
                    "write phases in order, without overlap",
                ),
            ],
            Self::Domain { name } => [
                Message::with_hint(
                    format!("`{name}` 不是域名"),
                    "只写域名，如 `www.example.gov.cn`，不带 `https://`",
                ),
                Message::with_hint(
                    format!("`{name}` is no domain"),
                    "write the host alone, like `www.example.gov.cn`, without `https://`",
                ),
            ],
            Self::IdCode { code } => [
                Message::plain(format!("网站标识码应是10位字母或数字，而 `{code}` 不是")),
                Message::plain(format!("the site's code has ten letters or digits, and `{code}` has not")),
            ],
        }
    }
}

fn known_zh(message: String, near: Option<&str>, known: &str) -> Message {
    let hint =
        near.map_or_else(|| format!("可以是：{known}"), |near| format!("是不是 `{near}`？可以是：{known}"));
    Message::with_hint(message, hint)
}

fn known_en(message: String, near: Option<&str>, known: &str) -> Message {
    let known = known.replace('、', ", ");
    let hint = near.map_or_else(
        || format!("it may be {known}"),
        |near| format!("did you mean `{near}`? it may be {known}"),
    );
    Message::with_hint(message, hint)
}
