//! The names of files in a ZIP archive: their encoding, and what is safe of
//! them.
//!
//! The format knows two encodings, UTF-8 where a flag says so and CP437
//! elsewhere (APPNOTE.TXT 6.3.10, appendix D). Windows writes its own in place
//! of the second, which in China is GBK, and says nothing; macOS and Linux
//! write UTF-8 and often say nothing either.
//!
//! **Invariant:** one archive is read in one encoding, and a safe name leads
//! nowhere but below the folder where the archive is unpacked.

use std::borrow::Cow;
use std::collections::BTreeSet;

use encoding_rs::GB18030;

/// A name as it is stored.
pub(super) struct Stored {
    pub(super) raw: Vec<u8>,
    /// Whether the archive says that it is UTF-8.
    pub(super) flagged: bool,
    /// Whether it was written by a system whose names are UTF-8.
    pub(super) unix: bool,
}

/// The names of one archive in their order.
pub(super) fn decoded(all: &[Stored]) -> Vec<String> {
    let unsaid = || all.iter().filter(|name| !name.flagged && !name.raw.is_ascii());
    let utf8 = unsaid().all(|name| std::str::from_utf8(&name.raw).is_ok());
    let chinese = !utf8 || (unsaid().all(|name| !name.unix) && is_chinese(unsaid()));
    let read = |name: &Stored| {
        let text: Cow<'_, str> = if name.flagged || name.raw.is_ascii() || !chinese {
            String::from_utf8_lossy(&name.raw)
        } else {
            GB18030.decode_without_bom_handling(&name.raw).0
        };
        text.replace('\\', "/")
    };
    all.iter().map(read).collect()
}

/// Whether names that are valid UTF-8 are Chinese ones in GBK all the same:
/// 通知, 学习 and 目录 are by chance. Then they have only characters of two
/// bytes in UTF-8, which no Chinese name has, and at least two Han characters
/// of GB 2312 in each run of other than ASCII, which names of Europe have not.
fn is_chinese<'n>(names: impl Iterator<Item = &'n Stored>) -> bool {
    let (mut some, mut all) = (false, true);
    for name in names {
        let narrow = String::from_utf8_lossy(&name.raw).chars().all(|c| u32::from(c) < 0x800);
        let runs = name.raw.split(u8::is_ascii).filter(|run| !run.is_empty());
        some = true;
        all &= narrow && runs.into_iter().all(is_han);
    }
    some && all
}

/// Whether `run` is at least two Han characters of GB 2312 (rows 16 to 87).
fn is_han(run: &[u8]) -> bool {
    let pairs = run.chunks(2);
    run.len() >= 4 && pairs.into_iter().all(|pair| matches!(pair, [0xB0..=0xF7, 0xA1..=0xFE]))
}

/// Names that can be unpacked anywhere: without drives, roots, steps upwards
/// and control characters, each once. A folder's name ends with `/`.
pub(crate) fn safe(names: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    names.iter().map(|name| unique(below(name), &mut taken)).collect()
}

fn below(name: &str) -> String {
    let parts = name.split('/').map(|part| {
        let part: String = part.chars().filter(|c| !c.is_control()).collect();
        // `C:` and `C:name` name a drive.
        match part.split_once(':') {
            Some((drive, rest)) if drive.len() == 1 && drive.is_ascii() => rest.to_owned(),
            _ => part,
        }
    });
    let parts: Vec<String> = parts.filter(|part| !matches!(part.as_str(), "" | "." | "..")).collect();
    let end = if name.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    parts.join("/") + end
}

/// A name that no file before it has, whatever the case of its letters.
fn unique(name: String, taken: &mut BTreeSet<String>) -> String {
    if name.is_empty() || name.ends_with('/') || taken.insert(name.to_lowercase()) {
        return name;
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => (stem, format!(".{extension}")),
        _ => (name.as_str(), String::new()),
    };
    let numbered = (2_u32..).map(|number| format!("{stem} ({number}){extension}"));
    numbered.into_iter().find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(raw: &[u8], flagged: bool, unix: bool) -> Stored {
        Stored { raw: raw.to_vec(), flagged, unix }
    }

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    #[test]
    fn an_archive_is_read_in_one_encoding() {
        let check = |names: &[Stored], expected: &[&str]| assert_eq!(decoded(names), expected);
        // Made by Chinese Windows: one name that is no UTF-8 decides for all.
        check(
            &[stored(&gbk("通知.txt"), false, false), stored(&gbk("附件一.txt"), false, false)],
            &["通知.txt", "附件一.txt"],
        );
        // Each of these is valid UTF-8.
        for name in ["通知.txt", "学习", "目录.doc", "通讯/学习.txt"] {
            check(&[stored(&gbk(name), false, false)], &[name]);
        }
        check(&[stored("学习.txt".as_bytes(), false, true)], &["学习.txt"]);
        check(&[stored("学习.txt".as_bytes(), true, false)], &["学习.txt"]);
        check(&[stored("学习.txt".as_bytes(), false, false)], &["学习.txt"]);
        check(&[stored("résumé.txt".as_bytes(), false, false)], &["résumé.txt"]);
        check(&[stored(&gbk("学习\\a.txt"), false, false)], &["学习/a.txt"]);
        check(
            &[stored("说明.txt".as_bytes(), true, false), stored(&gbk("通知.txt"), false, false)],
            &["说明.txt", "通知.txt"],
        );
    }

    #[test]
    fn safe_names_lead_nowhere_else() {
        let names = [
            "../x",
            "a/../../b",
            "C:/z.txt",
            "/etc/p",
            "c:d",
            "..",
            "a/",
            "X",
            "x",
            "一.txt",
            "一.txt",
            "\u{0}",
        ];
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(
            safe(&names),
            ["x", "a/b", "z.txt", "etc/p", "d", "", "a/", "X (2)", "x (3)", "一.txt", "一 (2).txt", ""]
        );
    }
}
