//! The long part of a body: its HTML and its plain text.
//!
//! A site is put together from what texts refer to, not from what they say; so a
//! body that was remembered from another process comes without its prose, which
//! is made from the source when a page or the search index asks for it.
//!
//! **Invariant:** prose made later equals prose made at once, because parsing is
//! a pure function of the same bytes.

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Segment;

/// What a body says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// In document order; their concatenation is the page's text.
    pub pieces: Vec<Segment>,
    /// The body's plain text: paragraphs separated by `\n`, captions and block
    /// texts included, for summaries, search and checks.
    pub text: String,
}

/// What a body says, or how to find it out.
#[derive(Clone, Default)]
pub struct Prose {
    written: OnceLock<Written>,
    later: Option<Arc<Later>>,
}

struct Later {
    /// The pieces, their HTML left out.
    slots: Vec<Segment>,
    make: Box<dyn Fn() -> Written + Send + Sync>,
}

impl Prose {
    /// Prose that is here.
    pub fn new(written: Written) -> Self {
        Self { written: OnceLock::from(written), later: None }
    }

    /// Prose that `make` makes when it is asked for; its pieces will be `slots`
    /// with their HTML.
    pub fn later(slots: Self, make: impl Fn() -> Written + Send + Sync + 'static) -> Self {
        let slots = slots.into_written().pieces;
        Self { written: OnceLock::new(), later: Some(Arc::new(Later { slots, make: Box::new(make) })) }
    }

    /// The prose, made now where it is not here.
    pub fn get(&self) -> &Written {
        self.written.get_or_init(|| self.later.as_ref().map_or_else(Written::default, |later| (later.make)()))
    }

    /// The pieces, of which the HTML may be absent.
    pub fn slots(&self) -> &[Segment] {
        match &self.later {
            Some(later) => &later.slots,
            None => self.written.get().map_or(&[], |written| &written.pieces),
        }
    }

    /// The prose, for itself.
    pub fn into_written(self) -> Written {
        self.get();
        self.written.into_inner().unwrap_or_default()
    }

    /// Changes the prose.
    pub fn edit(&mut self, change: impl FnOnce(&mut Written)) {
        let mut written = std::mem::take(self).into_written();
        change(&mut written);
        *self = Self::new(written);
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl PartialEq for Prose {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Prose {}

impl Serialize for Prose {
    /// The slots alone.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bare = |piece: &Segment| match piece {
            Segment::Html(_) => Segment::Html(String::new()),
            slot => slot.clone(),
        };
        serializer.collect_seq(self.slots().iter().map(bare))
    }
}

impl<'de> Deserialize<'de> for Prose {
    /// Slots, for [`Prose::later`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(Written { pieces: Vec::deserialize(deserializer)?, text: String::new() }))
    }
}
