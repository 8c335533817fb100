//! Releases for an isolated network: one signed file that leads from the
//! release that is there to the one that is wanted.
//!
//! [`package()`] makes it where the site is built, [`Package::open`] and
//! `Publisher::apply` put it where readers are: first all of it is verified,
//! then it is unpacked out of sight and each file compared with its SHA-256,
//! then the release is published as any other, in one step, and one can go back
//! from it.
//!
//! The file, in ABNF (RFC 5234):
//!
//! ```text
//! package   = "zhuanlan package 1" LF signature payload
//! signature = 4line            ; as minisign writes it (prehashed, "ED"), of the payload
//! payload   = head list *file
//! head      = frame            ; JSON: `format::Head`
//! list      = frame            ; `format::List`, against the list of the base
//! file      = reference frame  ; of each file that the base has not as it is, in the list's order
//! reference = %x00             ; against nothing
//!           / %x01 4OCTET      ; against the file at that place of the base's list
//!           / %x02 4OCTET      ; against the file at that place of this package
//! frame     = one frame of Zstandard (RFC 8878), what it is against being its prefix
//! ```
//!
//! Numbers are little-endian, from 0. So the signature can be verified without
//! us: `tail -n +6 FILE > payload`, `sed -n 2,5p FILE > payload.minisig`,
//! `minisign -Vm payload -p KEY.pub`.
//!
//! **Invariants:** nothing is parsed that was not verified before, and what is
//! parsed is verified once more as it is read, so that a file that changes
//! meanwhile is refused. Every byte is either signed or has one value only.

mod apply;
mod fault;
mod format;
mod frame;
mod key;
mod open;
mod pack;
mod reference;

pub use apply::{Applied, ApplyOptions};
pub use fault::Fault;
pub use key::{PublicKey, SecretKey, new_pair};
pub use open::Package;
pub use pack::{Packed, package};

use super::Error;

/// The first line of a package, with its end.
const FIRST_LINE: &str = "zhuanlan package 1\n";
