//! An editor's first hour, as the handbook has it: `init`, twelve manuscripts
//! as people bring them, `check`, `fix`, `check`. What is wrong with each is
//! named at once, and what `fix` leaves is left for a reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::HANDBOOK;

/// Why a slip is left to the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Only the editor knows what was meant, or what is true.
    OnlyTheEditorKnows,
    /// The words themselves would change.
    ItIsTheWording,
    /// A file would have to be found, moved or renamed.
    AFileIsToBeMoved,
}
use Why::{AFileIsToBeMoved, ItIsTheWording, OnlyTheEditorKnows};

/// A file with its text; the slips that `fix` mends, by code with their number;
/// those that are left, with the reason.
type Manuscript =
    (&'static str, &'static str, &'static [(&'static str, usize)], &'static [(&'static str, usize, Why)]);

/// The findings of a run: how many of each code, by file.
type Findings = BTreeMap<String, BTreeMap<String, usize>>;

fn run(root: &Path, args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_zhuanlan"))
        .args(args)
        .current_dir(root)
        .env_clear()
        .env("LANG", "zh_CN.UTF-8")
        .output()
        .unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// What `check` finds. Each finding says what to do.
fn check(root: &Path) -> (i32, Findings) {
    let (code, said) = run(root, &["check", "--format", "json"]);
    let said: Value = serde_json::from_str(&said).unwrap();
    let mut findings = Findings::new();
    for finding in said["findings"].as_array().unwrap() {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        assert!(!text("hint").is_empty(), "without a reason: {finding}");
        *findings.entry(text("path")).or_default().entry(text("code")).or_default() += 1;
    }
    (code, findings)
}

fn sorted<'a>(all: impl Iterator<Item = (&'a str, usize)>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (code, count) in all {
        *counts.entry(code.to_owned()).or_default() += count;
    }
    counts
}

fn texts(root: &Path) -> Vec<String> {
    MANUSCRIPTS.iter().map(|(path, ..)| fs::read_to_string(root.join(path)).unwrap()).collect()
}

