//! A look at one picture file.
//!
//! The header is not enough to know that a picture can be shown, nor what
//! colour it has: the whole of it is unpacked. That is dear, so what was seen
//! is kept beside the variants ([`Blobs::keep`]), by content.

use super::open::{self, Opened};
use super::pixels::Pixels;
use super::{Format, Photo, drawing, gps, memory_budget, strip, tint, unsupported};
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
    let key = Key::hash_parts([b"sight 3".as_slice(), content.as_bytes()]);
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
        Some(opened) => unpacked(opened, bytes).map(|photo| (photo, None)),
        None => drawn(bytes),
    };
    match seen {
        Ok((photo, lost)) => {
            let place = gps::has_place(bytes).then_some(AssetFault::PhotoPlace);
            let lost = lost.map(|what| AssetFault::DrawingCleaned { what });
            let faults = place.into_iter().chain(lost).chain(misnamed(extension, photo)).collect();
            Probe { photo: Some(photo), faults }
        }
        Err(fault) => faulty(fault),
    }
}

fn misnamed(extension: &str, photo: Photo) -> Option<AssetFault> {
    Format::from_extension(extension).filter(|named| *named != photo.format).map(|_| {
        let (named, actual) = (extension.to_owned(), photo.format.name().to_owned());
        AssetFault::WrongExtension { named, actual, right: photo.format.extension().to_owned() }
    })
}

/// A picture made of pixels: all of them have to be there.
fn unpacked(opened: Opened<'_>, bytes: &[u8]) -> Result<Photo, AssetFault> {
    let (width, height) = opened.shown();
    if opened.cost > memory_budget::MOST {
        return Err(AssetFault::TooManyPixels { width, height });
    }
    if opened.cmyk {
        return Err(AssetFault::PrintColours);
    }
    let (format, animated) = (opened.format, opened.animated);
    let damaged = || AssetFault::DamagedPicture { format: format.name().to_owned() };
    let blocks = opened.pixels().div_ceil(64) * opened.scans as u64;
    if opened.scans > SCANS || blocks > BLOCKS {
        return Err(damaged());
    }
    let copied = strip::copy(bytes, format);
    match &copied {
        Some(copied) if copied.pictures > FRAMES => {
            return Err(AssetFault::TooManyFrames { frames: copied.pictures });
        }
        Some(copied) if !copied.whole => return Err(damaged()),
        None if animated || format == Format::Png => return Err(damaged()),
        _ => {}
    }
    let behind = copied.and_then(|copied| bytes.get(copied.end..));
    if let Some(what) = behind.and_then(unsupported::hidden) {
        return Err(AssetFault::HiddenContent { what });
    }
    let _permit = memory_budget::enter(opened.cost);
    let pixels = Pixels::decode(opened).ok_or_else(damaged)?;
    let transparent = pixels.is_transparent();
    let tint = (!transparent).then(|| tint::of(&pixels));
    Ok(Photo { width, height, format, tint, transparent, animated })
}

/// A drawing, and what of it is left out.
fn drawn(bytes: &[u8]) -> Result<(Photo, Option<String>), AssetFault> {
    let Some(photo) = drawing::size(bytes) else {
        return Err(match unsupported::broken(bytes) {
            Some(format) => AssetFault::DamagedPicture { format: format.to_owned() },
            None => AssetFault::NotAPicture { seems: unsupported::seems(bytes).map(str::to_owned) },
        });
    };
    match strip::svg::clean(bytes) {
        Some(drawing) if drawing.unfolds => Err(AssetFault::DrawingUnfolds),
        Some(drawing) => Ok((photo, drawing.lost)),
        None => Err(AssetFault::DamagedPicture { format: Format::Svg.name().to_owned() }),
    }
}

/// What is kept of a sight: `None` where there is more wrong than what can be
/// told from the rest.
fn sight_to_keep(sight: &Probe) -> Option<String> {
    let told =
        |fault: &AssetFault| matches!(fault, AssetFault::PhotoPlace | AssetFault::WrongExtension { .. });
    if !sight.faults.iter().all(told) {
        return None;
    }
    let Photo { width, height, format, tint, transparent, animated } = sight.photo?;
    let place = sight.faults.contains(&AssetFault::PhotoPlace);
    let tint = tint.map_or_else(|| "-".to_owned(), |tint| tint.to_string());
    let format = format.extension();
    Some(format!("{width} {height} {format} {tint} {transparent} {animated} {place}"))
}

/// Reads what [`sight_to_keep`] wrote.
fn kept_sight(extension: &str, kept: &[u8]) -> Option<Probe> {
    let fields: Vec<&str> = std::str::from_utf8(kept).ok()?.split(' ').collect();
    let [width, height, format, tint, transparent, animated, place] = *fields.as_slice() else { return None };
    let photo = Photo {
        width: width.parse().ok()?,
        height: height.parse().ok()?,
        format: Format::from_extension(format)?,
        tint: if tint == "-" { None } else { Some(tint.parse().ok()?) },
        transparent: transparent.parse().ok()?,
        animated: animated.parse().ok()?,
    };
    let place = place.parse::<bool>().ok()?.then_some(AssetFault::PhotoPlace);
    Some(Probe { photo: Some(photo), faults: place.into_iter().chain(misnamed(extension, photo)).collect() })
}
