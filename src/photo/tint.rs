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
pub const TINTS: [u32; 64] = [
    0x16_16_16, 0x33_00_00, 0x24_10_00, 0x19_17_00, 0x00_1D_07, 0x00_1B_1E, 0x00_15_35, 0x28_02_2B,
    0x33_33_33, 0x5B_17_13, 0x4B_2A_00, 0x38_34_01, 0x00_3F_18, 0x00_3B_40, 0x04_32_64, 0x4B_1C_4E,
    0x52_52_52, 0x81_3A_32, 0x76_45_03, 0x5B_55_00, 0x20_61_33, 0x05_5E_66, 0x28_53_88, 0x6E_3D_71,
    0x74_74_74, 0xA7_5C_53, 0x9C_67_2E, 0x7D_77_28, 0x45_85_54, 0x09_84_8F, 0x4A_76_AE, 0x92_5F_95,
    0x95_95_95, 0xCB_7D_73, 0xC0_88_50, 0x9E_99_4B, 0x66_A7_74, 0x35_A7_B2, 0x6A_98_D2, 0xB5_80_B7,
    0xB4_B4_B4, 0xED_9C_91, 0xE0_A7_6F, 0xBD_B8_6B, 0x85_C6_93, 0x5C_C7_D2, 0x89_B7_F3, 0xD5_9E_D7,
    0xD4_D4_D4, 0xF9_C6_BF, 0xF0_CD_AC, 0xDA_D7_AA, 0xB9_E0_C0, 0xA6_E0_E7, 0xBA_D7_FC, 0xE9_C7_EA,
    0xEE_EE_EE, 0xFE_E9_E6, 0xFA_EC_DF, 0xF0_F0_DE, 0xE4_F3_E6, 0xDD_F3_F6, 0xE4_F0_FF, 0xF7_E9_F7,
];

/// Samples along each side: enough to know a colour by.
const SAMPLES: u32 = 48;

/// The class of the colour that most of the picture has.
pub(super) fn of(pixels: &Pixels) -> u8 {
    // Colours fall into 64 coarse bins; the fullest one's mean stands for all.
    let mut bins = [[0u32; 4]; 64];
    let steps = |length: u32| (0..SAMPLES).map(move |n| (2 * n + 1) * length / (2 * SAMPLES));
    for y in steps(pixels.height) {
        for [r, g, b] in steps(pixels.width).filter_map(|x| pixels.colour(x, y)) {
            let bin = usize::from((r >> 6) << 4 | (g >> 6) << 2 | b >> 6);
            if let Some([count, reds, greens, blues]) = bins.get_mut(bin) {
                *count += 1;
                *reds += u32::from(r);
                *greens += u32::from(g);
                *blues += u32::from(b);
            }
        }
    }
    let [count, reds, greens, blues] = bins.into_iter().max_by_key(|bin| bin[0]).unwrap_or_default();
    let mean = |sum: u32| sum / count.max(1);
    nearest([mean(reds), mean(greens), mean(blues)])
}

fn nearest(colour: [u32; 3]) -> u8 {
    let distance = |tint: u32| -> u32 {
        let channels = [tint >> 16, tint >> 8 & 0xFF, tint & 0xFF];
        channels.into_iter().zip(colour).map(|(a, b)| a.abs_diff(b).pow(2)).sum()
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
            assert_eq!(nearest([tint >> 16, tint >> 8 & 0xFF, tint & 0xFF]), class);
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
