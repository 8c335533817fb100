//! Templates, compiled, and what each depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Context, ErrorKind, ReportError, Tera};

use super::files::{File, Layer};
use crate::diagnostic::{Checked, Diagnostic, ThemeFault};
use crate::memo::{Key, Parts};
use crate::path::SourcePath;
use crate::text::Span;

/// The templates of a theme and of the themes it extends.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// The key of each template and all that it can reach, by its plain name.
    keys: BTreeMap<String, Key>,
    /// The file of each template, by tera's name for it.
    files: BTreeMap<String, SourcePath>,
}

/// Why a page could not be rendered: a place in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderFault {
    /// The template's file.
    pub path: SourcePath,
    /// The place in it, where known.
    pub span: Option<Span>,
    /// The engine's words.
    pub message: String,
}

impl Templates {
    /// The key of the template `name` and of everything it can reach; `None`
    /// where there is no such template.
    pub fn key(&self, name: &str) -> Option<Key> {
        self.keys.get(name).copied()
    }

    /// Renders `context` by the template `name`.
    ///
    /// # Errors
    /// The place in a template that failed.
    pub fn render(&self, name: &str, context: &Context, capacity: usize) -> Result<Vec<u8>, RenderFault> {
        let mut out = Vec::with_capacity(capacity);
        self.tera.render_to(name, context, &mut out).map(|()| out).map_err(|error| self.fault(name, &error))
    }

    fn fault(&self, name: &str, error: &tera::Error) -> RenderFault {
        let named = |name: &str| self.files.get(name).cloned().unwrap_or_else(super::config_path);
        match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => RenderFault {
                path: named(report.filename()),
                span: Some(span_of(report)),
                message: report.message().to_owned(),
            },
            other => RenderFault { path: named(name), span: None, message: other.to_string() },
        }
    }
}

fn span_of(report: &ReportError) -> Span {
    Span::new(report.span().range.start, report.span().range.end)
}

/// The key of all that [`compile`] reads.
pub(super) fn key(layers: &[Layer]) -> Key {
    let mut parts = Parts::default();
    parts.count(layers.len());
    for layer in layers {
        parts.text(&layer.name);
        let own = layer.files.iter().filter(|(name, _)| name.starts_with("templates/"));
        parts.count(own.clone().count());
        for (name, file) in own {
            parts.text(name);
            parts.text(file.path.as_str());
            parts.key(Key::of(&file.bytes));
        }
    }
    parts.finish()
}

/// Compiles the templates of the chain; the first layer's win.
pub(super) fn compile(layers: &[Layer]) -> Checked<Arc<Templates>> {
    let mut found = Vec::new();
    let mut tera = Tera::default();
    let prefixes: Vec<String> = layers.iter().map(|layer| format!("{}/", layer.name)).collect();
    // Fails only after the first template was added.
    let _ = tera.set_fallback_prefixes(prefixes);
    let mut sources: Vec<(String, String)> = Vec::new();
    let mut files = BTreeMap::new();
    for layer in layers {
        for (name, file) in &layer.files {
            let Some(plain) = name.strip_prefix("templates/") else { continue };
            let full = format!("{}/{plain}", layer.name);
            files.insert(full.clone(), file.path.clone());
            if let Some(fault) = syntax_fault(&full, file) {
                found.push(fault);
            } else {
                sources.push((full, file.text().into_owned()));
            }
        }
    }
    if let Err(error) = tera.add_raw_templates(sources.iter().map(|(name, text)| (name, text.as_str()))) {
        found.push(linking_fault(&error, &files));
    }
    let keys = keys(layers, &sources);
    Checked { value: Arc::new(Templates { tera, keys, files }), diagnostics: found }
}

/// The syntax error of one template; compiled alone, because only the first
/// error of a batch is given.
fn syntax_fault(name: &str, file: &File) -> Option<Diagnostic> {
    let error = Tera::default().add_raw_template(name, &file.text()).err()?;
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let fault = ThemeFault::Syntax { message: report.message().to_owned() };
            Some(Diagnostic::at(&file.path, span_of(report), fault))
        }
        // A parent, an include or a component that is in another file.
        _ => None,
    }
}

/// What is wrong between templates that are each right.
fn linking_fault(error: &tera::Error, files: &BTreeMap<String, SourcePath>) -> Diagnostic {
    let file = |name: &str| files.get(name).cloned().unwrap_or_else(super::config_path);
    let first = || files.values().next().cloned().unwrap_or_else(super::config_path);
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            let fault = ThemeFault::NoSuchTemplate { name: parent.clone() };
            Diagnostic::of_file(&file(current), fault)
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            Diagnostic::of_file(&file(tpl), ThemeFault::TemplateCycle)
        }
        ErrorKind::TemplateNotFound(name) => {
            Diagnostic::of_file(&first(), ThemeFault::NoSuchTemplate { name: name.clone() })
        }
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            let fault = ThemeFault::Syntax { message: report.message().to_owned() };
            Diagnostic::at(&file(report.filename()), span_of(report), fault)
        }
        other => Diagnostic::of_file(&first(), ThemeFault::Syntax { message: other.to_string() }),
    }
}

/// Each template's key: its own text, those it extends or includes, and every
/// file that defines components, since any template may call them.
fn keys(layers: &[Layer], sources: &[(String, String)]) -> BTreeMap<String, Key> {
    let by_name: BTreeMap<&str, &str> = sources.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let resolve = |name: &str| -> Option<&str> {
        let exact = by_name.get_key_value(name).map(|(full, _)| *full);
        exact.or_else(|| {
            layers.iter().find_map(|layer| {
                by_name.get_key_value(format!("{}/{name}", layer.name).as_str()).map(|(full, _)| *full)
            })
        })
    };
    let components: BTreeSet<&str> =
        by_name.iter().filter(|(_, text)| text.contains("{% component ")).map(|(name, _)| *name).collect();
    let mut keys = BTreeMap::new();
    for (full, _) in sources {
        let plain = full.split_once('/').map_or(full.as_str(), |(_, plain)| plain);
        if keys.contains_key(plain) {
            continue;
        }
        let Some(start) = resolve(plain) else { continue };
        let mut reached = components.clone();
        let mut todo = vec![start];
        while let Some(name) = todo.pop() {
            if reached.insert(name) || name == start {
                let text = by_name.get(name).copied().unwrap_or_default();
                todo.extend(mentioned(text).filter_map(resolve).filter(|n| !reached.contains(n)));
            }
        }
        let parts = reached
            .iter()
            .flat_map(|name| [name.as_bytes(), by_name.get(name).copied().unwrap_or_default().as_bytes()]);
        keys.insert(plain.to_owned(), Key::of_parts(parts));
    }
    keys
}

/// The names in `{% extends "…" %}` and `{% include "…" %}`.
fn mentioned(text: &str) -> impl Iterator<Item = &str> {
    ["extends", "include"].into_iter().flat_map(move |word| {
        text.split(word).skip(1).filter_map(|rest| {
            let rest = rest.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest.get(1..)?.split(quote).next()
        })
    })
}
