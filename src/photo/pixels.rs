//! Pictures in memory: unpacked, made smaller, cut, set upright, brought to
//! the colours of the web (sRGB).

use std::panic::{AssertUnwindSafe, catch_unwind};

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};
use memchr::memmem;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::open::Opened;

/// Eight bits a channel, three channels or four, row by row.
#[derive(Debug, Clone)]
pub(super) struct Pixels {
    pub width: u32,
    pub height: u32,
    /// Whether there is a fourth channel, of opacity.
    pub alpha: bool,
    pub data: Vec<u8>,
}

/// A part of a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// The longest profile that is read; a printer's have up to 2 MB.
const PROFILE: usize = 4 << 20;

impl Pixels {
    /// Unpacks a picture as it is stored. `None` where it breaks off or
    /// contradicts itself.
    pub(super) fn decode(opened: Opened<'_>) -> Option<Self> {
        // Decoders are others' code, and what they are given comes from anywhere.
        let decode = AssertUnwindSafe(|| match opened.non_interleaved {
            Some(jpeg) => non_interleaved(jpeg),
            None => DynamicImage::from_decoder(opened.decoder()).ok(),
        });
        let image = catch_unwind(decode).ok()??;
        Some(if image.color().has_alpha() {
            Self::of_rgba(image.into_rgba8())
        } else {
            Self::of_rgb(image.into_rgb8())
        })
    }

    fn of_rgb(image: RgbImage) -> Self {
        Self { width: image.width(), height: image.height(), alpha: false, data: image.into_raw() }
    }

    fn of_rgba(image: RgbaImage) -> Self {
        Self { width: image.width(), height: image.height(), alpha: true, data: image.into_raw() }
    }

    fn channels(&self) -> usize {
        if self.alpha { 4 } else { 3 }
    }

    fn pixel_type(&self) -> PixelType {
        if self.alpha { PixelType::U8x4 } else { PixelType::U8x3 }
    }

    /// The colour at a place, on white where it is transparent.
    pub(super) fn colour(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        let at = (y as usize * self.width as usize + x as usize) * self.channels();
        match self.data.get(at..at + self.channels())? {
            [colour @ .., alpha] if self.alpha => {
                let colour: [u8; 3] = colour.try_into().ok()?;
                Some(colour.map(|channel| over_white(channel, *alpha)))
            }
            colour => colour.try_into().ok(),
        }
    }

    /// Whether anything shows through.
    pub(super) fn is_transparent(&self) -> bool {
        self.alpha && self.data.iter().skip(3).step_by(4).any(|alpha| *alpha < 255)
    }

