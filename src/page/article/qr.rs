//! A page's address as a QR code (ISO/IEC 18004): an address in, the path of an SVG out.
//!
//! The code stands in the page itself: it is about 600 bytes gzipped, while a file for each page
//! would double the files of a large column.
//!
//! All codes have one mask. The standard has the maker weigh eight and take the best by its score,
//! which took two fifths of a cold build; a reader finds the mask's number in the
//! code and reads any. Of 300 addresses blurred, made small or noisy, two readers (ZXing, OpenCV)
//! read no fewer with the mask taken here than with the best by the score.

use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel};

use crate::photo;
use crate::view::QrView;

/// Modules of white around a code, as the standard wants them.
const QUIET: usize = 4;

/// A code may lose 15 % of its area: it is read off paper and screens.
const LEVEL: EcLevel = EcLevel::M;

/// The mask of all codes: diagonals.
const MASK: MaskPattern = MaskPattern::DiagonalLines;

/// `address` as a code.
///
/// `None` for an address that is too long for any code, over 2,331 bytes.
pub(crate) fn code(address: &str) -> Option<QrView> {
    let (width, modules) = modules(address)?;
    let mut path = String::with_capacity(width * width);
    let mut pen = Pen::default();
    for (y, row) in modules.chunks(width.max(1)).enumerate() {
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

/// How many pixels wide a module of [`picture`] is.
const MODULE: usize = 8;

/// `address` as a PNG, for places that take no drawings; `None` as of [`code`].
pub(crate) fn picture(address: &str) -> Option<Vec<u8>> {
    let (width, modules) = modules(address)?;
    let side = (width + 2 * QUIET) * MODULE;
    let is_dark = |x: usize, y: usize| {
        let (x, y) = ((x / MODULE).checked_sub(QUIET)?, (y / MODULE).checked_sub(QUIET)?);
        (x < width).then(|| modules.get(y * width + x))?.map(|color| *color == Color::Dark)
    };
    let rows: Vec<bool> = (0..side * side).map(|at| is_dark(at % side, at / side).unwrap_or(false)).collect();
    photo::drawn(u32::try_from(side).ok()?, &rows)
}

/// The code's width and its modules, row by row.
fn modules(address: &str) -> Option<(usize, Vec<Color>)> {
    let bits = encode_auto(address.as_bytes(), LEVEL).ok()?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, LEVEL).ok()?;
    let mut canvas = Canvas::new(version, LEVEL);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MASK);
    Some((usize::try_from(version.width()).ok()?, canvas.into_colors()))
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
        if self.row == Some(y) {
            path.push('m');
            number(path, x - self.x);
            path.push_str(" 0h");
        } else {
            path.push('M');
            number(path, x);
            path.push(' ');
            number(path, y);
            path.push_str(".5h");
        }
        number(path, length);
        self.row = Some(y);
        self.x = x + length;
    }
}

/// Appends a number below 1,000 in decimal digits: there are four hundred of
/// them in a code, and a code for every page.
fn number(path: &mut String, n: usize) {
    for place in [100, 10, 1] {
        if n >= place || place == 1 {
            path.extend(u32::try_from(n / place % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
        }
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
        let (width, wanted) = modules(address).unwrap();
        assert_eq!(view.size, width + 8);
        let dark: Vec<_> = wanted
            .iter()
            .enumerate()
            .filter(|(_, color)| **color == Color::Dark)
            .map(|(at, _)| (at % width + QUIET, at / width + QUIET))
            .collect();
        assert_eq!(drawn(&view), dark);
    }

    /// Whether the mask inverts the module at (`x`, `y`), by the standard.
    fn masked(x: usize, y: usize) -> bool {
        (x + y).is_multiple_of(3)
    }

    /// Where the crate's own code, under the mask that it takes for the best,
    /// has the format's 15 bits: its mask's number among them.
    const FORMAT_MASK: [(usize, usize); 3] = [(2, 8), (3, 8), (4, 8)];

    #[test]
    fn the_code_is_the_same_as_under_the_best_mask_but_for_the_mask() {
        // Codes of up to 41 modules: larger ones have their version in them too, which the crate does not tell apart.
        for length in [1, 20, 60] {
            let address = format!("https://www.example.org/{}", "x".repeat(length));
            let (width, ours) = modules(&address).unwrap();
            let best = qrcode::QrCode::with_error_correction_level(&address, LEVEL).unwrap();
            assert_eq!(width, best.width());
            let dark = |colors: &[Color], (x, y): (usize, usize)| colors[y * width + x] == Color::Dark;
            let colors = best.to_colors();
            // The number stands in the format information xor 101 (ISO/IEC 18004, 7.9.1).
            let number =
                FORMAT_MASK.iter().fold(0, |all, at| all << 1 | u8::from(dark(&colors, *at))) ^ 0b101;
            let of_best = |x: usize, y: usize| match number {
                0 => (x + y).is_multiple_of(2),
                1 => y.is_multiple_of(2),
                2 => x.is_multiple_of(3),
                3 => masked(x, y),
                4 => (y / 2 + x / 3).is_multiple_of(2),
                5 => (x * y) % 2 + (x * y) % 3 == 0,
                6 => ((x * y) % 2 + (x * y) % 3).is_multiple_of(2),
                _ => ((x + y) % 2 + (x * y) % 3).is_multiple_of(2),
            };
            let format = |x: usize, y: usize| {
                (x == 8 || y == 8) && (x <= 8 || x + 8 >= width) && (y <= 8 || y + 8 >= width)
            };
            for (x, y) in (0..width).flat_map(|y| (0..width).map(move |x| (x, y))) {
                if format(x, y) {
                    continue;
                }
                let (a, b) = (dark(&ours, (x, y)), dark(&colors, (x, y)));
                let data = !best.is_functional(x, y);
                assert_eq!(a ^ (data && masked(x, y)), b ^ (data && of_best(x, y)), "{x}, {y} of {length}");
            }
        }
    }

    #[test]
    fn an_address_beyond_every_code_has_none() {
        assert_eq!(code(&"长".repeat(2000)), None);
    }
}
