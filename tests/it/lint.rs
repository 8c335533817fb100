//! What is said of texts, and what is not.

use zhuanlan::config;
use zhuanlan::diagnostic::{Diagnostic, Lang, Severity, locate, plain};
use zhuanlan::document;
use zhuanlan::lint;
use zhuanlan::memo::Key;

use crate::project::{Project, source};

const COLUMN: &str = "base_url: https://example.org/
allow: [13800000000, 再接再励]
sections: [{folder: news, title: 新闻, required: [date, summary]}, {folder: study, title: 学习}]";

/// The findings of the rules on one file.
fn found(path: &str, text: &str) -> Vec<Diagnostic> {
    let config = config::read(&Project::new().column(COLUMN).tree(), None).value;
    let path = source(path);
    let options = document::Options::new(&config);
    let parsed = document::parse(&path, text.as_bytes(), Key::hash(text.as_bytes()), &options);
    lint::document(&parsed.value, text, &lint::Options::new(&config))
}

/// The same as text: the marked words and the code, by place.
fn marked(text: &str) -> Vec<String> {
    let mut found = found("content/study/a.md", text);
    found.sort();
    let show = |d: &Diagnostic| {
        assert_ne!(d.kind.message(Lang::Zh), d.kind.message(Lang::En));
        let span = d.primary.span.expect("a place");
        format!("{} {}", d.kind.code(), &text[span.start as usize..span.end as usize])
    };
    found.iter().map(show).collect()
}

/// Checks a paragraph of an article of 2021-03-19.
#[track_caller]
fn check(paragraph: &str, expected: &[&str]) {
    let text = format!("---\ntitle: 题\ndate: 2021-03-19\n---\n{paragraph}\n");
    assert_eq!(marked(&text), expected, "{paragraph}");
}

#[track_caller]
fn silent(paragraphs: &[&str]) {
    for paragraph in paragraphs {
        check(paragraph, &[]);
    }
}

#[test]
fn citizens_numbers() {
    // Check digits computed by the standard's own formula.
    check("身份证号11010519491231002X。", &["citizen-id 11010519491231002X"]);
    check("身份证号440524188001010014。", &[]);
    check("号码：440524198001010013", &["citizen-id 440524198001010013"]);
    check("号码：440524198001010012", &["citizen-id-like 440524198001010012"]);
    check(
        "号码：４４０５２４１９８００１０１００１３，",
        &["citizen-id ４４０５２４１９８００１０１００１３"],
    );
    check("号码：440524 19800101 0013", &["citizen-id 440524 19800101 0013"]);
    check("号码：440524-19800101-0012", &[]);
    check("号码：11010519491231002x", &["citizen-id 11010519491231002x"]);
    silent(&[
        "号码：440524********0013。",
        "第440524198013010013号",
        "统一社会信用代码 12411100418536702X",
        "序号 202103081234567890",
        "https://example.org/440524198001010013",
    ]);
}

#[test]
fn telephones_and_cards() {
    check("电话13912345678（张警官）", &["mobile-number 13912345678"]);
    check(
        "电话：139 1234 5678、137-1234-5678",
        &["mobile-number 139 1234 5678", "mobile-number 137-1234-5678"],
    );
    check(
        "电话：139 1234 5678 137 1234 5678",
        &["mobile-number 139 1234 5678", "mobile-number 137 1234 5678"],
    );
    check("电话：+86 139 1234 5678", &["mobile-number 86 139 1234 5678"]);
    check("电话：１３９１２３４５６７８", &["mobile-number １３９１２３４５６７８"]);
    check("[电话](tel:13912345678)", &["mobile-number 13912345678"]);
    check("![图](13912345678.jpg)", &["mobile-number 13912345678"]);
    check("卡号6222 0213 0201 1234 561", &[]);
    check("卡号4111 1111 1111 1111", &["bank-card 4111 1111 1111 1111"]);
    check("卡号6222021302011234563", &["bank-card 6222021302011234563"]);
    silent(&[
        "电话：0395-3130110",
        "电话：13800000000、138 0000 0000",
        "共 139123456789 元",
        "a13912345678",
        "0.13912345678",
        "流水号 4111111111111112",
        "2021-03-19 09:40 至 2021-03-20 18:00",
        "见 https://mp.weixin.qq.com/s?mid=13912345678&idx=1",
        "12345678901",
    ]);
}

