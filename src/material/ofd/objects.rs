//! What stands on a page, a template or in a composite unit: texts at places,
//! and units that are drawn (GB/T 33190-2016, 8 and 11).

use hayro_interpret::kurbo::{Affine, Point};

use super::parts::{is_foreground, number, numbers};
use crate::office::Broken;
use crate::office::xml::{Element, Node, walk};

/// What a part with content holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Templates, by their numbers; whether each stands before the page.
    pub(super) templates: Vec<(String, Option<bool>)>,
    pub(super) resources: Vec<String>,
    /// What the page shows: left, top, width and height in millimetres.
    pub(super) area: Option<[f64; 4]>,
    pub(super) objects: Vec<Object>,
    /// Of a list of resources: its composite units, by their numbers.
    pub(super) units: Vec<(String, Vec<Object>)>,
    /// Addresses that links lead to.
    pub(super) links: Vec<String>,
}

/// Something that is drawn.
#[derive(Debug)]
pub(super) enum Object {
    Text(Text),
    Unit { id: String, place: Place },
}

/// Where an object stands: from its own units to millimetres of the page.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place(Affine);

/// A text object.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) place: Place,
    /// In millimetres.
    pub(super) size: f64,
    pub(super) codes: Vec<Code>,
}

/// Characters and where they stand.
#[derive(Debug, Default)]
pub(super) struct Code {
    pub(super) text: String,
    pub(super) x: Option<f64>,
    pub(super) y: Option<f64>,
    /// From each character to the next.
    pub(super) dx: Vec<f64>,
    pub(super) dy: Vec<f64>,
}

impl Place {
    /// By the object's boundary and matrix.
    fn of(element: &Element<'_>) -> Self {
        let boundary: Option<[f64; 4]> = element.attribute("Boundary").as_deref().and_then(numbers);
        let matrix: Option<[f64; 6]> = element.attribute("CTM").as_deref().and_then(numbers);
        let [left, top, ..] = boundary.unwrap_or_default();
        Self(Affine::translate((left, top)) * matrix.map_or(Affine::IDENTITY, Affine::new))
    }

    /// A point of the object on the page.
    pub(super) fn point(&self, x: f64, y: f64) -> (f64, f64) {
        let point = self.0 * Point::new(x, y);
        (point.x, point.y)
    }

    /// How much higher a character is on the page than in the object.
    pub(super) fn scale(&self) -> f64 {
        let [_, _, c, d, ..] = self.0.as_coeffs();
        c.hypot(d)
    }

    /// The place of `inner`, which stands in this object.
    pub(super) fn around(&self, inner: &Self) -> Self {
        Self(self.0 * inner.0)
    }
}

/// Reads a part with content. Elements that are not shown, and what stands in
/// them, are passed over.
pub(super) fn content(xml: &[u8]) -> Result<Content, Broken> {
    let mut reader = Reader::default();
    walk(xml, |node| match node {
        Node::Start(element) => reader.start(element),
        Node::End(name) => reader.end(name),
        Node::Text(text) => reader.characters(text),
    })?;
    Ok(reader.content)
}

#[derive(Default)]
struct Reader {
    content: Content,
    text: Option<Text>,
    code: Option<Code>,
    /// The composite unit that is open.
    unit: Option<(String, Vec<Object>)>,
    /// Depth within what is not shown.
    hidden: usize,
    /// A text that is no character of the page.
    open: Option<Open>,
}

enum Open {
    Area,
    Resources,
}

impl Reader {
    fn start(&mut self, element: &Element<'_>) {
        if self.hidden > 0 || element.attribute("Visible").is_some_and(|shown| shown == "false") {
            self.hidden += 1;
            return;
        }
        self.open = None;
        match element.name() {
            b"Template" => {
                let foreground = element.attribute("ZOrder").map(|_| is_foreground(element));
                self.content
                    .templates
                    .push((element.attribute("TemplateID").unwrap_or_default(), foreground));
            }
            b"PageRes" => {
                self.content.resources.push(String::new());
                self.open = Some(Open::Resources);
            }
            b"PhysicalBox" => self.open = Some(Open::Area),
            b"URI" => self.content.links.extend(element.attribute("URI")),
            b"CompositeGraphicUnit" => {
                self.unit = Some((element.attribute("ID").unwrap_or_default(), Vec::new()));
            }
            b"CompositeObject" => {
                let id = element.attribute("ResourceID").unwrap_or_default();
                self.add(Object::Unit { id, place: Place::of(element) });
            }
            b"TextObject" => {
                let size = element.attribute("Size").as_deref().and_then(number).unwrap_or(0.0).abs();
                self.text = Some(Text { place: Place::of(element), size, codes: Vec::new() });
            }
            b"TextCode" if self.text.is_some() => {
                let of = |name: &str| element.attribute(name);
                self.code = Some(Code {
                    text: String::new(),
                    x: of("X").as_deref().and_then(number),
                    y: of("Y").as_deref().and_then(number),
                    dx: of("DeltaX").map(|deltas| distances(&deltas)).unwrap_or_default(),
                    dy: of("DeltaY").map(|deltas| distances(&deltas)).unwrap_or_default(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        self.open = None;
        match name {
            b"TextCode" => {
                if let (Some(code), Some(text)) = (self.code.take(), &mut self.text) {
                    text.codes.push(code);
                }
            }
            b"TextObject" => {
                if let Some(text) = self.text.take() {
                    self.add(Object::Text(text));
                }
            }
            b"CompositeGraphicUnit" => self.content.units.extend(self.unit.take()),
            _ => {}
        }
    }

    fn characters(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        match (&self.open, &mut self.code) {
            (_, Some(code)) => code.text.push_str(text),
            (Some(Open::Area), _) => self.content.area = self.content.area.or_else(|| numbers(text)),
            (Some(Open::Resources), _) => {
                if let Some(last) = self.content.resources.last_mut() {
                    last.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, object: Object) {
        match &mut self.unit {
            Some((_, objects)) => objects.push(object),
            None => self.content.objects.push(object),
        }
    }
}

/// The most distances of one text.
const MAX_DISTANCES: usize = 200_000;

/// Distances from character to character: numbers, and `g n v` for n times v
/// (11.3).
fn distances(text: &str) -> Vec<f64> {
    let mut all = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let (count, word) = match word {
            "g" | "G" => {
                let count = words.next().and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
                (count, words.next().unwrap_or_default())
            }
            word => (1, word),
        };
        let distance = number(word).unwrap_or(0.0);
        let room = MAX_DISTANCES.saturating_sub(all.len());
        all.extend(std::iter::repeat_n(distance, count.min(room)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_may_be_runs() {
        assert_eq!(distances("1 g 3 2.5 -4"), [1.0, 2.5, 2.5, 2.5, -4.0]);
        assert_eq!(distances("g 2"), [0.0, 0.0]);
        assert_eq!(distances("x g y z"), [0.0]);
        assert_eq!(distances("g 9999999999 1").len(), MAX_DISTANCES);
    }

    #[test]
    fn places_stand_in_places() {
        let outer = Place(Affine::new([2.0, 0.0, 0.0, 2.0, 10.0, 20.0]));
        let inner = Place(Affine::new([0.0, 1.0, -1.0, 0.0, 1.0, 2.0]));
        assert_eq!(outer.around(&inner).point(3.0, 4.0), outer.point(-4.0 + 1.0, 3.0 + 2.0));
    }
}
