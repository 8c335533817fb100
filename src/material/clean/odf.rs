//! OpenDocument files (OASIS ODF 1.3), cleaned part by part.

use std::collections::BTreeMap;

use super::super::{Broken, odf};
use super::SOMEBODY;
use super::office::{named, picture};
use crate::office::edit::{Change, Rules, Value, edit};
use crate::office::package::{Fate, Package};
use crate::office::xml::Element;

/// The cleaned package; `None` where it is no OpenDocument file.
pub(super) fn clean(bytes: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
    let mut package = Package::open(bytes)?;
    if !odf::is(&mut package)? {
        return Ok(None);
    }
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let mut fates = BTreeMap::new();
    for name in names {
        let fate = fate(&mut package, &name)?;
        fates.insert(name, fate);
    }
    package.rewritten(&fates).map(Some)
}

fn fate(package: &mut Package<'_>, name: &str) -> Result<Fate, Broken> {
    // An object within a document is a folder with parts of the same names.
    let mut rules: Box<dyn Rules> = match name.rsplit('/').next().unwrap_or_default() {
        _ if name.starts_with("thumbnails/") => return Ok(Fate::Drop),
        "meta.xml" => Box::new(Meta),
        "settings.xml" => Box::new(Settings),
        "content.xml" | "styles.xml" => Box::new(Content),
        "manifest.xml" => Box::new(Manifest),
        _ => return picture(package, name),
    };
    let xml = package.part(name)?.unwrap_or_default();
    let edited = edit(&xml, rules.as_mut())?;
    Ok(if edited == xml { Fate::Copy } else { Fate::Replace(edited) })
}

/// Properties: the title and the counts are kept.
struct Meta;

impl Rules for Meta {
    fn element(&mut self, element: &Element<'_>) -> Change {
        match element.name() {
            b"document-meta" | b"meta" | b"title" | b"document-statistic" => Change::Keep,
            _ => Change::Drop,
        }
    }

    fn attribute(&mut self, _: &Element<'_>, _: &str, _: &str) -> Value {
        Value::Keep
    }
}

/// Settings: printers and sessions of editing go.
struct Settings;

impl Rules for Settings {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let name = element.attribute("name").unwrap_or_default();
        let goes = ["PrinterName", "PrinterSetup", "Rsid", "RsidRoot"].contains(&name.as_str())
            || name.starts_with("CurrentDatabase");
        if goes && element.name() == b"config-item" { Change::Drop } else { Change::Keep }
    }

    fn attribute(&mut self, _: &Element<'_>, _: &str, _: &str) -> Value {
        Value::Keep
    }
}

/// The text and its styles: authors of comments and changes, paths on
/// somebody's computer.
struct Content;

impl Rules for Content {
    fn element(&mut self, element: &Element<'_>) -> Change {
        match element.name() {
            b"creator" => Change::Text(SOMEBODY),
            b"creator-initials" | b"sender-initials" => Change::Drop,
            _ if element.attribute("href").is_some() => Change::Attributes,
            _ => Change::Keep,
        }
    }

    fn attribute(&mut self, _: &Element<'_>, name: &str, value: &str) -> Value {
        if name.ends_with(":href") { named(value) } else { Value::Keep }
    }
}

/// The list of parts, those that are gone left out.
struct Manifest;

impl Rules for Manifest {
    fn element(&mut self, element: &Element<'_>) -> Change {
        let gone = element.attribute("full-path").is_some_and(|path| path.starts_with("Thumbnails/"));
        if gone { Change::Drop } else { Change::Keep }
    }

    fn attribute(&mut self, _: &Element<'_>, _: &str, _: &str) -> Value {
        Value::Keep
    }
}
