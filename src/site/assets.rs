//! Photos, films and attached files: what each is, and where it is published.

use std::collections::HashMap;

use rayon::prelude::*;

use super::files::{Entry, Files};
use super::references::Resolved;
use super::{Asset, AssetId, AssetKind, Memory, Picture, Reference, pictures};
use crate::diagnostic::{AssetFault, Checked, Diagnostic};
use crate::document::PhotoNote;
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::photo::{Make, Photo};
use crate::source::{Blobs, Source};
use crate::text::{Span, slug};
use crate::{document, material, photo};

/// Numbers the files that the documents use, looks at each, and puts the
/// numbers into `resolved`.
pub(super) fn publish(
    resolved: &mut [Resolved],
    files: &Files<'_>,
    blobs: &dyn Blobs,
    fingerprint: bool,
    memory: &Memory,
) -> Checked<Vec<Asset>> {
    let uses = Uses::of(resolved, files);
    let looked: Vec<Looked> = uses.used.par_iter().map(|used| look(used, blobs, memory)).collect();
    let mut found = Vec::new();
    let settings = &files.config.photos;
    let mut namer =
        Namer { fingerprint, taken: HashMap::new(), pinyin: &files.config.pinyin, quality: settings.quality };
    let mut assets = Vec::with_capacity(looked.len());
    for (used, Looked { mut kind, photo, len, faults }) in uses.used.iter().zip(looked) {
        for fault in faults {
            let mut finding = Diagnostic::of_file(used.path, fault);
            let (document, span) = used.mark.first;
            if let Some(document) = files.documents.get(document) {
                finding = finding.and(&document.path, Some(span));
            }
            found.push(finding);
        }
        let output = namer.name(used, &kind, photo);
        if let (AssetKind::Photo(picture), Some(photo)) = (&mut kind, photo) {
            let note = note(used, files, memory, &mut found);
            *picture = Picture { note, ..pictures::picture(photo, used.mark.shown, &output, settings) };
        }
        assets.push(Asset { source: used.path.clone(), output, len: len.unwrap_or(used.source.len), kind });
    }
    resolved.par_iter_mut().with_min_len(64).for_each(|one| renumber(one, &uses.numbers));
    Checked { value: assets, diagnostics: found }
}

/// A file that some document uses.
struct Used<'a> {
    path: &'a SourcePath,
    source: &'a Source,
    mark: Mark,
}

/// How a file is used.
#[derive(Clone, Copy)]
struct Mark {
    /// Whether it is offered as a material's file, and so has a checksum.
    offered: bool,
    /// Whether it is shown as a picture.
    shown: bool,
    /// Where it is used first: the document's index and the place in it.
    first: (usize, Span),
}

struct Uses<'a> {
    used: Vec<Used<'a>>,
    /// By file: its number among the used ones.
    numbers: Vec<Option<AssetId>>,
}

impl<'a> Uses<'a> {
    fn of(resolved: &[Resolved], files: &Files<'a>) -> Self {
        let mut marks: Vec<Option<Mark>> = vec![None; files.others.len()];
        let mut mark = |id: AssetId, offered: bool, shown: bool, place: (usize, Span)| {
            if let Some(slot) = marks.get_mut(id.0 as usize) {
                let mark = slot.get_or_insert(Mark { offered, shown, first: place });
                mark.offered |= offered;
                mark.shown |= shown;
            }
        };
        for (at, (one, document)) in resolved.iter().zip(files.documents).enumerate() {
            for (reference, link) in one.links.iter().zip(&document.body.links) {
                if let Reference::Asset(id) = reference {
                    mark(*id, false, false, (at, link.span));
                }
            }
            for (id, span) in &one.uses {
                mark(*id, false, true, (at, *span));
            }
            for ((id, _), file) in one.files.iter().zip(&document.front.files) {
                mark(*id, true, false, (at, file.src.span));
            }
        }
        let mut used = Vec::new();
        let mut numbers = vec![None; files.others.len()];
        for ((mark, (path, source)), number) in marks.into_iter().zip(&files.others).zip(&mut numbers) {
            if let Some(mark) = mark {
                *number = Some(AssetId(u32::try_from(used.len()).unwrap_or(u32::MAX)));
                used.push(Used { path, source, mark });
            }
        }
        Self { used, numbers }
    }
}

/// What a look at a file gave: what it is, the picture in it, what is wrong.
struct Looked {
    kind: AssetKind,
    photo: Option<Photo>,
    /// The length of what is published, where that is not the file itself.
    len: Option<u64>,
    faults: Vec<AssetFault>,
}

/// The key of what is seen in a picture file.
pub(super) fn sight_key(content: Key, extension: &str) -> Key {
    Key::of_parts([content.as_bytes().as_slice(), extension.as_bytes()])
}

