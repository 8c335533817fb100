//! The manual of each finding: why it is one, and an example, wrong and right.
//!
//! `manual/<area>.txt` stands beside the area's `*_fault.rs`:
//!
//! ```text
//! === full-width-colon          the code
//! zh …                          one line a language
//! en …
//! @fix                          `zhuanlan fix` mends it
//! @given column                 what the example needs besides, where it does
//! …
//! @wrong front                  where the example stands, and its text
//! 标题：动员部署会召开
//! @right                        the same, mended
//! 标题: 动员部署会召开
//! ```
//!
//! **Invariant:** each code has a manual in both languages, and each example
//! gives its finding where it is wrong and not where it is right; a test of the
//! whole build holds both.

use std::sync::LazyLock;

use super::Lang;

/// What `zhuanlan explain` says of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manual {
    /// `full-width-colon`.
    pub code: &'static str,
    /// The area that it belongs to.
    pub topic: Topic,
    zh: &'static str,
    en: &'static str,
    /// Whether `zhuanlan fix` mends the example.
    pub is_fixable: bool,
    /// What the example needs besides: where it stands, and its text.
    pub given: Option<(&'static str, &'static str)>,
    /// The example, where a text can show it.
    pub example: Option<Example>,
}

/// A text that gives a finding, and the same mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// `front` (lines of front matter), `text` (of the body), `file` (a whole
    /// piece), `column` (lines of `column.yaml`), `whole` (all of it), or
    /// `path` and a path: the name of the file is what is wrong.
    pub place: &'static str,
    /// As it should not be.
    pub wrong: &'static str,
    /// As it should be.
    pub right: &'static str,
}

impl Manual {
    /// Why it is a finding, and what to do: a few sentences.
    pub fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// An area of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    zh: &'static str,
    en: &'static str,
}

impl Topic {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

macro_rules! areas {
    ($($file:literal, $zh:literal, $en:literal;)+) => {
        [$((Topic { zh: $zh, en: $en }, include_str!(concat!("manual/", $file, ".txt"))),)+]
    };
}

const AREAS: [(Topic, &str); 16] = areas! {
    "front", "文件头", "front matter";
    "yaml", "文件头和 column.yaml 的写法", "how YAML is written";
    "markdown", "正文的写法", "how the text is written";
    "block", "台账、自测题等内容块", "data blocks";
    "link", "链接、图片和附件", "links, pictures and files";
    "text", "文字和标点", "wording and punctuation";
    "sensitive", "个人信息和密级标志", "personal numbers and secrecy marks";
    "asset", "图片和视频", "pictures and videos";
    "material", "附件的内容", "what is in attachments";
    "site", "稿件在专栏里的位置", "a piece's place in the column";
    "config", "专栏的设置", "the column's settings";
    "booklet", "汇编", "booklets";
    "wechat", "公众号版", "the WeChat edition";
    "source", "文件本身", "files as such";
    "theme", "版式", "themes";
    "vanish", "不见了的稿件", "sources that vanished";
};

static MANUALS: LazyLock<Vec<Manual>> =
    LazyLock::new(|| AREAS.iter().flat_map(|(topic, text)| entries(*topic, text)).collect());

/// All manuals, by area.
pub fn manuals() -> &'static [Manual] {
    &MANUALS
}

/// The manual of a code.
pub fn manual(code: &str) -> Option<&'static Manual> {
    MANUALS.iter().find(|manual| manual.code == code)
}

fn entries(topic: Topic, text: &'static str) -> impl Iterator<Item = Manual> {
    let text = text.strip_prefix("=== ").unwrap_or(text);
    text.split("\n=== ").filter_map(move |entry| {
        let (code, body) = entry.split_once('\n')?;
        let mut parts = body.split("\n@");
        let (zh, en) = parts.next()?.strip_prefix("zh ")?.split_once("\nen ")?;
        let mut manual =
            Manual { code, topic, zh, en: en.trim_end(), is_fixable: false, given: None, example: None };
        let mut wrong = None;
        for part in parts {
            let (head, text) = part.split_once('\n').unwrap_or((part, ""));
            let (verb, place) = head.split_once(' ').unwrap_or((head, ""));
            let text = text.trim_end_matches('\n');
            match verb {
                "fix" => manual.is_fixable = true,
                "given" => manual.given = Some((place, text)),
                "wrong" => wrong = Some((place, text)),
                "right" => {
                    manual.example = wrong.map(|(place, wrong)| Example { place, wrong, right: text });
                }
                _ => {}
            }
        }
        Some(manual)
    })
}
