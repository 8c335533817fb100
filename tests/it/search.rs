//! The search index without a browser: what it holds, and how little of it a
//! change changes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use zhuanlan::build::{BuildResult, Content, Memory, Now, Options, build};
use zhuanlan::search::{clean, fold, is_indexed};

use crate::project::Project;

fn options() -> Options {
    Options {
        now: Now::Local(jiff::civil::date(2021, 12, 31).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: true,
    }
}

fn run(project: &Project, memory: &Memory) -> BuildResult {
    build(&project.tree(), &options(), project, memory)
}

/// The files of the index by path.
fn index(built: &BuildResult) -> BTreeMap<String, String> {
    let text = |content: &Content| match content {
        Content::Bytes(bytes) => String::from_utf8(bytes.to_vec()).expect("a script is text"),
        other => panic!("{other:?}"),
    };
    built.output.late.files().map(|(path, file)| (path.to_string(), text(&file.content))).collect()
}

/// The arguments of a file's call, its name first.
fn arguments(script: &str) -> Vec<serde_json::Value> {
    let inside = script.trim_end().strip_prefix("zhuanlanSearch(").and_then(|rest| rest.strip_suffix(')'));
    serde_json::from_str(&format!("[{}]", inside.expect("one call"))).expect("plain values")
}

/// What is looked for by the keys, as a reader's browser does.
struct Reader {
    /// Pieces by key.
    lists: BTreeMap<(u16, u16), BTreeSet<u32>>,
    /// Keys whose lists those of longer ones complete, with the first unit of
    /// these.
    partial: Vec<((u16, u16), u16)>,
    /// Path and text of each piece, by number.
    pieces: BTreeMap<u32, (String, String)>,
}

struct Bits<'t> {
    text: &'t [u8],
    at: usize,
}

impl Bits<'_> {
    fn bit(&mut self) -> u32 {
        let byte = self.text[self.at / 6];
        let six = if byte == b'p' { 44 } else { byte - b'0' };
        self.at += 1;
        u32::from(six >> (5 - (self.at - 1) % 6) & 1)
    }

    fn bits(&mut self, count: u32) -> u32 {
        (0..count).fold(0, |value, _| value << 1 | self.bit())
    }

    fn gamma(&mut self) -> u32 {
        let mut length = 0;
        while self.bit() == 0 {
            length += 1;
        }
        1 << length | self.bits(length)
    }

    fn list(&mut self, count: u32, low: u32, high: u32, out: &mut BTreeSet<u32>) {
        if count == 0 {
            return;
        }
        let (middle, size) = (count / 2, high - low - count + 1);
        let offset = if size > 1 {
            let bits = size.ilog2();
            let (short, value) = ((2 << bits) - size, self.bits(bits));
            if value < short { value } else { (value << 1 | self.bit()) - short }
        } else {
            0
        };
        let value = low + middle + offset;
        self.list(middle, low, value, out);
        out.insert(value);
        self.list(count - middle - 1, value + 1, high, out);
    }
}

impl Reader {
    fn new(files: &BTreeMap<String, String>) -> Self {
        let first = arguments(&files["search/index.js"]);
        let end = u32::try_from(first[1]["end"].as_u64().unwrap()).unwrap();
        let mut reader = Self { lists: BTreeMap::new(), partial: Vec::new(), pieces: BTreeMap::new() };
        for (path, script) in files {
            let name = path.trim_start_matches("search/");
            let given = arguments(script);
            if name.starts_with('k') {
                let first = u16::from_str_radix(&name[1..5], 16).unwrap();
                reader.read_lists(first, given[1].as_str().unwrap(), end);
            } else if name.starts_with('t') {
                for piece in given[1].as_array().unwrap() {
                    let text = |at: usize| piece[at].as_str().unwrap().to_owned();
                    let number = u32::try_from(piece[0].as_u64().unwrap()).unwrap();
                    reader.pieces.insert(number, (text(1), text(6)));
                }
            }
        }
        reader.complete();
        reader
    }

