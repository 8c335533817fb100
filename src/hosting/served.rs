//! What a server has to say of a file, and when the file is put.

use crate::path::{UNKNOWN, content_type, is_text};
use crate::text::is_hex;

/// What follows from a file's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    /// `Content-Type`, with its charset where it is a text.
    pub media_type: &'static str,
    /// For how long it may be kept without asking.
    pub cache: Cache,
    /// When it is put.
    pub phase: Phase,
}

/// For how long a file may be kept without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cache {
    /// For ever: its name changes with its bytes.
    Immutable,
    /// For an hour. Parts of the search index are named after a hash of three
    /// characters only, too few to promise more.
    Hour,
    /// Kept, but asked for each time.
    Revalidate,
}

impl Cache {
    /// The value of `Cache-Control` (RFC 9111, RFC 8246).
    pub fn control(self) -> &'static str {
        match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Hour => "public, max-age=3600",
            Self::Revalidate => "no-cache",
        }
    }

    /// Its name in manifests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Immutable => "immutable",
            Self::Hour => "hour",
            Self::Revalidate => "revalidate",
        }
    }
}

/// When a file is put, in this order, each phase ended before the next begins.
/// So no page that readers see needs a file that is not there yet, and no list
/// or feed names a page that is not there yet. Files that go are deleted after
/// the last phase, when nothing names them any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// What pages need: styles, scripts, pictures, materials, the search index.
    Assets,
    /// Pages that lists link to.
    Pages,
    /// Pages that list others.
    Lists,
    /// Feeds, the sitemap, `robots.txt`: what announces pages to machines.
    Announcements,
}

impl Phase {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Assets, Self::Pages, Self::Lists, Self::Announcements];
}

/// How the names of texts that are packed beforehand end.
pub const PACKINGS: [&str; 2] = ["gz", "br"];

/// Whether the file at `path` is a text, which is worth packing.
pub fn is_packable(path: &str) -> bool {
    content_type(extension(file_name(path))).is_some_and(is_text)
}

/// What a packed text is of: `a.html` for `a.html.gz`.
fn unpacked(path: &str) -> Option<&str> {
    let (of, ending) = path.rsplit_once('.')?;
    (PACKINGS.contains(&ending) && is_packable(of)).then_some(of)
}

/// What a server has to say of the file at `path`, and when it is put.
pub fn served(path: &str) -> Served {
    if let Some(of) = unpacked(path) {
        // Asked for by its own name; servers that send it in place of the text
        // say the text's type.
        let media_type = if path.ends_with("gz") { "application/gzip" } else { UNKNOWN };
        return Served { media_type, ..served(of) };
    }
    let name = file_name(path);
    let extension = extension(name);
    let media_type = content_type(extension).unwrap_or(UNKNOWN);
    Served { media_type, cache: cache(path, name, extension), phase: phase(path, name, extension) }
}

fn cache(path: &str, name: &str, extension: &str) -> Cache {
    if path.starts_with("assets/") && is_fingerprinted(path) {
        Cache::Immutable
    } else if path.starts_with("search/") && extension == "js" && has_search_hash(name) {
        Cache::Hour
    } else {
        Cache::Revalidate
    }
}

fn phase(path: &str, name: &str, extension: &str) -> Phase {
    match extension {
        "html" if is_list(path, name) => Phase::Lists,
        "html" => Phase::Pages,
        "atom" | "rss" | "xml" => Phase::Announcements,
        "json" if name.starts_with("feed") => Phase::Announcements,
        "txt" if name == "robots.txt" => Phase::Announcements,
        _ => Phase::Assets,
    }
}

