//! What the design promises of the code, held against it: floors, sizes, docs,
//! and who may touch the world.

mod circles;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The longest file, in lines without its tests; see `flat_table`.
const LONGEST: usize = 500;

/// Public functions of stages that return `Result`, with the reason.
const RESULTS: [(&str, &str); 3] = [
    (
        "config/target.rs",
        "what is typed after `publish` is no content; in `column.yaml` it becomes a finding",
    ),
    ("theme/templates.rs", "one page's fault, which `render` turns into a finding"),
    ("page/key.rs", "a view that tera can't take is a fault of ours, which `render` turns into a finding"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files of `src/` by their path below it, with their text.
fn sources() -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(root().join("src")).into_iter().filter_map(Result::ok);
    let rust = entries.filter(|entry| entry.path().extension().is_some_and(|e| e == "rs"));
    rust.map(|entry| {
        let path: PathBuf = entry.path().strip_prefix(root().join("src")).unwrap().to_owned();
        (path.to_str().unwrap().replace('\\', "/"), fs::read_to_string(entry.path()).unwrap())
    })
    .collect()
}

/// The room that a file belongs to; `None` for `lib.rs` and `main.rs`.
fn room_of(path: &str) -> Option<&str> {
    let room = path.split('/').next()?;
    let room = room.strip_suffix(".rs").unwrap_or(room);
    (room != "lib" && room != "main").then_some(room)
}

/// The lines of code, without comments and without the tests at the end.
fn code(text: &str) -> Vec<&str> {
    let before_tests = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(text);
    before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect()
}

/// What a map says: room → floor and the rooms of its floor that it may import.
type Map = BTreeMap<String, (u8, BTreeSet<String>)>;

fn map_of_lib() -> Map {
    let mut map = Map::new();
    let (mut floor, mut doc) = (0, String::new());
    for line in text("src/lib.rs").lines() {
        if let Some((_, rest)) = line.split_once("Floor ") {
            floor = rest.split(',').next().unwrap().parse().unwrap();
        } else if let Some(rest) = line.strip_prefix("// ") {
            doc = rest.to_owned();
        } else if let Some(room) = line.strip_prefix("pub mod ") {
            let also = doc.trim_end_matches("\\]").trim_end_matches(']').rsplit_once('[');
            let also = also.filter(|_| doc.ends_with(']')).map_or("", |(_, also)| also);
            let also = also.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
            map.insert(room.trim_end_matches(';').to_owned(), (floor, also));
        }
    }
    map
}

fn map_of_architecture() -> Map {
    let text = text("ARCHITECTURE.md");
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit());
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let names = |cell: &str| -> BTreeSet<String> {
            cell.split(", ").filter(|n| !n.is_empty()).map(|n| n.trim_matches('`').to_owned()).collect()
        };
        (cells[2].trim_matches('`').to_owned(), (cells[1].parse().unwrap(), names(cells[3])))
    })
    .collect()
}

#[test]
fn both_maps_agree_and_name_every_room() {
    let map = map_of_lib();
    assert_eq!(map, map_of_architecture());
    let rooms: BTreeSet<String> =
        sources().keys().filter_map(|path| room_of(path)).map(str::to_owned).collect();
    assert_eq!(rooms, map.keys().cloned().collect());
}

#[test]
fn rooms_import_from_lower_floors() {
    let map = map_of_lib();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(room) = room_of(&path) else { continue };
        let (floor, also) = &map[room];
        for import in imports(&code(&text).join("\n")) {
            let Some((other, _)) = map.get(&import) else { continue };
            if import != room && other >= floor && !also.contains(&import) {
                wrong.push(format!("{path}: `{room}` (floor {floor}) imports `{import}` (floor {other})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rooms named after `crate::`, in braces too.
fn imports(code: &str) -> BTreeSet<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => drop(found.insert(name(after))),
            Some(list) => {
                // Names at the top level of the braces.
                let (mut depth, mut fresh) = (0, true);
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => fresh = true,
                        c if fresh && depth == 0 && c.is_alphabetic() => {
                            found.insert(name(&list[at..]));
                            fresh = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

#[test]
fn every_file_says_what_it_is_and_is_short() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//! ") {
            wrong.push(format!("{path} does not open with `//!`"));
        }
        let lines = text.split("\n#[cfg(test)]\nmod tests").next().unwrap().lines().count();
        let flat_table = text.contains("**Flat table:**");
        if lines > LONGEST && !flat_table {
            wrong.push(format!("{path} has {lines} lines, more than {LONGEST}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Which rooms may name which parts of the world.
const WORLD: [(&str, &[&str]); 9] = [
    ("std::fs", &["disk"]),
    ("walkdir", &["disk"]),
    ("std::env::", &["cli"]),
    ("std::process", &["cli", "remote", "serve"]),
    ("std::net", &["serve"]),
    ("ureq::", &["publish", "wechat_api"]),
    ("opendal::", &["remote"]),
    ("reqwest::", &["remote"]),
    ("println!(", &[]),
];

#[test]
fn only_the_shell_touches_the_world() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(room) = room_of(&path) else { continue };
        for (part, rooms) in WORLD {
            for line in code(&text).into_iter().filter(|line| line.contains(part)) {
                if !rooms.contains(&room) {
                    wrong.push(format!("{path}: `{part}` in room `{room}`: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// First-error-wins creeps back by `?`: no stage returns `Result`.
#[test]
fn stages_return_values_with_findings() {
    let map = map_of_lib();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(room) = room_of(&path) else { continue };
        if !(1..=5).contains(&map[room].0) || RESULTS.iter().any(|(name, _)| *name == path) {
            continue;
        }
        let code = code(&text).join(" ");
        for function in code.split("pub fn ").skip(1) {
            let head = function.split(['{', ';']).next().unwrap_or_default();
            if head.rsplit_once("->").is_some_and(|(_, result)| result.contains("Result<")) {
                wrong.push(format!("{path}: {}", head.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_for_later_or_let_pass_without_a_reason() {
    let marks = [
        "TO".to_owned() + "DO",
        "FIX".to_owned() + "ME",
        "dbg".to_owned() + "!(",
        "unimplemented".to_owned() + "!(",
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                wrong.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
            if line.contains("#[allow(") && !line.contains("reason") {
                wrong.push(format!("{path}:{}: no reason: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = text("Cargo.toml");
    let architecture = text("ARCHITECTURE.md");
    let (mut inside, mut missing) = (false, Vec::new());
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies");
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| inside)
            && !name.starts_with('#')
            && !architecture.contains(&format!("`{name}`"))
        {
            missing.push(name.to_owned());
        }
    }
    assert!(missing.is_empty(), "no row in ARCHITECTURE.md: {missing:?}");
}
