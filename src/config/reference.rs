//! All keys of `column.yaml` as a page in Chinese or English, made from the
//! schema, so that neither forgets a key.
//!
//! The Chinese words are the shape's doc comments; the English ones stand here.

use std::fmt::Write as _;

use serde_json::Value;

use super::schema::schema;
use super::shape::{
    BookletPartShape, BookletShape, ColumnShape, FooterShape, LinkShape, PhaseShape, PhotosShape,
    PoliceShape, PublishShape, SectionShape, SiteShape, UnitShape,
};
use crate::diagnostic::Lang;
use crate::yaml;

/// A part of the file: its shape's name, its heading, its keys in order.
struct Part {
    shape: &'static str,
    zh: &'static str,
    en: &'static str,
    fields: &'static [&'static str],
}

fn parts() -> [Part; 12] {
    macro_rules! part {
        ($shape:ident, $zh:literal, $en:literal) => {
            Part { shape: stringify!($shape), zh: $zh, en: $en, fields: yaml::fields::<$shape>() }
        };
    }
    [
        part!(ColumnShape, "整个文件", "The whole file"),
        part!(SectionShape, "栏目：一项", "An entry of `sections`"),
        part!(PhaseShape, "阶段：一项", "An entry of `phases`"),
        part!(UnitShape, "单位：一项", "An entry of `units`"),
        part!(LinkShape, "导航、页脚链接：一项", "An entry of `menu` and of the footer's `links`"),
        part!(SiteShape, "网站", "`site`"),
        part!(FooterShape, "页脚", "`footer`"),
        part!(PoliceShape, "页脚里的公安备案", "`police_record` of the footer"),
        part!(PhotosShape, "图片", "`photos`"),
        part!(BookletShape, "汇编：一本", "`booklet`"),
        part!(BookletPartShape, "汇编的一个部分", "An entry of `parts` of a booklet"),
        part!(PublishShape, "发布", "`publish`"),
    ]
}

/// The page in `lang`, as Markdown.
pub fn reference(lang: Lang) -> String {
    let schema = schema();
    let mut out = String::from(match lang {
        Lang::Zh => {
            "# column.yaml 全部项目\n\n中文名、英文名都可以写，一个文件里两种也可以混用；中文名有几个的，写哪个都行。只有标题和栏目必填。\n\
             这一页由 `zhuanlan schema column --table` 生成。\n"
        }
        Lang::En => {
            "# All keys of column.yaml\n\nKeys may be written in English or Chinese, in one file too. Only `title` and `sections` \
             must be there.\nThis page is made by `zhuanlan schema column --table --lang en`.\n"
        }
    });
    for part in parts() {
        let (heading, head) = match lang {
            Lang::Zh => (part.zh, "| 中文名 | 英文名 | 写什么 |\n| --- | --- | --- |"),
            Lang::En => (part.en, "| key | in Chinese | what it says |\n| --- | --- | --- |"),
        };
        let _ = write!(out, "\n## {heading}\n\n{head}\n");
        for key in part.fields {
            let chinese = yaml::chinese(key, part.fields);
            let chinese = chinese.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join("、");
            let _ = match lang {
                Lang::Zh => {
                    writeln!(out, "| {chinese} | `{key}` | {} |", described(&schema, part.shape, key))
                }
                Lang::En => writeln!(out, "| `{key}` | {chinese} | {} |", english(part.shape, key)),
            };
        }
    }
    out
}

/// The doc comment of a key.
fn described(schema: &Value, shape: &str, key: &str) -> String {
    let root = format!("/properties/{key}/description");
    let inner = format!("/definitions/{shape}/properties/{key}/description");
    let place = if shape == "ColumnShape" { root } else { inner };
    let text = schema.pointer(&place).and_then(Value::as_str).unwrap_or_default();
    text.trim_end_matches('。').replace('\n', " ").replace('|', "\\|")
}

/// What a key says, in English; empty where nothing stands here, which a test
/// does not let pass.
fn english(shape: &str, key: &str) -> &'static str {
    let own = ENGLISH.iter().find(|(of, known, _)| *of == shape && *known == key);
    let any = || ENGLISH.iter().find(|(of, known, _)| of.is_empty() && *known == key);
    own.or_else(any).map_or("", |(.., text)| text)
}

