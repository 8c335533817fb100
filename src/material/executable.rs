//! Programs that come with a document.

/// Extensions that Windows runs on a double click.
const EXTENSIONS: [&str; 21] = [
    "exe", "com", "scr", "pif", "bat", "cmd", "msi", "msp", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta",
    "ps1", "lnk", "jar", "reg", "cpl", "dll",
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
        || (bytes.starts_with(b"MZ") && bytes.len() > 64)
}
