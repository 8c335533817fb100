//! Office documents (ECMA-376), cleaned part by part; parts that hold nothing
//! personal are copied without being unpacked.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Broken;
use super::word::{self, Word};
use super::{SOMEBODY, nested};
use crate::office::edit::{Change, Rules, Value, edit};
use crate::office::package::{Fate, Package};
use crate::office::xml::{Element, Node, walk};
use crate::photo;

/// The cleaned package; `None` where it is no office document.
pub(super) fn clean(bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    let mut package = Package::open(bytes)?;
    if package.main_part().is_err() {
        return Ok(None);
    }
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let gone = gone(&mut package, &names)?;
    let variables = word::shows_variables(&mut package)?;
    let mut fates = BTreeMap::new();
    for name in &names {
        let fate = match name.as_str() {
            name if gone.contains(name) => Fate::Drop,
            name if name.starts_with("word/") && extension(name) == "xml" && name != "word/people.xml" => {
                edited(&mut package, name, &mut Word::new(variables))?
            }
            name => fate(&mut package, name, &gone, depth)?,
        };
        fates.insert(name.clone(), fate);
    }
    package.rewritten(&fates).map(Some)
}

/// The parts that go: by their names, or because nothing that stays leads to
/// them.
fn gone(package: &mut Package<'_>, names: &[String]) -> Result<BTreeSet<String>, Broken> {
    let mut gone: BTreeSet<String> = names.iter().filter(|name| goes(name)).cloned().collect();
    let mut ways = Vec::new();
    for source in names.iter().filter_map(|name| source_of(name)) {
        for relation in package.relations(&source)?.into_iter().filter(|relation| !relation.outside) {
            let dropped = is_dropped(&relation.kind);
            ways.push((source.clone(), relation.target.to_ascii_lowercase(), dropped));
        }
    }
    // What goes may lead to more that goes.
    for _ in 0..DEPTH_OF_WAYS {
        let ends = |(source, _, dropped): &&(String, String, bool)| *dropped || gone.contains(source);
        let (lost, kept): (Vec<_>, Vec<_>) = ways.iter().partition(ends);
        let kept: BTreeSet<&String> = kept.into_iter().map(|(_, target, _)| target).collect();
        let more: Vec<String> = lost.into_iter().map(|(_, target, _)| target.clone()).collect();
        let before = gone.len();
        gone.extend(more.into_iter().filter(|target| !kept.contains(target)));
        if gone.len() == before {
            break;
        }
    }
    // Relationships of what is gone lead nowhere.
    let orphans = names.iter().filter(|name| source_of(name).is_some_and(|source| gone.contains(&source)));
    let orphans: Vec<String> = orphans.cloned().collect();
    gone.extend(orphans);
    Ok(gone)
}

/// How many steps what goes is followed: data, its properties.
const DEPTH_OF_WAYS: usize = 8;

/// The part whose relationships the part `name` holds: `word/a.xml` for
/// `word/_rels/a.xml.rels`.
fn source_of(name: &str) -> Option<String> {
    let (folder, file) = name.strip_suffix(".rels")?.rsplit_once("_rels/")?;
    Some(format!("{folder}{file}"))
}

/// Parts that go: pictures of the first page; settings of printers, which are
/// named after their place in the building; what other programs keep in the
/// file for themselves; labels of an organisation; who changed which slide.
fn goes(name: &str) -> bool {
    ["docprops/thumbnail.", "customxml/", "docmetadata/", "ppt/changesinfos/"]
        .iter()
        .any(|gone| name.starts_with(gone))
        || name.contains("/printersettings")
}

fn fate(
    package: &mut Package<'_>,
    name: &str,
    gone: &BTreeSet<String>,
    depth: usize,
) -> Result<Fate, Broken> {
    let mut rules: Box<dyn Rules> = match name {
        "docprops/core.xml" => {
            let xml = package.part(name)?.unwrap_or_default();
            return Ok(Fate::Replace(core(&xml)?));
        }
        "docprops/app.xml" => Box::new(App),
        "docprops/custom.xml" => Box::new(Without(&[b"property"])),
        "[content_types].xml" => Box::new(Types(gone)),
        "word/people.xml" => Box::new(Without(&[b"person"])),
        "xl/workbook.xml" => Box::new(Workbook),
        name if extension(name) == "rels" => Box::new(Relations),
        name if is_embedded_document(name) => {
            let bytes = package.part(name)?.unwrap_or_default();
            return Ok(nested(&bytes, depth + 1)?.map_or(Fate::Copy, Fate::Replace));
        }
        name if is_picture(name) => return picture(package, name),
        name if extension(name) != "xml" => return Ok(Fate::Copy),
        name if name.starts_with("xl/worksheets/") => Box::new(Sheet),
        name if name.starts_with("xl/comments") => Box::new(Comments),
        name if name.starts_with("xl/persons/") || is_authors_of_slides(name) => Box::new(People),
        name if name.starts_with("xl/revisions/") || name.starts_with("xl/pivotcache/") => Box::new(Book),
        "xl/connections.xml" => Box::new(Book),
        name if name.starts_with("ppt/tags/") => Box::new(Tags),
        name if is_drawing(name) => Box::new(Drawing),
        _ => return Ok(Fate::Copy),
    };
    edited(package, name, rules.as_mut())
}

