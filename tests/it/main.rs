//! All tests of the library and the command, a module per theme.

mod commonmark;
mod diagnostics;
mod docs;
mod emphasis;
mod incremental;
mod links;
mod markdown;
mod photo;
mod project;
mod robust;
mod schema;
mod site;
mod theme;
mod yaml;
