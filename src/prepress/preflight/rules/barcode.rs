//! The EAN-13 of an ISBN (GB/T 12906): thirty bars that a till must read.

use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::geometry::{PT_PER_MM, mm};
use crate::prepress::preflight::inspected::{Item, Kind, Page, Rect};

/// Bars of an EAN-13: three pairs of guards and two a digit.
const BARS: usize = 30;

/// From the first bar to the last, in modules.
const MODULES: f64 = 95.0;

/// A module at the nominal size, in mm.
const NOMINAL: f64 = 0.33;

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    let bars: Vec<&Item> = page.items.iter().filter(|item| is_bar(item)).collect();
    for row in rows(&bars) {
        let around = row.iter().map(|bar| bar.rect).reduce(Rect::with);
        let Some(around) = around.filter(|_| row.len() == BARS) else { continue };
        let size = mm(around.width()) / (MODULES * NOMINAL);
        let place = |found: Found| found.at(around).object(row[0].object);
        if !(0.795..=2.005).contains(&size) {
            let message =
                format!("EAN-13 条码的放大系数是 {size:.2}，要在 0.80 到 2.00 之间");
            let found = Found::new(message, "把条码放大或缩小到规定的范围");
            bench.find(&rule::BARCODE_SIZE, place(found).measured(size, 0.8));
        }
        let ink = row[0].fill.as_ref().and_then(|paint| paint.ink);
        if !ink.is_some_and(|ink| ink.plates() == 1 && ink.total() > 95.0) {
            let message = "EAN-13 条码的条不是单独一种实地墨";
            let found = Found::new(message, "用 K 100 印条码");
            bench.find(&rule::BARCODE_SIZE, place(found));
        }
    }
}

/// A dark upright rectangle, much higher than wide.
fn is_bar(item: &Item) -> bool {
    let Kind::Path { line: None, rectangle: true } = item.kind else { return false };
    let (width, height) = (item.rect.width(), item.rect.height());
    let dark = item
        .fill
        .as_ref()
        .is_some_and(|paint| paint.ink.is_none_or(|ink| ink.total() > 50.0));
    dark && height > 5.0 * PT_PER_MM && width < 3.0 * PT_PER_MM && width > 0.1
}

/// Bars that stand beside one another in the order they are drawn.
fn rows<'a, 'b>(bars: &'b [&'a Item]) -> Vec<&'b [&'a Item]> {
    let together = |one: &&Item, next: &&Item| {
        let gap = next.rect.left - one.rect.right;
        let overlap =
            one.rect.top.min(next.rect.top) - one.rect.bottom.max(next.rect.bottom);
        // The widest space of an EAN-13 is four modules at twice the size.
        gap > 0.0 && gap < 4.5 * 2.0 * NOMINAL * PT_PER_MM && overlap > 4.0 * PT_PER_MM
    };
    bars.chunk_by(together).collect()
}
