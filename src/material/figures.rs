//! Text of charts and diagrams, which stand in parts of their own beside the
//! page that shows them (ECMA-376, part 1, 21).

use std::collections::BTreeMap;

use super::Broken;
use crate::office::Package;
use crate::office::package::Relation;
use crate::office::xml::Node;

/// The most paragraphs of one figure.
const MAX: usize = 500;

/// The paragraphs of all figures that a part shows, by the ids of their
/// relationships.
pub(super) fn figures(
    package: &mut Package<'_>,
    relations: &[Relation],
) -> Result<BTreeMap<String, Vec<String>>, Broken> {
    let mut figures = BTreeMap::new();
    for relation in relations.iter().filter(|relation| !relation.outside) {
        let paragraphs = match relation.kind.as_str() {
            "chart" | "chartEx" => chart(package, &relation.target)?,
            "diagramData" => diagram(package, relations, &relation.target)?,
            _ => continue,
        };
        figures.insert(relation.id.clone(), paragraphs);
    }
    Ok(figures)
}

/// Titles, and the names of series and categories, each once.
fn chart(package: &mut Package<'_>, part: &str) -> Result<Vec<String>, Broken> {
    let mut all: Vec<String> = Vec::new();
    let (mut title, mut in_text, mut in_cache, mut in_value) = (String::new(), false, false, false);
    package.walk(part, |node| match node {
        Node::Start(element) => match element.name() {
            b"t" => in_text = true,
            b"strCache" | b"multiLvlStrCache" | b"strDim" => in_cache = true,
            b"v" | b"pt" if in_cache => {
                in_value = true;
                all.push(String::new());
            }
            _ => {}
        },
        Node::Text(text) if in_text => title.push_str(text),
        Node::Text(text) if in_value => all.last_mut().into_iter().for_each(|value| value.push_str(text)),
        Node::Text(_) => {}
        Node::End(name) => match name {
            b"t" => in_text = false,
            b"v" | b"pt" => in_value = false,
            b"strCache" | b"multiLvlStrCache" | b"strDim" => in_cache = false,
            b"p" => all.push(std::mem::take(&mut title)),
            _ => {}
        },
    })?;
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|text| !text.trim().is_empty() && seen.insert(text.clone()));
    all.truncate(MAX);
    Ok(all)
}

/// The texts of a diagram in the order in which they are drawn, where the
/// program that made it says so; else as its data have them.
fn diagram(package: &mut Package<'_>, relations: &[Relation], data: &str) -> Result<Vec<String>, Broken> {
    let (mut drawing, mut texts) = (None, Vec::new());
    collect(package, data, &mut texts, &mut drawing)?;
    let drawn = drawing.and_then(|id| relations.iter().find(|relation| relation.id == id));
    if let Some(relation) = drawn.filter(|relation| package.has(&relation.target)) {
        let mut drawn = Vec::new();
        collect(package, &relation.target, &mut drawn, &mut None)?;
        if !drawn.is_empty() {
            return Ok(drawn);
        }
    }
    Ok(texts)
}

/// The paragraphs of a part that draws, and the id of the drawing that it
/// names.
fn collect(
    package: &mut Package<'_>,
    part: &str,
    paragraphs: &mut Vec<String>,
    drawing: &mut Option<String>,
) -> Result<(), Broken> {
    let (mut paragraph, mut in_text) = (String::new(), false);
    package.walk(part, |node| match node {
        Node::Start(element) => match element.name() {
            b"t" => in_text = true,
            b"br" => paragraph.push(' '),
            b"dataModelExt" => *drawing = element.attribute("relId"),
            _ => {}
        },
        Node::Text(text) if in_text => paragraph.push_str(text),
        Node::End(b"t") => in_text = false,
        Node::End(b"p") => {
            let whole = std::mem::take(&mut paragraph);
            if !whole.trim().is_empty() && paragraphs.len() < MAX {
                paragraphs.push(whole);
            }
        }
        Node::End(_) | Node::Text(_) => {}
    })?;
    Ok(())
}
