//! The fixed places of pages that no file of the author names, and which words
//! they are called by.

use crate::config::Kind;
use crate::site::Taxonomy;

use super::local::Local;

/// The page of all phases.
pub(crate) const PHASES_PATH: &str = "phases/index.html";
/// The archive.
pub(crate) const ARCHIVE_PATH: &str = "archive/index.html";
/// The library.
pub(crate) const MATERIALS_PATH: &str = "materials.html";
/// The folder of the library's feeds.
pub(crate) const MATERIALS_FOLDER: &str = "materials";
/// The photo wall.
pub(crate) const PHOTOS_PATH: &str = "photos.html";
/// The ledgers.
pub(crate) const LEDGER_PATH: &str = "ledger.html";
/// Search.
pub(crate) const SEARCH_PATH: &str = "search.html";
/// Home.
pub(crate) const HOME_PATH: &str = "index.html";
/// All series.
pub(crate) const SERIES_PATH: &str = "series/index.html";

/// The word for a page without a file, where the menu has none of its own.
pub(crate) fn word_of(path: &str) -> &'static str {
    match path {
        HOME_PATH => "home",
        PHASES_PATH => "phases",
        ARCHIVE_PATH => "archive",
        MATERIALS_PATH => "materials",
        PHOTOS_PATH => "photos",
        LEDGER_PATH => "ledger",
        SERIES_PATH => "series",
        SEARCH_PATH => "search",
        "topics/index.html" => "topics",
        "units/index.html" => "units",
        "people/index.html" => "people",
        _ => "",
    }
}

/// Days of the week by their numbers, 1 for Monday: 周二、周四.
pub(crate) fn weekdays(local: &Local, days: &[i8]) -> String {
    let names: Vec<String> = days.iter().map(|day| local.text(&format!("weekday_short.{day}"))).collect();
    names.join(&local.text("comma"))
}

/// A taxonomy's name in addresses.
pub(crate) fn folder(taxonomy: Taxonomy) -> &'static str {
    match taxonomy {
        Taxonomy::Topics => "topics",
        Taxonomy::Units => "units",
        Taxonomy::Phases => "phases",
        Taxonomy::People => "people",
    }
}

/// The word for a taxonomy.
pub(crate) fn taxonomy(taxonomy: Taxonomy) -> &'static str {
    match taxonomy {
        Taxonomy::Phases => "phase",
        other => folder(other),
    }
}

/// How a file is marked: by its format's letters, or in words where it has none
/// that readers know.
pub(crate) fn mark(local: &Local, mark: &str) -> String {
    match mark {
        "图片" => local.text("kind.picture"),
        "文件" => local.text("kind.file"),
        letters => letters.to_owned(),
    }
}

/// A kind, as templates see it.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "article",
        Kind::Story => "story",
        Kind::Material => "material",
        Kind::Page => "page",
    }
}

/// A number of bytes as people say it: `24 KB`, `2.4 MB`. A KB is 1,024 bytes,
/// as the file managers of our readers count.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 3] = ["KB", "MB", "GB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut tenths = u128::from(bytes) * 10;
    let mut unit = "";
    for name in UNITS {
        if !unit.is_empty() && tenths < 10_235 {
            break;
        }
        tenths = (tenths + 512) / 1024;
        unit = name;
    }
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if unit == "KB" || tenth == 0 {
        format!("{} {unit}", (tenths + 5) / 10)
    } else {
        format!("{whole}.{tenth} {unit}")
    }
}

/// A document's number (文号) as GB/T 9704-2012, 7.2.5 writes it: the year in
/// 〔 〕, whatever brackets were typed.
pub(crate) fn number(written: &str) -> String {
    let chars: Vec<char> = written.trim().chars().collect();
    let mut out = chars.clone();
    for (at, six) in chars.windows(6).enumerate() {
        let [open, year @ .., close] = six else { continue };
        let brackets =
            [('[', ']'), ('［', '］'), ('【', '】'), ('〖', '〗'), ('(', ')'), ('（', '）'), ('{', '}')];
        if brackets.contains(&(*open, *close)) && year.iter().all(char::is_ascii_digit) {
            for (place, right) in [(at, '〔'), (at + 5, '〕')] {
                if let Some(slot) = out.get_mut(place) {
                    *slot = right;
                }
            }
        }
    }
    out.into_iter().collect()
}

/// `number` in Chinese numerals, as parts of a book are counted: 一, 十二. Past
/// 99 in digits.
pub(crate) fn han_number(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones @ 1..) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens @ 2..=9, ones) => format!("{}十{}", digit(tens), digit(ones)),
        _ => number.to_string(),
    }
}
