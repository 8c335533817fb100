//! A document's class: what decides where the piece belongs in the site.
//!
//! An edit of a text or a title leaves it alone, and most edits are of that
//! kind: so routes, order, groups and neighbours, which follow from the classes
//! of all documents, are remembered under these keys.

use jiff::civil::DateTime;

use super::Document;
use crate::memo::{Key, KeyBuilder};

/// The key of the path, the name in addresses, the date, the order and the
/// terms of `document`. Places in the file, which move with any edit, are not
/// in it; nor is the title, which decides where a section is sorted by titles.
pub fn class(document: &Document) -> Key {
    let front = &document.front;
    let mut parts = KeyBuilder::with_capacity(512);
    parts.text(document.path.as_str());
    parts.text(&document.slug);
    parts.bool(front.slug.is_some());
    let appears = front.publish_at.as_ref().or(front.date.as_ref());
    moment(&mut parts, appears.map(|at| at.value.civil));
    parts.bool(front.pinned);
    parts.bool(front.order.is_some());
    parts.number(front.order.unwrap_or(0));
    for list in [&front.topics, &front.units] {
        parts.count(list.len());
        for name in list {
            parts.text(&name.value);
        }
    }
    parts.option(front.phase.as_ref().map(|phase| phase.value.as_str()));
    parts.option(front.series.as_ref().map(|series| series.value.as_str()));
    let people = || front.byline.iter().flat_map(|line| &line.names);
    parts.count(people().count());
    for name in people() {
        parts.text(&name.value);
    }
    parts.finish()
}

/// A moment that may be absent, for a key.
pub(crate) fn moment(parts: &mut KeyBuilder, moment: Option<DateTime>) {
    parts.bool(moment.is_some());
    let Some(at) = moment else { return };
    parts.number(i64::from(at.year()));
    for part in [at.month(), at.day(), at.hour(), at.minute(), at.second()] {
        parts.number(i64::from(part));
    }
    parts.number(i64::from(at.subsec_nanosecond()));
}
