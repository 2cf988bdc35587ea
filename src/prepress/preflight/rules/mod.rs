//! The rules: a file for each thing that a press operator looks at.
//!
//! Each takes facts from [`super::inspected`] and lays what it finds on the
//! bench. No rule reads the PDF itself.

mod barcode;
mod bleed;
mod color;
mod file;
mod image;
mod ink;
mod letter;
mod line;
mod page_box;
mod resource;
mod standard;

use super::finding::Bench;
use super::inspected::{Page, Rect};
use super::reading::Limit;
use crate::prepress::Spot;

/// Checks the document as a whole.
pub(super) fn document(bench: &mut Bench<'_>) {
    file::check(bench);
    standard::check(bench);
}

/// Checks one page.
pub(super) fn page(bench: &mut Bench<'_>, page: &Page) {
    bench.turn_to(page);
    page_box::check(bench, page);
    bleed::check(bench, page);
    letter::check(bench, page);
    color::check(bench, page);
    ink::check(bench, page);
    line::check(bench, page);
    image::check(bench, page);
    barcode::check(bench, page);
    resource::check(bench, page);
    bench.turn_back();
}

/// Says where the plates of a page have too much ink.
pub(super) fn measured(
    bench: &mut Bench<'_>,
    page: usize,
    cut: Rect,
    spots: &[(Rect, Spot)],
) {
    bench.turn_to_number(page, cut);
    ink::measured(bench, page, cut, spots);
    bench.turn_back();
}

/// Says which parts were not examined.
pub(super) fn limits(bench: &mut Bench<'_>, limits: &[Limit]) {
    file::limits(bench, limits);
}
