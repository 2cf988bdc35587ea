//! One layout of the book, from which editions are exported.

use std::collections::{BTreeMap, BTreeSet};

use typst::diag::{SourceResult, Warned};
use typst_layout::PagedDocument;

use super::engine;
use super::export;
use super::measure;
use super::origin::Origin;
use super::page_map;
use super::sheet::Sheet;
use super::tofu;
use super::world::Desk;
use crate::book::Metadata;
use crate::diag::rule::typeset as rule;
use crate::diag::{Severity, Sink, Sources};
use crate::edition::{Edition, Measured, PageMap};

/// The laid-out pages of one geometry; screen and print come from the same.
pub struct Layout {
    document: PagedDocument,
    forme: Forme,
}

/// 印版: everything that stands locked up before a layout.
pub(super) struct Forme {
    /// What typst sees.
    pub(super) desk: Desk,
    /// The sources among it that were written here.
    pub(super) sheets: BTreeMap<String, Sheet>,
    /// The manuscript's texts.
    pub(super) sources: Sources,
    /// The edition.
    pub(super) edition: Edition,
}

impl Forme {
    fn origin(&self) -> Origin<'_> {
        Origin {
            desk: &self.desk,
            sheets: &self.sheets,
            sources: &self.sources,
        }
    }
}

impl Layout {
    /// Lays out a book; problems go to `sink`, and no page with a missing glyph
    /// goes any further. `body` is the anchor at which page 1 stands.
    pub(super) fn new(forme: Forme, body: Option<&str>, sink: &mut Sink) -> Option<Self> {
        let compiled = engine::compile(&forme.desk);
        Self::of(compiled, forme, body, sink)
    }

    /// Lays out a single sheet, beside which a book may be laid out as well:
    /// nothing that the engine remembers is forgotten.
    pub(super) fn of_sheet(forme: Forme, sink: &mut Sink) -> Option<Self> {
        let compiled = typst::compile(&forme.desk);
        Self::of(compiled, forme, None, sink)
    }

    fn of(
        compiled: Warned<SourceResult<PagedDocument>>,
        forme: Forme,
        body: Option<&str>,
        sink: &mut Sink,
    ) -> Option<Self> {
        let origin = forme.origin();
        origin.report(compiled.warnings, &rule::LAYOUT_ERROR, sink);
        match compiled.output {
            Ok(document) => {
                let document = page_map::numbered(document, body);
                let before = sink.count(Severity::Error);
                tofu::check(&document, &origin, sink);
                if sink.count(Severity::Error) > before {
                    return None;
                }
                Some(Self { document, forme })
            }
            Err(errors) => {
                origin.report(errors, &rule::LAYOUT_ERROR, sink);
                None
            }
        }
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// Which page holds what.
    pub fn page_map(&self) -> PageMap {
        page_map::read(&self.document, &self.forme.origin(), &self.forme.edition)
    }

    /// Measures the pages and holds them against the rule set of an edition
    /// that shares this layout. `standard` is the page map that large print
    /// marks in its margin.
    pub fn measure(
        &self,
        edition: &Edition,
        standard: Option<&PageMap>,
        sink: &mut Sink,
    ) -> Measured {
        measure::measure(&self.document, &self.forme.origin(), edition, standard, sink)
    }

    /// The font families that stand on the pages, in alphabetical order.
    pub fn fonts(&self) -> Vec<String> {
        let mut families = BTreeSet::new();
        for page in self.document.pages() {
            tofu::walk(&page.frame, &mut |text| {
                families.insert(text.font.info().family.clone());
            });
        }
        families.into_iter().collect()
    }

    /// The PDF of an edition that shares this layout; `None` when it cannot
    /// meet its standards, and `sink` knows why. A print edition whose cover is
    /// printed apart (`cover_apart`) begins with its half title.
    pub fn pdf(
        &self,
        edition: &Edition,
        metadata: &Metadata,
        cover_apart: bool,
        sink: &mut Sink,
    ) -> Option<Vec<u8>> {
        match export::pdf(&self.document, edition, metadata, cover_apart) {
            Ok(bytes) => Some(bytes),
            Err(errors) => {
                self.forme.origin().report(errors, &rule::PDF_STANDARD, sink);
                None
            }
        }
    }

    /// One page as SVG, for the preview; pages count from 0.
    pub fn svg(&self, page: usize) -> Option<String> {
        let page = self.document.pages().get(page)?;
        Some(typst_svg::svg(page, &typst_svg::SvgOptions::default()))
    }

    /// One page without its bleed as PNG, `width` pixels wide; pages count
    /// from 0.
    pub fn png(&self, page: usize, width: u32) -> Option<Vec<u8>> {
        let page = self.document.pages().get(page)?;
        let scale = f64::from(width) / page.frame.width().to_pt();
        let options = typst_render::RenderOptions {
            pixel_per_pt: scale.into(),
            ..Default::default()
        };
        typst_render::render(page, &options).encode_png().ok()
    }

    /// Calls `visit` for every run of text, page by page.
    #[cfg(test)]
    pub(super) fn visit_text(&self, visit: &mut impl FnMut(&typst::text::TextItem)) {
        for page in self.document.pages() {
            tofu::walk(&page.frame, visit);
        }
    }

    /// Calls `visit` with every page's frame; pages count from 1.
    #[cfg(test)]
    pub(super) fn visit_frames(
        &self,
        visit: &mut impl FnMut(usize, &typst::layout::Frame),
    ) {
        for (page, number) in self.document.pages().iter().zip(1..) {
            visit(number, &page.frame);
        }
    }

    /// The text of a page in drawing order.
    #[cfg(test)]
    pub(super) fn page_text(&self, page: usize) -> String {
        let mut out = String::new();
        tofu::walk(&self.document.pages()[page].frame, &mut |text| {
            out.push_str(&text.text);
        });
        out
    }
}
