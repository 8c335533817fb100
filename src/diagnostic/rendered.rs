//! A finding put into words, in every language: what is shown, kept beside the
//! output, and shown again when nothing changed.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Lang, Located, Message, Severity, plain};

/// A finding in words. Unlike a [`Located`] it can be stored and read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// How grave it is.
    pub severity: Severity,
    /// The stable name that scripts see: `broken-link`.
    pub code: String,
    /// The file, from the project's root.
    pub path: String,
    /// Line, column, end line, end column; from 1, columns in Unicode scalars.
    pub place: Option<[u32; 4]>,
    /// Whether `zhuanlan fix` knows what would mend it.
    #[serde(default)]
    pub is_fixable: bool,
    /// The line as it would be, where mending changes one line.
    #[serde(default)]
    pub mended: Option<String>,
    /// Whether it is about a draft, which is checked and not published.
    #[serde(default)]
    pub is_draft: bool,
    zh: Words,
    en: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Words {
    message: String,
    hint: Option<String>,
    plain: String,
}

impl Words {
    fn new(finding: &Located, lang: Lang) -> Self {
        let Message { text, hint } = finding.kind.message(lang);
        Self { message: text, hint, plain: plain(finding, lang) }
    }
}

impl Rendered {
    /// Puts a finding into words.
    pub fn new(finding: &Located) -> Self {
        Self {
            severity: finding.severity(),
            code: finding.kind.code().to_owned(),
            path: finding.path.to_string(),
            place: finding.range.map(|(start, end)| [start.line, start.column, end.line, end.column]),
            is_fixable: finding.fix.is_some(),
            mended: finding.mended.clone(),
            is_draft: false,
            zh: Words::new(finding, Lang::Zh),
            en: Words::new(finding, Lang::En),
        }
    }

    /// The same, of a draft: its words say so.
    #[must_use]
    pub fn of_draft(mut self) -> Self {
        self.is_draft = true;
        self.zh.plain = self.zh.plain.replacen("]：", "]（草稿）：", 1);
        self.en.plain = self.en.plain.replacen("]: ", "] (draft): ", 1);
        self
    }

    /// `path:line:column`, as terminals and editors read it.
    pub fn position(&self) -> String {
        match self.place {
            Some([line, column, ..]) => format!("{}:{line}:{column}", self.path),
            None => self.path.clone(),
        }
    }

    /// What is wrong, without its place.
    pub fn text(&self, lang: Lang) -> &str {
        &self.words(lang).message
    }

    /// As [`plain`] shows the finding.
    pub fn plain(&self, lang: Lang) -> &str {
        &self.words(lang).plain
    }

    /// The object that `--format json` prints for it; what is absent is null.
    pub fn json(&self, lang: Lang) -> Value {
        let words = self.words(lang);
        let place = self.place.map_or([None; 4], |place| place.map(Some));
        let [line, column, end_line, end_column] = place;
        json!({
            "severity": self.severity, "code": self.code, "message": words.message, "path": self.path,
            "line": line, "column": column, "end_line": end_line, "end_column": end_column,
            "hint": words.hint, "fixable": self.is_fixable, "mended": self.mended, "draft": self.is_draft,
        })
    }

    fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}
