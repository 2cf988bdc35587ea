//! Colours for the press: the theme's recipes in place of its screen colours.
//!
//! The templates name every colour in sRGB. For the press, a colour of the
//! palette becomes the inks that `theme.toml` gives for it, black and neutral
//! greys become black ink alone, and anything else is left to colour
//! management.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::layout::{Frame, FrameItem, Ratio};
use typst::visualize::{
    Cmyk, Color, ColorSpace, FixedStroke, Gradient, Paint, ProcessColor,
    ProcessColorSpace,
};

use crate::edition::ColorPolicy;

/// Screen colours and the inks that print them.
#[derive(Debug, Clone, Default)]
pub(super) struct Recipes {
    inks: BTreeMap<[u8; 3], [f32; 4]>,
    gray: bool,
}

impl Recipes {
    /// The recipes of a theme for a way of printing.
    pub(super) fn of(theme: &str, policy: ColorPolicy) -> Self {
        let mut recipes = Self {
            inks: BTreeMap::new(),
            gray: policy == ColorPolicy::Gray,
        };
        let Ok(theme) = theme.parse::<toml::Table>() else { return recipes };
        let palette = theme.get("palette").and_then(toml::Value::as_table);
        for color in palette.into_iter().flat_map(toml::Table::values) {
            let screen = color.get("screen").and_then(toml::Value::as_str);
            let press = color.get("press").and_then(toml::Value::as_array);
            if let (Some(screen), Some(press)) =
                (screen.and_then(hex), press.and_then(inks))
            {
                recipes.inks.insert(screen, press);
            }
        }
        recipes
    }

    /// The colour as the press prints it.
    fn press(&self, color: &Color) -> Color {
        let Color::Process(process) = color else { return color.clone() };
        if matches!(process, ProcessColor::Cmyk(_)) && !self.gray {
            return color.clone();
        }
        let [r, g, b, alpha] = {
            let rgb = color.to_rgb();
            [rgb.red, rgb.green, rgb.blue, rgb.alpha]
        };
        // Ink has no alpha; a translucent colour keeps its own.
        if alpha < 1.0 {
            return color.clone();
        }
        let [r8, g8, b8, _] = Color::from(color.to_rgb()).to_vec4_u8();
        if let Some(&[c, m, y, k]) = self.inks.get(&[r8, g8, b8])
            && !self.gray
        {
            return ink(c, m, y, k);
        }
        if self.gray {
            let black = 1.0 - (0.2126 * r + 0.7152 * g + 0.0722 * b);
            return ink(0.0, 0.0, 0.0, black);
        }
        if r8 == g8 && g8 == b8 {
            return ink(0.0, 0.0, 0.0, 1.0 - r);
        }
        color.clone()
    }

    /// The paint as the press prints it.
    pub(super) fn paint(&self, paint: &mut Paint) {
        match paint {
            Paint::Solid(color) => *color = self.press(color),
            Paint::Gradient(Gradient::Linear(linear)) => {
                let linear = Arc::make_mut(linear);
                self.stops(&mut linear.stops, &mut linear.space);
            }
            Paint::Gradient(Gradient::Radial(radial)) => {
                let radial = Arc::make_mut(radial);
                self.stops(&mut radial.stops, &mut radial.space);
            }
            Paint::Gradient(Gradient::Conic(_)) | Paint::Tiling(_) => {}
        }
    }

    /// Recolours a gradient whose every stop has a recipe.
    fn stops(&self, stops: &mut [(Color, Ratio)], space: &mut ColorSpace) {
        let pressed: Vec<Color> =
            stops.iter().map(|(color, _)| self.press(color)).collect();
        let is_ink =
            |color: &Color| matches!(color, Color::Process(ProcessColor::Cmyk(_)));
        if pressed.iter().all(is_ink) {
            for ((color, _), ink) in stops.iter_mut().zip(pressed) {
                *color = ink;
            }
            *space = ColorSpace::Process(ProcessColorSpace::Cmyk);
        }
    }

    fn stroke(&self, stroke: &mut Option<FixedStroke>) {
        if let Some(stroke) = stroke {
            self.paint(&mut stroke.paint);
        }
    }

    /// Recolours a frame and all in it.
    pub(super) fn frame(&self, frame: &mut Frame) {
        frame.retain(|item| {
            match item {
                FrameItem::Group(group) => self.frame(&mut group.frame),
                FrameItem::Text(text) => {
                    self.paint(&mut text.fill);
                    self.stroke(&mut text.stroke);
                }
                FrameItem::Shape(shape, _) => {
                    if let Some(fill) = &mut shape.fill {
                        self.paint(fill);
                    }
                    self.stroke(&mut shape.stroke);
                }
                FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
            true
        });
    }
}

/// A colour of the four process inks.
fn ink(c: f32, m: f32, y: f32, k: f32) -> Color {
    Color::from(Cmyk { c, m, y, k })
}

/// `#0B4F5C` as bytes.
fn hex(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.is_ascii() {
        return None;
    }
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([byte(0)?, byte(2)?, byte(4)?])
}

/// Four inks in percent as fractions.
fn inks(values: &toml::value::Array) -> Option<[f32; 4]> {
    let percent = |value: &toml::Value| {
        let percent = value.as_float().or_else(|| {
            value.as_integer().and_then(|n| i32::try_from(n).ok()).map(f64::from)
        })?;
        #[expect(clippy::cast_possible_truncation, reason = "a percentage fits")]
        Some((percent / 100.0) as f32)
    };
    let inks: Option<Vec<f32>> = values.iter().map(percent).collect();
    inks?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEME: &str = r##"
        [palette.deep]
        screen = "#0B4F5C"
        press = [90, 50, 45, 30]
    "##;

    fn pressed(policy: ColorPolicy, rgb: [u8; 3]) -> Color {
        let [r, g, b] = rgb;
        Recipes::of(THEME, policy).press(&Color::from_u8(r, g, b, 255))
    }

    #[test]
    fn palette_colours_follow_their_recipe() {
        let color = pressed(ColorPolicy::Cmyk, [0x0B, 0x4F, 0x5C]);
        assert_eq!(color, ink(0.9, 0.5, 0.45, 0.3));
    }

    #[test]
    fn neutral_colours_are_black_ink_alone() {
        let color = pressed(ColorPolicy::Cmyk, [0, 0, 0]);
        assert_eq!(color, ink(0.0, 0.0, 0.0, 1.0));
        let other = Color::from_u8(200, 10, 10, 255);
        assert_eq!(pressed(ColorPolicy::Cmyk, [200, 10, 10]), other);
        let gray = pressed(ColorPolicy::Gray, [200, 10, 10]).to_cmyk();
        assert!(gray.c.abs() < 1e-6 && gray.k > 0.5);
    }
}
