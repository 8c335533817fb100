//! Who holds a folder and not its name: other places at which it is mounted
//! (containers), and processes that work in it.
//!
//! Linux says both in `/proc`. A mount is told apart by its file system and by
//! its *root*, the folder of that file system which it shows. Other users'
//! processes may be hidden; then nothing is known of them.

use std::path::{Path, PathBuf};

/// Another place at which a folder, or one below it, is mounted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bind {
    /// Where, as those see it who have it.
    pub at: PathBuf,
    /// What it shows: relative to the folder, empty for the folder itself.
    pub below: PathBuf,
}

/// A process that works in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The folder, or one below it.
    pub folder: PathBuf,
    /// The process.
    pub pid: u32,
    /// What its program calls itself.
    pub name: String,
}

/// One line of a mount table.
#[cfg(any(target_os = "linux", test))]
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mount {
    device: String,
    root: PathBuf,
    at: PathBuf,
}

/// The other places at which `folder` (absolute, links resolved) or a folder
/// below it is mounted, in the name spaces that can be looked into.
#[cfg(target_os = "linux")]
pub fn binds_of(folder: &Path) -> Vec<Bind> {
    let Ok(own) = std::fs::read("/proc/self/mountinfo") else { return Vec::new() };
    let own = table(&own);
    let Some((device, inside)) = place(&own, folder) else { return Vec::new() };
    let mut binds = Vec::new();
    for mount in own.into_iter().chain(others()) {
        let Ok(below) = mount.root.strip_prefix(&inside) else { continue };
        if mount.device == device && mount.at != folder {
            let bind = Bind { below: below.to_owned(), at: mount.at };
            if !binds.contains(&bind) {
                binds.push(bind);
            }
        }
    }
    binds
}

/// The mounts of all other name spaces, each read once.
#[cfg(target_os = "linux")]
fn others() -> Vec<Mount> {
    let mut spaces: Vec<PathBuf> = std::fs::read_link("/proc/self/ns/mnt").into_iter().collect();
    let mut mounts = Vec::new();
    for (_, process) in processes() {
        // Where the name space may not be asked for, its table may: that is
        // read once for each process then.
        if let Ok(space) = std::fs::read_link(process.join("ns/mnt")) {
            if spaces.contains(&space) {
                continue;
            }
            spaces.push(space);
        }
        mounts.extend(std::fs::read(process.join("mountinfo")).iter().flat_map(|text| table(text)));
    }
    mounts
}

/// The processes that work in `folder` or below it.
#[cfg(target_os = "linux")]
pub fn holders_of(folder: &Path) -> Vec<Holder> {
    let holder = |(pid, process): (u32, PathBuf)| {
        let works_in = std::fs::read_link(process.join("cwd")).ok()?;
        let name = || std::fs::read_to_string(process.join("comm")).unwrap_or_default().trim().to_owned();
        works_in.starts_with(folder).then(|| Holder { folder: works_in, pid, name: name() })
    };
    processes().into_iter().filter_map(holder).collect()
}

#[cfg(target_os = "linux")]
fn processes() -> Vec<(u32, PathBuf)> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    let own = std::fs::read_link("/proc/self").unwrap_or_default();
    let own: Option<u32> = own.to_str().and_then(|pid| pid.parse().ok());
    let entries = entries.flatten().filter_map(|entry| {
        let pid = entry.file_name().to_str()?.parse().ok()?;
        Some((pid, entry.path()))
    });
    entries.filter(|(pid, _)| Some(*pid) != own).collect()
}

/// Other systems don't say.
#[cfg(not(target_os = "linux"))]
pub fn binds_of(_: &Path) -> Vec<Bind> {
    Vec::new()
}

/// Other systems don't say.
#[cfg(not(target_os = "linux"))]
pub fn holders_of(_: &Path) -> Vec<Holder> {
    Vec::new()
}

/// The file system that `path` is on, and its place in it.
#[cfg(any(target_os = "linux", test))]
fn place(table: &[Mount], path: &Path) -> Option<(String, PathBuf)> {
    // Of mounts at one place, the last one is seen.
    let on = table.iter().filter(|mount| path.starts_with(&mount.at));
    let mount = on.max_by_key(|mount| mount.at.components().count())?;
    let below = path.strip_prefix(&mount.at).ok()?;
    let inside = if below.as_os_str().is_empty() { mount.root.clone() } else { mount.root.join(below) };
    Some((mount.device.clone(), inside))
}

/// A mount table: `36 35 98:0 /root /at options - type source options`
/// (`proc_pid_mountinfo(5)`).
#[cfg(any(target_os = "linux", test))]
fn table(text: &[u8]) -> Vec<Mount> {
    let line = |line: &[u8]| {
        let mut fields = line.split(|byte| *byte == b' ').skip(2);
        let (device, root, at) = (fields.next()?, fields.next()?, fields.next()?);
        let device = String::from_utf8_lossy(device).into_owned();
        Some(Mount { device, root: unescaped(root), at: unescaped(at) })
    };
    text.split(|byte| *byte == b'\n').filter_map(line).collect()
}

/// Spaces and the like are written as octal numbers: `\040`.
#[cfg(any(target_os = "linux", test))]
fn unescaped(field: &[u8]) -> PathBuf {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field;
    while let [first, tail @ ..] = rest {
        let number = || {
            let digits = std::str::from_utf8(tail.get(..3)?).ok()?;
            u8::from_str_radix(digits, 8).ok()
        };
        if let Some(byte) = (*first == b'\\').then(number).flatten() {
            bytes.push(byte);
            rest = tail.get(3..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        std::ffi::OsString::from_vec(bytes).into()
    }
    #[cfg(not(unix))]
    {
        String::from_utf8_lossy(&bytes).into_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_its_place_on_its_disk() {
        let text = b"22 1 254:0 / / rw - ext4 /dev/vda rw\n\
            30 22 0:31 / /tmp rw - tmpfs tmpfs rw\n\
            31 22 254:0 /srv/\xe4\xb8\x93\xe6\xa0\x8f\\040a /mnt/a\\134b rw shared:1 - ext4 /dev/vda rw\n\
            too short\n";
        let mounts = table(text);
        assert_eq!(mounts.len(), 3);
        let last = mounts.last().unwrap();
        assert_eq!((last.root.to_str(), last.at.to_str()), (Some("/srv/专栏 a"), Some("/mnt/a\\b")));
        let of = |path: &str| {
            place(&mounts, Path::new(path)).map(|(device, at)| (device, at.display().to_string()))
        };
        let some = |device: &str, at: &str| Some((device.to_owned(), at.to_owned()));
        assert_eq!(of("/srv/x"), some("254:0", "/srv/x"));
        assert_eq!(of("/tmp"), some("0:31", "/"));
        assert_eq!(of("/tmp/x"), some("0:31", "/x"));
        assert_eq!(of("/tmpx"), some("254:0", "/tmpx"));
        assert_eq!(of("/mnt/a\\b/news"), some("254:0", "/srv/专栏 a/news"));
    }
}
