//! The parts of lists and groups, handed to serde one by one.
//!
//! **Invariant:** a hidden part is passed over, so that hiding the part at
//! fault lets the rest be decoded.

use serde::de::{self, DeserializeSeed, IntoDeserializer};

use super::{Cursor, Trouble};
use crate::diagnostic::{Expected, YamlFault};
use crate::yaml::names;
use crate::yaml::tree::{Content, Id};

/// The items of a list.
pub(super) struct Items<'t> {
    cursor: Cursor<'t>,
    items: std::slice::Iter<'t, Id>,
}

impl<'t> Items<'t> {
    pub(super) fn new(cursor: Cursor<'t>, items: &'t [Id]) -> Self {
        Self { cursor, items: items.iter() }
    }
}

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = Trouble;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Trouble> {
        for id in self.items.by_ref() {
            let item = self.cursor.at(*id);
            if !item.is_hidden() {
                return seed.deserialize(item).map(Some).map_err(|trouble| trouble.within(item.tree, *id));
            }
        }
        Ok(None)
    }
}

/// A single value where a list may stand.
pub(super) struct One<'t>(pub(super) Option<Cursor<'t>>);

impl<'de> de::SeqAccess<'de> for One<'de> {
    type Error = Trouble;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Trouble> {
        self.0.take().map(|cursor| seed.deserialize(cursor)).transpose()
    }
}

/// A value after its place: start, end, value.
pub(super) struct Placed<'t> {
    cursor: Cursor<'t>,
    part: u8,
}

impl<'t> Placed<'t> {
    pub(super) fn new(cursor: Cursor<'t>) -> Self {
        Self { cursor, part: 0 }
    }
}

impl<'de> de::SeqAccess<'de> for Placed<'de> {
    type Error = Trouble;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Trouble> {
        self.part += 1;
        let span = self.cursor.span();
        match self.part {
            1 => seed.deserialize(span.start.into_deserializer()).map(Some),
            2 => seed.deserialize(span.end.into_deserializer()).map(Some),
            3 => seed.deserialize(self.cursor).map(Some),
            _ => Ok(None),
        }
    }
}

/// The entries of a group; `fields` where it is a struct's.
pub(super) struct Entries<'t> {
    cursor: Cursor<'t>,
    rest: std::slice::Iter<'t, (Id, Id)>,
    fields: Option<&'static [&'static str]>,
    /// The keys met so far, as understood and as written.
    seen: Vec<(&'t str, Id)>,
    value: Option<Id>,
}

impl<'t> Entries<'t> {
    pub(super) fn new(
        cursor: Cursor<'t>,
        entries: &'t [(Id, Id)],
        fields: Option<&'static [&'static str]>,
    ) -> Self {
        Self { cursor, rest: entries.iter(), fields, seen: Vec::new(), value: None }
    }
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = Trouble;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Trouble> {
        let tree = self.cursor.tree;
        for (key, value) in self.rest.by_ref() {
            let at = self.cursor.at(*value);
            // A key without a value counts as absent where keys are known.
            if at.is_hidden() || (self.fields.is_some() && tree.is_nothing(*value)) {
                continue;
            }
            let place = self.cursor.at(*key);
            let within = |trouble: Trouble| Trouble { hide: Some(*value), ..trouble.within(tree, *key) };
            let written = place.text(Expected::Text).map_err(within)?;
            if let Content::Scalar { text, .. } = place.content()
                && text.len() != written.len()
            {
                return Err(within(place.trouble(YamlFault::WideSpace)));
            }
            let name = self.fields.and_then(|fields| names::english(written, fields)).unwrap_or(written);
            if let Some((_, first)) = self.seen.iter().find(|(seen, _)| *seen == name) {
                let first_written = place.at(*first).text(Expected::Text).unwrap_or(name);
                let fault = YamlFault::DuplicateKey { key: written.into(), first: first_written.into() };
                let trouble = Trouble { also: Some(tree.span(*first)), ..place.trouble(fault) };
                return Err(within(trouble));
            }
            self.seen.push((name, *key));
            self.value = Some(*value);
            let key = if self.fields.is_some() {
                seed.deserialize(name.into_deserializer())
            } else {
                seed.deserialize(place)
            };
            return key.map(Some).map_err(within);
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Trouble> {
        let Some(id) = self.value.take() else { return Err(Trouble::default()) };
        let value = self.cursor.at(id);
        seed.deserialize(value).map_err(|trouble| trouble.within(value.tree, id))
    }
}
