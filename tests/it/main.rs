//! All tests of the library and the command, a module per theme.

mod docs;
mod project;

mod commonmark;
mod emphasis;
mod lint;
mod links;
mod markdown;
mod photo;
mod site;
mod theme;
mod yaml;
