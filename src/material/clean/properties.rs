//! The properties of an Office document (ECMA-376, part 2, 8).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::material::read::read;
use crate::material::text::TextState;
use crate::office::xml::Node;
use crate::office::{Broken, Package};

/// The title among the properties, where it stands in the text too: then it is
/// the document's own, and no file's or template's.
pub(super) fn title_that_is_seen(
    package: &mut Package<'_>,
    bytes: &[u8],
    parts: &BTreeMap<String, BTreeSet<String>>,
) -> Result<String, Broken> {
    let core = parts.iter().find(|(_, kinds)| kinds.contains("core-properties"));
    let Some((core, _)) = core else { return Ok(String::new()) };
    let (mut here, mut title) = (false, String::new());
    package.walk(core, |node| match node {
        Node::Start(element) => here = element.name() == b"title",
        Node::Text(text) if here => title.push_str(text),
        Node::Text(_) => {}
        Node::End(_) => here = false,
    })?;
    Ok(if is_seen(&title, bytes)? { title.trim().to_owned() } else { String::new() })
}

/// Whether the document's text has these words, white space aside.
pub(super) fn is_seen(title: &str, bytes: &[u8]) -> Result<bool, Broken> {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let title = bare(title);
    if title.is_empty() {
        return Ok(false);
    }
    let (text, _) = read("", &Arc::from(bytes))?.text.finish(TextState::Unread);
    Ok(text.paragraphs.iter().any(|paragraph| bare(paragraph).contains(&title)))
}

/// The core properties: of them only the title.
pub(super) fn core(title: &str) -> Vec<u8> {
    let title = match title {
        "" => String::new(),
        title => format!("<dc:title>{}</dc:title>", quick_xml::escape::escape(title)),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{title}</cp:coreProperties>"
    )
    .into_bytes()
}
