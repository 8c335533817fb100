//! Text strings of a PDF (ISO 32000-2, 7.9.2.2).

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use lopdf::Object;

/// The text of a string object that is not empty: UTF-16 or UTF-8 behind their
/// marks. Others should be in `PDFDocEncoding`; Chinese programs write the
/// encoding of their system.
pub(in crate::material) fn text(object: &Object) -> Option<String> {
    let text = match object.as_str().ok()? {
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
        },
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// A string object of this text.
pub(in crate::material) fn object(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    Object::string_literal([0xFE, 0xFF].into_iter().chain(units).collect::<Vec<u8>>())
}
