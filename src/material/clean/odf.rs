//! OpenDocument files (OASIS ODF 1.3), cleaned part by part.
//!
//! Parts that the format names stay, and those that the text or the styles
//! refer to; former versions, thumbnails, settings of somebody's windows and
//! what other programs put there do not.

use std::collections::{BTreeMap, BTreeSet};

use super::super::odf;
use super::paths::{Place, shortened};
use super::{AI_LABEL, SOMEBODY, has_extension, nested, picture, properties};
use crate::office::Broken;
use crate::office::edit::{Change, Form, Rules, Value};
use crate::office::package::{Fate, Package, plain};
use crate::office::xml::{Element, Node};

/// The cleaned package; `None` where it is no OpenDocument file.
pub(super) fn clean(bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    let mut package = Package::open(bytes)?;
    if !odf::is(&mut package)? {
        return Ok(None);
    }
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let referred = referred(&mut package, &names)?;
    let stays = |name: &&String| is_own(name) || referred.iter().any(|way| leads_to(way, name));
    let kept: BTreeSet<String> = names.iter().filter(stays).cloned().collect();
    let mut fates = BTreeMap::new();
    for name in names {
        let fate = match file(&name) {
            _ if !kept.contains(&name) => Fate::Drop,
            "mimetype" => Fate::Copy,
            "meta.xml" => edited(Meta { title: title_that_is_seen(&mut package, &name, bytes)? }),
            "settings.xml" => edited(Settings),
            "manifest.xml" => edited(Manifest { kept: kept.clone() }),
            name if has_extension(name, "xml") => edited(Content),
            _ => match package.part(&name)?.unwrap_or_default() {
                part if part.starts_with(b"PK\x03\x04") || part.starts_with(b"\xD0\xCF\x11\xE0") => {
                    nested(&part, depth + 1)
                }
                part => picture(&part),
            },
        };
        fates.insert(name, fate);
    }
    package.rewritten(fates).map(Some)
}

fn edited(rules: impl Rules + 'static) -> Fate {
    Fate::Edit(Form::Strict, Box::new(rules))
}

fn file(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

/// Whether a part is one that every document has, or every object within one:
/// an object is a folder with parts of the same names.
fn is_own(name: &str) -> bool {
    let object = name
        .rsplit_once('/')
        .is_none_or(|(folder, _)| folder.starts_with("object ") && !folder.contains('/'));
    let own = ["content.xml", "styles.xml", "meta.xml", "settings.xml"].contains(&file(name));
    name == "mimetype" || name == "meta-inf/manifest.xml" || (own && object)
}

/// What the text and the styles refer to, as parts' names are compared.
fn referred(package: &mut Package<'_>, names: &[String]) -> Result<BTreeSet<String>, Broken> {
    let mut referred = BTreeSet::new();
    let bodies = names.iter().filter(|name| matches!(file(name), "content.xml" | "styles.xml"));
    for body in bodies {
        let folder = body.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        package.walk(body, |node| {
            if let Node::Start(element) = node
                && let Some(way) = element.attribute("href")
            {
                let way = way.trim_start_matches("./");
                referred.insert(plain(&format!("{folder}{way}")));
                referred.insert(plain(way));
            }
        })?;
    }
    Ok(referred)
}

/// Whether a reference leads to a part, or to the object that it belongs to.
fn leads_to(way: &str, name: &str) -> bool {
    !way.is_empty() && (name == way || name.strip_prefix(way).is_some_and(|rest| rest.starts_with('/')))
}

/// Whether the title stands in the text too, or a field shows it.
fn title_that_is_seen(package: &mut Package<'_>, meta: &str, bytes: &[u8]) -> Result<bool, Broken> {
    if shows_title(package)? {
        return Ok(true);
    }
    let (mut here, mut title) = (false, String::new());
    package.walk(meta, |node| match node {
        Node::Start(element) => here = element.name() == b"title",
        Node::Text(text) if here => title.push_str(text),
        Node::Text(_) => {}
        Node::End(_) => here = false,
    })?;
    properties::is_seen(&title, bytes)
}

/// Whether the text or a header has the field of the title (ODF 1.3, part 3,
/// 7.5.7). A drawing's title stands in `svg:title`.
fn shows_title(package: &mut Package<'_>) -> Result<bool, Broken> {
    let mut shown = false;
    for part in ["content.xml", "styles.xml"] {
        package.walk(part, |node| {
            shown |= matches!(node, Node::Start(element) if element.qualified() == b"text:title");
        })?;
    }
    Ok(shown)
}

/// Properties: counts stay, the title where it is seen, and the label of
/// generated text.
struct Meta {
    title: bool,
}

impl Rules for Meta {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let label = element.attribute("name").is_some_and(|name| name == AI_LABEL);
        match element.name() {
            b"document-meta" | b"meta" | b"document-statistic" => Change::Keep,
            b"title" if self.title => Change::Keep,
            b"user-defined" if label => Change::Keep,
            _ => Change::Drop,
        }
    }
}

/// Settings: switches and numbers stay; of words only those that say what is
/// shown.
struct Settings;

