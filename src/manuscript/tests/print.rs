//! The model as an indented tree: each node with the text that its span holds.

use std::fmt::Write;

use crate::book::{
    Block, BlockKind, Chapter, FigureContent, Inline, InlineKind, Label, List, Question,
    Row, Table,
};
use crate::diag::{Sink, Span};

/// Prints a chapter and what was reported about it.
pub(super) struct Printer<'t> {
    text: &'t str,
    out: String,
    depth: usize,
}

impl<'t> Printer<'t> {
    pub(super) fn print(text: &'t str, chapter: &Chapter, sink: &Sink) -> String {
        let mut printer = Printer { text, out: String::new(), depth: 0 };
        let mut facts = label(chapter.label.as_ref());
        if !chapter.numbered {
            facts.push_str(" unnumbered");
        }
        printer.line(&format!("chapter{facts}"), Some(chapter.span));
        printer.nest(|p| p.inlines(&chapter.title));
        if chapter.header != crate::book::Header::default() {
            printer.line(&format!("header {:?}", chapter.header), None);
        }
        printer.blocks(&chapter.blocks);
        for found in sink.sorted() {
            let mut line = format!("! {}: {}", found.rule.code, found.message);
            for hint in &found.hints {
                let _ = write!(line, " / {hint}");
            }
            printer.line(&line, found.span);
            for (span, label) in &found.related {
                printer.nest(|p| p.line(label, Some(*span)));
            }
        }
        printer.out
    }

    fn line(&mut self, what: &str, span: Option<Span>) {
        let place = span.map(|span| {
            let written = self.text.get(span.range()).unwrap_or("?");
            format!(" ⟦{}⟧", written.replace('\n', "⏎").replace('\r', "␍"))
        });
        let _ = writeln!(
            self.out,
            "{}{what}{}",
            "  ".repeat(self.depth),
            place.unwrap_or_default()
        );
    }

    fn nest(&mut self, print: impl FnOnce(&mut Self)) {
        self.depth += 1;
        print(self);
        self.depth -= 1;
    }

