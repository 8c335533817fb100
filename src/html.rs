//! HTML: text into markup, and markup changed on its way.

mod breaks;
pub(crate) mod css;
mod escape;
mod rewrite;
pub(crate) mod tree;

pub use breaks::breakable;
pub(crate) use escape::{attribute, element, escape, escape_into};
pub(crate) use rewrite::{Change, Unchanged, Whole, escape_into as escape_xml_into, rewrite};
