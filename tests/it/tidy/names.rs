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

/// Functions that are longer all the same; the number only goes down.
const LONGER: usize = 38;

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
                long.push(format!(
                    "{path}:{}: {} lines: {}",
                    at + 1,
                    length,
                    name.split('(').next().unwrap_or_default()
                ));
            }
        }
    }
    assert!(long.len() <= LONGER, "{} functions, {LONGER} at most:\n{}", long.len(), long.join("\n"));
}
