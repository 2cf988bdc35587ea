//! What a copy editor would mark for readers who do not see the page.
//!
//! [`accessibility`] walks the resolved text once; the rules are [`alternative`] (words
//! for pictures and sounds), [`structure`] (tables, headings and lists that only
//! look like ones), [`wording`] (phrases that point with the eye) and [`same`]
//! (what cannot be told apart by ear). All are
//! warnings: the editions are made, and would pass outside validators, which
//! cannot judge any of this.

pub(crate) mod alternative;
mod same;
mod structure;
mod wording;

pub(crate) use wording::VAGUE;

use crate::book::{Block, Inline, Inside};
use crate::diag::Sink;
use crate::resolve::Resolved;

/// Marks what reads badly without the page before one's eyes.
pub fn accessibility(book: &Resolved, sink: &mut Sink) {
    let mut heard = same::Heard::default();
    for chapter in book.sections.iter().filter_map(|section| section.chapter()) {
        blocks(&chapter.blocks, sink);
        heard.chapter(chapter, sink);
    }
    for entry in book.glossary.iter().flat_map(|group| &group.entries) {
        inlines(&entry.definition, sink);
    }
}

fn blocks(all: &[Block], sink: &mut Sink) {
    structure::typed_lists(all, sink);
    for block in all {
        alternative::check(block, sink);
        structure::check(block, sink);
        block.inside(&mut |part| inside(part, sink));
    }
}

fn inlines(all: &[Inline], sink: &mut Sink) {
    for inline in all {
        wording::check(inline, sink);
        inline.inside(&mut |part| inside(part, sink));
    }
}

fn inside(part: Inside<'_>, sink: &mut Sink) {
    match part {
        Inside::Inlines(all) => inlines(all, sink),
        Inside::Blocks(all) => blocks(all, sink),
        Inside::Question(question) => {
            inlines(&question.text, sink);
            for option in &question.options {
                inlines(&option.text, sink);
            }
            inlines(&question.explanation, sink);
        }
    }
}
