//! Data blocks as templates see them.

use std::collections::BTreeMap;

use crate::markdown::{
    Figures, Gallery, Ledger, LedgerItem, LedgerStatus, Quiz, QuizItem, Timeline, TimelineItem,
};
use crate::view::{
    FigureView, FiguresItemView, FiguresView, GalleryView, LedgerItemView, LedgerSource, LedgerView,
    QuizItemView, QuizOptionView, QuizView, TimelineItemView, TimelineView,
};

use crate::page::body::links::BodyParts;

/// The most opinions that get a cell each: more could not be told apart, and
/// a total is whatever number the author wrote.
const MOST_CELLS: u32 = 1000;

/// A gallery of `photos`, which the filler has numbered.
pub(crate) fn gallery(gallery: &Gallery, photos: Vec<FigureView>) -> GalleryView {
    let layout = if gallery.layout.is_empty() { "grid".to_owned() } else { gallery.layout.clone() };
    GalleryView { title: text(gallery.title.as_ref()), layout, photos }
}

/// A timeline.
pub(crate) fn timeline(timeline: &Timeline, parts: &BodyParts<'_>) -> TimelineView {
    let item = |item: &TimelineItem| TimelineItemView {
        date: parts.period(item.date),
        title: item.title.clone(),
        text: text(item.text.as_ref()),
        link: item.link.and_then(|n| parts.link(n)),
    };
    TimelineView { title: text(timeline.title.as_ref()), items: timeline.items.iter().map(item).collect() }
}

/// A ledger, the `ordinal`th of its page from 1.
pub(crate) fn ledger(ledger: &Ledger, parts: &BodyParts<'_>, ordinal: usize) -> LedgerView {
    let answered = ledger.answered.min(ledger.collected);
    let sources = sources(ledger);
    let source_of = |item: &LedgerItem| {
        sources.iter().position(|source| item.from.as_ref() == Some(&source.title)).map_or(0, |at| at + 1)
    };
    let item = |item: &LedgerItem| LedgerItemView {
        number: item.number,
        id: if ordinal > 1 {
            format!("opinion-{ordinal}-{}", item.number)
        } else {
            format!("opinion-{}", item.number)
        },
        question: item.question.clone(),
        from: text(item.from.as_ref()),
        source: source_of(item),
        date: item.date.map(|day| parts.day(day)),
        answered: item.status == LedgerStatus::Answered,
        answer: text(item.answer.as_ref()),
        answered_on: item.answered_on.map(|day| parts.day(day)),
        link: item.link.and_then(|n| parts.link(n)),
    };
    LedgerView {
        title: text(ledger.title.as_ref()),
        as_of: ledger.as_of.map(|day| parts.day(day)),
        collected: ledger.collected,
        answered,
        open: ledger.collected - answered,
        note: text(ledger.note.as_ref()),
        cells: cells(ledger, answered),
        totals_only: ledger.items.is_empty() && ledger.collected > 0,
        items: ledger.items.iter().map(item).collect(),
        sources,
    }
}

/// Where the items were raised; none where there is nothing to compare.
fn sources(ledger: &Ledger) -> Vec<LedgerSource> {
    let mut sources: Vec<LedgerSource> = Vec::new();
    for item in &ledger.items {
        let Some(from) = &item.from else { continue };
        let answered = usize::from(item.status == LedgerStatus::Answered);
        if let Some(source) = sources.iter_mut().find(|source| source.title == *from) {
            source.collected += 1;
            source.answered += answered;
        } else {
            sources.push(LedgerSource { title: from.clone(), collected: 1, answered });
        }
    }
    if sources.len() > 1 { sources } else { Vec::new() }
}

/// A cell for each opinion. Those that are described have their own state; of
/// the rest only a number is known, and the answered ones stand first.
fn cells(ledger: &Ledger, answered: u32) -> Vec<bool> {
    if ledger.collected > MOST_CELLS {
        return Vec::new();
    }
    let known: BTreeMap<u32, bool> =
        ledger.items.iter().map(|item| (item.number, item.status == LedgerStatus::Answered)).collect();
    let known_answered = known.values().filter(|answered| **answered).count();
    let mut rest = (answered as usize).saturating_sub(known_answered);
    let cell = |number: u32| {
        known.get(&number).copied().unwrap_or_else(|| {
            let done = rest > 0;
            rest = rest.saturating_sub(1);
            done
        })
    };
    (1..=ledger.collected).map(cell).collect()
}

/// Numbers.
pub(crate) fn figures(figures: &Figures) -> FiguresView {
    let item = |item: &crate::markdown::FiguresItem| FiguresItemView {
        value: item.value.clone(),
        unit: text(item.unit.as_ref()),
        label: item.label.clone(),
        note: text(item.note.as_ref()),
    };
    FiguresView {
        title: text(figures.title.as_ref()),
        source: text(figures.source.as_ref()),
        items: figures.items.iter().map(item).collect(),
    }
}

/// A self-test, the `ordinal`th of its page from 1.
pub(crate) fn quiz(quiz: &Quiz, ordinal: usize) -> QuizView {
    QuizView {
        title: text(quiz.title.as_ref()),
        intro: text(quiz.intro.as_ref()),
        id: format!("quiz-{ordinal}"),
        items: quiz.items.iter().enumerate().map(|(at, item)| question(item, at + 1)).collect(),
    }
}

fn question(item: &QuizItem, number: usize) -> QuizItemView {
    let options: Vec<QuizOptionView> = item
        .options
        .iter()
        .enumerate()
        .map(|(at, option)| QuizOptionView {
            letter: letter(at),
            text: option.clone(),
            right: item.answer.contains(&at),
        })
        .collect();
    QuizItemView {
        number,
        question: item.question.clone(),
        answer: options.iter().filter(|option| option.right).map(|option| option.letter.as_str()).collect(),
        multiple: item.answer.len() > 1,
        explain: text(item.explain.as_ref()),
        options,
    }
}

/// A, B, C, …; past Z a number.
fn letter(at: usize) -> String {
    u8::try_from(at)
        .ok()
        .filter(|at| *at < 26)
        .map_or_else(|| (at + 1).to_string(), |at| char::from(b'A' + at).to_string())
}

fn text(given: Option<&String>) -> String {
    given.cloned().unwrap_or_default()
}
