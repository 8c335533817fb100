//! Footnotes.
//!
//! A definition may stand anywhere and be used before or after, so it is
//! written into a sink of its own. At the end the notes get their numbers, in
//! the order in which readers meet them: first those of the text, then those
//! that only other notes refer to.

mod definitions;

use std::ops::Range;

use super::open::Open;
use super::sink::{Sink, Slot};
use super::writer::Writer;
use crate::diagnostic::{Diagnostic, MarkdownFault};
use crate::text::Span;

use definitions::Definition;
pub(super) use definitions::Notes;

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, label: &str) {
        if self.image_depth > 0 {
            return;
        }
        self.settle();
        let definition = self.notes.index(label);
        self.sink.slot(Slot::Note { definition, linked: self.links_open == 0 });
        self.visible += 1;
    }

    pub(super) fn open_note(&mut self, label: &str, place: Range<usize>) -> Open {
        let line = self.source.slice(&place).lines().next().map_or(0, str::len);
        let colon = self.source.slice(&place).find("]:").map_or(line, |at| at + 1);
        let span = Span::new(place.start, place.start + colon);
        let n = self.notes.index(label);
        self.plain.paragraph();
        let outer = std::mem::take(&mut self.sink);
        self.notes.outer.push((outer, self.plain.text.len()));
        self.soft_break = None;
        let Some(definition) = self.notes.definitions.get_mut(n) else { return Open::Note(None) };
        let Some(first) = definition.place else {
            definition.place = Some(span);
            return Open::Note(Some(n));
        };
        let fault = MarkdownFault::DuplicateNote { label: definition.label.clone() };
        self.found.push(Diagnostic::at(self.source.path, span, fault).and(self.source.path, Some(first)));
        Open::Note(None)
    }

    pub(super) fn close_note(&mut self, definition: Option<usize>) {
        let (outer, plain) = self.notes.outer.pop().unwrap_or_default();
        let sink = std::mem::replace(&mut self.sink, outer);
        match definition.and_then(|n| self.notes.definitions.get_mut(n)) {
            Some(definition) => definition.sink = Some(sink),
            None => self.plain.text.truncate(plain),
        }
        self.plain.paragraph();
    }

    /// Numbers the notes and writes them below the text.
    pub(super) fn close_notes(&mut self) {
        if self.notes.definitions.is_empty() {
            return;
        }
        let mut notes = std::mem::take(&mut self.notes);
        let mut order = Vec::new();
        notes.number(&self.sink.slots, &mut order);
        let mut read = 0;
        while let Some(n) = order.get(read).copied() {
            read += 1;
            let Some(sink) = notes.definitions.get_mut(n).and_then(|note| note.sink.take()) else { continue };
            notes.number(&sink.slots, &mut order);
            if let Some(note) = notes.definitions.get_mut(n) {
                note.sink = Some(sink);
            }
        }
        for note in &mut notes.definitions {
            let span = note.place.unwrap_or_default();
            if let Some(number) = note.number {
                note.id = self.ids.take(&format!("fn-{number}"), span);
            } else {
                let fault = MarkdownFault::UnusedNote { label: note.label.clone() };
                self.found.push(Diagnostic::at(self.source.path, span, fault));
            }
        }
        let text = std::mem::take(&mut self.sink);
        self.sink = self.with_references(text, &mut notes);
        if !order.is_empty() {
            self.write_notes(&order, &mut notes);
        }
    }

    /// The list of notes. All of them are given their references first, since
    /// a note may be referred to by a later one.
    fn write_notes(&mut self, order: &[usize], notes: &mut Notes) {
        let mut texts = Vec::with_capacity(order.len());
        for n in order {
            let sink = notes.definitions.get_mut(*n).and_then(|note| note.sink.take()).unwrap_or_default();
            texts.push(self.with_references(sink, notes));
        }
        self.sink.line();
        self.sink.raw("<div class=\"footnotes\" role=\"doc-endnotes\"");
        self.sink.attribute("aria-label", self.words.notes);
        self.sink.raw(">\n<ol>\n");
        for (n, mut text) in order.iter().zip(texts) {
            let Some(note) = notes.definitions.get(*n) else { continue };
            self.sink.raw("<li");
            self.sink.attribute("id", &note.id);
            self.sink.raw(">\n");
            let back = self.back(&note.references);
            let open = text.html.strip_suffix("</p>\n").map(str::len);
            match open {
                Some(kept) if !text.ends_in_slot() => {
                    text.html.truncate(kept);
                    text.raw(" ");
                    text.raw(&back);
                    text.raw("</p>\n");
                }
                _ => {
                    text.line();
                    text.raw("<p>");
                    text.raw(&back);
                    text.raw("</p>\n");
                }
            }
            self.sink.append(text);
            self.sink.raw("</li>\n");
        }
        self.sink.raw("</ol>\n</div>\n");
    }

    /// The ways back from a note to each of its references.
    fn back(&self, references: &[String]) -> String {
        let mut sink = Sink::default();
        for (at, id) in references.iter().enumerate() {
            let many = if at == 0 { String::new() } else { (at + 1).to_string() };
            sink.raw(if at == 0 { "<a class=\"note-back\"" } else { " <a class=\"note-back\"" });
            sink.attribute("href", &format!("#{id}"));
            sink.attribute("role", "doc-backlink");
            sink.attribute("aria-label", &format!("{}{many}", self.words.back));
            sink.raw(">↩");
            sink.raw(&many);
            sink.raw("</a>");
        }
        sink.html
    }

    /// `sink` with every reference written out.
    fn with_references(&mut self, sink: Sink, notes: &mut Notes) -> Sink {
        if !sink.slots.iter().any(|(_, slot)| matches!(slot, Slot::Note { .. })) {
            return sink;
        }
        let mut out = Sink::default();
        let mut written = 0;
        for (at, slot) in sink.slots {
            out.raw(sink.html.get(written..at).unwrap_or_default());
            written = at;
            match slot {
                Slot::Segment(_) => out.slot(slot),
                Slot::Note { definition, linked } => {
                    if let Some(note) = notes.definitions.get_mut(definition) {
                        self.write_reference(&mut out, note, linked);
                    }
                }
            }
        }
        out.raw(sink.html.get(written..).unwrap_or_default());
        out
    }

    fn write_reference(&mut self, out: &mut Sink, note: &mut Definition, linked: bool) {
        let number = note.number.unwrap_or(0);
        out.raw("<sup class=\"note-ref\">");
        if linked {
            let wanted = match note.references.len() {
                0 => format!("fnref-{number}"),
                before => format!("fnref-{number}-{}", before + 1),
            };
            let id = self.ids.take(&wanted, note.place.unwrap_or_default());
            out.raw("<a");
            out.attribute("href", &format!("#{}", note.id));
            out.attribute("id", &id);
            out.raw(" role=\"doc-noteref\">");
            note.references.push(id);
        }
        out.raw(&number.to_string());
        out.raw(if linked { "</a></sup>" } else { "</sup>" });
    }
}
