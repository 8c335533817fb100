//! One file, understood on its own: front matter, title, slug, words.

use proptest::prelude::*;
use zhuanlan::config;
use zhuanlan::diagnostic::{Checked, Severity};
use zhuanlan::document::{self, Document, Options};
use zhuanlan::memo::Key;
use zhuanlan::source;
use zhuanlan::text::{slug, words};

use crate::project::{Project, source as path};

fn options() -> Options {
    let project =
        Project::new().column("sections:\n  - {folder: news, title: 新闻}\npinyin: {召陵: zhaoling}");
    Options::new(&config::read(&project.tree(), None).value)
}

fn parse_at(file: &str, bytes: &[u8]) -> Checked<Document> {
    document::parse(&path(file), bytes, Key::hash(bytes), &options())
}

fn parse(text: &str) -> Checked<Document> {
    parse_at("content/news/动员部署.md", text.as_bytes())
}

fn codes(text: &str) -> Vec<&'static str> {
    parse(text).diagnostics.iter().map(|diagnostic| diagnostic.kind.code()).collect()
}

#[test]
fn both_languages_say_the_same() {
    let english = "---\ntitle: 一\nsubtitle: 二\ndate: 2021-03-08 09:40\nupdated: 2021-03-09\npinned: true\norder: 2\n\
         summary: 三\ntopics: [学习]\nunits: [源汇]\nphase: 学习教育\nbyline: {摄影: 薛宏冰}\nsource: 漯河日报\n\
         series: 四\nlang: en\n---\n\n正文。\n";
    let chinese = "---\n标题: 一\n副标题: 二\n日期: 2021-03-08 09:40\n更新: 2021-03-09\n置顶: 是\n顺序: 2\n\
         摘要: 三\n主题: [学习]\n单位: [源汇]\n阶段: 学习教育\n署名: {摄影: 薛宏冰}\n来源: 漯河日报\n\
         系列: 四\n语言: en\n---\n\n正文。\n";
    let (english, chinese) = (parse(english), parse(chinese));
    assert_eq!(english.diagnostics, []);
    assert_eq!(chinese.diagnostics, []);
    let names =
        |document: &Document| document.front.keys.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    assert_eq!(names(&english.value), names(&chinese.value));
    let values = |document: &Document| {
        let front = &document.front;
        let date = front.date.as_ref().map(|date| date.value);
        let byline: Vec<_> =
            front.byline.iter().map(|line| (line.role.clone(), line.names[0].value.clone())).collect();
        (document.title.clone(), date, front.pinned, front.order, front.topics[0].value.clone(), byline)
    };
    assert_eq!(values(&english.value), values(&chinese.value));
}

#[test]
fn every_form_of_a_date_is_the_same_moment() {
    let date = |written: &str| {
        let document = parse(&format!("---\ntitle: 一\ndate: {written}\n---\n"));
        assert_eq!(document.diagnostics, [], "{written}");
        document.value.front.date.expect("a date").value
    };
    let morning = date("2021-03-08 09:40");
    assert!(morning.has_time);
    for written in [
        "2021-03-08T09:40",
        "2021-03-08 9:40",
        "2021-03-08T01:40:00Z",
        "2021-03-08 09:40:00+08:00",
        "2021年3月8日 9:40",
        "2021年3月8日 9时40分",
        "\"2021-03-08 09:40\"",
    ] {
        assert_eq!(date(written), morning, "{written}");
    }
    let day = date("2021-03-08");
    assert!(!day.has_time);
    for written in [
        "2021年3月8日",
        "2021 年 3 月 8 日",
        "2021年3月8号",
        "2021年03月08日",
        "2021.3.8",
        "2021/3/8",
        "2021-3-8",
        "20210308",
        "２０２１-03-08",
        "２０２１．３．８",
        "二〇二一年三月八日",
        "二○二一年三月八日",
    ] {
        assert_eq!(date(written), day, "{written}");
    }
    let end = date("二〇二一年十二月三十一日");
    assert_eq!(end.civil.date(), jiff::civil::date(2021, 12, 31));
    assert_eq!(date("二零二一年十月廿一日").civil.date(), jiff::civil::date(2021, 10, 21));
    assert_eq!(day.civil, jiff::civil::date(2021, 3, 8).at(0, 0, 0, 0));
}

#[test]
fn wrong_dates_say_what_is_wrong() {
    let cases = [
        ("2021-02-30", "no-such-day"),
        ("2月30日", "no-such-day"),
        ("2021年2月30日", "no-such-day"),
        ("2021-03-08 24:00", "no-such-time"),
        ("20211308", "no-such-day"),
        ("2021年3月", "not-a-date"),
        ("21.3.8", "not-a-date"),
        ("2021.3-8", "not-a-date"),
        ("二〇二一年三月三十二日", "no-such-day"),
        ("3月8日", "not-a-date"),
        ("昨天", "not-a-date"),
        ("“2021-03-08”", "not-a-date"),
    ];
    for (written, code) in cases {
        assert_eq!(codes(&format!("---\ntitle: 一\ndate: {written}\n---\n")), [code], "{written}");
    }
}

