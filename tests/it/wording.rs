//! The theme's words: in every language the same ones, all of them said, and
//! none of another language on a page.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;

use zhuanlan::build::{Artifact, BuildResult, Content, Memory, build};

use crate::project::{Project, options};

/// The words of a file, by key.
fn words(language: &str) -> BTreeMap<String, String> {
    let path = format!("themes/gazette/i18n/{language}.yaml");
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (key, text) = line.split_once(": ").expect("a key and a text");
            (key.to_owned(), text.trim_matches('"').to_owned())
        })
        .collect()
}

fn keys(language: &str) -> BTreeSet<String> {
    words(language).into_keys().filter(|key| !key.ends_with(".one")).collect()
}

#[test]
fn all_languages_have_the_same_words() {
    let wanted = keys("zh-Hans");
    assert!(wanted.len() > 300, "{}", wanted.len());
    for language in ["zh-Hant", "en"] {
        let theirs = keys(language);
        let differ: Vec<&String> = wanted.symmetric_difference(&theirs).collect();
        assert!(differ.is_empty(), "{language}: {differ:?}");
    }
    for (key, _) in words("en").iter().filter(|(key, _)| key.ends_with(".one")) {
        assert!(wanted.contains(key.trim_end_matches(".one")), "{key}");
    }
}

/// The text of the files below `folder` that end like this.
fn sources(folder: &str, ends: &[&str]) -> String {
    let mut text = String::new();
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(place) = waiting.pop() {
        for entry in std::fs::read_dir(place).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else if ends.iter().any(|end| path.to_str().is_some_and(|path| path.ends_with(end))) {
                text += &std::fs::read_to_string(path).expect("a text");
            }
        }
    }
    text
}

/// Families that are said by a number or a name put behind the dot.
const FAMILIES: [&str; 6] = ["month.", "weekday.", "weekday_short.", "weekday_letter.", "numeral.", "pager."];

#[test]
fn every_word_is_said_and_every_word_said_is_there() {
    let theme = sources("themes/gazette", &[".html", ".js", ".css"]);
    let all = theme.clone() + &sources("src/page", &[".rs"]) + &sources("src/book", &[".rs"]);
    let all = all + &sources("src/build", &[".rs"]);
    let there = keys("zh-Hans");
    let idle: Vec<&String> = there
        .iter()
        .filter(|key| !FAMILIES.iter().any(|family| key.starts_with(family)))
        .filter(|key| !all.contains(&format!("\"{key}\"")))
        .collect();
    assert!(idle.is_empty(), "said nowhere: {idle:?}");
    let by_filter = theme.split("\" | t").filter_map(|before| before.rsplit('"').next());
    let by_script = theme.split("T(\"").skip(1).filter_map(|after| after.split('"').next());
    for key in by_filter.chain(by_script).filter(|key| key.len() < 40 && !key.contains(['<', '~', '%'])) {
        assert!(there.contains(key) || key.ends_with('.'), "no word `{key}`");
    }
}

/// A column of all kinds of pages whose author writes no Chinese.
fn column(language: &str) -> Project {
    Project::new()
        .file(
            "column.yaml",
            format!(
                "title: Autumn of learning\nlanguage: {language}\nbase_url: https://example.org/\nper_page: 2\n\
                 sections:\n  - {{folder: news, title: News}}\n  - {{folder: study, title: Study, kind: material}}\n  \
                 - {{folder: stories, title: Stories, kind: story}}\n\
                 units: [{{name: North office}}, {{name: South office}}]\n\
                 phases:\n  - {{name: First, start: 2021-03-01, end: 2021-04-10, goals: [Read, Write], study_days: [周二, 周四]}}\n  \
                 - {{name: Second, start: 2021-04-20, end: 2021-05-10, goals: [Mend]}}\n\
                 footer: {{sponsor: City office, undertaker: Editors, contact: 0395-0000000, icp: ICP-1}}\n\
                 settings: {{home_blocks: [front, figures, phase, sections, photos, ledger, materials]}}\n\
                 booklet:\n  title: Reader\n  slug: reader\n  issuer: Editors\n  date: 2021-03-22\n  foreword: Read.\n  \
                 parts:\n    - {{title: One, section: news}}\n    - {{title: Two, section: study}}\n"
            ),
        )
        .file("content/news/index.md", "All news.\n")
        .file("content/news/a.md", include_str!("../fixtures/wording/a.md"))
        .file(
            "content/news/b.md",
            "---\ntitle: The second piece\ndate: 2021-03-10\nsummary: Two.\nphase: First\ntopics: [One, Two]\n\
             units: [South office]\nseries: Steps\naliases: [old/b.html]\n---\n\nSee [the first](a.md).\n",
        )
        .file("content/news/c.md", "---\ntitle: The third piece\ndate: 2020-12-31\nsummary: Three.\ntopics: [Two]\n---\n\nText.\n")
        .file(
            "content/study/guide.md",
            "---\ntitle: A guide\ndate: 2021-03-12\nsummary: How.\nfiles: [guide.txt]\nissuer: Editors\n\
             number: Guide 1\nversion: First edition\n---\n\nRead it.\n",
        )
        .file("content/study/guide.txt", "How to read.\n\nSlowly.\n")
        .file(
            "content/stories/walk.md",
            "---\ntitle: A walk\ndate: 2021-03-15\nsummary: Out.\n---\n\n![A street](../street.png \"The street\")\n",
        )
        .file("content/street.png", crate::photo::picture(60, 40, image::ImageFormat::Png))
}

