//! Names in addresses that the site has for itself.
//!
//! Every room asks here, so that no two of them disagree about a name.

/// Pages and folders that the site makes at its root.
const ROOT: [&str; 14] = [
    "archive",
    "assets",
    "booklets",
    "feed",
    "index",
    "ledger",
    "materials",
    "people",
    "phases",
    "photos",
    "search",
    "series",
    "topics",
    "units",
];

/// Folders that the site fills.
pub const OWN_FOLDERS: [&str; 9] =
    ["archive", "assets", "booklets", "people", "phases", "search", "series", "topics", "units"];

/// Feeds, of the column and of each section.
const FEEDS: [&str; 3] = ["feed.atom", "feed.json", "feed.rss"];

/// Further files at the root; of a large site `sitemap-1.xml` too.
const FILES: [&str; 3] = ["progress.css", "robots.txt", "sitemap.xml"];

/// Whether the site fills the folder of this name at its root.
pub fn is_own_folder(name: &str) -> bool {
    OWN_FOLDERS.contains(&name)
}

/// Whether the site makes, or may make, a file of this name at its root:
/// `photos.html`, `feed.rss`, `robots.txt`.
pub fn is_own_file(name: &str) -> bool {
    let numbered = |name: &str| name.strip_suffix(".xml").is_some_and(is_number);
    name.strip_suffix(".html").is_some_and(is_reserved_page)
        || FEEDS.contains(&name)
        || FILES.contains(&name)
        || name.strip_prefix("sitemap-").is_some_and(numbered)
}

/// The same of a file in a section's folder: `index.html`, `page-2.html`.
pub fn is_own_file_of_section(name: &str) -> bool {
    let list = |stem: &str| stem != "feed" && is_list_page(stem);
    name.strip_suffix(".html").is_some_and(list) || FEEDS.contains(&name)
}

/// Whether a folder at the root may not be called so: `photos`, `page-2`.
/// `static` is the folder of files that are published as they are.
pub fn is_reserved_folder(name: &str) -> bool {
    name == "static" || ROOT.contains(&name) || is_list_page(name)
}

/// Whether a page at the root may not be called so: `photos`, `404`.
pub fn is_reserved_page(name: &str) -> bool {
    name == "404" || ROOT.contains(&name)
}

/// Whether a list has a page or file of this name beside its pieces: `index`,
/// `feed`, `page-2`.
pub fn is_list_page(name: &str) -> bool {
    name == "index" || name == "feed" || name.strip_prefix("page-").is_some_and(is_number)
}

/// Whether some list may have a page of this name: [`is_list_page`], and
/// `x-page-2` beside `x`.
pub fn is_any_list_page(name: &str) -> bool {
    let numbered = |(head, digits): (&str, &str)| is_number(digits) && head.ends_with("-page");
    is_list_page(name) || name.rsplit_once('-').is_some_and(numbered)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_reserved_alike_everywhere() {
        for (name, folder, page, list, any) in [
            ("photos", true, true, false, false),
            ("static", true, false, false, false),
            ("404", false, true, false, false),
            ("index", true, true, true, true),
            ("page-2", true, false, true, true),
            // Without a number it is nobody's: two of four copies said otherwise.
            ("page-", false, false, false, false),
            ("page-b", false, false, false, false),
            ("x-page-2", false, false, false, true),
            ("-page-2", false, false, false, true),
            ("news", false, false, false, false),
        ] {
            assert_eq!(is_reserved_folder(name), folder, "{name}");
            assert_eq!(is_reserved_page(name), page, "{name}");
            assert_eq!(is_list_page(name), list, "{name}");
            assert_eq!(is_any_list_page(name), any, "{name}");
        }
    }

    #[test]
    fn files_of_the_site_are_its_own() {
        for (name, at_root, in_section) in [
            ("index.html", true, true),
            ("feed.atom", true, true),
            ("404.html", true, false),
            ("robots.txt", true, false),
            ("sitemap.xml", true, false),
            // These two were nobody's, and a file of the column could take their place.
            ("progress.css", true, false),
            ("sitemap-2.xml", true, false),
            ("sitemap-a.xml", false, false),
            ("page-2.html", false, true),
            // Without a number it is nobody's: one copy said otherwise.
            ("page-b.html", false, false),
            ("about.html", false, false),
        ] {
            assert_eq!(is_own_file(name), at_root, "{name}");
            assert_eq!(is_own_file_of_section(name), in_section, "{name}");
        }
        for folder in OWN_FOLDERS {
            assert!(is_reserved_folder(folder), "{folder}");
        }
    }
}
