//! What can be typed behind `explain`, `man` and `help`. The doc comments are the
//! English help; `help_zh` has the Chinese.

use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The code of a finding, such as broken-link (else all are listed)
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Where they go: /usr/share/man, say
    #[arg(value_name = "FOLDER")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct HelpArgs {
    /// The command (else all are listed)
    #[arg(value_name = "COMMAND")]
    pub(super) name: Option<String>,
}
