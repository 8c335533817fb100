//! What a picture's numbers mean as colours, and the same colours in sRGB.

use std::panic::{AssertUnwindSafe, catch_unwind};

use memchr::memmem;
use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace, Layout,
    MatrixCoefficients, ToneReprCurve, TransferCharacteristics, TransformOptions, XyY,
};

use super::pixels::Pixels;

/// The longest profile that is read; a printer's have up to 2 MB.
const LONGEST: usize = 4 << 20;

/// What a file says that its numbers mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Colours {
    /// A profile (ICC.1).
    Profile(Vec<u8>),
    /// A power of brightness, and where white, red, green and blue lie (x and
    /// y of CIE 1931 each); what is not said is as in sRGB (PNG, gAMA, cHRM).
    Gamma { gamma: Option<f64>, places: Option<[f64; 8]> },
    /// Numbers of ITU-T H.273 (PNG, cICP).
    Code { primaries: u8, transfer: u8 },
}

impl Colours {
    /// What it means; `None` where that is sRGB, or can't be read.
    fn profile(&self) -> Option<ColorProfile> {
        match self {
            // Most cameras say that they mean sRGB.
            Self::Profile(bytes)
                if bytes.len() > LONGEST || memmem::find(bytes, b"sRGB IEC61966").is_some() =>
            {
                None
            }
            Self::Profile(bytes) => ColorProfile::new_from_slice(bytes).ok(),
            Self::Gamma { gamma, places } => Some(by_gamma(*gamma, *places)),
            Self::Code { primaries, transfer } => by_code(*primaries, *transfer),
        }
    }
}

fn by_gamma(gamma: Option<f64>, places: Option<[f64; 8]>) -> ColorProfile {
    let mut profile = ColorProfile::new_srgb();
    // A place on the axis or beyond the triangle is no colour.
    let real = |places: &[f64; 8]| {
        places.chunks_exact(2).all(|pair| matches!(*pair, [x, y] if y > 0.001 && x + y <= 1.001))
    };
    if let Some([white_x, white_y, red_x, red_y, green_x, green_y, blue_x, blue_y]) = places.filter(real) {
        #[expect(clippy::cast_possible_truncation, reason = "five digits behind the point are enough")]
        let place = |x: f64, y: f64| Chromaticity::new(x as f32, y as f32);
        let primaries = ColorPrimaries {
            red: place(red_x, red_y),
            green: place(green_x, green_y),
            blue: place(blue_x, blue_y),
        };
        profile.update_rgb_colorimetry(XyY { x: white_x, y: white_y, yb: 1.0 }, primaries);
    }
    profile.cicp = None;
    if let Some(gamma) = gamma {
        #[expect(clippy::cast_possible_truncation, reason = "five digits behind the point are enough")]
        let curve = ToneReprCurve::Parametric(vec![(1.0 / gamma) as f32]);
        profile.red_trc = Some(curve.clone());
        profile.green_trc = Some(curve.clone());
        profile.blue_trc = Some(curve);
    }
    profile
}

fn by_code(primaries: u8, transfer: u8) -> Option<ColorProfile> {
    // sRGB itself.
    if (primaries, transfer) == (1, 13) {
        return None;
    }
    let code = CicpProfile {
        color_primaries: CicpColorPrimaries::try_from(primaries).ok()?,
        transfer_characteristics: TransferCharacteristics::try_from(transfer).ok()?,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    };
    let mut profile = ColorProfile::new_srgb();
    profile.update_rgb_colorimetry_from_cicp(code);
    Some(profile)
}

/// `pixels` with the colours that are meant, in sRGB. What can't be read, or
/// is of other colours than the picture's, changes nothing.
pub(super) fn in_srgb(pixels: Pixels, colours: Option<&Colours>) -> Pixels {
    let transform = || {
        let profile = colours?.profile()?;
        match profile.color_space {
            DataColorSpace::Rgb => of_colours(&pixels, &profile),
            DataColorSpace::Gray => of_greys(&pixels, &profile),
            _ => None,
        }
    };
    // Others' code, and what it is given comes from anywhere.
    match catch_unwind(AssertUnwindSafe(transform)).ok().flatten() {
        Some(data) => Pixels { data, ..pixels },
        None => pixels,
    }
}

/// The bytes in sRGB, by a profile of red, green and blue.
fn of_colours(pixels: &Pixels, profile: &ColorProfile) -> Option<Vec<u8>> {
    let layout = if pixels.alpha { Layout::Rgba } else { Layout::Rgb };
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
    let mut data = vec![0; pixels.data.len()];
    transform.transform(&pixels.data, &mut data).ok()?;
    Some(data)
}

/// The bytes in sRGB, by a profile of greys; `None` where there are colours.
fn of_greys(pixels: &Pixels, profile: &ColorProfile) -> Option<Vec<u8>> {
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(Layout::Gray, &srgb, Layout::Rgb, options).ok()?;
    let greys: Vec<u8> = (0..=255).collect();
    let mut table = [0; 3 * 256];
    transform.transform(&greys, &mut table).ok()?;
    let mut data = pixels.data.clone();
    for pixel in data.chunks_exact_mut(if pixels.alpha { 4 } else { 3 }) {
        let [red, green, blue, ..] = pixel else { return None };
        if red != green || green != blue {
            return None;
        }
        let at = 3 * usize::from(*red);
        let [new_red, new_green, new_blue] = *table.get(at..at + 3)? else { return None };
        (*red, *green, *blue) = (new_red, new_green, new_blue);
    }
    Some(data)
}
