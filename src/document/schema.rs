//! The JSON Schemas of front matter, one for each kind of piece.

use serde_json::Value;

use super::shape::FrontShape;
use crate::config::Kind;
use crate::yaml;

/// Keys that only study materials have.
const MATERIAL_ONLY: [&str; 5] = ["issuer", "number", "files", "version", "replaces"];

/// What must be there in the parts of front matter; of the whole, a section
/// says what it requires.
const REQUIRED: [(&str, &[&str]); 4] = [
    ("CoverShape", &["src"]),
    ("SourceShape", &["name"]),
    ("CorrectionShape", &["date", "text"]),
    ("FileShape", &["src"]),
];

/// The keys of front matter.
pub fn front_keys() -> &'static [&'static str] {
    yaml::fields::<FrontShape>()
}

/// The schema of the front matter of `kind`: Chinese keys and descriptions
/// included.
pub fn schema(kind: Kind) -> Value {
    let name = match kind {
        Kind::Article => "文章的文件头",
        Kind::Story => "图片故事的文件头",
        Kind::Material => "学习资料的文件头",
        Kind::Page => "单页的文件头",
    };
    let mut schema = yaml::schema::<FrontShape>(name, &REQUIRED);
    if kind != Kind::Material
        && let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut)
    {
        let fields = yaml::fields::<FrontShape>();
        for key in MATERIAL_ONLY {
            properties.remove(key);
            for chinese in yaml::chinese(key, fields) {
                properties.remove(chinese);
            }
        }
    }
    schema
}
