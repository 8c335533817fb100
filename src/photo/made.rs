//! What is published of a picture, made of its file through the door.
//!
//! [`make`] reads a source, sees whether it is still the one that the recipes
//! were written for, and makes what they ask for; what it can't make is a
//! fault of that source.

use super::recipe::{encode_drawing, needs_pixels};
use super::{Variant, drawing, encode};
use crate::diagnostic::AssetFault;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::source::Blobs;

/// What came of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What was asked for, in that order; `None` for what can't be made.
    pub pictures: Vec<Option<Vec<u8>>>,
    /// Why not all of it could be.
    pub fault: Option<AssetFault>,
}

/// Makes `makes` of the picture at `source`, whose bytes have the hash
/// `content`.
pub fn make(source: &SourcePath, content: Key, makes: &[Variant], blobs: &dyn Blobs) -> Made {
    let none = |fault| Made { pictures: vec![None; makes.len()], fault: Some(fault) };
    let bytes = match blobs.read(source) {
        Ok(bytes) => bytes,
        Err(error) => return none(AssetFault::Unreadable { reason: error.to_string() }),
    };
    if Key::hash(&bytes) != content {
        return none(AssetFault::ChangedMeanwhile);
    }
    let pictures = if needs_pixels(makes) && drawing::size(&bytes).is_some() {
        match encode_drawing(&bytes, makes, &blobs.fonts()) {
            Ok(pictures) => pictures,
            Err(fault) => return none(fault),
        }
    } else {
        encode(&bytes, makes)
    };
    let missing = pictures.iter().zip(makes).find(|(made, _)| made.is_none());
    let fault = missing.map(|(_, make)| make.not_made());
    Made { pictures, fault }
}

impl Variant {
    /// That it can't be made.
    pub fn not_made(&self) -> AssetFault {
        let (size, format) = match *self {
            Self::Whole { width, height, codec, .. } | Self::Within { width, height, codec, .. } => {
                (Some((width, height)), codec.format().name())
            }
            Self::Cut { width, height, .. } => (Some((width, height)), super::Format::Jpeg.name()),
            Self::Clean => (None, ""),
        };
        AssetFault::PictureNotMade { size, format: format.to_owned() }
    }
}