    fn read_lists(&mut self, mut first: u16, bits: &str, end: u32) {
        let mut bits = Bits { text: bits.as_bytes(), at: 0 };
        for _ in 0..bits.gamma() {
            first += u16::try_from(bits.gamma() - 1).unwrap();
            let (count, mut seconds) = (bits.gamma(), BTreeSet::new());
            bits.list(count, 0, 1 << 16, &mut seconds);
            for second in seconds {
                let key = (first, u16::try_from(second).unwrap());
                let longer = longer(key);
                let more = longer.is_some() && bits.gamma() == 2;
                self.partial.extend(longer.filter(|_| more).map(|of| (key, of)));
                let (count, titles) = (bits.gamma() - u32::from(longer.is_some()), bits.gamma() - 1);
                let (mut list, mut of_titles) = (BTreeSet::new(), BTreeSet::new());
                bits.list(count, 0, end, &mut list);
                bits.list(titles, 0, count, &mut of_titles);
                assert_eq!(list.len(), count as usize);
                self.lists.insert(key, list);
            }
        }
    }

    fn complete(&mut self) {
        for (key, first) in &self.partial {
            let longer = self.lists.range((*first, 0)..=(*first, u16::MAX));
            let more: Vec<u32> =
                longer.filter(|(other, _)| *other != key).flat_map(|(_, list)| list).copied().collect();
            assert!(!more.is_empty());
            self.lists.get_mut(key).unwrap().extend(more);
        }
    }

    /// The pieces that may have `word`, by its pairs and single characters.
    fn candidates(&self, word: &[u16]) -> BTreeSet<u32> {
        let mut all: BTreeSet<u32> = self.pieces.keys().copied().collect();
        let mut keys: Vec<(u16, u16)> =
            word.iter().filter(|u| is_indexed(**u)).map(|unit| (*unit, 0x20)).collect();
        keys.extend(
            word.windows(2).filter(|two| two.iter().all(|u| is_indexed(*u))).map(|two| (two[0], two[1])),
        );
        for key in keys {
            let none = BTreeSet::new();
            let list = self.lists.get(&key).unwrap_or(&none);
            all.retain(|number| list.contains(number));
        }
        all
    }
}

/// The first unit of the keys that begin as `key` does: `search/gram.rs`.
fn longer((first, second): (u16, u16)) -> Option<u16> {
    let digit = |unit: u16| u8::try_from(unit).ok().and_then(|byte| char::from(byte).to_digit(36));
    match (digit(first), digit(second)) {
        (Some(a), Some(b)) => u16::try_from(0xE600 + a * 36 + b).ok(),
        (None, _) => (second == 0x20).then_some(first),
        (Some(_), None) => None,
    }
}

fn article(title: &str, date: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\nbyline: {{通讯员: 张庆伟}}\n---\n\n{text}\n")
}

fn column(texts: &[String]) -> Project {
    let mut project = Project::new().column("sections: [{folder: news, title: 新闻}]");
    for (at, text) in texts.iter().enumerate() {
        let date = format!("2021-{:02}-11", 1 + at % 12);
        project.write(&format!("content/news/p{at}.md"), article(&format!("第{at}篇"), &date, text));
    }
    project
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..crate::property::cases(32) })]

    /// Whoever has a word is among the candidates, and the text decides.
    #[test]
    fn the_index_misses_nothing(
        texts in prop::collection::vec("[教育整顿公安，。A-c0-2 Ａ ]{3,30}", 1..14),
        words in prop::collection::vec("[教育整顿公安，A-c0-2Ａ]{1,4}", 8),
    ) {
        let files = index(&run(&column(&texts), &Memory::default()));
        let reader = Reader::new(&files);
        for word in words {
            let word = fold(&word);
            let candidates = reader.candidates(&word);
            for (number, (path, text)) in &reader.pieces {
                let has = fold(text).windows(word.len()).any(|part| part == word);
                prop_assert!(!has || candidates.contains(number), "{} misses {:?}", path, String::from_utf16_lossy(&word));
                // One or two characters without punctuation: the lists alone decide.
                if word.len() <= 2 && word.iter().all(|unit| is_indexed(*unit)) {
                    prop_assert_eq!(has, candidates.contains(number));
                }
            }
        }
    }
}

