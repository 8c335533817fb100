//! Fields of a Word document: what they name on somebody's computer, and which
//! variables they show.

use super::has_extension;
use super::paths::{file_name, is_path};
use crate::office::xml::Node;
use crate::office::{Broken, Package};

/// The instructions of all fields that show a variable, one after another.
pub(super) fn instructions(package: &mut Package<'_>) -> Result<String, Broken> {
    let is_story = |name: &&str| name.starts_with("word/") && has_extension(name, "xml");
    let names: Vec<String> = package.names().filter(is_story).map(str::to_owned).collect();
    let mut all = String::new();
    let mut has_variables = false;
    for name in names.iter().filter(|name| name.contains("settings")) {
        let settings = package.part(name)?.unwrap_or_default();
        has_variables |= memchr::memmem::find(&settings, b"docVar").is_some();
    }
    for name in names.iter().filter(|_| has_variables) {
        let (mut here, mut found) = (false, String::new());
        package.walk(name, |node| match node {
            Node::Start(element) => {
                here = element.name() == b"instrText";
                found.extend(element.attribute("instr"));
            }
            Node::Text(text) if here => found.push_str(text),
            Node::Text(_) => {}
            Node::End(_) => here = false,
        })?;
        if found.contains("DOCVARIABLE") {
            all.push_str(&found);
        }
    }
    Ok(all)
}

/// Whether WPS notes under that name on which computer a file was made.
pub(super) fn names_a_computer(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "commondata" || (name.starts_with("kso_") && name.ends_with("_mark_key"))
}

/// Where in the instruction of a field the next character stands:
/// `INCLUDEPICTURE "C:\\\\Users\\\\x\\\\a.png" \\d`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Outside,
    /// Behind an opening quote.
    Opened,
    /// Within quotes.
    Quoted,
    /// Within quotes, in a path on somebody's computer.
    Path,
}

impl Field {
    /// The instruction with the files' names in place of their paths; `None`
    /// where there is no such path.
    pub(super) fn read(&mut self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        let mut parts = text.split('"').peekable();
        while let Some(part) = parts.next() {
            let closes = parts.peek().is_some();
            if *self == Self::Opened && (closes || !part.is_empty()) {
                *self = if is_path(part) { Self::Path } else { Self::Quoted };
            }
            match self {
                Self::Outside => part.split_inclusive(' ').for_each(|word| out.push_str(unquoted(word))),
                Self::Opened | Self::Quoted => out.push_str(part),
                // What comes before the file's name may end in another run.
                Self::Path if closes => out.push_str(file_name(part)),
                Self::Path => {}
            }
            if closes {
                out.push('"');
                *self = if *self == Self::Outside { Self::Opened } else { Self::Outside };
            }
        }
        (out != text).then_some(out)
    }
}

/// A word of an instruction; of a path the file's name.
fn unquoted(word: &str) -> &str {
    if is_path(word) { file_name(word) } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_paths_in_instructions_names_are_left() {
        let check = |runs: &[&str], expected: &str| {
            let mut field = Field::Outside;
            let read: String =
                runs.iter().map(|run| field.read(run).unwrap_or_else(|| (*run).to_owned())).collect();
            assert_eq!(read, expected, "{runs:?}");
        };
        check(
            &[r#" INCLUDEPICTURE "C:\\Users\\张三\\图.png" \* MERGEFORMAT "#],
            r#" INCLUDEPICTURE "图.png" \* MERGEFORMAT "#,
        );
        check(
            &[r#" LINK Excel.Sheet.12 "\\\\srv\\share\\a.xlsx" "表1!R1C1" \a"#],
            r#" LINK Excel.Sheet.12 "a.xlsx" "表1!R1C1" \a"#,
        );
        check(&[r" INCLUDETEXT file:///C:/Users/x/a.docx "], " INCLUDETEXT a.docx ");
        check(
            &[" INCLUDEPICTURE ", r#"""#, r"D:\\张", r#"三\\图.png" \d"#],
            r#" INCLUDEPICTURE "图.png" \d"#,
        );
        for kept in [r#" HYPERLINK "https://example.org/a" \l "节""#, r#" TOC \o "1-3" \h "#, " PAGE "] {
            check(&[kept], kept);
        }
    }
}
