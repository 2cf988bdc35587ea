//! Every formula of a book, and all of them as `MathML` in one compilation.

use std::collections::BTreeMap;

use super::formula;
use super::mathml;
use super::sheet::{Flow, Sheet};
use crate::book::{Block, BlockKind, Inline, InlineKind, Inside, Question};
use crate::diag::{Sink, Sources, Span};
use crate::resolve::Resolved;
use typst_html::HtmlElement;

/// A formula's source and whether it is displayed.
type Key = (String, bool);

/// The formulas of a book with their spoken forms.
#[derive(Debug, Default)]
pub(super) struct Formulas {
    /// By source: the spoken form, and the first place.
    found: BTreeMap<Key, (String, Span)>,
}

impl Formulas {
    /// Collects the formulas of a book.
    pub(super) fn of(book: &Resolved) -> Self {
        let mut formulas = Self::default();
        for chapter in book.sections.iter().filter_map(|section| section.chapter()) {
            formulas.inlines(&chapter.title);
            formulas.blocks(&chapter.blocks);
        }
        for entry in book.glossary.iter().flat_map(|group| &group.entries) {
            formulas.inlines(&entry.definition);
        }
        for reference in &book.references {
            formulas.inlines(&reference.text);
        }
        for question in book.answers.iter().flat_map(|group| &group.questions) {
            formulas.question(question);
        }
        formulas
    }

    fn add(&mut self, tex: &str, display: bool, alt: &str, span: Span) {
        let alt = if alt.is_empty() { tex } else { alt };
        self.found
            .entry((tex.to_owned(), display))
            .or_insert_with(|| (alt.to_owned(), span));
    }

    fn question(&mut self, question: &Question) {
        self.inlines(&question.text);
        for option in &question.options {
            self.inlines(&option.text);
        }
        self.inlines(&question.explanation);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let BlockKind::Equation(equation) = &block.kind {
                self.add(&equation.tex, true, &equation.alt, block.span);
            }
            block.inside(&mut |part| self.part(part));
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            if let InlineKind::Math { tex, alt } = &inline.kind {
                self.add(tex, false, alt, inline.span);
            }
            inline.inside(&mut |part| self.part(part));
        }
    }

    fn part(&mut self, part: Inside<'_>) {
        match part {
            Inside::Inlines(inlines) => self.inlines(inlines),
            Inside::Blocks(blocks) => self.blocks(blocks),
            Inside::Question(question) => self.question(question),
        }
    }

    /// The source of a page that holds all formulas, in order; one that cannot
    /// be read is reported and left out.
    pub(super) fn source(&mut self, sources: &Sources, sink: &mut Sink) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.push("#import \"/templates/math.typ\": *\n");
        self.found.retain(|(tex, display), (_, span)| {
            let Some(code) = formula::read(tex, *span, sources, sink) else {
                return false;
            };
            let space = if *display { " " } else { "" };
            let start = sheet.len();
            sheet.push(&format!("\n#[${space}{code}{space}$]\n\n"));
            sheet.record(start, *span, false, Flow::Running);
            true
        });
        sheet
    }

    /// Each formula by itself.
    pub(super) fn singles(self) -> impl Iterator<Item = Self> {
        self.found
            .into_iter()
            .map(|(key, value)| Self { found: BTreeMap::from([(key, value)]) })
    }

    /// The formulas of a translated [`source`](Self::source).
    pub(super) fn read(&self, root: &HtmlElement) -> BTreeMap<Key, String> {
        let math = mathml::formulas(root);
        self.found
            .iter()
            .zip(math)
            .map(|((key, (alt, _)), math)| (key.clone(), mathml::xml(math, key.1, alt)))
            .collect()
    }
}