fn look(used: &Used<'_>, blobs: &dyn Blobs, memory: &Memory) -> Looked {
    let extension = used.path.extension();
    let key = sight_key(used.source.key, &extension);
    if let Some(mime) = material::media(&extension) {
        return Looked { kind: AssetKind::Media(mime), photo: None, len: None, faults: Vec::new() };
    }
    let unreadable =
        |faults: &[AssetFault]| faults.iter().any(|f| matches!(f, AssetFault::Unreadable { .. }));
    let mut unclean = Vec::new();
    if photo::is_picture(&extension) {
        let look = || photo::look(used.path, used.source.key, used.source.len, blobs);
        let mut sight = (*memory.photos.get_or(key, look)).clone();
        // What the system said once need not hold the next time.
        if unreadable(&sight.faults) {
            sight = look();
        }
        if used.mark.shown || (sight.photo.is_some() && !used.mark.offered) {
            let kind = AssetKind::Photo(Picture::default());
            return Looked { kind, photo: sight.photo, len: None, faults: sight.faults };
        }
        // A link to a picture that browsers don't show would be a download,
        // and so is a picture that is offered.
        unclean.extend(sight.faults.into_iter().map(pictures::unclean));
    }
    let look = || material::look(used.path, blobs);
    let mut sight = (*memory.materials.get_or(key, look)).clone();
    if unreadable(&sight.faults) {
        sight = look();
    }
    let (sha256, len) = published_sum(used, blobs, memory).unzip();
    let kind = AssetKind::File { mark: sight.material.mark, pages: sight.material.pages, sha256 };
    sight.faults.extend(unclean);
    Looked { kind, photo: None, len, faults: sight.faults }
}

/// The checksum and the length of a file as it is published: pictures are
/// cleaned.
fn published_sum(used: &Used<'_>, blobs: &dyn Blobs, memory: &Memory) -> Option<(String, u64)> {
    if !used.mark.offered {
        return None;
    }
    if !photo::is_picture(&used.path.extension()) {
        let sum = || material::sha256(used.path, blobs);
        let known = (*memory.sums.get_or(used.source.key, sum)).clone();
        return known.or_else(sum).map(|sum| (sum, used.source.len));
    }
    let clean = || {
        let bytes = blobs.read(used.path).ok().filter(|bytes| bytes.len() as u64 <= photo::WHOLE)?;
        let clean = photo::develop(&bytes, &[Make::Clean]).pop().flatten()?;
        Some((material::sha256_of(&clean), clean.len() as u64))
    };
    (*memory.cleaned.get_or(used.source.key, clean)).clone()
}

/// What a file beside the photo says of it.
fn note(
    used: &Used<'_>,
    files: &Files<'_>,
    memory: &Memory,
    found: &mut Vec<Diagnostic>,
) -> Option<PhotoNote> {
    let Some(Entry::File(at)) = files.get(&document::sidecar_of(used.path)) else { return None };
    let (path, source) = files.others.get(at as usize)?;
    let bytes = source.bytes.as_ref()?;
    let key = Key::of_parts([path.as_str().as_bytes(), source.key.as_bytes().as_slice()]);
    let note = memory.notes.get_or(key, || document::photo_note(path, bytes));
    found.extend(note.diagnostics.iter().cloned());
    Some(note.value.clone())
}

/// Gives output paths; no two different files get the same.
struct Namer<'c> {
    fingerprint: bool,
    /// Output path → the key of the content that has it.
    taken: HashMap<String, Key>,
    pinyin: &'c [(String, String)],
    /// Of pictures.
    quality: u8,
}

impl Namer<'_> {
    fn name(&mut self, used: &Used<'_>, kind: &AssetKind, photo: Option<Photo>) -> OutputPath {
        let folder = match kind {
            AssetKind::Photo(_) => "photos",
            AssetKind::Media(_) => "media",
            AssetKind::File { .. } => "files",
        };
        let stem = slug::from_text(used.path.stem(), self.pinyin);
        let own = used.path.extension();
        let dot = match photo.map(|photo| pictures::extension(photo, used.mark.shown)) {
            // A JPEG may be called `.jpeg` as it likes.
            Some(right) if !(right == "jpg" && own == "jpeg") => format!(".{right}"),
            _ if !own.is_empty() && own.bytes().all(|b| b.is_ascii_alphanumeric()) => format!(".{own}"),
            _ => String::new(),
        };
        let stem = if stem.is_empty() { "x".to_owned() } else { stem };
        let place = Key::of(used.path.as_str().as_bytes());
        let content = match kind {
            AssetKind::Photo(_) => photo::name_key(used.source.key, self.quality),
            AssetKind::Media(_) | AssetKind::File { .. } => used.source.key,
        };
        let wishes = if self.fingerprint {
            [format!("{stem}.{}", content.short(8)), format!("{stem}.{}", content.short(32))]
        } else {
            [stem.clone(), format!("{stem}-{}", place.short(6))]
        };
        let last = format!("{stem}.{place}");
        for name in wishes.into_iter().chain([last]) {
            let path = format!("assets/{folder}/{name}{dot}");
            // Without the hash equal contents still are two files, so that a
            // change of one leaves the other's name alone.
            let same = self.taken.get(&path).is_some_and(|key| *key == content && self.fingerprint);
            if (same || !self.taken.contains_key(&path))
                && let Some(output) = OutputPath::new(&path)
            {
                self.taken.insert(path, content);
                return output;
            }
        }
        emergency(place)
    }
}

/// A path for a file whose names are all taken: in practice never.
fn emergency(place: Key) -> OutputPath {
    #[expect(clippy::expect_used, reason = "hexadecimal digits are always a path")]
    OutputPath::new(&format!("assets/files/{place}")).expect("an ASCII path")
}

/// Turns indexes of files into numbers of assets.
fn renumber(one: &mut Resolved, numbers: &[Option<AssetId>]) {
    let number = |id: AssetId| numbers.get(id.0 as usize).copied().flatten();
    for link in &mut one.links {
        if let Reference::Asset(id) = link {
            *link = number(*id).map_or(Reference::Broken, Reference::Asset);
        }
    }
    one.cover = one.cover.and_then(number);
    for (id, _) in &mut one.files {
        if let Some(number) = number(*id) {
            *id = number;
        }
    }
    one.uses.clear();
}
