//! How large the cells are and how each page comes into its own: the common
//! size, the paper as it lies best, turning and scaling.

use std::collections::BTreeMap;

use super::layout::{Measures, count};
use super::marks::{ROOM, number};
use super::paper::PT;
use super::scheme::{Face, Plan, Scheme};
use super::source::{LARGEST_BLEED, Page};
use super::{Request, list, rule};
use crate::diag::{Diagnostic, Sink};

/// Sizes that differ by less are the same, in points: half a millimetre.
const SAME: f64 = 0.5 * PT;

/// A page, and how it comes into its cell.
pub(super) struct Fitted {
    /// Turned by a quarter to stand like the others.
    pub(super) turned: bool,
    /// Its size as placed, in points.
    pub(super) size: (f64, f64),
    pub(super) scale: f64,
    /// Whether it fills its cell, so that its bleed may be printed.
    pub(super) fills: bool,
}

/// The size that most pages have, upright or not, in points.
pub(super) fn common_size(pages: &[Page]) -> (f64, f64) {
    // Hundredths of a millimetre; a file has few different sizes.
    #[expect(clippy::cast_possible_truncation, reason = "pages are under 14400 pt")]
    let key = |(w, h): (f64, f64)| ((w / SAME).round() as i64, (h / SAME).round() as i64);
    // How often, where first, and exactly how large.
    let mut sizes = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        let entry = sizes.entry(key(page.size())).or_insert((0, number, page.size()));
        entry.0 += 1;
    }
    let most = sizes
        .values()
        .max_by_key(|(times, first, _)| (*times, std::cmp::Reverse(*first)));
    most.map_or((0.0, 0.0), |(.., size)| *size)
}

/// Whether a page lies on its side compared with the others.
fn lies(size: (f64, f64), common: (f64, f64)) -> bool {
    let wide = |(width, height): (f64, f64)| width > height + SAME;
    let high = |(width, height): (f64, f64)| height > width + SAME;
    (wide(size) && high(common)) || (high(size) && wide(common))
}

/// A page's size, stood like the others.
fn stood(page: &Page, common: (f64, f64)) -> (f64, f64) {
    let (width, height) = page.size();
    if lies(page.size(), common) { (height, width) } else { (width, height) }
}

fn same(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() <= SAME && (a.1 - b.1).abs() <= SAME
}

pub(super) fn warn_of_sizes(pages: &[Page], common: (f64, f64), sink: &mut Sink) {
    let other = pages.iter().enumerate();
    let other = other.filter(|(_, page)| !same(stood(page, common), common));
    let other: Vec<usize> = other.map(|(number, _)| number + 1).collect();
    if other.is_empty() {
        return;
    }
    let message = format!("多数页是 {}，第 {} 页不是", millimetres(common), list(&other));
    sink.report(
        Diagnostic::global(&rule::MIXED_PAGE_SIZES, message)
            .hint("不同的页居中放置；裁切以最大的页为准，请看拼好的样子是不是想要的"),
    );
}

/// The measures of all faces: cells, gutters, and the paper as it lies best.
pub(super) fn measure(
    plan: &Plan,
    pages: &[Page],
    common: (f64, f64),
    request: &Request,
) -> Measures {
    let own = pages.iter().map(Page::bleed).fold(0.0, f64::max);
    let bleed = match (request.fit, request.bleed) {
        (true, _) => 0.0,
        (_, Some(bleed)) => bleed * PT,
        _ => own.min(LARGEST_BLEED),
    };
    let gutter = request.gutter.map_or(2.0 * bleed, |gutter| gutter * PT);
    let spine = match request.scheme {
        Scheme::Saddle(_) | Scheme::Booklets(..) => 0.0,
        Scheme::Gathered(_) => request.mill.map_or(2.0 * bleed, |mill| 2.0 * mill * PT),
        Scheme::Nup(..) | Scheme::CutStack(..) => gutter,
    };
    let largest_page = pages.iter().map(|page| stood(page, common));
    let cell = largest_page
        .fold((0.0_f64, 0.0_f64), |cell, size| (cell.0.max(size.0), cell.1.max(size.1)));
    let mut measures = Measures {
        paper: (0.0, 0.0),
        cell,
        gutter,
        spine,
        bleed,
        gripper: request.gripper * PT,
        caliper: request.caliper * PT,
    };
    let faces: Vec<&Face> = plan.sheets.iter().map(|sheet| &sheet.front).collect();
    let Some(sheet) = request.sheet else {
        let room = 2.0 * if request.marks { ROOM } else { 0.0 };
        let (width, height) = largest(&measures, &faces);
        measures.paper = (width + room, height + room + measures.gripper);
        return measures;
    };
    let upright = (sheet.width * PT, sheet.height * PT);
    let either = [upright, (upright.1, upright.0)];
    let way = |paper: (f64, f64)| {
        let mut measures = Measures { paper, ..measures };
        if request.fit {
            measures.cell = largest_cell(&measures, &faces);
        }
        measures
    };
    let [first, second] = either.map(way);
    let merit = |way: &Measures| {
        if request.fit {
            (way.cell.0 / common.0).min(way.cell.1 / common.1).min(1.0)
        } else {
            let (width, height) = largest(way, &faces);
            (way.paper.0 - width).min(way.paper.1 - way.gripper - height)
        }
    };
    if merit(&second) > merit(&first) { second } else { first }
}

/// What the largest face needs with its bleed, in points.
pub(super) fn largest(measures: &Measures, faces: &[&Face]) -> (f64, f64) {
    let blocks = faces.iter().map(|face| measures.block(face));
    let (width, height) =
        blocks.fold((0.0_f64, 0.0_f64), |a, b| (a.0.max(b.0), a.1.max(b.1)));
    (width + 2.0 * measures.bleed, height + 2.0 * measures.bleed)
}

/// The largest cells that the paper holds.
fn largest_cell(measures: &Measures, faces: &[&Face]) -> (f64, f64) {
    let empty = Measures { cell: (0.0, 0.0), ..*measures };
    let free = (measures.paper.0, measures.paper.1 - measures.gripper);
    let cells = faces.iter().map(|face| {
        let (width, height) = empty.block(face);
        let columns = count(face.first().map_or(1, Vec::len));
        ((free.0 - width) / columns, (free.1 - height) / count(face.len()))
    });
    let (width, height) =
        cells.fold((f64::INFINITY, f64::INFINITY), |a, b| (a.0.min(b.0), a.1.min(b.1)));
    (width.max(0.0), height.max(0.0))
}

/// How a page comes into its cell.
pub(super) fn fit(
    page: &Page,
    common: (f64, f64),
    measures: &Measures,
    request: &Request,
) -> Fitted {
    let (width, height) = stood(page, common);
    let scale = if request.fit {
        (measures.cell.0 / width).min(measures.cell.1 / height).min(1.0)
    } else {
        1.0
    };
    let size = (width * scale, height * scale);
    Fitted {
        turned: lies(page.size(), common),
        size,
        scale,
        fills: same(size, measures.cell),
    }
}

/// A size for a message.
pub(super) fn millimetres((width, height): (f64, f64)) -> String {
    let mm = |points: f64| number((points / PT * 10.0).round() / 10.0);
    format!("{}×{} mm", mm(width), mm(height))
}
