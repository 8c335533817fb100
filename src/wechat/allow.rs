//! What an edition may consist of: a list of what may stay, since nobody outside
//! knows all that the account's editor takes away.
//!
//! The list is what 35 published bodies show, less what was seen to break: ids,
//! classes, `position`, functions of CSS, custom properties, white-space between
//! blocks, list items with several children, zero-width spaces.
//!
//! **Invariant:** [`violations`] of every edition is empty; a property test over
//! arbitrary texts holds it.

use crate::html::tree::{self, Element, Node};

/// Elements that stand one under another.
pub(super) const BLOCKS: [&str; 20] = [
    "section",
    "p",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "pre",
    // Of code, one a line; in a text it stands within the line.
    "code",
    "img",
];

/// Elements that stand within a line, besides `code` and `img`.
const INLINE: [&str; 6] = ["span", "strong", "em", "br", "sup", "a"];

/// Properties that a style may have; the values are plain: no functions, no
/// quotes, no `!important`.
pub(super) const PROPERTIES: [&str; 39] = [
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-left",
    "border-radius",
    "border-right",
    "border-top",
    "color",
    "display",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "overflow-wrap",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-indent",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
];

/// Attributes besides `style`, by element.
const ATTRIBUTES: [(&str, &str); 9] = [
    ("a", "href"),
    ("img", "src"),
    ("img", "alt"),
    ("ol", "start"),
    ("td", "colspan"),
    ("td", "rowspan"),
    ("td", "width"),
    ("th", "colspan"),
    ("th", "rowspan"),
];

/// Characters that nobody sees and the account's editor trips over.
pub(super) const INVISIBLE: [char; 4] = ['\u{200B}', '\u{2060}', '\u{FEFF}', '\u{AD}'];

/// Whether `property: value` may stand in a style.
pub(super) fn is_declaration(property: &str, value: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " .,%#-".contains(c);
    let shown = property != "display" || matches!(value, "block" | "inline-block");
    PROPERTIES.contains(&property) && !value.is_empty() && value.chars().all(plain) && shown
}

/// Whether `url` is an article of the account's own platform: the only links that
/// stay links.
pub(super) fn is_own_link(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.and_then(|rest| rest.split(['/', '?', '#']).next()) == Some("mp.weixin.qq.com")
}

/// What of `html` does not hold to the list, in words for a test or a log.
pub fn violations(html: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Some(c) = html.chars().find(|c| INVISIBLE.contains(c) || c.is_control()) {
        wrong.push(format!("the character {c:?}"));
    }
    walk(&tree::parse(html), None, &mut wrong);
    wrong
}

fn walk(nodes: &[Node], parent: Option<&Element>, wrong: &mut Vec<String>) {
    let is_block = |node: &Node| matches!(node, Node::Element(own) if is_block(own));
    let blocks = nodes.iter().any(is_block);
    for node in nodes {
        match node {
            Node::Text(text) => {
                let outside = parent
                    .is_none_or(|own| ["ul", "ol", "table", "tbody", "tr"].contains(&own.name.as_str()));
                if blocks || outside {
                    wrong.push(format!("text between blocks: {text:?}"));
                }
            }
            Node::Element(own) => {
                element(own, wrong);
                // A picture stands above its caption.
                let shown = own.name == "img" && parent.is_some_and(|parent| parent.name == "figure");
                if blocks && !is_block(node) && !shown {
                    wrong.push(format!("<{}> between blocks", own.name));
                }
                walk(&own.children, Some(own), wrong);
            }
        }
    }
}

/// Whether an element is a block where it stands.
fn is_block(element: &Element) -> bool {
    let name = element.name.as_str();
    BLOCKS.contains(&name)
        && name != "img"
        && (name != "code" || element.get("style").is_some_and(|s| s.contains("display:block")))
}

fn element(own: &Element, wrong: &mut Vec<String>) {
    let name = own.name.as_str();
    if !BLOCKS.contains(&name) && !INLINE.contains(&name) {
        wrong.push(format!("<{name}>"));
    }
    for (attribute, value) in &own.attributes {
        match attribute.as_str() {
            "style" => style(name, value, wrong),
            other if ATTRIBUTES.contains(&(name, other)) => {}
            other => wrong.push(format!("<{name} {other}>")),
        }
    }
    if name == "a" && !own.get("href").is_some_and(is_own_link) {
        wrong.push(format!("a link to {:?}", own.get("href")));
    }
    let only = |names: &[&str]| matches!(own.children.as_slice(), [Node::Element(child)] if names.contains(&child.name.as_str()));
    if name == "li" && !only(&["section", "span"]) {
        wrong.push("<li> without exactly one section or span".to_owned());
    }
    let hollow = own.children.is_empty() && !["br", "img", "td", "th"].contains(&name);
    if hollow {
        wrong.push(format!("an empty <{name}>"));
    }
}

fn style(name: &str, value: &str, wrong: &mut Vec<String>) {
    for declaration in value.split(';') {
        let fits =
            declaration.split_once(':').is_some_and(|(property, value)| is_declaration(property, value));
        if !fits {
            wrong.push(format!("<{name} style={declaration:?}>"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_on_the_list_is_named() {
        let check = |html: &str, wanted: &str| assert_eq!(violations(html).join("; "), wanted, "{html}");
        check("<section style=\"margin:0\"><p>一<strong>二</strong></p></section>", "");
        check("<ol start=\"3\"><li><section>一</section></li></ol>", "");
        check("<p id=\"x\">一</p>", "<p id>");
        check("<p><u>一</u></p>", "<u>");
        check("<p style=\"position:fixed\">一</p>", "<p style=\"position:fixed\">");
        check("<p style=\"width:calc(1px)\">一</p>", "<p style=\"width:calc(1px)\">");
        check("<p style=\"color:var(--x)\">一</p>", "<p style=\"color:var(--x)\">");
        check("<p>一</p> <p>二</p>", "text between blocks: \" \"");
        check("<ul><li>一</li></ul>", "<li> without exactly one section or span");
        check("<p>一\u{200B}二</p>", "the character '\\u{200b}'");
        check("<p></p>", "an empty <p>");
        check("<p><a href=\"https://mp.weixin.qq.com/s/x\">一</a></p>", "");
        check(
            "<p><a href=\"https://mp.weixin.qq.com@x.org/\">一</a></p>",
            "a link to Some(\"https://mp.weixin.qq.com@x.org/\")",
        );
    }
}
