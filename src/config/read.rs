//! From the shape of `column.yaml` to the checked config.
//!
//! Every function takes its part of the shape apart by name, so that a new key
//! can't be forgotten here.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::shape::{ColumnShape, FooterShape, LinkShape, PhotosShape, PoliceShape, SectionShape, SiteShape};
use super::sink::{Sink, ranged};
use super::{
    Config, Footer, FooterLink, Kind, MenuItem, Photos, PoliceRecord, Section, SiteIdentity, Sort, booklet,
    check, publishing, terms,
};
use crate::diagnostic::{Checked, ConfigFault, Diagnostic, nearest};
use crate::path::SourcePath;
use crate::source::{self, SourceTree};
use crate::text::{At, Span};
use crate::yaml::{self, Entries, Fragment, OneOrMany};

/// A value as it is written: in English, in Chinese, and what it means.
pub(super) type Choice<T> = (&'static str, &'static str, T);

/// The kinds as `kind:` writes them.
pub(super) const KINDS: [Choice<Kind>; 4] = [
    ("article", "文章", Kind::Article),
    ("story", "图片故事", Kind::Story),
    ("material", "学习资料", Kind::Material),
    ("page", "页面", Kind::Page),
];

/// The kinds by their English names.
pub fn kinds() -> impl Iterator<Item = (&'static str, Kind)> {
    KINDS.into_iter().map(|(name, _, kind)| (name, kind))
}

/// What a line end is, as `line_breaks:` writes it; whether a line is a paragraph.
pub(super) const LINE_BREAKS: [Choice<bool>; 2] =
    [("markdown", "空行分段", false), ("paragraphs", "每行一段", true)];

/// The orders as `sort:` writes them.
pub(super) const SORTS: [Choice<Sort>; 4] = [
    ("date-desc", "新的在前", Sort::DateDesc),
    ("date", "旧的在前", Sort::Date),
    ("title", "按标题", Sort::Title),
    ("order", "按顺序", Sort::Order),
];

/// Reads `column.yaml`. `base_url` stands in for the file's own.
pub fn read(tree: &SourceTree, base_url: Option<&str>) -> Checked<Config> {
    let path = SourcePath::config();
    let Some(bytes) = tree.bytes(&path) else {
        let missing = Diagnostic::of_file(&path, ConfigFault::Missing);
        let value = checked(ColumnShape::default(), base_url, &mut Sink { path: &path, found: Vec::new() });
        return Checked { value, diagnostics: vec![missing] };
    };
    let mut sink = Sink { path: &path, found: Vec::new() };
    let text = source::decode(&path, bytes).keep(&mut sink.found);
    let fragment = Fragment { path: &path, text: &text, offset: 0 };
    let shape: ColumnShape = yaml::decode(fragment).keep(&mut sink.found);
    let config = checked(shape, base_url, &mut sink);
    Checked { value: config, diagnostics: sink.found }
}

