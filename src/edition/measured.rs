//! What was measured on an edition's laid-out pages: plain values, as
//! `build.json` keeps them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The measures of a layout. Numbers are rounded to hundredths.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Measured {
    /// The rule set that the pages were held against; empty for none.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub rules: String,
    /// Whether the edition claims it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub claimed: bool,
    /// How many kinds of breaches there are, advice included.
    pub breaches: usize,
    /// The smallest glyph anywhere, in pt.
    pub smallest_type: f64,
    /// Sizes in pt and numbers of glyphs, by what the text is on the page.
    pub types: BTreeMap<String, TypeRange>,
    /// Some sub- and superscripts, as they stand in their lines.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub index_samples: Vec<String>,
    /// Closest lines of running text: baseline to baseline over size.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub leading: Option<f64>,
    /// The same as 行空, in mm.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub row_gap: Option<f64>,
    /// The longest line of running text, in ems.
    pub line_characters: f64,
    /// The most lines of running text on a page.
    pub page_lines: usize,
    /// The lowest contrast of text and what lies behind it.
    pub contrast: f64,
    /// Pictures made of pixels: lettering in them cannot be measured.
    pub bitmaps: usize,
    /// The lightest face.
    pub weight: u16,
    /// Glyphs of italic and oblique faces; mathematics is not counted.
    pub slanted: usize,
    /// The largest distance of two Han characters in a line, in ems.
    pub stretch: f64,
    /// From the binding edge to the nearest text, in mm.
    pub inner_margin: f64,
    /// From the other edges to the nearest text, in mm.
    pub outer_margin: f64,
    /// Marks where pages of the standard edition begin.
    #[serde(skip_serializing_if = "is_none", default)]
    pub page_marks: usize,
}

/// Sizes of one kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TypeRange {
    /// The smallest, in pt.
    pub smallest: f64,
    /// The largest, in pt.
    pub largest: f64,
    /// How many glyphs.
    pub glyphs: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_none(count: &usize) -> bool {
    *count == 0
}
