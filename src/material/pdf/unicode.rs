//! Characters for fonts that come without a `ToUnicode` map (ISO 32000-2, 9.10.2).
//!
//! A Chinese font that is embedded under a predefined encoding (`GBK-EUC-H`,
//! `UniGB-UCS2-H`), or under `Identity-H` with the collection Adobe-GB1, says by
//! its collection which characters its codes are. `hayro-font` 0.5.0 follows that
//! only where the font is not embedded (`cid.rs`, `if fallback`), so the map is
//! written into the document that it is given; what is published stays without.
//! This file goes when a release reads the collection of embedded fonts too.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// The largest encoding of its own that a font brings, in bytes.
const MAX_ENCODING: usize = 4 << 20;

/// The most fonts that get a map.
const MAX_FONTS: usize = 1_000;

/// Gives the fonts of `document` that lack one a map to characters; whether
/// there were such fonts.
pub(super) fn complete(document: &mut Document) -> bool {
    let mut maps: BTreeMap<Vec<u8>, Option<ObjectId>> = BTreeMap::new();
    let fonts: Vec<ObjectId> = document.objects.iter().filter(lacks_map).map(|(id, _)| *id).collect();
    let mut changed = false;
    for id in fonts.into_iter().take(MAX_FONTS) {
        let Some(wanted) = document.get_dictionary(id).ok().and_then(|font| Wanted::of(document, font))
        else {
            continue;
        };
        let map = *maps.entry(wanted.key()).or_insert_with(|| {
            let text = wanted.map()?;
            Some(document.add_object(Stream::new(Dictionary::new(), text.into_bytes())))
        });
        if let (Some(map), Ok(font)) = (map, document.get_dictionary_mut(id)) {
            font.set("ToUnicode", map);
            changed = true;
        }
    }
    changed
}

fn lacks_map((_, object): &(&ObjectId, &Object)) -> bool {
    let Ok(font) = object.as_dict() else { return false };
    let is = |name: &[u8]| font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == name);
    (is(b"Type0") || is(b"Type3")) && !font.has(b"ToUnicode")
}

/// The map that a font needs.
enum Wanted {
    /// From codes by this encoding to numbers of a collection.
    Collection { encoding: Encoding, family: CidFamily },
    /// Of a font drawn by the page's own operators: codes that are characters.
    Codes(Vec<u8>),
}

/// How codes become numbers of a collection.
enum Encoding {
    Named(Vec<u8>),
    Own(Vec<u8>),
}

impl Wanted {
    fn of(document: &Document, font: &Dictionary) -> Option<Self> {
        if font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type3") {
            return numbered(document, font).map(Self::Codes);
        }
        let encoding = match font.get_deref(b"Encoding", document).ok()? {
            Object::Name(name) => Encoding::Named(name.clone()),
            Object::Stream(stream) => {
                Encoding::Own(stream.decompressed_content_with_limit(MAX_ENCODING).ok()?)
            }
            _ => return None,
        };
        let named = encoding.cmap()?.metadata().character_collection.clone().map(|known| known.family);
        let family =
            named.filter(|family| family.ucs2_cmap().is_some()).or_else(|| collection(document, font));
        family.map(|family| Self::Collection { encoding, family })
    }

    /// What tells two maps apart.
    fn key(&self) -> Vec<u8> {
        match self {
            Self::Codes(codes) => [b"codes".as_slice(), codes].concat(),
            Self::Collection { encoding: Encoding::Named(name) | Encoding::Own(name), family } => {
                [name.as_slice(), format!("{family:?}").as_bytes()].concat()
            }
        }
    }

    /// The map as a `CMap` file.
    fn map(&self) -> Option<String> {
        let mut file = File::default();
        match self {
            Self::Codes(codes) => {
                for code in codes {
                    file.add(u32::from(*code), 1, &char::from(*code).to_string());
                }
            }
            Self::Collection { encoding, family } => {
                let characters = parsed(load_embedded(family.ucs2_cmap()?)?)?;
                let encoding = encoding.cmap()?;
                for (length, last) in [(1_u8, 0xFF_u32), (2, 0xFFFF)] {
                    for code in 0..=last {
                        let number = encoding.lookup_cid_code(code, length).filter(|number| *number > 0);
                        match number.and_then(|number| characters.lookup_bf_string(number)) {
                            Some(BfString::Char(c)) => file.add(code, length, c.encode_utf8(&mut [0; 4])),
                            Some(BfString::String(text)) => file.add(code, length, &text),
                            None => {}
                        }
                    }
                }
            }
        }
        file.finish()
    }
}

