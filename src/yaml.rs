//! YAML into types: every fault at once, each at its own place.
//!
//! Used for `column.yaml`, front matter, data blocks and `theme.yaml`. The
//! shapes are plain serde types whose fields are `Option<At<…>>` where the
//! place matters, and the types of this room ([`OneOrMany`], [`TextOr`],
//! [`Entries`], [`Day`], [`When`]); each room turns its shape into its checked
//! model. Derive `Default` and write
//! `#[serde(default, deny_unknown_fields)]` over a shape, but never `flatten`
//! or `untagged`, which lose places.
//!
//! How it works: the text is parsed once into a tree of nodes with places
//! (`tree`); where an editor's slip keeps it from being parsed, the slip is
//! reported, mended in a copy and parsed again (`mend`). The tree is decoded
//! by serde, which stops at its first fault; the entry at fault is hidden and
//! the tree decoded again (`shape`). Keys go through one table of Chinese
//! names (`names`), which the JSON Schemas read too.
//!
//! **Invariant:** decoding ends, never panics, and every place lies inside the
//! fragment, whatever the bytes.

mod fix;
mod mend;
mod moment;
mod names;
mod schema;
mod shape;
mod suspect;
mod tree;
mod vocabulary;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Checked, Diagnostic, YamlFault};
use crate::path::SourcePath;
use crate::text::Span;

pub use moment::{Period, When, moment};
pub use names::{chinese, english, is_known as is_known_key, is_role};
pub use schema::schema;
pub use shape::fields;
pub use vocabulary::{Day, Entries, OneOrMany, TextOr, TextsOr};

use mend::Mended;
use shape::Cursor;
use tree::{Content, Stop, Tree};

/// A piece of YAML that stands in a file.
#[derive(Debug, Clone, Copy)]
pub struct Fragment<'t> {
    /// The file.
    pub path: &'t SourcePath,
    /// The YAML itself, without fences.
    pub text: &'t str,
    /// The byte of the file at which `text` begins.
    pub offset: usize,
}

/// How many slips of one fragment are mended: each costs another parse.
const MAX_SLIPS: usize = 32;

/// How many faults of one fragment are reported.
const MAX_FAULTS: usize = 50;

/// Decodes a fragment into a shape, reporting every fault.
///
/// A key without a value counts as absent, and so does one whose value is
/// wrong. An empty fragment gives the default.
pub fn decode<T: DeserializeOwned + Default>(fragment: Fragment<'_>) -> Checked<T> {
    let mut found = Vec::new();
    let value = read(fragment).keep(&mut found).decode().keep(&mut found);
    Checked { value, diagnostics: found }
}

/// A fragment that was parsed but not yet decoded.
#[derive(Debug)]
pub struct Parsed {
    path: SourcePath,
    tree: Tree,
    /// The fragment, for what would mend a fault of a value, and where it begins.
    text: String,
    offset: usize,
}

/// Parses a fragment, reporting what is wrong with its YAML.
pub fn read(fragment: Fragment<'_>) -> Checked<Parsed> {
    let mut faults = Vec::new();
    let ends = mend::document_ends(fragment.text);
    let mut advice = Vec::new();
    let mut tree = match Tree::read(fragment.text) {
        Ok(tree) if tree.is_sound() && ends.is_empty() => {
            faults.extend(suspect::look(&tree, fragment.text));
            split_at_commas(fragment.text, tree)
        }
        first => read_mended(fragment.text, first, &ends, &mut faults, &mut advice),
    };
    faults.append(&mut tree.faults);
    tree.place(|span| span.shifted(fragment.offset));
    let at = |(fault, span): (YamlFault, Span)| {
        let edits = advice.iter().find(|(place, _)| *place == (fault.clone(), span)).map(|(_, edits)| edits);
        let fix = match edits {
            Some(edits) => Some(fix::advised(edits, fragment.offset)),
            None => fix::fix(&fault, span, fragment.text, fragment.offset),
        };
        Diagnostic::at(fragment.path, span.shifted(fragment.offset), fault).with_fix(fix)
    };
    let diagnostics = faults.into_iter().map(at).collect();
    let (path, text) = (fragment.path.clone(), fragment.text.to_owned());
    Checked { value: Parsed { path, tree, text, offset: fragment.offset }, diagnostics }
}

/// A fault with its place, and the edits that mend it.
type Advice = ((YamlFault, Span), Vec<(Span, String)>);

