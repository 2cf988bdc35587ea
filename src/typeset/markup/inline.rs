//! Inlines as Typst calls.

use super::align;
use super::writer::{Last, Writer};
use super::{is_han, quotes};
use crate::book::{self, Cite, Inline, InlineKind, Note, Reference, TermUse};
use crate::diag::Span;
use crate::typeset::escape::{self, markup, string};
use crate::typeset::formula;
use crate::typeset::sheet::Flow;

/// Keeps `；` and `：` from starting a line after a formula.
const WORD_JOINER: &str = "\u{2060}";

impl Writer<'_, '_> {
    /// Writes inlines.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    /// Writes a content block: `[…]` with the inlines inside.
    pub(super) fn content(&mut self, inlines: &[Inline]) {
        self.bracketed(|writer| writer.inlines(inlines));
    }

    fn inline(&mut self, inline: &Inline) {
        let span = inline.span;
        self.page_marks(span.source, span.start + 1);
        match &inline.kind {
            InlineKind::Text(text) => self.text(text, span),
            InlineKind::Emphasis(inner) => self.wrapped("emphasis", inner),
            InlineKind::Strong(inner) => self.wrapped("strongly", inner),
            InlineKind::Subscript(inner) => self.script("lower", inner),
            InlineKind::Superscript(inner) => self.script("upper", inner),
            InlineKind::Code(text) => {
                self.called(span, &format!("#mono({})", string(text)));
                self.last = text.chars().last().map_or(Last::Other, Last::Char);
            }
            InlineKind::Link { url, text } => {
                self.sheet.push(&format!("#web({})[", string(url)));
                self.inlines(text);
                self.sheet.push("]");
            }
            InlineKind::Reference(reference) => self.reference(reference, span),
            InlineKind::Cite(cite) => self.cite(cite, span),
            InlineKind::Term(term) => self.term(term),
            InlineKind::Note(note) => self.note(note, span),
            InlineKind::NoteAgain { anchor, .. } => {
                if !self.echo && self.stands(anchor) {
                    let name = string(anchor.as_str());
                    self.called(span, &format!("#footnote-again({name})"));
                    self.last = Last::Other;
                }
            }
            InlineKind::Math { tex, alt } => self.math(tex, alt, span),
            InlineKind::Ruby { base, text } => {
                self.gap_before(base.chars().next());
                let code = format!("#ruby[{}]({})", markup(base), string(text));
                self.called(span, &code);
                self.last = base.chars().last().map_or(Last::Other, Last::Char);
            }
            InlineKind::LineBreak => {
                self.called(span, "#line-break()");
                self.last = Last::Other;
            }
        }
    }

    /// Writes a call that comes from `span` as a whole.
    fn called(&mut self, span: Span, code: &str) {
        let start = self.sheet.len();
        self.sheet.push(code);
        self.sheet.record(start, span, false, self.flow);
    }

    fn wrapped(&mut self, call: &str, inner: &[Inline]) {
        self.sheet.push(&format!("#{call}["));
        self.inlines(inner);
        self.sheet.push("]");
    }

    fn script(&mut self, call: &str, inner: &[Inline]) {
        self.last = Last::Other;
        self.wrapped(call, inner);
        if let Last::Char(c) = self.last {
            self.last = Last::Script(c);
        }
    }

    /// Running text: escaped, with the marks that its neighbours ask for.
    fn text(&mut self, text: &str, span: Span) {
        self.gap_before(text.chars().next());
        let before = self.last.char();
        let source = self.cx.source_text(span).to_owned();
        let mut at = 0;
        for cut in self.cuts(text, span, &source, before) {
            self.stretch(text, at..cut.at, span, &source);
            match cut.what {
                Insert::Quote(mark) => {
                    let start = self.sheet.len();
                    self.sheet.push(&format!("#latin-quote[{mark}]"));
                    let there = align::in_source(text, cut.at, &source);
                    let place = span.within(there..there + mark.len_utf8());
                    self.sheet.record(start, place, false, self.flow);
                    at = cut.at + mark.len_utf8();
                }
                Insert::PageMark(folio) => {
                    self.sheet.push(&format!("#page-mark({})", string(&folio)));
                    at = cut.at;
                }
            }
        }
        self.stretch(text, at..text.len(), span, &source);
        if let Some(c) = text.chars().last() {
            self.last = Last::Char(c);
        }
    }

    /// Where a text is interrupted, in order.
    fn cuts(
        &mut self,
        text: &str,
        span: Span,
        source: &str,
        before: Option<char>,
    ) -> Vec<Cut> {
        let mut cuts: Vec<Cut> = quotes::latin(text, before)
            .into_iter()
            .filter_map(|at| {
                let mark = text[at..].chars().next()?;
                Some(Cut { at, what: Insert::Quote(mark) })
            })
            .collect();
        if self.marks_on() {
            while let Some((offset, folio)) =
                self.marks.take_before(span.source, span.end)
            {
                let there = offset.saturating_sub(span.start) as usize;
                let at = align::in_text(text, there, source);
                cuts.push(Cut { at, what: Insert::PageMark(folio) });
            }
        }
        cuts.sort_by_key(|cut| (cut.at, matches!(cut.what, Insert::Quote(_))));
        cuts
    }

