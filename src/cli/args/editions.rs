//! What can be typed of editions: booklets, and the WeChat account's.

use std::path::PathBuf;

use clap::Subcommand;

use super::AskedFor;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct BookletArgs {
    /// Only this one: its name in addresses (`slug`) or its title
    #[arg(value_name = "BOOKLET")]
    pub(in crate::cli) booklet: Option<String>,
    /// Where the books go (else `booklet` in the column's folder)
    #[arg(short, long, alias = "out", value_name = "FOLDER")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) asked: AskedFor,
}

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct WechatArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<WechatCommand>,
    /// Only these pieces: their files or pages (else all pieces of the sections)
    #[arg(value_name = "PIECE")]
    pub(in crate::cli) pieces: Vec<PathBuf>,
    /// Only the pieces of this day and later, YYYY-MM-DD
    #[arg(long, value_name = "DATE", conflicts_with = "pieces")]
    pub(in crate::cli) since: Option<String>,
    /// Only the pieces that are new or changed since they were made last
    #[arg(long, conflicts_with = "pieces")]
    pub(in crate::cli) changed: bool,
    /// Where the editions go (else `wechat` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) asked: AskedFor,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum WechatCommand {
    /// Put pieces into the account's draft box, by the official API
    ///
    /// Adds a draft, or updates the one that it added before, and reads it back. Nothing is published or sent: that is
    /// done in the account, by a person. The account's id and secret come from the environment
    /// (`ZHUANLAN_WECHAT_APPID`, `ZHUANLAN_WECHAT_SECRET`) or from a file outside the column.
    Push(WechatPushArgs),
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct WechatPushArgs {
    /// The pieces: their files or pages
    #[arg(value_name = "PIECE", required = true)]
    pub(in crate::cli) pieces: Vec<PathBuf>,
    /// Show every request and send none
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Go to the account even where nothing changed: a draft that was removed there is added anew
    #[arg(long)]
    pub(in crate::cli) again: bool,
    /// Overwrite what somebody changed in the account's draft box
    #[arg(long)]
    pub(in crate::cli) overwrite: bool,
    /// A file outside the column with two lines: appid = …, secret = …
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) credentials: Option<PathBuf>,
    /// The address of a proxy in front of the API (else `https://api.weixin.qq.com`)
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) api: Option<String>,
}
