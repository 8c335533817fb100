//! The index's files: each calls one function, `zhuanlanSearch`, with its
//! name and what it has.
//!
//! ```js
//! zhuanlanSearch("index",{…})                       // what there is: search/index.js
//! zhuanlanSearch("k4e2d6587","0b3…")                // lists: keys and numbers
//! zhuanlanSearch("t12",[[120,"news/x.html",…],…])   // texts of some pieces
//! zhuanlanSearch("x7",1,"…")                        // text of an attached file
//! zhuanlanSearch("facets",[["栏目",["新闻", …]],…],"0b3…")
//! ```
//!
//! All but the first carry three characters of their content's hash in their
//! file name, so that no cache gives an old one for a new one.

use std::cell::Cell;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::memo::Key;
use crate::path::OutputPath;

use super::former::{FormerFiles, Found, Known};

/// The folder of all files.
const FOLDER: &str = "search";

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// `search/…`.
    pub path: OutputPath,
    /// The hash of its bytes.
    pub key: Key,
    /// Its bytes: ASCII and UTF-8. `None` where they were taken, or the site has
    /// them.
    pub bytes: Option<Arc<[u8]>>,
    /// How many they are.
    pub len: u64,
}

/// Takes a finished file: its path, its key, its bytes. False where it did not.
pub type Take<'t> = &'t (dyn Fn(&OutputPath, Key, &[u8]) -> bool + Sync);

/// A file, if there is one, and the tag in its name.
pub(super) type Tagged = Option<(File, String)>;

thread_local! {
    /// What files are written into, kept from file to file.
    static BUFFER: Cell<String> = const { Cell::new(String::new()) };
}

/// Writes the files of one index.
#[derive(Clone, Copy, Default)]
pub(super) struct Scripts<'t> {
    /// Takes each file when it is finished; else it stays here.
    pub(super) take: Option<Take<'t>>,
    /// What need not be made, and where what is made may be kept.
    pub(super) former: Option<&'t dyn FormerFiles>,
}

impl Scripts<'_> {
    /// A file of the index and the tag in its name: its name in the index, and
    /// what writes that which stands between the brackets behind the name.
    pub(super) fn file(self, name: &str, arguments: impl FnOnce(&mut String)) -> Tagged {
        let file = self.written(name, arguments, |key| path(name, key))?;
        let tag = tag(file.key);
        Some((file, tag))
    }

    /// The same of a file that is known, if it need not be made.
    pub(super) fn known(self, name: &str, Known { key, len }: Known) -> Tagged {
        let path = path(name, key)?;
        let bytes = match self.former?.find(&path, key, len)? {
            Found::Elsewhere => None,
            Found::Here(bytes) => Some(bytes),
        };
        Some((File { path, key, bytes, len }, tag(key)))
    }

    /// Whether the site has it.
    pub(super) fn stands(self, name: &str, Known { key, .. }: Known) -> bool {
        self.former.zip(path(name, key)).is_some_and(|(former, path)| former.has(&path, key))
    }

    /// The file that is loaded first, under a name that never changes.
    pub(super) fn first(self, arguments: &str) -> Option<File> {
        let name = |_| OutputPath::new(&format!("{FOLDER}/index.js"));
        self.written("index", |text| text.push_str(arguments), name)
    }

    fn written(
        self,
        name: &str,
        arguments: impl FnOnce(&mut String),
        path: impl FnOnce(Key) -> Option<OutputPath>,
    ) -> Option<File> {
        let mut text = BUFFER.take();
        text.clear();
        let _ = write!(text, "zhuanlanSearch(\"{name}\",");
        arguments(&mut text);
        text.push_str(")\n");
        let bytes = text.as_bytes();
        let key = Key::hash(bytes);
        let file = path(key).map(|path| {
            self.former.iter().for_each(|former| former.keep(key, bytes));
            let taken = self.take.is_some_and(|take| take(&path, key, bytes));
            let (len, bytes) = (bytes.len() as u64, (!taken).then(|| Arc::from(bytes)));
            File { path, key, bytes, len }
        });
        BUFFER.set(text);
        file
    }
}

