//! What reading one text needs: the text, its lines, comrak's options, and the
//! way from comrak's lines and columns to bytes.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use comrak::nodes::{LineColumn, Node, NodeValue, Sourcepos};
use comrak::{Arena, Options};

use super::chart::Sidecar;
use super::label::Labels;
use super::lines::{Lines, Mark};
use super::note::Notes;
use crate::book::{Chart, Inline};
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, rule::manuscript as rule};

/// Quotes in lists in quotes …: deeper nesting is refused.
const DEEPEST: usize = 24;

/// The most problems of one text that are worth telling.
const MOST_REPORTS: usize = 500;

/// A character that no author types: it stands before a fragment so that the
/// fragment is a paragraph, whatever it starts with.
pub(super) const GUARD: char = '\u{2060}';

/// The project's files, as far as figures need them.
pub(super) trait Shelf {
    /// The path `link` as seen from the file `from`.
    fn path(
        &self,
        from: SourceId,
        link: &Spanned<String>,
        sink: &mut Sink,
    ) -> Option<String>;
    /// Whether there is such a file.
    fn has(&self, path: &str) -> bool;
    /// A chart's file.
    fn chart(&self, path: &str, span: Span, sink: &mut Sink) -> Option<Chart>;
    /// What a figure's file says about the figure.
    fn sidecar(&self, path: &str, span: Span, sink: &mut Sink) -> Option<Sidecar>;
    /// The text of a file that was read.
    fn text(&self, source: SourceId) -> Arc<str>;
}

/// What all texts of a book share.
pub(super) struct World<'s> {
    /// The project's files.
    pub(super) shelf: &'s dyn Shelf,
    /// The names of the editions, for conditional blocks.
    pub(super) editions: Vec<String>,
    /// Every identifier given so far.
    pub(super) labels: Labels,
    /// Whether a chapter's file could not be read.
    pub(super) lost_chapters: bool,
    /// What is wrong.
    pub(super) sink: Sink,
}

impl<'s> World<'s> {
    /// An empty book's.
    pub(super) fn new(shelf: &'s dyn Shelf, editions: Vec<String>) -> Self {
        Self {
            shelf,
            editions,
            labels: Labels::default(),
            lost_chapters: false,
            sink: Sink::new(),
        }
    }

    /// Reads a piece of Markdown without blocks: a value in a TOML file or in
    /// an attribute, a callout's title.
    pub(super) fn fragment(&mut self, value: &Spanned<String>) -> Vec<Inline> {
        let text = self.shelf.text(value.span.source);
        self.fragment_of(&text, value)
    }

    /// The same, for a text at hand.
    pub(super) fn fragment_of(
        &mut self,
        text: &str,
        value: &Spanned<String>,
    ) -> Vec<Inline> {
        let written = value.span.range();
        let raw = text.get(written.clone()).unwrap_or_default();
        // The value as it stands in the file; with escapes it does not, and
        // then every place in it is the whole value's.
        let found = raw.find(value.value.as_str()).map(|at| written.start + at);
        let base = found.filter(|base| *base >= GUARD.len_utf8());
        let flat: String = value
            .value
            .chars()
            .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c })
            .collect();
        let lines = Lines {
            text: format!("{GUARD}{flat}\n"),
            starts: vec![base.unwrap_or(GUARD.len_utf8()) - GUARD.len_utf8()],
            ..Lines::default()
        };
        let arena = Arena::new();
        let root = comrak::parse_document(&arena, &lines.text, &options());
        let mut reader = Reader::new(value.span.source, text, &lines, self);
        match base {
            Some(base) => reader.base = base,
            None => reader.fixed = Some(written),
        }
        reader.fragment(root)
    }
}

/// Reads one text.
pub(super) struct Reader<'a, 'w, 's> {
    /// The file.
    pub(super) source: SourceId,
    /// Its text.
    pub(super) text: &'w str,
    /// Its lines, as comrak sees them.
    pub(super) lines: &'w Lines,
    /// What all texts share.
    pub(super) world: &'w mut World<'s>,
    /// The footnotes' texts.
    pub(super) notes: Notes<'a>,
    /// In a table cell: where `\|` stood, in comrak's count.
    pub(super) pipes: Vec<usize>,
    /// The place of everything, where the text was not written as it reads.
    pub(super) fixed: Option<Range<usize>>,
    /// The chapter's title, once found.
    pub(super) title: Option<super::chapter::Title>,
    /// The level of the last heading.
    pub(super) level: u8,
    /// How many blocks that may not hold headings are open.
    pub(super) enclosed: usize,
    /// Where the text starts: a fragment's guard stands before it.
    base: usize,
    depth: usize,
    reports: usize,
}

