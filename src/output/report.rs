//! `build.json`: what was made, of what, and how it can be told apart.
//!
//! Each output lists the SHA-256 of everything that went into it, absent files
//! included (a file that appears later changes the book). The next run compares
//! and builds only what changed.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::WriteError;
use crate::edition::Measured;
use crate::project::Digest;

/// The name of the report in the output folder.
pub const FILE_NAME: &str = "build.json";

/// What stands in `build.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The program and its version, down to its source.
    pub program: String,
    /// Every edition that is made when none is named.
    pub editions: Vec<String>,
    /// The outputs by file name.
    pub outputs: BTreeMap<String, Output>,
}

/// One output.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// The edition.
    pub edition: String,
    /// The program that made it.
    pub program: String,
    /// SHA-256 of the file.
    pub sha256: Option<Digest>,
    /// Size in bytes.
    pub bytes: usize,
    /// Pages; absent for EPUB.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pages: Option<usize>,
    /// Blank pages after them, up to whole leaves or sheets.
    #[serde(skip_serializing_if = "is_none", default)]
    pub blanks: usize,
    /// 成品尺寸 in mm, of a cover before folding; absent for EPUB.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trim: Option<[f64; 2]>,
    /// 书脊 of a cover.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub spine: Option<Spine>,
    /// 出血 in mm; absent where nothing bleeds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bleed: Option<f64>,
    /// The standards that the file claims.
    pub standards: Vec<String>,
    /// The font families that it uses.
    pub fonts: Vec<String>,
    /// What was measured on the pages; absent for EPUB.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub measured: Option<Measured>,
    /// The folio of each page, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub folios: Vec<String>,
    /// The folio on which each anchor stands.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub page_map: BTreeMap<String, String>,
    /// Warnings of the run that made it.
    pub warnings: Vec<Warning>,
    /// SHA-256 of everything that went in; null for a file that was looked for
    /// and not found.
    pub inputs: BTreeMap<String, Option<Digest>>,
}

/// Whether there are none of something.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// The spine of a cover, as `build.json` keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spine {
    /// In mm; 0 for none.
    pub width: f64,
    /// How it was reckoned.
    pub formula: String,
    /// Whether the title stands on it.
    pub lettered: bool,
}

/// A warning, as `build.json` keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The rule's code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// The file, if the warning has a place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<usize>,
}

impl Report {
    /// The report of an earlier run; empty when there is none to be trusted.
    #[expect(clippy::disallowed_methods, reason = "the report is this module's own file")]
    pub fn load(folder: &Path) -> Self {
        std::fs::read(folder.join(FILE_NAME))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Writes the report.
    pub fn write(&self, folder: &Path) -> Result<(), WriteError> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        super::write(&folder.join(FILE_NAME), &json)
    }

    /// The output of an edition, if this very program made it.
    pub fn output(&self, edition: &str, program: &str) -> Option<(&str, &Output)> {
        let mut outputs = self.outputs.iter();
        let (file, output) = outputs.find(|(_, output)| output.edition == edition)?;
        (output.program == program).then_some((file.as_str(), output))
    }
}
