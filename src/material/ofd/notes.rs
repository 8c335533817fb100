//! What an OFD carries besides its pages: remarks, attachments, links
//! (GB/T 33190-2016, 15 to 17).

use std::collections::BTreeSet;

use super::super::{Broken, executable, names, people};
use super::parts::{Document, Parts};
use crate::diagnostic::{MaterialFault, PagedFault};
use crate::office::xml::{Node, walk};

/// Annotations that are no remark of an editor: they belong to the page, or are
/// drawn on it and seen.
pub(in crate::material) const SEEN: [&str; 4] = ["Link", "Stamp", "Watermark", "Path"];

/// Reports what the documents carry. `links` are the addresses that their
/// pages lead to.
pub(super) fn report(
    parts: &mut Parts<'_, '_>,
    documents: &[Document],
    links: &[String],
    faults: &mut Vec<MaterialFault>,
) -> Result<(), Broken> {
    let mut remarks = Remarks::default();
    let mut links: Vec<String> = links.to_vec();
    for list in documents.iter().filter_map(|document| document.annotations.as_deref()) {
        for (_, target) in parts.texts(list, &["FileLoc"])? {
            if let Some(part) = parts.find(list, &target) {
                remarks.read(&parts.xml(&part)?, &mut links)?;
            }
        }
    }
    if remarks.count > 0 {
        let authors = people(remarks.authors);
        faults.push(MaterialFault::Comments { count: remarks.count, authors });
    }
    attachments(parts, documents, faults)?;
    let local: BTreeSet<String> = links.iter().filter_map(|link| names::local_name(link)).collect();
    if !local.is_empty() {
        faults.push(PagedFault::LocalLinks { names: local.into_iter().take(5).collect() }.into());
    }
    Ok(())
}

#[derive(Default)]
struct Remarks {
    count: u32,
    authors: BTreeSet<String>,
}

impl Remarks {
    fn read(&mut self, xml: &[u8], links: &mut Vec<String>) -> Result<(), Broken> {
        walk(xml, |node| {
            let Node::Start(element) = node else { return };
            match element.name() {
                b"URI" => links.extend(element.attribute("URI")),
                b"Annot" => {
                    let kind = element.attribute("Type").unwrap_or_default();
                    if !SEEN.contains(&kind.as_str()) {
                        self.count += 1;
                        self.authors.extend(element.attribute("Creator"));
                    }
                }
                _ => {}
            }
        })
    }
}

/// Attached files: how many, and the first that is a program.
fn attachments(
    parts: &mut Parts<'_, '_>,
    documents: &[Document],
    faults: &mut Vec<MaterialFault>,
) -> Result<(), Broken> {
    let (mut count, mut programs) = (0_u32, Vec::new());
    for list in documents.iter().filter_map(|document| document.attachments.as_deref()) {
        walk(&parts.xml(list)?, |node| {
            if let Node::Start(element) = node
                && element.name() == b"Attachment"
            {
                count = count.saturating_add(1);
                programs.extend(element.attribute("Name").filter(|name| executable::by_name(name)));
            }
        })?;
        for (_, target) in parts.texts(list, &["FileLoc"])? {
            let part = parts.find(list, &target);
            let bytes = part.map(|part| parts.bytes(&part)).transpose()?;
            if executable::by_name(&target) || bytes.is_some_and(|bytes| executable::by_bytes(&bytes)) {
                programs.push(target);
            }
        }
    }
    match programs.into_iter().next() {
        Some(name) => faults.push(MaterialFault::Program { name }),
        None if count > 0 => faults.push(MaterialFault::Enclosed { count }),
        None => {}
    }
    Ok(())
}
