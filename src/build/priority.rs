//! What is wanted of a build besides its result: order, and who gets what when.

use super::{Artifact, Observer, Spool, Unobserved};
use crate::path::OutputPath;

/// What is wanted before its turn while the site is built.
#[derive(Clone, Copy)]
pub struct Priority<'e> {
    /// Somebody looks at these pages: they are rendered before all others.
    pub pages: &'e [OutputPath],
    /// Gets each of them as soon as it is rendered, and before them the theme's
    /// files, unless an error has been found.
    pub ready: &'e (dyn Fn(&OutputPath, Artifact) + Sync),
    /// Everything will be published: what is left for later ([`super::Lazy`]) is
    /// made
    /// beside the pages, where a processor has nothing to do, unless an error
    /// has been found.
    pub whole: bool,
    /// Takes pages and the files of the search index one by one, so that they
    /// are never all in memory. Of these nothing is remembered then: it is for
    /// builds whose memory ends with them.
    pub spool: Option<Spool<'e>>,
    /// Is told how far the build has come.
    pub observer: &'e dyn Observer,
}

impl Priority<'_> {
    /// Nobody looks, and nothing is known of publication.
    pub fn nothing() -> Self {
        Self { pages: &[], ready: &|_, _| {}, whole: false, spool: None, observer: &Unobserved }
    }

    /// Nobody looks; everything will be published.
    pub fn whole() -> Self {
        Self { whole: true, ..Self::nothing() }
    }
}
