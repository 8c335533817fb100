//! What a picture file says of itself, gathered while it is copied.

use exif::{In, Reader, Tag, Value};
use image::metadata::Orientation;
use memchr::memmem;

/// What becomes of a note on how the camera was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::photo) enum Wish {
    /// It stays, alone: browsers set the picture upright by it.
    Upright,
    /// It goes too: pixels lie where they lie.
    AsStored,
}

/// The longest note that is kept for reading, in bytes.
const LONGEST: usize = 1 << 20;

/// What a picture file says of itself.
#[derive(Debug, Clone, Default)]
pub(in crate::photo) struct Notes {
    /// The first XMP packet.
    pub xmp: Option<Vec<u8>>,
    /// The first EXIF block, from its byte order mark on.
    pub exif: Option<Vec<u8>>,
    /// A text called `AIGC` (PNG).
    pub label: Option<String>,
    /// The name of a text that programs which draw by AI write (PNG).
    pub generator: Option<&'static str>,
    /// Whether there is a manifest of where it comes from (C2PA).
    pub c2pa: bool,
    /// Whether that manifest says that AI made it.
    pub c2pa_ai: bool,
}

impl Notes {
    pub(in crate::photo) fn see_xmp(&mut self, packet: &[u8]) {
        if self.xmp.is_none() && packet.len() <= LONGEST {
            self.xmp = Some(packet.to_vec());
        }
    }

    /// `tiff` may have EXIF's name before it, as some programs write it.
    pub(super) fn see_exif(&mut self, tiff: &[u8]) {
        let tiff = tiff.strip_prefix(b"Exif\0\0").unwrap_or(tiff);
        if self.exif.is_none() && tiff.len() <= LONGEST {
            self.exif = Some(tiff.to_vec());
        }
    }

    /// Looks at a part that may hold a manifest.
    pub(super) fn see_c2pa(&mut self, part: &[u8]) {
        self.c2pa |= memmem::find(part, b"c2pa").is_some();
        // `compositeWithTrainedAlgorithmicMedia` too.
        self.c2pa_ai |= memmem::find(part, b"rainedAlgorithmicMedia").is_some();
    }

    /// How the camera was held.
    pub(in crate::photo) fn orientation(&self) -> Orientation {
        let exif = self.exif.as_deref().and_then(Orientation::from_exif_chunk);
        exif.unwrap_or(Orientation::NoTransforms)
    }

    /// An EXIF block that says this alone; `None` where nothing is to be said.
    pub(super) fn upright(&self, wish: Wish) -> Option<[u8; 26]> {
        let orientation = self.orientation().to_exif();
        (wish == Wish::Upright && orientation != 1).then(|| {
            let mut block = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\0\0\0\0";
            block[19] = orientation;
            block
        })
    }

    fn parsed_exif(&self) -> Option<exif::Exif> {
        let notes = self.exif.clone()?;
        let read = Reader::new().continue_on_error(true).read_raw(notes);
        read.or_else(|error| error.distill_partial_result(|_| {})).ok()
    }

    /// Whether the camera noted a place, in EXIF or in XMP.
    pub(in crate::photo) fn has_place(&self) -> bool {
        let places = [Tag::GPSLatitude, Tag::GPSLongitude, Tag::GPSDestLatitude];
        let exif = self.parsed_exif();
        exif.is_some_and(|exif| places.into_iter().any(|tag| exif.get_field(tag, In::PRIMARY).is_some()))
            || self.xmp.as_deref().is_some_and(|xmp| memmem::find(xmp, b"exif:GPSLatitude").is_some())
    }

    /// EXIF's comment of the user, without the name of its encoding.
    pub(in crate::photo) fn user_comment(&self) -> Option<String> {
        let exif = self.parsed_exif()?;
        let bytes = match &exif.get_field(Tag::UserComment, In::PRIMARY)?.value {
            Value::Undefined(bytes, _) | Value::Byte(bytes) => bytes.as_slice(),
            Value::Ascii(texts) => texts.first()?.as_slice(),
            _ => return None,
        };
        let (encoding, text) = bytes.split_at_checked(8)?;
        if encoding != b"UNICODE\0" {
            return Some(String::from_utf8_lossy(text).into_owned());
        }
        let unit = |pair: &[u8]| match (exif.little_endian(), pair) {
            (true, &[low, high]) => u16::from_le_bytes([low, high]),
            (_, &[high, low]) => u16::from_be_bytes([high, low]),
            _ => 0,
        };
        let units: Vec<u16> = text.chunks_exact(2).map(unit).collect();
        Some(String::from_utf16_lossy(&units))
    }
}
