//! From the shape of front matter to the checked [`Front`].
//!
//! [`front`] takes the shape apart by name, so that a new key can't be
//! forgotten here.

use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization as _;

use super::byline::bylines;
use super::shape::{
    CorrectionShape, CoverShape, FileShape, FrontShape, PhotoShape, SourceShape, WechatShape,
};
use super::{
    AiNote, Attachment, Correction, Cover, Front, Moment, PhotoNote, Reprint, TextLabel, WechatFront,
};
use crate::ai_label::{self, AiLabel, AiLevel};
use crate::config::Comments;
use crate::diagnostic::{Diagnostic, FrontFault, Kind, YamlFault};
use crate::path::{OutputPath, SourcePath, is_list_page};
use crate::text::{At, Span, is_language_tag, slug};
use crate::yaml::{OneOrMany, TextOr, When};

/// Where findings go while one file is read, and what reading needs.
pub(super) struct Sink<'f> {
    pub(super) path: &'f SourcePath,
    /// The whole text of the file.
    pub(super) text: &'f str,
    pub(super) timezone: &'f TimeZone,
    pub(super) pinyin: &'f [(String, String)],
    pub(super) found: Vec<Diagnostic>,
}

impl Sink<'_> {
    pub(super) fn at(&mut self, span: Span, fault: impl Into<Kind>) {
        self.found.push(Diagnostic::at(self.path, span, fault));
    }

    /// A key that a group needs is not there, unless something in the group
    /// was wrong and has been reported: most likely it was that key.
    fn missing(&mut self, span: Span, key: &str) {
        let is_known = self
            .found
            .iter()
            .filter_map(|found| found.primary.span)
            .any(|wrong| span.start <= wrong.start && wrong.end <= span.end && wrong != span);
        if !is_known {
            self.at(span, YamlFault::MissingKey { key: key.into() });
        }
    }

    fn moment(&self, when: &At<When>) -> At<Moment> {
        let value = match when.value {
            When::Local { civil, has_time } => Moment { civil, has_time },
            When::Instant(instant) => Moment { civil: self.timezone.to_datetime(instant), has_time: true },
        };
        At::new(value, when.span)
    }
}

/// Checks everything that one file can tell.
pub(super) fn front(shape: FrontShape, sink: &mut Sink<'_>) -> Front {
    let FrontShape {
        title,
        section,
        keywords,
        subtitle,
        date,
        updated,
        publish_at,
        expire_at,
        draft,
        pinned,
        order,
        slug,
        aliases,
        summary,
        cover,
        topics,
        units,
        phase,
        byline,
        source,
        related,
        series,
        corrections,
        lang,
        extra,
        photos,
        issuer,
        number,
        files,
        version,
        replaces,
        wechat,
        aigc,
    } = shape;
    let date = date.map(|when| sink.moment(&when));
    let updated = updated.map(|when| sink.moment(&when));
    let publish_at = publish_at.map(|when| sink.moment(&when));
    let expire_at = expire_at.map(|when| sink.moment(&when));
    in_order(date.as_ref(), updated.as_ref(), FrontFault::UpdatedBeforeDate, sink);
    in_order(publish_at.as_ref(), expire_at.as_ref(), FrontFault::ExpiresBeforePublished, sink);
    Front {
        title: title.filter(|title| not_empty(title, "title", sink)),
        section,
        keywords: keywords.0,
        subtitle,
        date,
        updated,
        publish_at,
        expire_at,
        draft: draft.unwrap_or(false),
        pinned: pinned.unwrap_or(false),
        order,
        slug: slug.filter(|slug| plain_slug(slug, sink)),
        aliases: aliases.0.into_iter().filter_map(|alias| former_address(alias, sink)).collect(),
        summary: summary.map(|summary| summary.value.trim().to_owned()).filter(|summary| !summary.is_empty()),
        cover: cover.and_then(|cover| cover_of(cover, sink)),
        topics: named(topics, "topics", sink),
        units: named(units, "units", sink),
        phase,
        byline: bylines(byline, sink),
        source: source.and_then(|source| reprint(source, sink)),
        related: related.0,
        series,
        corrections: corrections.into_iter().filter_map(|item| correction(item, sink)).collect(),
        lang: lang.filter(|lang| language(lang, sink)).map(|lang| lang.value),
        extra,
        photos: photos.0.into_iter().map(|(name, photo)| photo_note(name, photo, sink)).collect(),
        issuer,
        number,
        files: files.0.into_iter().filter_map(|file| attachment(file, sink)).collect(),
        version,
        replaces,
        wechat: wechat.map(|shape| wechat_of(shape, sink)).unwrap_or_default(),
        aigc: aigc.map(|label| text_label(&label, sink)),
        keys: Vec::new(),
        span: Span::default(),
    }
}

