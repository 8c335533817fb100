//! All files of the index, from a site.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;

use super::bit_writer::Bits;
use super::entry::{Entry, entries};
use super::grams::units;
use super::indexed::{Extra, Part};
use super::numbering::{Places, Region, place};
use super::postings::{Chunk, Posted, chunks};
use super::script::{self, string, unit_string};
use crate::memo::{Count, Key, Memo};
use crate::path::OutputPath;
use crate::site::{Site, Taxonomy};

/// Pieces made ready, by the keys of what they are made from.
#[derive(Debug, Default)]
pub struct Memory {
    parts: Memo<Part>,
}

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// `search/…`.
    pub path: OutputPath,
    /// The hash of its bytes.
    pub key: Key,
    /// Its bytes: ASCII and UTF-8.
    pub bytes: Arc<[u8]>,
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
        let Count { made: fresh, .. } = memory.parts.sweep();
        let plan = Plan::new(&entries, &ready);
        let (per_file, bytes) = sizes(entries.len());
        let chunks = chunks(&plan.posted(&ready), plan.extras.end, bytes);
        let mut files = Vec::new();
        let mut first = String::from("{");
        let _ =
            write!(first, "\"pieces\":{},\"slots\":{per_file},\"end\":{},", entries.len(), plan.extras.end);
        let _ = write!(first, "\"months\":[{}],", months(&plan.pieces.regions));
        let _ = write!(first, "\"files\":[{}],", plan.owners());
        let _ = write!(first, "\"keys\":{},", unit_string(chunks.iter().flat_map(first_units)));
        let _ =
            write!(first, "\"lists\":{},", add_all(&mut files, chunks.par_iter().map(list_file).collect()));
        let _ = write!(first, "\"texts\":{},", add_all(&mut files, plan.texts(&ready, per_file)));
        let _ = write!(first, "\"extras\":{},", add_all(&mut files, plan.extra_texts(&ready)));
        let facets = script::file("facets", &facets(site, names, &entries, &plan));
        let _ = write!(first, "\"facets\":{}}}", add_all(&mut files, vec![facets]));
        files.extend(script::first(&first));
        Self { files, made: fresh }
    }
}

