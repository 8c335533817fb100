//! Connections that `ssh` keeps open for us, and that are to end with us.
//!
//! SFTP goes through a master of the system's `ssh`, which runs by itself until
//! it is told to end (`ControlPersist=yes`, as `opendal` asks for it). A run
//! that ends tells it so; one that is killed can't. So the masters' sockets lie
//! in a folder that is ours alone, and a small shell waits beside us until its
//! input ends: that happens however we end. Then it ends the masters and removes
//! the folder; one that was still connecting finds no place for its socket, and
//! ends by itself.
//!
//! **Invariant:** only masters in that folder are ended.

use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The environment variable by which `openssh` is told where sockets go, in a
/// folder `.ssh-connection…` of their own (XDG Base Directory Specification).
pub const STATE_FOLDER: &str = "XDG_STATE_HOME";

/// Gets the folder.
const SCRIPT: &str = r#"trap '' HUP INT TERM
cat
for master in "$1"/.ssh-connection*/master; do ssh -S "$master" -O exit zhuanlan; done
rm -rf -- "$1""#;

/// Sees to it that the masters end when this is dropped, or we are.
#[derive(Debug)]
pub(super) struct Masters(Child);

impl Masters {
    /// Those whose sockets lie below `folder`. `None` where there is no shell:
    /// publishing does without.
    pub(super) fn end_with_us(folder: &Path) -> Option<Self> {
        let mut shell = Command::new("sh");
        shell.args(["-c", SCRIPT, "sh"]).arg(folder);
        // Ctrl-C is for us; what follows from it is the shell's work.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut shell, 0);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok().map(Self)
    }
}

impl Drop for Masters {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // Nothing is left behind when we say that we are done.
        let _ = self.0.wait();
    }
}
