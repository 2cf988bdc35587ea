//! The path that is being built, and painting it.

use super::lexer::Token;
use super::walk::{Scene, Walker, numbers};
use crate::prepress::preflight::geometry::Rect;
use crate::prepress::preflight::inspected::Kind;

/// Points kept to tell rectangles from other shapes.
const FEW: usize = 6;

/// Rectangles of one path that are told apart.
const PARTS: usize = 128;

/// A path, as far as it matters: around what, and whether it is a rectangle.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "what a path is, each for itself")]
pub(super) struct Outline {
    around: Option<Rect>,
    corners: Vec<(f64, f64)>,
    /// More than one part, curves, or too many points.
    intricate: bool,
    clips: bool,
    /// The parts, as long as all are rectangles: the bars of a barcode.
    parts: Vec<Rect>,
    /// Some part is no rectangle.
    mixed: bool,
    /// Being painted as an area; read by `Walker::mark`.
    pub(super) filled: bool,
}

impl Outline {
    fn add(&mut self, point: (f64, f64)) {
        let rect = Rect::between(point.0, point.1, point.0, point.1);
        self.around = Some(self.around.map_or(rect, |around| around.with(rect)));
        if self.corners.len() < FEW {
            self.corners.push(point);
        } else {
            self.intricate = true;
        }
    }

    /// One upright rectangle.
    fn is_rectangle(&self) -> bool {
        let closed =
            self.corners.len() == 5 && self.corners.first() == self.corners.last();
        let upright = |pair: &[(f64, f64)]| {
            (pair[0].0 - pair[1].0).abs() < 0.01 || (pair[0].1 - pair[1].1).abs() < 0.01
        };
        !self.intricate
            && (self.corners.len() == 4 || closed)
            && self.corners.windows(2).all(upright)
    }
}

impl<'a> Walker<'a, '_> {
    /// Path operators; whether it was one.
    pub(super) fn path(
        &mut self,
        scene: &mut Scene<'a>,
        operator: &[u8],
        operands: &[Token<'_>],
    ) -> bool {
        match operator {
            b"m" | b"l" | b"c" | b"v" | b"y" => {
                let values = numbers(operands);
                if operator == b"m" && !scene.outline.corners.is_empty() {
                    scene.outline.intricate = true;
                }
                scene.outline.intricate |= operator.len() == 1 && values.len() > 2;
                scene.outline.mixed = true;
                for pair in values.chunks_exact(2) {
                    scene.outline.add(scene.state.ctm.apply(pair[0], pair[1]));
                }
            }
            b"re" => {
                let Ok([x, y, w, h]) = <[f64; 4]>::try_from(numbers(operands)) else {
                    return true;
                };
                scene.outline.intricate |= !scene.outline.corners.is_empty();
                let part = Rect::between(x, y, x + w, y + h).under(scene.state.ctm);
                if scene.outline.parts.len() < PARTS {
                    scene.outline.parts.push(part);
                } else {
                    scene.outline.mixed = true;
                }
                for (x, y) in [(x, y), (x + w, y), (x + w, y + h), (x, y + h)] {
                    scene.outline.add(scene.state.ctm.apply(x, y));
                }
            }
            b"h" => {}
            b"W" | b"W*" => scene.outline.clips = true,
            b"f" | b"F" | b"f*" => self.paint(scene, true, false),
            b"S" | b"s" => self.paint(scene, false, true),
            b"B" | b"B*" | b"b" | b"b*" => self.paint(scene, true, true),
            b"n" => self.paint(scene, false, false),
            _ => return false,
        }
        true
    }

    /// Ends the path: paints it and clips by it.
    fn paint(&mut self, scene: &mut Scene<'a>, fill: bool, stroke: bool) {
        scene.outline.filled = fill;
        if let Some(around) = scene.outline.around {
            let line = stroke.then(|| scene.state.line.abs() * scene.state.ctm.scale());
            if fill || stroke {
                let rect = around.grown(line.unwrap_or(0.0) / 2.0);
                self.mark_parts(scene, line, rect);
                let shown = rect.meet(scene.state.clip);
                if fill {
                    self.pattern(scene, scene.state.fill.pattern, shown);
                }
                if stroke {
                    self.pattern(scene, scene.state.stroke.pattern, shown);
                }
            }
            if scene.outline.clips {
                scene.state.clip = scene.state.clip.meet(around);
            }
        }
        scene.outline = Outline::default();
    }

    /// Writes down the path: rectangles one by one, any other as a whole.
    fn mark_parts(&mut self, scene: &mut Scene<'a>, line: Option<f64>, rect: Rect) {
        let parts = std::mem::take(&mut scene.outline.parts);
        if scene.outline.mixed || parts.len() < 2 || line.is_some() {
            let rectangle = scene.outline.is_rectangle();
            self.mark(scene, Kind::Path { line, rectangle }, rect);
            return;
        }
        let rectangle = scene.state.ctm.is_upright();
        for part in parts {
            self.mark(scene, Kind::Path { line, rectangle }, part);
        }
    }
}
