//! Blocks that hold blocks: lists, quotations, alerts.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::open::Open;
use super::typos;
use super::writer::Writer;

impl Writer<'_> {
    /// Begins a block on its own line.
    pub(super) fn block(&mut self, open: &str) {
        self.soft_break = None;
        self.after_cjk = false;
        self.sink.line();
        self.sink.raw(open);
    }

    pub(super) fn open_block(&mut self, open: &'static str, close: &'static str) -> Open {
        self.block(open);
        self.plain.paragraph();
        Open::Block(close)
    }

    pub(super) fn open_list(&mut self, start: Option<u64>) -> Open {
        match start {
            None => self.open_block("<ul>\n", "</ul>\n"),
            Some(1) => self.open_block("<ol>\n", "</ol>\n"),
            Some(start) => {
                self.block("<ol start=\"");
                self.sink.raw(&start.to_string());
                self.sink.raw("\">\n");
                Open::Block("</ol>\n")
            }
        }
    }

    pub(super) fn open_item(&mut self, place: &Range<usize>) -> Open {
        typos::in_item(self, place);
        self.block("<li");
        self.plain.paragraph();
        let attributes = self.sink.point();
        self.sink.raw(">");
        Open::Item(attributes)
    }

    pub(super) fn open_quote(&mut self, kind: Option<BlockQuoteKind>) -> Open {
        let Some(kind) = kind else { return self.open_block("<blockquote>\n", "</blockquote>\n") };
        let (class, label) = self.words.alert(kind);
        // `role="note"`, because an `<aside>` may be a landmark, and landmarks
        // must not stand within an article.
        self.block("<aside class=\"alert ");
        self.sink.raw(class);
        self.sink.raw("\" role=\"note\">\n<p class=\"alert-label\">");
        self.sink.raw(label);
        self.sink.raw("</p>\n");
        Open::Block("</aside>\n")
    }

    /// The box of a task, and the mark of its item.
    pub(super) fn task(&mut self, done: bool) {
        self.settle();
        let item = self.open.iter().rev().find_map(|open| match open {
            Open::Item(point) => Some(*point),
            _ => None,
        });
        let (checked, label) = if done { (" checked", self.words.done) } else { ("", self.words.open) };
        self.sink.raw("<input type=\"checkbox\" disabled");
        self.sink.raw(checked);
        self.sink.attribute("aria-label", label);
        self.sink.raw("> ");
        if let Some(point) = item {
            self.sink.insert(point, " class=\"task\"");
        }
    }
}