#[test]
fn front_matter_is_read_too() {
    let text = "---\ntitle: 电话13912345678\nbyline: {通讯员: 王13912345679}\n# 13912345670\n---\n";
    assert_eq!(
        marked(text),
        ["mobile-number 13912345678", "mobile-number 13912345679", "mobile-number 13912345670"]
    );
}

#[test]
fn document_numbers() {
    check("（国办发[2017]47号）", &["document-number [2017]47号"]);
    check("国办发【2017】47号", &["document-number 【2017】47号"]);
    check("国办发\\[2017\\]第47号", &["document-number \\[2017\\]第47号"]);
    check(
        "根据国办发[2017]47号和国办发[2018]1号",
        &["document-number [2017]47号", "document-number [2018]1号"],
    );
    check("豫公通（2021）3号", &["document-number （2021）3号"]);
    silent(&[
        "国办发〔2017〕47号",
        "（2021）豫11刑初3号",
        "[2017]47号",
        "中山路（东）12号",
        "会议室[3]2号",
        "详见[公告](2021)3号楼",
    ]);
}

#[test]
fn days() {
    check("3月8日（周二）召开", &["wrong-weekday 3月8日（周二"]);
    check("2021年3月8日星期二", &["wrong-weekday 2021年3月8日星期二"]);
    check("2月30日召开", &["no-such-date 2月30日"]);
    check("2021年2月29日", &["no-such-date 2021年2月29日"]);
    check("4月31号、13月5日", &["no-such-date 4月31号", "no-such-date 13月5日"]);
    silent(&[
        "3月8日（周一）召开",
        "2021年3月8日（星期一）",
        "去年3月8日（周二）",
        "12月31日（周四）、1月1日（周五）",
        "2月29日",
        "1—3月31个单位",
        "3月8日（周末）",
        "每年3月8日（周内）",
        "2020年11月31个",
    ]);
}

#[test]
fn words() {
    check("中国入民警察节", &["wrong-word 中国入民"]);
    check("缅怀革命烈土", &["wrong-word 烈土"]);
    check("学习党十九大精神，周密布署", &["wrong-word 党十九大", "wrong-word 布署"]);
    check("公按局抓获犯罪份子", &["wrong-word 公按局", "wrong-word 犯罪份子"]);
    check("人民警查到派处所", &["wrong-word 人民警查", "wrong-word 派处所"]);
    silent(&[
        "办公按局里的要求，分派处所",
        "随份子、一份子",
        "热烈土家歌舞",
        "剧烈土壤变化",
        "发布署名文章",
        "加入民警察访",
        "党的十九届五中全会",
        "深入民心、融入民生",
        "再接再励",
        "荣膺品牌单位",
    ]);
}

#[test]
fn doubled() {
    check("民警的的作风", &["doubled 的的"]);
    check("完成了了任务", &["doubled 了了"]);
    check("会上，，他说。。", &["doubled ，，", "doubled 。。"]);
    check("还有。。。", &["ellipsis 。。。"]);
    silent(&[
        "达到目的的唯一办法",
        "的的确确",
        "坐的的士",
        "为了了解情况",
        "不了了之",
        "……",
        "招标标的的金额",
        "有的的确好",
    ]);
}

#[test]
fn brackets() {
    check("把“严和“实作为主基调", &["unbalanced “"]);
    check("学习《建议》、百问》等", &["unbalanced 》"]);
    check("（试行", &["unbalanced （"]);
    check("深化“阳光警\n\n务”，坚持", &["unbalanced “", "unbalanced ”"]);
    check("- 甲（一\n- 乙）二", &["unbalanced （", "unbalanced ）"]);
    check("“外层《内层”错开》", &["unbalanced 《"]);
    silent(
        &[
            "“把‘严’和‘实’”",
            "1）甲；2）乙",
            "一）甲",
            "（试行)和(试行）",
            "“第一段\n\n“第二段”",
            "跨行的（\n括号）",
            "```rust\n“\n```",
            "<!-- “ -->",
            "don’t",
        ]
        .map(|text| if text.starts_with("“把") { "“把‘严’和‘实’”" } else { text }),
    );
}

#[test]
fn half_width_signs() {
    check("锚定目标,实干笃行,从严从实", &["half-width-punctuation ,"]);
    check("“严”,《建议》", &["half-width-punctuation ,"]);
    check("他说\"要学深悟透\"。", &["half-width-punctuation \""]);
    check("全体民警要学深悟透.", &["half-width-punctuation ."]);
    check("笔记、心得、台账等等...都要有", &["half-width-punctuation ..."]);
    silent(&[
        "![会场](图.png \"图1 会场\")",
        "<b title=\"会场\">甲</b>",
        "[甲]: 乙.md \"会场\"",
        "6\"屏幕",
        "甲.",
        "1,000人,2个",
        "GPS,北斗",
        "[甲](乙,丙.md)",
        "`甲,乙`",
        "```figures\nitems: [甲,乙]\n```",
        "第1.甲",
    ]);
}

