//! The texts of pages, put at their places for [`layout`].

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::layout;
use super::objects::{Code, Content, Object, Place, Text, content};
use super::parts::{Document, Parts};
use crate::office::Broken;

/// The most characters of all pages together.
pub(super) const MAX_GLYPHS: u32 = 3_000_000;

/// How deep composite units stand in each other, at most.
const DEPTH: usize = 8;

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// A4, for a document that names no size.
const A4: [f64; 4] = [0.0, 0.0, 210.0, 297.0];

/// Puts the texts of pages at their places.
#[derive(Default)]
pub(super) struct Placer {
    pub(super) layout: layout::Page,
    /// Characters that were read, blanks left out.
    pub(super) read: u32,
    /// Characters of private use, which stand for nothing.
    pub(super) lost: u32,
    /// Characters outside what pages show.
    pub(super) cropped: u32,
    /// Addresses that links of pages lead to.
    pub(super) links: Vec<String>,
    contents: BTreeMap<String, Rc<Content>>,
    units: BTreeMap<String, Rc<Vec<Object>>>,
    /// What the page shows, in millimetres.
    area: [f64; 4],
    placed: u32,
}

impl Placer {
    /// A document begins: its resources are read.
    pub(super) fn begin(&mut self, parts: &mut Parts<'_, '_>, document: &Document) -> Result<(), Broken> {
        self.units.clear();
        self.links.extend(document.links.iter().cloned());
        for part in &document.resources {
            self.resources(parts, part)?;
        }
        Ok(())
    }

    fn resources(&mut self, parts: &mut Parts<'_, '_>, part: &str) -> Result<(), Broken> {
        for (id, objects) in content(&parts.xml(part)?)?.units {
            self.units.insert(id, Rc::new(objects));
        }
        Ok(())
    }

    /// A page: templates behind it, its own texts, templates before it.
    pub(super) fn page(
        &mut self,
        parts: &mut Parts<'_, '_>,
        document: &Document,
        part: &str,
    ) -> Result<(), Broken> {
        let own = self.content(parts, part)?;
        for target in &own.resources {
            if let Some(resources) = parts.find(part, target) {
                self.resources(parts, &resources)?;
            }
        }
        self.area = own.area.or(document.area).unwrap_or(A4);
        let [_, _, width, _] = self.area;
        self.layout.begin(width * POINTS);
        let mut before = Vec::new();
        for (id, foreground) in &own.templates {
            let Some(template) = document.templates.iter().find(|template| template.id == *id) else {
                continue;
            };
            let Some(part) = &template.part else { continue };
            let content = self.content(parts, part)?;
            if foreground.unwrap_or(template.foreground) {
                before.push(content);
            } else {
                self.objects(&content.objects, &Place::default(), 0)?;
            }
        }
        self.objects(&own.objects, &Place::default(), 0)?;
        before.iter().try_for_each(|content| self.objects(&content.objects, &Place::default(), 0))
    }

    /// The content of a part, read once.
    fn content(&mut self, parts: &mut Parts<'_, '_>, part: &str) -> Result<Rc<Content>, Broken> {
        if let Some(known) = self.contents.get(part) {
            return Ok(Rc::clone(known));
        }
        let mut content = content(&parts.xml(part)?)?;
        self.links.append(&mut content.links);
        let content = Rc::new(content);
        self.contents.insert(part.to_owned(), Rc::clone(&content));
        Ok(content)
    }

    fn objects(&mut self, objects: &[Object], around: &Place, depth: usize) -> Result<(), Broken> {
        for object in objects {
            match object {
                Object::Text(text) => self.text(text, around)?,
                Object::Unit { id, place } => {
                    self.count()?;
                    if depth < DEPTH
                        && let Some(unit) = self.units.get(id).map(Rc::clone)
                    {
                        self.objects(&unit, &around.around(place), depth + 1)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn count(&mut self) -> Result<(), Broken> {
        self.placed += 1;
        if self.placed > MAX_GLYPHS { Err(Broken::Bomb) } else { Ok(()) }
    }

    fn text(&mut self, text: &Text, around: &Place) -> Result<(), Broken> {
        let place = around.around(&text.place);
        let size = text.size * place.scale() * POINTS;
        if !(0.1..10_000.0).contains(&size) {
            return Ok(());
        }
        // Where a code does not say where it begins, it goes on.
        let (mut x, mut y) = (0.0, 0.0);
        for code in &text.codes {
            (x, y) = (code.x.unwrap_or(x), code.y.unwrap_or(y));
            (x, y) = self.code(code, (x, y), text.size, size, &place)?;
        }
        Ok(())
    }

    /// Characters one after the other; where the next would stand.
    fn code(
        &mut self,
        code: &Code,
        (mut x, mut y): (f64, f64),
        em: f64,
        size: f64,
        place: &Place,
    ) -> Result<(f64, f64), Broken> {
        // Set from top to bottom: read as a line all the same.
        let upright = code.dx.is_empty() && !code.dy.is_empty();
        let (first_x, first_y) = (x, y);
        for (at, c) in code.text.chars().filter(|c| !matches!(c, '\r' | '\n')).enumerate() {
            self.count()?;
            let line = if upright { (first_x + (y - first_y), first_y) } else { (x, y) };
            self.character(c, place.point(x, y), place.point(line.0, line.1), size);
            let wide = if c.is_ascii() { em * 0.5 } else { em };
            let next = |all: &[f64]| all.get(at).copied();
            if upright {
                y += next(&code.dy).unwrap_or(em);
            } else {
                x += next(&code.dx).unwrap_or(wide);
                y += next(&code.dy).unwrap_or(0.0);
            }
        }
        Ok((x, y))
    }

    /// A character that stands at `(x, y)` and is read at `line`, in
    /// millimetres; its size in points.
    fn character(&mut self, c: char, (x, y): (f64, f64), line: (f64, f64), size: f64) {
        let blank = c.is_whitespace();
        let [left, top, width, height] = self.area;
        let em = size / POINTS;
        // Of its ink nothing is known: a square above the line.
        let (right, bottom) = (left + width, top + height);
        let shown = x + em > left && x < right && y > top && y - em < bottom;
        if !blank && !shown {
            self.cropped += 1;
        } else if layout::is_character(c) {
            self.read += u32::from(!blank);
            self.layout.put(c, line.0 * POINTS, line.1 * POINTS, size, None);
        } else {
            self.lost += 1;
        }
    }
}
