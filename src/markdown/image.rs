//! Images: figures where they stand alone, pictures in text, films and sounds.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::open::{Open, OpenImage};
use super::sink::Slot;
use super::target;
use super::writer::Writer;
use super::{Link, Segment};
use crate::diagnostic::MarkdownFault;
use crate::text::{Span, is_cjk};

impl Writer<'_> {
    pub(super) fn open_image(&mut self, target: CowStr<'_>, title: CowStr<'_>, place: Range<usize>) -> Open {
        let title = (!title.is_empty()).then(|| title.into_string());
        let (target, fault) = target::judged(target.into_string());
        let link = Link { target, span: Span::default(), alt: String::new(), title };
        self.image_depth = 1;
        self.image = Some(OpenImage { link, text_end: place.start + 2, place, soft_break: false, fault });
        Open::Image
    }

    /// Text within an image is its alternative text.
    pub(super) fn alt_text(&mut self, text: &str) {
        let Some(image) = &mut self.image else { return };
        let (last, next) = (image.link.alt.chars().next_back(), text.chars().next());
        if image.soft_break && !(last.is_some_and(is_cjk) && next.is_some_and(is_cjk)) {
            image.link.alt.push(' ');
        }
        image.soft_break = false;
        image.link.alt.push_str(text);
    }

    pub(super) fn close_image(&mut self, place: &Range<usize>) {
        let Some(image) = self.image.take() else { return };
        let at = self.destination(image.text_end, place);
        self.write_image(image.link, image.fault, at, image.place);
    }

    /// An image that raw HTML writes: its target stands at `at`, all of it at
    /// `place`.
    pub(super) fn raw_image(&mut self, image: Link, at: Range<usize>, place: Range<usize>) {
        let (target, fault) = target::judged(image.target);
        self.write_image(Link { target, ..image }, fault, at, place);
    }

    /// Writes an image all of which is known: its target stands at `at`, all of
    /// it at `place`.
    fn write_image(
        &mut self,
        mut link: Link,
        fault: Option<MarkdownFault>,
        at: Range<usize>,
        place: Range<usize>,
    ) {
        link.span = Span::new(at.start, at.end);
        self.resolve_break(None);
        let broken = fault.as_ref().is_some_and(target::breaks);
        if let Some(fault) = fault {
            self.report(at, fault);
        }
        self.visible += 1;
        if broken {
            self.settle();
            self.sink.text(link.caption());
            return self.plain.text.push_str(link.caption());
        }
        let media = target::is_media(&link.target);
        if !media {
            self.note_photo(&link, false, place);
        }
        if self.only_images {
            self.plain.block(link.caption());
            let n = self.body.links.len();
            self.sink.slot(Slot::Segment(if media { Segment::Media(n) } else { Segment::Figure(n) }));
        } else {
            self.plain.text.push_str(link.caption());
            self.inline_image(&link, media);
        }
        self.body.links.push(link);
        self.after_cjk = false;
    }

    /// Counts a photo, and asks for words where it has none.
    pub(super) fn note_photo(&mut self, link: &Link, in_gallery: bool, place: Range<usize>) {
        self.body.footprint.photos += 1;
        let name = link.target.rsplit_once('/').map_or(link.target.as_str(), |(_, name)| name);
        let described =
            [link.target.as_str(), name].iter().any(|known| self.options.described.contains(*known));
        if link.caption().is_empty() && !described {
            self.report(place, MarkdownFault::PhotoWithoutAlt { in_gallery });
        }
    }

    /// A picture in text, the next of the links; a film or sound there is a
    /// link.
    fn inline_image(&mut self, link: &Link, media: bool) {
        let n = self.body.links.len();
        if !media {
            self.sink.slot(Slot::Segment(Segment::Image(n)));
        } else if self.links_open > 0 {
            self.sink.text(link.name());
        } else {
            self.sink.raw("<a");
            self.sink.slot(Slot::Segment(Segment::Href(n)));
            self.sink.raw(">");
            self.sink.text(link.name());
            self.sink.raw("</a>");
        }
    }
}
