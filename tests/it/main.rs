//! All tests of the library and the command, a module per theme.

mod yaml;

mod theme;

mod view;