fn checked(shape: ColumnShape, base_url: Option<&str>, sink: &mut Sink<'_>) -> Config {
    let ColumnShape {
        title,
        description,
        keywords,
        base_url: written_url,
        theme,
        settings,
        language,
        timezone,
        now,
        per_page,
        trust_html,
        line_breaks,
        reading_speed,
        search,
        sections,
        units,
        phases,
        topics,
        menu,
        site,
        footer,
        photos,
        pinyin,
        allow,
        booklet,
        wechat,
        publish,
    } = shape;
    let pinyin: Vec<(String, String)> =
        pinyin.unwrap_or_default().0.into_iter().map(|(phrase, spelling)| (phrase.value, spelling)).collect();
    let units = terms::units(units.unwrap_or_default(), &pinyin, sink);
    let phases = terms::phases(phases.unwrap_or_default(), &pinyin, sink);
    let topics = terms::topics(topics, sink);
    let footer = footer_of(footer.unwrap_or_default(), sink);
    let booklets = booklet::booklets(booklet.unwrap_or_default().0, &footer, &pinyin, sink);
    let (settings, settings_span) = settings_of(settings.unwrap_or_default());
    let language = language.filter(|l| check::language(l, sink));
    let language = language.unwrap_or_else(|| At::new("zh-CN".into(), Span::default()));
    Config {
        title: title_of(title, sink),
        description: description.unwrap_or_default(),
        keywords: many(keywords),
        base_url: check::base_url(written_url, base_url, sink),
        theme: theme.unwrap_or_else(|| At::new("gazette".into(), Span::default())),
        language: language.value,
        language_span: language.span,
        timezone: zone(timezone, sink),
        // As `--now` reads a bare date.
        now: now.map(|day| day.value.0.to_datetime(Time::constant(23, 59, 59, 0))),
        per_page: usize::try_from(ranged(per_page, 20, 1, 500, sink)).unwrap_or(20),
        trust_html: trust_html.unwrap_or(false),
        line_paragraphs: choice("line_breaks", line_breaks, &LINE_BREAKS, sink),
        reading_speed: u32::try_from(ranged(reading_speed, 400, 50, 5000, sink)).unwrap_or(400),
        search: search.unwrap_or(true),
        sections: sections_of(sections, sink),
        units,
        phases,
        topics,
        menu: menu.map(|items| links(items, sink).map(|(title, link)| MenuItem { title, link }).collect()),
        site: identity(site.unwrap_or_default(), sink),
        footer,
        booklets,
        photos: photos_of(photos.unwrap_or_default(), sink),
        pinyin,
        allow: many(allow),
        settings,
        settings_span,
        wechat: check::wechat(wechat, sink),
        publishing: publishing::publishing(publish, sink),
    }
}

fn many(list: Option<OneOrMany<String>>) -> Vec<String> {
    list.map(|list| list.0).unwrap_or_default()
}

fn title_of(title: Option<At<String>>, sink: &mut Sink<'_>) -> String {
    match title {
        Some(title) if !title.value.trim().is_empty() => title.value,
        other => {
            let fault = ConfigFault::Required { key: "title" };
            match other {
                Some(title) => sink.at(title.span, fault),
                None => sink.found.push(Diagnostic::of_file(sink.path, fault)),
            }
            "专栏".into()
        }
    }
}

fn settings_of(
    entries: Entries<Value>,
) -> (serde_json::Map<String, Value>, std::collections::BTreeMap<String, Span>) {
    let mut values = serde_json::Map::new();
    let mut spans = std::collections::BTreeMap::new();
    for (name, value) in entries.0 {
        spans.insert(name.value.clone(), name.span);
        values.insert(name.value, value);
    }
    (values, spans)
}

fn photos_of(shape: PhotosShape, sink: &mut Sink<'_>) -> Photos {
    let PhotosShape { widths, quality } = shape;
    let written = widths.map(|list| list.0).unwrap_or_default();
    let width = |width: At<u64>, sink: &mut Sink<'_>| {
        // 0 stands for one that was out of range, and is left out.
        u32::try_from(ranged(Some(width), 0, 160, 3840, sink)).ok().filter(|width| *width > 0)
    };
    let mut widths: Vec<u32> = written.into_iter().filter_map(|one| width(one, sink)).collect();
    widths.sort_unstable();
    widths.dedup();
    if widths.is_empty() {
        widths = vec![480, 960, 1440];
    }
    Photos { widths, quality: u8::try_from(ranged(quality, 76, 30, 95, sink)).unwrap_or(76) }
}

fn zone(name: Option<At<String>>, sink: &mut Sink<'_>) -> TimeZone {
    let shanghai = || TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC);
    let Some(name) = name else { return shanghai() };
    TimeZone::get(&name.value).unwrap_or_else(|_| {
        let known: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
        let near = nearest(&name.value, known.iter().map(String::as_str)).map(str::to_owned);
        sink.at(name.span, ConfigFault::UnknownZone { name: name.value, near });
        shanghai()
    })
}

