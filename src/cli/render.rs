//! The fork: layouts, exports and the EPUB, side by side.
//!
//! Editions with the same geometry share one layout. The standard layouts come
//! first: the EPUB's page-list and large print's margin numbers are taken from
//! their pages. A cover waits for the pages of its block, and takes from them how
//! wide its spine is. Layouts are what takes room, so the standard ones are gone
//! before large print is laid out; the EPUBs are bound beside it.

use std::time::{Duration, Instant};

use rayon::prelude::*;

use kepu::diag::Sink;
use kepu::edition::{Design, Edition, Format, Measured, PageMap, Spine};
use kepu::prepress;
use kepu::typeset::{self, Layout};

use super::bind::{Shared, bind};
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
    let mut standard: Vec<_> = groups
        .into_par_iter()
        .map(|group| Geometry::lay_out(prepared, group, None))
        .collect();
    // What is done on pages needs room, and no memory of how they came about.
    typeset::forget();
    terminal.timing("标准版面", started.elapsed());

    let started = Instant::now();
    let epubs: Vec<_> =
        chosen.iter().copied().filter(|e| e.format == Format::Epub).collect();
    let is_shown =
        |name: &str| epubs.iter().any(|e| e.page_list_of.as_deref() == Some(name));
    let (mut rendered, (pictures, shared)) = rayon::join(
        || run(prepared, exports(&standard, chosen)),
        || {
            rayon::join(
                || -> Vec<_> { standard.par_iter().map(|g| g.cover(is_shown)).collect() },
                || epubs.first().map(|edition| Shared::draw(prepared, edition)),
            )
        },
    );
    terminal.timing("导出", started.elapsed());

    let started = Instant::now();
    // Two whole layouts at a time would be half as much memory again.
    for (geometry, picture) in standard.iter_mut().zip(pictures) {
        geometry.layout = None;
        geometry.picture = picture;
    }
    typeset::forget();
    let groups = large_groups(prepared, &blocks, &standard);
    // A layout leaves one thread idle half the time: whoever waits binds.
    let (large, bound) = rayon::join(
        || -> Vec<_> {
            groups
                .into_par_iter()
                .map(|(group, paper)| Geometry::lay_out(prepared, group, paper))
                .collect()
        },
        || -> Vec<_> {
            let Some(shared) = &shared else { return Vec::new() };
            let job = |edition: &&'p Edition| {
                bind(prepared, edition, paper(&standard, edition), shared)
            };
            epubs.iter().map(job).collect()
        },
    );
    rendered.extend(bound);
    terminal.timing("大字版面", started.elapsed());

    let started = Instant::now();
    rendered.extend(run(prepared, exports(&large, chosen)));
    terminal.timing("导出大字版", started.elapsed());
    rendered.sort_by_key(|made| chosen.iter().position(|e| e.name == made.edition.name));
    rendered
}

/// Runs jobs side by side.
fn run<'p>(prepared: &Prepared, jobs: Vec<Job<'p, '_>>) -> Vec<Rendered<'p>> {
    jobs.into_par_iter().flat_map_iter(|job| job.run(prepared)).collect()
}

/// The standard editions and covers that were asked for.
fn exports<'p, 'g>(
    standard: &'g [Geometry<'p>],
    chosen: &[&'p Edition],
) -> Vec<Job<'p, 'g>> {
    let mut jobs = Vec::new();
    for geometry in standard {
        for block in &geometry.editions {
            if is_among(chosen, block) {
                jobs.push(Job::Export(geometry, block));
            }
            let covers = covers_of(chosen, block).into_iter();
            jobs.extend(covers.map(|cover| Job::Cover(geometry, block, cover)));
        }
    }
    jobs
}

/// Large print, each edition a layout of its own; it marks the pages of the
/// edition that it names, whatever else is made in the same run.
fn large_groups<'p, 'g>(
    prepared: &'p Prepared,
    blocks: &[&'p Edition],
    standard: &'g [Geometry<'p>],
) -> Vec<(Group<'p>, Option<&'g PageMap>)> {
    let large = blocks.iter().filter(|edition| edition.design == Design::LargePrint);
    let groups = large.map(|&edition| {
        let pages = paper(standard, edition).map(|geometry| &geometry.pages);
        (Group::of(prepared, edition, pages), pages)
    });
    groups.collect()
}

fn is_among(chosen: &[&Edition], edition: &Edition) -> bool {
    chosen.iter().any(|other| other.name == edition.name)
}

