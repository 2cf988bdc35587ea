//! Which anchors an edition holds.
//!
//! Conditional blocks and pieces that an edition leaves out take their anchors
//! with them; a link to one of those would stop the layout, so links ask here
//! before they are written.

use std::collections::BTreeSet;

use crate::book::{
    Anchor, Block, BlockKind, Chapter, Figure, Inline, InlineKind, Question,
};
use crate::edition::Edition;
use crate::resolve::{Resolved, Section};

/// The anchors that stand in an edition.
pub(super) fn standing(book: &Resolved, edition: &Edition) -> BTreeSet<String> {
    let mut found = Standing { edition, anchors: BTreeSet::new() };
    for section in &book.sections {
        found.anchors.insert(section.anchor().to_owned());
        found.section(book, section);
    }
    found.anchors.remove("");
    found.anchors
}

struct Standing<'a> {
    edition: &'a Edition,
    anchors: BTreeSet<String>,
}

impl Standing<'_> {
    fn add(&mut self, anchor: &Anchor) {
        self.anchors.insert(anchor.0.clone());
    }

    fn section(&mut self, book: &Resolved, section: &Section) {
        match section {
            Section::Text(chapter)
            | Section::Chapter(chapter)
            | Section::Appendix(chapter) => self.chapter(chapter),
            Section::Glossary => {
                for entry in book.glossary.iter().flat_map(|group| &group.entries) {
                    self.add(&entry.anchor);
                    self.inlines(&entry.definition);
                }
            }
            Section::Answers => {
                for group in &book.answers {
                    for question in &group.questions {
                        self.question(question, group.chapter.is_empty());
                        self.inlines(&question.explanation);
                        self.add(&question.answer_anchor);
                    }
                }
            }
            Section::References => {
                for reference in &book.references {
                    self.add(&reference.anchor);
                    self.inlines(&reference.text);
                }
            }
            _ => {}
        }
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.inlines(&chapter.title);
        self.blocks(&chapter.blocks);
    }

    fn question(&mut self, question: &Question, printed_here: bool) {
        if printed_here {
            self.add(&question.anchor);
            self.inlines(&question.text);
            for option in &question.options {
                self.inlines(&option.text);
            }
        }
    }

    fn figure(&mut self, figure: &Figure) {
        self.add(&figure.anchor);
        self.inlines(&figure.caption);
        self.inlines(&figure.credit);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => {
                    self.add(&heading.anchor);
                    self.inlines(&heading.text);
                }
                BlockKind::Paragraph(text) => self.inlines(text),
                BlockKind::List(list) => {
                    for item in &list.items {
                        self.blocks(&item.blocks);
                    }
                }
                BlockKind::Quote(inner) => self.blocks(inner),
                BlockKind::Figure(figure) => self.figure(figure),
                BlockKind::Table(table) => {
                    self.add(&table.anchor);
                    self.inlines(&table.caption);
                    self.inlines(&table.credit);
                    for cell in table.rows.iter().chain([&table.header]).flatten() {
                        self.inlines(&cell.text);
                    }
                }
                BlockKind::Equation(equation) => self.add(&equation.anchor),
                BlockKind::Callout(callout) => {
                    self.inlines(&callout.title);
                    self.blocks(&callout.blocks);
                }
                BlockKind::Quiz(questions) => {
                    for question in questions {
                        self.question(question, true);
                    }
                }
                BlockKind::Conditional(condition, inner) => {
                    let audience = self.edition.audience.as_deref();
                    if condition.admits(&self.edition.name, audience) {
                        self.blocks(inner);
                    }
                }
                BlockKind::Code { .. } | BlockKind::Break => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Subscript(inner)
                | InlineKind::Superscript(inner)
                | InlineKind::Link { text: inner, .. } => self.inlines(inner),
                InlineKind::Cite(cite) => self.add(&cite.anchor),
                InlineKind::Term(term) => {
                    self.add(&term.anchor);
                    self.inlines(&term.text);
                }
                InlineKind::Note(note) => {
                    self.add(&note.anchor);
                    self.blocks(&note.blocks);
                }
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::Reference(_)
                | InlineKind::NoteAgain { .. }
                | InlineKind::Math { .. }
                | InlineKind::Ruby { .. }
                | InlineKind::LineBreak => {}
            }
        }
    }
}
