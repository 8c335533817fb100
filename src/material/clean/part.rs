//! What goes from any part of an Office document (ECMA-376), wherever the part
//! lies: who wrote, changed or opened it, sessions of editing, and where its
//! pictures and data came from.
//!
//! One set of rules serves all parts, since a name means the same in each. Text
//! that readers see stays; of all other text and of every attribute paths go.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::SOMEBODY;
use super::paths::{Place, shortened};
use super::word::{Field, names_a_computer};
use crate::office::edit::{Change, Rules, Value};
use crate::office::xml::Element;

/// Elements that go with all that stands in them.
const GONE: [&[u8]; 23] = [
    // Word: sessions, templates, data sources, accounts, smart tags, add-ins.
    b"rsids",
    b"rsid",
    b"docId",
    b"attachedTemplate",
    b"mailMerge",
    b"dataBinding",
    b"smartTagPr",
    b"customXmlPr",
    b"permStart",
    b"permEnd",
    b"fldData",
    b"tag",
    b"documentTasks",
    b"saveThroughXslt",
    // Excel: its folder, who looks at it how, accounts, add-ins.
    b"absPath",
    b"revisionPtr",
    b"customWorkbookViews",
    b"customSheetViews",
    b"securityDescriptor",
    b"customProperties",
    b"webPublishItems",
    b"webPublishing",
    // PowerPoint: data of add-ins.
    b"custDataLst",
];

/// Attributes that go.
const DROPPED: [&str; 9] = [
    "gfxdata",
    "sourceFile",
    "odcFile",
    "singleSignOnId",
    "securityDescriptor",
    "documentId",
    "tenantId",
    "sourceFileName",
    "lastUser",
];

/// Elements whose text readers see.
const SEEN: [&[u8]; 3] = [b"t", b"v", b"delText"];

/// The rules for one part.
pub(super) struct Part {
    /// The instructions of all fields: variables that they name stay.
    fields: Rc<str>,
    /// Relationships of the part that go.
    cut: BTreeSet<String>,
    /// How far the instruction of a field, which may stand in several runs, has
    /// been read.
    field: Field,
    /// Names of the authors of a sheet's comments.
    authors: Vec<String>,
    /// Whether the first words of a comment come next.
    at_head: bool,
}

impl Part {
    pub(super) fn new(fields: Rc<str>, cut: BTreeSet<String>) -> Self {
        Self { fields, cut, field: Field::Outside, authors: Vec::new(), at_head: false }
    }

    /// The text of a sheet's comment without its author's name, which Excel
    /// puts in front of it.
    fn without_author(&self, text: &str) -> Option<String> {
        self.authors.iter().find_map(|author| {
            let rest = text.trim_start().strip_prefix(author.as_str())?;
            let rest = rest.strip_prefix([':', '：'])?;
            Some(rest.to_owned())
        })
    }
}

/// Whether an element goes from every part.
pub(super) fn is_gone(name: &[u8]) -> bool {
    GONE.contains(&name)
}

impl Rules for Part {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let name = element.name();
        let leads = || element.relation().is_some_and(|id| self.cut.contains(&id));
        match name {
            _ if is_gone(name) => return Change::Drop,
            // The settings of a page stay without their printer.
            _ if name != b"pageSetup" && !self.cut.is_empty() && leads() => return Change::Drop,
            // Word's list of who commented.
            b"person" if element.attribute("author").is_some() => return Change::Drop,
            b"docVar" => {
                let name = element.attribute("name").unwrap_or_default();
                let shown = !name.is_empty() && self.fields.contains(name.as_str());
                return if shown && !names_a_computer(&name) { Change::Keep } else { Change::Drop };
            }
            b"fldChar" => self.field = Field::Outside,
            b"comment" => self.at_head = true,
            _ => {}
        }
        Change::Keep
    }

    fn attribute(&mut self, element: &Element<'_>, name: &str, value: &str) -> Value {
        let local = name.rsplit(':').next().unwrap_or_default();
        let owner = element.name();
        match local {
            "author" | "userName" | "refreshedBy" => Value::Set(SOMEBODY.to_owned()),
            "user" if owner == b"scenario" => Value::Set(SOMEBODY.to_owned()),
            "name" | "displayName" if is_person(owner) => Value::Set(SOMEBODY.to_owned()),
            "providerId" => Value::Set("None".to_owned()),
            // Accounts, servers, passwords, questions to a database.
            "userId" | "initials" | "connection" | "command" | "serverCommand" | "localConnection" => {
                Value::Set(String::new())
            }
            "comment" | "description" => Value::Drop,
            "codeName" if owner == b"fileVersion" => Value::Drop,
            "instr" => Field::Outside.read(value).map_or(Value::Keep, Value::Set),
            _ if local.starts_with("rsid") || DROPPED.contains(&local) => Value::Drop,
            _ if name.contains(':') && local == "id" && self.cut.contains(value) => Value::Drop,
            "descr" | "title" | "name" | "alt" | "src" | "href" | "url" => path(value, Place::Description),
            _ => path(value, Place::Anywhere),
        }
    }

    fn text(&mut self, name: &[u8], text: &str) -> Option<String> {
        match name {
            b"instrText" | b"delInstrText" => self.field.read(text),
            // `tc=` leads from a note to its thread.
            b"author" if text.starts_with("tc=") => None,
            b"author" => {
                self.authors.push(text.trim().to_owned());
                Some(SOMEBODY.to_owned())
            }
            b"t" if self.at_head => {
                self.at_head = false;
                self.without_author(text)
            }
            _ if SEEN.contains(&name) => None,
            _ => shortened(text, Place::Anywhere),
        }
    }
}

