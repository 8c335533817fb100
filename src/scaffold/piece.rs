//! A new piece: its place, its name, its front matter.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Error, Result, write};
use crate::config::{Config, FRONT_KEYS, Kind, Section, Sort};
use crate::diagnostic::nearest;
use crate::disk;
use crate::text::slug;
use crate::yaml;

/// What a new piece is to be.
#[derive(Debug, Clone, Copy)]
pub struct NewPiece<'p> {
    /// The section's folder or title.
    pub section: &'p str,
    /// The piece's title.
    pub title: &'p str,
    /// Its day.
    pub date: Date,
}

/// Writes the file of a new piece into the project at `root`, and returns its
/// path from there. Articles and pages are one file; stories and materials get
/// a folder, for the photos and files that go beside the text.
///
/// # Errors
/// Where there is no such section, the file exists, or the system refuses.
pub fn new_piece(root: &Path, config: &Config, piece: NewPiece<'_>) -> Result<PathBuf> {
    let section = find(config, piece.section)?;
    let title = piece.title.trim();
    if title.is_empty() {
        return Err(Error::EmptyTitle);
    }
    let name = format!("content/{}/{}-{}", section.folder, piece.date, file_name(title));
    let (file, bundle) = (format!("{name}.md"), format!("{name}/index.md"));
    if let Some(taken) = [&file, &bundle].into_iter().find(|path| disk::exists(&root.join(path))) {
        return Err(Error::Exists { path: taken.into() });
    }
    let path = match section.kind {
        Kind::Article | Kind::Page => file,
        Kind::Story | Kind::Material => bundle,
    };
    write(root, &path, front_matter(config, section, title, piece.date).as_bytes())
}

/// The longest part of a title in a file's name, in characters.
const LONGEST: usize = 40;

/// A title as a file's name, which people find again: its letters, Chinese ones
/// among them, and its digits. The address is made from it.
fn file_name(title: &str) -> String {
    let mut name = String::new();
    for c in title.chars().take(LONGEST) {
        match c {
            c if c.is_alphanumeric() => name.push(c),
            _ if name.ends_with('-') || name.is_empty() => {}
            c if c.is_whitespace() || c.is_ascii() || "—–·".contains(c) => name.push('-'),
            _ => {}
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { slug::short_hash(title) } else { name.to_owned() }
}

/// The section of this folder or title.
fn find<'c>(config: &'c Config, name: &str) -> Result<&'c Section> {
    let is_it = |section: &&Section| section.folder == name || section.title == name;
    config.sections.iter().find(is_it).ok_or_else(|| {
        let names =
            config.sections.iter().flat_map(|section| [section.folder.as_str(), section.title.as_str()]);
        Error::UnknownSection {
            name: name.to_owned(),
            near: nearest(name, names).map(str::to_owned),
            known: config.sections.iter().map(|s| format!("`{}`（{}）", s.folder, s.title)).collect(),
        }
    })
}

/// The front matter that a piece of this section starts with: the keys that it
/// must have, those that are usual for its kind, and what may be chosen from;
/// in the column's language.
fn front_matter(config: &Config, section: &Section, title: &str, date: Date) -> String {
    let words = Words { zh: config.language.starts_with("zh") };
    let mut rows = vec![
        Row::new("title", scalar(title), ""),
        Row::new("date", date.to_string(), ""),
        Row::new(
            "draft",
            words.text("是", "true"),
            words.text(
                "写好后删去这一行，稿件才会发布",
                "delete this line when it is written, and it is published",
            ),
        ),
        Row::new(
            "summary",
            "",
            words.text(
                "一两句话，用在列表和分享里；不写则取正文开头",
                "a sentence or two for lists; else the text's beginning",
            ),
        ),
    ];
    rows.extend(usual(config, section, date, words));
    for key in &section.required {
        match rows.iter_mut().find(|row| row.key == key) {
            Some(row) => row.required = true,
            None if LISTS.contains(&key.as_str()) => {}
            None => rows.push(Row { required: true, ..Row::new(key, "", "") }),
        }
    }
    let rows: String = rows.iter().map(|row| row.line(words)).collect();
    format!("---\n{rows}{}---\n\n", lists_of(section, words))
}

/// The language that a new piece is begun in.
#[derive(Clone, Copy)]
struct Words {
    zh: bool,
}

