//! Dated events.

use super::Reader;
use super::shape::{EventShape, TimelineShape};
use crate::markdown::{Timeline, TimelineItem};
use crate::text::At;

pub(super) fn read(reader: &mut Reader<'_, '_>) -> Timeline {
    let shape: TimelineShape = reader.decode();
    reader.example(shape.example);
    reader.say(&[shape.title.as_deref()]);
    if shape.items.is_empty() {
        reader.empty();
    }
    let mut items: Vec<TimelineItem> =
        shape.items.into_iter().filter_map(|item| read_event(reader, item)).collect();
    items.sort_by_key(|item| item.date.start);
    Timeline { title: shape.title, items }
}

fn read_event(reader: &mut Reader<'_, '_>, item: At<EventShape>) -> Option<TimelineItem> {
    let At { value: shape, span } = item;
    if shape.date.is_none() {
        reader.missing(span, "date");
    }
    let title = reader.needed(shape.title, span, "title");
    reader.say(&[title.as_deref(), shape.text.as_deref()]);
    let link = reader.link(shape.link);
    Some(TimelineItem { date: shape.date?.into(), title: title?, text: shape.text, link })
}