fn path(value: &str, place: Place) -> Value {
    shortened(value, place).map_or(Value::Keep, Value::Set)
}

/// Elements that name a person.
fn is_person(name: &[u8]) -> bool {
    matches!(name, b"person" | b"cmAuthor" | b"author" | b"userInfo")
}

/// The relationships of a part.
pub(super) struct Relations {
    /// Ids of those that go.
    pub(super) cut: BTreeSet<String>,
}

impl Rules for Relations {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let id = element.attribute("Id").unwrap_or_default();
        if element.name() == b"Relationship" && self.cut.contains(&id) { Change::Drop } else { Change::Keep }
    }

    fn attribute(&mut self, element: &Element<'_>, name: &str, value: &str) -> Value {
        let outside = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
        if name == "Target" && outside { path(value, Place::Target) } else { Value::Keep }
    }
}

/// The types of parts: of those that stay.
pub(super) struct Types {
    pub(super) kept: BTreeSet<String>,
}

impl Rules for Types {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let part = element.attribute("PartName");
        let gone = part.is_some_and(|part| !self.kept.contains(&crate::office::package::plain(&part)));
        if gone { Change::Drop } else { Change::Keep }
    }
}

/// The application's properties: counts stay.
pub(super) struct App;

impl Rules for App {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let kept: [&[u8]; 9] = [
            b"Properties",
            b"Application",
            b"Pages",
            b"Words",
            b"Characters",
            b"CharactersWithSpaces",
            b"Lines",
            b"Paragraphs",
            b"Slides",
        ];
        if kept.contains(&element.name()) { Change::Keep } else { Change::Drop }
    }

    fn attribute(&mut self, _: &Element<'_>, name: &str, _: &str) -> Value {
        if name.starts_with("xmlns") { Value::Keep } else { Value::Drop }
    }

    fn text(&mut self, name: &[u8], text: &str) -> Option<String> {
        if name == b"Application" {
            return Some(
                PROGRAMS.into_iter().find(|known| text.contains(known)).unwrap_or_default().to_owned(),
            );
        }
        let counts = text.trim().chars().all(|c| c.is_ascii_digit());
        (!counts).then(String::new)
    }
}

/// Programs whose name stays, without its version and system: `LibreOffice`
/// computes a workbook's formulas that give text anew where it is saved by none
/// of these, and then other words are shown than those that its editor saw.
const PROGRAMS: [&str; 4] = ["Microsoft Excel", "Microsoft Macintosh Excel", "LibreOffice", "WPS"];

/// Properties that somebody made: only the label that GB 45438 demands of
/// generated text stays.
#[derive(Default)]
pub(super) struct Custom;

impl Rules for Custom {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let label = element.attribute("name").is_some_and(|name| name == super::AI_LABEL);
        if element.name() == b"property" && !label { Change::Drop } else { Change::Keep }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::edit::{Form, edit};

    #[test]
    fn of_a_program_its_name_stays_alone() {
        let check = |program: &str, expected: &str| {
            let xml = |text: &str| format!("<Properties><Application>{text}</Application></Properties>");
            let clean = edit(xml(program).as_bytes(), Form::Strict, &mut App).unwrap();
            let clean = clean.map_or_else(|| xml(program), |clean| String::from_utf8(clean).unwrap());
            assert_eq!(clean, xml(expected));
        };
        check("Microsoft Excel", "Microsoft Excel");
        check("LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40", "LibreOffice");
        check("某某单位的模板程序", "");
    }
}
