//! Page boxes and sizes (ISO 32000-1, 14.11.2; ISO 15930-7, 6.13).

use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::geometry::{PT_PER_MM, mm};
use crate::prepress::preflight::inspected::{Page, Rect};

/// Boxes that differ by less are the same, in points.
const SAME: f64 = 0.05;

/// Page sizes that differ by less are the same, in mm.
const SAME_SIZE: f64 = 0.3;

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    let boxes = &page.boxes;
    if boxes.trim.is_none() && boxes.art.is_none() {
        let advice = "导出时设好成品尺寸，让每页都有 TrimBox";
        let found = Found::new("没有 TrimBox，不知道从哪里裁切", advice);
        bench.find(&rule::MISSING_TRIM_BOX, found.object(page.object));
    }
    if boxes.trim.is_some() && boxes.art.is_some() {
        let found = Found::new("既有 TrimBox 又有 ArtBox", "删去 ArtBox，只留 TrimBox");
        bench.find(&rule::TRIM_AND_ART_BOX, found.object(page.object));
    }
    nesting(bench, page);
    bleed(bench, page);
    size(bench, page);
    if page.rotation != 0 {
        let message = format!("页面靠 /Rotate 转了 {} 度", page.rotation);
        let found = Found::new(message, "导出时让页面本身就是正的");
        bench.find(&rule::PAGE_ROTATED, found.object(page.object));
    }
    if let Some(unit) = page.unit {
        let message = format!("页面靠 /UserUnit 放大 {unit} 倍");
        let found = Found::new(message, "按实际尺寸导出");
        bench.find(&rule::PAGE_ROTATED, found.object(page.object));
    }
}

fn nesting(bench: &mut Bench<'_>, page: &Page) {
    let boxes = &page.boxes;
    let mut wrong = Vec::new();
    let named = [
        ("MediaBox", boxes.media),
        ("CropBox", boxes.crop),
        ("BleedBox", boxes.bleed),
        ("TrimBox", boxes.trim),
        ("ArtBox", boxes.art),
    ];
    for (name, rect) in named {
        if rect.is_some_and(|rect| rect.width() < 1.0 || rect.height() < 1.0) {
            wrong.push(format!("{name} 是空的"));
        }
    }
    if boxes.media.is_none() {
        wrong.push("没有 MediaBox".to_owned());
    }
    let pairs = [
        (("BleedBox", boxes.bleed), ("TrimBox", boxes.trim)),
        (("BleedBox", boxes.bleed), ("ArtBox", boxes.art)),
        (("MediaBox", boxes.media), ("TrimBox", boxes.trim)),
        (("MediaBox", boxes.media), ("BleedBox", boxes.bleed)),
    ];
    for ((outer_name, outer), (inner_name, inner)) in pairs {
        let (Some(outer), Some(inner)) = (outer, inner) else { continue };
        if !outer.holds(&inner, SAME) {
            wrong.push(format!("{inner_name} 超出 {outer_name}"));
        }
    }
    if !wrong.is_empty() {
        let advice = "重新设置成品尺寸和出血，让成品框在出血框里、出血框在页面框里";
        let found = Found::new(wrong.join("；"), advice);
        bench.find(&rule::BAD_PAGE_BOX, found.object(page.object));
    }
}

/// The bleed there is on each side, in mm: left, bottom, right, top.
fn bleeds(outer: Rect, cut: Rect) -> [(&'static str, f64); 4] {
    [
        ("左", mm(cut.left - outer.left)),
        ("下", mm(cut.bottom - outer.bottom)),
        ("右", mm(outer.right - cut.right)),
        ("上", mm(outer.top - cut.top)),
    ]
}

fn bleed(bench: &mut Bench<'_>, page: &Page) {
    let wanted = bench.profile.page.bleed;
    let boxes = &page.boxes;
    // Without a trim box there is nothing to measure from, and that is said.
    let Some(cut) = boxes.trim.or(boxes.art) else { return };
    let outer = boxes.bleed.unwrap_or_else(|| boxes.sheet());
    let short: Vec<_> = bleeds(outer, cut)
        .into_iter()
        .filter(|(_, bleed)| *bleed < wanted - 0.05)
        .collect();
    let Some(least) = short.iter().map(|(_, bleed)| *bleed).reduce(f64::min) else {
        return;
    };
    let sides: Vec<_> = short
        .iter()
        .map(|(side, bleed)| format!("{side} {bleed:.1}"))
        .collect();
    let message = format!("出血只有{} mm，要 {wanted} mm", sides.join("、"));
    let found = Found::new(message, "在排版软件里设好出血，导出时选择“包括出血”");
    bench.find(&rule::MISSING_BLEED, found.object(page.object).measured(least, wanted));
}

/// Each size that differs from the first page's is said once.
fn size(bench: &mut Bench<'_>, page: &Page) {
    let boxes = &page.boxes;
    let is_cut = boxes.trim.is_some() || boxes.art.is_some();
    if !is_cut && bench.wants(&rule::MISSING_TRIM_BOX) {
        return;
    }
    let cut = boxes.cut();
    let unit = page.unit.unwrap_or(1.0);
    let (mut width, mut height) = (cut.width() * unit, cut.height() * unit);
    if page.rotation % 180 != 0 {
        (width, height) = (height, width);
    }
    let Some((first_width, first_height)) = bench.first_size(width, height) else {
        return;
    };
    let differs = |one: f64, other: f64| (one - other).abs() > SAME_SIZE * PT_PER_MM;
    if differs(width, first_width) || differs(height, first_height) {
        let size = format!("{:.1}×{:.1} mm", mm(width), mm(height));
        let message = format!(
            "成品尺寸 {size}，第 1 页却是 {:.1}×{:.1} mm",
            mm(first_width),
            mm(first_height)
        );
        let found = Found::new(message, "改正这一页的尺寸，或把它另存为单独的文件");
        bench.find(&rule::MIXED_PAGE_SIZE, found.object(page.object));
    }
}
