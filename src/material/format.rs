//! What a file is, by its bytes.
//!
//! A name says what somebody thought; the bytes say what will be published. So
//! a web page saved as `.doc`, a program called `.txt` and a workbook of 1992
//! are known for what they are. [`Format::of`] takes the whole file, or its
//! beginning where that is all there is, and gives one answer.
//!
//! Sources: MS-DOC and MS-XLS for the first bytes of Office files before OLE,
//! RFC 2557 for MHT, ISO/IEC 26300 for flat OpenDocument; what is only named
//! comes from the crate `infer`.

use std::borrow::Cow;

use super::executable;
use crate::html::{Within, decode_references};
use crate::photo;
use crate::source::decoded;

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// A PDF.
    Pdf,
    /// A ZIP: office documents of today, OFD, EPUB, files packed together.
    Zip,
    /// A compound file: office documents from 1995 to 2003 (MS-CFB).
    Compound,
    /// A picture, or what the photo room knows as one.
    Picture,
    /// A document that is not opened; its name among people. Its text is
    /// looked through for numbers all the same.
    Marked(&'static str),
    /// A document that is not opened and whose text can't be seen.
    Closed(&'static str),
    /// A program or a script; what it is.
    Program(&'static str),
    /// Text without marks of its own.
    Text,
    /// Something else, as far as it can be named.
    Unknown(Option<String>),
}

/// How much of a text is looked at to see what it is, in bytes.
const HEAD: usize = 4096;

impl Format {
    /// What the file of these bytes is.
    pub(super) fn of(bytes: &[u8]) -> Self {
        if is_pdf(bytes) {
            return Self::Pdf;
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return Self::Compound;
        }
        if let Some(program) = executable::by_magic(bytes) {
            return Self::Program(program);
        }
        if let Some(closed) = closed(bytes) {
            return Self::Closed(closed);
        }
        if photo::begins_picture(bytes) {
            return Self::Picture;
        }
        let text = decoded(bytes.get(..HEAD).unwrap_or(bytes));
        textual(&text).unwrap_or_else(|| Self::Unknown(seems(bytes)))
    }
}

/// What a file of `content/static/` is, which is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Static {
    /// What belongs on a site and has nothing to be read: a font, a script.
    Plain,
    /// Text, pages.
    Text,
    /// A program.
    Program,
    /// A document, or what nobody here knows: what is in it is published
    /// unseen. Its name, where it has one.
    Unseen {
        /// `PDF`, `ZIP`.
        kind: Option<String>,
    },
}

/// What `infer` calls fonts, videos and sounds.
const OF_SITES: [&str; 20] = [
    "TTF", "OTF", "WOFF", "WOFF2", "EOT", "TTC", "MP4", "M4V", "WEBM", "MOV", "MKV", "MP3", "M4A", "AAC",
    "OGG", "OPUS", "WAV", "FLAC", "ICO", "AVIF",
];

impl Static {
    /// What the file is that begins so and was named with `extension` (lower
    /// case).
    pub fn of(extension: &str, head: &[u8]) -> Self {
        let unseen = |kind: &str| Self::Unseen { kind: Some(kind.to_owned()) };
        if head.is_empty() {
            return Self::Plain;
        }
        let is_script = matches!(extension, "js" | "mjs" | "css" | "map");
        match Format::of(head) {
            Format::Program(_) => Self::Program,
            Format::Text | Format::Marked("HTML" | "XML") if is_script => Self::Plain,
            _ if executable::by_name(&format!("x.{extension}")) => Self::Program,
            Format::Text | Format::Marked("HTML" | "XML") => Self::Text,
            Format::Picture => Self::Plain,
            Format::Pdf => unseen("PDF"),
            Format::Zip | Format::Compound => unseen(&extension.to_uppercase()),
            Format::Marked(name) | Format::Closed(name) => unseen(name),
            Format::Unknown(Some(name)) if OF_SITES.contains(&name.as_str()) => Self::Plain,
            Format::Unknown(kind) => Self::Unseen { kind },
        }
    }
}

pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    // Readers accept a few bytes before the header (ISO 32000-2, annex I).
    bytes.get(..1024).unwrap_or(bytes).windows(5).any(|window| window == b"%PDF-")
}

/// Formats whose text nobody here can see.
fn closed(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    Some(match () {
        // The numbers that Word's files began with until 1993.
        () if starts(b"\xDB\xA5") || starts(b"\x9B\xA5") || starts(b"\xFE\x37") => "Word 2",
        () if starts(b"\x31\xBE\0\0") || starts(b"\x32\xBE\0\0") => "Write",
        // The record that a sheet begins with: its number, its length.
        () if starts(b"\x09\0\x04\0") || starts(b"\x09\x02\x06\0") || starts(b"\x09\x04\x06\0") => {
            "Excel 2–4"
        }
        () if starts(b"\x09\x08\x08\0") || starts(b"\x09\x08\x10\0") => "Excel 5",
        () if starts(b"Rar!\x1A\x07") => "RAR",
        () if starts(b"7z\xBC\xAF\x27\x1C") => "7z",
        () if starts(b"\x1F\x8B") => "gzip",
        () if starts(b"BZh") && bytes.get(4..10) == Some(b"1AY&SY") => "bzip2",
        () if starts(b"\xFD7zXZ\0") => "xz",
        () if starts(b"MSCF\0\0\0\0") => "CAB",
        () if bytes.get(257..262) == Some(b"ustar") => "TAR",
        () if starts(b"ITSF") => "CHM",
        () if starts(b"AT&TFORM") => "DjVu",
        () if bytes.get(60..68) == Some(b"BOOKMOBI") => "MOBI",
        () if starts(b"HWP Document File") => "HWP",
        () if starts(b"SQLite format 3\0") => "SQLite",
        () => return None,
    })
}

