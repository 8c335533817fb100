//! What one event of the operating system says about the input files.

use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind};
use notify::{Event, EventKind};

use crate::disk;

/// What an event means for us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signal {
    /// Nothing: a file was only opened or read, or it is no input.
    Nothing,
    /// Look at these again.
    Touched {
        /// Absolute.
        paths: Vec<PathBuf>,
        /// Whether a writer is still at it.
        writer: Writer,
        /// Whether it may be a folder that came: what was put into it before
        /// the system watched it too is not told, so it is looked at twice.
        folder: bool,
    },
    /// Something got lost, or the root itself changed: look at everything.
    Doubt,
}

/// Whether a program has a file open for writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    /// It wrote, and will close the file.
    Writing,
    /// It closed the file.
    Closed,
    /// The event does not say.
    Unknown,
}

/// Systems that tell when a writer closes a file.
const TELLS_CLOSE: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// What `event` means for the project at `root` (canonical).
///
/// Of accesses only the close of a writer counts: opening and reading are what
/// the scan itself does, and it would wake itself for ever.
pub(super) fn read(root: &Path, event: &Event) -> Signal {
    if event.need_rescan() {
        return Signal::Doubt;
    }
    let (writer, folder) = match event.kind {
        // A file taken away has no writer that we would wait for, either.
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Remove(RemoveKind::File) => {
            (Writer::Closed, false)
        }
        EventKind::Access(_) => return Signal::Nothing,
        EventKind::Modify(ModifyKind::Data(_)) if TELLS_CLOSE => (Writer::Writing, false),
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))
        | EventKind::Create(CreateKind::File) => (Writer::Unknown, false),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => (Writer::Closed, true),
        _ => (Writer::Unknown, true),
    };
    if event.paths.iter().any(|path| path == root) {
        return Signal::Doubt;
    }
    let paths: Vec<PathBuf> = event.paths.iter().filter(|path| disk::is_input(root, path)).cloned().collect();
    if paths.is_empty() {
        return Signal::Nothing;
    }
    if differ_in_case(&paths) {
        return Signal::Doubt;
    }
    Signal::Touched { paths, writer, folder }
}

/// Whether a rename changes nothing but the case of letters. Where the file
/// system takes both names for one, the old name still finds the file, and
/// only a look at the folder's list tells its true name.
fn differ_in_case(paths: &[PathBuf]) -> bool {
    let [from, to] = paths else { return false };
    from != to && from.to_string_lossy().to_lowercase() == to.to_string_lossy().to_lowercase()
}

#[cfg(test)]
mod tests {
    use notify::event::{DataChange, Flag, MetadataKind, RenameMode};

    use super::*;

    fn told(kind: EventKind, paths: &[&str]) -> Signal {
        let event = paths.iter().fold(Event::new(kind), |event, path| event.add_path(path.into()));
        read(Path::new("/p"), &event)
    }

    fn touched(paths: &[&str], writer: Writer, folder: bool) -> Signal {
        Signal::Touched { paths: paths.iter().map(PathBuf::from).collect(), writer, folder }
    }

    const ARTICLE: &str = "/p/content/news/通知.md";

    #[test]
    fn reading_is_nothing_and_a_writers_close_counts() {
        let access = |kind| told(EventKind::Access(kind), &[ARTICLE]);
        assert_eq!(access(AccessKind::Open(AccessMode::Any)), Signal::Nothing);
        assert_eq!(access(AccessKind::Close(AccessMode::Read)), Signal::Nothing);
        assert_eq!(access(AccessKind::Read), Signal::Nothing);
        assert_eq!(access(AccessKind::Close(AccessMode::Write)), touched(&[ARTICLE], Writer::Closed, false));
    }

    #[test]
    fn changes_of_inputs_count() {
        let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let writing = if TELLS_CLOSE { Writer::Writing } else { Writer::Unknown };
        assert_eq!(told(data, &[ARTICLE]), touched(&[ARTICLE], writing, false));
        let mode = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        assert_eq!(told(mode, &[ARTICLE]), touched(&[ARTICLE], Writer::Unknown, false));
        let folder = EventKind::Create(CreateKind::Folder);
        assert_eq!(told(folder, &["/p/content/news"]), touched(&["/p/content/news"], Writer::Unknown, true));
        let config = EventKind::Remove(RemoveKind::File);
        assert_eq!(told(config, &["/p/column.yaml"]), touched(&["/p/column.yaml"], Writer::Closed, false));
    }

    #[test]
    fn what_is_no_input_is_nothing() {
        let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        for path in [
            "/p/output/index.html",
            "/p/.cache/hashes",
            "/p/.git/index",
            "/p/content/news/~$通知.docx",
            "/p/content/news/.~lock.台账.xlsx#",
            "/p/content/news/4913",
            "/p/content/news/.通知.md.swp",
            "/p/README.md",
            "/elsewhere/content/x.md",
        ] {
            assert_eq!(told(data, &[path]), Signal::Nothing, "{path}");
        }
    }

    #[test]
    fn doubt_is_a_whole_look() {
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(read(Path::new("/p"), &lost), Signal::Doubt);
        assert_eq!(told(EventKind::Remove(RemoveKind::Folder), &["/p"]), Signal::Doubt);
        let both = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        assert_eq!(told(both, &["/p/content/A.md", "/p/content/a.md"]), Signal::Doubt);
        assert_eq!(
            told(both, &["/p/content/a.md", "/p/content/b.md"]),
            touched(&["/p/content/a.md", "/p/content/b.md"], Writer::Closed, true)
        );
    }
}