#[test]
fn the_first_hour() {
    for command in ["zhuanlan init 我的专栏", "zhuanlan check ", "zhuanlan fix "] {
        assert!(HANDBOOK.contains(command), "{command}");
    }
    let home = tempfile::tempdir().unwrap();
    assert_eq!(run(home.path(), &["init", "我的专栏"]).0, 0);
    let root = home.path().join("我的专栏");
    // Lists of her own break nothing that was there.
    let column = fs::read_to_string(root.join("column.yaml")).unwrap();
    let lists = "主题: {launch: 动员部署, methods: 学习方法}\n单位:\n  - {名称: 源汇分局, 简称: 源汇}\n";
    fs::write(root.join("column.yaml"), format!("{column}\n{lists}")).unwrap();
    assert_eq!(check(&root), (0, Findings::new()));

    for (path, text, ..) in MANUSCRIPTS {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
    fs::write(root.join("content/news/合影.png"), include_bytes!("../../fixtures/pixel.png")).unwrap();
    let (code, found) = check(&root);
    assert_eq!(code, 1);
    let (mut slips, mut right) = (0, Findings::new());
    for (path, _, mended, left) in MANUSCRIPTS {
        let all = sorted(mended.iter().copied().chain(left.iter().map(|(code, count, _)| (*code, *count))));
        slips += all.values().sum::<usize>();
        right.insert(path.to_owned(), all);
    }
    assert_eq!(found, right);
    assert!(slips >= 40, "{slips} slips");

    let before = texts(&root);
    assert_eq!(run(&root, &["fix", "--yes"]).0, 0);
    let (code, found) = check(&root);
    assert_eq!(code, 1);
    let left =
        |left: &[(&'static str, usize, Why)]| sorted(left.iter().map(|(code, count, _)| (*code, *count)));
    let right = MANUSCRIPTS.iter().map(|(path, _, _, kept)| ((*path).to_owned(), left(kept)));
    assert_eq!(found, right.filter(|(_, kept)| !kept.is_empty()).collect::<Findings>());

    // No word was touched, and there is nothing more to do.
    let after = texts(&root);
    let letters = |text: &String| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for ((path, ..), (before, after)) in MANUSCRIPTS.iter().zip(before.iter().zip(&after)) {
        let (before, after) = (letters(before), letters(after).replace("署名", ""));
        let is_html = path.contains("公众号");
        assert!(is_html || before.replace("署名", "") == after, "{path}:\n{before}\n{after}");
    }
    assert_eq!(run(&root, &["fix", "--check"]).0, 0);
    assert_eq!(texts(&root), after);
}

/// As people bring them.
const MANUSCRIPTS: [Manuscript; 12] = [
    (
        "content/news/征求意见座谈会.md",
        "标题：征求意见座谈会召开\n日期：2021年3月12日\n作者：张庆伟\n\n3月12日上午，座谈会在市公安局召开。\n会议由张庆伟主持。\n与会代表提出意见25条。\n",
        &[("front-matter-unfenced", 1), ("full-width-colon", 3), ("joined-lines", 1)],
        &[],
    ),
    (
        "content/news/学习有序推进.md",
        "---\n标题:学习有序推进\n日期: 2021.3.13\n主题: [动员部署，学习方法]\n---\n\n##主要做法\n\n● 集中学\n● 同步学\n● 带动学\n\n民警们说要**学深悟透 **，人人过关。\n",
        &[
            ("bullet-character", 1),
            ("full-width-comma", 1),
            ("heading-without-space", 1),
            ("no-space-after-colon", 1),
            ("spaced-emphasis", 1),
        ],
        &[],
    ),
    (
        "content/news/参加情况.md",
        "---\n标题: 各分局参加情况\n日期: 2021-03-14\n单位: 源汇公局\n---\n\n分局\t场次\t人数\n源汇\t3\t120\n郾城\t2\t96\n\n每组3~~5人，每场6~~8分钟。\n\n\u{F0B7}\t延时服务\n\u{F0B7}\t上门服务\n",
        &[("bullet-character", 1), ("pasted-table", 1), ("struck-range", 1)],
        &[("unknown-unit", 1, OnlyTheEditorKnows)],
    ),
    (
        "content/news/分组讨论.md",
        "————\n标题: 分组讨论\n日期: 2021-03-15\n————\n\n时间：3月15日（星期二）\n地点：三楼会议室\n\n1.学原文\n2.谈体会\n3.找差距\n\n    每周二、周四下午集中学，先读原文再讨论。\n\n请按<Enter>键。\n",
        &[("indented-paragraph", 1), ("joined-lines", 1), ("list-without-space", 1), ("odd-fence", 1)],
        &[("angle-brackets", 1, OnlyTheEditorKnows), ("wrong-weekday", 1, OnlyTheEditorKnows)],
    ),
    (
        "content/news/动员部署会.md",
        "---\n标题: [通知] 动员部署会召开\n日期: 2021-03-08\n---\n\n　　一、提高认识\n　　全体民警要学深悟透。\n　　二、狠抓落实\n　　各单位要压实责任。\n　　（一）加强领导\n　　①查思想\n　　②查作风\n",
        &[("bracket-value", 1), ("indented-line", 1)],
        &[],
    ),
    (
        "content/news/公众号转来.md",
        "---\n标题: 公众号转来的一篇\n日期: 2021-03-16\n---\n\n<section style=\"margin:0\" data-tools=\"x\"><p style=\"text-indent:2em\"><span style=\"color:#333\">座谈会开了一上午。</span></p><p><strong>要学</strong><strong>深悟透</strong>，见行动。</p><ul><li><p>集中学</p></li><li><p>轮流学</p></li></ul></section>\n",
        &[("pasted-html", 1)],
        &[],
    ),
    (
        "content/news/图片新闻.md",
        "---\n标题: 图片新闻\n日期: 2021-03-17\n---\n\n![](现场.png)\n图1 座谈会现场（张庆伟 摄）\n\n！[合影](合影.png)\n\n![展板](D:\\照片\\展板.jpg)\n\n[图片1]\n",
        &[("caption-below", 1), ("full-width-image", 1), ("photo-without-alt", 1)],
        &[
            ("local-path", 1, AFileIsToBeMoved),
            ("missing-photo", 1, AFileIsToBeMoved),
            ("picture-placeholder", 1, AFileIsToBeMoved),
        ],
    ),
    (
        "content/news/体会.md",
        "---\n标题: \"我为群众办实事\"活动的体会\n副标题: 学习 #教育整顿# 进支部\n日期: 2021-03-18\n置顶: “是”\n---\n\n＞ 学在前，做在前。\n\n＃＃ 我的体会\n\n详见【活动方案】（https://www.example.org/plan.html），电话13912345678。\n\n参加的３６人都写了笔记，\"一把手\"也不例外；这是全局的的任务[^1]。\n\n[^1]：据活动方案。\n",
        &[
            ("chinese-quotes", 1),
            ("comment-swallows-value", 1),
            ("full-width-footnote", 1),
            ("full-width-heading", 1),
            ("full-width-link", 1),
            ("full-width-quote", 1),
            ("text-after-quote", 1),
        ],
        &[
            ("doubled", 1, ItIsTheWording),
            ("full-width-digits", 1, ItIsTheWording),
            ("half-width-punctuation", 1, ItIsTheWording),
            ("mobile-number", 1, ItIsTheWording),
        ],
    ),
    (
        "content/news/责任清单.md",
        "---\n标题: 责任清单下发\n日期: 2021-02-30\n通讯员: 姚艳辉\n---\n\n**落实责任**\n\n见附件：责任清单.xlsx。\n\n详见[座谈会](座谈会纪要.md)。\n",
        &[("unknown-key", 1)],
        &[
            ("broken-link", 1, AFileIsToBeMoved),
            ("lookalike-heading", 1, OnlyTheEditorKnows),
            ("no-such-day", 1, OnlyTheEditorKnows),
            ("unlinked-file", 1, AFileIsToBeMoved),
        ],
    ),
    (
        "content/study/学习资料汇编.md",
        "---\n标题: 学习资料汇编\n日期: 2021-03-10\n---\n",
        &[],
        &[("material-without-file", 1, OnlyTheEditorKnows)],
    ),
    (
        "content/news/简讯.md.txt",
        "---\n标题: 简讯\n日期: 2021-03-21\n---\n\n一句话。\n",
        &[],
        &[("misnamed-piece", 1, AFileIsToBeMoved)],
    ),
    ("content/news/座谈会纪要.docx", "PK", &[], &[("manuscript-not-read", 1, AFileIsToBeMoved)]),
];
