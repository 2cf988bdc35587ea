//! Every text that an edition sets, with its place: for the check that its
//! fonts have all characters.

use super::{Resolved, Section};
use crate::book::{
    Block, BlockKind, Chapter, Chart, Figure, FigureContent, Inline, InlineKind, Inside,
    Question,
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
            match &block.kind {
                BlockKind::Code { text, .. } => self.found.push((text, block.span)),
                BlockKind::Figure(figure) => self.figure(figure, block.span),
                BlockKind::Conditional(condition, _)
                    if !condition.admits(self.edition, self.audience) =>
                {
                    continue;
                }
                _ => {}
            }
            block.inside(&mut |part| self.part(part));
        }
    }

    fn part(&mut self, part: Inside<'a>) {
        match part {
            Inside::Inlines(inlines) => self.inlines(inlines),
            Inside::Blocks(blocks) => self.blocks(blocks),
            Inside::Question(question) => self.question(question),
        }
    }

    fn figure(&mut self, figure: &'a Figure, span: Span) {
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
                InlineKind::Ruby { base, text } => {
                    self.found
                        .extend([(base.as_str(), inline.span), (text, inline.span)]);
                }
                _ => {}
            }
            inline.inside(&mut |part| self.part(part));
        }
    }
}
