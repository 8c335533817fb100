//! **`secrecy-mark`** (error), **`internal-mark`** (warning): the text says of
//! itself that it is not for everybody.
//!
//! A text that speaks of a mark has it in the config: `allow: [秘密★1年]`. The
//! forms stand in [`crate::sensitive`].

use super::{MOST, Options};
use crate::diagnostic::SensitiveFault;
use crate::sensitive;
use crate::text::Span;

pub(super) fn check(text: &str, options: &Options, found: &mut Vec<(Span, SensitiveFault)>) {
    for mark in sensitive::secrecy_marks(text).into_iter().take(MOST) {
        let written = text.get(mark.range.clone()).unwrap_or_default();
        if !options.allow.iter().any(|entry| entry == written) {
            let fault = SensitiveFault::Mark { mark: written.to_owned(), legal: mark.legal };
            found.push((Span::new(mark.range.start, mark.range.end), fault));
        }
    }
}
