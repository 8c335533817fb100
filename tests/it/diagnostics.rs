//! The exact text of every finding, in both languages, as the terminal shows it.
//!
//! A case is a file `tests/fixtures/diagnostics/<area>/<code>[.<which>].txt`:
//! the project's files, each after a line `=== <path>`, then what a build of
//! them says, after `=== zh` and `=== en`. To the files a small project without
//! a fault is added (`BASE`), so that a case holds only what is wrong.
//! `BLESS=1` writes the last two parts anew; read them before you commit them.
//!
//! `=== <path> (gb18030)`, `(utf-16)`, `(bom)`, `(hex)`, `(zip)`, `(compound)`, `(pdf)`, `(65 MB)`, `(heavy)` (41 MiB)
//! say how the text becomes bytes; `(refused leaves-root)`, `(refused unreadable)`, `(refused too-large)`
//! `(refused name)`, `(unreadable)`, `(changed)` (meanwhile, so no longer these hexadecimal bytes) and `(taken)` (for a
//! picture of 300 × 200 by what is remembered of it) stand for what only a disk can do; `{U+0007}` is the
//! character of that number, `{LONG 9000}` so many 汉字.

#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use zhuanlan::build::{Allowed, BuildResult, Former, Memory, Now, Options, build, guard, make_pictures};
use zhuanlan::diagnostic::{Diagnostic, Lang, Located, Severity, locate, plain};
use zhuanlan::memo::Key;
use zhuanlan::path::SourcePath;
use zhuanlan::photo;
use zhuanlan::source::{Blobs, MAX_TEXT, Refusal, SourceTree};
use zhuanlan::wechat::Origin;

use crate::documents;
use crate::project::{Project, options, source};

/// A project about which nothing is to be said.
const BASE: [(&str, &str); 2] = [
    (
        "column.yaml",
        "title: 专栏\nbase_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻动态}\n",
    ),
    ("content/news/base.md", "---\ntitle: 底稿\ndate: 2021-03-01\nsummary: 底稿。\n---\n\n正文。\n"),
];

/// Cases whose fault stands at the very beginning of a file, or has no place in
/// it; for all others line 1, column 1 would be a place for want of a better.
const AT_TOP: [&str; 11] = [
    "front/front-matter-unclosed",
    "front/front-matter-unfenced",
    "front/front-matter-unopened",
    "front/no-front-matter",
    "front/no-title",
    "front/odd-fence",
    "front/toml-front-matter",
    "site/missing-field",
    "site/no-date",
    "source/byte-order-mark",
    "source/encoding-utf-16",
];

/// Compiling the theme takes longest, and all cases have the same.
static MEMORY: LazyLock<Memory> = LazyLock::new(Memory::default);

static CASES: LazyLock<Vec<Case>> = LazyLock::new(cases);

struct Case {
    /// `front/slug-reserved`
    name: String,
    file: PathBuf,
    /// The part of the file that says what is built.
    input: String,
    zh: String,
    en: String,
    findings: Vec<Located>,
}

impl Case {
    fn read(file: &Path, area: &str) -> Self {
        let text = std::fs::read_to_string(file).expect("a case");
        let (input, said) = text.split_once("=== zh\n").unwrap_or((&text, ""));
        let (zh, en) = said.split_once("=== en\n").unwrap_or((said, ""));
        let stem = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let mut case = Self {
            name: format!("{area}/{stem}"),
            file: file.to_owned(),
            input: input.to_owned(),
            zh: zh.to_owned(),
            en: en.to_owned(),
            findings: Vec::new(),
        };
        case.findings = case.build();
        case
    }

    /// The code that the case is about: its name up to the first dot.
    fn code(&self) -> &str {
        let stem = self.name.rsplit('/').next().unwrap_or_default();
        stem.split('.').next().unwrap_or_default()
    }