fn built(project: &Project) -> BuildResult {
    build(&project.tree(), &options(), project, &Memory::default())
}

/// What is said of the column, but that one of its pieces has every block there
/// is and so asks for more styles than a piece should.
fn codes(built: &BuildResult) -> Vec<&'static str> {
    let codes = built.findings.iter().map(|finding| finding.kind.code());
    codes.filter(|code| *code != "theme-too-heavy").collect()
}

const NOTHING: [&str; 0] = [];

/// All texts that readers get, those within books too.
fn texts(built: &BuildResult) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let bytes = |artifact: &Artifact| match &artifact.content {
        Content::Bytes(bytes) => Some(bytes.to_vec()),
        _ => None,
    };
    for (path, artifact) in built.output.files.iter().chain(built.output.late.files()) {
        let Some(bytes) = bytes(artifact) else { continue };
        if path.as_str().ends_with(".epub") {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
            for at in 0..archive.len() {
                let mut file = archive.by_index(at).expect("a file of the archive");
                let (name, mut text) = (format!("{:?}", file.name()), String::new());
                if file.read_to_string(&mut text).is_ok() {
                    texts.push((format!("{path}: {name}"), text));
                }
            }
        } else if let Ok(text) = String::from_utf8(bytes) {
            texts.push((path.to_string(), text));
        }
    }
    texts
}