impl Words {
    fn text<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        if self.zh { zh } else { en }
    }

    /// A key of front matter.
    fn key(self, key: &str) -> &str {
        let chinese = self.zh.then(|| yaml::chinese(key, &FRONT_KEYS).first().copied()).flatten();
        chinese.unwrap_or(key)
    }
}

/// The keys that are usual in this section.
fn usual<'r>(config: &Config, section: &Section, date: Date, words: Words) -> Vec<Row<'r>> {
    let mut rows = Vec::new();
    if section.kind == Kind::Material {
        rows.push(Row::new("issuer", "", words.text("发文单位", "who issued it")));
        rows.push(Row::offer("number", "", words.text("文号，例如 漯公通〔2021〕1号", "its number")));
    }
    if section.sort == Sort::Order {
        rows.push(Row::new("order", "1", words.text("次序，小的在前", "its place: small numbers first")));
    }
    rows.push(Row::new("topics", "[]", words.text("主题，例如 [动员部署]", "for example [launch]")));
    if let Some(phase) = config.phases.iter().find(|phase| (phase.start..=phase.end).contains(&date)) {
        rows.push(Row::new("phase", scalar(&phase.name), ""));
    }
    if !config.units.is_empty() {
        let names: Vec<&str> = config.units.iter().take(4).map(|unit| unit.name.as_str()).collect();
        let remark = if words.zh {
            format!("可选：{} 等", names.join("、"))
        } else {
            format!("of {} …", names.join(", "))
        };
        rows.push(Row::offer("units", "[]", remark));
    }
    rows.push(Row::offer("source", "", ""));
    rows
}

/// One line of front matter.
struct Row<'r> {
    key: &'r str,
    value: String,
    remark: String,
    /// Whether it is commented out until somebody wants it.
    offered: bool,
    required: bool,
}

impl<'r> Row<'r> {
    fn new(key: &'r str, value: impl Into<String>, remark: impl Into<String>) -> Self {
        Self { key, value: value.into(), remark: remark.into(), offered: false, required: false }
    }

    fn offer(key: &'r str, value: impl Into<String>, remark: impl Into<String>) -> Self {
        Self { offered: true, ..Self::new(key, value, remark) }
    }

    fn line(&self, words: Words) -> String {
        let mark = if self.offered && !self.required { "# " } else { "" };
        let space = if self.value.is_empty() { "" } else { " " };
        let must = match (self.required && self.value.is_empty(), self.remark.is_empty()) {
            (true, false) => words.text("必填；", "required; "),
            (true, true) => words.text("必填", "required"),
            (false, _) => "",
        };
        let remark = format!("{must}{}", self.remark);
        let remark = if remark.is_empty() { remark } else { format!("    # {remark}") };
        format!("{mark}{}:{space}{}{remark}\n", words.key(self.key), self.value)
    }
}

/// Keys whose values take several lines: [`lists_of`] shows how.
const LISTS: [&str; 3] = ["byline", "files", "cover"];

/// Keys that have lines below them, ready to be filled in.
fn lists_of(section: &Section, words: Words) -> &'static str {
    match (section.kind, words.zh) {
        (Kind::Material, true) => {
            "# 附件：把文件放进这个文件夹，去掉下一行的 # 并写上文件名\n# 文件: 文件名.pdf\n"
        }
        (Kind::Material, false) => {
            "# Files: put them into this folder, take the # away and write their names\n# files: name.pdf\n"
        }
        (Kind::Story, true) => {
            "# 封面：把图片放进这个文件夹，去掉下一行的 # 并写上文件名\n# 封面: 图片.jpg\n"
        }
        (Kind::Story, false) => {
            "# Cover: put the picture into this folder and take the # away\n# cover: picture.jpg\n"
        }
        (Kind::Article | Kind::Page, true) => {
            "# 署名：去掉下一行的 #，先写身份再写姓名\n# 署名: 通讯员 姓名\n"
        }
        (Kind::Article | Kind::Page, false) => "# Byline: take the # away\n# byline: Name\n",
    }
}

/// `text` as a YAML value: plain where that is safe, else in double quotes.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "，。！？、《》“”（）—…".contains(c);
    let starts_well = text.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_ascii());
    if starts_well && text.chars().all(plain) {
        return text.to_owned();
    }
    // A JSON string is a YAML string in double quotes.
    serde_json::Value::from(text).to_string()
}
