//! `man` and `help`: what each command is for, as files and on the screen.

use clap::Command;
use clap_mangen::Man;

use super::console::{Console, data, tell};
use super::help_args::{HelpArgs, ManArgs};
use super::usage::Usage;
use super::{Error, Result, Verdict, help_zh};
use crate::diagnostic::Lang;
use crate::disk;

/// `zhuanlan man`: a page for the program and for each command, in English in
/// `man1/` and in Chinese in `zh_CN/man1/`, as `man` looks for them.
pub(super) fn man(args: &ManArgs, console: Console) -> Result<Verdict> {
    let mut count = 0;
    for (lang, place) in [(Lang::En, "man1"), (Lang::Zh, "zh_CN/man1")] {
        let folder = args.folder.join(place);
        disk::create_folders(&folder)?;
        let mut program = help_zh::command(lang);
        program.build();
        let name = program.get_name().to_owned();
        let pages = program.get_subcommands().map(|command| {
            let full = format!("{name}-{}", command.get_name());
            (full.clone(), command.clone().name(full.clone()).display_name(full))
        });
        let mut pages: Vec<(String, Command)> = pages.collect();
        pages.push((name.clone(), program));
        for (title, command) in pages {
            let mut page = Vec::new();
            Man::new(command.version(help_zh::version())).render(&mut page).map_err(Error::Print)?;
            disk::replace(&folder.join(format!("{title}.1")), &page)?;
            count += 1;
        }
    }
    if !console.quiet {
        tell(&format!("{} {count}", console.text("手册页：", "man pages:")));
    }
    Ok(Verdict::Fine)
}

/// `zhuanlan help [COMMAND]`, the same as `--help`.
pub(super) fn help(args: &HelpArgs, console: Console) -> Result<Verdict> {
    let mut program = help_zh::command(console.lang);
    program.build();
    let Some(name) = &args.name else {
        data(&in_language(&program.render_long_help().to_string(), console))?;
        return Ok(Verdict::Fine);
    };
    let Some(command) = program.find_subcommand_mut(name) else {
        let names = program.get_subcommands().map(Command::get_name);
        let near = crate::diagnostic::nearest(name, names).map(str::to_owned);
        return Err(Error::Usage(Usage::UnknownCommand(name.clone(), near)));
    };
    data(&in_language(&command.render_long_help().to_string(), console))?;
    Ok(Verdict::Fine)
}

/// What clap writes itself, in the language of the rest.
fn in_language(help: &str, console: Console) -> String {
    match console.lang {
        Lang::Zh => help_zh::without_english(help),
        Lang::En => help.to_owned(),
    }
}
