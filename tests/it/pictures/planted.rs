//! A name planted in every place of a JPEG, a PNG, a GIF, a WebP and an SVG
//! where a file can keep one: none is in what is published, but what a drawing
//! shows.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use zhuanlan::photo::{self, Codec, Variant};

use super::{cleaned, rgb};

/// The next name: `zhang01`, `zhang02` …
struct Names(usize);

impl Names {
    fn next(&mut self) -> String {
        self.0 += 1;
        format!("zhang{:02}", self.0)
    }

    /// Each `@` becomes the next name.
    fn within(&mut self, text: &str) -> String {
        let mut parts = text.split('@');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            out.push_str(&self.next());
            out.push_str(part);
        }
        out
    }
}

/// The names that were planted and are still there, in one byte a letter or two.
fn left(bytes: &[u8], planted: usize) -> Vec<String> {
    let narrow: Vec<u8> = bytes.to_ascii_lowercase();
    let wide: Vec<u8> = narrow.iter().copied().filter(|byte| *byte != 0).collect();
    (1..=planted)
        .map(|n| format!("zhang{n:02}"))
        .filter(|name| {
            [&narrow, &wide].iter().any(|all| memchr::memmem::find(all, name.as_bytes()).is_some())
        })
        .collect()
}

/// Nothing of the names is in the cleaned copy, nor in any form that a page shows.
fn none_is_published(bytes: &[u8], planted: usize) {
    assert_eq!(left(bytes, planted).len(), planted, "a name was not planted");
    assert_eq!(left(&cleaned(bytes), planted), Vec::<String>::new(), "the cleaned copy");
    for codec in [Codec::Jpeg, Codec::Webp] {
        let make = Variant::Whole { width: 32, height: 24, codec, quality: 76 };
        let made = photo::encode(bytes, &[make]).pop().flatten().expect("a picture");
        assert_eq!(left(&made, planted), Vec::<String>::new(), "{codec:?}");
        assert_eq!(rgb(&made).width(), 32);
    }
}

fn pixels() -> Vec<u8> {
    (0..32 * 24).flat_map(|n| [(n % 251) as u8, 90, 160]).collect()
}

/// Exif with the fields that hold names, those in two bytes a letter too.
fn exif(names: &mut Names) -> Vec<u8> {
    // Description, make, model, software, artist, host computer, copyright, and Windows' title, comment, author, keywords.
    let ascii = [0x010E_u16, 0x010F, 0x0110, 0x0131, 0x013B, 0x013C, 0x8298];
    let wide = [0x9C9B_u16, 0x9C9C, 0x9C9D, 0x9C9E];
    let mut fields: Vec<(u16, u16, Vec<u8>)> =
        ascii.into_iter().map(|tag| (tag, 2, format!("{}\0", names.next()).into_bytes())).collect();
    fields.extend(
        wide.into_iter().map(|tag| (tag, 1, names.next().bytes().flat_map(|byte| [byte, 0]).collect())),
    );
    // User comment, maker's note, a private field.
    fields.extend([0x9286_u16, 0x927C, 0xC6D2].map(|tag| (tag, 7, names.next().into_bytes())));
    fields.sort_by_key(|(tag, ..)| *tag);
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend(u16::try_from(fields.len()).unwrap().to_le_bytes());
    let mut values: Vec<u8> = Vec::new();
    let start = 8 + 2 + fields.len() * 12 + 4;
    for (tag, kind, value) in &fields {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
        out.extend(u32::try_from(start + values.len()).unwrap().to_le_bytes());
        values.extend(value);
    }
    out.extend([0; 4]);
    out.extend(values);
    out
}

fn xmp(names: &mut Names) -> String {
    names.within(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"@\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" photoshop:AuthorsPosition=\"@\" photoshop:CaptionWriter=\"@\"><dc:creator><rdf:Seq><rdf:li>@</rdf:li></rdf:Seq></dc:creator><dc:title>@</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>",
    )
}

/// An ICC profile's head with a description that names its owner.
fn icc(names: &mut Names) -> Vec<u8> {
    let mut out = vec![0; 128];
    out[36..40].copy_from_slice(b"acsp");
    out.extend(names.within("desc @ cprt @ dmnd @").bytes());
    out
}

