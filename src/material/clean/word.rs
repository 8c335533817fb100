//! The parts of a Word document, cleaned: sessions of editing, authors of
//! comments and changes, where its pictures and data came from.

use super::super::Broken;
use super::SOMEBODY;
use super::office::{file_name, is_local, named};
use crate::office::edit::{Change, Rules, Value};
use crate::office::package::Package;
use crate::office::xml::Element;

/// Whether some part shows a variable of the document: then variables stay.
pub(super) fn shows_variables(package: &mut Package<'_>) -> Result<bool, Broken> {
    let stories = ["document", "header", "footer", "footnotes", "endnotes"];
    let is_story = |name: &&str| {
        let inner = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml"));
        inner.is_some_and(|name| stories.iter().any(|story| name.starts_with(story)))
    };
    let names: Vec<String> = package.names().filter(is_story).map(str::to_owned).collect();
    for name in names {
        let part = package.part(&name)?.unwrap_or_default();
        if memchr::memmem::find(&part, b"DOCVARIABLE").is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether WPS notes under that name on which computer a file was made.
pub(super) fn names_a_computer(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "commondata" || (name.starts_with("kso_") && name.ends_with("_mark_key"))
}

/// How a part of a Word document is changed.
pub(super) struct Word {
    /// Whether variables stay.
    variables: bool,
    /// How far the instruction of a field, which may stand in several runs,
    /// has been read.
    field: Field,
}

impl Word {
    pub(super) fn new(variables: bool) -> Self {
        Self { variables, field: Field::Outside }
    }
}

impl Rules for Word {
    fn element(&mut self, element: &Element<'_>) -> Change {
        match element.name() {
            // A control that is bound to a property would show that it is gone.
            b"rsids" | b"attachedTemplate" | b"mailMerge" | b"dataBinding" => Change::Drop,
            b"docVar" => {
                let name = element.attribute("name").unwrap_or_default();
                if self.variables && !names_a_computer(&name) { Change::Keep } else { Change::Drop }
            }
            b"fldChar" => {
                self.field = Field::Outside;
                Change::Attributes
            }
            b"instrText" | b"delInstrText" => Change::Words,
            _ => Change::Attributes,
        }
    }

    fn attribute(&mut self, _: &Element<'_>, name: &str, value: &str) -> Value {
        match name.rsplit(':').next().unwrap_or_default() {
            "author" => Value::Set(SOMEBODY.to_owned()),
            "initials" => Value::Set(String::new()),
            "descr" | "name" | "title" => named(value),
            "instr" => {
                let instruction = quick_xml::escape::unescape(value).unwrap_or_default();
                Field::Outside.read(&instruction).map_or(Value::Keep, Value::Set)
            }
            local if local.starts_with("rsid") => Value::Drop,
            _ => Value::Keep,
        }
    }

    fn words(&mut self, text: &str) -> Option<String> {
        self.field.read(text)
    }
}

/// Where in the instruction of a field the next character stands:
/// `INCLUDEPICTURE "C:\\\\Users\\\\x\\\\a.png" \\d`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
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
    fn read(&mut self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        let mut parts = text.split('"').peekable();
        while let Some(part) = parts.next() {
            let closes = parts.peek().is_some();
            if *self == Self::Opened && (closes || !part.is_empty()) {
                *self = if is_local(part) { Self::Path } else { Self::Quoted };
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
    if is_local(word) { file_name(word) } else { word }
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
