//! All tests of the library and the command, a module per theme.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test that meets the unexpected fails, and tests of the shell touch real files"
)]

mod blocks;
mod cli;
mod commonmark;
mod config;
mod diagnostics;
mod disk;
mod docs;
mod emphasis;
mod front_matter;
mod handbook;
mod incremental;
mod links;
mod lint;
mod markdown;
mod photo;
mod project;
mod publish;
mod robust;
mod schema;
mod serve;
mod site;
mod theme;
mod tidy;
mod titles;
mod view;
mod watch;
mod yaml;
