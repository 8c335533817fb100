//! `column.yaml`: the smallest, the largest, and the sample's.

use zhuanlan::config::{self, Config, Kind, Sort, Topics};
use zhuanlan::diagnostic::Checked;

use crate::project::Project;

fn read(text: &str) -> Checked<Config> {
    config::read(&Project::new().file("column.yaml", text).tree(), None)
}

#[test]
fn two_keys_are_enough() {
    let Checked { value, diagnostics } = read("title: 专栏\nsections: [{folder: news, title: 新闻}]\n");
    assert_eq!(diagnostics.iter().map(|d| d.kind.code()).collect::<Vec<_>>(), ["no-base-url"]);
    assert_eq!(value.title, "专栏");
    assert_eq!((value.sections[0].kind, value.sections[0].sort), (Kind::Article, Sort::DateDesc));
    assert_eq!((value.per_page, value.language.as_str()), (20, "zh-CN"));
    assert_eq!(value.timezone.iana_name(), Some("Asia/Shanghai"));
    assert_eq!(value.topics, Topics::Free);
}

#[test]
fn both_languages_say_the_same() {
    let english = "title: 专栏\nbase_url: https://example.org/a\nper_page: 10\n\
         sections:\n  - {folder: news, title: 新闻, kind: story, sort: title, required: [date]}\n\
         units:\n  - {name: 源汇分局, short: 源汇}\n\
         phases:\n  - {name: 学习教育, start: 2021-03-08, end: 2021-04-15, goals: [学], study_days: [周四, 周二, 周四]}\n\
         topics: {xue: 学习}\nfooter: {sponsor: 市公安局, icp: 豫ICP备1号}\n";
    let chinese = "标题: 专栏\n网址: https://example.org/a\n每页篇数: 10\n\
         栏目:\n  - {文件夹: news, 标题: 新闻, 类型: story, 排序: title, 必填: [日期]}\n\
         单位:\n  - {名称: 源汇分局, 简称: 源汇}\n\
         阶段:\n  - {名称: 学习教育, 开始: 2021年3月8日, 结束: 2021-04-15, 目标: 学, 学习日: [星期二, 礼拜四]}\n\
         主题: {xue: 学习}\n页脚: {主办单位: 市公安局, 备案号: 豫ICP备1号}\n";
    let (english, chinese) = (read(english), read(chinese));
    assert_eq!(english.diagnostics, []);
    assert_eq!(chinese.diagnostics, []);
    let (english, chinese) = (english.value, chinese.value);
    assert_eq!(english.base_url.as_deref(), Some("https://example.org/a/"));
    assert_eq!(english.base_url, chinese.base_url);
    assert_eq!(english.units, chinese.units);
    assert_eq!(english.phases, chinese.phases);
    assert_eq!(english.phases[0].study_days, [jiff::civil::Weekday::Tuesday, jiff::civil::Weekday::Thursday]);
    assert_eq!(english.topics, chinese.topics);
    assert_eq!(english.footer, chinese.footer);
    assert_eq!(english.sections[0].required, ["date"]);
    assert_eq!(chinese.sections[0].required, ["date"]);
    assert_eq!(english.units[0].slug, "yuan-hui-fen-ju");
}

#[test]
fn of_two_units_with_one_pinyin_the_later_is_marked() {
    let units = |first: &str, second: &str| {
        let text = format!(
            "title: 专栏\nbase_url: https://example.org/\nsections: [{{folder: news, title: 新闻}}]\nunits:\n  - {{name: {first}}}\n  - {{name: {second}}}\n"
        );
        let mut slugs: Vec<(String, String)> =
            read(&text).value.units.into_iter().map(|unit| (unit.name, unit.slug)).collect();
        slugs.sort();
        slugs
    };
    let marked = units("实验科", "试验科");
    assert_eq!(marked[0].1, "shi-yan-ke");
    assert!(marked[1].1.starts_with("shi-yan-ke-"), "{marked:?}");
    assert_eq!(units("试验科", "实验科"), marked, "by code point, whatever the order in the file");
}

#[test]
fn the_option_stands_in_for_the_base_url() {
    let project = Project::new().column("sections: [{folder: news, title: 新闻}]");
    let config = config::read(&project.tree(), Some("https://example.org/x"));
    assert_eq!(config.diagnostics, []);
    assert_eq!(config.value.base_url.as_deref(), Some("https://example.org/x/"));
}
