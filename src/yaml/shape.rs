//! A tree of nodes into a serde type.
//!
//! serde stops at the first fault, so `decode` goes round: it reports the
//! fault, hides the entry that holds it, and decodes the same tree again. A
//! round costs no parsing, and places don't move.
//!
//! What the types of this room ask for beyond plain serde (a place, one value
//! or many) comes as a newtype struct with an agreed name.

mod access;

use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::moment;
use super::tree::{Content, Id, Tree};
use super::{mend, names};
use crate::diagnostic::{Expected, Found, YamlFault, nearest};
use crate::text::Span;
use access::{Entries, Items, One, Placed};

/// Newtype names by which the room's own types make themselves known.
pub(super) mod ask {
    pub(crate) const AT: &str = "$zhuanlan::at";
    pub(crate) const ONE_OR_MANY: &str = "$zhuanlan::one_or_many";
    pub(crate) const TEXT_OR_GROUP: &str = "$zhuanlan::text_or_group";
    pub(crate) const TEXTS_OR_GROUP: &str = "$zhuanlan::texts_or_group";
    pub(crate) const PERIOD: &str = "$zhuanlan::period";
    pub(crate) const DAY: &str = "$zhuanlan::day";
    pub(crate) const WHEN: &str = "$zhuanlan::when";
}

/// Why decoding stopped.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    pub(super) fault: Option<Box<YamlFault>>,
    /// The place of the fault.
    pub(super) span: Option<Span>,
    /// Another place that belongs to it.
    pub(super) also: Option<Span>,
    /// The value whose hiding lets the rest be decoded.
    pub(super) hide: Option<Id>,
}

impl Trouble {
    fn new(fault: YamlFault, span: Span) -> Self {
        Self { fault: Some(Box::new(fault)), span: Some(span), also: None, hide: None }
    }

    /// The same, found while decoding the value `id`: the innermost such value
    /// is the one to hide.
    fn within(mut self, tree: &Tree, id: Id) -> Self {
        self.hide.get_or_insert(id);
        self.span.get_or_insert(tree.span(id));
        self
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.fault)
    }
}

impl std::error::Error for Trouble {}

impl de::Error for Trouble {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self { fault: Some(Box::new(YamlFault::Refused)), ..Self::default() }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { fault: Some(Box::new(YamlFault::MissingKey { key: field.into() })), ..Self::default() }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let nearest =
            names::meant(field, expected).or_else(|| nearest(field, names::all(expected))).map(str::to_owned);
        let fault = YamlFault::UnknownKey { key: field.into(), nearest };
        Self { fault: Some(Box::new(fault)), ..Self::default() }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let nearest = nearest(variant, expected.iter().copied()).map(str::to_owned);
        let choices = expected.iter().map(|&choice| choice.to_owned()).collect();
        let fault = YamlFault::UnknownChoice { value: variant.into(), nearest, choices };
        Self { fault: Some(Box::new(fault)), ..Self::default() }
    }
}

/// A node to be decoded, in a tree some of whose nodes are hidden.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) tree: &'t Tree,
    pub(super) hidden: &'t [bool],
    pub(super) id: Id,
}

impl<'t> Cursor<'t> {
    fn at(self, id: Id) -> Self {
        Self { id, ..self }
    }

