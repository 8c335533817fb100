//! The theme `gazette`, built into the program.

/// The files of `themes/gazette/` by their path in it, sorted.
///
/// `tests/it/theme.rs` holds the table against the folder.
static FILES: &[(&str, &[u8])] = &include!("builtin.in");

/// All built-in files of `theme`; empty for a theme that is not built in.
pub fn builtin_files(theme: &str) -> &'static [(&'static str, &'static [u8])] {
    if theme == "gazette" { FILES } else { &[] }
}

/// The text of a built-in file by its path from the project's root:
/// `themes/gazette/theme.yaml`.
pub fn builtin_text(path: &str) -> Option<&'static str> {
    let (theme, file) = path.strip_prefix("themes/")?.split_once('/')?;
    let (_, bytes) = builtin_files(theme).iter().find(|(name, _)| *name == file)?;
    std::str::from_utf8(bytes).ok()
}
