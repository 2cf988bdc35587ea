//! Ink: how much of it, and white that vanishes.

use super::color::what;
use super::letter::recipe;
use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::inspected::{Item, Page, Paint};

/// Rounding of colour values, in per cent.
const ROUNDING: f64 = 1.0;

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    let cut = page.boxes.cut();
    let bleed =
        bench.profile.page.bleed * crate::prepress::preflight::geometry::PT_PER_MM;
    let printed = cut.grown(bleed);
    for item in &page.items {
        if item.rect.meet(printed).is_empty() {
            continue;
        }
        let paints = [
            (item.fill.as_ref(), item.overprints.fill),
            (item.stroke.as_ref(), item.overprints.stroke),
        ];
        for (paint, overprints) in paints {
            let Some(paint) = paint else { continue };
            total(bench, item, paint);
            white(bench, item, paint, overprints);
        }
    }
}

/// The ink of one colour alone; what lies over one another is measured on the
/// rendered plates.
fn total(bench: &mut Bench<'_>, item: &Item, paint: &Paint) {
    let limit = bench.profile.ink.limit;
    let Some(ink) = paint.ink.filter(|ink| !ink.registration) else { return };
    if ink.total() <= limit + ROUNDING {
        return;
    }
    let message = format!(
        "{}的总墨量 {:.0}%（{}），上限 {limit}%",
        what(item),
        ink.total(),
        recipe(ink)
    );
    let found = Found::new(message, "调浅颜色，让四种墨之和不超过上限");
    let found = found.at(item.rect).object(item.object);
    bench.find(&rule::INK_LIMIT, found.measured(ink.total(), limit));
}

fn white(bench: &mut Bench<'_>, item: &Item, paint: &Paint, overprints: bool) {
    if !overprints || !paint.ink.is_some_and(|ink| ink.is_white()) {
        return;
    }
    let message = format!("白色的{}设成了叠印，印出来会消失", what(item));
    let found = Found::new(message, "取消它的叠印");
    bench.find(&rule::WHITE_OVERPRINT, found.at(item.rect).object(item.object));
}
