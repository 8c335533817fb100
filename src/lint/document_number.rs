//! **`document-number`** (warning): a document's number with the wrong
//! brackets.
//!
//! 发文字号 has the year in 六角括号: 国办发〔2017〕47号, not `[2017]`, `【2017】` or
//! （2017） (党政机关公文格式 GB/T 9704-2012, 7.2.5). Case numbers of courts, in
//! which the year stands in （ ） before a name, are something else.

use std::ops::Range;

use super::{Context, Found, Rule, digits_before};
use crate::diagnostic::TextFault;
use crate::text::{Span, is_han};

pub(super) const RULE: Rule = Rule { triggers: &["号"], judge };

const BRACKETS: [(char, char); 7] =
    [('[', ']'), ('【', '】'), ('［', '］'), ('（', '）'), ('(', ')'), ('〖', '〗'), ('{', '}')];

fn judge(context: &Context<'_>, _: usize, trigger: Range<usize>) -> Option<Found> {
    let before = context.before(trigger.start);
    let number = digits_before(before, 5);
    if number.is_empty() {
        return None;
    }
    // Markdown may want a backslash before a bracket.
    let before = before.strip_suffix(number)?.trim_end_matches('第');
    let close = before.chars().next_back()?;
    let (open, _) = BRACKETS.iter().find(|(_, end)| *end == close)?;
    let inside = before.strip_suffix(close)?.trim_end_matches('\\');
    let year = digits_before(inside, 5);
    if year.len() != 4 || !(year.starts_with("19") || year.starts_with("20")) {
        return None;
    }
    let organ = inside.strip_suffix(year)?.strip_suffix(*open)?.trim_end_matches('\\');
    let name: String = organ.chars().rev().take_while(|c| is_han(*c)).take(6).collect();
    if name.is_empty() {
        return None;
    }
    let right = format!("{}〔{year}〕{number}号", name.chars().rev().collect::<String>());
    let start = organ.len() - name.len();
    let written = context.text.get(start..trigger.end)?.to_owned();
    Some((Span::new(start + name.len(), trigger.end), TextFault::DocumentNumber { written, right }))
}
