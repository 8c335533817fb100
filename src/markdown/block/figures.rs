//! Numbers worth showing large.

use super::Reader;
use super::shape::{FiguresShape, NumberShape};
use crate::markdown::{Figures, FiguresItem};
use crate::text::At;

pub(super) fn read(reader: &mut Reader<'_, '_>) -> Figures {
    let shape: FiguresShape = reader.decode();
    reader.example(shape.example);
    reader.say(&[shape.title.as_deref()]);
    if shape.items.is_empty() {
        reader.empty();
    }
    let items = shape.items.into_iter().filter_map(|item| read_number(reader, item)).collect();
    reader.say(&[shape.source.as_deref()]);
    Figures { title: shape.title, source: shape.source, items }
}

fn read_number(reader: &mut Reader<'_, '_>, item: At<NumberShape>) -> Option<FiguresItem> {
    let At { value: shape, span } = item;
    let value = reader.needed(shape.value, span, "value");
    let label = reader.needed(shape.label, span, "label");
    let (value, label) = (value?, label?);
    let unit = shape.unit.as_deref().unwrap_or_default();
    reader.say(&[Some(&format!("{label} {value}{unit}")), shape.note.as_deref()]);
    Some(FiguresItem { value, unit: shape.unit, label, note: shape.note })
}
