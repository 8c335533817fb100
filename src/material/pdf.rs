//! A PDF's text and pages, and what is hidden in it (ISO 32000-2).
//!
//! Two readers look at it: `lopdf` at the objects, within bounds, to see what
//! the file carries; then `hayro-interpret`, which understands fonts, at the pages.
//!
//! **Invariant:** `hayro-interpret` sees only files whose streams unpack to less than
//! [`embedded::MAX_UNPACKED`] bytes in all, and whose pages are no more work than
//! [`budget`] allows.

mod budget;
mod charmap;
mod embedded;
mod layers;
mod links;
mod reader;
mod strings;
mod unicode;
mod whole;

use std::sync::Arc;

use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::util::TransformExt as _;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use lopdf::Document;

use super::text::Collector;
use super::{Broken, Extract, layout};
use crate::diagnostic::{MaterialFault, PagedFault};
use reader::{Count, Reader};

pub(super) use embedded::load;
pub(super) use links::launched;
pub(super) use strings::{object as string_object, text as string_text};

/// The most pages whose text is read.
const MAX_PAGES: usize = 3_000;

/// Reads the document.
pub(super) fn read(bytes: &Arc<[u8]>) -> Result<Extract, Broken> {
    let mut document = load(bytes)?;
    let carried = embedded::look(&document)?;
    let mut reading = Extract { faults: carried.faults, signed: carried.signed, ..Extract::default() };
    let legible = if unicode::complete(&mut document) { written(&mut document)? } else { Arc::clone(bytes) };
    let revealed = if layers::reveal(&mut document) { Some(written(&mut document)?) } else { None };
    drop(document);
    let (pages, count) = pages(&legible, &mut reading.text)?;
    drop(legible);
    reading.pages = Some(pages);
    if let Some(revealed) = revealed {
        let (_, all) = self::pages(&revealed, &mut Collector::default())?;
        let hidden = all.read.saturating_sub(count.read);
        reading.faults.extend((hidden > 0).then_some(PagedFault::HiddenLayers { count: hidden }.into()));
    }
    if count.cropped > 0 {
        reading.faults.push(PagedFault::Cropped { count: count.cropped }.into());
    }
    if count.lost == 0 && reading.text.is_empty() {
        reading.faults.push(MaterialFault::NoText);
    }
    reading.faults.extend(layout::undecodable(count.read, count.lost));
    Ok(reading)
}

/// The document as a file again.
fn written(document: &mut Document) -> Result<Arc<[u8]>, Broken> {
    let mut out = Vec::new();
    document.save_to(&mut out).map_err(|_| Broken::Damaged)?;
    Ok(out.into())
}

/// Reads all pages; how many there are, and what was counted on them.
fn pages(bytes: &Arc<[u8]>, text: &mut Collector) -> Result<(u32, Count), Broken> {
    let pdf = open(bytes)?;
    let pages = pdf.pages();
    let number = u32::try_from(pages.len()).ok().filter(|count| *count > 0).ok_or(Broken::Damaged)?;
    let cache = InterpreterCache::new();
    let mut reader = Reader::default();
    for (number, page) in (1_u32..).zip(pages.iter().take(MAX_PAGES)) {
        if text.is_full() {
            break;
        }
        interpret(page, &cache, &mut reader);
        reader.page.number = number;
        reader.page.finish(text);
    }
    layout::flush(&mut reader.page, text);
    Ok((number, reader.count))
}

fn open(bytes: &Arc<[u8]>) -> Result<Pdf, Broken> {
    Pdf::new(Arc::new(Arc::clone(bytes))).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Broken::Encrypted,
        LoadPdfError::Invalid => Broken::Damaged,
    })
}

fn interpret<'p>(page: &'p Page<'p>, cache: &InterpreterCache<'p>, reader: &mut Reader) {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let sheet = page.media_box();
    reader.begin(bounds, transform.transform_rect_bbox(Rect::new(sheet.x0, sheet.y0, sheet.x1, sheet.y1)));
    let mut context = Context::new(transform, bounds, cache, page.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, reader);
}
