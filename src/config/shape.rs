//! The shape of `column.yaml`: what may be written, before it is checked.
//!
//! The doc comments are the descriptions of the JSON Schema, so they are in
//! Chinese, for editors.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::text::At;
use crate::yaml::{Day, Entries, OneOrMany, TextOr};

/// 专栏的配置文件 column.yaml。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ColumnShape {
    /// 专栏名称。
    pub(super) title: Option<At<String>>,
    /// 一两句话说明专栏是做什么的。
    pub(super) description: Option<String>,
    /// 专栏的关键词。
    pub(super) keywords: Option<OneOrMany<String>>,
    /// 发布后的网址，例如 `https://www.example.gov.cn/jyzd/`。
    pub(super) base_url: Option<At<String>>,
    /// 主题（版式）的名字，themes/ 下的文件夹；默认 gazette。
    pub(super) theme: Option<At<String>>,
    /// 给主题的设置，见主题的 theme.yaml。
    pub(super) settings: Option<Entries<Value>>,
    /// 语言，默认 zh-CN。
    pub(super) language: Option<At<String>>,
    /// 时区，默认 Asia/Shanghai。
    pub(super) timezone: Option<At<String>>,
    /// 按哪一天的样子生成，例如 2021-03-22（到当天结束）；不写就按生成那天。已结束的专栏、示例用它；每天更新的专栏不要写。
    pub(super) now: Option<At<Day>>,
    /// 列表每页几篇，默认 20。
    pub(super) per_page: Option<At<u64>>,
    /// 稿件里的网页代码（HTML）是否原样发布，默认否。
    pub(super) trust_html: Option<bool>,
    /// 一行是不是一段：`markdown`（空一行才分段，默认）或 `paragraphs`（每行一段，适合从 Word、WPS 粘贴的稿件）。
    pub(super) line_breaks: Option<At<String>>,
    /// 每分钟读多少字，用来估计阅读时间，默认 400。
    pub(super) reading_speed: Option<At<u64>>,
    /// 是否有搜索页，默认有。
    pub(super) search: Option<bool>,
    /// 栏目，每个是 content/ 下的一个文件夹。
    pub(super) sections: Option<At<Vec<At<SectionShape>>>>,
    /// 单位名单；稿件只能用这里有的单位。
    pub(super) units: Option<Vec<At<UnitShape>>>,
    /// 阶段，按先后写。
    pub(super) phases: Option<Vec<At<PhaseShape>>>,
    /// 主题（话题）名单：网址名: 名称。不写则稿件可以自由用主题。
    pub(super) topics: Option<Entries<String>>,
    /// 导航。不写则列出各栏目。
    pub(super) menu: Option<Vec<At<LinkShape>>>,
    /// 网站信息，写进每页的网页标签。
    pub(super) site: Option<SiteShape>,
    /// 页脚。
    pub(super) footer: Option<FooterShape>,
    /// 图片怎样发布；不写就用默认值。
    pub(super) photos: Option<PhotosShape>,
    /// 词语的拼音，用来生成网址：词语: pinyin。
    pub(super) pinyin: Option<Entries<String>>,
    /// 隐私检查放行的号码和词语。
    pub(super) allow: Option<OneOrMany<String>>,
    /// 汇编：把选定的稿件编成一本书，生成 EPUB 电子书和可打印的网页；一本或几本。
    pub(super) booklet: Option<OneOrMany<At<BookletShape>>>,
    /// 微信公众号版的默认值：作者、留言、原创。
    pub(super) wechat: Option<WechatShape>,
    /// 网站怎样发布：写 in-place 就在原文件夹里更新，或分项写。
    pub(super) publish: Option<At<TextOr<PublishShape>>>,
}

