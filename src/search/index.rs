//! All files of the index, from a site.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::bit_writer::Bits;
use super::entry::{Entry, entries};
use super::grams::units;
use super::indexed::{Extra, Indexed, Part};
use super::numbering::{Places, Region, place};
use super::postings::{Chunk, Posted, chunks};
use super::script::{Scripts, string, unit_string};
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
    /// Its bytes: ASCII and UTF-8. `None` where they were taken.
    pub bytes: Option<Arc<[u8]>>,
    /// How many they are.
    pub len: u64,
}

/// Takes a finished file: its path, its key, its bytes. False where it did not.
pub type Take<'t> = &'t (dyn Fn(&OutputPath, Key, &[u8]) -> bool + Sync);

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
        let shelves = Shelves::new(&entries);
        let scripts = Scripts { take: None };
        let texts = shelves.texts(scripts, |at| ready.get(at).cloned());
        let indexed = ready.iter().map(|part| part.indexed.clone()).collect();
        Self { files: files(site, names, &entries, shelves, indexed, texts, scripts), made }
    }

    /// The same, of which nothing is remembered: `take` gets each file when it
    /// is finished, and a text is let go as soon as its file is.
    pub fn spooled(site: &Site, names: &[String; 3], take: Take<'_>) -> Self {
        let entries = entries(site);
        let indexed: Vec<OnceLock<Indexed>> = entries.iter().map(|_| OnceLock::new()).collect();
        let part = |at: usize| {
            let part = Part::new(entries.get(at)?);
            // Each piece stands on one shelf, once.
            let _ = indexed.get(at)?.set(part.indexed.clone());
            Some(Arc::new(part))
        };
        let shelves = Shelves::new(&entries);
        let scripts = Scripts { take: Some(take) };
        let texts = shelves.texts(scripts, part);
        let indexed: Vec<Indexed> = indexed.into_iter().filter_map(OnceLock::into_inner).collect();
        let made = indexed.len() as u64;
        Self { files: files(site, names, &entries, shelves, indexed, texts, scripts), made }
    }
}

/// A file, if there is one, and the tag in its name.
type Tagged = Option<(File, String)>;