    fn build(&self) -> Vec<Located> {
        let mut project = Project::new();
        for (path, content) in BASE {
            project.write(path, content);
        }
        let mut refused = Vec::new();
        let (mut unreadable, mut changed) = (Vec::new(), Vec::new());
        let mut remembered = BTreeMap::new();
        let mut former = project.clone();
        for part in self.input.split("=== ").filter(|part| !part.trim().is_empty()) {
            let (head, body) = part.split_once('\n').expect("a path and its text");
            let (path, how) = head.split_once(" (").unwrap_or((head, ""));
            match how.trim_end_matches(')') {
                "absent" => project.remove(path),
                "former" => former.write(path, body),
                "refused leaves-content" => {
                    refused.push((path, Refusal::LeavesInput("shared/s.md".into())));
                }
                "refused dangling" => refused.push((path, Refusal::DanglingLink("gone.md".into()))),
                "refused nested" => refused.push((path, Refusal::NestedLink)),
                "refused not-regular" => refused.push((path, Refusal::NotRegular)),
                "refused leaves-root" => refused.push((path, Refusal::LeavesRoot)),
                "refused unreadable" => refused.push((path, Refusal::Unreadable("拒绝访问".into()))),
                "refused too-large" => refused.push((path, Refusal::TooLarge(MAX_TEXT * 3 / 2))),
                "refused copy" => refused.push((path, Refusal::ConflictCopy)),
                "refused name" => refused.push((path, Refusal::NameNotUnicode)),
                "unreadable" => {
                    project.write(path, body);
                    unreadable.push(path);
                }
                "changed" => {
                    project.write(path, bytes(body, "hex"));
                    changed.push(path);
                }
                "taken" => {
                    let bytes = bytes(body, "hex");
                    remembered.insert(photo::kept_key(Key::hash(&bytes)), TAKEN);
                    project.write(path, bytes);
                }
                how => project.write(path, bytes(&characters(body), how)),
            }
        }
        let mut tree: SourceTree = project.tree();
        for (path, why) in refused {
            tree.refuse(source(path), why);
        }
        for path in unreadable {
            project.remove(path);
        }
        if self.name.starts_with("wechat/") {
            return of_edition(&build(&tree, &options(), &project, &MEMORY), &tree, &project);
        }
        if !self.name.starts_with("vanish/") {
            let remembering = Remembering { project: &project, remembered };
            let mut built = build(&tree, &options(), &remembering, &MEMORY);
            for path in changed {
                project.write(path, "");
            }
            if !built.has_errors() {
                built.findings.extend(make_pictures(&built.output, &|_, _| false, &project, &|_, _| {}));
            }
            return built.findings;
        }
        // The clock's moment, and a site of before.
        let options = Options { now: Now::Instant("2021-03-22T04:00:00Z".parse().unwrap()), ..options() };
        let before = build(&former.tree(), &options, &former, &MEMORY).output;
        let pages = before.files.keys().filter(|path| path.is_page()).cloned().collect();
        let former = Former { sources: Some(before.sources), pages };
        let mut built = build(&tree, &options, &project, &MEMORY);
        guard(&mut built, Some(&former), options.now, Allowed::default());
        built.findings
    }

    /// The files of the case, where a disk can hold them as they are.
    fn on_disk(&self) -> Option<Project> {
        let mut project = Project::new();
        for (path, content) in BASE {
            project.write(path, content);
        }
        for part in self.input.split("=== ").filter(|part| !part.trim().is_empty()) {
            let (head, body) = part.split_once('\n').expect("a path and its text");
            let (path, how) = head.split_once(" (").unwrap_or((head, ""));
            match how.trim_end_matches(')') {
                "absent" => project.remove(path),
                how if how.starts_with("refused") || DISK_ONLY.contains(&how) => return None,
                how => project.write(path, bytes(&characters(body), how)),
            }
        }
        Some(project)
    }

    fn bless(&self, zh: &str, en: &str) {
        std::fs::write(&self.file, format!("{}=== zh\n{zh}=== en\n{en}", self.input)).expect("a case");
    }
}

/// `{U+0007}` as the character that it names; `{LONG 9000}` as so many 汉字 in
/// an order that compresses badly.
fn characters(text: &str) -> String {
    let text = long(text);
    let mut parts = text.split("{U+");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').expect("`}` after a character's number");
        out.extend(u32::from_str_radix(number, 16).ok().and_then(char::from_u32));
        out.push_str(rest);
    }
    out
}

fn long(text: &str) -> String {
    let mut parts = text.split("{LONG ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').expect("`}` after a length");
        let mut state = 1_u32;
        for _ in 0..number.parse().expect("a length") {
            // Numerical Recipes' generator: the same characters everywhere.
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            out.extend(char::from_u32(0x4E00 + (state >> 16) % 0x4E00));
        }
        out.push_str(rest);
    }
    out
}

