//! Digits as texts have them, and groups of them that may be one number.

use std::ops::Range;

/// Some groups of a run that may be one number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number<'r> {
    /// ASCII digits.
    pub digits: &'r [u8],
    /// How many digits each group has.
    pub groups: &'r [Range<usize>],
    /// Whether an X follows.
    pub cross: bool,
}

impl Number<'_> {
    /// Whether the groups have these lengths.
    pub(super) fn is_grouped(&self, lengths: &[usize]) -> bool {
        self.groups.iter().map(ExactSizeIterator::len).eq(lengths.iter().copied())
    }
}

/// A decimal digit, half or full width or of mathematics (U+1D7CE to U+1D7FF),
/// as an ASCII one.
pub(super) fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => c as u32 - '0' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        '\u{1D7CE}'..='\u{1D7FF}' => (c as u32 - 0x1D7CE) % 10,
        _ => return None,
    };
    u8::try_from(value).ok().map(|value| b'0' + value)
}

/// Characters without width, which hide a number from a search.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}
