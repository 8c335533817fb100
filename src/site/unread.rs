//! Files in a section that an editor meant as a piece, and that nothing reads:
//! `座谈会.md.txt`, `稿件.txt`, `座谈会.docx`.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

use super::files::Files;
use super::references::Linked;
use crate::diagnostic::{Diagnostic, SiteFault};
use crate::document::Document;
use crate::path::SourcePath;
use crate::source::Blobs;

/// Reports them. Files that some text offers or shows are no such thing, nor
/// are those that lie beside an `index.md`, or outside of the sections.
pub(super) fn report(files: &Files<'_>, linked: &[Linked], blobs: &dyn Blobs, found: &mut Vec<Diagnostic>) {
    let used: HashSet<u32> = linked.iter().flat_map(|one| &one.resolved.uses).map(|used| used.file).collect();
    let mut named: Option<HashSet<&str>> = None;
    for (at, (path, _)) in files.others.iter().enumerate() {
        let Some(fault) =
            Some(path).filter(|path| lies_in_section(files, path)).and_then(|path| fault(path, blobs))
        else {
            continue;
        };
        let is_used = u32::try_from(at).is_ok_and(|at| used.contains(&at));
        // What a draft offers is not resolved; its name will do.
        let named = named.get_or_insert_with(|| names(files));
        if !is_used && !named.contains(path.file_name()) {
            found.push(Diagnostic::of_file(path, fault));
        }
    }
}

/// The names of files that texts without a page refer to.
fn names<'f>(files: &'f Files<'_>) -> HashSet<&'f str> {
    let hidden = files.documents.iter().zip(&files.arranged.places).filter(|(_, place)| !place.shown);
    let targets = |document: &'f Document| {
        let links = document.body.links.iter().map(|link| link.target.as_str());
        links.chain(document.front.files.iter().map(|file| file.src.value.as_str()))
    };
    hidden
        .flat_map(|(document, _)| targets(document))
        .map(|path| path.rsplit('/').next().unwrap_or(path))
        .collect()
}

/// Whether the file lies in a section, and not in the folder of one piece.
fn lies_in_section(files: &Files<'_>, path: &SourcePath) -> bool {
    let folder = path.folder();
    let mut parts = folder.split('/').skip(1);
    let section = parts.next().is_some_and(|name| files.config.sections.iter().any(|s| s.folder == name));
    let nested = parts.next().is_some();
    section && !(nested && files.get(&format!("{folder}/index.md")).is_some())
}

/// What is wrong with a file of that name.
fn fault(path: &SourcePath, blobs: &dyn Blobs) -> Option<SiteFault> {
    let name: String = path.file_name().nfkc().collect::<String>().to_lowercase();
    let name = name.trim_end_matches([' ', '.']);
    let written = path.file_name();
    for ending in [".md.txt", ".markdown.txt", ".md.md", ".txt.md", ".md"] {
        if let Some(stem) = name.strip_suffix(ending) {
            let kept: String = written.chars().take(stem.chars().count()).collect();
            return Some(SiteFault::MisnamedPiece { meant: format!("{kept}.md") });
        }
    }
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    match extension {
        "txt" | "" | "mdown" | "mkd" if begins_like_a_piece(path, blobs) => {
            let kept: String = written.chars().take(stem.chars().count()).collect();
            Some(SiteFault::MisnamedPiece { meant: format!("{kept}.md") })
        }
        "txt" | "doc" | "docx" | "wps" | "rtf" | "odt" | "pages" => {
            Some(SiteFault::Manuscript { extension: extension.to_owned() })
        }
        _ => None,
    }
}

/// Whether the file begins with front matter.
fn begins_like_a_piece(path: &SourcePath, blobs: &dyn Blobs) -> bool {
    let head = blobs.head(path, 8).unwrap_or_default();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    head.starts_with(b"---\n") || head.starts_with(b"---\r\n")
}