#[test]
fn names_in_one_text_are_people_apart() {
    let names = |written: &str| {
        let text = format!("---\ntitle: 一\nbyline:\n  通讯员: {written}\n---\n");
        let document = parse(&text);
        let names = &document.value.front.byline[0].names;
        for name in names.iter().filter(|_| !written.starts_with('"')) {
            assert_eq!(&text[name.span.start as usize..name.span.end as usize], name.value, "{written}");
        }
        names.iter().map(|name| name.value.clone()).collect::<Vec<_>>()
    };
    for written in [
        "[张庆伟, 姚艳辉]",
        "张庆伟、姚艳辉",
        "张庆伟 姚艳辉",
        "张庆伟，姚艳辉",
        "张庆伟　姚艳辉",
        "\"张庆伟 姚艳辉\"",
    ] {
        assert_eq!(names(written), ["张庆伟", "姚艳辉"], "{written}");
    }
    assert_eq!(names("张　三"), ["张　三"]);
    assert_eq!(names("John Smith"), ["John Smith"]);
    assert_eq!(names("专栏 编辑组"), ["专栏", "编辑组"]);
}

#[test]
fn the_title_is_found_wherever_it_stands() {
    assert_eq!(parse("---\ntitle: 一\n---\n# 二\n").value.title, "一");
    assert_eq!(parse("# 二\n\n正文。\n").value.title, "二");
    assert_eq!(codes("# 二\n\n正文。\n"), ["no-front-matter"]);
    assert_eq!(parse("正文。\n").value.title, "动员部署");
    assert_eq!(
        parse_at("content/news/x/index.md", "---\ndate: 2021-03-08\n---\n".as_bytes()).value.title,
        "x"
    );
    assert_eq!(parse_at("content/news/index.md", "说明。\n".as_bytes()).diagnostics, []);
}

#[test]
fn the_slug_comes_from_the_file_alone() {
    let slug = |file: &str, front: &str| {
        parse_at(file, format!("---\ntitle: 一\n{front}---\n").as_bytes()).value.slug
    };
    assert_eq!(slug("content/news/动员部署.md", ""), "dong-yuan-bu-shu");
    assert_eq!(slug("content/news/动员部署.md", "slug: dong-yuan\n"), "dong-yuan");
    assert_eq!(slug("content/news/2021-03-08 会议.md", ""), "2021-03-08-hui-yi");
    assert_eq!(slug("content/news/动员/index.md", ""), "dong-yuan");
    assert_eq!(slug("content/news/召陵.md", ""), "zhaoling");
    assert_eq!(slug("content/news/かな.md", ""), slug::short_hash("かな"));
}

