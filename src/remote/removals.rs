//! Keeps a mishap from emptying a published site: the wrong column, the wrong
//! target, a build of half the sources.

use std::collections::BTreeMap;

use super::error::{Error, Result};
use crate::path::OutputPath;

/// A folder with fewer pages may lose all of them without a question.
const SECTION: usize = 5;

/// Refuses where more than half of the pages go, or all pages of a folder.
///
/// # Errors
/// [`Error::Removals`].
pub fn check<'p>(
    pages: impl Iterator<Item = &'p OutputPath>,
    gone: &[OutputPath],
    stay: impl Iterator<Item = &'p OutputPath>,
) -> Result<()> {
    let Some(first) = gone.first() else { return Ok(()) };
    let (mut of, mut folders) = (0, BTreeMap::<&str, usize>::new());
    for page in pages {
        of += 1;
        if let Some(folder) = folder(page) {
            *folders.entry(folder).or_default() += 1;
        }
    }
    folders.retain(|_, pages| *pages >= SECTION);
    for page in stay.filter(|path| path.is_page()) {
        if let Some(folder) = folder(page) {
            folders.remove(folder);
        }
    }
    let section = folders.keys().next().map(|folder| (*folder).to_owned());
    if section.is_none() && gone.len() * 2 <= of {
        return Ok(());
    }
    let below = |path: &&OutputPath| section.as_deref().is_none_or(|section| folder(path) == Some(section));
    let example = gone.iter().find(below).unwrap_or(first).clone();
    Err(Error::Removals { gone: gone.len(), of, section, example })
}

/// The folder at the top that a page is in.
fn folder(path: &OutputPath) -> Option<&str> {
    path.as_str().split_once('/').map(|(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_pages_and_whole_sections_do_not_go_unasked() {
        let paths = |texts: &[&str]| -> Vec<OutputPath> {
            texts.iter().map(|text| OutputPath::new(text).unwrap()).collect()
        };
        let before = paths(&[
            "index.html",
            "news/a.html",
            "news/b.html",
            "news/c.html",
            "news/d.html",
            "news/e.html",
            "study/a.html",
            "study/b.html",
            "study/c.html",
            "study/d.html",
            "study/e.html",
            "study/f.html",
        ]);
        let told = |stay: &[&str]| {
            let stay = paths(stay);
            let gone: Vec<OutputPath> = before.iter().filter(|path| !stay.contains(path)).cloned().collect();
            match check(before.iter(), &gone, stay.iter()) {
                Ok(()) => None,
                Err(Error::Removals { gone, of, section, .. }) => Some((gone, of, section)),
                Err(other) => panic!("{other}"),
            }
        };
        let all: Vec<&str> = before.iter().map(OutputPath::as_str).collect();
        assert_eq!(told(&all), None);
        assert_eq!(told(&all[..9]), None, "three pages of a section");
        assert_eq!(told(&all[..6]), Some((6, 12, Some("study".into()))));
        let few = ["index.html", "news/a.html", "study/a.html", "study/b.html"];
        assert_eq!(told(&few), Some((8, 12, None)));
    }
}
