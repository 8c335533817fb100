//! A folder for what `ssh` keeps open during one publication.

use std::path::{Path, PathBuf};

use crate::config::Target;
use crate::disk;
use crate::memo::Key;
use crate::remote::STATE_FOLDER;

/// Says that [`STATE_FOLDER`] names the folder of this run.
const OURS: &str = "ZHUANLAN_SSH_FOLDER";

/// The folder, for a target that `ssh` leads to. An environment can't be changed
/// safely while a program runs, so this one begins once more, with it. `None`
/// where that can't be: then what `ssh` keeps open stays when we are killed.
pub(super) fn of_this_run(target: &Target) -> Option<PathBuf> {
    if !matches!(target, Target::Sftp { .. }) {
        return None;
    }
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = named(OURS) {
        return Some(folder.into()).filter(|_| named(STATE_FOLDER) == named(OURS));
    }
    // The first one is for the user alone, and lies in memory.
    let parents = [named("XDG_RUNTIME_DIR").map(PathBuf::from), Some(std::env::temp_dir())];
    let name = Key::hash(&disk::chance().ok()?).to_string();
    let name = format!("zhuanlan-{}", name.get(..16).unwrap_or(&name));
    let made = |parent: PathBuf| {
        let folder = disk::resolve(&parent.join(&name)).ok()?;
        disk::create_private_folder(&folder).ok()?;
        Some(folder)
    };
    let folder = parents.into_iter().flatten().find_map(made)?;
    begin_again(&folder);
    let _ = disk::remove_folder(&folder);
    None
}

/// Comes back only where it can't be done.
#[cfg(unix)]
fn begin_again(folder: &Path) {
    let Ok(program) = std::env::current_exe() else { return };
    let mut again = std::process::Command::new(program);
    again.args(std::env::args_os().skip(1)).env(STATE_FOLDER, folder).env(OURS, folder);
    let _ = std::os::unix::process::CommandExt::exec(&mut again);
}

/// SFTP is not spoken there.
#[cfg(not(unix))]
fn begin_again(_: &Path) {}