/// 微信公众号版的默认值。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct WechatShape {
    /// 稿件的署名里没有合适的人时用的作者，例如“郾城公安”。
    pub(super) author: Option<String>,
    /// 署名里哪些身份算作者，先写的先用；默认 [作者, 文, 本报记者, 记者, 通讯员]。
    pub(super) author_roles: Option<OneOrMany<String>>,
    #[schemars(extend("enum" = ["closed", "open", "fans", null]))]
    /// 留言：closed 关闭（默认），open 开放，fans 只对粉丝开放。
    pub(super) comments: Option<At<String>>,
    /// 是否提醒声明原创，默认否。
    pub(super) original: Option<bool>,
}

/// 网站怎样发布。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PublishShape {
    /// 是否在原文件夹里更新，适合一直打开着这个文件夹的程序；默认否。
    pub(super) in_place: Option<bool>,
    /// 文件的权限，例如 0640；文件夹跟着可读的人给出进入的权限。不写则和原来的一样。
    pub(super) mode: Option<At<String>>,
    /// 文件和文件夹属于哪个用户组，例如 www-data；不写则和原来的一样。
    pub(super) group: Option<String>,
    /// 保留几个以前的版本，默认 5。
    pub(super) keep: Option<At<u64>>,
    /// 以前的版本一共最多占多少 MB；不写则不限。
    pub(super) keep_mb: Option<At<u64>>,
    /// 是否另外写出压缩好的网页（.gz、.br），给会直接发送它们的服务器；默认否。
    pub(super) precompress: Option<bool>,
    /// content/static/ 里另外要发布的文件：文件名或扩展名，例如 apk。
    pub(super) also: Option<OneOrMany<String>>,
}

/// 汇编：一本书。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BookletShape {
    /// 书名。
    pub(super) title: Option<At<String>>,
    /// 网址里的名字，也是文件名；不写则按书名的拼音。
    pub(super) slug: Option<At<String>>,
    /// 副标题。
    pub(super) subtitle: Option<String>,
    /// 编印单位；不写则用页脚的主办单位。
    pub(super) issuer: Option<String>,
    /// 编印日期，印在扉页上；不写则不印。
    pub(super) date: Option<At<Day>>,
    /// 前言，段落之间空一行。
    pub(super) foreword: Option<String>,
    /// 印在扉页背面的说明，例如“内部学习资料”。
    pub(super) note: Option<String>,
    /// 是否编入学习计划（各阶段的日期和任务），默认编入。
    pub(super) plan: Option<bool>,
    /// 稿件，按次序写文件路径，例如 study/weekly-plan.md。
    pub(super) pieces: Option<OneOrMany<At<String>>>,
    /// 编入这个栏目的全部稿件。
    pub(super) section: Option<At<String>>,
    /// 编入这个阶段的稿件。
    pub(super) phase: Option<At<String>>,
    /// 编入这个主题的稿件。
    pub(super) topic: Option<At<String>>,
    /// 编入这个单位的稿件。
    pub(super) unit: Option<At<String>>,
    /// 编入这个系列的稿件。
    pub(super) series: Option<At<String>>,
    /// 分成几个部分时，一部分一项。
    pub(super) parts: Option<Vec<At<BookletPartShape>>>,
}

/// 汇编的一个部分。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BookletPartShape {
    /// 这一部分的名称。
    pub(super) title: Option<At<String>>,
    /// 稿件，按次序写文件路径，例如 study/weekly-plan.md。
    pub(super) pieces: Option<OneOrMany<At<String>>>,
    /// 编入这个栏目的全部稿件。
    pub(super) section: Option<At<String>>,
    /// 编入这个阶段的稿件。
    pub(super) phase: Option<At<String>>,
    /// 编入这个主题的稿件。
    pub(super) topic: Option<At<String>>,
    /// 编入这个单位的稿件。
    pub(super) unit: Option<At<String>>,
    /// 编入这个系列的稿件。
    pub(super) series: Option<At<String>>,
}