#[test]
fn no_name_planted_in_a_jpeg_is_published() {
    let mut names = Names(0);
    let mut plain = Vec::new();
    jpeg_encoder::Encoder::new(&mut plain, 90)
        .encode(&pixels(), 32, 24, jpeg_encoder::ColorType::Rgb)
        .expect("a JPEG");
    let mut out = plain[..2].to_vec();
    let mut segment = |marker: u8, head: &[u8], body: &[u8]| {
        out.extend([0xFF, marker]);
        out.extend(u16::try_from(2 + head.len() + body.len()).unwrap().to_be_bytes());
        out.extend(head);
        out.extend(body);
    };
    segment(0xE0, b"JFXX\0\x10", names.next().as_bytes());
    segment(0xE1, b"Exif\0\0", &exif(&mut names));
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0", xmp(&mut names).as_bytes());
    segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0", names.next().as_bytes());
    segment(0xE1, b"QVCI\0", names.next().as_bytes());
    segment(0xE2, b"ICC_PROFILE\0\x01\x01", &icc(&mut names));
    segment(0xE2, b"MPF\0", names.next().as_bytes());
    segment(0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0c\x1c\x02\x50\0\x07", names.next().as_bytes());
    segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01", names.next().as_bytes());
    segment(0xFE, b"", names.next().as_bytes());
    for marker in [0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xEF] {
        segment(marker, b"", names.next().as_bytes());
    }
    out.extend(&plain[2..]);
    // Behind the end: what phones append, and a second picture.
    out.extend(names.next().bytes());
    none_is_published(&out, names.0);
}

fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut hasher = flate2::Crc::new();
    hasher.update(&name);
    hasher.update(body);
    let mut out = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
    out.extend(name);
    out.extend(body);
    out.extend(hasher.sum().to_be_bytes());
    out
}

fn packed(body: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::none());
    encoder.write_all(body).expect("in memory");
    encoder.finish().expect("in memory")
}

#[test]
fn no_name_planted_in_a_png_is_published() {
    let mut names = Names(0);
    let mut plain = Vec::new();
    image::codecs::png::PngEncoder::new(&mut plain)
        .write_image(&pixels(), 32, 24, ExtendedColorType::Rgb8)
        .expect("a PNG");
    // Behind the head chunk: 8 bytes of signature and 25 of IHDR.
    let mut out = plain[..33].to_vec();
    out.extend(chunk(*b"iCCP", &[names.next().as_bytes(), b"\0\0", &packed(&icc(&mut names))].concat()));
    for key in ["Author", "Copyright", "Comment", "Raw profile type exif"] {
        out.extend(chunk(*b"tEXt", format!("{key}\0{}", names.next()).as_bytes()));
    }
    out.extend(chunk(*b"tEXt", names.within("@\0@").as_bytes()));
    out.extend(chunk(*b"zTXt", &[b"Author\0\0".as_slice(), &packed(names.next().as_bytes())].concat()));
    out.extend(chunk(*b"iTXt", names.within("Title\0\0\0zh\0@\0@").as_bytes()));
    out.extend(chunk(*b"iTXt", format!("XML:com.adobe.xmp\0\0\0\0\0{}", xmp(&mut names)).as_bytes()));
    out.extend(chunk(*b"eXIf", &exif(&mut names)));
    out.extend(chunk(*b"sPLT", format!("{}\0\x08", names.next()).as_bytes()));
    out.extend(chunk(*b"prVt", names.next().as_bytes()));
    out.extend(chunk(*b"caBX", names.next().as_bytes()));
    let end = plain.len() - 12;
    out.extend(&plain[33..end]);
    out.extend(chunk(*b"tEXt", names.within("Author\0@").as_bytes()));
    out.extend(&plain[end..]);
    out.extend(names.next().bytes());
    none_is_published(&out, names.0);
}

