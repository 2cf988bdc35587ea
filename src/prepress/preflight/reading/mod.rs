//! Reads a PDF into [`super::inspected`] facts.
//!
//! Everything a file says may be wrong or meant to do harm: references are
//! followed a few steps, trees to a depth, streams to a size, and all work is
//! counted ([`limits`]). What cannot be read is taken for absent.

mod color;
mod document;
mod drawable;
mod external;
mod font;
mod function;
mod icc;
mod lexer;
mod limits;
mod outline;
mod page;
mod picture_size;
mod space;
mod state;
mod text;
mod value;
mod walk;
mod xmp;

use lopdf::{Document, Object, ObjectId};

pub use limits::Limit;

use super::inspected::{DocumentFacts, Page, Rect};
use crate::prepress::open::{self, Refusal};
use limits::Budget;
use page::Leaf;
use value::Source;
use walk::Known;

/// A file that was opened.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) document: Document,
    budget: Budget,
}

/// Opens a file.
pub(super) fn open(pdf: &[u8]) -> Result<Opened, Refusal> {
    let document = open::open(pdf)?;
    Ok(Opened { document, budget: Budget::new() })
}

/// Reads an opened file, page by page.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    source: Source<'a>,
    leaves: Vec<Leaf<'a>>,
    known: Known,
}

impl Opened {
    /// Starts to read.
    pub(super) fn read(&self) -> Reading<'_> {
        let source = Source { document: &self.document, budget: &self.budget };
        Reading {
            source,
            leaves: page::leaves(source),
            known: Known::default(),
        }
    }

    /// The limits that reading met.
    pub(super) fn limits(&self) -> Vec<Limit> {
        self.budget.met()
    }
}

impl Reading<'_> {
    /// The facts of the document.
    pub(super) fn facts(&self) -> DocumentFacts {
        document::facts(self.source, &self.leaves)
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        self.leaves.len()
    }

    /// Reads a page by its number, from 1.
    pub(super) fn page(&mut self, number: usize) -> Page {
        let leaf = number.checked_sub(1).and_then(|index| self.leaves.get(index));
        leaf.cloned().map_or_else(Page::default, |leaf| {
            leaf.read(self.source, &mut self.known, number)
        })
    }

    /// Whether a page can be drawn within bounds: what it reaches is small
    /// enough, and walking it is not endless.
    pub(super) fn is_drawable(&mut self, number: usize) -> bool {
        /// Operators of a page that the renderer is asked to draw.
        const MAX_OPERATORS: usize = 1_500_000;
        let Some((id, ..)) = self.place(number) else { return false };
        let before = self.source.budget.spent();
        let met = self.source.budget.met();
        let page = self.page(number);
        page.items.len() < limits::MAX_ITEMS
            && self.source.budget.spent() - before < MAX_OPERATORS
            && self.source.budget.met() == met
            && drawable::is_drawable(self.source, id)
    }

    /// A page's object, the sheet it is drawn on, and the resources it inherits.
    pub(super) fn place(
        &self,
        number: usize,
    ) -> Option<(ObjectId, Rect, Option<Object>)> {
        let leaf = self.leaves.get(number.checked_sub(1)?)?;
        Some((leaf.id, leaf.boxes(self.source).sheet(), leaf.resources()))
    }
}
