//! What one process remembers and another reads: the site is the same,
//! whatever became of the memory in between.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use zhuanlan::build::{
    Artifact, BuildResult, Content, Memory, Priority, Site, Spool, build_once, build_showing,
};
use zhuanlan::disk::ValueStore;
use zhuanlan::memo::Key;
use zhuanlan::path::OutputPath;

use crate::incremental::{Edit, edit, same, sample};
use crate::project::{Project, options};

/// What happens to the memory between two processes.
#[derive(Debug, Clone)]
pub(crate) enum Fate {
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
    /// It is carried to a machine where no site was published.
    Carried,
}

pub(crate) fn fate() -> impl Strategy<Value = Fate> {
    let (file, at) = (0..8usize, any::<usize>());
    prop_oneof![
        6 => Just(Fate::Stays),
        2 => (file.clone(), at).prop_map(|(file, at)| Fate::Damaged { file, at }),
        1 => (file.clone(), at).prop_map(|(file, at)| Fate::Cut { file, at }),
        1 => file.prop_map(|file| Fate::Lost { file }),
        1 => Just(Fate::Updated),
        2 => Just(Fate::Shared),
        1 => Just(Fate::Carried),
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

impl Fate {
    /// What it does before the next process begins; [`Fate::Shared`] is up to
    /// the caller.
    pub(crate) fn befall(&self, root: &Path, program: &mut u32, site: &mut Arc<Published>) {
        match *self {
            Self::Stays | Self::Shared => {}
            Self::Damaged { file, at } => changed(root, file, |bytes| {
                let at = at % bytes.len().max(1);
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 0x10);
            }),
            Self::Cut { file, at } => changed(root, file, |bytes| bytes.truncate(at % bytes.len().max(1))),
            Self::Lost { file } => {
                let files = files(root);
                let lost = files.get(file % files.len().max(1));
                lost.iter().for_each(|path| std::fs::remove_file(path).unwrap());
            }
            Self::Updated => *program += 1,
            Self::Carried => *site = Arc::default(),
        }
    }
}

/// A published site.
#[derive(Debug, Default)]
pub(crate) struct Published(BTreeMap<OutputPath, Artifact>);

impl Site for Published {
    fn has(&self, path: &OutputPath, key: Key) -> bool {
        self.0.get(path).is_some_and(|artifact| artifact.key == key)
    }
}

/// What a process gives.
pub(crate) struct Done {
    /// What it would publish.
    pub(crate) built: BuildResult,
    /// How many files it left as they stand.
    pub(crate) standing: usize,
    /// The files that it handed over.
    pub(crate) taken: Vec<String>,
}

/// One process: it opens the memory, builds over the site, and saves it.
pub(crate) fn process(root: &Path, program: &str, project: &Project, site: &Arc<Published>) -> Done {
    let (store, done) = unsaved(root, program, project, site);
    store.save();
    done
}

/// The same, before it saves the memory.
pub(crate) fn unsaved(
    root: &Path,
    program: &str,
    project: &Project,
    site: &Arc<Published>,
) -> (Arc<ValueStore>, Done) {
    let store = Arc::new(ValueStore::open(root, program));
    let memory = Memory::with_store(Arc::<ValueStore>::clone(&store)).after(Arc::<Published>::clone(site));
    let taken = Mutex::new(BTreeMap::new());
    let spool: Spool<'_> = &|path, key, bytes| {
        let artifact = Artifact { key, content: Content::Bytes(bytes.into()) };
        taken.lock().unwrap().insert(path.clone(), artifact).is_none()
    };
    let early = Priority { spool: Some(spool), ..Priority::whole() };
    let mut built = build_once(project.tree(), &options(), project, memory, &early);
    built.output.complete();
    let taken = taken.into_inner().unwrap();
    let mut standing = 0;
    for (path, artifact) in &mut built.output.files {
        let Content::Spooled(len) = artifact.content else { continue };
        standing += usize::from(!taken.contains_key(path));
        let whole = taken.get(path).or_else(|| site.0.get(path)).expect("what is not here stands");
        assert_eq!(whole.key, artifact.key, "{path}");
        artifact.content = whole.content.clone();
        assert!(matches!(&artifact.content, Content::Bytes(bytes) if bytes.len() as u64 == len), "{path}");
    }
    let taken = taken.keys().map(OutputPath::to_string).collect();
    (store, Done { built, standing, taken })
}