fn sections_of(sections: Option<At<Vec<At<SectionShape>>>>, sink: &mut Sink<'_>) -> Vec<Section> {
    let Some(sections) = sections else {
        sink.found.push(Diagnostic::of_file(sink.path, ConfigFault::Required { key: "sections" }));
        return Vec::new();
    };
    if sections.value.is_empty() {
        sink.at(sections.span, ConfigFault::NoSection);
    }
    let mut all: Vec<Section> = Vec::new();
    for shape in sections.value {
        if let Some(section) = section(shape, sink) {
            match all.iter().find(|known| known.folder == section.folder) {
                Some(first) => {
                    let fault = ConfigFault::Twice { key: "folder", value: section.folder };
                    sink.also(section.span, fault, first.span);
                }
                None => all.push(section),
            }
        }
    }
    all
}

fn section(shape: At<SectionShape>, sink: &mut Sink<'_>) -> Option<Section> {
    let whole = shape.span;
    let SectionShape {
        folder,
        title,
        kind,
        sort,
        required,
        column_type,
        description,
        keywords,
        max_age_days,
    } = shape.value;
    let Some(folder) = folder else {
        sink.required(whole, whole, "folder");
        return None;
    };
    let title = title.map_or_else(
        || {
            sink.required(whole, whole, "title");
            folder.value.clone()
        },
        |title| title.value,
    );
    if !check::folder(&folder, sink) {
        return None;
    }
    let required = required.map(|list| list.0).unwrap_or_default();
    Some(Section {
        kind: choice("kind", kind, &KINDS, sink),
        sort: choice("sort", sort, &SORTS, sink),
        required: required.into_iter().filter_map(|key| check::required_key(key, sink)).collect(),
        folder: folder.value,
        span: folder.span,
        title,
        column_type,
        description: description.unwrap_or_default(),
        keywords: many(keywords),
        max_age_days,
    })
}

/// What `written` names in `choices`; the default where it names nothing.
fn choice<T: Copy + Default>(
    key: &'static str,
    written: Option<At<String>>,
    choices: &[Choice<T>],
    sink: &mut Sink<'_>,
) -> T {
    let Some(written) = written else { return T::default() };
    let is_it = |(english, chinese, _): &&Choice<T>| [*english, *chinese].contains(&written.value.trim());
    if let Some((.., value)) = choices.iter().find(is_it) {
        return *value;
    }
    let names = choices.iter().flat_map(|(english, chinese, _)| [*english, *chinese]);
    let near = nearest(&written.value, names).map(str::to_owned);
    let known =
        choices.iter().map(|(english, chinese, _)| format!("{chinese}（{english}）")).collect::<Vec<_>>();
    let known = known.join("、");
    sink.at(written.span, ConfigFault::UnknownChoice { key, value: written.value, near, known });
    T::default()
}

/// Links with both a title and a target.
fn links(items: Vec<At<LinkShape>>, sink: &mut Sink<'_>) -> impl Iterator<Item = (String, At<String>)> {
    let mut all = Vec::new();
    for item in items {
        let LinkShape { title, link } = item.value;
        match (title, link) {
            (Some(title), Some(link)) => all.push((title.value, link)),
            (None, _) => sink.required(item.span, item.span, "title"),
            (_, None) => sink.required(item.span, item.span, "link"),
        }
    }
    all.into_iter()
}

fn identity(shape: SiteShape, sink: &mut Sink<'_>) -> SiteIdentity {
    let SiteShape { name, domain, id_code } = shape;
    if let Some(domain) = &domain {
        check::domain(domain, sink);
    }
    if let Some(code) = &id_code {
        check::id_code(code, sink);
    }
    SiteIdentity { name, domain: domain.map(|at| at.value), id_code: id_code.map(|at| at.value) }
}

fn footer_of(shape: FooterShape, sink: &mut Sink<'_>) -> Footer {
    let FooterShape {
        sponsor,
        undertaker,
        contact,
        icp,
        police_record,
        party_mark_html,
        report_error_html,
        links: items,
        note,
    } = shape;
    Footer {
        sponsor,
        undertaker,
        contact,
        icp,
        police_record: police_record.and_then(|PoliceShape { number, link }| {
            number.map(|number| PoliceRecord { number: number.value, link })
        }),
        party_mark_html,
        report_error_html,
        links: links(items.unwrap_or_default(), sink)
            .map(|(title, link)| FooterLink { title, link })
            .collect(),
        note,
    }
}