impl<'a, 'w, 's> Reader<'a, 'w, 's> {
    /// A reader of `text`.
    pub(super) fn new(
        source: SourceId,
        text: &'w str,
        lines: &'w Lines,
        world: &'w mut World<'s>,
    ) -> Self {
        Self {
            source,
            text,
            lines,
            world,
            notes: Notes::default(),
            pipes: Vec::new(),
            fixed: None,
            title: None,
            level: 1,
            enclosed: 0,
            base: 0,
            depth: 0,
            reports: 0,
        }
    }

    /// Records what is wrong; after hundreds of problems in one text, no more.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.reports < MOST_REPORTS {
            self.reports += 1;
            self.world.sink.report(diagnostic);
        }
    }

    /// Goes one level deeper, unless the text is nested beyond reason.
    pub(super) fn nested<T: Default>(
        &mut self,
        node: Node<'a>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if self.depth >= DEEPEST {
            let here = self.span_of(node);
            let message = "嵌套得太深";
            self.report(
                Diagnostic::new(&rule::NESTING_TOO_DEEP, here, message)
                    .hint(format!("改写成少于 {DEEPEST} 层的引用、列表和强调")),
            );
            return T::default();
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// A node's bytes.
    pub(super) fn range(&self, position: Sourcepos) -> Range<usize> {
        if let Some(fixed) = &self.fixed {
            return fixed.clone();
        }
        let start = self.offset(position.start, 0);
        // comrak's end is the last byte, not the one after it; a column of
        // zero ends on the line before.
        let end = self.offset(position.end, 1);
        start..end.max(start)
    }

    /// A node's place.
    pub(super) fn span_of(&self, node: Node<'_>) -> Span {
        Span::new(self.source, self.range(node.data().sourcepos))
    }

    /// A block's place, with what was cut off its last line.
    pub(super) fn block_span(&self, node: Node<'_>) -> Span {
        let span = self.span_of(node);
        let end_line = node.data().sourcepos.end.line;
        let attributes = self.lines.attributes.get(&end_line).map(|list| list.span.end);
        let mark = self.lines.marks.get(&end_line).map(|mark| match mark {
            Mark::Fence(fence) => fence.span.end,
            Mark::Formula(formula) => formula.span.end,
        });
        Span {
            end: span.end.max(attributes.or(mark).unwrap_or(0)),
            ..span
        }
    }

    fn offset(&self, at: LineColumn, after: usize) -> usize {
        let start = self.lines.starts.get(at.line.saturating_sub(1)).copied();
        let start = start.unwrap_or(self.text.len());
        let column = at.column.saturating_sub(1);
        let raw = start + column;
        let shift = self.pipes.iter().filter(|pipe| **pipe <= raw).count();
        let mut offset = (raw + shift + after).clamp(self.base, self.text.len());
        if at.column == 0 {
            offset = start.min(self.text.len());
        }
        while !self.text.is_char_boundary(offset) {
            offset += 1;
        }
        offset
    }

    /// Inlines of a fragment, which is one paragraph.
    fn fragment(&mut self, root: Node<'a>) -> Vec<Inline> {
        let Some(paragraph) = root.first_child() else { return Vec::new() };
        if !matches!(paragraph.data().value, NodeValue::Paragraph) {
            return Vec::new();
        }
        let mut tokens = self.tokens(paragraph);
        for token in &mut tokens {
            let at = token.range();
            let is_break = self.fixed.is_none()
                && token.char() == Some(' ')
                && self.text[at.clone()].starts_with(['\n', '\r']);
            if is_break {
                *token = super::token::Token::Break(at);
            }
        }
        let tokens = super::token::trim(&tokens).to_vec();
        self.recognise(tokens, super::recognise::Place::Text)
    }
}

/// The dialect, as far as comrak knows it.
pub(super) fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.ofm_callouts = true;
    options.extension.cjk_friendly_emphasis = true;
    options.parse.leave_footnote_definitions = true;
    options.parse.escaped_char_spans = true;
    // A line of dashes under a paragraph is a break, not a heading: see the
    // rule `unsupported-markup`.
    options.parse.ignore_setext = true;
    options
}

/// Attributes that were cut off the lines of a node.
pub(super) fn attributes_at(
    attributes: &BTreeMap<usize, super::attributes::Attributes>,
    position: Sourcepos,
) -> Option<super::attributes::Attributes> {
    let lines = position.start.line..=position.end.line.max(position.start.line);
    attributes.range(lines).next_back().map(|(_, list)| list.clone())
}
