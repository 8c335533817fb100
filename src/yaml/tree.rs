//! YAML text into a tree of nodes, each with its place in the file.
//!
//! The nodes lie in one vector and name each other by index, so an alias costs
//! nothing and a decoder can hide a node without touching the tree.
//!
//! **Invariant:** an alias points only to a node that was complete when the
//! alias was written, so following aliases always ends.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};

use crate::diagnostic::YamlFault;
use crate::text::Span;

/// The deepest nesting of lists and groups. The deepest shape has four.
const MAX_DEPTH: usize = 32;

/// How many nodes all aliases together may stand for.
const MAX_ALIASED: usize = 4_096;

/// A node's index in its tree.
pub(super) type Id = usize;

/// A parsed fragment. Places are bytes of the text that was parsed.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    root: Option<Id>,
    /// Faults that did not keep the rest from being read.
    pub(super) faults: Vec<(YamlFault, Span)>,
}

/// One node and its place.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) content: Content,
    pub(super) span: Span,
}

/// What a node holds.
#[derive(Debug)]
pub(super) enum Content {
    /// Text; `plain` where no quotes and no block indicator mark it as text.
    Scalar { text: Box<str>, plain: bool },
    /// A list.
    List { items: Vec<Id>, flow: bool },
    /// A group of keys and values, in the order written.
    Group { entries: Vec<(Id, Id)> },
    /// The same as another node.
    Alias(Id),
}

/// Where reading stopped.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) kind: ErrorKind,
    /// The byte at which the parser gave up.
    pub(super) at: usize,
}

