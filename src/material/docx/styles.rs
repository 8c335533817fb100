//! Styles of a Word document: what they hide, and what they number
//! (ECMA-376, part 1, 17.7).

use std::collections::BTreeMap;

use super::super::Broken;
use crate::office::Package;
use crate::office::xml::{Node, is_on};

/// How many styles one may be based on, each on the next.
const MAX_DEPTH: usize = 20;

/// What a style says by itself.
#[derive(Debug, Default)]
struct Style {
    base: Option<String>,
    hides: Option<bool>,
    list: Option<String>,
    level: Option<usize>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
    /// Whether text is hidden unless something says otherwise.
    hides: bool,
}

impl Styles {
    /// Reads the part that defines them.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Broken> {
        let mut styles = Self::default();
        let (mut id, mut style) = (None::<String>, Style::default());
        package.walk(part, |node| match node {
            Node::Start(element) => {
                let value = || element.attribute("val");
                match element.name() {
                    b"style" => {
                        id = element.attribute("styleId");
                        style = Style::default();
                        let usual = element.is("default")
                            && element.attribute("type").is_some_and(|kind| kind == "paragraph");
                        if usual {
                            styles.usual.clone_from(&id);
                        }
                    }
                    b"basedOn" => style.base = value(),
                    b"vanish" => {
                        let hides = value().is_none_or(|value| is_on(&value));
                        match id {
                            Some(_) => style.hides = Some(hides),
                            None => styles.hides |= hides,
                        }
                    }
                    b"numId" => style.list = value(),
                    b"ilvl" => style.level = value().and_then(|level| level.parse().ok()),
                    _ => {}
                }
            }
            Node::End(b"style") => {
                if let Some(id) = id.take() {
                    styles.all.insert(id, std::mem::take(&mut style));
                }
            }
            Node::End(_) | Node::Text(_) => {}
        })?;
        Ok(styles)
    }

    /// The first answer of a style or of those that it is based on.
    fn ask<T>(&self, id: Option<&str>, answer: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut next = id;
        for _ in 0..MAX_DEPTH {
            let style = self.all.get(next?)?;
            if let Some(found) = answer(style) {
                return Some(found);
            }
            next = style.base.as_deref();
        }
        None
    }

    /// Whether text of a paragraph's style and a run's style is hidden. It is a
    /// property that each turns over (17.7.3).
    pub(super) fn hides(&self, paragraph: Option<&str>, run: Option<&str>) -> bool {
        let paragraph = paragraph.or(self.usual.as_deref());
        let by = |id| self.ask(id, |style| style.hides).unwrap_or(false);
        self.hides || (by(paragraph) != by(run))
    }

    /// The list and the level that a paragraph's style names.
    pub(super) fn list(&self, paragraph: Option<&str>) -> Option<(String, usize)> {
        let paragraph = paragraph.or(self.usual.as_deref());
        let list = self.ask(paragraph, |style| style.list.clone())?;
        Some((list, self.ask(paragraph, |style| style.level).unwrap_or(0)))
    }
}
