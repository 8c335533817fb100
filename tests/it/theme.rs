#![expect(clippy::disallowed_methods, reason = "tests read the repository")]
//! Themes: the built-in table, the chain, settings, and what goes wrong.

use std::path::Path;

/// The files below `folder`, by path with `/`, sorted.
fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("below").to_str().expect("ASCII").replace('\\', "/");
                found.push(name);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_built_in_theme_is_the_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("themes/gazette");
    let wanted: Vec<String> =
        files_below(&folder).into_iter().filter(|name| !name.ends_with("README.md")).collect();
    let lines: Vec<String> = wanted
        .iter()
        .map(|name| {
            format!(
                "    (\"{name}\", include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/themes/gazette/{name}\"))),\n"
            )
        })
        .collect();
    let table = format!("[\n{}]\n", lines.concat());
    let path = root.join("src/theme/builtin.in");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &table).expect("the table is written");
    }
    let current = std::fs::read_to_string(&path).expect("the table");
    assert_eq!(current, table, "run the tests with BLESS=1 to bring the table up to date");
}
