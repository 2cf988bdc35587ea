//! Inks as content and dictionaries have them: for the press, or as the drawing
//! of a plate.

use std::io::Write;

use lopdf::Object;

use super::inks::{Ink, Inks, Press};

/// The name of the spot ink's colour space in resources.
pub(in crate::prepress) const SECOND: &str = "KpTwo";
/// What the inks are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::prepress) enum Drawing {
    /// `DeviceCMYK`, for the press.
    Press,
    /// The coloured plates as the channels of `DeviceRGB`: cyan is the absence
    /// of red, and so on. Blending in either space gives the same.
    Chromatic,
    /// The black plate as `DeviceGray`, or the plate of a spot ink.
    Black,
}

impl Inks<'_> {
    /// Writes the operator that paints with these inks.
    pub(in crate::prepress) fn write(&self, ink: Ink, stroke: bool, out: &mut Vec<u8>) {
        let [.., black] = ink;
        let operator =
            |fill: &'static str, line: &'static str| if stroke { line } else { fill };
        // Writing to memory does not fail.
        let _ = match self.drawing {
            Drawing::Press if self.needs_second(ink) => {
                let [spot, black] = [ink[0], black].map(Short);
                let space = operator("cs", "CS");
                let paint = operator("scn", "SCN");
                writeln!(out, "/{SECOND} {space} {black} {spot} {paint}")
            }
            Drawing::Press => {
                let [c, m, y, k] = ink.map(Short);
                writeln!(out, "{c} {m} {y} {k} {}", operator("k", "K"))
            }
            Drawing::Chromatic => {
                let [r, g, b, _] = ink.map(|ink| Short(1.0 - ink));
                writeln!(out, "{r} {g} {b} {}", operator("rg", "RG"))
            }
            Drawing::Black => {
                writeln!(out, "{} {}", Short(1.0 - black), operator("g", "G"))
            }
        };
    }

    /// Writes the operator that paints a mask with this much light.
    pub(in crate::prepress) fn write_light(light: f32, stroke: bool, out: &mut Vec<u8>) {
        // Writing to memory does not fail.
        let _ = writeln!(out, "{} {}", Short(light), if stroke { "G" } else { "g" });
    }

    /// The device space of the drawing.
    pub(in crate::prepress) fn device(&self) -> &'static str {
        match self.drawing {
            Drawing::Press => "DeviceCMYK",
            Drawing::Chromatic => "DeviceRGB",
            Drawing::Black => "DeviceGray",
        }
    }

    /// The space that patterns and gradients are painted in: of the spot ink,
    /// where there is one.
    pub(in crate::prepress) fn paint_space(&self) -> Object {
        match self.second() {
            Some(space) if self.drawing == Drawing::Press => Object::Reference(space),
            _ => self.device().into(),
        }
    }

    /// The components of a colour in [`Inks::paint_space`].
    pub(in crate::prepress) fn components(&self, [c, m, y, k]: Ink) -> Vec<f32> {
        match self.drawing {
            Drawing::Press if matches!(self.press, Press::Two(_)) => vec![k, c],
            Drawing::Press => vec![c, m, y, k],
            Drawing::Chromatic => vec![1.0 - c, 1.0 - m, 1.0 - y],
            Drawing::Black => vec![1.0 - k],
        }
    }
}

/// A number in as few characters as it needs.
struct Short(f32);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 10_000.0).round() / 10_000.0;
        // No negative zero.
        write!(f, "{}", rounded + 0.0)
    }
}
