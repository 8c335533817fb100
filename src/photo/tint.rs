//! The colour that stands where a picture will be: one of 64, so that it can
//! be a class of the theme.
//!
//! A page's policy forbids inline styles, and a stylesheet that changed with
//! each photo would change every page. Eight lightnesses of grey and of seven
//! muted hues are near enough for the moment before a picture comes.

use super::pixels::Pixels;

/// The colours by class: `tint-0` to `tint-63`; each has three equal pairs of
/// digits, for three are shorter than six. The theme's
/// `photo-colours.css` has the same ones; a test holds them together.
#[rustfmt::skip]
pub const TINTS: [[u8; 3]; 64] = [
    [0x11, 0x11, 0x11], [0x33, 0x00, 0x00], [0x22, 0x11, 0x00], [0x11, 0x11, 0x00],
    [0x00, 0x22, 0x00], [0x00, 0x22, 0x22], [0x00, 0x11, 0x33], [0x22, 0x00, 0x33],
    [0x33, 0x33, 0x33], [0x55, 0x11, 0x11], [0x44, 0x22, 0x00], [0x33, 0x33, 0x00],
    [0x00, 0x44, 0x11], [0x00, 0x33, 0x44], [0x00, 0x33, 0x66], [0x44, 0x22, 0x55],
    [0x55, 0x55, 0x55], [0x88, 0x33, 0x33], [0x77, 0x44, 0x00], [0x55, 0x55, 0x00],
    [0x22, 0x66, 0x33], [0x00, 0x66, 0x66], [0x22, 0x55, 0x88], [0x66, 0x44, 0x77],
    [0x77, 0x77, 0x77], [0xAA, 0x55, 0x55], [0x99, 0x66, 0x33], [0x77, 0x77, 0x22],
    [0x44, 0x88, 0x55], [0x11, 0x88, 0x88], [0x44, 0x77, 0xAA], [0x99, 0x66, 0x99],
    [0x99, 0x99, 0x99], [0xCC, 0x77, 0x77], [0xBB, 0x88, 0x55], [0x99, 0x99, 0x44],
    [0x66, 0xAA, 0x77], [0x33, 0xAA, 0xAA], [0x66, 0x99, 0xCC], [0xBB, 0x88, 0xBB],
    [0xBB, 0xBB, 0xBB], [0xEE, 0x99, 0x99], [0xDD, 0xAA, 0x77], [0xBB, 0xBB, 0x66],
    [0x88, 0xCC, 0x99], [0x55, 0xCC, 0xCC], [0x88, 0xBB, 0xEE], [0xDD, 0x99, 0xDD],
    [0xCC, 0xCC, 0xCC], [0xFF, 0xCC, 0xBB], [0xEE, 0xCC, 0xAA], [0xDD, 0xDD, 0xAA],
    [0xBB, 0xDD, 0xBB], [0xAA, 0xDD, 0xEE], [0xBB, 0xDD, 0xFF], [0xEE, 0xCC, 0xEE],
    [0xEE, 0xEE, 0xEE], [0xFF, 0xEE, 0xEE], [0xFF, 0xEE, 0xDD], [0xEE, 0xEE, 0xDD],
    [0xDD, 0xEE, 0xDD], [0xDD, 0xEE, 0xEE], [0xDD, 0xEE, 0xFF], [0xFF, 0xEE, 0xFF],
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
            // Three digits are enough, and a fifth of a sheet that every page loads.
            let [red, green, blue] = [red, green, blue].map(|channel| channel % 16);
            let rule = format!(".tint-{class} {{ background-color: #{red:x}{green:x}{blue:x}; }}");
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
