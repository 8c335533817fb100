//! Keeps a source that vanished from emptying the published site.
//!
//! A drive that is not mounted, a branch half checked out, a folder that was
//! renamed, a clock that was reset: to a build they look like a column that was
//! emptied on purpose. [`guard`] compares what was built with the site that
//! stands published ([`Former`]) and reports an error that names what is gone.
//! Who means it says so ([`Allowed`]).
//!
//! **Invariant:** it only adds errors, or takes back what follows from them.

use jiff::ToSpan as _;
use jiff::civil::DateTime;

use super::{BuildResult, Now, Sources, State};
use crate::diagnostic::{Diagnostic, Kind, Located, Severity, SiteFault, VanishFault, locate};
use crate::path::{OutputPath, SourcePath};

/// The site that stands published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Former {
    /// What it was made of; `None` where that was not recorded.
    pub sources: Option<Sources>,
    /// Its pages.
    pub pages: Vec<OutputPath>,
}

/// What somebody said is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowed {
    /// `--allow-empty`: a column without a single text.
    pub empty: bool,
    /// `--allow-removals`: sections, themes and most pages that are gone.
    pub removals: bool,
}

/// Reports in `built` what vanished since `former` was published.
pub fn guard(built: &mut BuildResult, former: Option<&Former>, now: Now, allowed: Allowed) {
    let faults = Comparison { built, former, now, allowed }.faults();
    let faults: Vec<Diagnostic> = faults
        .into_iter()
        .filter_map(|(path, fault)| Some((SourcePath::new(&path)?, fault)))
        .map(|(path, fault)| Diagnostic::of_file(&path, fault))
        .collect();
    if faults.is_empty() {
        return;
    }
    built.findings.retain(|finding| !follows(finding, &faults));
    // They are the cause of whatever else there is, so they stand first.
    let others = std::mem::take(&mut built.findings);
    built.findings = locate(faults, |_| None);
    built.findings.extend(others);
}

/// Whether a finding only says again that a source is gone.
fn follows(finding: &Located, faults: &[Diagnostic]) -> bool {
    let Kind::Site(SiteFault::EmptySection { folder, .. }) = &finding.kind else { return false };
    faults.iter().any(|fault| match &fault.kind {
        Kind::Vanish(VanishFault::NoContent) => true,
        Kind::Vanish(VanishFault::SectionGone { folder: gone, .. }) => gone == folder,
        _ => false,
    })
}

/// How far behind the newest published piece a clock may be, in days: zones and
/// small corrections are no fault.
const CLOCK_DAYS: i64 = 2;

/// How long before its first piece a column may be built, in days.
const EARLY_DAYS: i64 = 365;

struct Comparison<'c> {
    built: &'c BuildResult,
    former: Option<&'c Former>,
    now: Now,
    allowed: Allowed,
}

impl Comparison<'_> {
    fn faults(&self) -> Vec<(String, VanishFault)> {
        let sources = &self.built.output.sources;
        if sources.documents == 0 {
            // The guard can't say more than a missing `column.yaml` does.
            let told = self.built.findings.iter().any(|finding| finding.path.as_str() == "content");
            let fault = ("content".to_owned(), VanishFault::NoContent);
            return Some(fault).filter(|_| !self.allowed.empty && !told).into_iter().collect();
        }
        if self.allowed.removals {
            return Vec::new();
        }
        let mut faults = self.sections();
        faults.extend(self.theme());
        faults.extend(self.clock());
        let sound = self.built.findings.iter().all(|finding| finding.severity() != Severity::Error);
        if faults.is_empty() && sound {
            faults.extend(self.pages());
        }
        faults
    }

    fn before(&self) -> Option<&Sources> {
        self.former?.sources.as_ref()
    }

    /// Sections whose texts are all gone. One that is gone from `column.yaml`
    /// too was taken out on purpose.
    fn sections(&self) -> Vec<(String, VanishFault)> {
        let Some(before) = self.before() else { return Vec::new() };
        let now = &self.built.output.sources;
        let gone = now.sections.iter().filter(|folder| !now.folders.contains_key(*folder));
        let fault = |folder: &String| {
            let pieces = *before.folders.get(folder)?;
            let fault = VanishFault::SectionGone { folder: folder.clone(), pieces };
            Some((format!("content/{folder}"), fault))
        };
        gone.filter_map(fault).collect()
    }

    /// The theme's own files, where the built-in theme of its name would
    /// silently take its place.
    fn theme(&self) -> Option<(String, VanishFault)> {
        let (before, now) = (self.before()?, &self.built.output.sources);
        let gone = before.theme == now.theme && before.theme_files > 0 && now.theme_files == 0;
        let path = format!("themes/{}", now.theme);
        gone.then(|| (path, VanishFault::ThemeGone { name: now.theme.clone() }))
    }

    /// A clock that is behind what was published already; or, with nothing
    /// published yet, far behind the first piece.
    fn clock(&self) -> Option<(String, VanishFault)> {
        let Now::Instant(_) = self.now else { return None };
        let now = self.built.output.valid.as_ref()?.from;
        let shown = self.before().and_then(|before| before.newest.clone());
        let (date, path) = match shown {
            Some((date, path)) => (earlier(date, CLOCK_DAYS)?, (date, path)),
            None if self.built.output.sources.published == 0 => {
                let (date, path) = self.first_scheduled()?;
                (earlier(date, EARLY_DAYS)?, (date, path))
            }
            None => return None,
        };
        let (newest, piece) = path;
        (now < date).then(|| (piece, VanishFault::ClockBehind { now: day(now), newest: day(newest) }))
    }

    fn first_scheduled(&self) -> Option<(DateTime, String)> {
        let pieces = self.built.output.pieces.iter();
        let scheduled = pieces.filter_map(|piece| match piece.state {
            State::Scheduled(at) => Some((at, piece.source.to_string())),
            State::Published | State::Draft | State::Expired(_) => None,
        });
        scheduled.min()
    }

    /// More than half of the pages at once.
    fn pages(&self) -> Option<(String, VanishFault)> {
        let former = self.former?;
        let gone = || former.pages.iter().filter(|path| !self.built.output.files.contains_key(*path));
        let (removed, of) = (gone().count(), former.pages.len());
        let example = gone().next()?.to_string();
        (removed * 2 > of).then(|| ("content".to_owned(), VanishFault::ManyRemoved { removed, of, example }))
    }
}

fn earlier(date: DateTime, days: i64) -> Option<DateTime> {
    date.checked_sub(days.days()).ok()
}

fn day(moment: DateTime) -> String {
    moment.date().to_string()
}