impl Tree {
    /// Reads `text`, which holds one document, as far as the first fault that
    /// leaves no structure.
    pub(super) fn read(text: &str) -> Result<Self, Stop> {
        let mut options = granit_parser::options! {
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        options.set_emit_comments(false);
        let mut builder = Builder { text, ..Builder::default() };
        for next in Parser::new_from_str_with_options(text, options) {
            let (event, span) = next.map_err(|error| stop(text, &error))?;
            let bytes = |span: granit_parser::Span| {
                span.byte_range().map_or(Span::default(), |range| Span::new(range.start, range.end))
            };
            if let Some(tag) =
                span.tag_span().filter(|_| event.tag().is_some_and(|tag| tag.core_suffix().is_none()))
            {
                builder.tree.faults.push((YamlFault::ReservedStart { character: '!' }, bytes(tag)));
            }
            let span = bytes(span);
            if builder.take(event, span) == Flow::Done {
                break;
            }
        }
        Ok(builder.tree)
    }

    /// The outermost node; `None` for a text of blanks and comments.
    pub(super) fn root(&self) -> Option<Id> {
        self.root
    }

    /// The entries of the outermost group.
    pub(super) fn root_entries(&self) -> &[(Id, Id)] {
        match self.root.map(|root| self.content(root)) {
            Some(Content::Group { entries }) => entries,
            _ => &[],
        }
    }

    /// Where the outermost node is.
    pub(super) fn root_span(&self) -> Span {
        self.root.map_or(Span::default(), |root| self.span(root))
    }

    /// Whether the text holds keys, a list, or nothing. A lone text is what a
    /// whole fragment of mistyped entries looks like to the parser.
    pub(super) fn is_sound(&self) -> bool {
        self.root
            .is_none_or(|root| self.is_nothing(root) || !matches!(self.content(root), Content::Scalar { .. }))
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node `id`, aliases followed.
    pub(super) fn content(&self, id: Id) -> &Content {
        let mut id = id;
        loop {
            match self.nodes.get(id).map(|node| &node.content) {
                Some(Content::Alias(target)) => id = *target,
                Some(content) => return content,
                None => return &NOTHING,
            }
        }
    }

    /// Where node `id` is written; for an alias, where the alias is.
    pub(super) fn span(&self, id: Id) -> Span {
        self.nodes.get(id).map_or(Span::default(), |node| node.span)
    }

    /// Whether node `id` says nothing: no value after its key, `~` or `null`.
    pub(super) fn is_nothing(&self, id: Id) -> bool {
        matches!(self.content(id), Content::Scalar { text, plain: true } if is_null(text))
    }

    /// Every node, in the order of their beginnings.
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Moves every place by `place`.
    pub(super) fn place(&mut self, place: impl Fn(Span) -> Span) {
        for node in &mut self.nodes {
            node.span = place(node.span);
        }
        for (_, span) in &mut self.faults {
            *span = place(*span);
        }
    }
}

static NOTHING: Content = Content::List { items: Vec::new(), flow: false };

/// Whether plain text means that there is no value (YAML 1.2.2, 10.3.2).
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn stop(text: &str, error: &ScanError) -> Stop {
    let at = error.marker().byte_offset().unwrap_or_else(|| {
        let index = error.marker().index();
        text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
    });
    Stop { kind: error.kind().clone(), at: at.min(text.len()) }
}

#[derive(PartialEq, Eq)]
enum Flow {
    More,
    Done,
}

/// A list or group that is not yet closed.
struct Open {
    id: Id,
    anchor: usize,
    /// The key that waits for its value, in a group.
    key: Option<Id>,
}

#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    tree: Tree,
    open: Vec<Open>,
    /// Anchors of complete nodes: the node and how many nodes it stands for.
    anchors: BTreeMap<usize, (Id, usize)>,
    /// How many nodes each node stands for, aliases followed.
    weights: Vec<usize>,
    aliased: usize,
    documents: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Flow {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.tree.faults.push((YamlFault::SecondDocument, span));
                    return Flow::Done;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| tag.core_suffix() == Some("str"));
                let plain = style == ScalarStyle::Plain && !is_text;
                self.scalar(text, plain, anchor, span);
            }
            Event::SequenceStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                self.begin(Content::List { items: Vec::new(), flow }, anchor, span);
            }
            Event::MappingStart(_, anchor, _) => {
                self.begin(Content::Group { entries: Vec::new() }, anchor, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => {}
        }
        Flow::More
    }

    fn scalar(&mut self, text: Cow<'_, str>, plain: bool, anchor: usize, span: Span) {
        let span = if plain { span } else { self.trimmed(span) };
        let id = self.node(Content::Scalar { text: text.into(), plain }, span, 1);
        if anchor != 0 {
            self.anchors.insert(anchor, (id, 1));
        }
    }

    fn begin(&mut self, content: Content, anchor: usize, span: Span) {
        let id = self.node(content, span, 1);
        self.open.push(Open { id, anchor, key: None });
    }

    fn end(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        let start = self.tree.span(open.id).start;
        let whole = self.trimmed(Span { start, end: span.end.max(start) });
        if let Some(node) = self.tree.nodes.get_mut(open.id) {
            node.span = whole;
        }
        let weight = self.weights.get(open.id).copied().unwrap_or(1);
        if open.anchor != 0 {
            self.anchors.insert(open.anchor, (open.id, weight));
        }
        if let Some(parent) = self.open.last().map(|parent| parent.id) {
            self.add_weight(parent, weight);
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let fault = if let Some((target, weight)) = self.anchors.get(&anchor).copied() {
            self.aliased = self.aliased.saturating_add(weight);
            if self.aliased <= MAX_ALIASED {
                self.node(Content::Alias(target), span, weight);
                return;
            }
            YamlFault::AliasBudget { limit: MAX_ALIASED }
        } else {
            YamlFault::AliasToItself
        };
        // Once is enough: all aliases that follow are over the budget too.
        let again = matches!(fault, YamlFault::AliasBudget { .. })
            && self.tree.faults.iter().any(|(known, _)| *known == fault);
        if !again {
            self.tree.faults.push((fault, span));
        }
        self.node(Content::Scalar { text: "".into(), plain: true }, span, 1);
    }

    /// Adds a node and hangs it into the list or group that is open.
    fn node(&mut self, content: Content, span: Span, weight: usize) -> Id {
        let id = self.tree.nodes.len();
        let closed = !matches!(content, Content::List { .. } | Content::Group { .. });
        self.tree.nodes.push(Node { content, span });
        self.weights.push(weight);
        let Some(open) = self.open.last_mut() else {
            self.tree.root.get_or_insert(id);
            return id;
        };
        let parent = open.id;
        match self.tree.nodes.get_mut(parent).map(|node| &mut node.content) {
            Some(Content::List { items, .. }) => items.push(id),
            Some(Content::Group { entries, .. }) => match open.key.take() {
                None => open.key = Some(id),
                Some(key) => entries.push((key, id)),
            },
            _ => {}
        }
        if closed {
            self.add_weight(parent, weight);
        }
        id
    }

    fn add_weight(&mut self, id: Id, weight: usize) {
        if let Some(sum) = self.weights.get_mut(id) {
            *sum = sum.saturating_add(weight);
        }
    }

    /// `span` without the blank space at its end, which belongs to nobody.
    fn trimmed(&self, span: Span) -> Span {
        let (start, end) = (span.start as usize, span.end as usize);
        let length = self.text.get(start..end).map_or(end - start, |text| text.trim_end().len());
        Span::new(start, start + length)
    }
}
