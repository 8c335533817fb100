//! Books (汇编) that pieces are gathered into: a page to be printed with the
//! stylesheet of its running heads, and an EPUB.
//!
//! **Invariant:** an edition is made from a book's [`BookletParts`] and nothing
//! else, and its key is the hash of these.

mod css;
mod edition;
mod epub;
mod links;
mod parts;

pub use css::booklet_styles;
pub use edition::{BookImage, EpubChapter, EpubEdition};
pub use epub::{Epub, Made, epubs, make};
pub use parts::{BookletParts, booklets, pages};
