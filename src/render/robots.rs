//! `robots.txt` (RFC 9309).

use serde::Serialize;

use crate::page::Column;
use crate::path::OutputPath;

use super::File;

#[derive(Debug, Serialize)]
struct Robots {
    sitemap: Option<String>,
    preview: bool,
}

/// The file: everything may be read, and where the sitemap is; in a preview
/// nothing may.
pub fn robots<'c>(column: &Column<'_>) -> Option<File<'c>> {
    let sitemap = column.base_url().map(|base| format!("{base}sitemap.xml"));
    let parts = Robots { sitemap, preview: column.preview() };
    Some(File::new(OutputPath::new("robots.txt")?, "robots", parts, |parts| text(parts).into_bytes()))
}

fn text(robots: &Robots) -> String {
    if robots.preview {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let mut text = "User-agent: *\nDisallow:\n".to_owned();
    if let Some(sitemap) = &robots.sitemap {
        text.push_str("\nSitemap: ");
        text.push_str(sitemap);
        text.push('\n');
    }
    text
}
