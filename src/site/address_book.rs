//! `addresses.yaml`: which name in addresses belongs to whom.
//!
//! People, topics and series get names in addresses that are made from their
//! Chinese ones, and two may sound alike: 章威 and 张伟 are both `zhang-wei`.
//! Who had a page first keeps it, so the program writes down what it gave away,
//! in a file that is committed with the sources:
//!
//! ```yaml
//! "people/张伟": zhang-wei-b98409
//! "people/章威": zhang-wei
//! ```
//!
//! One line an entry, sorted, so that Git merges it; lines that two branches
//! both added are sorted out here. An entry stays when its last piece goes: an
//! address that was once published is given to nobody else.
//!
//! **Invariant:** reading what [`AddressBook::text`] wrote gives the same book.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Series, Taxonomy, Term};
use crate::config::{Config, Topics};
use crate::diagnostic::{Checked, Diagnostic, SiteFault};
use crate::memo::Key;
use crate::path::{SourcePath, is_any_list_page};
use crate::source::{SourceTree, decoded};
use crate::text::{Span, slug};

/// What has a name in addresses that was made from a Chinese one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Owner {
    People,
    Series,
    Topics,
}

/// The folder of the pages that each kind of owner has.
const FOLDERS: [(&str, Owner); 3] =
    [("people", Owner::People), ("series", Owner::Series), ("topics", Owner::Topics)];

/// Who has which name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AddressBook {
    names: BTreeMap<(Owner, String), String>,
    /// Whether the file says it in other words than [`Self::text`] would.
    untidy: bool,
}

impl AddressBook {
    /// The book of the project; an empty one where there is no file.
    pub(super) fn read(tree: &SourceTree) -> Checked<Self> {
        let path = SourcePath::address_book();
        let Some(bytes) = tree.bytes(&path) else { return Checked::default() };
        let text = decoded(bytes);
        let (mut book, mut found) = (Self::default(), Vec::new());
        let mut taken: BTreeSet<(Owner, String)> = BTreeSet::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut report = |fault| found.push(Diagnostic::at(&path, span, fault));
            let Some((owner, title, name)) = entry(line) else {
                report(SiteFault::AddressLine);
                continue;
            };
            if !slug::is_plain(&name) || is_any_list_page(&name) {
                report(SiteFault::AddressName { name });
            } else if book.names.get(&(owner, title.clone())).is_some_and(|known| *known == name) {
                book.untidy = true;
            } else if book.names.contains_key(&(owner, title.clone())) || !taken.insert((owner, name.clone()))
            {
                // Two branches gave the same away; the first line counts.
                book.untidy = true;
                report(SiteFault::AddressTwice { title, name });
            } else {
                book.names.insert((owner, title), name);
            }
        }
        Checked { value: book, diagnostics: found }
    }

    /// The key of all that it says.
    pub(super) fn key(&self) -> Key {
        Key::hash(self.text().as_bytes())
    }

    /// The names of one kind of owner, by title.
    pub(super) fn of(&self, owner: Owner) -> BTreeMap<&str, &str> {
        let of = self.names.iter().filter(|((kind, _), _)| *kind == owner);
        of.map(|((_, title), name)| (title.as_str(), name.as_str())).collect()
    }

    /// The file's text with what these terms and series were given since;
    /// `None` where it says all that already.
    pub(super) fn updated(
        &self,
        taxonomies: &BTreeMap<Taxonomy, Vec<Term>>,
        series: &[Series],
        config: &Config,
    ) -> Option<String> {
        let mut book = self.clone();
        let mut add = |owner: Owner, title: &str, route: &str| {
            let file = route.rsplit('/').next().unwrap_or(route);
            let name = file.strip_suffix(".html").unwrap_or(file).to_owned();
            book.names.entry((owner, title.to_owned())).or_insert(name);
        };
        let people = taxonomies.get(&Taxonomy::People).into_iter().flatten();
        people.for_each(|term| add(Owner::People, &term.title, term.route.as_str()));
        if matches!(config.topics, Topics::Free) {
            let topics = taxonomies.get(&Taxonomy::Topics).into_iter().flatten();
            topics.for_each(|term| add(Owner::Topics, &term.title, term.route.as_str()));
        }
        for series in series {
            add(Owner::Series, &series.title, series.route.as_str());
        }
        (book.untidy || book.names.len() > self.names.len()).then(|| book.text())
    }

    fn text(&self) -> String {
        let mut text = String::from(HEAD);
        for ((owner, title), name) in &self.names {
            let folder = FOLDERS.iter().find(|(_, kind)| kind == owner).map_or("", |(folder, _)| folder);
            // A JSON string is a YAML key in double quotes.
            let key = serde_json::Value::from(format!("{folder}/{title}"));
            let _ = writeln!(text, "{key}: {name}");
        }
        text
    }
}

const HEAD: &str =
    "# 网址名册，由 zhuanlan 自动填写，请和稿件一起保存、提交；一个名字用过的网址不再给别的名字。\n";

/// `"people/章威": zhang-wei`, also without quotation marks.
fn entry(line: &str) -> Option<(Owner, String, String)> {
    let (key, name) = line.rsplit_once(": ")?;
    let key: String = if key.starts_with('"') { serde_json::from_str(key).ok()? } else { key.to_owned() };
    let (folder, title) = key.split_once('/')?;
    let (_, owner) = FOLDERS.iter().find(|(name, _)| *name == folder)?;
    (!title.is_empty()).then(|| (*owner, title.to_owned(), name.trim().to_owned()))
}
