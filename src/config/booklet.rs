//! Books that pieces are gathered into (汇编): from their shape to what is
//! checked of them here. Whether the pieces, sections and terms that they name
//! exist is `site`'s to say.

use super::shape::{BookletPartShape, BookletShape};
use super::sink::Sink;
use super::{Booklet, BookletPart, Footer, check};
use crate::diagnostic::ConfigFault;
use crate::text::{At, Span, slug};

/// The books, each with a name of its own in addresses.
pub(super) fn booklets(
    shapes: Vec<At<BookletShape>>,
    footer: &Footer,
    pinyin: &[(String, String)],
    sink: &mut Sink<'_>,
) -> Vec<Booklet> {
    let mut all: Vec<(Booklet, Span)> = Vec::new();
    for shape in shapes {
        let Some((booklet, named)) = booklet(shape, footer, pinyin, sink) else { continue };
        match all.iter().find(|(known, _)| known.slug == booklet.slug) {
            Some((_, first)) => {
                sink.also(named, ConfigFault::Twice { key: "slug", value: booklet.slug }, *first);
            }
            None => all.push((booklet, named)),
        }
    }
    all.into_iter().map(|(booklet, _)| booklet).collect()
}

/// A book, and where its name in addresses comes from.
fn booklet(
    shape: At<BookletShape>,
    footer: &Footer,
    pinyin: &[(String, String)],
    sink: &mut Sink<'_>,
) -> Option<(Booklet, Span)> {
    let whole = shape.span;
    let BookletShape {
        title,
        slug,
        subtitle,
        issuer,
        date,
        foreword,
        note,
        plan,
        pieces,
        section,
        phase,
        topic,
        unit,
        series,
        parts,
    } = shape.value;
    let Some(title) = title.filter(|title| !title.value.trim().is_empty()) else {
        sink.at(whole, ConfigFault::Required { key: "title" });
        return None;
    };
    let slug = slug.filter(|slug| check::slug(slug, sink));
    let named = slug.as_ref().map_or(title.span, |slug| slug.span);
    let undivided = BookletPart {
        title: String::new(),
        pieces: pieces.map(|list| list.0).unwrap_or_default(),
        section,
        phase,
        topic,
        unit,
        series,
    };
    let mut all: Vec<BookletPart> = Vec::new();
    all.extend((!undivided.chooses_nothing()).then_some(undivided));
    all.extend(parts.unwrap_or_default().into_iter().filter_map(|shape| part(shape, sink)));
    let booklet = Booklet {
        slug: slug.map_or_else(|| slug_of(&title.value, pinyin), |slug| slug.value),
        span: title.span,
        title: title.value,
        subtitle: subtitle.unwrap_or_default(),
        issuer: issuer.or_else(|| footer.sponsor.clone()).unwrap_or_default(),
        date: date.map(|day| day.value.0),
        foreword: paragraphs(foreword.as_deref().unwrap_or_default()),
        note: note.as_deref().unwrap_or_default().lines().map(str::trim).map(str::to_owned).collect(),
        plan: plan.unwrap_or(true),
        parts: all,
    };
    Some((booklet, named))
}

fn part(shape: At<BookletPartShape>, sink: &mut Sink<'_>) -> Option<BookletPart> {
    let BookletPartShape { title, pieces, section, phase, topic, unit, series } = shape.value;
    let Some(title) = title else {
        sink.at(shape.span, ConfigFault::Required { key: "title" });
        return None;
    };
    let pieces = pieces.map(|list| list.0).unwrap_or_default();
    Some(BookletPart { title: title.value, pieces, section, phase, topic, unit, series })
}

impl BookletPart {
    /// Whether nothing is named at all.
    fn chooses_nothing(&self) -> bool {
        self.pieces.is_empty() && !self.filters()
    }

    /// Whether pieces are chosen by what they are, not by their names alone.
    pub fn filters(&self) -> bool {
        let keys = [&self.section, &self.phase, &self.topic, &self.unit, &self.series];
        keys.into_iter().any(Option::is_some)
    }
}

/// The title in pinyin; a hash where nothing of it can be spelled.
fn slug_of(title: &str, pinyin: &[(String, String)]) -> String {
    let spelled = slug::from_text(title, pinyin);
    if spelled.is_empty() { slug::short_hash(title) } else { spelled }
}

/// Paragraphs that empty lines part. A line's end within one is a slip of the
/// keyboard: Chinese wants no space there.
fn paragraphs(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        match all.last_mut().filter(|_| open) {
            _ if line.is_empty() => open = false,
            Some(paragraph) => {
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                if latin(paragraph.chars().next_back()) && latin(line.chars().next()) {
                    paragraph.push(' ');
                }
                paragraph.push_str(line);
            }
            None => {
                all.push(line.to_owned());
                open = true;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn lines_join_and_empty_lines_part() {
        assert_eq!(paragraphs("一\n二\n\n\n三 GPS\nGIS\n"), ["一二", "三 GPS GIS"]);
        assert!(paragraphs(" \n").is_empty());
    }
}
