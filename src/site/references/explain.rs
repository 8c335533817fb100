//! What a reference that means nothing was probably meant to mean.

use std::collections::HashMap;

use super::Role;
use super::locate::{self, Miss};
use crate::diagnostic::{LinkFault, Unseen, nearest};
use crate::path::SourcePath;
use crate::site::State;
use crate::site::files::Files;
use crate::site::visibility;

/// Searches through a whole folder that one build makes at most: a mistyped
/// name deserves one, ten thousand of them would take minutes.
const SEARCHES: usize = 300;

/// Explains misses, one after the other.
pub(super) struct Explainer<'f, 'a> {
    files: &'f Files<'a>,
    /// All paths by their lower-case spelling, and by the last part of it;
    /// made when the first miss wants them.
    index: Option<Index<'a>>,
    searches: usize,
}

/// Paths by something that they can be looked up by.
struct Index<'a> {
    cases: HashMap<String, &'a str>,
    names: HashMap<String, Vec<&'a str>>,
    folders: HashMap<&'a str, Vec<&'a str>>,
}

impl<'f, 'a> Explainer<'f, 'a> {
    pub(super) fn new(files: &'f Files<'a>) -> Self {
        Self { files, index: None, searches: 0 }
    }

    pub(super) fn explain(&mut self, from: &SourcePath, role: Role, target: &str, miss: &Miss) -> LinkFault {
        let target = target.to_owned();
        match miss {
            Miss::Empty => LinkFault::Empty,
            Miss::OwnPage(page) => LinkFault::OwnPage { page: (*page).to_owned() },
            Miss::Nowhere(path) => self.nowhere(from, role, target, path),
            Miss::Folder => LinkFault::Folder { target },
            Miss::EmptySection(section) => LinkFault::EmptySection { title: self.section(*section) },
            Miss::Withheld(document) => self.withheld(target, *document),
            Miss::Stray => LinkFault::Stray { target },
            Miss::Anchor(page, anchor) => self.anchor(from, page, anchor.clone()),
            Miss::Outside => LinkFault::Outside { target },
            Miss::OwnDisk => LinkFault::OwnDisk { target },
            Miss::Scheme(scheme) => LinkFault::Scheme { scheme: scheme.clone() },
            Miss::NoScheme => LinkFault::NoScheme { target },
            Miss::ElsewherePicture => LinkFault::ElsewherePicture { target },
            Miss::ElsewhereFile => LinkFault::ElsewhereFile { target },
            Miss::PictureOfPage => LinkFault::PictureOfPage { target },
            Miss::PictureOfFile(extension) => {
                LinkFault::PictureOfFile { target, extension: extension.clone() }
            }
            Miss::FileIsPage => LinkFault::FileIsPage { target },
            Miss::NotAPiece => LinkFault::NotAPiece { target },
            Miss::Itself => LinkFault::Itself,
            Miss::UnusedNote(nearest) => LinkFault::UnusedNote { name: target, nearest: nearest.clone() },
        }
    }

    fn section(&self, section: usize) -> String {
        self.files.config.sections.get(section).map_or(String::new(), |section| section.title.clone())
    }

    fn withheld(&self, target: String, document: u32) -> LinkFault {
        let title = self.files.document(document).map_or(String::new(), |document| document.title.clone());
        let moment = |civil| {
            let has_time = jiff::civil::DateTime::time(civil) != jiff::civil::Time::midnight();
            visibility::words(crate::document::Moment { civil, has_time })
        };
        let why = match self.files.states.get(document as usize) {
            None | Some(State::Published | State::Draft) => Unseen::Draft,
            Some(State::Scheduled(at)) => Unseen::Until(moment(*at)),
            Some(State::Expired(at)) => Unseen::Since(moment(*at)),
        };
        LinkFault::Withheld { target, title, why }
    }

