//! The preview's own pages: their frame, and the small ones.
//!
//! They hold no inline script or style, so that the strictest content policy
//! can be sent with them.

use std::fmt::Write as _;

use super::facts::{Shown, shown};
use super::labels::Words;
use crate::diagnostic::{Lang, Located};
use crate::html::escape;

/// What the preview's own pages may do: load its own files, nothing else.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A whole page of the preview's own.
pub(super) fn frame(lang: Lang, title: &str, main: &str) -> String {
    let words = Words::for_lang(lang);
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n\
         <link rel=\"stylesheet\" href=\"/-/pages.css\">\n</head>\n<body>\n<main>\n{main}</main>\n</body>\n</html>\n",
        words.lang,
        escape(title),
    )
}

/// The page in place of a piece that can't be shown yet.
pub(super) fn broken(lang: Lang, about: &[&Located]) -> String {
    let words = Words::for_lang(lang);
    let mut main = format!("<h1>{}</h1>\n", escape(words.broken));
    for finding in about {
        finding_html(&mut main, &shown(finding, lang));
    }
    frame(lang, words.broken, &main)
}

/// The page where there is none, of a column that has no page for that.
pub(super) fn missing(lang: Lang, path: &str, has_site: bool) -> String {
    let words = Words::for_lang(lang);
    let title = if has_site { words.missing } else { words.no_site };
    let main = format!(
        "<h1>{}</h1>\n<p><code>/{}</code></p>\n<p><a href=\"/\">{}</a> · <a href=\"/-/\">{}</a></p>\n",
        escape(title),
        escape(path),
        escape(words.home),
        escape(words.overview),
    );
    frame(lang, title, &main)
}

/// A page of one sentence, for what is refused.
pub(super) fn refused(lang: Lang, zh: &str, en: &str) -> String {
    let text = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    frame(lang, text, &format!("<h1>{}</h1>\n", escape(text)))
}

/// One finding, with its source line and caret.
pub(super) fn finding_html(out: &mut String, shown: &Shown) {
    // Writing to a string can't fail.
    let _ = write!(out, "{}", FindingHtml(shown));
}

struct FindingHtml<'s>(&'s Shown);

impl std::fmt::Display for FindingHtml<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = self.0;
        write!(
            f,
            "<section class=\"finding {}\">\n<p class=\"said\"><strong>{}</strong> {} <code>{}</code></p>\n\
             <p class=\"place\">{}</p>\n",
            shown.severity,
            escape(shown.severity_text),
            escape(&shown.message),
            escape(shown.code),
            escape(&shown.place()),
        )?;
        if shown.line > 0 {
            writeln!(
                f,
                "<pre>{}<span class=\"at\"><mark>{}</mark><span class=\"caret\" aria-hidden=\"true\">{}</span>\
                 </span>{}</pre>",
                escape(&shown.before),
                escape(&shown.marked),
                "^".repeat(CARETS),
                escape(&shown.after),
            )?;
        }
        if let Some(hint) = &shown.hint {
            writeln!(f, "<p class=\"hint\">{}</p>", escape(hint))?;
        }
        f.write_str("</section>\n")
    }
}

/// More than any marked place is wide; the style cuts it to its width, which
/// no count of characters can tell in a browser's fonts.
const CARETS: usize = 160;

/// The page with the preview's script, and what the script has to know: which
/// page this is, and what the tab has seen of it.
///
/// The script stands last in the head, or, where no head ends, at the end.
pub(super) fn with_script(html: &[u8], page: &str, seen: &str) -> Vec<u8> {
    let tag = format!(
        "<script src=\"/-/preview.js\" data-page=\"{}\" data-seen=\"{}\" defer></script>\n",
        escape(page),
        escape(seen),
    );
    let at = html.windows(HEAD_END.len()).position(|part| part == HEAD_END).unwrap_or(html.len());
    let (before, after) = html.split_at_checked(at).unwrap_or((html, &[]));
    [before, tag.as_bytes(), after].concat()
}

const HEAD_END: &[u8] = b"</head>";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let out = with_script(html.as_bytes(), "news/通知\".html", "a.b.c");
        let tag = "<script src=\"/-/preview.js\" data-page=\"news/通知&quot;.html\" data-seen=\"a.b.c\" defer></script>\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected.replace("TAG", tag));
    }

    #[test]
    fn the_script_stands_last_in_the_head() {
        check("<head><title>甲</title></head><body>", "<head><title>甲</title>TAG</head><body>");
        check("<p>没有头", "<p>没有头TAG");
        check("", "TAG");
    }

    #[test]
    fn nothing_of_a_path_becomes_markup() {
        let page = missing(Lang::Zh, "<script>alert('1')</script>", true);
        assert!(!page.contains("<script>"), "{page}");
    }
}
