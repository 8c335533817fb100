//! JSON-LD by schema.org: what search engines read of a page.

use serde_json::{Value, json};

use crate::document::Byline;
use crate::view::Crumb;

use super::facts::SiteFacts;
use super::head::Head;

/// The graph of a page as text for a `<script>`: the page's own node and its
/// breadcrumbs. Empty where there is nothing to say.
pub(super) fn page(facts: &SiteFacts, head: &Head<'_>, breadcrumbs: &[Crumb]) -> String {
    let mut graph = Vec::new();
    if let Some(piece) = &head.piece {
        graph.push(piece.json_ld.clone());
    } else if head.kind == "home" {
        graph.push(site(facts));
    }
    graph.extend(trail(facts, head, breadcrumbs));
    if graph.is_empty() {
        return String::new();
    }
    script(&json!({ "@context": "https://schema.org", "@graph": graph }))
}

/// `value` as text that a `<script>` element may hold: no `<`, so no
/// `</script>` and no `<!--`; and no line separator that old JavaScript stops
/// at.
fn script(value: &Value) -> String {
    let text = value.to_string();
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

fn site(facts: &SiteFacts) -> Value {
    let mut node = json!({
        "@type": "WebSite",
        "name": facts.title,
        "inLanguage": facts.language,
        "publisher": organization(&facts.publisher),
    });
    set(&mut node, "description", &facts.description);
    set(&mut node, "url", facts.base_url.as_deref().unwrap_or_default());
    node
}

/// The breadcrumbs; they need full addresses.
fn trail(facts: &SiteFacts, head: &Head<'_>, breadcrumbs: &[Crumb]) -> Option<Value> {
    if breadcrumbs.is_empty() {
        return None;
    }
    let own = Crumb { title: head.title.clone(), path: head.path.to_owned() };
    let mut items = Vec::new();
    for (at, crumb) in breadcrumbs.iter().chain(std::iter::once(&own)).enumerate() {
        let url = facts.url(&crumb.path)?;
        items.push(json!({ "@type": "ListItem", "position": at + 1, "name": crumb.title, "item": url }));
    }
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

/// Sets `key` of an object, unless `text` is empty.
pub(super) fn set(node: &mut Value, key: &str, text: &str) {
    if let Some(node) = node.as_object_mut().filter(|_| !text.is_empty()) {
        node.insert(key.to_owned(), Value::from(text));
    }
}

/// An organisation of this name.
pub(super) fn organization(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

/// Who edited a piece or made its pictures; everybody else in a byline wrote.
const NOT_AUTHORS: [&str; 9] = ["编辑", "责编", "校对", "审核", "摄影", "供图", "绘图", "制图", "图片"];

/// Whether somebody with `role` counts as an author.
pub(super) fn is_author(role: &str) -> bool {
    !NOT_AUTHORS.iter().any(|word| role.contains(word))
}

/// The authors of `byline` as nodes; the publisher where it names none.
pub(super) fn authors(byline: &[Byline], facts: &SiteFacts) -> Vec<Value> {
    let authors: Vec<Value> = byline
        .iter()
        .filter(|line| is_author(&line.role))
        .flat_map(|line| &line.names)
        .map(|name| agent(&name.value, facts))
        .collect();
    if authors.is_empty() { vec![organization(&facts.publisher)] } else { authors }
}

/// A person or, by the way it is called, an organisation: 专栏编辑组.
fn agent(name: &str, facts: &SiteFacts) -> Value {
    const ENDS: [&str; 18] = [
        "局", "处", "科", "队", "组", "室", "部", "委", "办", "社", "院", "会", "厅", "中心", "学校", "公司",
        "报", "台",
    ];
    let long = name.chars().count() > 3;
    let called =
        facts.units.iter().any(|unit| unit == name) || (long && ENDS.iter().any(|end| name.ends_with(end)));
    json!({ "@type": if called { "Organization" } else { "Person" }, "name": name })
}
