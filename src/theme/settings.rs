//! The column's settings held against the theme's schema.

use std::collections::BTreeMap;

use serde_json::Value;

use super::files::Layer;
use super::manifest::{Setting, SettingKind};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, ThemeFault, nearest};

/// The defaults of the chain (a child's over its parent's), and the column's
/// `settings` over them.
pub(super) fn resolve(layers: &[Layer], config: &Config) -> Checked<Value> {
    let mut found = Vec::new();
    let mut schema: BTreeMap<&str, &Setting> = BTreeMap::new();
    for layer in layers.iter().rev() {
        schema.extend(layer.manifest.settings.iter().map(|(name, setting)| (name.as_str(), setting)));
    }
    let mut values: serde_json::Map<String, Value> =
        schema.iter().map(|(name, setting)| ((*name).to_owned(), setting.default.clone())).collect();
    for (name, value) in &config.settings {
        let span = config.settings_span.get(name).copied().unwrap_or_default();
        let Some(setting) = schema.get(name.as_str()) else {
            let near = nearest(name, schema.keys().copied()).map(str::to_owned);
            let fault = ThemeFault::UnknownSetting { name: name.clone(), near };
            found.push(Diagnostic::at(&super::config_path(), span, fault));
            continue;
        };
        if let Err(expected) = accepts(setting, value) {
            let fault = ThemeFault::WrongSetting { name: name.clone(), expected };
            found.push(Diagnostic::at(&super::config_path(), span, fault));
            continue;
        }
        values.insert(name.clone(), value.clone());
    }
    Checked { value: Value::Object(values), diagnostics: found }
}

/// Whether `value` is what the setting may be; otherwise what it may be: the
/// schema's word for the type, or the choices.
fn accepts(setting: &Setting, value: &Value) -> Result<(), String> {
    let chosen = |text: &Value| {
        text.as_str()
            .is_some_and(|text| setting.choices.is_empty() || setting.choices.iter().any(|c| c == text))
    };
    let (right, word) = match setting.kind {
        SettingKind::Text => (value.is_string(), "text"),
        SettingKind::Number => (value.is_number(), "number"),
        SettingKind::YesNo => (value.is_boolean(), "yes-no"),
        SettingKind::Choice => (chosen(value), "choice"),
        SettingKind::List => (value.as_array().is_some_and(|list| list.iter().all(chosen)), "list"),
    };
    match (right, setting.choices.is_empty()) {
        (true, _) => Ok(()),
        (false, true) => Err(word.to_owned()),
        (false, false) => Err(setting.choices.join(", ")),
    }
}
