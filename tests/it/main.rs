//! All tests of the library and the command, a module per theme.

mod commonmark;
mod emphasis;
mod incremental;
mod markdown;
mod photo;
mod project;
mod robust;
mod theme;
mod yaml;
