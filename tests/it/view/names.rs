//! The dotted names of a template, and whether they exist.
//!
//! Not a parser of Tera: enough of one to follow loops, `set` and the
//! parameters of components. What it can't follow it lets pass.

use std::collections::BTreeMap;

/// Fields and their types by struct, as `docs/theme.md` writes them.
pub(crate) type Types = BTreeMap<String, BTreeMap<String, String>>;

const ANY: &str = "map";

/// What components call the things that they are given.
const PARAMETERS: [(&str, &str); 29] = [
    ("card", "Card"),
    ("photo", "PhotoView"),
    ("pager", "Pager"),
    ("months", "list of MonthGroup"),
    ("phases", "list of PhaseMark"),
    ("piece", "PieceView"),
    ("file", "FileView"),
    ("site", "SiteView"),
    ("byline", "list of BylineView"),
    ("source", "SourceView"),
    ("updated", "DateView"),
    ("corrections", "list of CorrectionView"),
    ("series", "SeriesView"),
    ("topics", "list of TermLink"),
    ("units", "list of TermLink"),
    ("previous", "Neighbour"),
    ("next", "Neighbour"),
    ("related", "list of Card"),
    ("event", "EventView"),
    ("study", "StudyDays"),
    ("month", "CalendarMonth"),
    ("sources", "list of LedgerSource"),
    ("pieces", "list of PieceView"),
    ("page", "PageView"),
    ("qr", "QrView"),
    ("book", "BookView"),
    ("entry", "BookPiece"),
    ("answers", "list of BookAnswers"),
    ("booklets", "list of BookletLink"),
];

const WORDS: [&str; 24] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "in",
    "endfor",
    "set",
    "set_global",
    "endset",
    "and",
    "or",
    "not",
    "is",
    "true",
    "false",
    "none",
    "loop",
    "include",
    "raw",
    "endraw",
    "break",
    "continue",
    "filter",
];

/// The parts of `text` between `{{ }}` and `{% %}`, comments left out.
fn tags(text: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (_, from) = rest.split_at(at);
        let end = match from.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                rest = &from[1..];
                continue;
            }
        };
        let Some((inside, after)) = from[2..].split_once(end) else { break };
        // `{{ <x y={a} /> }}`: braces of a component's call end nothing.
        let (inside, after) = match after.find(end) {
            Some(next) if end == "}}" && inside.contains('<') && !inside.contains("/>") => {
                (&from[2..2 + inside.len() + 2 + next], &after[next + 2..])
            }
            _ => (inside, after),
        };
        if end != "#}" {
            tags.push(inside.trim_matches('-').trim().to_owned());
        }
        rest = after;
    }
    tags
}

