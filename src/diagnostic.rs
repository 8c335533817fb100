//! What is noticed about the author's content.
//!
//! A [`Diagnostic`] never stops a stage: every stage returns [`Checked`], a
//! value with its findings. What is wrong is data (a [`Kind`]); words are made
//! only when it is shown, in the language asked for.
//!
//! Each area of trouble has a file here with its kinds, and two tables: code
//! and severity, and the message in both languages, side by side:
//! `source_fault`, `yaml_fault`, `config_fault`, `front_fault`,
//! `markdown_fault`, `block_fault`, `link_fault`, `site_fault`, `text_fault`, `sensitive_fault`, `theme_fault`,
//! `asset_fault`, `material_fault`, `paged_fault`, `booklet_fault`, `vanish_fault`,
//! `wechat_fault`.
//!
//! **Invariant:** each kind has words in every language, because `message`
//! matches on it without a wildcard.

mod asset_fault;
mod block_fault;
mod booklet_fault;
mod config_fault;
mod fix;
mod front_fault;
mod keys;
mod link_fault;
mod manual;
mod markdown_fault;
mod material_fault;
mod nearest;
mod paged_fault;
mod rendered;
mod sensitive_fault;
mod show;
mod site_fault;
mod source_fault;
mod text_fault;
mod theme_fault;
mod vanish_fault;
mod wechat_fault;
mod yaml_fault;

use serde::{Deserialize, Serialize};

use crate::path::SourcePath;
use crate::sensitive;
use crate::text::Span;

pub use asset_fault::AssetFault;
pub use block_fault::{BlockFault, LedgerTotal};
pub use booklet_fault::{BookletFault, ChosenBy};
pub use config_fault::ConfigFault;
pub use fix::{Edit, Fix, apply};
pub use front_fault::FrontFault;
pub use link_fault::{LinkFault, Unseen};
pub use manual::{Example, Manual, Topic, manual, manuals};
pub use markdown_fault::MarkdownFault;
pub use material_fault::MaterialFault;
pub use nearest::nearest;
pub use paged_fault::PagedFault;
pub use rendered::Rendered;
pub use sensitive_fault::{Beside, MaterialPlace, SensitiveFault};
pub use show::{Located, locate, plain};
pub use site_fault::SiteFault;
pub use source_fault::SourceFault;
pub use text_fault::TextFault;
pub use theme_fault::ThemeFault;
pub use vanish_fault::VanishFault;
pub use wechat_fault::{WechatFault, WechatField};
pub use yaml_fault::{Expected, Found, YamlFault};

/// How grave it is. Errors keep the site from being published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published before it is mended.
    Error,
    /// Published, but an editor should look.
    Warning,
    /// Good to know.
    Note,
}

/// The language that findings are worded in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// One thing noticed about one place in the author's files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// Where.
    pub primary: Label,
    /// What.
    pub kind: Kind,
    /// Other places that belong to it: the other file with the same slug, the
    /// first of two equal keys.
    pub secondary: Vec<Label>,
    /// What would mend it, where that is known.
    pub fix: Option<Fix>,
}

/// A place in a source file; without a span, the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The file.
    pub path: SourcePath,
    /// The place in it.
    pub span: Option<Span>,
}

/// What is wrong, as data: names, numbers, candidates, never sentences.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// About a file as such: encoding, size, links that leave the folder.
    Source(SourceFault),
    /// About YAML as a language, wherever it stands.
    Yaml(YamlFault),
    /// About `column.yaml`.
    Config(ConfigFault),
    /// About front matter.
    Front(FrontFault),
    /// About Markdown text.
    Markdown(MarkdownFault),
    /// About a data block (`gallery`, `timeline`, `ledger`, `figures`, `quiz`).
    Block(BlockFault),
    /// About links, pictures and files that a text refers to.
    Link(LinkFault),
    /// About how files stand to each other: routes, terms, addresses, dates.
    Site(SiteFault),
    /// About the wording of a text, and what must not stand in it.
    Text(TextFault),
    /// About numbers of people and secrecy marks.
    Sensitive(SensitiveFault),
    /// About a theme.
    Theme(ThemeFault),
    /// About a photo or an attachment.
    Asset(AssetFault),
    /// About what stands in an attached document.
    Material(MaterialFault),
    /// About a book that pieces are gathered into.
    Booklet(BookletFault),
    /// About sources that vanished since the site was last published.
    Vanish(VanishFault),
    /// About the WeChat edition of a piece.
    Wechat(WechatFault),
}

