//! Pixels to bytes. What is written here has no metadata at all: pictures
//! without a profile are sRGB, which ours are.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, QuantizationTableType, SamplingFactor};
use webp::WebPConfig;

use super::Format;
use super::pixels::Pixels;

/// What a picture is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codec {
    /// WebP.
    Webp,
    /// JPEG, for browsers without WebP; nothing shows through.
    Jpeg,
    /// PNG, where something does.
    Png,
}

impl Codec {
    /// The usual extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The format that it writes.
    pub(super) fn format(self) -> Format {
        match self {
            Self::Webp => Format::Webp,
            Self::Jpeg => Format::Jpeg,
            Self::Png => Format::Png,
        }
    }

    /// What writes `format`.
    pub(super) fn of(format: Format) -> Option<Self> {
        Some(match format {
            Format::Webp => Self::Webp,
            Format::Jpeg => Self::Jpeg,
            Format::Png => Self::Png,
            Format::Gif | Format::Svg => return None,
        })
    }
}

/// How much work libwebp makes of it, of 0 to 6. Measured by SSIMULACRA2 on
/// nine photos at equal bytes, 480 and 960 wide: 2 scores 71.7 and 71.2, 3
/// scores 72.7 and 72.3, 4 (what `sharp` takes) 72.7 and 72.3, 6 scores 73.5
/// and 72.9. 3 is the least work that is as good as 4.
const METHOD: i32 = 3;

/// How strongly edges of blocks are smoothed, of 0 to 100. At method 3 the
/// score is that of the default (60), in a quarter less time.
const SMOOTHING: i32 = 20;

/// JPEG's quality beside WebP's: the two numbers mean different things.
/// Measured likewise: JPEG at 72 scores about 71, as WebP at 76; at 82 it
/// scored 77 and was half as large again as it had to be.
const JPEG_BELOW_WEBP: u8 = 4;

/// How many of a hundred pixels are as the one to their left where a picture
/// is a chart or a screenshot: what lies between has to be sharp.
pub(super) const EVEN: u32 = 40;

/// The quality at which nobody sees a loss in a chart.
const UNSEEN: u8 = 90;

/// How much lower the quality is tried of what would be larger than its source:
/// a photo that was packed harder before has less to keep.
const LOWER: [u8; 3] = [0, 15, 30];

/// `pixels` as bytes. `quality` (1 to 100) is WebP's; `lossless` says that the
/// source was: then colours keep their full resolution, and a chart is packed
/// without loss or without one that is seen, whichever is smaller. At most
/// `most` bytes, where it can be. `None` where the encoder refuses the size.
pub(super) fn encode(
    pixels: &Pixels,
    codec: Codec,
    quality: u8,
    lossless: bool,
    most: Option<usize>,
) -> Option<Vec<u8>> {
    let packed = |below: u8| match codec {
        Codec::Webp => webp(pixels, quality.saturating_sub(below).max(1), lossless),
        Codec::Jpeg => jpeg(pixels, quality.saturating_sub(JPEG_BELOW_WEBP + below).max(1), lossless),
        Codec::Png => png(pixels),
    };
    if codec == Codec::Webp && lossless && pixels.evenness() >= EVEN {
        let (exact, near) = (webp_without_loss(pixels)?, webp(pixels, UNSEEN.max(quality), true)?);
        return Some(if exact.len() <= near.len() { exact } else { near });
    }
    let fits = |bytes: &Vec<u8>| most.is_none_or(|most| bytes.len() <= most);
    if codec == Codec::Png {
        return packed(0);
    }
    let first = packed(0)?;
    if fits(&first) {
        return Some(first);
    }
    LOWER.into_iter().skip(1).filter_map(packed).find(fits).or(Some(first))
}

fn webp(pixels: &Pixels, quality: u8, lossless: bool) -> Option<Vec<u8>> {
    let mut config = WebPConfig::new().ok()?;
    config.quality = f32::from(quality);
    config.method = METHOD;
    config.filter_strength = SMOOTHING;
    config.alpha_compression = 1;
    config.use_sharp_yuv = i32::from(lossless);
    packed_webp(pixels, &config)
}

fn webp_without_loss(pixels: &Pixels) -> Option<Vec<u8>> {
    let mut config = WebPConfig::new().ok()?;
    config.lossless = 1;
    config.quality = 60.0;
    config.method = 3;
    packed_webp(pixels, &config)
}

fn packed_webp(pixels: &Pixels, config: &WebPConfig) -> Option<Vec<u8>> {
    let Pixels { width, height, alpha, ref data } = *pixels;
    let layout = if alpha { webp::PixelLayout::Rgba } else { webp::PixelLayout::Rgb };
    webp::Encoder::new(data, layout, width, height).encode_advanced(config).ok().map(|bytes| bytes.to_vec())
}

fn jpeg(pixels: &Pixels, quality: u8, lossless: bool) -> Option<Vec<u8>> {
    let (width, height) = (u16::try_from(pixels.width).ok()?, u16::try_from(pixels.height).ok()?);
    let mut bytes = Vec::with_capacity(pixels.data.len() / 12);
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(if lossless { SamplingFactor::F_1_1 } else { SamplingFactor::F_2_2 });
    // Else one pixel of four gives its colour to all.
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    // Measured at one size: 75.7, the standard's own tables 74.0, mozjpeg with
    // its search (trellis) 76.1 in ten times the time.
    let table = QuantizationTableType::ImageMagick;
    encoder.set_quantization_tables(table.clone(), table);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(&pixels.opaque(), width, height, ColorType::Rgb).ok()?;
    Some(bytes)
}

/// Black and white as a PNG of one byte a pixel.
pub(super) fn bitmap(width: u32, rows: &[bool]) -> Option<Vec<u8>> {
    let height = u32::try_from(rows.len()).ok()?.checked_div(width)?;
    if height == 0 || u64::from(width) * u64::from(height) != rows.len() as u64 {
        return None;
    }
    let data: Vec<u8> = rows.iter().map(|black| if *black { 0 } else { 255 }).collect();
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::NoFilter)
        .write_image(&data, width, height, ExtendedColorType::L8)
        .ok()?;
    Some(bytes)
}

fn png(pixels: &Pixels) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let color = if pixels.alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive)
        .write_image(&pixels.data, pixels.width, pixels.height, color)
        .ok()?;
    Some(bytes)
}
