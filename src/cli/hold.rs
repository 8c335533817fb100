//! `hold`: a release stands still while another program reads it.

use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::args::Common;
use super::console::{Console, tell};
use super::progress::Progress;
use super::publish_args::HoldArgs;
use super::{Error, Result, Verdict, output_of, who};
use crate::diagnostic::Lang;
use crate::publish::{Held, Place, hold as hold_release};
use crate::watch;

/// What stands for the release's folder in the command.
const FOLDER: &str = "{}";

/// `zhuanlan hold`.
pub(super) fn hold(common: &Common, args: &HoldArgs, console: Console) -> Result<Verdict> {
    let named = |word: &OsString| word.to_string_lossy().contains(FOLDER);
    let Some((program, words)) = args.command.split_first().filter(|_| args.command.iter().any(named)) else {
        return Err(Error::NoFolderNamed);
    };
    let place = Place::new(&output_of(common, args.output.as_ref()), &common.root)?;
    let progress = Progress::new(console);
    progress.stage(["定住版本", "holding the release"]);
    let held = hold_release(&place, args.release, &who(), &progress)?;
    drop(progress);
    if console.verbose {
        tell(&match console.lang {
            Lang::Zh => format!("版本 {}，{} 个文件：{}", held.number, held.files, held.folder.display()),
            Lang::En => {
                format!("release {}, {} files: {}", held.number, held.files, held.folder.display())
            }
        });
    }
    let status = run(program, words, &held);
    drop(held);
    let status = status.map_err(|error| Error::Command(program.to_string_lossy().into_owned(), error))?;
    Ok(Verdict::Ended(code_of(status)))
}

/// Runs the command to its end. Ctrl-C and the system's wish that we end are
/// handed on to it, so that the release is let go when nobody reads it.
fn run(program: &OsStr, words: &[OsString], held: &Held) -> std::io::Result<ExitStatus> {
    let filled = words.iter().map(|word| filled(word, held.folder.as_os_str()));
    let course: Arc<Mutex<Course>> = Arc::default();
    let seen = Arc::clone(&course);
    watch::on_interrupt(move || lock(&seen).stop())?;
    let mut child = Command::new(program).args(filled).spawn()?;
    lock(&course).begin(child.id());
    let status = child.wait();
    // From now on the number may be another's.
    lock(&course).child = None;
    status
}

/// Whether the program runs, and whether it is to end.
#[derive(Debug, Default)]
struct Course {
    child: Option<u32>,
    is_to_end: bool,
}

impl Course {
    fn begin(&mut self, child: u32) {
        self.child = Some(child);
        if self.is_to_end {
            stop(child);
        }
    }

    fn stop(&mut self) {
        self.is_to_end = true;
        if let Some(child) = self.child {
            stop(child);
        }
    }
}

fn lock(course: &Mutex<Course>) -> MutexGuard<'_, Course> {
    course.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `word` with the folder in it.
fn filled(word: &OsStr, folder: &OsStr) -> OsString {
    let Some(text) = word.to_str().filter(|text| text.contains(FOLDER)) else { return word.to_owned() };
    let mut filled = OsString::new();
    for (place, part) in text.split(FOLDER).enumerate() {
        if place > 0 {
            filled.push(folder);
        }
        filled.push(part);
    }
    filled
}

#[cfg(unix)]
fn stop(child: u32) {
    let pid = i32::try_from(child).ok().and_then(rustix::process::Pid::from_raw);
    // One that has ended needs nothing more.
    let _ = pid.map(|pid| rustix::process::kill_process(pid, rustix::process::Signal::TERM));
}

/// Elsewhere the console tells it itself.
#[cfg(not(unix))]
fn stop(_: u32) {}

/// The command's own exit code; as shells have it, 128 and the number of a
/// signal that ended it.
fn code_of(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let code = status.code().or(signal.map(|signal| 128 + signal)).unwrap_or(1);
    u8::try_from(code).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_stands_where_it_is_asked_for() {
        for (word, expected) in [
            ("{}", "/a b"),
            ("{}/", "/a b/"),
            ("cp -r {}/. {}.copy", "cp -r /a b/. /a b.copy"),
            ("-a", "-a"),
            ("{a}", "{a}"),
            ("", ""),
        ] {
            assert_eq!(filled(OsStr::new(word), OsStr::new("/a b")), OsStr::new(expected), "{word}");
        }
    }
}
