//! Exchanging two folders in one step, where the system can.

use std::path::Path;

use super::{Act, Error, Result};

/// What came of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swapped {
    /// Each folder has the other's name now.
    Done,
    /// The system, or this file system, has no such step.
    NotHere,
    /// A folder can't be renamed because something is mounted on it.
    Mounted,
}

/// Gives each of two folders the other's name, in one step (Linux and Android:
/// `renameat2(RENAME_EXCHANGE)`; macOS: `renameatx_np(RENAME_SWAP)`).
///
/// # Errors
/// What the system said, except that it can't.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub fn exchange(one: &Path, other: &Path) -> Result<Swapped> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(Swapped::Done),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(Swapped::NotHere),
        Err(Errno::BUSY | Errno::XDEV) => Ok(Swapped::Mounted),
        Err(errno) => Err(Error::new(Act::Exchange, other, errno.into())),
    }
}

/// Windows and others have no such step.
///
/// # Errors
/// None.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn exchange(_: &Path, _: &Path) -> Result<Swapped> {
    Ok(Swapped::NotHere)
}

/// Whether something is mounted on the folder at `path`, as far as the system
/// says; a bind mount of the same disk shows on Linux only.
#[cfg(unix)]
pub fn is_mount_point(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    #[cfg(target_os = "linux")]
    if let Some(says) = mount_root(path) {
        return says;
    }
    let device = |path: &Path| std::fs::metadata(path).map(|meta| meta.dev()).ok();
    path.parent().is_some_and(|parent| device(path).is_some() && device(path) != device(parent))
}

/// What Linux 5.8 and later say of themselves.
#[cfg(target_os = "linux")]
fn mount_root(path: &Path) -> Option<bool> {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let says = statx(CWD, path, AtFlags::empty(), StatxFlags::empty()).ok()?;
    let known = says.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT);
    known.then(|| says.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// A folder that a volume is mounted on is a reparse point, which `std` does
/// not tell apart from a link: taken as none, and the rename will say.
#[cfg(not(unix))]
pub fn is_mount_point(_: &Path) -> bool {
    false
}
