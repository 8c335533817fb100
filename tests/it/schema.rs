//! The JSON Schemas: every key in both languages, and the sample fits them.

use std::collections::BTreeSet;

use serde_json::Value;
use zhuanlan::config::{self, FRONT_KEYS, Kind};
use zhuanlan::markdown::{BlockName, block_schema};
use zhuanlan::{document, yaml};

fn properties(schema: &Value) -> BTreeSet<String> {
    schema["properties"].as_object().expect("properties").keys().cloned().collect()
}

/// Each shape in `schema`: itself and its definitions.
fn shapes(schema: &Value) -> Vec<(&str, &Value)> {
    let definitions = schema["definitions"].as_object().expect("definitions");
    let inner = definitions.iter().map(|(name, shape)| (name.as_str(), shape));
    std::iter::once(("", schema)).chain(inner).collect()
}

fn all() -> Vec<Value> {
    let kinds = [Kind::Article, Kind::Story, Kind::Material, Kind::Page];
    let blocks =
        [BlockName::Gallery, BlockName::Timeline, BlockName::Ledger, BlockName::Figures, BlockName::Quiz];
    let front = kinds.map(document::schema).into_iter();
    std::iter::once(config::schema()).chain(front).chain(blocks.map(block_schema)).collect()
}

#[test]
fn every_key_has_a_chinese_name_and_a_description() {
    for schema in all() {
        // A choice among words has no keys.
        let keyed = |(_, schema): &(&str, &Value)| schema.get("properties").is_some();
        for (shape, schema) in shapes(&schema).into_iter().filter(keyed) {
            let names = properties(schema);
            let fields: Vec<&str> = names.iter().filter(|name| name.is_ascii()).map(String::as_str).collect();
            // `AIGC` is the Chinese name of a key too.
            let named: Vec<&str> = fields.iter().flat_map(|field| yaml::chinese(field, &[field])).collect();
            let fields: Vec<&str> = fields.iter().copied().filter(|field| !named.contains(field)).collect();
            for field in &fields {
                let chinese = yaml::chinese(field, &fields);
                assert!(!chinese.is_empty(), "`{field}` of `{shape}` has no Chinese name");
                assert!(chinese.iter().all(|name| names.contains(*name)), "{field}: {chinese:?}");
                let text = schema["properties"][field]["description"].as_str().unwrap_or_default();
                assert!(!text.is_ascii(), "`{field}` of `{shape}` is not described in Chinese: {text:?}");
            }
            assert_eq!(schema["additionalProperties"], false, "{shape}");
        }
    }
}

#[test]
fn front_matter_keys_are_those_that_sections_may_require() {
    let keys: BTreeSet<&str> = document::front_keys().iter().copied().collect();
    assert_eq!(keys, FRONT_KEYS.into_iter().collect());
}

#[test]
fn only_materials_have_the_keys_of_materials() {
    assert!(properties(&document::schema(Kind::Material)).contains("文号"));
    let article = properties(&document::schema(Kind::Article));
    assert!(article.contains("标题") && !article.contains("文号") && !article.contains("files"));
}

#[test]
fn title_and_sections_are_required_under_either_name() {
    let text = serde_json::to_string(&config::schema()["allOf"]).expect("JSON");
    for name in ["title", "标题", "sections", "栏目"] {
        assert!(text.contains(&format!(r#"["{name}"]"#)), "{text}");
    }
}

/// `docs/column-yaml*.md` are what `schema column --table` prints (BLESS=1 writes them anew), and every key has words
/// in both languages.
#[test]
fn the_reference_names_every_key() {
    use zhuanlan::diagnostic::Lang;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (lang, name) in [(Lang::Zh, "column-yaml.zh-CN.md"), (Lang::En, "column-yaml.md")] {
        let page = zhuanlan::config::reference(lang);
        assert!(!page.contains("|  |"), "a key without words:\n{page}");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(root.join(name), &page).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(root.join(name)).unwrap_or_default(),
            page,
            "{name} (BLESS=1 writes it)"
        );
    }
}
