//! All tests of the library and the command, a module per theme.

mod blocks;
mod commonmark;
mod emphasis;
mod markdown;
mod photo;
mod project;
mod theme;
mod yaml;
