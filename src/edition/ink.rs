//! Colour on paper.

use std::collections::BTreeMap;

use crate::diag::Spanned;

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
    /// 双色: black and one named ink, which the [`Press`] tells.
    MonoSpot,
}

impl ColorPolicy {
    /// Whether the press has fewer inks than the four process ones.
    pub fn is_reduced(self) -> bool {
        matches!(self, Self::Gray | Self::MonoSpot)
    }
}

/// 专色: the ink beside black in two-colour printing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotInk {
    /// Its name as on the swatch: `PANTONE 3165 C`.
    pub name: Spanned<String>,
    /// The named colour of the theme that it is when it is full.
    pub color: Spanned<String>,
}

/// What a spot ink looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct SpotColor {
    /// Its name.
    pub name: String,
    /// On screen, in sRGB.
    pub screen: [u8; 3],
    /// What stands in for it where it is not on the press: cyan, magenta, yellow
    /// and black, each from 0 to 1.
    pub press: [f32; 4],
}

/// 总墨量: the largest sum of inks at one point, in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InkLimit(pub f64);

impl InkLimit {
    /// What coated paper bears, in percent.
    pub const USUAL: f64 = 300.0;
}

/// The press that an edition is printed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Press {
    /// 印刷条件: its registered name, where it is said.
    pub condition: Option<String>,
    /// The condition's ICC profile, from the project's folder; the bundled one
    /// when there is none.
    pub profile: Option<Spanned<String>>,
    /// The largest sum of inks.
    pub ink_limit: InkLimit,
    /// The second ink where `color` is [`ColorPolicy::MonoSpot`].
    pub spot: Option<SpotInk>,
    /// Whether crop and registration marks stand around the pages.
    pub marks: bool,
    /// The pages are filled up to a multiple of this; by the binding when it is
    /// not said.
    pub page_multiple: Option<u32>,
}

impl Press {
    /// The condition of the bundled profile.
    pub const USUAL_CONDITION: &'static str = "FOGRA39";

    /// The printing condition by name; empty for a profile that has none said.
    pub fn condition_name(&self) -> &str {
        match (&self.condition, &self.profile) {
            (Some(name), _) => name,
            (None, None) => Self::USUAL_CONDITION,
            (None, Some(_)) => "",
        }
    }
}

impl Default for Press {
    fn default() -> Self {
        Self {
            condition: None,
            profile: None,
            ink_limit: InkLimit(InkLimit::USUAL),
            spot: None,
            marks: false,
            page_multiple: None,
        }
    }
}

/// How a named colour of the theme is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// Cyan, magenta, yellow and black, each from 0 to 1.
    pub press: [f32; 4],
    /// Black where there is no other ink, from 0 to 1; by its lightness when
    /// there is none.
    pub gray: Option<f32>,
    /// Black and the spot ink in two-colour printing, each from 0 to 1; by how
    /// near its hue is to the ink's when there is none.
    pub spot: Option<[f32; 2]>,
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
