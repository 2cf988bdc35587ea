//! A generated source and where each stretch of it was written.

use std::ops::Range;

use crate::diag::Span;

/// What a stretch of generated text is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Flow {
    /// Running text.
    #[default]
    Running,
    /// Captions, tables and what else may float away from its place.
    Float,
    /// Notes at the foot of the page.
    Note,
}

/// A stretch of generated text and its place in the manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The bytes of the generated source.
    pub(super) range: Range<usize>,
    /// Where that was written.
    pub(super) span: Span,
    /// Whether the stretch is the text of the span, escaped: then a place in
    /// it has a place of its own in the manuscript.
    pub(super) exact: bool,
    /// What it is on the page.
    pub(super) flow: Flow,
}

/// A generated source file.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// The Typst source.
    pub(super) text: String,
    /// Where it comes from. Stretches nest; an inner one is recorded before
    /// the one around it.
    stretches: Vec<Stretch>,
}

impl Sheet {
    /// Adds Typst source.
    pub(super) fn push(&mut self, code: &str) {
        self.text.push_str(code);
    }

    /// How long the source is so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Says that everything from `start` to the end was written at `span`.
    pub(super) fn record(&mut self, start: usize, span: Span, exact: bool, flow: Flow) {
        if self.text.len() > start {
            let range = start..self.text.len();
            self.stretches.push(Stretch { range, span, exact, flow });
        }
    }

    /// The innermost stretch around a byte of the source.
    pub(super) fn origin(&self, offset: usize) -> Option<&Stretch> {
        self.stretches
            .iter()
            .filter(|stretch| stretch.range.contains(&offset))
            .min_by_key(|stretch| stretch.range.len())
    }
}
