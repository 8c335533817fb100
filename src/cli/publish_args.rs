//! What can be typed after the commands of what is published: `publish`,
//! `releases`, `hold`, `rollback`.

use std::ffi::OsString;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct PublishArgs {
    /// Where to: an address, a folder, or a name in `column.yaml` (else the only one that is there)
    #[arg(value_name = "TARGET")]
    pub(super) target: Option<String>,
    /// Only say what would be sent and deleted
    #[arg(long)]
    pub(super) dry_run: bool,
    /// The number of a release that is kept (else the website now)
    #[arg(long, value_name = "RELEASE")]
    pub(super) release: Option<u64>,
    /// Publish though more than half of the pages or all of a section would go there: it is on purpose
    #[arg(long)]
    pub(super) allow_removals: bool,
    /// Replace what another website or program put there under the same names
    #[arg(long)]
    pub(super) adopt: bool,
    /// Compare with all that stands there, which else is done once a day: something was changed there by other means
    #[arg(long)]
    pub(super) recheck: bool,
    /// A file with keys, one NAME=VALUE a line, outside of the column's folder and readable to you alone
    #[arg(long, value_name = "FILE")]
    pub(super) credentials: Option<PathBuf>,
    /// How many files to send at once (else as many as the protocol takes well)
    #[arg(long, value_name = "NUMBER")]
    pub(super) parallel: Option<usize>,
    /// The website's folder (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ReleasesArgs {
    /// The number of a release: its files are listed
    #[arg(value_name = "RELEASE")]
    pub(super) release: Option<u64>,
    /// The website's folder (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct HoldArgs {
    /// The number of a release that is kept (else the website now)
    #[arg(long, value_name = "RELEASE")]
    pub(super) release: Option<u64>,
    /// The website's folder (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
    /// The program and its words; {} stands for the release's folder
    #[arg(last = true, required = true, value_name = "PROGRAM")]
    pub(super) command: Vec<OsString>,
}

#[derive(Debug, clap::Args)]
pub(super) struct RollbackArgs {
    /// The number of the release (else the one before)
    #[arg(value_name = "RELEASE")]
    pub(super) release: Option<u64>,
    /// The website's folder (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
    /// Change the website file by file, for sync tools that hold its folder open
    #[arg(long)]
    pub(super) in_place: bool,
}
