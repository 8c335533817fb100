//! Numbers of a workbook as they are shown (ECMA-376, part 1, 18.8.30).
//!
//! `ssfmt` writes a number by a format's code; here stand the codes that a
//! Chinese Excel has built in, and what the crate does not know of Chinese
//! formats: 上午, 星期一, 二〇二一年.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ssfmt::{DateSystem, FormatOptions, NumberFormat};

use super::super::Broken;
use super::super::numerals::numeral;
use crate::office::Package;
use crate::office::xml::Node;

/// The formats of a workbook.
#[derive(Default)]
pub(super) struct Formats {
    /// The format's number of each kind of cell.
    cells: Vec<u32>,
    /// What the workbook itself defines.
    codes: BTreeMap<u32, String>,
    options: FormatOptions,
    ready: BTreeMap<u32, Option<Format>>,
}

/// A format that was understood.
struct Format {
    parsed: NumberFormat,
    /// Whether hours are counted to twelve, 上午 and 下午.
    halves: bool,
    /// Whether days of the week are named.
    days: bool,
    /// Whether digits are written 一二三.
    chinese: bool,
}

/// How a number is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// So.
    Text(String),
    /// Its format shows nothing: `;;;`.
    Hidden,
}

impl Formats {
    /// Reads the part that defines them; `since_1904` is the workbook's count of
    /// days.
    pub(super) fn read(package: &mut Package<'_>, part: &str, since_1904: bool) -> Result<Self, Broken> {
        let mut formats = Self::default();
        if since_1904 {
            formats.options.date_system = DateSystem::Date1904;
        }
        let mut in_cells = false;
        package.walk(part, |node| match node {
            Node::Start(element) => {
                let id = || element.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                match element.name() {
                    b"numFmt" => {
                        formats.codes.insert(id(), element.attribute("formatCode").unwrap_or_default());
                    }
                    b"cellXfs" => in_cells = true,
                    b"xf" if in_cells => formats.cells.push(id()),
                    _ => {}
                }
            }
            Node::End(b"cellXfs") => in_cells = false,
            Node::End(_) | Node::Text(_) => {}
        })?;
        Ok(formats)
    }

    /// The value of a cell of that kind as it is shown; as it is stored, where
    /// it is no number or its format is not understood.
    pub(super) fn shown(&mut self, cell: usize, value: &str) -> Shown {
        let id = self.cells.get(cell).copied().unwrap_or(0);
        let plain = || Shown::Text(value.to_owned());
        if id == 0 || id == 49 {
            return plain();
        }
        let Ok(number) = value.trim().parse::<f64>() else { return plain() };
        let code = self.codes.get(&id).map_or_else(|| built_in(id), String::as_str);
        if !code.is_empty() && code.trim_matches(';').is_empty() {
            return Shown::Hidden;
        }
        let format = self.ready.entry(id).or_insert_with(|| Format::new(code));
        let text = format.as_ref().and_then(|format| format.write(number, &self.options));
        text.map_or_else(plain, Shown::Text)
    }
}

impl Format {
    fn new(code: &str) -> Option<Self> {
        let chinese = code.contains("[DBNum1]") || code.contains("[dbnum1]");
        let halves = code.contains("上午/下午");
        let code = code.replace("上午/下午", "AM/PM").replace("aaaa", "dddd").replace("aaa", "ddd");
        let days = code.contains("ddd");
        let parsed = catch_unwind(|| NumberFormat::parse(&code)).ok()?.ok()?;
        Some(Self { parsed, halves, days, chinese })
    }

    fn write(&self, number: f64, options: &FormatOptions) -> Option<String> {
        let text = catch_unwind(AssertUnwindSafe(|| self.parsed.format(number, options))).ok()?;
        let mut text = text.trim().to_owned();
        if self.halves {
            text = text.replace("AM", "上午").replace("PM", "下午");
        }
        if self.days {
            text = named_day(&text);
        }
        if self.chinese {
            text = in_chinese(&text);
        }
        (!text.is_empty()).then_some(text)
    }
}

/// Days of the week as a Chinese Excel names them.
fn named_day(text: &str) -> String {
    const DAYS: [(&str, &str, char); 7] = [
        ("Monday", "Mon", '一'),
        ("Tuesday", "Tue", '二'),
        ("Wednesday", "Wed", '三'),
        ("Thursday", "Thu", '四'),
        ("Friday", "Fri", '五'),
        ("Saturday", "Sat", '六'),
        ("Sunday", "Sun", '日'),
    ];
    DAYS.iter().fold(text.to_owned(), |text, (long, short, day)| {
        text.replace(long, &format!("星期{day}")).replace(short, &format!("周{day}"))
    })
}

/// Numbers in Chinese characters: years digit by digit, others as they are
/// spoken.
fn in_chinese(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let len = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(len);
        out.push_str(before);
        match digits.parse() {
            Ok(number) if len < 4 => out.push_str(&numeral(number, "chineseCounting")),
            Ok(number) => out.push_str(&numeral(number, "ideographDigital")),
            Err(_) => out.push_str(digits),
        }
        rest = after;
    }
    out + rest
}

/// Formats that need no definition, as a Chinese Excel shows them.
fn built_in(id: u32) -> &'static str {
    match id {
        14 => "yyyy/m/d",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        id => ssfmt::format_code_from_id(id).unwrap_or("General"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_a_chinese_excel_shows_them() {
        let check = |code: &str, value: &str, expected: &str| {
            let mut formats = Formats { cells: vec![164], ..Formats::default() };
            formats.codes.insert(164, code.to_owned());
            assert_eq!(formats.shown(0, value), Shown::Text(expected.to_owned()), "{code}");
        };
        check("yyyy\"年\"m\"月\"d\"日\"", "44263", "2021年3月8日");
        check("[$-804]yyyy\"年\"m\"月\"d\"日\";@", "44263.5", "2021年3月8日");
        check("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", "44263", "二〇二一年三月八日");
        check("上午/下午h\"时\"mm\"分\"", "44263.6", "下午2时24分");
        check("yyyy/m/d aaaa", "44263", "2021/3/8 星期一");
        check("0.00%", "0.985", "98.50%");
        check("_ ¥* #,##0.00_ ;_ ¥* \\-#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ", "1234.5", "¥1,234.50");
        check("\"第\"0\"条\"", "5", "第5条");
        check("000000", "3", "000003");
        check("0.00", "三月", "三月");
        check("yyyy-mm-dd", "-1", "-1");
    }

    #[test]
    fn built_in_formats_are_chinese() {
        let mut formats = Formats { cells: vec![14, 31, 10, 0, 58], ..Formats::default() };
        let shown: Vec<Shown> = (0..5).map(|cell| formats.shown(cell, "44263")).collect();
        let expected = ["2021/3/8", "2021年3月8日", "4426300.00%", "44263", "3月8日"];
        assert_eq!(shown, expected.map(|text| Shown::Text(text.to_owned())));
    }

    #[test]
    fn a_format_that_shows_nothing_hides() {
        let mut formats = Formats { cells: vec![164], ..Formats::default() };
        formats.codes.insert(164, ";;;".to_owned());
        assert_eq!(formats.shown(0, "5"), Shown::Hidden);
    }
}
