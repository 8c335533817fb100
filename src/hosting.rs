//! How a published site is to be served and in which order it is to appear:
//! facts about paths, and configurations of servers made from them.
//!
//! [`served`] says of each file what a server has to say of it, and when it is
//! put. [`configuration`] words the same for nginx, Apache, Caddy, IIS, or for
//! hosts that read `_headers` and `_redirects`.
//!
//! **Invariant:** everything follows from the path alone, so that whoever
//! publishes (to a folder, to object storage) and whoever serves agree.

mod served;

pub use served::{Cache, Phase, Served, TYPES, is_fingerprinted, outlives_its_release, served};
