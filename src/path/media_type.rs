//! What a file is, by the extension of its name: what servers say of it, pages
//! announce, and the preview sends.
//!
//! Media types are those registered with IANA, but for WPS's own formats, which
//! have none: theirs are what WPS itself registers on a desktop.

/// Of what is not known.
const UNKNOWN: &str = "application/octet-stream";

/// Extension → `Content-Type`: every kind of file that is written, and those
/// that materials may be. Texts say their charset, or browsers in China guess
/// GBK.
pub const CONTENT_TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("map", "application/json; charset=utf-8"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("xsl", "text/xsl; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("ico", "image/x-icon"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("aac", "audio/aac"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("flac", "audio/flac"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mov", "video/quicktime"),
    ("epub", "application/epub+zip"),
    ("pdf", "application/pdf"),
    ("ofd", "application/ofd"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("wps", "application/wps-office.wps"),
    ("et", "application/wps-office.et"),
    ("dps", "application/wps-office.dps"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("rtf", "application/rtf"),
    ("zip", "application/zip"),
    ("7z", "application/x-7z-compressed"),
    ("rar", "application/vnd.rar"),
    ("gz", "application/gzip"),
    ("wasm", "application/wasm"),
];

/// The `Content-Type` of the file called `name`, with the charset of texts.
pub fn content_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = CONTENT_TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    known.map_or(UNKNOWN, |(_, media_type)| media_type)
}

/// The media type alone of the file called `name`.
pub fn media_type(name: &str) -> &'static str {
    let whole = content_type(name);
    whole.split_once(';').map_or(whole, |(essence, _)| essence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_extension_stands_once_and_texts_say_their_charset() {
        let mut names: Vec<&str> = CONTENT_TYPES.iter().map(|(extension, _)| *extension).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CONTENT_TYPES.len());
        let is_said =
            |(_, whole): &&(&str, &str)| !whole.starts_with("text/") || whole.ends_with("; charset=utf-8");
        assert_eq!(CONTENT_TYPES.iter().find(|row| !is_said(row)), None);
    }

    #[test]
    fn types_go_by_the_last_extension_in_any_case() {
        let both = |name: &str| (content_type(name), media_type(name));
        assert_eq!(both("通知.OFD"), ("application/ofd", "application/ofd"));
        assert_eq!(both("a.tar.svg"), ("image/svg+xml; charset=utf-8", "image/svg+xml"));
        assert_eq!(both("verify"), (UNKNOWN, UNKNOWN));
    }
}
