//! The checked configuration: everything resolved, defaults filled in.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use crate::text::{At, Span};

/// The whole column, as `column.yaml` describes it.
#[derive(Debug, Clone)]
pub struct Config {
    /// The column's name: 教育整顿进行时.
    pub title: String,
    /// One or two sentences on what the column is for.
    pub description: String,
    /// Search keywords of the column.
    pub keywords: Vec<String>,
    /// The published address, with a final `/`; without it there are no feeds,
    /// no sitemap and no canonical links.
    pub base_url: Option<String>,
    /// The folder below `themes/`.
    pub theme: At<String>,
    /// A BCP 47 tag: `zh-CN`.
    pub language: String,
    /// Where it stands.
    pub language_span: Span,
    /// The zone of dates without one.
    pub timezone: TimeZone,
    /// The moment that the column shows, in its zone, in place of the clock's.
    pub now: Option<DateTime>,
    /// Pieces a list page shows.
    pub per_page: usize,
    /// Whether raw HTML in articles is published as it is.
    pub trust_html: bool,
    /// Whether each line of a text is a paragraph, as word processors paste them.
    pub line_paragraphs: bool,
    /// Characters read in a minute, for reading times.
    pub reading_speed: u32,
    /// Whether there is a search page and an index for it.
    pub search: bool,
    /// In the order of the file.
    pub sections: Vec<Section>,
    /// In the order of the file.
    pub units: Vec<Unit>,
    /// In the order of the file; their dates don't overlap.
    pub phases: Vec<Phase>,
    /// A closed list, or free.
    pub topics: Topics,
    /// The navigation; where the file gives none, the sections and the pages
    /// that exist.
    pub menu: Option<Vec<MenuItem>>,
    /// What government sites name in their meta tags.
    pub site: SiteIdentity,
    /// What government sites name at the foot of a page.
    pub footer: Footer,
    /// How photos are published.
    pub photos: Photos,
    /// Phrases with their own pinyin, for slugs: `[("长葛", "changge")]`.
    pub pinyin: Vec<(String, String)>,
    /// Numbers and words that the privacy checks pass over.
    pub allow: Vec<String>,
    /// Values for the theme's settings (`settings:`), by name.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// Books that pieces are gathered into (汇编), in the order of the file.
    pub booklets: Vec<Booklet>,
    /// What the WeChat edition of a piece has where the piece says nothing.
    pub wechat: Wechat,
    /// How the site is put into its folder.
    pub publishing: Publishing,
    /// Where each key of `settings` stands.
    pub settings_span: std::collections::BTreeMap<String, Span>,
}

/// A section (栏目): a folder of `content/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The folder's name below `content/`, also its name in addresses.
    pub folder: String,
    /// Where `folder` is written.
    pub span: Span,
    /// The name shown.
    pub title: String,
    /// What its pieces are.
    pub kind: Kind,
    /// How its list is ordered.
    pub sort: Sort,
    /// Front-matter keys (English names) that each of its pieces must have.
    pub required: Vec<String>,
    /// The government `ColumnType` (国办发〔2017〕47号): 工作动态, 政策文件, ….
    pub column_type: Option<String>,
    /// What the section is for.
    pub description: String,
    /// Search keywords.
    pub keywords: Vec<String>,
    /// Days after which a section without a new piece counts as stale.
    pub max_age_days: Option<u32>,
}

/// What the WeChat edition of a piece has where the piece says nothing
/// (`wechat:`).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Wechat {
    /// The author where no role of the byline is an author's; may be empty.
    pub author: String,
    /// The roles of a byline that are an author's, the first before the others.
    pub author_roles: Vec<String>,
    /// Who may comment.
    pub comments: Comments,
    /// Whether to remind of the declaration of original (原创).
    pub original: bool,
}

impl Default for Wechat {
    fn default() -> Self {
        let roles = ["作者", "文", "本报记者", "记者", "通讯员"];
        Self {
            author: String::new(),
            author_roles: roles.map(str::to_owned).to_vec(),
            comments: Comments::default(),
            original: false,
        }
    }
}

/// Who may comment on an article of the account.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Comments {
    /// Nobody: `need_open_comment` 0.
    #[default]
    Closed,
    /// Everybody: `need_open_comment` 1.
    Open,
    /// Followers: `need_open_comment` 1, `only_fans_can_comment` 1.
    Fans,
}

impl Comments {
    /// What may be written.
    pub const KNOWN: [&'static str; 3] = ["closed", "open", "fans"];

    /// What is meant by a word of the config or of front matter.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word.trim() {
            "closed" | "关闭" | "否" | "false" => Self::Closed,
            "open" | "开放" | "是" | "true" => Self::Open,
            "fans" | "粉丝" | "仅粉丝" => Self::Fans,
            _ => return None,
        })
    }
}

/// How the site is put into its folder (`publish:`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publishing {
    /// Within the folder that readers hold, in place of a new one.
    pub in_place: bool,
    /// The mode of files, `0o640`; where it is not given, files keep theirs.
    pub mode: Option<u32>,
    /// The group of files and folders: a name or a number.
    pub group: Option<String>,
    /// Former releases that are kept.
    pub keep: usize,
    /// What they may take together, in bytes.
    pub keep_bytes: Option<u64>,
    /// Whether texts are written packed too, for servers that send such files.
    pub precompress: bool,
    /// Files of `content/static/` that are published besides the usual kinds:
    /// names and endings.
    pub also: Vec<String>,
    /// Places elsewhere, by name, as they are written.
    pub targets: Vec<(String, String)>,
}

