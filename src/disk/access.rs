//! Who may read a file or folder: its owner, group, mode and extended
//! attributes (access control lists, the label of `SELinux`, a user's own).
//!
//! A published tree is made anew each time; what the team that runs the server
//! set on the former one goes over to it.
//!
//! **Invariant:** nothing here depends on the umask: what is given is given
//! whole, or reported as not given.

use std::path::Path;

/// What a file or folder grants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    owner: Option<(u32, u32)>,
    mode: Option<u32>,
    attributes: Vec<(Vec<u8>, Vec<u8>)>,
}

/// What the column asks for, over what stood there before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// The mode of files: `0o640`. Folders get the right to enter where files
    /// may be read.
    pub mode: Option<u32>,
    /// The group, by its number.
    pub group: Option<u32>,
}

impl Wish {
    /// Whether nothing is asked for.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl Access {
    /// What everybody may read: the access of a file, or of a folder.
    pub fn open(folder: bool) -> Self {
        Self { mode: Some(if folder { 0o755 } else { 0o644 }), ..Self::default() }
    }

    /// The same, as `wish` has it.
    #[must_use]
    pub fn wished(mut self, wish: Wish, folder: bool) -> Self {
        if let Some(mode) = wish.mode {
            let kept = self.mode.unwrap_or(0) & 0o7000;
            let enter = if folder { (mode & 0o444) >> 2 } else { 0 };
            self.mode = Some(kept | mode | enter);
        }
        if let Some(group) = wish.group {
            self.owner = Some((self.owner.map_or(KEEP, |(user, _)| user), group));
        }
        self
    }
}

/// In place of a user's number: whoever it is.
const KEEP: u32 = u32::MAX;

#[cfg(unix)]
mod system {
    use std::ffi::CString;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::path::Path;

    use super::{Access, KEEP};

    impl Access {
        /// That of the file or folder at `path`; `None` where there is neither.
        pub fn of(path: &Path) -> Option<Self> {
            let meta = std::fs::symlink_metadata(path).ok().filter(|meta| !meta.is_symlink())?;
            Some(Self {
                owner: Some((meta.uid(), meta.gid())),
                mode: Some(meta.mode() & 0o7777),
                attributes: attributes(path),
            })
        }

        /// Gives it to the file or folder at `path`. False where the system
        /// refused a part of it.
        pub fn give(&self, path: &Path) -> bool {
            let Ok(meta) = std::fs::symlink_metadata(path) else { return false };
            let mut whole = true;
            let mut mode = meta.mode() & 0o7777;
            if let Some((user, group)) = self.owner
                && !((user == meta.uid() || user == KEEP) && group == meta.gid())
            {
                let user = Some(user).filter(|user| *user != KEEP && *user != meta.uid());
                let done = std::os::unix::fs::lchown(path, user, Some(group)).is_ok();
                // One who is not root may still give it to a group of theirs.
                let group = Some(group).filter(|group| *group != meta.gid());
                let partly =
                    done || group.is_some_and(|g| std::os::unix::fs::lchown(path, None, Some(g)).is_ok());
                whole &= done;
                if partly {
                    // A change of owner takes set-user and set-group marks away.
                    mode = KEEP;
                }
            }
            if !self.attributes.is_empty() {
                let there = attributes(path);
                for wanted in self.attributes.iter().filter(|wanted| !there.contains(wanted)) {
                    whole &= set(path, &wanted.0, &wanted.1);
                    mode = KEEP;
                }
            }
            if let Some(wanted) = self.mode.filter(|wanted| *wanted != mode) {
                let permissions = std::fs::Permissions::from_mode(wanted);
                whole &= std::fs::set_permissions(path, permissions).is_ok();
            }
            whole
        }
    }

    /// Those that are copied: lists of who may read, labels, and what users
    /// wrote themselves. The rest is the system's own.
    fn is_copied(name: &[u8]) -> bool {
        name.starts_with(b"user.")
            || [b"system.posix_acl_access".as_slice(), b"system.posix_acl_default", b"security.selinux"]
                .contains(&name)
    }

    #[cfg(target_os = "linux")]
    fn attributes(path: &Path) -> Vec<(Vec<u8>, Vec<u8>)> {
        let mut names = vec![0_u8; 4096];
        let Ok(len) = rustix::fs::llistxattr(path, &mut names) else { return Vec::new() };
        names.truncate(len);
        let value = |name: &[u8]| {
            let mut value = vec![0_u8; 65_536];
            let len = rustix::fs::lgetxattr(path, CString::new(name).ok()?, &mut value).ok()?;
            value.truncate(len);
            Some((name.to_vec(), value))
        };
        names.split(|byte| *byte == 0).filter(|name| is_copied(name)).filter_map(value).collect()
    }

    #[cfg(target_os = "linux")]
    fn set(path: &Path, name: &[u8], value: &[u8]) -> bool {
        let Ok(name) = CString::new(name) else { return false };
        rustix::fs::lsetxattr(path, name, value, rustix::fs::XattrFlags::empty()).is_ok()
    }

    /// Other systems keep such lists elsewhere.
    #[cfg(not(target_os = "linux"))]
    fn attributes(_: &Path) -> Vec<(Vec<u8>, Vec<u8>)> {
        let _ = (is_copied, CString::new(""));
        Vec::new()
    }

    #[cfg(not(target_os = "linux"))]
    fn set(_: &Path, _: &[u8], _: &[u8]) -> bool {
        false
    }
}

/// Elsewhere a file has the rights of its folder.
#[cfg(not(unix))]
impl Access {
    /// Nothing to go over.
    pub fn of(path: &Path) -> Option<Self> {
        super::exists(path).then(Self::default)
    }

    /// Nothing to give.
    pub fn give(&self, _: &Path) -> bool {
        let _ = (&self.owner, &self.mode, &self.attributes, KEEP);
        true
    }
}

/// Whether nobody but its owner may read or change the file at `path`.
#[cfg(unix)]
pub fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|meta| {
        let of_others = meta.permissions().mode() & 0o077;
        of_others == 0
    })
}

/// Elsewhere a file has the rights of its folder, which belongs to one user
/// where people keep such files.
#[cfg(not(unix))]
pub fn is_private(path: &Path) -> bool {
    super::exists(path)
}

/// The number of the group called `name`, or written as a number; `None` where
/// this machine has none.
pub fn group(name: &str) -> Option<u32> {
    if let Ok(number) = name.parse() {
        return Some(number);
    }
    let text = super::read(Path::new("/etc/group")).ok()?;
    let text = String::from_utf8_lossy(&text);
    let fields = text.lines().map(|line| line.split(':').collect::<Vec<_>>());
    fields.into_iter().find_map(|fields| match fields.as_slice() {
        [group, _, number, ..] if *group == name => number.parse().ok(),
        _ => None,
    })
}
