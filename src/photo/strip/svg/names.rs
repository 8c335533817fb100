//! Names within a drawing: which are referred to, and what they are called
//! instead. Drawing programs make them of the names of layers, which people
//! give.
//!
//! **Invariant:** names that go out are a letter and a number; equal names
//! stay equal and different ones different, so that what refers to them still
//! does.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entities::Entities;
use crate::html::css::without_comments;

/// The names of a drawing.
#[derive(Default)]
pub(super) struct Names {
    /// Ids that there are.
    known: BTreeSet<String>,
    /// Ids that something refers to, with what they are called.
    ids: BTreeMap<String, String>,
    /// Classes that a style speaks of, likewise.
    classes: BTreeMap<String, String>,
    /// Whether an `xlink:href` is used.
    pub xlink: bool,
}

impl Names {
    /// Reads a whole drawing. `None` where it is not well-formed.
    pub(super) fn of(text: &str, entities: &Entities) -> Option<Self> {
        let mut names = Self::default();
        let mut used = Vec::new();
        let (mut in_style, mut style) = (false, String::new());
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) => {
                    in_style = element.local_name().as_ref() == b"style";
                    names.of_element(&element, entities, &mut used)?;
                }
                Event::Empty(element) => names.of_element(&element, entities, &mut used)?,
                Event::End(_) => in_style = false,
                Event::Text(text) if in_style => style.push_str(&text.decode().ok()?),
                Event::CData(text) if in_style => style.push_str(&text.decode().ok()?),
                Event::GeneralRef(name) if in_style => style.push_str(&entities.meaning(&name)?),
                Event::Eof => break,
                _ => {}
            }
        }
        used.extend(urls(&style).map(|(_, id)| id.to_owned()));
        let style = without_comments(&style);
        for (mark, name, _) in selectors(&style) {
            if mark == '#' {
                used.push(name.to_owned());
            } else {
                let new = format!("c{}", names.classes.len());
                names.classes.entry(name.to_owned()).or_insert(new);
            }
        }
        for id in used {
            let id = names.resolve(&id);
            let new = format!("i{}", names.ids.len());
            names.ids.entry(id).or_insert(new);
        }
        Some(names)
    }

    fn of_element(
        &mut self,
        element: &BytesStart<'_>,
        entities: &Entities,
        used: &mut Vec<String>,
    ) -> Option<()> {
        for attribute in element.attributes() {
            let attribute = attribute.ok()?;
            let value = entities.value(&attribute.value)?;
            match attribute.key.as_ref() {
                b"id" => drop(self.known.insert(value.trim().to_owned())),
                key @ (b"href" | b"xlink:href") => {
                    self.xlink |= key != b"href";
                    used.extend(value.trim().strip_prefix('#').map(str::to_owned));
                }
                _ => used.extend(urls(&value).map(|(_, id)| id.to_owned())),
            }
        }
        Some(())
    }

    /// The id that a reference means: it may be written as in addresses.
    fn resolve(&self, id: &str) -> String {
        if self.known.contains(id) {
            return id.to_owned();
        }
        let decoded = percent_decode_str(id).decode_utf8_lossy().into_owned();
        if self.known.contains(&decoded) { decoded } else { id.to_owned() }
    }

    /// What an id is called; `None` where nothing refers to it.
    pub(super) fn id(&self, id: &str) -> Option<&str> {
        self.ids.get(&self.resolve(id.trim())).map(String::as_str)
    }

    /// Those of an element's classes that a style speaks of; `None` where none
    /// is.
    pub(super) fn classes(&self, value: &str) -> Option<String> {
        let known = value.split_ascii_whitespace().filter_map(|class| self.classes.get(class));
        let known = known.map(String::as_str).collect::<Vec<_>>().join(" ");
        (!known.is_empty()).then_some(known)
    }

    /// A value with what its `url(#…)` are called.
    pub(super) fn value(&self, value: &str) -> String {
        let places: Vec<(usize, &str)> = urls(value).collect();
        self.replaced(value, places.into_iter().map(|(at, id)| ('#', id, at)))
    }

    /// A style without comments, with what its selectors and `url(#…)` are
    /// called.
    pub(super) fn style(&self, style: &str) -> String {
        let style = self.value(&without_comments(style));
        let places: Vec<(char, &str, usize)> = selectors(&style).collect();
        self.replaced(&style, places.into_iter())
    }

    /// `text` with new names in place of those at the places, which are in
    /// order.
    fn replaced<'t>(&self, text: &str, places: impl Iterator<Item = (char, &'t str, usize)>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (mark, name, at) in places {
            let new = if mark == '#' { self.id(name) } else { self.classes.get(name).map(String::as_str) };
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(new.unwrap_or("x"));
            done = at + name.len();
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }
}

/// The ids in `url(#…)`, each with its place.
fn urls(value: &str) -> impl Iterator<Item = (usize, &str)> {
    value.match_indices("url(").filter_map(|(at, begin)| {
        let from = at + begin.len();
        let rest = value.get(from..)?;
        let inner = rest.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']);
        let id = inner.strip_prefix('#')?;
        let end = id.find([')', '"', '\'', ' ']).unwrap_or(id.len());
        Some((value.len() - id.len(), id.get(..end)?))
    })
}

/// The ids and classes that a style's selectors name: `#a`, `.b`; what stands
/// before `;` or `}` is a value (`#c33`, `.5`).
fn selectors(style: &str) -> impl Iterator<Item = (char, &str, usize)> {
    style.match_indices(['#', '.']).filter_map(|(at, mark)| {
        let rest = style.get(at + 1..)?;
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
        let name = rest.get(..rest.find(|c: char| !is_name(c)).unwrap_or(rest.len()))?;
        let named = name.starts_with(|c: char| !c.is_ascii_digit());
        let ends = rest.find(['{', '}', ';']).and_then(|end| rest.get(end..=end));
        (named && ends == Some("{")).then_some((mark.chars().next()?, name, at + 1))
    })
}
