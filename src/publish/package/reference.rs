//! What each file of a package is packed against: a file that is like it and
//! that both sides have.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use super::format::List;
use super::frame::MOST_PREFIX;
use crate::hosting::{is_fingerprint, served};
use crate::path::OutputPath;

/// What a file is packed against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// Nothing.
    None,
    /// The file at this place of the base's list.
    Base(u32),
    /// The file at this place of the package.
    Package(u32),
}

impl Reference {
    pub(super) fn write(self, out: &mut dyn Write) -> io::Result<()> {
        let (kind, place) = match self {
            Self::None => return out.write_all(&[0]),
            Self::Base(place) => (1, place),
            Self::Package(place) => (2, place),
        };
        out.write_all(&[kind])?;
        out.write_all(&place.to_le_bytes())
    }

    pub(super) fn read(from: &mut dyn Read) -> io::Result<Self> {
        let mut kind = [0];
        from.read_exact(&mut kind)?;
        let mut place = || {
            let mut bytes = [0; 4];
            from.read_exact(&mut bytes).map(|()| u32::from_le_bytes(bytes))
        };
        match kind {
            [0] => Ok(Self::None),
            [1] => place().map(Self::Base),
            [2] => place().map(Self::Package),
            _ => Err(io::Error::new(io::ErrorKind::InvalidData, "no such reference")),
        }
    }
}

/// Whether a file's bytes are a text's: others are packed already, and gain
/// nothing from what they are like.
pub(super) fn is_text(path: &OutputPath) -> bool {
    crate::path::is_text(served(path.as_str()).media_type)
}

/// The files of `list` that `base` has not as they are, each with what it is
/// packed against: what stood at its path; what had its name with another hash;
/// its neighbour in the base, or the first of its folder in the package.
pub(super) fn choose<'l>(list: &'l List, base: &'l List) -> Vec<(&'l OutputPath, Reference)> {
    let places: BTreeMap<&OutputPath, u32> = base.0.keys().zip(0..).collect();
    let families: BTreeMap<String, u32> = places
        .iter()
        // Of those that are gone, since what follows one of them is its heir.
        .filter(|(path, _)| !list.0.contains_key(**path))
        .map(|(path, place)| (family(path.as_str()), *place))
        .collect();
    let sizes = [
        base.0.values().map(|item| item.size).collect::<Vec<_>>(),
        list.beyond(Some(base)).map(|(_, item)| item.size).collect(),
    ];
    let mut first: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut chosen = Vec::new();
    for ((path, item), place) in list.beyond(Some(base)).zip(0..) {
        let found = if !is_text(path) || item.size > MOST_PREFIX {
            None
        } else if let Some(place) = places.get(path).or_else(|| families.get(&family(path.as_str()))) {
            Some(Reference::Base(*place))
        } else {
            let neighbour = neighbour(path, &places).map(Reference::Base);
            neighbour.or_else(|| first.get(&kind(path)).copied().map(Reference::Package))
        };
        let found = found.filter(|found| size(*found, &sizes) <= MOST_PREFIX).unwrap_or(Reference::None);
        if is_text(path) {
            first.entry(kind(path)).or_insert(place);
        }
        chosen.push((path, found));
    }
    chosen
}

/// The length of what a reference leads to; `sizes` are those of the base and of
/// the package.
fn size(reference: Reference, [base, package]: &[Vec<u64>; 2]) -> u64 {
    let size = match reference {
        Reference::None => Some(&0),
        Reference::Base(place) => base.get(place as usize),
        Reference::Package(place) => package.get(place as usize),
    };
    size.copied().unwrap_or(u64::MAX)
}

/// The page of the base that stands next to a new one, in the same folder.
fn neighbour<'l>(path: &'l OutputPath, places: &BTreeMap<&'l OutputPath, u32>) -> Option<u32> {
    let alike = |other: &&OutputPath| kind(other) == kind(path);
    let before = places.range::<&OutputPath, _>(..path).next_back().filter(|(other, _)| alike(other));
    let after = || places.range::<&OutputPath, _>(path..).next().filter(|(other, _)| alike(other));
    before.or_else(after).map(|(_, place)| *place)
}

/// Its folder and its extension.
fn kind(path: &OutputPath) -> (&str, &str) {
    let path = path.as_str();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    (folder, path.rsplit_once('.').map_or("", |(_, extension)| extension))
}

/// A path without the hashes in its name: `assets/gazette.b645e2d2.css` and
/// `assets/gazette.17f0dc1b.css` are of one family, and so are
/// `search/t0-a1b.js` and `search/t0-zz9.js`.
fn family(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let parts: Vec<&str> =
        name.split('.').map(|part| if is_fingerprint(part) { "*" } else { part }).collect();
    let name = parts.join(".");
    let short = name.rsplit_once('-').and_then(|(start, end)| {
        let (hash, rest) = end.split_once('.')?;
        (folder == "search" && hash.len() == 3).then(|| format!("{start}-*.{rest}"))
    });
    format!("{folder}/{}", short.unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::super::format::Item;
    use super::*;

    fn list(files: &[(&str, u8)]) -> List {
        let item = |byte: u8| Item { size: 5, sha256: [byte; 32] };
        List(files.iter().map(|(path, byte)| (OutputPath::new(path).unwrap(), item(*byte))).collect())
    }

    #[test]
    fn each_file_against_what_is_like_it() {
        let base = list(&[
            ("assets/a.11111111.css", 1),
            ("assets/photos/p.11111111.webp", 1),
            ("news/a.html", 1),
            ("news/c.html", 1),
            ("search/t0-abc.js", 1),
            ("search/t1-abc.js", 1),
        ]);
        let new = list(&[
            ("assets/a.22222222.css", 2),
            ("assets/photos/p.22222222.webp", 2),
            ("news/a.html", 2),
            ("news/b.html", 2),
            ("news/c.html", 1),
            ("search/t0-xyz.js", 2),
            ("search/t1-abc.js", 1),
            ("study/a.html", 2),
            ("study/b.html", 2),
        ]);
        let chosen: Vec<_> = choose(&new, &base).into_iter().map(|(path, r)| (path.as_str(), r)).collect();
        assert_eq!(
            chosen,
            [
                ("assets/a.22222222.css", Reference::Base(0)),
                ("assets/photos/p.22222222.webp", Reference::None),
                ("news/a.html", Reference::Base(2)),
                ("news/b.html", Reference::Base(2)),
                ("search/t0-xyz.js", Reference::Base(4)),
                ("study/a.html", Reference::None),
                ("study/b.html", Reference::Package(6 - 1)),
            ]
        );
    }
}