#[test]
fn slugs_are_plain_and_read_as_spoken() {
    let cases = [
        ("教育整顿进行时", "jiao-yu-zheng-dun-jin-xing-shi"),
        ("漯河银行行业", "luo-he-yin-hang-hang-ye"),
        ("长葛重温音乐会", "chang-ge-chong-wen-yin-yue-hui"),
        ("“1+3+1+N”学习模式", "1-3-1-n-xue-xi-mo-shi"),
        ("绿色ＡＢＣ", "lv-se-abc"),
        ("Café Größe", "cafe-grosse"),
        ("  ", ""),
        ("……", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(slug::from_text(text, &[]), expected, "{text}");
    }
    assert_eq!(slug::from_name("单志刚", &[]), "shan-zhi-gang");
    assert_eq!(slug::from_name("尉迟恭", &[]), "yu-chi-gong");
    assert_eq!(slug::from_name("王晓明", &[]), slug::from_name("王小明", &[]));
    assert!(slug::from_text(&"教育".repeat(60), &[]).len() <= 80);
}

#[test]
fn titles_break_between_words() {
    let cases = [
        ("全市公安队伍教育整顿动员：拿实绩检验实效", "全市|公安|队伍|教育|整顿|动员：|拿实绩|检验|实效"),
        ("3月8日，会议召开", "3月8日，|会议|召开"),
        ("“我为群众办实事”活动", "“我|为|群众|办实事”|活动"),
        ("开好2021年专栏", "开好|2021年|专栏"),
    ];
    for (title, expected) in cases {
        assert_eq!(words(title).join("|"), expected, "{title}");
    }
}

#[test]
fn fences_are_found_or_explained() {
    let cases: [(&str, &[&str]); 8] = [
        ("---\ntitle: 一\n---\n", &[]),
        ("---\r\ntitle: 一\r\n---\r\n正文。\r\n", &[]),
        ("---  \ntitle: 一\n...\n", &[]),
        ("\n\n---\ntitle: 一\n---\n", &["front-matter-not-at-top"]),
        ("---\ntitle: 一\n\n正文。\n", &["front-matter-unclosed"]),
        ("----\ntitle: 一\n----\n", &["odd-fence"]),
        ("title: 一\n---\n正文。\n", &["front-matter-unopened"]),
        ("+++\ntitle = \"一\"\n+++\n# 二\n", &["toml-front-matter"]),
    ];
    for (text, expected) in cases {
        assert_eq!(codes(text), expected, "{text:?}");
    }
    // A thematic break after a paragraph is none of ours.
    assert_eq!(parse("# 二\n\n第一段。\n\n---\n\n第二段。\n").value.front.keys, []);
}

#[test]
fn encodings_are_told_apart_and_read() {
    let text = "---\ntitle: 动员部署会召开\n---\n\n会议部署任务，要求认真学习。\n";
    let gb = encoding_rs::GB18030.encode(text).0.into_owned();
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for bytes in [gb, utf16, [b"\xEF\xBB\xBF", text.as_bytes()].concat()] {
        let document = parse_at("content/news/a.md", &bytes);
        assert_eq!(document.value.title, "动员部署会召开");
        assert_eq!(document.diagnostics.len(), 1);
    }
}

#[test]
fn thirty_faults_are_reported_at_once() {
    let mut project =
        Project::new().column("base_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻}");
    let five = "---\ntitle：一\ndate: 2021-02-30\npinned: 也许\ntpics: x\nlang: 中文\n---\n\n正文。\n";
    for n in 0..6 {
        project.write(&format!("content/news/a{n}.md"), five);
    }
    let options = options();
    let tree = project.tree();
    let all: usize = tree
        .iter()
        .filter(|(path, _)| document::is_document(path))
        .map(|(path, source)| {
            let bytes = source.bytes.as_deref().expect("text");
            document::parse(path, bytes, source.key, &options).diagnostics.len()
        })
        .sum();
    assert_eq!(all, 30);
}

proptest! {
    #![proptest_config(crate::property::cases(256))]

    /// Any bytes in a file: an answer, and every place inside the text.
    #[test]
    fn any_bytes_are_a_document(head in prop::sample::select(vec!["", "---\n", "\n---\n", "+++\n", "——\n", "title: x\n"]),
                                bytes in prop::collection::vec(any::<u8>(), 0..80),
                                text in "[-:：#\\[\\]{},，'\"“” \ta-c标题日期\n]{0,80}") {
        let bytes = [head.as_bytes(), text.as_bytes(), &bytes].concat();
        let text = source::decoded(&bytes);
        for diagnostic in parse_at("content/news/a.md", &bytes).diagnostics {
            if let Some(span) = diagnostic.primary.span {
                prop_assert!(span.start <= span.end && span.end as usize <= text.len(), "{diagnostic:?}");
                prop_assert!(text.is_char_boundary(span.start as usize), "{diagnostic:?}");
            }
        }
    }

    /// Any bytes in `column.yaml`: a config, and every place inside the text.
    #[test]
    fn any_bytes_are_a_config(bytes in prop::collection::vec(any::<u8>(), 0..80),
                              text in "[-:：#\\[\\]{},'\" a-c栏目\n]{0,80}") {
        let bytes = [b"title: x\nsections:\n  - ".as_slice(), text.as_bytes(), &bytes].concat();
        let project = Project::new().file("column.yaml", &bytes);
        let text = source::decoded(&bytes);
        for diagnostic in config::read(&project.tree(), None).diagnostics {
            prop_assert!(diagnostic.primary.span.is_none_or(|span| span.end as usize <= text.len()), "{diagnostic:?}");
        }
    }

    /// Words are the title, cut.
    #[test]
    fn words_join_to_the_title(title in "\\PC{0,40}") {
        prop_assert_eq!(words(&title).concat(), title);
    }

    /// Slugs can stand in an address.
    #[test]
    fn slugs_are_plain(text in "\\PC{0,60}") {
        let slug = slug::from_text(&text, &[]);
        prop_assert!(slug.is_empty() || slug::is_plain(&slug), "{slug}");
        prop_assert!(!slug.contains("--") && !slug.starts_with('-') && !slug.ends_with('-'), "{slug}");
    }
}

#[test]
fn severity_tells_what_stops_publishing() {
    let document = parse("# 二\n\n正文。\n");
    assert!(document.diagnostics.iter().all(|diagnostic| diagnostic.severity() == Severity::Note));
}
