//! Documents made by hand, for tests of what comes after parsing.

use std::sync::Arc;

use zhuanlan::document::{Byline, Document, Front, Moment};
use zhuanlan::markdown::{Body, Link, Segment};
use zhuanlan::memo::Key;
use zhuanlan::text::{At, Span};

use crate::project::source;

/// A document without parsing.
#[derive(Debug, Clone)]
pub(crate) struct Doc(pub(crate) Document);

/// A value at some place.
pub(crate) fn at<T>(value: T) -> At<T> {
    At::new(value, Span::new(4, 9))
}

/// `2021-03-19` or `2021-03-19 09:40`.
pub(crate) fn moment(text: &str) -> At<Moment> {
    let (civil, has_time) = match text.split_once(' ') {
        Some((day, time)) => (format!("{day}T{time}").parse().expect("a time"), true),
        None => (
            text.parse::<jiff::civil::Date>().expect("a day").to_datetime(jiff::civil::Time::midnight()),
            false,
        ),
    };
    at(Moment { civil, has_time })
}

impl Doc {
    pub(crate) fn new(path: &str) -> Self {
        let path = source(path);
        let name =
            if path.stem() == "index" { path.folder().rsplit('/').next().unwrap_or("") } else { path.stem() };
        Self(Document {
            key: Key::hash(path.as_str().as_bytes()),
            class: Key::hash(path.as_str().as_bytes()),
            slug: zhuanlan::text::slug::from_text(name, &[]),
            title: name.to_owned(),
            title_words: Vec::new(),
            summary: String::new(),
            front: Front::default(),
            body: Body::default(),
            path,
        })
    }

    /// The document, under keys of all that it says.
    pub(crate) fn done(&self) -> Arc<Document> {
        let mut document = self.0.clone();
        document.class = zhuanlan::document::class(&document);
        document.key = Key::hash(format!("{document:?}").as_bytes());
        Arc::new(document)
    }

    pub(crate) fn front(mut self, change: impl FnOnce(&mut Front)) -> Self {
        change(&mut self.0.front);
        self
    }

    pub(crate) fn date(self, text: &str) -> Self {
        self.front(|front| front.date = Some(moment(text)))
    }

    pub(crate) fn titled(mut self, title: &str) -> Self {
        title.clone_into(&mut self.0.title);
        self
    }

    pub(crate) fn topics(self, names: &[&str]) -> Self {
        self.front(|front| front.topics = names.iter().map(|name| at((*name).to_owned())).collect())
    }

    pub(crate) fn people(self, names: &[&str]) -> Self {
        let names = names.iter().map(|name| at((*name).to_owned())).collect();
        self.front(|front| front.byline = vec![Byline { role: "通讯员".to_owned(), names }])
    }

    pub(crate) fn link(self, target: &str) -> Self {
        self.refer(Segment::Href, target)
    }

    pub(crate) fn picture(self, target: &str) -> Self {
        self.refer(Segment::Figure, target)
    }

    fn refer(mut self, piece: impl FnOnce(usize) -> Segment, target: &str) -> Self {
        let body = &mut self.0.body;
        let piece = piece(body.links.len());
        body.prose.edit(|prose| prose.pieces.push(piece));
        body.links.push(Link {
            target: target.to_owned(),
            span: Span::new(1, 2),
            alt: String::new(),
            title: None,
        });
        self
    }
}