/// A message in one language. House style: lower case, no full stop,
/// backticks round names, the hint apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What is wrong.
    pub text: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Message {
    /// A message with a hint.
    pub fn with_hint(text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { text: text.into(), hint: Some(hint.into()) }
    }

    /// A message that needs no hint.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), hint: None }
    }
}

/// The two tables of an area's kinds. A new kind is a variant, and one line in each.
pub trait Fault {
    /// The stable code that scripts see (`broken-link`), and how grave it is.
    fn head(&self) -> (&'static str, Severity);
    /// Message and hint, in Chinese and in English.
    fn message(&self) -> [Message; 2];
}

impl Kind {
    fn fault(&self) -> &dyn Fault {
        match self {
            Self::Source(fault) => fault,
            Self::Yaml(fault) => fault,
            Self::Config(fault) => fault,
            Self::Front(fault) => fault,
            Self::Markdown(fault) => fault,
            Self::Block(fault) => fault,
            Self::Link(fault) => fault,
            Self::Site(fault) => fault,
            Self::Text(fault) => fault,
            Self::Sensitive(fault) => fault,
            Self::Theme(fault) => fault,
            Self::Asset(fault) => fault,
            Self::Material(fault) => fault,
            Self::Booklet(fault) => fault,
            Self::Vanish(fault) => fault,
            Self::Wechat(fault) => fault,
        }
    }

    /// The stable name that scripts see: `broken-link`.
    pub fn code(&self) -> &'static str {
        self.fault().head().0
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.fault().head().1
    }

    /// Message and hint in `lang`. What they quote may hold a number of a
    /// person: so all of it is masked.
    pub fn message(&self, lang: Lang) -> Message {
        let [zh, en] = self.fault().message();
        let Message { text, hint } = match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        let masked = |text: String| sensitive::masked(&text).into_owned();
        Message { text: masked(text), hint: hint.map(masked) }
    }
}

macro_rules! from_fault {
    ($($fault:ident => $variant:ident),+ $(,)?) => {$(
        impl From<$fault> for Kind {
            fn from(fault: $fault) -> Self {
                Self::$variant(fault)
            }
        }
    )+};
}

from_fault! {
    SourceFault => Source, YamlFault => Yaml, ConfigFault => Config, FrontFault => Front,
    MarkdownFault => Markdown, BlockFault => Block, LinkFault => Link, SiteFault => Site, TextFault => Text,
    SensitiveFault => Sensitive, ThemeFault => Theme,
    AssetFault => Asset, MaterialFault => Material, BookletFault => Booklet, VanishFault => Vanish,
    WechatFault => Wechat,
}

impl Diagnostic {
    /// A finding about `span` of the file at `path`.
    pub fn at(path: &SourcePath, span: Span, kind: impl Into<Kind>) -> Self {
        Self {
            primary: Label { path: path.clone(), span: Some(span) },
            kind: kind.into(),
            secondary: Vec::new(),
            fix: None,
        }
    }

    /// A finding about the file at `path` as a whole.
    pub fn of_file(path: &SourcePath, kind: impl Into<Kind>) -> Self {
        Self {
            primary: Label { path: path.clone(), span: None },
            kind: kind.into(),
            secondary: Vec::new(),
            fix: None,
        }
    }

    /// The same with one more place that belongs to it.
    #[must_use]
    pub fn and(mut self, path: &SourcePath, span: Option<Span>) -> Self {
        self.secondary.push(Label { path: path.clone(), span });
        self
    }

    /// The same with what would mend it.
    #[must_use]
    pub fn with_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }
}

/// A value, and everything noticed while computing it.
///
/// Remembering a `Checked` remembers its findings too, so a warm build
/// reports what a clean build reports.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked<T> {
    /// Always present; where the source was wrong, the best that can be shown.
    pub value: T,
    /// What was noticed, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value about which nothing was noticed.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Moves the findings into `sink` and hands over the value.
    pub fn keep(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }

    /// The same findings with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: change(self.value), diagnostics: self.diagnostics }
    }
}
