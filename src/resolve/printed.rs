//! Every text that an edition sets, with its place: for the check that its
//! fonts have all characters.

use super::{Resolved, Section};
use crate::book::{
    Block, BlockKind, Chapter, Chart, Figure, FigureContent, Inline, InlineKind,
    Question, Table,
};
use crate::diag::Span;

impl Resolved {
    /// The texts that stand in an edition made for an audience, in no special
    /// order. Formulas are left out: their letters are the mathematics' own.
    pub fn texts(&self, edition: &str, audience: Option<&str>) -> Vec<(&str, Span)> {
        let mut walk = Walk { edition, audience, found: Vec::new() };
        for section in &self.sections {
            if let Section::Text(chapter)
            | Section::Chapter(chapter)
            | Section::Appendix(chapter) = section
            {
                walk.chapter(chapter);
            }
        }
        for entry in self.glossary.iter().flat_map(|group| &group.entries) {
            let span = entry.term.span;
            let words = [entry.term.value.as_str(), &entry.pinyin, &entry.english];
            walk.found.extend(words.map(|word| (word, span)));
            walk.inlines(&entry.definition);
        }
        for question in self.answers.iter().flat_map(|group| &group.questions) {
            walk.question(question);
        }
        for entry in &self.references {
            walk.inlines(&entry.text);
        }
        walk.found
    }
}

/// The walk, and what it found.
struct Walk<'a, 'e> {
    edition: &'e str,
    audience: Option<&'e str>,
    found: Vec<(&'a str, Span)>,
}

impl<'a> Walk<'a, '_> {
    fn chapter(&mut self, chapter: &'a Chapter) {
        self.inlines(&chapter.title);
        let header = &chapter.header;
        let lines = header
            .short_title
            .iter()
            .chain(&header.question)
            .chain(&header.authors);
        self.found.extend(lines.map(|line| (line.as_str(), chapter.span)));
        self.blocks(&chapter.blocks);
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Heading(heading) => self.inlines(&heading.text),
            BlockKind::Paragraph(inlines) => self.inlines(inlines),
            BlockKind::List(list) => {
                for item in &list.items {
                    self.blocks(&item.blocks);
                }
            }
            BlockKind::Quote(inner) => self.blocks(inner),
            BlockKind::Code { text, .. } => self.found.push((text, block.span)),
            BlockKind::Figure(figure) => self.figure(figure, block.span),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Callout(callout) => {
                self.inlines(&callout.title);
                self.blocks(&callout.blocks);
            }
            BlockKind::Quiz(questions) => {
                for question in questions {
                    self.question(question);
                }
            }
            BlockKind::Conditional(condition, inner) => {
                if condition.admits(self.edition, self.audience) {
                    self.blocks(inner);
                }
            }
            BlockKind::Equation(_) | BlockKind::Break => {}
        }
    }

    fn figure(&mut self, figure: &'a Figure, span: Span) {
        self.inlines(&figure.caption);
        self.inlines(&figure.credit);
        self.found
            .extend(figure.licence.iter().map(|licence| (licence.as_str(), span)));
        if let FigureContent::Chart(chart) = &figure.content {
            self.chart(chart);
        }
    }

    fn chart(&mut self, chart: &'a Chart) {
        let names = chart.series.iter().map(|series| &series.name);
        let texts = [&chart.title, &chart.unit, &chart.x.name];
        let texts = texts.into_iter().chain(names).chain(&chart.x.cells);
        self.found.extend(texts.map(|text| (text.as_str(), chart.span)));
    }

    fn table(&mut self, table: &'a Table) {
        self.inlines(&table.caption);
        self.inlines(&table.credit);
        for cell in table.header.iter().chain(table.rows.iter().flatten()) {
            self.inlines(&cell.text);
        }
    }

    fn question(&mut self, question: &'a Question) {
        self.inlines(&question.text);
        self.inlines(&question.explanation);
        for option in &question.options {
            self.inlines(&option.text);
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => {
                    self.found.push((text, inline.span));
                }
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Subscript(inner)
                | InlineKind::Superscript(inner)
                | InlineKind::Link { text: inner, .. } => self.inlines(inner),
                InlineKind::Term(term) => self.inlines(&term.text),
                InlineKind::Note(note) => self.blocks(&note.blocks),
                InlineKind::Ruby { base, text } => {
                    self.found
                        .extend([(base.as_str(), inline.span), (text, inline.span)]);
                }
                InlineKind::Reference(_)
                | InlineKind::Cite(_)
                | InlineKind::NoteAgain { .. }
                | InlineKind::Math { .. }
                | InlineKind::LineBreak => {}
            }
        }
    }
}