    fn content(self) -> &'t Content {
        self.tree.content(self.id)
    }

    fn span(self) -> Span {
        self.tree.span(self.id)
    }

    fn is_hidden(self) -> bool {
        self.hidden.get(self.id).copied().unwrap_or(false)
    }

    fn trouble(self, fault: YamlFault) -> Trouble {
        Trouble::new(fault, self.span())
    }

    /// The trouble of a node that is not what was expected.
    fn wrong(self, expected: Expected) -> Trouble {
        let found = match self.content() {
            Content::Scalar { .. } if self.tree.is_nothing(self.id) => {
                return self.trouble(YamlFault::MissingValue);
            }
            Content::Scalar { text, plain } => {
                let group = matches!(expected, Expected::Group | Expected::TextOrGroup);
                if group && *plain && mend::full_width_colon(text).is_some() {
                    return self.trouble(YamlFault::FullWidthColon);
                }
                let as_text =
                    matches!(expected, Expected::Text | Expected::TextOrGroup | Expected::TextOrList);
                if !as_text && text.starts_with(['“', '‘', '「', '”']) {
                    return self.trouble(YamlFault::ChineseQuotes { value: shortened(text) });
                }
                Found::Text(shortened(text))
            }
            Content::List { .. } | Content::Alias(_) => Found::List,
            Content::Group { .. } => Found::Group,
        };
        self.trouble(YamlFault::WrongType { expected, found })
    }

    /// The text of a scalar.
    fn text(self, expected: Expected) -> Result<&'t str, Trouble> {
        match self.content() {
            // A full-width space is none of YAML's blanks, but no author means it.
            Content::Scalar { text, plain: true } if !self.tree.is_nothing(self.id) => Ok(text.trim()),
            Content::Scalar { text, plain: false } => Ok(text),
            _ => Err(self.wrong(expected)),
        }
    }

    /// The text of a scalar that `read` can read.
    fn read_by<T>(self, read: fn(&str) -> Result<T, YamlFault>) -> Result<&'t str, Trouble> {
        let text = self.text(Expected::Text)?;
        read(text).map(|_| text).map_err(|fault| self.trouble(fault))
    }

    fn whole(self, min: i64, max: i64) -> Result<i64, Trouble> {
        let text = self.text(Expected::Whole)?;
        let number: i128 = text.trim().replace('_', "").parse().map_err(|_| self.wrong(Expected::Whole))?;
        i64::try_from(number)
            .ok()
            .filter(|number| (min..=max).contains(number))
            .ok_or_else(|| self.trouble(YamlFault::NumberRange { min, max }))
    }

    fn yes_no(self) -> Result<bool, Trouble> {
        let text = self.text(Expected::YesNo)?;
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "是" => Ok(true),
            "false" | "no" | "off" | "否" => Ok(false),
            _ => Err(self.wrong(Expected::YesNo)),
        }
    }
}

/// The beginning of `text`, long enough to be recognised.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    let mut short: String = line.chars().take(24).collect();
    if short.len() < text.trim_end().len() {
        short.push('…');
    }
    short
}

macro_rules! whole_numbers {
    ($($method:ident $visit:ident $type:ident),+ $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
            let min = i64::try_from($type::MIN).unwrap_or(i64::MIN);
            let max = i64::try_from($type::MAX).unwrap_or(i64::MAX);
            let number = self.whole(min, max)?;
            visitor.$visit($type::try_from(number).map_err(|_| self.trouble(YamlFault::Refused))?)
        }
    )+};
}

