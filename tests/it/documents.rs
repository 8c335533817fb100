//! Small documents made from text: packages of parts, PDFs of objects,
//! compound files of streams.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

/// A PDF with one page and the text `text`.
pub(crate) const PDF: &str = "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 33>> stream
BT /F 12 Tf 20 100 Td (text) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
";

/// A ZIP file of these entries.
pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("a ZIP file").into_inner()
}

/// A ZIP file of the parts in `text`, each after a line `--- <name>`; a name
/// that ends in ` × <n>` has its text that many times.
pub(crate) fn package(text: &str) -> Vec<u8> {
    let parts: Vec<(&str, Vec<u8>)> = parts(text);
    let entries: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    zip(&entries)
}

/// A compound file of the streams in `text`, each after a line `--- <path>`.
pub(crate) fn compound(text: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
    for (path, bytes) in parts(text) {
        if let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
            file.create_storage_all(folder).expect("a storage");
        }
        file.create_stream(path).expect("a stream").write_all(&bytes).expect("its bytes");
    }
    file.flush().expect("a compound file");
    file.into_inner().into_inner()
}

fn parts(text: &str) -> Vec<(&str, Vec<u8>)> {
    let mut parts = Vec::new();
    for part in text.split("--- ").filter(|part| !part.trim().is_empty()) {
        let (name, body) = part.split_once('\n').expect("a name and a text");
        let (name, times) = name.split_once(" × ").unwrap_or((name, "1"));
        parts.push((name, body.trim_end_matches('\n').repeat(times.parse().expect("a number")).into_bytes()));
    }
    parts
}

/// A PDF of the objects in `text`, each beginning a line with its number; the
/// first is the catalog. Lines that begin with `%trailer ` go into the trailer.
pub(crate) fn pdf(text: &str) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places: Vec<usize> = Vec::new();
    let mut trailer = String::new();
    for line in text.lines() {
        if let Some(more) = line.strip_prefix("%trailer ") {
            trailer.push_str(more);
            continue;
        }
        if line.split(' ').nth(2) == Some("obj") {
            places.push(out.len());
        }
        out.push_str(line);
        out.push('\n');
    }
    let start = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).expect("a string");
    for place in &places {
        writeln!(out, "{place:010} 00000 n ").expect("a string");
    }
    let size = places.len() + 1;
    write!(out, "trailer <</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n")
        .expect("a string");
    out.into_bytes()
}
