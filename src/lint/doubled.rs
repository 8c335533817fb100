//! **`doubled`** (warning): a character or sign that a slip of the hand wrote
//! twice.
//!
//! 的的, 了了, ，，, 。。. Where the language itself doubles (目的的, 为了了解,
//! 不了了之, 的的确确) nothing is said. `。。。` is meant as `……`.

use std::ops::Range;

use super::{Context, Found, Rule};
use crate::diagnostic::TextFault;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    triggers: &["的的", "了了", "，，", "。。", "、、", "；；", "：：", "！，", "？，", "。，", "，。"],
    judge,
};

/// What may stand before or after a doubled character without a fault.
const EXCEPT: [(&str, &[char], &[char]); 2] = [
    // 目的, 标的, 有的, 众矢之的, 打的; 的确, 的士, 的哥.
    ("的的", &['目', '标', '有', '之', '打', '中'], &['确', '士', '哥', '姐', '卡']),
    // 为了, 除了; 了解, 了然, 了却, 了结, 了断, 了不起, 了如指掌; 一了了之, 不了了之.
    (
        "了了",
        &['不', '一', '小', '受', '得', '免', '未', '终', '罢', '算'],
        &['解', '然', '却', '结', '断', '不', '得', '如', '事', '无', '悟', '望', '债', '之', '愿', '若'],
    ),
];

fn judge(context: &Context<'_>, trigger: usize, hit: Range<usize>) -> Option<Found> {
    let written = *RULE.triggers.get(trigger)?;
    let before = context.before(hit.start).chars().next_back();
    let mut after = context.after(hit.end).chars();
    let next = after.next();
    let first = written.chars().next()?;
    // A third one belongs to the same slip.
    if before == Some(first) && written.chars().all(|c| c == first) {
        return None;
    }
    if let Some((_, befores, afters)) = EXCEPT.iter().find(|(word, ..)| *word == written)
        && (before.is_some_and(|c| befores.contains(&c)) || next.is_some_and(|c| afters.contains(&c)))
    {
        return None;
    }
    let ellipsis = first == '。' && written == "。。" && next == Some('。');
    let fault = if ellipsis { TextFault::Ellipsis } else { TextFault::Doubled { text: written.to_owned() } };
    let more = context.after(hit.end).chars().take_while(|c| ellipsis && *c == first).count();
    Some((Span::new(hit.start, hit.end + more * first.len_utf8()), fault))
}
