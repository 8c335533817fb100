//! Words in scripts and stylesheets: `T("close")` becomes the word itself when
//! the theme is compiled.
//!
//! In a script, `T("series.read_n", { n: done })` becomes `"已读" + done + "篇"`,
//! and where one is said otherwise, a choice by `n`. So a script carries only
//! the words that it says, and asks for nothing. In a stylesheet a word is a
//! string for `content`.
//!
//! **Invariant:** text without `T("…")` comes out as it went in.

use super::files::Layer;
use crate::diagnostic::{Checked, Diagnostic, ThemeFault, nearest};
use crate::text::Span;
use crate::wording::{ONE, Part, Phrase, Wording};

/// What a word in a script begins with.
const CALL: &str = "T(\"";

/// Puts the words into the scripts and stylesheets of the chain.
pub(super) fn put(layers: &mut [Layer], words: &Wording) -> Checked<()> {
    let mut found = Vec::new();
    for file in layers.iter_mut().flat_map(|layer| layer.files.iter_mut()).filter(|(name, _)| speaks(name)) {
        let (_, file) = file;
        let text = file.text().into_owned();
        if !text.contains(CALL) {
            continue;
        }
        let mut unknown = Vec::new();
        let put = replaced(&text, words, &mut unknown);
        for (key, span) in unknown {
            let near = nearest(&key, words.keys()).map(str::to_owned);
            found.push(Diagnostic::at(&file.path, span, ThemeFault::UnknownWord { key, near }));
        }
        file.bytes = put.into_bytes().into();
    }
    Checked { value: (), diagnostics: found }
}

fn speaks(name: &str) -> bool {
    let name = name.strip_prefix("assets/").and_then(|name| name.rsplit_once('.'));
    name.is_some_and(|(_, extension)| matches!(extension, "js" | "css"))
}

/// `text` with its words; keys that are none go into `unknown`.
fn replaced(text: &str, words: &Wording, unknown: &mut Vec<(String, Span)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(CALL) {
        out.push_str(before);
        let Some(mut called) = call(after).filter(|_| !before.ends_with(is_word)) else {
            out.push_str(CALL);
            rest = after;
            continue;
        };
        for (_, value) in &mut called.values {
            *value = replaced(value, words, unknown);
        }
        let expression = expression(words, &called);
        if expression.is_none() {
            let start = text.len() - after.len();
            unknown.push((called.key.to_owned(), Span::new(start, start + called.key.len())));
        }
        out.push_str(&expression.unwrap_or_else(|| quoted(called.key)));
        rest = called.rest;
    }
    out.push_str(rest);
    out
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.')
}

/// A call as it is written.
struct Call<'t> {
    key: &'t str,
    /// The values by their names: expressions.
    values: Vec<(&'t str, String)>,
    /// What follows.
    rest: &'t str,
}

/// Reads what follows `T("`.
fn call(text: &str) -> Option<Call<'_>> {
    let (key, rest) = text.split_once('"')?;
    if let Some(rest) = rest.strip_prefix(')') {
        return Some(Call { key, values: Vec::new(), rest });
    }
    let inside = rest.strip_prefix(',')?.trim_start().strip_prefix('{')?;
    let (values, rest) = fields(inside)?;
    Some(Call { key, values, rest: rest.trim_start().strip_prefix(')')? })
}

/// The fields of an object up to its `}`, and what follows it.
fn fields(text: &str) -> Option<(Vec<(&str, String)>, &str)> {
    let mut fields = Vec::new();
    let (mut depth, mut quote, mut start) = (0_usize, None, 0);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ',' | '}') if depth == 0 => {
                let field = text.get(start..at)?;
                if !field.trim().is_empty() {
                    let (name, value) = field.split_once(':')?;
                    fields.push((name.trim(), value.trim().to_owned()));
                }
                start = at + 1;
                if c == '}' {
                    return Some((fields, text.get(start..)?));
                }
            }
            (None, ')' | ']' | '}') => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// The word as an expression; `None` where there is none of this key, or a
/// blank has no value.
fn expression(words: &Wording, call: &Call<'_>) -> Option<String> {
    let plain = sum(words.phrase(call.key, None)?, call)?;
    let one = words.phrase(&format!("{}{ONE}", call.key), None);
    let n = call.values.iter().find(|(name, _)| *name == "n");
    match (one, n) {
        (Some(one), Some((_, n))) => Some(format!("({} === 1 ? {} : {plain})", grouped(n), sum(one, call)?)),
        _ => Some(plain),
    }
}

fn sum(phrase: &Phrase, call: &Call<'_>) -> Option<String> {
    let mut parts = Vec::new();
    for part in phrase.parts() {
        parts.push(match part {
            Part::Text(text) => quoted(text),
            Part::Blank(name) => grouped(
                call.values.iter().find(|(known, _)| *known == name.as_str()).map(|(_, value)| value)?,
            ),
        });
    }
    // A sum of two numbers would be a number.
    if !matches!(phrase.parts(), [Part::Text(_), ..] | [_, Part::Text(_), ..]) {
        parts.insert(0, quoted(""));
    }
    // An operator beside the word would bind a part of the sum only.
    Some(if parts.len() > 1 { format!("({})", parts.join(" + ")) } else { parts.concat() })
}

/// An expression that an operator may stand beside.
fn grouped(value: &str) -> String {
    if value.contains([' ', '?', '+', '-']) { format!("({value})") } else { value.to_owned() }
}

/// A string of JavaScript, which CSS reads alike where it has no escapes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, wanted: &str) {
        let pairs = [
            ("close", "关闭"),
            ("n_of", "{n} articles"),
            ("n_of.one", "{n} article"),
            ("read", "已读{n}篇"),
            ("two", "{a}{b}"),
        ];
        let words = Wording::new(pairs.map(|(key, text)| (key.to_owned(), text.to_owned())));
        let mut unknown = Vec::new();
        assert_eq!(replaced(script, &words, &mut unknown), wanted);
        assert_eq!(unknown.is_empty(), !wanted.contains("none"), "{unknown:?}");
    }

    #[test]
    fn words_stand_where_they_are_said() {
        check("a(T(\"close\"), b);", "a(\"关闭\", b);");
        check("x = T(\"read\", { n: done });", "x = (\"已读\" + done + \"篇\");");
        check("x = T(\"read\", { n: f(a, \"}\") - 1 });", "x = (\"已读\" + (f(a, \"}\") - 1) + \"篇\");");
        check("x = T(\"read\", { n: T(\"close\") });", "x = (\"已读\" + \"关闭\" + \"篇\");");
        check(
            "x = T(\"n_of\", { n: all.length });",
            "x = (all.length === 1 ? (all.length + \" article\") : (all.length + \" articles\"));",
        );
        check("x = T(\"read\", { n: done }).length;", "x = (\"已读\" + done + \"篇\").length;");
        check("x = T(\"two\", { a: 1, b: 2 });", "x = (\"\" + 1 + 2);");
        check("content: T(\"close\");", "content: \"关闭\";");
    }

    #[test]
    fn what_is_no_word_stays() {
        check("ALERT(\"close\")", "ALERT(\"close\")");
        check("x = T(\"none\");", "x = \"none\";");
        check("T(\"", "T(\"");
    }
}