/// Reads a text that has slips: mends a copy at each slip, and reads again.
fn read_mended(
    text: &str,
    first: Result<Tree, Stop>,
    ends: &[mend::Slip],
    faults: &mut Vec<(YamlFault, Span)>,
    advice: &mut Vec<Advice>,
) -> Tree {
    let mut mended = Mended::without(text, ends);
    faults.extend(ends.iter().map(|slip| (slip.fault.clone(), slip.span)));
    let mut result = if ends.is_empty() { first } else { Tree::read(mended.text()) };
    for _ in 0..MAX_SLIPS {
        let slip = match result {
            Ok(tree) if tree.is_sound() => {
                let suspects = suspect::look(&tree, mended.text());
                faults.extend(suspects.into_iter().map(|(fault, span)| (fault, mended.source(span))));
                let mut tree = split_at_commas(mended.text(), tree);
                tree.place(|span| mended.source(span));
                return tree;
            }
            Ok(tree) => mend::not_a_group(mended.text(), tree.root_span()),
            Err(stop) => mend::slip(mended.text(), &stop),
        };
        let place = (slip.fault.clone(), mended.source(slip.span));
        let again = faults.contains(&place);
        if let Some(edits) = mended.advice(&slip).filter(|_| !again) {
            advice.push((place.clone(), edits));
        }
        let done = !again && mended.mend(&slip);
        faults.extend((!again).then_some(place));
        if !done {
            let rest = mend::left_out(mended.text(), slip.span.start as usize);
            if slip.fault == YamlFault::TooDeep || !mended.mend(&rest) {
                return Tree::default();
            }
        }
        result = Tree::read(mended.text());
    }
    faults.push((YamlFault::TooManyFaults { limit: MAX_SLIPS }, Span::new(0, 0)));
    Tree::default()
}

/// The tree with the items of `[甲，乙]` apart, as they were meant: what is
/// wrong with the comma has been said, and nothing is to follow from it. A
/// comma and two blanks are as long as the Chinese comma, so places stay.
fn split_at_commas(text: &str, mut tree: Tree) -> Tree {
    let mut copy = text.to_owned();
    for _ in 0..MAX_SLIPS {
        let commas = suspect::commas(&tree).into_iter().map(|span| span.start as usize..span.end as usize);
        // In a text over several lines a place may be another.
        let commas: Vec<_> =
            commas.filter(|comma| matches!(copy.get(comma.clone()), Some("，" | "、"))).collect();
        if commas.is_empty() {
            break;
        }
        for comma in commas {
            copy.replace_range(comma, ",  ");
        }
        match Tree::read(&copy) {
            Ok(next) if next.is_sound() => tree = next,
            _ => break,
        }
    }
    tree
}

impl Parsed {
    /// The keys of the outermost group that are among `fields` and have a value,
    /// right or wrong: their names there, and where they are written.
    pub fn keys(&self, fields: &[&'static str]) -> Vec<(String, Span)> {
        let mut keys: Vec<(String, Span)> = Vec::new();
        for (key, value) in self.tree.root_entries() {
            let Content::Scalar { text, .. } = self.tree.content(*key) else { continue };
            let Some(name) = names::english(text, fields) else { continue };
            if !self.tree.is_nothing(*value) && !keys.iter().any(|(known, _)| known == name) {
                keys.push((name.to_owned(), self.tree.span(*key)));
            }
        }
        keys
    }

    /// Decodes into a shape, reporting every value that does not fit.
    pub fn decode<T: DeserializeOwned + Default>(&self) -> Checked<T> {
        let mut found: Vec<Diagnostic> = Vec::new();
        let Some(root) = self.tree.root() else { return Checked::clean(T::default()) };
        let mut hidden = vec![false; self.tree.len()];
        let value = loop {
            let trouble = match T::deserialize(Cursor { tree: &self.tree, hidden: &hidden, id: root }) {
                Ok(value) => break value,
                Err(trouble) => trouble,
            };
            let span = trouble.span.unwrap_or_else(|| self.tree.span(root));
            let fault = trouble.fault.map_or(YamlFault::Refused, |fault| *fault);
            let own = |at: u32| (at as usize).saturating_sub(self.offset);
            let own = Span::new(own(span.start), own(span.end));
            let fix = fix::of_value(&fault, own, &self.text, self.offset);
            let mut diagnostic = Diagnostic::at(&self.path, span, fault).with_fix(fix);
            if let Some(also) = trouble.also {
                diagnostic = diagnostic.and(&self.path, Some(also));
            }
            found.push(diagnostic);
            let hide = trouble.hide.and_then(|id| hidden.get_mut(id)).filter(|hidden| !**hidden);
            let Some(hide) = hide else { break T::default() };
            *hide = true;
            if found.len() >= MAX_FAULTS {
                let fault = YamlFault::TooManyFaults { limit: MAX_FAULTS };
                found.push(Diagnostic::at(&self.path, span, fault));
                break T::default();
            }
        };
        found.sort();
        Checked { value, diagnostics: found }
    }
}
