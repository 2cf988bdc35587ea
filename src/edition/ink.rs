//! Colour on paper.

use std::collections::BTreeMap;

/// How colours leave the press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ColorPolicy {
    /// sRGB, for screens.
    #[default]
    Rgb,
    /// Four process colours.
    Cmyk,
    /// Black only.
    Gray,
}

/// 总墨量: the largest sum of inks at one point, in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InkLimit(pub f64);

/// 输出意图: the printing condition that a PDF is made for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutputIntent {
    /// The registered name of the printing condition: `FOGRA39`.
    pub condition: String,
}

/// How a named colour of the theme is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// Cyan, magenta, yellow and black, each from 0 to 1.
    pub press: [f32; 4],
    /// Black where there is no other ink, from 0 to 1; by its lightness when
    /// there is none.
    pub gray: Option<f32>,
}

/// The named colours of the theme, by what they are on screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette(BTreeMap<[u8; 3], Recipe>);

impl Palette {
    /// The recipe of the colour that is this on screen, in sRGB.
    pub fn recipe(&self, screen: [u8; 3]) -> Option<Recipe> {
        self.0.get(&screen).copied()
    }
}

impl FromIterator<([u8; 3], Recipe)> for Palette {
    fn from_iter<I: IntoIterator<Item = ([u8; 3], Recipe)>>(colors: I) -> Self {
        Self(colors.into_iter().collect())
    }
}
