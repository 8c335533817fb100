//! Opening a file in the editor, and a page in the browser.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command that opens a file: `code -g {path}:{line}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    program: String,
    arguments: Vec<String>,
}

/// A place in a file that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Absolute.
    pub(super) path: PathBuf,
    /// From 1; 0 for the file as a whole.
    pub(super) line: u32,
    /// From 1; 0 for the line as a whole.
    pub(super) column: u32,
}

impl Editor {
    /// The command that `template` spells, its words split as a shell splits
    /// them. `{path}`, `{line}` and `{column}` stand for the place; without
    /// `{path}` the path comes last.
    ///
    /// `None` where it is empty or a quotation mark stands alone.
    pub fn new(template: &str) -> Option<Self> {
        let mut words = shlex::split(template)?.into_iter();
        let program = words.next().filter(|program| !program.is_empty())?;
        let mut arguments: Vec<String> = words.collect();
        if !arguments.iter().any(|word| word.contains("{path}")) {
            arguments.push("{path}".to_owned());
        }
        Some(Self { program, arguments })
    }

    /// Program and arguments for `place`. No shell reads them, so no name of a
    /// file can be a command.
    fn command(&self, place: &Place) -> (&str, Vec<String>) {
        let path = place.path.to_string_lossy();
        let (line, column) = (place.line.max(1).to_string(), place.column.max(1).to_string());
        let fill = |word: &String| {
            // The path last: braces in it are its own.
            let word = word.replace("{line}", &line).replace("{column}", &column);
            word.replace("{path}", &path)
        };
        (&self.program, self.arguments.iter().map(fill).collect())
    }

    /// Starts it, and does not wait.
    ///
    /// # Errors
    /// What the system said, such as that there is no such program.
    pub(super) fn open(&self, place: &Place) -> std::io::Result<()> {
        let (program, arguments) = self.command(place);
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // Someone has to ask how it ended, or it stays as a zombie.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

/// Shows an address in the browser, or a file in the program that the system
/// has for it; whether anything could be asked.
pub fn browse(what: impl AsRef<OsStr>) -> bool {
    open::that_detached(what).is_ok()
}

impl Place {
    /// A place in the file `source` (from the root, with `/`) below `root`.
    pub(super) fn new(root: &Path, source: &str, line: u32, column: u32) -> Self {
        let path = source.split('/').fold(root.to_owned(), |path, part| path.join(part));
        Self { path, line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, source: &str, expected: &[&str]) {
        let editor = Editor::new(template).unwrap();
        let (program, arguments) = editor.command(&Place::new(Path::new("/p"), source, 7, 0));
        let words: Vec<&str> = std::iter::once(program).chain(arguments.iter().map(String::as_str)).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn a_place_fills_the_command() {
        check("code -g {path}:{line}", "content/通知.md", &["code", "-g", "/p/content/通知.md:7"]);
        check("code -g {path}:{line}:{column}", "a.md", &["code", "-g", "/p/a.md:7:1"]);
        check("'my editor' --at={line}", "a b.md", &["my editor", "--at=7", "/p/a b.md"]);
        check("e", "a.md", &["e", "/p/a.md"]);
    }

    #[test]
    fn a_name_is_never_a_command() {
        for name in ["$(reboot).md", "a;b.md", "`x`.md", "a\" b.md", "{line}.md"] {
            check("e {path}", name, &["e", &format!("/p/{name}")]);
        }
    }

    #[test]
    fn what_is_no_command() {
        assert_eq!(Editor::new(""), None);
        assert_eq!(Editor::new("   "), None);
        assert_eq!(Editor::new("code '{path}"), None);
    }
}
