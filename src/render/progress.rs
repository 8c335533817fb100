//! `progress.css`: how far the campaign has come.
//!
//! The build's date must not stand in every page. So every page links this
//! one stylesheet, which has a fixed name and one rule:
//!
//! ```css
//! :root{--progress:0.128;--today:1}
//! ```
//!
//! `--progress` is the share of the whole phase line, from 0 to 1. `--today`
//! is 1 while the campaign runs, gaps between its phases included, and 0
//! before and after: then there is no place on the line to mark. Without
//! phases the file is an empty comment. (The same contract stands in
//! `themes/gazette/README.md`.)

use serde::Serialize;

use crate::page::{Column, today};
use crate::path::OutputPath;

use super::File;

#[derive(Debug, Serialize)]
struct Progress {
    /// As [`crate::view::Today::mark`].
    mark: i32,
    /// As [`crate::view::Today::state`].
    state: String,
}

/// The file.
pub fn progress<'c>(column: &Column<'_>) -> Option<File<'c>> {
    let today = today(column);
    let parts = Progress { mark: today.mark, state: today.state };
    Some(File::new(OutputPath::new("progress.css")?, "progress", parts, |parts| css(parts).into_bytes()))
}

fn css(progress: &Progress) -> String {
    if progress.state.is_empty() {
        return "/* */\n".to_owned();
    }
    let mark = progress.mark.clamp(0, 1000);
    let running = u8::from(matches!(progress.state.as_str(), "during" | "between"));
    format!(":root{{--progress:{}.{:03};--today:{running}}}\n", mark / 1000, mark % 1000)
}
