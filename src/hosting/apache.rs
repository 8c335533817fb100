//! A configuration for Apache: one file for `conf-available`.

use std::fmt::Write as _;

use super::served::Cache;
use super::site::{Hosted, escaped, text_types};
use crate::path::MEDIA_TYPES;

/// The whole file; writing to a string can't fail.
pub(super) fn configuration(site: &Hosted<'_>) -> String {
    let mut out = String::from(HEAD);
    let prefix = site.bare();
    if prefix.is_empty() {
        let _ = write!(out, "\nDocumentRoot \"{}\"\n", site.folder);
    } else {
        let _ = write!(
            out,
            "\nRedirectMatch 301 \"^{}$\" \"{base}\"\nAlias \"{base}\" \"{}/\"\n",
            escaped(prefix),
            site.folder,
            base = site.base
        );
    }
    addresses(site, &mut out);
    let _ = write!(
        out,
        "\n<Directory \"{}/\">\n    Require all granted\n    Options -Indexes -MultiViews +FollowSymLinks\n    \
         AllowOverride None\n    DirectoryIndex index.html\n    FileETag MTime Size\n    AddDefaultCharset Off\n    \
         RewriteEngine On\n    # A folder without a page is as good as none.\n    \
         RewriteCond %{{REQUEST_FILENAME}} -d\n    RewriteCond %{{REQUEST_FILENAME}}/index.html !-f\n    \
         RewriteRule ^ - [R=404,L]\n    RewriteCond %{{REQUEST_METHOD}} !^(GET|HEAD|OPTIONS)$\n    \
         RewriteRule ^ - [R=405,L]\n\n",
        site.folder
    );
    for (extension, media_type) in MEDIA_TYPES {
        let _ = writeln!(out, "    AddType \"{media_type}\" .{extension}");
    }
    out.push_str("\n    <IfModule mod_deflate.c>\n        AddOutputFilterByType DEFLATE");
    for media_type in text_types() {
        let _ = write!(out, " {media_type}");
    }
    out.push_str("\n    </IfModule>\n</Directory>\n");
    headers(site, &mut out);
    out
}

const HEAD: &str = "# Apache 2.4. Put it into /etc/apache2/conf-available/zhuanlan.conf, then:\n\
#   a2enmod headers alias deflate rewrite && a2enconf zhuanlan && systemctl reload apache2\n\
# Made by `zhuanlan serve-config apache`; make it anew when addresses change.\n";

fn addresses(site: &Hosted<'_>, out: &mut String) {
    let base = escaped(site.base);
    let _ = write!(
        out,
        "\n# Hidden files are for nobody, but those that the web's own rules name (RFC 8615).\n\
         RedirectMatch 404 \"^{base}(.*/)?\\.(?!well-known/)\"\n",
    );
    for (from, to) in site.redirects {
        let _ = writeln!(out, "RedirectMatch 301 \"^{}$\" \"{}\"", escaped(&site.at(from)), site.at(to));
    }
    for path in site.gone {
        let _ = writeln!(out, "RedirectMatch 410 \"^{}$\"", escaped(&site.at(path)));
    }
    let _ = write!(
        out,
        "\n<Location \"{}\">\n    ErrorDocument 404 {1}404.html\n    ErrorDocument 410 {1}404.html\n</Location>\n",
        site.base, site.base
    );
}

fn headers(site: &Hosted<'_>, out: &mut String) {
    let base = escaped(site.base);
    let _ = write!(out, "\n<Location \"{}\">\n", site.base);
    for (name, value) in site.headers() {
        let _ = writeln!(out, "    Header always set {name} \"{value}\"");
    }
    let _ = write!(
        out,
        "    Header always set Cache-Control \"{}\"\n</Location>\n\
         <LocationMatch \"^{base}assets/.*\\.[0-9a-f]{{8}}\\.\">\n    Header always set Cache-Control \"{}\" \"expr=%{{REQUEST_STATUS}} < 400\"\n</LocationMatch>\n\
         <LocationMatch \"^{base}search/[^/]+-[0-9a-z]{{3}}\\.js$\">\n    Header always set Cache-Control \"{}\" \"expr=%{{REQUEST_STATUS}} < 400\"\n</LocationMatch>\n",
        Cache::Revalidate.control(),
        Cache::Immutable.control(),
        Cache::Hour.control()
    );
    for (path, value) in site.dispositions() {
        // `%` begins a variable in a header's value.
        let value = value.replace('%', "%%").replace('"', "\\\"");
        let _ = write!(
            out,
            "<LocationMatch \"^{}$\">\n    Header set Content-Disposition \"{value}\"\n</LocationMatch>\n",
            escaped(&site.at(path))
        );
    }
}
