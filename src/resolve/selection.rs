//! One edition's view of the book: conditional blocks decided, and no link to
//! what the edition leaves out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::check::anchors;
use super::model::{Resolved, Section};
use super::walk::{Visitor, Zone, walk_chapter};
use crate::book::{
    Anchor, Block, BlockKind, Chapter, Inline, InlineKind, TermPlace, visit_blocks,
};
use crate::diag::rule::resolve as rule;
use crate::diag::{Diagnostic, Sink, Span};

impl Resolved {
    /// The book as an edition for an audience has it: conditional blocks are
    /// replaced by their text or taken out, and contents, lists, index and links
    /// back name only places that are there. References to places that are not
    /// keep their text and lose their link.
    ///
    /// Numbers stay as they are, so that every edition has the same.
    pub fn for_edition(&self, edition: &str, audience: Option<&str>) -> Cow<'_, Self> {
        if !self.has_conditions() {
            return Cow::Borrowed(self);
        }
        let mut book = self.clone();
        for chapter in book.sections.iter_mut().filter_map(chapter_mut) {
            decide(&mut chapter.blocks, edition, audience);
        }
        let present = anchors(&book);
        book.keep(&present);
        Cow::Owned(book)
    }

    /// Reports references to places that an edition leaves out, each once with
    /// all the editions (a name and an audience each) where it leads nowhere.
    pub fn review_editions<'e>(
        &self,
        editions: impl IntoIterator<Item = (&'e str, Option<&'e str>)>,
        sink: &mut Sink,
    ) {
        if !self.has_conditions() {
            return;
        }
        let whole = anchors(self);
        let mut dangling = Dangling::default();
        for (edition, audience) in editions {
            let mut book = self.clone();
            for chapter in book.sections.iter_mut().filter_map(chapter_mut) {
                decide(&mut chapter.blocks, edition, audience);
            }
            let present = anchors(&book);
            dangling.gone = whole.difference(&present).cloned().collect();
            edition.clone_into(&mut dangling.edition);
            for chapter in book.sections.iter_mut().filter_map(chapter_mut) {
                walk_chapter(&mut dangling, chapter);
            }
        }
        for (span, (target, editions)) in dangling.found {
            let message = format!("版本 {} 里没有{target}", editions.join("、"));
            let hint = "把这处引用也放进同样条件的 :::仅 块，或换一种不点名的说法";
            sink.report(
                Diagnostic::new(&rule::TARGET_LEFT_OUT, span, message).hint(hint),
            );
        }
    }

    fn has_conditions(&self) -> bool {
        self.sections
            .iter()
            .filter_map(Section::chapter)
            .any(|chapter| has_conditions(&chapter.blocks))
    }

    /// Drops every pointer to an anchor that is not there.
    fn keep(&mut self, present: &BTreeSet<String>) {
        let there = |anchor: &Anchor| present.contains(anchor.as_str());
        let used = |place: &TermPlace| there(&place.anchor);
        self.contents.retain(|entry| there(&entry.anchor));
        self.figures.retain(|entry| there(&entry.anchor));
        self.tables.retain(|entry| there(&entry.anchor));
        for group in &mut self.answers {
            // The book-wide quiz is printed with its answers.
            if !group.chapter.is_empty() {
                group.questions.retain(|question| there(&question.anchor));
            }
        }
        self.answers.retain(|group| !group.questions.is_empty());
        for reference in &mut self.references {
            reference.uses.retain(used);
        }
        for entry in self.glossary.iter_mut().flat_map(|group| &mut group.entries) {
            entry.uses.retain(used);
        }
        for group in &mut self.index {
            for entry in &mut group.entries {
                entry.uses.retain(used);
            }
            group.entries.retain(|entry| !entry.uses.is_empty());
        }
        self.index.retain(|group| !group.entries.is_empty());
        let mut unlink = Unlink { present };
        for chapter in self.sections.iter_mut().filter_map(chapter_mut) {
            walk_chapter(&mut unlink, chapter);
        }
        for entry in self.glossary.iter_mut().flat_map(|group| &mut group.entries) {
            unlink.inlines(&mut entry.definition, Zone::Fixed);
        }
    }
}

fn chapter_mut(section: &mut Section) -> Option<&mut Chapter> {
    match section {
        Section::Text(chapter)
        | Section::Chapter(chapter)
        | Section::Appendix(chapter) => Some(chapter),
        _ => None,
    }
}

fn has_conditions(blocks: &[Block]) -> bool {
    let mut found = false;
    visit_blocks(blocks, &mut |block| {
        found |= matches!(block.kind, BlockKind::Conditional(..));
    });
    found
}

/// Replaces conditional blocks by what the edition has of them.
fn decide(blocks: &mut Vec<Block>, edition: &str, audience: Option<&str>) {
    let mut out = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        match &mut block.kind {
            BlockKind::Conditional(condition, inner) => {
                if condition.admits(edition, audience) {
                    decide(inner, edition, audience);
                    out.append(inner);
                }
                continue;
            }
            BlockKind::List(list) => {
                for item in &mut list.items {
                    decide(&mut item.blocks, edition, audience);
                }
            }
            BlockKind::Quote(inner) => decide(inner, edition, audience),
            BlockKind::Callout(callout) => {
                decide(&mut callout.blocks, edition, audience);
            }
            _ => {}
        }
        out.push(block);
    }
    *blocks = out;
}

/// Gathers references to what an edition leaves out.
#[derive(Default)]
struct Dangling {
    edition: String,
    /// Anchors that the edition does not have.
    gone: BTreeSet<String>,
    /// By place: what is pointed at, and the editions without it.
    found: BTreeMap<Span, (String, Vec<String>)>,
}

impl Visitor for Dangling {
    fn inline(&mut self, inline: &mut Inline, _zone: Zone) {
        let InlineKind::Reference(reference) = &inline.kind else { return };
        if self.gone.contains(reference.anchor.as_str()) {
            let target = format!("{}（@{}）", reference.text, reference.label.name);
            let found = self.found.entry(inline.span).or_insert((target, Vec::new()));
            found.1.push(self.edition.clone());
        }
    }
}

/// Takes the targets off references that lead nowhere.
struct Unlink<'a> {
    present: &'a BTreeSet<String>,
}

impl Visitor for Unlink<'_> {
    fn inline(&mut self, inline: &mut Inline, _zone: Zone) {
        let gone = |anchor: &Anchor| !self.present.contains(anchor.as_str());
        match &mut inline.kind {
            InlineKind::Reference(reference) if gone(&reference.anchor) => {
                inline.kind = InlineKind::Text(std::mem::take(&mut reference.text));
            }
            InlineKind::NoteAgain { number, anchor, .. } if gone(anchor) => {
                let text = Inline {
                    kind: InlineKind::Text(number.to_string()),
                    span: inline.span,
                };
                inline.kind = InlineKind::Superscript(vec![text]);
            }
            _ => {}
        }
    }
}
