//! How much a drawing is when its parts stand everywhere that they are used:
//! ten parts of which each uses the next ten times are ten thousand million.
//!
//! **Invariant:** it takes a time in proportion to the drawing's length, not to
//! what it unfolds to.

use std::collections::{BTreeMap, HashMap};

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The most elements that are drawn: a map of a city has some 100,000.
const MAX_DRAWN: u64 = 500_000;

/// How deep elements may stand in each other, or lead to each other.
const MAX_DEPTH: usize = 400;

/// A part that can be used: what has an id, or the drawing as a whole.
#[derive(Default)]
struct Part {
    /// Elements that stand in it and in no smaller part.
    own: u64,
    /// Of these, how many have a class, which a style may draw with parts.
    styled: u64,
    /// Smaller parts in it.
    inner: Vec<usize>,
    /// Ids of parts that it uses, and how often.
    used: BTreeMap<String, u64>,
}

/// What is known of a part's size.
#[derive(Clone, Copy)]
enum Size {
    Unknown,
    /// It is just being looked for: browsers don't draw a part in itself.
    Open,
    Known(u64),
}

/// A drawing as parts that use each other.
#[derive(Default)]
struct Parts {
    all: Vec<Part>,
    by_id: HashMap<String, usize>,
}

/// The drawing as a whole.
const WHOLE: usize = 0;

/// What styles draw with, as if it were a part.
const SHEET: usize = 1;

/// Whether the drawing is more than browsers can draw.
pub(super) fn is_too_large(drawing: &[u8]) -> bool {
    let Some(parts) = Parts::read(drawing) else { return true };
    let mut sizes = vec![Size::Unknown; parts.all.len()];
    parts.size(WHOLE, 0, &mut sizes).is_none_or(|size| size > MAX_DRAWN)
}

impl Parts {
    /// `None` where there are too many elements as it is.
    fn read(drawing: &[u8]) -> Option<Self> {
        let mut parts = Self { all: vec![Part::default(), Part::default()], ..Self::default() };
        let mut reader = Reader::from_reader(drawing);
        // For each element that is open, the part it stands in.
        let mut open: Vec<usize> = Vec::new();
        let (mut seen, mut in_style) = (0, false);
        loop {
            let event = reader.read_event().ok()?;
            let (start, empty) = match &event {
                Event::Eof => return Some(parts),
                Event::Start(start) => (start, false),
                Event::Empty(start) => (start, true),
                Event::End(_) => {
                    open.pop();
                    in_style = false;
                    continue;
                }
                Event::Text(text) => {
                    if in_style {
                        seen += parts.uses(SHEET, urls(text));
                    }
                    continue;
                }
                _ => continue,
            };
            let outer = open.last().copied().unwrap_or(WHOLE);
            let (part, uses) = parts.add(start, outer);
            seen += 1 + uses;
            in_style = start.local_name().as_ref() == b"style" && !empty;
            if !empty {
                open.push(part);
            }
            if seen > MAX_DRAWN || open.len() > MAX_DEPTH {
                return None;
            }
        }
    }

