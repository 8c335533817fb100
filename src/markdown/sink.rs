//! Where HTML is written: one string, with slots at offsets.
//!
//! Keeping the slots beside the string makes it possible to insert a tag where
//! one turns out to be wanted (an id, a `<p>`), and to clean the whole body at
//! once when it holds raw HTML.

use super::Segment;

/// A place in a [`Sink`]. It stays right as long as nothing is inserted before
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    /// The offset in the HTML.
    offset: usize,
    /// How many slots there were.
    slots: usize,
}

impl Point {
    /// The same place after `bytes` were inserted before it.
    pub(super) fn moved(self, bytes: usize) -> Self {
        Self { offset: self.offset + bytes, ..self }
    }
}

/// What stands at a slot until the body is finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// A slot of the finished body.
    Segment(Segment),
    /// A reference to a footnote, whose number is known at the end.
    Note {
        /// Which definition.
        definition: usize,
        /// Whether it may be a link: not within another one.
        linked: bool,
    },
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
        if self.ends_in_slot() || !(self.html.is_empty() || self.html.ends_with('\n')) {
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

    /// Whether a slot is the last that was written.
    pub(super) fn ends_in_slot(&self) -> bool {
        self.slots.last().is_some_and(|(at, _)| *at == self.html.len())
    }

    /// Takes away everything since `point`.
    pub(super) fn cut(&mut self, point: Point) {
        self.html.truncate(point.offset);
        self.slots.truncate(point.slots);
    }

    /// Takes away the last `bytes` of the HTML, in which no slot stands.
    pub(super) fn shorten(&mut self, bytes: usize) {
        self.html.truncate(self.html.len().saturating_sub(bytes));
    }

    /// Whether any slot was left since `point`.
    pub(super) fn has_slots_since(&self, point: Point) -> bool {
        self.slots.len() > point.slots
    }

    /// The numbers of the slots left since `point`.
    pub(super) fn slot_numbers_since(&self, point: Point) -> std::ops::Range<usize> {
        point.slots..self.slots.len()
    }

    /// The piece at slot `n`.
    pub(super) fn piece(&self, n: usize) -> Option<&Segment> {
        match self.slots.get(n) {
            Some((_, Slot::Segment(piece))) => Some(piece),
            _ => None,
        }
    }

    /// Puts another piece at slot `n`, with HTML before and after it.
    pub(super) fn edit(&mut self, n: usize, before: &str, piece: Segment, after: &str) {
        let Some((at, slot)) = self.slots.get_mut(n) else { return };
        *slot = Slot::Segment(piece);
        let place = Point { offset: *at, slots: n };
        self.insert(place, before);
        let place = Point { offset: place.offset + before.len(), slots: n + 1 };
        self.insert(place, after);
    }

    /// Appends another sink.
    pub(super) fn append(&mut self, other: Self) {
        let offset = self.html.len();
        self.html.push_str(&other.html);
        self.slots.extend(other.slots.into_iter().map(|(at, slot)| (at + offset, slot)));
    }

    /// The pieces of a body. Footnotes must have their numbers by now.
    pub(super) fn into_segments(self) -> Vec<Segment> {
        let mut pieces = Vec::with_capacity(self.slots.len() * 2 + 1);
        if self.slots.is_empty() && !self.html.is_empty() {
            pieces.push(Segment::Html(self.html));
            return pieces;
        }
        let mut written = 0;
        let html = |pieces: &mut Vec<Segment>, from: usize, to: usize| {
            let part = self.html.get(from..to).filter(|part| !part.is_empty());
            pieces.extend(part.map(|part| Segment::Html(part.to_owned())));
        };
        for (at, slot) in self.slots {
            if let Slot::Segment(piece) = slot {
                html(&mut pieces, written, at);
                pieces.push(piece);
                written = at;
            }
        }
        html(&mut pieces, written, self.html.len());
        pieces
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
