//! `publish:`: how the site is put into its folder.

use super::Publishing;
use super::shape::PublishShape;
use super::sink::{Sink, ranged};
use super::target::{Target, TargetFault};
use crate::diagnostic::{ConfigFault, Diagnostic, nearest};
use crate::text::At;
use crate::yaml::{Entries, TextOr};

/// What may be written in place of single keys.
const IN_PLACE: &str = "in-place";

/// Modes that are suggested.
const MODES: &str = "0644, 0640, 0664";

/// What `shape` asks for.
pub(super) fn publishing(shape: Option<At<TextOr<PublishShape>>>, sink: &mut Sink<'_>) -> Publishing {
    let usual = Publishing::default();
    let Some(shape) = shape else { return usual };
    let PublishShape { in_place, mode, group, keep, keep_mb, precompress, also, targets } = match shape.value
    {
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
        targets: targets.map(|targets| targets_of(targets, sink)).unwrap_or_default(),
        keep_bytes: keep_mb.map(|mb| mb * 1_000_000),
    }
}

/// Places to publish to; those that are none are reported and left out.
fn targets_of(targets: Entries<At<String>>, sink: &mut Sink<'_>) -> Vec<(String, String)> {
    let mut known = Vec::new();
    for (name, target) in targets.0 {
        match Target::parse(&target.value) {
            Ok(_) => known.push((name.value, target.value)),
            // Its line is not shown: it would be in logs.
            Err(TargetFault::Secret) => {
                sink.found
                    .push(Diagnostic::of_file(sink.path, ConfigFault::TargetSecret { name: name.value }));
            }
            Err(_) => sink.at(target.span, ConfigFault::Target { value: target.value }),
        }
    }
    known
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
