//! What differs from the picture that was built last, and whether it may be
//! built already.
//!
//! A file may look wrong for a moment while a program saves it: empty between
//! truncating and writing, gone between two renames, closed to us while an
//! office program holds it. Such a change is held back and looked at again
//! until it comes right or has stayed so long that it is meant.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::disk::Differences;
use crate::path::SourcePath;
use crate::source::{Refused, Source, SourceTree};

/// How long a file that is empty, or can't be read, is given to come right.
const FAULTY: Duration = Duration::from_secs(1);

/// How long a file that vanished is given to come back.
const GONE: Duration = Duration::from_millis(120);

/// How often a doubtful file is looked at again; the watcher may not tell.
const AGAIN: Duration = Duration::from_millis(60);

/// What to do about the differences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// There are none.
    Same,
    /// Build: these files differ.
    Build(Vec<SourcePath>),
    /// Look at these files again at that time.
    Wait(Instant, Vec<PathBuf>),
}

/// What differs from the picture that was built last.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Files that may differ, with what they were.
    before: BTreeMap<SourcePath, Option<Source>>,
    /// What was refused, where that may differ.
    refused: Option<Vec<Refused>>,
    /// Since when a file has looked wrong.
    doubtful: BTreeMap<SourcePath, Instant>,
    /// When files were last found to differ, where each difference is to be
    /// looked at twice.
    unsettled: Option<Instant>,
}

impl Pending {
    /// Takes in that the picture now differs by `differences` from what it was
    /// a moment ago, when `refused` were refused.
    ///
    /// With `twice`, as when polling, where no event tells that a writer is
    /// done, a difference must be found the same twice.
    pub(super) fn note(&mut self, differences: Differences, refused: &[Refused], twice: Option<Instant>) {
        if differences.is_empty() {
            return;
        }
        for (path, before) in differences.files {
            self.before.entry(path).or_insert(before);
        }
        if differences.refused {
            self.refused.get_or_insert_with(|| refused.to_vec());
        }
        self.unsettled = twice;
    }

    /// What to do, with the picture `tree` of the project at `root`.
    pub(super) fn verdict(&mut self, root: &Path, tree: &SourceTree, now: Instant) -> Verdict {
        self.before.retain(|path, before| key(before.as_ref()) != key(tree.get(path)));
        self.refused.take_if(|refused| refused.as_slice() == tree.refused());
        let known = std::mem::take(&mut self.doubtful);
        let unread = tree.refused().iter().filter(|refused| refused.why.may_pass());
        let unread = unread.filter(|refused| self.was_fine(&refused.path)).map(|r| (r.path.clone(), FAULTY));
        let faulty = self
            .before
            .iter()
            .filter_map(|(path, before)| Some((path.clone(), patience(before.as_ref(), tree.get(path))?)));
        let mut still = BTreeMap::new();
        let mut held = false;
        for (path, patience) in faulty.chain(unread) {
            let since = known.get(&path).copied().unwrap_or(now);
            held |= now < since + patience;
            still.insert(path, since);
        }
        self.doubtful = still;
        if held {
            let paths = self.doubtful.keys().map(|path| root.join(path.as_str())).collect();
            return Verdict::Wait(now + AGAIN, paths);
        }
        if self.before.is_empty() && self.refused.is_none() {
            self.unsettled = None;
            return Verdict::Same;
        }
        if let Some(at) = self.unsettled.take().filter(|at| now < *at + AGAIN) {
            self.unsettled = Some(at);
            let paths = self.before.keys().map(|path| root.join(path.as_str())).collect();
            return Verdict::Wait(at + AGAIN, paths);
        }
        Verdict::Build(self.handed_over())
    }

    /// Whether a file that can't be read now could be read for the last build.
    fn was_fine(&self, path: &SourcePath) -> bool {
        self.refused.as_ref().is_some_and(|before| before.iter().all(|refused| refused.path != *path))
    }

    /// The picture as it is now goes to a build; what differed in it.
    pub(super) fn handed_over(&mut self) -> Vec<SourcePath> {
        self.refused = None;
        self.unsettled = None;
        self.doubtful.clear();
        std::mem::take(&mut self.before).into_keys().collect()
    }
}

fn key(source: Option<&Source>) -> Option<crate::memo::Key> {
    source.map(|source| source.key)
}

