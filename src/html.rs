//! HTML: text into markup, and markup changed on its way.

mod breaks;
pub(crate) mod css;
pub(crate) mod elements;
mod escape;
mod reference;
mod rewrite;
pub(crate) mod tree;

pub use breaks::breakable;
pub(crate) use escape::{attribute, element, escape, escape_into, escape_xml, escape_xml_into};
pub(crate) use reference::{Within, decode_references};
pub(crate) use rewrite::{Change, Unchanged, Whole, rewrite};
