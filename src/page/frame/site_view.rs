//! What all pages share: the column as every template sees it.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::site::{Site, Taxonomy};
use crate::view::{FooterView, Json, LinkItem, PhaseMark, SectionLink, SiteView};

use crate::page::frame::facts::{base_url, is_static};
use crate::page::frame::labels;
use crate::page::index::Index;
use crate::page::listings::Listings;
use crate::page::summary::{Flag, Summary};
use crate::page::{ThemeFacts, ViewOptions};

/// The view, and its menu once more, for heads.
pub(crate) fn site_view(
    index: &Index<'_>,
    theme: &ThemeFacts,
    options: &ViewOptions,
    has: BTreeMap<String, bool>,
) -> (SiteView, Vec<LinkItem>) {
    let config = &index.site.config;
    let base_url = base_url(config, options);
    let exists = |path: &str| {
        path == labels::HOME_PATH
            || path.strip_suffix(".html").is_some_and(|name| has.get(name) == Some(&true))
    };
    let menu = menu(index, config, exists);
    let view = SiteView {
        title: config.title.clone(),
        title_words: crate::text::words(&config.title),
        title_length: crate::text::ems(&config.title),
        description: config.description.clone(),
        language: config.language.clone(),
        menu: menu.clone(),
        sections: sections(index),
        phases: phases(index),
        footer: footer(index, config, exists),
        settings: Json(theme.settings.clone()),
        assets: theme.assets.clone(),
        feeds: base_url.is_some() && !index.site.newest.is_empty(),
        base_url,
        has,
        icons: ICONS.into_iter().filter(|name| is_static(index.site, name)).map(str::to_owned).collect(),
    };
    (view, menu)
}

/// Where browsers look for a tab's icon. Of several that they understand they
/// take the last, so the sharpest stands last.
const ICONS: [&str; 3] = ["favicon.ico", "favicon.png", "favicon.svg"];

/// As the config has it; else the sections, then the pages that exist.
fn menu(index: &Index<'_>, config: &Config, exists: impl Fn(&str) -> bool + Copy) -> Vec<LinkItem> {
    if let Some(items) = &config.menu {
        return items
            .iter()
            .filter_map(|item| index.link_item(&item.title, &item.link.value, exists))
            .collect();
    }
    let sections = index.sections.iter().filter(|section| !section.link.path.is_empty());
    let mut menu: Vec<LinkItem> = sections
        .map(|section| LinkItem {
            title: section.link.title.clone(),
            path: section.link.path.clone(),
            external: false,
        })
        .collect();
    for path in [labels::PHASES_PATH, labels::PHOTOS_PATH, labels::LEDGER_PATH, labels::MATERIALS_PATH] {
        if exists(path) {
            let title = index.local().text(labels::word_of(path));
            menu.push(LinkItem { title, path: path.into(), external: false });
        }
    }
    menu
}

fn sections(index: &Index<'_>) -> Vec<SectionLink> {
    let existing = index.sections.iter().filter(|section| !section.link.path.is_empty());
    existing
        .map(|section| SectionLink {
            folder: section.folder.clone(),
            title: section.link.title.clone(),
            path: section.link.path.clone(),
            kind: labels::kind(section.kind).to_owned(),
        })
        .collect()
}

fn phases(index: &Index<'_>) -> Vec<PhaseMark> {
    let day = |day: jiff::civil::Date| format!("{}.{:02}", day.month(), day.day());
    let phases = index.phases.iter().enumerate();
    phases
        .map(|(at, phase)| PhaseMark {
            title: phase.link.title.clone(),
            path: phase.link.path.clone(),
            start: day(phase.start),
            end: day(phase.end),
            year: phase.start.year(),
            days: phase.days(),
            index: at,
        })
        .collect()
}

fn footer(index: &Index<'_>, config: &Config, exists: impl Fn(&str) -> bool + Copy) -> FooterView {
    let given = &config.footer;
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let record = given.police_record.as_ref();
    let links = given.links.iter();
    FooterView {
        sponsor: text(&given.sponsor),
        undertaker: text(&given.undertaker),
        contact: text(&given.contact),
        id_code: text(&config.site.id_code),
        icp: text(&given.icp),
        police_number: record.map(|record| record.number.clone()).unwrap_or_default(),
        police_link: record.map(police_link).unwrap_or_default(),
        party_mark_html: text(&given.party_mark_html),
        report_error_html: text(&given.report_error_html),
        links: links.filter_map(|link| index.link_item(&link.title, &link.link.value, exists)).collect(),
        note: text(&given.note),
    }
}

/// Where a police record is shown: as given, else the ministry's query by the
/// record's digits.
fn police_link(record: &crate::config::PoliceRecord) -> String {
    let query = || {
        let digits: String = record.number.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return String::new();
        }
        format!("https://beian.mps.gov.cn/#/query/webSearch?code={digits}")
    };
    record.link.clone().unwrap_or_else(query)
}

/// Which of the pages without a section exist: see
/// [`crate::view::SiteView::has`].
pub(crate) fn existing(site: &Site, listings: &Listings<'_>, photos: bool) -> BTreeMap<String, bool> {
    let any = |wanted: fn(&Summary) -> bool| listings.newest(wanted).next().is_some();
    let filled = |taxonomy| site.taxonomies.get(&taxonomy).is_some_and(|terms| !terms.is_empty());
    let mut pages = BTreeMap::from([
        (labels::ARCHIVE_PATH, any(|summary| summary.date.is_some())),
        (labels::PHASES_PATH, !site.config.phases.is_empty()),
        (labels::SERIES_PATH, !site.series.is_empty()),
        (labels::MATERIALS_PATH, any(|summary| summary.has(Flag::Files))),
        (labels::PHOTOS_PATH, photos),
        (labels::LEDGER_PATH, any(|summary| summary.has(Flag::Ledger))),
        (labels::SEARCH_PATH, site.has_search()),
        ("topics/index.html", filled(Taxonomy::Topics)),
        ("units/index.html", filled(Taxonomy::Units)),
        ("people/index.html", filled(Taxonomy::People)),
    ]);
    pages.extend(site.booklets.iter().map(|booklet| (booklet.route.as_str(), true)));
    for article in &site.articles {
        let path = article.route.as_str();
        if article.section.is_none() && !path.contains('/') {
            pages.insert(path, true);
        }
    }
    pages
        .into_iter()
        .map(|(path, exists)| (path.strip_suffix(".html").unwrap_or(path).to_owned(), exists))
        .collect()
}
