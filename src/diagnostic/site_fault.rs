//! About how files stand to each other: routes, terms, addresses, dates.

mod messages;

use super::Severity::{Error, Warning};
use super::{Fault, Message, Severity};
use messages::message;

/// About how files stand to each other: routes, terms, addresses, dates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteFault {
    /// A Markdown file in a folder that is no section.
    NoSection {
        /// The folder below `content/`.
        folder: String,
        /// The nearest section's folder.
        nearest: Option<String>,
    },
    /// A name in addresses that the site uses itself.
    ReservedName {
        /// The name.
        name: String,
    },
    /// A page in more folders than a site may have.
    TooDeep {
        /// The most folders.
        limit: usize,
    },
    /// Two pages with one address.
    SameRoute {
        /// The address.
        route: String,
        /// The other file.
        other: String,
    },
    /// A topic that the config does not have.
    UnknownTopic {
        /// As written.
        name: String,
        /// The nearest that it has.
        nearest: Option<String>,
        /// Those that it has, the first dozen.
        known: Vec<String>,
        /// Those that it has, where several are written in one: 甲、乙.
        several: Vec<String>,
    },
    /// A unit that the config does not have.
    UnknownUnit {
        /// As written.
        name: String,
        /// The nearest that it has.
        nearest: Option<String>,
        /// Those that it has, the first dozen.
        known: Vec<String>,
        /// Those that it has, where several are written in one: 甲、乙.
        several: Vec<String>,
    },
    /// A phase that the config does not have.
    UnknownPhase {
        /// As written.
        name: String,
        /// The nearest that it has.
        nearest: Option<String>,
        /// Those that it has, the first dozen.
        known: Vec<String>,
    },
    /// A date that lies ahead: the piece is scheduled.
    DateAhead {
        /// The date.
        date: String,
    },
    /// A former address that is the page's own.
    AliasSelf {
        /// The address.
        alias: String,
    },
    /// A former address at which another page stands.
    AliasTaken {
        /// The address.
        alias: String,
        /// The page's file.
        other: String,
    },
    /// Pieces that send readers round in a ring.
    AliasCycle {
        /// The address.
        alias: String,
        /// The other pieces of the ring.
        others: Vec<String>,
    },
    /// One former address of two pieces.
    AliasTwice {
        /// The address.
        alias: String,
        /// The other file.
        other: String,
    },
    /// A former address at which the site has a page of its own.
    AliasReserved {
        /// The address.
        alias: String,
    },
    /// A file of `content/static/` whose name an address can't have.
    StaticName {
        /// Below `content/static/`.
        name: String,
    },
    /// A file of `content/static/` of a kind that is not for readers.
    StaticNotForReaders {
        /// Below `content/static/`.
        name: String,
    },
    /// A file of `content/static/` where the site has another.
    StaticTaken {
        /// Below `content/static/`.
        name: String,
        /// The file that has the place; `None` for what the site makes itself.
        other: Option<String>,
    },
    /// A line of `addresses.yaml` that is no entry.
    AddressLine,
    /// A name of `addresses.yaml` that an address can't have.
    AddressName {
        /// The name.
        name: String,
    },
    /// An entry of `addresses.yaml` whose title or name an earlier line has.
    AddressTwice {
        /// Whose it is.
        title: String,
        /// The name.
        name: String,
    },
    /// A file that was meant as a piece, under a name that none has.
    MisnamedPiece {
        /// The name that it should have.
        meant: String,
    },
    /// A manuscript that no text refers to, in a format that is not read.
    Manuscript {
        /// Its extension, in lower case.
        extension: String,
    },
    /// A piece with nothing below its front matter.
    EmptyPiece,
    /// A study material that offers no file.
    MaterialWithoutFile,
    /// A section without a piece.
    EmptySection {
        /// Its title.
        title: String,
        /// Its folder.
        folder: String,
    },
    /// A section that has had no new piece for too long.
    StaleSection {
        /// Its title.
        title: String,
        /// Days since the newest piece.
        days: i64,
        /// The most days allowed.
        limit: u32,
    },
    /// Required front matter that is missing.
    MissingFields {
        /// The section's title.
        section: String,
        /// The keys: English and Chinese.
        keys: Vec<(String, String)>,
    },
    /// Front matter names a section other than the one that the piece lies in.
    OtherSection {
        /// As written.
        named: String,
        /// The title of the section it lies in.
        section: String,
        /// The folder of the one that is named, where there is one.
        folder: Option<String>,
    },
    /// A change that lies ahead.
    UpdatedAhead {
        /// As written.
        date: String,
    },
    /// A piece of a section without a date.
    NoDate,
    /// A page that moves more bytes than it may.
    PageTooHeavy {
        /// Its path.
        page: String,
        /// Gzipped, without photos, in KB.
        size: u64,
        /// The most it may have, in KB.
        limit: u64,
        /// Whether it is a piece's own page, not a list.
        piece: bool,
    },
}

impl Fault for SiteFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::NoSection { .. } => ("no-section", Error),
            Self::ReservedName { .. } => ("reserved-name", Error),
            Self::TooDeep { .. } => ("too-deep", Error),
            Self::SameRoute { .. } => ("same-route", Error),
            Self::UnknownTopic { .. } => ("unknown-topic", Error),
            Self::UnknownUnit { .. } => ("unknown-unit", Error),
            Self::UnknownPhase { .. } => ("unknown-phase", Error),
            Self::DateAhead { .. } => ("date-ahead", Warning),
            Self::AliasSelf { .. } => ("alias-self", Error),
            Self::AliasTaken { .. } => ("alias-taken", Error),
            Self::AliasCycle { .. } => ("alias-cycle", Error),
            Self::AliasTwice { .. } => ("alias-twice", Error),
            Self::AliasReserved { .. } => ("alias-reserved", Error),
            Self::StaticName { .. } => ("static-name", Error),
            Self::StaticNotForReaders { .. } => ("static-not-published", Warning),
            Self::StaticTaken { .. } => ("static-taken", Error),
            Self::AddressLine => ("address-line", Error),
            Self::AddressName { .. } => ("address-name", Warning),
            Self::AddressTwice { .. } => ("address-twice", Warning),
            Self::MisnamedPiece { .. } => ("misnamed-piece", Warning),
            Self::Manuscript { .. } => ("manuscript-not-read", Warning),
            Self::MaterialWithoutFile => ("material-without-file", Error),
            Self::EmptyPiece => ("empty-piece", Error),
            Self::EmptySection { .. } => ("empty-section", Warning),
            Self::StaleSection { .. } => ("stale-section", Warning),
            Self::MissingFields { .. } => ("missing-field", Error),
            Self::OtherSection { .. } => ("other-section", Warning),
            Self::UpdatedAhead { .. } => ("updated-ahead", Warning),
            Self::NoDate => ("no-date", Warning),
            Self::PageTooHeavy { .. } => ("page-too-heavy", Warning),
        }
    }

    fn message(&self) -> [Message; 2] {
        message(self)
    }
}
