//! Notes beside photos (`x.jpg.yaml` beside `x.jpg`): which photo has one, and
//! which belongs to no photo.

use super::files::{Entry, Files};
use super::references::Linked;
use super::{Asset, AssetId, AssetKind, Captions, Memory};
use crate::diagnostic::{AssetFault, Diagnostic, nearest};
use crate::document::{self, PhotoNote};
use crate::memo::Key;
use crate::path::SourcePath;
use crate::photo;

/// What a file beside the photo says of it.
pub(super) fn of(
    photo: &SourcePath,
    files: &Files<'_>,
    memory: &Memory,
    found: &mut Vec<Diagnostic>,
) -> Option<PhotoNote> {
    let Some(Entry::File(at)) = files.get(&document::sidecar_of(photo)) else { return None };
    let (path, source) = files.others.get(at as usize)?;
    let bytes = source.bytes.as_ref()?;
    let key = Key::hash_parts([path.as_str().as_bytes(), source.key.as_bytes().as_slice()]);
    let note = memory.notes.get_or(key, || document::photo_note(path, bytes));
    found.extend(note.diagnostics.iter().cloned());
    Some(note.value.clone())
}

/// Notes that no photo stands beside: its name was changed, or mistyped.
pub(super) fn without_photo(files: &Files<'_>, found: &mut Vec<Diagnostic>) {
    for (path, _) in &files.others {
        let Some(photo) = path.as_str().strip_suffix(".yaml") else { continue };
        let (folder, name) = photo.rsplit_once('/').unwrap_or(("", photo));
        let extension = name.rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_lowercase());
        if !photo::is_picture(&extension) || photo.starts_with(STATICS) || files.get(photo).is_some() {
            continue;
        }
        let beside = files.others.iter().filter_map(|(other, _)| other.as_str().rsplit_once('/'));
        let pictures = beside.filter(|(at, other)| *at == folder && other.strip_suffix(".yaml").is_none());
        let near = nearest(name, pictures.map(|(_, other)| other)).map(str::to_owned);
        found.push(Diagnostic::of_file(path, AssetFault::NoteWithoutPhoto { photo: name.to_owned(), near }));
    }
}

/// Files there are published under their own names, whatever they say.
const STATICS: &str = "content/static/";

/// Where a photo is shown whose words stand in a note beside it.
pub(super) fn captions(
    linked: &[Linked],
    files: &Files<'_>,
    assets: &[Asset],
    numbers: &[Option<AssetId>],
) -> Captions {
    let has_words = |asset: &Asset| match &asset.kind {
        AssetKind::Photo(picture) => picture.note.as_ref().is_some_and(|note| note.alt.is_some()),
        _ => false,
    };
    if !assets.iter().any(has_words) {
        return Captions::default();
    }
    let mut places = Vec::new();
    for run in linked {
        for one in &run.resolved.uses {
            let id = numbers.get(one.file as usize).copied().flatten();
            let has_note = id.and_then(|id| assets.get(id.0 as usize)).is_some_and(has_words);
            if let Some(document) = files.documents.get(run.range.start + one.document).filter(|_| has_note) {
                places.push((document.path.clone(), one.span));
            }
        }
    }
    places.sort();
    Captions(places)
}
