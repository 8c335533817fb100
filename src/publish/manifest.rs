//! What is known of the files in the two folders, and of the build they came
//! from.
//!
//! A *fact* says: the file at this path with this stamp holds the artifact with
//! this key. Facts are true of either folder, so an exchange changes none of
//! them, and a file is trusted only while a fact matches its stamp.
//!
//! On disk it is text: a line that names the format, one JSON object about the
//! build, one line a fact (`role key length modified inode path`), and a last
//! line with the hash of all before, so that a damaged manifest is seen to be.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::DateTime;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Result;
use crate::build::{Former, Sources, Stats, Validity};
use crate::diagnostic::Rendered;
use crate::disk::{self, Stamp};
use crate::memo::Key;
use crate::path::OutputPath;

/// What the last build found, for when nothing changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The key of its inputs.
    pub inputs: Key,
    /// For how long equal inputs give the same site.
    pub valid: Validity,
    /// How much there was.
    pub stats: Stats,
    /// What it found.
    pub notices: Vec<Rendered>,
}

/// What is known of both folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) replay: Option<Replay>,
    /// What the site was made of; `None` where an older version wrote it.
    pub(super) sources: Option<Sources>,
    files: BTreeMap<OutputPath, Facts>,
    /// Whether it could not be read whole. We put all that is in the folders,
    /// but can vouch for none of it.
    pub(super) damaged: bool,
}

/// The file at this path, with this stamp, holds the artifact of this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) key: Key,
    pub(super) stamp: Stamp,
}

/// What is known of one path; a name without facts is ours, but in doubt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Facts {
    /// Of the site that `replay` tells of.
    site: Option<Fact>,
    /// Of the other folder, where it differs.
    other: Option<Fact>,
}

impl Fact {
    fn holds_for(&self, stamp: &Stamp) -> bool {
        self.stamp.same_bytes(stamp)
    }
}

impl Manifest {
    /// Of a site's files, and of what else is known.
    pub(super) fn new(site: &BTreeMap<OutputPath, Fact>, replay: Option<Replay>) -> Self {
        let facts = |fact: &Fact| Facts { site: Some(*fact), other: None };
        let files = site.iter().map(|(path, fact)| (path.clone(), facts(fact))).collect();
        Self { replay, sources: None, files, damaged: false }
    }

    /// The same, knowing also what the site was made of.
    pub(super) fn made_of(mut self, sources: Option<&Sources>) -> Self {
        self.sources = sources.cloned();
        self
    }

    /// The same, knowing also what another folder holds.
    pub(super) fn and(mut self, other: &BTreeMap<OutputPath, Fact>) -> Self {
        for (path, fact) in other {
            let facts = self.files.entry(path.clone()).or_default();
            facts.other = Some(*fact).filter(|fact| facts.site.is_none_or(|site| site != *fact));
        }
        self
    }

    /// The same, knowing also that these names are ours.
    pub(super) fn and_names<'p>(mut self, names: impl IntoIterator<Item = &'p OutputPath>) -> Self {
        for path in names {
            self.files.entry(path.clone()).or_default();
        }
        self
    }

    /// What is known of files that are not those of `site`.
    pub(super) fn beyond(&self, site: &BTreeMap<OutputPath, Fact>) -> BTreeMap<OutputPath, Fact> {
        let other = |(path, facts): (&OutputPath, &Facts)| {
            let known = [facts.other, facts.site].into_iter().flatten();
            let other = known.into_iter().find(|fact| site.get(path) != Some(fact))?;
            Some((path.clone(), other))
        };
        self.files.iter().filter_map(other).collect()
    }

    /// The path itself, if the name is ours, and the fact that holds for a file
    /// there with this stamp.
    pub(super) fn judge(&self, path: &str, stamp: Option<Stamp>) -> Option<(OutputPath, Option<Fact>)> {
        let (path, facts) = self.files.get_key_value(path)?;
        let fact = [facts.site, facts.other]
            .into_iter()
            .flatten()
            .find(|fact| stamp.is_some_and(|stamp| fact.holds_for(&stamp)));
        Some((path.clone(), fact))
    }

    /// How many files the site has.
    pub(super) fn site_len(&self) -> usize {
        self.files.values().filter(|facts| facts.site.is_some()).count()
    }

    /// The site's pages and sources; `None` where nothing certain is known.
    pub(super) fn former(&self) -> Option<Former> {
        let of_site = self.files.iter().filter(|(_, facts)| facts.site.is_some()).map(|(path, _)| path);
        let pages = of_site.filter(|path| path.is_page()).cloned().collect();
        (!self.damaged).then(|| Former { sources: self.sources.clone(), pages })
    }

    /// All names of ours.
    pub(super) fn names(&self) -> impl Iterator<Item = &OutputPath> {
        self.files.keys()
    }

    /// Whether each file of the site stands in `folder` as it was written.
    pub(super) fn stands_in(&self, folder: &Path) -> bool {
        disk::is_folder(folder)
            && self.files.par_iter().all(|(path, facts)| {
                facts.site.is_none_or(|fact| {
                    disk::stamp(&folder.join(path.as_str())).is_some_and(|stamp| fact.holds_for(&stamp))
                })
            })
    }

    /// Reads the manifest at `path`; `None` where there is none.
    pub(super) fn load(path: &Path) -> Option<Self> {
        if !disk::exists(path) {
            return None;
        }
        let damaged = || Self { damaged: true, ..Self::default() };
        let text = disk::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        Some(text.and_then(|text| parse(&text)).unwrap_or_else(damaged))
    }

    /// Writes it to `path`.
    pub(super) fn save(&self, path: &Path) -> Result<()> {
        let mut text = format!("{FIRST_LINE}\n{}\n", Head::json(self));
        for (path, facts) in &self.files {
            match facts {
                Facts { site: None, other: None } => line(&mut text, 'n', None, path),
                Facts { site, other } => {
                    for (role, fact) in [('s', site), ('o', other)] {
                        if fact.is_some() {
                            line(&mut text, role, fact.as_ref(), path);
                        }
                    }
                }
            }
        }
        let _ = writeln!(text, "{}", Key::of(text.as_bytes()));
        disk::replace(path, text.as_bytes())?;
        Ok(())
    }
}