/// What becomes of a part that is changed by `rules`.
pub(super) fn edited(package: &mut Package<'_>, name: &str, rules: &mut dyn Rules) -> Result<Fate, Broken> {
    let xml = package.part(name)?.unwrap_or_default();
    let edited = edit(&xml, rules)?;
    Ok(if edited == xml { Fate::Copy } else { Fate::Replace(edited) })
}

/// What becomes of a part that is a picture, if it is one whose notes are known.
pub(super) fn picture(package: &mut Package<'_>, name: &str) -> Result<Fate, Broken> {
    if !is_picture(name) {
        return Ok(Fate::Copy);
    }
    let bytes = package.part(name)?.unwrap_or_default();
    let clean = photo::without_notes(&bytes).filter(|clean| *clean != bytes);
    Ok(clean.map_or(Fate::Copy, Fate::Replace))
}

/// What stands behind the last dot of a part's name, which is in lower case.
fn extension(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

fn is_embedded_document(name: &str) -> bool {
    name.contains("/embeddings/") && matches!(extension(name), "docx" | "xlsx" | "pptx")
}

/// Whether a part is a picture whose notes are known here.
fn is_picture(name: &str) -> bool {
    matches!(extension(name), "jpg" | "jpeg" | "jpe" | "jfif" | "png" | "gif" | "webp" | "svg")
}

/// Whether a part places pictures, which may be described by their paths.
fn is_drawing(name: &str) -> bool {
    let folders =
        ["ppt/slides/", "ppt/slidelayouts/", "ppt/slidemasters/", "ppt/notesslides/", "xl/drawings/"];
    folders.iter().any(|folder| name.starts_with(folder))
}

fn is_authors_of_slides(name: &str) -> bool {
    matches!(name, "ppt/commentauthors.xml" | "ppt/authors.xml")
}

/// The core properties: the title is kept, since programs show it.
fn core(xml: &[u8]) -> Result<Vec<u8>, Broken> {
    let (mut here, mut title) = (false, String::new());
    walk(xml, |node| match node {
        Node::Start(element) => here = element.name() == b"title",
        Node::Text(text) if here => title.push_str(text),
        Node::Text(_) => {}
        Node::End(_) => here = false,
    })?;
    let title = match title.trim() {
        "" => String::new(),
        title => format!("<dc:title>{}</dc:title>", quick_xml::escape::escape(title)),
    };
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{title}</cp:coreProperties>"
    )
    .into_bytes())
}

/// Elements of these names go.
struct Without(&'static [&'static [u8]]);

impl Rules for Without {
    fn element(&mut self, element: &Element<'_>) -> Change {
        if self.0.contains(&element.name()) { Change::Drop } else { Change::Keep }
    }

    fn attribute(&mut self, _: &Element<'_>, _: &str, _: &str) -> Value {
        Value::Keep
    }
}

/// The application's properties: counts are kept; company, manager, template
/// and whatever else stands there go.
struct App;

impl Rules for App {
    fn element(&mut self, element: &Element<'_>) -> Change {
        match element.name() {
            b"Properties"
            | b"Pages"
            | b"Words"
            | b"Characters"
            | b"CharactersWithSpaces"
            | b"Lines"
            | b"Paragraphs"
            | b"Slides" => Change::Keep,
            _ => Change::Drop,
        }
    }

    fn attribute(&mut self, _: &Element<'_>, _: &str, _: &str) -> Value {
        Value::Keep
    }
}

/// The types of parts, those that are gone left out.
struct Types<'g>(&'g BTreeSet<String>);

impl Rules for Types<'_> {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let part = element.attribute("PartName").unwrap_or_default().to_ascii_lowercase();
        if self.0.contains(part.trim_start_matches('/')) { Change::Drop } else { Change::Keep }
    }

    fn attribute(&mut self, _: &Element<'_>, _: &str, _: &str) -> Value {
        Value::Keep
    }
}

/// Relationships to what is gone; and of paths on somebody's computer only the
/// file's name stays.
struct Relations;

