//! The plain text of a body, and the summary cut from it.

use crate::text::is_cjk_punctuation;

/// The longest summary, in characters.
const LONGEST: usize = 110;

/// Plain text as it grows.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// Paragraphs, separated by `\n`.
    pub(super) text: String,
    /// The first paragraphs of prose, without a separator.
    lead: String,
}

impl Plain {
    /// Empty, with room for `bytes`.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), lead: String::new() }
    }

    /// A blank at a place reached before, unless there is one.
    pub(super) fn blank_at(&mut self, at: usize) {
        let before = self.text.get(..at).and_then(|head| head.chars().next_back());
        if before.is_some_and(|c| !c.is_whitespace()) {
            self.text.insert(at, ' ');
        }
    }

    /// Begins a new paragraph.
    pub(super) fn paragraph(&mut self) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// A block of its own.
    pub(super) fn block(&mut self, text: &str) {
        self.paragraph();
        self.text.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
        self.paragraph();
    }

    /// The text from byte `start` on is prose, good for a summary.
    pub(super) fn prose_from(&mut self, start: usize) {
        // Three bytes a character, and room for one more sentence.
        if self.lead.len() < LONGEST * 4 {
            let prose = self.text.get(start..).unwrap_or_default().trim();
            // A paragraph that ends without a full stop is not to run into the
            // next one.
            if self.lead.chars().next_back().is_some_and(|c| !is_cjk_punctuation(c) && !is_mark(c)) {
                self.lead.push(' ');
            }
            self.lead.extend(prose.chars().map(|c| if c == '\n' { ' ' } else { c }));
        }
    }

    /// The whole text, and the summary of its prose.
    pub(super) fn finish(mut self) -> (String, String) {
        self.paragraph();
        if self.text.ends_with('\n') {
            self.text.pop();
        }
        let summary = summarize(&self.lead);
        self.text.shrink_to_fit();
        (self.text, summary)
    }
}

/// The beginning of `prose`, at most about 110 characters, cut behind a
/// sentence (。！？…… and their closing quotes); where the first sentence is
/// longer, behind a clause; where there is none, between words, with `……`.
///
/// A quotation that the cut would leave open is closed.
pub fn summarize(prose: &str) -> String {
    let prose = prose.trim();
    let Some((limit, _)) = prose.char_indices().nth(LONGEST) else { return prose.to_owned() };
    let cuts = Cuts::in_text(prose, limit);
    if let Some(end) = cuts.sentence {
        return prose.get(..end).unwrap_or_default().to_owned();
    }
    let (end, quoted) = match (cuts.quoted, cuts.clause) {
        (Some(end), _) => (end, true),
        (None, Some(end)) => (end, false),
        (None, None) => (word_end(prose, limit), false),
    };
    let kept = prose.get(..end).unwrap_or_default();
    let kept = if quoted { kept } else { kept.trim_end_matches(|c| is_clause_end(c) || c == ' ') };
    let open = kept.chars().fold(0_i32, |open, c| open + i32::from(c == '“') - i32::from(c == '”')) > 0;
    if quoted || open { format!("{kept}……”") } else { format!("{kept}……") }
}

/// Where a text may be cut, in bytes.
#[derive(Debug, Default)]
struct Cuts {
    /// Behind the last sentence that stands outside quotations.
    sentence: Option<usize>,
    /// Behind the last sentence within a quotation.
    quoted: Option<usize>,
    /// Behind the last clause.
    clause: Option<usize>,
}

impl Cuts {
    fn in_text(prose: &str, limit: usize) -> Self {
        let mut cuts = Self::default();
        let mut depth = 0_i32;
        let mut chars = prose.char_indices().peekable();
        let mut ended = false;
        while let Some((at, c)) = chars.next() {
            if at >= limit {
                break;
            }
            match c {
                '“' | '「' | '『' => depth += 1,
                '”' | '」' | '』' => depth = (depth - 1).max(0),
                _ => {}
            }
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            ended = is_sentence_end(c, next) || (ended && is_closing(c));
            let end = at + c.len_utf8();
            if ended && !is_closing(next) {
                let cut = if depth == 0 { &mut cuts.sentence } else { &mut cuts.quoted };
                *cut = Some(end);
            } else if is_clause_end(c) {
                cuts.clause = Some(end);
            }
        }
        cuts
    }
}

fn is_sentence_end(c: char, next: char) -> bool {
    match c {
        '。' | '！' | '？' => true,
        '…' => next != '…',
        '.' | '!' | '?' => next.is_whitespace() || is_closing(next),
        _ => false,
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '】' | '"')
}

fn is_clause_end(c: char) -> bool {
    matches!(c, '，' | '；' | '：' | '、' | '—' | ',' | ';' | ':')
}

/// Punctuation that wants no blank behind it.
fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// The last place up to byte `limit` that is not within a Latin word.
fn word_end(prose: &str, limit: usize) -> usize {
    let head = prose.get(..limit).unwrap_or_default();
    let next = prose.get(limit..).and_then(|rest| rest.chars().next());
    if next.is_none_or(|c| !c.is_ascii_alphanumeric()) {
        return limit;
    }
    let word = head.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    if word < limit { limit - word } else { limit }
}