    fn named(&mut self, what: &str, inlines: &[Inline]) {
        if !inlines.is_empty() {
            self.line(what, None);
            self.nest(|p| p.inlines(inlines));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let span = Some(block.span);
        match &block.kind {
            BlockKind::Heading(heading) => {
                let number = if heading.numbered { "" } else { " unnumbered" };
                let facts = label(heading.label.as_ref());
                self.line(&format!("heading {}{facts}{number}", heading.level), span);
                self.nest(|p| p.inlines(&heading.text));
            }
            BlockKind::Paragraph(inlines) => {
                self.line("paragraph", span);
                self.nest(|p| p.inlines(inlines));
            }
            BlockKind::List(list) => self.list(list, block.span),
            BlockKind::Quote(blocks) => {
                self.line("quote", span);
                self.nest(|p| p.blocks(blocks));
            }
            BlockKind::Code { language, text } => {
                self.line(&format!("code {language:?} {text:?}"), span);
            }
            BlockKind::Figure(figure) => {
                let facts = label(figure.label.as_ref());
                let content = match &figure.content {
                    FigureContent::Image { path, .. } => format!("image {path}"),
                    FigureContent::Chart(chart) => format!("chart {}", chart.path),
                    FigureContent::Media { path, url, .. } => {
                        format!("media {path} {url:?}")
                    }
                };
                self.line(
                    &format!(
                        "figure{facts} {content} width={:?} alt={:?} licence={:?} desc={:?}",
                        figure.width,
                        figure.alt.as_ref().map(|alt| &alt.value),
                        figure.licence,
                        figure.description,
                    ),
                    span,
                );
                self.nest(|p| {
                    p.inlines(&figure.caption);
                    p.named("credit", &figure.credit);
                });
            }
            BlockKind::Table(table) => self.table(table, block.span),
            BlockKind::Equation(equation) => {
                let facts = label(equation.label.as_ref());
                let what =
                    format!("equation{facts} {:?} alt={:?}", equation.tex, equation.alt);
                self.line(&what, span);
            }
            BlockKind::Callout(callout) => {
                self.line(&format!("callout {}", callout.kind.slug()), span);
                self.nest(|p| {
                    p.named("title", &callout.title);
                    p.blocks(&callout.blocks);
                });
            }
            BlockKind::Quiz(questions) => {
                self.line("quiz", span);
                self.nest(|p| questions.iter().for_each(|question| p.question(question)));
            }
            BlockKind::Conditional(condition, blocks) => {
                self.line(&format!("only {condition:?}"), span);
                self.nest(|p| p.blocks(blocks));
            }
            BlockKind::Break => self.line("break", span),
        }
    }

    fn list(&mut self, list: &List, span: Span) {
        let what = format!("list start={:?} tight={}", list.start, list.tight);
        self.line(&what, Some(span));
        self.nest(|p| {
            for item in &list.items {
                p.line(&format!("item {:?}", item.checked), None);
                p.nest(|p| p.blocks(&item.blocks));
            }
        });
    }

    fn table(&mut self, table: &Table, span: Span) {
        let facts = label(table.label.as_ref());
        let what = format!(
            "table{facts} {:?} row_headers={}",
            table.alignments, table.row_headers
        );
        self.line(&what, Some(span));
        self.nest(|p| {
            p.named("caption", &table.caption);
            p.named("credit", &table.credit);
            p.row("header", &table.header);
            for row in &table.rows {
                p.row("row", row);
            }
        });
    }

    fn row(&mut self, what: &str, row: &Row) {
        self.line(what, None);
        self.nest(|p| {
            for cell in row {
                p.line("cell", Some(cell.span));
                p.nest(|p| p.inlines(&cell.text));
            }
        });
    }

    pub(super) fn question(&mut self, question: &Question) {
        self.line(&format!("question {:?}", question.kind), Some(question.span));
        self.nest(|p| {
            p.inlines(&question.text);
            for option in &question.options {
                p.named(if option.correct { "right" } else { "wrong" }, &option.text);
            }
            p.named("explanation", &question.explanation);
        });
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let span = Some(inline.span);
        let (what, inner): (String, &[Inline]) = match &inline.kind {
            InlineKind::Text(text) => (format!("{text:?}"), &[]),
            InlineKind::Emphasis(inner) => ("emphasis".into(), inner),
            InlineKind::Strong(inner) => ("strong".into(), inner),
            InlineKind::Subscript(inner) => ("subscript".into(), inner),
            InlineKind::Superscript(inner) => ("superscript".into(), inner),
            InlineKind::Code(text) => (format!("code {text:?}"), &[]),
            InlineKind::Link { url, text } => (format!("link {url}"), text),
            InlineKind::Reference(reference) => {
                (format!("reference {}", reference.label.name), &[])
            }
            InlineKind::Cite(cite) => {
                let items =
                    cite.items.iter().map(|i| format!(" {}({})", i.key, i.locator));
                (format!("cite{}", items.collect::<String>()), &[])
            }
            InlineKind::Term(term) => (format!("term {:?}", term.term), &term.text),
            InlineKind::Note(note) => {
                self.line(&format!("note {}", note.name), span);
                self.nest(|p| p.blocks(&note.blocks));
                return;
            }
            InlineKind::NoteAgain { name, .. } => (format!("note again {name}"), &[]),
            InlineKind::Math { tex, .. } => (format!("math {tex:?}"), &[]),
            InlineKind::Ruby { base, text } => (format!("ruby {base:?} {text:?}"), &[]),
            InlineKind::LineBreak => ("line break".into(), &[]),
        };
        self.line(&what, span);
        self.nest(|p| p.inlines(inner));
    }
}

fn label(label: Option<&Label>) -> String {
    label.map(|label| format!(" #{}", label.name)).unwrap_or_default()
}
