//! `sitemap.xml` by sitemaps.org, protocol 0.9: every page that readers should
//! find, with the day of its last change.
//!
//! Pages past the first of a list are left out: they shift with every new
//! piece, and the pieces themselves are named.

use std::fmt::Write;

use serde::Serialize;

use crate::page::{Column, Listed, Stamp};
use crate::path::OutputPath;

use super::File;

/// Addresses in one file; the protocol allows no more.
const MOST: usize = 50_000;

#[derive(Debug, Serialize)]
struct Urls<'c> {
    base: &'c str,
    urls: Vec<(&'c str, Option<Stamp>)>,
}

#[derive(Debug, Serialize)]
struct Files<'c> {
    base: &'c str,
    names: Vec<(String, Option<Stamp>)>,
}

/// The sitemap of the pages `named`: one file, or for more than 50,000 addresses several and their
/// index. None without a `base_url` and in a preview.
pub fn sitemap<'c>(
    column: &'c Column<'_>,
    named: impl Iterator<Item = (&'c OutputPath, Listed)>,
) -> Vec<File<'c>> {
    let Some(base) = column.base_url().filter(|_| !column.preview()) else { return Vec::new() };
    let mut urls: Vec<(&str, Option<Stamp>)> =
        named.map(|(path, listed)| (path.as_str(), listed.changed)).collect();
    // In runs they are sorted already, which this sort makes use of.
    urls.sort();
    split(base, urls, MOST)
}

/// The files for `urls`, at most `most` in each.
fn split<'c>(base: &'c str, urls: Vec<(&'c str, Option<Stamp>)>, most: usize) -> Vec<File<'c>> {
    let mut files = Vec::new();
    if urls.len() <= most {
        let parts = Urls { base, urls };
        files.extend(OutputPath::new("sitemap.xml").map(|path| File::new(path, "sitemap", parts, urlset)));
        return files;
    }
    let mut names = Vec::new();
    for (at, urls) in urls.chunks(most).enumerate() {
        let name = format!("sitemap-{}.xml", at + 1);
        let parts = Urls { base, urls: urls.to_vec() };
        files.extend(OutputPath::new(&name).map(|path| File::new(path, "sitemap", parts, urlset)));
        names.push((name, urls.iter().filter_map(|(_, changed)| *changed).max()));
    }
    let parts = Files { base, names };
    files.extend(OutputPath::new("sitemap.xml").map(|path| File::new(path, "sitemap-index", parts, index)));
    files
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn urlset(parts: &Urls<'_>) -> Vec<u8> {
    let urls = parts.urls.iter().map(|(path, changed)| (*path, *changed));
    document("urlset", "url", parts.base, urls)
}

fn index(parts: &Files<'_>) -> Vec<u8> {
    let files = parts.names.iter().map(|(name, changed)| (name.as_str(), *changed));
    document("sitemapindex", "sitemap", parts.base, files)
}

fn document<'p>(
    list: &str,
    item: &str,
    base: &str,
    entries: impl Iterator<Item = (&'p str, Option<Stamp>)>,
) -> Vec<u8> {
    // Paths are plain ASCII; only what the config gives needs escaping.
    let base = super::xml::escape(base);
    let mut out = format!("{HEAD}<{list} xmlns=\"{SPACE}\">\n");
    for (path, changed) in entries {
        // Home is named by its folder, as readers type it.
        let path = if path == "index.html" { "" } else { path };
        let changed = changed
            .map_or_else(String::new, |changed| format!("<lastmod>{}</lastmod>", changed.0.civil.date()));
        // Writing to a string can't fail.
        let _ = writeln!(out, "<{item}><loc>{base}{path}</loc>{changed}</{item}>");
    }
    out += "</";
    out += list;
    out += ">\n";
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{File, split};
    use crate::document::Moment;
    use crate::page::Stamp;

    fn day(text: &str) -> Stamp {
        let civil = format!("{text}T00:00").parse().expect("a date");
        Stamp(Moment { civil, has_time: false })
    }

    #[test]
    fn many_addresses_are_split_and_indexed() {
        let urls =
            vec![("a.html", Some(day("2021-03-01"))), ("b.html", Some(day("2021-03-02"))), ("c.html", None)];
        let files = split("https://a.cn/?x=1&y/", urls, 2);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        let text = |file: &File<'_>| String::from_utf8(file.bytes()).expect("text");
        assert_eq!(
            text(&files[1]),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <url><loc>https://a.cn/?x=1&amp;y/c.html</loc></url>\n\
             </urlset>\n"
        );
        assert_eq!(
            text(&files[2]),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <sitemap><loc>https://a.cn/?x=1&amp;y/sitemap-1.xml</loc><lastmod>2021-03-02</lastmod></sitemap>\n\
             <sitemap><loc>https://a.cn/?x=1&amp;y/sitemap-2.xml</loc></sitemap>\n\
             </sitemapindex>\n"
        );
    }
}
