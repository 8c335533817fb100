//! For hosts that read two files in the site's root: `_headers` and
//! `_redirects` (Netlify, Cloudflare Pages and their kin).

use std::fmt::Write as _;

use super::served::{Cache, TYPES};
use super::site::Hosted;

/// Both files, one after the other, each under its name; writing to a string
/// can't fail.
pub(super) fn configuration(site: &Hosted<'_>) -> String {
    let mut out = String::from(HEAD);
    let base = site.base;
    let _ = write!(out, "\n# ---- _headers\n{base}*\n");
    for (name, value) in site.headers() {
        let _ = writeln!(out, "  {name}: {value}");
    }
    let _ = writeln!(out, "  Cache-Control: {}", Cache::Revalidate.control());
    let _ = write!(
        out,
        "{base}assets/*\n  ! Cache-Control\n  Cache-Control: {}\n{base}search/k*\n  ! Cache-Control\n  Cache-Control: {}\n",
        Cache::Immutable.control(),
        Cache::Hour.control()
    );
    for (extension, media_type) in TYPES {
        let _ = writeln!(out, "{base}*.{extension}\n  Content-Type: {media_type}");
    }
    for (path, value) in site.dispositions() {
        let _ = writeln!(out, "{}\n  Content-Disposition: {value}", site.at(path));
    }
    out.push_str("\n# ---- _redirects\n");
    for (from, to) in site.redirects {
        let _ = writeln!(out, "{} {} 301", site.at(from), site.at(to));
    }
    for path in site.gone {
        let _ = writeln!(out, "{} {base}404.html 410", site.at(path));
    }
    out
}

const HEAD: &str = "# For hosts that read `_headers` and `_redirects`: put the two parts below into files of these names in\n\
# `content/static/`. Made by `zhuanlan serve-config headers`.\n";
