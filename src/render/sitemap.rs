//! `sitemap.xml` by sitemaps.org, protocol 0.9: every page that readers should
//! find, with the day of its last change.
//!
//! Pages past the first of a list are left out: they shift with every new
//! piece, and the pieces themselves are named.

use serde::Serialize;

use crate::path::OutputPath;
use crate::view::{Column, Page, Stamp};

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

/// The sitemap: one file, or for more than 50,000 addresses several and their
/// index. None without a `base_url` and in a preview.
pub fn sitemap<'c>(column: &'c Column<'_>, pages: &'c [Page<'_>]) -> Vec<File<'c>> {
    split(column, pages, MOST)
}

/// As [`sitemap`], with `most` addresses in a file.
fn split<'c>(column: &'c Column<'_>, pages: &'c [Page<'_>], most: usize) -> Vec<File<'c>> {
    let Some(base) = column.base_url().filter(|_| !column.preview()) else { return Vec::new() };
    let listed = pages.iter().filter_map(|page| Some((page.path.as_str(), page.listed?.changed)));
    let mut urls: Vec<(&str, Option<Stamp>)> = listed.collect();
    urls.sort_unstable();
    let name = |name: &str| OutputPath::new(name);
    let mut files = Vec::new();
    if urls.len() <= most {
        let parts = Urls { base, urls };
        files.extend(name("sitemap.xml").map(|path| File::new(path, "sitemap", parts, urlset)));
        return files;
    }
    let mut names = Vec::new();
    for (at, urls) in urls.chunks(most).enumerate() {
        let file = format!("sitemap-{}.xml", at + 1);
        names.push((file.clone(), urls.iter().filter_map(|(_, changed)| *changed).max()));
        let parts = Urls { base, urls: urls.to_vec() };
        files.extend(name(&file).map(|path| File::new(path, "sitemap", parts, urlset)));
    }
    let parts = Files { base, names };
    files.extend(name("sitemap.xml").map(|path| File::new(path, "sitemap-index", parts, index)));
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
        out.push_str(&format!("<{item}><loc>{base}{path}</loc>"));
        if let Some(changed) = changed {
            out.push_str(&format!("<lastmod>{}</lastmod>", changed.0.civil.date()));
        }
        out.push_str(&format!("</{item}>\n"));
    }
    out.push_str(&format!("</{list}>\n"));
    out.into_bytes()
}
