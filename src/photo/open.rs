//! Bytes to a decoder, with what its header says.

use std::io::Cursor;

use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageFormat, ImageResult};

use super::Format;
use super::strip::jpeg;

/// A picture whose header was understood.
pub(super) struct Opened<'b> {
    decoder: Box<dyn ImageDecoder + 'b>,
    /// What the bytes are.
    pub format: Format,
    /// Pixels as stored, before the camera's orientation.
    pub width: u32,
    /// Pixels as stored.
    pub height: u32,
    /// How the camera was held.
    pub orientation: Orientation,
    /// Whether it moves: then it is kept as it is.
    pub moving: bool,
    /// Whether it has the four inks of a printing press.
    pub inks: bool,
    /// How many scans a JPEG has.
    pub scans: usize,
    /// Bytes that unpacking it takes in all.
    pub cost: u64,
}

/// Understands a header. `None` where there is none that a decoder knows.
pub(super) fn open(bytes: &[u8]) -> Option<Opened<'_>> {
    let input = Cursor::new(bytes);
    match image::guess_format(bytes).ok()? {
        ImageFormat::Jpeg => {
            let header = jpeg::header(bytes);
            let mut opened = opened(JpegDecoder::new(input), Format::Jpeg, bytes, false)?;
            opened.inks = header.components == 4;
            opened.scans = header.scans;
            if header.progressive {
                // All coefficients are held until the last scan: two bytes for
                // each of at most three channels.
                opened.cost += u64::from(opened.width) * u64::from(opened.height) * 6;
            }
            Some(opened)
        }
        ImageFormat::Png => {
            let decoder = PngDecoder::new(input).ok()?;
            let moving = decoder.is_apng().unwrap_or(false);
            opened(Ok(decoder), Format::Png, bytes, moving)
        }
        ImageFormat::Gif => opened(GifDecoder::new(input), Format::Gif, bytes, true),
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(input).ok()?;
            let moving = decoder.has_animation();
            opened(Ok(decoder), Format::Webp, bytes, moving)
        }
        _ => None,
    }
}

fn opened<'b>(
    decoder: ImageResult<impl ImageDecoder + 'b>,
    format: Format,
    bytes: &[u8],
    moving: bool,
) -> Option<Opened<'b>> {
    let mut decoder = decoder.ok()?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let pixels = u64::from(width) * u64::from(height);
    let color = decoder.color_type();
    // What is neither of the two that we work on is converted: for a moment
    // both are there.
    let converted = match color {
        ColorType::Rgb8 | ColorType::Rgba8 => 0,
        color if color.has_alpha() => 4,
        _ => 3,
    };
    let cost = pixels * (u64::from(color.bytes_per_pixel()) + converted) + 2 * bytes.len() as u64;
    let decoder = Box::new(decoder);
    Some(Opened { decoder, format, width, height, orientation, moving, inks: false, scans: 0, cost })
}

impl<'b> Opened<'b> {
    /// The size as it is shown.
    pub(super) fn shown(&self) -> (u32, u32) {
        if is_turned(self.orientation) { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// The colour profile, if there is one.
    pub(super) fn profile(&mut self) -> Option<Vec<u8>> {
        self.decoder.icc_profile().ok().flatten()
    }

    /// What the camera noted.
    pub(super) fn exif(&mut self) -> Option<Vec<u8>> {
        self.decoder.exif_metadata().ok().flatten()
    }

    /// The decoder, to be used up.
    pub(super) fn decoder(self) -> Box<dyn ImageDecoder + 'b> {
        self.decoder
    }
}

/// Whether width and height are exchanged when the picture is set upright.
pub(super) fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}
