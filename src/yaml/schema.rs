//! JSON Schemas of shapes, with every Chinese key beside its English one.
//!
//! schemars knows the types and their doc comments; the Chinese names come from
//! the same table that decoding uses, so the two can't differ.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::names;

/// The schema (JSON Schema draft 7, which editors' YAML plug-ins read best) of
/// the shape `T`. `required` are the English keys that must be there, under
/// either name, by the name of the shape they stand in; `""` is `T` itself.
pub fn schema<T: JsonSchema>(title: &str, required: &[(&str, &[&str])]) -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value();
    add_chinese(&mut schema);
    for (shape, keys) in required {
        let place = if shape.is_empty() { String::new() } else { format!("/definitions/{shape}") };
        if let Some(shape) = schema.pointer_mut(&place) {
            require(shape, keys);
        }
    }
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".into(), title.into());
    }
    schema
}

/// Demands each of `keys`, under any of its names.
fn require(schema: &mut Value, keys: &[&str]) {
    let fields = keys_of(schema);
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let either_name = |key: &&str| {
        let names = std::iter::once(*key).chain(names::chinese(key, &fields));
        json!({ "anyOf": names.map(|name| json!({ "required": [name] })).collect::<Vec<_>>() })
    };
    let all: Vec<Value> = keys.iter().map(either_name).collect();
    if let Some(object) = schema.as_object_mut() {
        object.insert("allOf".into(), all.into());
    }
}

/// The English keys of a shape.
fn keys_of(schema: &Value) -> Vec<String> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties
        .map(|properties| properties.keys().filter(|key| key.is_ascii()).cloned().collect())
        .unwrap_or_default()
}

/// Gives every property of every shape its Chinese names.
fn add_chinese(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get_mut("properties") {
                add_names(properties);
            }
            object.values_mut().for_each(add_chinese);
        }
        Value::Array(items) => items.iter_mut().for_each(add_chinese),
        _ => {}
    }
}

fn add_names(properties: &mut Map<String, Value>) {
    let keys: Vec<String> = properties.keys().cloned().collect();
    let fields: Vec<&str> = keys.iter().map(String::as_str).collect();
    for key in &fields {
        // A shape's default is "nothing given", which says nothing to an editor.
        let Some(property) = properties.get_mut(*key) else { continue };
        if let Some(object) = property.as_object_mut() {
            object.remove("default");
        }
        let property = property.clone();
        for name in names::chinese(key, &fields) {
            properties.insert(name.to_owned(), property.clone());
        }
    }
}
