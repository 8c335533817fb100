//! Beginnings: a small complete column, and a new piece in it.
//!
//! [`init`] writes a column that builds without a finding; [`new_piece`] writes
//! a file in the right folder, under the right name, with the front matter of
//! its section's kind. Neither ever replaces a file.

mod error;
mod piece;

pub use error::Error;
pub use piece::{NewPiece, new_piece};

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::disk;
use crate::theme;

/// The result of beginning something.
pub type Result<T> = std::result::Result<T, Error>;

/// The files of a new column by their path in it; `{{date}}` is the day.
const STARTER: [(&str, &str); 10] = [
    ("column.yaml", include_str!("scaffold/starter/column.yaml")),
    ("content/关于.md", include_str!("scaffold/starter/about.md")),
    ("content/news/第一篇稿件.md", include_str!("scaffold/starter/first-piece.md")),
    ("content/news/怎样写数字.md", include_str!("scaffold/starter/figures.md")),
    ("content/study/怎样放附件/index.md", include_str!("scaffold/starter/attachments.md")),
    ("content/study/怎样放附件/写稿要点.txt", include_str!("scaffold/starter/tips.txt")),
    (".gitignore", "/output/\n/.output.*\n/.cache/\n"),
    // For a double click on Windows, where the program lies beside them or on
    // the path. In ASCII, since cmd reads them in whatever code page it has;
    // `pushd`, since it has no current folder on a network share else; `call`,
    // since a `zhuanlan.cmd` of a package manager would end them.
    ("预览.cmd", include_str!("scaffold/starter/serve.cmd")),
    ("生成.cmd", include_str!("scaffold/starter/build.cmd")),
    // Two branches may both add lines to it; the next build sorts them out.
    (".gitattributes", "addresses.yaml merge=union\n*.cmd text eol=crlf\n"),
];

/// Writes a small complete column into `folder`, dated `today`, and returns
/// the files written, relative to it. `with_theme` adds the files of the
/// built-in theme, for those who want to change it.
///
/// # Errors
/// Where the folder has something in it already, or the system refuses.
pub fn init(folder: &Path, today: Date, with_theme: bool) -> Result<Vec<PathBuf>> {
    if disk::list(folder)?.iter().any(|entry| !is_junk(&entry.path)) {
        return Err(Error::NotEmpty { folder: folder.to_owned() });
    }
    let mut written = Vec::new();
    for (path, text) in STARTER {
        let text = text.replace("{{date}}", &today.to_string());
        written.push(write(folder, path, text.as_bytes())?);
    }
    if with_theme {
        for (path, bytes) in theme::builtin_files("gazette") {
            written.push(write(folder, &format!("themes/gazette/{path}"), bytes)?);
        }
    }
    Ok(written)
}

/// What file managers leave in a folder that people call empty.
fn is_junk(path: &Path) -> bool {
    [".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|junk| path == Path::new(junk))
}

fn write(folder: &Path, path: &str, bytes: &[u8]) -> Result<PathBuf> {
    let file = folder.join(path);
    if let Some(parent) = file.parent() {
        disk::create_folders(parent)?;
    }
    disk::create_new(&file, bytes)?;
    Ok(PathBuf::from(path))
}
