//! What can be typed. The doc comments are the English help; `help_zh` has the
//! Chinese.

mod editions;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(super) use editions::{BookletArgs, WechatArgs, WechatCommand, WechatPushArgs};

use super::help_args::{ExplainArgs, HelpArgs, ManArgs};
use super::publish_args::{HoldArgs, PublishArgs, ReleasesArgs, RollbackArgs};
use crate::config;
use crate::markdown::BlockName;

/// Turns a folder of Markdown articles, photos and study materials into a finished website
///
/// A column (专栏) is a folder with `column.yaml` and `content/`. `zhuanlan build` writes the whole website to
/// `output/`, which opens from disk and works on any server.
#[derive(Debug, Parser)]
#[command(name = "zhuanlan", version, disable_help_subcommand = true, arg_required_else_help = true)]
#[command(
    after_help = "First steps:\n  zhuanlan init my-column            a small complete column to start \
    from\n  cd my-column && zhuanlan build     the website, in output/\n  zhuanlan new news \"Title\"          \
    a new article"
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The place of the common options in the help: behind a command's own.
const COMMON: usize = 900;

/// Options of every command.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// The column's folder, with `column.yaml` in it
    #[arg(
        long,
        global = true,
        display_order = COMMON,
        value_name = "FOLDER",
        default_value = ".",
        hide_default_value = true
    )]
    pub(super) root: PathBuf,
    /// Language of messages: zh or en (else as the system's)
    #[arg(
        long,
        global = true,
        display_order = COMMON,
        value_enum,
        value_name = "LANG",
        hide_possible_values = true
    )]
    pub(super) lang: Option<LangArg>,
    /// Output for people (human) or for scripts (json, on stdout)
    #[arg(
        long,
        global = true,
        display_order = COMMON,
        value_enum,
        value_name = "FORMAT",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: Format,
    /// Say nothing but errors
    #[arg(short, long, global = true, display_order = COMMON, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say also what was done and how long it took
    #[arg(short, long, global = true, display_order = COMMON, action = ArgAction::Count)]
    pub(super) verbose: u8,
}

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LangArg {
    Zh,
    En,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check the column and write the website
    ///
    /// The website appears whole or not at all: while there is an error, the former one stays. Only what differs
    /// is written.
    Build(BuildArgs),
    /// Show the website in a browser as you write, drafts included
    ///
    /// Every save shows at once; what is wrong is shown on the page, at its line. Nothing is published.
    Serve(ServeArgs),
    /// Write the website after every save
    ///
    /// For colleagues or sync tools that take the folder. While there is an error, the former website stays.
    Watch(WatchArgs),
    /// Check the column without writing the website
    Check(CheckArgs),
    /// Make the books of `booklet:` in `column.yaml` alone: an EPUB and a page to be printed of each
    ///
    /// The folder gets the EPUB, the page and what the page needs. Open the page in Chrome or Edge and print it, or
    /// save it as PDF: A4, with page numbers. `zhuanlan build` puts the same files into the website.
    Booklet(BookletArgs),
    /// Make the WeChat editions of pieces: pages to copy them from, with their pictures and fields
    ///
    /// The folder gets a page for each piece: its text as the account's editor takes it, a button that copies it,
    /// the title, author and digest with their limits, the pictures to drag, and a list of what is left to do.
    Wechat(WechatArgs),
    /// Mend what can be mended: lines that run together, lists, tables, captions pasted from Word
    ///
    /// Shows what would change and asks. Only what is safe is changed: blanks, line ends and Markdown's marks, never
    /// the words. What only you can decide (is this line a heading?) is asked one by one, or done with --all.
    Fix(FixArgs),
    /// Explain a finding: why it is one, and an example, wrong and right
    ///
    /// The code stands in brackets at the beginning of each finding. Without a code, all are listed by topic.
    Explain(ExplainArgs),
    /// List what readers do not see yet or no longer, and when the next change is due
    List(ListArgs),
    /// Print the JSON Schemas of `column.yaml`, front matter and data blocks, for editors that complete and check
    Schema(SchemaArgs),
    /// Make a small complete column to start from
    Init(InitArgs),
    /// Make a new piece, with its front matter, in the right folder
    New(NewArgs),
    /// Remove the published website, or with --cache what can be made again
    Clean(CleanArgs),
    /// Publish the website elsewhere: object storage (S3, OSS, COS, OBS, MinIO), WebDAV, SFTP, another folder
    ///
    /// Only what differs is sent, in an order in which readers never see a page without its files: first styles, pictures
    /// and materials, then pages, then lists, feeds and the sitemap; what the website no longer has is deleted last. A run
    /// that is broken off is gone on with by the next one.
    ///
    /// A place is an address: `s3://BUCKET/PATH?endpoint=https://s3.example.org` (also oss, cos and obs),
    /// `webdavs://HOST/PATH` (`webdav:` without TLS), `sftp://USER@HOST/PATH` (by the system's ssh and its keys); or a
    /// folder; or a name in `column.yaml`: `publish: {targets: {live: "s3://…"}}`.
    ///
    /// Keys never stand there. They are taken from the environment (`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`;
    /// `OSS_…`, `TENCENTCLOUD_…`, `OBS_…`; `WEBDAV_USER` and `WEBDAV_PASSWORD`) or from a file with lines `NAME=VALUE`.
    Publish(PublishArgs),
    /// List the releases of the website that are kept, or the files of one with their SHA-256
    Releases(ReleasesArgs),
    /// Let a release stand still while another program reads it: rsync, rclone, tar, a backup
    ///
    /// `zhuanlan hold -- rsync -a --delay-updates --delete-after {}/ web:/var/www/column/`: the program gets the folder of
    /// one whole release in place of `{}`, and builds go on meanwhile. A program that reads the website's own folder while
    /// builds publish may copy some files of one release and some of the next. The exit code is the program's.
    Hold(HoldArgs),
    /// Tell what differs between two releases: pages that are new, changed or gone
    Diff(DiffArgs),
    /// Compare a folder or a server's answers with a release: a copy, or the website itself
    ///
    /// Of a server: bytes, types, caching, security headers, former addresses, the 404 page; samples, or --all.
    Verify(VerifyArgs),
    /// Print the configuration of a web server: types, caching, security, redirects, the 404 page
    ///
    /// Put it where its first lines say. It holds what follows from the column now: make it anew when addresses change.
    ServeConfig(ServeConfigArgs),
    /// Show a former release of the website again, at once
    ///
    /// The sources stay as they are: the next `zhuanlan build` publishes them again.
    Rollback(RollbackArgs),
    /// Pack what changed since a release into one signed file, for a network that no other way leads to
    ///
    /// Carry the file over and run `zhuanlan apply` there. `--since none` packs the whole website, for the first time.
    Package(PackageArgs),
    /// Put the release of a package where readers are, whole or not at all
    ///
    /// All of it is verified first: who signed it, each file's SHA-256, and that it continues the release that is
    /// there. What was the website is kept, to go back to with `zhuanlan rollback`.
    Apply(ApplyArgs),
    /// Make the two keys of packages: a secret one to sign with, a public one to verify with
    ///
    /// They are minisign's. Keep the secret one away from the column's folder; with the environment variable
    /// `ZHUANLAN_KEY_PASSWORD` it is encrypted. Give the public one to those who apply packages.
    NewKey(NewKeyArgs),
    /// Print completions for a shell: bash, zsh, fish, powershell or elvish
    Completions(CompletionsArgs),
    /// Write the man pages into a folder: `man1/`, and `zh_CN/man1/` in Chinese
    Man(ManArgs),
    /// Show the help of a command
    Help(HelpArgs),
}

