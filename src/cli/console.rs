//! How the command speaks: in which language, to people or to scripts, how
//! much.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::{Common, Format, LangArg};
use super::{Error, Result, paint};
use crate::diagnostic::{Lang, Message, Rendered, Severity};

/// How many findings of one code in one file are shown.
const MOST: usize = 3;

/// How many places are repeated at the end.
const MOST_PLACES: usize = 20;

/// Whether a finding keeps the site from being published. Drafts aren't, so
/// nothing about them does.
pub(super) fn is_grave(notice: &Rendered, strict: bool) -> bool {
    !notice.is_draft
        && match notice.severity {
            Severity::Error => true,
            Severity::Warning => strict,
            Severity::Note => false,
        }
}

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

    /// Findings, to people: the gravest last, where a terminal's reader looks
    /// first; of one code in one file the first three. Where little is to be
    /// said, only what keeps the site from being published: with `strict`
    /// warnings too.
    pub(super) fn findings(self, notices: &[Rendered], strict: bool) {
        let is_wanted = |notice: &&Rendered| !self.quiet || is_grave(notice, strict);
        let mut shown: Vec<&Rendered> = notices.iter().filter(is_wanted).collect();
        shown.sort_by_key(|notice| (!notice.is_draft, std::cmp::Reverse(notice.severity)));
        let most = if self.verbose { usize::MAX } else { MOST };
        let mut told: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for notice in &shown {
            let count = told.entry((&notice.path, &notice.code)).or_default();
            *count += 1;
            if *count <= most {
                tell(&format!("{}\n", paint::finding(notice.plain(self.lang), notice.severity)));
            }
            let of_all = shown.iter().filter(|n| n.path == notice.path && n.code == notice.code).count();
            if *count == most && of_all > most {
                tell(&self.more(notice, of_all - most));
            }
        }
    }

    fn more(self, notice: &Rendered, more: usize) -> String {
        let Rendered { path, code, .. } = notice;
        match self.lang {
            Lang::Zh => format!("  …… {path} 里还有 {more} 处 [{code}]，加 -v 全部列出\n"),
            Lang::En => format!("  … {more} more [{code}] in {path}; -v lists all\n"),
        }
    }

    /// The places of what keeps the site from being published, right above the
    /// closing line, and what helps with the rest.
    pub(super) fn places(self, notices: &[Rendered], strict: bool) {
        let grave: Vec<&Rendered> = notices.iter().filter(|notice| is_grave(notice, strict)).collect();
        if notices.len() > MOST && !grave.is_empty() {
            tell(self.text("要改好才能发布：", "to be mended before it is published:"));
            for notice in grave.iter().take(MOST_PLACES) {
                tell(&format!("  {}  {}", notice.position(), notice.text(self.lang)));
            }
            if let Some(more) = grave.len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
                let text = if self.lang == Lang::Zh {
                    format!("  …… 还有 {more} 处")
                } else {
                    format!("  … {more} more")
                };
                tell(&text);
            }
        }
        let Some(first) = notices.iter().max_by_key(|notice| std::cmp::Reverse(notice.severity)) else {
            return;
        };
        let fixable = notices.iter().filter(|notice| notice.is_fixable).count();
        let code = &first.code;
        tell(&match (self.lang, fixable) {
            (Lang::Zh, 0) => format!("看不懂的，运行 `zhuanlan explain {code}`（方括号里的代码）"),
            (Lang::Zh, _) => format!(
                "`zhuanlan fix` 能改好 {fixable} 处；看不懂的，运行 `zhuanlan explain {code}`（方括号里的代码）"
            ),
            (Lang::En, 0) => format!("`zhuanlan explain {code}` (any code in brackets) says more"),
            (Lang::En, _) => format!(
                "`zhuanlan fix` can mend {fixable} of these; `zhuanlan explain {code}` (any code in brackets) says more"
            ),
        });
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

/// A page to be read, on stdout: colour goes where it is not wanted, as in a pipe.
pub(super) fn page(text: &str) -> Result<()> {
    let mut stdout = anstream::AutoStream::auto(io::stdout().lock());
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Error::Print)
}

/// An object, on stdout.
pub(super) fn object(value: &Value) -> Result<()> {
    data(&format!("{value:#}\n"))
}