pub(crate) fn published(built: &BuildResult) -> Arc<Published> {
    Arc::new(Published(built.output.files.clone()))
}

pub(crate) fn clean(project: &Project) -> BuildResult {
    let mut built =
        build_showing(&project.tree(), &options(), project, &Memory::default(), &Priority::whole());
    built.output.complete();
    built
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..crate::property::cases(24) })]

    /// A build that goes on from another process's memory equals a clean one,
    /// in output and in findings.
    #[test]
    fn memory_of_another_process(steps in prop::collection::vec((edit(), fate()), 1..12)) {
        let root = tempfile::tempdir().unwrap();
        let mut project = sample();
        let mut program = 0;
        let mut site = published(&process(root.path(), "0", &project, &Arc::default()).built);
        for (edit, fate) in steps {
            let mut waiting = None;
            fate.befall(root.path(), &mut program, &mut site);
            if let Fate::Shared = fate {
                let store = Arc::new(ValueStore::open(root.path(), &program.to_string()));
                let mut other = project.clone();
                Edit::Write { n: 3, title: 2, text: 3, topic: 1, state: 5 }.apply(&mut other);
                let memory = Memory::with_store(Arc::<ValueStore>::clone(&store));
                build_showing(&other.tree(), &options(), &other, &memory, &Priority::nothing());
                waiting = Some(store);
            }
            edit.apply(&mut project);
            let Done { built, .. } = process(root.path(), &program.to_string(), &project, &site);
            let clean = clean(&project);
            if clean.has_errors() {
                prop_assert_eq!(&built.findings, &clean.findings);
            } else {
                same(&built, &clean)?;
                site = published(&built);
            }
            waiting.iter().for_each(|store| store.save());
        }
    }
}

#[test]
fn another_process_does_what_changed() {
    let root = tempfile::tempdir().unwrap();
    let mut project = sample();
    let Done { built, standing, .. } = process(root.path(), "1", &project, &Arc::default());
    assert!(standing == 0 && built.counts.pages.made > 20);
    let site = published(&built);
    let Done { built: again, standing, .. } = process(root.path(), "1", &project, &site);
    assert_eq!((again.counts.documents.made, again.counts.pages.made, again.counts.files.made), (0, 0, 0));
    assert!(standing as u64 > built.counts.pages.made, "{standing}");
    let before = project.bytes("content/study/p1.md").unwrap();
    let text = String::from_utf8(before.to_vec()).unwrap().replace("小标题", "换标题");
    project.write("content/study/p1.md", text);
    let counts = process(root.path(), "1", &project, &site).built.counts;
    assert_eq!((counts.documents.made, counts.pages.made), (1, 1));
    let elsewhere = process(root.path(), "1", &project, &Arc::default());
    assert_eq!((elsewhere.built.counts.documents.made, elsewhere.standing), (0, 0));
    assert_eq!(process(root.path(), "2", &project, &site).built.counts.documents.made, 9);
}

#[test]
fn a_page_that_is_too_heavy_is_said_again_and_not_rendered_again() {
    let root = tempfile::tempdir().unwrap();
    let mut project = sample();
    let mut state = 1_u32;
    let mut character = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4E00 + (state >> 8) % 20_000).unwrap()
    };
    let body: String = (0..40_000).map(|_| character()).collect();
    project.write("content/news/long.md", format!("---\ntitle: 长文\ndate: 2021-03-01\n---\n\n{body}\n"));
    let built = process(root.path(), "1", &project, &Arc::default()).built;
    let heavy =
        |built: &BuildResult| built.findings.iter().any(|found| found.kind.code() == "page-too-heavy");
    assert!(heavy(&built));
    let again = process(root.path(), "1", &project, &published(&built)).built;
    assert_eq!((again.counts.pages.made, heavy(&again)), (0, true));
    assert_eq!(again.findings, built.findings);
}
