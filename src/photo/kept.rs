//! What is kept of a look at a picture from one process to the next: one line
//! of words, each without a space.

use super::probe::{Probe, misnamed};
use super::{Format, Photo};
use crate::ai_label::{AiLevel, BadLabel};
use crate::diagnostic::AssetFault;

/// Signs of AI that are kept by their number, in this order for ever.
const SIGNS: [&str; 6] = ["IPTC DigitalSourceType", "C2PA", "parameters", "prompt", "workflow", "Dream"];

const BAD: [BadLabel; 4] = [BadLabel::TooLong, BadLabel::NotJson, BadLabel::OtherKeys, BadLabel::BadValue];

/// What is kept of a sight: `None` where there is more wrong than what can be
/// told from the rest.
pub(super) fn sight_to_keep(sight: &Probe) -> Option<String> {
    let Photo { width, height, format, tint, transparent, animated, even, ai } = sight.photo?;
    let (mut place, mut sign) = (false, "- - -".to_owned());
    for fault in &sight.faults {
        match fault {
            AssetFault::PhotoPlace { .. } => place = true,
            AssetFault::WrongExtension { .. } => {}
            AssetFault::AiLabelled { producer, number, .. } => {
                sign = format!("label .{producer} .{number}");
            }
            AssetFault::AiLabelNotCopied { bad } => {
                sign = format!("bad {} -", BAD.iter().position(|known| known == bad)?);
            }
            AssetFault::AiTrace { what } => {
                sign = format!("trace {} -", SIGNS.iter().position(|known| known == what)?);
            }
            _ => return None,
        }
    }
    let tint = tint.map_or_else(|| "-".to_owned(), |tint| tint.to_string());
    let ai = ai.map_or('-', AiLevel::code);
    let format = format.extension();
    Some(format!("{width} {height} {format} {tint} {transparent} {animated} {even} {place} {ai} {sign}"))
}

/// Reads what [`sight_to_keep`] wrote.
pub(super) fn kept_sight(extension: &str, kept: &[u8]) -> Option<Probe> {
    let fields: Vec<&str> = std::str::from_utf8(kept).ok()?.split(' ').collect();
    let [width, height, format, tint, transparent, animated, even, place, ai, sign @ ..] = fields.as_slice()
    else {
        return None;
    };
    let ai = if *ai == "-" { None } else { Some(AiLevel::from_code(ai)?) };
    let photo = Photo {
        width: width.parse().ok()?,
        height: height.parse().ok()?,
        format: Format::from_extension(format)?,
        tint: if *tint == "-" { None } else { Some(tint.parse().ok()?) },
        transparent: transparent.parse().ok()?,
        animated: animated.parse().ok()?,
        even: even.parse().ok()?,
        ai,
    };
    let place = place.parse::<bool>().ok()?.then_some(AssetFault::PhotoPlace { count: 1 });
    let sign = match *sign {
        ["-", ..] => None,
        ["label", producer, number] => Some(AssetFault::AiLabelled {
            level: ai?,
            producer: producer.strip_prefix('.')?.to_owned(),
            number: number.strip_prefix('.')?.to_owned(),
        }),
        ["bad", at, _] => Some(AssetFault::AiLabelNotCopied { bad: *BAD.get(at.parse::<usize>().ok()?)? }),
        ["trace", at, _] => Some(AssetFault::AiTrace { what: SIGNS.get(at.parse::<usize>().ok()?)? }),
        _ => return None,
    };
    let faults = sign.into_iter().chain(place).chain(misnamed(extension, photo)).collect();
    Some(Probe { photo: Some(photo), faults })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let label = |producer: &str| AssetFault::AiLabelled {
            level: AiLevel::Made,
            producer: producer.to_owned(),
            number: "n".to_owned(),
        };
        let check = |ai, faults: Vec<AssetFault>| {
            let photo = Photo {
                width: 4,
                height: 3,
                format: Format::Png,
                tint: Some(5),
                transparent: false,
                animated: false,
                even: true,
                ai,
            };
            let sight = Probe { photo: Some(photo), faults };
            let kept = sight_to_keep(&sight).unwrap();
            assert_eq!(kept_sight("png", kept.as_bytes()), Some(sight), "{kept}");
        };
        check(None, vec![]);
        check(None, vec![AssetFault::PhotoPlace { count: 1 }]);
        check(Some(AiLevel::Made), vec![label("demo"), AssetFault::PhotoPlace { count: 1 }]);
        check(Some(AiLevel::Made), vec![label("")]);
        for bad in BAD {
            check(Some(AiLevel::Suspected), vec![AssetFault::AiLabelNotCopied { bad }]);
        }
        for what in SIGNS {
            check(None, vec![AssetFault::AiTrace { what }]);
        }
    }
}
