//! Bytes to a decoder, with what its header says.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageResult, Limits};
use jpeg_decoder::{ColorTransform, PixelFormat};

use super::colours::Colours;
use super::pixels::Pixels;
use super::strip::{jpeg, png, webp};
use super::{Format, memory_budget};

/// Bytes that a PNG's texts and its profile may take: more than a whole file
/// has, but no bomb.
const NOTES: u64 = 48 << 20;

/// A picture whose header was understood.
pub(super) struct Opened<'b> {
    source: Source<'b>,
    bytes: &'b [u8],
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
    /// Whether its pixels are kept without loss: a chart, a screenshot, a
    /// drawing.
    pub lossless: bool,
}

enum Source<'b> {
    Jpeg(jpeg::Header),
    /// With the bytes that unpacking it takes in all.
    Other(Box<dyn ImageDecoder + 'b>, u64),
}

/// What a file is, by its first bytes.
pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    Some(match image::guess_format(bytes).ok()? {
        ImageFormat::Jpeg => Format::Jpeg,
        ImageFormat::Png => Format::Png,
        ImageFormat::Gif => Format::Gif,
        ImageFormat::WebP => Format::Webp,
        _ => return None,
    })
}

/// Understands a header. `None` where there is none that a decoder knows.
pub(super) fn open(bytes: &[u8]) -> Option<Opened<'_>> {
    let input = Cursor::new(bytes);
    match format(bytes)? {
        Format::Jpeg => open_jpeg(bytes),
        Format::Png => {
            let decoder = PngDecoder::with_limits(input, at_most(NOTES)).ok()?;
            let animated = decoder.is_apng().unwrap_or(false);
            opened(Ok(decoder), Format::Png, bytes, animated, 0)
        }
        Format::Gif => {
            let mut decoder = GifDecoder::new(input).ok()?;
            // A picture may be larger than the screen it is shown on.
            decoder.set_limits(at_most(memory_budget::MOST / 2)).ok()?;
            opened(Ok(decoder), Format::Gif, bytes, true, 4)
        }
        Format::Webp => {
            let decoder = WebPDecoder::new(input).ok()?;
            let animated = decoder.has_animation();
            // Planes of brightness, colours and opacity before they are put
            // together; of a moving one two pictures.
            let planes = if animated { 10 } else { 6 };
            let mut opened = opened(Ok(decoder), Format::Webp, bytes, animated, planes)?;
            if animated {
                // It is published as it is, and browsers don't turn a WebP.
                opened.orientation = Orientation::NoTransforms;
            }
            Some(opened)
        }
        Format::Svg => None,
    }
}

fn open_jpeg(bytes: &[u8]) -> Option<Opened<'_>> {
    let header = jpeg::header(bytes);
    if !matches!(header.components, 1 | 3 | 4) || header.width == 0 || header.height == 0 {
        return None;
    }
    Some(Opened {
        source: Source::Jpeg(header),
        bytes,
        format: Format::Jpeg,
        width: header.width.into(),
        height: header.height.into(),
        orientation: jpeg::notes(bytes).orientation(),
        animated: false,
        cmyk: header.components == 4,
        scans: header.scans,
        lossless: false,
    })
}

fn at_most(bytes: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(bytes);
    limits
}

/// `besides` are bytes that the decoder takes for each pixel besides what it
/// gives.
fn opened<'b>(
    decoder: ImageResult<impl ImageDecoder + 'b>,
    format: Format,
    bytes: &'b [u8],
    animated: bool,
    besides: u64,
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
    let each = u64::from(color.bytes_per_pixel()) + converted + besides;
    let cost = pixels * each + 2 * bytes.len() as u64;
    Some(Opened {
        source: Source::Other(Box::new(decoder), cost),
        bytes,
        format,
        width,
        height,
        orientation,
        animated,
        cmyk: false,
        scans: 0,
        lossless: format == Format::Png || (format == Format::Webp && webp::is_lossless(bytes)),
    })
}

impl Opened<'_> {
    /// The size as it is shown.
    pub(super) fn shown(&self) -> (u32, u32) {
        if is_turned(self.orientation) { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// How many pixels it has.
    pub(super) fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Bytes that unpacking it takes in all, made `shrink` times smaller on the
    /// way.
    pub(super) fn cost(&self, shrink: u16) -> u64 {
        match &self.source {
            Source::Other(_, cost) => *cost,
            Source::Jpeg(header) => {
                let samples = u64::from(header.samples);
                // All coefficients of a progressive one are held until its last
                // scan, two bytes each.
                let held = if header.progressive { self.pixels() * 2 * samples / 100 } else { 0 };
                let side = |length: u32| u64::from(length.div_ceil(u32::from(shrink)).next_multiple_of(8));
                let made = side(self.width) * side(self.height);
                // Planes of each channel, then all together; the file as it is,
                // and without its notes.
                held + made * samples / 100 + made * 3 + 2 * self.bytes.len() as u64
            }
        }
    }

    /// How many times smaller it can be made while it is unpacked where it is
    /// to be `width` wide (as stored): it stays twice as wide, since the last
    /// step is the finer one; less where memory wants it so. `None` where it is
    /// too large all the same.
    pub(super) fn shrink(&self, width: u32) -> Option<u16> {
        let steps: &[u16] = if matches!(self.source, Source::Jpeg(_)) { &[1, 2, 4, 8] } else { &[1] };
        let roomy = |step: &u16| self.width / u32::from(*step) >= width.saturating_mul(2);
        let most = steps.iter().rev().copied().find(roomy).unwrap_or(1);
        steps.iter().copied().find(|step| *step >= most && self.cost(*step) <= memory_budget::MOST)
    }

    /// What its colours mean, where that is not sRGB.
    pub(super) fn colours(&mut self) -> Option<Colours> {
        match &mut self.source {
            Source::Jpeg(_) => jpeg::profile(self.bytes).map(Colours::Profile),
            Source::Other(..) if self.format == Format::Png => png::colours(self.bytes),
            Source::Other(decoder, _) => decoder.icc_profile().ok().flatten().map(Colours::Profile),
        }
    }

    /// All pixels as they are stored, `shrink` times fewer each way. `None`
    /// where the picture breaks off or contradicts itself.
    pub(super) fn decode(self, shrink: u16) -> Option<Pixels> {
        let decode = || match self.source {
            Source::Other(decoder, _) => DynamicImage::from_decoder(decoder).ok().map(Pixels::of),
            Source::Jpeg(header) => decode_jpeg(jpeg::guarded(self.bytes), header, shrink),
        };
        // Decoders are others' code, and what they are given comes from anywhere.
        catch_unwind(AssertUnwindSafe(decode)).ok()?
    }
}

fn decode_jpeg(bytes: impl Read, header: jpeg::Header, shrink: u16) -> Option<Pixels> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    if header.components == 3 {
        // The decoder's own rule differs from libjpeg's, which is the browsers'.
        decoder.set_color_transform(if header.rgb { ColorTransform::RGB } else { ColorTransform::YCbCr });
    }
    decoder.read_info().ok()?;
    let side = |length: u16| length.div_ceil(shrink);
    let (width, height) = decoder.scale(side(header.width), side(header.height)).ok()?;
    let data = decoder.decode().ok()?;
    let data = match decoder.info()?.pixel_format {
        PixelFormat::RGB24 => data,
        PixelFormat::L8 => data.into_iter().flat_map(|grey| [grey; 3]).collect(),
        _ => return None,
    };
    Pixels::of_data(width.into(), height.into(), data)
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
