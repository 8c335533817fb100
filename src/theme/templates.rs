//! Templates, compiled, and what each depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Context, ErrorKind, ReportError, Tera};

use super::files::{File, Layer};
use super::linking::{Faults, link};
use crate::diagnostic::{Checked, Diagnostic, ThemeFault};
use crate::memo::{Key, KeyBuilder};
use crate::path::SourcePath;
use crate::text::Span;
use crate::wording::Wording;

/// The templates of a theme and of the themes it extends.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// The key of each template and all that it can reach, by its plain name.
    keys: BTreeMap<String, Key>,
    /// The file of each template, by tera's name for it.
    files: BTreeMap<String, SourcePath>,
    /// The file of each template by its plain name: of the first theme that has it.
    places: BTreeMap<String, SourcePath>,
    /// Templates that can't be used, by their plain names: they or some that
    /// they reach have a fault, which was told.
    broken: BTreeSet<String>,
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

    /// The file of the template `name`, of the first theme of the chain that has it.
    pub fn file(&self, name: &str) -> Option<&SourcePath> {
        self.places.get(name)
    }

    /// Whether `name` has no key because of a fault that was told.
    pub fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(name)
    }

    /// Renders `context` by the template `name` and appends it to `out`.
    ///
    /// # Errors
    /// The place in a template that failed; `out` may then hold a part.
    pub fn render(&self, name: &str, context: &Context, out: &mut Vec<u8>) -> Result<(), RenderFault> {
        self.tera.render_to(name, context, out).map_err(|error| self.fault(name, &error))
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

pub(super) fn span_of(report: &ReportError) -> Span {
    Span::new(report.span().range.start, report.span().range.end)
}

/// The key of all that [`compile`] reads.
pub(super) fn key(layers: &[Layer], folder: &str, wording: &Wording) -> Key {
    let mut parts = KeyBuilder::default();
    parts.text(folder);
    parts.key(wording.key());
    parts.count(layers.len());
    for layer in layers {
        parts.text(&layer.name);
        let own = layer.files.iter().filter(|(name, _)| name.starts_with(folder));
        parts.count(own.clone().count());
        for (name, file) in own {
            parts.text(name);
            parts.text(file.path.as_str());
            parts.key(Key::hash(&file.bytes));
        }
    }
    parts.finish()
}

/// Compiles the templates of the chain that lie in `folder`, which ends in `/`;
/// the first layer's win.
///
/// Templates with a fault are left out, and those that reach them: so a fault
/// is told once, and not of every page.
pub(super) fn compile(layers: &[Layer], folder: &str, wording: &Arc<Wording>) -> Checked<Arc<Templates>> {
    let mut found = Vec::new();
    let (mut files, mut places) = (BTreeMap::new(), BTreeMap::new());
    let mut broken = BTreeSet::new();
    let mut sources: Vec<(String, String)> = Vec::new();
    for layer in layers {
        for (name, file) in &layer.files {
            let Some(plain) = name.strip_prefix(folder) else { continue };
            let full = format!("{}/{plain}", layer.name);
            files.insert(full.clone(), file.path.clone());
            places.entry(plain.to_owned()).or_insert_with(|| file.path.clone());
            if let Some(fault) = syntax_fault(&full, file) {
                found.push(fault);
                broken.insert(full.clone());
            }
            sources.push((full, file.text().into_owned()));
        }
    }
    let texts = Texts::new(layers, &sources);
    let paths = (&files, sources.as_slice());
    let tera = link_sound(layers, wording, &texts, paths, &mut broken).keep(&mut found);
    let mut keys = texts.keys(wording.key());
    let is_broken = |plain: &str| texts.resolve(plain).is_some_and(|full| broken.contains(full));
    let broken: BTreeSet<String> = keys.keys().filter(|plain| is_broken(plain)).cloned().collect();
    keys.retain(|plain, _| !broken.contains(plain));
    Checked { value: Arc::new(Templates { tera, keys, files, places, broken }), diagnostics: found }
}

/// Links the templates that are not `broken`; those with a fault join them, until
/// the others can be linked.
fn link_sound(
    layers: &[Layer],
    wording: &Arc<Wording>,
    texts: &Texts<'_>,
    (files, sources): (&BTreeMap<String, SourcePath>, &[(String, String)]),
    broken: &mut BTreeSet<String>,
) -> Checked<Tera> {
    let mut found = Vec::new();
    loop {
        texts.spread(broken);
        let sound = sources.iter().filter(|(full, _)| !broken.contains(full));
        let error = match link(layers, wording, sound) {
            Ok(value) => return Checked { value, diagnostics: found },
            Err(error) => error,
        };
        let faults = Faults::of(&error, files, sources);
        found.extend(faults.found);
        let before = broken.len();
        broken.extend(faults.templates);
        if broken.len() == before {
            // Nobody knows which one it is.
            broken.extend(files.keys().cloned());
            return Checked { value: Tera::default(), diagnostics: found };
        }
    }
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

/// The text of every template by its full name, and how templates name each
/// other.
struct Texts<'t> {
    layers: &'t [Layer],
    by_name: BTreeMap<&'t str, &'t str>,
    /// Those that define components: any template may call them.
    components: BTreeSet<&'t str>,
}

impl<'t> Texts<'t> {
    fn new(layers: &'t [Layer], sources: &'t [(String, String)]) -> Self {
        let by_name: BTreeMap<&str, &str> = sources.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let defines = |(name, text): (&&'t str, &&str)| text.contains("{% component ").then_some(*name);
        let components = by_name.iter().filter_map(defines).collect();
        Self { layers, by_name, components }
    }

    /// The full name of what is meant by `name`.
    fn resolve(&self, name: &str) -> Option<&'t str> {
        let full = |name: &str| self.by_name.get_key_value(name).map(|(full, _)| *full);
        full(name).or_else(|| self.layers.iter().find_map(|layer| full(&format!("{}/{name}", layer.name))))
    }

    fn text(&self, full: &str) -> &'t str {
        self.by_name.get(full).copied().unwrap_or_default()
    }

    /// The template `start` and all that it can reach.
    fn reached(&self, start: &'t str) -> BTreeSet<&'t str> {
        let mut reached = self.components.clone();
        let mut todo = vec![start];
        while let Some(name) = todo.pop() {
            if reached.insert(name) || name == start {
                let named = mentioned(self.text(name)).filter_map(|name| self.resolve(name));
                todo.extend(named.filter(|name| !reached.contains(name) && *name != start));
            }
        }
        reached
    }

    /// Adds to the `broken` those that reach one of them.
    fn spread(&self, broken: &mut BTreeSet<String>) {
        if broken.is_empty() {
            return;
        }
        for full in self.by_name.keys() {
            if self.reached(full).iter().any(|name| broken.contains(*name)) {
                broken.insert((*full).to_owned());
            }
        }
    }

    /// Each template's key: its own text, those it extends or includes, and
    /// every file that defines components, and the words.
    fn keys(&self, wording: Key) -> BTreeMap<String, Key> {
        let mut keys = BTreeMap::new();
        for full in self.by_name.keys() {
            let plain = full.split_once('/').map_or(*full, |(_, plain)| plain);
            if keys.contains_key(plain) {
                continue;
            }
            let Some(start) = self.resolve(plain) else { continue };
            let reached = self.reached(start);
            let parts = reached.iter().flat_map(|name| [name.as_bytes(), self.text(name).as_bytes()]);
            let parts = std::iter::once(&wording.as_bytes()[..]).chain(parts);
            keys.insert(plain.to_owned(), Key::hash_parts(parts));
        }
        keys
    }
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
