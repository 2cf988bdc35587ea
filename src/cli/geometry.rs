//! Layouts, and the editions that share them.
//!
//! Editions whose marked copies agree in everything that decides line and page
//! breaks form a group; each group is laid out once, and measured once for each
//! rule set.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::time::{Duration, Instant};

use kepu::diag::Sink;
use kepu::edition::{Claim, Design, Edition, Measured, PageMap};
use kepu::typeset::{self, Layout, MarkedCopy};

use super::pipeline::Prepared;

/// Editions that share a layout, and what its pages are.
pub(super) struct Geometry<'p> {
    pub(super) editions: Vec<&'p Edition>,
    pub(super) pages: PageMap,
    pub(super) sink: Sink,
    pub(super) time: Duration,
}

/// The pages held against a rule set, or against none.
pub(super) struct Measure<'p> {
    pub(super) claim: Option<&'p Claim>,
    pub(super) measured: Measured,
    pub(super) sink: Sink,
}

/// Editions that share a layout, and the copy of the first of them.
pub(super) struct Group<'p> {
    pub(super) editions: Vec<&'p Edition>,
    pub(super) copy: MarkedCopy,
    pub(super) sink: Sink,
}

/// The standard editions by geometry, the one of the page-list among them.
pub(super) fn standard_groups<'p>(
    prepared: &'p Prepared,
    blocks: &[&'p Edition],
    chosen: &[&'p Edition],
) -> Vec<Group<'p>> {
    let editions = &prepared.project.editions;
    let listed = chosen.iter().chain(blocks).filter_map(|edition| {
        edition.page_list_of.as_ref().and_then(|name| editions.get(name))
    });
    let wanted = blocks.iter().copied().filter(|e| e.design == Design::Standard);
    let wanted = wanted.chain(listed);
    // Several editions may look to the same one; its copy costs a walk over the
    // whole book.
    let wanted: BTreeMap<&str, &Edition> =
        wanted.map(|edition| (edition.name.as_str(), edition)).collect();
    let mut groups: BTreeMap<[u8; 32], Group<'p>> = BTreeMap::new();
    for edition in wanted.into_values() {
        let group = Group::of(prepared, edition, None);
        match groups.entry(group.copy.layout_key(&prepared.book(edition))) {
            Entry::Vacant(place) => drop(place.insert(group)),
            Entry::Occupied(known) => known.into_mut().editions.push(edition),
        }
    }
    groups.into_values().collect()
}

impl<'p> Group<'p> {
    /// An edition by itself; `standard` are the pages that large print names in
    /// its margins.
    pub(super) fn of(
        prepared: &Prepared,
        edition: &'p Edition,
        standard: Option<&PageMap>,
    ) -> Self {
        let book = prepared.book(edition);
        let mut sink = Sink::new();
        let copy =
            typeset::mark_up(&book, &prepared.project, edition, standard, &mut sink);
        Self { editions: vec![edition], copy, sink }
    }
}

impl<'p> Geometry<'p> {
    /// Lays a group out. The layout is handed over by itself: its pages are known
    /// for longer than there is room for it.
    pub(super) fn lay_out(
        prepared: &Prepared,
        group: Group<'p>,
    ) -> (Self, Option<Layout>) {
        let started = Instant::now();
        let Group { editions, copy, mut sink } = group;
        let Prepared { project, figures, .. } = prepared;
        let layout = editions.first().and_then(|edition| {
            let book = prepared.book(edition);
            typeset::layout(&book, project, figures, copy, &mut sink)
        });
        let pages = layout.as_ref().map(Layout::page_map).unwrap_or_default();
        let geometry = Self { editions, pages, sink, time: started.elapsed() };
        (geometry, layout)
    }
}

impl<'p> Measure<'p> {
    /// One for each rule set that an edition of this layout claims; `marked` are
    /// the pages that an edition names in its margins.
    pub(super) fn all<'a>(
        layout: &Layout,
        editions: &[&'p Edition],
        marked: impl Fn(&Edition) -> Option<&'a PageMap>,
    ) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for edition in editions {
            let claim = edition.rules.as_ref();
            if all.iter().any(|known| known.answers(claim)) {
                continue;
            }
            let mut sink = Sink::new();
            let measured = layout.measure(edition, marked(edition), &mut sink);
            all.push(Self { claim, measured, sink });
        }
        all
    }
    /// Whether an edition with this claim would measure the same, wherever in
    /// `book.toml` it says so.
    pub(super) fn answers(&self, claim: Option<&Claim>) -> bool {
        let own = self.claim.map(|own| (&own.set, own.claimed));
        own == claim.map(|other| (&other.set, other.claimed))
    }
}
