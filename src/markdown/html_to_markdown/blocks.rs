//! Lists, quotations and tables out of paragraphs.

/// What holds blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Quote,
    /// A list; the number of the next item where it is numbered.
    List {
        next: Option<u32>,
    },
    Item,
    Table,
    Row,
    /// A cell, and how many columns it takes.
    Cell {
        columns: usize,
    },
    Code,
}

/// A container and what stands in it so far.
#[derive(Debug)]
struct Open {
    kind: Kind,
    blocks: Vec<String>,
    /// A table's rows, a row's cells.
    rows: Vec<Vec<Vec<String>>>,
}

/// Blocks in containers.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    done: Vec<String>,
    open: Vec<Open>,
}

impl Blocks {
    /// Adds a block; an empty one is none.
    pub(super) fn push(&mut self, block: String) {
        if block.trim().is_empty() {
            return;
        }
        match self.open.last_mut() {
            Some(open) => open.blocks.push(block),
            None => self.done.push(block),
        }
    }

    fn push_all(&mut self, blocks: impl IntoIterator<Item = String>) {
        for block in blocks {
            self.push(block);
        }
    }

    pub(super) fn begin(&mut self, kind: Kind) {
        self.open.push(Open { kind, blocks: Vec::new(), rows: Vec::new() });
    }

    /// Ends the innermost container.
    pub(super) fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open.kind {
            Kind::Quote => self.push(prefixed(&open.blocks.join("\n\n"), "> ", "> ")),
            Kind::Code => self.push(code(&open.blocks.join("\n"))),
            Kind::List { .. } => self.push(list(&open.blocks)),
            Kind::Item => {
                let text = open.blocks.join("\n\n");
                let mark = match self.open.last_mut().map(|list| &mut list.kind) {
                    Some(Kind::List { next: Some(next) }) => {
                        *next += 1;
                        format!("{}. ", *next - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.push(prefixed(&text, &mark, &" ".repeat(mark.len())));
            }
            Kind::Cell { columns } => match self.open.last_mut().filter(|row| row.kind == Kind::Row) {
                Some(row) => {
                    row.rows.push(vec![open.blocks]);
                    row.rows.extend((1..columns.clamp(1, 50)).map(|_| vec![Vec::new()]));
                }
                None => self.push_all(open.blocks),
            },
            Kind::Row => self.end_row(open),
            Kind::Table => {
                // What stands outside of cells is a caption.
                self.push_all(open.blocks.into_iter().chain(table(&open.rows)));
            }
        }
    }

    fn end_row(&mut self, row: Open) {
        let cells: Vec<Vec<String>> = row.rows.into_iter().flatten().collect();
        match self.open.iter_mut().rev().find(|open| open.kind == Kind::Table) {
            Some(table) => {
                table.rows.push(cells);
                table.blocks.extend(row.blocks);
            }
            None => self.push_all(cells.into_iter().flatten().chain(row.blocks)),
        }
    }

    /// All blocks, with an empty line between them.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.done.join("\n\n")
    }
}

/// `text` with `first` before its first line and `other` before all others that
/// are not empty.
fn prefixed(text: &str, first: &str, other: &str) -> String {
    let line = |(n, line): (usize, &str)| match n {
        0 => format!("{first}{line}"),
        _ if line.is_empty() => other.trim_end().to_owned(),
        _ => format!("{other}{line}"),
    };
    text.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// Items close together where each is one line.
fn list(items: &[String]) -> String {
    let is_tight = items.iter().all(|item| !item.contains("\n\n"));
    items.join(if is_tight { "\n" } else { "\n\n" })
}

fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}\n{}\n{fence}", text.trim_matches('\n'))
}

/// A table of two columns and two rows at least; one that only lays out its
/// content is that content.
fn table(rows: &[Vec<Vec<String>>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns < 2 || rows.len() < 2 {
        return rows.iter().flatten().flatten().cloned().collect();
    }
    let cell = |blocks: &Vec<String>| {
        let text = blocks.join("<br>").replace("  \n", "<br>").replace('\n', " ");
        text.replace('|', "\\|")
    };
    let mut lines: Vec<String> = Vec::new();
    for row in rows {
        let cells: Vec<String> =
            row.iter().map(cell).chain(std::iter::repeat(String::new())).take(columns).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if lines.len() == 1 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    vec![lines.join("\n")]
}
