//! Blocks as Typst calls.

use super::writer::{Last, Writer};
use crate::book::{
    Alignment, Block, BlockKind, Callout, CalloutKind, Cell, Equation, Heading, Inline,
    InlineKind, List, Question, QuestionKind, Table,
};
use crate::typeset::escape::{array, markup, string};
use crate::typeset::sheet::Flow;

/// Marks whose left half is white.
const OPENING: &[char] =
    &['“', '‘', '《', '〈', '（', '【', '「', '『', '〔', '〖', '［'];

/// How a paragraph after a formula starts when it only explains it.
const EXPLAINS: &[&str] = &["式中", "其中", "即"];

impl Writer<'_, '_> {
    /// Blocks whose paragraphs are indented.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            let previous = at.checked_sub(1).map(|at| &blocks[at]);
            self.block(block, previous, true);
        }
    }

    /// Blocks of a list item, a note or a cell: one paragraph is just text.
    pub(super) fn item_blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            let previous = at.checked_sub(1).map(|at| &blocks[at]);
            self.block(block, previous, false);
        }
        let end = self.sheet.text.trim_end_matches('\n').len();
        self.sheet.text.truncate(end);
    }

    fn block(&mut self, block: &Block, previous: Option<&Block>, indented: bool) {
        self.last = Last::Other;
        let start = self.sheet.len();
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Paragraph(text) => {
                if previous.is_some_and(|previous| self.continues(previous, block, text))
                {
                    self.sheet.push("#continued");
                    self.content(text);
                } else {
                    if indented && lead(text).is_some_and(|c| OPENING.contains(&c)) {
                        self.sheet.push("#tight-open;");
                    }
                    self.inlines(text);
                }
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Quote(inner) => {
                self.sheet.push("#quoted");
                self.bracketed(|writer| writer.blocks(inner));
            }
            BlockKind::Code { language, text } => {
                let text = string(text.trim_end_matches('\n'));
                let language = string(language);
                self.sheet.push(&format!("#code-block({text}, language: {language})"));
            }
            BlockKind::Figure(figure) => {
                self.in_flow(Flow::Float, |writer| writer.figure(figure));
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Equation(equation) => self.equation(equation, block),
            BlockKind::Callout(callout) if stands_beside(callout.kind) => {
                self.in_flow(Flow::Movable, |writer| writer.callout(callout));
            }
            BlockKind::Callout(callout) => self.callout(callout),
            BlockKind::Quiz(questions) => self.quiz(questions),
            BlockKind::Conditional(condition, inner) => {
                let edition = self.cx.edition;
                if condition.admits(&edition.name, edition.audience.as_deref()) {
                    if indented { self.blocks(inner) } else { self.item_blocks(inner) }
                }
            }
            BlockKind::Break => self.sheet.push("#break-mark()"),
        }
        let flow = match &block.kind {
            BlockKind::Figure(_) if self.flow == Flow::Running => Flow::Float,
            BlockKind::Table(_) if self.flow == Flow::Running => Flow::Movable,
            BlockKind::Callout(callout)
                if self.flow == Flow::Running && stands_beside(callout.kind) =>
            {
                Flow::Movable
            }
            _ => self.flow,
        };
        self.sheet.record(start, block.span, false, flow);
        self.sheet.push("\n\n");
    }

    /// Whether a paragraph goes on with the sentence of the formula before it.
    fn continues(&self, previous: &Block, block: &Block, text: &[Inline]) -> bool {
        if !matches!(previous.kind, BlockKind::Equation(_)) {
            return false;
        }
        if let Some(InlineKind::Text(first)) = text.first().map(|inline| &inline.kind)
            && EXPLAINS.iter().any(|word| first.starts_with(word))
        {
            return true;
        }
        let (end, start) = (previous.span.end, block.span.start);
        if previous.span.source != block.span.source || end > start {
            return false;
        }
        let mut between = block.span;
        (between.start, between.end) = (end.saturating_sub(1), start);
        let between = self.cx.source_text(between);
        !between.is_empty() && between.matches('\n').count() < 2
    }

    fn heading(&mut self, heading: &Heading) {
        let number = number(&heading.number);
        let anchor = string(heading.anchor.as_str());
        let level = heading.level;
        self.sheet.push(&format!(
            "#section(level: {level}, number: {number}, anchor: {anchor})"
        ));
        self.title(&heading.text);
        self.title_anchors(&heading.text);
    }

    fn list(&mut self, list: &List) {
        let is_tasks = list.items.iter().any(|item| item.checked.is_some());
        self.sheet.push(match (is_tasks, list.start) {
            (true, _) => "#tasks((",
            (false, Some(_)) => "#numbered((",
            (false, None) => "#bullets((",
        });
        for item in &list.items {
            if is_tasks {
                let checked = item.checked.unwrap_or(false);
                self.sheet.push(&format!("(checked: {checked}, body: "));
            }
            self.bracketed(|writer| writer.item_blocks(&item.blocks));
            self.sheet.push(if is_tasks { "), " } else { ", " });
        }
        let tight = list.tight;
        self.sheet.push(&match (is_tasks, list.start) {
            (true, _) => "))".to_owned(),
            (false, Some(start)) => format!("), start: {start}, tight: {tight})"),
            (false, None) => format!("), tight: {tight})"),
        });
    }

    fn table(&mut self, table: &Table) {
        let anchor = if table.anchor.is_empty() {
            "none".to_owned()
        } else {
            string(table.anchor.as_str())
        };
        let number = number(&table.number);
        self.sheet
            .push(&format!("#data-table({anchor}, number: {number}, caption: "));
        // Caption and header may be repeated on the next page; rows are not.
        self.in_flow(Flow::Float, |writer| {
            writer.content_or_none(&table.caption);
            writer.sheet.push(", credit: ");
            writer.content_or_none(&table.credit);
        });
        let columns = array(table.alignments.iter().map(|alignment| {
            string(match alignment {
                Alignment::Auto => "auto",
                Alignment::Left => "left",
                Alignment::Center => "center",
                Alignment::Right => "right",
            })
        }));
        self.sheet.push(&format!(", columns: {columns}, header: "));
        self.in_flow(Flow::Float, |writer| writer.cells(&table.header));
        self.sheet.push(", rows: (");
        self.in_flow(Flow::Movable, |writer| {
            for row in &table.rows {
                writer.cells(row);
                writer.sheet.push(", ");
            }
        });
        self.sheet.push(&format!("), row-headers: {})", table.row_headers));
    }

    fn cells(&mut self, row: &[Cell]) {
        self.sheet.push("(");
        for cell in row {
            let start = self.sheet.len();
            self.content(&cell.text);
            self.sheet.record(start, cell.span, false, self.flow);
            self.sheet.push(", ");
        }
        self.sheet.push(")");
    }

    fn equation(&mut self, equation: &Equation, block: &Block) {
        self.page_marks(block.span.source, block.span.start + 1);
        let Some(code) = self.formula(&equation.tex, block.span) else { return };
        let anchor = if equation.anchor.is_empty() {
            "none".to_owned()
        } else {
            string(equation.anchor.as_str())
        };
        let number = number(&equation.number);
        let alt = if equation.alt.is_empty() { &equation.tex } else { &equation.alt };
        let alt = string(alt);
        self.sheet.push(&format!(
            "#equation({anchor}, number: {number}, alt: {alt})[$ {code} $]"
        ));
    }

    /// Writes a callout.
    fn callout(&mut self, callout: &Callout) {
        self.sheet
            .push(&format!("#callout({}, title: ", string(callout.kind.slug())));
        self.content_or_none(&callout.title);
        self.sheet.push(")");
        self.bracketed(|writer| writer.blocks(&callout.blocks));
    }

    fn quiz(&mut self, questions: &[Question]) {
        self.sheet.push("#quiz((");
        for question in questions {
            self.question(question, false, true);
            self.sheet.push(", ");
        }
        self.sheet.push("))");
    }

    /// A question as a dictionary. Its text and its explanation may be copies
    /// of what stands elsewhere.
    pub(super) fn question(
        &mut self,
        question: &Question,
        text_is_copy: bool,
        explanation_is_copy: bool,
    ) {
        let kind = match question.kind {
            QuestionKind::Single => "single",
            QuestionKind::Multiple => "multiple",
            QuestionKind::TrueFalse => "true-false",
        };
        let start = self.sheet.len();
        self.sheet.push(&format!(
            "(anchor: {}, answer-anchor: {}, number: {}, kind: \"{kind}\", text: ",
            string(question.anchor.as_str()),
            string(question.answer_anchor.as_str()),
            question.number,
        ));
        self.copied_if(text_is_copy, |writer| writer.content(&question.text));
        if !text_is_copy {
            self.sheet.enter(start, question.anchor.0.clone(), start);
        }
        self.copied_if(text_is_copy, |writer| {
            writer.sheet.push(", options: (");
            for option in &question.options {
                writer.sheet.push("(text: ");
                writer.content(&option.text);
                writer.sheet.push(&format!(", correct: {}), ", option.correct));
            }
            writer.sheet.push("), explanation: ");
        });
        let explained = self.sheet.len();
        self.copied_if(explanation_is_copy, |writer| {
            writer.content(&question.explanation);
        });
        let answer = question.answer_anchor.0.clone();
        let marks = [("mark", question.anchor.as_str()), ("answer-mark", &answer)];
        for (field, entry) in marks {
            let mark = self.entry_mark(field, "answers", entry);
            self.sheet.push(&mark);
        }
        // Of an answer whose question stands elsewhere, the options may show.
        self.sheet
            .enter(if text_is_copy { start } else { explained }, answer, explained);
        self.sheet.push(")");
        self.sheet.record(start, question.span, false, self.flow);
    }

    fn copied_if(&mut self, copy: bool, write: impl FnOnce(&mut Self)) {
        if copy { self.echoed(write) } else { write(self) }
    }

    /// `[…]`, or `none` where there is nothing.
    pub(super) fn content_or_none(&mut self, inlines: &[Inline]) {
        if inlines.is_empty() {
            self.sheet.push("none");
        } else {
            self.content(inlines);
        }
    }
}

/// Whether a box only accompanies the text: the templates may set it at the
/// head or the foot of a page.
fn stands_beside(kind: CalloutKind) -> bool {
    matches!(
        kind,
        CalloutKind::KeyPoints
            | CalloutKind::Case
            | CalloutKind::Data
            | CalloutKind::Policy
            | CalloutKind::Tip
            | CalloutKind::Warning
            | CalloutKind::Activity
            | CalloutKind::Think
    )
}

/// A number as content, or `none`.
pub(super) fn number(number: &str) -> String {
    if number.is_empty() { "none".to_owned() } else { format!("[{}]", markup(number)) }
}

/// The first character that a line of inlines shows.
fn lead(inlines: &[Inline]) -> Option<char> {
    let first = inlines.first()?;
    match &first.kind {
        InlineKind::Text(text) => text.chars().next(),
        InlineKind::Emphasis(inner)
        | InlineKind::Strong(inner)
        | InlineKind::Link { text: inner, .. } => lead(inner),
        InlineKind::Term(term) => lead(&term.text),
        _ => None,
    }
}
