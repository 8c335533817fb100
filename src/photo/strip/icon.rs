//! ICO: a list of pictures, each a bitmap or a PNG.

use super::{Wish, png, take};

/// Each picture again, PNGs without their texts; nothing between or behind
/// them.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let (head, mut at) = take(bytes, 0, 6)?;
    let count = u16::from_le_bytes(head.get(4..6)?.try_into().ok()?);
    if head.get(..4)? != [0, 0, 1, 0] || !(1..=64).contains(&count) {
        return None;
    }
    let mut entries = Vec::new();
    let mut pictures = Vec::new();
    let begin = 6 + 16 * usize::from(count);
    for _ in 0..count {
        let (entry, after) = take(bytes, at, 16)?;
        at = after;
        let number = |from: usize| Some(u32::from_le_bytes(entry.get(from..from + 4)?.try_into().ok()?));
        let (length, offset) = (usize::try_from(number(8)?).ok()?, usize::try_from(number(12)?).ok()?);
        let (picture, _) = take(bytes, offset, length)?;
        let picture = png::clean(picture, Wish::AsStored).map_or_else(|| picture.to_vec(), |png| png.bytes);
        entries.extend_from_slice(entry.get(..8)?);
        entries.extend(u32::try_from(picture.len()).ok()?.to_le_bytes());
        entries.extend(u32::try_from(begin + pictures.len()).ok()?.to_le_bytes());
        pictures.extend(picture);
    }
    Some([head, &entries, &pictures].concat())
}
