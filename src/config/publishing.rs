//! `publish:`: how the site is put into its folder.

use super::Publishing;
use super::read::{Sink, ranged};
use super::shape::PublishShape;
use crate::diagnostic::{ConfigFault, nearest};
use crate::text::At;
use crate::yaml::TextOr;

/// What may be written in place of single keys.
const IN_PLACE: &str = "in-place";

/// Modes that are suggested.
const MODES: &str = "0644, 0640, 0664";

/// What `shape` asks for.
pub(super) fn publishing(shape: Option<At<TextOr<PublishShape>>>, sink: &mut Sink<'_>) -> Publishing {
    let usual = Publishing::default();
    let Some(shape) = shape else { return usual };
    let PublishShape { in_place, mode, group, keep, keep_mb, precompress, also } = match shape.value {
        TextOr::Group(shape) => shape,
        TextOr::Text(text) if text.trim() == IN_PLACE || text.trim() == "原地更新" => {
            return Publishing { in_place: true, ..usual };
        }
        TextOr::Text(value) => {
            let near = nearest(&value, [IN_PLACE]).map(str::to_owned);
            let known = IN_PLACE.to_owned();
            sink.at(shape.span, ConfigFault::UnknownChoice { key: "publish", value, near, known });
            return usual;
        }
    };
    let keep_mb = keep_mb.map(|mb| ranged(Some(mb), 0, 1, 1_000_000, sink)).filter(|mb| *mb > 0);
    Publishing {
        in_place: in_place.unwrap_or(false),
        mode: mode.and_then(|mode| mode_of(mode, sink)),
        group: group.filter(|group| !group.trim().is_empty()),
        keep: usize::try_from(ranged(keep, usual.keep as u64, 0, 100, sink)).unwrap_or(usual.keep),
        precompress: precompress.unwrap_or(false),
        also: also.map(|list| list.0).unwrap_or_default(),
        keep_bytes: keep_mb.map(|mb| mb * 1_000_000),
    }
}

/// Three octal digits, with a `0` before them or without; the owner must be
/// able to read and write.
fn mode_of(mode: At<String>, sink: &mut Sink<'_>) -> Option<u32> {
    let digits = mode.value.trim().trim_start_matches("0o").trim_start_matches('0');
    let found = u32::from_str_radix(digits, 8).ok().filter(|found| *found <= 0o777 && found & 0o600 == 0o600);
    if found.is_none() {
        let known = MODES.to_owned();
        sink.at(mode.span, ConfigFault::UnknownChoice { key: "mode", value: mode.value, near: None, known });
    }
    found
}
