//! The first pass: numbers, anchors, labels; text becomes NFC and formulas get
//! their spoken form.
//!
//! Figures, tables and formulas count by chapter (图 1-1) or appendix (图 A-1).
//! In texts without a number (a preface, an afterword, an unnumbered chapter)
//! they count on through the book by themselves: 图 1, 图 2. Only figures
//! always have a number; tables need a caption, formulas a label. Sections
//! count to the third level (1.1, 1.1.1); below it, and under an unnumbered
//! heading, they have no number.

use std::collections::BTreeMap;

use super::anchor::{Anchors, stem};
use super::formula;
use super::model::Section;
use super::normal::nfc;
use super::numeral::{chinese, letters};
use super::reference::Targets;
use super::walk::{Visitor, Zone, walk_chapter, walk_inlines};
use crate::book::{
    Anchor, Block, BlockKind, Chapter, Heading, Inline, InlineKind, Label, Question,
    TargetKind, plain_text,
};

/// A note's number and anchor.
pub(super) type NotePlace = (usize, Anchor);

/// The pass and all that it learns.
#[derive(Debug, Default)]
pub(super) struct Numberer {
    /// What labels point at.
    pub(super) targets: Targets,
    /// Notes by the chapter's anchor and their Markdown name.
    pub(super) notes: BTreeMap<(Anchor, String), NotePlace>,
    anchors: Anchors,
    parts: usize,
    chapters: usize,
    appendices: usize,
    texts: usize,
    questions: usize,
    /// Figures, tables, formulas in texts without a number.
    loose: Counters,
    /// The counters of the chapter being walked.
    place: Place,
}

#[derive(Debug, Default, Clone, Copy)]
struct Counters {
    figures: usize,
    tables: usize,
    equations: usize,
}

/// Where the walk is.
#[derive(Debug, Default)]
struct Place {
    /// `3`, `A`; empty in texts without a number.
    prefix: String,
    anchor: Anchor,
    counters: Counters,
    /// Running numbers of sections at levels 2 and 3.
    sections: [usize; 2],
    /// Whether the section around level 3 has a number.
    parent_numbered: bool,
    /// The level of the last heading, for nesting without gaps.
    level: u8,
    /// All headings, for anchors.
    headings: usize,
    notes: usize,
}

impl Numberer {
    /// Numbers a section of the book.
    pub(super) fn section(&mut self, section: &mut Section) {
        match section {
            Section::Part { number, title, summary, anchor } => {
                self.parts += 1;
                *number = format!("第{}部分", chinese(self.parts));
                *anchor = self.anchors.unique(&format!("part-{}", self.parts));
                *title = nfc(title);
                *summary = nfc(summary);
            }
            Section::Chapter(chapter) if chapter.numbered => {
                self.chapters += 1;
                let number = format!("第{}章", chinese(self.chapters));
                let prefix = self.chapters.to_string();
                let name = format!("ch-{}", self.chapters);
                self.chapter(chapter, number, prefix, &name, TargetKind::Chapter);
            }
            Section::Text(chapter) | Section::Chapter(chapter) => self.text(chapter),
            Section::Appendix(chapter) => {
                self.appendices += 1;
                let letter = letters(self.appendices);
                let number = format!("附录 {letter}");
                let name = format!("app-{}", letter.to_ascii_lowercase());
                self.chapter(chapter, number, letter, &name, TargetKind::Appendix);
            }
            Section::Generated(_) => {}
        }
    }

    /// Prepares for text that stands in a generated piece.
    pub(super) fn enter_piece(&mut self, anchor: &str) {
        self.place = Place {
            anchor: Anchor(anchor.to_owned()),
            ..Place::default()
        };
    }

    fn text(&mut self, chapter: &mut Chapter) {
        self.texts += 1;
        let stem = chapter.label.as_ref().and_then(stem);
        let name = stem.unwrap_or_else(|| self.texts.to_string());
        let kind = TargetKind::Section;
        self.chapter(
            chapter,
            String::new(),
            String::new(),
            &format!("text-{name}"),
            kind,
        );
    }

    fn chapter(
        &mut self,
        chapter: &mut Chapter,
        number: String,
        prefix: String,
        anchor: &str,
        kind: TargetKind,
    ) {
        let anchor = self.anchors.unique(anchor);
        self.place = Place {
            prefix,
            anchor: anchor.clone(),
            parent_numbered: true,
            level: 1,
            ..Place::default()
        };
        let text =
            if number.is_empty() { quoted(&chapter.title) } else { number.clone() };
        if let Some(label) = &chapter.label {
            self.targets.add(label, kind, text, &anchor);
        }
        chapter.number = number;
        chapter.anchor = anchor;
        walk_chapter(self, chapter);
    }