/// A name with its fields, and what stands before and after it.
#[derive(Debug)]
struct Name {
    path: Vec<String>,
    before: String,
    after: char,
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The names of an expression. Texts are skipped; `a["b"]` is `a.b`.
fn names(tag: &str) -> Vec<Name> {
    let mut names = Vec::new();
    let mut chars = tag.chars().peekable();
    let mut before = String::new();
    while let Some(c) = chars.next() {
        if c == '"' {
            chars.by_ref().find(|c| *c == '"');
            before = "\"".into();
        } else if c.is_alphabetic() || c == '_' {
            let mut path = vec![c.to_string()];
            loop {
                while let Some(c) = chars.next_if(|c| is_word(*c)) {
                    path.last_mut().unwrap().push(c);
                }
                match chars.peek() {
                    Some('.') => path.push(String::new()),
                    Some('[') => {
                        let inside: String = chars.by_ref().take_while(|c| *c != ']').skip(1).collect();
                        path.push(inside.trim_matches('"').to_owned());
                        continue;
                    }
                    _ => break,
                }
                chars.next();
            }
            let mut ahead = chars.clone().filter(|c| !c.is_whitespace());
            let after = match (ahead.next().unwrap_or(' '), ahead.next()) {
                ('=', Some('=')) => ' ',
                (after, _) => after,
            };
            let last = path.join(".");
            names.push(Name { path, before: std::mem::replace(&mut before, last), after });
        } else if !c.is_whitespace() {
            before = c.to_string();
        }
    }
    names
}

/// The filters that `text` uses.
pub(crate) fn filters(text: &str) -> Vec<String> {
    let all = tags(text).into_iter().flat_map(|tag| names(&tag));
    all.filter(|name| name.before == "|").map(|name| name.path.join(".")).collect()
}

/// The names of `text`, a template of the view `view`, that don't exist.
pub(crate) fn unknown(text: &str, types: &Types, view: &str) -> Vec<String> {
    let mut scope: BTreeMap<String, String> = types[view].clone();
    let mut faults = Vec::new();
    for tag in tags(text) {
        let word = tag.split_whitespace().next().unwrap_or_default();
        match word {
            "component" => {
                scope = parameters(&tag);
                continue;
            }
            "endcomponent" => {
                scope.clone_from(&types[view]);
                continue;
            }
            "block" | "endblock" | "extends" => continue,
            _ => {}
        }
        let bound = bind(&tag, types, &scope);
        for name in names(&tag) {
            let path = name.path.join(".");
            let skipped = ["|", "is", "<"].contains(&name.before.as_str())
                || (name.before == "not" && tag.contains("is not"))
                || "=(".contains(name.after)
                || WORDS.contains(&name.path[0].as_str())
                || bound.iter().any(|(bound, _)| *bound == path);
            if !skipped && resolve(&name.path, types, &scope).is_none() {
                faults.push(path);
            }
        }
        scope.extend(bound);
    }
    faults
}

/// The parameters of a component, and `site`, which is none but is passed by
/// that name.
fn parameters(tag: &str) -> BTreeMap<String, String> {
    let inside = tag.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
    let known: BTreeMap<&str, &str> = PARAMETERS.into_iter().collect();
    let name = |given: &str| given.split([':', '=']).next().unwrap().trim().to_owned();
    inside
        .split(',')
        .map(name)
        .map(|name| (name.clone(), (*known.get(&*name).unwrap_or(&ANY)).to_owned()))
        .collect()
}

/// The variables that a `for` or a `set` makes, with their types.
fn bind(tag: &str, types: &Types, scope: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let typed = |expression: &str| {
        let simple = expression.chars().all(|c| is_word(c) || ".[]\" ".contains(c));
        let path = names(expression).into_iter().next().filter(|_| simple);
        path.and_then(|name| resolve(&name.path, types, scope)).unwrap_or_else(|| ANY.to_owned())
    };
    if let Some((variables, list)) = tag.strip_prefix("for ").and_then(|rest| rest.split_once(" in ")) {
        let element = typed(list);
        let element = element.trim_end_matches(" or null").strip_prefix("list of ").unwrap_or(ANY).to_owned();
        let element = if element == "pairs" { ANY.to_owned() } else { element };
        return variables.split(',').map(|name| (name.trim().to_owned(), element.clone())).collect();
    }
    let set = tag.strip_prefix("set ").or_else(|| tag.strip_prefix("set_global "));
    let Some((variable, value)) = set.and_then(|rest| rest.split_once('=')) else { return Vec::new() };
    let value = value.trim();
    let first = value.strip_suffix("| first").map(|list| typed(list.trim()));
    let element = first.map(|list| list.strip_prefix("list of ").unwrap_or(ANY).to_owned());
    vec![(variable.trim().to_owned(), element.unwrap_or_else(|| typed(value)))]
}

/// The type of `path`; `None` where it does not exist.
fn resolve(path: &[String], types: &Types, scope: &BTreeMap<String, String>) -> Option<String> {
    let mut current = scope.get(&path[0])?.clone();
    for field in &path[1..] {
        let plain = current.trim_end_matches(" or null");
        if plain.starts_with("map") || plain.starts_with("see") || plain == "list of pairs" {
            return Some(ANY.to_owned());
        }
        if let Some(element) = plain.strip_prefix("list of ").filter(|_| field.parse::<usize>().is_ok()) {
            current = element.to_owned();
            continue;
        }
        current = types.get(plain)?.get(field)?.clone();
    }
    Some(current)
}