impl Default for Publishing {
    fn default() -> Self {
        Self {
            in_place: false,
            mode: None,
            group: None,
            keep: 5,
            keep_bytes: None,
            precompress: false,
            also: Vec::new(),
            targets: Vec::new(),
        }
    }
}

/// How photos are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photos {
    /// The widths that each is made in, in pixels, ascending.
    pub widths: Vec<u32>,
    /// 30 to 95, as WebP counts.
    pub quality: u8,
}

/// What a piece is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A text.
    #[default]
    Article,
    /// A photo story: large pictures with text between.
    Story,
    /// A study material: a page about one or more attached files.
    Material,
    /// A page outside the news: about, accessibility.
    Page,
}

/// How a section's list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Sort {
    /// The newest first.
    #[default]
    DateDesc,
    /// The oldest first.
    Date,
    /// By title, by code point.
    Title,
    /// By the front-matter key `order`, then by title.
    Order,
}

/// A unit (单位) of the bureau.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The full name: 源汇分局.
    pub name: String,
    /// The short name: 源汇.
    pub short: Option<String>,
    /// The name in addresses.
    pub slug: String,
}

/// A phase (阶段) of the campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// The name: 学习教育.
    pub name: String,
    /// The name in addresses.
    pub slug: String,
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// What it is to reach.
    pub goals: Vec<String>,
    /// On which days of the week people study together, from Monday on.
    pub study_days: Vec<Weekday>,
}

/// The topics (主题) that pieces may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topics {
    /// Any; slugs are made from the titles.
    Free,
    /// Only these, in this order.
    Closed(Vec<Topic>),
}

/// One topic of a closed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The name in addresses.
    pub slug: String,
    /// The name shown.
    pub title: String,
}

/// One entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// The word shown.
    pub title: String,
    /// A section's folder, a page of the output (`photos.html`), or a URL.
    pub link: At<String>,
}

/// The site-wide meta tags (网站标签) of 国办发〔2017〕47号.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteIdentity {
    /// `SiteName`: the site's standard name; default the column's title.
    pub name: Option<String>,
    /// `SiteDomain`: `www.example.gov.cn`.
    pub domain: Option<String>,
    /// `SiteIDCode`: ten characters.
    pub id_code: Option<String>,
}

/// The fields of a government site's footer (底部功能区).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Footer {
    /// 主办单位.
    pub sponsor: Option<String>,
    /// 承办单位.
    pub undertaker: Option<String>,
    /// 联系方式.
    pub contact: Option<String>,
    /// ICP备案编号; it links to the ministry's site.
    pub icp: Option<String>,
    /// 公安机关备案.
    pub police_record: Option<PoliceRecord>,
    /// 党政机关网站标识: trusted HTML from the owner.
    pub party_mark_html: Option<String>,
    /// 网站找错: trusted HTML from the owner.
    pub report_error_html: Option<String>,
    /// Further links: 无障碍说明.
    pub links: Vec<FooterLink>,
    /// A closing line of text.
    pub note: Option<String>,
}

/// 公安机关备案.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoliceRecord {
    /// 豫公网安备00000000000000号.
    pub number: String,
    /// The page that shows it; default: the ministry's query by the digits.
    pub link: Option<String>,
}

/// One more link of the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FooterLink {
    /// The word shown.
    pub title: String,
    /// A page of the output, a path of a Markdown file, or a URL.
    pub link: At<String>,
}

/// A book (汇编) that pieces are gathered into, to be read as an EPUB and to be
/// printed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Booklet {
    /// Its title.
    pub title: String,
    /// Where `title` is written.
    #[serde(skip)]
    pub span: Span,
    /// Its name in addresses.
    pub slug: String,
    /// May be empty.
    pub subtitle: String,
    /// 编印单位; may be empty.
    pub issuer: String,
    /// 编印日期; what is not given is not printed, since a build knows no date
    /// of its own.
    pub date: Option<Date>,
    /// The foreword's paragraphs.
    pub foreword: Vec<String>,
    /// The imprint's lines; may be empty.
    pub note: Vec<String>,
    /// Whether the phases, with their days and goals, are printed as a plan.
    pub plan: bool,
    /// In order; one without a title where the book is not divided.
    #[serde(skip)]
    pub parts: Vec<BookletPart>,
}

/// A part of a book: the pieces named, then those that all the other keys
/// given choose together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BookletPart {
    /// Its title; empty where the book is not divided.
    pub title: String,
    /// Paths below `content/`, in order.
    pub pieces: Vec<At<String>>,
    /// A section's folder or title.
    pub section: Option<At<String>>,
    /// A phase's name or slug.
    pub phase: Option<At<String>>,
    /// A topic's title or slug.
    pub topic: Option<At<String>>,
    /// A unit's name, short name or slug.
    pub unit: Option<At<String>>,
    /// A series' title.
    pub series: Option<At<String>>,
}
