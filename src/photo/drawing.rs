//! The size of a drawing (SVG), from the root element alone.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Format, Photo};

/// Events looked at before the root element: a prolog has a handful.
const PROLOG: usize = 64;

/// The drawing's size in CSS pixels; 0 × 0 where it gives none. `None` where
/// `bytes` don't begin with an `<svg>`.
pub(super) fn size(bytes: &[u8]) -> Option<Photo> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = Reader::from_reader(bytes);
    let root = (0..PROLOG).find_map(|_| match reader.read_event() {
        Ok(Event::Start(root) | Event::Empty(root)) => Some(Some(root)),
        Ok(Event::Eof) | Err(_) => Some(None),
        Ok(_) => None,
    })??;
    if root.local_name().as_ref() != b"svg" {
        return None;
    }
    let attribute = |name: &str| attribute(&root, name);
    let given = (attribute("width").and_then(|w| length(&w)), attribute("height").and_then(|h| length(&h)));
    let drawn = attribute("viewBox").and_then(|text| view_box(&text));
    let (width, height) = match (given, drawn) {
        ((Some(width), Some(height)), _) => (width, height),
        ((Some(width), None), Some((w, h))) => (width, width * h / w),
        ((None, Some(height)), Some((w, h))) => (height * w / h, height),
        ((None, None), Some(size)) => size,
        _ => (0.0, 0.0),
    };
    Some(Photo {
        width: pixels(width),
        height: pixels(height),
        format: Format::Svg,
        tint: None,
        transparent: true,
        animated: false,
        even: false,
        ai: None,
    })
}

fn attribute(root: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = root.try_get_attribute(name).ok()??;
    Some(String::from_utf8_lossy(&found.value).trim().to_owned())
}

/// A length of CSS in pixels; `None` for percent and what is no length.
fn length(text: &str) -> Option<f64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let number: f64 = digits.parse().ok()?;
    let factor = match text.get(digits.len()..)? {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    (number.is_finite() && number > 0.0).then_some(number * factor)
}

fn view_box(text: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = text
        .split([' ', ',', '\t', '\n', '\r'])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [_, _, width, height] = numbers.as_slice() else { return None };
    let usable = |n: f64| n.is_finite() && n > 0.0;
    (usable(*width) && usable(*height)).then_some((*width, *height))
}

fn pixels(length: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the range of a header's size first"
    )]
    let whole = length.round().clamp(0.0, 65_535.0) as u32;
    whole
}