    /// Counts a figure, table or formula on: `1-3`, `A-1`, or `3` in texts
    /// without a number.
    fn count(&mut self, pick: fn(&mut Counters) -> &mut usize) -> String {
        let place = &mut self.place;
        let loose = place.prefix.is_empty();
        let counter = pick(if loose { &mut self.loose } else { &mut place.counters });
        *counter += 1;
        if loose { counter.to_string() } else { format!("{}-{counter}", place.prefix) }
    }

    /// The anchor of a numbered thing, and its label's target.
    fn target(
        &mut self,
        label: Option<&Label>,
        kind: TargetKind,
        number: &str,
    ) -> Anchor {
        let (prefix, text) = match kind {
            TargetKind::Figure => ("fig", format!("图 {number}")),
            TargetKind::Table => ("tbl", format!("表 {number}")),
            _ => ("eq", format!("式({number})")),
        };
        let fallback = format!("{prefix}-{}", number.to_ascii_lowercase());
        let anchor = self.anchors.place(label, &fallback);
        if let Some(label) = label {
            self.targets.add(label, kind, text, &anchor);
        }
        anchor
    }

    fn heading(&mut self, heading: &mut Heading) {
        let place = &mut self.place;
        // Nesting without gaps: a level is at most one below the last.
        heading.level = heading.level.clamp(2, place.level.max(1) + 1);
        place.level = heading.level;
        place.headings += 1;
        let numbered = heading.numbered && !place.prefix.is_empty();
        heading.number = match heading.level {
            2 => {
                place.parent_numbered = numbered;
                if numbered {
                    place.sections = [place.sections[0] + 1, 0];
                    format!("{}.{}", place.prefix, place.sections[0])
                } else {
                    String::new()
                }
            }
            3 if numbered && place.parent_numbered => {
                place.sections[1] += 1;
                let [section, sub] = place.sections;
                format!("{}.{section}.{sub}", place.prefix)
            }
            _ => String::new(),
        };
        let fallback = format!("sec-{}-{}", place.anchor.as_str(), place.headings);
        heading.anchor = self.anchors.place(heading.label.as_ref(), &fallback);
        if let Some(label) = &heading.label {
            let text = if heading.number.is_empty() {
                quoted(&heading.text)
            } else {
                format!("第 {} 节", heading.number)
            };
            self.targets.add(label, TargetKind::Section, text, &heading.anchor);
        }
    }
}

/// What a reference to something without a number says.
fn quoted(title: &[Inline]) -> String {
    format!("“{}”", nfc(&plain_text(title)))
}

impl Visitor for Numberer {
    fn block(&mut self, block: &mut Block) {
        match &mut block.kind {
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Figure(figure) => {
                figure.number = self.count(|counters| &mut counters.figures);
                figure.anchor = self.target(
                    figure.label.as_ref(),
                    TargetKind::Figure,
                    &figure.number,
                );
                self.targets.add_figure(figure, block.span);
            }
            BlockKind::Table(table) if !table.caption.is_empty() => {
                table.number = self.count(|counters| &mut counters.tables);
                table.anchor =
                    self.target(table.label.as_ref(), TargetKind::Table, &table.number);
            }
            BlockKind::Equation(equation) => {
                if equation.label.is_some() {
                    equation.number = self.count(|counters| &mut counters.equations);
                    equation.anchor = self.target(
                        equation.label.as_ref(),
                        TargetKind::Equation,
                        &equation.number,
                    );
                }
                if equation.alt.trim().is_empty() {
                    equation.alt = formula::spoken(&equation.tex);
                }
            }
            _ => {}
        }
    }

    fn question(&mut self, question: &mut Question) {
        self.questions += 1;
        question.number = self.questions;
        question.anchor = self.anchors.unique(&format!("q-{}", self.questions));
        question.answer_anchor = self.anchors.unique(&format!("a-{}", self.questions));
    }

    fn inline(&mut self, inline: &mut Inline, _zone: Zone) {
        match &mut inline.kind {
            InlineKind::Text(text) => *text = nfc(text),
            InlineKind::Ruby { base, text } => {
                *base = nfc(base);
                *text = nfc(text);
            }
            InlineKind::Math { tex, alt } if alt.trim().is_empty() => {
                *alt = formula::spoken(tex);
            }
            InlineKind::Note(note) => {
                let place = &mut self.place;
                place.notes += 1;
                note.number = place.notes;
                let name = format!("note-{}-{}", place.anchor.as_str(), place.notes);
                note.anchor = self.anchors.unique(&name);
                let key = (place.anchor.clone(), note.name.clone());
                self.notes.insert(key, (note.number, note.anchor.clone()));
            }
            _ => {}
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>, zone: Zone) {
        walk_inlines(self, inlines, zone);
    }
}
