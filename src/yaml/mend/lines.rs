//! Lines of YAML as an editor sees them: indentation, key, value.

use super::{Edit, Slip, closing, quoted};
use crate::diagnostic::YamlFault;

/// A line without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// The byte at which it begins.
    pub(super) start: usize,
    pub(super) text: &'t str,
}

/// All lines of a text.
pub(super) struct Lines<'t> {
    text: &'t str,
    lines: Vec<Line<'t>>,
}

impl<'t> Line<'t> {
    pub(super) fn end(self) -> usize {
        self.start + self.text.len()
    }

    fn is_blank(self) -> bool {
        let content = self.text.trim();
        content.is_empty() || content.starts_with('#')
    }

    /// How many bytes of blank space it begins with.
    fn indent(self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    fn is_item(self) -> bool {
        let content = self.text.trim_start();
        content == "-" || content.starts_with("- ")
    }

    /// Where the entry begins, after indentation and `- `, and its text.
    fn entry(self) -> (usize, &'t str) {
        let mut rest = self.text.trim_start();
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        (self.end() - rest.len(), rest.trim_end())
    }

    /// Where the value begins, for a line `key: value`.
    fn value(self) -> Option<usize> {
        let (start, entry) = self.entry();
        let colon = entry.find(": ")?;
        let after = entry.get(colon + 2..)?;
        Some(start + colon + 2 + (after.len() - after.trim_start().len()))
    }

    /// Whether it is `key: value` or `key:`.
    fn is_entry(self) -> bool {
        let (_, entry) = self.entry();
        self.value().is_some() || entry.ends_with(':')
    }

    pub(super) fn has_key_before(self, at: usize) -> bool {
        self.value().is_some_and(|value| value <= at)
    }

    /// A colon or dash mistyped in this line.
    pub(super) fn typo(self) -> Option<Slip> {
        let (start, entry) = self.entry();
        let dash = entry.strip_prefix('-').and_then(|after| after.chars().next());
        if dash.is_some_and(|next| next.is_alphabetic() || "\"'[{“".contains(next)) {
            let edits = vec![Edit::insert(start + 1, " ")];
            return Some(Slip::new(YamlFault::NoSpaceAfterDash, start, start + 1, edits));
        }
        let sign = entry.find([':', '：'])?;
        let key = entry.get(..sign)?;
        let at = start + sign;
        let rest = entry.get(sign..)?;
        if !is_key(key) {
            return None;
        }
        if let Some(value) = rest.strip_prefix('：') {
            let colon = if value.is_empty() || value.starts_with(' ') { ":" } else { ": " };
            let edits = vec![Edit::replace(at, at + '：'.len_utf8(), colon)];
            return Some(Slip::new(YamlFault::FullWidthColon, at, at + '：'.len_utf8(), edits));
        }
        let value = rest.strip_prefix(':')?;
        if value.is_empty() || value.starts_with([' ', '\t']) || value.starts_with("//") {
            return None;
        }
        if let Some(wide) = value.chars().next().filter(|c| c.is_whitespace()) {
            let (start, end) = (at + 1, at + 1 + wide.len_utf8());
            return Some(Slip::new(YamlFault::WideSpace, start, end, vec![Edit::replace(start, end, " ")]));
        }
        let fault = YamlFault::NoSpaceAfterColon { key: key.to_owned() };
        Some(Slip::new(fault, at, at + 1, vec![Edit::insert(at + 1, " ")]))
    }
}

/// Whether `value` is a list in brackets and text behind it. A list that is
/// quoted or goes on in the next line is none.
fn is_list_and_text(value: &str) -> bool {
    let Some(open) = value.chars().next().filter(|c| matches!(c, '[' | '{')) else { return false };
    let close = if open == '[' { ']' } else { '}' };
    let Some((inner, behind)) = value.split_once(close) else { return false };
    let behind = behind.trim();
    !inner.contains(['"', '\'']) && !behind.is_empty() && !behind.starts_with(['#', ',', ':', ']', '}'])
}

/// `value` in double quotes, its own ones escaped.
pub(in crate::yaml) fn double_quoted(value: &str) -> String {
    format!("\"{}\"", value.trim().replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether `text` could be a key: short, and without blanks or punctuation.
pub(super) fn is_key(text: &str) -> bool {
    let length = text.chars().count();
    (1..=24).contains(&length) && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// Whether a bracket is open at the end of `text`, quotations passed over.
pub(super) fn open_bracket(text: &str) -> bool {
    last_open(text, 0).is_some()
}

/// The innermost bracket that is still open at the end of `text`: its byte and
/// itself. `offset` is where `text` begins.
fn last_open(text: &str, offset: usize) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(mark), c) => quote = Some(mark).filter(|mark| *mark != c),
            (None, '"' | '\'') if " [{,\n".contains(before) => quote = Some(c),
            (None, '[' | '{') if " [{,\n".contains(before) => open.push((offset + at, c)),
            (None, ']' | '}') => {
                open.pop();
            }
            _ => {}
        }
        before = c;
    }
    open.pop()
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut start = 0;
        let lines = text
            .split_inclusive('\n')
            .map(|whole| {
                let line = Line { start, text: whole.trim_end_matches(['\n', '\r']) };
                start += whole.len();
                line
            })
            .collect();
        Self { text, lines }
    }

    /// The line, from 0, that holds byte `at`; the last one past the end.
    pub(super) fn number(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.start <= at).saturating_sub(1)
    }

    pub(super) fn get(&self, number: usize) -> Option<Line<'t>> {
        self.lines.get(number).copied()
    }

    /// The nearest line above `number` that is not blank.
    fn above(&self, number: usize) -> Option<(usize, Line<'t>)> {
        let before = self.lines.get(..number)?;
        let found = before.iter().rposition(|line| !line.is_blank())?;
        Some((found, self.get(found)?))
    }

    /// Whether byte `at` begins the value of an entry, an item, or a line.
    pub(super) fn begins_value(&self, number: usize, at: usize) -> bool {
        let Some(line) = self.get(number) else { return false };
        let before = self.text.get(line.start..at).unwrap_or("").trim_end();
        let item = line.is_item() && line.entry().0 == at;
        line.value() == Some(at) || item || before.ends_with(['[', '{', ',', ':'])
    }

    /// A tab in the indentation of line `number` or the next.
    pub(super) fn tab(&self, number: usize) -> Option<Slip> {
        let (number, line) = (number..number + 2)
            .filter_map(|number| Some((number, self.get(number)?)))
            .find(|(_, line)| line.text.get(..line.indent()).is_some_and(|blank| blank.contains('\t')))?;
        let tab = line.start + line.text.find('\t')?;
        Some(Slip::new(YamlFault::Tab, tab, tab + 1, vec![self.indented(number, line)]).advised())
    }

    /// A value that begins with a bracket and has text behind it, in line `here`
    /// or above: `标题: [通知] 关于…`, read as quoted.
    pub(super) fn bracket_value(&self, here: usize) -> Option<Slip> {
        let above = self.above(here);
        let own = self.get(here).map(|line| (here, line));
        let line = [own, above].into_iter().flatten().map(|(_, line)| line).find(|line| {
            line.value().is_some_and(|value| is_list_and_text(self.text.get(value..line.end()).unwrap_or("")))
        })?;
        let (start, end) = (line.value()?, line.end());
        let value = self.text.get(start..end)?;
        let edits = vec![Edit::replace(start, start + value.trim_end().len(), double_quoted(value))];
        Some(Slip::new(YamlFault::BracketValue, start, start + value.trim_end().len(), edits).advised())
    }

    /// Text behind a closing quotation mark, at `at`: the quotation marks belong
    /// to the text, so they are read as Chinese ones.
    pub(super) fn text_after_quote(&self, here: usize, at: usize, end: usize) -> Slip {
        let left_out = || Slip::new(YamlFault::TextAfterQuote, at, end, vec![Edit::blank(at, end)]);
        let Some(start) = self.get(here).and_then(Line::value).filter(|start| *start < at) else {
            return left_out();
        };
        let value = self.text.get(start..end).unwrap_or("").trim_end();
        let (Some(quote), false) = (value.chars().next(), value.contains(['\\', '#'])) else {
            return left_out();
        };
        let marks = if quote == '"' { ['“', '”'] } else { ['‘', '’'] };
        let mut is_open = false;
        let turned: String = value
            .chars()
            .map(|c| {
                if c != quote {
                    return c;
                }
                is_open = !is_open;
                if is_open { marks[0] } else { marks[1] }
            })
            .collect();
        if turned.contains(": ") {
            return left_out();
        }
        let edits = vec![Edit::replace(start, start + value.len(), turned)];
        Slip::new(YamlFault::TextAfterQuote, at, end, edits).advised()
    }

    /// An item left of the items above it, with all that follows of it: one
    /// slip of the hand moved them all.
    fn outdented(&self, here: usize) -> Option<Slip> {
        let line = self.get(here).filter(|line| line.is_item())?;
        let above = self.lines.get(..here)?;
        let inner = above.iter().rev().filter(|above| !above.is_blank());
        let item = inner.take_while(|above| above.indent() > line.indent()).filter(|above| above.is_item());
        let by = item.map(|item| item.indent()).min()? - line.indent();
        let rest = self.lines.iter().skip(here).take_while(|next| {
            next.is_blank()
                || next.indent() > line.indent()
                || (next.indent() == line.indent() && next.is_item())
        });
        let edits = rest
            .filter(|next| !next.is_blank())
            .map(|next| Edit::insert(next.start, &" ".repeat(by)))
            .collect();
        let start = line.start + line.indent();
        Some(Slip::new(YamlFault::Indentation, start, line.end(), edits).advised())
    }

    /// A line that begins with a tab, at `here` or above.
    pub(super) fn leading_tab(&self, here: usize) -> Option<Slip> {
        let (number, line) = self
            .lines
            .iter()
            .copied()
            .enumerate()
            .take(here + 1)
            .find(|(_, line)| line.text.starts_with('\t') && line.is_entry())?;
        let edits = vec![self.indented(number, line)];
        Some(Slip::new(YamlFault::Tab, line.start, line.start + 1, edits).advised())
    }

    /// Indents `line` as the one above it suggests.
    fn indented(&self, number: usize, line: Line<'_>) -> Edit {
        let wanted = self.wanted_indent(number, line);
        Edit::replace(line.start, line.start + line.indent(), " ".repeat(wanted))
    }

    fn wanted_indent(&self, number: usize, line: Line<'_>) -> usize {
        let Some((_, above)) = self.above(number) else { return 0 };
        let indent = above.text.len() - above.text.trim_start_matches(' ').len();
        let opens = above.text.trim_end().ends_with(':');
        if opens || (above.is_item() && !line.is_item()) { indent + 2 } else { indent }
    }

    /// The fault of a line that does not fit the lines around it.
    pub(super) fn structure(&self, here: usize, at: usize) -> Slip {
        if let Some(slip) = self.typo_at_or_above(here) {
            return slip;
        }
        let Some(line) = self.get(here).filter(|line| !line.is_blank()) else {
            return self.give_up(here, at);
        };
        let in_value = line.value().filter(|value| *value <= at);
        if let (Some(value), true) = (in_value, self.text.get(at..).is_some_and(|rest| rest.starts_with(':')))
        {
            let text = self.text.get(value..line.end()).unwrap_or("");
            let edits = vec![Edit::replace(value, line.end(), quoted(text))];
            return Slip::new(YamlFault::ColonInValue, at, at + 1, edits).advised();
        }
        if let Some(slip) = self.outdented(here) {
            return slip;
        }
        if !line.is_entry() && !line.is_item() {
            return self.not_an_entry(here);
        }
        let above = self.above(here).filter(|(_, above)| !above.is_entry() && !above.is_item());
        if let Some((number, _)) = above {
            return self.not_an_entry(number);
        }
        let sibling =
            self.above(here).map(|(_, above)| above).filter(|above| above.indent() == line.indent());
        if sibling.is_some_and(|above| above.is_item() != line.is_item()) {
            let start = line.start + line.indent();
            return Slip::new(YamlFault::ListAmongKeys, start, line.end(), self.blanked(here));
        }
        let edit = self.indented(here, line);
        if edit.new.len() == line.indent() {
            return self.give_up(here, at);
        }
        Slip::new(YamlFault::Indentation, line.start + line.indent(), line.end(), vec![edit]).advised()
    }

    /// Looks at line `here`, then upwards as long as lines are no entries.
    fn typo_at_or_above(&self, here: usize) -> Option<Slip> {
        if let Some(slip) = self.get(here)?.typo() {
            return Some(slip);
        }
        let mut number = here;
        while let Some((above, line)) = self.above(number) {
            if let Some(slip) = line.typo() {
                return Some(slip);
            }
            if line.is_entry() {
                return None;
            }
            number = above;
        }
        None
    }

    /// Line `number`, which is no `key: value`.
    pub(super) fn not_an_entry(&self, number: usize) -> Slip {
        let Some(line) = self.get(number) else { return self.give_up(number, 0) };
        let start = line.start + line.indent();
        Slip::new(YamlFault::NotAnEntry, start, line.end(), self.blanked(number))
    }

    /// Something wrong at `at`, which lies between brackets.
    pub(super) fn in_brackets(&self, here: usize, at: usize) -> Slip {
        let Some((open, bracket)) = self.text.get(..at).and_then(|before| last_open(before, 0)) else {
            return self.give_up(here, at);
        };
        let line = self.number(open);
        let between = self.text.get(open..at).unwrap_or("");
        let item = between.rfind([',', '[', '{']).map_or(open, |sign| open + sign + 1);
        if let Some(comma) = self.text.get(item..at).and_then(|item| item.find('，')) {
            let start = item + comma;
            let edits = vec![Edit::replace(start, start + '，'.len_utf8(), ", ")];
            return Slip::new(
                YamlFault::FullWidthComma { comma: '，' },
                start,
                start + '，'.len_utf8(),
                edits,
            );
        }
        if line < here {
            let end = self.above(here).map_or(open + 1, |(_, above)| above.end().max(open + 1));
            let fault = YamlFault::UnclosedBracket { open: bracket };
            return Slip::new(fault, open, open + 1, vec![Edit::insert(end, closing(bracket))]);
        }
        if self.text.get(at..).is_some_and(|rest| rest.starts_with(':')) {
            let end =
                self.text.get(at..).and_then(|rest| rest.find([',', ']', '}', '\n'])).map_or(at, |n| at + n);
            let piece = self.text.get(item..at).unwrap_or("");
            let start = item + (piece.len() - piece.trim_start().len());
            let value = self.text.get(start..end).unwrap_or("");
            return Slip::new(
                YamlFault::ColonInValue,
                at,
                at + 1,
                vec![Edit::replace(start, end, quoted(value))],
            );
        }
        self.give_up(here, at)
    }

    /// A fault without a name: line `number`, or the one above where it is
    /// blank, is left out.
    pub(super) fn give_up(&self, number: usize, at: usize) -> Slip {
        let found = match self.get(number) {
            Some(line) if !line.is_blank() => Some((number, line)),
            _ => self.above(number),
        };
        let Some((number, line)) = found else { return Slip::new(YamlFault::Syntax, at, at, Vec::new()) };
        let start = if (line.start..line.end()).contains(&at) { at } else { line.start + line.indent() };
        Slip::new(YamlFault::Syntax, start, line.end(), self.blanked(number))
    }

    /// Leaves out line `number` and the deeper ones that follow it.
    fn blanked(&self, number: usize) -> Vec<Edit> {
        let Some(first) = self.get(number) else { return Vec::new() };
        let deeper = self
            .lines
            .iter()
            .skip(number + 1)
            .take_while(|line| line.is_blank() || line.indent() > first.indent());
        let edits = std::iter::once(&first).chain(deeper).map(|line| Edit::blank(line.start, line.end()));
        edits.filter(|edit| edit.start < edit.end).collect()
    }
}
