//! Resolution of images as placed.

use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::inspected::{Depth, Kind, Page};

/// An image of so few samples in a direction is a plain colour or a gradient.
const PLAIN: u32 = 4;

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    for item in &page.items {
        let Kind::Image(image) = &item.kind else { continue };
        if image.width <= PLAIN || image.height <= PLAIN {
            continue;
        }
        let limits = &bench.profile.image;
        let (name, [least, good]) = match image.depth {
            Depth::Color => ("彩图", limits.color),
            Depth::Gray => ("灰度图", limits.gray),
            Depth::Line => ("线条图", limits.line),
        };
        let resolution = image.resolution;
        if resolution >= good - 0.5 {
            continue;
        }
        let message = format!(
            "{name}（{}×{} 像素）只有 {resolution:.0} ppi，要 {good} ppi",
            image.width, image.height
        );
        let mut found = Found::new(message, "换一张大图，或放小些")
            .at(item.rect)
            .object(image.object.unwrap_or(item.object))
            .measured(resolution.round(), good);
        found.mild = resolution >= least;
        bench.find(&rule::LOW_IMAGE_RESOLUTION, found);
    }
}
