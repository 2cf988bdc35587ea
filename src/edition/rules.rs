//! Legibility rule sets: figures that laid-out pages are held against.
//!
//! A rule set is data (`templates/rules/*.toml`, or a file of the book's own);
//! the types here only say what can be asked for.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Span;

/// Figures for one kind of reader.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RuleSet {
    /// Its name in `book.toml`: `large-print`, or a file's path.
    pub id: String,
    /// What it is called in print.
    pub title: String,
    /// The published standard whose figures these are; empty for a house rule.
    pub standard: String,
    /// Which of its grades was chosen; empty where it has none.
    pub grade: String,
    /// The figures.
    pub limits: BTreeMap<Limit, f64>,
    /// What must not be on the pages.
    pub bans: BTreeSet<Ban>,
    /// Figures that are advice: missing them is never an error.
    pub advice: BTreeSet<Limit>,
    /// The stock that weight and thickness are reckoned with where the edition's
    /// own is not known.
    pub stock: Stock,
}

/// Paper, for the weight and thickness of a volume.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stock {
    /// Grams a square metre.
    pub grammage: f64,
    /// Thickness of a leaf in mm.
    pub caliper: f64,
}

impl Default for Stock {
    fn default() -> Self {
        Self { grammage: 80.0, caliper: 0.1 }
    }
}

/// The rule set that an edition is held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The rule set.
    pub set: RuleSet,
    /// Whether the edition says so of itself: then a breach is an error.
    pub claimed: bool,
    /// Where `book.toml` says so; `None` for a default.
    pub place: Option<Span>,
}

/// A figure that pages must reach, or must not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// The smallest glyph anywhere, in pt.
    SmallestType,
    /// Running text, in pt.
    BodyType,
    /// 辅文: captions, tables, notes, running heads, in pt.
    SecondaryType,
    /// Lettering in figures as placed, in pt.
    Lettering,
    /// Sub- and superscripts, in pt.
    IndexType,
    /// Folios, in pt.
    FolioType,
    /// From baseline to baseline, as a multiple of the size.
    Leading,
    /// 行空: from baseline to baseline without the size, in mm.
    RowGap,
    /// Characters a line, in ems.
    LineCharacters,
    /// Contrast of text and what lies behind it (WCAG 2.2).
    Contrast,
    /// Weight of the face, from 100 to 900.
    Weight,
    /// Weight of the folios.
    FolioWeight,
    /// From the binding edge to the nearest text, in mm.
    InnerMargin,
    /// From the other edges to the nearest text, in mm.
    OuterMargin,
    /// Width of the page, in mm.
    TrimWidth,
    /// Height of the page, in mm.
    TrimHeight,
    /// Pages of a volume.
    VolumePages,
    /// Weight of a volume, in g.
    VolumeWeight,
    /// Thickness of a volume without its cover, in mm.
    VolumeThickness,
}

/// Something that must not be on the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ban {
    /// Italic and oblique faces.
    Slanted,
    /// 楷体 and other brush faces.
    Kai,
    /// Letters pushed apart to fill a line.
    Stretched,
    /// Rows of dots in contents.
    Leaders,
    /// Text over photographs and other bitmaps.
    TextOverPicture,
    /// Folios that are not in the same corner on every page.
    MovingFolio,
    /// Pages of the standard edition whose beginning is not marked.
    MissingPageMark,
}

