//! Which names are passed over: what is hidden, and what programs leave about.

/// Files that systems make for themselves, wherever they stand, in lower case.
const JUNK: [&str; 9] = [
    "thumbs.db",
    "thumbs.db:encryptable",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "desktop.ini",
    ".ds_store",
    "4913",
    "icon\r",
    "iconcache.db",
];

/// Folders that systems, network drives and archives make for themselves, in
/// lower case: bins, snapshots, thumbnails.
const SYSTEM_FOLDERS: [&str; 22] = [
    "@eadir",
    "#recycle",
    "#snapshot",
    "@recycle",
    "@recently-snapshot",
    "@sharebin",
    "@tmp",
    ".@__thumb",
    ".@upload_cache",
    "lost+found",
    "$recycle.bin",
    "recycler",
    "system volume information",
    "network trash folder",
    "temporary items",
    ".appledouble",
    ".appledb",
    ".appledesktop",
    ".spotlight-v100",
    ".fseventsd",
    "__macosx",
    "aquota.user",
];

/// Version control, hidden even where hidden files are taken.
const VERSION_CONTROL: [&str; 4] = [".git", ".svn", ".hg", ".bzr"];

/// Folders and files of sync programs, and what hidden names of theirs begin
/// with.
const SYNC: [&str; 15] = [
    ".stfolder",
    ".stversions",
    ".stignore",
    ".syncthing.",
    "~syncthing~",
    ".sync",
    ".owncloudsync",
    "._sync_",
    ".dropbox",
    ".nutstore",
    ".nfs0",
    ".fuse_hidden",
    ".smbdelete",
    ".trash",
    ".goutputstream-",
];

/// Whether a file or folder of this name is no source.
///
/// Hidden names are passed over, except `below_static`: there the site says
/// which of them are published, and names the others.
pub(super) fn passed_over(name: &str, below_static: bool) -> bool {
    let hidden = name.starts_with('.') && !below_static;
    hidden || VERSION_CONTROL.contains(&name) || left_by_a_program(name)
}

/// Locks, swap files, backups, unfinished downloads, and what systems keep for
/// themselves. Case says nothing: the same names come by way of other systems.
fn left_by_a_program(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ends = |ending: &str| lower.len() > ending.len() && lower.ends_with(ending);
    JUNK.contains(&lower.as_str())
        || SYSTEM_FOLDERS.contains(&lower.as_str())
        || SYNC.iter().any(|start| lower.starts_with(start))
        // Word and WPS: `~$x.docx`, `.~x.docx` while x is open; `~WRL0001.tmp`.
        || name.starts_with("~$")
        || name.starts_with(".~")
        || (name.starts_with('~') && ends(".tmp"))
        // LibreOffice saves by way of `lu12345abc.tmp`.
        || (lower.starts_with("lu") && ends(".tmp") && lower.bytes().any(|b| b.is_ascii_digit()))
        // Emacs locks and automatic saves; AppleDouble.
        || name.starts_with(".#")
        || (name.starts_with('#') && ends("#"))
        || name.starts_with("._")
        // Backups; vim's swap files.
        || ends("~")
        || [".swp", ".swo", ".swx"].iter().any(|ending| ends(ending) && name.starts_with('.'))
        || ends(".swp")
        // Browsers' and sync tools' unfinished files.
        || [".crdownload", ".part", ".partial", ".filepart", ".download", ".opdownload", ".!ut", ".baiduyun.downloading", ".nutstoretmp"]
            .iter()
            .any(|ending| ends(ending))
        || is_rsync_temporary(name)
}

/// `.film.mp4.LJlsD1`: what rsync writes to before the file is whole.
fn is_rsync_temporary(name: &str) -> bool {
    let Some((stem, chance)) = name.strip_prefix('.').and_then(|name| name.rsplit_once('.')) else {
        return false;
    };
    let mixed = |is: fn(&u8) -> bool| chance.bytes().any(|byte| is(&byte));
    let by_chance = chance.len() == 6
        && chance.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (mixed(u8::is_ascii_uppercase) || mixed(u8::is_ascii_digit));
    by_chance && stem.contains('.')
}