/// Whether a page lists others, as far as its name says: the home page and
/// those beside it, `index.html` of a section, `page-2.html`.
fn is_list(path: &str, name: &str) -> bool {
    let stem = name.strip_suffix(".html").unwrap_or(name);
    crate::path::is_list_page(stem) || path == name
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Whether a hash of eight hexadecimal digits stands in the file's name:
/// `gazette.5f0c1a2b.css`, `press.5ce68024.480.webp`.
pub fn is_fingerprinted(path: &str) -> bool {
    let mut parts = file_name(path).split('.');
    parts.next();
    parts.any(is_fingerprint)
}

/// Whether a part of a file's name is such a hash.
pub fn is_fingerprint(part: &str) -> bool {
    part.len() == 8 && is_hex(part)
}

/// `k4e8e94fa-qfs.js`, `t0-a1b.js`: the parts of the search index that are
/// named after their bytes.
fn has_search_hash(name: &str) -> bool {
    name.strip_suffix(".js")
        .and_then(|stem| stem.rsplit_once('-'))
        .is_some_and(|(_, hash)| hash.len() == 3 && hash.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether a file that the site no longer has stays for a while, for pages that
/// were opened before and for caches: styles, scripts and fonts of the theme.
///
/// Not so photos, materials, or parts of the search index: what was withdrawn
/// or blurred must be gone at once.
pub fn outlives_its_release(path: &str) -> bool {
    const OF_THE_THEME: [&str; 6] = ["css", "js", "mjs", "woff", "woff2", "ttf"];
    let path = unpacked(path).unwrap_or(path);
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let deeper = path.strip_prefix("assets/").is_none_or(|name| name.contains('/'));
    !deeper && is_fingerprinted(path) && OF_THE_THEME.contains(&extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_by_its_path() {
        use Cache::{Hour, Immutable, Revalidate};
        use Phase::{Announcements, Assets, Lists, Pages};
        let check = |path: &str, media_type: &str, cache: Cache, phase: Phase| {
            let served = served(path);
            assert_eq!((served.cache, served.phase), (cache, phase), "{path}");
            assert_eq!(served.media_type.split(';').next(), Some(media_type), "{path}");
        };
        check("index.html", "text/html", Revalidate, Lists);
        check("404.html", "text/html", Revalidate, Lists);
        check("news/index.html", "text/html", Revalidate, Lists);
        check("news/page-2.html", "text/html", Revalidate, Lists);
        check("news/page-a.html", "text/html", Revalidate, Pages);
        check("news/a000001.html", "text/html", Revalidate, Pages);
        check("assets/gazette.b645e2d2.css", "text/css", Immutable, Assets);
        check("assets/photos/press.5ce68024.480.webp", "image/webp", Immutable, Assets);
        check("assets/files/tong-zhi.174ac3fe.ofd", "application/ofd", Immutable, Assets);
        check("progress.css", "text/css", Revalidate, Assets);
        check("search/index.js", "text/javascript", Revalidate, Assets);
        check("search/k4e8e94fa-qfs.js", "text/javascript", Hour, Assets);
        check("booklets/a.epub", "application/epub+zip", Revalidate, Assets);
        check("feed.atom", "application/atom+xml", Revalidate, Announcements);
        check("feed.json", "application/json", Revalidate, Announcements);
        check("sitemap.xml", "application/xml", Revalidate, Announcements);
        check("robots.txt", "text/plain", Revalidate, Announcements);
        check("films/OPEN.OGV", "video/ogg", Revalidate, Assets);
        check("static.unknown", "application/octet-stream", Revalidate, Assets);
        check("x.5ce68024.css", "text/css", Revalidate, Assets);
        check("news/a000001.html.gz", "application/gzip", Revalidate, Pages);
        check("feed.atom.br", "application/octet-stream", Revalidate, Announcements);
        check("assets/gazette.b645e2d2.css.gz", "application/gzip", Immutable, Assets);
        check("assets/files/a.174ac3fe.gz", "application/gzip", Immutable, Assets);
    }

    #[test]
    fn only_the_theme_outlives_its_release() {
        for path in [
            "assets/gazette.b645e2d2.css",
            "assets/gazette.b645e2d2.css.br",
            "assets/early.5bdec01e.js",
            "assets/fonts-gazette.17f0dc1b.woff2",
        ] {
            assert!(outlives_its_release(path), "{path}");
        }
        for path in [
            "assets/photos/press.5ce68024.480.webp",
            "assets/files/a.174ac3fe.docx",
            "search/k4e8e94fa-qfs.js",
            "assets/gazette.css",
            "news/b645e2d2.html",
            "news/x.b645e2d2.js",
        ] {
            assert!(!outlives_its_release(path), "{path}");
        }
    }
}
