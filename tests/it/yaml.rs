//! Decoding YAML: values with their places, and all faults at once.

use proptest::prelude::*;
use proptest::string::string_regex;
use serde::Deserialize;
use zhuanlan::diagnostic::{Checked, Lang, locate, plain};
use zhuanlan::path::SourcePath;
use zhuanlan::text::At;
use zhuanlan::yaml::{self, Day, Entries, Fragment, OneOrMany, TextOr, When};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Shape {
    title: Option<At<String>>,
    date: Option<At<When>>,
    draft: Option<bool>,
    order: Option<i64>,
    topics: OneOrMany<At<String>>,
    byline: Entries<OneOrMany<At<String>>>,
    cover: Option<TextOr<Cover>>,
    items: Vec<Item>,
    day: Option<Day>,
    extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Cover {
    src: Option<At<String>>,
    caption: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Item {
    label: Option<String>,
    unit: Option<String>,
}

fn path() -> SourcePath {
    SourcePath::new("content/a.md").expect("a path")
}

fn decode(text: &str) -> Checked<Shape> {
    yaml::decode(Fragment { path: &path(), text, offset: 0 })
}

/// Every finding of `text` in Chinese, as shown.
fn faults(text: &str) -> String {
    let found = locate(decode(text).diagnostics, |_| Some(text.into()));
    found.iter().map(|finding| plain(finding, Lang::Zh)).collect::<Vec<_>>().join("\n")
}

#[test]
fn values_come_with_their_places() {
    let text = "标题: 开班\ndate: 2021-03-08 09:40\n草稿: 是\norder: 3\n主题: [学习, 查纠]\n\
                署名:\n  通讯员: [张庆伟, 姚艳辉]\n  摄影: 薛宏冰\n封面: a.png\nitems:\n  - {名称: 本, 单位: 个}\n\
                day: 2021年3月8日\nextra: {a: 1, b: [x, true, null, 1.5]}\n";
    let Checked { value, diagnostics } = decode(text);
    assert_eq!(diagnostics, [], "{}", faults(text));
    let title = value.title.expect("a title");
    assert_eq!(title.value, "开班");
    assert_eq!(&text[title.span.start as usize..title.span.end as usize], "开班");
    assert_eq!(value.draft, Some(true));
    assert_eq!(value.order, Some(3));
    assert_eq!(value.topics.0.iter().map(|topic| topic.value.as_str()).collect::<Vec<_>>(), ["学习", "查纠"]);
    let roles: Vec<_> =
        value.byline.0.iter().map(|(role, names)| (role.value.as_str(), names.0.len())).collect();
    assert_eq!(roles, [("通讯员", 2), ("摄影", 1)]);
    assert!(matches!(value.cover, Some(TextOr::Text(src)) if src == "a.png"));
    assert_eq!(value.items[0].unit.as_deref(), Some("个"));
    assert_eq!(serde_json::to_string(&value.extra).unwrap(), r#"{"a":1,"b":["x",true,null,1.5]}"#);
}

#[test]
fn all_faults_are_found_at_once() {
    let text = "title: a\n标题: b\ndraft: 也许\norder: 三\ntpics: x\nday: 2021-02-30\ncover: {src: [x]}\nitems:\n  - {labl: x, unit: y}\n";
    let Checked { value, diagnostics } = decode(text);
    assert_eq!(diagnostics.len(), 7, "{}", faults(text));
    assert_eq!(value.items[0].unit.as_deref(), Some("y"));
}

/// Signs of YAML, of Chinese text, and of trouble.
const SIGNS: &str = "[-:#\\[\\]{},&*!|>'\"%@`?~ \\t\r\n：，、“”　a-c标题0-9\\\\\u{feff}\u{0}=<.]";

proptest! {
    /// Whatever the text, decoding ends, and every place lies inside it.
    #[test]
    fn any_text_is_decoded(text in proptest::collection::vec(prop_oneof![
        string_regex(SIGNS).expect("a class").boxed(),
        proptest::sample::select(vec![
            "title: ", "标题：", "topics: [", "cover:\n  src: ", "- ", "\n", "\n  ", "\"", "items:\n", "&a ", "*a", "<<: ",
        ]).prop_map(str::to_owned).boxed(),
        any::<char>().prop_map(String::from).boxed(),
    ], 0..60)) {
        let text = text.concat();
        let offset = 7;
        let found = yaml::decode::<Shape>(Fragment { path: &path(), text: &text, offset }).diagnostics;
        for diagnostic in found {
            let span = diagnostic.primary.span.expect("a place");
            prop_assert!(span.start as usize >= offset && span.end as usize <= text.len() + offset, "{span:?}");
            let (start, end) = (span.start as usize - offset, span.end as usize - offset);
            prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{span:?} {:?}", diagnostic.kind);
        }
    }
}

#[test]
fn aliases_have_a_budget() {
    let bomb: String = (1..20).fold("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".into(), |text, n| {
        let many = vec![format!("*a{}", n - 1); 10].join(", ");
        text + &format!("a{n}: &a{n} [{many}]\n")
    });
    let found = yaml::decode::<serde_json::Value>(Fragment { path: &path(), text: &bomb, offset: 0 });
    assert!(found.diagnostics.iter().any(|d| d.kind.code() == "alias-budget"));
    assert!(serde_json::to_string(&found.value).unwrap().len() < 200_000);
}

#[test]
fn depth_has_a_limit() {
    let deep = "[".repeat(100_000);
    assert_eq!(decode(&deep).diagnostics[0].kind.code(), "yaml-too-deep");
    let deep: String = (0..1_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    assert_eq!(decode(&deep).diagnostics[0].kind.code(), "yaml-too-deep");
}
