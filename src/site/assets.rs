//! Photos, films and attached files: what each is, and where it is published.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::files::Files;
use super::references::Linked;
use super::sidecars;
use super::{Asset, AssetId, AssetKind, Captions, Memory, Picture, pictures};
use crate::ai_label::AiLevel;
use crate::diagnostic::{AssetFault, Checked, Diagnostic, Kind, MaterialFault, SensitiveFault};
use crate::material::{Inspection, Text};
use crate::memo::Key;
use crate::path::{OutputPath, SourcePath, playable};
use crate::photo::{Photo, Variant};
use crate::source::{Blobs, Source};
use crate::text::{Span, slug};
use crate::{material, photo};

/// Every asset, and what was learned of those that are documents.
pub(super) struct Assets {
    /// By [`AssetId`].
    pub all: Vec<Asset>,
    /// By [`AssetId`].
    pub studies: Vec<Option<Arc<Inspection>>>,
    /// By [`AssetId`]: their text, without what must not be shown.
    pub texts: Vec<Option<Arc<Text>>>,
    /// By file: its number among the assets.
    pub numbers: Vec<Option<AssetId>>,
    /// Where photos are shown whose words stand beside them.
    pub captions: Captions,
}

/// Numbers the files that the documents use, and looks at each.
pub(super) fn publish(
    linked: &[Linked],
    files: &Files<'_>,
    blobs: &dyn Blobs,
    fingerprint: bool,
    memory: &Memory,
) -> Checked<Assets> {
    let uses = Uses::of(linked, files);
    let looked: Vec<Looked> = uses.used.par_iter().map(|used| look(used, blobs, memory)).collect();
    let mut found = Vec::new();
    let settings = &files.config.photos;
    let mut namer =
        Namer { fingerprint, taken: HashMap::new(), pinyin: &files.config.pinyin, quality: settings.quality };
    let mut assets = Vec::with_capacity(looked.len());
    let mut studies = Vec::with_capacity(looked.len());
    let allow = &files.config.allow;
    sidecars::without_photo(files, &mut found);
    for (used, Looked { mut kind, photo, len, faults, study, ai }) in uses.used.iter().zip(looked) {
        let is_photo = matches!(kind, AssetKind::Photo(_));
        let note = is_photo.then(|| sidecars::of(used.path, files, memory, &mut found)).flatten();
        // Who has said whether AI made it has seen the signs.
        let declared = used.mark.declared || note.as_ref().is_some_and(|note| note.ai.is_some());
        let faults =
            faults.into_iter().filter(|fault| !(declared && matches!(fault, AssetFault::AiTrace { .. })));
        let faults = faults.map(Kind::from).chain(faults_inside(used, study.as_deref(), allow));
        found.extend(faults.map(|fault| used.finding(fault, files)));
        let copy = material::copy_of(&study).map(material::Copy::key);
        let output = namer.name(used, copy, &kind, photo);
        if let (AssetKind::Photo(picture), Some(photo)) = (&mut kind, photo) {
            *picture = Picture { note, ..pictures::picture(photo, used.mark.shown, &output, settings) };
        }
        assets.push(Asset {
            source: used.path.clone(),
            output,
            len: len.unwrap_or(used.source.len),
            kind,
            ai,
        });
        studies.push(study);
    }
    let captions = sidecars::captions(linked, files, &assets, &uses.numbers);
    let text = |study: &Option<Arc<Inspection>>| study.as_ref().map(|study| material::shown(study, allow));
    let texts = studies.iter().map(text).collect();
    let value = Assets { all: assets, studies, texts, numbers: uses.numbers, captions };
    Checked { value, diagnostics: found }
}

/// What is wrong in a document that is offered; without what its author says
/// was reviewed.
fn faults_inside(used: &Used<'_>, study: Option<&Inspection>, allow: &[String]) -> Vec<Kind> {
    let Some(study) = study else { return Vec::new() };
    let is_open = |fault: &MaterialFault| !(used.mark.reviewed && fault.is_for_review());
    let embedded = study.faults.iter().filter(|fault| is_open(fault)).cloned().map(Kind::from);
    let is_open = |fault: &SensitiveFault| !(used.mark.reviewed && fault.is_for_review());
    embedded.chain(material::faults(study, allow).into_iter().filter(is_open).map(Kind::from)).collect()
}

/// A file that some document uses.
struct Used<'a> {
    path: &'a SourcePath,
    source: &'a Source,
    mark: Mark,
}

