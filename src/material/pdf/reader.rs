//! The device that glyphs are written down on instead of being drawn.
//!
//! **Invariant:** the work of a document is bounded by [`MAX_MARKS`]; what goes
//! beyond ends the reading by a panic that [`crate::material::extract::guarded`] catches.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph, GlyphIdentifier, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::kurbo::{Affine, BezPath, Rect, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use super::super::Broken;
use super::super::layout;
use super::charmap::Charmaps;

/// The most characters of a page: one of small print has some 10,000.
const MAX_GLYPHS: u32 = 200_000;

/// The most marks on all pages together: a page of a map has some 100,000.
const MAX_MARKS: u32 = 3_000_000;

/// Where glyphs are written down instead of being drawn.
#[derive(Default)]
pub(super) struct Reader {
    /// The page that is being read.
    pub(super) page: layout::Page,
    /// What was counted on all pages.
    pub(super) count: Count,
    /// The part of the plane that the page shows, in points.
    shown: Rect,
    /// The whole sheet, of which it may show a part.
    sheet: Rect,
    /// Where the line that begins on the page has come to: its end, its
    /// baseline, the size of its glyphs.
    line: Option<(f64, f64, f64)>,
    marks: u32,
    /// Characters of the page so far.
    glyphs: u32,
    /// For each marked content that is open, whether it is no text of the
    /// document: running heads, page numbers.
    skipped: Vec<bool>,
    /// Where the ink of glyphs stands, in sizes from their origin.
    ink: HashMap<GlyphIdentifier, Rect>,
    charmaps: Charmaps,
}

/// How many glyphs of a document there are, blanks left out.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Count {
    /// On the pages, with a character each.
    pub(super) read: u32,
    /// On the pages, without a character: nobody can tell which it is.
    pub(super) lost: u32,
    /// Beside what the pages show: cut off by a crop box, or set outside the
    /// sheet. The end of a line that is longer than its sheet is not counted:
    /// nothing was cropped away there.
    pub(super) cropped: u32,
}

impl Reader {
    /// A page of this size begins, on this sheet, in points.
    pub(super) fn begin(&mut self, shown: Rect, sheet: Rect) {
        self.skipped.clear();
        self.glyphs = 0;
        (self.shown, self.sheet, self.line) = (shown, sheet, None);
        self.page.begin(shown.width());
    }

    /// Counts a mark, the dear ones more than once. Forms may call forms, so that a small file draws for
    /// ever: then the way out is a panic, which no hook hears and
    /// [`crate::material::extract::guarded`] ends.
    fn mark(&mut self, weight: u32) {
        self.marks += weight;
        if self.marks > MAX_MARKS {
            std::panic::resume_unwind(Box::new(Broken::Bomb));
        }
    }

    /// Counts a character, as [`Reader::mark`] does.
    fn count_glyph(&mut self) {
        self.mark(1);
        self.glyphs += 1;
        if self.glyphs > MAX_GLYPHS {
            std::panic::resume_unwind(Box::new(Broken::Bomb));
        }
    }

    fn glyph(&mut self, glyph: &PositionedGlyph<'_>, transform: Affine) {
        let place = transform * glyph.transform();
        let [_, _, c, d, x, y] = place.as_coeffs();
        let size = c.hypot(d) * 1_000.0;
        if !(x.is_finite() && y.is_finite() && (0.1..10_000.0).contains(&size)) {
            return;
        }
        let ink = self.ink(glyph);
        let text = self.text(glyph);
        if ink.is_none() && text.is_none() {
            // A blank by whatever name.
            return;
        }
        let blank = text.as_deref().is_some_and(|text| text.trim().is_empty());
        let drawn = drawn(place, ink);
        if !blank && !meets(drawn, self.shown) {
            let overflows = !meets(drawn, self.sheet) && self.continues(x, y, size);
            self.count.cropped += u32::from(!overflows);
            self.line = self.line.filter(|_| overflows).map(|_| (drawn.x1.max(x), y, size));
            return;
        }
        self.line = Some((drawn.x1.max(x), y, size));
        match text {
            Some(text) => {
                self.count.read += u32::from(!blank);
                text.chars().for_each(|c| self.page.put(c, x, y, size, ink.map(|ink| ink.x1)));
            }
            None => self.count.lost += 1,
        }
    }

    /// Whether a glyph continues the line that has come to the sheet's edge.
    fn continues(&self, x: f64, y: f64, size: f64) -> bool {
        self.line.is_some_and(|(end, baseline, before)| {
            let em = size.max(before);
            (y - baseline).abs() < em && (-em..em * 12.0).contains(&(x - end))
        })
    }

    /// The characters that a glyph stands for.
    fn text(&mut self, glyph: &PositionedGlyph<'_>) -> Option<String> {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => Some(c.to_string()),
            Some(BfString::String(text)) => Some(text),
            None => None,
        };
        let told = text.filter(|text| text.chars().any(layout::is_character));
        told.or_else(|| match &**glyph {
            Glyph::Outline(outline) => self.charmaps.character(outline).map(String::from),
            Glyph::Type3(_) => None,
        })
    }

    /// Where a glyph's ink stands, in sizes; `None` where it has none.
    fn ink(&mut self, glyph: &PositionedGlyph<'_>) -> Option<Rect> {
        let ink = match &**glyph {
            Glyph::Outline(outline) => *self
                .ink
                .entry(outline.identifier())
                .or_insert_with(|| outline.outline().bounding_box().scale_from_origin(0.001)),
            Glyph::Type3(drawn) => {
                let width = drawn.advance_width().map_or(0.5, |width| f64::from(width) / 1_000.0);
                Rect::new(0.0, 0.0, width, 0.7)
            }
        };
        (ink.x1 > ink.x0 || ink.y1 > ink.y0).then_some(ink)
    }
}

/// Where the ink of a glyph stands on the plane.
fn drawn(place: Affine, ink: Option<Rect>) -> Rect {
    // Of a font that is not in the file no ink is known: half a square.
    let ink = ink.unwrap_or(Rect::new(0.0, 0.0, 0.5, 0.7));
    (place * Affine::scale(1_000.0)).transform_rect_bbox(ink)
}

fn meets(ink: Rect, area: Rect) -> bool {
    ink.x1 > area.x0 && ink.x0 < area.x1 && ink.y1 > area.y0 && ink.y0 < area.y1
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        if self.skipped.contains(&true) {
            return;
        }
        for glyph in run.glyphs() {
            self.count_glyph();
            self.glyph(glyph, props.transform);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<&Dict<'_>>) {
        self.mark(1);
        self.skipped.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.skipped.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.mark(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        // Each form clips, and setting one up is the dear part.
        self.mark(8);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.mark(1);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.mark(1);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