impl Limit {
    /// The figures with their keys in a rule set.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("smallest_type", Self::SmallestType),
        ("body_type", Self::BodyType),
        ("secondary_type", Self::SecondaryType),
        ("lettering", Self::Lettering),
        ("index_type", Self::IndexType),
        ("folio_type", Self::FolioType),
        ("leading", Self::Leading),
        ("row_gap", Self::RowGap),
        ("line_characters", Self::LineCharacters),
        ("contrast", Self::Contrast),
        ("weight", Self::Weight),
        ("folio_weight", Self::FolioWeight),
        ("inner_margin", Self::InnerMargin),
        ("outer_margin", Self::OuterMargin),
        ("trim_width", Self::TrimWidth),
        ("trim_height", Self::TrimHeight),
        ("volume_pages", Self::VolumePages),
        ("volume_weight", Self::VolumeWeight),
        ("volume_thickness", Self::VolumeThickness),
    ];

    /// Whether the figure is the most that is allowed, not the least.
    pub fn is_most(self) -> bool {
        matches!(
            self,
            Self::LineCharacters
                | Self::TrimWidth
                | Self::TrimHeight
                | Self::VolumePages
                | Self::VolumeWeight
                | Self::VolumeThickness
        )
    }

    /// The unit, as messages write it behind the number.
    pub fn unit(self) -> &'static str {
        match self {
            Self::SmallestType
            | Self::BodyType
            | Self::SecondaryType
            | Self::Lettering
            | Self::IndexType
            | Self::FolioType => " 磅",
            Self::Leading => " 倍",
            Self::LineCharacters => " 字",
            Self::Contrast => "∶1",
            Self::Weight | Self::FolioWeight => "",
            Self::VolumePages => " 页",
            Self::VolumeWeight => " 克",
            Self::RowGap
            | Self::InnerMargin
            | Self::OuterMargin
            | Self::TrimWidth
            | Self::TrimHeight
            | Self::VolumeThickness => " 毫米",
        }
    }

    /// Whether a measure meets the figure. What the last digit of a length
    /// loses in reckoning is no breach.
    pub fn is_met(self, measured: f64, figure: f64) -> bool {
        let slack = 0.005 * figure.abs().clamp(1.0, 10.0);
        if self.is_most() {
            measured <= figure + slack
        } else {
            measured >= figure - slack
        }
    }
}

impl Ban {
    /// The bans with their names in a rule set.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("slanted", Self::Slanted),
        ("kai", Self::Kai),
        ("stretched", Self::Stretched),
        ("leaders", Self::Leaders),
        ("text-over-picture", Self::TextOverPicture),
        ("moving-folio", Self::MovingFolio),
        ("missing-page-mark", Self::MissingPageMark),
    ];
}

impl RuleSet {
    /// The figure for a limit, where the set has one.
    pub fn limit(&self, limit: Limit) -> Option<f64> {
        self.limits.get(&limit).copied()
    }

    /// What an edition that claims the set may say of itself in print: true as
    /// long as nothing is made that breaches it.
    pub fn statement(&self) -> String {
        let figures = self.limits.iter().filter_map(|(limit, figure)| {
            let (before, after) = match limit {
                Limit::SmallestType => ("全书文字不小于", "磅"),
                Limit::BodyType if !self.limits.contains_key(&Limit::SmallestType) => {
                    ("正文不小于", "磅")
                }
                Limit::SecondaryType => ("辅文不小于", "磅"),
                Limit::Leading => ("行距不小于字号的", "倍"),
                Limit::RowGap => ("行空不小于", "毫米"),
                Limit::LineCharacters => ("每行不超过", "字"),
                Limit::Contrast => ("文字与底色的对比度不低于", "∶1"),
                Limit::InnerMargin => ("文字离订口不少于", "毫米"),
                _ => return None,
            };
            Some(format!("{before}{figure}{after}"))
        });
        let figures: Vec<String> = figures.collect();
        format!("依{}：{}。各项由程序逐页量过。", self.name(), figures.join("，"))
    }

    /// What it is called, with the grade.
    pub fn name(&self) -> String {
        if self.grade.is_empty() {
            self.title.clone()
        } else {
            format!("{}（{}）", self.title, self.grade)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_no_breach_and_a_tenth_is() {
        assert!(Limit::SmallestType.is_met(17.999, 18.0));
        assert!(!Limit::SmallestType.is_met(17.9, 18.0));
        assert!(Limit::LineCharacters.is_met(22.004, 22.0));
        assert!(!Limit::LineCharacters.is_met(22.1, 22.0));
        assert!(!Limit::Contrast.is_met(6.9, 7.0));
    }
}
