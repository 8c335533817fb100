//! The key of everything that a build reads, and for how long its result holds.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Now, Options};
use crate::memo::Key;
use crate::source::SourceTree;

/// This program: its version and what it was built from. What it remembers is
/// good for itself only, on any machine.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("ZHUANLAN_SOURCES"));

/// The key of the tree, the options and the program's version; of the options,
/// all but `now`, which [`Validity`] answers for.
pub fn inputs_key(tree: &SourceTree, options: &Options) -> Key {
    let flags = [
        u8::from(options.preview),
        u8::from(options.drafts),
        u8::from(options.fingerprint),
        u8::from(options.base_url.is_some()),
    ];
    let mut parts: Vec<&[u8]> =
        vec![PROGRAM.as_bytes(), &flags, options.base_url.as_deref().unwrap_or_default().as_bytes()];
    for (path, source) in tree.iter() {
        parts.push(path.as_str().as_bytes());
        parts.push(source.key.as_bytes());
    }
    let refused: Vec<String> =
        tree.refused().iter().map(|refused| format!("{}\0{:?}", refused.path, refused.why)).collect();
    parts.extend(refused.iter().map(String::as_bytes));
    Key::hash_parts(parts)
}

/// The span of time in which equal inputs give an equal output: from the
/// moment of the build to the next midnight or the next piece due, whichever
/// is sooner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validity {
    /// The moment of the build, in the column's zone.
    pub from: DateTime,
    /// From here on the output may differ.
    pub until: DateTime,
    /// The column's zone: an IANA name or an offset.
    pub timezone: String,
}

impl Validity {
    /// For a build at `now` whose next piece is due at `next`.
    pub fn new(now: DateTime, next: Option<DateTime>, timezone: &TimeZone) -> Self {
        let midnight =
            now.date().tomorrow().map_or(DateTime::MAX, |day| day.to_datetime(jiff::civil::Time::MIN));
        let name = timezone.iana_name().map_or_else(|| offset_name(timezone, now), str::to_owned);
        Self { from: now, until: next.map_or(midnight, |next| next.min(midnight)), timezone: name }
    }

    /// Whether a build at `now` would give the same output.
    pub fn holds_at(&self, now: Now) -> bool {
        let local = match now {
            Now::Local(local) => local,
            Now::Instant(instant) => match TimeZone::get(&self.timezone) {
                Ok(zone) => zone.to_datetime(instant),
                Err(_) => return false,
            },
        };
        self.from <= local && local < self.until
    }
}

/// The zone's offset at `now`, as text. It names no zone, so a validity with
/// it never holds for an instant, and the site is built afresh.
fn offset_name(timezone: &TimeZone, now: DateTime) -> String {
    timezone.to_timestamp(now).map_or_else(|_| String::new(), |at| timezone.to_offset(at).to_string())
}
