//! A configuration for Caddy: a Caddyfile.

use std::fmt::Write as _;

use super::served::Cache;
use super::site::{Hosted, escaped};
use crate::path::MEDIA_TYPES;

/// The whole file; writing to a string can't fail.
pub(super) fn configuration(site: &Hosted<'_>) -> String {
    let mut out = String::from(HEAD);
    let base = site.base;
    let _ = write!(out, "\n{} {{\n", site.host.unwrap_or(":80"));
    if !site.bare().is_empty() {
        let _ = writeln!(out, "\tredir {} {base} 301", site.bare());
    }
    for (from, to) in site.redirects {
        let _ = writeln!(out, "\tredir {} {} 301", site.at(from), site.at(to));
    }
    let _ = write!(out, "\n\troute {base}* {{\n");
    headers(site, &mut out);
    out.push_str("\t\tencode gzip zstd\n");
    let hidden = format!("path_regexp hidden ^{}(.*/)?\\.", escaped(base));
    let _ = write!(
        out,
        "\n\t\t# Hidden files are for nobody, but those that the web's own rules name (RFC 8615).\n\
         \t\t@hidden {{\n\t\t\t{hidden}\n\t\t\tnot path {base}.well-known/*\n\t\t}}\n\t\terror @hidden 404\n"
    );
    if !site.gone.is_empty() {
        out.push_str("\t\t@gone path");
        for path in site.gone {
            let _ = write!(out, " {}", site.at(path));
        }
        out.push_str("\n\t\terror @gone 410\n");
    }
    let _ = write!(
        out,
        "\t\t@other not method GET HEAD\n\t\terror @other 405\n\n\t\turi strip_prefix {}\n\t\troot * {}\n\t\tfile_server{}\n\t}}\n",
        if site.bare().is_empty() { "\"\"" } else { site.bare() },
        quoted(site.folder),
        if site.precompressed { " {\n\t\t\tprecompressed br gzip\n\t\t}" } else { "" }
    );
    let _ = write!(
        out,
        "\n\thandle_errors {{\n\t\troot * {}\n\t\trewrite * /404.html\n\
         \t\theader {{\n\t\t\t-Content-Disposition\n\t\t\tContent-Type \"text/html; charset=utf-8\"\n\t\t\tCache-Control \"{}\"\n\t\t}}\n\
         \t\tfile_server {{\n\t\t\tstatus {{http.error.status_code}}\n\t\t}}\n\t}}\n}}\n",
        quoted(site.folder),
        Cache::Revalidate.control()
    );
    out
}

const HEAD: &str = "# Caddy 2. Put it into /etc/caddy/Caddyfile (or import it there), then: systemctl reload caddy\n\
# Made by `zhuanlan serve-config caddy`; make it anew when addresses change.\n";

fn headers(site: &Hosted<'_>, out: &mut String) {
    let base = escaped(site.base);
    // What is taken away is taken away late, with all of its block: apart.
    out.push_str("\t\theader -Server\n\t\theader {\n");
    for (name, value) in site.headers() {
        let _ = writeln!(out, "\t\t\t{name} \"{value}\"");
    }
    let _ = writeln!(out, "\t\t\tCache-Control \"{}\"\n\t\t}}", Cache::Revalidate.control());
    let _ = write!(
        out,
        "\t\t@immutable path_regexp immutable ^{base}assets/.*\\.[0-9a-f]{{8}}\\.\n\t\theader @immutable Cache-Control \"{}\"\n\
         \t\t@hour path_regexp hour ^{base}search/[^/]+-[0-9a-z]{{3}}\\.js$\n\t\theader @hour Cache-Control \"{}\"\n",
        Cache::Immutable.control(),
        Cache::Hour.control()
    );
    for (extension, media_type) in MEDIA_TYPES {
        let _ = write!(
            out,
            "\t\t@{extension} path *.{extension}\n\t\theader @{extension} Content-Type \"{media_type}\"\n"
        );
    }
    for (number, (path, value)) in site.dispositions().enumerate() {
        let value = value.replace('"', "\\\"");
        let _ = write!(
            out,
            "\t\t@download{number} path {}\n\t\theader @download{number} Content-Disposition \"{value}\"\n",
            site.at(path)
        );
    }
}

fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}