    /// Counts an element in the part `outer`; gives the part that what stands
    /// in it belongs to, and how many parts it uses.
    fn add(&mut self, element: &BytesStart<'_>, outer: usize) -> (usize, u64) {
        let mut at = outer;
        let (mut used, mut styled) = (Vec::new(), 0);
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.local_name().as_ref() {
                // A gradient is a colour: it draws nothing of its own.
                b"id" if !element.local_name().as_ref().ends_with(b"Gradient") => {
                    let id = String::from_utf8_lossy(&attribute.value).into_owned();
                    at = self.all.len();
                    self.by_id.entry(id).or_insert(at);
                }
                b"href" => used.extend(attribute.value.strip_prefix(b"#").map(text)),
                b"class" => styled = 1,
                _ => used.extend(urls(&attribute.value)),
            }
        }
        if at != outer {
            self.all.push(Part::default());
            if let Some(outer) = self.all.get_mut(outer) {
                outer.inner.push(at);
            }
        }
        if let Some(part) = self.all.get_mut(at) {
            part.own += 1;
            part.styled += styled;
        }
        (at, self.uses(at, used))
    }

    /// Notes that a part uses these, and gives how many they are.
    fn uses(&mut self, at: usize, ids: Vec<String>) -> u64 {
        let count = ids.len() as u64;
        if let Some(part) = self.all.get_mut(at) {
            for id in ids {
                *part.used.entry(id).or_default() += 1;
            }
        }
        count
    }

    /// How many elements are drawn for a part; `None` where parts lead to each
    /// other without end.
    fn size(&self, at: usize, depth: usize, sizes: &mut [Size]) -> Option<u64> {
        let part = self.all.get(at)?;
        let slot = sizes.get_mut(at)?;
        match *slot {
            Size::Known(size) => return Some(size),
            Size::Open => return Some(0),
            Size::Unknown => *slot = Size::Open,
        }
        if depth > MAX_DEPTH {
            return None;
        }
        let mut size = part.own;
        let used = part.used.iter().filter_map(|(id, times)| Some((*self.by_id.get(id)?, *times)));
        let styles = (part.styled > 0).then_some((SHEET, part.styled));
        for (at, times) in used.chain(styles).chain(part.inner.iter().map(|at| (*at, 1))) {
            let one = self.size(at, depth + 1, sizes)?;
            size = size.saturating_add(one.saturating_mul(times));
        }
        *sizes.get_mut(at)? = Size::Known(size);
        Some(size)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The ids in `url(#…)`.
fn urls(value: &[u8]) -> Vec<String> {
    let id = |at: usize| {
        let rest = value.get(at + 4..)?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let rest = rest.strip_prefix(b"&quot;").or_else(|| rest.strip_prefix(b"&apos;")).unwrap_or(rest);
        let rest = rest.strip_prefix(b"#")?;
        let end = rest.iter().position(|byte| matches!(byte, b')' | b'"' | b'\'' | b'&' | b' '))?;
        rest.get(..end).map(text)
    };
    memmem::find_iter(value, b"url(").filter_map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    /// A drawing of `levels` parts, of which each uses the one before ten times
    /// by `use`.
    fn laughs(levels: usize, one: &str, by: impl Fn(usize) -> String) -> String {
        let mut all = format!("<svg><defs><g id=\"a0\">{one}</g>");
        for level in 1..levels {
            write!(all, "<g id=\"a{level}\">{}</g>", by(level - 1).repeat(10)).unwrap();
        }
        write!(all, "</defs>{}</svg>", by(levels - 1)).unwrap();
        all
    }

    #[test]
    fn what_unfolds_without_end_is_seen() {
        let using = |level: usize| format!("<use href=\"#a{level}\"/>");
        let masked = |level: usize| format!("<rect mask='url(\"#a{level}\")'/>");
        let styled = |level: usize| format!("<rect style=\"fill:url(#a{level})\"/>");
        assert!(!is_too_large(laughs(4, "<path/>", using).as_bytes()));
        assert!(is_too_large(laughs(10, "<path/>", using).as_bytes()));
        assert!(is_too_large(laughs(10, "<path/>", masked).as_bytes()));
        assert!(is_too_large(laughs(10, "<path/>", styled).as_bytes()));
        // Parts that use themselves are not drawn in themselves.
        assert!(!is_too_large(
            b"<svg><g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g></svg>"
        ));
        // One after the other, for ever; one in the other, for ever.
        let mut chain = String::from("<svg>");
        (0..2_000).for_each(|n| write!(chain, "<use id=\"a{n}\" href=\"#a{}\"/>", n + 1).unwrap());
        assert!(is_too_large((chain + "</svg>").as_bytes()));
        assert!(is_too_large(("<g>".repeat(500) + &"</g>".repeat(500)).as_bytes()));
        assert!(is_too_large(format!("<svg>{}</svg>", "<g/>".repeat(500_001)).as_bytes()));
    }

    #[test]
    fn what_is_merely_rich_is_drawn() {
        let gradient = "<linearGradient id=\"g\"><stop/><stop/></linearGradient>";
        let shapes = "<path fill=\"url(#g)\" class=\"a\"/>".repeat(100_000);
        let drawing = format!("<svg><style>.a{{fill:url(#g)}}</style><defs>{gradient}</defs>{shapes}</svg>");
        assert!(!is_too_large(drawing.as_bytes()));
    }

    #[test]
    fn what_styles_draw_with_counts() {
        let marker = format!("<marker id=\"m\">{}</marker>", "<path/>".repeat(1_000));
        let lines = "<path class=\"a\"/>".repeat(1_000);
        let drawing = format!("<svg><style>.a{{marker:url(#m)}}</style>{marker}{lines}</svg>");
        assert!(is_too_large(drawing.as_bytes()));
    }
}
