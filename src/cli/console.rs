//! How the command speaks: in which language, to people or to scripts, how
//! much.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::{Common, Format, LangArg};
use super::{Error, Result, paint};
use crate::diagnostic::{Lang, Message, Rendered, Severity};

/// How the command speaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Console {
    pub(super) lang: Lang,
    pub(super) json: bool,
    pub(super) quiet: bool,
    pub(super) verbose: bool,
}

impl Console {
    /// As the arguments ask.
    pub(super) fn new(common: &Common, environment: Lang) -> Self {
        let lang = match common.lang {
            Some(LangArg::Zh) => Lang::Zh,
            Some(LangArg::En) => Lang::En,
            None => environment,
        };
        Self { lang, json: common.format == Format::Json, quiet: common.quiet, verbose: common.verbose > 0 }
    }

    /// Before the arguments are understood, for help and for what is wrong with
    /// them.
    pub(super) fn early(given: &[OsString], environment: Lang) -> Self {
        let given: Vec<_> = given.iter().map(|arg| arg.to_string_lossy()).collect();
        let value = |option: &str| {
            let mut args = given
                .iter()
                .take_while(|arg| *arg != "--")
                .skip_while(|arg| *arg != option && !arg.starts_with(&format!("{option}=")));
            let found = args.next()?;
            found
                .split_once('=')
                .map(|(_, value)| value.to_owned())
                .or_else(|| args.next().map(ToString::to_string))
        };
        let lang = match value("--lang").as_deref() {
            Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            _ => environment,
        };
        Self { lang, json: value("--format").as_deref() == Some("json"), quiet: false, verbose: false }
    }

    /// `zh` or `en`.
    pub(super) fn text<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Findings, to people; all of them, or errors alone where little is to be
    /// said.
    pub(super) fn findings(self, notices: &[Rendered]) {
        let shown = notices.iter().filter(|n| !self.quiet || n.severity == Severity::Error);
        for notice in shown {
            tell(&format!("{}\n", paint::finding(notice.plain(self.lang), notice.severity)));
        }
    }

    /// Something that people should know of how it went.
    pub(super) fn note(self, said: &Message) {
        if !self.quiet {
            let word = paint::label(self.text("注意", "note"), Severity::Note);
            tell(&self.sentence(&word, said));
        }
    }

    /// Something that somebody has to look at.
    pub(super) fn problem(self, severity: Severity, said: &Message) {
        if !self.quiet || severity == Severity::Error {
            let word = match severity {
                Severity::Error => self.text("错误", "error"),
                Severity::Warning => self.text("警告", "warning"),
                Severity::Note => self.text("注意", "note"),
            };
            tell(&self.sentence(&paint::label(word, severity), said));
        }
    }

    /// Says why nothing was done: exit code 2.
    pub(super) fn give_up(self, error: &Error) -> ExitCode {
        let said = error.message(self.lang);
        if self.json {
            // Nothing can be said of a stdout that takes nothing.
            let _ = object(&json!({ "error": said.text, "hint": said.hint }));
        } else {
            let word = paint::label(self.text("错误", "error"), Severity::Error);
            tell(&self.sentence(&word, &said));
        }
        ExitCode::from(2)
    }

    fn sentence(self, word: &str, said: &Message) -> String {
        let colon = self.text("：", ": ");
        let mut text = format!("{word}{colon}{}", said.text);
        if let Some(hint) = &said.hint {
            text += "\n  = ";
            text += self.text("提示", "hint");
            text += colon;
            text += hint;
        }
        text
    }

    /// Whether somebody looks on.
    pub(super) fn watched(self) -> bool {
        !self.json && !self.quiet && io::stderr().is_terminal()
    }
}

/// One line of talk, on stderr; colour goes where it is not wanted (`NO_COLOR`,
/// no terminal).
pub(super) fn tell(text: &str) {
    // Nothing can be said of a stderr that takes nothing.
    let _ = writeln!(anstream::AutoStream::auto(io::stderr()), "{text}");
}

/// Data, on stdout.
pub(super) fn data(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Error::Print)
}

/// An object, on stdout.
pub(super) fn object(value: &Value) -> Result<()> {
    data(&format!("{value:#}\n"))
}
