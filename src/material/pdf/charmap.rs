//! Characters of glyphs that the document gives none for, from the font
//! program's own table: fonts embedded with glyph numbers alone keep it now and
//! then (OpenType, `cmap`).

use std::collections::HashMap;
use std::sync::Arc;

use hayro_interpret::font::OutlineGlyph;
use skrifa::MetadataProvider as _;
use skrifa::raw::FontRef;

/// The most entries of a table that are read: a font has at most 65,535 glyphs.
const MAX_ENTRIES: usize = 200_000;

/// Tables turned round, by the key of the font program.
#[derive(Default)]
pub(super) struct Charmaps(HashMap<u128, Arc<HashMap<u32, char>>>);

impl Charmaps {
    /// The character whose glyph this is.
    pub(super) fn character(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        let number = glyph.glyph_id().to_u32();
        if number == 0 {
            return None;
        }
        let font = glyph.font_data()?;
        let map = self.0.entry(font.cache_key).or_insert_with(|| Arc::new(reversed((*font.data).as_ref())));
        map.get(&number).copied()
    }
}

/// From glyphs to characters, the first one where a glyph serves several.
fn reversed(font: &[u8]) -> HashMap<u32, char> {
    let mut map = HashMap::new();
    let Ok(font) = FontRef::new(font) else { return map };
    for (code, glyph) in font.charmap().mappings().take(MAX_ENTRIES) {
        if let Some(c) = char::from_u32(code).filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}')) {
            map.entry(glyph.to_u32()).or_insert(c);
        }
    }
    map
}
