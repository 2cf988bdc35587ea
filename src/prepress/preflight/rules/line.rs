//! Lines that a plate cannot hold.

use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::inspected::{Item, Kind, Page};

/// A rectangle this many times longer than wide is a line.
const SLENDER: f64 = 8.0;

/// Rounding of widths, in points.
const ROUNDING: f64 = 0.005;

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    let limit = bench.profile.line.min;
    let cut = page.boxes.cut();
    for item in &page.items {
        let Some((width, drawn)) = width(item) else { continue };
        // Marks outside the trim are for the shop.
        if width >= limit - ROUNDING || item.rect.meet(cut).is_empty() {
            continue;
        }
        let message = if width < 0.001 {
            "线宽为 0，印版上是最细的一个点".to_owned()
        } else {
            format!("线宽只有 {width:.2} pt，要 {limit} pt")
        };
        let found = Found::new(message, "加粗到 0.25 pt 以上");
        let mut found = found.at(item.rect).object(item.object);
        // A slender area may be a small value of a chart: look at it.
        found.mild = !drawn;
        bench.find(&rule::HAIRLINE, found.measured(width, limit));
    }
}

/// How wide something is that is a line, and whether it is drawn as one.
fn width(item: &Item) -> Option<(f64, bool)> {
    let Kind::Path { line, rectangle } = &item.kind else { return None };
    if let Some(width) = line {
        return Some((*width, true));
    }
    let (short, long) = if item.rect.width() < item.rect.height() {
        (item.rect.width(), item.rect.height())
    } else {
        (item.rect.height(), item.rect.width())
    };
    (*rectangle && long > 3.0 && long > short * SLENDER).then_some((short, false))
}
