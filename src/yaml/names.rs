//! The Chinese names of keys: one table for decoding and for the schemas.
//!
//! A Chinese word may mean different keys in different shapes: 单位 is `units`
//! in front matter and `unit` beside a number. So a word is translated to the
//! one of its meanings that the shape at hand has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// English key → its Chinese names, the best first.
const NAMES: &[(&str, &[&str])] = &[
    // Front matter.
    // 名称 is a section's or a part's, which have no `name`.
    ("title", &["标题", "名称"]),
    ("subtitle", &["副标题"]),
    ("date", &["日期"]),
    ("updated", &["更新", "更新日期"]),
    ("publish_at", &["发布时间"]),
    ("expire_at", &["过期时间", "撤下时间"]),
    ("draft", &["草稿"]),
    ("pinned", &["置顶"]),
    ("order", &["顺序", "排序"]),
    ("slug", &["网址名"]),
    ("aliases", &["旧网址", "别名"]),
    ("summary", &["摘要"]),
    ("cover", &["封面"]),
    ("topics", &["主题"]),
    ("units", &["单位"]),
    ("phase", &["阶段"]),
    ("byline", &["署名"]),
    ("source", &["来源"]),
    ("related", &["相关"]),
    ("series", &["系列"]),
    ("corrections", &["更正"]),
    ("lang", &["语言"]),
    ("extra", &["附加"]),
    ("photos", &["图片", "照片"]),
    ("issuer", &["发文单位"]),
    ("number", &["文号", "编号"]),
    ("files", &["文件"]),
    ("version", &["版本"]),
    ("replaces", &["替代"]),
    ("section", &["栏目"]),
    ("aigc", &["AIGC"]),
    ("wechat", &["微信"]),
    // Parts of front matter.
    ("digest", &["摘要"]),
    ("author", &["作者"]),
    ("author_roles", &["作者身份"]),
    ("comments", &["留言"]),
    ("original", &["原创"]),
    ("src", &["文件", "图片", "地址"]),
    ("caption", &["说明", "图注"]),
    ("credit", &["摄影", "作者", "来源"]),
    ("alt", &["替代文字"]),
    ("focus", &["焦点"]),
    ("ai", &["AI"]),
    ("reviewed", &["已审核", "已审看"]),
    ("name", &["名称"]),
    ("url", &["网址", "链接"]),
    ("text", &["内容", "正文", "说明"]),
    // `column.yaml`.
    ("description", &["说明", "简介"]),
    ("keywords", &["关键词"]),
    ("base_url", &["网址", "发布网址"]),
    ("theme", &["版式", "外观"]),
    ("settings", &["版式设置", "设置"]),
    ("language", &["语言"]),
    ("timezone", &["时区"]),
    ("now", &["当前日期"]),
    ("per_page", &["每页篇数"]),
    ("trust_html", &["信任网页代码"]),
    ("line_breaks", &["换行"]),
    ("reading_speed", &["阅读速度"]),
    ("widths", &["宽度"]),
    ("quality", &["画质"]),
    ("search", &["搜索"]),
    ("sections", &["栏目"]),
    ("phases", &["阶段"]),
    ("menu", &["导航", "菜单"]),
    ("site", &["网站"]),
    ("footer", &["页脚"]),
    ("pinyin", &["拼音"]),
    ("allow", &["放行"]),
    ("booklet", &["汇编"]),
    ("publish", &["发布"]),
    ("in_place", &["原地更新"]),
    ("mode", &["权限"]),
    ("group", &["用户组"]),
    ("keep", &["保留版本"]),
    ("keep_mb", &["保留大小"]),
    ("precompress", &["预先压缩"]),
    ("also", &["另外发布"]),
    ("foreword", &["前言"]),
    ("plan", &["学习计划", "计划"]),
    ("pieces", &["稿件"]),
    ("topic", &["主题"]),
    ("parts", &["部分", "各部分"]),
    ("folder", &["文件夹"]),
    ("kind", &["类型", "种类"]),
    ("sort", &["排序"]),
    ("required", &["必填"]),
    ("column_type", &["栏目类型"]),
    ("max_age_days", &["更新期限"]),
    ("short", &["简称"]),
    ("start", &["开始"]),
    ("end", &["结束"]),
    ("goals", &["目标"]),
    ("link", &["链接"]),
    ("domain", &["域名"]),
    ("id_code", &["标识码"]),
    ("sponsor", &["主办单位"]),
    ("undertaker", &["承办单位"]),
    ("contact", &["联系方式"]),
    ("icp", &["备案号", "ICP备案"]),
    ("police_record", &["公安备案"]),
    ("party_mark_html", &["党政机关标识"]),
    ("study_days", &["学习日"]),
    ("report_error_html", &["网站找错"]),
    ("links", &["链接"]),
    // Before `note`: beside a number, 说明 is what it counts.
    ("label", &["说明", "名称", "标签"]),
    ("note", &["备注", "说明"]),
    // Data blocks.
    ("example", &["示例"]),
    ("layout", &["版式"]),
    ("items", &["条目", "事件", "数字", "题目"]),
    ("as_of", &["截至"]),
    ("collected", &["收集"]),
    ("answered", &["反馈"]),
    ("question", &["问题", "意见", "题", "题干"]),
    ("from", &["来自", "来源"]),
    ("status", &["状态"]),
    ("answer", &["答复", "答案"]),
    ("answered_on", &["答复日期", "反馈日期"]),
    ("value", &["数值"]),
    ("unit", &["单位"]),
    ("intro", &["导语"]),
    ("options", &["选项"]),
    ("explain", &["解析"]),
];