/// What a text is; `None` for bytes that are none.
fn textual(text: &str) -> Option<Format> {
    let odd = |c: char| c == char::REPLACEMENT_CHARACTER || (c.is_control() && !is_layout(c));
    // The last character may have been cut in two.
    let count = text.chars().filter(|c| odd(*c)).count();
    let whole = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
    if count > 0 && whole.chars().any(odd) {
        return None;
    }
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if let Some(script) = executable::by_text(start) {
        return Some(Format::Program(script));
    }
    if start.starts_with("{\\rtf") {
        return Some(Format::Marked("RTF"));
    }
    if let Some(message) = message(start) {
        return Some(Format::Marked(message));
    }
    Some(match element(start) {
        Some(name) => marked(&name, text),
        None => Format::Text,
    })
}

/// Control characters that texts have: line ends, tabs, a form's feed, and the
/// one that old systems end a file with.
fn is_layout(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{1B}' | '\u{85}')
}

/// The name of the first element of a marked text, in lower case, behind what
/// may stand before it.
fn element(text: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let inner = rest.strip_prefix('<')?;
        let end = match inner.get(..3) {
            Some("!--") => "-->",
            _ if inner.starts_with('?') => "?>",
            _ if inner.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype")) => {
                let html = inner.get(8..)?.trim_start().get(..4)?.eq_ignore_ascii_case("html");
                if html {
                    return Some("html".to_owned());
                }
                ">"
            }
            _ => break,
        };
        rest = rest.split_once(end)?.1;
    }
    let name: String =
        rest.chars().skip(1).take_while(|c| c.is_ascii_alphanumeric() || ":-_.".contains(*c)).collect();
    let goes_on = rest.chars().nth(name.chars().count() + 1);
    let is_tag = goes_on.is_some_and(|c| c.is_whitespace() || matches!(c, '>' | '/'));
    (is_tag && !name.is_empty()).then(|| name.to_lowercase())
}

/// What a text is that begins with the element `name`.
fn marked(name: &str, text: &str) -> Format {
    let local = name.rsplit(':').next().unwrap_or(name);
    Format::Marked(match local {
        "html" | "head" | "body" | "title" | "meta" | "table" | "div" | "p" | "script" | "style"
        | "center" | "font" | "h1" | "br" | "link" => "HTML",
        "worddocument" => "Word 2003 XML",
        "workbook" if text.contains("office:spreadsheet") => "Excel 2003 XML",
        "package" if name == "pkg:package" => "Word XML",
        "document" if name.starts_with("office:") => "OpenDocument XML",
        "svg" => return Format::Picture,
        _ => "XML",
    })
}

/// A message of several parts: a page saved by a browser, or a letter.
fn message(text: &str) -> Option<&'static str> {
    let head = text.split("\n\n").next().unwrap_or(text).split("\r\n\r\n").next().unwrap_or(text);
    let mut lines = head.lines();
    let is_field = |line: &str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            })
    };
    let lower = head.to_ascii_lowercase();
    let known = lower.contains("mime-version:") && lower.contains("content-type:");
    if !known || !lines.next().is_some_and(is_field) {
        return None;
    }
    let is_letter = lower.lines().any(|line| line.starts_with("to:") || line.starts_with("received:"));
    let is_page = lower.contains("multipart/related") || lower.contains("text/html");
    Some(if is_page && !is_letter { "MHT" } else { "EML" })
}

/// What a file of other bytes seems to be, in capitals.
fn seems(bytes: &[u8]) -> Option<String> {
    Some(infer::get(bytes)?.extension().to_uppercase())
}

/// The words of a marked text: without its tags, entities resolved, each
/// element that is not part of a line a line of its own.
pub(super) fn words(name: &str, bytes: &[u8]) -> String {
    let text = decoded(bytes);
    match name {
        "RTF" => rtf(&text),
        // A soft line break of quoted-printable (RFC 2045, 6.7).
        "MHT" | "EML" => without_tags(&text.replace("=\r\n", "").replace("=\n", "")),
        _ => without_tags(&text),
    }
}

