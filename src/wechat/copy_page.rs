//! The copy page of an edition: the body in a phone's width, a button that copies
//! it exactly, the fields with their counters, the pictures to drag, and what is
//! left to be done by hand. It is the program's own, not the theme's.
//!
//! **Invariant:** the page loads nothing but pictures beside it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::Serialize;
use tera::{Context, Tera};

use super::edition::{Cover, Dropped, Edition, Fields, Picture, Reason};
use super::folder::{Change, DraftAge, Listed, folder_of};
use super::limits::{Limited, limit};
use crate::ai_label::AiLevel;
use crate::config::Comments;
use crate::html::escape;

static PAGES: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::default();
    let pages =
        [("copy.html", include_str!("assets/copy.html")), ("index.html", include_str!("assets/index.html"))];
    // A test renders both.
    let compiled = tera.add_raw_templates(pages);
    debug_assert!(compiled.is_ok(), "{compiled:?}");
    tera
});

const STYLE: &str = include_str!("assets/copy.css");

const SCRIPT: &str = include_str!("assets/copy.js");

#[derive(Debug, Serialize)]
struct Page<'e> {
    title: &'e str,
    author: &'e str,
    style: &'static str,
    script: &'static str,
    home: String,
    home_name: &'static str,
    state: &'static str,
    state_text: String,
    html: &'e str,
    count: u64,
    most: u64,
    fields: Vec<Field>,
    cover: Vec<Shown<'e>>,
    pictures: Vec<Shown<'e>>,
    addressed: bool,
    published: bool,
    checks: Vec<String>,
    dropped: Vec<String>,
    data: String,
}

#[derive(Debug, Serialize)]
struct Field {
    id: &'static str,
    name: &'static str,
    value: String,
    count: u64,
    most: u64,
    over: u64,
    rows: usize,
}

#[derive(Debug, Serialize)]
struct Shown<'e> {
    number: usize,
    file: &'e str,
    name: &'static str,
    alt: &'e str,
    caption: &'e str,
    width: u32,
    height: u32,
}

/// What the script puts on the clipboard.
#[derive(Debug, Serialize)]
struct Data {
    /// With the pictures' addresses; where one has none, a place is left.
    linked: String,
    /// With a place for each picture.
    spaced: String,
}

#[derive(Debug, Serialize)]
struct Index<'e> {
    title: &'e str,
    style: &'static str,
    /// Whether any of them has a draft.
    drafts: bool,
    rows: Vec<Row<'e>>,
}

#[derive(Debug, Serialize)]
struct Row<'e> {
    date: &'e str,
    title: &'e str,
    path: String,
    change: &'static str,
    draft: &'static str,
    state: &'static str,
    state_text: String,
    count: u64,
    pictures: usize,
}

/// `article.html`. `published` says that readers see the piece.
pub(super) fn page(edition: &Edition, published: bool) -> String {
    let Edition { fields, html, pictures, dropped, .. } = edition;
    let content = limit(Limited::Content);
    let (state, state_text) = state(edition);
    let view = Page {
        title: &fields.title,
        author: &fields.author,
        style: STYLE,
        script: SCRIPT,
        home: format!("{}index.html", "../".repeat(folder_of(&edition.page).split('/').count())),
        home_name: "全部稿件",
        state,
        state_text,
        html,
        count: content.count(html),
        most: content.most,
        fields: fields_of(fields),
        cover: fields.cover.iter().flat_map(cover).collect(),
        pictures: pictures.iter().map(|picture| shown(picture, "")).collect(),
        addressed: pictures.iter().any(|picture| picture.address.is_some()),
        published,
        checks: checks(edition),
        dropped: dropped.iter().map(words).collect(),
        data: data(edition),
    };
    rendered("copy.html", &view)
}

