//! The contents: the navigation document (EPUB 3.3, section 7), and the NCX
//! that readers of EPUB 2 look for.

use crate::book::EpubEdition;
use crate::wording::Wording;

use super::Chapter;
use super::package::identifier;
use super::xhtml::file;
use crate::html::escape_xml;

/// `nav.xhtml`, which is the page of contents too.
pub(super) fn nav(edition: &EpubEdition, chapters: &[Chapter], words: &Wording) -> String {
    let word = |key: &'static str| escape_xml(words.word(key));
    let (contents, cover) = (word("book.contents"), word("book.cover"));
    let mut list = String::new();
    for (chapter, inner) in tree(chapters) {
        list += &link(chapter);
        if !inner.is_empty() {
            list += "\n<ol>\n";
            for piece in inner {
                list += &link(piece);
                list += "</li>\n";
            }
            list += "</ol>\n";
        }
        list += "</li>\n";
    }
    let first = chapters.iter().find(|chapter| matches!(chapter.kind, "part" | "piece"));
    let begins = first.map_or(String::new(), |chapter| {
        format!("<li><a epub:type=\"bodymatter\" href=\"{}\">{}</a></li>\n", chapter.file, word("book.text"))
    });
    let body = format!(
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" class=\"contents\">\n<h1>{contents}</h1>\n<ol>\n{list}</ol>\n</nav>\n\
         <nav epub:type=\"landmarks\" hidden=\"hidden\">\n<h2>{}</h2>\n<ol>\n\
         <li><a epub:type=\"cover\" href=\"cover.xhtml\">{cover}</a></li>\n\
         <li><a epub:type=\"toc\" href=\"nav.xhtml\">{contents}</a></li>\n{begins}</ol>\n</nav>",
        word("book.landmarks")
    );
    file(words.word("book.contents"), &edition.language, &body)
}

/// An entry that its caller closes.
fn link(chapter: &Chapter) -> String {
    format!("<li><a href=\"{}\">{}</a>", chapter.file, escape_xml(&chapter.title))
}

/// The chapters at the top, each with those under it.
fn tree(chapters: &[Chapter]) -> impl Iterator<Item = (&Chapter, &[Chapter])> {
    let groups = chapters.chunk_by(|_, next| next.inside);
    groups.filter_map(<[Chapter]>::split_first)
}

/// `toc.ncx`.
pub(super) fn ncx(edition: &EpubEdition, chapters: &[Chapter]) -> String {
    let mut points = String::new();
    let mut order = 0;
    let mut point = |chapter: &Chapter, inner: &str| {
        order += 1;
        format!(
            "<navPoint id=\"point-{order}\" playOrder=\"{order}\"><navLabel><text>{}</text></navLabel>\
             <content src=\"{}\"/>{inner}",
            escape_xml(&chapter.title),
            chapter.file
        )
    };
    let mut depth = 1;
    for (chapter, inner) in tree(chapters) {
        points += &point(chapter, "\n");
        for piece in inner {
            depth = 2;
            points += &point(piece, "</navPoint>\n");
        }
        points += "</navPoint>\n";
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"{}\">\n<head>\n\
         <meta name=\"dtb:uid\" content=\"{}\"/>\n<meta name=\"dtb:depth\" content=\"{depth}\"/>\n\
         <meta name=\"dtb:totalPageCount\" content=\"0\"/>\n<meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n\
         </head>\n<docTitle><text>{}</text></docTitle>\n<navMap>\n{points}</navMap>\n</ncx>\n",
        escape_xml(&edition.language),
        identifier(edition),
        escape_xml(&edition.book.title)
    )
}
