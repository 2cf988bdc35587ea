//! What stands at the trim: pictures reach into the bleed, letters keep away.

use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::geometry::{PT_PER_MM, mm};
use crate::prepress::preflight::inspected::{Item, Kind, Page, Rect};

/// How near to the trim "touches it", and how much bleed may lack, in mm.
const NEAR: f64 = 0.3;

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    let boxes = &page.boxes;
    let cut = boxes.cut();
    margins(bench, page, cut);
    let wanted = bench.profile.page.bleed * PT_PER_MM;
    let outer = boxes.bleed.unwrap_or_else(|| boxes.sheet());
    // Where there is no room for bleed, that is said by `missing-bleed`.
    if wanted <= 0.0 || boxes.trim.is_none() || !bench.wants(&rule::EMPTY_BLEED) {
        return;
    }
    let room = outer.meet(cut.grown(wanted));
    for (index, item) in page.items.iter().enumerate() {
        if matches!(item.kind, Kind::Text { .. }) || is_paper(item) {
            continue;
        }
        for (side, strip) in strips(item.rect, cut, room) {
            if !page.items.iter().enumerate().any(|(other, below)| {
                other != index && !is_paper(below) && below.rect.holds(&strip, 0.5)
            }) {
                let message = format!("印到{side}边的东西没有伸进出血");
                let found = Found::new(message, "把它拉到出血框的边上");
                bench.find(
                    &rule::EMPTY_BLEED,
                    found.at(item.rect).object(item.object).measured(
                        mm(reach(side, item.rect, cut)),
                        bench.profile.page.bleed,
                    ),
                );
            }
        }
    }
}

/// The sides where something reaches the trim but not the bleed, with the
/// part of the bleed that it leaves empty.
fn strips(rect: Rect, cut: Rect, room: Rect) -> Vec<(&'static str, Rect)> {
    let near = NEAR * PT_PER_MM;
    let mut found = Vec::new();
    let shown = rect.meet(cut);
    if shown.is_empty() {
        return found;
    }
    if rect.left <= cut.left + near && rect.left > room.left + near {
        found.push(("左", Rect { left: room.left, right: cut.left, ..shown }));
    }
    if rect.right >= cut.right - near && rect.right < room.right - near {
        found.push(("右", Rect { left: cut.right, right: room.right, ..shown }));
    }
    if rect.bottom <= cut.bottom + near && rect.bottom > room.bottom + near {
        found.push(("下", Rect { bottom: room.bottom, top: cut.bottom, ..shown }));
    }
    if rect.top >= cut.top - near && rect.top < room.top - near {
        found.push(("上", Rect { bottom: cut.top, top: room.top, ..shown }));
    }
    // A thing that lies wholly in a strip along the trim touches it only if
    // it crosses; hair's breadth slivers do not show.
    found.retain(|(_, strip)| strip.width() > 0.1 && strip.height() > 0.1);
    found
}

/// How far something reaches beyond the trim on a side, in points.
fn reach(side: &str, rect: Rect, cut: Rect) -> f64 {
    match side {
        "左" => cut.left - rect.left,
        "右" => rect.right - cut.right,
        "下" => cut.bottom - rect.bottom,
        _ => rect.top - cut.top,
    }
}

/// Whether nothing of it is seen on white paper.
fn is_paper(item: &Item) -> bool {
    [&item.fill, &item.stroke]
        .into_iter()
        .flatten()
        .all(|paint| paint.ink.is_some_and(|ink| ink.is_white()))
}

/// Letters too near to the trim; what lies wholly outside is for the shop.
fn margins(bench: &mut Bench<'_>, page: &Page, cut: Rect) {
    let safe = bench.profile.page.safe;
    if safe <= 0.0 || !bench.wants(&rule::UNSAFE_MARGIN) {
        return;
    }
    let inner = cut.grown(-safe * PT_PER_MM);
    for item in &page.items {
        if !matches!(item.kind, Kind::Text { .. })
            || item.rect.meet(cut).is_empty()
            || inner.holds(&item.rect, 0.5)
        {
            continue;
        }
        let [l, b, r, t] = [
            item.rect.left - cut.left,
            item.rect.bottom - cut.bottom,
            cut.right - item.rect.right,
            cut.top - item.rect.top,
        ];
        let distance = mm(l.min(b).min(r).min(t));
        let message = if distance < 0.0 {
            "文字伸出了裁切线".to_owned()
        } else {
            format!("文字离裁切线只有 {distance:.1} mm，要 {safe} mm")
        };
        let found = Found::new(message, "把文字往里移");
        bench.find(
            &rule::UNSAFE_MARGIN,
            found.at(item.rect).object(item.object).measured(distance, safe),
        );
    }
}
