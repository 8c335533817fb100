//! Which files use which, and that they do so in one direction.
//!
//! A file may use what the file above it declares: `lint.rs` and `lint/*.rs`
//! are one unit, as in any crate. All other uses, re-exports followed, must not
//! lead back, but for circles of up to three files.

use std::collections::{BTreeMap, BTreeSet};

use super::{code, sources};

/// The most files in a circle.
const MOST: usize = 3;

type Path = Vec<String>;

/// The modules by their paths, each with its code in one line, without strings.
struct Modules {
    code: BTreeMap<String, String>,
    /// By module: what a name that it imports stands for.
    imports: BTreeMap<String, BTreeMap<String, Path>>,
}

impl Modules {
    fn read() -> Self {
        let name = |path: &str| path.trim_end_matches(".rs").replace('/', "::");
        let modules = sources().into_iter().filter(|(path, _)| path != "lib.rs" && path != "main.rs");
        let code =
            modules.map(|(path, text)| (name(&path), without_strings(&code(&text).join("\n")))).collect();
        let mut modules = Self { code, imports: BTreeMap::new() };
        for (module, code) in &modules.code {
            let mut names = BTreeMap::new();
            for (_, tree) in uses(code) {
                for (path, alias) in expand(&tree, &[]) {
                    names.extend(modules.absolute(&path, module).map(|path| (alias, path)));
                }
            }
            modules.imports.insert(module.clone(), names);
        }
        modules
    }

    /// `path` as written in `module`, from the crate's root.
    fn absolute(&self, path: &[String], module: &str) -> Option<Path> {
        let mut base: Path = module.split("::").map(str::to_owned).collect();
        let supers = path.iter().take_while(|part| *part == "super").count();
        match path.first()?.as_str() {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some([&base, &path[1..]].concat()),
            "super" => {
                base.truncate(base.len().checked_sub(supers)?);
                Some([&base, &path[supers..]].concat())
            }
            first => self.code.contains_key(&format!("{module}::{first}")).then(|| [&base, path].concat()),
        }
    }

    /// The module that declares the item at `path`.
    fn declares(&self, path: &[String], depth: u8) -> Option<String> {
        for cut in (1..=path.len()).rev().filter(|_| depth < 8) {
            let module = path[..cut].join("::");
            if !self.code.contains_key(&module) {
                continue;
            }
            let next = path.get(cut).and_then(|next| self.imports[&module].get(next));
            return match next {
                Some(other) if other != path => self.declares(&[other, &path[cut + 1..]].concat(), depth + 1),
                _ => Some(module),
            };
        }
        None
    }

    /// The modules that `module` uses, but for those above it.
    fn used_by(&self, module: &str) -> BTreeSet<String> {
        let code = &self.code[module];
        let mut body = code.clone();
        let mut used = Vec::new();
        for (reexport, tree) in uses(code) {
            body = body.replace(&format!("use {tree};"), "");
            let paths = expand(&tree, &[]).into_iter().filter(|_| !reexport);
            used.extend(paths.filter_map(|(path, alias)| Some((self.absolute(&path, module)?, alias))));
        }
        let mut found = BTreeSet::new();
        for (path, alias) in used {
            let Some(target) = self.declares(&path, 0) else { continue };
            if self.code.contains_key(&path.join("::")) {
                let items = after(&body, &format!("{alias}::"));
                let item =
                    |item: String| [target.split("::").map(str::to_owned).collect(), vec![item]].concat();
                found.extend(items.into_iter().filter_map(|name| self.declares(&item(name), 0)));
            } else {
                found.insert(target);
            }
        }
        for start in ["crate", "super", "self"] {
            for path in paths(&body, start) {
                found.extend(self.absolute(&path, module).and_then(|path| self.declares(&path, 0)));
            }
        }
        for child in self.code.keys().filter_map(|other| other.strip_prefix(&format!("{module}::"))) {
            for item in after(&body, &format!("{child}::")) {
                let path: Path =
                    format!("{module}::{child}::{item}").split("::").map(str::to_owned).collect();
                found.extend(self.declares(&path, 0));
            }
        }
        found.retain(|other| other != module && !module.starts_with(&format!("{other}::")));
        found
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn without_strings(code: &str) -> String {
    let mut out = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        out.push(c);
        // A quotation mark as a character begins no string.
        if c == '\'' {
            let rest = chars.as_str();
            if rest.starts_with("\"'") || rest.starts_with("\\\"'") {
                chars.nth(rest.find('\'').unwrap_or(0));
            }
        } else if c == '"' {
            while let Some(c) = chars.next() {
                match c {
                    '\\' => drop(chars.next()),
                    '"' => break,
                    _ => {}
                }
            }
            out.push('"');
        }
    }
    out
}

/// The trees of all `use` items, and whether they are re-exported.
fn uses(code: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let before = code[..at].trim_end_matches(' ');
        let starts = before.is_empty() || before.ends_with(['\n', ';', '{', '}']);
        let reexport =
            before.ends_with("pub") || before.rsplit('\n').next().unwrap().trim().starts_with("pub(");
        if starts || reexport {
            let tree = code[at + 4..].split(';').next().unwrap();
            found.push((reexport, tree.to_owned()));
        }
    }
    found
}