/// Characters in `texts` that `wrong` finds, with a little of what stands
/// around.
fn found(texts: &[(String, String)], wrong: impl Fn(char) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in texts {
        let chars: Vec<char> = text.chars().collect();
        let hits = chars.iter().enumerate().filter(|(_, c)| wrong(**c));
        found.extend(hits.take(3).map(|(at, _)| {
            let around: String = chars[at.saturating_sub(20)..chars.len().min(at + 20)].iter().collect();
            format!("{path}: {around}")
        }));
    }
    found
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// The pages that a column has of each kind.
const KINDS: [&str; 20] = [
    "index.html",
    "404.html",
    "search.html",
    "news/index.html",
    "news/page-2.html",
    "news/a.html",
    "study/guide.html",
    "stories/walk.html",
    "archive/index.html",
    "archive/2021-03.html",
    "materials.html",
    "photos.html",
    "ledger.html",
    "phases/index.html",
    "topics/index.html",
    "units/index.html",
    "series/index.html",
    "old/b.html",
    "booklets/reader.html",
    "feed.atom",
];

#[test]
fn no_chinese_stands_on_the_pages_of_an_english_column() {
    let built = built(&column("en"));
    assert!(!built.has_errors(), "{:#?}", built.findings);
    let texts = texts(&built);
    for kind in KINDS {
        assert!(texts.iter().any(|(path, _)| path == kind), "no {kind}");
    }
    // What the editor's police record or the law calls for is not ours.
    let found = found(&texts, is_han);
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
    let unfilled: Vec<&String> = texts
        .iter()
        .filter(|(path, text)| {
            path.ends_with(".html") && text.contains(['{', '}']) && !text.contains("ld+json")
        })
        .map(|(path, _)| path)
        .collect();
    assert!(unfilled.is_empty(), "blanks are left: {unfilled:?}");
}

#[test]
fn no_simplified_character_stands_on_the_pages_of_a_traditional_column() {
    let built = built(&column("zh-TW"));
    assert!(!built.has_errors(), "{:#?}", built.findings);
    let texts = texts(&built);
    let found = found(&texts, |c| SIMPLIFIED.contains(c));
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
    let home = texts.iter().find(|(path, _)| path == "index.html").map(|(_, text)| text.as_str());
    assert!(home.is_some_and(|home| home.contains("長者模式")), "{home:?}");
}

/// Characters that only simplified texts have, of those that a theme may say.
const SIMPLIFIED: &str = "页总进资库图墙见账题单问网标阶发来选项录内阅读设订级长结线时间约钟数条办转评区写转报电话联码识备\
    们这说对开关经业东车两个为书乡习产亲仅从仓众优会传体余来刘则刚创删别动务区医华协单卖卢卫厂厅历压厕县参双变叙叶号叹听启员响唤园围国图圆圣场坏块坚坛坝坟坠垄垒垦\
    声处备复头夹夺奋奖妆妇娱孙学宁宝实审宪宽宾对导寿将尔尘尝层属岁岛峡币师帐带帮广庄庆库应庙废开异弃张弯弹强归当录彻径忆怀态怜总恋恳恶恼悬惊惧惨惩惫惯愤愿慑懒戏战户扑执扩扫扬扰抚抛抢护报担拟拥拦拨择挂挡挤挥损换据掷揽搀携摄摆摇摊\
    数断无旧时旷显晋晒晓晕暂术机杀杂权杨极构标栏树样档桥检楼横欢欧残殴毁毕汇汉汤沟没泽洁洒测济浆浏浑浓涛润涨渐温湾满滚滞滤灭灯灵灾炉点炼烂烦热爱爷牵犹独狭环现玛电画畅疗疯皱盏盐监盖盘矿码确碍礼祸离种积称稳穷窃竞笔笼筑简粮紧纠红约级纪纯纲纳纵纷纸纹线练组细终绍经结给绝统继绩绪续维绿缓编缘缩网罗罚罢职联聪肃肠肤肾脏脑脚脱脸舰舱艺节芦苏苹范茎荐药莲获营萧虑虽虾蚀蚁补衬袭装见观规视览觉触计订认讨让训议讯记讲许论设访证评识诉词译试诗诚话询该详语误说请诸读课谁调谈谋谓谢谨谱象贝负财责贤败货质贩贪购贫贯贴贵贷贸费贺贼资赋赌赏赔赖赚赛赞赠赢赶趋跃践踪车转轮软轻载较辅辆辉输辞边达迁过迈运还这进远违连迟选递逻遗邮邻郑释里钟钢钥钱铁铅铜银销锁锋错锦键镇镜长门闪闭问闲间闷闹闻阁阅队阳阴阵阶际陆陈险随隐难雾静韩页顶项顺须顾顿预领频题颜额风飞饥饭饮饰饱馆马驱驶驻驾验骂骄骗鱼鲁鲜鸟鸡鸣鸭鸿麦黄齐龄龙";

fn ours(files: &[(&str, &str)]) -> BuildResult {
    let mut project = column("zh-CN");
    let text = project.bytes("column.yaml").expect("the config");
    let text = String::from_utf8(text.to_vec()).expect("text");
    project.write("column.yaml", format!("theme: ours\n{text}"));
    project.write("themes/ours/theme.yaml", "extends: gazette\n");
    for (path, text) in files {
        project.write(&format!("themes/ours/{path}"), text);
    }
    built(&project)
}

#[test]
fn a_theme_says_some_words_otherwise_and_has_its_own() {
    let built = ours(&[
        ("i18n/zh-Hans.yaml", "archive: 全部稿件\npieces: \"{n} 则\"\nours.greeting: 欢迎\nclose: 收起\n"),
        (
            "templates/404.html",
            "{% extends \"gazette/404.html\" %}\n{% block main %}{{ \"ours.greeting\" | t }}{% endblock main %}\n",
        ),
    ]);
    assert_eq!(codes(&built), NOTHING);
    let texts: BTreeMap<String, String> = texts(&built).into_iter().collect();
    assert!(texts["index.html"].contains(">全部稿件</a>"), "its own word");
    assert!(texts["archive/index.html"].contains("4 则"), "its own phrase");
    assert!(texts["404.html"].contains("欢迎"), "a word that only it has");
    assert!(texts["index.html"].contains(">长者模式</button>"), "all others are gazette's");
    let script = texts.iter().find(|(path, _)| path.starts_with("assets/gazette.") && path.ends_with(".js"));
    assert!(
        script.is_some_and(|(_, text)| text.contains("\"收起\"") && !text.contains("T(\"")),
        "scripts too"
    );
}

#[test]
fn a_theme_brings_a_language_and_what_it_lacks_stays_chinese() {
    let mut project = column("bo-CN");
    project.write("themes/gazette/i18n/bo.yaml", "home: གཙོ་ངོས།\n");
    let built = built(&project);
    assert_eq!(codes(&built), NOTHING);
    let texts: BTreeMap<String, String> = texts(&built).into_iter().collect();
    assert!(texts["index.html"].contains("གཙོ་ངོས།") && texts["index.html"].contains("长者模式"));
}

/// Words that readers stumbled over, and what stands in their place.
#[test]
fn words_are_those_that_readers_use() {
    let all = words("zh-Hans");
    for odd in ["人物", "已收官", "粗者", "用表格看"] {
        let said: Vec<&String> = all.values().filter(|text| text.contains(odd)).collect();
        assert!(said.is_empty(), "{odd}: {said:?}");
    }
    for (key, text) in [
        ("people", "署名"),
        ("phase.ended", "已结束"),
        ("ledger.collected", "收集"),
        ("not_found.head", "页面不存在"),
    ] {
        let said = all.get(key).map(String::as_str);
        assert_eq!(said, Some(text), "{key}");
    }
}
