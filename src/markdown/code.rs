//! Code blocks: highlighted, or a data block.
//!
//! Colours are classes, so that a theme has one set for light and one for
//! dark. Of syntect's many scopes only the few roles of [`HIGHLIGHT_CLASSES`]
//! reach the HTML: a theme can style all of them, and pages stay small.

use std::ops::Range;
use std::sync::LazyLock;

use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::open::{Collected, Open, OpenCode};
use super::sink::{Sink, escape};
use super::typos;
use super::writer::Writer;
use crate::diagnostic::MarkdownFault;

/// The classes of highlighted code, each with what it marks.
pub const HIGHLIGHT_CLASSES: [(&str, &str); 14] = [
    ("hl-comment", "comments"),
    ("hl-string", "texts in quotes"),
    ("hl-constant", "numbers, true and false, escapes"),
    ("hl-keyword", "keywords, words that declare"),
    ("hl-operator", "operators"),
    ("hl-function", "names of functions"),
    ("hl-type", "names of types and classes"),
    ("hl-tag", "names of elements, keys of YAML and JSON"),
    ("hl-attribute", "names of attributes"),
    ("hl-heading", "headings of markup"),
    ("hl-strong", "bold and italic markup"),
    ("hl-inserted", "added lines of a difference"),
    ("hl-deleted", "removed lines of a difference"),
    ("hl-invalid", "what the language does not allow"),
];

/// Scopes and the classes of what they hold; the first that fits counts. An
/// empty class ends the search: code within a text is not text.
const ROLES: [(&str, &str); 30] = [
    ("comment", "hl-comment"),
    ("meta.interpolation", ""),
    ("source", ""),
    ("text", ""),
    ("constant.character.escape", "hl-constant"),
    ("punctuation.definition.string", "hl-string"),
    ("string", "hl-string"),
    ("constant", "hl-constant"),
    ("keyword.operator.word", "hl-keyword"),
    ("keyword.operator", "hl-operator"),
    ("keyword", "hl-keyword"),
    ("storage", "hl-keyword"),
    ("entity.name.function", "hl-function"),
    ("variable.function", "hl-function"),
    ("support.function", "hl-function"),
    ("entity.name.tag", "hl-tag"),
    ("entity.other.attribute-name", "hl-attribute"),
    ("entity.name.section", "hl-heading"),
    ("markup.heading", "hl-heading"),
    ("entity.name", "hl-type"),
    ("entity.other.inherited-class", "hl-type"),
    ("support.type.property-name", "hl-tag"),
    ("support.type", "hl-type"),
    ("support.class", "hl-type"),
    ("markup.bold", "hl-strong"),
    ("markup.italic", "hl-strong"),
    ("markup.inserted", "hl-inserted"),
    ("markup.deleted", "hl-deleted"),
    ("meta.mapping.key", "hl-tag"),
    ("invalid", "hl-invalid"),
];

/// The longest code that is highlighted, in bytes: no article shows more, and
/// a grammar may be slow.
const MAX_CODE: usize = 64 << 10;

/// The longest line of it.
const MAX_LINE: usize = 2 << 10;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    ROLES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect()
});

impl Writer<'_> {
    pub(super) fn open_code(&mut self, info: Option<&str>, place: Range<usize>) -> Open {
        let code = String::with_capacity(place.len());
        self.collected = Collected::Code(OpenCode { info: info.map(str::to_owned), code, place });
        Open::Code
    }

    pub(super) fn close_code(&mut self) {
        let Collected::Code(open) = std::mem::take(&mut self.collected) else { return };
        let OpenCode { info, code, place } = open;
        let Some(info) = info else {
            typos::in_indented_code(self, &code, &place);
            return self.write_code("", &code);
        };
        if !is_closed(self.source.slice(&place)) {
            let fence = self.source.slice(&place).lines().next().map_or(0, str::len);
            self.report(place.start..place.start + fence, MarkdownFault::UnclosedFence);
        }
        if let Some(kind) = super::block::Name::read(&info) {
            return self.data_block(kind, &code, &place);
        }
        let language = info.split_ascii_whitespace().next().unwrap_or_default();
        if syntax(language).is_none() {
            typos::in_info(self, language, &place);
        }
        self.write_code(language, &code);
    }

    fn write_code(&mut self, language: &str, code: &str) {
        self.visible += 1;
        // A keyboard must reach what scrolls.
        self.block("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.sink.attribute("class", &format!("language-{language}"));
        }
        self.sink.raw(">");
        let long = code.len() > MAX_CODE || code.lines().any(|line| line.len() > MAX_LINE);
        match syntax(language).filter(|_| !long) {
            Some(syntax) => highlight(&mut self.sink, syntax, code),
            None => self.sink.text(code),
        }
        self.sink.raw("</code></pre>\n");
        for line in code.lines() {
            self.plain.block(line);
        }
    }
}

/// Whether a fenced block, fences included, ends in its closing fence.
fn is_closed(source: &str) -> bool {
    let bare = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let fence = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        Some((fence, line.chars().take_while(|c| *c == fence).count(), line.len()))
    };
    let mut lines = source.lines();
    let Some((fence, length, _)) = lines.next().and_then(bare) else { return true };
    let last = lines.next_back().and_then(bare);
    last.is_some_and(|(c, count, all)| c == fence && count >= length && count == all)
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let plain = language.is_empty() || matches!(language, "text" | "txt" | "plain");
    if plain { None } else { SYNTAXES.find_syntax_by_token(language) }
}

/// Writes `code` with a `<span>` around each stretch of one role.
fn highlight(sink: &mut Sink, syntax: &SyntaxReference, code: &str) {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut spans = Spans { html: &mut sink.html, open: "", blank: String::new() };
    for line in code.split_inclusive('\n') {
        // A grammar that fails leaves the line plain.
        let changes = state.parse_line(line, &SYNTAXES).unwrap_or_default();
        for (text, change) in ScopeRegionIterator::new(&changes, line) {
            if stack.apply(change).is_err() {
                stack = ScopeStack::new();
            }
            spans.text(text, role(&stack));
        }
    }
    spans.turn("");
}

/// Spans as they are written. Blanks wait until it is known whether the same
/// span goes on behind them.
struct Spans<'h> {
    html: &'h mut String,
    /// The class of the span that is open; empty for none.
    open: &'static str,
    blank: String,
}

impl Spans<'_> {
    fn text(&mut self, text: &str, class: &'static str) {
        let solid = text.trim_end();
        if !solid.is_empty() {
            self.turn(class);
            escape(self.html, solid);
        }
        self.blank.push_str(text.get(solid.len()..).unwrap_or_default());
    }

    /// Goes on in a span of `class`.
    fn turn(&mut self, class: &'static str) {
        if class == self.open {
            self.html.push_str(&self.blank);
        } else {
            if !self.open.is_empty() {
                self.html.push_str("</span>");
            }
            self.html.push_str(&self.blank);
            if !class.is_empty() {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
        }
        self.open = class;
        self.blank.clear();
    }
}

/// The class for the innermost scope that has one.
fn role(stack: &ScopeStack) -> &'static str {
    let known = |scope: &Scope| SCOPES.iter().find(|(known, _)| known.is_prefix_of(*scope));
    stack.as_slice().iter().rev().find_map(known).map_or("", |(_, class)| class)
}
