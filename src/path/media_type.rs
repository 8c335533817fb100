//! Media types by extension: the one table that pages, feeds, books, the
//! preview and the configurations of servers go by.
//!
//! **Invariant:** texts say their charset, or browsers in China guess GBK.

/// Extension (lower case) → `Content-Type`: every kind of file that is written,
/// those that materials may be, and those that `content/static/` may hold.
/// Names are IANA's where it has one; WPS Office registers its own.
pub const MEDIA_TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("xhtml", "application/xhtml+xml; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("map", "application/json; charset=utf-8"),
    ("geojson", "application/geo+json; charset=utf-8"),
    ("jsonld", "application/ld+json; charset=utf-8"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("dtd", "application/xml-dtd; charset=utf-8"),
    ("kml", "application/vnd.google-earth.kml+xml; charset=utf-8"),
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
    ("jpe", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("ico", "image/x-icon"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("eot", "application/vnd.ms-fontobject"),
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
    ("ts", "video/mp2t"),
    ("m3u8", "application/vnd.apple.mpegurl; charset=utf-8"),
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
    ("apk", "application/vnd.android.package-archive"),
];

/// The media type of every file whose kind nobody knows.
pub const UNKNOWN: &str = "application/octet-stream";

/// What goes with an extension, in any case, charset included.
pub fn content_type(extension: &str) -> Option<&'static str> {
    let known = MEDIA_TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    known.map(|(_, content_type)| *content_type)
}

/// What goes with an extension, in any case, without parameters.
pub fn media_type(extension: &str) -> Option<&'static str> {
    content_type(extension).map(without_parameters)
}

/// `text/html` of `text/html; charset=utf-8`.
pub fn without_parameters(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or(content_type)
}

/// Whether it says its charset, as that of every text does.
pub fn is_text(content_type: &str) -> bool {
    content_type.contains("charset")
}

/// The media type of a video or sound that browsers play by themselves; parts
/// of streams (MPEG-TS) they don't.
pub fn playable(extension: &str) -> Option<&'static str> {
    media_type(extension).filter(|media_type| {
        (media_type.starts_with("video/") || media_type.starts_with("audio/")) && *media_type != "video/mp2t"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extension_stands_once_and_in_lower_case() {
        let mut names: Vec<&str> = MEDIA_TYPES.iter().map(|(name, _)| *name).collect();
        assert!(names.iter().all(|name| *name == name.to_ascii_lowercase()));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn every_text_says_its_charset() {
        for (extension, content_type) in MEDIA_TYPES {
            let bare = without_parameters(content_type);
            let text = bare.starts_with("text/")
                || ["json", "xml", "javascript", "xml-dtd", "mpegurl"]
                    .iter()
                    .any(|kind| bare.ends_with(kind));
            assert_eq!(text, is_text(content_type), "{extension}");
        }
    }

    #[test]
    fn what_pages_announce_has_the_type_that_servers_are_told() {
        for (extension, expected) in [
            // Pages announced these, and no server was told of them.
            ("ogv", Some("video/ogg")),
            ("oga", Some("audio/ogg")),
            ("opus", Some("audio/ogg")),
            ("flac", Some("audio/flac")),
            // Raw ADTS, which was announced as MP4.
            ("aac", Some("audio/aac")),
            ("MP4", Some("video/mp4")),
            // Part of a stream, and a list of such parts.
            ("ts", None),
            ("m3u8", None),
            ("png", None),
            ("", None),
        ] {
            assert_eq!(playable(extension), expected, "{extension}");
        }
        // Two tables had two types for files of WPS Office.
        assert_eq!(media_type("wps"), Some("application/wps-office.wps"));
    }
}
