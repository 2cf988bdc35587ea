//! Which page holds what: read off the laid-out frames.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::str::FromStr;

use typst::foundations::Label;
use typst::introspection::Introspector;
use typst::layout::{Frame, FrameItem, Point};
use typst::model::{Numbering, NumberingPattern};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

use super::origin::Origin;
use super::sheet::Flow;
use crate::diag::{SourceId, Span};
use crate::edition::{Edition, EntryStart, PageMap, PageStart};

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
    let mut map = PageMap {
        folios: folios(pages),
        anchors,
        ..PageMap::default()
    };
    let mut furthest = Furthest::new();
    for (page, at) in pages.iter().zip(0..) {
        let found = Search::through(page, origin, edition);
        if let Some((entry, letters)) = found.entry {
            map.entries
                .push(EntryStart { page: at, entry: entry.to_owned(), letters });
        } else if let Some(place) = found.first(&furthest) {
            let (source, offset) = (place.source, place.start);
            let goes_on = map
                .starts
                .last()
                .is_none_or(|last| last.source != source || last.offset < offset);
            if goes_on {
                map.starts.push(PageStart { page: at, source, offset });
            }
        }
        for (source, offset) in found.furthest {
            let known = furthest.entry(source).or_default();
            *known = offset.max(*known);
        }
    }
    map
}

/// Numbers the pages: `i`, `ii`, … and again from `1` at the anchor `body`.
///
/// PDF page labels, the page map and with it the EPUB's page list follow from
/// here. Templates that number pages themselves are left alone.
pub(super) fn numbered(document: PagedDocument, body: Option<&str>) -> PagedDocument {
    if document.pages().iter().any(|page| page.numbering.is_some()) {
        return document;
    }
    let start = body.and_then(|name| page_of(&document, name)).unwrap_or(0);
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

/// The page on which an anchor stands; pages count from 0.
pub(super) fn page_of(document: &PagedDocument, anchor: &str) -> Option<usize> {
    let introspector = document.introspector();
    let label = Label::new(PicoStr::intern(anchor))?;
    let location = introspector.query_label(label).ok()?.location()?;
    introspector.page(location).map(|page| page.get() - 1)
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

/// How far the running text of each file has come, by where its stretches
/// begin.
type Furthest = BTreeMap<SourceId, u32>;

/// A glyph of a section's text.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Where its stretch begins in the manuscript.
    source: SourceId,
    start: u32,
    glyph: (typst::syntax::Span, u16),
}

/// What a page holds of the sections' texts and of generated pieces.
struct Search<'a> {
    origin: &'a Origin<'a>,
    /// The type area, in pt from the top.
    area: Range<f64>,
    /// The first running text.
    running: Option<Seen>,
    /// The first text of each stretch that may have moved here.
    movable: Vec<Seen>,
    /// Where the first float was written.
    float: Option<Span>,
    /// The first entry of a generated piece.
    entry: Option<(&'a str, usize)>,
    furthest: Furthest,
}

impl<'a> Search<'a> {
    fn through(page: &Page, origin: &'a Origin<'a>, edition: &Edition) -> Self {
        let mm = |length: f64| length * 72.0 / 25.4;
        let height = page.frame.height().to_pt();
        let (head, foot) = (mm(edition.margins.head), mm(edition.margins.foot));
        let mut search = Self {
            origin,
            area: head - 1.0..height - foot + 1.0,
            running: None,
            movable: Vec::new(),
            float: None,
            entry: None,
            furthest: Furthest::new(),
        };
        search.frame(&page.frame, Point::zero());
        search
    }

    /// The manuscript's place at which the page begins.
    ///
    /// That is its first running text, or the table or box that stands between
    /// the end of the page before and that: what floated here from elsewhere
    /// does not lie between. Where there is nothing but that, the first of it.
    fn first(&self, furthest: &Furthest) -> Option<Span> {
        let between = |seen: &&Seen| {
            let begun = furthest.get(&seen.source).is_none_or(|&far| far < seen.start);
            let ended = self
                .running
                .is_none_or(|next| next.source == seen.source && seen.start < next.start);
            begun && ended
        };
        let place = |seen: &Seen| self.origin.of_glyph(seen.glyph.0, seen.glyph.1);
        let earliest = |seen: &&Seen| seen.start;
        let movable = self.movable.iter();
        let next = movable.clone().filter(between).min_by_key(earliest);
        match next.or(self.running.as_ref()) {
            Some(seen) => place(seen),
            None => self.float.or_else(|| movable.min_by_key(earliest).and_then(place)),
        }
    }

    fn frame(&mut self, frame: &Frame, at: Point) {
        for (offset, item) in frame.items() {
            let at = at + *offset;
            match item {
                FrameItem::Group(group) => {
                    let shift = Point::new(group.transform.tx, group.transform.ty);
                    self.frame(&group.frame, at + shift);
                }
                FrameItem::Text(text) if self.area.contains(&at.y.to_pt()) => {
                    let mut known = None;
                    for glyph in &text.glyphs {
                        // The first glyph of a stretch speaks for all of it.
                        if known.replace(glyph.span.0) != Some(glyph.span.0) {
                            self.glyph(glyph.span);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn glyph(&mut self, glyph: (typst::syntax::Span, u16)) {
        if self.entry.is_none() {
            self.entry = self.origin.entry_of_glyph(glyph.0, glyph.1);
        }
        let Some((stretch, around)) = self.origin.stretch_of_glyph(glyph.0, glyph.1)
        else {
            return;
        };
        let Span { source, start, .. } = stretch.span;
        let seen = Seen { source, start, glyph };
        match stretch.flow {
            Flow::Running => {
                self.running.get_or_insert(seen);
                let far = self.furthest.entry(source).or_default();
                *far = start.max(*far);
            }
            // The number of a table goes on every page that it runs over.
            Flow::Movable if stretch == around => {}
            Flow::Movable => self.movable.push(seen),
            Flow::Float => {
                self.float.get_or_insert(around.span);
            }
            Flow::Note => {}
        }
    }
}
