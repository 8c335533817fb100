//! A drawing (SVG) as pixels, for places that take none.
//!
//! Takes a drawing that the sieve has passed, the width to draw it at and the
//! fonts of this computer; gives the pixels on white. Text needs fonts, and
//! those differ from computer to computer: so nothing of `output/` is made here,
//! only what people look at before they send it on.
//!
//! **Invariant:** nothing is read but the drawing and the fonts; a character that
//! no font has is a fault, never a gap in the picture.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, ID, Query, Weight};
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree};

use super::memory_budget;
use super::pixels::Pixels;
use crate::diagnostic::AssetFault;

/// Families in which Chinese is set where the drawing names none that is there,
/// in this order: without one of ours a computer that has many would write 骨 and
/// 直 in Japanese forms.
const CHINESE: [&str; 10] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
];

/// Filters of SVG whose work grows with the picture alone, not with a radius or a
/// matrix that the drawing names.
const FILTERS: [&str; 14] = [
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
];

/// The most that a drawing may name: a diagram with a shadow under each box has
/// dozens.
const MOST_FILTERED: usize = 200;

/// Whether its filters are few and quick.
fn filters_are_quick(svg: &str) -> bool {
    let named = svg.match_indices("fe").filter_map(|(at, _)| svg.get(at..)).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        rest.get(..end).filter(|name| name.as_bytes().get(2).is_some_and(u8::is_ascii_uppercase))
    });
    svg.matches("filter").count() <= MOST_FILTERED && named.into_iter().all(|name| FILTERS.contains(&name))
}

/// The drawing `svg`, `width` pixels wide; `Ok(None)` where it can't be drawn.
///
/// # Errors
/// Where its text or its filters can't be drawn.
pub(super) fn pixels(svg: &str, width: u32, fonts: &Arc<Database>) -> Result<Option<Pixels>, AssetFault> {
    if !filters_are_quick(svg) {
        return Err(AssetFault::DrawingFilters);
    }
    let missing: Arc<Mutex<Option<AssetFault>>> = Arc::default();
    // The library's own faults stay within one drawing.
    let drawn = catch_unwind(AssertUnwindSafe(|| draw(svg, width, fonts, &missing))).ok().flatten();
    let missing = missing.lock().unwrap_or_else(PoisonError::into_inner).take();
    missing.map_or(Ok(drawn), Err)
}

fn draw(
    svg: &str,
    width: u32,
    fonts: &Arc<Database>,
    missing: &Arc<Mutex<Option<AssetFault>>>,
) -> Option<Pixels> {
    let options = Options {
        languages: vec!["zh-CN".to_owned(), "zh".to_owned(), "en".to_owned()],
        image_href_resolver: ImageHrefResolver {
            // Pictures are in the drawing or nowhere: the sieve has left no other.
            resolve_string: Box::new(|_, _| None),
            ..ImageHrefResolver::default()
        },
        font_resolver: resolver(missing),
        fontdb: Arc::clone(fonts),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).ok()?;
    let (whole_width, whole_height) = (tree.size().width(), tree.size().height());
    #[expect(clippy::cast_precision_loss, reason = "a picture's width is far below what f32 holds exactly")]
    let scale = width as f32 / whole_width;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded and checked by `Pixmap`"
    )]
    let height = (whole_height * scale).round().max(1.0) as u32;
    let _permit = memory_budget::enter(8 * u64::from(width) * u64::from(height));
    let mut canvas =
        (u64::from(width) * u64::from(height) <= MOST_PIXELS).then(|| Pixmap::new(width, height))??;
    canvas.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    // On white all is opaque, so the bytes are the colours.
    let data = canvas.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    Pixels::of_data(width, height, data)
}

/// As many as a drawing may have: eight times as high as wide at the account's width.
const MOST_PIXELS: u64 = 10_000_000;

/// How text finds its font: the named one, else one for Chinese, else any that has
/// the character; what no font has is noted.
fn resolver(missing: &Arc<Mutex<Option<AssetFault>>>) -> FontResolver<'static> {
    let (named, any) = (FontResolver::default_font_selector(), FontResolver::default_fallback_selector());
    let note = |missing: &Mutex<Option<AssetFault>>, fault| {
        missing.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
    };
    let (no_font, no_glyph) = (Arc::clone(missing), Arc::clone(missing));
    FontResolver {
        select_font: Box::new(move |font, database| {
            let found = named(font, database)
                .or_else(|| chinese(database, Weight(font.weight())).next())
                .or_else(|| database.faces().next().map(|face| face.id));
            if found.is_none() {
                note(&no_font, AssetFault::DrawingText { character: None });
            }
            found
        }),
        select_fallback: Box::new(move |character, used, database| {
            let weight =
                used.first().and_then(|id| database.face(*id)).map_or(Weight::NORMAL, |face| face.weight);
            // Whether it has the character is seen when it is tried.
            let found = chinese(database, weight).find(|id| !used.contains(id));
            let found = found.or_else(|| any(character, used, database));
            if found.is_none() && !is_unseen(character) {
                note(&no_glyph, AssetFault::DrawingText { character: Some(character) });
            }
            found
        }),
    }
}

/// The fonts for Chinese that are there, in the weight nearest to `weight`.
fn chinese(database: &Database, weight: Weight) -> impl Iterator<Item = ID> + '_ {
    CHINESE.iter().filter_map(move |name| {
        database.query(&Query { families: &[Family::Name(name)], weight, ..Query::default() })
    })
}

/// Whether a character has no form of its own, so that a font need not have it.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const NS: &str = "xmlns='http://www.w3.org/2000/svg'";

    fn drawn(svg: &str, width: u32) -> Result<Option<Pixels>, AssetFault> {
        pixels(svg, width, &Arc::default())
    }

    #[test]
    fn shapes_stand_on_white_at_the_width_that_is_asked_for() {
        let svg = format!("<svg {NS} width='4' height='2'><rect width='2' height='2' fill='#b01e1e'/></svg>");
        let pixels = drawn(&svg, 8).unwrap().unwrap();
        assert_eq!((pixels.width, pixels.height, pixels.alpha), (8, 4, false));
        assert_eq!(pixels.colour(1, 1), Some([0xb0, 0x1e, 0x1e]));
        assert_eq!(pixels.colour(6, 1), Some([255, 255, 255]));
    }

    #[test]
    fn text_without_a_font_is_a_fault_and_no_gap() {
        let svg = format!("<svg {NS} width='40' height='20'><text y='15'>台账</text></svg>");
        assert_eq!(drawn(&svg, 40).err(), Some(AssetFault::DrawingText { character: None }));
        let blank = format!("<svg {NS} width='40' height='20'><text y='15'> </text></svg>");
        assert!(drawn(&blank, 40).is_ok());
    }

    #[test]
    fn shadows_are_drawn_and_slow_filters_are_named() {
        let filtered = |filter: &str| {
            let rect = "<rect width='4' height='4' filter='url(#f)'/>";
            drawn(&format!("<svg {NS} width='9' height='9'><filter id='f'>{filter}</filter>{rect}</svg>"), 9)
        };
        assert!(filtered("<feGaussianBlur stdDeviation='1'/>").unwrap().is_some());
        assert_eq!(filtered("<feMorphology radius='1'/>").err(), Some(AssetFault::DrawingFilters));
    }

    #[test]
    fn what_is_no_drawing_or_too_high_is_none() {
        assert!(drawn("<p>", 40).unwrap().is_none());
        assert!(
            drawn(&format!("<svg {NS} width='1' height='60000'><path d='M0 0h1'/></svg>"), 1080)
                .unwrap()
                .is_none()
        );
    }
}