    fn anchor(&self, from: &SourcePath, page: &SourcePath, anchor: String) -> LinkFault {
        let at = self.files.documents.binary_search_by(|document| document.path.cmp(page)).ok();
        let document = at.and_then(|at| self.files.documents.get(at));
        let ids = || document.iter().flat_map(|document| &document.body.anchors).map(String::as_str);
        let near = nearest(&anchor, ids()).or_else(|| {
            ids().find(|id| !anchor.is_empty() && (id.contains(&anchor) || anchor.contains(*id)))
        });
        let nearest = near.map(str::to_owned);
        let page = (page != from).then(|| page.to_string());
        LinkFault::Anchor { anchor, page, nearest }
    }

    fn nowhere(&mut self, from: &SourcePath, role: Role, target: String, path: &str) -> LinkFault {
        if target.contains('\\') {
            let right = target.replace('\\', "/");
            if locate::locate(self.files, from, &right).is_ok() {
                return LinkFault::Backslash { right };
            }
        }
        let lower = path.to_lowercase();
        let index = self.index();
        if let Some(actual) = index.cases.get(&lower) {
            let actual = relative(from, actual);
            return LinkFault::NameCase { target, actual };
        }
        let nearest = self.meant(path, &lower).map(|path| relative(from, path));
        let page = !target.contains('.')
            || target.split(['#', '?']).next().is_some_and(|path| path.rsplit('.').next() == Some("md"));
        match role {
            Role::Picture => LinkFault::MissingPhoto { target, nearest },
            Role::Media | Role::File => LinkFault::MissingFile { target, nearest },
            Role::Link if !page => LinkFault::MissingFile { target, nearest },
            Role::Link | Role::Piece => LinkFault::Broken { target, nearest },
        }
    }

    /// The file that `path` was probably meant to be.
    fn meant(&mut self, path: &str, lower: &str) -> Option<&'a str> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let lower_name = lower.rsplit('/').next().unwrap_or(lower);
        let search = self.searches < SEARCHES;
        self.searches += 1;
        let index = self.index();
        let inside = index.folders.get(folder).map_or(&[][..], Vec::as_slice);
        let without = |path: &&&str| path.rsplit_once('/').is_some_and(|(_, n)| stem(n) == name);
        // The name without its extension, the same name in another folder, a
        // name that is nearly the same.
        if let Some(found) = inside.iter().find(without) {
            return Some(found);
        }
        if let Some([only]) = index.names.get(lower_name).map(Vec::as_slice) {
            return Some(only);
        }
        if !search {
            return None;
        }
        let names = inside.iter().filter_map(|path| path.rsplit('/').next());
        let near = nearest(name, names)?;
        inside.iter().find(|path| path.rsplit('/').next() == Some(near)).copied()
    }

    fn index(&mut self) -> &Index<'a> {
        let files = self.files;
        self.index.get_or_insert_with(|| {
            let mut index = Index { cases: HashMap::new(), names: HashMap::new(), folders: HashMap::new() };
            for path in files.paths() {
                let lower = path.to_lowercase();
                let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
                let name = lower.rsplit('/').next().unwrap_or(&lower).to_owned();
                index.names.entry(name).or_default().push(path);
                index.folders.entry(folder).or_default().push(path);
                index.cases.entry(lower).or_insert(path);
            }
            index
        })
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `path` as it is written in a link of the file `from`.
fn relative(from: &SourcePath, path: &str) -> String {
    let own: Vec<&str> = from.folder().split('/').collect();
    let other: Vec<&str> = path.split('/').collect();
    let shared =
        own.iter().zip(&other).take_while(|(a, b)| a == b).count().min(other.len().saturating_sub(1));
    let up = own.len().saturating_sub(shared);
    let down = other.get(shared..).unwrap_or_default().join("/");
    format!("{}{down}", "../".repeat(up))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths() {
        let check = |from: &str, path: &str, expected: &str| {
            let from = SourcePath::new(from).expect("a path");
            assert_eq!(relative(&from, path), expected);
            assert_eq!(locate::join(&from, expected).as_deref(), Some(path));
        };
        check("content/news/a.md", "content/news/b.md", "b.md");
        check("content/news/a.md", "content/photos/b.jpg", "../photos/b.jpg");
        check("content/news/a/index.md", "content/news/b.md", "../b.md");
        check("content/about.md", "content/news/b/c.md", "news/b/c.md");
    }
}
