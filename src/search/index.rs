//! All files of the index, from a site.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::entry::{Entry, entries};
use super::facets::facets;
use super::former::Former;
use super::grams::{Gram, units};
use super::indexed::Part;
use super::maker::Maker;
use super::numbering::Region;
use super::script::{File, Scripts, Tagged, Take, unit_string};
use crate::memo::{Count, Memo};
use crate::site::Site;

/// Pieces made ready, by the keys of what they are made from.
#[derive(Debug, Default)]
pub struct Memory {
    parts: Memo<Part>,
}

/// The index of one site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// In no order that means anything.
    pub files: Vec<File>,
    /// How many pieces had to be made ready.
    pub made: u64,
}

/// How many numbers share a file of texts, and about how many bytes a file of
/// lists has: few for small columns, whose first query then moves little.
fn sizes(pieces: usize) -> (u32, u64) {
    match pieces {
        0..=1500 => (2, 4 << 10),
        1501..=4000 => (4, 8 << 10),
        _ => (10, 17 << 10),
    }
}

impl Index {
    /// The index of all pieces that have a page in `site`. `names` is what hits
    /// can be narrowed to: sections, phases, units.
    ///
    /// `memory` only saves work.
    pub fn new(site: &Site, names: &[String; 3], memory: &Memory) -> Self {
        let entries = entries(site);
        let ready: Vec<Arc<Part>> = entries
            .par_iter()
            .with_min_len(16)
            .map(|entry| memory.parts.get_or(entry.key, || Part::new(entry)))
            .collect();
        let Count { made, .. } = memory.parts.sweep();
        let part = |at: usize| ready.get(at).cloned();
        let (slots, bytes) = sizes(entries.len());
        let maker = Maker::new(&entries, slots, &part, Scripts::default(), None);
        Self { files: files(site, names, &entries, maker, bytes), made }
    }

    /// The same for a process that ends with it: `take` gets each file when it
    /// is finished, and a text is let go as soon as its file is. What `former`
    /// has of an earlier process is not made again.
    pub fn spooled(site: &Site, names: &[String; 3], take: Take<'_>, former: Former<'_>) -> Self {
        let entries = entries(site);
        let made = AtomicU64::new(0);
        let part = |at: usize| {
            made.fetch_add(1, Ordering::Relaxed);
            entries.get(at).map(|entry| Arc::new(Part::new(entry)))
        };
        let (slots, bytes) = sizes(entries.len());
        let scripts = Scripts { take: Some(take), former: Some(former.site) };
        let maker = Maker::new(&entries, slots, &part, scripts, Some(former.store));
        let files = files(site, names, &entries, maker, bytes);
        Self { files, made: made.into_inner() }
    }
}

/// All files; those of lists have about so many `bytes`.
fn files(
    site: &Site,
    names: &[String; 3],
    entries: &[Entry<'_>],
    mut maker: Maker<'_>,
    bytes: u64,
) -> Vec<File> {
    let texts = maker.texts();
    let extras = maker.extras();
    let extra_texts = maker.extra_texts(&extras);
    let lists = maker.lists(&extras, bytes);
    maker.keep(&extras, &lists);
    let (scripts, pieces) = (maker.scripts, &maker.shelves.pieces);
    let mut files = Vec::new();
    let mut first = String::from("{");
    let (slots, _) = sizes(entries.len());
    let _ = write!(first, "\"pieces\":{},\"slots\":{slots},\"end\":{},", entries.len(), extras.end);
    let _ = write!(first, "\"months\":[{}],", months(&pieces.regions));
    let _ = write!(first, "\"files\":[{}],", extras.owners(&maker.shelves));
    let _ = write!(first, "\"keys\":{},", unit_string(lists.iter().flat_map(|lists| both(lists.first))));
    let lists = lists.into_iter().map(|lists| lists.tagged).collect();
    let _ = write!(first, "\"lists\":{},", add_all(&mut files, lists));
    let _ = write!(first, "\"texts\":{},", add_all(&mut files, texts));
    let _ = write!(first, "\"extras\":{},", add_all(&mut files, extra_texts));
    let facets = facets(site, names, entries, &pieces.numbers, pieces.end);
    let facets = scripts.file("facets", |text| text.push_str(&facets));
    let _ = write!(first, "\"facets\":{}}}", add_all(&mut files, vec![facets]));
    files.extend(scripts.first(&first));
    files
}

/// Adds the files, and gives their tags as one string; `---` stands for a file
/// that there is not.
fn add_all(files: &mut Vec<File>, all: Vec<Tagged>) -> String {
    let mut tags = String::from('"');
    for file in all {
        if let Some((file, tag)) = file {
            tags.push_str(&tag);
            files.push(file);
        } else {
            tags.push_str("---");
        }
    }
    tags.push('"');
    tags
}

fn both(first: Gram) -> [u16; 2] {
    let (one, two) = units(first);
    [one, two]
}

/// `[24254,12],…`.
fn months(regions: &[Region]) -> String {
    let pair = |region: &Region| format!("[{},{}]", region.month, region.size);
    regions.iter().map(pair).collect::<Vec<_>>().join(",")
}
