//! Moments as they are typed.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{Error, Result};
use crate::build::Now;
use crate::yaml::{self, When};

/// The moment that `--now` gives: a date with a time, or a date for the end of
/// that day, written as anywhere else; without it, the clock's.
pub(super) fn now(given: Option<&str>) -> Result<Now> {
    let Some(given) = given else { return Ok(Now::Instant(Timestamp::now())) };
    let bad = || Error::BadMoment { option: "--now", value: given.to_owned() };
    match yaml::moment(given).ok_or_else(bad)? {
        When::Local { civil, has_time: true } => Ok(Now::Local(civil)),
        When::Local { civil, .. } => {
            let end = Time::new(23, 59, 59, 0).map_err(|_| bad())?;
            Ok(Now::Local(civil.date().to_datetime(end)))
        }
        When::Instant(instant) => Ok(Now::Instant(instant)),
    }
}

/// The day that `--date` gives; without it, the clock's in the column's zone.
pub(super) fn day(given: Option<&str>, zone: &TimeZone) -> Result<Date> {
    let Some(given) = given else { return Ok(zone.to_datetime(Timestamp::now()).date()) };
    match yaml::moment(given) {
        Some(When::Local { civil, has_time: false }) => Ok(civil.date()),
        _ => Err(Error::BadMoment { option: "--date", value: given.to_owned() }),
    }
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
        assert_eq!(local("2021年3月8日"), "2021-03-08T23:59:59");
        assert_eq!(local("2021.3.8 下午3时"), "2021-03-08T15:00:00");
    }

    #[test]
    fn what_is_no_moment_is_an_error() {
        for text in ["", "2021-02-30", "2021-3", "明天", "2021-03-08 25:00", "2021-03-08 09:30:61", "21.3.8"]
        {
            assert!(now(Some(text)).is_err(), "{text}");
            assert!(day(Some(text), &TimeZone::UTC).is_err(), "{text}");
        }
    }
}
