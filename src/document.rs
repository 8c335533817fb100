//! Front matter and body together: one [`Document`].
//!
//! [`parse`] reads the bytes of one Markdown file and gives a document with its
//! findings: the text is decoded, the front matter found (`fences`), decoded
//! into its shape (`shape`), checked (`check`), and the body parsed.
//!
//! **Invariant:** a document knows only itself and the part of the config that
//! parsing reads ([`Options`]). All documents can be parsed at once, and each
//! result can be kept for as long as its text stays the same.

mod byline;
mod check;
mod class;
mod fences;
mod kept;
mod model;
mod schema;
mod shape;
mod sidecar;

use std::borrow::Cow;

use jiff::tz::TimeZone;

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, FrontFault, Severity};
use crate::markdown::{self, Body};
use crate::memo::Key;
use crate::path::SourcePath;
use crate::source;
use crate::text::{Span, slug, words};
use crate::yaml::{self, Fragment};

pub use class::class;
pub(crate) use class::moment;
pub use kept::{recalled, shortened};
pub use model::{
    AiNote, Attachment, Byline, Correction, Cover, Document, Front, Moment, PhotoNote, Reprint, TextLabel,
    WechatFront,
};
pub use schema::{front_keys, schema};
pub use sidecar::{photo_note, sidecar_of};

use check::Sink;
use fences::Parts;
use shape::FrontShape;

/// The part of the config that parsing reads.
#[derive(Debug, Clone)]
pub struct Options {
    timezone: TimeZone,
    language: String,
    trust_html: bool,
    line_paragraphs: bool,
    pinyin: Vec<(String, String)>,
    key: Key,
}

impl Options {
    /// What parsing reads of `config`.
    pub fn new(config: &Config) -> Self {
        let timezone = config.timezone.clone();
        let zone = timezone.iana_name().map_or_else(|| format!("{timezone:?}"), str::to_owned);
        let flags = [u8::from(config.trust_html), u8::from(config.line_paragraphs)];
        let mut parts = vec![zone.as_bytes(), config.language.as_bytes(), &flags];
        for (phrase, reading) in &config.pinyin {
            parts.extend([phrase.as_bytes(), reading.as_bytes()]);
        }
        Self {
            key: Key::hash_parts(parts),
            timezone,
            language: config.language.clone(),
            trust_html: config.trust_html,
            line_paragraphs: config.line_paragraphs,
            pinyin: config.pinyin.clone(),
        }
    }

    /// The key of all that stands here.
    pub fn key(&self) -> Key {
        self.key
    }
}

/// Whether the file at `path` is a document: Markdown below `content/`, but not
/// among the files that are copied as they are.
pub fn is_document(path: &SourcePath) -> bool {
    let text = path.as_str();
    text.starts_with("content/")
        && !text.starts_with("content/static/")
        && path.file_name().rsplit_once('.').is_some_and(|(_, extension)| {
            extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
        })
}

/// The text of a file, in which places are counted; see [`source::decoded`].
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    source::decoded(bytes)
}

/// Understands one Markdown file. `key` is the key of path, bytes and options.
pub fn parse(path: &SourcePath, bytes: &[u8], key: Key, options: &Options) -> Checked<Document> {
    let mut found = Vec::new();
    let text = source::decode(path, bytes).keep(&mut found);
    let parts = fences::split(&text);
    let mut sink = Sink { path, text: &text, timezone: &options.timezone, pinyin: &options.pinyin, found };
    let front = read_front(&parts, &mut sink);
    let body_options = markdown::Options {
        trust_html: options.trust_html,
        line_paragraphs: options.line_paragraphs,
        lang: front.lang.clone().unwrap_or_else(|| options.language.clone()),
        title_from_heading: front.title.is_none(),
        described: front
            .photos
            .iter()
            .filter(|(_, note)| note.caption.is_some() || note.alt.is_some())
            .map(|(name, _)| name.clone())
            .collect(),
    };
    let body = markdown::parse(path, &text, parts.body, &body_options).keep(&mut sink.found);
    let title = title(&front, &body, &parts, &mut sink);
    let mut document = Document {
        path: path.clone(),
        key,
        class: key,
        title_words: words(&title),
        title,
        summary: front.summary.clone().unwrap_or_else(|| body.summary.clone()),
        slug: slug_of(&front, &mut sink),
        front,
        body,
    };
    document.class = class(&document);
    Checked { value: document, diagnostics: sink.found }
}

