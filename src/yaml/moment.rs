//! Dates and times as editors write them.
//!
//! Whatever names one day beyond doubt is read: `2021-03-08`, `2021/3/8`,
//! `2021.3.8`, `20210308`, `2021年3月8日` with or without blanks, `二〇二一年三月八日`,
//! full-width digits; behind it a time (`09:40`, `9时40分`, `下午3点`) and, as RFC 3339
//! has it, a zone. Two digits are no year.

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

/// The moment that `text` names, where it names one.
pub fn moment(text: &str) -> Option<When> {
    when(text).ok()
}

/// Reads a date without a time.
///
/// # Errors
/// Why it is none; a date with a time counts as wrongly formed.
pub(super) fn day(text: &str) -> Result<Date, YamlFault> {
    match when(text)? {
        When::Local { civil, has_time: false } => Ok(civil.date()),
        When::Local { civil, .. } => {
            Err(YamlFault::DateForm { text: text.into(), meant: civil.strftime("%Y-%m-%d").to_string() })
        }
        When::Instant(_) => Err(YamlFault::NotADate { text: text.into() }),
    }
}

/// A day, a month, or several of them in a row: `2021-03-08`, `2021年3月`,
/// `2021年3月12日至16日`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// Whether months were written, not days.
    pub by_month: bool,
}

impl std::str::FromStr for Period {
    type Err = YamlFault;

    fn from_str(text: &str) -> Result<Self, YamlFault> {
        period(text)
    }
}

/// Reads a day, a month, or a range of them; the end of a range may leave out
/// what it has in common with the beginning.
///
/// # Errors
/// Why it is none.
pub(super) fn period(text: &str) -> Result<Period, YamlFault> {
    let fault = match day(text) {
        Ok(day) => return Ok(Period { start: day, end: day, by_month: false }),
        Err(fault) => fault,
    };
    months_or_range(&plain(text)).ok_or(fault)
}

fn months_or_range(text: &str) -> Option<Period> {
    let (first, last) = match ends(text) {
        Some((first, last)) => (first, Some(last)),
        None => (text, None),
    };
    let start = Part::read(first, None)?;
    let end = match last {
        Some(last) => Part::read(last, Some(start))?,
        None if start.day.is_none() => start,
        None => return None,
    };
    let period = Period { start: start.first()?, end: end.last()?, by_month: start.day.is_none() };
    (start.day.is_some() == end.day.is_some() && period.start <= period.end).then_some(period)
}

/// The two ends of a range. A plain hyphen parts only dates without hyphens.
fn ends(text: &str) -> Option<(&str, &str)> {
    let sign = text.find(['至', '到', '—', '–', '~']).or_else(|| {
        let hyphens = text.matches('-').count();
        (hyphens == 1 && text.contains(['年', '.', '/'])).then(|| text.find('-')).flatten()
    })?;
    let (first, last) = text.split_at_checked(sign)?;
    let last = last.trim_start_matches(['至', '到', '—', '–', '~', '-']);
    Some((first.trim(), last.trim()))
}

/// An end of a period: a day or a month.
#[derive(Clone, Copy)]
struct Part {
    year: i16,
    month: i8,
    day: Option<i8>,
}

impl Part {
    /// `2021年3月12日`, `2021-03`; after `start`, also `4月2日` and `16日`.
    fn read(text: &str, start: Option<Self>) -> Option<Self> {
        let mut scan = Scan { rest: text };
        if let Some(WrittenDate { year, month, day }) = date(&mut scan)
            && scan.rest.is_empty()
        {
            return Some(Self { year, month, day: Some(day) });
        }
        let mut scan = Scan { rest: text };
        let number = |scan: &mut Scan<'_>| i8::try_from(scan.number(2)?).ok();
        if text.bytes().take_while(u8::is_ascii_digit).count() == 4 {
            let year = i16::try_from(scan.number(4)?).ok()?;
            scan.blanks();
            let sign = scan.any(&['-', '/', '.', '年'])?;
            scan.blanks();
            let month = number(&mut scan)?;
            scan.blanks();
            let closed = sign != '年' || scan.take('月').is_some();
            return (closed && scan.rest.is_empty()).then_some(Self { year, month, day: None });
        }
        let start = start?;
        let first = number(&mut scan)?;
        scan.blanks();
        let sign = scan.any(&['月', '日', '号', '-', '/', '.']);
        scan.blanks();
        if matches!(sign, None | Some('日' | '号')) && scan.rest.is_empty() {
            start.day?;
            return Some(Self { day: Some(first), ..start });
        }
        let year = if first < start.month { start.year + 1 } else { start.year };
        if scan.rest.is_empty() {
            return (sign == Some('月')).then_some(Self { year, month: first, day: None });
        }
        let day = number(&mut scan)?;
        scan.blanks();
        scan.any(&['日', '号']);
        scan.rest.is_empty().then_some(Self { year, month: first, day: Some(day) })
    }

    fn first(self) -> Option<Date> {
        Date::new(self.year, self.month, self.day.unwrap_or(1)).ok()
    }

