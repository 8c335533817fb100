//! A page's address as a QR code (ISO/IEC 18004): an address in, the path of an SVG out.
//!
//! The code stands in the page itself: it is about 600 bytes gzipped, while a file for each page
//! would double the files of a large column.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use crate::view::QrView;

/// Modules of white around a code, as the standard wants them.
const QUIET: usize = 4;

/// `address` as a code that may lose 15 % of its area (level M): it is read off paper and screens.
///
/// `None` for an address that is too long for any code, over 2,331 bytes.
pub(super) fn code(address: &str) -> Option<QrView> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::with_capacity(width * width);
    let mut pen = Pen::default();
    for (y, row) in code.to_colors().chunks(width.max(1)).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                pen.line(&mut path, x + QUIET, y + QUIET, run.len());
            }
            x += run.len();
        }
    }
    Some(QrView { size: width + 2 * QUIET, path })
}

/// Where the pen stands: moves inside a row are relative, which is shorter.
#[derive(Default)]
struct Pen {
    x: usize,
    row: Option<usize>,
}

impl Pen {
    /// A line through the middle of `length` modules from (`x`, `y`).
    fn line(&mut self, path: &mut String, x: usize, y: usize, length: usize) {
        // Writing to a `String` never fails.
        let _ = if self.row == Some(y) {
            write!(path, "m{} 0h{length}", x - self.x)
        } else {
            write!(path, "M{x} {y}.5h{length}")
        };
        self.row = Some(y);
        self.x = x + length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dark modules that a path covers.
    fn drawn(view: &QrView) -> Vec<(usize, usize)> {
        let mut dark = Vec::new();
        let (mut x, mut y) = (0, 0);
        let mut steps = view.path.chars().peekable();
        while let Some(kind) = steps.next() {
            let mut numbers = String::new();
            while let Some(c) = steps.next_if(|c| !c.is_ascii_alphabetic()) {
                numbers.push(c);
            }
            let (first, second) = numbers.split_once(' ').unwrap_or((&numbers, ""));
            let first: usize = first.parse().unwrap();
            match kind {
                'M' => (x, y) = (first, second.trim_end_matches(".5").parse().unwrap()),
                'm' => x += first,
                _ => {
                    dark.extend((x..x + first).map(|x| (x, y)));
                    x += first;
                }
            }
        }
        dark
    }

    #[test]
    fn the_path_covers_the_dark_modules_and_no_other() {
        let address = "https://www.example.org/jyzd/news/first-fortnight.html";
        let view = code(address).unwrap();
        let wanted = QrCode::with_error_correction_level(address, EcLevel::M).unwrap();
        let width = wanted.width();
        assert_eq!(view.size, width + 8);
        let dark: Vec<_> = wanted
            .to_colors()
            .iter()
            .enumerate()
            .filter(|(_, color)| **color == Color::Dark)
            .map(|(at, _)| (at % width + QUIET, at / width + QUIET))
            .collect();
        assert_eq!(drawn(&view), dark);
    }

    #[test]
    fn an_address_beyond_every_code_has_none() {
        assert_eq!(code(&"长".repeat(2000)), None);
    }
}
