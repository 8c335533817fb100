//! Data blocks: what they hold, and every fault at its own place.

use jiff::civil::date;
use zhuanlan::diagnostic::Lang;
use zhuanlan::markdown::{Block, Body, LedgerStatus};

use crate::markdown::{filled, findings, read};

/// The only block of a text without findings.
#[track_caller]
fn block(text: &str) -> (Block, Body) {
    let checked = read(text);
    assert_eq!(findings(&checked, text, Lang::En), Vec::<String>::new());
    let body = checked.value;
    assert_eq!(body.blocks.len(), 1);
    (body.blocks[0].clone(), body)
}

/// Code, line and marked text of each finding.
fn faults(text: &str) -> Vec<String> {
    let checked = read(text);
    let mut all: Vec<String> = checked
        .diagnostics
        .iter()
        .map(|found| {
            let span = found.primary.span.expect("a place");
            let (start, end) = (span.start as usize, span.end as usize);
            let line = text[..start].matches('\n').count() + 1;
            format!("{} {line} {}", found.kind.code(), text[start..end].lines().next().unwrap_or_default())
        })
        .collect();
    all.dedup();
    all
}

#[track_caller]
fn check_faults(text: &str, expected: &[&str]) {
    assert_eq!(faults(text), expected, "{text}");
}

#[test]
fn gallery() {
    let text = "```gallery\n标题: 学习教育掠影\n版式: 宽幅\n图片:\n  - 文件: ../photos/会场.jpg\n    说明: 会议现场\n    \
                来源: 政治部\n    替代文字: 台上坐着五个人\n    日期: 2021-03-08\n  - a%20b.png\n```\n";
    let checked = read(text);
    assert_eq!(faults(text), ["photo-without-alt 10 a%20b.png"]);
    let body = checked.value;
    let Block::Gallery(gallery) = &body.blocks[0] else { panic!("{:?}", body.blocks) };
    assert_eq!(gallery.title.as_deref(), Some("学习教育掠影"));
    assert_eq!(gallery.layout, "wide");
    assert_eq!(gallery.photos[0].credit.as_deref(), Some("政治部"));
    assert_eq!(gallery.photos[0].date, Some(date(2021, 3, 8)));
    let link = &body.links[gallery.photos[0].link];
    assert_eq!((link.target.as_str(), link.alt.as_str()), ("../photos/会场.jpg", "台上坐着五个人"));
    assert_eq!(link.title.as_deref(), Some("会议现场"));
    assert_eq!(&text[link.span.start as usize..link.span.end as usize], "../photos/会场.jpg");
    assert_eq!(body.links[gallery.photos[1].link].target, "a b.png");
    assert_eq!(body.footprint.photos, 2);
    assert_eq!(body.prose.get().text, "学习教育掠影\n会议现场");
    assert_eq!(filled(&body), "<zl-block n=\"0\"></zl-block>");
}

#[test]
fn timeline_is_sorted_by_date() {
    let (block, body) = block(
        "```timeline\ntitle: 历程\nitems:\n  - {date: 2021-03-12, title: 座谈会, text: 收集意见25条, link: b.md#x}\n  \
         - {日期: 2021年3月8日, 标题: 动员部署}\n```\n",
    );
    let Block::Timeline(timeline) = block else { panic!("{block:?}") };
    assert_eq!(timeline.items[0].title, "动员部署");
    assert_eq!(timeline.items[1].date.start, date(2021, 3, 12));
    assert_eq!(body.links[timeline.items[1].link.expect("a link")].target, "b.md#x");
    assert_eq!(body.prose.get().text, "历程\n座谈会\n收集意见25条\n动员部署");
}

