//! A PPTX file's text, and what is hidden in it (ECMA-376, part 1, 19).

use std::collections::BTreeSet;

use super::{Broken, Extract, people};
use crate::diagnostic::{MaterialFault, MaterialPlace};
use crate::office::package::Package;
use crate::office::xml::{Node, is_on, walk};

/// The most slides that are read.
const MAX_SLIDES: usize = 2_000;

/// Reads the slides in the order in which they are shown.
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Extract, Broken> {
    let slides = slides(package, main)?;
    let mut reading =
        Extract { pages: Some(u32::try_from(slides.len()).unwrap_or(u32::MAX)), ..Extract::default() };
    let (mut hidden, mut noted, mut comments) = (Vec::new(), Vec::new(), 0);
    for (number, slide) in (1_u32..).zip(slides.iter().take(MAX_SLIDES)) {
        let xml = package.part(slide)?.ok_or(Broken::Damaged)?;
        let mut page = Slide::default();
        page.read(&xml)?;
        if page.hidden {
            hidden.push(number);
        } else {
            reading.text.at(MaterialPlace::Slide(number));
            page.paragraphs.iter().for_each(|paragraph| reading.text.add(paragraph));
        }
        for relation in package.relations(slide)? {
            match relation.kind.as_str() {
                "notesSlide" => {
                    let mut spoken = Slide::default();
                    spoken.read(&package.part(&relation.target)?.unwrap_or_default())?;
                    if spoken.paragraphs.iter().any(|paragraph| !paragraph.trim().is_empty()) {
                        noted.push(number);
                    }
                }
                "comments" => {
                    let part = package.part(&relation.target)?.unwrap_or_default();
                    comments += count(&part, b"cm")?;
                }
                _ => {}
            }
        }
    }
    let mut authors = BTreeSet::new();
    for relation in package.relations(main)? {
        if matches!(relation.kind.as_str(), "commentAuthors" | "authors") {
            let part = package.part(&relation.target)?.unwrap_or_default();
            walk(&part, |node| {
                if let Node::Start(element) = node {
                    authors.extend(element.attribute("name"));
                }
            })?;
        }
    }
    if comments > 0 {
        reading.faults.push(MaterialFault::Comments { count: comments, authors: people(authors) });
    }
    if !hidden.is_empty() {
        reading.faults.push(MaterialFault::HiddenSlides { numbers: hidden });
    }
    if !noted.is_empty() {
        reading.faults.push(MaterialFault::SpeakerNotes { numbers: noted });
    }
    Ok(reading)
}

/// The slides' parts in their order.
fn slides(package: &mut Package<'_>, main: &str) -> Result<Vec<String>, Broken> {
    let relations = package.relations(main)?;
    let xml = package.part(main)?.ok_or(Broken::Damaged)?;
    let mut slides = Vec::new();
    walk(&xml, |node| {
        let Node::Start(element) = node else { return };
        if element.name() != b"sldId" {
            return;
        }
        let id = element.relation();
        slides
            .extend(relations.iter().find(|known| Some(&known.id) == id.as_ref()).map(|r| r.target.clone()));
    })?;
    Ok(slides)
}

/// How many elements of that name there are.
fn count(xml: &[u8], name: &[u8]) -> Result<u32, Broken> {
    let mut count = 0;
    walk(xml, |node| count += u32::from(matches!(node, Node::Start(element) if element.name() == name)))?;
    Ok(count)
}

/// A slide, or the notes to one.
#[derive(Default)]
struct Slide {
    paragraphs: Vec<String>,
    hidden: bool,
}

impl Slide {
    fn read(&mut self, xml: &[u8]) -> Result<(), Broken> {
        let (mut paragraph, mut row) = (String::new(), None::<Vec<String>>);
        let (mut in_text, mut field, mut skipped) = (false, false, 0_u32);
        walk(xml, |node| match node {
            Node::Start(element) => match element.name() {
                b"sld" => self.hidden = element.attribute("show").is_some_and(|show| !is_on(&show)),
                b"p" => paragraph.clear(),
                b"t" => in_text = true,
                // The slide's number, the date.
                b"fld" => field = true,
                b"Fallback" => skipped += 1,
                b"br" | b"tab" => paragraph.push(' '),
                b"tr" => row = Some(Vec::new()),
                b"tc" => row.iter_mut().for_each(|cells| cells.push(String::new())),
                _ => {}
            },
            Node::Text(text) if in_text && !field && skipped == 0 => paragraph.push_str(text),
            Node::Text(_) => {}
            Node::End(name) => match name {
                b"t" => in_text = false,
                b"fld" => field = false,
                b"Fallback" => skipped = skipped.saturating_sub(1),
                b"p" => match row.as_mut().and_then(|cells| cells.last_mut()) {
                    Some(cell) => cell.push_str(&paragraph),
                    None => self.paragraphs.push(std::mem::take(&mut paragraph)),
                },
                b"tr" => self.paragraphs.extend(row.take().map(|cells| cells.join("\t"))),
                _ => {}
            },
        })
    }
}
