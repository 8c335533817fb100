//! Files that are no pictures for a browser, by name and by first bytes: so
//! that an editor hears what the file is, and not only what it isn't.

use memchr::memmem;

/// The name of a picture format that browsers don't show, by extension.
pub(super) fn by_extension(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "heic" | "heif" | "hif" => "HEIC",
        "tif" | "tiff" => "TIFF",
        "avif" => "AVIF",
        "bmp" | "dib" => "BMP",
        "psd" | "psb" => "Photoshop",
        "ai" | "eps" => "Illustrator",
        "cr2" | "cr3" | "crw" | "nef" | "nrw" | "arw" | "sr2" | "dng" | "orf" | "rw2" | "raf" | "pef"
        | "srw" | "raw" => "RAW",
        "jxl" => "JPEG XL",
        "jp2" | "j2k" => "JPEG 2000",
        "emf" | "wmf" => "EMF",
        _ => return None,
    })
}

/// The same by the first bytes, for a file that was merely renamed.
pub(super) fn by_bytes(bytes: &[u8]) -> Option<&'static str> {
    if let Some(brand) = bytes.get(4..12).and_then(|part| part.strip_prefix(b"ftyp")) {
        return match brand {
            b"avif" | b"avis" => Some("AVIF"),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Some("HEIC"),
            b"crx " => Some("RAW"),
            _ => None,
        };
    }
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    Some(match () {
        () if starts(b"II*\0") || starts(b"MM\0*") => "TIFF",
        () if starts(b"8BPS") => "Photoshop",
        // A bitmap's header says 40 or more bytes of itself at byte 14.
        () if starts(b"BM") && bytes.get(15..18) == Some(&[0, 0, 0]) => "BMP",
        () if starts(b"\xFF\x0A") || starts(b"\0\0\0\x0CJXL ") => "JPEG XL",
        () if starts(b"\0\0\0\x0CjP  ") => "JPEG 2000",
        () => return None,
    })
}

/// What a file that is no picture seems to be, where that is plain.
pub(super) fn seems(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let text = bytes.trim_ascii_start();
    let begins = |word: &[u8]| text.get(..word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word));
    Some(match () {
        () if starts(b"%PDF") => "PDF",
        () if starts(b"PK\x03\x04") => "ZIP",
        () if starts(b"\xD0\xCF\x11\xE0") => "Office 97–2003",
        () if starts(b"Rar!") => "RAR",
        () if begins(b"<!doctype html") || begins(b"<html") => "HTML",
        () if begins(b"{") || begins(b"[") => "JSON",
        () if bytes.iter().all(|byte| *byte == 0) => "0x00",
        () => return None,
    })
}

/// What a file begins as that no decoder can read.
pub(super) fn broken(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic) && bytes.len() > magic.len();
    Some(match () {
        () if starts(b"\xFF\xD8\xFF") => "JPEG",
        () if starts(b"\x89PNG\r\n\x1A\n") => "PNG",
        () if starts(b"GIF8") => "GIF",
        () if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => "WebP",
        () if starts(b"<svg") => "SVG",
        () => return None,
    })
}

/// What stands behind a picture's end, where it is meant for other programs.
/// Cameras leave much there that is harmless: previews, films of a moment.
pub(super) fn hidden(behind: &[u8]) -> Option<&'static str> {
    let has = |word: &[u8]| memmem::find(behind, word).is_some();
    // A folder of a ZIP's files ends it; four bytes alone also come by chance.
    if has(b"PK\x03\x04") && has(b"PK\x05\x06") {
        return Some("ZIP");
    }
    let text = [(&b"<script"[..], "HTML"), (b"<html", "HTML"), (b"<!doctype", "HTML"), (b"<?php", "PHP")];
    let lower = || behind.to_ascii_lowercase();
    let kinds = [
        (&b"%PDF-"[..], "PDF"),
        (b"Rar!\x1A\x07", "RAR"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
        (b"\x7FELF", "ELF"),
    ];
    let found = kinds.into_iter().find(|(word, _)| has(word));
    let found = found.or_else(|| {
        let lower = lower();
        text.into_iter().find(|(word, _)| memmem::find(&lower, word).is_some())
    });
    found.map(|(_, name)| name)
}