fn bytes(text: &str, how: &str) -> Vec<u8> {
    match how {
        "" => text.as_bytes().to_vec(),
        "gb18030" => encoding_rs::GB18030.encode(text).0.into_owned(),
        "utf-16" => std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        "heavy" => vec![0; 41 << 20],
        "bom" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        "hex" => {
            let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
            let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
            digits.chunks(2).filter_map(pair).collect()
        }
        "zip" => documents::package(text),
        "compound" => documents::compound(text),
        "pdf" => documents::pdf(text),
        "65 MB" => [text.as_bytes(), &vec![0; 65 << 20]].concat(),
        other => panic!("no such way to make bytes: {other}"),
    }
}

/// What stands for something that only a disk, or somebody at it, can do; and
/// files of which there is no use in writing so many bytes.
const DISK_ONLY: [&str; 6] = ["former", "unreadable", "changed", "taken", "65 MB", "heavy"];

/// The projects of all cases that a disk can hold.
pub(crate) fn on_disk() -> impl Iterator<Item = (&'static str, Project)> {
    CASES.iter().filter_map(|case| Some((case.name.as_str(), case.on_disk()?)))
}

/// What was seen of a good picture.
const TAKEN: &str = "300 200 png 5 false false false false - - - -";

/// A project of which something is remembered that is not so.
struct Remembering<'p> {
    project: &'p Project,
    remembered: BTreeMap<Key, &'static str>,
}

impl Blobs for Remembering<'_> {
    fn read(&self, path: &SourcePath) -> std::io::Result<Arc<[u8]>> {
        self.project.read(path)
    }

    fn recall(&self, key: Key) -> Option<Vec<u8>> {
        self.remembered.get(&key).map(|kept| kept.as_bytes().to_vec())
    }
}

/// What is said of the WeChat edition of the case's piece, of its pictures, and of
/// its styles. There is no font.
fn of_edition(built: &BuildResult, tree: &SourceTree, project: &Project) -> Vec<Located> {
    let mut found = built.editions.findings();
    if let Some(made) = built.editions.of_source(&source("content/news/a.md")) {
        found.extend(made.diagnostics);
        for picture in made.value.iter().flat_map(|edition| &edition.pictures) {
            let Origin::Made(recipe) = &picture.origin else { continue };
            let made = photo::make(&recipe.source, recipe.content, &[recipe.make], project);
            found.extend(made.fault.map(|fault| Diagnostic::of_file(&recipe.source, fault)));
        }
    }
    locate(found, |path| tree.bytes(path).map(|bytes| zhuanlan::document::decoded(bytes)))
}

