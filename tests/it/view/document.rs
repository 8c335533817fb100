//! `docs/theme.md` against the code, and gazette's templates against both.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Types, unknown};

const SOURCES: [&str; 10] =
    ["site", "page", "card", "body", "piece", "lists", "phases", "search", "booklet", "wechat"];

fn read(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The fields of every struct that a template may see, from the source.
fn structs() -> BTreeMap<String, BTreeSet<String>> {
    let mut structs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in SOURCES {
        let mut name = None;
        for line in read(&format!("src/view/{source}.rs")).lines() {
            if let Some(rest) = line.strip_prefix("pub struct ") {
                name = rest.split([' ', '<']).next().map(str::to_owned);
            } else if line == "}" {
                name = None;
            } else if let (Some(name), Some(rest)) = (&name, line.strip_prefix("    pub ")) {
                let field = rest.split(':').next().unwrap();
                structs.entry(name.clone()).or_default().insert(field.to_owned());
            }
        }
    }
    structs
}

/// The cells of a table's row, without their backticks.
fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
}

/// The types of all fields, and the view of each template, as the document
/// has them.
fn document() -> (Types, BTreeMap<String, String>) {
    let (mut types, mut templates) = (Types::new(), BTreeMap::new());
    let mut name = String::new();
    for line in read("docs/theme.md").lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            heading.clone_into(&mut name);
        } else if line.starts_with("## ") {
            name.clear();
        } else if line.starts_with("| `") {
            let cells = cells(line);
            if name.is_empty() {
                templates.insert(cells[0].clone(), cells[1].clone());
            } else {
                types.entry(name.clone()).or_default().insert(cells[0].clone(), cells[1].clone());
            }
        }
    }
    (types, templates)
}

fn templates() -> Vec<String> {
    let folder = format!("{}/themes/gazette/templates", env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_document_names_every_field_and_no_other() {
    let documented: BTreeMap<String, BTreeSet<String>> =
        document().0.into_iter().map(|(name, fields)| (name, fields.into_keys().collect())).collect();
    let code = structs();
    for (name, fields) in &code {
        assert_eq!(documented.get(name), Some(fields), "{name} in docs/theme.md");
    }
    for name in documented.keys() {
        assert!(code.contains_key(name), "docs/theme.md names {name}, which is no view");
    }
}

#[test]
fn every_setting_of_gazette_is_listed() {
    let theme = read("themes/gazette/theme.yaml");
    let settings = theme.split_once("\nsettings:\n").unwrap().1;
    let mut names = settings.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let types = settings.lines().filter_map(|line| line.strip_prefix("    type: "));
    let given: Vec<String> =
        types.map(|of| format!("`{}` ({of})", names.next().unwrap().trim().trim_end_matches(':'))).collect();
    let listed: Vec<String> = read("docs/theme.md")
        .lines()
        .filter_map(|line| line.strip_prefix("- `").filter(|rest| rest.contains("): ")))
        .map(|rest| format!("`{}", rest.split_once("): ").unwrap().0) + ")")
        .collect();
    assert_eq!(listed, given);
}

#[test]
fn the_document_s_types_are_named_in_it() {
    let (types, _) = document();
    let plain = [
        "text",
        "number",
        "yes/no",
        "map",
        "map of text",
        "map of yes/no",
        "pairs",
        "see `kind`",
        "list of yes/no",
    ];
    for (name, fields) in &types {
        for (field, given) in fields {
            let given = given.trim_end_matches(" or null");
            let element = given.trim_start_matches("list of ");
            let known = plain.contains(&given) || plain.contains(&element) || types.contains_key(element);
            assert!(known, "{name}.{field} is {given}");
        }
    }
}

#[test]
fn the_document_names_every_template() {
    let (types, documented) = document();
    let shared = ["base.html", "booklet-parts.html", "components.html", "picture.html"];
    let templates: Vec<String> =
        templates().into_iter().filter(|name| !shared.contains(&name.as_str())).collect();
    assert_eq!(documented.keys().cloned().collect::<Vec<_>>(), templates);
    assert!(documented.values().all(|view| types.contains_key(view)));
}

#[test]
fn every_page_s_template_and_view_are_as_documented() {
    let (types, documented) = document();
    super::keys::nine().with(|_, pages| {
        for page in pages {
            let view = serde_json::to_value(page.view()).unwrap();
            let fields: BTreeSet<String> = view.as_object().unwrap().keys().cloned().collect();
            let expected: BTreeSet<String> = types[&documented[page.template]].keys().cloned().collect();
            assert_eq!(fields, expected, "{} by {}", page.path, page.template);
        }
    });
}

#[test]
fn gazette_uses_no_name_that_does_not_exist() {
    let (types, documented) = document();
    let mut faults = Vec::new();
    for name in templates() {
        let text = read(&format!("themes/gazette/templates/{name}"));
        // What the frame gets is what all views have.
        let view = documented.get(&name).map_or("ArchivePage", String::as_str);
        faults.extend(unknown(&text, &types, view).into_iter().map(|path| format!("{name}: {path}")));
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn a_misspelt_name_is_found() {
    let (types, _) = document();
    let check =
        |text: &str, expected: &[&str]| assert_eq!(unknown(text, &types, "SectionPage"), expected, "{text}");
    check("{{ page.title }}{{ title }}", &[]);
    check("{{ page.typo }}", &["page.typo"]);
    check("{% if typo %}{% endif %}", &["typo"]);
    check("{% for m in months %}{{ m.items }}{{ m.item }}{% endfor %}", &["m.item"]);
    check(
        "{% for m in months %}{% for c in m.items %}{{ c.date.dai }}{% endfor %}{% endfor %}",
        &["c.date.dai"],
    );
    check("{{ site.settings.anything }}{{ site.has[\"x\"] }}{{ site.hass.photos }}", &["site.hass.photos"]);
    check("{{ <list.row card={pager.nxt} root /> }}", &["pager.nxt"]);
    check("{{ page.breadcrumbs[0].title }}{{ page.breadcrumbs[0].name }}", &["page.breadcrumbs.0.name"]);
    check("{{ title | length }}{% if title is containing(pat=\"x.y\") %}{% endif %}", &[]);
    check(
        "{% component list.row(card, root: string) %}{{ card.titel }}{{ root }}{% endcomponent list.row %}",
        &["card.titel"],
    );
}

#[test]
fn the_filters_that_gazette_uses_are_documented() {
    let text = read("docs/theme.md");
    for name in templates() {
        for filter in super::names::filters(&read(&format!("themes/gazette/templates/{name}"))) {
            assert!(text.contains(&format!("`{filter}`")), "filter {filter} of {name}");
        }
    }
}