/// What the WeChat edition has otherwise; what is empty says nothing.
fn wechat_of(shape: WechatShape, sink: &mut Sink<'_>) -> WechatFront {
    let WechatShape { title, digest, author, cover, comments, original } = shape;
    let given = |text: Option<At<String>>| {
        let trimmed = text.map(|text| At::new(text.value.trim().to_owned(), text.span));
        trimmed.filter(|text| !text.value.is_empty())
    };
    let comments = comments.and_then(|word| {
        let meant = Comments::from_word(&word.value);
        if meant.is_none() {
            sink.at(word.span, FrontFault::BadComments { text: word.value });
        }
        meant
    });
    WechatFront {
        title: given(title),
        digest: given(digest),
        author: given(author),
        cover: given(cover),
        comments,
        original,
    }
}

/// Reports where `later` lies before `earlier`. A date without a time stands
/// for its whole day.
fn in_order(
    earlier: Option<&At<Moment>>,
    later: Option<&At<Moment>>,
    fault: FrontFault,
    sink: &mut Sink<'_>,
) {
    let (Some(earlier), Some(later)) = (earlier, later) else { return };
    let by_day = !(earlier.value.has_time && later.value.has_time);
    let wrong = if by_day {
        later.value.civil.date() < earlier.value.civil.date()
    } else {
        later.value.civil < earlier.value.civil
    };
    if wrong {
        sink.found.push(Diagnostic::at(sink.path, later.span, fault).and(sink.path, Some(earlier.span)));
    }
}

fn not_empty(text: &At<String>, key: &'static str, sink: &mut Sink<'_>) -> bool {
    let empty = text.value.trim().is_empty();
    if empty {
        sink.at(text.span, FrontFault::Empty { key });
    }
    !empty
}

fn plain_slug(written: &At<String>, sink: &mut Sink<'_>) -> bool {
    let value = &written.value;
    if !slug::is_plain(value) {
        let meant = Some(slug::from_text(value, sink.pinyin)).filter(|meant| !meant.is_empty());
        sink.at(written.span, FrontFault::SlugNotPlain { slug: value.clone(), meant });
        return false;
    }
    if is_list_page(value) {
        sink.at(written.span, FrontFault::SlugReserved { slug: value.clone() });
        return false;
    }
    true
}

/// A former address as an output path: `/old/` and `/old` are
/// `old/index.html`, and `%E6%97%A7/` is `旧/index.html`.
fn former_address(written: At<String>, sink: &mut Sink<'_>) -> Option<At<String>> {
    let decoded = percent_encoding::percent_decode_str(written.value.trim()).decode_utf8_lossy();
    let mut path: String = decoded.trim_start_matches("./").trim_start_matches('/').nfc().collect();
    let (stem, extension) = split_extension(&path);
    let is_page = ["html", "htm", "shtml", "xhtml"].contains(&extension.to_ascii_lowercase().as_str());
    let is_program = path.contains('?')
        || ["asp", "aspx", "php", "jsp", "do", "cgi"].contains(&extension.to_ascii_lowercase().as_str());
    if is_program && !path.contains("://") {
        sink.at(written.span, FrontFault::ServerAlias { alias: written.value });
        return None;
    }
    let is_folder = extension.is_empty() && !path.is_empty();
    let named = is_folder || (is_page && !stem.is_empty() && !stem.ends_with('/'));
    if is_folder {
        path = format!("{}/index.html", path.trim_end_matches('/'));
    }
    if !named || OutputPath::former(&path).is_none() {
        sink.at(written.span, FrontFault::BadAlias { alias: written.value });
        return None;
    }
    Some(At::new(path, written.span))
}

/// A path without the extension of its last part, and that; empty where the
/// last part has none.
fn split_extension(path: &str) -> (&str, &str) {
    let name = path.rsplit('/').next().unwrap_or(path).len();
    match path.rsplit_once('.') {
        Some((stem, extension)) if extension.len() < name && !extension.contains('?') => (stem, extension),
        _ => (path, ""),
    }
}

fn cover_of(cover: At<TextOr<CoverShape>>, sink: &mut Sink<'_>) -> Option<Cover> {
    match cover.value {
        TextOr::Text(src) => {
            Some(Cover { src: At::new(src, cover.span), caption: None, credit: None, alt: None })
        }
        TextOr::Group(CoverShape { src, caption, credit, alt }) => {
            let Some(src) = src else {
                sink.missing(cover.span, "src");
                return None;
            };
            Some(Cover { src, caption, credit, alt })
        }
    }
}

/// Names without empty ones and repeats.
fn named(names: OneOrMany<At<String>>, key: &'static str, sink: &mut Sink<'_>) -> Vec<At<String>> {
    let mut kept: Vec<At<String>> = Vec::new();
    for name in names.0 {
        if !not_empty(&name, key, sink) {
            continue;
        }
        match kept.iter().find(|known| known.value == name.value) {
            Some(first) => {
                let fault = FrontFault::NamedTwice { name: name.value };
                let twice = Diagnostic::at(sink.path, name.span, fault).and(sink.path, Some(first.span));
                sink.found.push(twice);
            }
            None => kept.push(name),
        }
    }
    kept
}

