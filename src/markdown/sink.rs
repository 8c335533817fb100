//! Where HTML is written: one string, with slots at offsets.
//!
//! Keeping the slots beside the string makes it possible to insert a tag where
//! one turns out to be wanted (an id, a `<p>`), and to clean the whole body at
//! once when it holds raw HTML.

use super::Piece;

/// A place in a [`Sink`]. It stays right as long as nothing is inserted before
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    /// The offset in the HTML.
    offset: usize,
    /// How many slots there were.
    slots: usize,
}

/// What stands at a slot until the body is finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// A slot of the finished body.
    Piece(Piece),
    /// A reference to the footnote that is defined at this place of the list of
    /// definitions; its number is known at the end.
    Note(usize),
}

/// HTML with slots.
#[derive(Debug, Default)]
pub(super) struct Sink {
    /// The HTML so far.
    pub(super) html: String,
    /// Slots by their offset in `html`, ascending.
    pub(super) slots: Vec<(usize, Slot)>,
}

impl Sink {
    /// Writes finished HTML.
    pub(super) fn raw(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Writes text between tags.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    /// Writes ` name="value"`.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        escape(&mut self.html, value);
        self.html.push('"');
    }

    /// Leaves a slot.
    pub(super) fn slot(&mut self, slot: Slot) {
        self.slots.push((self.html.len(), slot));
    }

    /// Begins a new line, unless at the beginning of one.
    pub(super) fn line(&mut self) {
        let after_slot = self.slots.last().is_some_and(|(at, _)| *at == self.html.len());
        if after_slot || !(self.html.is_empty() || self.html.ends_with('\n')) {
            self.html.push('\n');
        }
    }

    /// The place reached.
    pub(super) fn point(&self) -> Point {
        Point { offset: self.html.len(), slots: self.slots.len() }
    }

    /// The HTML written since `point`.
    pub(super) fn since(&self, point: Point) -> &str {
        self.html.get(point.offset..).unwrap_or_default()
    }

    /// Inserts finished HTML at a place reached before.
    pub(super) fn insert(&mut self, point: Point, html: &str) {
        if self.html.is_char_boundary(point.offset) {
            self.html.insert_str(point.offset, html);
            for (at, _) in self.slots.iter_mut().skip(point.slots) {
                *at += html.len();
            }
        }
    }

    /// The slots left since `point`, each with the places before and after it.
    pub(super) fn slots_since(&self, point: Point) -> Vec<(Point, Point)> {
        let places = self.slots.iter().enumerate().skip(point.slots);
        places
            .map(|(n, (at, _))| (Point { offset: *at, slots: n }, Point { offset: *at, slots: n + 1 }))
            .collect()
    }

    /// The slot behind `point`.
    pub(super) fn slot_at(&mut self, point: Point) -> Option<&mut Slot> {
        self.slots.get_mut(point.slots).map(|(_, slot)| slot)
    }

    /// Appends another sink.
    pub(super) fn append(&mut self, other: Self) {
        let offset = self.html.len();
        self.html.push_str(&other.html);
        self.slots.extend(other.slots.into_iter().map(|(at, slot)| (at + offset, slot)));
    }
}

/// Writes `text` so that it can stand between tags and in quoted attributes.
///
/// NUL becomes U+FFFD ([CommonMark 2.3](https://spec.commonmark.org/0.31.2/#insecure-characters)),
/// other control characters and noncharacters, which HTML forbids, vanish, and
/// a carriage return is a line end.
pub(super) fn escape(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut copied = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if !is_special(*byte) {
            at += 1;
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let next = at + c.len_utf8();
        if let Some(instead) = replacement(c, bytes.get(next).copied()) {
            out.push_str(text.get(copied..at).unwrap_or_default());
            out.push_str(instead);
            copied = next;
        }
        at = next;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
}

/// Whether a byte needs a second look: markup, control characters, and the
/// first bytes of characters some of which HTML does not allow.
fn is_special(byte: u8) -> bool {
    matches!(byte, 0..=0x08 | 0x0B..=0x1F | b'"' | b'&' | b'<' | b'>' | 0x7F | 0xC2 | 0xEF..=0xFF)
}

/// What stands for `c`, if not itself; `next` is the byte after it.
fn replacement(c: char, next: Option<u8>) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\0' => Some("\u{FFFD}"),
        '\r' if next == Some(b'\n') => Some(""),
        '\r' => Some("\n"),
        c if is_forbidden(c) => Some(""),
        _ => None,
    }
}

/// Whether HTML forbids `c` in a document: control characters but tab and line
/// end, and noncharacters.
pub(super) fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{08}' | '\u{0B}'..='\u{0C}' | '\u{0E}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{FDD0}'..='\u{FDEF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}
