//! A configuration for nginx: one file for `conf.d` or `sites-enabled`.

use std::fmt::Write as _;

use super::served::Cache;
use super::site::{Hosted, escaped, text_types};
use crate::path::{MEDIA_TYPES, without_parameters};

/// The whole file; writing to a string can't fail.
pub(super) fn configuration(site: &Hosted<'_>) -> String {
    let mut out = String::from(HEAD);
    maps(site, &mut out);
    let host = site.host.unwrap_or("_");
    let _ = write!(
        out,
        "\nserver {{\n    listen 80;\n    listen [::]:80;\n    server_name {host};\n    server_tokens off;\n    \
         # Redirects without host and port: right behind a proxy too.\n    absolute_redirect off;\n"
    );
    redirects(site, &mut out);
    location(site, &mut out);
    out.push_str("}\n");
    out
}

const HEAD: &str = "# nginx. Put it into /etc/nginx/conf.d/ or sites-enabled/, then: nginx -t && systemctl reload nginx\n\
# Made by `zhuanlan serve-config nginx`; make it anew when addresses change.\n";

fn maps(site: &Hosted<'_>, out: &mut String) {
    let base = escaped(site.base);
    let _ = write!(
        out,
        "\n# How long browsers may keep a file without asking.\nmap $uri $zhuanlan_cache {{\n    default \"{}\";\n    \
         \"~^{base}assets/.*\\.[0-9a-f]{{8}}\\.\" \"{}\";\n    \"~^{base}search/[^/]+-[0-9a-z]{{3}}\\.js$\" \"{}\";\n}}\n",
        Cache::Revalidate.control(),
        Cache::Immutable.control(),
        Cache::Hour.control()
    );
    out.push_str("\n# The names that readers' copies get.\nmap $uri $zhuanlan_name {\n    default \"\";\n");
    for (path, value) in site.dispositions() {
        let value = value.replace('"', "\\\"");
        let _ = writeln!(out, "    \"~^{}$\" \"{value}\";", escaped(&site.at(path)));
    }
    out.push_str("}\n");
}

fn redirects(site: &Hosted<'_>, out: &mut String) {
    if !site.bare().is_empty() {
        let _ = writeln!(out, "\n    location = {} {{ return 301 {}; }}", site.bare(), site.base);
    }
    for (from, to) in site.redirects {
        let _ = writeln!(out, "    location = {} {{ return 301 {}; }}", site.at(from), site.at(to));
    }
}

/// The rest of `types`, and how texts are packed.
fn types(site: &Hosted<'_>, out: &mut String) {
    for (extension, media_type) in MEDIA_TYPES {
        let _ = writeln!(out, "            {} {extension};", without_parameters(media_type));
    }
    out.push_str("        }\n        charset utf-8;\n        charset_types");
    let texts = text_types();
    // text/html is always among them, and naming it is a warning.
    for media_type in texts.iter().filter(|media_type| **media_type != "text/html") {
        let _ = write!(out, " {media_type}");
    }
    out.push_str(
        ";\n\n        gzip on;\n        gzip_vary on;\n        gzip_min_length 512;\n        gzip_types",
    );
    for media_type in texts.iter().filter(|media_type| **media_type != "text/html") {
        let _ = write!(out, " {media_type}");
    }
    out.push_str(";\n");
    if site.precompressed {
        out.push_str(
            "        # Texts lie beside their packed copies (`precompress` in column.yaml).\n        gzip_static on;\n\
             \x20       # With the module of Debian's libnginx-mod-http-brotli-static also:\n        # brotli_static on;\n",
        );
    }
}

fn location(site: &Hosted<'_>, out: &mut String) {
    let base = site.base;
    let _ = write!(
        out,
        "\n    location {base} {{\n        alias {}/;\n        index index.html;\n        autoindex off;\n\
         \n        # nginx would remember files by their inode and go on serving those of a former release, for as\n\
         \x20       # long as open_file_cache_valid says (60 s). Leave it off, or take no more than a few seconds.\n\
         \x20       open_file_cache off;\n\n        default_type application/octet-stream;\n        types {{\n",
        site.folder
    );
    types(site, out);
    let always = if site.gone.is_empty() { "404" } else { "404 410" };
    let _ = writeln!(
        out,
        "\n        error_page {always} {base}404.html;\n        # A folder without a page is as good as none.\n        \
         error_page 403 =404 {base}404.html;\n"
    );
    for (name, value) in site.headers() {
        let _ = writeln!(out, "        add_header {name} \"{value}\" always;");
    }
    out.push_str(
        "        add_header Cache-Control $zhuanlan_cache always;\n        add_header Content-Disposition $zhuanlan_name;\n",
    );
    let _ = write!(
        out,
        "\n        # Hidden files are for nobody, but those that the web's own rules name (RFC 8615).\n        \
         location ~ \"/\\.(?!well-known/)\" {{ return 404; }}\n"
    );
    for path in site.gone {
        let _ = writeln!(out, "        location = {} {{ return 410; }}", site.at(path));
    }
    out.push_str("    }\n");
}
