//! Columns that once went wrong, each in `tests/fixtures/cases/`, and what is
//! right for them. A test is named after its case.

mod addresses;
mod text;
mod vanished;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A copy of a case's column, to run the command in.
pub(crate) struct Case {
    dir: TempDir,
}

/// What the command said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stderr: String,
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases").join(name)
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

impl Case {
    pub(crate) fn new(name: &str) -> Self {
        let case = Self { dir: TempDir::new().unwrap() };
        copy(&fixture(name), case.dir.path());
        case
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhuanlan"));
        command.args(args).current_dir(self.dir.path()).env_clear().env("LANG", "zh_CN.UTF-8");
        command.stdin(Stdio::null());
        command
    }

    /// Runs the command in Chinese.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let output = self.command(args).output().unwrap();
        Run { code: output.status.code().unwrap(), stderr: String::from_utf8(output.stderr).unwrap() }
    }

    /// Builds, which must go well.
    #[track_caller]
    pub(crate) fn build(&self) -> Run {
        let run = self.run(&["build"]);
        assert_eq!(run.code, 0, "{run:?}");
        run
    }
}
