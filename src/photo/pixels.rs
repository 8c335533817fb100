//! Pictures in memory: unpacked, made smaller, cut, set upright.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};

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

impl Pixels {
    /// The pixels of an image of any kind.
    pub(super) fn of(image: DynamicImage) -> Self {
        if image.color().has_alpha() {
            Self::of_rgba(image.into_rgba8())
        } else {
            Self::of_rgb(image.into_rgb8())
        }
    }

    /// The pixels that `data` has row by row, three bytes each.
    pub(super) fn of_data(width: u32, height: u32, data: Vec<u8>) -> Option<Self> {
        let whole = data.len() as u64 == 3 * u64::from(width) * u64::from(height);
        whole.then_some(Self { width, height, alpha: false, data })
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

    /// How many of a hundred pixels are as the one to their left: in charts and
    /// screenshots most are, in photos few. At most some 100,000 are looked at.
    pub(super) fn evenness(&self) -> u32 {
        let size = self.channels();
        let row = self.width as usize * size;
        let step = (self.height as usize / (100_000 / (self.width as usize).clamp(1, 100_000))).max(1);
        let (mut same, mut all) = (0u64, 0u64);
        for row in self.data.chunks_exact(row.max(1)).step_by(step) {
            let pairs = row.chunks_exact(size).zip(row.chunks_exact(size).skip(1));
            same += pairs.clone().filter(|(one, next)| one == next).count() as u64;
            all += pairs.count() as u64;
        }
        u32::try_from(100 * same / all.max(1)).unwrap_or(100)
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

/// A channel on white paper.
fn over_white(channel: u8, alpha: u8) -> u8 {
    let (channel, alpha) = (u16::from(channel), u16::from(alpha));
    let sum = channel * alpha + 255 * (255 - alpha);
    u8::try_from((sum + 127) / 255).unwrap_or(255)
}
