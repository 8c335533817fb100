//! Which elements of HTML stand on lines of their own (HTML, section 15.3.3, and
//! the elements of tables).

/// Elements that hold blocks and are no block themselves.
const CONTAINERS: [&str; 22] = [
    "address", "article", "aside", "body", "center", "dd", "details", "dialog", "div", "dl", "fieldset",
    "footer", "form", "header", "hgroup", "html", "main", "nav", "noframes", "search", "section", "head",
];

/// Elements that are one paragraph.
pub(crate) const PARAGRAPHS: [&str; 6] = ["p", "summary", "legend", "dt", "figcaption", "caption"];

/// Blocks of other kinds.
const OTHERS: [&str; 28] = [
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "menu",
    "dir",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "pre",
    "listing",
    "xmp",
    "figure",
    "hr",
    "video",
    "audio",
    "plaintext",
    "colgroup",
];

/// Whether an element stands on lines of its own.
pub(crate) fn is_block(name: &str) -> bool {
    CONTAINERS.contains(&name) || PARAGRAPHS.contains(&name) || OTHERS.contains(&name)
}
