//! What can be typed behind `zhuanlan wechat`.

use std::path::PathBuf;

use clap::Subcommand;

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