/// The front matter, checked, with the keys that it gives.
fn read_front(parts: &Parts, sink: &mut Sink<'_>) -> Front {
    if let Some((fault, span)) = parts.fault.clone() {
        sink.found.push(Diagnostic::at(sink.path, span, fault).with_fix(parts.fix.clone()));
    }
    let yaml = parts.yaml.clone().and_then(|range| Some((range.start, sink.text.get(range)?)));
    let Some((offset, text)) = yaml else { return Front { span: parts.front, ..Front::default() } };
    let parsed = yaml::read(Fragment { path: sink.path, text, offset }).keep(&mut sink.found);
    let shape: FrontShape = parsed.decode().keep(&mut sink.found);
    let keys = parsed.keys(yaml::fields::<FrontShape>());
    let is_lost = sink.found.iter().any(|found| found.severity() == Severity::Error);
    let is_known = keys.iter().any(|(key, _)| key == "draft");
    let front = Front { keys, span: parts.front, ..check::front(shape, sink) };
    Front { draft: front.draft || is_lost && !is_known && calls_itself_draft(text), ..front }
}

/// Whether front matter that can't be read as YAML still has a line `draft: true`:
/// nobody is kept waiting by a text that is not to be published.
fn calls_itself_draft(yaml: &str) -> bool {
    yaml.lines().filter_map(|line| line.split_once([':', '：'])).any(|(key, value)| {
        let value = value.split(" #").next().unwrap_or_default().trim();
        matches!(key, "draft" | "草稿") && matches!(value, "true" | "yes" | "on" | "是")
    })
}

/// The title, wherever it stands; where it is not in the front matter, that is
/// worth a word.
fn title(front: &Front, body: &Body, parts: &Parts, sink: &mut Sink<'_>) -> String {
    if let Some(title) = &front.title {
        return title.value.clone();
    }
    let has_front = parts.front.end > parts.front.start;
    let top = Span::new(0, 0);
    if let Some(heading) = &body.first_heading {
        if !has_front {
            sink.at(heading.span, FrontFault::NoFrontMatter { title: heading.value.clone() });
        }
        return heading.value.clone();
    }
    let name = piece_name(sink.path).to_owned();
    // A title that was refused, or front matter that could not be read at all,
    // has been reported already.
    let unread = front.keys.is_empty() && sink.found.iter().any(|d| d.severity() == Severity::Error);
    let tried = unread || front.keys.iter().any(|(key, _)| key == "title");
    if !is_introduction(sink.path) && !tried {
        let span = if has_front {
            Span::new(parts.front.start as usize, parts.front.start as usize + 3)
        } else {
            top
        };
        sink.at(span, FrontFault::NoTitle { name: name.clone() });
    }
    name
}

/// The name in addresses as this file alone gives it.
fn slug_of(front: &Front, sink: &mut Sink<'_>) -> String {
    if let Some(slug) = &front.slug {
        return slug.value.clone();
    }
    let name = piece_name(sink.path);
    let slug = slug::from_text(name, sink.pinyin);
    if slug.is_empty() {
        return slug::short_hash(name);
    }
    if crate::path::is_list_page(&slug) && !is_introduction(sink.path) {
        sink.found.push(Diagnostic::of_file(sink.path, FrontFault::NameReserved { name: name.to_owned() }));
    }
    slug
}

/// The file's name without extension; for a bundle's `index.md`, the folder's.
fn piece_name(path: &SourcePath) -> &str {
    match path.stem() {
        "index" => path.folder().rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("index"),
        stem => stem,
    }
}

/// Whether the file introduces a section: `content/<section>/index.md`. The
/// section has a title of its own.
fn is_introduction(path: &SourcePath) -> bool {
    path.stem() == "index" && path.folder().matches('/').count() == 1
}
