/** Dates as the formats write them. Each test also asks whether the day exists. */

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function exists(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day)
}

/** RFC 3339 with a zone: `2021-03-08T10:00:00+08:00`. */
export function isRfc3339(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text)
  return match !== null && exists(match[1], match[2], match[3])
}

/** W3C date and time, as sitemaps have it: a day, or RFC 3339 with or without seconds. */
export function isW3c(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.exec(text)
  return match !== null && exists(match[1], match[2], match[3])
}

/** RFC 822 with a year of four digits, as RSS has it: `Mon, 08 Mar 2021 10:00:00 +0800`. */
export function isRfc822(text) {
  const match = /^(\w{3}), (\d\d?) (\w{3}) (\d{4}) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d ([+-]\d{4}|GMT)$/.exec(text)
  if (!match) return false
  const month = MONTHS.indexOf(match[3]) + 1
  if (month === 0 || !exists(match[4], month, match[2])) return false
  return DAYS[new Date(Date.UTC(match[4], month - 1, match[2])).getUTCDay()] === match[1]
}

/** `YYYY-MM-DD HH:MM`, as government sites write PubDate. */
export function isPubDate(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d) ([01]\d|2[0-3]):[0-5]\d$/.exec(text)
  return match !== null && exists(match[1], match[2], match[3])
}
