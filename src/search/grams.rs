//! The keys under which a text is found.
//!
//! A key is two UTF-16 units. For text these are two neighbours, or one unit
//! and a space. Longer keys are packed into the first unit, among the private
//! characters, which no text has as keys:
//!
//! | first unit | second | found by |
//! |---|---|---|
//! | `E000 + 26a + b` | c | three letters of a title's pinyin |
//! | `E300 + 26a + b` | space, or c | two or three initials of a title's pinyin |
//! | `E600 + 36a + b` | c | three ASCII letters or digits of a text |

use super::normalize::{is_ideograph, is_indexed};

/// Two units in one number; keys are in the order of these numbers.
pub(super) type Gram = u32;

/// The second unit where there is none.
const NONE: u16 = 0x20;
const PINYIN: u16 = 0xE000;
const INITIALS: u16 = 0xE300;
const ALPHANUMERIC: u16 = 0xE600;

/// The key of two units.
pub(super) fn gram(first: u16, second: u16) -> Gram {
    u32::from(first) << 16 | u32::from(second)
}

/// The first unit of the keys that begin as `gram` does, where there may be
/// any: for 育 that of 育整 and 育人, for `20` that of `202` and `20a`. Not for a
/// letter or digit alone: its two-character keys may follow from others again.
pub(super) fn longer(gram: Gram) -> Option<u16> {
    let (first, second) = units(gram);
    if first > 0x7F {
        return (second == NONE).then_some(first);
    }
    match (alphanumeric(first), alphanumeric(second)) {
        (Some(a), Some(b)) => Some(ALPHANUMERIC + a * 36 + b),
        (None, _) if second == NONE => Some(first),
        _ => None,
    }
}

/// Whether `gram` is not the shortest of those that begin with its first unit.
pub(super) fn is_longer(gram: Gram) -> bool {
    units(gram).1 != NONE
}

/// The two units of a key.
pub(super) fn units(gram: Gram) -> (u16, u16) {
    ((gram >> 16) as u16, (gram & 0xFFFF) as u16)
}

/// Adds the keys of one folded text, in which `\n` and all else that is not
/// indexed parts neighbours.
pub(super) fn of_text(units: impl Iterator<Item = u16>, mut add: impl FnMut(Gram)) {
    let mut before = None;
    // Of a letter or digit behind another, the first unit of the key of three.
    let mut two = None;
    for unit in units {
        if !(is_ideograph(unit) || is_indexed(unit)) {
            (before, two) = (None, None);
            continue;
        }
        add(gram(unit, NONE));
        if let Some(before) = before {
            add(gram(before, unit));
            let own = alphanumeric(unit);
            if let (Some(first), Some(_)) = (two, own) {
                add(gram(first, unit));
            }
            two = alphanumeric(before).zip(own).map(|(a, b)| ALPHANUMERIC + a * 36 + b);
        }
        before = Some(unit);
    }
}

/// Adds the keys of a title's spelling: a syllable a unit, empty for what
/// has none.
pub(super) fn of_spelling(syllables: &[String], mut add: impl FnMut(Gram)) {
    for run in syllables.split(String::is_empty) {
        let letters: Vec<u16> = run.iter().flat_map(|syllable| syllable.encode_utf16()).collect();
        let initials: Vec<u16> = run.iter().filter_map(|syllable| syllable.encode_utf16().next()).collect();
        for three in letters.windows(3) {
            letter_gram(PINYIN, three).into_iter().for_each(&mut add);
        }
        for two in initials.windows(2) {
            letter_gram(INITIALS, two).into_iter().for_each(&mut add);
        }
        for three in initials.windows(3) {
            letter_gram(INITIALS, three).into_iter().for_each(&mut add);
        }
    }
}

fn letter_gram(space: u16, letters: &[u16]) -> Option<Gram> {
    let (a, b) = (letter(*letters.first()?)?, letter(*letters.get(1)?)?);
    let third = match letters.get(2) {
        Some(c) => letter(*c).map(|_| *c)?,
        None => NONE,
    };
    Some(gram(space + a * 26 + b, third))
}

fn letter(unit: u16) -> Option<u16> {
    unit.checked_sub(0x61).filter(|n| *n < 26)
}

/// 0–9 for digits, 10–35 for letters.
fn alphanumeric(unit: u16) -> Option<u16> {
    match unit {
        0x30..=0x39 => Some(unit - 0x30),
        0x61..=0x7A => Some(unit - 0x61 + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::normalize::folded;
    use super::*;

    fn keys(grams: &[Gram]) -> Vec<String> {
        let units = |gram: &Gram| [(gram >> 16) as u16, (gram & 0xFFFF) as u16];
        grams.iter().map(|gram| String::from_utf16_lossy(&units(gram))).collect()
    }

    #[test]
    fn neighbours_and_single_characters() {
        let mut grams = Vec::new();
        of_text(folded("教育，整"), |gram| grams.push(gram));
        assert_eq!(keys(&grams), ["教 ", "育 ", "教育", "整 "]);
    }

    #[test]
    fn three_letters_or_digits() {
        let mut grams = Vec::new();
        of_text(folded("20 1a2"), |gram| grams.push(gram));
        assert_eq!(keys(&grams), ["2 ", "0 ", "20", "1 ", "a ", "1a", "2 ", "a2", "\u{E62E}2"]);
    }

    #[test]
    fn spellings_and_initials() {
        let mut grams = Vec::new();
        of_spelling(&["zai".to_owned(), "ba".to_owned(), String::new(), "e".to_owned()], |gram| {
            grams.push(gram);
        });
        assert_eq!(keys(&grams), ["\u{E28A}i", "\u{E008}b", "\u{E0D1}a", "\u{E58B} "]);
    }
}
