//! A PDF's text and pages, and what is hidden in it (ISO 32000-2).
//!
//! Two readers look at it: `lopdf` at the objects, within bounds, to see what
//! the file carries; then `hayro-interpret`, which understands fonts, at the pages.
//!
//! **Invariant:** `hayro-interpret` sees only files whose streams unpack to less than
//! [`carried::MAX_UNPACKED`] bytes in all, and whose pages are no more work than
//! [`cost`] allows.

mod carried;
mod cost;
mod layout;

use std::sync::Arc;

use hayro_interpret::font::{Glyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{BezPath, Rect, Shape as _};
use hayro_interpret::util::TransformExt as _;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::{Broken, Reading};

pub(super) use carried::load;

/// The most pages whose text is read.
const MAX_PAGES: usize = 3_000;

/// The most characters of a page: one of small print has some 10,000.
const MAX_GLYPHS: u32 = 200_000;

/// The most marks on all pages together: a page of a map has some 100,000.
const MAX_MARKS: u32 = 3_000_000;

/// Reads the document.
pub(super) fn read(bytes: &Arc<[u8]>) -> Result<Reading, Broken> {
    let carried = carried::look(bytes)?;
    let mut reading = Reading { faults: carried.faults, signed: carried.signed, ..Reading::default() };
    let pdf = open(bytes)?;
    let pages = pdf.pages();
    reading.pages = u32::try_from(pages.len()).ok().filter(|count| *count > 0);
    if reading.pages.is_none() {
        return Err(Broken::Damaged);
    }
    let cache = InterpreterCache::new();
    let mut reader = Reader::default();
    for (number, page) in (1_u32..).zip(pages.iter().take(MAX_PAGES)) {
        if reading.text.is_full() {
            break;
        }
        interpret(page, &cache, &mut reader);
        reader.page.number = number;
        reader.page.finish(&mut reading.text);
    }
    layout::flush(&mut reader.page, &mut reading.text);
    Ok(reading)
}

fn open(bytes: &Arc<[u8]>) -> Result<Pdf, Broken> {
    Pdf::new(Arc::new(Arc::clone(bytes))).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Broken::Encrypted,
        LoadPdfError::Invalid => Broken::Damaged,
    })
}

fn interpret<'p>(page: &'p Page<'p>, cache: &InterpreterCache<'p>, reader: &mut Reader) {
    let (width, height) = page.render_dimensions();
    reader.skipped.clear();
    reader.glyphs = 0;
    reader.page.begin(f64::from(width));
    let transform = page.initial_transform(true).to_kurbo();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(transform, bounds, cache, page.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, reader);
}

/// Where glyphs are written down instead of being drawn.
#[derive(Default)]
struct Reader {
    page: layout::Page,
    marks: u32,
    /// Characters of the page so far.
    glyphs: u32,
    /// For each marked content that is open, whether it is no text of the
    /// document: running heads, page numbers.
    skipped: Vec<bool>,
}

impl Reader {
    /// Counts a mark, the dear ones more than once. Forms may call forms, so that a small file draws for
    /// ever: then the way out is a panic, which no hook hears and
    /// [`super::guarded`] ends.
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

    fn glyph(&mut self, glyph: &PositionedGlyph<'_>, transform: hayro_interpret::kurbo::Affine) {
        let [_, _, c, d, x, y] = (transform * glyph.transform()).as_coeffs();
        let size = c.hypot(d) * 1_000.0;
        if !(x.is_finite() && y.is_finite() && (0.1..10_000.0).contains(&size)) {
            return;
        }
        let outlined = match &**glyph {
            Glyph::Outline(outline) => Some(outline.outline().bounding_box().x1 / 1_000.0),
            Glyph::Type3(drawn) => drawn.advance_width().map(|width| f64::from(width) / 1_000.0),
        };
        match glyph.as_unicode() {
            Some(BfString::Char(c)) => self.page.put(c, x, y, size, outlined),
            Some(BfString::String(text)) => text.chars().for_each(|c| self.page.put(c, x, y, size, outlined)),
            None => {}
        }
    }
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
