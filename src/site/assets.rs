//! Photos, films and attached files: what each is, and where it is published.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::files::Files;
use super::references::Resolved;
use super::{Asset, AssetId, AssetKind, Memory, Reference};
use crate::diagnostic::{AssetFault, Checked, Diagnostic, Kind};
use crate::material::Study;
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::source::{Blobs, Source};
use crate::text::{Span, slug};
use crate::{material, photo};

/// Every asset, and what was learned of those that are documents.
pub(super) struct Assets {
    /// By [`AssetId`].
    pub assets: Vec<Asset>,
    /// By [`AssetId`].
    pub studies: Vec<Option<Arc<Study>>>,
}

/// Numbers the files that the documents use, looks at each, and puts the
/// numbers into `resolved`.
pub(super) fn publish(
    resolved: &mut [Resolved],
    files: &Files<'_>,
    blobs: &dyn Blobs,
    fingerprint: bool,
    memory: &Memory,
) -> Checked<Assets> {
    let uses = Uses::of(resolved, files);
    let looked: Vec<Looked> = uses.used.par_iter().map(|used| look(used, blobs, memory)).collect();
    let mut found = Vec::new();
    let mut namer = Namer { fingerprint, taken: HashMap::new(), pinyin: &files.config.pinyin };
    let mut assets = Vec::with_capacity(looked.len());
    let mut studies = Vec::with_capacity(looked.len());
    for (used, Looked { kind, format, faults, study }) in uses.used.iter().zip(looked) {
        let carried = study.iter().flat_map(|study| &study.faults);
        let carried = carried.filter(|fault| !(used.mark.reviewed && fault.is_for_review()));
        for fault in faults.into_iter().map(Kind::from).chain(carried.cloned().map(Kind::from)) {
            let mut finding = Diagnostic::of_file(used.path, fault);
            let (document, span) = used.mark.first;
            if let Some(document) = files.documents.get(document) {
                finding = finding.and(&document.path, Some(span));
            }
            found.push(finding);
        }
        let copy = study.as_ref().and_then(|study| study.copy.as_ref());
        let content = copy.map_or(used.source.key, |copy| Key::of(copy.sha256.as_bytes()));
        let len = copy.map_or(used.source.len, |copy| copy.len);
        let output = namer.name(used, content, &kind, format);
        assets.push(Asset { source: used.path.clone(), output, len, kind });
        studies.push(study);
    }
    resolved.par_iter_mut().with_min_len(64).for_each(|one| renumber(one, &uses.numbers));
    Checked { value: Assets { assets, studies }, diagnostics: found }
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
    /// Whether an editor has looked at what hides in it.
    reviewed: bool,
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
        let mut mark = |id: AssetId, new: Mark| {
            if let Some(slot) = marks.get_mut(id.0 as usize) {
                let mark = slot.get_or_insert(new);
                mark.offered |= new.offered;
                mark.shown |= new.shown;
                mark.reviewed |= new.reviewed;
            }
        };
        let used = |first: (usize, Span)| Mark { offered: false, shown: false, reviewed: false, first };
        for (at, (one, document)) in resolved.iter().zip(files.documents).enumerate() {
            for (reference, link) in one.links.iter().zip(&document.body.links) {
                if let Reference::Asset(id) = reference {
                    mark(*id, used((at, link.span)));
                }
            }
            for (id, span) in &one.uses {
                mark(*id, Mark { shown: true, ..used((at, *span)) });
            }
            for ((id, _), file) in one.files.iter().zip(&document.front.files) {
                let reviewed = file.reviewed;
                mark(*id, Mark { offered: true, reviewed, ..used((at, file.src.span)) });
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

/// The extension that a file is published with.
type Format = Option<&'static str>;

/// What a file turned out to be.
struct Looked {
    kind: AssetKind,
    format: Format,
    faults: Vec<AssetFault>,
    study: Option<Arc<Study>>,
}

fn look(used: &Used<'_>, blobs: &dyn Blobs, memory: &Memory) -> Looked {
    let extension = used.path.extension();
    let key = Key::of_parts([used.source.key.as_bytes().as_slice(), extension.as_bytes()]);
    if let Some(mime) = material::media(&extension) {
        return Looked { kind: AssetKind::Media(mime), format: None, faults: Vec::new(), study: None };
    }
    if photo::is_picture(&extension) && (used.mark.shown || !used.mark.offered) {
        let look = || photo::look(used.path, used.source.len, blobs);
        let mut sight = (*memory.photos.get_or(key, look)).clone();
        // What the system said once need not hold the next time.
        if unreadable(&sight.faults) {
            sight = look();
        }
        // A link to a picture that browsers don't show is a download.
        if used.mark.shown || sight.photo.is_some() {
            let (width, height) = sight.photo.map_or((0, 0), |photo| (photo.width, photo.height));
            let format = sight.photo.map(|photo| photo.format.extension());
            let kind = AssetKind::Photo { width, height };
            return Looked { kind, format, faults: sight.faults, study: None };
        }
    }
    file(used, key, blobs, memory)
}

fn unreadable(faults: &[AssetFault]) -> bool {
    faults.iter().any(|fault| matches!(fault, AssetFault::Unreadable { .. }))
}

/// A file to be downloaded.
fn file(used: &Used<'_>, key: Key, blobs: &dyn Blobs, memory: &Memory) -> Looked {
    let look = || material::look(used.path, blobs);
    let mut sight = (*memory.materials.get_or(key, look)).clone();
    if unreadable(&sight.faults) {
        sight = look();
    }
    let study = (used.source.len > 0).then(|| study(used, blobs, memory)).flatten();
    let sha256 = used.mark.offered.then(|| sum(used, study.as_deref(), blobs, memory)).flatten();
    let pages = study.as_ref().and_then(|study| study.pages).or(sight.material.pages);
    let kind = AssetKind::File { mark: sight.material.mark, pages, sha256 };
    Looked { kind, format: None, faults: sight.faults, study }
}

/// The checksum of what is published of a file.
fn sum(used: &Used<'_>, study: Option<&Study>, blobs: &dyn Blobs, memory: &Memory) -> Option<String> {
    if let Some(copy) = study.and_then(|study| study.copy.as_ref()) {
        return Some(copy.sha256.clone());
    }
    let sum = || material::sha256(used.path, blobs);
    (*memory.sums.get_or(used.source.key, sum)).clone().or_else(sum)
}

/// What is learned of a document: remembered, kept from an earlier process, or
/// made now. `None` where its bytes can't be read.
fn study(used: &Used<'_>, blobs: &dyn Blobs, memory: &Memory) -> Option<Arc<Study>> {
    let extension = used.path.extension();
    let key = Study::key(&extension, used.source.key);
    let make = || {
        if let Some(kept) = blobs.recall(key).and_then(|bytes| Study::from_bytes(&bytes)) {
            return Some(kept);
        }
        let study = material::study(&extension, &blobs.read(used.path).ok()?);
        blobs.keep(key, &study.to_bytes());
        Some(study)
    };
    let study = memory.studies.get_or(key, || make().map(Arc::new));
    // What the system refused once need not be refused the next time.
    (*study).clone().or_else(|| make().map(Arc::new))
}

/// Gives output paths; no two different files get the same.
struct Namer<'c> {
    fingerprint: bool,
    /// Output path → the key of the content that has it.
    taken: HashMap<String, Key>,
    pinyin: &'c [(String, String)],
}

impl Namer<'_> {
    fn name(&mut self, used: &Used<'_>, content: Key, kind: &AssetKind, format: Format) -> OutputPath {
        let folder = match kind {
            AssetKind::Photo { .. } => "photos",
            AssetKind::Media(_) => "media",
            AssetKind::File { .. } => "files",
        };
        let stem = slug::from_text(used.path.stem(), self.pinyin);
        let own = used.path.extension();
        let dot = match format {
            // A JPEG may be called `.jpeg` as it likes.
            Some(right) if !(right == "jpg" && own == "jpeg") => format!(".{right}"),
            _ if !own.is_empty() && own.bytes().all(|b| b.is_ascii_alphanumeric()) => format!(".{own}"),
            _ => String::new(),
        };
        let stem = if stem.is_empty() { "x".to_owned() } else { stem };
        let place = Key::of(used.path.as_str().as_bytes());
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
