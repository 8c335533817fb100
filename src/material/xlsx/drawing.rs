//! Text boxes, charts and diagrams that lie on a worksheet.

use super::super::Broken;
use super::super::figures::figures;
use super::super::text::Collector;
use crate::office::Package;
use crate::office::xml::Node;

/// Reads the part that places them; gives the characters of those that are
/// hidden.
pub(super) fn read(package: &mut Package<'_>, part: &str, text: &mut Collector) -> Result<u32, Broken> {
    let relations = package.relations(part)?;
    let figures = figures(package, &relations)?;
    let (mut paragraph, mut in_text, mut older) = (String::new(), false, 0_u32);
    let (mut hides, mut hidden) = (false, 0_u32);
    package.walk(part, |node| match node {
        Node::Start(element) => match element.name() {
            b"Fallback" => older += 1,
            b"twoCellAnchor" | b"oneCellAnchor" | b"absoluteAnchor" => hides = false,
            b"cNvPr" => hides = element.is("hidden"),
            b"t" => in_text = true,
            b"br" => paragraph.push(' '),
            b"chart" | b"relIds" => {
                let id = element.attribute("dm").or_else(|| element.relation()).unwrap_or_default();
                for paragraph in figures.get(&id).into_iter().flatten() {
                    text.add(paragraph);
                }
            }
            _ => {}
        },
        Node::Text(word) if in_text && older == 0 => paragraph.push_str(word),
        Node::Text(_) => {}
        Node::End(name) => match name {
            b"Fallback" => older = older.saturating_sub(1),
            b"t" => in_text = false,
            b"p" if hides => {
                let seen = std::mem::take(&mut paragraph).chars().filter(|c| !c.is_whitespace()).count();
                hidden = hidden.saturating_add(u32::try_from(seen).unwrap_or(u32::MAX));
            }
            b"p" => text.add(&std::mem::take(&mut paragraph)),
            _ => {}
        },
    })?;
    Ok(hidden)
}