#[test]
fn a_page_is_found_by_all_that_it_says() {
    let text =
        "正文一段。\n\n![会场](../photos/a.png \"会场外景\")\n\n## 小标题\n\n末段[^1]。\n\n[^1]: 注脚文字\n";
    let mut project = Project::new()
        .column("sections: [{folder: news, title: 新闻}]")
        .file("content/photos/a.png", include_bytes!("../fixtures/pixel.png"))
        .file("content/news/index.md", "---\ntitle: 新闻\n---\n\n本栏说明。\n");
    project.write(
        "content/news/x.md",
        article("标题", "2021-03-11", text).replace(
            "byline",
            "subtitle: 副标题\nnumber: 漯公通〔2021〕8号\nphotos: {a.png: {credit: 薛宏冰}}\nbyline",
        ),
    );
    let reader = Reader::new(&index(&run(&project, &Memory::default())));
    let texts: Vec<&str> = reader.pieces.values().map(|(_, text)| text.as_str()).collect();
    for word in [
        "标题",
        "副标题",
        "漯公通〔2021〕8号",
        "通讯员 张庆伟",
        "正文一段",
        "会场外景",
        "薛宏冰",
        "小标题",
        "注脚文字",
        "本栏说明",
    ] {
        assert!(texts.iter().any(|text| text.contains(word)), "{word} in {texts:?}");
    }
}

#[test]
fn what_readers_cannot_see_is_not_in_the_index() {
    let mut project = column(&["公开。".to_owned()]);
    project.write("content/news/d.md", article("草稿", "2021-03-11\ndraft: true", "秘而不宣。"));
    let files = index(&run(&project, &Memory::default()));
    assert!(files.values().all(|file| !file.contains("秘而不宣")));
    let preview = Options { preview: true, ..options() };
    let shown = index(&build(&project.tree(), &preview, &project, &Memory::default()));
    assert!(shown.values().any(|file| file.contains("秘而不宣")));
}

#[test]
fn a_column_without_search_has_neither_page_nor_index() {
    let off = column(&["正文。".to_owned()])
        .file("column.yaml", "title: 专栏\nsearch: false\nsections: [{folder: news, title: 新闻}]\n");
    let built = run(&off, &Memory::default());
    assert!(index(&built).is_empty() && !built.output.files.contains_key("search.html"));
}

/// How many files of the index differ, and how many there are.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(*text))
        .map(|(path, _)| path.clone())
        .collect()
}

/// Paragraphs of characters that stand side by side nowhere else.
fn prose(seed: u32) -> String {
    let mut state = seed.wrapping_mul(2_654_435_769) | 1;
    let mut text = String::new();
    for at in 0..120 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push(char::from_u32(0x4E00 + (state >> 16) % 3000).unwrap());
        if at % 30 == 29 {
            text.push_str("。\n\n");
        }
    }
    text
}

#[test]
fn an_edit_changes_the_files_of_its_own_text_and_pairs() {
    let texts: Vec<String> = (0..300).map(prose).collect();
    let (mut project, memory) = (column(&texts), Memory::default());
    let before = index(&run(&project, &memory));
    project
        .write("content/news/p7.md", article("第7篇", "2021-08-11", &texts[7].replacen('。', "，补记。", 1)));
    let after = index(&run(&project, &memory));
    let names = changed(&before, &after);
    assert!(before.len() > 180, "{} files", before.len());
    assert_eq!(names.iter().filter(|name| name.starts_with("search/t")).count(), 1, "{names:?}");
    assert!(names.len() <= 8, "{names:?}");
    assert_eq!(after, index(&run(&project, &Memory::default())));
}

#[test]
fn a_new_piece_moves_few_others() {
    let texts: Vec<String> = (0..300).map(prose).collect();
    let (mut project, memory) = (column(&texts), Memory::default());
    let before = Reader::new(&index(&run(&project, &memory)));
    project.write("content/news/new.md", article("新的一篇", "2021-05-20", &prose(4000)));
    let after = Reader::new(&index(&run(&project, &memory)));
    let moved = before
        .pieces
        .iter()
        .filter(|(number, (path, _))| after.pieces.get(*number).is_none_or(|(now, _)| now != path));
    let moved: Vec<&u32> = moved.map(|(number, _)| number).collect();
    assert!(moved.len() < 12, "{moved:?} of {}", before.pieces.len());
}

#[test]
fn cleaning_is_done_once_and_for_all() {
    for text in ["  a\u{200B}b \n\n c\u{3000}d  ", "一\r\n二", "\u{FEFF}"] {
        let once = clean(text);
        assert_eq!(clean(&once), once);
    }
}
