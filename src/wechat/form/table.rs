//! Tables: rows and cells, whatever they lay in.

use super::Former;
use super::nodes::{begin, end, is_block, is_percent, wrap};
use crate::html::attribute;
use crate::html::tree::{Element, Node};

impl Former<'_> {
    pub(super) fn table(&mut self, own: &Element, out: &mut String) {
        let mut rows = Rows::default();
        rows.read(&own.children, false);
        for node in &rows.others {
            self.blocks(std::slice::from_ref(node), "caption", out);
        }
        let style = self.styles.of(own, "table").to_owned();
        let aligned = style.split(';').find_map(|one| one.strip_prefix("text-align:"));
        let mut parts = [String::new(), String::new()];
        for (head, cells) in &rows.rows {
            let row: String = cells.iter().map(|cell| self.cell(cell, aligned)).collect();
            if let Some(part) = parts.get_mut(usize::from(!head))
                && !row.is_empty()
            {
                wrap(part, "tr", "", "", &row);
            }
        }
        let [head, body] = parts;
        let mut inside = String::new();
        wrap(&mut inside, "thead", "", "", &head);
        wrap(&mut inside, "tbody", "", "", &body);
        wrap(out, "table", &style, "", &inside);
    }

    /// A cell of a table that says `aligned` for all of its cells.
    fn cell(&mut self, cell: &Element, aligned: Option<&str>) -> String {
        let name = if cell.name == "th" { "th" } else { "td" };
        let mut style = self.styles.of(cell, name).to_owned();
        if let Some(align) = ["left", "center", "right"].into_iter().find(|align| cell.is(align))
            && aligned != Some(align)
        {
            style.push_str(if style.is_empty() { "" } else { ";" });
            style.push_str("text-align:");
            style.push_str(align);
        }
        let mut attributes = String::new();
        for span in ["colspan", "rowspan"] {
            let value = cell.get(span).and_then(|value| value.trim().parse::<u16>().ok());
            if let Some(value) = value.filter(|value| (2..=1000).contains(value)) {
                attribute(&mut attributes, span, &value.to_string());
            }
        }
        if let Some(width) = cell.get("width").filter(|width| name == "td" && is_percent(width)) {
            attribute(&mut attributes, "width", width);
        }
        let mut inside = String::new();
        if cell.children.iter().any(is_block) {
            self.blocks(&cell.children, "td-p", &mut inside);
        } else {
            inside.extend(self.line(&cell.children.iter().collect::<Vec<_>>()));
        }
        let mut out = String::new();
        begin(&mut out, name, &style, &attributes);
        out.push_str(&inside);
        end(&mut out, name);
        out
    }
}

/// The rows of a table, whatever they lie in.
#[derive(Default)]
struct Rows<'t> {
    rows: Vec<(bool, Vec<&'t Element>)>,
    /// What is no row: captions, and text that strayed into the table.
    others: Vec<&'t Node>,
}

impl<'t> Rows<'t> {
    fn read(&mut self, nodes: &'t [Node], head: bool) {
        for node in nodes {
            match node {
                Node::Element(own) => match own.name.as_str() {
                    "thead" => self.read(&own.children, true),
                    "tbody" | "tfoot" => self.read(&own.children, false),
                    "tr" => self.row(own, head),
                    "td" | "th" => self.rows.push((head, vec![own])),
                    "colgroup" | "col" => {}
                    _ => self.others.push(node),
                },
                Node::Text(text) if text.trim().is_empty() => {}
                Node::Text(_) => self.others.push(node),
            }
        }
    }

    fn row(&mut self, row: &'t Element, head: bool) {
        let mut cells = Vec::new();
        for node in &row.children {
            match node {
                Node::Element(cell) if matches!(cell.name.as_str(), "td" | "th") => cells.push(cell),
                Node::Text(text) if text.trim().is_empty() => {}
                other => self.others.push(other),
            }
        }
        self.rows.push((head, cells));
    }
}
