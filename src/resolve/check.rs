//! The normal form, checked: what tests hold a resolved book to.

use std::collections::BTreeSet;

use super::model::{Resolved, Section};
use super::walk::{Visitor, Zone, walk_chapter, walk_question};
use crate::book::{Anchor, Block, BlockKind, Inline, InlineKind, Question};

impl Resolved {
    /// Whether the book has the normal form that this stage promises; the
    /// first breach, if it has not.
    pub fn check(&self) -> Result<(), String> {
        let mut survey = survey(self);
        if let Some(breach) = survey.breaches.pop() {
            return Err(breach);
        }
        for (target, what) in &survey.targets {
            if !survey.anchors.contains(target) {
                return Err(format!("{what} leads to `{target}`, which is nowhere"));
            }
        }
        let mut depth = 0;
        for entry in &self.contents {
            if entry.depth > depth + 1 {
                return Err(format!("contents jump to depth {}", entry.depth));
            }
            depth = entry.depth.max(1);
        }
        Ok(())
    }
}

/// Every anchor of a book.
pub(super) fn anchors(book: &Resolved) -> BTreeSet<String> {
    survey(book).anchors
}

#[derive(Debug, Default)]
struct Survey {
    anchors: BTreeSet<String>,
    /// Anchors that something leads to, and what.
    targets: Vec<(String, &'static str)>,
    breaches: Vec<String>,
    level: u8,
}

fn survey(book: &Resolved) -> Survey {
    let mut survey = Survey::default();
    for section in &book.sections {
        survey.add(section.anchor());
        if let Section::Part { number, .. } = section
            && number.is_empty()
        {
            survey.breaches.push("a part has no number".to_owned());
        }
        if let Some(chapter) = section.chapter() {
            survey.level = 1;
            walk_chapter(&mut survey, &mut chapter.clone());
        }
    }
    let printed = |anchor: &str| book.sections.iter().any(|s| s.anchor() == anchor);
    if printed("glossary") {
        for entry in book.glossary.iter().flat_map(|group| &group.entries) {
            survey.add(entry.anchor.as_str());
            survey.inlines(&mut entry.definition.clone(), Zone::Fixed);
            for place in &entry.uses {
                survey.lead(&place.anchor, "a glossary entry");
            }
        }
    }
    if printed("references") {
        for reference in &book.references {
            survey.add(reference.anchor.as_str());
            for place in &reference.uses {
                survey.lead(&place.anchor, "a reference");
            }
            if reference.text.is_empty() {
                survey
                    .breaches
                    .push(format!("reference `{}` is empty", reference.key));
            }
        }
    }
    if printed("answers") {
        survey.answers(book);
    }
    for entry in book.index.iter().flat_map(|group| &group.entries) {
        for place in &entry.uses {
            survey.lead(&place.anchor, "the index");
        }
        if !entry.entry.is_empty() {
            survey.lead(&entry.entry, "the index");
        }
    }
    for entry in &book.contents {
        survey.lead(&entry.anchor, "the contents");
        survey.lead(&entry.section, "the contents");
    }
    for entry in book.figures.iter().chain(&book.tables) {
        survey.lead(&entry.anchor, "a list of figures or tables");
    }
    survey
}

impl Survey {
    fn add(&mut self, anchor: &str) {
        let mut chars = anchor.chars();
        let name = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && chars.all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !name {
            self.breaches.push(format!("`{anchor}` is not an anchor"));
        }
        if !self.anchors.insert(anchor.to_owned()) {
            self.breaches.push(format!("anchor `{anchor}` stands twice"));
        }
    }

    fn lead(&mut self, anchor: &Anchor, what: &'static str) {
        self.targets.push((anchor.as_str().to_owned(), what));
    }

    fn answers(&mut self, book: &Resolved) {
        for group in &book.answers {
            for question in &group.questions {
                self.add(question.answer_anchor.as_str());
                if group.chapter.is_empty() {
                    self.add(question.anchor.as_str());
                    walk_question(self, &mut question.clone());
                } else {
                    self.lead(&question.anchor, "an answer");
                }
            }
        }
    }
}

impl Visitor for Survey {
    fn block(&mut self, block: &mut Block) {
        match &block.kind {
            BlockKind::Heading(heading) => {
                self.add(heading.anchor.as_str());
                if heading.level > self.level + 1 {
                    let anchor = heading.anchor.as_str();
                    self.breaches.push(format!("heading `{anchor}` skips a level"));
                }
                self.level = heading.level;
            }
            BlockKind::Figure(figure) => {
                self.add(figure.anchor.as_str());
                if figure.number.is_empty() {
                    self.breaches.push("a figure has no number".to_owned());
                }
            }
            BlockKind::Table(table) if !table.caption.is_empty() => {
                self.add(table.anchor.as_str());
            }
            BlockKind::Equation(equation) => {
                if equation.label.is_some() {
                    self.add(equation.anchor.as_str());
                }
                if equation.alt.is_empty() {
                    self.breaches.push(format!("`{}` has no words", equation.tex));
                }
            }
            BlockKind::Quiz(questions) => {
                for question in questions {
                    self.add(question.anchor.as_str());
                }
            }
            _ => {}
        }
    }

    fn question(&mut self, question: &mut Question) {
        if question.number == 0 {
            self.breaches.push("a question has no number".to_owned());
        }
    }

    fn inline(&mut self, inline: &mut Inline, zone: Zone) {
        match &inline.kind {
            InlineKind::Text(text) if super::normal::nfc(text) != *text => {
                self.breaches.push(format!("“{text}” is not NFC"));
            }
            InlineKind::Reference(reference) => {
                self.lead(&reference.anchor, "a cross-reference");
            }
            InlineKind::Cite(cite) => {
                if zone == Zone::Question {
                    self.breaches.push("a question has a citation".to_owned());
                }
                self.add(cite.anchor.as_str());
                for item in &cite.items {
                    self.lead(&item.anchor, "a citation");
                }
            }
            InlineKind::Term(term) => {
                self.add(term.anchor.as_str());
                if !term.entry.is_empty() {
                    self.lead(&term.entry, "a term");
                }
            }
            InlineKind::Note(note) => {
                self.add(note.anchor.as_str());
                if note.number == 0 {
                    self.breaches.push("a note has no number".to_owned());
                }
            }
            InlineKind::NoteAgain { anchor, .. } => self.lead(anchor, "a note mark"),
            InlineKind::Math { tex, alt } if alt.is_empty() => {
                self.breaches.push(format!("`{tex}` has no words"));
            }
            _ => {}
        }
    }
}
