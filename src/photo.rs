//! Photos: what is known of one picture file, and what is made of it.
//!
//! [`probe()`] reads a picture file and gives its format, its size as it is shown
//! and its colour, or what is wrong with it. [`Recipe`] names what is published
//! of it before that is made; [`encode()`] makes it.
//!
//! **Invariants:** whatever the bytes are, nothing panics, no more than
//! `memory_budget`'s bytes are taken, and what can't be shown is a fault. Nothing that
//! is made here says who took a picture, when, where or with what.

mod ai;
mod colours;
mod drawing;
mod encode;
mod kept;
mod made;
mod media;
mod memory_budget;
mod open;
mod pixels;
mod probe;
mod rasterize;
mod recipe;
mod strip;
mod tint;
mod unsupported;

pub use encode::Codec;
pub use made::{Made, make};
pub use media::{MediaNotes, media_notes};
pub use probe::{Probe, WHOLE, kept_key, look_at_icon, measure, probe};
pub use recipe::{Recipe, Variant, cut_part, encode, name_key};
pub use tint::TINTS;

use crate::ai_label::AiLevel;

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
    /// The class of its colour (0 to 63); `None` where it is not known, or
    /// where something shows through.
    pub tint: Option<u8>,
    /// Whether something shows through.
    pub transparent: bool,
    /// Whether it moves, and so is published as it is.
    pub animated: bool,
    /// Whether it is a chart or a screenshot: kept without loss, most of it
    /// even. What is made of it is sharp too.
    pub even: bool,
    /// What it says of itself: that AI made it, or may have.
    pub ai: Option<AiLevel>,
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

/// Whether a file with this extension (lower case) is meant as a picture,
/// though perhaps as one that browsers don't show.
pub fn is_picture(extension: &str) -> bool {
    Format::from_extension(extension).is_some() || unsupported::by_extension(extension).is_some()
}

/// Bytes that [`begins_picture`] wants.
pub const HEAD: usize = 32;

/// Whether a file that begins like this is a picture, whatever its name says.
pub fn begins_picture(head: &[u8]) -> bool {
    image::guess_format(head).is_ok_and(|format| {
        use image::ImageFormat::{Gif, Jpeg, Png, WebP};
        matches!(format, Jpeg | Png | Gif | WebP)
    }) || unsupported::by_bytes(head).is_some()
}

/// A picture of a document without its notes, every pixel where it was: a
/// document says itself how its pictures lie. `None` where `bytes` are no
/// picture that is known here, or a broken one.
pub fn without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    strip::without_notes(bytes)
}

/// Whether an element of a drawing (SVG) draws.
pub fn is_drawing_element(name: &str) -> bool {
    strip::svg::allowed::ELEMENTS.contains(&name)
}

/// Whether an attribute of a drawing (SVG) says how it is drawn.
pub fn is_drawing_attribute(name: &str) -> bool {
    strip::svg::allowed::draws(name)
}

/// A drawing in black and white, as a PNG: `rows` of `width` pixels, `true` where
/// it is black. `None` where they are not as many as they should be.
pub fn drawn(width: u32, rows: &[bool]) -> Option<Vec<u8>> {
    encode::bitmap(width, rows)
}

/// `length` as it is when another length goes from `from` to `to`; at least 1.
pub fn scaled(length: u32, to: u32, from: u32) -> u32 {
    let from = u64::from(from.max(1));
    let scaled = (u64::from(length) * u64::from(to) + from / 2) / from;
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}