/// A tree of `use` as its paths, each with the name that it gives.
fn expand(tree: &str, prefix: &[String]) -> Vec<(Path, String)> {
    let tree = tree.trim();
    let Some((head, list)) = tree.split_once('{') else {
        let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
        let mut parts = prefix.to_vec();
        parts.extend(path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()));
        if parts.last().is_some_and(|last| last == "self") {
            parts.pop();
        }
        let alias = alias.map(str::trim).or(parts.last().map(String::as_str)).unwrap_or_default().to_owned();
        return vec![(parts, alias)];
    };
    let mut prefix = prefix.to_vec();
    prefix.extend(head.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()));
    let (mut depth, mut item, mut found) = (0, String::new(), Vec::new());
    for c in list.trim_end().trim_end_matches('}').chars().chain([',']) {
        match c {
            ',' if depth == 0 => {
                if !item.trim().is_empty() {
                    // The last brace of a nested list may have been cut off with the tree's own.
                    let open = item.matches('{').count().saturating_sub(item.matches('}').count());
                    found.extend(expand(&(item.clone() + &"}".repeat(open)), &prefix));
                }
                item.clear();
                continue;
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        item.push(c);
    }
    found
}

/// The names that stand behind `start` in the code.
fn after(code: &str, start: &str) -> BTreeSet<String> {
    let alone = |at: usize| !code[..at].ends_with(|c: char| is_word(c) || c == ':' || c == '.');
    let name = |at: usize| code[at + start.len()..].chars().take_while(|c| is_word(*c)).collect::<String>();
    let found = code.match_indices(start).filter(|(at, _)| alone(*at)).map(|(at, _)| name(at));
    found.filter(|name| !name.is_empty()).collect()
}

/// The paths in the code that begin with `start`.
fn paths(code: &str, start: &str) -> Vec<Path> {
    let head = format!("{start}::");
    let alone = |at: usize| !code[..at].ends_with(|c: char| is_word(c) || c == ':' || c == '.');
    let path = |at: usize| {
        let text: String = code[at..].chars().take_while(|c| is_word(*c) || *c == ':').collect();
        text.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    code.match_indices(&head).filter(|(at, _)| alone(*at)).map(|(at, _)| path(at)).collect()
}

/// The files that can be reached from each file.
fn reached(edges: &BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(module) = next.pop() {
        for other in edges.get(&module).into_iter().flatten() {
            if seen.insert(other.clone()) {
                next.push(other.clone());
            }
        }
    }
    seen
}

#[test]
fn files_use_each_other_in_one_direction() {
    let modules = Modules::read();
    let edges: BTreeMap<String, BTreeSet<String>> =
        modules.code.keys().map(|module| (module.clone(), modules.used_by(module))).collect();
    let reach: BTreeMap<&String, BTreeSet<String>> =
        edges.keys().map(|module| (module, reached(&edges, module))).collect();
    let circle = |module: &String| -> BTreeSet<&String> {
        reach
            .iter()
            .filter(|(other, of)| reach[module].contains(**other) && of.contains(module))
            .map(|(other, _)| *other)
            .collect()
    };
    let circles: BTreeSet<BTreeSet<&String>> =
        edges.keys().map(circle).filter(|circle| circle.len() > MOST).collect();
    let list = |circle: &BTreeSet<&String>| {
        let uses = |module: &&String| {
            let back = edges[*module].iter().filter(|other| circle.contains(other));
            format!("{module} uses {}", back.map(String::as_str).collect::<Vec<_>>().join(", "))
        };
        circle.iter().map(uses).collect::<Vec<_>>().join("\n")
    };
    let circles: Vec<String> = circles.iter().map(list).collect();
    assert!(circles.is_empty(), "circles of more than {MOST} files:\n{}", circles.join("\n\n"));
}
