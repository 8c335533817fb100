//! The label that content made by AI carries in its metadata: its implicit
//! label of GB 45438-2025, annex E.
//!
//! It is one JSON object of at most seven keys with strings of printable
//! ASCII. Files hold it in many places, and `AIGC:` in an article's front
//! matter holds it too; here it is read from text, whoever found that text.
//!
//! **Invariant:** a label that was read holds these keys only and is at most
//! [`LONGEST`] bytes long, so that copying it can carry nothing else out.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;

/// The longest label, in bytes; two signatures and three names take some 600.
pub const LONGEST: usize = 4096;

/// The keys of a label, in the standard's order. The first three are required.
pub const KEYS: [&str; 7] = [
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
];

/// What a label says of the content (GB 45438-2025, annex E: `Label`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum AiLevel {
    /// 1: it was made by AI.
    Made,
    /// 2: it may have been.
    Possible,
    /// 3: it is suspected to have been.
    Suspected,
}

impl AiLevel {
    /// The notice that readers see by it (标识办法, articles 5 and 6).
    pub fn notice(self) -> &'static str {
        match self {
            Self::Made => "AI 生成",
            Self::Possible => "可能由 AI 生成",
            Self::Suspected => "疑似 AI 生成",
        }
    }

    /// The value of `Label`.
    pub fn code(self) -> char {
        match self {
            Self::Made => '1',
            Self::Possible => '2',
            Self::Suspected => '3',
        }
    }

    /// Reads [`AiLevel::code`]; `AIGC` in place of a number is written by some
    /// tools, and means 1.
    pub fn from_code(text: &str) -> Option<Self> {
        Some(match text {
            "1" | "AIGC" => Self::Made,
            "2" => Self::Possible,
            "3" => Self::Suspected,
            _ => return None,
        })
    }
}

/// A label that may be copied.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AiLabel {
    /// What it says.
    pub level: AiLevel,
    /// `ContentProducer`: a name or code, printable ASCII; may be empty.
    pub producer: String,
    /// `ProduceID`: the content's number; may be empty.
    pub number: String,
    json: String,
}

/// Why a label that is there can't be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BadLabel {
    /// It is longer than [`LONGEST`].
    TooLong,
    /// It is no JSON object of strings.
    NotJson,
    /// It has keys besides [`KEYS`], or one twice.
    OtherKeys,
    /// `Label` is none of 1, 2, 3, or a value is not printable ASCII.
    BadValue,
}

impl AiLabel {
    /// Reads the text of a label: the object itself, or an object `AIGC` that
    /// holds it (annex B); quotes may be escaped as in HTML.
    ///
    /// # Errors
    /// Why it can't be copied.
    pub fn read(text: &str) -> Result<Self, BadLabel> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        if text.len() > LONGEST {
            return Err(BadLabel::TooLong);
        }
        let text = text.replace("&quot;", "\"").replace("&#34;", "\"");
        let outer: Object = serde_json::from_str(&text).map_err(|_| BadLabel::NotJson)?;
        match outer.0.as_slice() {
            [(name, Value::Object(_) | Value::String(_))] if name == "AIGC" => {
                let inner = serde_json::from_str::<Wrapper>(&text).map_err(|_| BadLabel::NotJson)?;
                Self::from_pairs(inner.0.0, None)
            }
            _ => Self::from_pairs(outer.0, Some(text)),
        }
    }

    /// A label of pairs; written again where `text` does not hold it as it is.
    fn from_pairs(pairs: Vec<(String, Value)>, text: Option<String>) -> Result<Self, BadLabel> {
        let mut values = BTreeMap::new();
        for (key, value) in pairs {
            let at = KEYS.iter().position(|known| *known == key).ok_or(BadLabel::OtherKeys)?;
            let value = match value {
                Value::String(value) => value,
                // Some tools write `"Label": 1`.
                Value::Number(number) if at == 0 => number.to_string(),
                _ => return Err(BadLabel::BadValue),
            };
            if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(BadLabel::BadValue);
            }
            if values.insert(at, value).is_some() {
                return Err(BadLabel::OtherKeys);
            }
        }
        let value = |at: usize| values.get(&at).cloned().unwrap_or_default();
        let level = AiLevel::from_code(&value(0)).ok_or(BadLabel::BadValue)?;
        let json = text.unwrap_or_else(|| written(&values));
        Ok(Self { level, producer: value(1), number: value(2), json })
    }

    /// A label of values by key, as front matter has them.
    ///
    /// # Errors
    /// As [`AiLabel::read`].
    pub fn from_values(values: Vec<(String, String)>) -> Result<Self, BadLabel> {
        let pairs = values.into_iter().map(|(key, value)| (key, Value::String(value))).collect();
        let label = Self::from_pairs(pairs, None)?;
        if label.json.len() > LONGEST { Err(BadLabel::TooLong) } else { Ok(label) }
    }

    /// The label as JSON: as it was, where it stood by itself.
    pub fn json(&self) -> &str {
        &self.json
    }
}

