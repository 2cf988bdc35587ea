//! Colour spaces, object by object.

use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::inspected::{Item, Kind, Page, Paint, Space};

/// Names of inks that are no spot inks.
const PROCESS: &[&str] = &["Cyan", "Magenta", "Yellow", "Black", "None", "All"];

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    let cut = page.boxes.cut();
    for item in &page.items {
        let paints = [item.fill.as_ref(), item.stroke.as_ref()];
        for paint in paints.into_iter().flatten() {
            space(bench, item, paint);
            let registers = paint.ink.is_some_and(|ink| ink.registration);
            if registers && !item.rect.meet(cut).is_empty() {
                let message = format!("{}用了套版色（All）", what(item));
                let found = Found::new(message, "改成单色黑或 CMYK");
                let found = found.at(item.rect).object(item.object);
                bench.find(&rule::REGISTRATION_COLOR, found);
            }
        }
        if let Some(why) = item.transparency
            && bench.first(&rule::TRANSPARENCY, &format!("{} {why}", page.number))
        {
            let found = Found::new(
                format!("{}用了透明效果（{why}）", what(item)),
                "确认印厂收 PDF/X-4，或先拼合透明",
            );
            bench.find(&rule::TRANSPARENCY, found.at(item.rect).object(item.object));
        }
    }
}

fn space(bench: &mut Bench<'_>, item: &Item, paint: &Paint) {
    let space = paint.space.base();
    let place = |found: Found| found.at(item.rect).object(number(item));
    match space {
        Space::Rgb | Space::Icc(3) | Space::Calibrated("CalRGB") => {
            let message = format!("{}的颜色是 {}", what(item), paint.space.name());
            let advice = "导出时把颜色转换为 CMYK，黑字设为 K 100";
            bench.find(&rule::RGB_COLOR, place(Found::new(message, advice)));
        }
        Space::Icc(_) | Space::Calibrated(_) => {
            let message = format!("{}的颜色是 {}", what(item), paint.space.name());
            let advice = "直接用 DeviceGray、DeviceCMYK 或专色";
            bench.find(&rule::ICC_COLOR, place(Found::new(message, advice)));
        }
        Space::Inks(names, alternate) => {
            if matches!(alternate.base(), Space::Rgb | Space::Icc(3))
                && bench.first(&rule::RGB_COLOR, &names.join(" "))
            {
                let message =
                    format!("{}的替代色是 {}", paint.space.name(), alternate.name());
                let advice = "给专色一个 CMYK 的替代色";
                bench.find(&rule::RGB_COLOR, place(Found::new(message, advice)));
            }
            for name in names {
                let meant = PROCESS.contains(&name.as_str())
                    || bench.profile.ink.spots.contains(name);
                if !meant && bench.first(&rule::SPOT_COLOR, name) {
                    let message = format!("{}用了专色“{name}”", what(item));
                    let advice = "不打算用专色印就转换为 CMYK；打算用就写进印制单";
                    bench.find(&rule::SPOT_COLOR, place(Found::new(message, advice)));
                }
            }
        }
        Space::Gray
        | Space::Cmyk
        | Space::Indexed(_)
        | Space::Pattern
        | Space::Unknown(_) => {}
    }
}

/// What an item is, in Chinese.
pub(super) fn what(item: &Item) -> &'static str {
    match &item.kind {
        Kind::Text { .. } => "文字",
        Kind::Path { .. } if item.fill.is_none() => "线条",
        Kind::Path { .. } => "色块",
        Kind::Image(_) => "图片",
        Kind::Shading => "渐变",
    }
}

/// The object to look at: the image itself, or the stream that draws.
fn number(item: &Item) -> u32 {
    match &item.kind {
        Kind::Image(image) => image.object.unwrap_or(item.object),
        _ => item.object,
    }
}