/// How a file is used.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "facts about a use, each for itself")]
struct Mark {
    /// Whether it is offered as a material's file, and so has a checksum.
    offered: bool,
    /// Whether it is shown as a picture.
    shown: bool,
    /// Whether an editor has looked at what hides in it.
    reviewed: bool,
    /// Whether an editor has said whether AI made it.
    declared: bool,
    /// Where it is used first: the document's index and the place in it.
    first: (usize, Span),
}

struct Uses<'a> {
    used: Vec<Used<'a>>,
    /// By file: its number among the used ones.
    numbers: Vec<Option<AssetId>>,
}

impl Used<'_> {
    /// A fault of the file, with the document that uses it first.
    fn finding(&self, fault: Kind, files: &Files<'_>) -> Diagnostic {
        let finding = Diagnostic::of_file(self.path, fault);
        let (document, span) = self.mark.first;
        match files.documents.get(document) {
            Some(document) => finding.and(&document.path, Some(span)),
            None => finding,
        }
    }
}

impl<'a> Uses<'a> {
    fn of(linked: &[Linked], files: &Files<'a>) -> Self {
        let mut marks: Vec<Option<Mark>> = vec![None; files.others.len()];
        for run in linked {
            for one in &run.resolved.uses {
                let first = (run.range.start + one.document, one.span);
                if let Some(slot) = marks.get_mut(one.file as usize) {
                    let new = Mark { offered: false, shown: false, reviewed: false, declared: false, first };
                    let mark = slot.get_or_insert(new);
                    mark.offered |= one.offered;
                    mark.shown |= one.shown;
                    mark.reviewed |= one.reviewed;
                    mark.declared |= one.declared;
                }
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

/// What a file turned out to be.
struct Looked {
    kind: AssetKind,
    photo: Option<Photo>,
    /// The length of what is published, where that is not the file itself.
    len: Option<u64>,
    faults: Vec<AssetFault>,
    study: Option<Arc<Inspection>>,
    /// What a film or sound says of AI.
    ai: Option<AiLevel>,
}

/// The key of what is seen in a picture file.
pub(super) fn sight_key(content: Key, extension: &str) -> Key {
    Key::hash_parts([content.as_bytes().as_slice(), extension.as_bytes()])
}

fn look(used: &Used<'_>, blobs: &dyn Blobs, memory: &Memory) -> Looked {
    let extension = used.path.extension();
    let key = sight_key(used.source.key, &extension);
    let found = |kind, photo, faults| Looked { kind, photo, len: None, faults, study: None, ai: None };
    let media = playable(&extension).filter(|_| !is_program(used, key, blobs, memory));
    if let Some(mime) = media {
        let notes = photo::media_notes(used.path, used.source.key, blobs);
        return Looked { ai: notes.ai, ..found(AssetKind::Media(mime), None, notes.faults) };
    }
    if !photo::is_picture(&extension) {
        return file(used, key, blobs, memory);
    }
    let sight = seen(used, key, blobs, memory);
    if used.mark.shown || (sight.photo.is_some() && !used.mark.offered) {
        return found(AssetKind::Photo(Picture::default()), sight.photo, sight.faults);
    }
    // A link to a picture that browsers don't show would be a download, and so
    // is a picture that is offered.
    let mut looked = file(used, key, blobs, memory);
    looked.faults.extend(sight.faults.into_iter().map(AssetFault::unshown));
    looked
}

/// What a look at a picture file shows.
fn seen(used: &Used<'_>, key: Key, blobs: &dyn Blobs, memory: &Memory) -> photo::Probe {
    let look = || photo::probe(used.path, used.source.key, used.source.len, blobs);
    let sight = (*memory.photos.get_or(key, look)).clone();
    // What the system said once need not hold the next time.
    if unreadable(&sight.faults) { look() } else { sight }
}

fn unreadable(faults: &[AssetFault]) -> bool {
    faults.iter().any(|fault| matches!(fault, AssetFault::Unreadable { .. }))
}

/// Whether a program is called a video or sound.
fn is_program(used: &Used<'_>, key: Key, blobs: &dyn Blobs, memory: &Memory) -> bool {
    memory.materials.get_or(key, || material::probe(used.path, blobs)).program
}

/// A file to be downloaded.
fn file(used: &Used<'_>, key: Key, blobs: &dyn Blobs, memory: &Memory) -> Looked {
    let look = || material::probe(used.path, blobs);
    let mut sight = (*memory.materials.get_or(key, look)).clone();
    if unreadable(&sight.faults) {
        sight = look();
    }
    let study = (used.source.len > 0).then(|| study_of(used.path, used.source.key, blobs, memory)).flatten();
    let named = photo::is_picture(&used.path.extension());
    let picture = named || sight.picture;
    let (sha256, len) = match material::copy_of(&study) {
        Some(copy) => (used.mark.offered.then(|| copy.sha256.clone()), Some(copy.len)),
        None => published_sum(used, picture, blobs, memory).unzip(),
    };
    let pages = study.as_ref().and_then(|study| study.pages).or(sight.material.pages);
    let kind = AssetKind::File { mark: sight.material.mark, pages, sha256, picture };
    let mut faults = sight.faults;
    // Whatever it is called: what a camera noted stands in it.
    if picture && !named {
        faults.extend(seen(used, key, blobs, memory).faults.into_iter().map(AssetFault::unshown));
    }
    Looked { kind, photo: None, len, faults, study, ai: None }
}

/// What is learned of a document: remembered, kept from an earlier process, or
/// made now. `None` where its bytes can't be read.
pub(super) fn study_of(
    path: &SourcePath,
    content: Key,
    blobs: &dyn Blobs,
    memory: &Memory,
) -> Option<Arc<Inspection>> {
    let extension = path.extension();
    let key = Inspection::key(&extension, content);
    let make = || {
        if let Some(kept) = blobs.recall(key).and_then(|bytes| Inspection::from_bytes(&bytes)) {
            return Some(kept);
        }
        let study = material::examine(&extension, &blobs.read(path).ok()?);
        blobs.keep(key, &study.to_bytes());
        Some(study)
    };
    let study = memory.studies.get_or(key, || make().map(Arc::new));
    // What the system refused once need not be refused the next time.
    (*study).clone().or_else(|| make().map(Arc::new))
}

/// The checksum and the length of a file that has no cleaned copy as it is
/// published: pictures are cleaned all the same.
fn published_sum(
    used: &Used<'_>,
    picture: bool,
    blobs: &dyn Blobs,
    memory: &Memory,
) -> Option<(String, u64)> {
    if !used.mark.offered {
        return None;
    }
    if !picture {
        let sum = || material::sha256(used.path, blobs);
        let known = (*memory.sums.get_or(used.source.key, sum)).clone();
        return known.or_else(sum).map(|sum| (sum, used.source.len));
    }
    let clean = || {
        let bytes = blobs.read(used.path).ok().filter(|bytes| bytes.len() as u64 <= photo::WHOLE)?;
        let clean = photo::encode(&bytes, &[Variant::Clean]).pop().flatten()?;
        Some((material::sha256_of(&clean), clean.len() as u64))
    };
    (*memory.cleaned.get_or(used.source.key, clean)).clone()
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
    /// The path of a file; `copy` is the key of what is published in its place.
    fn name(
        &mut self,
        used: &Used<'_>,
        copy: Option<Key>,
        kind: &AssetKind,
        photo: Option<Photo>,
    ) -> OutputPath {
        let folder = match kind {
            AssetKind::Photo(_) => "photos",
            AssetKind::Media(_) => "media",
            AssetKind::File { .. } => "files",
        };
        let stem = slug::from_text(used.path.stem(), self.pinyin);
        let dot = dotted(used, photo);
        let stem = if stem.is_empty() { "x".to_owned() } else { stem };
        let place = Key::hash(used.path.as_str().as_bytes());
        let content = match kind {
            AssetKind::Photo(_) => photo::name_key(used.source.key, self.quality),
            AssetKind::Media(_) | AssetKind::File { .. } => copy.unwrap_or(used.source.key),
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

/// The extension of what is published, with its dot.
fn dotted(used: &Used<'_>, photo: Option<Photo>) -> String {
    let own = used.path.extension();
    match photo.map(|photo| pictures::extension(photo, used.mark.shown)) {
        // A JPEG may be called `.jpeg` as it likes.
        Some(right) if !(right == "jpg" && own == "jpeg") => format!(".{right}"),
        _ if !own.is_empty() && own.bytes().all(|b| b.is_ascii_alphanumeric()) => format!(".{own}"),
        _ => String::new(),
    }
}

/// A path for a file whose names are all taken: in practice never.
fn emergency(place: Key) -> OutputPath {
    #[expect(clippy::expect_used, reason = "hexadecimal digits are always a path")]
    OutputPath::new(&format!("assets/files/{place}")).expect("an ASCII path")
}
