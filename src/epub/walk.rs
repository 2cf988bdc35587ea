//! Walking everything that stands in one edition, in reading order.

use std::collections::BTreeSet;

use crate::book::{Block, BlockKind, Generated, Inline, Inside, Question};
use crate::edition::Edition;
use crate::resolve::{Resolved, Section};

/// Something met on the way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Met<'a> {
    /// A block; its parts follow.
    Block(&'a Block),
    /// An inline; its parts follow.
    Inline(&'a Inline),
    /// A question; its texts follow.
    Question(&'a Question),
}

/// Tells `visit` everything that stands in `edition`, with its section.
///
/// An answer's explanation stands at the back of the book, or below its
/// question in a book without such a place.
pub(super) fn book<'a>(
    resolved: &'a Resolved,
    edition: &'a Edition,
    visit: &mut dyn FnMut(&'a Section, Met<'a>),
) {
    let at_back = resolved.sections.iter().any(|s| s.is(Generated::Answers));
    let mut asked = BTreeSet::new();
    for section in &resolved.sections {
        let mut told = |met: Met<'a>| {
            if let Met::Question(question) = met {
                asked.insert(question.anchor.as_str());
            }
            visit(section, met);
        };
        let mut walk = Walk { edition, at_back, visit: &mut told };
        walk.section(resolved, section);
        if !section.is(Generated::Answers) {
            continue;
        }
        for question in resolved.answers.iter().flat_map(|group| &group.questions) {
            if asked.contains(question.anchor.as_str()) {
                let mut told = |met: Met<'a>| visit(section, met);
                Walk { edition, at_back, visit: &mut told }
                    .inlines(&question.explanation);
            }
        }
    }
}

struct Walk<'a, 'v> {
    edition: &'a Edition,
    at_back: bool,
    visit: &'v mut dyn FnMut(Met<'a>),
}

impl<'a> Walk<'a, '_> {
    fn section(&mut self, resolved: &'a Resolved, section: &'a Section) {
        match section {
            Section::Text(chapter)
            | Section::Chapter(chapter)
            | Section::Appendix(chapter) => {
                self.inlines(&chapter.title);
                self.blocks(&chapter.blocks);
            }
            Section::Generated(Generated::Glossary) => {
                for entry in resolved.glossary.iter().flat_map(|group| &group.entries) {
                    self.inlines(&entry.definition);
                }
            }
            Section::Generated(Generated::Answers) => {
                for group in resolved.answers.iter().filter(|g| g.chapter.is_empty()) {
                    self.questions(&group.questions);
                }
            }
            Section::Generated(Generated::References) => {
                for entry in &resolved.references {
                    self.inlines(&entry.text);
                }
            }
            _ => {}
        }
    }

    fn questions(&mut self, questions: &'a [Question]) {
        for question in questions {
            (self.visit)(Met::Question(question));
            self.inlines(&question.text);
            for option in &question.options {
                self.inlines(&option.text);
            }
            if !self.at_back {
                self.inlines(&question.explanation);
            }
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Conditional(condition, inner) = &block.kind {
            if admits(self.edition, condition) {
                self.blocks(inner);
            }
            return;
        }
        (self.visit)(Met::Block(block));
        block.inside(&mut |part| self.part(part));
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            (self.visit)(Met::Inline(inline));
            inline.inside(&mut |part| self.part(part));
        }
    }

    fn part(&mut self, part: Inside<'a>) {
        match part {
            Inside::Inlines(inlines) => self.inlines(inlines),
            Inside::Blocks(blocks) => self.blocks(blocks),
            Inside::Question(question) => self.questions(std::slice::from_ref(question)),
        }
    }
}

/// Whether a conditional block stands in `edition`.
pub(super) fn admits(edition: &Edition, condition: &crate::book::Condition) -> bool {
    condition.admits(&edition.name, edition.audience.as_deref())
}
