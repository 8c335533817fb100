//! Texts that lie packed beside themselves: `publish: {precompress: true}`.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::time::SystemTime;

use zhuanlan::config::Publishing;
use zhuanlan::path::OutputPath;
use zhuanlan::publish::{Place, release_files};

use super::releases::Column;

fn column(in_place: bool) -> Column {
    let publishing = Publishing { precompress: true, ..Publishing::default() };
    Column { publishing, in_place, ..Column::new() }
}

fn page(title: &str) -> String {
    format!("<title>{title}</title>{}", "<p>全区政法队伍教育整顿动员部署会今天召开。</p>".repeat(40))
}

fn time(column: &Column, path: &str) -> SystemTime {
    fs::metadata(column.output().join(path)).unwrap().modified().unwrap()
}

/// What is packed at `path`, unpacked.
fn unpacked(column: &Column, path: &str) -> String {
    let bytes = fs::read(column.output().join(path)).unwrap();
    let mut text = String::new();
    if path.ends_with(".gz") {
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    } else {
        brotli::Decompressor::new(&bytes[..], 4096).read_to_string(&mut text).unwrap();
    }
    text
}

fn packed(column: &Column) -> Vec<String> {
    let entries =
        walkdir::WalkDir::new(column.output()).sort_by_file_name().into_iter().filter_map(Result::ok);
    let paths = entries.map(|entry| entry.path().to_owned());
    let below = |path: PathBuf| path.strip_prefix(column.output()).unwrap().to_str().unwrap().to_owned();
    paths.filter(|path| path.extension().is_some_and(|e| e == "gz" || e == "br")).map(below).collect()
}

#[test]
fn packed_texts_come_and_go_with_what_they_are_of() {
    for in_place in [false, true] {
        let mut column = column(in_place);
        let (a, b, css) = (page("a"), page("b"), "p { margin: 0 }\n".repeat(80));
        let mut files = vec![
            ("assets/gazette.11111111.css", css.as_str()),
            ("assets/photos/a.aaaaaaaa.480.webp", a.as_str()),
            ("index.html", "short"),
            ("news/a.html", a.as_str()),
            ("news/b.html", b.as_str()),
        ];
        let done = column.publish(&files);
        assert_eq!(done.written, 5 + 6, "each counts as a file");
        let all = ["assets/gazette.11111111.css", "news/a.html", "news/b.html"];
        let names: Vec<String> =
            all.iter().flat_map(|path| [format!("{path}.br"), format!("{path}.gz")]).collect();
        assert_eq!(packed(&column), names, "only texts, only where smaller");
        for path in all {
            for ending in ["gz", "br"] {
                let packed = format!("{path}.{ending}");
                assert_eq!(Some(unpacked(&column, &packed)), column.text(path), "{packed}");
                assert_eq!(time(&column, &packed), time(&column, path), "{packed}");
            }
        }
        column.now += jiff::SignedDuration::from_hours(48);
        let changed = page("a, changed");
        files[3].1 = &changed;
        files.remove(4);
        let kept = time(&column, "assets/gazette.11111111.css.gz");
        let done = column.publish(&files);
        assert_eq!((done.written, done.removed), (3, 3), "in place: {in_place}");
        assert_eq!(unpacked(&column, "news/a.html.br"), changed);
        assert_eq!(time(&column, "news/a.html.gz"), time(&column, "news/a.html"));
        assert_eq!(time(&column, "assets/gazette.11111111.css.gz"), kept, "not packed again");
        assert_eq!(packed(&column).len(), 4);
        // Nothing changed: nothing is written.
        let done = column.publish(&files);
        assert_eq!((done.written, done.removed), (0, 0));
        column.publishing.precompress = false;
        column.publish(&files);
        // Those of a style stay for pages that readers have open, as the style does.
        assert!(
            packed(&column).iter().all(|path| path.starts_with("assets/gazette")),
            "{:?}",
            packed(&column)
        );
        column.publishing.precompress = true;
        column.publish(&files);
        assert_eq!(packed(&column).len(), 4, "packed though the texts did not change");
        // Which they are is told where they are of no use: object storage.
        let place = Place::new(&column.output(), column.dir.path()).unwrap();
        let release = release_files(&place, None).unwrap();
        let mut told: Vec<String> = release.files.keys().map(ToString::to_string).collect();
        told.retain(|path| release.is_packed(&OutputPath::new(path).unwrap()));
        let mut expected = packed(&column);
        expected.sort();
        assert_eq!(told, expected);
        assert_eq!(time(&column, "news/a.html.gz"), time(&column, "news/a.html"));
    }
}