impl Encoding {
    fn cmap(&self) -> Option<CMap> {
        match self {
            Self::Named(name) => match CMapName::from_bytes(name) {
                CMapName::IdentityH => Some(CMap::identity_h()),
                CMapName::IdentityV => Some(CMap::identity_v()),
                name => parsed(load_embedded(name)?),
            },
            Self::Own(text) => parsed(text),
        }
    }
}

fn parsed(text: &[u8]) -> Option<CMap> {
    CMap::parse(text, load_embedded)
}

/// The collection that a composite font's own font names.
fn collection(document: &Document, font: &Dictionary) -> Option<CidFamily> {
    let fonts = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok()?;
    let (_, first) = document.dereference(fonts.first()?).ok()?;
    let info = first.as_dict().ok()?.get_deref(b"CIDSystemInfo", document).and_then(Object::as_dict).ok()?;
    let text = |key: &[u8]| info.get_deref(key, document).and_then(Object::as_str).ok();
    let family = CidFamily::from_registry_ordering(text(b"Registry")?, text(b"Ordering")?);
    family.ucs2_cmap().is_some().then_some(family)
}

/// The codes of a Type 3 font whose glyphs are named after their codes (`a65`,
/// as TeX does): then codes are characters. Where one is named otherwise
/// nothing is known of any.
fn numbered(document: &Document, font: &Dictionary) -> Option<Vec<u8>> {
    let encoding = font.get_deref(b"Encoding", document).and_then(Object::as_dict).ok()?;
    let differences = encoding.get_deref(b"Differences", document).and_then(Object::as_array).ok()?;
    let mut codes = Vec::new();
    let mut code = 0_i64;
    for item in differences {
        match item {
            Object::Integer(from) => code = *from,
            Object::Name(name) => {
                let letters = name.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                let number = std::str::from_utf8(name.get(letters..)?).ok()?.parse::<i64>().ok();
                if (1..=2).contains(&letters) && number == Some(code) {
                    codes.extend(u8::try_from(code).ok().filter(|code| (0x20..0x7F).contains(code)));
                } else if name != b".notdef" {
                    return None;
                }
                code = code.saturating_add(1);
            }
            _ => return None,
        }
    }
    (!codes.is_empty()).then_some(codes)
}

/// A `CMap` file being written (Adobe technical note 5014).
#[derive(Default)]
struct File {
    /// Lines of `bfchar`.
    lines: Vec<String>,
}

/// The most lines of a section.
const SECTION: usize = 100;

impl File {
    fn add(&mut self, code: u32, length: u8, text: &str) {
        let mut line = format!("<{code:0width$X}> <", width = usize::from(length) * 2);
        for unit in text.encode_utf16() {
            let _ = write!(line, "{unit:04X}");
        }
        line.push('>');
        self.lines.push(line);
    }

    fn finish(self) -> Option<String> {
        if self.lines.is_empty() {
            return None;
        }
        let mut text = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
            /CMapName /Made def /CMapType 2 def\n\
            2 begincodespacerange <00> <FF> <0000> <FFFF> endcodespacerange\n"
            .to_owned();
        for section in self.lines.chunks(SECTION) {
            let _ = writeln!(text, "{} beginbfchar\n{}\nendbfchar", section.len(), section.join("\n"));
        }
        text.push_str("endcmap end end\n");
        Some(text)
    }
}
