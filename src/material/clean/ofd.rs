//! OFDs (GB/T 33190-2016), written anew with the parts that pages need, and in
//! them the elements and attributes that [`lists`] names.

mod filter;
mod lists;

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::super::Broken;
use super::super::ofd::{self, Role};
use crate::office::Package;
use crate::office::package::Fate;
use crate::text::hex;
use filter::filtered;

/// The part that all others are led to from, as parts are compared.
const ROOT: &str = "ofd.xml";

/// The cleaned package; `None` where it is no OFD.
pub(super) fn clean(bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    let mut package = Package::open(bytes)?;
    if !ofd::is(&package) {
        return Ok(None);
    }
    let roles = ofd::roles(&mut package)?;
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let mut fates = BTreeMap::new();
    let mut hash = Sha256::new();
    for name in names.into_iter().filter(|name| name != ROOT) {
        let Some(role) = roles.get(&name) else {
            fates.insert(name, Fate::Drop);
            continue;
        };
        let bytes = package.part(&name)?.unwrap_or_default();
        let clean = part(*role, &bytes, depth)?;
        hash.update(name.as_bytes());
        hash.update(clean.as_ref().unwrap_or(&bytes));
        fates.insert(name, clean.filter(|clean| *clean != bytes).map_or(Fate::Copy, Fate::Replace));
    }
    // The identifier is made of what all the other parts are.
    let id: String = hex(&hash.finalize()).chars().take(32).collect();
    let root = package.part(ROOT)?.unwrap_or_default();
    fates.insert(ROOT.to_owned(), Fate::Replace(filtered(&root, &lists::ROOT, &id)?));
    package.rewritten(fates).map(Some)
}

/// A part as it is published; `None` where it stays as it is.
fn part(role: Role, bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    match role {
        Role::Root | Role::Document | Role::Content | Role::List | Role::Annotations => {
            filtered(bytes, &lists::BODY, "").map(Some)
        }
        Role::Media => Ok(super::picture_without_notes(bytes)),
        Role::Attachment => Ok(match super::nested(bytes, depth + 1) {
            Fate::Replace(clean) => Some(clean),
            _ => None,
        }),
    }
}
