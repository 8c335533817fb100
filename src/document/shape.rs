//! The shape of front matter: what may be written, before it is checked.
//!
//! The doc comments are the descriptions of the JSON Schema, so they are in
//! Chinese, for editors.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::text::At;
use crate::yaml::{Day, Entries, OneOrMany, TextOr, TextsOr, When};

/// 稿件开头两行 --- 之间的内容。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FrontShape {
    /// 标题。不写则取正文的第一个标题。
    pub(super) title: Option<At<String>>,
    /// 栏目，名称或文件夹名；稿件放在哪个文件夹就属于哪个栏目，写了就要一致。
    pub(super) section: Option<At<String>>,
    /// 关键词，写进网页标签。
    pub(super) keywords: OneOrMany<String>,
    /// 副标题。
    pub(super) subtitle: Option<String>,
    /// 发表日期，例如 2021-03-08 或 2021-03-08 09:40。
    pub(super) date: Option<At<When>>,
    /// 最后更新的日期。
    pub(super) updated: Option<At<When>>,
    /// 到这个时间才发布。
    pub(super) publish_at: Option<At<When>>,
    /// 到这个时间就撤下。
    pub(super) expire_at: Option<At<When>>,
    /// 草稿不发布。
    pub(super) draft: Option<bool>,
    /// 在列表里置顶。
    pub(super) pinned: Option<bool>,
    /// 按顺序排列的栏目里的次序，小的在前。
    pub(super) order: Option<i64>,
    /// 网址里的名字：英文字母、数字和 -。不写则由文件名的拼音生成。
    pub(super) slug: Option<At<String>>,
    /// 用过的旧网址，会转到新网址，例如 news/old.html。
    pub(super) aliases: OneOrMany<At<String>>,
    /// 摘要。不写则取正文开头。
    pub(super) summary: Option<At<String>>,
    /// 封面图：一个相对路径，或分项写明。
    pub(super) cover: Option<At<TextOr<CoverShape>>>,
    /// 主题，一个或几个。
    pub(super) topics: OneOrMany<At<String>>,
    /// 单位，一个或几个；写全称、简称或网址名。
    pub(super) units: OneOrMany<At<String>>,
    /// 阶段；写名称或网址名。
    pub(super) phase: Option<At<String>>,
    /// 署名：姓名，例如 张三 或 通讯员 张庆伟 姚艳辉；或一行一个身份，例如 通讯员: [张庆伟, 姚艳辉]。
    pub(super) byline: Option<TextsOr<Entries<OneOrMany<At<String>>>>>,
    /// 来源：一个名称；转载时分项写明。
    pub(super) source: Option<At<TextOr<SourceShape>>>,
    /// 相关稿件的相对路径。
    pub(super) related: OneOrMany<At<String>>,
    /// 所属系列的名称。
    pub(super) series: Option<At<String>>,
    /// 发表以后的更正。
    pub(super) corrections: Vec<At<CorrectionShape>>,
    /// 稿件的语言，与专栏不同时写。
    pub(super) lang: Option<At<String>>,
    /// 版式需要的其他内容。
    pub(super) extra: Map<String, Value>,
    /// 正文图片的说明，按图片的文件名或相对路径。
    pub(super) photos: Entries<PhotoShape>,
    /// 发文单位（学习资料）。
    pub(super) issuer: Option<String>,
    /// 文号（学习资料）。
    pub(super) number: Option<At<String>>,
    /// 附件，一个或几个（学习资料）。
    pub(super) files: OneOrMany<At<TextOr<FileShape>>>,
    /// 版本（学习资料）。
    pub(super) version: Option<String>,
    /// 这份资料替代的旧资料的相对路径。
    pub(super) replaces: Option<At<String>>,
    /// 微信公众号版里与网页不同的内容。
    pub(super) wechat: Option<WechatShape>,
    /// AI 生成合成内容的隐式标识（GB 45438-2025 附录 E），由写作软件写入，保留原样。
    pub(super) aigc: Option<At<Value>>,
}

/// 微信公众号版里与网页不同的内容；不写的与网页相同。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct WechatShape {
    /// 标题，最多 32 字。
    pub(super) title: Option<At<String>>,
    /// 摘要，最多 128 字。
    pub(super) digest: Option<At<String>>,
    /// 作者，最多 16 字。
    pub(super) author: Option<At<String>>,
    /// 封面图的相对路径。
    pub(super) cover: Option<At<String>>,
    #[schemars(extend("enum" = ["closed", "open", "fans", null]))]
    /// 留言：closed 关闭，open 开放，fans 只对粉丝开放。
    pub(super) comments: Option<At<String>>,
    /// 是否提醒声明原创。
    pub(super) original: Option<bool>,
}

/// 封面图。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CoverShape {
    /// 图片的相对路径。
    pub(super) src: Option<At<String>>,
    /// 图片说明。
    pub(super) caption: Option<String>,
    /// 摄影或绘制者。
    pub(super) credit: Option<String>,
    /// 给看不见图片的读者的文字。
    pub(super) alt: Option<String>,
}

/// 转载来源。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SourceShape {
    /// 来源的名称。
    pub(super) name: Option<At<String>>,
    /// 原文网址。
    pub(super) url: Option<At<String>>,
    /// 原文日期。
    pub(super) date: Option<At<When>>,
}

/// 一处更正。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CorrectionShape {
    /// 更正的日期。
    pub(super) date: Option<At<When>>,
    /// 原来是什么，改成什么。
    pub(super) text: Option<At<String>>,
}

/// 一张图片的说明。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PhotoShape {
    /// 图片说明。
    pub(super) caption: Option<String>,
    /// 摄影或绘制者。
    pub(super) credit: Option<String>,
    /// 拍摄日期。
    pub(super) date: Option<Day>,
    /// 给看不见图片的读者的文字。
    pub(super) alt: Option<String>,
    /// 裁切时要保留的点，从左、从上的百分比，例如 50% 30%。
    pub(super) focus: Option<At<String>>,
    /// 是否已检查过人脸、车牌等。
    pub(super) reviewed: Option<bool>,
    /// 图片是不是 AI 生成的：生成、可能、疑似或否。图片自带标识的以标识为准。
    pub(super) ai: Option<At<String>>,
}

/// 一个附件。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FileShape {
    /// 附件的相对路径。
    pub(super) src: Option<At<String>>,
    /// 显示的名称；不写则用文件名。
    pub(super) title: Option<String>,
    /// 批注、修订、隐藏内容等是否已核对，可以公开。
    pub(super) reviewed: Option<bool>,
}