/// The covers of this block that were asked for.
fn covers_of<'p>(chosen: &[&'p Edition], block: &Edition) -> Vec<&'p Edition> {
    chosen
        .iter()
        .copied()
        .filter(|edition| wraps(edition, block))
        .collect()
}

/// The layout of the edition whose pages this one names: an EPUB in its
/// page-list, large print in its margins.
fn paper<'g, 'p>(
    standard: &'g [Geometry<'p>],
    edition: &Edition,
) -> Option<&'g Geometry<'p>> {
    let name = edition.page_list_of.as_ref()?;
    standard.iter().find(|g| g.editions.iter().any(|e| e.name == *name))
}

/// Whether an edition is the cover of this block.
fn wraps(edition: &Edition, block: &Edition) -> bool {
    edition.cover.as_ref().is_some_and(|cover| cover.of == block.name)
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

/// What can run side by side once the standard pages are known.
enum Job<'p, 'g> {
    Export(&'g Geometry<'p>, &'p Edition),
    /// The block and its cover.
    Cover(&'g Geometry<'p>, &'p Edition, &'p Edition),
}

impl<'p> Job<'p, '_> {
    fn run(self, prepared: &Prepared) -> Vec<Rendered<'p>> {
        match self {
            Self::Export(geometry, edition) => {
                vec![export(prepared, geometry, edition)]
            }
            Self::Cover(geometry, block, edition) => {
                vec![cover(prepared, geometry, block, edition)]
            }
        }
    }
}

fn export<'p>(
    prepared: &Prepared,
    geometry: &Geometry<'_>,
    edition: &'p Edition,
) -> Rendered<'p> {
    let started = Instant::now();
    let mut sink = geometry.sink.clone();
    let layout = geometry.layout.as_ref();
    let claim = edition.rules.as_ref();
    let measure = geometry.measures.iter().find(|measure| measure.answers(claim));
    let measured = measure.map(|measure| {
        sink.append(measure.sink.clone());
        measure.measured.clone()
    });
    let bytes = layout.and_then(|layout| pdf(prepared, layout, edition, &[], &mut sink));
    Rendered {
        edition,
        bytes: bytes.filter(|_| !sink.has_errors()),
        pages: geometry.pages.clone(),
        measured,
        fonts: layout.map(Layout::fonts).unwrap_or_default(),
        spine: None,
        time: geometry.time + started.elapsed(),
        sink,
    }
}

/// The PDF of a layout, finished for the press where it goes there; `folds` in mm
/// from its left edge.
fn pdf(
    prepared: &Prepared,
    layout: &Layout,
    edition: &Edition,
    folds: &[f64],
    sink: &mut Sink,
) -> Option<Vec<u8>> {
    let metadata = &prepared.resolved.metadata;
    let mut editions = prepared.project.editions.values();
    let cover_apart = editions.any(|cover| wraps(cover, edition));
    let pdf = layout.pdf(edition, metadata, cover_apart, sink)?;
    if edition.format != Format::PrintPdf {
        return Some(pdf);
    }
    let sheet = prepared.press.sheet(edition, folds, &prepared.project, metadata)?;
    prepress::finish(&pdf, &sheet, sink).map(|finished| finished.bytes)
}

/// The cover of a block whose pages are known. What is wrong with the block is
/// said by the block.
fn cover<'p>(
    prepared: &Prepared,
    geometry: &Geometry<'_>,
    block: &Edition,
    edition: &'p Edition,
) -> Rendered<'p> {
    let started = Instant::now();
    let mut sink = geometry.sink.clone();
    let spine = Spine::around(geometry.pages.pages(), block, edition);
    let Prepared { project, resolved, .. } = prepared;
    let layout = (!sink.has_errors())
        .then(|| typeset::cover(resolved, project, edition, &spine, &mut sink))
        .flatten();
    let bytes = layout.as_ref().and_then(|layout| {
        let folds = edition.folds(&spine);
        let bytes = pdf(prepared, layout, edition, &folds, &mut sink);
        bytes.filter(|_| !sink.has_errors())
    });
    let folios = vec!["封面".to_owned()];
    Rendered {
        edition,
        bytes,
        pages: PageMap { folios, ..PageMap::default() },
        measured: None,
        fonts: layout.as_ref().map(Layout::fonts).unwrap_or_default(),
        spine: Some(spine),
        time: started.elapsed(),
        sink,
    }
}