/// Shape (empty: any), key, and what it says.
const ENGLISH: &[(&str, &str, &str)] = &[
    ("ColumnShape", "title", "the column's name"),
    ("ColumnShape", "description", "a sentence or two on what the column is for"),
    ("ColumnShape", "keywords", "the column's keywords"),
    ("ColumnShape", "base_url", "the published address, such as `https://www.example.gov.cn/jyzd/`"),
    ("ColumnShape", "theme", "the theme's name: a folder of `themes/`; `gazette` is built in"),
    ("ColumnShape", "settings", "settings of the theme; its `theme.yaml` lists them"),
    ("ColumnShape", "language", "a language tag; `zh-CN` if not given"),
    ("ColumnShape", "timezone", "the zone of dates without one; `Asia/Shanghai` if not given"),
    (
        "ColumnShape",
        "now",
        "the day that the site is built as of, such as 2021-03-22, for a campaign that is over",
    ),
    ("ColumnShape", "per_page", "pieces on a list page; 20 if not given"),
    ("ColumnShape", "trust_html", "whether raw HTML in texts is published as it is; no if not given"),
    (
        "ColumnShape",
        "line_breaks",
        "`markdown`: an empty line parts paragraphs; `paragraphs`: each line is one, for texts pasted from Word",
    ),
    ("ColumnShape", "reading_speed", "characters read in a minute; 400 if not given"),
    ("ColumnShape", "search", "whether there is a search page; yes if not given"),
    ("ColumnShape", "sections", "the sections, each a folder of `content/`"),
    ("ColumnShape", "units", "the units; pieces may name only these"),
    ("ColumnShape", "phases", "the phases, in order"),
    ("ColumnShape", "topics", "the topics, as `slug: name`; without it pieces name what they like"),
    ("ColumnShape", "menu", "the navigation; the sections if not given"),
    ("ColumnShape", "site", "facts of the website for its meta tags"),
    ("ColumnShape", "footer", "the foot of every page"),
    ("ColumnShape", "photos", "how photos are published"),
    ("ColumnShape", "pinyin", "the spelling of words in addresses: `word: pinyin`"),
    ("ColumnShape", "allow", "numbers and words that the privacy checks pass over"),
    ("ColumnShape", "booklet", "books that pieces are gathered into, as EPUB and to be printed"),
    (
        "ColumnShape",
        "wechat",
        "what WeChat editions have unless a piece says otherwise: author, comments, original",
    ),
    ("ColumnShape", "publish", "how the site is put into its folder: `in-place`, or the keys below"),
    ("SectionShape", "folder", "the folder of `content/`, also its name in addresses"),
    ("SectionShape", "title", "the section's name"),
    (
        "SectionShape",
        "kind",
        "what its pieces are: `article`, `story` (told in pictures), `material` (documents), `page`",
    ),
    ("SectionShape", "sort", "`date-desc` (newest first), `date`, `title` or `order`"),
    ("SectionShape", "required", "keys of front matter that its pieces must have"),
    ("SectionShape", "column_type", "the official type of the section (国办发〔2017〕47号)"),
    ("SectionShape", "description", "what the section is for"),
    ("SectionShape", "keywords", "the section's keywords"),
    ("SectionShape", "max_age_days", "days without a new piece after which a warning is given"),
    ("PhaseShape", "name", "its name"),
    ("PhaseShape", "start", "its first day"),
    ("PhaseShape", "end", "its last day"),
    ("PhaseShape", "goals", "its goals"),
    ("PhaseShape", "study_days", "the days of a week for studying together, such as [周二, 周四]"),
    ("UnitShape", "name", "its full name"),
    ("UnitShape", "short", "its short name"),
    ("", "slug", "its name in addresses"),
    ("LinkShape", "title", "the words shown"),
    ("LinkShape", "link", "a section's folder, a page of the site such as `photos.html`, or an address"),
    ("SiteShape", "name", "the website's official name"),
    ("SiteShape", "domain", "its domain, such as www.example.gov.cn"),
    ("SiteShape", "id_code", "its identification code of ten characters"),
    ("FooterShape", "sponsor", "who is responsible for the website"),
    ("FooterShape", "undertaker", "who runs it"),
    ("FooterShape", "contact", "how to reach them"),
    ("FooterShape", "icp", "the ICP filing number"),
    ("FooterShape", "police_record", "the public security filing"),
    ("FooterShape", "party_mark_html", "the code of the official mark, put into the footer as it is"),
    ("FooterShape", "report_error_html", "the code of “report an error”, put into the footer as it is"),
    ("FooterShape", "links", "further links"),
    ("FooterShape", "note", "the last line"),
    ("PoliceShape", "number", "the filing's number"),
    ("PoliceShape", "link", "where it can be looked up; made from the number if not given"),
    (
        "PhotosShape",
        "widths",
        "the widths in pixels that each photo is made in; [480, 960, 1440] if not given",
    ),
    ("PhotosShape", "quality", "30 to 95, 76 if not given; more is larger"),
    ("BookletShape", "title", "the book's title"),
    ("BookletShape", "slug", "its name in addresses, and its file's"),
    ("BookletShape", "subtitle", "its subtitle"),
    ("BookletShape", "issuer", "who issued it; the footer's sponsor if not given"),
    ("BookletShape", "date", "the day on its title page"),
    ("BookletShape", "foreword", "a foreword; an empty line parts paragraphs"),
    ("BookletShape", "note", "words on the back of the title page"),
    ("BookletShape", "plan", "whether the plan of study is in it; yes if not given"),
    ("BookletShape", "parts", "its parts, if it has several"),
    ("BookletPartShape", "title", "the part's name"),
    ("", "pieces", "the pieces, in order, by their paths below `content/`"),
    ("", "section", "all pieces of this section"),
    ("", "phase", "the pieces of this phase"),
    ("", "topic", "the pieces of this topic"),
    ("", "unit", "the pieces of this unit"),
    ("", "series", "the pieces of this series"),
    ("PublishShape", "in_place", "within the folder that programs hold open; no if not given"),
    ("PublishShape", "mode", "the rights of files, such as 0640; as they were if not given"),
    ("PublishShape", "group", "the group of files and folders, such as www-data"),
    ("PublishShape", "keep", "how many former releases are kept; 5 if not given"),
    ("PublishShape", "keep_mb", "the most megabytes that they may take"),
    (
        "PublishShape",
        "precompress",
        "whether texts are written packed too (.gz, .br), for servers that send such files; default no",
    ),
    ("PublishShape", "also", "files of `content/static/` that are published besides: names or extensions"),
    (
        "PublishShape",
        "targets",
        "places for `zhuanlan publish`, by names of their own; never with keys or passwords",
    ),
];
