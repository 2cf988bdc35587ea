//! Writes the disk; the only module that does.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a run made: path to bytes, written whole or not at all.
#[derive(Debug, Default)]
pub struct Artifacts {
    /// The files, by their path below the output folder.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}
