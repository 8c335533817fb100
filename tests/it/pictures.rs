//! Pictures that real files taught: each case of `tests/fixtures/cases/pic-*`
//! with the right value. What is made of a picture is unpacked again here, or
//! searched for what must not be in it.

#![expect(clippy::disallowed_methods, reason = "the cases are files")]
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "channels of a byte each")]

use std::collections::BTreeMap;
use std::path::Path;

use image::metadata::Orientation;
use image::{ImageDecoder as _, RgbImage};
use zhuanlan::ai_label::AiLevel;
use zhuanlan::build::{Content, Memory, build};
use zhuanlan::diagnostic::AssetFault;
use zhuanlan::photo::{self, Codec, Variant, measure};

use crate::project::Project;
use crate::serve::options;

mod planted;

fn case(path: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases");
    std::fs::read(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What a build of a small column says, its pages and what is made of its
/// picture.
struct Site {
    found: Vec<&'static str>,
    pages: BTreeMap<String, String>,
    pictures: BTreeMap<String, Vec<u8>>,
}

/// A column of one article that shows the picture, or that has it as a static
/// file; `front` are further lines of front matter.
fn site(file: &str, bytes: &[u8], shown: bool, front: &str) -> Site {
    let (folder, text) = if shown {
        ("content/pics", format!("![说明](../pics/{file})"))
    } else {
        ("content/static", String::new())
    };
    let article =
        format!("---\ntitle: 示例稿件\ndate: 2021-03-08\nsummary: 示例。\n{front}---\n\n正文。\n\n{text}\n");
    let project = Project::new()
        .column("base_url: https://www.example.org/\nsections: [{folder: news, title: 新闻}]")
        .file("content/news/a.md", article)
        .file(&format!("{folder}/{file}"), bytes);
    let built = build(&project.tree(), &options(), &project, &Memory::default());
    let found = built.findings.iter().map(|one| one.kind.code()).collect();
    let (mut pages, mut pictures) = (BTreeMap::new(), BTreeMap::new());
    for (path, artifact) in &built.output.files {
        match &artifact.content {
            Content::Bytes(text) => {
                pages.insert(path.to_string(), String::from_utf8_lossy(text).into_owned());
            }
            Content::Deferred(recipe) if recipe.source.as_str().ends_with(file) => {
                let made = photo::encode(bytes, &[recipe.make]).pop().flatten();
                pictures.insert(path.to_string(), made.unwrap_or_else(|| panic!("{path} can't be made")));
            }
            _ => {}
        }
    }
    Site { found, pages, pictures }
}

fn shown(file: &str) -> Site {
    site(file.rsplit('/').next().unwrap(), &case(file), true, "")
}

/// What is published of a static file.
fn cleaned(bytes: &[u8]) -> Vec<u8> {
    photo::encode(bytes, &[Variant::Clean]).pop().flatten().expect("a copy")
}

fn whole(bytes: &[u8], (width, height): (u32, u32), codec: Codec) -> Vec<u8> {
    let make = Variant::Whole { width, height, codec, quality: 76 };
    photo::encode(bytes, &[make]).pop().flatten().expect("a picture")
}

fn rgb(bytes: &[u8]) -> RgbImage {
    if bytes.starts_with(&[0xFF, 0xD8]) {
        // `image`'s decoder misreads JPEGs whose channels come one by one.
        let mut decoder = jpeg_decoder::Decoder::new(bytes);
        let data = decoder.decode().expect("a JPEG");
        let info = decoder.info().expect("its size");
        return RgbImage::from_raw(info.width.into(), info.height.into(), data).expect("three channels");
    }
    image::load_from_memory(bytes).expect("a picture").into_rgb8()
}

fn mean(picture: &RgbImage) -> [i32; 3] {
    let count = i64::from(picture.width() * picture.height());
    let mut sums = [0i64; 3];
    for pixel in picture.pixels() {
        sums.iter_mut().zip(pixel.0).for_each(|(sum, channel)| *sum += i64::from(channel));
    }
    sums.map(|sum| i32::try_from(sum / count).unwrap())
}

fn near(one: [i32; 3], other: [i32; 3], by: i32) -> bool {
    one.iter().zip(other).all(|(a, b)| (a - b).abs() <= by)
}

fn has(bytes: &[u8], word: &str) -> bool {
    memchr::memmem::find(bytes, word.as_bytes()).is_some()
}

/// What the label says in every fixture.
const PRODUCER: &str = "ContentProducer";

#[test]
fn pic_cover_690x460_stops_build() {
    for file in ["p.jpg", "q.jpg"] {
        let site = shown(&format!("pic-cover-690x460-stops-build/{file}"));
        assert_eq!(site.found, Vec::<&str>::new());
        assert!(site.pictures.keys().any(|path| path.contains(".card.")), "{:?}", site.pictures.keys());
        assert!(site.pictures.keys().any(|path| path.contains(".square.")));
    }
}

#[test]
fn pic_tall_screenshot_stops_build() {
    let site = shown("pic-tall-screenshot-stops-build/long.png");
    assert_eq!(site.found, Vec::<&str>::new());
    assert!(!site.pictures.keys().any(|path| path.ends_with(".webp")), "{:?}", site.pictures.keys());
    let heights: Vec<u32> = site.pictures.values().map(|bytes| rgb(bytes).height()).collect();
    assert!(heights.contains(&16_400), "{heights:?}");
}

#[test]
fn pic_drawio_source_published() {
    let bytes = case("pic-drawio-source-published/plan.svg");
    let copy = cleaned(&bytes);
    for word in ["DEMO-PC", "内部", "13800000000", "mxfile", "65bd71144e"] {
        assert!(!has(&copy, word), "{word}");
    }
    assert!(has(&copy, "<rect") && has(&copy, "viewBox=\"-0.5 -0.5 201 101\""));
    assert_eq!(measure("svg", &bytes).faults, []);
}

#[test]
fn pic_aigc_label_removed_silently() {
    for file in ["text.png", "usercomment.jpg", "xmp.gif", "xmp.jpg", "xmp.png", "xmp.webp"] {
        let bytes = case(&format!("pic-aigc-label-removed-silently/{file}"));
        for is_shown in [true, false] {
            let site = site(file, &bytes, is_shown, "");
            assert_eq!(site.found, ["ai-label"], "{file}");
            assert!(!site.pictures.is_empty());
            for (path, made) in &site.pictures {
                assert!(has(made, PRODUCER) && has(made, "http://www.tc260.org.cn/ns/AIGC/1.0/"), "{path}");
                // It is read again, as it was.
                let extension = path.rsplit('.').next().unwrap();
                let sight = measure(extension, made);
                assert_eq!(
                    sight.faults,
                    measure(extension, &bytes)
                        .faults
                        .into_iter()
                        .filter(|fault| matches!(fault, AssetFault::AiLabelled { .. }))
                        .collect::<Vec<_>>(),
                    "{path}"
                );
                assert_eq!(sight.photo.and_then(|photo| photo.ai), Some(AiLevel::Made), "{path}");
                if !path.ends_with(".gif") {
                    assert!(image::load_from_memory(made).is_ok(), "{path}");
                }
            }
            if is_shown {
                let page = &site.pages["news/a.html"];
                assert!(page.contains("<span class=\"ai-mark\">AI 生成</span></figcaption>"), "{page}");
            }
        }
    }
    // The file's own word goes before the editor's.
    let bytes = case("pic-aigc-label-removed-silently/xmp.jpg");
    let site = site("xmp.jpg", &bytes, true, "图片:\n  xmp.jpg:\n    AI: 否\n");
    assert!(site.pages["news/a.html"].contains("AI 生成</span></figcaption>"));
}

#[test]
fn an_editor_declares_what_has_no_label() {
    let bytes = crate::photo::picture(40, 30, image::ImageFormat::Jpeg);
    let with = |word: &str| {
        let site = site("p.jpg", &bytes, true, &format!("图片:\n  p.jpg:\n    AI: {word}\n"));
        assert_eq!(site.found, Vec::<&str>::new());
        site.pages["news/a.html"].clone()
    };
    assert!(with("生成").contains("AI 生成</span></figcaption>"));
    assert!(with("可能").contains("可能由 AI 生成</span></figcaption>"));
    assert!(with("疑似").contains("疑似 AI 生成</span></figcaption>"));
    assert!(!with("否").contains("ai-mark"));
    let site = site("p.jpg", &bytes, true, "图片:\n  p.jpg:\n    AI: 也许\n");
    assert_eq!(site.found, ["bad-ai"]);
}

#[test]
fn signs_without_a_label_are_reported_until_an_editor_has_answered() {
    let plain = crate::photo::picture(40, 30, image::ImageFormat::Png);
    let text = b"parameters\0a street, Model: demo";
    let mut bytes = plain[..33].to_vec();
    bytes.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
    let mut sum = flate2::Crc::new();
    sum.update(b"tEXt");
    sum.update(text);
    bytes.extend([b"tEXt".as_slice(), text, &sum.sum().to_be_bytes(), &plain[33..]].concat());
    assert_eq!(site("p.png", &bytes, true, "").found, ["ai-trace"]);
    assert!(!has(&cleaned(&bytes), "street"));
    for word in ["生成", "否"] {
        let site = site("p.png", &bytes, true, &format!("图片:\n  p.png:\n    AI: {word}\n"));
        assert_eq!(site.found, Vec::<&str>::new());
    }
}

#[test]
fn pic_aigc_front_matter_refused() {
    let project = Project::new()
        .column("base_url: https://www.example.org/\nsections: [{folder: news, title: 新闻}]")
        .file("content/news/a.md", case("pic-aigc-front-matter-refused/a.md"));
    let built = build(&project.tree(), &options(), &project, &Memory::default());
    assert_eq!(built.findings.iter().map(|one| one.kind.code()).collect::<Vec<_>>(), Vec::<&str>::new());
    let page = built.output.files.iter().find(|(path, _)| path.as_str() == "news/a.html").unwrap();
    let Content::Bytes(bytes) = &page.1.content else { panic!("a page") };
    let page = String::from_utf8_lossy(bytes);
    assert!(page.contains("<dt>内容标识</dt>") && page.contains("AI 生成"), "{page}");
    assert!(page.contains("<meta name=\"AIGC\" content=\"{&quot;Label&quot;:&quot;1&quot;"), "{page}");
}

#[test]
fn pic_icc_names_the_monitor() {
    for file in ["shot.jpg", "shot.png"] {
        let bytes = case(&format!("pic-icc-names-the-monitor/{file}"));
        let copy = cleaned(&bytes);
        for word in ["DEMO", "ZHANG", "SERIAL", "2025"] {
            assert!(!has(&copy, word), "{file}: {word}");
        }
        let profile = |bytes: &[u8]| {
            let mut reader = image::ImageReader::new(std::io::Cursor::new(bytes))
                .with_guessed_format()
                .unwrap()
                .into_decoder()
                .unwrap();
            reader.icc_profile().unwrap().expect("a profile")
        };
        let (old, new) = (profile(&bytes), profile(&copy));
        for word in ["DEMO", "ZHANG", "SERIAL"] {
            assert!(has(&old, word) || word == "ZHANG", "{word}");
            assert!(
                !has(&new, word) && !has(&new, &word.chars().flat_map(|c| ['\0', c]).collect::<String>()),
                "{word}"
            );
        }
        // The colours are the same to the last number.
        let colours = |bytes: &[u8]| {
            moxcms::ColorProfile::new_from_slice(bytes).expect("a profile").rgb_to_xyz_matrix()
        };
        assert_eq!(colours(&old), colours(&new), "{file}");
    }
}

#[test]
fn pic_damaged_jpeg_grey_without_a_word() {
    for file in ["one-byte.jpg", "progressive.jpg"] {
        let sight = measure("jpg", &case(&format!("pic-damaged-jpeg-grey-without-a-word/{file}")));
        assert_eq!(sight.faults, [AssetFault::DamagedPicture { format: "JPEG".into() }], "{file}");
    }
}

#[test]
fn pic_jpeg_without_end_marker_refused() {
    let bytes = case("pic-jpeg-without-end-marker-refused/p.jpg");
    assert_eq!(measure("jpg", &bytes).faults, []);
    assert!(cleaned(&bytes).ends_with(&[0xFF, 0xD9]));
    // One that breaks off is damaged all the same, with an end marker or not.
    let half = &bytes[..bytes.len() / 2];
    let fault = [AssetFault::DamagedPicture { format: "JPEG".into() }];
    assert_eq!(measure("jpg", half).faults, fault);
    assert_eq!(measure("jpg", &[half, &[0xFF, 0xD9]].concat()).faults, fault);
}

#[test]
fn pic_chart_png_larger_and_blurred() {
    let bytes = case("pic-chart-png-larger-and-blurred/chart.png");
    let site = shown("pic-chart-png-larger-and-blurred/chart.png");
    let source = rgb(&bytes);
    let full: Vec<_> = site
        .pictures
        .iter()
        .filter(|(path, _)| !path.contains(".480.") && !path.contains(".card.") && !path.contains(".square."))
        .collect();
    assert_eq!(full.len(), 2, "{:?}", site.pictures.keys());
    for (path, made) in full {
        assert!(made.len() <= bytes.len(), "{path}: {} of {}", made.len(), bytes.len());
        assert_eq!(rgb(made), source, "{path}");
    }
}

#[test]
fn pic_png_gama_ignored() {
    // The mean of what Chromium and Firefox show, by their own reckoning:
    // (n / 255) ^ (1 / (gamma * 2.2)) as sRGB has it.
    for (file, gamma) in [("linear.png", 1.0), ("mac18.png", 1.0 / 1.8)] {
        let bytes = case(&format!("pic-png-gama-ignored/{file}"));
        let source = rgb(&bytes);
        let seen = |value: u8| {
            let linear = (f64::from(value) / 255.0).powf(1.0 / gamma);
            let srgb =
                if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
            (srgb * 255.0).round() as u8
        };
        let mut expected = source.clone();
        for pixel in expected.pixels_mut() {
            pixel.0 = pixel.0.map(seen);
        }
        let made = rgb(&whole(&bytes, source.dimensions(), Codec::Png));
        let far = made.as_raw().iter().zip(expected.as_raw()).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(far <= Some(2), "{file}: {far:?}");
        // What is published as it is keeps saying so.
        assert!(has(&cleaned(&bytes), "gAMA"));
    }
}

#[test]
fn pic_jfif_with_adobe_transform_0() {
    let bytes = case("pic-jfif-with-adobe-transform-0/p.jpg");
    let copy = cleaned(&bytes);
    assert!(has(&copy, "JFIF") && !has(&copy, "Adobe"));
    let size = (240, 160);
    // `image` goes by JFIF where Adobe's segment is away.
    let meant = mean(&image::load_from_memory(&copy).unwrap().into_rgb8());
    assert!(near(mean(&rgb(&whole(&bytes, size, Codec::Png))), meant, 2));
}

#[test]
fn pic_jpeg_luma_coarser_than_chroma() {
    let bytes = case("pic-jpeg-luma-coarser-than-chroma/p.jpg");
    assert_eq!(measure("jpg", &bytes).faults, []);
    // The same drawing as the one without an end marker.
    let same = rgb(&whole(&case("pic-jpeg-without-end-marker-refused/p.jpg"), (240, 160), Codec::Png));
    assert!(near(mean(&rgb(&whole(&bytes, (240, 160), Codec::Png))), mean(&same), 6));
}

#[test]
fn pic_jpeg_fallback_colour_of_stripes() {
    let bytes = case("pic-jpeg-fallback-colour-of-stripes/stripes.jpg");
    let (jpeg, webp) = (whole(&bytes, (320, 200), Codec::Jpeg), whole(&bytes, (320, 200), Codec::Webp));
    assert!(near(mean(&rgb(&jpeg)), mean(&rgb(&webp)), 6));
    let (jpeg, webp) = (whole(&bytes, (160, 100), Codec::Jpeg), whole(&bytes, (160, 100), Codec::Webp));
    assert!(near(mean(&rgb(&jpeg)), mean(&rgb(&webp)), 6));
}

#[test]
fn pic_turned_png_becomes_jpeg_named_png() {
    for (file, magic) in [("turned.png", b"\x89PNG".as_slice()), ("turned.webp", b"RIFF")] {
        let bytes = case(&format!("pic-turned-png-becomes-jpeg-named-png/{file}"));
        let copy = cleaned(&bytes);
        assert!(copy.starts_with(magic), "{file}");
        let decode = |bytes: &[u8]| image::load_from_memory(bytes).unwrap();
        assert_eq!(decode(&bytes), decode(&copy), "{file}");
        let mut decoder = image::ImageReader::new(std::io::Cursor::new(&copy))
            .with_guessed_format()
            .unwrap()
            .into_decoder()
            .unwrap();
        assert_eq!(decoder.orientation().unwrap(), Orientation::Rotate90, "{file}");
    }
}

#[test]
fn pic_svg_cases() {
    let copy = |case_name: &str| {
        let bytes = case(&format!("{case_name}/p.svg"));
        assert_eq!(measure("svg", &bytes).faults, [], "{case_name}");
        String::from_utf8(cleaned(&bytes)).unwrap()
    };
    assert!(
        copy("pic-svg-without-namespace-published").starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"")
    );
    let illustrator = copy("pic-svg-illustrator-entities-refused");
    assert!(illustrator.contains("xmlns=\"http://www.w3.org/2000/svg\"") && illustrator.contains("#c33"));
    assert!(copy("pic-svg-false-alarm-illustrator").contains("<rect width=\"200\""));
    let named = copy("pic-svg-names-and-paths-survive");
    for word in ["某某", "demo", "示例市"] {
        assert!(!named.contains(word), "{word}: {named}");
    }
    assert!(named.contains("fill:#c33") && named.contains("class=\"c0\""), "{named}");
}
