//! The styles of an edition, by the kind of element: a few rules in the form of
//! CSS, with the simplest selectors only.
//!
//! Takes what the theme's `wechat/styles.css` gives when it is rendered with the
//! settings: rules like `p { margin: 0 0 1em }` and `.note, sup { color: #888 }`.
//! An element has the rule of the first of its classes that has one, else that of
//! its name: never two at once, so that every rule is short and says all.
//!
//! **Invariant:** only declarations that the list allows are kept.

use std::collections::BTreeMap;

use super::allow::is_declaration;
use crate::html::css::without_comments;
use crate::html::tree::Element;

/// Declarations by selector: `p`, `.note`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Styles {
    rules: BTreeMap<String, String>,
    /// Selector and declaration of what is not allowed, in order.
    pub(super) refused: Vec<(String, String)>,
}

impl Styles {
    /// Reads the rules of `css`. Of two with one selector the later one counts.
    pub(super) fn parse(css: &str) -> Self {
        let mut styles = Self::default();
        for rule in without_comments(css).split('}') {
            let Some((selectors, declarations)) = rule.split_once('{') else { continue };
            let selectors: Vec<&str> = selectors.split(',').map(str::trim).collect();
            let mut kept: Vec<String> = Vec::new();
            for declaration in declarations.split(';').map(str::trim).filter(|one| !one.is_empty()) {
                match compact(declaration) {
                    Some(compact) => kept.push(compact),
                    None => styles.refused.push((selectors.join(", "), declaration.to_owned())),
                }
            }
            for selector in selectors.into_iter().filter(|selector| !selector.is_empty()) {
                styles.rules.insert(selector.to_owned(), kept.join(";"));
            }
        }
        styles
    }

    /// The style of `selector`; empty where it has none.
    pub(super) fn get(&self, selector: &str) -> &str {
        self.rules.get(selector).map_or("", String::as_str)
    }

    /// The style of `element`, which is called `name` in the edition.
    pub(super) fn of(&self, element: &Element, name: &str) -> &str {
        self.class(element).unwrap_or_else(|| self.get(name))
    }

    /// The style of the first of the element's classes that has one.
    pub(super) fn class(&self, element: &Element) -> Option<&str> {
        element.classes().find_map(|class| self.rules.get(&format!(".{class}"))).map(String::as_str)
    }
}

/// `property: value` without white-space that says nothing; `None` where it may
/// not stand.
fn compact(declaration: &str) -> Option<String> {
    let (property, value) = declaration.split_once(':')?;
    let property = property.trim().to_ascii_lowercase();
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ").replace(", ", ",");
    is_declaration(&property, &value).then(|| format!("{property}:{value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_short_and_hold_to_the_list() {
        let styles = Styles::parse(
            "/* 段落 */ p { margin : 0 0 1em ; line-height:1.75 }\n.note, sup{color:#888}\nh2 {position: fixed; color: var(--x); font-size: 18px}",
        );
        assert_eq!(styles.get("p"), "margin:0 0 1em;line-height:1.75");
        assert_eq!((styles.get(".note"), styles.get("sup")), ("color:#888", "color:#888"));
        assert_eq!(styles.get("h2"), "font-size:18px");
        assert_eq!(styles.get("h3"), "");
        let refused: Vec<&str> = styles.refused.iter().map(|(_, declaration)| declaration.as_str()).collect();
        assert_eq!(refused, ["position: fixed", "color: var(--x)"]);
    }
}
