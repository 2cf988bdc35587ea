//! Tables, and the captions before or after them.

use std::collections::BTreeMap;

use comrak::nodes::{Node, NodeTable, NodeValue, TableAlignment};

use super::lines::caption_prefix;
use super::reader::{Reader, attributes_at};
use super::recognise::Place;
use crate::book::{Alignment, Anchor, Cell, Row, Table};
use crate::diag::{Diagnostic, Span, rule::manuscript as rule};

impl<'a> Reader<'a, '_, '_> {
    /// Which sibling is the caption of which table.
    pub(super) fn captions(&self, nodes: &[Node<'a>]) -> BTreeMap<usize, usize> {
        let is_table = |at: usize| {
            nodes
                .get(at)
                .is_some_and(|n| matches!(n.data().value, NodeValue::Table(_)))
        };
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for at in (0..nodes.len()).filter(|at| is_table(*at)) {
            let before = at.checked_sub(1).filter(|before| {
                self.is_caption_node(nodes[*before])
                    && !found.values().any(|c| c == before)
            });
            let after = (at + 1 < nodes.len() && self.is_caption_node(nodes[at + 1]))
                .then_some(at + 1)
                // Between two tables a caption belongs to the one below,
                // unless it touches the one above.
                .filter(|after| {
                    !is_table(after + 1) || self.touch(nodes[at], nodes[*after])
                });
            if let Some(caption) = before.or(after) {
                found.insert(at, caption);
            }
        }
        found
    }

    fn is_caption_node(&self, node: Node<'a>) -> bool {
        matches!(node.data().value, NodeValue::Paragraph)
            && self.lines_caption(self.span_of(node))
    }

    /// Whether a text starts as a caption does.
    pub(super) fn lines_caption(&self, span: Span) -> bool {
        caption_prefix(&self.text[span.start as usize..]).is_some()
    }

    /// Whether no blank line stands between two nodes.
    fn touch(&self, above: Node<'a>, below: Node<'a>) -> bool {
        let (above, below) = (self.span_of(above).range(), self.span_of(below).range());
        let between = self.text.get(above.end..below.start).unwrap_or_default();
        between.matches('\n').count() <= 1
    }

    /// A table with its caption, and the place of both.
    pub(super) fn table(
        &mut self,
        node: Node<'a>,
        table: &NodeTable,
        caption: Option<Node<'a>>,
    ) -> (Table, Span) {
        let mut span = self.block_span(node);
        let mut read = Table {
            caption: Vec::new(),
            label: None,
            credit: Vec::new(),
            alignments: table.alignments.iter().copied().map(alignment).collect(),
            header: Row::new(),
            rows: Vec::new(),
            row_headers: false,
            number: String::new(),
            anchor: Anchor::default(),
        };
        let after = caption.filter(|c| self.span_of(c).start > span.start);
        if let Some(caption) = caption.filter(|_| after.is_none()) {
            self.caption(caption, &mut read, &mut span);
        }
        for (nth, row) in node.children().enumerate() {
            let cells = self.row(row, table.num_columns);
            if nth == 0 {
                read.header = cells;
            } else {
                read.rows.push(cells);
            }
        }
        if let Some(caption) = after {
            self.caption(caption, &mut read, &mut span);
        }
        (read, span)
    }

    /// `表：题注 {#tbl:id source="…" row-headers}`.
    fn caption(&mut self, node: Node<'a>, table: &mut Table, span: &mut Span) {
        let here = self.span_of(node);
        let prefix = caption_prefix(&self.text[here.start as usize..]).unwrap_or(0);
        let text_start = here.start as usize + prefix;
        let mut tokens = self.tokens(node);
        tokens.retain(|token| token.range().start >= text_start);
        table.caption = self.recognise(super::token::trim(&tokens).to_vec(), Place::Text);
        let mut end = here.end;
        if let Some(mut list) =
            attributes_at(&self.lines.attributes, node.data().sourcepos)
        {
            end = end.max(list.span.end);
            let id = list.id.take();
            table.label = self.world.labels.add(id, "tbl", &mut self.world.sink);
            if let Some(source) = list.take("source") {
                table.credit = self.world.fragment_of(self.text, &source);
            }
            table.row_headers = list.take_class("row-headers");
            list.refuse_rest(&["source", "row-headers"], &mut self.world.sink);
        }
        if table.caption.is_empty() {
            self.report(
                Diagnostic::new(&rule::MISSING_CAPTION, here, "表题是空的")
                    .hint("写成 表：题注 {#tbl:名称}"),
            );
        }
        span.start = span.start.min(here.start);
        span.end = span.end.max(end);
    }

    fn row(&mut self, node: Node<'a>, columns: usize) -> Row {
        let span = self.span_of(node);
        if !self.check_columns(span, columns) {
            // Cut at the wrong places, its cells would only be misread.
            return Row::new();
        }
        let mut cells = Row::new();
        for cell in node.children() {
            let here = self.span_of(cell);
            self.pipes = escaped_pipes(&self.text[here.range()], here.start as usize);
            let inside = &self.text[here.range()];
            let start = here.start as usize + (inside.len() - inside.trim_start().len());
            let end = (start + inside.trim().len()).max(start);
            let text = self.inlines(cell);
            self.pipes.clear();
            cells.push(Cell { text, span: self.span(start..end) });
        }
        cells
    }

    /// GFM drops cells beyond the header's columns without a word; false if
    /// there are any.
    fn check_columns(&mut self, span: Span, columns: usize) -> bool {
        let line = self.text[span.range()].lines().next().unwrap_or_default().trim();
        let escaped = escaped_pipes(line, 0).len();
        let ends = usize::from(line.starts_with('|'))
            + usize::from(
                line.len() > 1 && line.ends_with('|') && !line.ends_with("\\|"),
            );
        let cells = (line.matches('|').count() + 1).saturating_sub(escaped + ends);
        if cells > columns {
            let message = format!("这一行有 {cells} 格，表头只有 {columns} 格");
            self.report(Diagnostic::new(&rule::TABLE_COLUMNS, span, message).hint(
                "删去多余的格子；单元格里的竖线（如 [[术语\\|说法]]）前面加反斜线",
            ));
        }
        cells <= columns
    }
}

/// Where each `\|` stands once those before it have lost their backslash:
/// comrak counts columns in a cell that way.
fn escaped_pipes(raw: &str, start: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] == b'\\' {
            if bytes[at + 1] == b'|' {
                found.push(start + at - found.len());
            }
            at += 1;
        }
        at += 1;
    }
    found
}

fn alignment(alignment: TableAlignment) -> Alignment {
    match alignment {
        TableAlignment::None => Alignment::Auto,
        TableAlignment::Left => Alignment::Left,
        TableAlignment::Center => Alignment::Center,
        TableAlignment::Right => Alignment::Right,
    }
}
