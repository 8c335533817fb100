//! Bytes to a decoder, with what its header says.

use std::io::Cursor;

use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageFormat, ImageResult, Limits};

use super::strip::jpeg;
use super::{Format, memory_budget};

/// Bytes that a PNG's texts and its profile may take: more than a whole file
/// has, but no bomb.
const NOTES: u64 = 48 << 20;

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
    pub animated: bool,
    /// Whether it has the four inks of a printing press.
    pub cmyk: bool,
    /// How many scans a JPEG has.
    pub scans: usize,
    /// The file, where it is a JPEG whose channels come one after the other.
    pub non_interleaved: Option<&'b [u8]>,
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
            opened.cmyk = header.components == 4;
            opened.scans = header.scans;
            if header.progressive || header.scans > 1 {
                // All coefficients are held until the last scan: two bytes for
                // each of at most three channels.
                opened.cost += opened.pixels() * 6;
            }
            if header.non_interleaved {
                // Besides, each channel is unpacked by itself.
                opened.cost += opened.pixels() * 3;
                opened.non_interleaved = Some(bytes);
            }
            Some(opened)
        }
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(input, at_most(NOTES)).ok()?;
            let animated = decoder.is_apng().unwrap_or(false);
            opened(Ok(decoder), Format::Png, bytes, animated)
        }
        ImageFormat::Gif => {
            let mut decoder = GifDecoder::new(input).ok()?;
            // A picture may be larger than the screen it is shown on.
            decoder.set_limits(at_most(memory_budget::MOST / 2)).ok()?;
            let mut opened = opened(Ok(decoder), Format::Gif, bytes, true)?;
            opened.cost += opened.pixels() * 4;
            Some(opened)
        }
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(input).ok()?;
            let animated = decoder.has_animation();
            let mut opened = opened(Ok(decoder), Format::Webp, bytes, animated)?;
            // Planes of brightness, colours and opacity before they are put
            // together; of a moving one two pictures.
            opened.cost += opened.pixels() * if animated { 10 } else { 6 };
            Some(opened)
        }
        _ => None,
    }
}

fn at_most(bytes: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(bytes);
    limits
}

fn opened<'b>(
    decoder: ImageResult<impl ImageDecoder + 'b>,
    format: Format,
    bytes: &[u8],
    animated: bool,
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
    Some(Opened {
        decoder,
        format,
        width,
        height,
        orientation,
        animated,
        cmyk: false,
        scans: 0,
        non_interleaved: None,
        cost,
    })
}

impl<'b> Opened<'b> {
    /// The size as it is shown.
    pub(super) fn shown(&self) -> (u32, u32) {
        if is_turned(self.orientation) { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// How many pixels it has.
    pub(super) fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
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
