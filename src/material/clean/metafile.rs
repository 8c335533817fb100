//! Windows metafiles, EMF (MS-EMF) and WMF (MS-WMF), packed by gzip too,
//! without what programs note in them: their own name, the file's path.
//!
//! Records that draw are copied; comments (a PDF of the same picture among
//! them, from Office for Mac), escapes to printers and colour
//! profiles are not, since no viewer needs them.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// The most that a packed metafile may unpack to, in bytes.
const MAX: u64 = 48 << 20;

const EMF_HEADER: u32 = 1;
const EMF_COMMENT: u32 = 70;
/// Records of EMF that are left out: escapes (105, 106, 110), colour spaces and
/// profiles (99 to 101, 112, 113, 122), which name files.
const EMF_DROPPED: [u32; 9] = [99, 100, 101, 105, 106, 110, 112, 113, 122];
/// The last kind of record that is known.
const EMF_LAST: u32 = 122;
/// A comment that holds EMF+ (MS-EMFPLUS), which draws.
const EMF_PLUS: &[u8] = b"EMF+";
/// EMF+: a comment of its own.
const PLUS_COMMENT: u16 = 0x4003;
/// WMF: an escape, among them comments.
const WMF_ESCAPE: u16 = 0x0626;
/// The head of a WMF that says how large it is to be shown.
const PLACEABLE: &[u8] = b"\xD7\xCD\xC6\x9A";

/// The metafile without notes; `None` where it is none, or broken.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.starts_with(b"\x1F\x8B") {
        let mut unpacked = Vec::new();
        GzDecoder::new(bytes).take(MAX + 1).read_to_end(&mut unpacked).ok()?;
        if unpacked.len() as u64 > MAX || unpacked.starts_with(b"\x1F\x8B") {
            return None;
        }
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(&clean(&unpacked)?).ok()?;
        return packer.finish().ok();
    }
    if bytes.get(40..44) == Some(b" EMF") { emf(bytes) } else { wmf(bytes) }
}

fn emf(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut count) = (Vec::with_capacity(bytes.len()), 0_u32);
    let mut rest = bytes;
    while !rest.is_empty() {
        let kind = long(rest, 0)?;
        let size = usize::try_from(long(rest, 4)?).ok()?;
        let record = rest.get(..size).filter(|record| record.len() >= 8)?;
        rest = rest.get(size..)?;
        let kept: Vec<u8> = match kind {
            EMF_HEADER => header(record)?,
            EMF_COMMENT if record.get(12..16) == Some(EMF_PLUS) => plus(record),
            EMF_COMMENT => continue,
            kind if EMF_DROPPED.contains(&kind) || kind > EMF_LAST => continue,
            _ => record.to_vec(),
        };
        out.extend_from_slice(&kept);
        count += 1;
        if kind == 14 {
            break;
        }
    }
    let len = u32::try_from(out.len()).ok()?;
    out.get_mut(48..52)?.copy_from_slice(&len.to_le_bytes());
    out.get_mut(52..56)?.copy_from_slice(&count.to_le_bytes());
    Some(out)
}

/// The header without the program's name and the picture's title.
fn header(record: &[u8]) -> Option<Vec<u8>> {
    let mut header = record.to_vec();
    let chars = usize::try_from(long(record, 60)?).ok()?;
    let start = usize::try_from(long(record, 64)?).ok()?;
    if chars > 0 {
        let end = start.checked_add(chars.checked_mul(2)?)?;
        header.get_mut(start..end)?.fill(0);
        header.get_mut(60..68)?.fill(0);
    }
    Some(header)
}

/// A record of EMF+ whose own comments say nothing.
fn plus(record: &[u8]) -> Vec<u8> {
    let mut kept = record.to_vec();
    let mut at = 16_usize;
    while let (Some(kind), Some(size)) = (short(record, at), long(record, at.saturating_add(4))) {
        let Some(end) = usize::try_from(size).ok().and_then(|size| at.checked_add(size)) else { break };
        if end < at + 12 {
            break;
        }
        if kind == PLUS_COMMENT
            && let Some(data) = kept.get_mut(at + 12..end)
        {
            data.fill(0);
        }
        at = end;
    }
    kept
}

