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
    #![proptest_config(crate::property::cases(256))]

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

/// Values that JSON can write, and so YAML can.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let text = || string_regex("[a-z标题：，“”:#\\-\\[\\]{},&*!|>'\"%@ \\\\0-9.]{0,8}").expect("a class");
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i32>().prop_map(serde_json::Value::from),
        (-1000_i32..1000).prop_map(|n| serde_json::Value::from(f64::from(n) / 8.0)),
        text().prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            proptest::collection::btree_map(text(), inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The value of `text` by both decoders.
fn both(text: &str) -> (Checked<serde_json::Value>, serde_json::Value) {
    let ours = yaml::decode(Fragment { path: &path(), text, offset: 0 });
    (ours, serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}")))
}

/// `value` as block YAML, scalars as JSON.
fn block(value: &serde_json::Value, indent: usize) -> String {
    let pad = " ".repeat(indent);
    match value {
        serde_json::Value::Object(map) if !map.is_empty() => map
            .iter()
            .map(|(key, value)| format!("\n{pad}{}: {}", serde_json::json!(key), block(value, indent + 2)))
            .collect(),
        serde_json::Value::Array(items) if !items.is_empty() => {
            items.iter().map(|item| format!("\n{pad}- {}", block(item, indent + 2))).collect()
        }
        scalar => scalar.to_string(),
    }
}

proptest! {
    #![proptest_config(crate::property::cases(256))]

    /// What serde-saphyr reads, we read alike, in flow style and in block style.
    #[test]
    fn values_are_those_of_serde_saphyr(value in json()) {
        let value = serde_json::json!({ "a": value });
        for text in [value.to_string(), block(&value, 0)] {
            let (ours, theirs) = both(&text);
            let serious: Vec<_> =
                ours.diagnostics.iter().filter(|d| d.kind.code() != "full-width-comma").collect();
            prop_assert!(serious.is_empty(), "{serious:?}\n{text}");
            prop_assert_eq!(&ours.value, &theirs, "{}", text);
        }
    }
}

#[test]
fn hand_written_yaml_is_that_of_serde_saphyr() {
    let cases = [
        "a: b\nc: 1\nd: 1.5\ne: true\nf:\ng: ~\nh: null\n",
        "a: |\n  第一行\n  第二行\n\nb: >\n  折\n  行\nc: |-\n  去尾\nd: |+\n  留尾\n\n",
        "a: 'it''s'\nb: \"\\u4e2d\\n\"\nc: 多行\n  文字\n",
        "- a\n- - b\n  - c\n- d: e\n  f: g\n-\n",
        "a: &x [1, 2]\nb: *x\nc: {d: *x, e: &y f}\ng: *y\n",
        "? a\n: b\n\"q\": r # 注释\n# 注释\n",
        "a: 2021-03-08\nb: 09:40\nc: +1\nd: -0.5\ne: 1e3\nf: .5\ng: 是\n",
        "{a: [b, c, {d: e}], 'f': \"g\"}",
        "---\na: b\n",
        "a: !!str 1\n",
    ];
    for text in cases {
        let (ours, theirs) = both(text);
        assert_eq!(ours.diagnostics, [], "{text}");
        assert_eq!(ours.value, theirs, "{text}");
    }
}
