//! Which names are passed over: what is hidden, and what programs leave about.

/// Names that no editor means to publish, wherever they stand.
const JUNK: [&str; 5] = ["Thumbs.db", "ehthumbs.db", "desktop.ini", ".DS_Store", "4913"];

/// Version control, hidden even where hidden files are taken.
const VERSION_CONTROL: [&str; 4] = [".git", ".svn", ".hg", ".bzr"];

/// Whether a file or folder of this name is no source.
///
/// Hidden names are passed over, except `below_static`: what stands in
/// `content/static/` is copied as it is, and servers look for `.well-known/`
/// and `.htaccess`.
pub(super) fn passed_over(name: &str, below_static: bool) -> bool {
    let hidden = name.starts_with('.') && !below_static;
    hidden || VERSION_CONTROL.contains(&name) || left_by_a_program(name)
}

/// Locks, swap files, backups and unfinished downloads.
fn left_by_a_program(name: &str) -> bool {
    let ends = |ending: &str| name.len() > ending.len() && name.ends_with(ending);
    JUNK.contains(&name)
        // Word and WPS: `~$x.docx` while x is open; `~WRL0001.tmp`.
        || name.starts_with("~$")
        || (name.starts_with('~') && ends(".tmp"))
        // LibreOffice locks; emacs locks and automatic saves; AppleDouble.
        || name.starts_with(".~lock.")
        || name.starts_with(".#")
        || (name.starts_with('#') && ends("#"))
        || name.starts_with("._")
        // Backups; vim's swap files.
        || ends("~")
        || (name.starts_with('.') && (ends(".swp") || ends(".swo") || ends(".swx")))
        || ends(".swp")
        // Browsers' and sync tools' unfinished files.
        || ends(".crdownload")
        || ends(".part")
}

#[cfg(test)]
mod tests {
    use super::passed_over;

    #[test]
    fn what_editors_leave_is_passed_over() {
        let junk = [
            "~$通知.docx",
            ".~lock.台账.xlsx#",
            "4913",
            ".x.md.swp",
            "x.md.swp",
            "x.md~",
            "Thumbs.db",
            ".DS_Store",
            "._x.jpg",
            ".#x.md",
            "#x.md#",
            "~WRL0003.tmp",
            ".git",
            "x.pdf.part",
        ];
        for name in junk {
            assert!(passed_over(name, false), "{name}");
            assert!(passed_over(name, true), "{name} below static");
        }
    }

    #[test]
    fn what_editors_mean_is_taken() {
        for name in ["通知.md", "~5%.md", "#1.md", "C#", "a.tmp", "part", "~"] {
            assert!(!passed_over(name, false), "{name}");
        }
    }

    #[test]
    fn hidden_files_count_below_static_alone() {
        for name in [".well-known", ".htaccess", ".nojekyll"] {
            assert!(passed_over(name, false), "{name}");
            assert!(!passed_over(name, true), "{name}");
        }
    }
}