/// Elements that stand within a line.
const INLINE: [&str; 20] = [
    "a",
    "b",
    "i",
    "u",
    "s",
    "r",
    "t",
    "em",
    "strong",
    "span",
    "font",
    "ins",
    "del",
    "sub",
    "sup",
    "o:p",
    "w:r",
    "w:t",
    "text:span",
    "text:s",
];

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.trim_start_matches('/').split([' ', '/', '\n', '\t', '\r']).next().unwrap_or_default();
        if !INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name)) {
            out.push('\n');
        }
        // What attributes say is published too: addresses, alternative texts.
        for value in tag.split('"').skip(1).step_by(2).filter(|value| value.len() < 512) {
            out.push_str(value);
            out.push('\n');
        }
        rest = behind;
    }
    out.push_str(rest);
    entities(&out)
}

/// Character references as characters; spaces of any width as a space, and what
/// only joins or parts letters as a soft hyphen.
fn entities(text: &str) -> String {
    let plain = |c| match c {
        '\u{A0}' | '\u{2002}' | '\u{2003}' => ' ',
        '\u{200C}' | '\u{200D}' => '\u{AD}',
        c => c,
    };
    match decode_references(text, Within::Content) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text.chars().map(plain).collect(),
    }
}

/// RTF without its control words; `\par`, `\cell`, `\row` end a line.
fn rtf(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' | '\r' | '\n' => {}
            '\\' => {
                let mut word = String::new();
                while let Some(letter) = chars.next_if(char::is_ascii_alphabetic) {
                    word.push(letter);
                }
                let mut number = String::new();
                if !word.is_empty() {
                    while let Some(digit) = chars.next_if(|c| c.is_ascii_digit() || *c == '-') {
                        number.push(digit);
                    }
                    let _blank = chars.next_if_eq(&' ');
                }
                match word.as_str() {
                    "par" | "line" | "cell" | "row" | "sect" | "page" | "tab" => out.push('\n'),
                    "u" => {
                        let code = number.parse::<i32>().ok().map(|code| code.rem_euclid(0x1_0000));
                        out.extend(code.and_then(|code| char::from_u32(u32::try_from(code).ok()?)));
                    }
                    // `\'b0` is a byte, `\~` a blank.
                    "" => match chars.next() {
                        Some('\'') => drop((chars.next(), chars.next())),
                        Some('~') => out.push(' '),
                        _ => {}
                    },
                    _ => {}
                }
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &Format) {
        assert_eq!(Format::of(bytes), *expected, "{}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn bytes_say_what_a_file_is() {
        use Format::*;
        check(b"%PDF-1.7\n", &Pdf);
        check(b"\xDB\xA5\x2D\0\0\0", &Closed("Word 2"));
        check(b"\x09\x04\x06\0\0\x04\x10\0", &Closed("Excel 2–4"));
        check(b"{\\rtf1\\ansi \\u23398?}", &Marked("RTF"));
        check("\u{FEFF}\r\n<!-- 甲 --><HTML><head>".as_bytes(), &Marked("HTML"));
        check(b"<!DOCTYPE html PUBLIC \"-//W3C\"><x>", &Marked("HTML"));
        check(b"<table border=1><tr>", &Marked("HTML"));
        check(b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>\n<w:wordDocument xmlns:w=\"x\">", &Marked("Word 2003 XML"));
        check(
            b"<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            &Marked("Excel 2003 XML"),
        );
        check(b"<?xml version='1.0'?><office:document xmlns:office='x'>", &Marked("OpenDocument XML"));
        check(b"<kml xmlns='x'>", &Marked("XML"));
        check(
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x",
            &Marked("MHT"),
        );
        check(
            b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: text/plain\n\nx",
            &Marked("EML"),
        );
        check("<一> 甲\n".as_bytes(), &Text);
        check("学习计划\r\n一、\t学习\r\n".as_bytes(), &Text);
        check(b"\xD1\xA7\xCF\xB0\xBC\xC6\xBB\xAE", &Text);
        check(b"MZ\x90\0\x03\0\0\0\x04", &Program("EXE"));
        check(b"\x7FELF\x02\x01\x01", &Program("ELF"));
        check(b"#!/bin/sh\nrm x\n", &Program("Shell"));
        check(b"@echo off\r\ndir", &Program("BAT"));
        check(b"<?php echo 1;", &Program("PHP"));
        check(b"\0\x01\0\0\0\x0C\0\x80\0\x03\0\x40", &Unknown(Some("TTF".to_owned())));
        check(b"\x01\x02\x03\x04\x05", &Unknown(None));
    }

    #[test]
    fn words_stand_without_their_marks() {
        assert_eq!(words("HTML", b"<p>139<b>1234</b>5678&nbsp;x</p><td>1</td>").trim(), "13912345678 x\n\n1");
        assert_eq!(words("RTF", b"{\\rtf1 139{\\b 1234}5678\\par \\u24352 x}"), "13912345678\n张x");
        assert_eq!(words("MHT", b"<p>139=\r\n12345678</p>").trim(), "13912345678");
        assert_eq!(words("XML", b"<a href=\"tel:13912345678\">x</a>").trim(), "tel:13912345678\nx");
    }
}
