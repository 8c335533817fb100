//! What raw HTML may hold.

/// Elements that may stay, with the attributes that may stay on them besides
/// [`GLOBAL`]. Obsolete ones are left out: checkers of government sites count
/// them as errors.
pub(in crate::markdown) const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &[]),
    ("abbr", &[]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("dd", &[]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["alt"]),
    ("ins", &["datetime"]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["start", "reversed"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

/// Attributes that may stay on every element.
pub(in crate::markdown) const GLOBAL: &[&str] = &["class", "dir", "id", "lang", "title"];

/// Attributes whose values are whole numbers.
pub(in crate::markdown) const NUMBERS: [&str; 5] = ["span", "value", "start", "colspan", "rowspan"];

/// Attributes that the site writes itself, so that leaving them out changes
/// nothing.
pub(in crate::markdown) const OURS: [&str; 7] =
    ["rel", "target", "referrerpolicy", "loading", "decoding", "srcset", "sizes"];

/// Elements that go with all that is in them.
pub(in crate::markdown) const WITH_CONTENT: [&str; 13] = [
    "script", "style", "iframe", "object", "embed", "noscript", "template", "textarea", "select", "svg",
    "math", "title", "xmp",
];

/// Elements without content.
pub(in crate::markdown) const VOID: [&str; 5] = ["br", "hr", "img", "wbr", "col"];

/// Further names of HTML, obsolete ones and the roots of SVG and `MathML`
/// included: what is called so is a tag, anything else in angle brackets is
/// text.
const OTHERS: [&str; 84] = [
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "base",
    "basefont",
    "bgsound",
    "big",
    "blink",
    "body",
    "button",
    "canvas",
    "center",
    "command",
    "content",
    "data",
    "datalist",
    "dialog",
    "dir",
    "embed",
    "fieldset",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "head",
    "header",
    "hgroup",
    "html",
    "iframe",
    "image",
    "input",
    "isindex",
    "keygen",
    "label",
    "legend",
    "link",
    "listing",
    "main",
    "map",
    "marquee",
    "math",
    "menu",
    "menuitem",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "option",
    "output",
    "param",
    "picture",
    "plaintext",
    "portal",
    "progress",
    "rb",
    "rtc",
    "script",
    "search",
    "section",
    "select",
    "shadow",
    "slot",
    "source",
    "spacer",
    "strike",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "tt",
    "video",
    "xmp",
];

/// Whether `name`, in lower case, is an element of HTML or of a program that
/// writes HTML (`o:p`, `my-element`), so that it is to be left out, not shown.
pub(in crate::markdown) fn is_element(name: &str) -> bool {
    is_known(name) || OTHERS.binary_search(&name).is_ok() || name.contains(['-', ':'])
}

/// Whether an element may stay.
pub(in crate::markdown) fn is_known(name: &str) -> bool {
    attributes_of(name).is_some()
}

/// The attributes that may stay on an element besides [`GLOBAL`]; `None` for
/// one that may not stay.
pub(in crate::markdown) fn attributes_of(name: &str) -> Option<&'static [&'static str]> {
    ELEMENTS.iter().find(|(known, _)| *known == name).map(|(_, own)| *own)
}