#[test]
fn no_name_planted_in_a_gif_is_published() {
    let mut names = Names(0);
    let mut plain = Vec::new();
    image::codecs::gif::GifEncoder::new(&mut plain)
        .encode(&pixels(), 32, 24, ExtendedColorType::Rgb8)
        .expect("a GIF");
    let mut extra = Vec::new();
    let mut block = |head: &[u8], name: &str| {
        extra.extend(head);
        extra.push(u8::try_from(name.len()).unwrap());
        extra.extend(name.bytes());
        extra.push(0);
    };
    block(&[0x21, 0xFE], &names.next());
    block(b"\x21\xFF\x0BXMP DataXMP", &names.next());
    block(b"\x21\xFF\x0BSOMEPROG1.0", &names.next());
    block(&[0x21, 0xFA], &names.next());
    // Blocks stand behind the head, before the trailer, and bytes behind it.
    let head = 13 + if plain[10] & 0x80 == 0 { 0 } else { 3 << ((plain[10] & 7) + 1) };
    let mut out = plain[..head].to_vec();
    out.extend(&extra);
    out.extend(&plain[head..plain.len() - 1]);
    out.extend(b"\x21\xFE");
    let name = names.next();
    out.push(u8::try_from(name.len()).unwrap());
    out.extend(name.bytes());
    out.extend([0, 0x3B]);
    out.extend(names.next().bytes());
    // A page shows the cleaned copy: its pictures move.
    assert_eq!(left(&out, names.0).len(), names.0, "a name was not planted");
    assert_eq!(left(&cleaned(&out), names.0), Vec::<String>::new());
}

#[test]
fn no_name_planted_in_a_webp_is_published() {
    let mut names = Names(0);
    let plain = webp::Encoder::from_rgb(&pixels(), 32, 24).encode(80.0).to_vec();
    // The extended form: flags for a profile, Exif and XMP; the picture's chunk; the others; one that nobody knows.
    let mut body = b"WEBP".to_vec();
    let mut part = |name: &[u8; 4], content: &[u8]| {
        body.extend(name);
        body.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        body.extend(content);
        body.extend(vec![0; content.len() % 2]);
    };
    part(b"VP8X", &[0x2C, 0, 0, 0, 31, 0, 0, 23, 0, 0]);
    part(b"ICCP", &icc(&mut names));
    let picture = &plain[20..];
    part(plain[12..16].try_into().unwrap(), picture);
    part(b"EXIF", &exif(&mut names));
    part(b"XMP ", xmp(&mut names).as_bytes());
    part(b"PRIV", names.next().as_bytes());
    let mut out = b"RIFF".to_vec();
    out.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    out.extend(&body);
    out.extend(names.next().bytes());
    none_is_published(&out, names.0);
}

#[test]
fn no_name_planted_in_a_drawing_is_published() {
    let mut names = Names(0);
    let text = names.within(
        r##"<?xml version="1.0"?><!-- @ --><?prog @?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:own="urn:@" viewBox="0 0 32 24" content="@" sodipodi:docname="/home/@/a.svg" inkscape:export-filename="/home/@/a.png" id="@" class="@" data-name="@" aria-label="@" own:by="@">
<title>@</title><desc>@</desc><metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">@</rdf:RDF></metadata>
<sodipodi:namedview id="@" own:by="@"/>
<defs><linearGradient id="@"><stop offset="0" stop-color="#123"/></linearGradient></defs>
<style>/* @ */ .@ { fill: #456; }</style>
<g id="@" inkscape:label="@" inkscape:groupmode="layer" class="@"><rect id="@" data-author="@" width="9" height="9"/><!-- @ --></g>
<a xlink:href="file:///C:/Users/@/a.doc" xlink:title="@"><circle cx="9" cy="9" r="3" own:note="@"/></a>
<own:author>@</own:author><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">@</p></foreignObject>
<switch><g own:by="@"/></switch>
</svg>"##,
    );
    assert_eq!(left(text.as_bytes(), names.0).len(), names.0);
    let shown = "<text x=\"1\" y=\"9\">供人看的字</text></svg>";
    let bytes = text.replace("</svg>", shown);
    let copy = cleaned(bytes.as_bytes());
    assert_eq!(left(&copy, names.0), Vec::<String>::new());
    assert!(String::from_utf8_lossy(&copy).contains("供人看的字"));
}
