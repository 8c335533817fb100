//! The search index goes on from what another process left of it: the same
//! files, and few of them anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;

use crate::incremental::same;
use crate::material::word;
use crate::processes::{Done, Fate, clean, fate, process, published, unsaved};
use crate::project::Project;

const WORDS: [&str; 24] = [
    "教育",
    "整顿",
    "学习",
    "查纠",
    "整改",
    "英模",
    "为民",
    "实事",
    "派出所",
    "户籍",
    "窗口",
    "走访",
    "社区",
    "反诈",
    "宣传",
    "夜巡",
    "平安",
    "校园",
    "交警",
    "护学岗",
    "2021年",
    "ABC",
    "110",
    "e警通",
];

fn text(words: &[u8]) -> String {
    words.iter().map(|word| WORDS[usize::from(*word) % WORDS.len()]).collect()
}

/// One change of the files.
#[derive(Debug, Clone)]
enum Edit {
    /// Writes piece `n`, of month `month`.
    Write { n: u8, month: u8, title: u8, words: Vec<u8> },
    /// Writes the file that some pieces offer.
    Attach { paragraphs: Vec<Vec<u8>> },
    /// Takes piece `n` away.
    Delete { n: u8 },
    /// Names the section otherwise, which stands in all texts.
    Section { title: u8 },
}

impl Edit {
    fn apply(&self, project: &mut Project) {
        match self {
            Self::Write { n, month, title, words } => {
                let files = if n % 8 == 0 { "files: 办法.docx\n" } else { "" };
                let (month, title) = (1 + month % 12, WORDS[usize::from(*title) % WORDS.len()]);
                let text = format!(
                    "---\ntitle: {title}第{n}篇\ndate: 2020-{month:02}-12\n{files}---\n\n{}。\n",
                    text(words)
                );
                project.write(&format!("content/news/p{n}.md"), text);
            }
            Self::Attach { paragraphs } => {
                let mut body = String::new();
                for words in paragraphs {
                    // Long enough that a few are more than one file of the index.
                    let text = text(words).repeat(12);
                    let _ = write!(body, "<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
                }
                project.write("content/news/办法.docx", word(&body, &[]));
            }
            Self::Delete { n } => project.remove(&format!("content/news/p{n}.md")),
            Self::Section { title } => {
                let title = WORDS[usize::from(*title) % WORDS.len()];
                let lines = format!(
                    "base_url: https://example.org/\nsections:\n  - {{folder: news, title: \"{title}\"}}\n  - {{folder: study, title: 其他}}"
                );
                project.write("column.yaml", format!("title: 专栏\n{lines}\n"));
            }
        }
    }
}

fn words(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 1..most)
}

fn edit() -> impl Strategy<Value = Edit> {
    let n = 0..30u8;
    prop_oneof![
        8 => (n.clone(), 0..4u8, any::<u8>(), words(30))
            .prop_map(|(n, month, title, words)| Edit::Write { n, month, title, words }),
        2 => prop::collection::vec(words(60), 0..12).prop_map(|paragraphs| Edit::Attach { paragraphs }),
        2 => n.prop_map(|n| Edit::Delete { n }),
        1 => any::<u8>().prop_map(|title| Edit::Section { title }),
    ]
}

fn column() -> Project {
    let mut project = Project::new();
    Edit::Section { title: 0 }.apply(&mut project);
    Edit::Attach { paragraphs: vec![vec![1, 2, 3], vec![7; 50], vec![9; 60], vec![11; 60]] }
        .apply(&mut project);
    for n in 0..24_u8 {
        let words = (0..40_u8).map(|at| n.wrapping_mul(7).wrapping_add(at.wrapping_mul(n % 5))).collect();
        Edit::Write { n, month: n % 4, title: n, words }.apply(&mut project);
    }
    project
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    /// An index that goes on from another process's equals one made anew.
    #[test]
    fn an_index_of_another_process(steps in prop::collection::vec((prop::collection::vec(edit(), 1..4), fate()), 1..7)) {
        let root = tempfile::tempdir().unwrap();
        let mut project = column();
        let mut program = 0;
        let mut site = published(&process(root.path(), "0", &project, &Arc::default()).built);
        for (edits, fate) in steps {
            fate.befall(root.path(), &mut program, &mut site);
            let waiting = matches!(fate, Fate::Shared).then(|| {
                let mut other = project.clone();
                Edit::Write { n: 40, month: 2, title: 3, words: vec![1, 5, 9] }.apply(&mut other);
                unsaved(root.path(), &program.to_string(), &other, &site).0
            });
            edits.iter().for_each(|edit| edit.apply(&mut project));
            let built = process(root.path(), &program.to_string(), &project, &site).built;
            let clean = clean(&project);
            prop_assert!(!clean.has_errors(), "{:?}", clean.findings);
            same(&built, &clean)?;
            site = published(&built);
            waiting.iter().for_each(|store| store.save());
        }
    }
}

/// Files of the index by what they are: `t`exts, lists (`k`), attached texts
/// (`x`), and those that there are once.
fn kinds(paths: &[String]) -> BTreeMap<char, usize> {
    let mut kinds = BTreeMap::new();
    for name in paths.iter().filter_map(|path| path.strip_prefix("search/")) {
        let kind = name.chars().next().filter(|_| name.contains('-') && !name.starts_with("facets"));
        *kinds.entry(kind.unwrap_or('1')).or_insert(0) += 1;
    }
    kinds
}

#[test]
fn one_edit_makes_few_files_of_the_index() {
    let root = tempfile::tempdir().unwrap();
    let mut project = column();
    // So many different pairs that there are many lists.
    for n in 0..120_u32 {
        let text: String =
            (0..150).filter_map(|at| char::from_u32(0x4E00 + (n * 977 + at * at * 31) % 7000)).collect();
        project.write(
            &format!("content/study/p{n}.md"),
            format!("---\ntitle: 第{n}篇\ndate: 2020-03-01\n---\n\n{text}。\n"),
        );
    }
    let Done { built, taken, .. } = process(root.path(), "1", &project, &Arc::default());
    let (site, all) = (published(&built), kinds(&taken));
    assert!(all[&'k'] > 12 && all[&'t'] > 30 && all[&'x'] > 1, "{all:?}");
    // Nothing changed.
    let again = process(root.path(), "1", &project, &site);
    assert_eq!(kinds(&again.taken), BTreeMap::from([('1', 2)]));
    // One word more: its own file, and the lists of the word's pairs.
    let path = "content/study/p60.md";
    let before = String::from_utf8(project.bytes(path).unwrap().to_vec()).unwrap();
    project.write(path, before.replace('。', "，反诈。"));
    let one = process(root.path(), "1", &project, &site);
    let some = kinds(&one.taken);
    assert!(some[&'t'] == 1 && some[&'k'] <= 5 && !some.contains_key(&'x'), "{some:?} of {all:?}");
    same(&one.built, &clean(&project)).unwrap();
    // A piece less: its neighbours' numbers stay, or few move.
    let site = published(&one.built);
    project.remove(path);
    let less = process(root.path(), "1", &project, &site);
    same(&less.built, &clean(&project)).unwrap();
    // Where there is no site, all files are made, the lists from those that were
    // kept.
    let carried = process(root.path(), "1", &project, &Arc::default());
    assert_eq!(
        kinds(&carried.taken)[&'t'],
        kinds(&less.built.output.files.keys().map(ToString::to_string).collect::<Vec<_>>())[&'t']
    );
    same(&carried.built, &clean(&project)).unwrap();
}
