//! The classes of characters that emphasis turns on.

/// Whether `c` is surely neither white space nor punctuation nor a symbol.
pub(super) fn is_letter(c: char) -> bool {
    // Circled and squared letters are alphabetic symbols.
    c.is_alphanumeric() && !matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}')
}

/// Whether `c` is Chinese, Japanese or Korean in the amendment's sense: East
/// Asian Width W, F or H without what is an emoji by default, and all Hangul.
/// Gaps that Unicode has not assigned are filled.
pub(super) fn is_cjk(c: char) -> bool {
    c >= '\u{1100}'
        && matches!(c,
            '\u{1100}'..='\u{11FF}'           // Hangul letters
            | '\u{20A9}'                      // ₩
            | '\u{2329}' | '\u{232A}'
            | '\u{2630}'..='\u{2637}' | '\u{268A}'..='\u{268F}'
            | '\u{2E80}'..='\u{303E}'         // radicals, punctuation
            | '\u{3041}'..='\u{3247}'         // kana, bopomofo, enclosed
            | '\u{3250}'..='\u{A4CF}'         // Han, Yi
            | '\u{A960}'..='\u{A97C}'
            | '\u{AC00}'..='\u{D7FB}'         // Hangul syllables
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6B}'
            | '\u{FF01}'..='\u{FFEE}'         // full-width and half-width forms
            | '\u{16FE0}'..='\u{191D2}'       // Tangut, Khitan, Nüshu
            | '\u{1AFF0}'..='\u{1B2FB}'       // older kana
            | '\u{1D300}'..='\u{1D376}'
            | '\u{1F200}' | '\u{1F202}' | '\u{1F210}'..='\u{1F219}' | '\u{1F21B}'..='\u{1F22E}'
            | '\u{1F230}' | '\u{1F231}' | '\u{1F237}' | '\u{1F23B}'..='\u{1F248}'
            | '\u{1F260}'..='\u{1F265}'
            | '\u{20000}'..='\u{3FFFD}')
}
