//! What is known of pieces' drafts in WeChat accounts, beside their files of now.

use std::collections::BTreeMap;
use std::path::Path;

use crate::memo::{Key, KeyBuilder};
use crate::path::SourcePath;
use crate::source::SourceTree;
use crate::wechat::DraftAge;
use crate::wechat_api::{DraftState, draft_states};

/// The pieces' drafts, as far as they were pushed from here.
pub(super) struct Drafts {
    /// By source path: the latest draft, and whether the piece's file changed since.
    latest: BTreeMap<String, (DraftState, DraftAge)>,
}

impl Drafts {
    /// Those of the column at `root`, whose files are `tree`.
    pub(super) fn read(root: &Path, tree: &SourceTree) -> Self {
        let one = |(piece, states): (String, Vec<DraftState>)| {
            let draft = states.into_iter().next_back()?;
            let file = SourcePath::new(&piece).and_then(|path| tree.get(&path));
            let same = file.is_some_and(|file| file.key.to_string() == draft.source);
            Some((piece, (draft, if same { DraftAge::AsPiece } else { DraftAge::Older })))
        };
        Self { latest: draft_states(root).into_iter().filter_map(one).collect() }
    }

    /// The latest one.
    pub(super) fn of(&self, piece: &SourcePath) -> Option<&DraftState> {
        self.latest.get(piece.as_str()).map(|(draft, _)| draft)
    }

    /// How it stands to the piece; `None` where there is none.
    pub(super) fn age(&self, piece: &SourcePath) -> Option<DraftAge> {
        self.latest.get(piece.as_str()).map(|(_, age)| *age)
    }

    /// The key of all that is known.
    pub(super) fn key(&self) -> Key {
        let mut parts = KeyBuilder::with_capacity(256);
        for (piece, (draft, age)) in &self.latest {
            parts.text(piece);
            parts.text(&draft.source);
            parts.text(if *age == DraftAge::Older { "older" } else { "" });
        }
        parts.finish()
    }
}
