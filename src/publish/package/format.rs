//! What a package says of its release: the head, and the list of files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::manifest::Manifest;
use crate::disk;
use crate::path::OutputPath;
use crate::text::{from_hex, hex, hex_into};

/// What a package is, from what to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// Which site it was made from: says nothing but that it is the same one.
    pub(super) origin: String,
    /// What must be there; `None` where the package has all files.
    pub(super) base: Option<Base>,
    /// The number of the release, where it was made.
    pub(super) release: u64,
    /// When that was published.
    pub(super) at: Timestamp,
    /// The SHA-256 of its list.
    pub(super) list: String,
}

/// The release that a package continues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Base {
    /// Its number, where it was made.
    pub(super) release: u64,
    /// The SHA-256 of its list.
    pub(super) list: String,
}

/// A file of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// In bytes.
    pub(super) size: u64,
    /// Of its bytes.
    pub(super) sha256: [u8; 32],
}

/// The files of a release, by path.
///
/// As text: a line that names the format, then a line a file, in the order of
/// their paths: `sha256 size path`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct List(pub(super) BTreeMap<OutputPath, Item>);

const FIRST_LINE: &str = "zhuanlan files 1";

impl List {
    /// That of the release that a manifest tells of, without what stays for
    /// open pages alone.
    pub(super) fn from_manifest(manifest: &Manifest) -> Self {
        let item = |fact: &super::super::Fact| Item { size: fact.stamp.len, sha256: fact.sha256 };
        Self(manifest.site().map(|(path, fact)| (path.clone(), item(fact))).collect())
    }

    /// As text; writing to a string can't fail.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        text.reserve(self.0.len() * 100);
        for (path, item) in &self.0 {
            hex_into(&mut text, &item.sha256);
            let _ = writeln!(text, " {} {path}", item.size);
        }
        text
    }

    /// From its text; `None` where this is not what [`Self::text`] gives of
    /// some list, or where files would stand in each other's way.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let line = |line: &str| {
            let mut fields = line.splitn(3, ' ');
            let sha256 = from_hex(fields.next()?)?;
            let size = fields.next()?.parse().ok()?;
            Some((OutputPath::former(fields.next()?)?, Item { size, sha256 }))
        };
        let list = Self(lines.map(line).collect::<Option<_>>()?);
        let folders: BTreeSet<&str> = super::super::folder::folders_of(list.0.keys());
        let clash = list.0.keys().any(|path| folders.contains(path.as_str()));
        // Also refuses other orders, duplicates and other spellings of numbers.
        (!clash && list.text() == text).then_some(list)
    }

    /// The [`hash`] of its text.
    pub(super) fn hash(&self) -> String {
        hash(&self.text())
    }

    /// The files that `base` has not as they are, in order; all where there is
    /// none.
    pub(super) fn beyond<'l>(
        &'l self,
        base: Option<&'l Self>,
    ) -> impl Iterator<Item = (&'l OutputPath, Item)> {
        let new = move |(path, item): &(&OutputPath, &Item)| {
            base.is_none_or(|base| base.0.get(*path) != Some(*item))
        };
        self.0.iter().filter(new).map(|(path, item)| (path, *item))
    }
}

/// The SHA-256 of a list's text, in hexadecimal digits.
pub(super) fn hash(text: &str) -> String {
    hex(&disk::sha256_of(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str) -> String {
        format!("{} 5 {path}\n", "ab".repeat(32))
    }

    fn parses(lines: &[String]) -> bool {
        List::parse(&format!("{FIRST_LINE}\n{}", lines.concat())).is_some()
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let text = format!("{FIRST_LINE}\n{}{}{}", line("a-b.html"), line("a/b.html"), line("关于.html"));
        let list = List::parse(&text).unwrap();
        assert_eq!(list.0.len(), 3);
        assert_eq!(list.text(), text);
    }

    #[test]
    fn a_list_names_files_within_the_site_and_each_once() {
        for path in [
            "/etc/passwd",
            "../a.html",
            "a/../b.html",
            "a//b.html",
            "a/./b",
            "",
            "a b.html",
            "C:\\a.html",
            "a\\b.html",
            "C:a",
            "a\0b",
            "a.html~new",
            "a/",
            ".",
            "..",
            "~/a",
            "a\u{202e}b",
            "a:b",
            "a*",
        ] {
            assert!(!parses(&[line(path)]), "{path}");
        }
        assert!(parses(&[line("a"), line("b/c")]));
        assert!(!parses(&[line("a"), line("a/b")]), "a file and a folder");
        assert!(!parses(&[line("b"), line("a")]), "another order");
        assert!(!parses(&[line("a"), line("a")]), "twice");
        assert!(!parses(&[line("a").replace(" 5 ", " 05 ")]), "another spelling");
        assert!(!parses(&[line("a").to_uppercase()]), "another spelling");
        assert!(!parses(&[line("a").replace(" 5 ", " 99999999999999999999 ")]));
        assert!(!parses(&[line("a").replace('\n', "\r\n")]));
        assert!(!parses(&[line("a").trim_end().to_owned()]));
    }
}