#[test]
fn full_width_digits() {
    check("参加学习的共３６人，ＡＩ课一堂。", &["full-width-digits ３６"]);
    silent(&["１、集中学。", "Ａ．甲", "`３６`"]);
}

#[test]
fn placeholders_of_pictures() {
    for line in ["[图片1]", "【插图】", "（此处配图）", "[图 2]", "［照片三］"] {
        check(line, &[&format!("picture-placeholder {line}")]);
    }
    silent(&["[图片](图.md)", "【图片新闻】", "（图略）见[图片1]下方。"]);
}

#[test]
fn required_fields() {
    let said = |path: &str, text: &str| {
        let found = found(path, text);
        let findings = locate(found, |_| Some(text.into()));
        findings.iter().map(|finding| plain(finding, Lang::Zh)).collect::<Vec<_>>()
    };
    let text = "---\ntitle: 题\nsummary: 摘要\n---\n文\n";
    assert_eq!(
        said("content/news/a.md", text),
        ["错误[missing-field]：栏目“新闻”的文章必须写 `date`（日期）
  --> content/news/a.md:1:1
   |
 1 | ---
   | ^^^
   = 提示：在文件头里补上，例如 `日期: …`"]
    );
    assert_eq!(said("content/news/index.md", text), [""; 0]);
    assert_eq!(said("content/study/a.md", text), [""; 0]);
    assert_eq!(
        said("content/news/b.md", "# 题\n"),
        ["错误[missing-field]：栏目“新闻”的文章必须写 `date`（日期）、`summary`（摘要）
  --> content/news/b.md
   = 提示：在文件头里补上，例如 `日期: …`"]
    );
}

/// Newspaper prose of ours with everything that tempts a rule.
const PROSE: &str = "---
title: 全市公安队伍教育整顿动员部署会召开（3月8日）
date: 2021-03-08 15:00
summary: 会议要求，坚持“严”和“实”的主基调，110个先进典型受到表彰。
byline: {本报记者: 张三, 通讯员: [李四, 王五]}
source: 《漯河日报》2021年3月19日第5版
---

3月8日（星期一）下午，市公安局召开会议。会上宣读了《实施方案》（豫公通〔2021〕12号），明确了“1+3+1+N”的学法。

“把学习抓在平时。”一位民警说，“为了了解群众的想法，我们走进社区，目的的明确让大家少走了弯路。”

## 一、四个方面

1. 学习：每周二、周四下午，180个党支部集中学习；
2. 查纠：（一）自查自纠；（二）组织查处；
3. 整改：建立台账，收集意见25条，已反馈15条。

“第一，要把纪律挺在前面。

“第二，要把责任扛在肩上。”

电话：0395—3130110；邮箱：jyzd@example.org；网址：https://www.example.org/a?id=13912345678 。

| 单位 | 人数 |
| --- | ---: |
| 源汇分局（试点） | 1,024 |

窗口办理时间：2021-03-08 09:00—17:30，咨询请拨12345、110。
";

#[test]
fn sound_prose_passes() {
    assert_eq!(marked(PROSE), [""; 0]);
}

#[test]
fn errors_are_few() {
    let text = "---\ntitle: 题\n---\n11010519491231002X 13912345678 的的 3月8日（周二）\n";
    let errors = found("content/study/a.md", text).iter().filter(|d| d.severity() == Severity::Error).count();
    assert_eq!(errors, 1);
}

#[test]
fn a_flood_is_cut_off() {
    let text = format!("---\ntitle: 题\n---\n{}", "13912345678、".repeat(10_000));
    assert_eq!(found("content/study/a.md", &text).len(), 100);
}

/// Whatever the rules say of the sample is a fault of the sample or of a rule.
#[test]
fn the_sample_passes() {
    let project = Project::sample();
    let tree = project.tree();
    let options = zhuanlan::build::Options {
        now: zhuanlan::build::Now::Local(jiff::civil::date(2021, 4, 1).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: true,
    };
    let built = zhuanlan::build::build(&tree, &options, &project, &zhuanlan::build::Memory::default());
    let said: Vec<String> = built.findings.iter().map(|finding| plain(finding, Lang::Zh)).collect();
    assert_eq!(said, [""; 0]);
}

/// What the rules on the whole site say of these files, with their places.
fn of_the_site(files: &[(&str, &str)]) -> Vec<String> {
    let column = "base_url: https://example.org/
topics: {dsxx: 党史学习}
sections: [{folder: news, title: 新闻, max_age_days: 14}, {folder: leer, title: 空栏目}]";
    let mut project = Project::new().column(column);
    for (path, text) in files {
        project.write(path, text);
    }
    let tree = project.tree();
    let config = std::sync::Arc::new(config::read(&tree, None).value);
    let options = document::Options::new(&config);
    let mut found = Vec::new();
    let sources = tree.under("content").filter(|(path, _)| document::is_document(path));
    let documents = sources.map(|(path, source)| {
        let bytes = source.bytes.as_ref().expect("a text");
        let parsed = document::parse(path, bytes, source.key, &options);
        let text = document::decoded(bytes);
        found.extend(lint::document(&parsed.value, &text, &lint::Options::new(&config)));
        std::sync::Arc::new(parsed.value)
    });
    let documents = documents.collect();
    let request = zhuanlan::site::Options {
        now: jiff::civil::date(2021, 4, 1).at(12, 0, 0, 0),
        preview: false,
        drafts: false,
        fingerprint: true,
    };
    let memory = zhuanlan::site::Memory::default();
    let site = zhuanlan::site::assemble(documents, &config, &tree, &project, &request, &memory);
    found.extend(lint::site(&site.value));
    found.extend(site.diagnostics);
    let findings = locate(found, |path| tree.bytes(path).map(|bytes| document::decoded(bytes)));
    findings
        .iter()
        .map(|finding| {
            let (zh, en) = (finding.kind.message(Lang::Zh), finding.kind.message(Lang::En));
            assert_ne!(zh.text, en.text);
            let place = finding.range.map_or(String::new(), |(at, _)| format!(":{}:{}", at.line, at.column));
            format!("{}{place} {}", finding.path, zh.text)
        })
        .collect()
}

#[test]
fn rules_on_the_whole_site() {
    let news = ("content/news/a.md", "---\ntitle: 题\ndate: 2021-03-01\n---\n文\n");
    let empty = "column.yaml:4:66 栏目“空栏目”还是空的，导航里不显示";
    let stale = "column.yaml:4:21 栏目“新闻”已经 31 天没有更新，超过了 14 天";
    assert_eq!(of_the_site(&[news]), [stale, empty]);
    let undated = ("content/news/b.md", "---\ntitle: 题\n---\n文\n");
    assert_eq!(
        of_the_site(&[news, undated])[2..],
        ["content/news/b.md:1:1 没有日期，会排在列表最后，检查时也不算更新"]
    );
    let changed = ("content/news/b.md", "---\ntitle: 题\ndate: 2021-03-30\nupdated: 2021-04-02\n---\n文\n");
    assert_eq!(of_the_site(&[news, changed])[1..], ["content/news/b.md:4:10 更新时间 2021-04-02 还没到"]);
    let topic = ("content/news/b.md", "---\ntitle: 题\ndate: 2021-03-30\ntopics: [党史教育]\n---\n文\n");
    assert_eq!(
        of_the_site(&[news, topic])[1..],
        ["content/news/b.md:4:10 `column.yaml` 里没有主题 `党史教育`"]
    );
    let expired = ("content/news/b.md", "---\ntitle: 旧\ndate: 2021-03-30\nexpire_at: 2021-03-31\n---\n文\n");
    let linking = ("content/news/c.md", "---\ntitle: 题\ndate: 2021-03-30\n---\n见[旧](b.md)。\n");
    assert_eq!(
        of_the_site(&[news, expired, linking])[1..],
        ["content/news/c.md:5:6 `b.md`（旧）已在 2021-03-31 过期下线"]
    );
}

#[test]
fn ledgers_add_up() {
    let ledger = |totals: &str| {
        let text = format!(
            "---\ntitle: 题\n---\n```ledger\n{totals}items:\n  - {{question: 甲, status: 已反馈, answer: 一}}\n  - {{question: 乙, status: 已反馈, answer: 二}}\n  - {{question: 丙, status: 办理中}}\n```\n"
        );
        marked(&text)
    };
    assert_eq!(ledger("collected: 3\nanswered: 2\n"), [""; 0]);
    assert_eq!(ledger("collected: 25\nanswered: 15\n"), [""; 0]);
    assert_eq!(ledger("collected: 3\nanswered: 3\n"), ["ledger-totals ledger"]);
}
