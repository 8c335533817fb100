//! About front matter.

use super::Severity::{Error, Note, Warning};
use super::keys::in_chinese;
use super::{Fault, Message, Severity};

/// About front matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FrontFault {
    /// Front matter between `+++`.
    Toml,
    /// A fence that no second one closes.
    Unclosed,
    /// A fence below blank lines.
    NotAtTop,
    /// Entries and a closing fence, but no opening one.
    NoOpeningFence,
    /// Front matter without the `---` above and below it.
    NoFences,
    /// A fence of other dashes, or of another number of them.
    OddFence {
        /// As written.
        fence: String,
    },
    /// No front matter; the title is the first heading.
    NoFrontMatter {
        /// The title.
        title: String,
    },
    /// Neither a title nor a heading; the file's name stands in.
    NoTitle {
        /// The name.
        name: String,
    },
    /// An empty text.
    Empty {
        /// The key.
        key: &'static str,
    },
    /// `updated` before `date`.
    UpdatedBeforeDate,
    /// `expire_at` before `publish_at`.
    ExpiresBeforePublished,
    /// A slug that can't stand in an address.
    SlugNotPlain {
        /// As written.
        slug: String,
        /// What it might be.
        meant: Option<String>,
    },
    /// A slug that the site needs for itself.
    SlugReserved {
        /// As written.
        slug: String,
    },
    /// A file whose name the site needs for itself.
    NameReserved {
        /// The name.
        name: String,
    },
    /// A former address that is no page.
    BadAlias {
        /// As written.
        alias: String,
    },
    /// A former address that only a server can redirect: `show.asp?id=1`.
    ServerAlias {
        /// As written.
        alias: String,
    },
    /// The same topic or unit twice.
    NamedTwice {
        /// The name.
        name: String,
    },
    /// A role without a name.
    NobodyNamed {
        /// The role.
        role: String,
    },
    /// The `url` of a source that is no web address.
    SourceNotAnAddress {
        /// As written.
        url: String,
    },
    /// A language tag that is none.
    BadLanguage {
        /// As written.
        tag: String,
    },
    /// A word on AI that is none of the four.
    BadAi {
        /// As written.
        text: String,
    },
    /// A label of AI that is not as GB 45438-2025 wants it.
    BadAiLabel,
    /// Comments that are neither closed nor open.
    BadComments {
        /// As written.
        text: String,
    },
    /// A focus that is not two percentages.
    BadFocus {
        /// As written.
        text: String,
    },
}

