//! Lettering in SVG pictures: text that the page only holds as a picture.

use std::ops::Range;

use typst::foundations::Bytes;
use typst::layout::{Abs, Point, Size, Transform};
use typst::syntax::Span;
use typst::visualize::{Image, SvgImage};
use usvg::{Group, Node, Paint, Text};

use super::ground::{Area, Ground};
use super::role::Role;
use super::run::{Run, magnification};

/// How deep groups may nest.
const MAX_DEPTH: usize = 64;

/// What a picture holds.
#[derive(Default)]
pub(super) struct Contents {
    /// Its texts, as they stand on the page.
    pub(super) runs: Vec<Run>,
    /// The areas of its own pictures made of pixels.
    pub(super) bitmaps: Vec<Area>,
}

/// The texts of a picture that is placed so large, under a transformation.
pub(super) fn contents(svg: &SvgImage, size: Size, at: Transform) -> Contents {
    let mut contents = Contents::default();
    let scale = (size.x.to_pt() / svg.width(), size.y.to_pt() / svg.height());
    if scale.0.is_finite() && scale.1.is_finite() {
        let placed = Placed { scale, at };
        placed.collect(svg.tree().root(), 0, &mut contents);
    }
    contents
}

/// How a picture stands on the page.
struct Placed {
    /// Points a unit of the picture, across and down.
    scale: (f64, f64),
    at: Transform,
}

impl Placed {
    fn collect(&self, group: &Group, depth: usize, contents: &mut Contents) {
        if depth > MAX_DEPTH {
            return;
        }
        for node in group.children() {
            match node {
                Node::Group(group) => self.collect(group, depth + 1, contents),
                Node::Text(text) => self.read(text, contents),
                Node::Image(image) => {
                    contents.bitmaps.push(self.area(image.abs_bounding_box()));
                }
                Node::Path(_) => {}
            }
        }
    }

    /// A box of the picture on the page.
    fn area(&self, bounds: usvg::Rect) -> Area {
        let corner = |x: f32, y: f32| {
            let x = Abs::pt(f64::from(x) * self.scale.0);
            Point::new(x, Abs::pt(f64::from(y) * self.scale.1)).transform(self.at)
        };
        let start = corner(bounds.left(), bounds.top());
        let end = corner(bounds.right(), bounds.bottom());
        [
            start.x.min(end.x).to_pt(),
            start.y.min(end.y).to_pt(),
            start.x.max(end.x).to_pt(),
            start.y.max(end.y).to_pt(),
        ]
    }

    /// One text element: a run for each of its spans.
    fn read(&self, text: &Text, contents: &mut Contents) {
        let own = text.abs_transform();
        let enlarged = f64::from(own.sx * own.sy - own.kx * own.ky).abs().sqrt();
        let placed = (self.scale.0 * self.scale.1).abs().sqrt() * magnification(self.at);
        let area = self.area(text.abs_bounding_box());
        let over_picture = contents.bitmaps.iter().any(|under| meet(under, &area));
        for chunk in text.chunks() {
            for span in chunk.spans() {
                let words =
                    chunk.text().get(span.start()..span.end()).unwrap_or_default();
                if words.trim().is_empty() {
                    continue;
                }
                let size = f64::from(span.font_size().get()) * enlarged * placed;
                let fill = match span.fill().map(usvg::Fill::paint) {
                    Some(Paint::Color(color)) => {
                        Some([color.red, color.green, color.blue])
                    }
                    _ => None,
                };
                let family = span.font().families().first();
                contents.runs.push(Run {
                    words: words.trim().to_owned(),
                    left: area[0],
                    right: area[2],
                    baseline: area[3],
                    size,
                    glyphs: words.chars().filter(|c| !c.is_whitespace()).count(),
                    role: Role::Lettering,
                    family: family.map(ToString::to_string).unwrap_or_default(),
                    weight: span.font().weight(),
                    slanted: span.font().style() != usvg::FontStyle::Normal,
                    stretch: 0.0,
                    fill,
                    ground: Ground::Unclear(cells(area, size)),
                    decorative: false,
                    turned: true,
                    over_picture,
                    origin: (Span::detached(), 0),
                    near: None,
                    anchor: None,
                });
            }
        }
    }
}

/// Whether two areas have a part in common.
fn meet(one: &Area, other: &Area) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

/// An area cut into pieces of about a character's width.
fn cells(area: Area, size: f64) -> Vec<Area> {
    let [left, top, right, bottom] = area;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a few hundred"
    )]
    let count = ((right - left) / size.max(1.0)).round().clamp(1.0, 400.0) as u32;
    let width = (right - left) / f64::from(count);
    (0..count)
        .map(|n| {
            let from = left + width * f64::from(n);
            [from, top, from + width, bottom]
        })
        .collect()
}

/// The picture without its lettering, to see what lies behind that; `None`
/// when it has none.
pub(super) fn without_lettering(svg: &SvgImage) -> Option<Image> {
    let text = std::str::from_utf8(svg.data()).ok()?;
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
    let ranges: Vec<Range<usize>> = texts.map(|node| node.range()).collect();
    if ranges.is_empty() {
        return None;
    }
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        if range.start >= at {
            rest.push_str(text.get(at..range.start)?);
            at = range.end;
        }
    }
    rest.push_str(text.get(at..)?);
    SvgImage::new(Bytes::from_string(rest)).ok().map(Image::plain)
}
