//! How a published site is to be served and in which order it is to appear:
//! facts about paths, and configurations of servers made from them.
//!
//! [`served()`] says of each file what a server has to say of it, and when it is
//! put. [`configuration`] words the same for nginx, Apache, Caddy, IIS, or for
//! hosts that read `_headers` and `_redirects`.
//!
//! **Invariant:** everything follows from the path alone, so that whoever
//! publishes (to a folder, to object storage) and whoever serves agree.

mod apache;
mod caddy;
mod host_files;
mod iis;
mod nginx;
mod served;
mod site;

pub use served::{
    Cache, PACKINGS, Phase, Served, is_fingerprint, is_fingerprinted, is_packable, outlives_its_release,
    served,
};
pub use site::{Hosted, disposition};

/// A server that is configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// nginx 1.18 and later.
    Nginx,
    /// Apache 2.4.
    Apache,
    /// Caddy 2.6 and later.
    Caddy,
    /// IIS 10.
    Iis,
    /// Hosts that read `_headers` and `_redirects`.
    HostFiles,
}

/// The configuration for `server`.
pub fn configuration(server: Server, site: &Hosted<'_>) -> String {
    match server {
        Server::Nginx => nginx::configuration(site),
        Server::Apache => apache::configuration(site),
        Server::Caddy => caddy::configuration(site),
        Server::Iis => iis::configuration(site),
        Server::HostFiles => host_files::configuration(site),
    }
}
