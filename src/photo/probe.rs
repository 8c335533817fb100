//! A look at one picture file.
//!
//! The header is not enough to know that a picture can be shown, nor what
//! colour it has: the whole of it is unpacked. That is dear, so what was seen
//! is kept beside the variants ([`Blobs::keep`]), by content.

use super::kept::{kept_sight, sight_to_keep};
use super::open::{self, Opened};
use super::strip::{Notes, Wish};
use super::{Format, Photo, ai, drawing, encode, memory_budget, strip, tint, unsupported};
use crate::diagnostic::AssetFault;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::source::Blobs;

/// What a look at a file showed. It holds no path, so that it can be
/// remembered by the file's content and extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The picture, where it is one that can be shown.
    pub photo: Option<Photo>,
    /// What is wrong with it.
    pub faults: Vec<AssetFault>,
}

/// The largest picture file, in bytes: 40 MiB.
pub const WHOLE: u64 = 40 << 20;

/// The most scans of a JPEG; encoders make about ten. A thousand empty ones
/// cost a decoder seconds and their author a few bytes.
const SCANS: usize = 100;

/// The most blocks (8 × 8) that all scans of a JPEG go over: twelve scans of
/// 85 million pixels.
const BLOCKS: u64 = 16_000_000;

/// The most pictures of a moving one: a minute and more.
const FRAMES: usize = 1000;

/// Looks at the file at `path`, of `len` bytes with the hash `content`.
pub fn probe(path: &SourcePath, content: Key, len: u64, blobs: &dyn Blobs) -> Probe {
    if len > WHOLE {
        return faulty(AssetFault::TooManyBytes { len });
    }
    let extension = path.extension();
    let key = kept_key(content);
    if let Some(sight) = blobs.recall(key).and_then(|kept| kept_sight(&extension, &kept)) {
        return sight;
    }
    let bytes = match blobs.read(path) {
        Ok(bytes) => bytes,
        Err(error) => return faulty(AssetFault::Unreadable { reason: error.to_string() }),
    };
    let sight = measure(&extension, &bytes);
    if let Some(kept) = sight_to_keep(&sight) {
        blobs.keep(key, kept.as_bytes());
    }
    sight
}

/// Under which key what was seen of a file with the hash `content` is kept.
pub fn kept_key(content: Key) -> Key {
    Key::hash_parts([b"sight 5".as_slice(), content.as_bytes()])
}

/// Looks at a browser tab's icon, whose format may be ICO besides. `None`
/// where all is well.
pub fn look_at_icon(path: &SourcePath, blobs: &dyn Blobs) -> Option<AssetFault> {
    match blobs.read(path) {
        Ok(bytes) if strip::clean(&bytes).is_some() => None,
        Ok(_) => Some(AssetFault::DamagedPicture { format: "ICO".to_owned() }),
        Err(error) => Some(AssetFault::Unreadable { reason: error.to_string() }),
    }
}

fn faulty(fault: AssetFault) -> Probe {
    Probe { photo: None, faults: vec![fault] }
}

/// What the bytes of a file say, which was named with `extension` (lower
/// case).
pub fn measure(extension: &str, bytes: &[u8]) -> Probe {
    if bytes.is_empty() {
        return faulty(AssetFault::EmptyPicture);
    }
    if let Some(name) = unsupported::by_bytes(bytes).or_else(|| unsupported::by_extension(extension)) {
        return faulty(AssetFault::UnsupportedPicture { format: name.to_owned() });
    }
    let seen = match open::open(bytes) {
        Some(opened) => unpacked(opened, bytes),
        None => drawn(bytes),
    };
    match seen {
        Ok(seen) => {
            let place = seen.notes.has_place().then_some(AssetFault::PhotoPlace { count: 1 });
            let lost = seen.lost.map(|what| AssetFault::DrawingCleaned { what });
            let ai::Signs { level, fault } = ai::signs(&seen.notes);
            let photo = Photo { ai: level, ..seen.photo };
            let faults = fault.into_iter().chain(place).chain(lost).chain(misnamed(extension, photo));
            Probe { photo: Some(photo), faults: faults.collect() }
        }
        Err(fault) => faulty(fault),
    }
}

/// A picture that can be shown.
struct Seen {
    photo: Photo,
    /// What the file says of itself.
    notes: Notes,
    /// What of a drawing is left out.
    lost: Option<String>,
}

/// Whether the name promises another format.
pub(super) fn misnamed(extension: &str, photo: Photo) -> Option<AssetFault> {
    Format::from_extension(extension).filter(|named| *named != photo.format).map(|_| {
        let (named, actual) = (extension.to_owned(), photo.format.name().to_owned());
        AssetFault::WrongExtension { named, actual, right: photo.format.extension().to_owned() }
    })
}

/// A picture made of pixels: all of them have to be there.
fn unpacked(opened: Opened<'_>, bytes: &[u8]) -> Result<Seen, AssetFault> {
    let (width, height) = opened.shown();
    let too_large = AssetFault::TooManyPixels { width, height };
    // Nothing that is made of a picture is longer than JPEG can say.
    if opened.width.max(opened.height) > u32::from(u16::MAX) {
        return Err(too_large);
    }
    let Some(shrink) = opened.shrink(1) else { return Err(too_large) };
    if opened.cmyk {
        return Err(AssetFault::PrintColours);
    }
    let (format, animated, lossless) = (opened.format, opened.animated, opened.lossless);
    let damaged = || AssetFault::DamagedPicture { format: format.name().to_owned() };
    let blocks = opened.pixels().div_ceil(64) * opened.scans as u64;
    if opened.scans > SCANS || blocks > BLOCKS {
        return Err(damaged());
    }
    // What can't be copied can't be published.
    let copied = strip::copy(bytes, format, Wish::Upright).ok_or_else(damaged)?;
    if copied.pictures > FRAMES {
        return Err(AssetFault::TooManyFrames { frames: copied.pictures });
    }
    if let Some(what) = bytes.get(copied.end..).and_then(unsupported::hidden) {
        return Err(AssetFault::HiddenContent { what });
    }
    let notes = copied.notes;
    drop(copied.bytes);
    let _permit = memory_budget::enter(opened.cost(shrink));
    let pixels = opened.decode(shrink).ok_or_else(damaged)?;
    let transparent = pixels.is_transparent();
    let tint = (!transparent).then(|| tint::of(&pixels));
    let even = lossless && pixels.evenness() >= encode::EVEN;
    let photo = Photo { width, height, format, tint, transparent, animated, even, ai: None };
    Ok(Seen { photo, notes, lost: None })
}

/// A drawing, and what of it is left out.
fn drawn(bytes: &[u8]) -> Result<Seen, AssetFault> {
    let Some(photo) = drawing::size(bytes) else {
        return Err(match unsupported::broken(bytes) {
            Some(format) => AssetFault::DamagedPicture { format: format.to_owned() },
            None => AssetFault::NotAPicture { seems: unsupported::seems(bytes).map(str::to_owned) },
        });
    };
    match strip::svg::clean(bytes) {
        Some(drawing) if drawing.unfolds => Err(AssetFault::DrawingUnfolds),
        Some(drawing) => Ok(Seen { photo, notes: drawing.notes, lost: drawing.lost }),
        None => Err(AssetFault::DamagedPicture { format: Format::Svg.name().to_owned() }),
    }
}
