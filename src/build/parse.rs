//! The Markdown files below `content/`, parsed or remembered.

use std::sync::Arc;

use rayon::prelude::*;

use super::memory::Memory;
use super::{Observer, Span, observer as stages};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{self, Document};
use crate::lint;
use crate::memo::{Key, KeyBuilder, ValueKind};
use crate::path::SourcePath;
use crate::source::{Source, SourceTree, Text};

/// The documents of neighbouring files.
#[derive(Debug, Default)]
pub(super) struct ParsedRun {
    documents: Vec<Arc<Document>>,
    diagnostics: Vec<Diagnostic>,
    /// As they are remembered, each for itself.
    _each: Vec<Arc<Checked<Arc<Document>>>>,
}

/// A run ends where a path says so: one in this many does. So a file that
/// comes or goes moves no limit but those beside it.
const RUN: u64 = 64;

/// The longest run.
const LONGEST: usize = 256;

type File<'t> = (&'t SourcePath, &'t Source);

/// Every document, by path, with what was noticed in its file.
pub(super) fn parse_all(
    tree: &SourceTree,
    config: &Config,
    memory: &Memory,
    observer: &dyn Observer,
    found: &mut Vec<Diagnostic>,
) -> Vec<Arc<Document>> {
    let options = Arc::new(document::Options::new(config));
    let rules = lint::Options::new(config);
    let key = Key::hash_parts([options.key().as_bytes().as_slice(), rules.key().as_bytes()]);
    let parser = Parser { options, rules, key, memory, tree };
    let sources: Vec<File<'_>> = tree.under("content").collect();
    observer.planned(stages::Stage::Parse, sources.len());
    let run = |files: &[File<'_>]| {
        let _span = Span::new(observer, stages::Stage::Parse, files.len());
        parser.run(files)
    };
    let runs: Vec<Arc<ParsedRun>> = runs(&sources).into_par_iter().map(run).collect();
    for run in &runs {
        found.extend(run.diagnostics.iter().cloned());
    }
    runs.par_iter().flat_map_iter(|run| run.documents.iter().cloned()).collect()
}

/// Cuts files, which are sorted by path, into runs.
fn runs<'f, 't>(files: &'f [File<'t>]) -> Vec<&'f [File<'t>]> {
    let mut length = 0;
    let together = |_: &File<'_>, (path, _): &File<'_>| {
        length += 1;
        let ends = length == LONGEST || fnv(path.as_str()).is_multiple_of(RUN);
        if ends {
            length = 0;
        }
        !ends
    };
    files.chunk_by(together).collect()
}

/// A quick hash (FNV-1a): where runs end changes nothing but the time taken.
fn fnv(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

struct Parser<'p> {
    options: Arc<document::Options>,
    rules: lint::Options,
    /// The key of both.
    key: Key,
    memory: &'p Memory,
    tree: &'p SourceTree,
}

impl Parser<'_> {
    fn run(&self, files: &[File<'_>]) -> Arc<ParsedRun> {
        let mut parts = KeyBuilder::with_capacity(80 * files.len() + 16);
        parts.key(self.key);
        for (path, source) in files {
            parts.text(path.as_str());
            parts.key(source.key);
            // The same bytes are a document or a file to be copied, by where
            // they lie; and they may be absent.
            parts.bool(self.tree.has_text(source));
        }
        self.memory.runs.get_or(parts.finish(), || {
            let each: Vec<_> =
                files.iter().filter_map(|(path, source)| self.document(path, source)).collect();
            ParsedRun {
                documents: each.iter().map(|document| Arc::clone(&document.value)).collect(),
                diagnostics: each.iter().flat_map(|document| document.diagnostics.iter().cloned()).collect(),
                _each: each,
            }
        })
    }

    fn document(&self, path: &SourcePath, source: &Source) -> Option<Arc<Checked<Arc<Document>>>> {
        let text = self.tree.text(path, source).filter(|_| document::is_document(path))?;
        let parts = [path.as_str().as_bytes(), source.key.as_bytes(), self.key.as_bytes()];
        let key = Key::hash_parts(parts.map(<[u8]>::as_ref));
        Some(self.memory.documents.get_or_recall(
            key,
            || self.recall(key, text.clone()),
            || self.parse(path, &text.bytes(), key),
        ))
    }

    /// The document as another process left it. One with findings is parsed
    /// again: they are words about its text.
    fn recall(&self, key: Key, text: Text) -> Option<Checked<Arc<Document>>> {
        let kept = self.memory.store.get(ValueKind::Document, key)?;
        let document = document::recalled(&kept, key, text, &self.options)?;
        Some(Checked::clean(Arc::new(document)))
    }

    fn parse(&self, path: &SourcePath, bytes: &[u8], key: Key) -> Checked<Arc<Document>> {
        let mut parsed = document::parse(path, bytes, key, &self.options);
        let text = document::decoded(bytes);
        parsed.diagnostics.extend(lint::document(&parsed.value, &text, &self.rules));
        if parsed.diagnostics.is_empty()
            && let Some(short) = document::shortened(&parsed.value)
        {
            self.memory.store.put(ValueKind::Document, key, short);
        }
        parsed.map(Arc::new)
    }
}
