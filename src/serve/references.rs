//! What a page loads: stylesheets, and everything else but other pages.
//!
//! A page is scanned for the tags that load something, not parsed: what is
//! missed costs an editor one press of F5, no more.

use crate::path::OutputPath;

/// The files of the site that a page, or a stylesheet, loads, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct References {
    /// Stylesheets.
    pub(super) styles: Vec<OutputPath>,
    /// Scripts, pictures, fonts, films.
    pub(super) others: Vec<OutputPath>,
}

impl References {
    /// Those of the page at `path` (from the root, without a leading `/`).
    pub(super) fn of_page(path: &str, html: &str) -> Self {
        let mut found = Self::default();
        let mut rest = html;
        while let Some((_, after)) = rest.split_once('<') {
            rest = after;
            let name_len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let Some((name, after)) = rest.split_at_checked(name_len) else { break };
            let Some(loads) = Loads::of(name) else { continue };
            let (attributes, after) = attributes(after);
            rest = after;
            loads.keep(path, &attributes, &mut found);
        }
        found.styles.sort();
        found.styles.dedup();
        found.others.sort();
        found.others.dedup();
        found
    }

    /// What the stylesheet at `path` loads: `url(…)`.
    pub(super) fn of_style(path: &OutputPath, css: &str) -> Vec<OutputPath> {
        let targets = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
        targets.filter_map(|target| resolve(path.as_str(), target.trim().trim_matches(['"', '\'']))).collect()
    }
}

/// What a tag loads, by its name.
enum Loads {
    /// `<link>`: by its `rel`.
    Link,
    /// The files that these attributes name.
    Named(&'static [&'static str]),
}

impl Loads {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "link" => Self::Link,
            "script" | "audio" | "track" | "embed" | "input" => Self::Named(&["src"]),
            "img" | "source" => Self::Named(&["src", "srcset"]),
            "video" => Self::Named(&["src", "poster"]),
            "object" => Self::Named(&["data"]),
            "image" | "use" => Self::Named(&["href"]),
            _ => return None,
        })
    }

    fn keep(&self, path: &str, attributes: &[(&str, &str)], found: &mut References) {
        let value = |name: &str| attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        match self {
            Self::Link => {
                let rel = value("rel").unwrap_or_default();
                let Some(target) = value("href").and_then(|href| resolve(path, href)) else { return };
                if rel.split_ascii_whitespace().any(|word| word == "stylesheet") {
                    found.styles.push(target);
                } else if ["icon", "preload", "modulepreload", "manifest"]
                    .iter()
                    .any(|kind| rel.contains(kind))
                {
                    found.others.push(target);
                }
            }
            Self::Named(names) => {
                for name in *names {
                    let text = value(name).unwrap_or_default();
                    let candidates = if *name == "srcset" { text.split(',').collect() } else { vec![text] };
                    let first_words =
                        candidates.into_iter().filter_map(|text| text.split_ascii_whitespace().next());
                    found.others.extend(first_words.filter_map(|target| resolve(path, target)));
                }
            }
        }
    }
}

/// The attributes of a tag whose name has just been read, and what follows it.
fn attributes(tag: &str) -> (Vec<(&str, &str)>, &str) {
    let mut found = Vec::new();
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (found, after);
        }
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
        let Some((name, after)) = rest.split_at_checked(rest.find(ends).unwrap_or(rest.len())) else {
            return (found, rest);
        };
        if name.is_empty() && after.is_empty() {
            return (found, after);
        }
        rest = after.trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            found.push((name, ""));
            continue;
        };
        let (value, after) = value(after.trim_start());
        found.push((name, value));
        rest = after;
    }
}

/// An attribute's value, and what follows it.
fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The file of this site that `reference` means in the file at `path`; `None`
/// where it leads elsewhere.
fn resolve(path: &str, reference: &str) -> Option<OutputPath> {
    let reference = reference.split(['?', '#']).next()?;
    if reference.is_empty() || reference.contains(':') || reference.starts_with("//") {
        return None;
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (base, reference) = reference.strip_prefix('/').map_or((folder, reference), |rooted| ("", rooted));
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            // As browsers do: nothing lies above the root.
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    OutputPath::new(&parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, html: &str, styles: &[&str], others: &[&str]) {
        let found = References::of_page(path, html);
        let text = |paths: &[OutputPath]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            (text(&found.styles), text(&found.others)),
            (
                styles.iter().map(ToString::to_string).collect(),
                others.iter().map(ToString::to_string).collect(),
            ),
            "{html}"
        );
    }

    #[test]
    fn what_a_page_loads() {
        check(
            "news/x.html",
            r#"<link rel="stylesheet" href="../assets/gazette.css">"#,
            &["assets/gazette.css"],
            &[],
        );
        check("x.html", "<link rel=stylesheet href=assets/a.css?v=1>", &["assets/a.css"], &[]);
        check(
            "a/b.html",
            r#"<link href="/progress.css" rel="alternate stylesheet">"#,
            &["progress.css"],
            &[],
        );
        check("a/b.html", r#"<script src="../assets/a.js" defer></script>"#, &[], &["assets/a.js"]);
        check(
            "a/b.html",
            r#"<img alt="a > b" srcset="../p/1.webp 480w, ../p/2.webp 960w" src='../p/1.jpg'>"#,
            &[],
            &["p/1.jpg", "p/1.webp", "p/2.webp"],
        );
        check(
            "b.html",
            r#"<video poster="p.jpg" src="v.mp4"><track src="t.vtt"></video>"#,
            &[],
            &["p.jpg", "t.vtt", "v.mp4"],
        );
        check("b.html", r#"<svg><use href="i.svg#a"/></svg>"#, &[], &["i.svg"]);
        check("b.html", r#"<link rel="icon" href="favicon.ico">"#, &[], &["favicon.ico"]);
    }

    #[test]
    fn what_it_only_links_to() {
        for html in [
            r#"<link rel="alternate" type="application/atom+xml" href="feed.atom">"#,
            r#"<link rel="canonical" href="http://localhost/b.html">"#,
            r#"<a href="notes.pdf">附件</a>"#,
            r#"<img src="https://example.org/x.jpg">"#,
            r#"<img src="//example.org/x.jpg">"#,
            r#"<img src="data:image/gif;base64,AAAA">"#,
            r##"<use href="#local"/>"##,
            "<img src>",
            "<img src=\"",
            "<",
            "<link",
            "<img /",
            "甲<乙",
        ] {
            check("b.html", html, &[], &[]);
        }
    }

    #[test]
    fn what_a_style_loads() {
        let css =
            "@font-face{src:url(fonts/a.woff2)}a{background:url('../p/x.png')}b{background:url(data:x)}";
        let found = References::of_style(&OutputPath::new("assets/a.css").unwrap(), css);
        let text: Vec<&str> = found.iter().map(OutputPath::as_str).collect();
        assert_eq!(text, ["assets/fonts/a.woff2", "p/x.png"]);
    }
}
