//! **`ledger-totals`** (warning): a ledger's totals and its items disagree.
//!
//! `collected: 25` over 26 items, or `answered: 15` where all 25 items are
//! listed and 14 have an answer: one of the two is out of date.

use crate::diagnostic::{Diagnostic, TextFault};
use crate::document::Document;
use crate::markdown::{Block, BlockName, Ledger, LedgerStatus};
use crate::text::Span;

pub(super) fn check(document: &Document, text: &str, found: &mut Vec<Diagnostic>) {
    let ledgers = document.body.blocks.iter().filter_map(|block| match block {
        Block::Ledger(ledger) => Some(ledger),
        _ => None,
    });
    for (at, ledger) in ledgers.enumerate() {
        if let (Some(fault), Some(span)) = (judge(ledger), fence(text, at)) {
            found.push(Diagnostic::at(&document.path, span, fault));
        }
    }
}

fn judge(ledger: &Ledger) -> Option<TextFault> {
    if ledger.is_unread {
        return None;
    }
    let count = |wanted: fn(&LedgerStatus) -> bool| {
        u32::try_from(ledger.items.iter().filter(|item| wanted(&item.status)).count()).unwrap_or(u32::MAX)
    };
    let items = count(|_| true);
    let answered = count(|status| *status == LedgerStatus::Answered);
    if items > ledger.collected {
        return Some(TextFault::LedgerCollected { collected: ledger.collected, items });
    }
    let whole = items > 0 && items == ledger.collected;
    let wrong = if whole { answered != ledger.answered } else { answered > ledger.answered };
    wrong.then_some(TextFault::LedgerAnswered { answered: ledger.answered, items: answered })
}

/// The word `ledger` or 台账 that opens the block of that number.
fn fence(text: &str, number: usize) -> Option<Span> {
    let mut at = 0;
    let mut left = number;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start_matches([' ', '\t', '>']);
        let info = inner.trim_start_matches(['`', '~']);
        if inner.len() - info.len() >= 3 && BlockName::read(info) == Some(BlockName::Ledger) {
            if left == 0 {
                let start = at + line.len() - info.len() + (info.len() - info.trim_start().len());
                return Some(Span::new(start, start + info.trim().len()));
            }
            left -= 1;
        }
        at += line.len();
    }
    None
}
