//! Running text as sentences, each with the marks that stand in it.
//!
//! A sentence ends with 。！ or ？ and takes along the closing marks and the
//! note marks that follow. What is no running text (formulas, code, the text of
//! a cross-reference, sub- and superscripts) is left out: the 2 of CO₂ and the
//! 2-3 of 图2-3 are no numbers that anybody claims.

use crate::book::{Anchor, Inline, InlineKind, Inside, Note, plain_text};
use crate::diag::Span;

/// A sentence.
#[derive(Debug, Default)]
pub(super) struct Sentence<'a> {
    /// Its text.
    pub(super) text: Vec<char>,
    /// Where each character was written.
    pub(super) places: Vec<Span>,
    /// Keys of the works cited in it.
    pub(super) keys: Vec<&'a str>,
    /// Numbers of works cited where nothing may be pointed at: a question's citations are
    /// print by now.
    pub(super) printed: Vec<usize>,
    /// The notes marked in it.
    pub(super) notes: Vec<&'a Note>,
    /// The figures, tables and sections it refers to.
    pub(super) references: Vec<&'a Anchor>,
}

/// The sentences of a paragraph, a cell or a caption.
pub(super) fn sentences(inlines: &[Inline]) -> Vec<Sentence<'_>> {
    let mut reader = Reader {
        done: Vec::new(),
        open: Sentence::default(),
        ended: false,
    };
    reader.inlines(inlines);
    reader.close();
    reader.done
}

/// The sentences under construction.
struct Reader<'a> {
    done: Vec<Sentence<'a>>,
    open: Sentence<'a>,
    /// The open sentence has its final mark; closing marks may follow.
    ended: bool,
}

impl<'a> Reader<'a> {
    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.text(text, inline.span),
                InlineKind::Ruby { base, .. } => self.text(base, inline.span),
                InlineKind::Cite(cite) => {
                    self.open
                        .keys
                        .extend(cite.items.iter().map(|item| item.key.as_str()));
                }
                InlineKind::Note(note) => self.open.notes.push(note),
                InlineKind::Reference(reference) => {
                    self.open.references.push(&reference.anchor);
                    self.text("　", inline.span);
                }
                InlineKind::Code(_)
                | InlineKind::Math { .. }
                | InlineKind::NoteAgain { .. }
                | InlineKind::LineBreak => self.text("　", inline.span),
                // A formula's index says nothing by itself; a space would part CO₂.
                InlineKind::Subscript(_) => {}
                InlineKind::Superscript(inner) => {
                    self.open.printed.extend(printed(&plain_text(inner)));
                }
                InlineKind::Emphasis(_)
                | InlineKind::Strong(_)
                | InlineKind::Link { .. }
                | InlineKind::Term(_) => inline.inside(&mut |part| {
                    if let Inside::Inlines(inner) = part {
                        self.inlines(inner);
                    }
                }),
            }
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        let whole = span.range().len() == text.len();
        for (at, c) in text.char_indices() {
            if self.ended && !matches!(c, '”' | '’' | '）' | '」' | '》') {
                self.close();
            }
            let place = if whole { span.within(at..at + c.len_utf8()) } else { span };
            self.open.text.push(c);
            self.open.places.push(place);
            self.ended = self.ended || matches!(c, '。' | '！' | '？');
        }
    }

    fn close(&mut self) {
        self.ended = false;
        // A cell may hold nothing but a citation.
        if !self.open.text.is_empty() || !self.open.keys.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }
}

/// The numbers of a printed citation: `[3, 5-7]`.
fn printed(mark: &str) -> Vec<usize> {
    let Some(inside) = mark.strip_prefix('[').and_then(|m| m.strip_suffix(']')) else {
        return Vec::new();
    };
    let mut numbers = Vec::new();
    for part in inside.split(',') {
        let mut ends =
            part.split(['-', '–']).filter_map(|n| n.trim().parse::<usize>().ok());
        if let Some(first) = ends.next() {
            let last = ends.next().unwrap_or(first).min(first + 100);
            numbers.extend(first..=last.max(first));
        }
    }
    numbers
}

/// The text of a note, and the keys of the works it cites.
pub(super) fn note(note: &Note) -> (String, Vec<&str>) {
    let (mut text, mut keys) = (String::new(), Vec::new());
    for block in &note.blocks {
        block.inside(&mut |part| {
            if let Inside::Inlines(inlines) = part {
                text.push_str(&plain_text(inlines));
                keys.extend(cited(inlines));
            }
        });
    }
    (text, keys)
}

/// The keys of all works cited in some text.
pub(super) fn cited(inlines: &[Inline]) -> Vec<&str> {
    sentences(inlines)
        .into_iter()
        .flat_map(|sentence| sentence.keys)
        .collect()
}
