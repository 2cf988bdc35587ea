//! Which page holds what: read off the laid-out frames.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use typst::introspection::Introspector;
use typst::layout::{Frame, FrameItem, Point};
use typst::model::Numbering;
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
    let starts = pages.iter().zip(0..).filter_map(|(page, at)| {
        let place = first_place(page, origin, edition)?;
        let (source, offset) = (place.span.source, place.span.start);
        Some(PageStart { page: at, source, offset })
    });
    PageMap { folios: folios(pages), anchors, starts: starts.collect() }
}

/// The folio of each page; one without its own numbering takes the next
/// page's, as if it were printed.
fn folios(pages: &[Page]) -> Vec<String> {
    let pattern = |page: &Page| match &page.numbering {
        Some(Numbering::Pattern(pattern)) => Some(pattern.clone()),
        _ => None,
    };
    let mut folios = Vec::with_capacity(pages.len());
    for (at, page) in pages.iter().enumerate() {
        let own = pattern(page);
        // A section's first pages often print no folio, but its counter runs.
        let later = || {
            pages[at..]
                .iter()
                .scan(page.number, |expected, page| {
                    let follows = page.number == *expected;
                    *expected += 1;
                    follows.then(|| pattern(page))
                })
                .flatten()
                .next()
        };
        let earlier = || pages[..at].iter().rev().find_map(pattern);
        let pattern = own.or_else(later).or_else(earlier);
        let folio = pattern
            .and_then(|pattern| pattern.apply(None, &[page.number]).ok())
            .map_or_else(|| page.number.to_string(), |folio| folio.to_string());
        folios.push(folio);
    }
    folios
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
                    for glyph in &text.glyphs {
                        let (span, offset) = glyph.span;
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
