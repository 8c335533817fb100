//! Automatic numbers of a Word document: 一、 （一） 第1条 (ECMA-376, part 1,
//! 17.9).
//!
//! A paragraph names a list and a level, by itself or through its style; the
//! list says how the number is written and counts on from paragraph to
//! paragraph.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Broken;
use super::super::numerals::numeral;
use crate::office::Package;
use crate::office::xml::{Element, Node, is_on};

/// Levels of a list (17.9.6).
const LEVELS: usize = 9;

/// How one level of a list is numbered.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `第%1条`: each `%n` is the number of level n.
    text: String,
    /// Whether nothing stands between number and text.
    tight: bool,
    /// Whether numbers of other levels are written 1, 2, 3 (17.9.4).
    legal: bool,
}

/// All lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By the number of the abstract list.
    lists: BTreeMap<String, Vec<Level>>,
    /// The abstract list of each list, and the levels where it starts anew.
    numbers: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Lists whose own starts have been taken.
    begun: BTreeSet<(String, usize)>,
}

impl Numbering {
    /// Reads the part that defines the lists.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Broken> {
        let mut numbering = Self::default();
        let (mut list, mut number, mut level) = (String::new(), None::<String>, 0);
        package.walk(part, |node| {
            let Node::Start(element) = node else { return };
            let value = || element.attribute("val").unwrap_or_default();
            match element.name() {
                b"abstractNum" => {
                    list = element.attribute("abstractNumId").unwrap_or_default();
                    number = None;
                }
                b"num" => number = element.attribute("numId"),
                b"abstractNumId" => {
                    let known = number.clone().map(|number| numbering.numbers.entry(number).or_default());
                    if let Some(known) = known {
                        known.0 = value();
                    }
                }
                b"lvl" | b"lvlOverride" => level = index(element),
                b"startOverride" => {
                    let known = number.clone().map(|number| numbering.numbers.entry(number).or_default());
                    let start = value().parse().unwrap_or(1);
                    if let Some(known) = known {
                        known.1.insert(level, start);
                    }
                }
                _ if number.is_none() && level < LEVELS => {
                    let levels = numbering.lists.entry(list.clone()).or_insert_with(|| {
                        vec![Level { start: 1, format: "decimal".to_owned(), ..Level::default() }; LEVELS]
                    });
                    levels.get_mut(level).into_iter().for_each(|level| level.set(element));
                }
                _ => {}
            }
        })?;
        Ok(numbering)
    }

    /// The number of the next paragraph of that list and level, with what
    /// stands between it and the text; nothing for bullets.
    pub(super) fn next(&mut self, list: &str, level: usize) -> String {
        let Some((shared, starts)) = self.numbers.get(list) else { return String::new() };
        let Some(levels) = self.lists.get(shared) else { return String::new() };
        let Some(own) = levels.get(level) else { return String::new() };
        let counts = self.counts.entry(shared.clone()).or_default();
        let anew = starts.get(&level).filter(|_| self.begun.insert((list.to_owned(), level)));
        for (at, count) in counts.iter_mut().enumerate() {
            let start =
                starts.get(&at).copied().or_else(|| levels.get(at).map(|level| level.start)).unwrap_or(1);
            match at.cmp(&level) {
                std::cmp::Ordering::Less => *count = Some(count.unwrap_or(start)),
                std::cmp::Ordering::Equal => {
                    *count =
                        Some(anew.copied().unwrap_or_else(|| count.map_or(start, |n| n.saturating_add(1))));
                }
                std::cmp::Ordering::Greater => *count = None,
            }
        }
        own.written(levels, counts)
    }
}

impl Level {
    /// Takes what an element within `lvl` says.
    fn set(&mut self, element: &Element<'_>) {
        let value = || element.attribute("val").unwrap_or_default();
        match element.name() {
            b"start" => self.start = value().parse().unwrap_or(1),
            b"numFmt" => self.format = value(),
            b"lvlText" => self.text = value(),
            b"suff" => self.tight = value() == "nothing",
            b"isLgl" => self.legal = element.attribute("val").is_none_or(|value| is_on(&value)),
            _ => {}
        }
    }

    fn written(&self, levels: &[Self], counts: &[Option<u32>; LEVELS]) -> String {
        if matches!(self.format.as_str(), "bullet" | "none") && !self.text.contains('%') {
            return String::new();
        }
        let mut out = String::new();
        let mut chars = self.text.chars().peekable();
        while let Some(c) = chars.next() {
            let digit = chars.peek().and_then(|c| c.to_digit(10)).filter(|n| (1..=9).contains(n) && c == '%');
            let Some(at) = digit.and_then(|n| usize::try_from(n - 1).ok()) else {
                out.push(c);
                continue;
            };
            chars.next();
            let format = levels.get(at).map_or("decimal", |level| level.format.as_str());
            let format = if self.legal { "decimal" } else { format };
            out.push_str(&numeral(counts.get(at).copied().flatten().unwrap_or(1), format));
        }
        // 一、 stands close to its text, 第1条 does not.
        let close = out.ends_with(['、', '．', '。', '）', '】', '：', '，']);
        if !self.tight && !close && !out.is_empty() {
            out.push(' ');
        }
        out
    }
}

/// The level that an element is about.
fn index(element: &Element<'_>) -> usize {
    element.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0)
}
