//! One frame of Zstandard, against a prefix that both sides have.

use std::io::{self, BufRead, Read, Write};

use zstd::stream::raw;
use zstd::stream::{read, write};

/// What a frame may be against, in bytes; longer ones would need too much
/// memory on both sides.
pub(super) const MOST_PREFIX: u64 = 64 << 20;

/// The largest window that decoders take without being asked (RFC 8878 names 8
/// MiB as what all must; ours takes 128).
const MOST_WINDOW: u32 = 27;

/// Packs `size` bytes of `from`.
///
/// # Errors
/// What one of the streams said, or that `from` has another length.
pub(super) fn pack(
    from: &mut dyn Read,
    size: u64,
    prefix: &[u8],
    level: i32,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut encoder = raw::Encoder::with_ref_prefix(level, prefix)?;
    encoder.set_pledged_src_size(Some(size))?;
    encoder.set_parameter(raw::CParameter::ContentSizeFlag(false))?;
    encoder.set_parameter(raw::CParameter::ChecksumFlag(false))?;
    if !prefix.is_empty() {
        // The window must reach back to where the prefix begins.
        let reach = size.saturating_add(prefix.len() as u64);
        let log = u64::BITS - reach.leading_zeros();
        encoder.set_parameter(raw::CParameter::WindowLog(log.clamp(10, MOST_WINDOW)))?;
    }
    let mut encoder = write::Encoder::with_encoder(out, encoder);
    io::copy(from, &mut encoder)?;
    encoder.finish().map(drop)
}

/// Unpacks one frame into `out`, at most `most` bytes, and returns how many it
/// had. `from` then stands behind it.
///
/// # Errors
/// What one of the streams said, that this is no such frame, or that it has
/// more.
pub(super) fn unpack(
    from: &mut dyn BufRead,
    prefix: &[u8],
    most: u64,
    out: &mut dyn Write,
) -> io::Result<u64> {
    let mut decoder = read::Decoder::with_ref_prefix(from, prefix)?.single_frame();
    let len = io::copy(&mut decoder.by_ref().take(most), out)?;
    // What is left of it, an end mark at the least, is read too.
    match io::copy(&mut decoder.take(1), &mut io::sink())? {
        0 => Ok(len),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "longer than announced")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_follow_each_other() {
        let old: Vec<u8> =
            (0..60_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let mut new = old.clone();
        new.splice(1000..1010, *b"edited");
        let mut packed = Vec::new();
        let packs = [(&new[..], &old[..]), (b"", b""), (b"", b"x"), (b"abc", b"")];
        for (bytes, prefix) in packs {
            pack(&mut &*bytes, bytes.len() as u64, prefix, 19, &mut packed).unwrap();
        }
        assert!(packed.len() < 400, "{}", packed.len());
        let mut from = &packed[..];
        for (bytes, prefix) in packs {
            let mut out = Vec::new();
            let len = unpack(&mut from, prefix, bytes.len() as u64, &mut out).unwrap();
            assert_eq!((len, &out[..]), (bytes.len() as u64, bytes));
        }
        assert!(from.is_empty());
        assert!(unpack(&mut &packed[..], &old, 1000, &mut Vec::new()).is_err(), "a bomb");
        let wrong = pack(&mut &b"abc"[..], 4, b"", 3, &mut Vec::new());
        assert!(wrong.is_err(), "shorter than announced");
    }
}
