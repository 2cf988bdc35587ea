//! Ink: how much of it, and white that vanishes.

use super::color::what;
use super::letter::recipe;
use crate::diag::rule::preflight as rule;
use crate::prepress::Spot;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::geometry::PT_PER_MM;
use crate::prepress::preflight::inspected::{Item, Page, Paint, Rect};

/// Rounding of colour values, in per cent.
const ROUNDING: f64 = 1.0;

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    let cut = page.boxes.cut();
    let bleed = bench.profile.page.bleed * PT_PER_MM;
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

/// Places where the plates together have too much ink.
pub(super) fn measured(
    bench: &mut Bench<'_>,
    page: usize,
    cut: Rect,
    spots: &[(Rect, Spot)],
) {
    let limit = bench.profile.ink.limit;
    let printed = cut.grown(bench.profile.page.bleed * PT_PER_MM);
    for (rect, spot) in spots {
        // What one colour asks for alone was said with its object.
        let said = bench.knows(&rule::INK_LIMIT, page, rect);
        if said || rect.meet(printed).is_empty() {
            continue;
        }
        let message = format!(
            "这里的总墨量达到 {:.0}%（约 {:.0} mm²），上限 {limit}%",
            spot.total, spot.area
        );
        let found = Found::new(message, "调浅颜色或图片的暗部，让四种墨之和不超过上限");
        bench.find(&rule::INK_LIMIT, found.at(*rect).measured(spot.total, limit));
    }
}

fn white(bench: &mut Bench<'_>, item: &Item, paint: &Paint, overprints: bool) {
    if !overprints || !paint.ink.is_some_and(|ink| ink.is_white()) {
        return;
    }
    let message = format!("白色的{}设成了叠印，印出来会消失", what(item));
    let found = Found::new(message, "取消它的叠印");
    bench.find(&rule::WHITE_OVERPRINT, found.at(item.rect).object(item.object));
}
