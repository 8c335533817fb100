//! Where the findings of `column.yaml` go while it is checked.

use crate::diagnostic::{ConfigFault, Diagnostic};
use crate::path::SourcePath;
use crate::text::{At, Span};

/// Where findings go while one file is read.
pub(super) struct Sink<'f> {
    pub(super) path: &'f SourcePath,
    pub(super) found: Vec<Diagnostic>,
}

impl Sink<'_> {
    pub(super) fn at(&mut self, span: Span, fault: ConfigFault) {
        self.found.push(Diagnostic::at(self.path, span, fault));
    }

    /// A key that an entry needs is not there, unless something in the entry was
    /// wrong and has been reported: most likely it was that key.
    pub(super) fn required(&mut self, entry: Span, at: Span, key: &'static str) {
        let is_known = self
            .found
            .iter()
            .filter_map(|found| found.primary.span)
            .any(|wrong| entry.start <= wrong.start && wrong.end <= entry.end && wrong != entry);
        if !is_known {
            self.at(at, ConfigFault::Required { key });
        }
    }

    pub(super) fn also(&mut self, span: Span, fault: ConfigFault, first: Span) {
        self.found.push(Diagnostic::at(self.path, span, fault).and(self.path, Some(first)));
    }
}

/// The number, or the usual one where there is none or it is out of range.
pub(super) fn ranged(number: Option<At<u64>>, usual: u64, least: u64, most: u64, sink: &mut Sink<'_>) -> u64 {
    let Some(number) = number else { return usual };
    if (least..=most).contains(&number.value) {
        return number.value;
    }
    sink.at(number.span, ConfigFault::OutOfRange { least, most });
    usual
}
