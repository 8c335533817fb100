//! Opinions collected and answered (台账).

use std::collections::BTreeMap;

use super::Reader;
use super::shape::{LedgerShape, OpinionShape, StatusShape};
use crate::diagnostic::{BlockFault, Diagnostic, LedgerTotal};
use crate::markdown::{Ledger, LedgerItem, LedgerStatus};
use crate::text::{At, Span};

pub(super) fn read(reader: &mut Reader<'_, '_>) -> Ledger {
    let shape: LedgerShape = reader.decode();
    reader.example(shape.example);
    reader.say(&[shape.title.as_deref()]);
    if shape.items.is_empty() && shape.collected.is_none() {
        reader.empty();
    }
    let entries: Vec<Span> = shape.items.iter().map(|item| item.span).collect();
    let mut numbers = BTreeMap::new();
    let mut items: Vec<LedgerItem> = Vec::with_capacity(shape.items.len());
    for (at, item) in shape.items.into_iter().enumerate() {
        items.extend(read_opinion(reader, item, at, &mut numbers));
    }
    items.sort_by_key(|item| item.number);
    reader.say(&[shape.note.as_deref()]);
    // A total or an entry that could not be read has been reported; sums that it breaks say nothing more.
    let is_unread = reader
        .wrong
        .iter()
        .any(|wrong| !entries.iter().any(|entry| entry.start <= wrong.start && wrong.end <= entry.end));
    let (collected, answered) = totals(reader, &items, shape.collected, shape.answered, is_unread);
    let as_of = shape.as_of.map(|day| day.0);
    Ledger { is_unread, title: shape.title, as_of, collected, answered, note: shape.note, items }
}

/// How many were collected and answered: as given, else counted.
fn totals(
    reader: &mut Reader<'_, '_>,
    items: &[LedgerItem],
    collected: Option<At<u32>>,
    answered: Option<At<u32>>,
    is_unread: bool,
) -> (u32, u32) {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let listed = count(items.len());
    let listed_answered = count(items.iter().filter(|item| item.status == LedgerStatus::Answered).count());
    let mut at_least = |given: Option<At<u32>>, listed: u32, total: LedgerTotal| {
        let Some(given) = given else { return listed };
        if given.value < listed && !is_unread {
            reader.report(given.span, BlockFault::TotalBelowItems { total, given: given.value, listed });
        }
        given.value.max(listed)
    };
    let answered_span = answered.as_ref().map(|given| given.span);
    let collected = at_least(collected, listed, LedgerTotal::Collected);
    let answered = at_least(answered, listed_answered, LedgerTotal::Answered);
    if let Some(span) = answered_span.filter(|_| answered > collected && !is_unread) {
        reader.report(span, BlockFault::AnsweredExceeds { answered, collected });
    }
    (collected, answered.min(collected))
}

fn read_opinion(
    reader: &mut Reader<'_, '_>,
    item: At<OpinionShape>,
    at: usize,
    numbers: &mut BTreeMap<u32, Span>,
) -> Option<LedgerItem> {
    let At { value: shape, span } = item;
    let place = shape.number.as_ref().map_or(span, |number| number.span);
    let number =
        shape.number.as_ref().map_or(u32::try_from(at + 1).unwrap_or(u32::MAX), |number| number.value);
    if let Some(first) = numbers.get(&number) {
        let path = reader.writer.source.path;
        let fault = BlockFault::DuplicateNumber { number };
        reader.writer.found.push(Diagnostic::at(path, place, fault).and(path, Some(*first)));
    }
    numbers.entry(number).or_insert(place);
    let status = status(reader, &shape);
    let question = reader.needed(shape.question, span, "question");
    reader.say(&[question.as_deref(), shape.answer.as_deref()]);
    let (date, answered_on) =
        (shape.date.map(|day| day.0), shape.answered_on.as_ref().map(|day| day.value.0));
    if let (Some(asked), Some(day)) = (date, &shape.answered_on)
        && day.value.0 < asked
    {
        reader.report(day.span, BlockFault::AnsweredBeforeRaised);
    }
    let link = reader.link(shape.link);
    Some(LedgerItem {
        number,
        question: question?,
        from: shape.from,
        date,
        status,
        answer: shape.answer,
        answered_on,
        link,
    })
}

/// The status as given, else by whether there is an answer.
fn status(reader: &mut Reader<'_, '_>, shape: &OpinionShape) -> LedgerStatus {
    let has_answer = shape.answer.is_some() || shape.answered_on.is_some();
    match &shape.status {
        Some(At { value: StatusShape::Open, span }) => {
            if has_answer {
                reader.report(*span, BlockFault::OpenWithAnswer);
            }
            LedgerStatus::Open
        }
        Some(At { value: StatusShape::Answered, .. }) => LedgerStatus::Answered,
        None if has_answer => LedgerStatus::Answered,
        None => LedgerStatus::Open,
    }
}
