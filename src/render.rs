//! Views into bytes.
//!
//! A page is its view and the templates that it reaches; both have keys, so a
//! page is rendered once for each pair. Nothing here looks at a file.

mod html;

pub use html::{Rendered, html};