/// `index.html`.
pub(super) fn index(title: &str, listed: &[Listed<'_>]) -> String {
    let drafts = listed.iter().any(|one| one.draft.is_some());
    rendered("index.html", &Index { title, style: STYLE, drafts, rows: listed.iter().map(row).collect() })
}

fn row<'e>(listed: &Listed<'e>) -> Row<'e> {
    let edition = listed.edition;
    let (state, state_text) = state(edition);
    Row {
        date: listed.date,
        title: &edition.fields.title,
        path: format!("{}/article.html", folder_of(&edition.page)),
        change: match listed.change {
            Change::New => "新",
            Change::Changed => "有改动",
            Change::Same => "没有变",
        },
        draft: match listed.draft {
            None => "",
            Some(DraftAge::AsPiece) => "和稿件一致",
            Some(DraftAge::Older) => "稿件已改，草稿是旧的",
        },
        state,
        state_text,
        count: limit(Limited::Content).count(&edition.html),
        pictures: edition.pictures.len(),
    }
}

fn rendered(name: &str, view: &impl Serialize) -> String {
    let context = Context::from_serialize(view).unwrap_or_default();
    // Both templates are ours and get what they ask for; a test renders them.
    PAGES.render(name, &context).unwrap_or_default()
}

/// Whether it can be sent as it is, and what keeps it.
fn state(edition: &Edition) -> (&'static str, String) {
    let over: Vec<String> = fields_of(&edition.fields)
        .iter()
        .filter(|field| field.over > 0)
        .map(|field| format!("{}多了 {}", field.name, field.over))
        .chain(limit(Limited::Content).over(&edition.html).map(|over| format!("正文多了 {over} 字")))
        .collect();
    match (over.is_empty(), &edition.fields.cover) {
        (false, _) => ("over", over.join("，")),
        (true, None) => ("over", "没有封面".to_owned()),
        (true, Some(_)) => ("ready", "可以用".to_owned()),
    }
}

fn fields_of(fields: &Fields) -> Vec<Field> {
    let Fields { title, author, digest, content_source_url, .. } = fields;
    let url = content_source_url.as_deref().unwrap_or_default();
    let all: [(&'static str, &'static str, Limited, &str, usize); 4] = [
        ("title", "标题", Limited::Title, title, 1),
        ("author", "作者", Limited::Author, author, 1),
        ("digest", "摘要", Limited::Digest, digest, 3),
        ("url", "阅读原文", Limited::SourceUrl, url, 2),
    ];
    let field = |(id, name, of, value, rows): (&'static str, &'static str, Limited, &str, usize)| {
        let limit = limit(of);
        let (count, over) = (limit.count(value), limit.over(value).unwrap_or(0));
        Field { id, name, value: value.to_owned(), count, most: limit.most, over, rows }
    };
    all.into_iter().map(field).collect()
}

fn cover(cover: &Cover) -> [Shown<'_>; 2] {
    [shown(&cover.wide, "宽封面 2.35:1"), shown(&cover.square, "方封面 1:1")]
}

fn shown<'e>(picture: &'e Picture, name: &'static str) -> Shown<'e> {
    let Picture { number, file, alt, caption, width, height, .. } = picture;
    let caption = if caption.is_empty() { alt } else { caption };
    Shown { number: *number, file, name, alt, caption, width: *width, height: *height }
}

