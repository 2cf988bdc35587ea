//! The walk that every pass of this stage shares: blocks and inlines in
//! reading order, each told in which zone it stands.

use crate::book::{Block, BlockKind, Chapter, Inline, InlineKind, Question, Row, Table};

/// What kind of text an inline stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Running text: terms link by themselves.
    Running,
    /// Headings, captions, links, terms, notes: terms do not link by themselves.
    Fixed,
    /// Text that not every edition has: terms there do not link by themselves,
    /// and are no first use for the text around them.
    Conditional,
    /// Questions: printed twice, so nothing in them may be pointed at.
    Question,
}

/// A pass over the book. Every method is called before the children of its
/// node are walked.
pub(super) trait Visitor {
    /// A block.
    fn block(&mut self, _block: &mut Block) {}
    /// A question.
    fn question(&mut self, _question: &mut Question) {}
    /// An inline.
    fn inline(&mut self, _inline: &mut Inline, _zone: Zone) {}
    /// A line of inlines; passes that splice override it and walk on.
    fn inlines(&mut self, inlines: &mut Vec<Inline>, zone: Zone)
    where
        Self: Sized,
    {
        walk_inlines(self, inlines, zone);
    }
}

/// Walks a chapter: its title, then its text.
pub(super) fn walk_chapter<V: Visitor>(visitor: &mut V, chapter: &mut Chapter) {
    visitor.inlines(&mut chapter.title, Zone::Fixed);
    walk_blocks(visitor, &mut chapter.blocks, Zone::Running);
}

/// Walks blocks in order.
pub(super) fn walk_blocks<V: Visitor>(visitor: &mut V, blocks: &mut [Block], zone: Zone) {
    for block in blocks {
        visitor.block(block);
        match &mut block.kind {
            BlockKind::Heading(heading) => {
                visitor.inlines(&mut heading.text, Zone::Fixed);
            }
            BlockKind::Paragraph(inlines) => visitor.inlines(inlines, zone),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    walk_blocks(visitor, &mut item.blocks, zone);
                }
            }
            BlockKind::Quote(inner) => walk_blocks(visitor, inner, zone),
            BlockKind::Figure(figure) => {
                visitor.inlines(&mut figure.caption, Zone::Fixed);
                visitor.inlines(&mut figure.credit, Zone::Fixed);
            }
            BlockKind::Table(table) => walk_table(visitor, table, zone),
            BlockKind::Callout(callout) => {
                visitor.inlines(&mut callout.title, Zone::Fixed);
                walk_blocks(visitor, &mut callout.blocks, zone);
            }
            BlockKind::Quiz(questions) => {
                for question in questions {
                    walk_question(visitor, question);
                }
            }
            BlockKind::Conditional(_, inner) => {
                walk_blocks(visitor, inner, Zone::Conditional);
            }
            BlockKind::Code { .. } | BlockKind::Equation(_) | BlockKind::Break => {}
        }
    }
}

/// The header row is set again where a table breaks, so its terms stay plain.
fn walk_table<V: Visitor>(visitor: &mut V, table: &mut Table, zone: Zone) {
    visitor.inlines(&mut table.caption, Zone::Fixed);
    walk_row(visitor, &mut table.header, Zone::Fixed);
    for row in &mut table.rows {
        walk_row(visitor, row, zone);
    }
    visitor.inlines(&mut table.credit, Zone::Fixed);
}

fn walk_row<V: Visitor>(visitor: &mut V, row: &mut Row, zone: Zone) {
    for cell in row {
        visitor.inlines(&mut cell.text, zone);
    }
}

/// Walks a question: its text, its options, its explanation.
pub(super) fn walk_question<V: Visitor>(visitor: &mut V, question: &mut Question) {
    visitor.question(question);
    visitor.inlines(&mut question.text, Zone::Question);
    for option in &mut question.options {
        visitor.inlines(&mut option.text, Zone::Question);
    }
    visitor.inlines(&mut question.explanation, Zone::Question);
}

/// Walks a line of inlines and what stands inside them.
pub(super) fn walk_inlines<V: Visitor>(
    visitor: &mut V,
    inlines: &mut [Inline],
    zone: Zone,
) {
    let inner_zone = if zone == Zone::Running { Zone::Fixed } else { zone };
    for inline in inlines {
        visitor.inline(inline, zone);
        match &mut inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Subscript(inner)
            | InlineKind::Superscript(inner) => visitor.inlines(inner, zone),
            InlineKind::Link { text, .. } => visitor.inlines(text, inner_zone),
            InlineKind::Term(term) => visitor.inlines(&mut term.text, inner_zone),
            InlineKind::Note(note) => walk_blocks(visitor, &mut note.blocks, inner_zone),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Reference(_)
            | InlineKind::Cite(_)
            | InlineKind::NoteAgain { .. }
            | InlineKind::Math { .. }
            | InlineKind::Ruby { .. }
            | InlineKind::LineBreak => {}
        }
    }
}