impl<'de> Deserializer<'de> for Cursor<'de> {
    type Error = Trouble;

    whole_numbers! {
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64, deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64,
    }

    /// Plain scalars by the YAML 1.2 core schema, all else as it is.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        match self.content() {
            Content::Scalar { text, plain: false } => visitor.visit_str(text),
            Content::Scalar { text, plain: true } => match resolve(text) {
                Plain::Null => visitor.visit_unit(),
                Plain::Bool(value) => visitor.visit_bool(value),
                Plain::Whole(value) => visitor.visit_i64(value),
                Plain::Float(value) => visitor.visit_f64(value),
                Plain::Text => visitor.visit_str(text),
            },
            Content::List { items, .. } => visitor.visit_seq(Items::new(self, items)),
            Content::Group { entries, .. } => visitor.visit_map(Entries::new(self, entries, None)),
            Content::Alias(_) => visitor.visit_unit(),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        visitor.visit_bool(self.yes_no()?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        let text = self.text(Expected::Number)?;
        let number: f64 = text.trim().parse().map_err(|_| self.wrong(Expected::Number))?;
        if !number.is_finite() {
            return Err(self.wrong(Expected::Number));
        }
        visitor.visit_f64(number)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        visitor.visit_str(self.text(Expected::Text)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        if self.is_hidden() || self.tree.is_nothing(self.id) {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Trouble> {
        match name {
            ask::AT => visitor.visit_seq(Placed::new(self)),
            ask::ONE_OR_MANY => match self.content() {
                Content::List { .. } => self.deserialize_seq(visitor),
                _ => visitor.visit_seq(One(Some(self))),
            },
            ask::TEXT_OR_GROUP => match self.content() {
                Content::Group { .. } => visitor.visit_newtype_struct(self),
                Content::Scalar { text, plain: true }
                    if mend::full_width_colon(text).is_some_and(names::is_known) =>
                {
                    Err(self.trouble(YamlFault::FullWidthColon))
                }
                _ => visitor.visit_str(self.text(Expected::TextOrGroup)?),
            },
            ask::TEXTS_OR_GROUP => match self.content() {
                Content::Group { .. } => visitor.visit_newtype_struct(self),
                Content::List { .. } => self.deserialize_seq(visitor),
                Content::Scalar { text, plain: true }
                    if mend::full_width_colon(text).is_some_and(names::is_role_or_known) =>
                {
                    Err(self.trouble(YamlFault::FullWidthColon))
                }
                _ => visitor.visit_seq(One(Some(self))),
            },
            ask::PERIOD => visitor.visit_str(self.read_by(moment::period)?),
            ask::WHEN => visitor.visit_str(self.read_by(moment::when)?),
            ask::DAY => {
                let day = moment::day(self.text(Expected::Text)?).map_err(|fault| self.trouble(fault))?;
                visitor.visit_string(day.to_string())
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        match self.content() {
            Content::List { items, .. } => visitor.visit_seq(Items::new(self, items)),
            _ => Err(self.wrong(Expected::List)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Trouble> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Trouble> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        match self.content() {
            Content::Group { entries, .. } => visitor.visit_map(Entries::new(self, entries, None)),
            _ => Err(self.wrong(Expected::Group)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Trouble> {
        match self.content() {
            Content::Group { entries, .. } => visitor.visit_map(Entries::new(self, entries, Some(fields))),
            _ => Err(self.wrong(Expected::Group)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Trouble> {
        let text = self.text(Expected::Text)?;
        let word = names::english(text, variants).unwrap_or(text);
        visitor.visit_enum(word.into_deserializer())
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 bytes byte_buf unit unit_struct }
}

/// What a plain scalar is without a type that asks.
enum Plain {
    Null,
    Bool(bool),
    Whole(i64),
    Float(f64),
    Text,
}

/// YAML 1.2.2, 10.3.2, without octal, hexadecimal and not-a-number.
fn resolve(text: &str) -> Plain {
    match text {
        _ if super::tree::is_null(text) => Plain::Null,
        "true" | "True" | "TRUE" => Plain::Bool(true),
        "false" | "False" | "FALSE" => Plain::Bool(false),
        _ if !text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => Plain::Text,
        _ => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(whole), _) => Plain::Whole(whole),
            (_, Ok(float)) if float.is_finite() => Plain::Float(float),
            _ => Plain::Text,
        },
    }
}

/// The keys of a shape, as serde knows them.
pub fn fields<'de, T: de::Deserialize<'de>>() -> &'static [&'static str] {
    let mut found: &'static [&'static str] = &[];
    // The probe answers nothing, so this is an error, and the fields are known.
    let _ = T::deserialize(Probe(&mut found));
    found
}

/// A deserializer that only listens to what is asked for.
struct Probe<'p>(&'p mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Trouble;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Trouble> {
        Err(Trouble::default())
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Trouble> {
        *self.0 = fields;
        Err(Trouble::default())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