    fn last(self) -> Option<Date> {
        let first = self.first()?;
        Some(if self.day.is_some() { first } else { first.last_of_month() })
    }
}

/// Reads a date with an optional time and zone.
///
/// # Errors
/// Why it is none.
pub(super) fn when(text: &str) -> Result<When, YamlFault> {
    let plain = plain(text);
    let mut scan = Scan { rest: &plain };
    let not_a_date = || YamlFault::NotADate { text: text.into() };
    let written = date(&mut scan).ok_or_else(|| without_year(text).unwrap_or_else(not_a_date))?;
    let day = Date::new(written.year, written.month, written.day)
        .map_err(|_| YamlFault::NoSuchDay { text: text.into() })?;
    scan.blanks();
    if scan.rest.is_empty() {
        return Ok(When::Local { civil: day.to_datetime(Time::midnight()), has_time: false });
    }
    let clock = clock(&mut scan).ok_or_else(not_a_date)?;
    let no_such_time = |_| YamlFault::NoSuchTime { text: text.into() };
    let time = Time::new(clock.hour, clock.minute, clock.second, 0).map_err(no_such_time)?;
    let civil = day.to_datetime(time);
    if let Some(offset) = clock.offset {
        return offset.to_timestamp(civil).map(When::Instant).map_err(|_| not_a_date());
    }
    Ok(When::Local { civil, has_time: true })
}

/// `text` with full-width digits, signs and spaces in their half-width forms,
/// and a date in Chinese numerals in digits.
fn plain(text: &str) -> String {
    let half = half_width(text.trim());
    if !half.starts_with(|c| chinese_digit(c).is_some()) {
        return half;
    }
    let mut out = String::with_capacity(half.len());
    let mut run: Vec<char> = Vec::new();
    for c in half.chars() {
        if c == '十' || c == '廿' || chinese_digit(c).is_some() {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            out += &numeral(&std::mem::take(&mut run));
        }
        out.push(c);
    }
    out + &if run.is_empty() { String::new() } else { numeral(&run) }
}

fn chinese_digit(c: char) -> Option<u32> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let c = if matches!(c, '零' | '○' | '◯') { '〇' } else { c };
    digits.iter().position(|digit| *digit == c).and_then(|at| u32::try_from(at).ok())
}

/// 二〇二一 digit by digit; 十二, 二十一 and 廿一 by their tens. What is no such
/// number stays as it is.
fn numeral(run: &[char]) -> String {
    let as_written = || run.iter().collect::<String>();
    let digits = |part: &[char]| part.iter().map(|c| chinese_digit(*c)).collect::<Option<Vec<u32>>>();
    let Some(ten) = run.iter().position(|c| matches!(c, '十' | '廿')) else {
        return digits(run).map_or_else(as_written, |digits| digits.iter().map(u32::to_string).collect());
    };
    let (before, after) = (run.get(..ten).unwrap_or_default(), run.get(ten + 1..).unwrap_or_default());
    let tens = match (before, run.get(ten)) {
        ([], Some('廿')) => Some(2),
        ([], _) => Some(1),
        ([digit], Some('十')) => chinese_digit(*digit),
        _ => None,
    };
    let ones = match after {
        [] => Some(0),
        [digit] => chinese_digit(*digit),
        _ => None,
    };
    match (tens, ones) {
        (Some(tens), Some(ones)) => (tens * 10 + ones).to_string(),
        _ => as_written(),
    }
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
}

fn date(scan: &mut Scan<'_>) -> Option<WrittenDate> {
    let digits = scan.rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 && digits != 8 {
        return None;
    }
    let year = i16::try_from(scan.number(4)?).ok()?;
    let number = |scan: &mut Scan<'_>| i8::try_from(scan.number(2)?).ok();
    if digits == 8 {
        return Some(WrittenDate { year, month: number(scan)?, day: number(scan)? });
    }
    scan.blanks();
    let sign = scan.any(&['-', '/', '.', '年'])?;
    scan.blanks();
    let month = number(scan)?;
    scan.blanks();
    let second = if sign == '年' { '月' } else { sign };
    scan.take(second)?;
    scan.blanks();
    let day = number(scan)?;
    if sign == '年' {
        let before = scan.rest;
        scan.blanks();
        if scan.any(&['日', '号']).is_none() {
            scan.rest = before;
        }
    }
    Some(WrittenDate { year, month, day })
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
    let half = ["上午", "早上", "中午", "下午", "晚上"].into_iter().find_map(|word| {
        scan.rest = scan.rest.strip_prefix(word)?;
        Some(word)
    });
    scan.blanks();
    let mut hour = i8::try_from(scan.number(2)?).ok()?;
    if matches!(half, Some("下午" | "晚上")) && hour < 12 {
        hour += 12;
    }
    let sign = scan.any(&[':', '时', '点'])?;
    if sign != ':' && scan.rest.is_empty() {
        return Some(WrittenTime { hour, minute: 0, second: 0, offset: None });
    }
    let minute =
        if sign != ':' && scan.take('半').is_some() { 30 } else { i8::try_from(scan.number(2)?).ok()? };
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
