//! One document opened: its text, its pages, and what hides in it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::clean;
use super::extract::{Extract, fault_of, guarded};
use super::read::{look_beside, read, unchecked};
use super::spots::Spots;
use super::text::{Text, TextState};
use crate::diagnostic::MaterialFault;
use crate::memo::Key;

/// The largest file that is opened, in bytes. Larger ones are scans of books.
pub const MAX_INSPECTED: u64 = 64 << 20;

/// What was learned from a document. It holds no path, so that it can be
/// remembered by the file's content and extension, in memory and on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// Its text.
    pub text: Arc<Text>,
    /// Its pages, slides; for DOCX as the program that saved it counted.
    pub pages: Option<u32>,
    /// What must not be published, or not unseen.
    pub faults: Vec<MaterialFault>,
    /// The copy that is published in its place; `None` where it is published
    /// as it is.
    pub copy: Option<Copy>,
    /// Numbers of people and secrecy marks.
    pub(super) spots: Spots,
}

/// A cleaned copy of a document, as it is told before it is made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// Its length in bytes.
    pub len: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

impl Copy {
    /// The key of its bytes.
    pub fn key(&self) -> Key {
        Key::hash(self.sha256.as_bytes())
    }
}

/// The copy of a file that is published in its place, where there is one.
pub fn copy_of(study: &Option<Arc<Inspection>>) -> Option<&Copy> {
    study.as_ref()?.copy.as_ref()
}

/// Changes with what [`examine`] finds, so that no former finding is recalled.
const EDITION: &str = "11";

impl Inspection {
    /// The key of a study: of all that [`examine`] depends on. `content` is the
    /// key of the file's bytes.
    pub fn key(extension: &str, content: Key) -> Key {
        let parts = [b"study".as_slice(), EDITION.as_bytes(), extension.as_bytes(), content.as_bytes()];
        Key::hash_parts(parts)
    }

    /// The study as bytes, to be kept; empty in the case, which does not
    /// occur, that it can't be written.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// The study that [`Inspection::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

/// Studies the document of these bytes, which was named with `extension`
/// (lower case). Its first bytes decide what it is, where they can.
pub fn examine(extension: &str, bytes: &Arc<[u8]>) -> Inspection {
    let result = match bytes.len() as u64 {
        0 => Ok(Extract::unread(Vec::new())),
        size if size > MAX_INSPECTED => Ok(unchecked(bytes, size)),
        _ => guarded(|| read(extension, bytes)),
    };
    match result {
        Ok(mut reading) => {
            let empty = if reading.unread { TextState::Unread } else { TextState::Pictures };
            let is_copied = !reading.signed && (!reading.unread || reading.packed);
            if !reading.packed {
                look_beside(bytes, is_copied, &mut reading);
            }
            let (text, spots) = std::mem::take(&mut reading.text).finish(empty);
            let (pages, faults) = (reading.pages, reading.faults);
            let mut study = Inspection { text: Arc::new(text), pages, faults, copy: None, spots };
            if is_copied {
                copy(extension, bytes, &mut study);
            }
            study
        }
        Err(broken) => {
            let (text, spots) = Default::default();
            Inspection { text, pages: None, faults: vec![fault_of(broken)], copy: None, spots }
        }
    }
}

/// Makes the copy that is to be published and holds it against the original.
fn copy(extension: &str, bytes: &Arc<[u8]>, study: &mut Inspection) {
    let clean: Arc<[u8]> = match guarded(|| clean::clean(bytes)) {
        Ok(Some(clean)) => clean.into(),
        Ok(None) => return,
        Err(_) => return study.faults.push(MaterialFault::Unclean),
    };
    let whole = guarded(|| clean::reads_again(bytes, &clean)).is_ok();
    let same = whole
        && guarded(|| read(extension, &clean)).is_ok_and(|reading| {
            let (text, _) = reading.text.finish(study.text.state);
            text == *study.text && reading.pages == study.pages
        });
    if same {
        study.copy = Some(Copy { len: clean.len() as u64, sha256: super::sha256_of(&clean) });
    } else {
        study.faults.push(MaterialFault::Unclean);
    }
}

/// The document without what it says of people and computers; `None` where
/// nothing is taken out of a document of its kind.
pub fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    guarded(|| clean::clean(bytes)).ok().flatten()
}
