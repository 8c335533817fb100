//! Findings of many editions as those of one run: what is wrong with all of them
//! in the same way is said once, with how many others it is true of.
//!
//! **Invariant:** findings keep their order, and none is lost.

use crate::diagnostic::{Diagnostic, Kind, ThemeFault, WechatFault};

/// `found` with those that differ by their piece alone as one, the first.
pub fn merged(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut merged: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for diagnostic in found {
        let first = merged.iter_mut().find(|known| is_same(known, &diagnostic));
        match first.and_then(|first| others(&mut first.kind)) {
            Some(others) => *others += 1,
            None => merged.push(diagnostic),
        }
    }
    merged
}

fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Wechat(WechatFault::NoCover { .. }), Kind::Wechat(WechatFault::NoCover { .. })) => true,
        (
            Kind::Theme(ThemeFault::Render { message, .. }),
            Kind::Theme(ThemeFault::Render { message: again, .. }),
        ) => message == again && one.primary == other.primary,
        _ => false,
    }
}

fn others(kind: &mut Kind) -> Option<&mut usize> {
    match kind {
        Kind::Wechat(WechatFault::NoCover { others }) | Kind::Theme(ThemeFault::Render { others, .. }) => {
            Some(others)
        }
        _ => None,
    }
}
