//! `column.yaml`: the file's shape and the checked [`Config`].
//!
//! `read` takes the source tree and gives the config together with its
//! findings; where the file is wrong or absent, the best that can be shown.

mod model;

pub use model::{
    Config, Footer, FooterLink, Kind, MenuItem, Phase, PoliceRecord, Section, SiteIdentity, Sort, Topic,
    Topics, Unit,
};