fn said(findings: &[Located], lang: Lang) -> String {
    findings.iter().fold(String::new(), |mut all, finding| {
        let _ = writeln!(all, "{}", plain(finding, lang));
        all
    })
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diagnostics");
    let mut cases = Vec::new();
    for area in std::fs::read_dir(root).expect("the cases").flatten() {
        let name = area.file_name().into_string().expect("a name");
        for file in std::fs::read_dir(area.path()).expect("an area").flatten() {
            cases.push(Case::read(&file.path(), &name));
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// Each case says what its file says, and nothing else.
#[test]
fn every_finding_is_worded_as_agreed() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for case in CASES.iter() {
        let findings = &case.findings;
        let (zh, en) = (said(findings, Lang::Zh), said(findings, Lang::En));
        if bless {
            case.bless(&zh, &en);
        } else if (&zh, &en) != (&case.zh, &case.en) {
            let _ = write!(wrong, "\n##### {}\n=== zh\n{zh}=== en\n{en}", case.name);
        }
        if !findings.iter().any(|finding| finding.kind.code() == case.code()) {
            let _ = write!(wrong, "\n##### {}: its own fault is not found\n{zh}", case.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}\n(BLESS=1 rewrites the cases)");
}

/// No two cases have the same words, and no Chinese words are the English ones.
#[test]
fn every_case_has_words_of_its_own() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for case in CASES.iter() {
        for finding in case.findings.iter().filter(|finding| finding.kind.code() == case.code()).take(1) {
            let (zh, en) = (finding.kind.message(Lang::Zh), finding.kind.message(Lang::En));
            assert_ne!(zh.text, en.text, "{}", case.name);
            assert!(zh.hint.is_none() || zh.hint != en.hint, "{}: {:?}", case.name, zh.hint);
            for message in [zh.text, en.text] {
                if let Some(other) = seen.insert(message.clone(), case.name.clone()) {
                    panic!("`{other}` and `{}` share `{message}`", case.name);
                }
            }
            let at_top = finding.range.is_some_and(|(start, _)| (start.line, start.column) == (1, 1));
            assert_eq!(at_top, AT_TOP.contains(&case.name.as_str()), "{}: the place", case.name);
        }
    }
}

/// House style: no full stop, no capital, no blank at the ends; Chinese text
/// has Chinese punctuation.
#[test]
fn words_keep_to_the_house_style() {
    for case in CASES.iter() {
        for finding in &case.findings {
            for lang in [Lang::Zh, Lang::En] {
                let said = finding.kind.message(lang);
                for text in std::iter::once(said.text).chain(said.hint) {
                    assert!(!text.ends_with(['。', '.', ' ', '\n']), "{}: {text}", case.name);
                    assert!(
                        !text.starts_with(|c: char| c.is_ascii_uppercase()) || lang == Lang::Zh,
                        "{text}"
                    );
                    assert_eq!(text.matches('`').count() % 2, 0, "{}: {text}", case.name);
                }
            }
        }
    }
}

/// Every code that `src/diagnostic` knows has a case.
#[test]
fn every_fault_has_a_case() {
    let known: BTreeSet<String> = codes();
    let had: BTreeSet<String> = CASES.iter().map(|case| case.code().to_owned()).collect();
    let without: Vec<&String> =
        known.difference(&had).filter(|code| !WITHOUT.contains(&code.as_str())).collect();
    assert!(without.is_empty(), "no case in tests/fixtures/diagnostics: {without:#?}");
    let stray: Vec<&String> = had.difference(&known).collect();
    assert!(stray.is_empty(), "no such code: {stray:#?}");
}

/// Codes that no text can bring about, with the reason.
const WITHOUT: [&str; 2] = [
    // A GIF of more than a megabyte, which no case holds: `wechat.rs` makes one.
    "wechat-large-gif",
    // For readers of a value that have a reason of their own; no shape has one.
    "refused-value",
];

/// The codes as the fault files write them: the strings of `fn head`.
pub(crate) fn codes() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic");
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(root).expect("src/diagnostic").flatten() {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let Some((_, body)) = text.split_once("fn head(&self)") else { continue };
        let body = body.split("fn message").next().unwrap_or_default();
        for arm in body.split("=> (").chain(body.split("return (")).filter(|arm| arm.starts_with('"')) {
            found.extend(arm.split('"').nth(1).map(str::to_owned));
        }
    }
    found
}

/// A column with thirty faults, five of them in one front matter, hears of all
/// thirty in one run.
#[test]
fn thirty_faults_are_reported_in_one_run() {
    let column = "title: 专栏\nbase_url: www.example.org\ntimezone: Asia/Shanghi\nper_page: 0\n\
                  sections:\n  - {folder: news, title: 新闻动态, kind: artcle}\n\
                  phases:\n  - {name: 学习教育, start: 2021-03-08, end: 2021-02-08}\n";
    let front = "---\ntitle：动员部署会召开\ndate: 2021-02-30\npinned: 也许\ntpics: 学习\nlang: 中文\n---\n\n正文。\n";
    let body = "---\ntitle: 会议\ndate: 2021-03-08\n---\n\n[一](x.md)，[二](y.md)，[三](z.md)，[四](javascript:alert(1))，注[^1]。\n";
    let mut project = Project::new();
    project.write("column.yaml", column);
    project.write("content/news/a.md", front);
    for n in 1..=4 {
        project.write(&format!("content/news/b{n}.md"), body);
    }
    let built = build(&project.tree(), &options(), &project, &MEMORY);
    let errors = built.findings.iter().filter(|finding| finding.severity() == Severity::Error);
    let mut by_file: BTreeMap<String, usize> = BTreeMap::new();
    for finding in errors {
        *by_file.entry(finding.path.to_string()).or_default() += 1;
    }
    let expected = [
        ("column.yaml", 5),
        ("content/news/a.md", 5),
        ("content/news/b1.md", 5),
        ("content/news/b2.md", 5),
        ("content/news/b3.md", 5),
        ("content/news/b4.md", 5),
    ];
    let expected: BTreeMap<String, usize> = expected.map(|(path, n)| (path.to_owned(), n)).into();
    assert_eq!(by_file, expected, "{}", said(&built.findings, Lang::Zh));
    assert!(built.has_errors());
}