/// English key → words that editors use for it, which are read as well and
/// never taught: the house has one word for each thing.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("title", &["题目", "题名", "稿件标题"]),
    ("subtitle", &["副题"]),
    ("date", &["时间", "发布日期", "发表日期", "发表时间", "成文日期"]),
    ("summary", &["导语", "提要", "内容提要"]),
    ("files", &["附件"]),
    ("topics", &["标签", "分类", "关键字", "话题"]),
    ("byline", &["作者"]),
    ("cover", &["题图", "头图", "封面图"]),
    ("issuer", &["发文机关", "印发单位"]),
    ("number", &["发文字号"]),
    ("source", &["出处", "转载自", "稿源"]),
    ("related", &["相关稿件", "相关链接"]),
];

/// Words for what somebody did, which stand before names.
const ROLES: &[&str] = &[
    "作者",
    "记者",
    "本报记者",
    "特约记者",
    "实习记者",
    "通讯员",
    "编辑",
    "责任编辑",
    "责编",
    "摄影",
    "摄影报道",
    "图文",
    "文字",
    "文图",
    "撰文",
    "撰稿",
    "供稿",
    "整理",
    "校对",
    "审核",
    "审稿",
    "监制",
    "策划",
    "制图",
    "视频",
    "配音",
];

/// Whether `word` says what somebody did: 通讯员.
pub fn is_role(word: &str) -> bool {
    ROLES.contains(&word)
}

/// Whether `word` is a role or the name of a key.
pub(super) fn is_role_or_known(word: &str) -> bool {
    is_role(word) || is_known(word)
}

/// The name of the key that a word means which is none itself: a role means
/// the byline.
pub(super) fn meant<'n>(word: &str, fields: &[&'static str]) -> Option<&'n str> {
    (is_role(word) && fields.contains(&"byline")).then_some("署名")
}

/// Chinese word → the English keys it may mean, in the table's order.
static MEANINGS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut meanings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (english, chinese) in NAMES.iter().chain(SYNONYMS) {
        for word in *chinese {
            meanings.entry(word).or_default().push(english);
        }
    }
    meanings
});

/// The key of a shape with the keys `fields` that `written` means: itself, or
/// the first of its meanings that the shape has.
pub fn english<'f>(written: &str, fields: &[&'f str]) -> Option<&'f str> {
    let field = |name: &str| fields.iter().find(|field| **field == name).copied();
    field(written).or_else(|| MEANINGS.get(written)?.iter().find_map(|meaning| field(meaning)))
}

/// The Chinese names of the key `english` in a shape with the keys `fields`,
/// the best first.
pub fn chinese(english_key: &str, fields: &[&str]) -> Vec<&'static str> {
    let words = NAMES.iter().find(|(key, _)| *key == english_key).map_or(&[][..], |(_, words)| *words);
    words.iter().filter(|word| english(word, fields) == Some(english_key)).copied().collect()
}

/// Whether any shape has a key of this name. Synonyms don't count: a text may
/// begin with 时间.
pub fn is_known(written: &str) -> bool {
    NAMES.iter().any(|(key, chinese)| *key == written || chinese.contains(&written))
}

/// Every name that a shape with the keys `fields` understands, English first.
pub(super) fn all(fields: &[&'static str]) -> Vec<&'static str> {
    let mut names = fields.to_vec();
    names.extend(fields.iter().flat_map(|field| chinese(field, fields)));
    names
}
