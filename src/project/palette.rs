//! The palette of `theme.toml`, as the press needs it.

use super::Project;
use crate::edition::{Palette, Recipe, SpotColor, SpotInk};

impl Project {
    /// How the named colours of the theme are printed. A theme that cannot be
    /// read is reported by the stage that draws with it.
    pub fn palette(&self) -> Palette {
        let theme = self.template("theme.toml");
        theme.map(|theme| palette(&theme)).unwrap_or_default()
    }
}

impl Project {
    /// What a spot ink looks like, by the named colour that stands for it;
    /// `None` when the theme has no such colour.
    pub fn spot_color(&self, ink: &SpotInk) -> Option<SpotColor> {
        let theme = self.template("theme.toml")?;
        let theme = theme.parse::<toml::Table>().ok()?;
        let color = theme.get("palette")?.get(&ink.color.value)?;
        let (screen, recipe) = named(color)?;
        let name = ink.name.value.trim().to_owned();
        Some(SpotColor { name, screen, press: recipe.press })
    }
}

fn palette(theme: &str) -> Palette {
    let Ok(theme) = theme.parse::<toml::Table>() else { return Palette::default() };
    let colors = theme.get("palette").and_then(toml::Value::as_table);
    colors
        .into_iter()
        .flat_map(toml::Table::values)
        .filter_map(named)
        .collect()
}

/// A table of the palette: the colour on screen, and its inks.
fn named(color: &toml::Value) -> Option<([u8; 3], Recipe)> {
    let screen = hex(color.get("screen")?.as_str()?)?;
    let shares = |key: &str| -> Option<Vec<f32>> {
        color.get(key)?.as_array()?.iter().map(share).collect()
    };
    let recipe = Recipe {
        press: shares("press")?.try_into().ok()?,
        gray: color.get("gray").and_then(share),
        spot: shares("spot").and_then(|shares| shares.try_into().ok()),
    };
    Some((screen, recipe))
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

/// A percentage from 0 to 100 as a fraction.
fn share(value: &toml::Value) -> Option<f32> {
    let percent = value.as_float().or_else(|| {
        value.as_integer().and_then(|n| i32::try_from(n).ok()).map(f64::from)
    })?;
    #[expect(clippy::cast_possible_truncation, reason = "a percentage fits")]
    (0.0..=100.0).contains(&percent).then_some((percent / 100.0) as f32)
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "what is written is read back")]
mod tests {
    use super::*;

    #[test]
    fn colours_have_their_inks() {
        let theme = "[palette.deep]\nscreen = \"#0B4F5C\"\npress = [90, 50, 45, 30.5]\n\
            gray = 80\nspot = [10, 70]\n[palette.bad]\nscreen = \"#12345\"\npress = [1, 2]\n";
        let recipe = palette(theme).recipe([0x0B, 0x4F, 0x5C]).unwrap();
        assert_eq!(recipe.press, [0.9, 0.5, 0.45, 0.305]);
        assert_eq!(recipe.gray, Some(0.8));
        assert_eq!(recipe.spot, Some([0.1, 0.7]));
        assert_eq!(palette("no theme"), Palette::default());
    }
}