    /// `part` of it at another size, by Lanczos' filter. `None` where one of
    /// the sizes is nothing.
    pub(super) fn resized(&self, part: Part, width: u32, height: u32) -> Option<Self> {
        let source = ImageRef::new(self.width, self.height, &self.data, self.pixel_type()).ok()?;
        let mut target = Image::new(width, height, self.pixel_type());
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).crop(
            part.left,
            part.top,
            part.width,
            part.height,
        );
        Resizer::new().resize(&source, &mut target, &options).ok()?;
        Some(Self { width, height, alpha: self.alpha, data: target.into_vec() })
    }

    /// All of it.
    pub(super) fn whole(&self) -> Part {
        Part { left: 0.0, top: 0.0, width: f64::from(self.width), height: f64::from(self.height) }
    }

    /// Set upright.
    pub(super) fn upright(self, orientation: Orientation) -> Self {
        if orientation == Orientation::NoTransforms {
            return self;
        }
        let Self { width, height, alpha, data } = self;
        // The buffer has the size that its header says, or there is no picture.
        let image = if alpha {
            RgbaImage::from_raw(width, height, data).map(DynamicImage::ImageRgba8)
        } else {
            RgbImage::from_raw(width, height, data).map(DynamicImage::ImageRgb8)
        };
        let mut image = image.unwrap_or_default();
        image.apply_orientation(orientation);
        match image {
            DynamicImage::ImageRgba8(image) => Self::of_rgba(image),
            image => Self::of_rgb(image.into_rgb8()),
        }
    }

    /// With the colours that `profile` means, in sRGB. A profile that can't be
    /// read, or that is of other colours than the picture's, changes nothing.
    pub(super) fn in_srgb(self, profile: Option<&[u8]>) -> Self {
        // Most cameras say that they mean sRGB.
        let is_other = |profile: &&[u8]| memmem::find(profile, b"sRGB IEC61966").is_none();
        let Some(profile) = profile.filter(|profile| profile.len() <= PROFILE).filter(is_other) else {
            return self;
        };
        let transform = || {
            let profile = ColorProfile::new_from_slice(profile).ok()?;
            match profile.color_space {
                DataColorSpace::Rgb => self.of_colours(&profile),
                DataColorSpace::Gray => self.of_greys(&profile),
                _ => None,
            }
        };
        // Others' code again, and a profile comes from anywhere too.
        match catch_unwind(AssertUnwindSafe(transform)).ok().flatten() {
            Some(data) => Self { data, ..self },
            None => self,
        }
    }

    /// The bytes in sRGB, by a profile of red, green and blue.
    fn of_colours(&self, profile: &ColorProfile) -> Option<Vec<u8>> {
        let layout = if self.alpha { Layout::Rgba } else { Layout::Rgb };
        let srgb = ColorProfile::new_srgb();
        let transform =
            profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
        let mut data = vec![0; self.data.len()];
        transform.transform(&self.data, &mut data).ok()?;
        Some(data)
    }

    /// The bytes in sRGB, by a profile of greys; `None` where there are
    /// colours.
    fn of_greys(&self, profile: &ColorProfile) -> Option<Vec<u8>> {
        let srgb = ColorProfile::new_srgb();
        let options = TransformOptions::default();
        let transform = profile.create_transform_8bit(Layout::Gray, &srgb, Layout::Rgb, options).ok()?;
        let greys: Vec<u8> = (0..=255).collect();
        let mut table = [0; 3 * 256];
        transform.transform(&greys, &mut table).ok()?;
        let mut data = self.data.clone();
        for pixel in data.chunks_exact_mut(self.channels()) {
            let [red, green, blue, ..] = pixel else { return None };
            if red != green || green != blue {
                return None;
            }
            let at = 3 * usize::from(*red);
            let [new_red, new_green, new_blue] = *table.get(at..at + 3)? else { return None };
            (*red, *green, *blue) = (new_red, new_green, new_blue);
        }
        Some(data)
    }

    /// Without transparency: on white.
    pub(super) fn opaque(&self) -> std::borrow::Cow<'_, [u8]> {
        if !self.alpha {
            return std::borrow::Cow::Borrowed(&self.data);
        }
        let flat = self.data.chunks_exact(4).flat_map(|pixel| match *pixel {
            [red, green, blue, alpha] => [red, green, blue].map(|channel| over_white(channel, alpha)),
            _ => [255; 3],
        });
        std::borrow::Cow::Owned(flat.collect())
    }
}

/// A JPEG whose channels come one after the other. The decoder of `image`
/// (zune-jpeg up to 0.5.15) gives such a one any colours, and no error:
/// <https://github.com/etemesi254/zune-image/issues/419>.
fn non_interleaved(jpeg: &[u8]) -> Option<DynamicImage> {
    let mut decoder = jpeg_decoder::Decoder::new(jpeg);
    let data = decoder.decode().ok()?;
    let info = decoder.info()?;
    let rgb = info.pixel_format == jpeg_decoder::PixelFormat::RGB24;
    let image = rgb.then(|| RgbImage::from_raw(info.width.into(), info.height.into(), data)).flatten()?;
    Some(DynamicImage::ImageRgb8(image))
}

/// A channel on white paper.
fn over_white(channel: u8, alpha: u8) -> u8 {
    let (channel, alpha) = (u16::from(channel), u16::from(alpha));
    let sum = channel * alpha + 255 * (255 - alpha);
    u8::try_from((sum + 127) / 255).unwrap_or(255)
}
