//! Which files of `content/static/` readers get.
//!
//! They are copied as they are, so whatever lies there goes public: a password
//! file, a dump of a database, half a film that is being copied. A list of what
//! is bad has holes; so this is a list of what may go: files of the kinds that
//! websites serve, a few names that servers and verifiers look for, and what
//! `publish: {also: …}` names.

use crate::path::content_type;

/// Names without such an ending: for verifiers and hosts.
const NAMES: [&str; 5] = ["CNAME", "LICENSE", "NOTICE", "_headers", "_redirects"];

/// Hidden files that say something to servers and hosts.
const HIDDEN: [&str; 3] = [".htaccess", ".nojekyll", ".domains"];

/// The only hidden folder that is for everybody (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// The folders, the name and the ending of a path.
fn parts(path: &str) -> (&str, &str, &str) {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let ending = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, ending)| ending);
    (folders, name, ending)
}

/// Whether the column names the file at `path` below `content/static/` by its
/// name, path or ending (`apk`).
pub(super) fn is_allowed(path: &str, also: &[String]) -> bool {
    let (_, name, extension) = parts(path);
    also.iter().any(|word| {
        let word = word.trim_start_matches("*.");
        word == name
            || word == path
            || word.trim_start_matches('.').eq_ignore_ascii_case(extension) && !extension.is_empty()
    })
}

/// Whether readers get the file at `path` below `content/static/`. `also` has
/// names and endings that the column allows.
pub(super) fn is_for_readers(path: &str, also: &[String]) -> bool {
    let (folders, name, extension) = parts(path);
    let seen = |folder: &str| !folder.starts_with('.') || folder == WELL_KNOWN;
    if is_allowed(path, also) {
        return true;
    }
    if !folders.split('/').all(seen) {
        return false;
    }
    if name.starts_with('.') {
        return HIDDEN.contains(&name);
    }
    // Certificates' challenges and the like have no endings.
    let well_known = folders.split('/').any(|folder| folder == WELL_KNOWN) && extension.is_empty();
    well_known || NAMES.contains(&name) || content_type(extension).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paths: &[&str], also: &[&str], expected: bool) {
        let also: Vec<String> = also.iter().map(|word| (*word).to_owned()).collect();
        for path in paths {
            assert_eq!(is_for_readers(path, &also), expected, "{path}");
        }
    }

    #[test]
    fn what_websites_serve() {
        let paths = [
            "robots.txt",
            "favicon.ico",
            "MP_verify_abc.txt",
            "baidu_verify_codeva.html",
            "CNAME",
            ".htaccess",
            ".nojekyll",
            ".well-known/security.txt",
            ".well-known/acme-challenge/x7F_-a",
            "films/open.MP4",
            "films/open.ogv",
            "data/a.csv",
        ];
        check(&paths, &[], true);
    }

    #[test]
    fn what_nobody_means_to_publish() {
        let paths = [
            ".env",
            ".git-credentials",
            ".htpasswd",
            "id_rsa",
            ".bash_history",
            ".ssh/config.txt",
            "a.sql",
            "config.php",
            "a.txt.bak",
            "a.html.orig",
            "server.key",
            "server.pem",
            "data.db",
            "a.log",
            ".well-known/.secret",
            "backup",
            "a.docx.tmp",
        ];
        check(&paths, &[], false);
    }

    #[test]
    fn what_the_column_allows() {
        check(&["app.exe", ".user.ini", "x/data.db"], &["exe", ".user.ini", "*.db"], true);
        check(&["id_rsa", "app.exe.bak"], &["exe", ".user.ini"], false);
    }
}