/// For how long the change is held back; `None` where it looks meant.
fn patience(before: Option<&Source>, now: Option<&Source>) -> Option<Duration> {
    match (before, now) {
        (_, Some(now)) if now.len == 0 => Some(FAULTY),
        (Some(_), None) => Some(GONE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Refusal;

    /// The picture of one file and what is noted of it, as time passes.
    struct Scene {
        tree: SourceTree,
        pending: Pending,
        start: Instant,
    }

    fn path() -> SourcePath {
        SourcePath::new("content/news/通知.md").unwrap()
    }

    impl Scene {
        fn of(text: &str) -> Self {
            let mut tree = SourceTree::default();
            tree.insert(path(), Source::text(text.as_bytes()));
            Self { tree, pending: Pending::default(), start: Instant::now() }
        }

        /// The file becomes `text`, or goes, and a look finds it.
        fn becomes(&mut self, text: Option<&str>) {
            let before = self.tree.remove(&path());
            if let Some(text) = text {
                self.tree.insert(path(), Source::text(text.as_bytes()));
            }
            let differences = Differences { files: vec![(path(), before)], refused: false };
            self.pending.note(differences, &[], None);
        }

        fn verdict_at(&mut self, ms: u64) -> Verdict {
            self.pending.verdict(Path::new("/p"), &self.tree, self.start + Duration::from_millis(ms))
        }

        fn waits_at(&mut self, ms: u64) -> bool {
            matches!(self.verdict_at(ms), Verdict::Wait(..))
        }
    }

    #[test]
    fn an_edit_is_built_once() {
        let mut scene = Scene::of("一");
        assert_eq!(scene.verdict_at(0), Verdict::Same);
        scene.becomes(Some("二"));
        assert_eq!(scene.verdict_at(1), Verdict::Build(vec![path()]));
        assert_eq!(scene.verdict_at(2), Verdict::Same);
    }

    #[test]
    fn an_edit_taken_back_is_nothing() {
        let mut scene = Scene::of("一");
        scene.becomes(Some(""));
        assert!(scene.waits_at(0));
        scene.becomes(Some("一"));
        assert_eq!(scene.verdict_at(10), Verdict::Same);
    }

    #[test]
    fn a_file_empty_for_a_moment_is_waited_for() {
        let mut scene = Scene::of("一");
        scene.becomes(Some(""));
        assert!(scene.waits_at(0));
        assert!(scene.waits_at(900));
        scene.becomes(Some("二"));
        assert_eq!(scene.verdict_at(950), Verdict::Build(vec![path()]));
    }

    #[test]
    fn a_file_that_stays_empty_is_meant() {
        let mut scene = Scene::of("一");
        scene.becomes(Some(""));
        assert!(scene.waits_at(0));
        assert_eq!(scene.verdict_at(1000), Verdict::Build(vec![path()]));
        assert_eq!(scene.verdict_at(1001), Verdict::Same);
    }

    #[test]
    fn a_file_gone_for_a_moment_is_waited_for() {
        let mut scene = Scene::of("一");
        scene.becomes(None);
        assert!(scene.waits_at(0));
        scene.becomes(Some("二"));
        assert_eq!(scene.verdict_at(20), Verdict::Build(vec![path()]));
        scene.becomes(None);
        assert!(scene.waits_at(30));
        assert_eq!(scene.verdict_at(150), Verdict::Build(vec![path()]));
    }

    #[test]
    fn a_file_that_can_not_be_read_for_a_moment_is_waited_for() {
        let mut scene = Scene::of("一");
        let before = scene.tree.remove(&path());
        scene.tree.refuse(path(), Refusal::Unreadable("locked".to_owned()));
        let differences = Differences { files: vec![(path(), before)], refused: true };
        scene.pending.note(differences, &[], None);
        assert!(scene.waits_at(0));
        assert!(scene.waits_at(500));
        assert_eq!(scene.verdict_at(1000), Verdict::Build(vec![path()]));
    }

    #[test]
    fn when_polling_a_difference_is_looked_at_twice() {
        let mut scene = Scene::of("一");
        scene.becomes(Some("二"));
        scene.pending.unsettled = Some(scene.start);
        assert!(scene.waits_at(0));
        assert_eq!(scene.verdict_at(60), Verdict::Build(vec![path()]));
    }
}