fn wmf(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = if bytes.starts_with(PLACEABLE) { 22 } else { 0 };
    let head = bytes.get(start..start + 18)?;
    if !matches!(short(head, 0)?, 1 | 2) || short(head, 2)? != 9 {
        return None;
    }
    let mut out = bytes.get(..start + 18)?.to_vec();
    let mut rest = bytes.get(start + 18..)?;
    while !rest.is_empty() {
        let size = usize::try_from(long(rest, 0)?).ok()?.checked_mul(2)?;
        let record = rest.get(..size).filter(|record| record.len() >= 6)?;
        rest = rest.get(size..)?;
        let kind = short(record, 4)?;
        if kind != WMF_ESCAPE {
            out.extend_from_slice(record);
        }
        if kind == 0 {
            break;
        }
    }
    let words = u32::try_from((out.len() - start) / 2).ok()?;
    out.get_mut(start + 6..start + 10)?.copy_from_slice(&words.to_le_bytes());
    Some(out)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u32, data: &[u8]) -> Vec<u8> {
        let size = u32::try_from(data.len() + 8).expect("small");
        [&kind.to_le_bytes(), &size.to_le_bytes(), data].concat()
    }

    fn sample() -> Vec<u8> {
        let note: Vec<u8> = "Word\0C:\\Users\\张三\0\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut header = vec![0_u8; 100];
        header[32..36].copy_from_slice(b" EMF");
        header[52..56].copy_from_slice(&u32::try_from(note.len() / 2).expect("small").to_le_bytes());
        header[56..60].copy_from_slice(&108_u32.to_le_bytes());
        header.extend_from_slice(&note);
        let comment = record(70, b"\x08\0\0\0C:\\Users");
        let mut plus = record(70, b"\x20\0\0\0EMF+");
        plus.extend_from_slice(b"\x03\x40\0\0\x18\0\0\0\x0C\0\0\0C:\\Users\\zhang");
        let size = u32::try_from(plus.len()).expect("small");
        plus[4..8].copy_from_slice(&size.to_le_bytes());
        [record(1, &header), comment, plus, record(54, &[1; 8]), record(14, &[0; 12])].concat()
    }

    #[test]
    fn an_emf_keeps_what_draws() {
        let clean = clean(&sample()).expect("an EMF");
        assert!(
            memchr::memmem::find(&clean, b"Users").is_none()
                && memchr::memmem::find(&clean, b"W\0o\0").is_none()
        );
        assert!(memchr::memmem::find(&clean, &record(54, &[1; 8])).is_some());
        assert_eq!(long(&clean, 48), u32::try_from(clean.len()).ok());
        assert_eq!(long(&clean, 52), Some(4));
        assert_eq!(super::clean(&clean), Some(clean));
    }

    #[test]
    fn a_wmf_keeps_what_draws() {
        let words = |kind: u16, data: &[u8]| {
            let size = u32::try_from(data.len() / 2 + 3).expect("small");
            [&size.to_le_bytes()[..], &kind.to_le_bytes(), data].concat()
        };
        let mut head = vec![1, 0, 9, 0, 0, 3];
        head.resize(18, 0);
        let bytes = [head, words(0x0626, b"C:\\Users"), words(0x0213, &[1; 4]), words(0, &[])].concat();
        let clean = clean(&bytes).expect("a WMF");
        assert!(memchr::memmem::find(&clean, b"Users").is_none());
        assert!(memchr::memmem::find(&clean, &words(0x0213, &[1; 4])).is_some());
    }

    #[test]
    fn what_is_broken_is_no_metafile() {
        let whole = sample();
        for len in 0..whole.len() {
            let _ = clean(&whole[..len]);
        }
        assert_eq!(clean(b"BM"), None);
        let gz = |bytes: &[u8]| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::default());
            packer.write_all(bytes).expect("memory");
            packer.finish().expect("memory")
        };
        assert!(clean(&gz(&whole)).is_some());
        assert_eq!(clean(&gz(&gz(&whole))), None);
    }
}
