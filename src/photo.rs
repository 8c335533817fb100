//! Photos: what is known of one picture file.
//!
//! [`look`] reads a picture's header and gives its format and its size as it
//! is shown, after the camera's orientation. Pixels are never decoded here.
//!
//! **Invariant:** whatever the bytes are, the answer comes from at most
//! [`WHOLE`] of them, nothing panics, and what can't be shown is a fault.

mod drawing;
mod foreign;

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat};

use crate::diagnostic::AssetFault;
use crate::path::SourcePath;
use crate::source::Blobs;

/// A picture that browsers show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Photo {
    /// Pixels as shown: width and height are exchanged where the camera was
    /// held upright. 0 where a drawing (SVG) gives none.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What the bytes are, whatever the file's name says.
    pub format: Format,
}

/// Picture formats that every browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF, moving ones too.
    Gif,
    /// WebP.
    Webp,
    /// SVG, a drawing.
    Svg,
}

impl Format {
    /// The usual extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
        }
    }

    /// As people name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Svg => "SVG",
        }
    }

    fn from_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "jpg" | "jpeg" | "jpe" | "jfif" => Self::Jpeg,
            "png" => Self::Png,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "svg" => Self::Svg,
            _ => return None,
        })
    }
}

/// What a look at a file showed. It holds no path, so that it can be
/// remembered by the file's content and extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// The picture, where it is one that can be shown.
    pub photo: Option<Photo>,
    /// What is wrong with it.
    pub faults: Vec<AssetFault>,
}

/// The most pixels of one picture: beyond, browsers on phones give up.
pub const MAX_PIXELS: u64 = 100_000_000;

/// The bytes that are read first: enough for a header with its thumbnail.
pub const HEAD: usize = 256 << 10;

/// The largest file whose header is looked for beyond [`HEAD`].
pub const WHOLE: u64 = 64 << 20;

/// Whether a file with this extension (lower case) is meant as a picture,
/// though perhaps as one that browsers don't show.
pub fn is_picture(extension: &str) -> bool {
    Format::from_extension(extension).is_some() || foreign::by_extension(extension).is_some()
}

/// Looks at the file at `path`, of `len` bytes.
pub fn look(path: &SourcePath, len: u64, blobs: &dyn Blobs) -> Sight {
    let unreadable = |error: std::io::Error| Sight {
        photo: None,
        faults: vec![AssetFault::Unreadable { reason: error.to_string() }],
    };
    let extension = path.extension();
    let head = match blobs.head(path, HEAD) {
        Ok(head) => head,
        Err(error) => return unreadable(error),
    };
    let first = measure(&extension, &head);
    if first.photo.is_some() || head.len() as u64 >= len || len > WHOLE {
        return first;
    }
    // A colour profile or a camera's notes can be longer than the head.
    match blobs.read(path) {
        Ok(whole) => measure(&extension, &whole),
        Err(error) => unreadable(error),
    }
}

/// What the first bytes of a file say, which was named with `extension`
/// (lower case).
pub fn measure(extension: &str, bytes: &[u8]) -> Sight {
    let fault = |fault| Sight { photo: None, faults: vec![fault] };
    if bytes.is_empty() {
        return fault(AssetFault::EmptyPicture);
    }
    if let Some(name) = foreign::by_bytes(bytes).or_else(|| foreign::by_extension(extension)) {
        return fault(AssetFault::ForeignPicture { format: name.to_owned() });
    }
    let Some(photo) = raster(bytes).or_else(|| drawing::size(bytes)) else {
        return fault(AssetFault::NotAPicture { seems: foreign::seems(bytes).map(str::to_owned) });
    };
    let mut faults = Vec::new();
    if u64::from(photo.width) * u64::from(photo.height) > MAX_PIXELS {
        faults.push(AssetFault::TooManyPixels { width: photo.width, height: photo.height });
    }
    if Format::from_extension(extension).is_some_and(|named| named != photo.format) {
        let (named, actual) = (extension.to_owned(), photo.format.name().to_owned());
        faults.push(AssetFault::WrongExtension { named, actual, right: photo.format.extension().to_owned() });
    }
    Sight { photo: Some(photo), faults }
}

fn raster(bytes: &[u8]) -> Option<Photo> {
    let input = Cursor::new(bytes);
    match image::guess_format(bytes).ok()? {
        ImageFormat::Jpeg => sized(image::codecs::jpeg::JpegDecoder::new(input).ok()?, Format::Jpeg),
        ImageFormat::Png => sized(image::codecs::png::PngDecoder::new(input).ok()?, Format::Png),
        ImageFormat::Gif => sized(image::codecs::gif::GifDecoder::new(input).ok()?, Format::Gif),
        ImageFormat::WebP => sized(image::codecs::webp::WebPDecoder::new(input).ok()?, Format::Webp),
        _ => None,
    }
}

fn sized(mut decoder: impl ImageDecoder, format: Format) -> Option<Photo> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return None;
    }
    let turned = matches!(
        decoder.orientation().unwrap_or(Orientation::NoTransforms),
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (width, height) = if turned { (height, width) } else { (width, height) };
    Some(Photo { width, height, format })
}
