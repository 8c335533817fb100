//! The JSON Schema of `column.yaml`.

use serde_json::Value;

use super::shape::ColumnShape;
use crate::yaml;

/// The schema of `column.yaml`: Chinese keys and descriptions included.
pub fn schema() -> Value {
    let required: [(&str, &[&str]); 8] = [
        ("", &["title", "sections"]),
        ("SectionShape", &["folder", "title"]),
        ("UnitShape", &["name"]),
        ("PhaseShape", &["name", "start", "end"]),
        ("LinkShape", &["title", "link"]),
        ("PoliceShape", &["number"]),
        ("BookletShape", &["title"]),
        ("BookletPartShape", &["title"]),
    ];
    yaml::schema::<ColumnShape>("column.yaml", &required)
}