impl Rules for Settings {
    fn element(&mut self, element: &Element<'_>) -> Change {
        if element.name() != b"config-item" {
            return Change::Keep;
        }
        let name = element.attribute("name").unwrap_or_default();
        let kind = element.attribute("type").unwrap_or_default();
        let counts = matches!(kind.as_str(), "boolean" | "short" | "int" | "long" | "double");
        let shows = ["ViewId", "ActiveTable", "VisibleLayers", "PrintableLayers", "LockedLayers"];
        let session = name.starts_with("Rsid");
        if (counts && !session) || shows.contains(&name.as_str()) { Change::Keep } else { Change::Drop }
    }

    fn text(&mut self, _: &[u8], text: &str) -> Option<String> {
        shortened(text, Place::Anywhere)
    }
}

/// Fields that show a property of the document (ODF 1.3, part 3, 7.5): what they
/// show is text that readers see, and stays when the property goes.
const FIELDS: [&[u8]; 11] = [
    b"initial-creator",
    b"creation-date",
    b"creation-time",
    b"modification-date",
    b"modification-time",
    b"print-date",
    b"print-time",
    b"printed-by",
    b"editing-cycles",
    b"editing-duration",
    b"user-defined",
];

/// The text and its styles: authors of comments and changes, sessions, paths on
/// somebody's computer.
#[derive(Default)]
struct Content;

impl Rules for Content {
    fn element(&mut self, element: &Element<'_>) -> Change {
        match element.name() {
            b"creator" => Change::Text(SOMEBODY.to_owned()),
            b"creator-initials" | b"sender-initials" | b"connection-resource" => Change::Drop,
            _ => Change::Keep,
        }
    }

    fn added(&mut self, element: &Element<'_>) -> Option<(&'static str, &'static str)> {
        let shows = FIELDS.contains(&element.name()) && element.attribute("fixed").is_none();
        shows.then_some(("fixed", "true"))
    }

    fn attribute(&mut self, element: &Element<'_>, name: &str, value: &str) -> Value {
        let local = name.rsplit(':').next().unwrap_or_default();
        if local == "fixed" && FIELDS.contains(&element.name()) {
            return Value::Set("true".to_owned());
        }
        if local.ends_with("rsid") {
            return Value::Drop;
        }
        if name.starts_with("xmlns") {
            return Value::Keep;
        }
        // `Pictures/1.png` and `./Object 1` stand in the package, `../a` doesn't.
        let outside = value.starts_with("../") || value.starts_with('/') || value.contains(':');
        let place = match local {
            "href" if outside => Place::Target,
            "href" => return Value::Keep,
            "comment" if element.name() == b"scenario" => return Value::Drop,
            "name" | "title" | "database-name" => Place::Description,
            _ => Place::Anywhere,
        };
        shortened(value, place).map_or(Value::Keep, Value::Set)
    }

    fn text(&mut self, name: &[u8], text: &str) -> Option<String> {
        // What a picture is called and how it is described.
        matches!(name, b"title" | b"desc").then(|| shortened(text, Place::Description)).flatten()
    }
}

/// The list of parts: of those that stay, and of the folders that they are in.
struct Manifest {
    kept: BTreeSet<String>,
}

impl Rules for Manifest {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let Some(path) = element.attribute("full-path") else { return Change::Keep };
        let path = plain(&path);
        let holds = |name: &String| path.ends_with('/') && name.starts_with(path.as_str());
        let stays = path.is_empty() || self.kept.contains(&path) || self.kept.iter().any(holds);
        if stays { Change::Keep } else { Change::Drop }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::edit::edit;

    #[test]
    fn a_title_that_a_field_shows_stays() {
        let check = |content: &str, expected: bool| {
            let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            let options = zip::write::SimpleFileOptions::default();
            let meta = "<office:meta><dc:title>学习计划</dc:title></office:meta>";
            for (name, text) in [("meta.xml", meta), ("content.xml", content)] {
                archive.start_file(name, options).unwrap();
                std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
            }
            let bytes = archive.finish().unwrap().into_inner();
            let mut package = Package::open(&bytes).unwrap();
            assert_eq!(shows_title(&mut package), Ok(expected), "{content}");
        };
        check("<a><text:p><text:title/></text:p></a>", true);
        check("<a><svg:title>学习计划</svg:title></a>", false);
    }

    #[test]
    fn fields_keep_what_they_show() {
        let check = |xml: &str, expected: &str| {
            let clean = edit(xml.as_bytes(), Form::Strict, &mut Content).unwrap();
            let clean = clean.map_or_else(|| xml.to_owned(), |clean| String::from_utf8(clean).unwrap());
            assert_eq!(clean, expected);
        };
        let date = |fixed: &str| {
            format!(
                "<t:p xmlns:t=\"urn:t\"><t:modification-date{fixed}>2021-03-08</t:modification-date></t:p>"
            )
        };
        check(&date(""), &date(" t:fixed=\"true\""));
        check(&date(" t:fixed=\"false\""), &date(" t:fixed=\"true\""));
        check(&date(" t:fixed=\"true\""), &date(" t:fixed=\"true\""));
        check(
            "<initial-creator>甲</initial-creator>",
            "<initial-creator fixed=\"true\">甲</initial-creator>",
        );
    }
}
