//! What a build comes to, in one line or one object.

use std::time::Duration;

use serde_json::{Value, json};

use super::console::Console;
use crate::build::Stats;
use crate::diagnostic::{Lang, Rendered, Severity};
use crate::publish::Published;

/// What a build comes to.
#[derive(Debug)]
pub(super) struct Summary<'s> {
    pub(super) stats: Stats,
    pub(super) published: &'s Published,
    pub(super) elapsed: Duration,
    pub(super) notices: &'s [Rendered],
    /// Whether the site stands in its folder as of this run.
    pub(super) is_published: bool,
}

impl Summary<'_> {
    /// The object that the contract with scripts names.
    pub(super) fn json(&self, lang: Lang) -> Value {
        let Stats { pages, articles, photos, materials } = self.stats;
        let Published { written, unchanged, removed, release, .. } = self.published;
        let elapsed = u64::try_from(self.elapsed.as_millis()).unwrap_or(u64::MAX);
        json!({
            "findings": self.notices.iter().map(|notice| notice.json(lang)).collect::<Vec<_>>(),
            "published": self.is_published,
            "summary": {
                "pages": pages, "articles": articles, "photos": photos, "materials": materials,
                "written": written, "unchanged": unchanged, "removed": removed, "release": release,
                "elapsed_ms": elapsed,
            },
        })
    }

    /// One line for people: what was done first.
    pub(super) fn line(&self, done: &str, console: Console, wrote: bool) -> String {
        let Stats { pages, articles, photos, materials } = self.stats;
        let Published { written, unchanged, removed, .. } = self.published;
        let seconds = self.elapsed.as_secs_f64();
        let files = match (wrote, console.lang) {
            (false, _) => String::new(),
            (true, Lang::Zh) => format!("；写入 {written}，未变 {unchanged}，删除 {removed}"),
            (true, Lang::En) => format!("; {written} written, {unchanged} unchanged, {removed} removed"),
        };
        let found = self.found(console.lang);
        match console.lang {
            Lang::Zh => format!(
                "{done}：页面 {pages}，稿件 {articles}，图片 {photos}，资料 {materials}{files}；用时 {seconds:.2} 秒；{found}"
            ),
            Lang::En => format!(
                "{done}: {}, {}, {}, {}{files}; {seconds:.2} s; {found}",
                counted(pages, "page"),
                counted(articles, "article"),
                counted(photos, "photo"),
                counted(materials, "material"),
            ),
        }
    }

    /// How many findings of each severity.
    fn found(&self, lang: Lang) -> String {
        let count = |severity| {
            self.notices.iter().filter(|notice| notice.severity == severity && !notice.is_draft).count()
        };
        let drafts = self.notices.iter().filter(|notice| notice.is_draft).count();
        let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(count);
        let some = [
            (errors, "错误", "error"),
            (warnings, "警告", "warning"),
            (notes, "注意", "note"),
            (drafts, "草稿里", "finding in drafts"),
        ];
        let some = some.iter().filter(|(count, ..)| *count > 0);
        let words: Vec<String> = match lang {
            Lang::Zh => some.map(|(count, zh, _)| format!("{zh} {count}")).collect(),
            Lang::En => some
                .map(|(count, _, en)| match en.strip_suffix(" in drafts") {
                    Some(en) => format!("{} in drafts", counted(*count, en)),
                    None => counted(*count, en),
                })
                .collect(),
        };
        match (words.is_empty(), lang) {
            (true, Lang::Zh) => "没有发现问题".to_owned(),
            (true, Lang::En) => "nothing found".to_owned(),
            (false, Lang::Zh) => words.join("，"),
            (false, Lang::En) => words.join(", "),
        }
    }
}

/// `1 page`, `2 pages`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
