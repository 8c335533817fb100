//! How items are called, and how long functions are.

use std::collections::BTreeSet;

use super::{code, sources};

/// Words of an early private vocabulary, which the field's terms replaced
/// (`Probe`, `Snapshot`, `KeyBuilder` …): no item is called so again.
const OLD: [&str; 41] = [
    "Asks",
    "Audience",
    "Bond",
    "Bonds",
    "Brief",
    "Built",
    "Desk",
    "Early",
    "Given",
    "Late",
    "Manner",
    "Reading",
    "Room",
    "Said",
    "Sight",
    "Steps",
    "Study",
    "Talk",
    "Told",
    "Unhindered",
    "agenda",
    "develop",
    "film",
    "gate",
    "habits",
    "inks",
    "look_again",
    "look_over",
    "moving",
    "personal",
    "rounds",
    "sheet",
    "talk",
    "teach",
    "unfold",
    "wall",
    "with_room",
    "bonds",
    "rest",
    "Finding",
    "Notice",
];

/// Where an old word is the field's own: the notice on a page, in a template's
/// words; states of a small machine.
const RIGHT: [(&str, &str); 1] = [("view/page.rs", "Notice")];

#[test]
fn items_are_called_by_the_fields_terms() {
    let old: BTreeSet<&str> = OLD.into_iter().collect();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let stem = path.trim_end_matches(".rs").rsplit('/').next().unwrap_or_default().to_owned();
        let mut names = vec![stem];
        for line in code(&text) {
            for word in ["struct ", "enum ", "trait ", "type ", "fn ", "mod "] {
                let item = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
                let item = item.trim_start_matches("pub(super) ");
                if let Some(rest) = item.strip_prefix(word) {
                    names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
                }
            }
        }
        let bad = names.into_iter().filter(|name| old.contains(name.as_str()));
        let bad = bad.filter(|name| !RIGHT.contains(&(path.as_str(), name.as_str())));
        wrong.extend(bad.map(|name| format!("{path}: {name}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The most lines of a function that is no table.
const LONGEST: usize = 40;

/// Functions that are longer all the same, each with the reason.
const LONGER: [(&str, &str, &str); 25] = [
    ("book/edition.rs", "epub", "the chapters of a book, in their order"),
    ("book/edition.rs", "piece", "field by field, from the parts to the view"),
    ("build/pipeline.rs", "finish", "the stages of a build, in their order"),
    ("cli/build.rs", "build_over", "the stages of the command, in their order"),
    ("cli/help_zh.rs", "about", "a table, one arm a command"),
    ("cli/help_zh.rs", "help", "a table, one arm an argument"),
    ("cli/wechat.rs", "wechat", "the stages of the command, in their order"),
    ("config/booklet.rs", "booklet", "field by field, from the shape to what it means"),
    ("config/read.rs", "checked", "field by field, from the shape to what it means"),
    ("document/check.rs", "front", "field by field, from the shape to what it means"),
    ("hosting/caddy.rs", "configuration", "one text, in the order of its lines"),
    ("markdown/events.rs", "event", "a match over the events of Markdown"),
    ("markdown/events.rs", "open_tag", "a match over the events of Markdown"),
    ("material/ofd/objects.rs", "start", "a match over the elements of a page of OFD"),
    ("material/xlsx.rs", "read", "the parts of a workbook, in their order"),
    ("photo/strip/jpeg.rs", "clean", "a match over the kinds of segments, or of characters"),
    ("photo/strip/svg.rs", "element", "a match over the elements of SVG"),
    ("publish.rs", "put", "the steps of a publication, in their order"),
    ("publish/error.rs", "en", "a table, one arm an error"),
    ("publish/error.rs", "zh", "a table, one arm an error"),
    ("search/normalize.rs", "clean", "a match over the kinds of segments, or of characters"),
    ("site.rs", "assemble", "the stages of a site, in their order"),
    ("site/assets.rs", "publish", "one pass over all files, which fills five lists"),
    ("theme/style.rs", "assets", "the stylesheets and scripts of a theme, in their order"),
    ("yaml/mend.rs", "slip", "a match over the grammar of YAML"),
];

/// A table of arms may be as long as it has arms, and says so by
/// `#[expect(clippy::too_many_lines, reason = …)]`, or is a fault's `message`
/// or `head`.
#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        let lines: Vec<&str> =
            text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(&text).lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let item = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            let item = item.trim_start_matches("pub(super) ").trim_start_matches("async ");
            // One that begins and ends on its line is short.
            let Some(name) = item.strip_prefix("fn ").filter(|_| !line.ends_with('}')) else { continue };
            let indent = line.len() - line.trim_start().len();
            let end = format!("{}}}", " ".repeat(indent));
            let Some(length) = lines[at..].iter().position(|line| *line == end) else { continue };
            let table = path.starts_with("diagnostic/")
                || lines[..at].iter().rev().take(3).any(|line| line.contains("too_many_lines"));
            if length > LONGEST && !table {
                let name = name.split(['(', '<']).next().unwrap_or_default();
                long.push((
                    path.clone(),
                    name.to_owned(),
                    format!("{path}:{}: {length} lines: {name}", at + 1),
                ));
            }
        }
    }
    let allowed =
        |path: &str, name: &str| LONGER.iter().any(|(file, function, _)| *file == path && *function == name);
    let wrong: Vec<&str> =
        long.iter().filter(|(path, name, _)| !allowed(path, name)).map(|(.., text)| text.as_str()).collect();
    assert!(wrong.is_empty(), "longer than {LONGEST} lines:\n{}", wrong.join("\n"));
    for (file, function, _) in LONGER {
        assert!(
            long.iter().any(|(path, name, _)| path == file && name == function),
            "{file}: {function} is short"
        );
    }
}
