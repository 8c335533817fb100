//! Colour profiles (ICC.1) without what they say of people and devices: a
//! monitor's name and number, a computer's name, the hour of its calibration.
//!
//! **Invariant:** of a profile's tags only numbers that colours are reckoned
//! by go out; names, dates and identities are fixed texts of ours, or zero.

/// Tags that colours are reckoned by.
const NEEDED: [&[u8; 4]; 18] = [
    b"wtpt", b"bkpt", b"chad", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"A2B0",
    b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"cicp", b"lumi",
];

/// Types of values that are numbers only. Each is read to its own length, so
/// that nothing behind it goes along.
const NUMBERS: [&[u8; 4]; 8] = [b"XYZ ", b"sf32", b"curv", b"para", b"mft1", b"mft2", b"mAB ", b"mBA "];

/// The longest profile that is read; a printer's have up to 2 MB.
const LONGEST: usize = 4 << 20;

/// The profile with its colours alone. `None` where it is none.
pub(super) fn neutral(profile: &[u8]) -> Option<Vec<u8>> {
    if profile.len() > LONGEST || profile.get(36..40)? != b"acsp" {
        return None;
    }
    let four =
        |at: usize| -> Option<u32> { Some(u32::from_be_bytes(profile.get(at..at + 4)?.try_into().ok()?)) };
    let version_4 = *profile.get(8)? >= 4;
    let mut values: Vec<([u8; 4], Vec<u8>)> = vec![
        (*b"desc", if version_4 { unicode(*b"ICC") } else { description() }),
        (*b"cprt", if version_4 { unicode(*b"CC0") } else { b"text\0\0\0\0CC0\0".to_vec() }),
    ];
    let count = four(128)?.min(100);
    for n in 0..usize::try_from(count).ok()? {
        let entry = 132 + 12 * n;
        let name: [u8; 4] = profile.get(entry..entry + 4)?.try_into().ok()?;
        let (at, length) = (usize::try_from(four(entry + 4)?).ok()?, usize::try_from(four(entry + 8)?).ok()?);
        let value = profile.get(at..at.checked_add(length)?)?;
        let kind: &[u8] = value.get(..4)?;
        let is_code = &name == b"cicp" && kind == b"cicp" && length == 12;
        if NEEDED.contains(&&name) && (is_code || NUMBERS.iter().any(|known| known.as_slice() == kind)) {
            values.push((name, value.get(..own_length(kind, value)?)?.to_vec()));
        }
    }
    written(profile.get(..128)?, values)
}

/// How many bytes of a value are its own.
fn own_length(kind: &[u8], value: &[u8]) -> Option<usize> {
    let number = |at: usize| Some(usize::from(u16::from_be_bytes([*value.get(at)?, *value.get(at + 1)?])));
    let length = match kind {
        b"XYZ " => 20,
        b"sf32" => value.len().min(8 + 4 * 9),
        b"curv" => 12 + 2 * (number(8)? << 16 | number(10)?),
        b"para" => 12 + 4 * [1usize, 3, 4, 5, 7].get(number(8)?)?,
        // Tables whose length is their size; a lookup that is longer than its
        // tables is no name in any reader's eyes, and within the bound.
        _ => value.len(),
    };
    (length <= value.len()).then_some(length)
}

/// Writes a profile; equal values stand once.
fn written(header: &[u8], values: Vec<([u8; 4], Vec<u8>)>) -> Option<Vec<u8>> {
    let mut table = u32::try_from(values.len()).ok()?.to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let begin = 128 + 4 + 12 * values.len();
    let mut places: Vec<(Vec<u8>, usize)> = Vec::new();
    for (name, value) in values {
        let at = if let Some((_, at)) = places.iter().find(|(known, _)| *known == value) {
            *at
        } else {
            let at = begin + data.len();
            data.extend_from_slice(&value);
            data.resize(data.len().next_multiple_of(4), 0);
            places.push((value.clone(), at));
            at
        };
        table.extend(name);
        table.extend(u32::try_from(at).ok()?.to_be_bytes());
        table.extend(u32::try_from(value.len()).ok()?.to_be_bytes());
    }
    let mut out = header.to_vec();
    // The size, the CMM, the date, the platform, the device, the creator, the
    // profile's own number. What stays is version, class, colours and intent.
    for range in [0..8, 24..36, 40..64, 80..128] {
        out.get_mut(range)?.fill(0);
    }
    // A date has to be one.
    out.get_mut(24..30)?.copy_from_slice(&[0x07, 0xD0, 0, 1, 0, 1]);
    out.extend(table);
    out.extend(data);
    let length = u32::try_from(out.len()).ok()?.to_be_bytes();
    out.get_mut(..4)?.copy_from_slice(&length);
    Some(out)
}

/// A text of version 4: one language, UTF-16.
fn unicode(text: [u8; 3]) -> Vec<u8> {
    let mut out = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS\0\0\0\x06\0\0\0\x1C".to_vec();
    out.extend(text.into_iter().flat_map(|byte| [0, byte]));
    out
}

/// A description of version 2: ASCII, no Unicode, no script.
fn description() -> Vec<u8> {
    let mut out = b"desc\0\0\0\0\0\0\0\x04ICC\0".to_vec();
    out.resize(out.len() + 4 + 4 + 2 + 1 + 67, 0);
    out
}
