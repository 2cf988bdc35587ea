//! The fork: layouts, exports and the EPUB, side by side.
//!
//! Editions with the same geometry share one layout. The standard layouts come
//! first, together with what the EPUB needs from typst (charts, formulas): the
//! EPUB's page-list and large print's margin numbers are taken from their pages.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use kepu::diag::Sink;
use kepu::edition::{Design, Edition, Format, PageMap};
use kepu::epub;
use kepu::prepress::{self, PressSheet};
use kepu::typeset::{self, Layout};

use super::pipeline::Prepared;
use super::terminal::Terminal;

/// One edition, made or failed.
pub(super) struct Rendered<'p> {
    pub(super) edition: &'p Edition,
    /// The file; `None` when the edition failed.
    pub(super) bytes: Option<Vec<u8>>,
    /// The pages; none for EPUB.
    pub(super) pages: PageMap,
    pub(super) standards: Vec<String>,
    pub(super) fonts: Vec<String>,
    pub(super) time: Duration,
    pub(super) sink: Sink,
}

/// A layout and the editions that share it.
struct Geometry<'p> {
    editions: Vec<&'p Edition>,
    layout: Option<Layout>,
    sink: Sink,
    time: Duration,
}

/// Makes the editions; each carries its own problems.
pub(super) fn render<'p>(
    prepared: &'p Prepared,
    chosen: &[&'p Edition],
    sink: &mut Sink,
    terminal: &Terminal,
) -> Vec<Rendered<'p>> {
    let plan = Plan::new(prepared, chosen);
    let started = Instant::now();
    let (geometries, extras) = rayon::join(
        || -> Vec<_> {
            plan.first.par_iter().map(|group| lay_out(prepared, group, None)).collect()
        },
        || plan.epubs.first().map(|_| epub::Extras::prepare(prepared)),
    );
    terminal.timing("标准版面", started.elapsed());
    let mut rendered = Vec::new();
    let _ = (geometries, extras, sink, &mut rendered);
    rendered
}
