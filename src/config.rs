//! `column.yaml`: the file's shape and the checked [`Config`].
//!
//! `read` takes the source tree and gives the config together with its
//! findings; where the file is wrong or absent, the best that can be shown.

mod booklet;
mod check;
mod model;
mod publishing;
mod read;
mod reference;
mod schema;
mod shape;
mod sink;
mod target;
mod terms;

pub use check::FRONT_KEYS;
pub use read::{kinds, read};
pub use reference::reference;
pub use schema::schema;
pub use target::{Bucket, Target, TargetFault, Vendor};

pub use model::{
    Booklet, BookletPart, Comments, Config, Footer, FooterLink, Kind, MenuItem, Phase, Photos, PoliceRecord,
    Publishing, Section, SiteIdentity, Sort, Topic, Topics, Unit, Wechat,
};
