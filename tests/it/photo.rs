//! Pictures and attachments: what a look at their first bytes tells.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};
use proptest::prelude::*;
use zhuanlan::build::{Memory, Now, Options, build};
use zhuanlan::diagnostic::{AssetFault, Located};
use zhuanlan::material;
use zhuanlan::memo::Key;
use zhuanlan::photo::{self, Format, Photo, measure};

use crate::project::{Project, source};

/// A picture of one colour.
pub(crate) fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).expect("an encoder");
    bytes.into_inner()
}

/// A JPEG with an EXIF segment that says how the camera was held.
pub(crate) fn turned(orientation: u8, filler: usize) -> Vec<u8> {
    let plain = picture(40, 30, ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let mut bytes = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, body: &[u8]| {
        bytes.extend([0xFF, marker]);
        bytes.extend(u16::try_from(body.len() + 2).expect("a short segment").to_be_bytes());
        bytes.extend_from_slice(body);
    };
    segment(0xE1, &exif);
    for _ in 0..filler {
        segment(0xED, &[0; 60_000]);
    }
    bytes.extend(&plain[2..]);
    bytes
}

fn seen(extension: &str, bytes: &[u8]) -> (Option<(u32, u32, Format)>, Vec<AssetFault>) {
    let sight = measure(extension, bytes);
    (sight.photo.map(|Photo { width, height, format, .. }| (width, height, format)), sight.faults)
}

#[test]
fn sizes_of_all_formats() {
    for (extension, encoder, format) in [
        ("jpg", ImageFormat::Jpeg, Format::Jpeg),
        ("png", ImageFormat::Png, Format::Png),
        ("gif", ImageFormat::Gif, Format::Gif),
        ("webp", ImageFormat::WebP, Format::Webp),
    ] {
        assert_eq!(seen(extension, &picture(40, 30, encoder)), (Some((40, 30, format)), vec![]));
    }
}

#[test]
fn a_photo_taken_upright_is_high() {
    for orientation in 0..=9 {
        let size = if (5..=8).contains(&orientation) { (30, 40) } else { (40, 30) };
        assert_eq!(
            seen("jpg", &turned(orientation, 0)),
            (Some((size.0, size.1, Format::Jpeg)), vec![]),
            "orientation {orientation}"
        );
    }
}

#[test]
fn a_header_longer_than_the_head_is_read_wholly() {
    let bytes = turned(6, 5);
    let project = Project::new().file("content/a.jpg", &bytes);
    let sight = photo::probe(&source("content/a.jpg"), Key::hash(&bytes), bytes.len() as u64, &project);
    let seen = sight.photo.map(|Photo { width, height, format, .. }| (width, height, format));
    assert_eq!(seen, Some((30, 40, Format::Jpeg)));
}

#[test]
fn sizes_of_drawings() {
    let svg = |attributes: &str| seen("svg", format!("<svg {attributes}/>").as_bytes()).0;
    let of = |width, height| Some((width, height, Format::Svg));
    assert_eq!(svg(r#"width="120" height="80px""#), of(120, 80));
    assert_eq!(svg(r#"viewBox="0 0 300 200""#), of(300, 200));
    assert_eq!(svg(r#"viewBox="0,0,300,200" width="150""#), of(150, 100));
    assert_eq!(svg(r#"viewBox="0 0 300 200" height="100""#), of(150, 100));
    assert_eq!(svg(r#"width="100%" viewBox="0 0 3 2""#), of(3, 2));
    assert_eq!(svg(r#"width="25.4mm" height="1in""#), of(96, 96));
    assert_eq!(svg(r#"viewBox="0 0 0 0""#), of(0, 0));
    assert_eq!(svg(r#"width="1e99" height="-3""#), of(0, 0));
    assert_eq!(svg(""), of(0, 0));
    let prolog = "\u{FEFF}<?xml version='1.0'?>\n<!-- 示意图 -->\n<!DOCTYPE svg>\n<s:svg xmlns:s='http://www.w3.org/2000/svg' width='9' height='8'/>";
    assert_eq!(seen("svg", prolog.as_bytes()).0, of(9, 8));
}

#[test]
fn what_is_no_picture_is_named() {
    let only = |extension: &str, bytes: &[u8]| match seen(extension, bytes) {
        (None, faults) if faults.len() == 1 => faults[0].clone(),
        other => panic!("{other:?}"),
    };
    let not = |seems: &str| AssetFault::NotAPicture { seems: Some(seems.to_owned()) };
    let foreign = |format: &str| AssetFault::UnsupportedPicture { format: format.to_owned() };
    assert_eq!(only("jpg", b""), AssetFault::EmptyPicture);
    assert_eq!(only("jpg", b"\xFF\xD8\xFF"), AssetFault::NotAPicture { seems: None });
    assert_eq!(only("png", "照片".as_bytes()), AssetFault::NotAPicture { seems: None });
    assert_eq!(only("jpg", b"%PDF-1.4"), not("PDF"));
    assert_eq!(only("jpg", b"\n<!DOCTYPE HTML><html>"), not("HTML"));
    assert_eq!(only("jpg", &[0; 4096]), not("0x00"));
    assert_eq!(only("heic", b"\0\0\0\x18ftypheic"), foreign("HEIC"));
    assert_eq!(only("jpg", b"\0\0\0\x18ftypheic"), foreign("HEIC"));
    assert_eq!(only("jpg", b"II*\0"), foreign("TIFF"));
    assert_eq!(only("nef", b"MM\0*"), foreign("TIFF"));
    assert_eq!(only("cr2", b"anything"), foreign("RAW"));
    assert_eq!(only("svg", b"<html><svg/></html>"), not("HTML"));
}

#[test]
fn a_header_may_promise_too_much() {
    let mut bytes = picture(40, 30, ImageFormat::Png);
    bytes[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
    // The header's checksum is wrong now, so decoders refuse it.
    let fault = AssetFault::DamagedPicture { format: "PNG".into() };
    assert_eq!(seen("png", &bytes), (None, vec![fault]));
    let mut bytes = picture(40, 30, ImageFormat::Jpeg);
    let at = bytes.windows(2).position(|two| two == [0xFF, 0xC0]).expect("a frame header");
    bytes[at + 5..at + 9].copy_from_slice(&[0xFF; 4]);
    let fault = AssetFault::TooManyPixels { width: 65_535, height: 65_535 };
    assert_eq!(seen("jpg", &bytes), (None, vec![fault]));
}

#[test]
fn a_wrong_extension_is_noticed() {
    let fault = AssetFault::WrongExtension {
        named: "jpg".to_owned(),
        actual: "PNG".to_owned(),
        right: "png".to_owned(),
    };
    let bytes = picture(4, 3, ImageFormat::Png);
    assert_eq!(seen("jpg", &bytes), (Some((4, 3, Format::Png)), vec![fault]));
    assert_eq!(seen("jpeg", &picture(4, 3, ImageFormat::Jpeg)).1, vec![]);
}

#[test]
fn marks_of_attachments() {
    let check = |extension: &str, head: &[u8], mark: &str, wrong: Option<&str>| {
        let sight = material::inspect(extension, head);
        assert_eq!(sight.material.mark, mark, "{extension}");
        let actual = sight.faults.first().map(|fault| match fault {
            AssetFault::WrongExtension { actual, .. } => actual.as_str(),
            AssetFault::EmptyFile => "nothing",
            other => panic!("{other:?}"),
        });
        assert_eq!(actual, wrong, "{extension}");
    };
    check("pdf", b"%PDF-1.4\n", "PDF", None);
    check("pdf", b"PK\x03\x04", "PDF", Some("ZIP"));
    check("pdf", b"", "PDF", Some("nothing"));
    check("pdf", b"<!doctype html>", "PDF", Some("HTML"));
    check("docx", b"PK\x03\x04", "DOCX", None);
    check("wps", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "WPS", None);
    check("docx", b"%PDF-1.4", "DOCX", Some("PDF"));
    check("xlsx", b"PK\x03\x04", "XLSX", None);
    check("pptx", b"PK\x03\x04", "PPTX", None);
    check("ofd", b"PK\x03\x04", "OFD", None);
    check("txt", "第一条".as_bytes(), "TXT", None);
    check("tif", b"II*\0", "图片", None);
    check("dwg", b"AC1027", "DWG", None);
    check("", b"?", "文件", None);
}

#[test]
fn the_sum_is_that_of_system_tools() {
    let project = Project::new().file("content/a.txt", "abc");
    assert_eq!(
        material::sha256(&source("content/a.txt"), &project).as_deref(),
        Some("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    );
    assert_eq!(material::sha256(&source("content/b.txt"), &project), None);
}

proptest! {
    #![proptest_config(crate::property::cases(2000))]

    /// Any bytes give an answer, also behind the beginning of a real picture.
    #[test]
    fn any_bytes_are_looked_at(
        which in 0_usize..6,
        keep in 0_usize..400,
        tail in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let real = match which {
            0 => picture(40, 30, ImageFormat::Jpeg),
            1 => picture(40, 30, ImageFormat::Png),
            2 => picture(40, 30, ImageFormat::Gif),
            3 => picture(40, 30, ImageFormat::WebP),
            4 => b"<?xml version='1.0'?><svg viewBox='0 0 1 1' width=".to_vec(),
            _ => b"RIFF\xFF\xFF\xFF\x7FWEBPVP8X\x0A\0\0\0\x10\0\0\0".to_vec(),
        };
        let mut bytes = real[..keep.min(real.len())].to_vec();
        bytes.extend(tail);
        for extension in ["jpg", "svg", "pdf"] {
            let _ = measure(extension, &bytes);
            let _ = material::inspect(extension, &bytes);
        }
    }
}

#[test]
fn what_is_wrong_is_said_in_both_languages() {
    use zhuanlan::diagnostic::{Kind, Lang};
    let text = |text: &str| text.to_owned();
    let wrong = AssetFault::WrongExtension { named: text("jpg"), actual: text("PNG"), right: text("png") };
    let check = |fault: AssetFault, zh: &str, en: &str| {
        let kind = Kind::from(fault);
        assert_eq!(kind.message(Lang::Zh).text, zh);
        assert_eq!(kind.message(Lang::En).text, en);
        assert!(kind.message(Lang::Zh).hint.is_some() && kind.message(Lang::En).hint.is_some());
    };
    check(
        AssetFault::NotAPicture { seems: None },
        "这个文件不是能识别的图片",
        "not a picture that can be read",
    );
    check(
        AssetFault::NotAPicture { seems: Some(text("HTML")) },
        "这个文件不是图片，内容像是 HTML",
        "not a picture; it looks like HTML",
    );
    check(AssetFault::EmptyPicture, "这张图片是空文件（0 字节）", "the picture is an empty file (0 bytes)");
    check(AssetFault::EmptyFile, "这个附件是空文件（0 字节）", "the attachment is an empty file (0 bytes)");
    check(wrong, "文件名以 `.jpg` 结尾，内容却是 PNG", "the name ends in `.jpg`, but the content is PNG");
    check(
        AssetFault::UnsupportedPicture { format: text("TIFF") },
        "浏览器不能显示 TIFF 格式的图片",
        "browsers don't show TIFF pictures",
    );
    check(
        AssetFault::TooManyPixels { width: 65_535, height: 65_535 },
        "图片有 65535×65535 像素，太大了，处理不了",
        "the picture has 65535×65535 pixels, more than can be worked on",
    );
    check(
        AssetFault::Unreadable { reason: text("拒绝访问") },
        "读不出这个文件：拒绝访问",
        "the file can't be read: 拒绝访问",
    );
}

/// What is found about a column of one article that shows photos.
fn found(body: &str, files: &[(&str, &[u8])]) -> Vec<(String, String)> {
    let mut project = Project::new()
        .column("base_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻动态}")
        .file(
            "content/news/a.md",
            format!("---\ntitle: 会议\ndate: 2021-03-08\nsummary: 会议。\n---\n\n{body}\n"),
        );
    for (path, bytes) in files {
        project.write(path, bytes);
    }
    let options = Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: true,
    };
    let told = |finding: &Located| (finding.kind.code().to_owned(), finding.path.to_string());
    build(&project.tree(), &options, &project, &Memory::default()).findings.iter().map(told).collect()
}

#[test]
fn words_beside_a_photo_are_its_words() {
    let png = picture(40, 30, ImageFormat::Png);
    let photo = ("content/photos/会场.png", png.as_slice());
    let shown = "![](../photos/会场.png)";
    let in_gallery = "```gallery\n图片:\n  - ../photos/会场.png\n```";
    let missing = [("photo-without-alt".to_owned(), "content/news/a.md".to_owned())];
    for body in [shown, in_gallery] {
        assert_eq!(found(body, &[photo]), missing, "{body}");
        let note = ("content/photos/会场.png.yaml", "替代文字: 会场全景\n".as_bytes());
        assert!(found(body, &[photo, note]).is_empty(), "{body}");
        let other = ("content/photos/会场.png.yaml", "摄影: 本栏\n".as_bytes());
        assert_eq!(found(body, &[photo, other]), missing, "{body}");
    }
}

#[test]
fn a_static_file_is_cleaned_whatever_it_is_called() {
    let bytes = turned(1, 0);
    let project = Project::new()
        .column("sections:\n  - {folder: news, title: 新闻动态}")
        .file("content/static/verify.txt", &bytes)
        .file("content/static/robots-note.txt", "照片");
    let tree = project.tree();
    let options = Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: true,
    };
    let output = build(&tree, &options, &project, &Memory::default()).output;
    let content = |path: &str| {
        let found = output.files.iter().find(|(at, _)| at.as_str() == path);
        format!("{:?}", found.map(|(_, artifact)| &artifact.content))
    };
    assert!(content("verify.txt").contains("Deferred"), "{}", content("verify.txt"));
    assert!(content("robots-note.txt").contains("Blob"), "{}", content("robots-note.txt"));
}

#[test]
fn an_attached_picture_is_cleaned_whatever_it_is_called() {
    let bytes = turned(6, 0);
    let project = Project::new()
        .column("base_url: https://example.org/\nsections:\n  - {folder: news, title: 新闻动态}")
        .file(
            "content/news/a.md",
            "---\ntitle: 会议\ndate: 2021-03-08\nsummary: 会议。\n---\n\n[数据](x.dat)，[文件](x.bin)。\n",
        )
        .file("content/news/x.dat", &bytes)
        .file("content/news/x.bin", "数据");
    let options = Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: false,
    };
    let built = build(&project.tree(), &options, &project, &Memory::default());
    assert!(built.findings.is_empty(), "{:?}", built.findings);
    let content = |path: &str| {
        let found = built.output.files.iter().find(|(at, _)| at.as_str() == path);
        format!("{:?}", found.map(|(_, artifact)| &artifact.content))
    };
    let made = content("assets/files/x.dat");
    assert!(made.contains("Deferred") && made.contains("Clean"), "{made}");
    assert!(content("assets/files/x.bin").contains("Blob"), "{}", content("assets/files/x.bin"));
    // A document's name does not make a picture a document.
    let as_document = [("content/news/x.docx", bytes.as_slice())];
    let codes: Vec<String> =
        found("[文件](x.docx)", &as_document).into_iter().map(|(code, _)| code).collect();
    assert!(codes.contains(&"wrong-extension".to_owned()), "{codes:?}");
    assert!(codes.contains(&"damaged-document".to_owned()), "{codes:?}");
}

/// A JPEG of one grey or colour, with this profile.
fn profiled(image: &DynamicImage, profile: &moxcms::ColorProfile) -> Vec<u8> {
    let profile = profile.encode().expect("a profile");
    let mut plain = Cursor::new(Vec::new());
    image.write_to(&mut plain, ImageFormat::Jpeg).expect("an encoder");
    let mut segment = b"ICC_PROFILE\0\x01\x01".to_vec();
    segment.extend(profile);
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE2];
    bytes.extend(u16::try_from(segment.len() + 2).expect("a short profile").to_be_bytes());
    bytes.extend(segment);
    bytes.extend(&plain.into_inner()[2..]);
    bytes
}

/// The colour in the middle of what is made of a picture.
fn middle(bytes: &[u8]) -> [u8; 3] {
    let make = photo::Variant::Whole { width: 20, height: 20, codec: photo::Codec::Png, quality: 95 };
    let made = photo::encode(bytes, &[make]).pop().flatten().expect("a picture");
    image::load_from_memory(&made).expect("a picture").to_rgb8().get_pixel(10, 10).0
}

#[test]
fn greys_look_as_their_profile_says() {
    let grey = || DynamicImage::ImageLuma8(image::GrayImage::from_pixel(20, 20, image::Luma([128])));
    let near = |seen: [u8; 3], wanted: u8| {
        assert!(seen.iter().all(|channel| channel.abs_diff(wanted) <= 3), "{seen:?}, not {wanted}");
    };
    // (128 / 255)^1.8 in light is 146 in sRGB; (128 / 255)^2.6 is 113.
    near(middle(&profiled(&grey(), &moxcms::ColorProfile::new_gray_with_gamma(1.8))), 146);
    near(middle(&profiled(&grey(), &moxcms::ColorProfile::new_gray_with_gamma(2.6))), 113);
    // A profile of greys means nothing to colours, nor one of colours to greys
    // with a press's inks.
    let red = DynamicImage::ImageRgb8(image::RgbImage::from_pixel(20, 20, image::Rgb([200, 40, 40])));
    let [r, g, b] = middle(&profiled(&red, &moxcms::ColorProfile::new_gray_with_gamma(1.8)));
    assert!(r.abs_diff(200) <= 4 && g.abs_diff(40) <= 6 && b.abs_diff(40) <= 6, "{r} {g} {b}");
    let mut inks = moxcms::ColorProfile::new_gray_with_gamma(1.8);
    inks.color_space = moxcms::DataColorSpace::Cmyk;
    near(middle(&profiled(&grey(), &inks)), 128);
}

/// A picture of which every part has another colour, and how far two differ on
/// average.
fn colourful(width: u32, height: u32) -> image::RgbImage {
    let channel = |value: u32| u8::try_from(value % 256).unwrap_or(0);
    image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([channel(x * 2), channel(y * 3), channel(x + y)])
    })
}

fn apart(one: &image::RgbImage, other: &image::RgbImage) -> u64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum / one.as_raw().len() as u64
}

#[test]
fn a_picture_taken_from_a_published_page_keeps_its_colours() {
    let whole = |bytes: &[u8], codec| {
        let make = photo::Variant::Whole { width: 120, height: 80, codec, quality: 90 };
        photo::encode(bytes, &[make]).pop().flatten().expect("a picture")
    };
    let source = colourful(120, 80);
    let mut png = Cursor::new(Vec::new());
    source.write_to(&mut png, ImageFormat::Png).expect("an encoder");
    let mut photo = Cursor::new(Vec::new());
    source.write_to(&mut photo, ImageFormat::Jpeg).expect("an encoder");
    for bytes in [png.into_inner(), photo.into_inner()] {
        // Its channels come one after the other, those of colours at half the size.
        let published = whole(&bytes, photo::Codec::Jpeg);
        assert_eq!(seen("jpg", &published), (Some((120, 80, Format::Jpeg)), vec![]));
        let again = whole(&published, photo::Codec::Png);
        let again = image::load_from_memory(&again).expect("a picture").to_rgb8();
        assert!(apart(&source, &again) <= 8, "{}", apart(&source, &again));
    }
    // One that breaks off in a later channel is no whole picture.
    let published = whole(&picture(120, 80, ImageFormat::Png), photo::Codec::Jpeg);
    let fault = AssetFault::DamagedPicture { format: "JPEG".into() };
    assert_eq!(seen("jpg", &published[..published.len() - 20]), (None, vec![fault]));
}
