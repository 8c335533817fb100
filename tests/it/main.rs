//! All tests of the library and the command, a module per theme.

mod project;

mod photo;
mod site;
mod theme;
mod yaml;