/// Adds the files, and gives their tags as one string; `---` stands for a file
/// that there is not.
fn add_all(files: &mut Vec<File>, all: Vec<Option<(File, String)>>) -> String {
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

fn first_units(chunk: &Chunk) -> [u16; 2] {
    let (one, two) = units(chunk.first);
    [one, two]
}

/// A chunk is named by its first key: so one chunk more renames none.
fn list_file(chunk: &Chunk) -> Option<(File, String)> {
    script::file(&format!("k{:08x}", chunk.first), &format!("\"{}\"", chunk.bits))
}

/// `[24254,12],…`.
fn months(regions: &[Region]) -> String {
    let pair = |region: &Region| format!("[{},{}]", region.month, region.size);
    regions.iter().map(pair).collect::<Vec<_>>().join(",")
}

/// The numbers of all pieces, and behind them of the parts of attached texts.
struct Plan {
    pieces: Places,
    extras: Places,
    /// The piece and the part of each extra, in the order of `extras.numbers`.
    owners: Vec<(usize, usize)>,
}

impl Plan {
    fn new(entries: &[Entry<'_>], parts: &[Arc<Part>]) -> Self {
        let name = |entry: &Entry<'_>| (entry.month(), entry.article.route.as_str().to_owned());
        let named: Vec<(u32, String)> = entries.iter().map(name).collect();
        let pieces = place(named.iter().map(|(month, name)| (*month, name.as_str())), 0);
        let owner = |(at, part): (usize, &Arc<Part>)| (0..part.extras.len()).map(move |n| (at, n));
        let owners: Vec<(usize, usize)> = parts.iter().enumerate().flat_map(owner).collect();
        let part_name = |(at, n): &(usize, usize)| {
            format!("{}#{n}", named.get(*at).map_or("", |(_, name)| name.as_str()))
        };
        let extra_names: Vec<String> = owners.iter().map(part_name).collect();
        let extras = place(extra_names.iter().map(|name| (0, name.as_str())), pieces.end);
        Self { pieces, extras, owners }
    }

    /// The number of a piece.
    fn number(&self, piece: usize) -> u32 {
        self.pieces.numbers.get(piece).copied().unwrap_or(0)
    }

    /// The extras: number, piece, part.
    fn extras(&self) -> impl Iterator<Item = (u32, usize, usize)> + '_ {
        self.extras.numbers.iter().zip(&self.owners).map(|(number, (piece, n))| (*number, *piece, *n))
    }

    fn posted<'p>(&self, parts: &'p [Arc<Part>]) -> Vec<Posted<'p>> {
        let pieces = parts.iter().enumerate();
        let pieces = pieces.map(|(at, part)| Posted { number: self.number(at), keys: &part.keys });
        let extras = self.extras().filter_map(|(number, piece, n)| {
            let Extra { keys, .. } = parts.get(piece)?.extras.get(n)?;
            Some(Posted { number, keys })
        });
        pieces.chain(extras).collect()
    }

    /// For each number behind the pieces', the piece whose file it is of; −1
    /// where there is none.
    fn owners(&self) -> String {
        let mut owners = vec!["-1".to_owned(); (self.extras.end - self.pieces.end) as usize];
        for (number, piece, _) in self.extras() {
            if let Some(owner) = owners.get_mut((number - self.pieces.end) as usize) {
                *owner = self.number(piece).to_string();
            }
        }
        owners.join(",")
    }

    /// The files of texts: the pieces of successive numbers.
    fn texts(&self, parts: &[Arc<Part>], slots: u32) -> Vec<Option<(File, String)>> {
        let mut shelves: BTreeMap<u32, Vec<(u32, &Part)>> = BTreeMap::new();
        for (at, part) in parts.iter().enumerate() {
            let number = self.number(at);
            shelves.entry(number / slots).or_default().push((number, part));
        }
        let file = |shelf: u32| {
            let mut pieces = shelves.get(&shelf)?.clone();
            pieces.sort_unstable_by_key(|(number, _)| *number);
            let written: Vec<String> =
                pieces.iter().map(|(number, part)| format!("[{number},{}]", part.entry)).collect();
            script::file(&format!("t{shelf}"), &format!("[{}]", written.join(",\n")))
        };
        (0..self.pieces.end.div_ceil(slots)).into_par_iter().map(file).collect()
    }

    /// The files of attached texts, by number.
    fn extra_texts(&self, parts: &[Arc<Part>]) -> Vec<Option<(File, String)>> {
        let mut files = vec![None; (self.extras.end - self.pieces.end) as usize];
        for (number, piece, n) in self.extras() {
            let at = number - self.pieces.end;
            let extra = parts.get(piece).and_then(|part| part.extras.get(n));
            if let (Some(extra), Some(file)) = (extra, files.get_mut(at as usize)) {
                *file = script::file(&format!("x{at}"), &extra.entry);
            }
        }
        files
    }
}

/// What hits can be narrowed to: `[["栏目",["新闻动态",…]],…],"bits"`, the bits
/// being of each value how many pieces it has (and one), and their numbers.
fn facets(site: &Site, names: &[String; 3], entries: &[Entry<'_>], plan: &Plan) -> String {
    let mut bits = Bits::default();
    let mut groups = Vec::new();
    let mut group = |title: &str, values: Vec<(&str, Vec<u32>)>| {
        let used: Vec<_> = values.into_iter().filter(|(_, numbers)| !numbers.is_empty()).collect();
        if used.len() < 2 {
            return;
        }
        let names: Vec<String> = used.iter().map(|(name, _)| string(name)).collect();
        groups.push(format!("[{},[{}]]", string(title), names.join(",")));
        for (_, mut numbers) in used {
            numbers.sort_unstable();
            bits.gamma(u32::try_from(numbers.len()).unwrap_or(0) + 1);
            bits.list(&numbers, plan.pieces.end);
        }
    };
    let having = |has: &dyn Fn(&Entry<'_>) -> bool| -> Vec<u32> {
        let all = entries.iter().enumerate();
        all.filter(|(_, entry)| has(entry)).map(|(at, _)| plan.number(at)).collect()
    };
    let sections = site.config.sections.iter().enumerate();
    let sections = sections
        .map(|(at, section)| (section.title.as_str(), having(&|entry| entry.article.section == Some(at))));
    let [name, phase, unit] = names;
    group(name, sections.collect());
    for (title, taxonomy) in [(phase, Taxonomy::Phases), (unit, Taxonomy::Units)] {
        let terms = site.taxonomies.get(&taxonomy).map_or(&[][..], Vec::as_slice);
        let terms = terms.iter().zip(0..).map(|(term, id)| {
            let names_it = |entry: &Entry<'_>| {
                let ids = entry.article.terms.get(&taxonomy);
                ids.is_some_and(|ids| ids.contains(&crate::site::TermId(id)))
            };
            (term.title.as_str(), having(&names_it))
        });
        group(title, terms.collect());
    }
    format!("[{}],\"{}\"", groups.join(","), bits.finish())
}
