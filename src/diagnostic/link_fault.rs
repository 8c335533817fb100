//! About links, pictures and files that a text refers to.

use super::Severity::{Error, Warning};
use super::nearest::{nearest_en, nearest_zh};
use super::{Fault, Message, Severity};

/// Why readers don't see a piece.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unseen {
    /// It is a draft.
    Draft,
    /// Its time comes: `2021-03-19 09:40`.
    Until(String),
    /// Its time is over.
    Since(String),
}

/// About links, pictures and files that a text refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkFault {
    /// A link to a page that is not there.
    Broken {
        /// As written.
        target: String,
        /// What it was probably meant to be, as a link.
        nearest: Option<String>,
    },
    /// A picture that is not there.
    MissingPhoto {
        /// As written.
        target: String,
        /// What it was probably meant to be, as a link.
        nearest: Option<String>,
    },
    /// An attachment that is not there.
    MissingFile {
        /// As written.
        target: String,
        /// What it was probably meant to be, as a link.
        nearest: Option<String>,
    },
    /// A name that differs from the file's in capitals only.
    NameCase {
        /// As written.
        target: String,
        /// As the file is called, as a link.
        actual: String,
    },
    /// A path with the separators of Windows.
    Backslash {
        /// With `/`.
        right: String,
    },
    /// A place that the page does not have.
    Anchor {
        /// Without `#`.
        anchor: String,
        /// The page's file; `None` for the file itself.
        page: Option<String>,
        /// A place that it has.
        nearest: Option<String>,
    },
    /// A link to a piece that readers don't see.
    Withheld {
        /// As written.
        target: String,
        /// The piece's title.
        title: String,
        /// Why they don't.
        why: Unseen,
    },
    /// A link to a Markdown file that has no page.
    Stray {
        /// As written.
        target: String,
    },
    /// A path that leads out of `content/`.
    Outside {
        /// As written.
        target: String,
    },
    /// A path of the editor's own computer.
    OwnDisk {
        /// As written.
        target: String,
    },
    /// A scheme that pages must not have.
    Scheme {
        /// `javascript`, `data`.
        scheme: String,
    },
    /// A web address without `https://`.
    NoScheme {
        /// As written.
        target: String,
    },
    /// A link to nothing.
    Empty,
    /// A link to a folder that has no page.
    Folder {
        /// As written.
        target: String,
    },
    /// A link to a section without a piece.
    EmptySection {
        /// The section's title.
        title: String,
    },
    /// A link to a page of the site's own that has nothing to show.
    OwnPage {
        /// The page: `photos.html`.
        page: String,
    },
    /// A picture of another site.
    ElsewherePicture {
        /// As written.
        target: String,
    },
    /// A material's file on another site.
    ElsewhereFile {
        /// As written.
        target: String,
    },
    /// Image syntax with a page.
    PictureOfPage {
        /// As written.
        target: String,
    },
    /// Image syntax with an attachment.
    PictureOfFile {
        /// As written.
        target: String,
        /// Its extension.
        extension: String,
    },
    /// A material's file that is a page.
    FileIsPage {
        /// As written.
        target: String,
    },
    /// `related` or `replaces` with something that is no piece.
    NotAPiece {
        /// As written.
        target: String,
    },
    /// A piece that names itself.
    Itself,
    /// A note on a photo that the piece does not show.
    UnusedNote {
        /// As written.
        name: String,
        /// A photo that it shows.
        nearest: Option<String>,
    },
    /// A link of the menu or the footer that leads nowhere.
    MenuTarget {
        /// As written.
        target: String,
        /// What it was probably meant to be.
        nearest: Option<String>,
    },
}