/// 栏目。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SectionShape {
    /// content/ 下的文件夹名，也是网址里的名字。
    pub(super) folder: Option<At<String>>,
    /// 栏目名称。
    pub(super) title: Option<At<String>>,
    #[schemars(extend("enum" = ["article", "文章", "story", "图片故事", "material", "学习资料", "page", "页面", null]))]
    /// 稿件的类型：article 文章，story 图片故事，material 学习资料，page 页面。
    pub(super) kind: Option<At<String>>,
    #[schemars(extend("enum" = ["date-desc", "新的在前", "date", "旧的在前", "title", "按标题", "order", "按顺序", null]))]
    /// 排序：date-desc 新的在前，date 旧的在前，title 按标题，order 按 order。
    pub(super) sort: Option<At<String>>,
    /// 这个栏目的稿件必须写的项目。
    pub(super) required: Option<OneOrMany<At<String>>>,
    /// 栏目类型（国办发〔2017〕47号），如 工作动态、政策文件。
    pub(super) column_type: Option<String>,
    /// 栏目说明。
    pub(super) description: Option<String>,
    /// 栏目关键词。
    pub(super) keywords: Option<OneOrMany<String>>,
    /// 多少天没有新稿就提醒。
    pub(super) max_age_days: Option<u32>,
}

/// 图片怎样发布。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PhotosShape {
    /// 每张图片做成几种宽度（像素），浏览器按屏幕挑一种；默认 [480, 960, 1440]，不会放大。
    pub(super) widths: Option<OneOrMany<At<u64>>>,
    /// 画质，30 到 95，默认 76；越高文件越大。
    pub(super) quality: Option<At<u64>>,
}

/// 单位。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct UnitShape {
    /// 全称。
    pub(super) name: Option<At<String>>,
    /// 简称。
    pub(super) short: Option<String>,
    /// 网址里的名字。
    pub(super) slug: Option<At<String>>,
}

/// 阶段。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PhaseShape {
    /// 名称。
    pub(super) name: Option<At<String>>,
    /// 网址里的名字。
    pub(super) slug: Option<At<String>>,
    /// 第一天。
    pub(super) start: Option<At<Day>>,
    /// 最后一天。
    pub(super) end: Option<At<Day>>,
    /// 目标。
    pub(super) goals: Option<OneOrMany<String>>,
    #[schemars(extend("items" = {"enum": ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]}))]
    /// 每周哪几天集中学习，例如 [周二, 周四]；学习日历按它画。
    pub(super) study_days: Option<OneOrMany<At<String>>>,
}

/// 一个链接。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LinkShape {
    /// 显示的文字。
    pub(super) title: Option<At<String>>,
    /// 栏目文件夹、本站页面（如 photos.html）或网址。
    pub(super) link: Option<At<String>>,
}

/// 网站信息（国办发〔2017〕47号的网站标签）。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SiteShape {
    /// 网站的规范名称。
    pub(super) name: Option<String>,
    /// 网站域名，如 www.example.gov.cn。
    pub(super) domain: Option<At<String>>,
    /// 政府网站标识码，10位。
    pub(super) id_code: Option<At<String>>,
}

/// 页脚。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FooterShape {
    /// 主办单位。
    pub(super) sponsor: Option<String>,
    /// 承办单位。
    pub(super) undertaker: Option<String>,
    /// 联系方式。
    pub(super) contact: Option<String>,
    /// ICP备案编号。
    pub(super) icp: Option<String>,
    /// 公安机关备案。
    pub(super) police_record: Option<PoliceShape>,
    /// 党政机关网站标识的网页代码，原样写进页脚。
    pub(super) party_mark_html: Option<String>,
    /// 网站找错的网页代码，原样写进页脚。
    pub(super) report_error_html: Option<String>,
    /// 更多链接。
    pub(super) links: Option<Vec<At<LinkShape>>>,
    /// 最后一行文字。
    pub(super) note: Option<String>,
}

/// 公安机关备案。
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PoliceShape {
    /// 备案号。
    pub(super) number: Option<At<String>>,
    /// 查询网页；不写则按备案号里的数字生成。
    pub(super) link: Option<String>,
}