impl Fault for FrontFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::Toml => ("toml-front-matter", Error),
            Self::Unclosed => ("front-matter-unclosed", Error),
            Self::NotAtTop => ("front-matter-not-at-top", Error),
            Self::NoOpeningFence => ("front-matter-unopened", Error),
            Self::NoFences => ("front-matter-unfenced", Error),
            Self::OddFence { .. } => ("odd-fence", Error),
            Self::NoFrontMatter { .. } => ("no-front-matter", Note),
            Self::NoTitle { .. } => ("no-title", Warning),
            Self::Empty { .. } => ("empty-value", Error),
            Self::UpdatedBeforeDate => ("updated-before-date", Error),
            Self::ExpiresBeforePublished => ("expires-before-published", Error),
            Self::SlugNotPlain { .. } => ("slug-not-plain", Error),
            Self::SlugReserved { .. } => ("slug-reserved", Error),
            Self::NameReserved { .. } => ("file-name-reserved", Error),
            Self::BadAlias { .. } => ("bad-alias", Error),
            Self::ServerAlias { .. } => ("alias-needs-server", Warning),
            Self::NamedTwice { .. } => ("named-twice", Warning),
            Self::NobodyNamed { .. } => ("nobody-named", Error),
            Self::SourceNotAnAddress { .. } => ("source-not-an-address", Error),
            Self::BadLanguage { .. } => ("bad-lang", Error),
            Self::BadAi { .. } => ("bad-ai", Error),
            Self::BadAiLabel => ("bad-ai-label", Warning),
            Self::BadComments { .. } => ("bad-comments", Error),
            Self::BadFocus { .. } => ("bad-focus", Error),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table, one arm a fault")]
    fn message(&self) -> [Message; 2] {
        match self {
            Self::Toml => [
                Message::with_hint("文件头是 TOML（`+++`），这里只认 YAML", "改成两行 `---` 之间的 `键: 值`"),
                Message::with_hint(
                    "front matter is TOML (`+++`), but only YAML is read",
                    "write `key: value` between two lines of `---`",
                ),
            ],
            Self::Unclosed => [
                Message::with_hint("文件头只有开头的 `---`，没有结尾", "在最后一个键的下一行补上 `---`"),
                Message::with_hint(
                    "front matter is opened by `---` but never closed",
                    "write `---` on the line after the last key",
                ),
            ],
            Self::NotAtTop => [
                Message::with_hint("文件头前面有空行", "删去空行，让 `---` 成为文件的第一行"),
                Message::with_hint(
                    "blank lines before the front matter",
                    "delete them, so that `---` is the first line of the file",
                ),
            ],
            Self::NoOpeningFence => [
                Message::with_hint("文件头缺少开头的 `---`", "在文件第一行补上 `---`"),
                Message::with_hint(
                    "front matter without its opening `---`",
                    "write `---` on the first line of the file",
                ),
            ],
            Self::NoFences => [
                Message::with_hint(
                    "文件开头少了两行 `---`，这几行会当成正文发布",
                    "在文件头的上面和下面各写一行 `---`；`zhuanlan fix` 可以补上",
                ),
                Message::with_hint(
                    "front matter without the two lines `---` around it",
                    "write `---` on a line above it and on one below it; `zhuanlan fix` does",
                ),
            ],
            Self::OddFence { fence } => [
                Message::with_hint(format!("文件头的分隔线写成了 `{fence}`"), "改成三个半角短横 `---`"),
                Message::with_hint(
                    format!("the line around the front matter is `{fence}`"),
                    "write three half-width hyphens, `---`",
                ),
            ],
            Self::NoFrontMatter { title } => [
                Message::with_hint(
                    format!("没有文件头，标题取正文的第一个标题 `{title}`"),
                    "在文件开头写上两行 `---`，中间写 `标题: …` 和 `日期: …`",
                ),
                Message::with_hint(
                    format!("no front matter, so the title is the first heading, `{title}`"),
                    "begin the file with `title: …` and `date: …` between two lines of `---`",
                ),
            ],
            Self::NoTitle { name } => [
                Message::with_hint(format!("没有标题，暂用文件名 `{name}`"), "在文件头写上 `标题: …`"),
                Message::with_hint(
                    format!("no title, so the file's name `{name}` stands in"),
                    "write `title: …` in the front matter",
                ),
            ],
            Self::Empty { key } => [
                Message::with_hint(format!("`{}` 是空的", in_chinese(key)), "填上内容，或删去这一项"),
                Message::with_hint(format!("`{key}` is empty"), "give it a value, or delete it"),
            ],
            Self::UpdatedBeforeDate => [
                Message::with_hint("更新日期早于发表日期", "核对 `日期` 和 `更新`"),
                Message::with_hint("updated before it was published", "check `date` and `updated`"),
            ],
            Self::ExpiresBeforePublished => [
                Message::with_hint("撤下时间早于发布时间", "核对 `发布时间` 和 `过期时间`"),
                Message::with_hint("expires before it is published", "check `publish_at` and `expire_at`"),
            ],
            Self::SlugNotPlain { slug, meant } => [
                Message::with_hint(
                    format!("网址名 `{slug}` 里有不能用在网址里的字符"),
                    meant.as_ref().map_or_else(
                        || "只用英文字母、数字、`-` 和 `_`".into(),
                        |meant| format!("只用英文字母、数字、`-` 和 `_`，例如 `{meant}`"),
                    ),
                ),
                Message::with_hint(
                    format!("the slug `{slug}` has characters that can't stand in an address"),
                    meant.as_ref().map_or_else(
                        || "use letters, digits, `-` and `_` only".into(),
                        |meant| format!("use letters, digits, `-` and `_` only: `{meant}`"),
                    ),
                ),
            ],
            Self::SlugReserved { slug } => [
                Message::with_hint(format!("网址名 `{slug}` 是网站自己要用的"), "换一个网址名"),
                Message::with_hint(
                    format!("the site needs the slug `{slug}` for itself"),
                    "choose another slug",
                ),
            ],
            Self::NameReserved { name } => [
                Message::with_hint(
                    format!("文件名 `{name}` 是网站自己要用的网址"),
                    "给文件改名，或在文件头写上 `网址名: …`",
                ),
                Message::with_hint(
                    format!("the site needs the address of a file called `{name}` for itself"),
                    "rename the file, or write `slug: …` in its front matter",
                ),
            ],
            Self::ServerAlias { alias } => [
                Message::with_hint(
                    format!("旧网址 `{alias}` 原来由程序生成，网页文件代替不了它"),
                    "请网站管理员在服务器上把它转到新网址（301），这里不用写",
                ),
                Message::with_hint(
                    format!("a program answered at the former address `{alias}`; no file can take its place"),
                    "have the web server redirect it (301), and leave it out here",
                ),
            ],
            Self::BadAlias { alias } => [
                Message::with_hint(
                    format!("旧网址 `{alias}` 不是网页的路径"),
                    "写成 `news/old.html` 或 `2021/03/动员部署/` 这样的路径，不带域名和空格",
                ),
                Message::with_hint(
                    format!("the former address `{alias}` is no path of a page"),
                    "write a path like `news/old.html` or `2021/03/title/`, without domain and blanks",
                ),
            ],
            Self::NamedTwice { name } => [
                Message::with_hint(format!("`{name}` 写了两次"), "删去一处"),
                Message::with_hint(format!("`{name}` is named twice"), "delete one of the two"),
            ],
            Self::NobodyNamed { role } => [
                Message::with_hint(format!("署名 `{role}` 没有写姓名"), "填上姓名，或删去这一行"),
                Message::with_hint(
                    format!("byline `{role}` names nobody"),
                    "give a name, or delete the line",
                ),
            ],
            Self::SourceNotAnAddress { url } => [
                Message::with_hint(
                    format!("来源的网址 `{url}` 不完整"),
                    "写成以 `https://` 或 `http://` 开头的网址",
                ),
                Message::with_hint(
                    format!("the source's address `{url}` is incomplete"),
                    "write an address that begins with `https://` or `http://`",
                ),
            ],
            Self::BadLanguage { tag } => [
                Message::with_hint(format!("`{tag}` 不是语言代码"), "例如中文 `zh-CN`、英文 `en`"),
                Message::with_hint(format!("`{tag}` is no language tag"), "for example `zh-CN` or `en`"),
            ],
            Self::BadAi { text } => [
                Message::with_hint(format!("`AI` 的值 `{text}` 不认识"), "写 `生成`、`可能`、`疑似` 或 `否`"),
                Message::with_hint(
                    format!("the value `{text}` of `ai` is not known"),
                    "write `made`, `possible`, `suspected` or `none`",
                ),
            ],
            Self::BadAiLabel => [
                Message::with_hint(
                    "文件头里的 `AIGC` 标识不合 GB 45438-2025 附录 E，网页里没有写进它",
                    "页面上仍会标明；`Label` 是 1、2 或 3，其余的值是英文字母、数字和符号，没有别的项目；请写作软件的提供者改正",
                ),
                Message::with_hint(
                    "the label `AIGC` is not as GB 45438-2025, annex E, wants it, and is not written into the page",
                    "the page says all the same that AI made the text; `Label` is 1, 2 or 3, the other values are printable ASCII, and there are no other keys",
                ),
            ],
            Self::BadComments { text } => [
                Message::with_hint(format!("`留言` 的值 `{text}` 不认识"), "写 `关闭`、`开放` 或 `粉丝`"),
                Message::with_hint(
                    format!("the value `{text}` of `comments` is not known"),
                    "write `closed`, `open` or `fans`",
                ),
            ],
            Self::BadFocus { text } => [
                Message::with_hint(format!("焦点 `{text}` 不是两个百分数"), "先左后上，例如 `50% 30%`"),
                Message::with_hint(
                    format!("the focus `{text}` is not two percentages"),
                    "from the left, then from the top: `50% 30%`",
                ),
            ],
        }
    }
}
