//! The third pass: marks that only the whole book decides, and questions.
//!
//! What stands in a question is printed with the question and again with its
//! answer: it keeps its words, but nothing can point at it.

use super::walk::{Visitor, Zone, walk_inlines};
use crate::book::{Inline, InlineKind, plain_text};

/// The pass.
#[derive(Debug)]
pub(super) struct Settle {
    /// A mark for every citation in reading order, where the style sets them.
    marks: Option<Vec<String>>,
    at: usize,
}

impl Settle {
    /// A pass that hands out `marks`.
    pub(super) fn new(marks: Option<Vec<String>>) -> Self {
        Self { marks, at: 0 }
    }
}

impl Visitor for Settle {
    fn inline(&mut self, inline: &mut Inline, _zone: Zone) {
        if let InlineKind::Cite(cite) = &mut inline.kind {
            let marks = self.marks.as_ref();
            if let Some(mark) = marks.and_then(|marks| marks.get(self.at)) {
                cite.text.clone_from(mark);
            }
            self.at += 1;
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>, zone: Zone) {
        walk_inlines(self, inlines, zone);
        if zone != Zone::Question {
            return;
        }
        for inline in inlines {
            let settled = match &mut inline.kind {
                InlineKind::Cite(cite) => {
                    let kind = InlineKind::Text(std::mem::take(&mut cite.text));
                    InlineKind::Superscript(vec![Inline { kind, span: inline.span }])
                }
                InlineKind::Term(term) => InlineKind::Text(plain_text(&term.text)),
                _ => continue,
            };
            inline.kind = settled;
        }
    }
}
