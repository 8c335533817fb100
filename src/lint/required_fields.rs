//! **`missing-field`** (error): a piece lacks front matter that its section
//! requires.
//!
//! `required: [date, summary]` in `column.yaml` is a promise to readers and
//! inspectors (国办发〔2017〕47号 wants a date and a source on every page), so a
//! piece that breaks it is not published.
//!
//! ```yaml
//! sections: [{folder: news, title: 新闻, required: [date]}]
//! ```

use crate::config::{Config, FRONT_KEYS};
use crate::diagnostic::{Diagnostic, SiteFault};
use crate::document::Document;
use crate::text::Span;

/// A section, and what it requires.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) folder: String,
    pub(super) title: String,
    pub(super) required: Vec<String>,
}

pub(super) fn sections(config: &Config) -> Vec<Section> {
    let all = config.sections.iter();
    all.map(|section| Section {
        folder: section.folder.clone(),
        title: section.title.clone(),
        required: section.required.clone(),
    })
    .collect()
}

/// The section that a piece lies in; `None` for introductions of sections.
pub(super) fn section_of<'s>(document: &Document, sections: &'s [Section]) -> Option<&'s Section> {
    let (folder, rest) = document.path.as_str().strip_prefix("content/")?.split_once('/')?;
    let section = sections.iter().find(|section| section.folder == folder)?;
    (!matches!(rest, "index.md" | "index.markdown")).then_some(section)
}

pub(super) fn check(document: &Document, sections: &[Section], found: &mut Vec<Diagnostic>) {
    let Some(section) = section_of(document, sections) else { return };
    let front = &document.front;
    let given = |key: &str| front.keys.iter().any(|(name, _)| name == key);
    let missing = section.required.iter().filter(|key| !given(key));
    let keys: Vec<(String, String)> = missing
        .map(|key| {
            let chinese = crate::yaml::chinese(key, &FRONT_KEYS);
            (key.clone(), chinese.first().map_or(key.clone(), |word| (*word).to_owned()))
        })
        .collect();
    if keys.is_empty() {
        return;
    }
    let fault = SiteFault::MissingFields { section: section.title.clone(), keys };
    // The opening fence stands for the front matter.
    let fence = Span::new(front.span.start as usize, front.span.start as usize + 3);
    let there = front.span.end > front.span.start;
    found.push(crate::site::at(document, there.then_some(fence), fault));
}
