//! What would mend a mistyped sign of YAML.
//!
//! Only slips whose right form is beyond doubt are here; what `mend` does to
//! read on after the others (a line left out, a text put in quotes) is no
//! advice.

use crate::diagnostic::{Edit, Fix, YamlFault};
use crate::text::Span;

/// The edits that mend `fault`, which stands at `span` of `text`; places are
/// counted in a file in which `text` begins at byte `offset`.
pub(super) fn fix(fault: &YamlFault, span: Span, text: &str, offset: usize) -> Option<Fix> {
    let (start, end) = (span.start as usize, span.end as usize);
    let written = text.get(start..end)?;
    let follows = text.get(end..)?.chars().next();
    let (start, end) = (start + offset, end + offset);
    let edit = match (fault, written) {
        (YamlFault::FullWidthColon, "：") => {
            let colon = if follows.is_none_or(|c| c == ' ' || c == '\n' || c == '\r') { ":" } else { ": " };
            Edit::new(start, end, colon)
        }
        (YamlFault::NoSpaceAfterColon { .. }, ":") | (YamlFault::NoSpaceAfterDash, "-") => {
            Edit::new(end, end, " ")
        }
        (YamlFault::WideSpace, _) => Edit::new(start, end, " "),
        (YamlFault::FullWidthComma { .. }, "，" | "、") => Edit::new(start, end, ", "),
        _ => return None,
    };
    Some(Fix::safe(vec![edit]))
}
