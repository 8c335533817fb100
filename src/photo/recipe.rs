//! How one published picture is made from a source: named before it is made.
//!
//! A [`Recipe`] and its key are known from a picture's header, so pages can be
//! rendered without a single picture being encoded. [`encode`] makes what
//! several recipes for one source ask for, and unpacks the source once.

use image::metadata::Orientation;

use super::encode::{self, Codec};
use super::pixels::{Part, Pixels};
use super::{Format, memory_budget, open, scaled, strip};
use crate::memo::Key;
use crate::path::SourcePath;

/// Changes when the same recipe would give other bytes: another version of an
/// encoder, another filter, another rule of what is personal.
const ENCODERS: &[u8] = b"photo 3: webp 0.3 m2, jpeg-encoder 0.7, fast_image_resize 6 lanczos3, moxcms 0.8";

/// What is to be made of a picture file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The file.
    pub source: SourcePath,
    /// The hash of its bytes.
    pub content: Key,
    /// What of it.
    pub make: Variant,
}

/// What is made of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// All of it, at this size.
    Whole {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// Written as.
        codec: Codec,
        /// 1 to 100, as WebP counts.
        quality: u8,
    },
    /// The largest part of the size's proportions, about a point.
    Cut {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// The point that stays in view: percent from the left and the top.
        focus: (u8, u8),
        /// 1 to 100, as WebP counts.
        quality: u8,
    },
    /// The file itself without anything personal.
    Clean,
}

impl Recipe {
    /// Equal keys mean equal bytes, whatever the file is called.
    pub fn key(&self) -> Key {
        let make = match self.make {
            Variant::Whole { width, height, codec, quality } => {
                format!("whole {width} {height} {} {quality}", codec.extension())
            }
            Variant::Cut { width, height, focus: (x, y), quality } => {
                format!("cut {width} {height} {x} {y} {quality}")
            }
            Variant::Clean => "clean".to_owned(),
        };
        Key::hash_parts([ENCODERS, self.content.as_bytes().as_slice(), make.as_bytes()])
    }
}

/// What stands for a picture's content in the names of what is made of it: a
/// name never means two different files.
pub fn name_key(content: Key, quality: u8) -> Key {
    Key::hash_parts([ENCODERS, content.as_bytes().as_slice(), &[quality]])
}

/// Makes what `makes` ask for of the picture file that holds `bytes`, in their
/// order; `None` for what can't be made of it.
pub fn encode(bytes: &[u8], makes: &[Variant]) -> Vec<Option<Vec<u8>>> {
    let printed = makes.iter().any(|make| *make != Variant::Clean);
    let print = printed
        .then(|| Decoded::new(bytes, |shown| makes.iter().map(|make| make.needs(shown)).max().unwrap_or(1)))
        .flatten();
    let one = |make: &Variant| match *make {
        Variant::Clean => strip::clean(bytes).or_else(|| upright(bytes)),
        Variant::Whole { width, height, codec, quality } => {
            let print = print.as_ref()?;
            print.encode(print.pixels.whole(), (width, height), codec, quality)
        }
        Variant::Cut { width, height, focus, quality } => {
            let print = print.as_ref()?;
            let part = about(focus, (print.pixels.width, print.pixels.height), (width, height));
            print.encode(part, (width, height), Codec::Jpeg, quality)
        }
    };
    makes.iter().map(one).collect()
}

impl Variant {
    /// How wide the whole picture, which is `shown` at that size, has to be
    /// for it.
    fn needs(&self, (shown_width, shown_height): (u32, u32)) -> u32 {
        match *self {
            Self::Whole { width, .. } => width,
            // A part of the height is cut away, or of the width: then the
            // whole is wider than the cut.
            Self::Cut { width, height, .. } => width.max(scaled(shown_width, height, shown_height)),
            Self::Clean => 1,
        }
    }
}

/// A picture upright, in sRGB, as large as the largest that is made of it.
struct Decoded {
    pixels: Pixels,
    drawn: bool,
    _permit: memory_budget::Permit,
}