/// What a build is asked for.
#[derive(Debug, clap::Args)]
pub(super) struct AskedFor {
    /// The published address, in place of the one in `column.yaml`
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Publish drafts too
    #[arg(long)]
    pub(super) drafts: bool,
    /// Build for this moment: "YYYY-MM-DD" (that day's end) or "YYYY-MM-DD HH:MM", in the column's time zone
    #[arg(long, value_name = "TIME")]
    pub(super) now: Option<String>,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Do everything anew, as if nothing were remembered of earlier builds
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// What somebody says is meant, and no mishap.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct AllowArgs {
    /// Publish a website without a single text: `content/` is empty on purpose
    #[arg(long)]
    pub(super) allow_empty: bool,
    /// Publish though a whole section, the theme or more than half of the pages are gone: it is on purpose
    #[arg(long)]
    pub(super) allow_removals: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct BuildArgs {
    /// Where the website goes (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) asked: AskedFor,
    #[command(flatten)]
    pub(super) allow: AllowArgs,
    /// Change the website file by file, for sync tools that hold its folder open
    #[arg(long)]
    pub(super) in_place: bool,
    /// Wait until the disk has written everything, so that not even a power failure spoils the website
    #[arg(long)]
    pub(super) sync: bool,
    /// How many former releases to keep, to go back to (else as in `column.yaml`, or 5)
    #[arg(long, value_name = "NUMBER")]
    pub(super) keep: Option<usize>,
    /// Write to this file what each thread did when, for Perfetto or Chrome's tracing page to show
    #[arg(long, value_name = "FILE")]
    pub(super) trace: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// Open the browser
    #[arg(long)]
    pub(super) open: bool,
    /// The port to listen at; 0 lets the system pick one
    #[arg(short, long, value_name = "PORT", default_value_t = crate::serve::PORT)]
    pub(super) port: u16,
    /// Let others in the network look too: this machine's name or address, 0.0.0.0 for all of its addresses
    #[arg(long, value_name = "HOST")]
    pub(super) host: Option<String>,
    /// What opens a file at a click, such as "code -g {path}:{line}" (else its place is copied)
    #[arg(long, value_name = "COMMAND")]
    pub(super) editor: Option<String>,
    /// Look for changes every so many seconds, for network drives that do not tell of them
    #[arg(long, value_name = "SECONDS")]
    pub(super) poll: Option<f64>,
    /// Show the website of this moment: "YYYY-MM-DD" (that day's end) or "YYYY-MM-DD HH:MM"
    #[arg(long, value_name = "TIME")]
    pub(super) now: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct WatchArgs {
    /// Where the website goes (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) asked: AskedFor,
    /// Change the website file by file, for sync tools that hold its folder open
    #[arg(long)]
    pub(super) in_place: bool,
    /// Look for changes every so many seconds, for network drives that do not tell of them
    #[arg(long, value_name = "SECONDS")]
    pub(super) poll: Option<f64>,
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) asked: AskedFor,
    #[command(flatten)]
    pub(super) allow: AllowArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct FixArgs {
    /// Only these files or folders (else the whole column)
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Change the files without asking
    #[arg(short, long, conflicts_with = "check")]
    pub(super) yes: bool,
    /// Only show what would change; exit code 1 where there is anything
    #[arg(long)]
    pub(super) check: bool,
    /// Do also what would be asked one by one
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// As if it were this moment: "YYYY-MM-DD" (that day's end) or "YYYY-MM-DD HH:MM"
    #[arg(long, value_name = "TIME")]
    pub(super) now: Option<String>,
    /// List the published pieces too
    #[arg(long)]
    pub(super) all: bool,
}

fn schema_names() -> PossibleValuesParser {
    let (kinds, blocks) = (config::kinds().map(|(name, _)| name), BlockName::ALL.map(BlockName::word));
    PossibleValuesParser::new(["column"].into_iter().chain(kinds).chain(blocks))
}

#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// Only this one: column; article, story, material or page; gallery, timeline, ledger, figures or quiz
    #[arg(value_name = "WHAT", hide_possible_values = true, value_parser = schema_names())]
    pub(super) what: Option<String>,
    /// The keys of `column.yaml` as tables to be read, in place of the schema
    #[arg(long)]
    pub(super) table: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    /// The new folder
    #[arg(value_name = "FOLDER")]
    pub(super) folder: PathBuf,
    /// Write the files of the built-in theme too, to change them
    #[arg(long)]
    pub(super) theme: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    /// The section: its folder or its name
    #[arg(value_name = "SECTION")]
    pub(super) section: String,
    /// The title, in quotation marks
    #[arg(value_name = "TITLE")]
    pub(super) title: String,
    /// The piece's date, YYYY-MM-DD (else today)
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<String>,
    /// Open the new file in the program that the system has for it
    #[arg(long)]
    pub(super) open: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct CleanArgs {
    /// The website's folder (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
    /// Remove the cache instead of the website
    #[arg(long)]
    pub(super) cache: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct DiffArgs {
    /// The number of the earlier release (else the one before the website)
    #[arg(value_name = "FIRST")]
    pub(super) first: Option<u64>,
    /// The number of the later release (else the website now)
    #[arg(value_name = "SECOND")]
    pub(super) second: Option<u64>,
    /// As HTML, for a page or a mail
    #[arg(long)]
    pub(super) html: bool,
    /// The website's folder (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct VerifyArgs {
    /// The folder to compare (else the website's own), or an address: https://…/
    #[arg(value_name = "TARGET")]
    pub(super) target: Option<PathBuf>,
    /// Ask a server for every file, not for samples
    #[arg(long)]
    pub(super) all: bool,
    /// Exit with 1 also where only headers are missing
    #[arg(long)]
    pub(super) strict: bool,
    /// The number of the release (else the website now)
    #[arg(long, value_name = "RELEASE")]
    pub(super) release: Option<u64>,
    /// The website's folder (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ServeConfigArgs {
    /// nginx, apache, caddy, iis, or headers for hosts that read `_headers` and `_redirects`
    #[arg(value_enum, value_name = "SERVER", hide_possible_values = true)]
    pub(super) server: ServerArg,
    /// The website's folder (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
    /// Where the website lies on the server, if that is another place
    #[arg(long, value_name = "FOLDER")]
    pub(super) folder: Option<PathBuf>,
    /// The published address, in place of the one in `column.yaml`
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
}

/// A server that is configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ServerArg {
    Nginx,
    Apache,
    Caddy,
    Iis,
    Headers,
}

#[derive(Debug, clap::Args)]
pub(super) struct PackageArgs {
    /// The number of the release that is there already, or "none" for the whole website
    #[arg(long, value_name = "RELEASE")]
    pub(super) since: String,
    /// The file of the secret key to sign with; its password, if it has one, in `ZHUANLAN_KEY_PASSWORD`
    #[arg(long, value_name = "FILE")]
    pub(super) key: PathBuf,
    /// The package (else named after the releases, in the current folder)
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// The website's folder (else `output` in the column's folder)
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ApplyArgs {
    /// The package
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The public key of those who made it: its file, or its second line
    #[arg(long, value_name = "KEY")]
    pub(super) key: String,
    /// The website's folder (else `output` in the current folder)
    #[arg(long, value_name = "FOLDER")]
    pub(super) to: Option<PathBuf>,
    /// Take a package that was made from another website's folder than those before it
    #[arg(long)]
    pub(super) other_site: bool,
    /// Change the website file by file, for sync tools that hold its folder open
    #[arg(long)]
    pub(super) in_place: bool,
    /// Wait until the disk has written everything, so that not even a power failure spoils the website
    #[arg(long)]
    pub(super) sync: bool,
    /// How many former releases to keep, to go back to (else 5)
    #[arg(long, value_name = "NUMBER")]
    pub(super) keep: Option<usize>,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewKeyArgs {
    /// The file of the secret key; the public one gets the same name with .pub behind it
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// bash, zsh, fish, powershell or elvish
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    pub(super) shell: Shell,
}
