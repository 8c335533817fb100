//! Moments as they are typed.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::{Error, Result};
use crate::build::Now;

/// The moment that `--now` gives: `YYYY-MM-DD HH:MM`, or `YYYY-MM-DD` for the
/// end of that day; without it, the clock's.
pub(super) fn now(given: Option<&str>) -> Result<Now> {
    let Some(given) = given else { return Ok(Now::Instant(Timestamp::now())) };
    let bad = || Error::BadMoment { option: "--now", value: given.to_owned() };
    let text = given.trim();
    if let Ok(date) =
        DateTime::strptime("%Y-%m-%d %H:%M", text).or_else(|_| DateTime::strptime("%Y-%m-%dT%H:%M", text))
    {
        return Ok(Now::Local(date));
    }
    let date = Date::strptime("%Y-%m-%d", text).map_err(|_| bad())?;
    let end = Time::new(23, 59, 59, 0).map_err(|_| bad())?;
    Ok(Now::Local(date.to_datetime(end)))
}

/// The day that `--date` gives; without it, the clock's in the column's zone.
pub(super) fn day(given: Option<&str>, zone: &TimeZone) -> Result<Date> {
    let Some(given) = given else { return Ok(zone.to_datetime(Timestamp::now()).date()) };
    Date::strptime("%Y-%m-%d", given.trim())
        .map_err(|_| Error::BadMoment { option: "--date", value: given.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_date_means_the_end_of_that_day() {
        let local = |text| match now(Some(text)) {
            Ok(Now::Local(local)) => local.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(local("2021-03-08"), "2021-03-08T23:59:59");
        assert_eq!(local("2021-03-08 09:30"), "2021-03-08T09:30:00");
        assert_eq!(local("2021-03-08T09:30"), "2021-03-08T09:30:00");
    }

    #[test]
    fn what_is_no_moment_is_an_error() {
        for text in ["", "2021-02-30", "2021-3", "明天", "2021-03-08 25:00", "2021-03-08 09:30:61"] {
            assert!(now(Some(text)).is_err(), "{text}");
            assert!(day(Some(text), &TimeZone::UTC).is_err(), "{text}");
        }
    }
}
