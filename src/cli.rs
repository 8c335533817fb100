//! The command: arguments, environment and clock in; words and exit codes out.
//!
//! It is the only room that prints. Data goes to stdout, talk to stderr. Exit
//! codes: 0 fine; 1 findings of severity error; 2 could not run; of `hold`, those of
//! the program that it runs.
//!
//! **Invariant:** the clock and the environment are read here, once a run, and
//! handed on as values.
#![expect(clippy::disallowed_methods, reason = "this is the room of arguments, environment and clock")]

mod args;
mod booklet;
mod build;
mod compare;
mod console;
mod drafts;
mod error;
mod explain;
mod fix;
mod help_args;
mod help_zh;
mod hold;
mod init;
mod inspect;
mod man;
mod notes;
mod online;
mod package;
mod paint;
mod progress;
mod publish;
mod publish_args;
mod releases;
mod serve;
mod serve_config;
mod ssh_folder;
mod stages;
mod status;
mod summary;
mod table;
mod time_args;
mod usage;
mod watch;
mod wechat;
mod wechat_push;

pub use error::Error;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::FromArgMatches as _;
use clap::error::ErrorKind;

use crate::diagnostic::Lang;
use crate::disk;
use crate::path::SourcePath;
use args::{Args, Command, WechatCommand};
use console::Console;

/// What came of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Fine,
    /// There are findings of severity error.
    Faulty,
    /// As another program ended, that was run.
    Ended(u8),
}

type Result<T> = std::result::Result<T, Error>;

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let (given, begun) = begin(std::env::args_os().collect());
    let console = Console::early(&given, environment_lang());
    let code = obey(&given, console);
    if begun && code != ExitCode::SUCCESS {
        stay(console);
    }
    code
}

/// Does what was asked for.
fn obey(given: &[OsString], console: Console) -> ExitCode {
    match parse(given, console.lang) {
        Ok(mut args) => {
            let console = Console::new(&args.common, console.lang);
            find_column(&mut args, console);
            match dispatch(&args, console) {
                Ok(Verdict::Fine) => ExitCode::SUCCESS,
                Ok(Verdict::Faulty) => ExitCode::from(1),
                Ok(Verdict::Ended(code)) => ExitCode::from(code),
                // A reader that has had enough (`| head`) is no failure.
                Err(Error::Print(e)) if e.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
                Err(error) => console.give_up(&error),
            }
        }
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                help_zh::show(&error, console.lang);
                ExitCode::SUCCESS
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                help_zh::show(&error, console.lang);
                ExitCode::from(2)
            }
            _ => console.give_up(&Error::Usage(usage::explain(&error))),
        },
    }
}

/// What a double click means: the program beside a column, or started within
/// one, without a word, shows it. Else what was typed; and whether it was a
/// double click.
fn begin(typed: Vec<OsString>) -> (Vec<OsString>, bool) {
    let [program] = typed.as_slice() else { return (typed, false) };
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.to_owned()));
    let folders = [Some(PathBuf::from(".")), beside].into_iter().flatten();
    let Some(root) = folders.into_iter().find(|folder| disk::exists(&folder.join("column.yaml"))) else {
        return (typed, false);
    };
    // A second double click opens a second preview, not a message.
    let port = crate::serve::free_port().to_string();
    let words = ["serve", "--open", "--port", &port, "--root"].map(OsString::from);
    (std::iter::once(program.clone()).chain(words).chain([root.into_os_string()]).collect(), true)
}

/// Keeps the window that a double click opened until what it says was read.
fn stay(console: Console) {
    if std::io::stdin().is_terminal() {
        console::tell(console.text("按回车键关闭", "press Enter to close"));
        let _ = std::io::stdin().read_line(&mut String::new());
    }
}

fn parse(given: &[OsString], lang: Lang) -> std::result::Result<Args, clap::Error> {
    let mut command = help_zh::command(lang);
    let matches = command.try_get_matches_from_mut(given)?;
    Args::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

fn dispatch(args: &Args, console: Console) -> Result<Verdict> {
    let common = &args.common;
    match &args.command {
        Command::Build(args) => build::build(common, args, console),
        Command::Serve(args) => serve::serve(common, args, console),
        Command::Watch(args) => watch::watch(common, args, console),
        Command::Check(args) => build::check(common, args, console),
        Command::Fix(args) => fix::fix(common, args, console),
        Command::Explain(args) => explain::explain(args, console),
        Command::Booklet(args) => booklet::booklet(common, args, console),
        Command::Wechat(args) => match &args.command {
            Some(WechatCommand::Push(args)) => wechat_push::push(common, args, console),
            None => wechat::wechat(common, args, console),
        },
        Command::List(args) => inspect::list(common, args, console),
        Command::Schema(args) => inspect::schema(args, console),
        Command::Init(args) => init::init(args, console),
        Command::New(args) => init::new(common, args, console),
        Command::Clean(args) => build::clean(common, args, console),
        Command::Publish(args) => publish::publish(common, args, console),
        Command::Releases(args) => releases::list(common, args, console),
        Command::Hold(args) => hold::hold(common, args, console),
        Command::ServeConfig(args) => serve_config::serve_config(common, args, console),
        Command::Diff(args) => compare::diff(common, args, console),
        Command::Verify(args) => compare::verify(common, args, console),
        Command::Rollback(args) => releases::roll_back(common, args, console),
        Command::Package(args) => package::package(common, args, console),
        Command::Apply(args) => package::apply(common, args, console),
        Command::NewKey(args) => package::new_key(common, args, console),
        Command::Completions(args) => inspect::completions(args, console),
        Command::Man(args) => man::man(args, console),
        Command::Help(args) => man::help(args, console),
    }
}

/// Takes the column of a folder above where there is none here, as cargo and
/// git do, and says so.
fn find_column(args: &mut Args, console: Console) {
    let is_about_none = matches!(
        args.command,
        Command::Init(_)
            | Command::Explain(_)
            | Command::Schema(_)
            | Command::Completions(_)
            | Command::Man(_)
            | Command::Help(_)
            | Command::Clean(_)
    );
    let has_column = |folder: &Path| disk::exists(&folder.join(SourcePath::config().as_str()));
    if is_about_none || args.common.root != Path::new(".") || has_column(Path::new(".")) {
        return;
    }
    let Ok(here) = std::env::current_dir() else { return };
    let Some((up, folder)) = here.ancestors().enumerate().skip(1).find(|(_, folder)| has_column(folder))
    else {
        return;
    };
    args.common.root = std::iter::repeat_n("..", up).collect();
    if !console.json && !console.quiet {
        console::tell(&format!(
            "{}{}",
            console.text("专栏在上级文件夹：", "the column above: "),
            folder.display()
        ));
    }
}

/// The language that the environment asks for: Chinese where it says nothing,
/// as on editors' Windows machines.
fn environment_lang() -> Lang {
    let says = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = says("LC_ALL").or_else(|| says("LC_MESSAGES")).or_else(|| says("LANG"));
    match locale {
        Some(locale) if !locale.starts_with("zh") => Lang::En,
        _ => Lang::Zh,
    }
}

/// What others are told while we hold a lock.
fn who() -> String {
    let command = std::env::args().nth(1).unwrap_or_default();
    let since = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    format!("pid {}, zhuanlan {command}, {since}", std::process::id())
}

/// Where the site goes: `--output`, else `output` in the project's folder.
fn output_of(common: &args::Common, output: Option<&PathBuf>) -> PathBuf {
    output.cloned().unwrap_or_else(|| common.root.join("output"))
}