/// Whether nobody can have an address like this (RFC 2606): it stands in examples.
fn is_example(url: &str) -> bool {
    let host = url.split_once("://").and_then(|(_, rest)| rest.split(['/', ':']).next()).unwrap_or_default();
    ["example", "example.com", "example.net", "example.org", "invalid", "test", "localhost"]
        .iter()
        .any(|name| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// What an editor has to do or to look at in the account.
fn checks(edition: &Edition) -> Vec<String> {
    let fields = &edition.fields;
    let mut checks = Vec::new();
    if let Some(url) = fields.content_source_url.as_deref().filter(|url| is_example(url)) {
        checks.push(format!(
            "网址还是示例（{url}）：先在 column.yaml 的 base_url 写上网站的地址，否则阅读原文、注释里的网址和图片都打不开"
        ));
    }
    if !edition.pictures.is_empty() {
        checks.push(format!("正文里 {} 张图片都在，次序和图注对得上", edition.pictures.len()));
    }
    checks.push("标题、作者、摘要、阅读原文已经填好".to_owned());
    checks.push(match &fields.cover {
        Some(_) => "封面已经设好，宽的和方的都看过".to_owned(),
        None => "稿件没有图片：另选一张封面".to_owned(),
    });
    checks.push(match fields.comments {
        Comments::Closed => "留言：关闭".to_owned(),
        Comments::Open => "留言：开放".to_owned(),
        Comments::Fans => "留言：只对粉丝开放".to_owned(),
    });
    if fields.original {
        checks.push("声明原创（接口不能代劳，只能在后台勾选）".to_owned());
    }
    if let Some(level) = fields.ai {
        let what = match level {
            AiLevel::Made => "内容由 AI 生成",
            AiLevel::Possible => "内容可能由 AI 生成",
            AiLevel::Suspected => "内容疑似由 AI 生成",
        };
        checks.push(format!("创作来源要声明：{what}（《人工智能生成合成内容标识办法》第十条）"));
    }
    if edition.notes.iter().any(|note| note.address.is_some()) {
        checks.push("文末注释里的网址对不对".to_owned());
    }
    checks.push("发到自己手机上预览过，浅色和深色都看过".to_owned());
    checks
}

/// What differs from the page, in words.
fn words(dropped: &Dropped) -> String {
    let what = &dropped.what;
    match dropped.reason {
        Reason::Media => format!("视频、音频不能带过去，写成了一行字：{what}。可以在后台另传，插在那里"),
        Reason::ForeignPicture => format!("别的网站的图片不能用，写成了一行字：{what}"),
        Reason::Drawing => {
            format!("没有尺寸的矢量图（SVG）不能用，写成了一行字：{what}。请截图或另存为 PNG，插在那里")
        }
        Reason::Motion => format!("会动的图只留第一帧：{what}"),
        Reason::LargeGif => format!("动图超过 1 MB，可能传不上去：{what}"),
        Reason::File => format!("附件不能带过去，写成了网址和二维码：{what}"),
        Reason::Element => format!("公众号不收的内容，已略去：{what}"),
        Reason::Anchor => format!("文内的跳转不能用，只留文字：{what}"),
    }
}

/// What the script copies, as JSON that can stand in a script element.
fn data(edition: &Edition) -> String {
    let data = Data {
        linked: spaced(edition, |picture| picture.address.as_deref()),
        spaced: spaced(edition, |_| None),
    };
    let json = serde_json::to_string(&data).unwrap_or_default();
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The body with a place to drag each picture to that `address` gives none for:
/// a file's path would mean nothing there.
fn spaced<'e>(edition: &'e Edition, address: impl Fn(&'e Picture) -> Option<&'e str>) -> String {
    let mut html = edition.html.clone();
    for picture in &edition.pictures {
        let mut out = String::with_capacity(html.len());
        let mark = format!("<img src=\"{}\"", picture.file);
        let mut rest = html.as_str();
        while let Some((before, after)) = rest.split_once(&mark) {
            out.push_str(before);
            match (address(picture), after.split_once('>')) {
                (Some(address), _) => {
                    let _ = write!(out, "<img src=\"{}\"", escape(address));
                    rest = after;
                }
                (None, Some((_, behind))) => {
                    let _ = write!(out, "【图{}】", picture.number);
                    rest = behind;
                }
                (None, None) => rest = after,
            }
        }
        out.push_str(rest);
        html = out;
    }
    html
}

/// `fields.txt`: a line each.
pub(super) fn fields_text(edition: &Edition) -> String {
    let mut out = String::new();
    for field in fields_of(&edition.fields) {
        let over = if field.over > 0 { format!("，多了 {}", field.over) } else { String::new() };
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "{}（{} / {}{over}）\r\n{}\r\n\r",
            field.name, field.count, field.most, field.value
        );
    }
    for check in checks(edition) {
        let _ = writeln!(out, "□ {check}\r");
    }
    out
}
