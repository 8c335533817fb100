//! The WeChat edition (微信公众号版) of a piece: HTML for the account's editor,
//! the fields beside it, and the pictures that both need.
//!
//! An [`Edition`] is made from the same finished parts as the piece's page, by
//! templates of its own, and holds to a short list of elements, attributes and
//! properties: what bodies show that were published. Nothing here knows the
//! disk, the network or the account: the shell writes an edition into a folder,
//! or sends it as a draft.
//!
//! **Invariant:** an edition follows from the site, the theme and the config
//! alone; equal keys mean equal editions.

mod allow;
mod copy_page;
mod edition;
mod fields;
mod folder;
mod form;
mod limits;
mod line;
mod links;
mod make;
mod merge;
mod pictures;
mod style;

pub use allow::violations;
pub use edition::{Cover, Crop, Dropped, Edition, Fields, Note, Origin, Picture, Reason};
pub use folder::{
    Change, Content as FolderContent, DraftAge, FolderFile, Listed, Made, RECORD, Record,
    files as folder_files, folder_of, index as folder_index,
};
pub use limits::{LIMITS, Limit, Limited, Sure, Unit, limit};
pub use make::Editions;
pub use merge::merged;

pub use crate::config::Comments;
