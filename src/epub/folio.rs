//! The print edition's pages, placed in the EPUB's text in their order.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{SourceId, Span};
use crate::edition::PageMap;

/// A page break that has found its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlacedPage {
    /// The number printed on the page.
    pub(super) folio: String,
    /// The XHTML file that holds the break.
    pub(super) file: String,
    /// The break's `id`.
    pub(super) id: String,
}

/// The pages still to be placed, and those that are.
///
/// Pages leave in their order only: reaching page 12 places whatever before
/// it has no text of its own (blanks, full-page openers) at the same point.
#[derive(Debug, Default)]
pub(super) struct Folios<'a> {
    map: Option<&'a PageMap>,
    next: usize,
    starts: BTreeMap<SourceId, BTreeMap<u32, usize>>,
    entries: BTreeMap<&'a str, Vec<(usize, usize)>>,
    ids: BTreeSet<String>,
    /// The breaks so far.
    pub(super) placed: Vec<PlacedPage>,
}

impl<'a> Folios<'a> {
    /// The pages of `map`, none of them placed.
    pub(super) fn new(map: Option<&'a PageMap>) -> Self {
        let mut starts: BTreeMap<SourceId, BTreeMap<u32, usize>> = BTreeMap::new();
        for start in map.into_iter().flat_map(|map| &map.starts) {
            let pages = starts.entry(start.source).or_default();
            pages
                .entry(start.offset)
                .and_modify(|page| *page = start.page.max(*page))
                .or_insert(start.page);
        }
        let mut entries: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for start in map.into_iter().flat_map(|map| &map.entries) {
            let pages = entries.entry(&start.entry).or_default();
            pages.push((start.letters, start.page));
        }
        Self { map, starts, entries, ..Self::default() }
    }

    /// The page on which an anchor stands.
    pub(super) fn of_anchor(&self, anchor: &str) -> Option<usize> {
        self.map?.anchors.get(anchor).copied()
    }

    /// The number printed on the page on which an anchor stands.
    pub(super) fn printed(&self, anchor: &str) -> Option<&'a str> {
        self.map?.folio(anchor).filter(|folio| !folio.is_empty())
    }

    /// The last page that begins in `source` at or before `offset`, if it is
    /// still to be placed.
    pub(super) fn until(&self, source: SourceId, offset: u32) -> Option<usize> {
        let starts = self.starts.get(&source)?;
        let page = starts.range(..=offset).map(|(_, &page)| page).max()?;
        (page >= self.next).then_some(page)
    }

    /// The pages still to be placed that begin inside `span`: offset and page.
    pub(super) fn inside(&self, span: Span) -> Vec<(u32, usize)> {
        let Some(starts) = self.starts.get(&span.source) else { return Vec::new() };
        let Some(range) = (span.start < span.end).then_some(span.start..span.end) else {
            return Vec::new();
        };
        let mut next = self.next;
        let mut found = Vec::new();
        for (&offset, &page) in starts.range(range) {
            if page >= next {
                found.push((offset, page));
                next = page + 1;
            }
        }
        found
    }

    /// The pages still to be placed that begin inside an entry of a generated
    /// piece: how many of its letters stand before, and the page.
    pub(super) fn in_entry(&self, name: &str) -> Vec<(usize, usize)> {
        let pages = self.entries.get(name).map(Vec::as_slice).unwrap_or_default();
        pages.iter().copied().filter(|(_, page)| *page >= self.next).collect()
    }

    /// The last page of all.
    pub(super) fn last(&self) -> Option<usize> {
        self.map?.pages().checked_sub(1)
    }

    /// Places every page up to and including `page` in `file`.
    pub(super) fn reach(&mut self, page: usize, file: &str) -> Vec<PlacedPage> {
        let Some(map) = self.map else { return Vec::new() };
        let mut breaks = Vec::new();
        while self.next <= page {
            let folio = map.folios.get(self.next).map(String::as_str).unwrap_or_default();
            self.next += 1;
            if folio.is_empty() {
                continue;
            }
            let id = self.id(folio);
            breaks.push(PlacedPage {
                folio: folio.to_owned(),
                file: file.to_owned(),
                id,
            });
        }
        self.placed.extend(breaks.iter().cloned());
        breaks
    }

    fn id(&mut self, folio: &str) -> String {
        let name: String = folio
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let mut id = format!("page-{name}");
        let mut copy = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("page-{name}-{copy}");
            copy += 1;
        }
        id
    }
}
