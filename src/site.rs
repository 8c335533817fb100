//! All documents assembled into one [`Site`].
//!
//! `assemble` decides what is published, gives every page its route, orders
//! and groups, and resolves every reference from file to file. What it can't
//! resolve is a finding, and the page shows the best that can be shown.
//!
//! **Invariant:** indexes into [`Site::articles`] and the term lists are valid
//! for the site they came from; nothing here is in an order that depends on
//! threads or hashes.

mod model;

pub use model::{
    Alias, Article, ArticleId, Asset, AssetId, AssetKind, List, Listed, Reference, Series, Site, State,
    Taxonomy, Term, TermId, Tile, Withheld,
};
