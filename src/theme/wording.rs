//! The words of a theme: `i18n/<language>.yaml` of its chain, by the column's
//! language.
//!
//! Under them all lie the built-in words of `gazette` in the same language, and
//! under these the simplified Chinese ones: so a file need only have what it
//! says otherwise, and nothing is ever missing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::builtin::builtin_text;
use super::files::{File, Layer};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, ThemeFault, nearest};
use crate::path::SourcePath;
use crate::text::{At, is_traditional};
use crate::wording::{ONE, Phrase, Wording};
use crate::yaml::{self, Fragment};

/// The language whose words lie under all others.
const BASE: &str = "zh-Hans";

/// The names under which the words of the language `tag` are looked for, the
/// best first: `zh-TW` is `zh-Hant`, `en-GB` may be `en`.
fn names(tag: &str) -> Vec<String> {
    let parts: Vec<&str> = tag.split('-').collect();
    let primary = parts.first().map(|part| part.to_ascii_lowercase()).unwrap_or_default();
    let mut names = vec![tag.to_owned()];
    if primary == "zh" {
        names.push(if is_traditional(tag) { "zh-Hant" } else { "zh-Hans" }.to_owned());
    } else {
        let mut shorter = parts.as_slice();
        while let [rest @ .., _] = shorter
            && !rest.is_empty()
        {
            names.push(rest.join("-"));
            shorter = rest;
        }
    }
    names
}

/// The built-in words for the language `tag`.
pub fn builtin_wording(tag: &str) -> Wording {
    let mut texts = builtin(BASE);
    let names = names(tag);
    texts.extend(names.iter().map(|name| builtin(name)).find(|words| !words.is_empty()).unwrap_or_default());
    Wording::new(texts)
}

/// The text of a built-in file, and its path.
fn builtin_file(name: &str) -> Option<(&'static str, SourcePath)> {
    let path = format!("themes/gazette/i18n/{name}.yaml");
    Some((builtin_text(&path)?, SourcePath::new(&path)?))
}

/// The words of one built-in file; none where there is no such file.
fn builtin(name: &str) -> BTreeMap<String, String> {
    let Some((text, path)) = builtin_file(name) else { return BTreeMap::new() };
    let read: Words = yaml::decode(Fragment { path: &path, text, offset: 0 }).value;
    read.into_iter().map(|(key, text)| (key, text.value)).collect()
}

/// A file of words.
type Words = BTreeMap<String, At<String>>;

/// The words for the column's language.
pub(super) fn resolve(layers: &[Layer], config: &Config) -> Checked<Arc<Wording>> {
    let mut found = Vec::new();
    let names = names(&config.language);
    let exists = |name: &String| builtin_file(name).is_some() || of_layers(layers, name).next().is_some();
    let chosen = names.iter().find(|name| exists(name));
    if chosen.is_none() {
        let fault = ThemeFault::UnknownLanguage { tag: config.language.clone() };
        found.push(Diagnostic::at(&super::config_path(), config.language_span, fault));
    }
    let mut texts = builtin(BASE);
    if let Some(name) = chosen {
        texts.extend(builtin(name));
        let files: Vec<_> = of_layers(layers, name).collect();
        for (layer, file) in files.into_iter().rev() {
            let words = read(file).keep(&mut found);
            let words = sound(layer, file, words, &texts).keep(&mut found);
            texts.extend(words.into_iter().map(|(key, text)| (key, text.value)));
        }
    }
    Checked { value: Arc::new(Wording::new(texts)), diagnostics: found }
}

/// The files of words `name`, that of the child first.
fn of_layers<'l>(layers: &'l [Layer], name: &str) -> impl Iterator<Item = (&'l Layer, &'l File)> {
    let name = format!("i18n/{name}.yaml");
    layers.iter().filter_map(move |layer| Some((layer, layer.files.get(&name)?)))
}

fn read(file: &File) -> Checked<Words> {
    let text = file.text();
    yaml::decode(Fragment { path: &file.path, text: &text, offset: 0 })
}

/// The words that can be said. A theme may have words of its own: those that
/// its own files name; another one that is not `known` is misspelt. Blanks that
/// nothing fills would fail on a page, so such a word is left as it was.
fn sound(layer: &Layer, file: &File, words: Words, known: &BTreeMap<String, String>) -> Checked<Words> {
    // What Chinese has no need of: the name of a month.
    let english = builtin("en");
    let mut found = Vec::new();
    let mut value = Words::new();
    for (key, text) in words {
        let plain = key.strip_suffix(ONE).unwrap_or(&key);
        let fault = match known.get(plain) {
            None if names_key(layer, plain) => None,
            None => Some(ThemeFault::UnknownWord {
                near: nearest(plain, known.keys().map(String::as_str)).map(str::to_owned),
                key: plain.to_owned(),
            }),
            Some(before) => unfilled(&text.value, [Some(before), english.get(plain)]),
        };
        match fault {
            Some(fault) => found.push(Diagnostic::at(&file.path, text.span, fault)),
            None => {
                value.insert(key, text);
            }
        }
    }
    Checked { value, diagnostics: found }
}

/// The first blank of `text` that none of `before` has.
fn unfilled(text: &str, before: [Option<&String>; 2]) -> Option<ThemeFault> {
    let filled: Vec<Phrase> = before.into_iter().flatten().map(|text| Phrase::read(text)).collect();
    let filled: BTreeSet<&str> = filled.iter().flat_map(Phrase::blanks).collect();
    let phrase = Phrase::read(text);
    let name = phrase.blanks().find(|name| !filled.contains(name))?;
    let known = filled.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(" ");
    Some(ThemeFault::UnknownBlank { name: name.to_owned(), known })
}

/// Whether a template or script of `layer` says the word `key`.
fn names_key(layer: &Layer, key: &str) -> bool {
    let named = format!("\"{key}\"");
    let speaks = |name: &str| name.starts_with("templates/") || name.starts_with("assets/");
    layer.files.iter().any(|(name, file)| speaks(name) && file.text().contains(&named))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn chinese_goes_by_script_and_others_by_their_shorter_tags() {
        for (tag, wanted) in [
            ("zh-CN", "zh-Hans"),
            ("zh", "zh-Hans"),
            ("zh-Hans-HK", "zh-Hans"),
            ("zh-TW", "zh-Hant"),
            ("zh-Hant-CN", "zh-Hant"),
            ("zh-hk", "zh-Hant"),
            ("en-GB", "en"),
            ("en", "en"),
            ("ug-Arab-CN", "ug-Arab"),
        ] {
            assert!(names(tag).iter().any(|name| name == wanted), "{tag}: {:?}", names(tag));
        }
        assert_eq!(names("bo"), ["bo"]);
    }
}
