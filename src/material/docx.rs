//! A DOCX file's text, and what is hidden in it (ECMA-376, part 1, 17).

mod numbering;
mod story;
mod styles;

use std::collections::BTreeSet;

use super::figures::figures;
use super::{Broken, Extract, people};
use crate::diagnostic::MaterialFault;
use crate::office::package::{Package, Relation};
use crate::office::xml::Node;

use numbering::Numbering;
use story::Story;
use styles::Styles;

/// Reads the document.
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Extract, Broken> {
    let relations = package.relations(main)?;
    let part = |kind: &str| relations.iter().find(|relation| relation.kind == kind && !relation.outside);
    let styles = match part("styles") {
        Some(relation) => Styles::read(package, &relation.target)?,
        None => Styles::default(),
    };
    let numbering = match part("numbering") {
        Some(relation) => Numbering::read(package, &relation.target)?,
        None => Numbering::default(),
    };
    let mut story = Story::new(styles, numbering);
    story.figures = figures(package, &relations)?;
    if !story.read(package, main)? {
        return Err(Broken::Damaged);
    }
    let pages = pages(package, &story)?;
    let (comments, authors) = aside(package, &relations, &mut story)?;
    let mut reading = Extract { pages, ..Extract::default() };
    if comments > 0 {
        reading.faults.push(MaterialFault::Comments { count: comments, authors: people(authors) });
    }
    story.report(&mut reading.faults);
    reading.text = story.flow.text;
    Ok(reading)
}

/// Reads what stands beside the body: notes, which are text of it, headers, and
/// comments, which are counted.
fn aside(
    package: &mut Package<'_>,
    relations: &[Relation],
    story: &mut Story,
) -> Result<(u32, BTreeSet<String>), Broken> {
    let (mut comments, mut authors) = (0, BTreeSet::new());
    for relation in relations.iter().filter(|relation| !relation.outside) {
        match relation.kind.as_str() {
            "footnotes" | "endnotes" => {
                let own = package.relations(&relation.target)?;
                story.figures = figures(package, &own)?;
                story.read(package, &relation.target)?;
            }
            "header" | "footer" => {
                let kept = std::mem::take(&mut story.flow);
                story.figures.clear();
                story.read(package, &relation.target)?;
                story.flow = kept;
            }
            "comments" => {
                package.walk(&relation.target, |node| {
                    if let Node::Start(element) = node
                        && element.name() == b"comment"
                    {
                        comments += 1;
                        authors.extend(element.attribute("author"));
                    }
                })?;
            }
            _ => {}
        }
    }
    Ok((comments, authors))
}

/// The pages, as the program that saved the document counted; only where the
/// characters that it counted with them are those that stand there, and the
/// breaks that it noted fit: templates and libraries write one page whatever
/// follows.
fn pages(package: &mut Package<'_>, story: &Story) -> Result<Option<u32>, Broken> {
    let (mut pages, mut chars) = (0_u32, 0_u32);
    for relation in package.relations("")?.into_iter().filter(|r| r.kind == "extended-properties") {
        let mut here = Vec::new();
        package.walk(&relation.target, |node| match node {
            Node::Start(element) => here = element.name().to_vec(),
            Node::Text(text) if here == b"Pages" => pages = text.trim().parse().unwrap_or(0),
            Node::Text(text) if here == b"Characters" => chars = text.trim().parse().unwrap_or(0),
            Node::Text(_) => {}
            Node::End(_) => here.clear(),
        })?;
    }
    let (chars, counted) = (f64::from(chars), f64::from(story.chars));
    let fits =
        chars > 0.0 && counted > 0.0 && (chars - counted).abs() <= (counted * 0.25).max(20.0).min(counted);
    Ok((fits && pages > story.breaks).then_some(pages))
}
