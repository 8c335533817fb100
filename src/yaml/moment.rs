//! Dates and times as editors write them.
//!
//! Read as they stand: `2021-03-08`, `2021-03-08 09:40`, RFC 3339
//! (`2021-03-08T09:40:00+08:00`) and `2021年3月8日 9:40`. Understood but sent
//! back with the right form: `2021/3/8`, `2021.3.8`, `2021-3-8`, full-width
//! digits.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::diagnostic::YamlFault;

/// A date as written, with or without a time and a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// A date, perhaps with a time, in the column's zone.
    Local {
        /// Date and time; without a time, midnight.
        civil: DateTime,
        /// Whether a time was written.
        has_time: bool,
    },
    /// A moment with its own zone.
    Instant(Timestamp),
}

/// Reads a date without a time.
///
/// # Errors
/// Why it is none; a date with a time counts as wrongly formed.
pub(super) fn day(text: &str) -> Result<Date, YamlFault> {
    match when(text)? {
        When::Local { civil, has_time: false } => Ok(civil.date()),
        When::Local { civil, .. } => Err(form(text, civil, false)),
        When::Instant(_) => Err(YamlFault::NotADate { text: text.into() }),
    }
}

/// Reads a date with an optional time and zone.
///
/// # Errors
/// Why it is none.
pub(super) fn when(text: &str) -> Result<When, YamlFault> {
    let plain = half_width(text.trim());
    let mut scan = Scan { rest: &plain };
    let not_a_date = || YamlFault::NotADate { text: text.into() };
    let written = date(&mut scan).ok_or_else(|| without_year(text).unwrap_or_else(not_a_date))?;
    let day = Date::new(written.year, written.month, written.day)
        .map_err(|_| YamlFault::NoSuchDay { text: text.into() })?;
    scan.blanks();
    if scan.rest.is_empty() {
        let civil = day.to_datetime(Time::midnight());
        return if written.strict && plain == text.trim() {
            Ok(When::Local { civil, has_time: false })
        } else {
            Err(form(text, civil, false))
        };
    }
    let clock = clock(&mut scan).ok_or_else(not_a_date)?;
    let no_such_time = |_| YamlFault::NoSuchTime { text: text.into() };
    let time = Time::new(clock.hour, clock.minute, clock.second, 0).map_err(no_such_time)?;
    let civil = day.to_datetime(time);
    if let Some(offset) = clock.offset {
        let instant = offset.to_timestamp(civil).map_err(|_| not_a_date())?;
        return Ok(When::Instant(instant));
    }
    if written.strict && plain == text.trim() {
        Ok(When::Local { civil, has_time: true })
    } else {
        Err(form(text, civil, true))
    }
}

/// The fault of a date that was understood, with the form asked for.
fn form(text: &str, civil: DateTime, has_time: bool) -> YamlFault {
    let shape = if has_time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
    YamlFault::DateForm { text: text.into(), meant: civil.strftime(shape).to_string() }
}

/// Full-width digits, signs and spaces in their half-width forms.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// A day written without its year: one that no year has is worth saying so.
fn without_year(text: &str) -> Option<YamlFault> {
    let plain = half_width(text.trim());
    let mut scan = Scan { rest: &plain };
    let month = i8::try_from(scan.number(2)?).ok()?;
    scan.take('月')?;
    let day = i8::try_from(scan.number(2)?).ok()?;
    let leap_year = 2020;
    Date::new(leap_year, month, day).is_err().then(|| YamlFault::NoSuchDay { text: text.into() })
}

struct WrittenDate {
    year: i16,
    month: i8,
    day: i8,
    /// Whether it is in a form that is read as it stands.
    strict: bool,
}

fn date(scan: &mut Scan<'_>) -> Option<WrittenDate> {
    let before = scan.rest.len();
    let year = i16::try_from(scan.number(4)?).ok()?;
    if before - scan.rest.len() != 4 {
        return None;
    }
    let sign = scan.any(&['-', '/', '.', '年'])?;
    let month_at = scan.rest.len();
    let month = i8::try_from(scan.number(2)?).ok()?;
    let month_digits = month_at - scan.rest.len();
    let second = scan.any(&['-', '/', '.', '月'])?;
    let day_at = scan.rest.len();
    let day = i8::try_from(scan.number(2)?).ok()?;
    let day_digits = day_at - scan.rest.len();
    let chinese = sign == '年' && second == '月';
    let closed = chinese && scan.any(&['日', '号']) == Some('日');
    let iso = sign == '-' && second == '-' && month_digits == 2 && day_digits == 2;
    Some(WrittenDate { year, month, day, strict: iso || closed })
}

struct WrittenTime {
    hour: i8,
    minute: i8,
    second: i8,
    offset: Option<Offset>,
}

fn clock(scan: &mut Scan<'_>) -> Option<WrittenTime> {
    scan.any(&['T', 't']);
    scan.blanks();
    let hour = i8::try_from(scan.number(2)?).ok()?;
    scan.any(&[':', '时', '点'])?;
    let minute = i8::try_from(scan.number(2)?).ok()?;
    let mut second = 0;
    if scan.take(':').is_some() {
        second = i8::try_from(scan.number(2)?).ok()?;
        if scan.take('.').is_some() {
            scan.number(9)?;
        }
    } else {
        scan.take('分');
    }
    scan.blanks();
    let offset = if scan.rest.is_empty() { None } else { Some(zone(scan)?) };
    scan.rest.is_empty().then_some(WrittenTime { hour, minute, second, offset })
}

fn zone(scan: &mut Scan<'_>) -> Option<Offset> {
    if scan.any(&['Z', 'z']).is_some() {
        return Some(Offset::UTC);
    }
    let sign = if scan.any(&['+', '-'])? == '-' { -1 } else { 1 };
    let hours = i32::try_from(scan.number(2)?).ok()?;
    scan.take(':');
    let minutes = if scan.rest.is_empty() { 0 } else { i32::try_from(scan.number(2)?).ok()? };
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// What is left to read.
struct Scan<'t> {
    rest: &'t str,
}

impl Scan<'_> {
    /// A number of at most `most` ASCII digits.
    fn number(&mut self, most: usize) -> Option<u32> {
        let digits = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        number.parse().ok()
    }

    fn take(&mut self, sign: char) -> Option<char> {
        self.any(&[sign])
    }

    fn any(&mut self, signs: &[char]) -> Option<char> {
        let first = self.rest.chars().next().filter(|c| signs.contains(c))?;
        self.rest = self.rest.strip_prefix(first)?;
        Some(first)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }
}