#[test]
fn ledger_counts_what_is_not_given() {
    let (block, _) = block(
        "```ledger\n标题: 意见台账\n截至: 2021-03-20\n条目:\n  - {编号: 2, 意见: 延长窗口时间, 来源: 座谈会, 日期: 2021-03-12, \
         答复: 已延长到19点, 反馈日期: 2021-03-15}\n  - {编号: 1, 意见: 增设自助机, 状态: 办理中}\n  - {编号: 3, 意见: 公开电话, \
         状态: 已反馈}\n```\n",
    );
    let Block::Ledger(ledger) = block else { panic!("{block:?}") };
    assert_eq!((ledger.collected, ledger.answered), (3, 2));
    assert_eq!(ledger.as_of, Some(date(2021, 3, 20)));
    assert_eq!(ledger.items.iter().map(|item| item.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(ledger.items[0].status, LedgerStatus::Open);
    assert_eq!(ledger.items[1].from.as_deref(), Some("座谈会"));
    assert_eq!(ledger.items[1].answered_on, Some(date(2021, 3, 15)));
}

#[test]
fn ledger_of_totals_only() {
    let (block, _) = block("```ledger\ncollected: 25\nanswered: 15\nnote: 其余正在办理\n```\n");
    let Block::Ledger(ledger) = block else { panic!("{block:?}") };
    assert_eq!((ledger.collected, ledger.answered, ledger.items.len()), (25, 15, 0));
}

#[test]
fn figures() {
    let (block, body) = block(
        "```figures\n标题: 数说\n来源: 市公安局\n条目:\n  - {数值: 3000, 单位: 余本, 说明: 专用笔记本}\n  - {数值: 1+3+1+N, \
         说明: 学习模式, 备注: 一条主线}\n```\n",
    );
    let Block::Figures(figures) = block else { panic!("{block:?}") };
    assert_eq!(figures.items[0].value, "3000");
    assert_eq!(figures.items[0].unit.as_deref(), Some("余本"));
    assert_eq!(figures.items[1].label, "学习模式");
    assert_eq!(figures.items[1].note.as_deref(), Some("一条主线"));
    assert_eq!(body.prose.get().text, "数说\n专用笔记本 3000余本\n学习模式 1+3+1+N\n一条主线\n市公安局");
}

#[test]
fn quiz_answers_in_every_form() {
    let (block, _) = block(
        "```quiz\n标题: 自测\n题目:\n  - {题: 单选, 选项: [甲, 乙, 丙], 答案: B, 解析: 因为乙}\n  - {题: 多选, 选项: [甲, 乙, 丙, \
         丁], 答案: ABD}\n  - {题: 全角, 选项: [甲, 乙], 答案: Ａ、ｂ}\n  - {题: 小写, 选项: [甲, 乙], 答案: [a, b]}\n  - {题: \
         判断, 选项: [对, 错], 答案: 错}\n  - {题: 自带字母, 选项: [A. 甲, B．乙, \"C、丙\"], 答案: c}\n```\n",
    );
    let Block::Quiz(quiz) = block else { panic!("{block:?}") };
    let answers: Vec<&[usize]> = quiz.items.iter().map(|item| item.answer.as_slice()).collect();
    assert_eq!(answers, [&[1][..], &[0, 1, 3], &[0, 1], &[0, 1], &[1], &[2]]);
    assert_eq!(quiz.items[5].options, ["甲", "乙", "丙"]);
    assert_eq!(quiz.items[0].explain.as_deref(), Some("因为乙"));
}

#[test]
fn places_are_right_in_lists_and_quotations() {
    let text =
        "1. 说明\n\n   ```quiz\n   题目:\n     - 题: 甲\n       选项: [一, 二]\n       答案: C\n   ```\n";
    check_faults(text, &["answer-beyond-options 7 C"]);
    let text = "> ```figures\n> 条目:\n>   - 数值: 3\n>     说明： 三\n> ```\n";
    check_faults(text, &["full-width-colon 4 ："]);
    let text = "前言：五个字。\n\n```timeline\nitems:\n  - date: 2021-02-30\n    title: 没有这一天\n  - title: 没有日期\n```\n";
    check_faults(text, &["no-such-day 5 2021-02-30", "missing-key 7 title: 没有日期"]);
}

#[test]
fn all_faults_of_a_block_at_once() {
    let text = "```ledger\ncollected: 3\nanswered: 9\nitems:\n  - {number: 1, question: 甲, status: 办理中, answer: 有}\n  \
                - {number: 1, question: 乙}\n  - {number: 2, date: 2021-13-01, question: 丙}\n  - {number: 3, qestion: 丁}\n  - \
                {number: 4, question: 戊, date: 2021-03-12, answered_on: 2021-03-01}\n```\n";
    check_faults(
        text,
        &[
            "total-below-items 2 3",
            "answered-exceeds-collected 3 9",
            "open-with-answer 5 办理中",
            "duplicate-number 6 1",
            "no-such-day 7 2021-13-01",
            "unknown-key 8 qestion",
            "answered-before-raised 9 2021-03-01",
        ],
    );
    let body = read(text).value;
    let Block::Ledger(ledger) = &body.blocks[0] else { panic!("{:?}", body.blocks) };
    assert_eq!(ledger.items.len(), 4, "what is right is shown");
}

#[test]
fn semantic_faults() {
    check_faults("```gallery\n```\n", &["empty-block 1 ```gallery"]);
    check_faults("```gallery\ntitle: 空\n```\n", &["empty-block 1 ```gallery"]);
    check_faults(
        "```gallery\nphotos:\n  - {caption: 没有文件}\n```\n",
        &["missing-key 3 {caption: 没有文件}"],
    );
    check_faults(
        "```gallery\nphotos: [\"javascript:alert(1)\"]\n```\n",
        &["unsafe-link 2 \"javascript:alert(1)\""],
    );
    check_faults(
        "```gallery\nlayout: 网络\nphotos: [{src: a.png, alt: 甲}]\n```\n",
        &["unknown-choice 2 网络"],
    );
    check_faults(
        "```quiz\nitems:\n  - {question: 甲, options: [一], answer: A}\n```\n",
        &["too-few-options 3 [一]"],
    );
    check_faults(
        "```quiz\nitems:\n  - {question: 甲, options: [一, 二, 一], answer: D}\n```\n",
        &["duplicate-option 3 一", "answer-beyond-options 3 D"],
    );
    check_faults(
        "```quiz\nitems:\n  - {question: 甲, options: [一, 二], answer: 三}\n```\n",
        &["unreadable-answer 3 三"],
    );
    check_faults("```figures\nitems:\n  - {value: 3}\n```\n", &["missing-key 3 {value: 3}"]);
    check_faults("```timeline\nitems: 2021\n```\n", &["wrong-type 2 2021"]);
    check_faults("```ledger\ntitle: 空\n", &["unclosed-fence 1 ```ledger", "empty-block 1 ```ledger"]);
}

#[test]
fn other_names_are_code() {
    for name in ["yaml", "Gallery", "gallery wide", "ledgers-2021"] {
        let text = format!("```{name}\ntitle: 甲\n```\n");
        let checked = read(&text);
        assert!(checked.value.blocks.is_empty(), "{name}");
        assert!(filled(&checked.value).contains("<pre"), "{name}");
    }
    check_faults("```galery\n```\n", &["unknown-block 1 galery"]);
    check_faults("```台帐\n```\n", &["unknown-block 1 台帐"]);
}

/// 图集, 时间线, 台账, 数字, 自测题 are names of blocks as much as the English ones.
#[test]
fn blocks_have_chinese_names() {
    for name in ["图集", "时间线", "台账", "数字", "自测题", "测验"] {
        assert_eq!(read(&format!("```{name}\n标题: 甲\n```\n")).value.blocks.len(), 1, "{name}");
    }
}

/// Whatever the YAML, nothing panics and every place lies in the text.
#[test]
fn cut_anywhere() {
    let text = "```quiz\n标题: 自测\n题目:\n  - {题: 单选, 选项: [甲, 乙, 丙], 答案: B}\n```\n";
    for (at, _) in text.char_indices() {
        for cut in [&text[..at], &text[at..]] {
            for found in read(cut).diagnostics {
                let span = found.primary.span.expect("a place");
                assert!(cut.get(span.start as usize..span.end as usize).is_some(), "{cut:?} {found:?}");
            }
        }
    }
}

#[test]
fn any_block_can_be_an_example() {
    let text = "```figures\n示例: true\n数字:\n  - {数值: 3, 标签: 期}\n```\n\n```timeline\nexample: false\nitems:\n  \
                - {date: 2021-03-08, title: 会}\n```\n\n```ledger\nexample: true\ncollected: 2\n```\n";
    let checked = read(text);
    assert_eq!(findings(&checked, text, Lang::En), Vec::<String>::new());
    assert_eq!(checked.value.examples, [0, 2]);
    assert!(matches!(checked.value.collected().collect::<Vec<_>>()[..], [Block::Timeline(_)]));
}

/// A month and a range of days or months are dates of a timeline too, and 时间 is 日期.
#[test]
fn a_timeline_takes_months_and_ranges() {
    use zhuanlan::yaml::Period;
    let period = |text: &str| {
        text.parse::<Period>().ok().map(|p| (p.start.to_string(), p.end.to_string(), p.by_month))
    };
    let days = |start: &str, end: &str| Some((start.to_owned(), end.to_owned(), false));
    let months = |start: &str, end: &str| Some((start.to_owned(), end.to_owned(), true));
    for (written, right) in [
        ("2021-03-08", days("2021-03-08", "2021-03-08")),
        ("2021年3月", months("2021-03-01", "2021-03-31")),
        ("2021-02", months("2021-02-01", "2021-02-28")),
        ("2021.3", months("2021-03-01", "2021-03-31")),
        ("2021年3月12日至16日", days("2021-03-12", "2021-03-16")),
        ("2021年3月12日—4月2日", days("2021-03-12", "2021-04-02")),
        ("2021年3月12日——16日", days("2021-03-12", "2021-03-16")),
        ("2021.3.12-3.16", days("2021-03-12", "2021-03-16")),
        ("2021-03-12 至 2021-03-16", days("2021-03-12", "2021-03-16")),
        ("2021年3月至5月", months("2021-03-01", "2021-05-31")),
        ("2021年12月28日至1月3日", days("2021-12-28", "2022-01-03")),
        ("二〇二一年三月十二日至十六日", days("2021-03-12", "2021-03-16")),
        ("2021年3月16日至12日", None),
        ("3月12日至16日", None),
        ("三月", None),
    ] {
        assert_eq!(period(written), right, "{written}");
    }
}