const FIRST_LINE: &str = "zhuanlan manifest 1";

/// Writes one fact; writing to a string can't fail.
fn line(text: &mut String, role: char, fact: Option<&Fact>, path: &OutputPath) {
    let _ = match fact {
        None => writeln!(text, "{role} - - - - {path}"),
        Some(Fact { key, stamp: Stamp { len, modified, inode, .. } }) => {
            writeln!(text, "{role} {key} {len} {modified} {inode} {path}")
        }
    };
}

/// Reads what [`Manifest::save`] wrote; `None` where it is not whole.
fn parse(text: &str) -> Option<Manifest> {
    let (body, last) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    let whole = body.len() + 1;
    if Key::from_hex(last)? != Key::of(text.as_bytes().get(..whole)?) {
        return None;
    }
    let mut lines = body.lines();
    if lines.next()? != FIRST_LINE {
        return None;
    }
    let (replay, sources) = Head::read(lines.next()?);
    let mut files: BTreeMap<OutputPath, Facts> = BTreeMap::new();
    for line in lines {
        let (role, path, fact) = entry(line)?;
        let facts = files.entry(path).or_default();
        match role {
            "s" => facts.site = fact,
            "o" => facts.other = fact,
            _ => {}
        }
    }
    Some(Manifest { replay, sources, files, damaged: false })
}

fn entry(line: &str) -> Option<(&str, OutputPath, Option<Fact>)> {
    let mut fields = line.split(' ');
    let mut next = || fields.next();
    let [role, key, len, modified, inode, path] = [next()?, next()?, next()?, next()?, next()?, next()?];
    let path = OutputPath::new(path)?;
    if key == "-" {
        return Some((role, path, None));
    }
    let stamp = Stamp {
        len: len.parse().ok()?,
        modified: modified.parse().ok()?,
        changed: 0,
        inode: inode.parse().ok()?,
    };
    Some((role, path, Some(Fact { key: Key::from_hex(key)?, stamp })))
}

/// The JSON object about the build.
#[derive(Serialize, Deserialize)]
struct Head {
    replay: Option<Replayed>,
    sources: Option<Sources>,
}

/// A [`Replay`] as JSON has it.
#[derive(Serialize, Deserialize)]
struct Replayed {
    inputs: String,
    from: DateTime,
    until: DateTime,
    timezone: String,
    pages: usize,
    articles: usize,
    photos: usize,
    materials: usize,
    notices: Vec<Rendered>,
}

impl Head {
    fn json(manifest: &Manifest) -> String {
        let replay = manifest.replay.as_ref().map(|Replay { inputs, valid, stats, notices }| {
            let Stats { pages, articles, photos, materials } = *stats;
            let Validity { from, until, timezone } = valid.clone();
            let (inputs, notices) = (inputs.to_string(), notices.clone());
            Replayed { inputs, from, until, timezone, pages, articles, photos, materials, notices }
        });
        // A head is strings and numbers, which JSON never refuses; `null` would
        // only cost a build.
        serde_json::to_string(&Self { replay, sources: manifest.sources.clone() })
            .unwrap_or_else(|_| "null".to_owned())
    }

    /// Nothing where this version does not understand it; then the site is
    /// built.
    fn read(json: &str) -> (Option<Replay>, Option<Sources>) {
        match serde_json::from_str::<Self>(json) {
            Ok(head) => (head.replay.and_then(Replayed::replay), head.sources),
            Err(_) => (None, None),
        }
    }
}

impl Replayed {
    fn replay(self) -> Option<Replay> {
        let Self { inputs, from, until, timezone, pages, articles, photos, materials, notices } = self;
        Some(Replay {
            inputs: Key::from_hex(&inputs)?,
            valid: Validity { from, until, timezone },
            stats: Stats { pages, articles, photos, materials },
            notices,
        })
    }
}
