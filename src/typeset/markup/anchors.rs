//! Which anchors an edition holds.
//!
//! Conditional blocks and pieces that an edition leaves out take their anchors
//! with them; a link to one of those would stop the layout, so links ask here
//! before they are written.

use std::collections::BTreeSet;

use crate::book::{
    Anchor, Block, BlockKind, Chapter, Generated, Inline, InlineKind, Inside, Question,
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
            Section::Generated(Generated::Glossary) => {
                for entry in book.glossary.iter().flat_map(|group| &group.entries) {
                    self.add(&entry.anchor);
                    self.inlines(&entry.definition);
                }
            }
            Section::Generated(Generated::Answers) => {
                for group in &book.answers {
                    for question in &group.questions {
                        self.question(question, group.chapter.is_empty());
                        self.inlines(&question.explanation);
                        self.add(&question.answer_anchor);
                    }
                }
            }
            Section::Generated(Generated::References) => {
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

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => self.add(&heading.anchor),
                BlockKind::Figure(figure) => self.add(&figure.anchor),
                BlockKind::Table(table) => self.add(&table.anchor),
                BlockKind::Equation(equation) => self.add(&equation.anchor),
                BlockKind::Conditional(condition, _) => {
                    let audience = self.edition.audience.as_deref();
                    if !condition.admits(&self.edition.name, audience) {
                        continue;
                    }
                }
                _ => {}
            }
            block.inside(&mut |part| self.part(part));
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Cite(cite) => self.add(&cite.anchor),
                InlineKind::Term(term) => self.add(&term.anchor),
                InlineKind::Note(note) => self.add(&note.anchor),
                _ => {}
            }
            inline.inside(&mut |part| self.part(part));
        }
    }

    fn part(&mut self, part: Inside<'_>) {
        match part {
            Inside::Inlines(inlines) => self.inlines(inlines),
            Inside::Blocks(blocks) => self.blocks(blocks),
            Inside::Question(question) => self.question(question, true),
        }
    }
}