impl Fault for LinkFault {
    fn head(&self) -> (&'static str, Severity) {
        match self {
            Self::Broken { .. } => ("broken-link", Error),
            Self::MissingPhoto { .. } => ("missing-photo", Error),
            Self::MissingFile { .. } => ("missing-file", Error),
            Self::NameCase { .. } => ("name-case", Error),
            Self::Backslash { .. } => ("backslash-in-link", Error),
            Self::Anchor { .. } => ("broken-anchor", Error),
            Self::Withheld { .. } => ("link-to-withheld", Error),
            Self::Stray { .. } => ("link-to-stray", Error),
            Self::Outside { .. } => ("link-outside-content", Error),
            Self::OwnDisk { .. } => ("link-to-own-disk", Error),
            Self::Scheme { .. } => ("link-scheme", Error),
            Self::NoScheme { .. } => ("link-without-scheme", Error),
            Self::Empty => ("empty-link", Error),
            Self::Folder { .. } => ("link-to-folder", Error),
            Self::EmptySection { .. } => ("link-to-empty-section", Error),
            Self::OwnPage { .. } => ("link-to-empty-page", Error),
            Self::ElsewherePicture { .. } => ("external-picture", Warning),
            Self::ElsewhereFile { .. } => ("external-file", Error),
            Self::PictureOfPage { .. } => ("picture-of-page", Error),
            Self::PictureOfFile { .. } => ("picture-of-file", Error),
            Self::FileIsPage { .. } => ("file-is-page", Error),
            Self::NotAPiece { .. } => ("not-a-piece", Error),
            Self::Itself => ("related-to-itself", Warning),
            Self::UnusedNote { .. } => ("unused-photo-note", Warning),
            Self::MenuTarget { .. } => ("menu-target", Error),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table, one arm a fault")]
    fn message(&self) -> [Message; 2] {
        match self {
            Self::Broken { target, nearest } => [
                Message::with_hint(
                    format!("链接的目标 `{target}` 不存在"),
                    nearest_zh(nearest.as_deref(), "核对文件名和所在文件夹；路径从本文件所在的文件夹算起"),
                ),
                Message::with_hint(
                    format!("the link's target `{target}` does not exist"),
                    nearest_en(
                        nearest.as_deref(),
                        "check the name and the folder; paths begin at this file's folder",
                    ),
                ),
            ],
            Self::MissingPhoto { target, nearest } => [
                Message::with_hint(
                    format!("找不到图片 `{target}`"),
                    nearest_zh(nearest.as_deref(), "把图片放进 `content/`，路径从本文件所在的文件夹算起"),
                ),
                Message::with_hint(
                    format!("the picture `{target}` does not exist"),
                    nearest_en(
                        nearest.as_deref(),
                        "put it below `content/`; paths begin at this file's folder",
                    ),
                ),
            ],
            Self::MissingFile { target, nearest } => [
                Message::with_hint(
                    format!("找不到附件 `{target}`"),
                    nearest_zh(nearest.as_deref(), "把附件放进 `content/`，路径从本文件所在的文件夹算起"),
                ),
                Message::with_hint(
                    format!("the attached file `{target}` does not exist"),
                    nearest_en(
                        nearest.as_deref(),
                        "put it below `content/`; paths begin at this file's folder",
                    ),
                ),
            ],
            Self::NameCase { target, actual } => [
                Message::with_hint(
                    format!("`{target}` 与文件名只差大小写，网站上会打不开"),
                    format!("改成 `{actual}`"),
                ),
                Message::with_hint(
                    format!(
                        "`{target}` differs from the file's name in capitals; a web server won't find it"
                    ),
                    format!("write `{actual}`"),
                ),
            ],
            Self::Backslash { right } => [
                Message::with_hint("链接里的路径用了反斜杠 `\\`", format!("网址一律用正斜杠：`{right}`")),
                Message::with_hint(
                    "the path in the link has backslashes",
                    format!("addresses have slashes: `{right}`"),
                ),
            ],
            Self::Anchor { anchor, page, nearest } => [
                Message::with_hint(
                    match page {
                        Some(page) => format!("`{page}` 里没有名为 `#{anchor}` 的位置"),
                        None => format!("本文里没有名为 `#{anchor}` 的位置"),
                    },
                    nearest
                        .as_ref()
                        .map_or("位置名就是小标题的文字，空格换成 `-`".to_owned(), |near| {
                            format!("是不是 `#{near}`？")
                        }),
                ),
                Message::with_hint(
                    match page {
                        Some(page) => format!("`{page}` has no place `#{anchor}`"),
                        None => format!("this file has no place `#{anchor}`"),
                    },
                    nearest.as_ref().map_or(
                        "places are called like their headings, with `-` for spaces".to_owned(),
                        |near| format!("did you mean `#{near}`?"),
                    ),
                ),
            ],
            Self::Withheld { target, title, why } => match why {
                Unseen::Draft => [
                    Message::with_hint(
                        format!("`{target}`（{title}）还是草稿，读者打不开"),
                        "等它发布后再链接，或先去掉这个链接",
                    ),
                    Message::with_hint(
                        format!("`{target}` ({title}) is a draft; readers can't open it"),
                        "link to it when it is published, or take the link away",
                    ),
                ],
                Unseen::Until(at) => [
                    Message::with_hint(
                        format!("`{target}`（{title}）要到 {at} 才发布"),
                        format!("在那之前读者打不开；可以把本文的 `发布时间` 也定在 {at}"),
                    ),
                    Message::with_hint(
                        format!("`{target}` ({title}) is not published before {at}"),
                        format!(
                            "until then readers can't open it; `publish_at: {at}` here would wait for it"
                        ),
                    ),
                ],
                Unseen::Since(at) => [
                    Message::with_hint(
                        format!("`{target}`（{title}）已在 {at} 过期下线"),
                        "去掉这个链接，或延后它的 `过期时间`",
                    ),
                    Message::with_hint(
                        format!("`{target}` ({title}) was taken down at {at}"),
                        "take the link away, or move its `expire_at`",
                    ),
                ],
            },
            Self::Stray { target } => [
                Message::with_hint(
                    format!("`{target}` 不在任何栏目里，没有对应的网页"),
                    "把它移进一个栏目的文件夹",
                ),
                Message::with_hint(
                    format!("`{target}` lies in no section and has no page"),
                    "move it into the folder of a section",
                ),
            ],
            Self::Outside { target } => [
                Message::with_hint(
                    format!("`{target}` 指到了 `content/` 外面，那里的文件不会发布"),
                    "把文件放进 `content/`；`..` 是不是多了一层？",
                ),
                Message::with_hint(
                    format!("`{target}` leads out of `content/`; nothing there is published"),
                    "put the file below `content/`; is there one `..` too many?",
                ),
            ],
            Self::OwnDisk { target } => [
                Message::with_hint(
                    format!("`{target}` 是自己电脑上的路径，别人打不开"),
                    "把文件复制到本文旁边，只写文件名",
                ),
                Message::with_hint(
                    format!("`{target}` is a path of your own computer; nobody else can open it"),
                    "copy the file beside this one and write its name only",
                ),
            ],
            Self::Scheme { scheme } => [
                Message::with_hint(
                    format!("不允许 `{scheme}:` 开头的链接"),
                    "可以用 `https:`、`http:`、`mailto:`、`tel:` 或相对路径",
                ),
                Message::with_hint(
                    format!("links with `{scheme}:` are not allowed"),
                    "`https:`, `http:`, `mailto:`, `tel:` and relative paths are",
                ),
            ],
            Self::NoScheme { target } => [
                Message::with_hint(
                    format!("`{target}` 像是网址，但少了开头"),
                    format!("写成 `https://{target}`"),
                ),
                Message::with_hint(
                    format!("`{target}` looks like a web address, but its beginning is missing"),
                    format!("write `https://{target}`"),
                ),
            ],
            Self::Empty => [
                Message::with_hint("链接没有写目标", "在括号里填上路径或网址，或只留文字"),
                Message::with_hint(
                    "the link has no target",
                    "write a path or an address between the brackets, or leave the text alone",
                ),
            ],
            Self::Folder { target } => [
                Message::with_hint(format!("`{target}` 是文件夹，没有对应的网页"), "链接到其中的一个文件"),
                Message::with_hint(format!("`{target}` is a folder without a page"), "link to a file in it"),
            ],
            Self::EmptySection { title } => [
                Message::with_hint(
                    format!("栏目“{title}”还没有内容，读者打不开"),
                    "等它有了第一篇再链接，或给它写一个 `index.md`",
                ),
                Message::with_hint(
                    format!("the section `{title}` has nothing to show yet"),
                    "link to it when it has a piece, or give it an `index.md`",
                ),
            ],
            Self::OwnPage { page } => [
                Message::with_hint(
                    format!("`{page}` 还没有内容，不会生成"),
                    "等有了内容再链接，或先去掉这个链接",
                ),
                Message::with_hint(
                    format!("`{page}` has nothing to show yet and is not made"),
                    "link to it when it has, or take the link away",
                ),
            ],
            Self::ElsewherePicture { target } => [
                Message::with_hint(
                    format!("图片 `{target}` 在别的网站上，随时可能失效"),
                    "下载下来放在本文旁边，用相对路径",
                ),
                Message::with_hint(
                    format!("the picture `{target}` is on another site and may vanish any day"),
                    "save it beside this file and use a relative path",
                ),
            ],
            Self::ElsewhereFile { target } => [
                Message::with_hint(
                    format!("`文件` 里的 `{target}` 不是本站的文件"),
                    "把文件下载到本文旁边；别的网站的资料在正文里写成链接",
                ),
                Message::with_hint(
                    format!("`{target}` in `files` is not a file of this site"),
                    "save it beside this file; link to other sites from the text",
                ),
            ],
            Self::PictureOfPage { target } => [
                Message::with_hint(
                    format!("`{target}` 是网页，不能当图片显示"),
                    "去掉前面的 `!`，写成 `[文字](路径)`",
                ),
                Message::with_hint(
                    format!("`{target}` is a page and can't be shown as a picture"),
                    "take the `!` away: `[text](path)`",
                ),
            ],
            Self::PictureOfFile { target, extension } => [
                Message::with_hint(
                    format!("`{target}` 是 {} 文件，不能当图片显示", extension.to_uppercase()),
                    "去掉前面的 `!`，写成下载链接 `[文字](路径)`",
                ),
                Message::with_hint(
                    format!(
                        "`{target}` is a file of type {} and can't be shown as a picture",
                        extension.to_uppercase()
                    ),
                    "take the `!` away for a download: `[text](path)`",
                ),
            ],
            Self::FileIsPage { target } => [
                Message::with_hint(
                    format!("`文件` 里的 `{target}` 是网页，不是可以下载的文件"),
                    "相关的文章写在 `相关` 里",
                ),
                Message::with_hint(
                    format!("`{target}` in `files` is a page, not a file to download"),
                    "name other pieces in `related`",
                ),
            ],
            Self::NotAPiece { target } => [
                Message::with_hint(
                    format!("`{target}` 不是本专栏的文章"),
                    "这里要写另一个 `.md` 文件的相对路径",
                ),
                Message::with_hint(
                    format!("`{target}` is not a piece of this column"),
                    "write the relative path of another `.md` file",
                ),
            ],
            Self::Itself => [
                Message::with_hint("这里写的就是本文自己", "删去这一项"),
                Message::with_hint("this is the piece itself", "delete the entry"),
            ],
            Self::UnusedNote { name, nearest } => [
                Message::with_hint(
                    format!("`图片` 里说明的 `{name}`，文中没有用到"),
                    nearest_zh(nearest.as_deref(), "文件名要和正文里引用的一致"),
                ),
                Message::with_hint(
                    format!("`photos` has a note on `{name}`, which this piece does not show"),
                    nearest_en(nearest.as_deref(), "name it as the text does"),
                ),
            ],
            Self::MenuTarget { target, nearest } => [
                Message::with_hint(
                    format!("`{target}` 不是栏目、页面或网址"),
                    nearest_zh(
                        nearest.as_deref(),
                        "可以写栏目的 `文件夹`、`photos.html` 这样的页面，或完整网址",
                    ),
                ),
                Message::with_hint(
                    format!("`{target}` is no section, page or address"),
                    nearest.as_ref().map_or(
                        "write a section's `folder`, a page such as `photos.html`, or a full address"
                            .to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    ),
                ),
            ],
        }
    }
}