/// All files, the `texts` among them.
fn files(
    site: &Site,
    names: &[String; 3],
    entries: &[Entry<'_>],
    shelves: Shelves,
    indexed: Vec<Indexed>,
    texts: Vec<Tagged>,
    scripts: Scripts<'_>,
) -> Vec<File> {
    let (per_file, bytes) = sizes(entries.len());
    let (plan, posted) = Plan::new(shelves, indexed);
    let chunks = chunks(posted, plan.extras.end, bytes);
    let mut files = Vec::new();
    let mut first = String::from("{");
    let _ = write!(first, "\"pieces\":{},\"slots\":{per_file},\"end\":{},", entries.len(), plan.extras.end);
    let _ = write!(first, "\"months\":[{}],", months(&plan.pieces.regions));
    let _ = write!(first, "\"files\":[{}],", plan.owners());
    let _ = write!(first, "\"keys\":{},", unit_string(chunks.iter().flat_map(first_units)));
    let lists = chunks.into_par_iter().map(|chunk| list_file(&chunk, scripts)).collect();
    let _ = write!(first, "\"lists\":{},", add_all(&mut files, lists));
    let _ = write!(first, "\"texts\":{},", add_all(&mut files, texts));
    let _ = write!(first, "\"extras\":{},", add_all(&mut files, plan.extra_texts(scripts)));
    let facets = facets(site, names, entries, &plan);
    let facets = scripts.file("facets", |text| text.push_str(&facets));
    let _ = write!(first, "\"facets\":{}}}", add_all(&mut files, vec![facets]));
    files.extend(scripts.first(&first));
    files
}

/// Which piece has which number, and which numbers share a file of texts.
struct Shelves {
    pieces: Places,
    /// The name of each piece that its number comes from, in the site's order.
    names: Vec<String>,
    /// By file: the numbers and the places of its pieces.
    files: BTreeMap<u32, Vec<(u32, usize)>>,
    count: u32,
}

impl Shelves {
    fn new(entries: &[Entry<'_>]) -> Self {
        let (slots, _) = sizes(entries.len());
        let names: Vec<String> =
            entries.iter().map(|entry| entry.article.route.as_str().to_owned()).collect();
        let months = entries.iter().zip(&names).map(|(entry, name)| (entry.month(), name.as_str()));
        let pieces = place(months, 0);
        let mut files: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
        for (at, number) in pieces.numbers.iter().enumerate() {
            files.entry(number / slots).or_default().push((*number, at));
        }
        for members in files.values_mut() {
            members.sort_unstable();
        }
        let count = pieces.end.div_ceil(slots);
        Self { pieces, names, files, count }
    }

    /// The files of texts: the pieces of successive numbers, each asked for
    /// once, by its place.
    fn texts(&self, scripts: Scripts<'_>, part: impl Fn(usize) -> Option<Arc<Part>> + Sync) -> Vec<Tagged> {
        let file = |shelf: u32| {
            let pieces = self.files.get(&shelf)?;
            let parts: Vec<(u32, Arc<Part>)> =
                pieces.iter().filter_map(|(number, at)| Some((*number, part(*at)?))).collect();
            scripts.file(&format!("t{shelf}"), |text| {
                for (at, (number, part)) in parts.iter().enumerate() {
                    text.push_str(if at == 0 { "[" } else { ",\n" });
                    let _ = write!(text, "[{number},{}]", part.entry);
                }
                text.push(']');
            })
        };
        (0..self.count).into_par_iter().map(file).collect()
    }
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

fn first_units(chunk: &Chunk) -> [u16; 2] {
    let (one, two) = units(chunk.first);
    [one, two]
}

/// A chunk is named by its first key: so one chunk more renames none.
fn list_file(chunk: &Chunk, scripts: Scripts<'_>) -> Tagged {
    scripts.file(&format!("k{:08x}", chunk.first), |text| {
        let _ = write!(text, "\"{}\"", chunk.bits);
    })
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
    /// The texts of each piece's files.
    texts: Vec<Arc<[Extra]>>,
}

impl Plan {
    /// The numbers, and the keys by these: given away, so that they can go
    /// when they stand in lists.
    fn new(Shelves { pieces, names, .. }: Shelves, parts: Vec<Indexed>) -> (Self, Vec<Posted>) {
        let owner = |(at, part): (usize, &Indexed)| (0..part.extras.len()).map(move |n| (at, n));
        let owners: Vec<(usize, usize)> = parts.iter().enumerate().flat_map(owner).collect();
        let part_name =
            |(at, n): &(usize, usize)| format!("{}#{n}", names.get(*at).map_or("", String::as_str));
        let extra_names: Vec<String> = owners.iter().map(part_name).collect();
        let extras = place(extra_names.iter().map(|name| (0, name.as_str())), pieces.end);
        let (keys, texts): (Vec<_>, Vec<_>) =
            parts.into_iter().map(|Indexed { keys, extras }| (keys, extras)).unzip();
        let plan = Self { pieces, extras, owners, texts };
        let mut posted: Vec<Posted> =
            keys.into_iter().enumerate().map(|(at, keys)| Posted { number: plan.number(at), keys }).collect();
        posted.extend(plan.extras().filter_map(|(number, piece, n)| {
            let Extra { keys, .. } = plan.texts.get(piece)?.get(n)?;
            Some(Posted { number, keys: Arc::clone(keys) })
        }));
        (plan, posted)
    }

    /// The number of a piece.
    fn number(&self, piece: usize) -> u32 {
        self.pieces.numbers.get(piece).copied().unwrap_or(0)
    }

    /// The extras: number, piece, part.
    fn extras(&self) -> impl Iterator<Item = (u32, usize, usize)> + '_ {
        self.extras.numbers.iter().zip(&self.owners).map(|(number, (piece, n))| (*number, *piece, *n))
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

    /// The files of attached texts, by number.
    fn extra_texts(&self, scripts: Scripts<'_>) -> Vec<Tagged> {
        let mut files = vec![None; (self.extras.end - self.pieces.end) as usize];
        for (number, piece, n) in self.extras() {
            let at = number - self.pieces.end;
            let extra = self.texts.get(piece).and_then(|texts| texts.get(n));
            if let (Some(extra), Some(file)) = (extra, files.get_mut(at as usize)) {
                *file = scripts.file(&format!("x{at}"), |text| text.push_str(&extra.entry));
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
