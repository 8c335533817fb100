//! What `serve` and `watch` say of each build: one line, and the findings.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::TimeZone;
use serde_json::json;

use super::args::Common;
use super::console::{self, Console, is_grave};
use super::{Error, Result};
use crate::build::BuildResult;
use crate::diagnostic::{Lang, Rendered};
use crate::disk;
use crate::path::SourcePath;
use crate::watch::WatchOptions;

/// One build, and what it came to.
pub(super) struct StatusLine<'s> {
    /// `14:03:21`, in the column's zone.
    pub(super) time: String,
    /// The files that differ from the build before.
    pub(super) changed: &'s [SourcePath],
    pub(super) first: bool,
    pub(super) took: Duration,
    pub(super) notices: Vec<Rendered>,
    /// How much came of it, in words; `None` where errors kept it back.
    pub(super) done: Option<String>,
}

impl StatusLine<'_> {
    /// The line, then the findings.
    pub(super) fn say(&self, console: Console) -> Result<()> {
        if console.json {
            let object = json!({
                "time": self.time,
                "changed": self.changed.iter().map(SourcePath::as_str).collect::<Vec<_>>(),
                "shown": self.done.is_some(),
                "elapsed_ms": u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
                "findings": self.notices.iter().map(|notice| notice.json(console.lang)).collect::<Vec<_>>(),
            });
            return console::data(&format!("{object}\n"));
        }
        if !console.quiet {
            console::tell(&self.line(console.lang));
        }
        console.findings(&self.notices, false);
        Ok(())
    }

    /// `14:03:21 news/x.md → 3 pages in 12 ms`.
    fn line(&self, lang: Lang) -> String {
        let what = self.what(lang);
        let ms = self.took.as_millis();
        let errors = self.notices.iter().filter(|notice| is_grave(notice, false)).count();
        match (&self.done, lang) {
            (Some(done), Lang::Zh) => format!("{} {what} → {done}，{ms} 毫秒", self.time),
            (Some(done), Lang::En) => format!("{} {what} → {done} in {ms} ms", self.time),
            (None, Lang::Zh) => format!("{} {what} → {errors} 处错误，网站保持原样", self.time),
            (None, Lang::En) => {
                let noun = if errors == 1 { "error" } else { "errors" };
                format!("{} {what} → {errors} {noun}, the site stays as it was", self.time)
            }
        }
    }

    /// What was changed, as an editor thinks of it: without `content/`.
    fn what(&self, lang: Lang) -> String {
        let short = |path: &SourcePath| path.as_str().trim_start_matches("content/").to_owned();
        match (self.changed, lang) {
            ([], Lang::Zh) if self.first => "全部".to_owned(),
            ([], Lang::En) if self.first => "everything".to_owned(),
            ([], Lang::Zh) => "重新生成".to_owned(),
            ([], Lang::En) => "again".to_owned(),
            ([one], _) => short(one),
            ([one, rest @ ..], Lang::Zh) => format!("{} 等 {} 个文件", short(one), rest.len() + 1),
            ([one, rest @ ..], Lang::En) => format!("{} and {} more", short(one), rest.len()),
        }
    }
}

/// What there is to say of a build, of its drafts last.
pub(super) fn notices(built: &BuildResult) -> Vec<Rendered> {
    let of_drafts = built.drafts.iter().map(|finding| Rendered::new(finding).of_draft());
    built.findings.iter().map(Rendered::new).chain(of_drafts).collect()
}

/// The time of day in the column's zone.
pub(super) fn time(built: &BuildResult) -> String {
    let named = built.output.valid.as_ref().map(|valid| valid.timezone.as_str());
    let zone = named.and_then(|name| DateTimeParser::new().parse_time_zone(name).ok());
    zone.unwrap_or(TimeZone::UTC).to_datetime(Timestamp::now()).strftime("%H:%M:%S").to_string()
}

/// How to watch, with `--poll` checked.
pub(super) fn how(poll: Option<f64>) -> Result<WatchOptions> {
    let poll = match poll {
        Some(seconds) if (0.1..=3600.0).contains(&seconds) => Some(Duration::from_secs_f64(seconds)),
        Some(seconds) => return Err(Error::BadPoll(seconds)),
        None => None,
    };
    Ok(WatchOptions { poll, ..WatchOptions::default() })
}

/// The project's folder, which must be there.
pub(super) fn root(common: &Common) -> Result<std::path::PathBuf> {
    if !disk::is_folder(&common.root) {
        return Err(Error::NoRoot(common.root.clone()));
    }
    Ok(disk::resolve(&common.root)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(changed: &[&str], first: bool, done: Option<&str>, zh: &str, en: &str) {
        let changed: Vec<SourcePath> = changed.iter().map(|path| SourcePath::new(path).unwrap()).collect();
        let said = StatusLine {
            time: "14:03:21".to_owned(),
            changed: &changed,
            first,
            took: Duration::from_millis(12),
            notices: Vec::new(),
            done: done.map(str::to_owned),
        };
        assert_eq!((said.line(Lang::Zh).as_str(), said.line(Lang::En).as_str()), (zh, en));
    }

    #[test]
    fn one_line_a_build() {
        check(
            &["content/news/x.md"],
            false,
            Some("3 pages"),
            "14:03:21 news/x.md → 3 pages，12 毫秒",
            "14:03:21 news/x.md → 3 pages in 12 ms",
        );
        check(
            &["column.yaml", "content/a.md"],
            false,
            None,
            "14:03:21 column.yaml 等 2 个文件 → 0 处错误，网站保持原样",
            "14:03:21 column.yaml and 1 more → 0 errors, the site stays as it was",
        );
        check(&[], true, Some("x"), "14:03:21 全部 → x，12 毫秒", "14:03:21 everything → x in 12 ms");
        check(&[], false, Some("x"), "14:03:21 重新生成 → x，12 毫秒", "14:03:21 again → x in 12 ms");
    }

    #[test]
    fn polling_takes_sensible_times() {
        assert_eq!(how(Some(2.0)).unwrap().poll, Some(Duration::from_secs(2)));
        for seconds in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
            assert!(how(Some(seconds)).is_err(), "{seconds}");
        }
    }
}
