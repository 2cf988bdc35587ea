//! What the first pass of a layout believes of the pages that nobody has seen.
//!
//! The engine would believe that nothing exists, and so every link inside the
//! book would vanish, its words with it: all lines would break otherwise, and
//! all pages begin elsewhere, than in the next pass. Here every anchor exists,
//! somewhere. A belief that turns out wrong costs another pass, nothing else.

use std::num::NonZeroUsize;

use typst::diag::{StrResult, bail};
use typst::ecow::{EcoString, EcoVec};
use typst::foundations::{Content, Label, NativeElement, Selector, Value};
use typst::introspection::{DocumentPosition, Introspector, Location, MetadataElem};
use typst::model::Numbering;
use typst::syntax::VirtualPath;

/// A document of which nothing is known but that its anchors exist.
pub(super) struct Unseen {
    /// What stands at every anchor.
    anchored: Content,
}

impl Unseen {
    /// The document before its first layout.
    pub(super) fn new() -> Self {
        let anchored = MetadataElem::new(Value::None).pack();
        Self { anchored: anchored.located(Location::new(1)) }
    }
}

impl Introspector for Unseen {
    fn query(&self, _: &Selector) -> EcoVec<Content> {
        EcoVec::new()
    }

    fn query_first(&self, _: &Selector) -> Option<Content> {
        None
    }

    fn query_unique(&self, _: &Selector) -> StrResult<Content> {
        bail!("selector does not match any element");
    }

    fn query_label(&self, _: Label) -> StrResult<&Content> {
        Ok(&self.anchored)
    }

    fn query_labelled(&self) -> EcoVec<Content> {
        EcoVec::new()
    }

    fn query_count_before(&self, _: &Selector, _: Location) -> usize {
        0
    }

    fn label_count(&self, _: Label) -> usize {
        0
    }

    fn locator(&self, _: u128, _: Location) -> Option<Location> {
        None
    }

    fn pages(&self, _: Location) -> Option<NonZeroUsize> {
        None
    }

    fn page(&self, _: Location) -> Option<NonZeroUsize> {
        None
    }

    fn position(&self, _: Location) -> Option<DocumentPosition> {
        None
    }

    fn page_numbering(&self, _: Location) -> Option<&Numbering> {
        None
    }

    fn page_supplement(&self, _: Location) -> Option<&Content> {
        None
    }

    fn anchor(&self, _: Location) -> Option<&EcoString> {
        None
    }

    fn document(&self, _: Location) -> Option<Location> {
        None
    }

    fn path(&self, _: Location) -> Option<&VirtualPath> {
        None
    }
}