impl Decoded {
    /// As wide as `needed` says of the size that is shown, or as wide as it
    /// is; made smaller before anything else, since all else takes time by the
    /// pixel.
    fn new(bytes: &[u8], needed: impl Fn((u32, u32)) -> u32) -> Option<Self> {
        let mut opened = open::open(bytes).filter(|opened| opened.cost <= memory_budget::MOST)?;
        let pass = memory_budget::enter(opened.cost);
        let width = needed(opened.shown());
        let (profile, orientation) = (opened.profile(), opened.orientation);
        let drawn = matches!(opened.format, Format::Png | Format::Gif);
        let pixels = Pixels::decode(opened)?;
        let pixels = smaller(pixels, width, orientation)?.in_srgb(profile.as_deref()).upright(orientation);
        Some(Self { pixels, drawn, _permit: pass })
    }

    fn encode(&self, part: Part, (width, height): (u32, u32), codec: Codec, quality: u8) -> Option<Vec<u8>> {
        if part == self.pixels.whole() && (width, height) == (self.pixels.width, self.pixels.height) {
            return encode::encode(&self.pixels, codec, quality, self.drawn);
        }
        encode::encode(&self.pixels.resized(part, width, height)?, codec, quality, self.drawn)
    }
}

/// `pixels`, still lying as they are stored, so that they are `width` wide when
/// they are upright.
fn smaller(pixels: Pixels, width: u32, orientation: Orientation) -> Option<Pixels> {
    let turned = open::is_turned(orientation);
    let stored = if turned { pixels.height } else { pixels.width };
    if width >= stored {
        return Some(pixels);
    }
    let other = if turned { pixels.width } else { pixels.height };
    let size = (width, scaled(other, width, stored));
    let (width, height) = if turned { (size.1, size.0) } else { size };
    pixels.resized(pixels.whole(), width, height)
}

/// The largest part with the proportions of `cut` that has `focus` as near to
/// its middle as the edges allow.
fn about((x, y): (u8, u8), (width, height): (u32, u32), cut: (u32, u32)) -> Part {
    let (whole, part) = ((f64::from(width), f64::from(height)), (f64::from(cut.0), f64::from(cut.1)));
    let scale = (whole.0 / part.0).min(whole.1 / part.1);
    let (width, height) = (part.0 * scale, part.1 * scale);
    let begin = |percent: u8, whole: f64, part: f64| {
        (whole * f64::from(percent) / 100.0 - part / 2.0).clamp(0.0, (whole - part).max(0.0))
    };
    Part { left: begin(x, whole.0, width), top: begin(y, whole.1, height), width, height }
}

/// A file that only its notes would set upright: unpacked, turned and packed
/// again, with as little loss as can be seen.
fn upright(bytes: &[u8]) -> Option<Vec<u8>> {
    let print = Decoded::new(bytes, |(width, _)| width)?;
    let codec = if print.pixels.is_transparent() { Codec::Png } else { Codec::Jpeg };
    encode::encode(&print.pixels, codec, 88, print.drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_keeps_its_focus_and_the_edges() {
        let part = |focus, whole, cut| {
            let Part { left, top, width, height } = about(focus, whole, cut);
            format!("{left:.0} {top:.0} {width:.0} {height:.0}")
        };
        assert_eq!(part((50, 50), (1440, 960), (1200, 630)), "0 102 1440 756");
        assert_eq!(part((50, 0), (1440, 960), (1200, 630)), "0 0 1440 756");
        assert_eq!(part((50, 100), (1440, 960), (1200, 630)), "0 204 1440 756");
        assert_eq!(part((70, 50), (1440, 960), (300, 300)), "480 0 960 960");
        assert_eq!(part((30, 50), (1440, 960), (300, 300)), "0 0 960 960");
        assert_eq!(part((50, 50), (10, 1000), (1200, 630)), "0 497 10 5");
    }

    #[test]
    fn lengths_scale_and_never_vanish() {
        assert_eq!(scaled(1067, 1440, 1600), 960);
        assert_eq!(scaled(1, 480, 65_535), 1);
        assert_eq!(scaled(65_535, 65_535, 1), 65_535 * 65_535);
    }
}
