//! Documents that are XML in a ZIP file: Office Open XML (ECMA-376),
//! OpenDocument (OASIS ODF), OFD (GB/T 33190), EPUB.
//!
//! `Package` opens the file and writes it again, `xml` walks a part,
//! `edit` changes one. What the parts mean is the readers' business.
//!
//! **Invariant:** whatever the bytes are, nothing panics, and memory and time
//! are bounded by constants of this room.

pub(crate) mod edit;
pub(crate) mod names;
pub(crate) mod package;
pub(crate) mod xml;

pub(crate) use package::Package;

/// Why a document can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It does not follow its format.
    Damaged,
    /// It opens with a password only.
    Encrypted,
    /// It unpacks to more than any document should.
    Bomb,
}
