//! What lies behind a run of text: plain colour where that is certain, else the
//! places to be looked at in a rendering.

use typst::layout::{Abs, Point, Transform};
use typst::text::TextItem;
use typst::visualize::{Color, Paint};
use typst_layout::Page;

/// A rectangle on the page in pt: left, top, right, bottom.
pub(super) type Area = [f64; 4];

/// What lies behind a run.
pub(super) enum Ground {
    /// One colour.
    Plain([u8; 3]),
    /// Not to be told from the frames: the areas of the glyphs.
    Unclear(Vec<Area>),
}

/// Something that was painted.
pub(super) struct Painted {
    /// The box around it.
    area: Area,
    /// Its colour, where the box is full of it.
    color: Option<[u8; 3]>,
    /// Made of pixels.
    pub(super) bitmap: bool,
}

impl Painted {
    /// What lies between two corners under a transformation; `fill` for a
    /// rectangle.
    pub(super) fn new(
        min: Point,
        max: Point,
        at: Transform,
        fill: Option<&Paint>,
    ) -> Self {
        let upright = at.kx.get().abs() < 1e-6 && at.ky.get().abs() < 1e-6;
        let color = fill.filter(|_| upright).and_then(solid);
        Self { area: area(min, max, at), color, bitmap: false }
    }
}

/// The box of two corners under a transformation.
fn area(min: Point, max: Point, at: Transform) -> Area {
    let corners = [min, Point::new(max.x, min.y), max, Point::new(min.x, max.y)];
    let mut area = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for corner in corners {
        let corner = corner.transform(at);
        let (x, y) = (corner.x.to_pt(), corner.y.to_pt());
        area = [area[0].min(x), area[1].min(y), area[2].max(x), area[3].max(y)];
    }
    area
}

/// An opaque colour.
fn solid(paint: &Paint) -> Option<[u8; 3]> {
    let Paint::Solid(color) = paint else { return None };
    let [r, g, b, alpha] = Color::from(color.to_rgb()).to_vec4_u8();
    (alpha == 255).then_some([r, g, b])
}

/// What was painted on a page so far.
pub(super) struct Painting {
    page: Option<[u8; 3]>,
    painted: Vec<Painted>,
}

impl Painting {
    /// The empty page.
    pub(super) fn of(page: &Page) -> Self {
        // Paper is white.
        let page = page.fill_or_white().as_ref().map_or(Some([255; 3]), solid);
        Self { page, painted: Vec::new() }
    }

    pub(super) fn push(&mut self, painted: Painted) {
        self.painted.push(painted);
    }

    /// What lies behind a run, and whether that is a bitmap.
    pub(super) fn behind(
        &self,
        text_area: &Painted,
        text: &TextItem,
        at: Transform,
    ) -> (Ground, bool) {
        let [left, top, right, bottom] = text_area.area;
        let mut over_bitmap = false;
        for under in self.painted.iter().rev() {
            let [l, t, r, b] = under.area;
            if l >= right || r <= left || t >= bottom || b <= top {
                continue;
            }
            over_bitmap |= under.bitmap;
            let covers = l <= left && r >= right && t <= top && b >= bottom;
            if let (true, Some(color)) = (covers, under.color) {
                return (Ground::Plain(color), over_bitmap);
            }
            return (Ground::Unclear(glyph_areas(text, at)), over_bitmap);
        }
        let ground = self.page.map(Ground::Plain);
        (ground.unwrap_or_else(|| Ground::Unclear(glyph_areas(text, at))), over_bitmap)
    }
}

/// Where the glyphs of a run stand.
fn glyph_areas(text: &TextItem, at: Transform) -> Vec<Area> {
    let mut areas = Vec::with_capacity(text.glyphs.len());
    let mut x = Abs::zero();
    for glyph in &text.glyphs {
        let width = glyph.x_advance.at(text.size);
        let min = Point::new(x, -text.size * 0.75);
        let max = Point::new(x + width, text.size * 0.05);
        areas.push(area(min, max, at));
        x += width;
    }
    areas
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
pub(super) fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance (WCAG 2.2).
fn luminance(color: [u8; 3]) -> f64 {
    let [r, g, b] = color.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([255; 3], [255; 3]) - 1.0).abs() < 1e-9);
        // #767676 on white is the lightest grey of level AA.
        assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    }
}
