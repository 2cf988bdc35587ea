//! Words on the sheet's edge, as outlines: no font has to be embedded for them.

use std::fmt::Write;

use ttf_parser::{Face, OutlineBuilder};

use super::marks::number;

/// A face whose outlines are drawn.
pub(in crate::prepress) struct Lettering<'a>(Option<Face<'a>>);

impl<'a> Lettering<'a> {
    /// A font file; without one, or with a broken one, nothing is written.
    pub(in crate::prepress) fn new(font: Option<&'a [u8]>) -> Self {
        Self(font.and_then(|bytes| Face::parse(bytes, 0).ok()))
    }

    /// Operators that write `text` from a point on the baseline, as far as
    /// there is room; all in points.
    pub(in crate::prepress) fn write(
        &self,
        text: &str,
        (x, y): (f64, f64),
        size: f64,
        room: f64,
    ) -> String {
        let Some(face) = &self.0 else { return String::new() };
        let scale = size / f64::from(face.units_per_em()).max(1.0);
        let mut pen = Pen { path: String::new(), x, y, scale, last: (0.0, 0.0) };
        for c in text.chars() {
            let Some(glyph) = face.glyph_index(c) else { continue };
            let advance = face.glyph_hor_advance(glyph).unwrap_or_default();
            let advance = f64::from(advance) * scale;
            if pen.x + advance > x + room {
                break;
            }
            face.outline_glyph(glyph, &mut pen);
            pen.x += advance;
        }
        if pen.path.is_empty() { pen.path } else { pen.path + "f\n" }
    }
}

/// Draws outlines as PDF path operators.
struct Pen {
    path: String,
    /// The present glyph's origin, in points.
    x: f64,
    y: f64,
    /// Points in a font unit.
    scale: f64,
    /// Where the pen is, in font units.
    last: (f32, f32),
}

impl Pen {
    fn draw<const N: usize>(&mut self, points: [(f32, f32); N], operator: &str) {
        for (x, y) in points {
            self.last = (x, y);
            let x = self.x + f64::from(x) * self.scale;
            let y = self.y + f64::from(y) * self.scale;
            // Writing to a string cannot fail.
            let _ = write!(self.path, "{} {} ", number(x), number(y));
        }
        let _ = writeln!(self.path, "{operator}");
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.draw([(x, y)], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.draw([(x, y)], "l");
    }

    /// PDF has cubic curves only.
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let third = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
        let (from_x, from_y) = self.last;
        let first = (third(from_x, x1), third(from_y, y1));
        let second = (third(x, x1), third(y, y1));
        self.draw([first, second, (x, y)], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.draw([(x1, y1), (x2, y2), (x, y)], "c");
    }

    fn close(&mut self) {
        self.path.push_str("h\n");
    }
}
