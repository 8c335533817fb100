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
#![expect(
    clippy::format_push_string,
    clippy::format_collect,
    clippy::assigning_clones,
    clippy::similar_names,
    clippy::needless_for_each,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::large_stack_arrays,
    reason = "tests are written to be read, and nobody waits for their strings"
)]

mod agree;
mod blocks;
mod booklet;
mod cases;
mod cli;
mod cli_package;
mod commonmark;
mod config;
mod diagnostics;
mod disk;
mod docs;
mod documents;
mod double_click;
mod drafts;
mod emphasis;
mod epub;
mod explain;
mod fixed_day;
mod formats;
mod front_matter;
mod golden;
mod handbook;
mod hold;
mod incremental;
mod index_between_processes;
mod killed;
mod library;
mod links;
mod lint;
mod markdown;
mod material;
mod office;
mod office_text;
mod online;
mod own_pages;
mod package;
mod paged;
mod pasted;
mod photo;
mod pictures;
mod precompress;
mod processes;
mod project;
mod property;
mod publish;
mod releases;
mod remote;
mod robust;
mod schema;
mod search;
mod sensitive;
mod serve;
mod site;
mod slips;
mod theme;
mod tidy;
mod titles;
#[cfg(unix)]
mod trouble;
mod view;
mod watch;
mod web_cases;
mod wechat;
#[cfg(unix)]
mod wechat_api;
mod wording;
mod yaml;
