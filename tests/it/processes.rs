//! What one process remembers and another reads: the site is the same,
//! whatever became of the memory in between.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use zhuanlan::build::{BuildResult, Memory, build};
use zhuanlan::disk::ValueStore;

use crate::incremental::{Edit, edit, same, sample};
use crate::project::{Project, options};

/// What happens to the memory between two processes.
#[derive(Debug, Clone)]
enum Fate {
    /// Nothing.
    Stays,
    /// One of its files gets another bit.
    Damaged { file: usize, at: usize },
    /// One of its files is cut short.
    Cut { file: usize, at: usize },
    /// One of its files goes.
    Lost { file: usize },
    /// The next process is another program.
    Updated,
    /// Another process read it before, and writes it after the next one.
    Shared,
}

fn fate() -> impl Strategy<Value = Fate> {
    let (file, at) = (0..8usize, any::<usize>());
    prop_oneof![
        6 => Just(Fate::Stays),
        2 => (file.clone(), at).prop_map(|(file, at)| Fate::Damaged { file, at }),
        1 => (file.clone(), at).prop_map(|(file, at)| Fate::Cut { file, at }),
        1 => file.prop_map(|file| Fate::Lost { file }),
        1 => Just(Fate::Updated),
        2 => Just(Fate::Shared),
    ]
}

/// The memory's files, in an order that stays.
fn files(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root.join(".cache/memory")).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn changed(root: &Path, file: usize, change: impl FnOnce(&mut Vec<u8>)) {
    let files = files(root);
    if let Some(path) = files.get(file % files.len().max(1)) {
        let mut bytes = std::fs::read(path).unwrap();
        change(&mut bytes);
        std::fs::write(path, bytes).unwrap();
    }
}

/// One process: it opens the memory, builds, and saves it.
fn process(root: &Path, program: &str, project: &Project) -> BuildResult {
    let store = Arc::new(ValueStore::open(root, program));
    let built =
        build(&project.tree(), &options(), project, &Memory::with_store(Arc::<ValueStore>::clone(&store)));
    store.save();
    built
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// A build that goes on from another process's memory equals a clean one,
    /// in output and in findings.
    #[test]
    fn memory_of_another_process(steps in prop::collection::vec((edit(), fate()), 1..12)) {
        let root = tempfile::tempdir().unwrap();
        let mut project = sample();
        let mut program = 0;
        process(root.path(), "0", &project);
        for (edit, fate) in steps {
            let mut waiting = None;
            match fate {
                Fate::Stays => {}
                Fate::Damaged { file, at } => changed(root.path(), file, |bytes| {
                    let at = at % bytes.len().max(1);
                    bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 0x10);
                }),
                Fate::Cut { file, at } => {
                    changed(root.path(), file, |bytes| bytes.truncate(at % bytes.len().max(1)));
                }
                Fate::Lost { file } => {
                    let files = files(root.path());
                    files.get(file % files.len().max(1)).iter().for_each(|path| std::fs::remove_file(path).unwrap());
                }
                Fate::Updated => program += 1,
                Fate::Shared => {
                    let store = Arc::new(ValueStore::open(root.path(), &program.to_string()));
                    let mut other = project.clone();
                    Edit::Write { n: 3, title: 2, text: 3, topic: 1, state: 5 }.apply(&mut other);
                    let memory = Memory::with_store(Arc::<ValueStore>::clone(&store));
                    build(&other.tree(), &options(), &other, &memory);
                    waiting = Some(store);
                }
            }
            edit.apply(&mut project);
            let clean = build(&project.tree(), &options(), &project, &Memory::default());
            same(&process(root.path(), &program.to_string(), &project), &clean)?;
            waiting.iter().for_each(|store| store.save());
        }
    }
}

#[test]
fn another_process_parses_what_changed() {
    let root = tempfile::tempdir().unwrap();
    let mut project = sample();
    process(root.path(), "1", &project);
    assert_eq!(process(root.path(), "1", &project).counts.documents.made, 0);
    Edit::Write { n: 4, title: 1, text: 2, topic: 0, state: 5 }.apply(&mut project);
    assert_eq!(process(root.path(), "1", &project).counts.documents.made, 1);
    assert_eq!(process(root.path(), "2", &project).counts.documents.made, 9);
}
