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
    let count = organ.chars().rev().take_while(|c| is_han(*c)).take(6).map(char::len_utf8).sum::<usize>();
    let name = issuer(organ.get(organ.len() - count..)?);
    if name.is_empty() {
        return None;
    }
    let right = format!("{name}〔{year}〕{number}号");
    let start = organ.len() - name.len();
    let written = context.text.get(start..trigger.end)?.to_owned();
    Some((Span::new(start + name.len(), trigger.end), TextFault::DocumentNumber { written, right }))
}

/// Words that stand before an issuer's name and are no part of one.
const BEFORE: [&str; 30] = [
    "依据", "根据", "按照", "遵照", "参照", "依照", "对照", "贯彻", "落实", "执行", "印发", "转发", "下发",
    "发布", "学习", "参见", "详见", "文件", "通知", "文号", "字号", "号和", "号与", "号及", "以及", "见",
    "按", "据", "的", "由",
];

/// The issuer's short name at the end of `text`: 国办发 of 依据国办发. A name has
/// two characters at least.
fn issuer(text: &str) -> &str {
    let ends = BEFORE.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len()));
    let names = ends.filter_map(|at| text.get(at..)).filter(|name| name.chars().count() >= 2);
    names.min_by_key(|name| name.len()).unwrap_or(text)
}
