//! The cover: the title in type over the double rule of Chinese newspapers, as
//! an office's books have it. A drawing, so that no font and no picture need be
//! carried.

use std::fmt::Write;

use crate::book::EpubEdition;
use crate::text;
use crate::view::{BookView, DateView};
use crate::wording::Wording;

use super::xhtml::file;
use crate::html::escape_xml;

/// The drawing's size in its own units, 3 : 4 as bookshops show covers.
const WIDTH: usize = 1200;
const HEIGHT: usize = 1600;
/// What is left free at the sides.
const MARGIN: usize = 130;

/// `cover.xhtml`.
pub(super) fn page(edition: &EpubEdition, words: &Wording) -> String {
    let said = words.fill("book.cover_of", &[("title", &edition.book.title)]);
    let body = format!(
        "<section epub:type=\"cover\" class=\"cover\"><img src=\"cover.svg\" alt=\"{}\"/></section>",
        escape_xml(&said)
    );
    file(words.word("book.cover"), &edition.language, &body)
}

/// `cover.svg`.
pub(super) fn drawing(book: &BookView, words: &Wording) -> String {
    let title = lines(&book.title, 7);
    let room = WIDTH - 2 * MARGIN;
    let size = (room * 100 / (longest(&title) * 104)).min(190);
    let subtitle = lines(&book.subtitle, 16);
    let small = (room / longest(&subtitle)).min(52);
    let mut y = 420;
    let mut out = String::new();
    let mut write = |lines: &[String], size: usize, leading: usize, weight: usize, y: &mut usize| {
        for line in lines {
            *y += size * leading / 100;
            // Writing to a string can't fail.
            let _ = writeln!(
                out,
                "<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"#181D25\">{}</text>",
                escape_xml(line)
            );
        }
    };
    write(&title, size, 128, 900, &mut y);
    let rule = y + 70;
    y = rule + 40;
    write(&subtitle, small, 160, 600, &mut y);
    let mut foot = HEIGHT - 150;
    if let Some(date) = &book.date {
        write(&[month(date, words)], 42, 0, 400, &mut foot);
        foot -= 70;
    }
    write(&lines(&book.issuer, 18), 46, 0, 600, &mut foot);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         font-family=\"'Noto Serif CJK SC','Source Han Serif SC','Songti SC',STSong,SimSun,serif\">\n\
         <title>{}</title>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#FDFDFB\"/>\n\
         <rect x=\"{MARGIN}\" y=\"{}\" width=\"{room}\" height=\"14\" fill=\"#A3261C\"/>\n\
         <rect x=\"{MARGIN}\" y=\"{}\" width=\"{room}\" height=\"3\" fill=\"#181D25\"/>\n{out}</svg>\n",
        escape_xml(&book.title),
        rule - 20,
        rule + 3
    )
}

/// The length of the longest line, in characters.
fn longest(lines: &[String]) -> usize {
    lines.iter().map(|line| line.chars().count()).max().unwrap_or(1).max(1)
}

/// 2026年9月.
fn month(date: &DateView, words: &Wording) -> String {
    let name = words.text(&format!("month.{}", date.month)).into_owned();
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("year", &date.year), ("month", &date.month), ("name", &name)];
    words.fill("date.month", &values)
}

/// `text` in lines of at most about `most` characters, broken between words.
fn lines(text: &str, most: usize) -> Vec<String> {
    let all = text.chars().count();
    if all == 0 {
        return Vec::new();
    }
    // Lines of like length: eight characters are four and four, not seven and
    // one.
    let wanted = all.div_ceil(all.div_ceil(most));
    let mut lines: Vec<String> = Vec::new();
    for word in text::words(text) {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if line.chars().count() + length <= wanted + 1 => line.push_str(&word),
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn titles_break_between_words() {
        assert_eq!(lines("学习资料选编", 7), ["学习资料选编"]);
        assert_eq!(lines("教育整顿学习资料选编", 7), ["教育整顿学习", "资料选编"]);
        assert!(lines("", 7).is_empty());
    }
}
