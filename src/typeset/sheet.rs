//! A generated source and where each stretch of it was written.

use std::ops::Range;

use super::escape::unescaped;
use crate::diag::Span;
use crate::edition::letters;

/// What a stretch of generated text is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Flow {
    /// Running text.
    #[default]
    Running,
    /// Pictures and captions, which float away from their place.
    Float,
    /// Tables' rows and boxes beside the text: they float where they are short,
    /// and stand in their place where they are long.
    Movable,
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

/// An entry of a generated piece: a line of the contents, a reference, an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// The bytes of the generated source.
    range: Range<usize>,
    /// Its name in the page map.
    name: String,
    /// Where the text begins of which the letters are counted.
    counted: usize,
}

/// A generated source file.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// The Typst source.
    pub(super) text: String,
    /// Where it comes from. Stretches nest; an inner one is recorded before
    /// the one around it.
    stretches: Vec<Stretch>,
    /// The entries of generated pieces, in order.
    entries: Vec<Entry>,
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

    /// The innermost stretch around a byte of the source, and the outermost one
    /// that goes the same way on the page.
    pub(super) fn whereabouts(&self, offset: usize) -> Option<(&Stretch, &Stretch)> {
        let inner = self.origin(offset)?;
        let around = self
            .stretches
            .iter()
            .filter(|s| s.range.contains(&offset) && s.flow == inner.flow);
        Some((inner, around.max_by_key(|stretch| stretch.range.len())?))
    }

    /// Says that everything from `start` to the end is the entry `name`; its
    /// letters are counted from `counted`.
    pub(super) fn enter(&mut self, start: usize, name: String, counted: usize) {
        self.entries
            .push(Entry { range: start..self.text.len(), name, counted });
    }

    /// The entry around a byte of the source, and how many of its letters stand
    /// before that.
    pub(super) fn entry(&self, offset: usize) -> Option<(&str, usize)> {
        let entry = self.entries.iter().find(|entry| entry.range.contains(&offset))?;
        let counted = entry.counted..offset.max(entry.counted);
        let before: usize = self
            .stretches
            .iter()
            .filter(|stretch| stretch.exact && counted.contains(&stretch.range.start))
            .filter_map(|stretch| {
                let end = stretch.range.end.min(counted.end);
                self.text.get(stretch.range.start..end)
            })
            .map(|generated| letters(&unescaped(generated)))
            .sum();
        Some((&entry.name, before))
    }
}
