//! Pages that list pieces, photos, files or entries, one file each, and what
//! they share.

pub(crate) mod activity;
pub(crate) mod archive;
pub(crate) mod books;
pub(crate) mod calendar;
pub(crate) mod citations;
pub(crate) mod home;
pub(crate) mod ledgers;
pub(crate) mod library;
pub(crate) mod not_found;
pub(crate) mod pagination;
pub(crate) mod phases;
pub(crate) mod photos;
pub(crate) mod search;
pub(crate) mod section;
pub(crate) mod term;
