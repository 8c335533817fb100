//! Data that a workbook keeps without showing them: values of other workbooks
//! that formulas refer to, and the rows behind a pivot table.

use std::collections::BTreeSet;

use super::super::Broken;
use crate::office::Package;
use crate::office::package::Relation;
use crate::office::xml::Node;

/// Where such data came from: files' names, or how the table is called.
pub(super) fn names(
    package: &mut Package<'_>,
    relations: &[Relation],
    seen: &BTreeSet<String>,
) -> Result<Vec<String>, Broken> {
    let mut names = BTreeSet::new();
    for relation in relations.iter().filter(|relation| !relation.outside) {
        match relation.kind.as_str() {
            "externalLink" if has(package, &relation.target, b"v")? => {
                let book = package.relations(&relation.target)?.into_iter().find(|relation| relation.outside);
                let path = book.map(|book| book.target).unwrap_or_default();
                names.insert(path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
            }
            "pivotCacheDefinition" => names.extend(pivot(package, &relation.target, seen)?),
            "powerPivotData" => {
                names.insert("Power Pivot".to_owned());
            }
            _ => {}
        }
    }
    names.remove("");
    Ok(names.into_iter().collect())
}

/// The source of a pivot table, where it is not a sheet that readers see and
/// its rows are kept.
fn pivot(package: &mut Package<'_>, part: &str, seen: &BTreeSet<String>) -> Result<Option<String>, Broken> {
    let (mut source, mut is_seen) = (None, false);
    package.walk(part, |node| {
        if let Node::Start(element) = node {
            match element.name() {
                b"cacheSource" => source = element.attribute("type"),
                b"worksheetSource" => {
                    let outside = element.relation().is_some();
                    let sheet = element.attribute("sheet");
                    is_seen = !outside && sheet.as_ref().is_none_or(|sheet| seen.contains(sheet));
                    source = sheet.or_else(|| source.clone());
                }
                _ => {}
            }
        }
    })?;
    if is_seen {
        return Ok(None);
    }
    for relation in package.relations(part)? {
        if relation.kind == "pivotCacheRecords" && has(package, &relation.target, b"r")? {
            return Ok(source);
        }
    }
    Ok(None)
}

/// Whether a part has an element of that name.
fn has(package: &mut Package<'_>, part: &str, name: &[u8]) -> Result<bool, Broken> {
    let mut found = false;
    package.walk(part, |node| found |= matches!(node, Node::Start(element) if element.name() == name))?;
    Ok(found)
}