/// Where the file of this name and key lies.
fn path(name: &str, key: Key) -> Option<OutputPath> {
    OutputPath::new(&format!("{FOLDER}/{name}-{}.js", tag(key)))
}

/// Three characters of a key: lower case only, for systems that take `A` and
/// `a` for one.
fn tag(key: Key) -> String {
    const DIGITS: [char; 32] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j',
        'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    ];
    let bytes = key.as_bytes().iter().take(3);
    bytes.filter_map(|byte| DIGITS.get(usize::from(*byte % 32))).collect()
}

/// `text` as a script's string.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32 + 2);
    push_string(&mut out, text);
    out
}

/// Appends `text` as a script's string.
pub(super) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    if has_rare(text) {
        text.chars().for_each(|c| escaped(out, c));
    } else {
        let mut from = 0;
        for at in memchr::memchr3_iter(b'"', b'\\', b'\n', text.as_bytes()) {
            out.push_str(text.get(from..at).unwrap_or_default());
            text.get(at..).and_then(|rest| rest.chars().next()).into_iter().for_each(|c| escaped(out, c));
            from = at + 1;
        }
        out.push_str(text.get(from..).unwrap_or_default());
    }
    out.push('"');
}

/// Whether something is to be written otherwise that texts seldom have.
fn has_rare(text: &str) -> bool {
    let bytes = text.as_bytes();
    let control = |byte: &u8| u32::from((*byte < 0x20 && *byte != b'\n') || *byte == 0x7F);
    bytes.iter().map(control).sum::<u32>() > 0
        || ["\u{2028}", "\u{2029}", "\u{FEFF}"]
            .iter()
            .any(|rare| memchr::memmem::find(bytes, rare.as_bytes()).is_some())
}

fn escaped(out: &mut String, c: char) {
    match c {
        '"' | '\\' => out.extend(['\\', c]),
        '\n' => out.push_str("\\n"),
        // Line ends of scripts before 2019, and what editors of files may
        // take for something else.
        '\u{0}'..='\u{1F}' | '\u{7F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' => {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// UTF-16 units as a script's string; halves of pairs may stand alone.
pub(super) fn unit_string(units: impl IntoIterator<Item = u16>) -> String {
    let mut out = String::from('"');
    for unit in units {
        match char::from_u32(u32::from(unit)) {
            Some(c) if !matches!(unit, 0x22 | 0x5C | 0..=0x1F | 0x7F | 0x2028 | 0x2029 | 0xFEFF | 0xFFFE..) =>
            {
                out.push(c);
            }
            _ => {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_scripts_own() {
        assert_eq!(string("“A\"\\\n\u{2028}"), "\"“A\\\"\\\\\\n\\u2028\"");
        assert_eq!(unit_string([0x4E2D, 0xD842, 0x22]), "\"中\\ud842\\u0022\"");
    }

    #[test]
    fn a_file_has_its_hash_in_its_name() {
        let (file, tag) = Scripts::default().file("t0", |text| text.push_str("[]")).unwrap();
        assert_eq!(file.path.as_str(), format!("search/t0-{tag}.js"));
        assert_eq!(file.bytes.as_deref(), Some(b"zhuanlanSearch(\"t0\",[])\n".as_slice()));
    }

    #[test]
    fn a_file_that_was_taken_is_not_here() {
        let take: Take<'_> = &|path, _, _| path.as_str() == "search/index.js";
        let scripts = Scripts { take: Some(take), former: None };
        let first = scripts.first("[]").unwrap();
        assert_eq!((first.len, first.bytes), (27, None));
        let (other, _) = scripts.file("t0", |text| text.push_str("[]")).unwrap();
        assert!(other.bytes.is_some());
    }
}
