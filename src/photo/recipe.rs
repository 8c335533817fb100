//! How one published picture is made from a source: named before it is made.
//!
//! A [`Recipe`] and its key are known from a picture's header, so pages can be
//! rendered without a single picture being encoded. [`encode()`] makes what
//! several recipes for one source ask for, and unpacks the source once.

use std::sync::Arc;

use image::metadata::Orientation;
use resvg::usvg::fontdb::Database;

use super::encode::{self, Codec};
use super::pixels::{Part, Pixels};
use super::strip::Wish;
use super::{ai, colours, drawing, memory_budget, open, rasterize, scaled, strip};
use crate::diagnostic::AssetFault;
use crate::memo::Key;
use crate::path::SourcePath;

/// Changes when the same recipe would give other bytes: another version of an
/// encoder, another filter, another rule of what is personal.
const ENCODERS: &[u8] =
    b"photo 5: webp 0.3, jpeg-encoder 0.7, jpeg-decoder 0.3, fast_image_resize 6 lanczos3, moxcms 0.8";

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
    /// All of it, at most at this size and in so many bytes: for places that
    /// refuse more. Quality is given up first, then size.
    Within {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// Written as.
        codec: Codec,
        /// 1 to 100, as WebP counts.
        quality: u8,
        /// Bytes.
        most: u32,
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
            Variant::Within { width, height, codec, quality, most } => {
                format!("within {width} {height} {} {quality} {most}", codec.extension())
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
    let decoded = needs_pixels(makes).then(|| Decoded::new(bytes, |shown| widest(makes, shown))).flatten();
    made(bytes, makes, decoded.as_ref())
}

/// As [`encode()`], of a drawing (SVG), whose text is written in `fonts`: drawn as
/// wide as the widest that is asked for.
///
/// # Errors
/// Where its text or its filters can't be drawn here.
pub(super) fn encode_drawing(
    bytes: &[u8],
    makes: &[Variant],
    fonts: &Arc<Database>,
) -> Result<Vec<Option<Vec<u8>>>, AssetFault> {
    if !needs_pixels(makes) {
        return Ok(made(bytes, makes, None));
    }
    let shown = drawing::size(bytes).map_or((0, 0), |drawing| (drawing.width, drawing.height));
    let decoded = Decoded::of_drawing(bytes, widest(makes, (shown.0.max(1), shown.1.max(1))), fonts)?;
    Ok(made(bytes, makes, decoded.as_ref()))
}

/// Whether anything but the file itself is wanted.
pub(super) fn needs_pixels(makes: &[Variant]) -> bool {
    makes.iter().any(|make| *make != Variant::Clean)
}

/// How wide the whole picture, which is `shown` at that size, has to be for all
/// of them.
fn widest(makes: &[Variant], shown: (u32, u32)) -> u32 {
    makes.iter().map(|make| make.needs(shown)).max().unwrap_or(1)
}

fn made(bytes: &[u8], makes: &[Variant], decoded: Option<&Decoded>) -> Vec<Option<Vec<u8>>> {
    let one = |make: &Variant| match *make {
        Variant::Clean => strip::clean(bytes),
        Variant::Whole { width, height, codec, quality } => decoded?.whole((width, height), codec, quality),
        Variant::Cut { width, height, focus, quality } => decoded?.cut((width, height), focus, quality),
        Variant::Within { width, height, codec, quality, most } => {
            decoded?.within((width, height), codec, quality, most as usize)
        }
    };
    makes.iter().map(one).collect()
}

/// How often a picture that is too large is packed again: a hundredth of its
/// pixels is left in the end.
const LESS: u8 = 16;

/// A quality below which a picture is made smaller instead.
const QUALITY_KEPT: u8 = 58;

impl Variant {
    /// How wide the whole picture, which is `shown` at that size, has to be
    /// for it.
    fn needs(&self, (shown_width, shown_height): (u32, u32)) -> u32 {
        match *self {
            Self::Whole { width, .. } | Self::Within { width, .. } => width,
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
    /// Pixels of the source as it is shown.
    shown: (u32, u32),
    /// Whether the source was kept without loss.
    lossless: bool,
    /// The source without its notes, where it lies upright, and what it is.
    source: Option<(Codec, Vec<u8>)>,
    /// The label of AI that the source carries.
    label: Option<String>,
    _permit: memory_budget::Permit,
}

impl Decoded {
    /// As wide as `needed` says of the size that is shown, or as wide as it
    /// is; made smaller before anything else, since all else takes time by the
    /// pixel.
    fn new(bytes: &[u8], needed: impl Fn((u32, u32)) -> u32) -> Option<Self> {
        let mut opened = open::open(bytes)?;
        let (shown, orientation) = (opened.shown(), opened.orientation);
        let width = needed(shown);
        let turned = open::is_turned(orientation);
        let stored = if turned { scaled(width, shown.1, shown.0) } else { width };
        let shrink = opened.shrink(stored)?;
        let pass = memory_budget::enter(opened.cost(shrink));
        let copied = strip::copy(bytes, opened.format, Wish::Upright)?;
        let label = ai::label(&copied.notes);
        // Only beside something of the same size the file itself counts.
        let codec = Codec::of(opened.format).filter(|_| orientation == Orientation::NoTransforms);
        let source = codec.filter(|_| width >= shown.0).map(|codec| (codec, copied.bytes));
        let (colours, lossless) = (opened.colours(), opened.lossless);
        let pixels = smaller(opened.decode(shrink)?, width, orientation)?;
        let pixels = colours::in_srgb(pixels, colours.as_ref()).upright(orientation);
        Some(Self { pixels, shown, lossless, source, label, _permit: pass })
    }

    /// A drawing, `width` pixels wide.
    fn of_drawing(bytes: &[u8], width: u32, fonts: &Arc<Database>) -> Result<Option<Self>, AssetFault> {
        let Some(drawing) = strip::drawing(bytes) else { return Ok(None) };
        let svg = String::from_utf8_lossy(&drawing.bytes);
        let Some(pixels) = rasterize::pixels(&svg, width, fonts)? else { return Ok(None) };
        let (shown, label) = ((pixels.width, pixels.height), ai::label(&drawing.notes));
        let permit = memory_budget::enter(4 * u64::from(pixels.width) * u64::from(pixels.height));
        Ok(Some(Self { pixels, shown, lossless: true, source: None, label, _permit: permit }))
    }

    /// All of it at a size.
    fn whole(&self, size: (u32, u32), codec: Codec, quality: u8) -> Option<Vec<u8>> {
        let most = self.source.as_ref().filter(|_| size == self.shown);
        let own = most.filter(|(own, _)| *own == codec);
        let resized;
        let pixels = if size == (self.pixels.width, self.pixels.height) {
            &self.pixels
        } else {
            resized = self.pixels.resized(self.pixels.whole(), size.0, size.1)?;
            &resized
        };
        let made = encode::encode(pixels, codec, quality, self.lossless, most.map(|(_, most)| most.len()))?;
        // At the same size nothing is better than the file itself.
        Some(self.labelled(
            match own {
                Some((_, own)) if own.len() <= made.len() => own.clone(),
                _ => made,
            },
            codec,
        ))
    }

    /// All of it, at most at a size and in `most` bytes.
    fn within(&self, size: (u32, u32), codec: Codec, quality: u8, most: usize) -> Option<Vec<u8>> {
        let mut size = (size.0.min(self.pixels.width), size.1.min(self.pixels.height));
        for step in 0..LESS {
            let lower = quality.saturating_sub(step * 12).max(QUALITY_KEPT.min(quality));
            let made = self.whole(size, codec, lower)?;
            if made.len() <= most {
                return Some(made);
            }
            if codec == Codec::Png || lower <= QUALITY_KEPT {
                size = (scaled(size.0, 4, 5), scaled(size.1, 4, 5));
            }
        }
        None
    }

    /// A part of it.
    fn cut(&self, size: (u32, u32), focus: (u8, u8), quality: u8) -> Option<Vec<u8>> {
        let part = about(focus, (self.pixels.width, self.pixels.height), size);
        let pixels = self.pixels.resized(part, size.0, size.1)?;
        let made = encode::encode(&pixels, Codec::Jpeg, quality, self.lossless, None)?;
        Some(self.labelled(made, Codec::Jpeg))
    }

    fn labelled(&self, bytes: Vec<u8>, codec: Codec) -> Vec<u8> {
        strip::with_label(bytes, codec.format(), self.label.as_deref())
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
/// its middle as the edges allow. It never passes an edge, not even by what
/// fractions are rounded to: all lengths are whole 256ths of a pixel, which
/// numbers of this kind hold and add exactly.
fn about((x, y): (u8, u8), (width, height): (u32, u32), cut: (u32, u32)) -> Part {
    const STEPS: f64 = 256.0;
    let exact = |length: f64| (length * STEPS).floor() / STEPS;
    let (whole, part) = ((f64::from(width), f64::from(height)), (f64::from(cut.0), f64::from(cut.1)));
    let high = u64::from(width) * u64::from(cut.1) <= u64::from(height) * u64::from(cut.0);
    let (width, height) = if high {
        (whole.0, exact(whole.0 * part.1 / part.0).min(whole.1))
    } else {
        (exact(whole.1 * part.0 / part.1).min(whole.0), whole.1)
    };
    let begin = |percent: u8, whole: f64, part: f64| {
        let most = (whole - part).max(0.0);
        exact((whole * f64::from(percent) / 100.0 - part / 2.0).clamp(0.0, most))
    };
    Part { left: begin(x, whole.0, width), top: begin(y, whole.1, height), width, height }
}

/// What a cut of the size `cut` about `focus` takes of a picture of the size
/// `whole`: left, top, right, bottom in millionths of its width and height.
pub fn cut_part(focus: (u8, u8), whole: (u32, u32), cut: (u32, u32)) -> [u32; 4] {
    let whole = (whole.0.max(1), whole.1.max(1));
    let Part { left, top, width, height } = about(focus, whole, (cut.0.max(1), cut.1.max(1)));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share, 0 to a million")]
    let share = |length: f64, all: u32| (length / f64::from(all) * 1e6).round().clamp(0.0, 1e6) as u32;
    [share(left, whole.0), share(top, whole.1), share(left + width, whole.0), share(top + height, whole.1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_told_in_millionths() {
        assert_eq!(cut_part((50, 50), (1000, 1000), (2000, 1000)), [0, 250_000, 1_000_000, 750_000]);
        assert_eq!(cut_part((0, 0), (1000, 500), (1, 1)), [0, 0, 500_000, 1_000_000]);
    }

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

    /// Case `pic-cover-690x460-stops-build`: every size of cut-outs and pictures from the web.
    #[test]
    fn no_cut_passes_an_edge() {
        for (width, height) in (300..=1440).flat_map(|width| (300..=1440).map(move |height| (width, height)))
        {
            for (cut, focus) in [((1200, 630), (50, 50)), ((300, 300), (33, 67)), ((1200, 630), (100, 0))] {
                let part = about(focus, (width, height), cut);
                let fits = part.left >= 0.0
                    && part.top >= 0.0
                    && part.width > 0.0
                    && part.height > 0.0
                    && part.left + part.width <= f64::from(width)
                    && part.top + part.height <= f64::from(height);
                assert!(fits, "{width}×{height} {focus:?} {cut:?}: {part:?}");
            }
        }
    }

    #[test]
    fn lengths_scale_and_never_vanish() {
        assert_eq!(scaled(1067, 1440, 1600), 960);
        assert_eq!(scaled(1, 480, 65_535), 1);
        assert_eq!(scaled(65_535, 65_535, 1), 65_535 * 65_535);
    }
}
