//! Fonts and letters.

use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::inspected::{Font, Ink, Item, Kind, Page};

/// Black ink from which letters count as black.
const BLACK: f64 = 0.8;

/// Other ink that is no slip of a conversion any more.
const NOTABLE: f64 = 0.04;

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    for (index, item) in page.items.iter().enumerate() {
        let Kind::Text { font, size, missing, .. } = &item.kind else { continue };
        face(bench, item, font);
        if *missing > 0 {
            let message = format!("字体 {} 里缺 {missing} 个字", font.name);
            let found = Found::new(message, "换一种有这个字的字体");
            bench.find(&rule::MISSING_GLYPH, found.at(item.rect).object(item.object));
        }
        let Some(ink) = item.fill.as_ref().and_then(|paint| paint.ink) else { continue };
        black(bench, item, *size, ink);
        small(bench, item, *size, ink);
        reversed(bench, page, index, *size, ink);
    }
}

/// A font's faults, once a font.
fn face(bench: &mut Bench<'_>, item: &Item, font: &Font) {
    let thing = format!("{} {}", font.object, font.name);
    if !font.embedded && bench.first(&rule::FONT_NOT_EMBEDDED, &thing) {
        let message = format!("字体 {} 没有嵌入", font.name);
        let found = Found::new(message, "导出时选择“嵌入全部字体”");
        bench.find(&rule::FONT_NOT_EMBEDDED, found.at(item.rect).object(font.object));
    }
    let large = font.bytes > 1 << 20;
    if font.embedded
        && !font.subset
        && large
        && bench.first(&rule::FONT_NOT_SUBSET, &thing)
    {
        let message = format!(
            "字体 {} 整个嵌入了，有 {} MB",
            font.name,
            font.bytes.div_ceil(1 << 20)
        );
        let found = Found::new(message, "导出时选择“嵌入子集”");
        bench.find(&rule::FONT_NOT_SUBSET, found.at(item.rect).object(font.object));
    }
    if font.subtype == "Type3" && bench.first(&rule::TYPE3_FONT, &thing) {
        let message = format!("字体 {} 是 Type 3 字体", font.name);
        let found = Found::new(message, "换成 OpenType 或 TrueType 字体");
        bench.find(&rule::TYPE3_FONT, found.at(item.rect).object(font.object));
    }
}

fn black(bench: &mut Bench<'_>, item: &Item, size: f64, ink: Ink) {
    let [c, m, y, k] = ink.process;
    let limit = bench.profile.ink.rich_black;
    let others = [c, m, y].iter().filter(|part| **part > NOTABLE).count();
    if size >= limit || k < BLACK || others == 0 || ink.registration {
        return;
    }
    let message = format!("{size:.1} pt 的黑字用了 {}", recipe(ink));
    let found = Found::new(message, "改为 K 100，其余为 0");
    bench.find(
        &rule::RICH_BLACK_TEXT,
        found.at(item.rect).object(item.object).measured(size, limit),
    );
}

fn small(bench: &mut Bench<'_>, item: &Item, size: f64, ink: Ink) {
    let limit = bench.profile.ink.multi_ink;
    let is_black = ink.process[3] >= BLACK;
    if size >= limit || ink.plates() < 3 || is_black || ink.registration {
        return;
    }
    let message =
        format!("{size:.1} pt 的字用了 {} 种墨（{}）", ink.plates(), recipe(ink));
    let found = Found::new(message, "改用一两种墨，或把字放大");
    bench.find(
        &rule::MULTI_INK_TEXT,
        found.at(item.rect).object(item.object).measured(size, limit),
    );
}

/// White letters on a ground of several plates.
fn reversed(bench: &mut Bench<'_>, page: &Page, index: usize, size: f64, ink: Ink) {
    let limit = bench.profile.ink.reversed;
    let item = &page.items[index];
    if size >= limit || !ink.is_white() || !bench.wants(&rule::REVERSED_TEXT) {
        return;
    }
    let ground = page.items[..index].iter().rev().take(5000).find(|below| {
        !matches!(below.kind, Kind::Text { .. })
            && below.fill.is_some()
            && below.rect.holds(&item.rect, 1.0)
    });
    let paint = ground.and_then(|below| below.fill.as_ref());
    let plates = paint.and_then(|paint| paint.ink).map_or(0, |ink| ink.plates());
    if plates < 2 {
        return;
    }
    let message = format!("{size:.1} pt 的反白字，底色有 {plates} 种墨");
    let found = Found::new(message, "把字放大、加粗，或让底色只用一种墨");
    bench.find(
        &rule::REVERSED_TEXT,
        found.at(item.rect).object(item.object).measured(size, limit),
    );
}

/// An ink's recipe: `C 75 M 68 Y 67 K 90`.
pub(super) fn recipe(ink: Ink) -> String {
    let names = ["C", "M", "Y", "K"];
    let mut parts: Vec<String> = names
        .iter()
        .zip(ink.process)
        .map(|(name, part)| format!("{name} {:.0}", part * 100.0))
        .collect();
    if ink.spots > 0 {
        parts.push(format!("专色 {:.0}", ink.spot * 100.0));
    }
    parts.join(" ")
}
