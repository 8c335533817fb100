//! Fragments of HTML into tags and text, roughly as browsers do it.

/// A part of a fragment.
#[derive(Debug)]
pub(super) enum Token<'h> {
    Text(&'h str),
    /// `<` that begins no tag.
    Stray,
    /// Comments, declarations, processing instructions.
    Silent,
    Open(Tag<'h>),
    /// The element's name in lower case, and the tag as written.
    Close(String, &'h str),
}

#[derive(Debug)]
pub(super) struct Tag<'h> {
    /// As written.
    pub(super) source: &'h str,
    /// In lower case.
    pub(super) name: String,
    /// Names in lower case, and values as written between their quotes.
    pub(super) attributes: Vec<(String, &'h str)>,
}

impl Tag<'_> {
    /// The value of an attribute, as written.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

/// The parts of a fragment, in order.
pub(super) struct Tokens<'h> {
    rest: &'h str,
}

impl<'h> Tokens<'h> {
    pub(super) fn new(html: &'h str) -> Self {
        Self { rest: html }
    }

    /// Goes on behind the closing tag of `name`, or to the end.
    pub(super) fn skip_to_close(&mut self, name: &str) {
        for token in self.by_ref() {
            if matches!(token, Token::Close(closed, _) if closed == name) {
                return;
            }
        }
    }

    /// What begins with `<`.
    fn markup(&mut self) -> Token<'h> {
        let rest = self.rest;
        let silent = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", ">"), ("<!", ">")];
        if let Some((open, close)) = silent.into_iter().find(|(open, _)| rest.starts_with(open)) {
            let inner = rest.get(open.len()..).unwrap_or_default();
            self.rest = inner.split_once(close).map_or("", |(_, behind)| behind);
            return Token::Silent;
        }
        let inner = rest.get(1..).unwrap_or_default();
        let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.rest = rest.get(1..).unwrap_or_default();
            return Token::Stray;
        }
        let mut scan = Scan { rest: inner };
        let name = scan.until(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>')).to_ascii_lowercase();
        let Some(attributes) = scan.attributes() else {
            // A tag that never ends: browsers drop it, and all that follows.
            self.rest = "";
            return Token::Silent;
        };
        self.rest = scan.rest;
        let source = rest.get(..rest.len() - self.rest.len()).unwrap_or_default();
        if closing { Token::Close(name, source) } else { Token::Open(Tag { source, name, attributes }) }
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        if self.rest.is_empty() {
            return None;
        }
        if self.rest.starts_with('<') {
            return Some(self.markup());
        }
        let end = self.rest.find('<').unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(Token::Text(text))
    }
}

/// The inside of a tag that is left to read.
struct Scan<'h> {
    rest: &'h str,
}

impl<'h> Scan<'h> {
    /// Everything up to the first character that `ends`.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'h str {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (part, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        part
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
    }

    /// The attributes, and the `>` behind them; `None` where it is missing.
    fn attributes(&mut self) -> Option<Vec<(String, &'h str)>> {
        let mut attributes = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return Some(attributes);
            }
            if self.rest.is_empty() {
                return None;
            }
            // A browser takes a leading `=` as part of the name.
            let equals = usize::from(self.rest.starts_with('='));
            let whole = self.rest;
            self.rest = self.rest.get(equals..).unwrap_or_default();
            let length =
                equals + self.until(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=')).len();
            let name = whole.get(..length).unwrap_or_default().to_ascii_lowercase();
            self.blanks();
            let value = match self.rest.strip_prefix('=') {
                Some(rest) => {
                    self.rest = rest;
                    self.value()?
                }
                None => "",
            };
            attributes.push((name, value));
        }
    }

    fn value(&mut self) -> Option<&'h str> {
        self.blanks();
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            return Some(self.until(|c| c.is_ascii_whitespace() || c == '>'));
        };
        let (value, rest) = self.rest.get(1..)?.split_once(quote)?;
        self.rest = rest;
        Some(value)
    }
}
