//! What a build tells of its course: which stage it is in, how far it has come,
//! and which thread does what.
//!
//! **Invariant:** whoever listens, the result is the same; the build itself
//! reads no clock.

/// A stage of a build, in the order in which they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Names and times of the sources.
    Survey,
    /// The sources' bytes.
    Read,
    /// Config and theme.
    Theme,
    /// Front matter and text of each piece, with the rules on texts.
    Parse,
    /// Routes, order, references, pictures and attachments.
    Assemble,
    /// What lists and pages share.
    Prepare,
    /// The pages, each into its bytes.
    Render,
    /// The search index.
    Index,
    /// Feeds, sitemap, books and other files.
    Files,
    /// Findings, put in order.
    Findings,
    /// Pictures that are neither kept nor published.
    Pictures,
    /// Files written and exchanged.
    Publish,
}

/// Gets to know the course of a build. Called from all its threads.
pub trait Observer: Sync {
    /// So many steps will be taken in `stage`.
    fn planned(&self, stage: Stage, steps: usize) {
        let _ = (stage, steps);
    }

    /// This thread begins to work at `stage`; what is returned comes back when
    /// it ends.
    fn entered(&self, stage: Stage) -> u64 {
        let _ = stage;
        0
    }

    /// This thread has ended what it began at `mark`, which was `steps` steps.
    fn left(&self, stage: Stage, steps: usize, mark: u64) {
        let _ = (stage, steps, mark);
    }
}

/// Nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

impl Observer for Unobserved {}

/// Work at a stage, from here to where it is dropped.
pub struct Span<'o> {
    observer: &'o dyn Observer,
    stage: Stage,
    steps: usize,
    mark: u64,
}

impl<'o> Span<'o> {
    /// Begins work that is `steps` steps of `stage`.
    pub fn new(observer: &'o dyn Observer, stage: Stage, steps: usize) -> Self {
        Self { observer, stage, steps, mark: observer.entered(stage) }
    }
}

impl Drop for Span<'_> {
    fn drop(&mut self) {
        self.observer.left(self.stage, self.steps, self.mark);
    }
}

impl std::fmt::Debug for Span<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Span").field("stage", &self.stage).field("steps", &self.steps).finish_non_exhaustive()
    }
}
