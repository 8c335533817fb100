//! Front matter and body together: one [`Document`].
//!
//! **Invariant:** a document knows only itself and the part of the config that
//! parsing reads. All documents can be parsed at once, and each result can be
//! kept for as long as its text stays the same.

mod model;

pub use model::{Attachment, Byline, Correction, Cover, Document, Front, Moment, PhotoNote, Reprint};