    /// A piece of a text, with its own place in the manuscript.
    fn stretch(
        &mut self,
        text: &str,
        range: std::ops::Range<usize>,
        span: Span,
        source: &str,
    ) {
        let chinese = self.cx.book.metadata.language.starts_with("zh");
        let (mut at, range_end) = (range.start, range.end);
        for run in book::runs(&text[range]).into_iter().filter(|_| chinese) {
            let end = at + run.text.len();
            if run.english {
                self.sheet.push("#english[");
                self.run(text, at..end, span, source);
                self.sheet.push("]");
            } else {
                self.run(text, at..end, span, source);
            }
            at = end;
        }
        self.run(text, at..range_end, span, source);
    }

    /// A piece of a text in one language.
    fn run(
        &mut self,
        text: &str,
        range: std::ops::Range<usize>,
        span: Span,
        source: &str,
    ) {
        if range.is_empty() {
            return;
        }
        let start = self.sheet.len();
        self.sheet.push(&markup(&text[range.clone()]));
        let whole = range == (0..text.len()) || source.is_empty();
        let place = if whole {
            span
        } else {
            let from = align::in_source(text, range.start, source);
            let to = align::in_source(text, range.end, source);
            span.within(from..to.max(from))
        };
        self.sheet.record(start, place, true, self.flow);
    }

    /// What stands between a formula or a script and what follows it.
    fn gap_before(&mut self, next: Option<char>) {
        let Some(next) = next else { return };
        match self.last {
            Last::Math if matches!(next, '；' | '：') => self.sheet.push(WORD_JOINER),
            Last::Math if is_han(next) => self.sheet.push("#cjk-gap;"),
            Last::Script(script) if is_han(next) && !is_han(script) => {
                self.sheet.push("#cjk-gap;");
            }
            _ => {}
        }
    }

    fn reference(&mut self, reference: &Reference, span: Span) {
        self.gap_before(reference.text.chars().next());
        let text = markup(&reference.text);
        if self.echo || !self.stands(&reference.anchor) {
            self.called(span, &text);
        } else {
            let target = string(reference.anchor.as_str());
            self.called(span, &format!("#xref({target})[{text}]"));
        }
        self.last = reference.text.chars().last().map_or(Last::Other, Last::Char);
    }

    fn cite(&mut self, cite: &Cite, span: Span) {
        if self.echo {
            return;
        }
        let works = cite.items.iter().map(|item| &item.anchor);
        let works = works.filter(|anchor| self.stands(anchor));
        let works = escape::array(works.map(|anchor| string(anchor.as_str())));
        let name = string(cite.anchor.as_str());
        let text = markup(&cite.text);
        self.called(span, &format!("#cite-mark({name}, {works})[{text}]"));
        self.last = Last::Other;
    }

    fn term(&mut self, term: &TermUse) {
        if self.echo || term.anchor.is_empty() {
            self.inlines(&term.text);
            return;
        }
        let entry = if term.first && self.stands(&term.entry) {
            string(term.entry.as_str())
        } else {
            "none".to_owned()
        };
        let place = string(term.anchor.as_str());
        self.sheet
            .push(&format!("#term({place}, {entry}, first: {})[", term.first));
        self.inlines(&term.text);
        self.sheet.push("]");
    }

    fn note(&mut self, note: &Note, span: Span) {
        if self.echo {
            return;
        }
        let start = self.sheet.len();
        self.sheet
            .push(&format!("#footnote-mark({})", string(note.anchor.as_str())));
        self.in_flow(Flow::Note, |writer| {
            writer.bracketed(|writer| writer.item_blocks(&note.blocks));
        });
        self.sheet.record(start, span, false, self.flow);
        self.last = Last::Other;
    }

    fn math(&mut self, tex: &str, alt: &str, span: Span) {
        if let Some(c) = self.last.char()
            && is_han(c)
        {
            self.sheet.push("#cjk-gap;");
        }
        let Some(code) = self.formula(tex, span) else { return };
        let alt = string(if alt.is_empty() { tex } else { alt });
        self.called(span, &format!("#math-inline(alt: {alt})[${code}$]"));
        self.last = Last::Math;
    }

    /// A formula's Typst source; a problem is reported at its place.
    pub(super) fn formula(&mut self, tex: &str, span: Span) -> Option<String> {
        formula::read(tex, span, self.cx.sources, self.sink)
    }
}

/// An interruption of a text.
struct Cut {
    /// Byte index in the text.
    at: usize,
    what: Insert,
}

enum Insert {
    /// A curly mark from the Latin face, in place of the character.
    Quote(char),
    /// A page of the standard edition begins.
    PageMark(String),
}
