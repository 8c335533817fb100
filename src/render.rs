//! Views into bytes.
//!
//! A page is its view and the templates that it reaches; both have keys, so a
//! page is rendered once for each pair. What no template writes (feeds,
//! sitemap, robots.txt, progress.css) is a [`File`] with a key of its own.
//! Nothing here looks at a file.

mod batch;
mod feeds;
mod file;
mod html;
mod progress;
mod robots;
mod sitemap;
mod xml;

pub use batch::{Bytes, Leaf, batch, failures, leaf, spooled};
pub use feeds::feeds;
pub use file::{File, file};
pub use html::{Rendered, html};
pub use progress::progress;
pub use robots::robots;
pub use sitemap::sitemap;