impl Rules for Relations {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let kind = element.attribute("Type").unwrap_or_default();
        match kind.rsplit('/').next().unwrap_or_default() {
            kind if is_dropped(kind) => Change::Drop,
            _ if element.attribute("TargetMode").is_some_and(|mode| mode == "External") => Change::Attributes,
            _ => Change::Keep,
        }
    }

    fn attribute(&mut self, _: &Element<'_>, name: &str, value: &str) -> Value {
        if name == "Target" { named(value) } else { Value::Keep }
    }
}

/// Whether relationships of that kind go, and what they lead to: a kind is the
/// last word of its type.
fn is_dropped(kind: &str) -> bool {
    let kinds = [
        "thumbnail",
        "printerSettings",
        "attachedTemplate",
        "customXml",
        "classificationlabels",
        "changesInfo",
        "mailMergeSource",
        "mailMergeHeaderSource",
        "recipientData",
    ];
    kinds.contains(&kind)
}

/// Of a path on somebody's computer, the file's name; all else stays.
pub(super) fn named(value: &str) -> Value {
    if !is_local(value) {
        return Value::Keep;
    }
    Value::Set(file_name(value).to_owned())
}

/// What stands behind the last slash.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Whether a target is a path on a computer or a share.
pub(super) fn is_local(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    target.starts_with("file:")
        || target.starts_with("\\\\")
        || target.get(1..3).is_some_and(|at| at == ":\\" || at == ":/")
}

/// A workbook: its path, and who keeps it to himself.
struct Workbook;

impl Rules for Workbook {
    fn element(&mut self, element: &Element<'_>) -> Change {
        match element.name() {
            b"absPath" => Change::Drop,
            b"fileSharing" => Change::Attributes,
            _ => Change::Keep,
        }
    }

    fn attribute(&mut self, _: &Element<'_>, name: &str, _: &str) -> Value {
        if name == "userName" { Value::Drop } else { Value::Keep }
    }
}

/// A sheet, which names the settings of a printer.
struct Sheet;

impl Rules for Sheet {
    fn element(&mut self, element: &Element<'_>) -> Change {
        if element.name() == b"pageSetup" { Change::Attributes } else { Change::Keep }
    }

    fn attribute(&mut self, _: &Element<'_>, name: &str, _: &str) -> Value {
        if name.ends_with(":id") { Value::Drop } else { Value::Keep }
    }
}

/// The comments of a sheet: who wrote them.
struct Comments;

impl Rules for Comments {
    fn element(&mut self, element: &Element<'_>) -> Change {
        if element.name() == b"author" { Change::Text(SOMEBODY) } else { Change::Keep }
    }

    fn attribute(&mut self, _: &Element<'_>, _: &str, _: &str) -> Value {
        Value::Keep
    }
}

/// Lists of people: their names and accounts.
struct People;

impl Rules for People {
    fn element(&mut self, _: &Element<'_>) -> Change {
        Change::Attributes
    }

    fn attribute(&mut self, _: &Element<'_>, name: &str, _: &str) -> Value {
        match name {
            "name" | "displayName" => Value::Set(SOMEBODY.to_owned()),
            "initials" | "userId" => Value::Set(String::new()),
            "providerId" => Value::Set("None".to_owned()),
            _ => Value::Keep,
        }
    }
}

/// A part that places pictures: how they are described.
struct Drawing;

impl Rules for Drawing {
    fn element(&mut self, element: &Element<'_>) -> Change {
        if element.name() == b"cNvPr" { Change::Attributes } else { Change::Keep }
    }

    fn attribute(&mut self, _: &Element<'_>, name: &str, value: &str) -> Value {
        if matches!(name, "descr" | "name" | "title") { named(value) } else { Value::Keep }
    }
}

/// Parts of a workbook that say who changed or fetched what, and from where.
struct Book;

impl Rules for Book {
    fn element(&mut self, _: &Element<'_>) -> Change {
        Change::Attributes
    }

    fn attribute(&mut self, element: &Element<'_>, name: &str, _: &str) -> Value {
        match name {
            "userName" | "refreshedBy" => Value::Set(SOMEBODY.to_owned()),
            "name" if element.name() == b"userInfo" => Value::Set(SOMEBODY.to_owned()),
            "sourceFile" | "odcFile" => Value::Drop,
            // Servers, accounts, passwords.
            "connection" => Value::Set(String::new()),
            _ => Value::Keep,
        }
    }
}

/// What programs note of slides for themselves: WPS, on which computer.
struct Tags;

impl Rules for Tags {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let noted = element.name() == b"tag"
            && element.attribute("name").is_some_and(|name| word::names_a_computer(&name));
        if noted { Change::Drop } else { Change::Keep }
    }

    fn attribute(&mut self, _: &Element<'_>, _: &str, _: &str) -> Value {
        Value::Keep
    }
}
