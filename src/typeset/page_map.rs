//! Which page holds what: read off the laid-out frames.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::str::FromStr;

use typst::foundations::Label;
use typst::introspection::Introspector;
use typst::layout::{Frame, FrameItem, Point};
use typst::model::{Numbering, NumberingPattern};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

use super::origin::{Origin, Place};
use super::sheet::Flow;
use crate::edition::{Edition, PageMap, PageStart};

/// The page map of a layout.
pub(super) fn read(
    document: &PagedDocument,
    origin: &Origin<'_>,
    edition: &Edition,
) -> PageMap {
    let introspector = document.introspector();
    let mut anchors = BTreeMap::new();
    for element in introspector.query_labelled() {
        let page = element
            .location()
            .and_then(|location| introspector.page(location))
            .map(NonZeroUsize::get);
        if let (Some(label), Some(page)) = (element.label(), page) {
            anchors.entry(label.resolve().as_str().to_owned()).or_insert(page - 1);
        }
    }
    let pages = document.pages();
    let mut starts: Vec<PageStart> = Vec::new();
    for (page, at) in pages.iter().zip(0..) {
        let Some(place) = first_place(page, origin, edition) else { continue };
        let (source, offset) = (place.span.source, place.span.start);
        // What floated away from its place does not begin a page.
        let goes_on = starts
            .last()
            .is_none_or(|last| last.source != source || last.offset < offset);
        if goes_on {
            starts.push(PageStart { page: at, source, offset });
        }
    }
    PageMap { folios: folios(pages), anchors, starts }
}

/// Numbers the pages: `i`, `ii`, … and again from `1` at the anchor `body`.
///
/// PDF page labels, the page map and with it the EPUB's page list follow from
/// here. Templates that number pages themselves are left alone.
pub(super) fn numbered(document: PagedDocument, body: Option<&str>) -> PagedDocument {
    if document.pages().iter().any(|page| page.numbering.is_some()) {
        return document;
    }
    let start = body
        .and_then(|name| Label::new(PicoStr::intern(name)))
        .and_then(|label| document.introspector().query_label(label).ok()?.location())
        .and_then(|location| document.introspector().page(location))
        .map_or(0, |page| page.get() - 1);
    let mut pages = document.pages().to_vec();
    for (page, at) in pages.iter_mut().zip(0_usize..) {
        let (pattern, number) =
            if at < start { ("i", at + 1) } else { ("1", at - start + 1) };
        page.numbering = NumberingPattern::from_str(pattern).ok().map(Numbering::Pattern);
        page.number = number as u64;
    }
    let info = typst::model::Document::info(&document).clone();
    PagedDocument::new(pages.into(), info)
}

/// The folio of each page, as its numbering writes it.
pub(super) fn folios(pages: &[Page]) -> Vec<String> {
    let folio = |page: &Page| match &page.numbering {
        Some(Numbering::Pattern(pattern)) => {
            let folio = pattern.apply(None, &[page.number]).ok()?;
            Some(folio.to_string())
        }
        _ => None,
    };
    let plain = |page: &Page| page.number.to_string();
    pages
        .iter()
        .map(|page| folio(page).unwrap_or_else(|| plain(page)))
        .collect()
}

/// The manuscript's place of the first running text on a page; of the first
/// text at all, where a page holds only floats.
fn first_place(page: &Page, origin: &Origin<'_>, edition: &Edition) -> Option<Place> {
    let mm = |length: f64| length * 72.0 / 25.4;
    let height = page.frame.height().to_pt();
    let area = mm(edition.margins.head) - 1.0..height - mm(edition.margins.foot) + 1.0;
    let mut search = Search { origin, area, float: None };
    search.frame(&page.frame, Point::zero()).or(search.float)
}

struct Search<'a> {
    origin: &'a Origin<'a>,
    /// The type area, in pt from the top.
    area: std::ops::Range<f64>,
    /// The first text of a float.
    float: Option<Place>,
}

impl Search<'_> {
    fn frame(&mut self, frame: &Frame, at: Point) -> Option<Place> {
        for (offset, item) in frame.items() {
            let at = at + *offset;
            match item {
                FrameItem::Group(group) => {
                    let shift = Point::new(group.transform.tx, group.transform.ty);
                    if let Some(found) = self.frame(&group.frame, at + shift) {
                        return Some(found);
                    }
                }
                FrameItem::Text(text) if self.area.contains(&at.y.to_pt()) => {
                    let mut seen = None;
                    for glyph in &text.glyphs {
                        let (span, offset) = glyph.span;
                        // The first glyph of a stretch speaks for all of it.
                        if seen.replace(span) == Some(span) {
                            continue;
                        }
                        let Some(place) = self.origin.of_glyph(span, offset) else {
                            continue;
                        };
                        match place.flow {
                            _ if !place.in_text => {}
                            Flow::Running => return Some(place),
                            Flow::Float => {
                                self.float.get_or_insert(place);
                            }
                            Flow::Note => {}
                        }
                    }
                }
                _ => {}
            }
        }
        None
    }
}
