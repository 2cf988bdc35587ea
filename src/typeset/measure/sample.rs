//! The page as it looks behind its text: rendered without it, and looked at
//! where the frames alone do not tell.

use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem};
use typst::visualize::ImageKind;
use typst_layout::Page;

use super::ground::{Area, Ground, contrast};
use super::picture;
use super::run::Run;

/// Pixels a point: a letter of 7 pt covers some 40.
const SCALE: f64 = 1.0;

/// The share of a letter's ground that may be worse than what is reported:
/// edges of fills are blurred.
const LEEWAY: f64 = 0.1;

/// The contrast of each run with what lies behind it; `None` where the text
/// itself has no one colour.
pub(super) fn contrasts(page: &Page, runs: &[Run]) -> Vec<Option<f64>> {
    let mut rendered = None;
    runs.iter()
        .map(|run| {
            let fill = run.fill?;
            match &run.ground {
                Ground::Plain(color) => Some(contrast(fill, *color)),
                Ground::Unclear(areas) => {
                    let ground = rendered.get_or_insert_with(|| Rendered::of(page));
                    ground.lowest(fill, areas)
                }
            }
        })
        .collect()
}

/// A page without its text.
struct Rendered {
    width: usize,
    pixels: Vec<u8>,
}

impl Rendered {
    fn of(page: &Page) -> Self {
        let mut page = page.clone();
        strip(&mut page.frame);
        // Paper is white.
        if page.fill_or_white().is_none() {
            page.fill = Smart::Auto;
        }
        let options = typst_render::RenderOptions {
            pixel_per_pt: SCALE.into(),
            ..Default::default()
        };
        let pixmap = typst_render::render(&page, &options);
        Self {
            width: pixmap.width() as usize,
            pixels: pixmap.data().to_vec(),
        }
    }

    /// The lowest contrast of a colour with the ground of these glyphs.
    fn lowest(&self, fill: [u8; 3], areas: &[Area]) -> Option<f64> {
        let lowest = areas.iter().filter_map(|area| self.of_glyph(fill, area));
        lowest.min_by(f64::total_cmp)
    }

    fn of_glyph(&self, fill: [u8; 3], area: &Area) -> Option<f64> {
        let height = self.pixels.len() / 4 / self.width.max(1);
        let span = |from: f64, to: f64, most: usize| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to the page"
            )]
            let whole = |length: f64| (length * SCALE).max(0.0) as usize;
            whole(from).min(most)..(whole(to) + 1).min(most)
        };
        let mut found = Vec::new();
        for y in span(area[1], area[3], height) {
            for x in span(area[0], area[2], self.width) {
                let at = (y * self.width + x) * 4;
                if let Some([r, g, b, _]) = self.pixels.get(at..at + 4) {
                    found.push(contrast(fill, [*r, *g, *b]));
                }
            }
        }
        found.sort_by(f64::total_cmp);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "a share of a few hundred pixels"
        )]
        let at = (found.len() as f64 * LEEWAY) as usize;
        found.get(at).copied()
    }
}

/// Takes away text, rules and underlines; lettering inside pictures too.
fn strip(frame: &mut Frame) {
    frame.retain(|item| match item {
        FrameItem::Group(group) => {
            strip(&mut group.frame);
            true
        }
        FrameItem::Shape(shape, _) => {
            shape.stroke = None;
            shape.fill.is_some()
        }
        FrameItem::Image(image, ..) => {
            if let ImageKind::Svg(svg) = image.kind()
                && let Some(bare) = picture::without_lettering(svg)
            {
                *image = bare;
            }
            true
        }
        FrameItem::Text(_) | FrameItem::Link(..) | FrameItem::Tag(_) => false,
    });
}
