//! The theme's own words in the column's language, by their keys.
//!
//! Takes pairs of a key and a text (`pieces`, `{n} articles`); gives the text
//! with its blanks filled. `pieces.one` is said in place of `pieces` where the
//! blank `n` is 1. Which file a word comes from is `theme`'s.
//!
//! **Invariant:** equal keys ([`Wording::key`]) mean equal words; a word that
//! is not there is shown as its key, never as nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write as _};

use serde::{Serialize, Serializer};

use crate::memo::{Key, KeyBuilder};

/// All words of one language. It serialises as its key: for keys alone.
#[derive(Debug, Clone)]
pub struct Wording {
    phrases: BTreeMap<String, Phrase>,
    key: Key,
}

/// A text with blanks: `第{n}页`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    parts: Vec<Part>,
}

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Said as it is.
    Text(String),
    /// Filled by the value of this name.
    Blank(String),
}

impl Phrase {
    /// Reads `第{n}页`; braces around anything but a plain name are text.
    pub fn read(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            plain.push_str(before);
            let Some((name, after)) = after.split_once('}').filter(|(name, _)| is_name(name)) else {
                plain.push('{');
                rest = after;
                continue;
            };
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Blank(name.to_owned()));
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Self { parts }
    }

    /// In order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The names of its blanks.
    pub fn blanks(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Blank(name) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// The whole, each blank as `value` says it.
    ///
    /// # Errors
    /// The name of a blank that `value` does not know.
    pub fn filled<V: Display>(&self, value: impl Fn(&str) -> Option<V>) -> Result<String, &str> {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Blank(name) => {
                    let value = value(name).ok_or(name.as_str())?;
                    // Writing to a string can't fail.
                    let _ = write!(out, "{value}");
                }
            }
        }
        Ok(out)
    }
}

/// Whether `text` may name a blank.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// The ending of keys whose phrase is said of one.
pub const ONE: &str = ".one";

impl Wording {
    /// Of several words with one key the last counts.
    pub fn new(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let texts: BTreeMap<String, String> = texts.into_iter().collect();
        let mut parts = KeyBuilder::default();
        parts.count(texts.len());
        for (key, text) in &texts {
            parts.text(key);
            parts.text(text);
        }
        let phrases = texts.into_iter().map(|(key, text)| (key, Phrase::read(&text))).collect();
        Self { phrases, key: parts.finish() }
    }

    /// The key of all its words.
    pub fn key(&self) -> Key {
        self.key
    }

    /// The keys of all words.
    pub fn keys(&self) -> BTreeSet<&str> {
        self.phrases.keys().map(String::as_str).collect()
    }

    /// The phrase `key` as it is said of `n` things; of how many, may be
    /// unknown.
    pub fn phrase(&self, key: &str, n: Option<&str>) -> Option<&Phrase> {
        let one = || if n == Some("1") { self.phrases.get(&format!("{key}{ONE}")) } else { None };
        one().or_else(|| self.phrases.get(key))
    }

    /// A word without blanks.
    pub fn text<'w>(&'w self, key: &'w str) -> Cow<'w, str> {
        match self.phrases.get(key).map(Phrase::parts) {
            Some([Part::Text(text)]) => Cow::Borrowed(text),
            Some([]) => Cow::Borrowed(""),
            Some(_) => Cow::Owned(self.fill(key, &[])),
            None => Cow::Borrowed(key),
        }
    }

    /// A word without blanks, for as long as the words are there.
    pub fn word<'w>(&'w self, key: &'static str) -> &'w str {
        match self.phrases.get(key).map(Phrase::parts) {
            Some([Part::Text(text)]) => text,
            _ => key,
        }
    }

    /// The phrase `key` with its blanks filled; one that has no value stays as
    /// it is written.
    pub fn fill(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let n = value("n").map(ToString::to_string);
        let Some(phrase) = self.phrase(key, n.as_deref()) else { return key.to_owned() };
        let said = |name: &str| Some(value(name).map_or_else(|| format!("{{{name}}}"), ToString::to_string));
        phrase.filled(said).unwrap_or_default()
    }
}

impl Default for Wording {
    fn default() -> Self {
        Self::new([])
    }
}

impl Serialize for Wording {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.key.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(pairs: &[(&str, &str)]) -> Wording {
        Wording::new(pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())))
    }

    #[test]
    fn blanks_are_filled_and_one_is_said_of_one() {
        let words = wording(&[("pieces", "{n} articles"), ("pieces.one", "{n} article"), ("home", "首页")]);
        assert_eq!(words.fill("pieces", &[("n", &1)]), "1 article");
        assert_eq!(words.fill("pieces", &[("n", &11)]), "11 articles");
        assert_eq!(words.fill("pieces", &[]), "{n} articles");
        assert_eq!(words.text("home"), "首页");
        assert_eq!((words.text("none"), words.fill("none", &[])), ("none".into(), "none".to_owned()));
    }

    #[test]
    fn braces_that_name_nothing_are_text() {
        for text in ["{", "}", "a{b", "{}", "{ n }", "{{", "{N}", "第{1}页"] {
            assert_eq!(Phrase::read(text).filled(|_| None::<u8>).as_deref(), Ok(text), "{text}");
        }
        let phrase = Phrase::read("{{n}}");
        assert_eq!(phrase.filled(|_| Some(3)).as_deref(), Ok("{3}"));
    }

    #[test]
    fn other_words_have_another_key() {
        let key = |pairs: &[(&str, &str)]| wording(pairs).key();
        assert_ne!(key(&[("a", "bc")]), key(&[("ab", "c")]));
        assert_eq!(key(&[("a", "b"), ("c", "d")]), key(&[("c", "d"), ("a", "b")]));
    }
}
