//! Programs and scripts: by name, and by what stands in them.
//!
//! Names are those that Windows runs on a double click; bytes are what every
//! system runs, whatever it is called.

/// Extensions that Windows runs on a double click.
const EXTENSIONS: [&str; 26] = [
    "exe", "com", "scr", "pif", "bat", "cmd", "msi", "msp", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta",
    "ps1", "lnk", "jar", "reg", "cpl", "dll", "sct", "url", "apk", "appx", "msix",
];

/// Whether a file of that name is a program.
pub(super) fn by_name(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').is_some_and(|(_, extension)| {
        EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension.trim_end()))
    })
}

/// Whether a program for Windows stands in `bytes`: each has this sentence
/// behind its `MZ`.
pub(super) fn by_bytes(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"!This program cannot be run in DOS mode").is_some()
        || by_magic(bytes).is_some()
}

/// What program a file is that begins so.
pub(super) fn by_magic(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let mach = [b"\xFE\xED\xFA\xCE", b"\xFE\xED\xFA\xCF", b"\xCE\xFA\xED\xFE", b"\xCF\xFA\xED\xFE"];
    Some(match () {
        // A text may begin with MZ; a program's header has other bytes soon.
        () if starts(b"MZ") && bytes.iter().take(64).any(|byte| *byte < 9) => "EXE",
        () if starts(b"\x7FELF") => "ELF",
        () if mach.iter().any(|magic| starts(*magic)) => "Mach-O",
        () if starts(b"\xCA\xFE\xBA\xBE") => "Java",
        () if starts(b"dex\n03") => "Android",
        () if starts(b"\0asm\x01\0\0\0") => "WebAssembly",
        () if starts(b"\x4C\0\0\0\x01\x14\x02\0") => "LNK",
        () if starts(b"!<arch>\ndebian") => "deb",
        () if starts(b"\xED\xAB\xEE\xDB") => "rpm",
        () if matches!(bytes, [b'F' | b'C' | b'Z', b'W', b'S', 1..=50, ..]) => "Flash",
        () => return None,
    })
}

/// What script a text is that begins so, blanks apart.
pub(super) fn by_text(text: &str) -> Option<&'static str> {
    let line = text.lines().next().unwrap_or_default().trim();
    let begins = |word: &str| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let lower = || text.to_ascii_lowercase();
    Some(match () {
        () if text.starts_with("#!") => "Shell",
        () if begins("@echo off") || begins("@echo on") || begins("@chcp") => "BAT",
        () if begins("<?php") || begins("<%@") => "PHP",
        () if begins("Windows Registry Editor") || line == "REGEDIT4" => "REG",
        () if begins("[InternetShortcut]") => "URL",
        () if begins("<job") || begins("<package>") || begins("<scriptlet") => "WSF",
        () if lower().contains("<hta:application") => "HTA",
        () if lower().contains("createobject(\"wscript.shell\")") => "VBScript",
        () => return None,
    })
}
