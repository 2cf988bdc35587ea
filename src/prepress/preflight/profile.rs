//! Profiles: what a shop asks for, in TOML.
//!
//! The usual ones travel in the program (`templates/press/`); a file of one's
//! own starts from one of them with `extends` and names what differs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::{Table, Value};

use crate::diag::{Rule, Severity, rule};

/// The profiles that travel in the program, the default first.
static BUILT_IN: &[(&str, &str)] = &[
    ("x4-coated", include_str!("../../../templates/press/x4-coated.toml")),
    ("x4-uncoated", include_str!("../../../templates/press/x4-uncoated.toml")),
    ("office", include_str!("../../../templates/press/office.toml")),
];

/// What is asked of a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// What it is for, in Chinese.
    pub title: String,
    /// The standard that files must claim: `PDF/X-4`.
    #[serde(default)]
    pub standard: Option<String>,
    /// Pages.
    pub page: PageLimits,
    /// Ink and letters.
    pub ink: InkLimits,
    /// Lines.
    pub line: LineLimits,
    /// Images.
    pub image: ImageLimits,
    #[serde(default)]
    rules: BTreeMap<String, Level>,
}

/// What is asked of pages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PageLimits {
    /// Bleed, in mm.
    pub bleed: f64,
    /// The distance of text from the trim, in mm.
    pub safe: f64,
    /// The number of pages is a multiple of this.
    pub multiple: u16,
}

/// What is asked of ink and letters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InkLimits {
    /// The total area coverage, in per cent.
    pub limit: f64,
    /// Black letters below this size (pt) are of black ink alone.
    pub rich_black: f64,
    /// Letters below this size (pt) print on two plates at most.
    pub multi_ink: f64,
    /// White letters below this size (pt) stand on one plate.
    pub reversed: f64,
    /// The names of spot inks that are meant.
    pub spots: BTreeSet<String>,
}

/// What is asked of lines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LineLimits {
    /// The least width, in pt.
    pub min: f64,
}

/// What is asked of images: samples in an inch as placed, below the first an
/// error, below the second a warning.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ImageLimits {
    /// Colour images.
    pub color: [f64; 2],
    /// Grey images.
    pub gray: [f64; 2],
    /// Line art.
    pub line: [f64; 2],
}

/// What breaking a rule means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Level {
    Error,
    Warning,
    Off,
}

impl Profile {
    /// The names of the profiles that travel in the program.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The profile of this name; `None` if there is none.
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::read(text).ok()
    }

    /// Reads a profile; the error says in Chinese what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let table = extended(text, 0)?;
        let profile: Self = Value::Table(table)
            .try_into()
            .map_err(|error: toml::de::Error| format!("配置不对：{}", error.message()))?;
        let unknown = profile.rules.keys().find(|code| rule::find(code).is_none());
        match unknown {
            Some(code) => Err(format!("[rules] 里的 `{code}` 不是规则的代码")),
            None => Ok(profile),
        }
    }

    /// How much a broken rule weighs; `None` if it is switched off.
    pub fn weight(&self, rule: &Rule) -> Option<Severity> {
        match self.rules.get(rule.code) {
            Some(Level::Off) => None,
            Some(Level::Error) => Some(Severity::Error),
            Some(Level::Warning) => Some(Severity::Warning),
            None => Some(rule.severity),
        }
    }
}

/// A profile's table with what it extends under it.
fn extended(text: &str, depth: usize) -> Result<Table, String> {
    let mut table: Table = text.parse().map_err(|error: toml::de::Error| {
        format!("不是合格的 TOML：{}", error.message())
    })?;
    let Some(base) = table.remove("extends") else { return Ok(table) };
    let base = base.as_str().unwrap_or_default().to_owned();
    let found = BUILT_IN.iter().find(|(name, _)| *name == base);
    match found {
        Some((_, text)) if depth < 4 => Ok(laid_over(extended(text, depth + 1)?, table)),
        _ => Err(format!("extends 的 `{base}` 不是自带的配置")),
    }
}

/// A table's values over another's, tables within tables too.
fn laid_over(mut base: Table, over: Table) -> Table {
    for (key, value) in over {
        match (base.remove(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => {
                base.insert(key, Value::Table(laid_over(below, above)));
            }
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_in_the_program_is_good() {
        for (name, text) in BUILT_IN {
            assert!(
                Profile::read(text).is_ok(),
                "{name}: {:?}",
                Profile::read(text).err()
            );
            assert!(Profile::named(name).is_some());
        }
    }

    #[test]
    fn a_profile_of_ones_own_says_what_differs() {
        let text =
            "extends = \"x4-coated\"\n[ink]\nlimit = 280\n[rules]\nhairline = \"off\"";
        let profile = Profile::read(text).unwrap();
        assert_eq!((profile.ink.limit, profile.page.bleed), (280.0, 3.0));
        assert_eq!(profile.weight(&rule::preflight::HAIRLINE), None);
        assert_eq!(profile.weight(&rule::preflight::RGB_COLOR), Some(Severity::Error));
    }

    #[test]
    fn mistakes_in_a_profile_are_said() {
        for text in [
            "title = 3",
            "extends = \"nothing\"",
            "extends = \"x4-coated\"\n[rules]\nhair = \"off\"",
            "extends = \"x4-coated\"\n[ink]\nlimits = 280",
        ] {
            assert!(Profile::read(text).is_err(), "{text}");
        }
    }
}
