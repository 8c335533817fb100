//! The shapes of data blocks: what may be written, before it is checked.
//!
//! The doc comments are the descriptions of the JSON Schema, so they are in
//! Chinese, for editors.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::text::At;
use crate::yaml::{Day, OneOrMany, Period, TextOr};

/// 图集：几张图片排在一起。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct GalleryShape {
    /// 写 true 就是示例：照样显示，但不进首页、台账页、教育进程和图片墙的汇总。
    pub(super) example: bool,
    /// 图集的标题。
    pub(super) title: Option<String>,
    /// 版式：grid（网格）、wide（宽幅）或 pairs（成对）；默认 grid。
    pub(super) layout: Option<LayoutShape>,
    /// 图片：一个相对路径，或分项写明。
    pub(super) photos: Vec<At<TextOr<PhotoShape>>>,
}

/// 图集的版式。
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub(super) enum LayoutShape {
    /// 网格。
    #[serde(rename = "grid", alias = "网格")]
    Grid,
    /// 宽幅，一张占一行。
    #[serde(rename = "wide", alias = "宽幅")]
    Wide,
    /// 成对，两张一行。
    #[serde(rename = "pairs", alias = "成对")]
    Pairs,
}

/// 图集里的一张图片。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PhotoShape {
    /// 图片文件的相对路径。
    pub(super) src: Option<At<String>>,
    /// 图片下面的说明。
    pub(super) caption: Option<String>,
    /// 谁拍的或画的。
    pub(super) credit: Option<String>,
    /// 替代文字：画面上有什么。不写则用说明。
    pub(super) alt: Option<String>,
    /// 拍摄日期。
    pub(super) date: Option<Day>,
}

/// 时间线：有日期的事件。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct TimelineShape {
    /// 写 true 就是示例：照样显示，但不进首页、台账页、教育进程和图片墙的汇总。
    pub(super) example: bool,
    /// 时间线的标题。
    pub(super) title: Option<String>,
    /// 事件，先后不限，发布时按日期排。
    pub(super) items: Vec<At<EventShape>>,
}

/// 时间线上的一个事件。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct EventShape {
    /// 日期，例如 2021-03-08；也可以写 2021年3月，或 2021年3月12日至16日。
    pub(super) date: Option<Period>,
    /// 发生了什么。
    pub(super) title: Option<String>,
    /// 再详细一些。
    pub(super) text: Option<String>,
    /// 相关稿件的相对路径或网址。
    pub(super) link: Option<At<String>>,
}

/// 台账：收集的意见和答复。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LedgerShape {
    /// 写 true 就是示例：照样显示，但不进首页、台账页、教育进程和图片墙的汇总。
    pub(super) example: bool,
    /// 台账的标题。
    pub(super) title: Option<String>,
    /// 数字截至哪一天。
    pub(super) as_of: Option<Day>,
    /// 收集了多少条；不写则按条目数。
    pub(super) collected: Option<At<u32>>,
    /// 反馈了多少条；不写则按已反馈的条目数。
    pub(super) answered: Option<At<u32>>,
    /// 表下面的备注。
    pub(super) note: Option<String>,
    /// 各条意见；只知道总数时可以不写。
    pub(super) items: Vec<At<OpinionShape>>,
}

/// 台账里的一条意见。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OpinionShape {
    /// 编号，从 1 起；不写则按次序。
    pub(super) number: Option<At<u32>>,
    /// 问题或意见。
    pub(super) question: Option<String>,
    /// 在哪里提出的。
    pub(super) from: Option<String>,
    /// 提出的日期。
    pub(super) date: Option<Day>,
    /// answered（已反馈）或 open（办理中）；不写则看有没有答复。
    pub(super) status: Option<At<StatusShape>>,
    /// 答复。
    pub(super) answer: Option<String>,
    /// 答复的日期。
    pub(super) answered_on: Option<At<Day>>,
    /// 相关稿件的相对路径或网址。
    pub(super) link: Option<At<String>>,
}

/// 一条意见办到了哪一步。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub(super) enum StatusShape {
    /// 已反馈。
    #[serde(rename = "answered", alias = "已反馈", alias = "已答复", alias = "已办结")]
    Answered,
    /// 办理中。
    #[serde(rename = "open", alias = "办理中", alias = "未反馈")]
    Open,
}

/// 数字：值得放大显示的几个数。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FiguresShape {
    /// 写 true 就是示例：照样显示，但不进首页、台账页、教育进程和图片墙的汇总。
    pub(super) example: bool,
    /// 标题。
    pub(super) title: Option<String>,
    /// 数字的来源。
    pub(super) source: Option<String>,
    /// 各个数字。
    pub(super) items: Vec<At<NumberShape>>,
}

/// 一个数字。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct NumberShape {
    /// 数值，按原样显示，例如 3000 或 1+3+1+N。
    pub(super) value: Option<String>,
    /// 单位，例如 余本。
    pub(super) unit: Option<String>,
    /// 这个数说的是什么。
    pub(super) label: Option<String>,
    /// 备注。
    pub(super) note: Option<String>,
}

/// 自测题。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct QuizShape {
    /// 写 true 就是示例：照样显示，但不进首页、台账页、教育进程和图片墙的汇总。
    pub(super) example: bool,
    /// 标题。
    pub(super) title: Option<String>,
    /// 题前的说明。
    pub(super) intro: Option<String>,
    /// 各道题。
    pub(super) items: Vec<At<QuestionShape>>,
}

/// 一道题。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct QuestionShape {
    /// 题目。
    pub(super) question: Option<String>,
    /// 选项，依次是 A、B、C……
    pub(super) options: Option<At<Vec<At<String>>>>,
    /// 正确选项的字母，例如 B；多选写 ABD。
    pub(super) answer: Option<At<OneOrMany<String>>>,
    /// 答案的解析。
    pub(super) explain: Option<String>,
}
