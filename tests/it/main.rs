//! All tests of the library and the command, a module per theme.

mod commonmark;
mod emphasis;
mod markdown;
mod photo;
mod project;
mod schema;
mod theme;
mod yaml;
