//! What is made of a layout: the PDFs of its editions and the covers around them.
//!
//! A cover waits for the pages of its block, and takes from them how wide its
//! spine is.

use std::time::Instant;

use rayon::prelude::*;

use kepu::diag::Sink;
use kepu::edition::{Design, Edition, Format, PageMap, Spine};
use kepu::prepress;
use kepu::typeset::{self, Layout};

use super::geometry::{Geometry, Measure};
use super::pipeline::Prepared;
use super::render::Rendered;

/// What was asked for, once the standard pages are known.
pub(super) struct Wanted<'a, 'p> {
    pub(super) prepared: &'p Prepared,
    pub(super) chosen: &'a [&'p Edition],
    pub(super) standard: &'a [Geometry<'p>],
}

impl<'p> Wanted<'_, 'p> {
    /// The number of the layout of the edition whose pages this one names: an EPUB
    /// in its page-list, large print in its margins.
    pub(super) fn paper(&self, edition: &Edition) -> Option<usize> {
        let name = edition.page_list_of.as_ref()?;
        let is_in = |g: &Geometry| g.editions.iter().any(|e| e.name == *name);
        self.standard.iter().position(is_in)
    }

    /// The pages that large print marks.
    pub(super) fn marked(&self, edition: &Edition) -> Option<&PageMap> {
        let is_large = edition.design == Design::LargePrint;
        let paper = is_large.then(|| self.paper(edition)).flatten()?;
        self.standard.get(paper).map(|geometry| &geometry.pages)
    }

    /// Makes of a layout what was asked for, and measures it; with the cover as
    /// a picture, where an EPUB wants it.
    pub(super) fn make(
        &self,
        geometry: &Geometry<'p>,
        layout: Option<&Layout>,
    ) -> (Vec<Rendered<'p>>, Option<Vec<u8>>) {
        let jobs = self.jobs(geometry).into_par_iter();
        let (mut rendered, (measures, picture)) = rayon::join(
            || -> Vec<_> {
                jobs.map(|job| job.run(self.prepared, geometry, layout)).collect()
            },
            || match layout {
                None => (Vec::new(), None),
                Some(layout) => rayon::join(
                    || Measure::all(layout, &geometry.editions, |e| self.marked(e)),
                    || self.picture(geometry, layout),
                ),
            },
        );
        // The cover of a block has none of its pages.
        for made in rendered.iter_mut().filter(|made| !made.edition.is_cover()) {
            let claim = made.edition.rules.as_ref();
            if let Some(own) = measures.iter().find(|measure| measure.answers(claim)) {
                made.sink.append(own.sink.clone());
                made.measured = Some(own.measured.clone());
                made.bytes = made.bytes.take().filter(|_| !made.sink.has_errors());
            }
        }
        (rendered, picture)
    }

    /// The editions and covers of a layout that were asked for.
    fn jobs(&self, geometry: &Geometry<'p>) -> Vec<Job<'p>> {
        let mut jobs = Vec::new();
        for block in &geometry.editions {
            if self.chosen.iter().any(|edition| edition.name == block.name) {
                jobs.push(Job::Export(block));
            }
            let covers = self.chosen.iter().filter(|edition| wraps(edition, block));
            jobs.extend(covers.map(|cover| Job::Cover(block, cover)));
        }
        jobs
    }

    /// The cover as shops want it, if one of these editions is shown in an EPUB.
    fn picture(&self, geometry: &Geometry<'p>, layout: &Layout) -> Option<Vec<u8>> {
        const WIDTH: u32 = 1600;
        let mut epubs = self.chosen.iter().filter(|e| e.format == Format::Epub);
        epubs.find(|epub| {
            let name = epub.page_list_of.as_ref();
            geometry.editions.iter().any(|edition| Some(&edition.name) == name)
        })?;
        layout.png(*geometry.pages.anchors.get("cover")?, WIDTH)
    }
}

/// Whether an edition is the cover of this block.
pub(super) fn wraps(edition: &Edition, block: &Edition) -> bool {
    edition.cover.as_ref().is_some_and(|cover| cover.of == block.name)
}

/// What can be made side by side.
enum Job<'p> {
    Export(&'p Edition),
    /// The block and its cover.
    Cover(&'p Edition, &'p Edition),
}

impl<'p> Job<'p> {
    fn run(
        self,
        prepared: &Prepared,
        geometry: &Geometry<'_>,
        layout: Option<&Layout>,
    ) -> Rendered<'p> {
        match self {
            Self::Export(edition) => export(prepared, geometry, layout, edition),
            Self::Cover(block, edition) => cover(prepared, geometry, block, edition),
        }
    }
}

fn export<'p>(
    prepared: &Prepared,
    geometry: &Geometry<'_>,
    layout: Option<&Layout>,
    edition: &'p Edition,
) -> Rendered<'p> {
    let started = Instant::now();
    let mut sink = geometry.sink.clone();
    let bytes = layout.and_then(|layout| pdf(prepared, layout, edition, &[], &mut sink));
    Rendered {
        edition,
        bytes: bytes.filter(|_| !sink.has_errors()),
        pages: geometry.pages.clone(),
        measured: None,
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
