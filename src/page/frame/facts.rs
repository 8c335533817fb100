//! What many pages say of the site, of a section, of a term: each with a key.

use jiff::civil::Date;
use serde::Serialize;

use crate::config::{Config, Kind, Phase, Section};
use crate::memo::Fact;
use crate::site::Site;
use crate::view::{LinkItem, TermLink};

use crate::page::ViewOptions;
use crate::page::frame::labels;

/// What every page says of the site in its head.
#[derive(Debug, Serialize)]
pub(crate) struct SiteFacts {
    /// The column's name.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Search keywords of the column.
    pub keywords: Vec<String>,
    /// `SiteName`.
    pub name: String,
    /// `SiteDomain`.
    pub domain: Option<String>,
    /// `SiteIDCode`.
    pub id_code: Option<String>,
    /// Who publishes it: 主办, else the site's name.
    pub publisher: String,
    /// With a final `/`.
    pub base_url: Option<String>,
    /// A BCP 47 tag.
    pub language: String,
    /// The units' names: organisations, where they stand in a byline.
    pub units: Vec<String>,
    /// Whether this is a preview, which nobody should find.
    pub preview: bool,
    /// Whether there are feeds.
    pub feeds: bool,
    /// The navigation.
    pub menu: Vec<LinkItem>,
    /// The picture of pages that have none of their own, from the root.
    pub picture: Option<&'static str>,
}

/// What pages say of a section.
#[derive(Debug, Serialize)]
pub(crate) struct SectionFacts {
    /// Its name and its page; the path is empty where it has none.
    pub link: TermLink,
    /// `news`.
    pub folder: String,
    /// What its pieces are.
    pub kind: Kind,
    /// `ColumnDescription`.
    pub description: String,
    /// `ColumnKeywords`.
    pub keywords: Vec<String>,
    /// `ColumnType`.
    pub column_type: Option<String>,
    /// Whether it has feeds of its own.
    pub feeds: bool,
}

/// What pages say of a phase.
#[derive(Debug, Serialize)]
pub(crate) struct PhaseFacts {
    /// Its name and its page; while it has no piece, the page of all phases.
    pub link: TermLink,
    /// From 0.
    pub index: i32,
    /// How many phases there are.
    pub count: i32,
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// What it is to reach.
    pub goals: Vec<String>,
    /// On which days of the week people study together: 1 is Monday.
    pub study_days: Vec<i8>,
}

/// A series and its pieces.
#[derive(Debug, Serialize)]
pub(crate) struct SeriesFacts {
    /// Its name and its page.
    pub link: TermLink,
    /// All pieces, in order.
    pub items: Vec<TermLink>,
}

/// `base_url` as it is to be used: of the options, else of the config; with a
/// final `/`.
pub(crate) fn base_url(config: &Config, options: &ViewOptions) -> Option<String> {
    let given = options.base_url.as_ref().or(config.base_url.as_ref())?;
    let trimmed = given.trim_end_matches('/');
    (!trimmed.is_empty()).then(|| format!("{trimmed}/"))
}

impl SiteFacts {
    /// What `site` says.
    pub(crate) fn new(site: &Site, options: &ViewOptions, feeds: bool, menu: Vec<LinkItem>) -> Self {
        let config = &site.config;
        let name = config.site.name.clone().unwrap_or_else(|| config.title.clone());
        Self {
            title: config.title.clone(),
            description: config.description.clone(),
            keywords: config.keywords.clone(),
            domain: config.site.domain.clone(),
            id_code: config.site.id_code.clone(),
            publisher: config.footer.sponsor.clone().unwrap_or_else(|| name.clone()),
            name,
            base_url: base_url(config, options),
            language: config.language.clone(),
            units: config
                .units
                .iter()
                .flat_map(|unit| [Some(&unit.name), unit.short.as_ref()])
                .flatten()
                .cloned()
                .collect(),
            preview: options.preview,
            feeds,
            menu,
            picture: share_picture(site),
        }
    }

    /// The full address of `path`; `None` without a `base_url`. Home is named
    /// by its folder, as readers type it.
    pub(crate) fn url(&self, path: &str) -> Option<String> {
        let path = if path == labels::HOME_PATH { "" } else { path };
        self.base_url.as_ref().map(|base| format!("{base}{path}"))
    }
}

impl SectionFacts {
    /// What `section` says; `exists` where it has a page, `feeds` where it has
    /// feeds.
    pub(crate) fn new(section: &Section, exists: bool, feeds: bool) -> Self {
        let path = if exists { format!("{}/index.html", section.folder) } else { String::new() };
        Self {
            link: TermLink { title: section.title.clone(), path },
            folder: section.folder.clone(),
            kind: section.kind,
            description: section.description.clone(),
            keywords: section.keywords.clone(),
            column_type: section.column_type.clone(),
            feeds,
        }
    }
}

impl PhaseFacts {
    /// All phases; `path` says which page a phase has.
    pub(crate) fn all(phases: &[Phase], path: impl Fn(&Phase) -> Option<String>) -> Vec<Fact<Self>> {
        let count = small(phases.len());
        let fact = |(index, phase): (usize, &Phase)| {
            let path = path(phase).unwrap_or_else(|| labels::PHASES_PATH.to_owned());
            Fact::new(Self {
                link: TermLink { title: phase.name.clone(), path },
                index: small(index),
                count,
                start: phase.start,
                end: phase.end,
                goals: phase.goals.clone(),
                study_days: phase.study_days.iter().map(|day| day.to_monday_one_offset()).collect(),
            })
        };
        phases.iter().enumerate().map(fact).collect()
    }

    /// Days, first and last included.
    pub(crate) fn days(&self) -> i32 {
        days_between(self.start, self.end) + 1
    }

    /// The day of the phase that `day` is, from 1; 0 where it lies outside.
    pub(crate) fn day(&self, day: Date) -> i32 {
        if day < self.start || day > self.end { 0 } else { days_between(self.start, day) + 1 }
    }

    /// Whether people study together on `day`.
    pub(crate) fn studies_on(&self, day: Date) -> bool {
        self.day(day) > 0 && self.study_days.contains(&day.weekday().to_monday_one_offset())
    }

    /// Where `day` lies on the line of all phases, in thousandths: they share
    /// its width equally, and inside a phase its days are true. A day is past
    /// when it ends; what lies outside is moved to the phase's near end.
    pub(crate) fn mark(&self, day: Date) -> i32 {
        let days = self.days().max(1);
        let past = (days_between(self.start, day) + 1).clamp(0, days);
        let all = i64::from(self.count.max(1)) * i64::from(days);
        let done = i64::from(self.index) * i64::from(days) + i64::from(past);
        i32::try_from((done * 1000 + all / 2) / all).unwrap_or(1000)
    }
}

/// Days from `from` to `to`; negative where `to` is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    i32::try_from(from.duration_until(to).as_hours() / 24).unwrap_or(0)
}

/// A count for a view.
pub(crate) fn small(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// What stands for a page without a picture of its own where it is shared.
const SHARED: [&str; 2] = ["share.png", "share.jpg"];

/// The column's own picture for sharing, from the root.
fn share_picture(site: &Site) -> Option<&'static str> {
    SHARED.into_iter().find(|name| is_static(site, name))
}

/// Whether `content/static/` puts a file of this name into the root.
pub(crate) fn is_static(site: &Site, name: &str) -> bool {
    site.statics.iter().any(|(_, output)| output.as_str() == name)
}
