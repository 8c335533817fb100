//! A chapter as an XHTML file.

use crate::html::{Unchanged, Whole, escape_xml, rewrite};

/// The chapter whose inside is `html`, whatever a theme's template made of it.
pub(super) fn document(html: &str, title: &str, language: &str) -> String {
    let inside = rewrite(html, &mut Unchanged, Whole::Balanced);
    file(title, language, inside.trim())
}

/// An XHTML file with `body` in it.
pub(super) fn file(title: &str, language: &str, body: &str) -> String {
    let (title, language) = (escape_xml(title), escape_xml(language));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{language}\" xml:lang=\"{language}\">\n<head>\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}
