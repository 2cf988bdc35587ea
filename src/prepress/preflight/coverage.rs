//! Total area coverage, measured on the plates of pages.
//!
//! Where opaque things lie on one another, the uppermost alone prints, and its
//! own ink says all. Only pages where that is not so are separated: pictures,
//! gradients, transparency, and what overprints.

use std::collections::BTreeSet;

use super::geometry::PT_PER_MM;
use super::inspected::{Depth, Item, Kind, Page, Paint, Rect, Space};
use super::reading;
use crate::prepress::{Separations, Spot, worst_spots};

/// Pages that are separated at most.
const MAX_PAGES: usize = 400;

/// Pages that are separated at one time: their streams are in memory twice.
const BATCH: usize = 40;

/// Pixels in an inch: one is a third of a millimetre.
const RESOLUTION: u32 = 72;

/// Whether a page's ink cannot be told from its things alone.
pub(super) fn must_be_measured(page: &Page, limit: f64) -> bool {
    let most = page.items.iter().flat_map(totals).fold(0.0, f64::max);
    page.items.iter().any(|item| {
        let heavy = totals(item).fold(0.0, f64::max);
        let adds =
            (item.overprints.fill || item.overprints.stroke) && heavy + most > limit;
        let shows = match &item.kind {
            Kind::Image(image) => image.depth == Depth::Color,
            Kind::Shading => item.fill.as_ref().is_some_and(is_colored),
            Kind::Text { .. } | Kind::Path { .. } => false,
        };
        adds || shows || item.transparency.is_some()
    })
}

fn is_colored(paint: &Paint) -> bool {
    !matches!(paint.space.base(), Space::Gray | Space::Icc(1))
}

/// The ink of an item's colours, in per cent; marks of the shop aside.
fn totals(item: &Item) -> impl Iterator<Item = f64> {
    [&item.fill, &item.stroke]
        .into_iter()
        .flatten()
        .filter_map(|paint| paint.ink)
        .filter(|ink| !ink.registration)
        .map(|ink| ink.total())
}

/// Places with too much ink on one page.
#[derive(Debug)]
pub(super) struct Heavy {
    pub(super) page: usize,
    pub(super) spots: Vec<(Rect, Spot)>,
}

/// Measures pages; gives the places with more ink than the limit, and whether
/// all pages could be measured.
pub(super) fn measure(
    pdf: &[u8],
    pages: &BTreeSet<usize>,
    limit: f64,
) -> (Vec<Heavy>, bool) {
    let numbers: Vec<usize> = pages.iter().copied().take(MAX_PAGES).collect();
    let mut whole = numbers.len() == pages.len();
    let mut found = Vec::new();
    for batch in numbers.chunks(BATCH) {
        let Ok(mut opened) = reading::open(pdf) else { return (found, false) };
        let sheets = opened.spread(&batch.iter().copied().collect());
        whole &= sheets.len() == batch.len();
        let indices: Vec<usize> = (0..sheets.len()).collect();
        let separations = Separations::of(&opened.document, &indices);
        for (index, (page, sheet)) in sheets.iter().enumerate() {
            let plates =
                separations.as_ref().and_then(|all| all.plates(index, RESOLUTION));
            let Some(plates) = plates else {
                whole = false;
                continue;
            };
            let spots = worst_spots(&plates, limit);
            let place = |spot: Spot| (around(*sheet, spot), spot);
            let spots = spots.into_iter().map(place).collect();
            found.push(Heavy { page: *page, spots });
        }
    }
    (found, whole)
}

/// The field around a spot, in the page's own coordinates.
fn around(sheet: Rect, spot: Spot) -> Rect {
    let (x, y) = (sheet.left + spot.x, sheet.bottom + spot.y);
    let half = (spot.area.max(1.0).sqrt() / 2.0).min(10.0) * PT_PER_MM;
    Rect { left: x, bottom: y, right: x, top: y }.grown(half)
}
