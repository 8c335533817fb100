//! The definitions of footnotes, as far as they are known.

use std::collections::BTreeMap;

use crate::markdown::sink::{Sink, Slot};
use crate::text::Span;

/// The footnotes of a body.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Notes {
    /// Label → which definition. Labels don't tell case.
    labels: BTreeMap<String, usize>,
    pub(super) definitions: Vec<Definition>,
    /// What was being written when a definition began, and how long the plain
    /// text was.
    pub(super) outer: Vec<(Sink, usize)>,
}

/// A note, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Definition {
    pub(super) label: String,
    /// Where it is defined.
    pub(super) place: Option<Span>,
    /// Its text, once it was read.
    pub(super) sink: Option<Sink>,
    /// Its number, once readers met it.
    pub(super) number: Option<usize>,
    /// Its id, once it has a number.
    pub(super) id: String,
    /// The ids of the references to it.
    pub(super) references: Vec<String>,
}

impl Notes {
    pub(super) fn index(&mut self, label: &str) -> usize {
        let definitions = &mut self.definitions;
        *self.labels.entry(label.to_lowercase()).or_insert_with(|| {
            definitions.push(Definition { label: label.to_owned(), ..Definition::default() });
            definitions.len() - 1
        })
    }

    /// Numbers the notes that the slots of `sink` refer to, in order.
    pub(super) fn number(&mut self, slots: &[(usize, Slot)], order: &mut Vec<usize>) {
        for (_, slot) in slots {
            let Slot::Note { definition, .. } = slot else { continue };
            if let Some(note) = self.definitions.get_mut(*definition)
                && note.number.is_none()
            {
                order.push(*definition);
                note.number = Some(order.len());
            }
        }
    }
}
