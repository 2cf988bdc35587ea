//! The fork: layouts, exports and EPUBs, side by side.
//!
//! Editions with the same geometry share one layout. The standard layouts come
//! first: the EPUB's page-list and large print's margin numbers are taken from
//! their pages.
//!
//! A layout leaves one thread idle half the time. What no page decides is drawn
//! beside the standard layouts; they are exported, and the EPUBs bound, beside
//! large print. A layout is what takes room: it is gone as soon as its editions
//! are made.

use std::time::{Duration, Instant};

use rayon::prelude::*;

use kepu::diag::Sink;
use kepu::edition::{Design, Edition, Format, Measured, PageMap, Spine};
use kepu::typeset::{self, Layout};

use super::bind::{Artwork, Paper, bind};
use super::export::{Wanted, wraps};
use super::geometry::{Geometry, Group, standard_groups};
use super::pipeline::Prepared;
use super::terminal::Terminal;

/// One edition, made or failed.
pub(super) struct Rendered<'p> {
    pub(super) edition: &'p Edition,
    /// The file; `None` when the edition failed.
    pub(super) bytes: Option<Vec<u8>>,
    /// The pages; none for EPUB.
    pub(super) pages: PageMap,
    /// What was measured on the pages; none for EPUB.
    pub(super) measured: Option<Measured>,
    pub(super) fonts: Vec<String>,
    /// Covers only.
    pub(super) spine: Option<Spine>,
    pub(super) time: Duration,
    pub(super) sink: Sink,
}

/// Makes the editions; each carries its own problems.
pub(super) fn render<'p>(
    prepared: &'p Prepared,
    chosen: &[&'p Edition],
    terminal: &Terminal,
) -> Vec<Rendered<'p>> {
    let started = Instant::now();
    let blocks = blocks(prepared, chosen);
    let groups = standard_groups(prepared, &blocks, chosen);
    let epubs: Vec<_> =
        chosen.iter().copied().filter(|e| e.format == Format::Epub).collect();
    let (standard, artwork) =
        rayon::join(|| lay_out(prepared, groups), || Artwork::draw(prepared, &epubs));
    let (standard, layouts): (Vec<_>, Vec<_>) = standard.into_iter().unzip();
    terminal.timing("标准版面", started.elapsed());

    let started = Instant::now();
    let wanted = Wanted { prepared, chosen, standard: &standard };
    // The pages remain; how they came about would be in the way.
    let (groups, ()) =
        rayon::join(|| large_groups(prepared, &blocks, &wanted), typeset::forget);
    let (large, mut rendered) = rayon::join(
        || lay_out(prepared, groups),
        || {
            let layouts = standard.par_iter().zip(layouts);
            let (made, covers): (Vec<_>, Vec<_>) = layouts
                .map(|(geometry, layout)| wanted.make(geometry, layout.as_ref()))
                .unzip();
            let mut made: Vec<_> = made.into_iter().flatten().collect();
            let Some(artwork) = &artwork else { return made };
            made.extend(epubs.iter().map(|edition| {
                let paper = wanted.paper(edition);
                let paper = paper.and_then(|at| standard.get(at).zip(covers.get(at)));
                let paper = paper.map(|(geometry, cover)| Paper {
                    pages: &geometry.pages,
                    cover: cover.as_deref(),
                });
                bind(prepared, edition, paper, artwork)
            }));
            made
        },
    );
    terminal.timing("大字版面、导出和装订", started.elapsed());

    let started = Instant::now();
    let large = large.into_par_iter();
    let made: Vec<_> = large
        .map(|(geometry, layout)| wanted.make(&geometry, layout.as_ref()).0)
        .collect();
    rendered.extend(made.into_iter().flatten());
    terminal.timing("导出大字版", started.elapsed());
    rendered.sort_by_key(|made| chosen.iter().position(|e| e.name == made.edition.name));
    rendered
}

/// Lays groups out side by side.
fn lay_out<'p>(
    prepared: &Prepared,
    groups: Vec<Group<'p>>,
) -> Vec<(Geometry<'p>, Option<Layout>)> {
    let groups = groups.into_par_iter();
    groups.map(|group| Geometry::lay_out(prepared, group)).collect()
}

/// Large print, each edition a layout of its own; it marks the pages of the
/// edition that it names, whatever else is made in the same run.
fn large_groups<'p>(
    prepared: &Prepared,
    blocks: &[&'p Edition],
    wanted: &Wanted<'_, 'p>,
) -> Vec<Group<'p>> {
    let large = blocks.iter().filter(|edition| edition.design == Design::LargePrint);
    large
        .map(|edition| Group::of(prepared, edition, wanted.marked(edition)))
        .collect()
}

/// The editions whose pages are laid out: those that were asked for, and those
/// inside the covers that were.
fn blocks<'p>(prepared: &'p Prepared, chosen: &[&'p Edition]) -> Vec<&'p Edition> {
    let editions = prepared.project.editions.values();
    let is_chosen = |block: &&Edition| {
        chosen
            .iter()
            .any(|edition| edition.name == block.name || wraps(edition, block))
    };
    editions
        .filter(|edition| edition.has_pages())
        .filter(is_chosen)
        .collect()
}
