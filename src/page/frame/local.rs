//! Where readers are: the column's zone, and the theme's words in its language.

use std::fmt::Display;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::memo::Key;
use crate::wording::Wording;

/// What dates and labels of pages go by.
#[derive(Debug)]
pub(crate) struct Local {
    /// The column's zone.
    pub zone: TimeZone,
    /// The theme's words.
    pub wording: Arc<Wording>,
}

impl Local {
    /// Its key: the zone's name, else its offset, which is the same always
    /// where a zone has no name; and the words'.
    pub(crate) fn key(&self, now: jiff::civil::DateTime) -> Key {
        let offset = || self.zone.to_timestamp(now).map(|at| self.zone.to_offset(at).to_string());
        let name = self.zone.iana_name().map_or_else(|| offset().unwrap_or_default(), str::to_owned);
        Key::hash_parts([name.as_bytes(), &self.wording.key().as_bytes()[..]])
    }

    /// The word `key`.
    pub(crate) fn text(&self, key: &str) -> String {
        self.wording.text(key).into_owned()
    }

    /// The phrase `key` with its blanks filled.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        self.wording.fill(key, values)
    }

    /// 3月8日.
    pub(crate) fn day(&self, day: Date) -> String {
        self.date("date.day", day)
    }

    /// 2021年3月8日.
    pub(crate) fn full(&self, day: Date) -> String {
        self.date("date.full", day)
    }

    /// 2021年3月.
    pub(crate) fn month(&self, year: i16, month: i8) -> String {
        let name = self.month_name(month);
        self.fill("date.month", &[("year", &year), ("month", &month), ("name", &name)])
    }

    /// 3月.
    pub(crate) fn month_name(&self, month: i8) -> String {
        self.text(&format!("month.{month}"))
    }

    fn date(&self, key: &str, day: Date) -> String {
        let name = self.month_name(day.month());
        let values: [(&str, &dyn Display); 4] =
            [("year", &day.year()), ("month", &day.month()), ("day", &day.day()), ("name", &name)];
        self.fill(key, &values)
    }

    /// `title` of the page `number` of a list.
    pub(crate) fn numbered(&self, title: &str, number: usize) -> String {
        if number > 1 {
            self.fill("numbered_page", &[("title", &title), ("n", &number)])
        } else {
            title.to_owned()
        }
    }

    /// What belongs to something named: 专栏：资料库.
    pub(crate) fn titled(&self, name: &str, title: &str) -> String {
        self.fill("titled", &[("name", &name), ("title", &title)])
    }
}
