//! Data blocks: fenced code whose info string is the name of a block and whose
//! text is YAML.
//!
//! The YAML is decoded into a shape (`shape`), and each kind's file makes the
//! checked block of it. All faults of a block are reported at once, each at its
//! own place, and what is right is shown.

mod figures;
mod gallery;
mod ledger;
mod quiz;
mod schema;
mod shape;
mod timeline;

use std::borrow::Cow;
use std::ops::Range;

use serde::de::DeserializeOwned;

use super::sink::Slot;
use super::target;
use super::writer::Writer;
use super::{Block, Segment};
use crate::diagnostic::{BlockFault, YamlFault};
use crate::text::{At, Span};
use crate::yaml::{self, Fragment};

pub use schema::schema;

/// The name of a data block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// 图集.
    Gallery,
    /// 时间线.
    Timeline,
    /// 台账.
    Ledger,
    /// 数字.
    Figures,
    /// 自测题.
    Quiz,
}

impl Name {
    /// All of them, in the order of the handbook.
    pub const ALL: [Self; 5] = [Self::Gallery, Self::Timeline, Self::Ledger, Self::Figures, Self::Quiz];

    /// The block that an info string names: exactly, in English or Chinese.
    pub fn read(info: &str) -> Option<Self> {
        let info = info.trim();
        Self::ALL.into_iter().find(|name| name.word() == info).or_else(|| Self::chinese(info))
    }

    /// The block that a Chinese word names; the handbook has the first of each.
    fn chinese(word: &str) -> Option<Self> {
        Some(match word {
            "图集" | "相册" | "图片" | "照片" | "组图" => Self::Gallery,
            "时间线" | "时间轴" | "大事记" => Self::Timeline,
            "台账" => Self::Ledger,
            "数字" | "数据" => Self::Figures,
            "自测题" | "测验" | "测试" | "自测" | "答题" | "试题" | "练习" | "练习题" => {
                Self::Quiz
            }
            _ => return None,
        })
    }

    /// As the handbook writes it behind a fence: 图集.
    pub const fn chinese_word(self) -> &'static str {
        match self {
            Self::Gallery => "图集",
            Self::Timeline => "时间线",
            Self::Ledger => "台账",
            Self::Figures => "数字",
            Self::Quiz => "自测题",
        }
    }

    /// As it is written behind a fence: `gallery`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gallery => "gallery",
            Self::Timeline => "timeline",
            Self::Ledger => "ledger",
            Self::Figures => "figures",
            Self::Quiz => "quiz",
        }
    }
}

impl Writer<'_> {
    /// A data block that stands at `place`, fences included; `code` is its text
    /// without the signs of what it stands in.
    pub(super) fn data_block(&mut self, name: Name, code: &str, place: &Range<usize>) {
        let block = Reader::new(self, name, code, place).read();
        self.visible += 1;
        self.block("");
        self.sink.slot(Slot::Segment(Segment::Block(self.body.blocks.len())));
        self.body.blocks.push(block);
    }
}

/// A block being read.
struct Reader<'w, 's> {
    writer: &'w mut Writer<'s>,
    name: Name,
    /// The block's text as it stands in the file, from byte `offset` on.
    yaml: String,
    offset: usize,
    /// The opening fence.
    fence: Range<usize>,
    /// What was wrong with the YAML: nothing more is said of these places.
    wrong: Vec<Span>,
}

impl<'w, 's> Reader<'w, 's> {
    fn new(writer: &'w mut Writer<'s>, name: Name, code: &str, place: &Range<usize>) -> Self {
        let source = writer.source.slice(place);
        let first = source.split_inclusive('\n').next().map_or(0, str::len);
        let fence = place.start..place.start + source.get(..first).unwrap_or_default().trim_end().len();
        let lines = code.lines().count();
        let behind = source.get(first..).unwrap_or_default();
        let text: String = behind.split_inclusive('\n').take(lines).map(|line| without_quote(line)).collect();
        Self { writer, name, yaml: text, offset: place.start + first, fence, wrong: Vec::new() }
    }

    fn read(mut self) -> Block {
        match self.name {
            Name::Gallery => Block::Gallery(gallery::read(&mut self)),
            Name::Timeline => Block::Timeline(timeline::read(&mut self)),
            Name::Ledger => Block::Ledger(ledger::read(&mut self)),
            Name::Figures => Block::Figures(figures::read(&mut self)),
            Name::Quiz => Block::Quiz(quiz::read(&mut self)),
        }
    }

    /// The block's text in its shape.
    fn decode<T: DeserializeOwned + Default>(&mut self) -> T {
        let fragment = Fragment { path: self.writer.source.path, text: &self.yaml, offset: self.offset };
        let checked = yaml::decode(fragment);
        self.wrong.extend(checked.diagnostics.iter().filter_map(|found| found.primary.span));
        checked.keep(&mut self.writer.found)
    }

    /// The block is labelled as an example, or not.
    fn example(&mut self, labelled: bool) {
        if labelled {
            self.writer.body.examples.push(self.writer.body.blocks.len());
        }
    }

    fn report(&mut self, span: Span, fault: BlockFault) {
        self.writer.report(span.start as usize..span.end as usize, fault);
    }

    /// The block has no entry.
    fn empty(&mut self) {
        if self.wrong.is_empty() {
            let fault = BlockFault::Empty { block: self.name.word().into() };
            self.writer.report(self.fence.clone(), fault);
        }
    }

    /// An entry lacks a key, unless something was wrong with the entry.
    fn missing(&mut self, entry: Span, key: &str) {
        let known = |wrong: &Span| entry.start <= wrong.start && wrong.end <= entry.end;
        if !self.wrong.iter().any(known) {
            let fault = YamlFault::MissingKey { key: key.into() };
            self.writer.report(entry.start as usize..entry.end as usize, fault);
        }
    }

    /// A value that must be there; blank ones count as missing.
    fn needed(&mut self, value: Option<String>, entry: Span, key: &str) -> Option<String> {
        let value = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        if value.is_none() {
            self.missing(entry, key);
        }
        value
    }

    /// Text that readers see.
    fn say(&mut self, texts: &[Option<&str>]) {
        for text in texts.iter().flatten() {
            self.writer.plain.block(text);
        }
    }

    /// A link of the block, by its number among the body's.
    fn link(&mut self, written: Option<At<String>>) -> Option<usize> {
        let written = written?;
        let place = written.span.start as usize..written.span.end as usize;
        let (target, fault) = target::judged(written.value);
        let broken = fault.as_ref().is_some_and(target::breaks);
        if let Some(fault) = fault {
            self.writer.report(place.clone(), fault);
        }
        (!broken).then(|| self.writer.add_link(target, &place, None))
    }
}

/// A line with the signs of block quotes blanked, so that places stay.
fn without_quote(line: &str) -> Cow<'_, str> {
    let head = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let (signs, rest) = line.split_at_checked(head).unwrap_or((line, ""));
    if signs.contains('>') { format!("{}{rest}", signs.replace('>', " ")).into() } else { line.into() }
}
