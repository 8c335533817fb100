//! Templates put together: what is wrong between some that are each right.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::files::Layer;
use super::templates::span_of;
use crate::diagnostic::{Diagnostic, ThemeFault};
use crate::path::SourcePath;
use crate::text::{LineIndex, Span};
use crate::wording::Wording;

/// The engine with these templates, by their full names.
pub(super) fn link<'t>(
    layers: &[Layer],
    wording: &Arc<Wording>,
    templates: impl Iterator<Item = &'t (String, String)>,
) -> Result<Tera, tera::Error> {
    let mut tera = Tera::default();
    super::filters::register(&mut tera, wording);
    let prefixes: Vec<String> = layers.iter().map(|layer| format!("{}/", layer.name)).collect();
    // Fails only after the first template was added.
    let _ = tera.set_fallback_prefixes(prefixes);
    tera.add_raw_templates(templates.map(|(name, text)| (name.as_str(), text.as_str())))?;
    Ok(tera)
}

/// What the engine says against some templates.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// Said once each.
    pub(super) found: Vec<Diagnostic>,
    /// The templates that it says it of, by their full names.
    pub(super) templates: BTreeSet<String>,
}

/// A place that the engine names only in words: ` --> gazette/term.html:9:10`.
struct Reported<'e> {
    message: &'e str,
    template: &'e str,
    line: u32,
    column: u32,
    /// How many characters are underlined.
    width: u32,
}

impl Faults {
    /// Of the templates whose `files` and texts are by their full names.
    pub(super) fn of(
        error: &tera::Error,
        files: &BTreeMap<String, SourcePath>,
        texts: &[(String, String)],
    ) -> Self {
        let mut faults = Self::default();
        let syntax = |message: &str| ThemeFault::Syntax { message: message.to_owned() };
        match error.kind() {
            ErrorKind::MissingParent { current, parent } => {
                faults.add(files, current, None, ThemeFault::NoSuchTemplate { name: parent.clone() });
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                faults.add(files, tpl, None, ThemeFault::TemplateCycle);
            }
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
                faults.add(files, report.filename(), Some(span_of(report)), syntax(report.message()));
            }
            other => {
                let said = other.to_string();
                let mut told = BTreeSet::new();
                for reported in reported(&said) {
                    faults.templates.insert(reported.template.to_owned());
                    // A parent's missing block is missed by each of its children.
                    if told.insert(reported.message) {
                        let text = texts.iter().find(|(full, _)| full == reported.template);
                        let span = text.map(|(_, text)| reported.span(text));
                        faults.add(files, reported.template, span, syntax(reported.message));
                    }
                }
                if told.is_empty() {
                    let named = files.keys().rfind(|full| said.contains(&format!("`{full}`")));
                    faults.add(files, named.map_or("", String::as_str), None, syntax(&said));
                }
            }
        }
        faults
    }

    /// A fault of the template `full`; of the theme as a whole where there is
    /// none of that name.
    fn add(
        &mut self,
        files: &BTreeMap<String, SourcePath>,
        full: &str,
        span: Option<Span>,
        fault: ThemeFault,
    ) {
        let Some(path) = files.get(full) else {
            self.found.push(Diagnostic::of_file(&super::config_path(), fault));
            return;
        };
        self.templates.insert(full.to_owned());
        self.found.push(match span {
            Some(span) => Diagnostic::at(path, span, fault),
            None => Diagnostic::of_file(path, fault),
        });
    }
}

/// The places in what the engine says of several templates at once.
fn reported(said: &str) -> Vec<Reported<'_>> {
    let mut all: Vec<Reported<'_>> = Vec::new();
    let mut message = None;
    for line in said.lines() {
        if let Some(begun) = line.strip_prefix("error: ") {
            message = Some(begun);
        } else if let (Some(place), Some(begun)) = (line.trim_start().strip_prefix("--> "), message) {
            let mut parts = place.rsplitn(3, ':');
            let column = parts.next().and_then(|n| n.parse().ok());
            let line = parts.next().and_then(|n| n.parse().ok());
            if let (Some(column), Some(line), Some(template)) = (column, line, parts.next()) {
                all.push(Reported { message: begun, template, line, column, width: 1 });
            }
            message = None;
        } else if let (Some(carets), Some(last)) = (line.rsplit(['|', ' ', '\t']).next(), all.last_mut())
            && !carets.is_empty()
            && carets.bytes().all(|byte| byte == b'^')
        {
            last.width = u32::try_from(carets.len()).unwrap_or(1);
        }
    }
    all
}

impl Reported<'_> {
    fn span(&self, text: &str) -> Span {
        let index = LineIndex::new(text);
        let start = index.offset(self.line, self.column);
        Span::new(start, index.offset(self.line, self.column + self.width))
    }
}