fn written(values: &BTreeMap<usize, String>) -> String {
    let pair = |(at, value): (&usize, &String)| {
        let key = KEYS.get(*at)?;
        Some(format!("{}:{}", Value::from(*key), Value::from(value.as_str())))
    };
    format!("{{{}}}", values.iter().filter_map(pair).collect::<Vec<_>>().join(","))
}

/// What `text` says of itself though it can't be copied: by its `Label` where
/// that can be found, else it is only suspected.
pub fn level_of_bad(text: &str) -> AiLevel {
    let plain = text.replace("&quot;", "\"").replace("&#34;", "\"");
    let after = plain.split_once("\"Label\"").map(|(_, after)| after);
    let value = after.and_then(|after| {
        let after = after.trim_start().strip_prefix(':')?.trim_start().trim_start_matches('"');
        let end = after.find(|c: char| !c.is_ascii_alphanumeric())?;
        AiLevel::from_code(after.get(..end)?)
    });
    value.unwrap_or(AiLevel::Suspected)
}

/// The pairs of an object in their order, those of one key too: a map would
/// hide what stands behind another.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// `{"AIGC": {…}}`, or with the object as a string.
struct Wrapper(Object);

impl<'de> Deserialize<'de> for Wrapper {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Inner {
            Object(Object),
            Text(String),
        }
        #[derive(serde::Deserialize)]
        struct Shape {
            #[serde(rename = "AIGC")]
            inner: Inner,
        }
        match Shape::deserialize(deserializer)?.inner {
            Inner::Object(object) => Ok(Self(object)),
            Inner::Text(text) => serde_json::from_str(&text).map(Self).map_err(D::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = r#"{"Label":"1","ContentProducer":"001191000000000000000000001","ProduceID":"demo-0001","ReservedCode1":"","ContentPropagator":"001191000000000000000000002","PropagateID":"demo-0002","ReservedCode2":""}"#;

    #[test]
    fn a_label_is_read_wherever_tools_put_it() {
        let check = |text: &str, level: AiLevel, json: Option<&str>| {
            let label = AiLabel::read(text).unwrap_or_else(|bad| panic!("{text}: {bad:?}"));
            assert_eq!(label.level, level, "{text}");
            assert_eq!(label.json(), json.unwrap_or(text), "{text}");
        };
        check(PLAIN, AiLevel::Made, None);
        check(&format!("{{\"AIGC\":{PLAIN}}}"), AiLevel::Made, Some(PLAIN));
        check(&PLAIN.replace('"', "&quot;"), AiLevel::Made, Some(PLAIN));
        check(&format!("\0 {PLAIN}\n"), AiLevel::Made, Some(PLAIN));
        check(r#"{ "Label" : "2" }"#, AiLevel::Possible, None);
        check(r#"{"Label":"3"}"#, AiLevel::Suspected, None);
        check(r#"{"Label":"AIGC"}"#, AiLevel::Made, None);
        check(r#"{"AIGC":"{\"Label\":\"1\"}"}"#, AiLevel::Made, Some(r#"{"Label":"1"}"#));
    }

    #[test]
    fn a_label_carries_nothing_else() {
        let check = |text: &str, bad| assert_eq!(AiLabel::read(text), Err(bad), "{text}");
        check(r#"{"Label":"1","Author":"ZhangSan"}"#, BadLabel::OtherKeys);
        check(r#"{"Label":"1","Label":"2"}"#, BadLabel::OtherKeys);
        check(r#"{"Label":"1","ContentProducer":"某某公司"}"#, BadLabel::BadValue);
        check(r#"{"Label":"1","ProduceID":"a b"}"#, BadLabel::BadValue);
        check(r#"{"Label":"1","ProduceID":{"a":"b"}}"#, BadLabel::BadValue);
        check(r#"{"Label":"4"}"#, BadLabel::BadValue);
        check(r#"{"ProduceID":"1"}"#, BadLabel::BadValue);
        check("AI生成", BadLabel::NotJson);
        check("[1]", BadLabel::NotJson);
        check(&format!(r#"{{"Label":"1","ReservedCode1":"{}"}}"#, "A".repeat(LONGEST)), BadLabel::TooLong);
    }

    #[test]
    fn what_can_not_be_copied_is_still_a_sign() {
        assert_eq!(level_of_bad(r#"{"Label": "1", "Author": "x"}"#), AiLevel::Made);
        assert_eq!(level_of_bad("&quot;Label&quot;:&quot;2&quot;,x"), AiLevel::Possible);
        assert_eq!(level_of_bad("made by a machine"), AiLevel::Suspected);
    }
}
