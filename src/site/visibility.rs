//! Who is shown: drafts, scheduled and expired pieces are not.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::{Options, State};
use crate::diagnostic::{Checked, Diagnostic, SiteFault};
use crate::document::{Document, Moment};
use crate::path::SourcePath;

/// What is decided of each document, by its index.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// Whether readers are to see it.
    pub states: Vec<State>,
    /// Which states are shown.
    pub shown: Shown,
    /// The next moment at which a state changes by itself, and whose.
    pub next: Option<(DateTime, SourcePath)>,
}

/// Which states are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// What is published.
    #[default]
    Published,
    /// Everything, for a preview.
    All,
}

/// When `document` appears: `publish_at`, else `date`.
pub(super) fn moment(document: &Document) -> Option<Moment> {
    let front = &document.front;
    front.publish_at.as_ref().or(front.date.as_ref()).map(|at| at.value)
}

/// Decides for all documents.
pub(super) fn select(documents: &[Arc<Document>], options: &Options) -> Checked<Selection> {
    let shown = if options.preview { Shown::All } else { Shown::Published };
    let mut selection = Selection { states: Vec::with_capacity(documents.len()), shown, next: None };
    let mut found = Vec::new();
    for document in documents {
        let state = state(document, options);
        if let (State::Scheduled(_), None, Some(date)) =
            (state, &document.front.publish_at, &document.front.date)
        {
            let fault = SiteFault::DateAhead { date: words(date.value) };
            found.push(Diagnostic::at(&document.path, date.span, fault));
        }
        if let Some(at) = change(document, state, options.now)
            && selection.next.as_ref().is_none_or(|(next, _)| at < *next)
        {
            selection.next = Some((at, document.path.clone()));
        }
        selection.states.push(state);
    }
    Checked { value: selection, diagnostics: found }
}

/// The state of one document.
fn state(document: &Document, options: &Options) -> State {
    let expiry = document.front.expire_at.as_ref().map(|at| at.value.civil);
    match (moment(document).map(|at| at.civil), expiry) {
        _ if document.front.draft && !options.drafts => State::Draft,
        (_, Some(over)) if over <= options.now => State::Expired(over),
        (Some(due), _) if due > options.now => State::Scheduled(due),
        _ => State::Published,
    }
}

/// When the state changes by itself.
fn change(document: &Document, state: State, now: DateTime) -> Option<DateTime> {
    let expiry = document.front.expire_at.as_ref().map(|at| at.value.civil).filter(|over| *over > now);
    match state {
        State::Draft | State::Expired(_) => None,
        State::Scheduled(due) => Some(expiry.map_or(due, |over| over.min(due))),
        State::Published => expiry,
    }
}

/// `2021-03-19 09:40`, without the time where none was written.
pub(super) fn words(moment: Moment) -> String {
    let format = if moment.has_time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
    moment.civil.strftime(format).to_string()
}
