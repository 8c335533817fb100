//! JSON-LD by schema.org: what search engines read of a page.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::document::Byline;
use crate::view::Crumb;

use crate::page::frame::facts::SiteFacts;
use crate::page::frame::head::Head;

/// A node of a graph; what is empty is not written.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Node<'n> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub headline: &'n str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub name: &'n str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'n str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub in_language: &'n str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Agent<'n>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Agent<'n>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date_published: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date_modified: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub article_section: &'n str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub keywords: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub image: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub main_entity_of_page: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub is_based_on: &'n str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub item_list_element: Vec<Step<'n>>,
}

/// A person or an organisation.
#[derive(Debug, Serialize)]
pub(crate) struct Agent<'n> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'n str,
}

/// A breadcrumb.
#[derive(Debug, Serialize)]
pub(crate) struct Step<'n> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'n str,
    item: String,
}

#[derive(Serialize)]
struct Graph<'g> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<&'g Node<'g>>,
}

/// The graph of a page as text for a `<script>`: the page's own node and its
/// breadcrumbs. Empty where there is nothing to say.
pub(crate) fn page(facts: &SiteFacts, head: &Head<'_>, breadcrumbs: &[Crumb]) -> String {
    let own = (head.piece.is_none() && head.kind == "home").then(|| site(facts));
    let trail = trail(facts, head, breadcrumbs);
    let piece = head.piece.as_ref().map(|piece| &piece.json_ld);
    let graph: Vec<&Node<'_>> = piece.or(own.as_ref()).into_iter().chain(&trail).collect();
    if graph.is_empty() {
        return String::new();
    }
    script(&Graph { context: "https://schema.org", graph })
}

/// `value` as text that a `<script>` element may hold.
fn script<T: Serialize>(value: &T) -> String {
    let mut out = Vec::with_capacity(2048);
    // Writing to a vector can't fail, and nodes have nothing that JSON has not.
    let written = value.serialize(&mut Serializer::with_formatter(&mut out, InScript));
    debug_assert!(written.is_ok(), "a node that is no JSON");
    String::from_utf8(out).unwrap_or_default()
}

/// JSON without `<`, so without `</script>` and `<!--`; and without line
/// separators that old JavaScript stops at.
struct InScript;

impl Formatter for InScript {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some((before, c)) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']).and_then(|at| {
            let (before, from) = rest.split_at(at);
            Some((before, from.chars().next()?))
        }) {
            out.write_all(before.as_bytes())?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            rest = rest.split_at(before.len() + c.len_utf8()).1;
        }
        out.write_all(rest.as_bytes())
    }
}

fn site(facts: &SiteFacts) -> Node<'_> {
    Node {
        kind: "WebSite",
        name: &facts.title,
        description: &facts.description,
        in_language: &facts.language,
        publisher: Some(organization(&facts.publisher)),
        url: facts.base_url.as_deref().unwrap_or_default().to_owned(),
        ..Node::default()
    }
}

/// The breadcrumbs; they need full addresses.
fn trail<'n>(facts: &SiteFacts, head: &'n Head<'_>, breadcrumbs: &'n [Crumb]) -> Option<Node<'n>> {
    if breadcrumbs.is_empty() {
        return None;
    }
    let steps = breadcrumbs.iter().map(|crumb| (&*crumb.title, &*crumb.path));
    let steps = steps.chain([(head.title.as_str(), head.path)]).zip(1..);
    let step = |((name, path), position): ((&'n str, &str), usize)| {
        Some(Step { kind: "ListItem", position, name, item: facts.url(path)? })
    };
    let items: Option<Vec<Step<'_>>> = steps.map(step).collect();
    Some(Node { kind: "BreadcrumbList", item_list_element: items?, ..Node::default() })
}

/// An organisation of this name.
pub(crate) fn organization(name: &str) -> Agent<'_> {
    Agent { kind: "Organization", name }
}

/// Who edited a piece or made its pictures; everybody else in a byline wrote.
const NOT_AUTHORS: [&str; 9] = ["编辑", "责编", "校对", "审核", "摄影", "供图", "绘图", "制图", "图片"];

/// Whether somebody with `role` counts as an author.
pub(crate) fn is_author(role: &str) -> bool {
    !NOT_AUTHORS.iter().any(|word| role.contains(word))
}

/// The authors of `byline` as nodes; the publisher where it names none.
pub(crate) fn authors<'n>(byline: &'n [Byline], facts: &'n SiteFacts) -> Vec<Agent<'n>> {
    let authors: Vec<Agent<'_>> = byline
        .iter()
        .filter(|line| is_author(&line.role))
        .flat_map(|line| &line.names)
        .map(|name| agent(&name.value, facts))
        .collect();
    if authors.is_empty() { vec![organization(&facts.publisher)] } else { authors }
}

/// A person or, by the way it is called, an organisation: 专栏编辑组.
fn agent<'n>(name: &'n str, facts: &SiteFacts) -> Agent<'n> {
    const ENDS: [&str; 18] = [
        "局", "处", "科", "队", "组", "室", "部", "委", "办", "社", "院", "会", "厅", "中心", "学校", "公司",
        "报", "台",
    ];
    let long = name.chars().count() > 3;
    let called =
        facts.units.iter().any(|unit| unit == name) || (long && ENDS.iter().any(|end| name.ends_with(end)));
    Agent { kind: if called { "Organization" } else { "Person" }, name }
}
