//! Photos side by side.

use super::Reader;
use super::shape::{GalleryShape, LayoutShape, PhotoShape};
use super::target;
use crate::markdown::{Gallery, GalleryPhoto, Link};
use crate::text::At;
use crate::yaml::TextOr;

pub(super) fn read(reader: &mut Reader<'_, '_>) -> Gallery {
    let shape: GalleryShape = reader.decode();
    reader.example(shape.example);
    reader.say(&[shape.title.as_deref()]);
    if shape.photos.is_empty() {
        reader.empty();
    }
    let layout = match shape.layout {
        None | Some(LayoutShape::Grid) => "grid",
        Some(LayoutShape::Wide) => "wide",
        Some(LayoutShape::Pairs) => "pairs",
    };
    let photos = shape.photos.into_iter().filter_map(|photo| read_photo(reader, photo)).collect();
    Gallery { title: shape.title, layout: layout.into(), photos }
}

fn read_photo(reader: &mut Reader<'_, '_>, photo: At<TextOr<PhotoShape>>) -> Option<GalleryPhoto> {
    let At { value, span } = photo;
    let shape = match value {
        TextOr::Text(src) => PhotoShape { src: Some(At::new(src, span)), ..PhotoShape::default() },
        TextOr::Group(shape) => shape,
    };
    let Some(src) = shape.src else {
        reader.missing(span, "src");
        return None;
    };
    let place = src.span.start as usize..src.span.end as usize;
    let (target, fault) = target::judged(src.value);
    let broken = fault.as_ref().is_some_and(target::breaks);
    if let Some(fault) = fault {
        reader.writer.report(place.clone(), fault);
    }
    if broken {
        return None;
    }
    reader.say(&[shape.caption.as_deref().or(shape.alt.as_deref())]);
    let alt = shape.alt.or_else(|| shape.caption.clone()).unwrap_or_default();
    let link = Link { target, span: src.span, alt, title: shape.caption };
    reader.writer.note_photo(&link, true, place);
    reader.writer.body.links.push(link);
    let link = reader.writer.body.links.len() - 1;
    Some(GalleryPhoto { link, credit: shape.credit, date: shape.date.map(|day| day.0) })
}