fn reprint(source: At<TextOr<SourceShape>>, sink: &mut Sink<'_>) -> Option<Reprint> {
    match source.value {
        TextOr::Text(name) => Some(Reprint { name, url: None, date: None }),
        TextOr::Group(SourceShape { name, url, date }) => {
            let Some(name) = name else {
                sink.missing(source.span, "name");
                return None;
            };
            let url = url.filter(|url| {
                let good = url.value.starts_with("https://") || url.value.starts_with("http://");
                if !good {
                    sink.at(url.span, FrontFault::SourceNotAnAddress { url: url.value.clone() });
                }
                good
            });
            let date = date.map(|when| sink.moment(&when).value);
            Some(Reprint { name: name.value, url, date })
        }
    }
}

fn correction(item: At<CorrectionShape>, sink: &mut Sink<'_>) -> Option<Correction> {
    let CorrectionShape { date, text } = item.value;
    if date.is_none() {
        sink.missing(item.span, "date");
    }
    if text.is_none() {
        sink.missing(item.span, "text");
    }
    let date = sink.moment(&date?).value;
    Some(Correction { date, text: text?.value })
}

/// A BCP 47 tag: `zh-CN`, `zh-Hans`, `en`.
fn language(tag: &At<String>, sink: &mut Sink<'_>) -> bool {
    let good = is_language_tag(&tag.value);
    if !good {
        sink.at(tag.span, FrontFault::BadLanguage { tag: tag.value.clone() });
    }
    good
}

pub(super) fn photo_note(name: At<String>, photo: PhotoShape, sink: &mut Sink<'_>) -> (String, PhotoNote) {
    let PhotoShape { caption, credit, date, alt, focus, reviewed, ai } = photo;
    let focus = focus.and_then(|text| {
        let point = focus_point(&text.value);
        if point.is_none() {
            sink.at(text.span, FrontFault::BadFocus { text: text.value.clone() });
        }
        point
    });
    let note = PhotoNote {
        span: name.span,
        caption,
        credit,
        date: date.map(|day| day.0),
        alt,
        focus,
        reviewed: reviewed.unwrap_or(false),
        ai: ai.and_then(|text| ai_note(text, sink)),
    };
    (name.value, note)
}

/// Whether AI made a photo: one of four words, in Chinese or English.
fn ai_note(text: At<String>, sink: &mut Sink<'_>) -> Option<AiNote> {
    let known = match text.value.trim() {
        "生成" | "是" | "AI生成" | "AI 生成" | "made" | "true" => AiNote::Yes(AiLevel::Made),
        "可能" | "possible" => AiNote::Yes(AiLevel::Possible),
        "疑似" | "suspected" => AiNote::Yes(AiLevel::Suspected),
        "否" | "none" | "false" => AiNote::No,
        _ => {
            sink.at(text.span, FrontFault::BadAi { text: text.value });
            return None;
        }
    };
    Some(known)
}

/// The label of a text: a mapping of the standard's keys, or its JSON. What is
/// not as the standard wants it is a sign all the same.
fn text_label(label: &At<serde_json::Value>, sink: &mut Sink<'_>) -> TextLabel {
    use serde_json::Value;
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let read = match &label.value {
        Value::Object(map) => {
            AiLabel::from_values(map.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
        }
        other => AiLabel::read(&plain(other)),
    };
    if let Ok(label) = read {
        return TextLabel { level: label.level, json: label.json().to_owned() };
    }
    sink.at(label.span, FrontFault::BadAiLabel);
    TextLabel { level: ai_label::level_of_bad(&label.value.to_string()), json: String::new() }
}

/// `50% 30%`: percent from the left and the top.
fn focus_point(text: &str) -> Option<(u8, u8)> {
    let mut numbers = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|part| !part.is_empty())
        .map(|part| part.strip_suffix(['%', '％'])?.parse::<u8>().ok().filter(|n| *n <= 100));
    let point = (numbers.next()??, numbers.next()??);
    numbers.next().is_none().then_some(point)
}

fn attachment(file: At<TextOr<FileShape>>, sink: &mut Sink<'_>) -> Option<Attachment> {
    match file.value {
        TextOr::Text(src) => Some(Attachment { src: At::new(src, file.span), title: None, reviewed: false }),
        TextOr::Group(FileShape { src, title, reviewed }) => {
            let Some(src) = src else {
                sink.missing(file.span, "src");
                return None;
            };
            Some(Attachment { src, title, reviewed: reviewed.unwrap_or(false) })
        }
    }
}
