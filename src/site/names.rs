//! Names in addresses: ASCII, and no two alike.

use std::collections::HashSet;

use pinyin::ToPinyin;

use crate::memo::Key;

/// The longest name made from a title, in bytes; file systems allow 255.
const LONGEST: usize = 80;

/// An ASCII name of lower-case letters, digits and `-`: Han characters by
/// their pinyin, `phrases` by their own; empty where nothing is left.
pub(super) fn ascii(text: &str, phrases: &[(String, String)]) -> String {
    let mut name = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let phrase =
            phrases.iter().find(|(phrase, _)| !phrase.is_empty() && rest.starts_with(phrase.as_str()));
        let taken = match phrase {
            Some((phrase, spelling)) => {
                name.extend(
                    spelling.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()),
                );
                phrase.len()
            }
            None => {
                push(&mut name, c);
                c.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or("");
    }
    name.truncate(LONGEST);
    name.trim_matches('-').to_owned()
}

fn push(name: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        name.push(c.to_ascii_lowercase());
    } else if let Some(sound) = c.to_pinyin() {
        name.push_str(sound.plain());
    } else if !name.ends_with('-') {
        name.push('-');
    }
}

/// Gives every title a name of its own. `wanted` are titles with the names
/// that they would like, in the order in which they may choose: of two equal
/// names, and of a name that pages of a list have, the later one gets a short
/// hash of its title.
pub(super) fn unique<'t>(wanted: impl IntoIterator<Item = (&'t str, String)>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut names = Vec::new();
    for (title, wish) in wanted {
        let mut name = wish.clone();
        let mut digits = 6;
        while name.is_empty() || is_reserved(&name) || taken.contains(&name) {
            let hash = Key::of(title.as_bytes()).short(digits);
            name = if wish.is_empty() { hash } else { format!("{wish}-{hash}") };
            digits += 2;
            if digits > 40 {
                break;
            }
        }
        taken.insert(name.clone());
        names.push(name);
    }
    names
}

/// Whether lists have pages of that name: `index`, `feed`, `page-2`,
/// `x-page-2`.
pub(super) fn is_reserved(name: &str) -> bool {
    name == "index" || name == "feed" || is_numbered(name)
}

/// `page-2`, `x-page-2`.
fn is_numbered(name: &str) -> bool {
    let Some((head, digits)) = name.rsplit_once('-') else { return false };
    let counts = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    counts && (head == "page" || head.ends_with("-page"))
}

#[cfg(test)]
mod tests {
    use super::{ascii, unique};

    #[test]
    fn names_are_pinyin() {
        let phrases = [("长葛".to_owned(), "changge".to_owned())];
        let check = |text, name| assert_eq!(ascii(text, &phrases), name);
        check("学习教育", "xuexijiaoyu");
        check("GPS 定位（第2期）", "gps-dingwei-di2qi");
        check("长葛市", "changgeshi");
        check("——", "");
    }

    #[test]
    fn later_titles_give_way() {
        let names = unique(
            [("王小明", "wangxiaoming"), ("王晓明", "wangxiaoming"), ("！", "")]
                .map(|(t, n)| (t, n.to_owned())),
        );
        assert_eq!(names[0], "wangxiaoming");
        assert_eq!(names[1], format!("wangxiaoming-{}", crate::memo::Key::of("王晓明".as_bytes()).short(6)));
        assert_eq!(names[2], crate::memo::Key::of("！".as_bytes()).short(6));
        assert_ne!(unique([("甲", "index".to_owned())]), ["index"]);
        assert_ne!(unique([("甲", "jia-page-2".to_owned())]), ["jia-page-2"]);
    }
}
