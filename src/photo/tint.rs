//! The colour that stands where a picture will be: one of 64, so that it can
//! be a class of the theme.
//!
//! A page's policy forbids inline styles, and a stylesheet that changed with
//! each photo would change every page. Eight lightnesses of grey and of seven
//! muted hues are near enough for the moment before a picture comes.

use super::pixels::Pixels;

/// The colours by class: `tint-0` to `tint-63`. The theme's
/// `photo-colours.css` has the same ones; a test holds them together.
#[rustfmt::skip]
pub const TINTS: [[u8; 3]; 64] = [
    [0x16, 0x16, 0x16], [0x33, 0x00, 0x00], [0x24, 0x10, 0x00], [0x19, 0x17, 0x00],
    [0x00, 0x1D, 0x07], [0x00, 0x1B, 0x1E], [0x00, 0x15, 0x35], [0x28, 0x02, 0x2B],
    [0x33, 0x33, 0x33], [0x5B, 0x17, 0x13], [0x4B, 0x2A, 0x00], [0x38, 0x34, 0x01],
    [0x00, 0x3F, 0x18], [0x00, 0x3B, 0x40], [0x04, 0x32, 0x64], [0x4B, 0x1C, 0x4E],
    [0x52, 0x52, 0x52], [0x81, 0x3A, 0x32], [0x76, 0x45, 0x03], [0x5B, 0x55, 0x00],
    [0x20, 0x61, 0x33], [0x05, 0x5E, 0x66], [0x28, 0x53, 0x88], [0x6E, 0x3D, 0x71],
    [0x74, 0x74, 0x74], [0xA7, 0x5C, 0x53], [0x9C, 0x67, 0x2E], [0x7D, 0x77, 0x28],
    [0x45, 0x85, 0x54], [0x09, 0x84, 0x8F], [0x4A, 0x76, 0xAE], [0x92, 0x5F, 0x95],
    [0x95, 0x95, 0x95], [0xCB, 0x7D, 0x73], [0xC0, 0x88, 0x50], [0x9E, 0x99, 0x4B],
    [0x66, 0xA7, 0x74], [0x35, 0xA7, 0xB2], [0x6A, 0x98, 0xD2], [0xB5, 0x80, 0xB7],
    [0xB4, 0xB4, 0xB4], [0xED, 0x9C, 0x91], [0xE0, 0xA7, 0x6F], [0xBD, 0xB8, 0x6B],
    [0x85, 0xC6, 0x93], [0x5C, 0xC7, 0xD2], [0x89, 0xB7, 0xF3], [0xD5, 0x9E, 0xD7],
    [0xD4, 0xD4, 0xD4], [0xF9, 0xC6, 0xBF], [0xF0, 0xCD, 0xAC], [0xDA, 0xD7, 0xAA],
    [0xB9, 0xE0, 0xC0], [0xA6, 0xE0, 0xE7], [0xBA, 0xD7, 0xFC], [0xE9, 0xC7, 0xEA],
    [0xEE, 0xEE, 0xEE], [0xFE, 0xE9, 0xE6], [0xFA, 0xEC, 0xDF], [0xF0, 0xF0, 0xDE],
    [0xE4, 0xF3, 0xE6], [0xDD, 0xF3, 0xF6], [0xE4, 0xF0, 0xFF], [0xF7, 0xE9, 0xF7],
];

/// Samples along each side: enough to know a colour by.
const SAMPLES: u32 = 48;

/// The class of the colour that most of the picture has.
pub(super) fn of(pixels: &Pixels) -> u8 {
    // Colours fall into 64 coarse bins; the fullest one's mean stands for all.
    let mut bins = [[0u32; 4]; 64];
    let steps = |length: u32| (0..SAMPLES).map(move |n| (2 * n + 1) * length / (2 * SAMPLES));
    for y in steps(pixels.height) {
        for [red, green, blue] in steps(pixels.width).filter_map(|x| pixels.colour(x, y)) {
            let bin = usize::from((red >> 6) << 4 | (green >> 6) << 2 | blue >> 6);
            if let Some([count, reds, greens, blues]) = bins.get_mut(bin) {
                *count += 1;
                *reds += u32::from(red);
                *greens += u32::from(green);
                *blues += u32::from(blue);
            }
        }
    }
    let [count, reds, greens, blues] = bins.into_iter().max_by_key(|bin| bin[0]).unwrap_or_default();
    let mean = |sum: u32| sum / count.max(1);
    nearest([mean(reds), mean(greens), mean(blues)])
}

fn nearest(colour: [u32; 3]) -> u8 {
    let distance = |tint: [u8; 3]| -> u32 {
        tint.into_iter().zip(colour).map(|(one, other)| u32::from(one).abs_diff(other).pow(2)).sum()
    };
    let best = (0u8..).zip(TINTS).min_by_key(|(_, tint)| distance(*tint));
    best.map_or(0, |(class, _)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tint_is_nearest_to_itself() {
        for (class, tint) in (0..).zip(TINTS) {
            assert_eq!(nearest(tint.map(u32::from)), class);
        }
    }

    #[test]
    fn the_theme_has_the_same_colours() {
        let sheet = include_str!("../../themes/gazette/assets/photo-colours.css");
        for (class, [red, green, blue]) in TINTS.into_iter().enumerate() {
            let rule = format!(".tint-{class} {{ background-color: #{red:02x}{green:02x}{blue:02x}; }}");
            assert!(sheet.lines().any(|line| line == rule), "{rule}");
        }
    }

    #[test]
    fn most_of_a_picture_decides() {
        let mut data = vec![0x95; 100 * 90 * 3];
        data.extend([0xFF, 0, 0].repeat(100 * 10));
        let pixels = Pixels { width: 100, height: 100, alpha: false, data };
        assert_eq!(of(&pixels), 32);
    }
}
