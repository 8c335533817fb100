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
}