/// Whether a program made this copy where two people saved one file: Syncthing
/// (`a.sync-conflict-20211108-101500-ABCDEFG.md`), Dropbox, Nextcloud, `OneDrive`
/// (`a (某某的冲突副本 2021-11-08).md`, `a (conflicted copy …)`), 坚果云
/// (`a(冲突文件_某某_2021-11-08 10.15.00).md`), 百度网盘, WPS.
pub(super) fn is_conflict_copy(name: &str) -> bool {
    let lower = name.to_lowercase();
    let dated = |mark: &str| {
        lower.split_once(mark).is_some_and(|(_, rest)| rest.bytes().any(|byte| byte.is_ascii_digit()))
    };
    dated(".sync-conflict-")
        || ["conflicted copy", "case conflict", "冲突副本", "冲突文件", "冲突的副本", "冲突版本"].iter().any(
            |mark| {
                lower.split_once(mark).is_some_and(|(before, _)| {
                    before.ends_with(['(', '（', '_', '-', ' ']) || before.contains(['(', '（'])
                })
            },
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_is_passed_over() {
        let junk = [
            "~$通知.docx",
            ".~通知.wps",
            ".~lock.台账.xlsx#",
            "lu12345ab.tmp",
            "4913",
            ".x.md.swp",
            "x.md.swp",
            "x.md~",
            "Thumbs.db",
            "THUMBS.DB",
            "Desktop.ini",
            ".DS_Store",
            "._x.jpg",
            ".#x.md",
            "#x.md#",
            "~WRL0003.tmp",
            ".git",
            "x.pdf.part",
            "x.PDF.crdownload",
            "@eaDir",
            "#recycle",
            "lost+found",
            "$RECYCLE.BIN",
            "System Volume Information",
            "__MACOSX",
            ".Trash-1000",
            ".syncthing.通知.pdf.tmp",
            "~syncthing~通知.pdf.tmp",
            ".film.mp4.LJlsD1",
            ".nfs000000000001",
            ".fuse_hidden00001",
            ".sync_1234.db",
            ".owncloudsync.log",
            ".goutputstream-ABC",
        ];
        for name in junk {
            assert!(passed_over(name, false), "{name}");
            assert!(passed_over(name, true), "{name} below static");
        }
    }

    #[test]
    fn what_editors_mean_is_taken() {
        for name in ["通知.md", "~5%.md", "#1.md", "C#", "a.tmp", "part", "~", "recycle", "lunar.tmp.md"] {
            assert!(!passed_over(name, false), "{name}");
        }
    }

    #[test]
    fn hidden_files_are_looked_at_below_static_alone() {
        for name in [".well-known", ".htaccess", ".nojekyll", ".env", ".git-credentials"] {
            assert!(passed_over(name, false), "{name}");
            assert!(!passed_over(name, true), "{name}");
        }
    }

    #[test]
    fn copies_of_a_conflict_are_told_by_their_names() {
        for name in [
            "通知.sync-conflict-20211108-101500-ABCDEFG.md",
            "通知 (张三的冲突副本 2021-11-08).md",
            "通知(冲突文件_张三_2021-11-08 10.15.00).docx",
            "a (conflicted copy 2021-11-08 101500).md",
            "a (Zhang San's conflicted copy 2021-11-08).md",
            "a_冲突文件_20211108.md",
        ] {
            assert!(is_conflict_copy(name), "{name}");
        }
        for name in ["化解冲突.md", "冲突副本.md", "怎样处理冲突文件.md", "sync-conflict-notes.md"]
        {
            assert!(!is_conflict_copy(name), "{name}");
        }
    }
}
