//! `theme.yaml`: what a theme says of itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::files::File;
use crate::diagnostic::Checked;
use crate::text::At;
use crate::yaml::{self, Fragment};

/// A checked `theme.yaml`.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The theme it builds on.
    pub(super) extends: Option<At<String>>,
    /// Stylesheets below `assets/`, in order; they become one bundle.
    pub(super) styles: Vec<At<String>>,
    /// Scripts below `assets/`, in order; they become one bundle too.
    pub(super) scripts: Vec<At<String>>,
    /// What may be set, by name.
    pub(super) settings: BTreeMap<String, Setting>,
}

/// One thing that a column may set.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting {
    /// What it may be.
    pub(super) kind: SettingKind,
    /// Its value where the column says nothing.
    pub(super) default: serde_json::Value,
    /// For a choice, or a list of choices: what may be chosen.
    pub(super) choices: Vec<String>,
}

/// What a setting may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SettingKind {
    /// Any text.
    #[default]
    Text,
    /// A number.
    Number,
    /// true or false.
    YesNo,
    /// One of `choices`.
    Choice,
    /// A list of texts, each one of `choices` where there are any.
    List,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Shape {
    name: Option<String>,
    version: Option<String>,
    description: Option<String>,
    extends: Option<At<String>>,
    styles: Option<Vec<At<String>>>,
    scripts: Option<Vec<At<String>>>,
    settings: Option<BTreeMap<String, SettingShape>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SettingShape {
    #[serde(rename = "type")]
    kind: Option<SettingKind>,
    default: Option<serde_json::Value>,
    description: Option<String>,
    choices: Option<Vec<String>>,
}

/// Reads a theme's `theme.yaml`; a theme without one has no settings.
pub(super) fn read(_theme: &str, file: Option<&File>) -> Checked<Manifest> {
    let Some(file) = file else { return Checked::clean(Manifest::default()) };
    let text = file.text();
    let fragment = Fragment { path: &file.path, text: &text, offset: 0 };
    let shape: Checked<Shape> = yaml::decode(fragment);
    shape.map(|shape| Manifest {
        extends: shape.extends,
        styles: shape.styles.unwrap_or_default(),
        scripts: shape.scripts.unwrap_or_default(),
        settings: shape
            .settings
            .unwrap_or_default()
            .into_iter()
            .map(|(name, s)| (name, setting(s)))
            .collect(),
    })
}

fn setting(shape: SettingShape) -> Setting {
    let kind = shape.kind.unwrap_or_default();
    let default = shape.default.unwrap_or_else(|| match kind {
        SettingKind::Text | SettingKind::Choice => serde_json::Value::String(String::new()),
        SettingKind::Number => serde_json::Value::from(0),
        SettingKind::YesNo => serde_json::Value::Bool(false),
        SettingKind::List => serde_json::Value::Array(Vec::new()),
    });
    Setting { kind, default, choices: shape.choices.unwrap_or_default() }
}
