//! What lies inside a block or an inline: the one place that knows, so that
//! every walk over the model sees the same parts in the same order.

use super::{Block, BlockKind, Inline, InlineKind, Question};

/// A part of a block or an inline.
#[derive(Debug, Clone, Copy)]
pub enum Inside<'a> {
    /// Running text.
    Inlines(&'a [Inline]),
    /// Blocks below each other.
    Blocks(&'a [Block]),
    /// A question of a quiz.
    Question(&'a Question),
}

impl Block {
    /// Calls `visit` for every part of the block, in reading order. Whether a
    /// conditional block stands at all is the caller's to decide first.
    pub fn inside<'a>(&'a self, visit: &mut dyn FnMut(Inside<'a>)) {
        match &self.kind {
            BlockKind::Heading(heading) => visit(Inside::Inlines(&heading.text)),
            BlockKind::Paragraph(text) => visit(Inside::Inlines(text)),
            BlockKind::List(list) => {
                for item in &list.items {
                    visit(Inside::Blocks(&item.blocks));
                }
            }
            BlockKind::Quote(inner) | BlockKind::Conditional(_, inner) => {
                visit(Inside::Blocks(inner));
            }
            BlockKind::Figure(figure) => {
                visit(Inside::Inlines(&figure.caption));
                visit(Inside::Inlines(&figure.credit));
            }
            BlockKind::Table(table) => {
                visit(Inside::Inlines(&table.caption));
                for cell in std::iter::once(&table.header).chain(&table.rows).flatten() {
                    visit(Inside::Inlines(&cell.text));
                }
                visit(Inside::Inlines(&table.credit));
            }
            BlockKind::Callout(callout) => {
                visit(Inside::Inlines(&callout.title));
                visit(Inside::Blocks(&callout.blocks));
            }
            BlockKind::Quiz(questions) => {
                for question in questions {
                    visit(Inside::Question(question));
                }
            }
            BlockKind::Code { .. } | BlockKind::Equation(_) | BlockKind::Break => {}
        }
    }
}

impl Inline {
    /// Calls `visit` for every part of the inline.
    pub fn inside<'a>(&'a self, visit: &mut dyn FnMut(Inside<'a>)) {
        match &self.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Subscript(inner)
            | InlineKind::Superscript(inner)
            | InlineKind::Link { text: inner, .. } => visit(Inside::Inlines(inner)),
            InlineKind::Term(term) => visit(Inside::Inlines(&term.text)),
            InlineKind::Note(note) => visit(Inside::Blocks(&note.blocks)),
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
