//! Reads the disk; the only module that does.
//!
//! [`Project::open`] finds the book's root, reads `book.toml`, lists the
//! fonts and keeps every file that a later stage asks for. Default templates
//! and fonts travel in the binary; a project's own win.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diag::Sources;
use crate::edition::Edition;

/// A project on disk, opened.
#[derive(Debug)]
pub struct Project {
    /// The folder that holds `book/book.toml`.
    pub root: PathBuf,
    /// `book.toml`, understood.
    pub config: Config,
    /// The editions by name: the standard ones and the project's own.
    pub editions: BTreeMap<String, Edition>,
    /// Every text file read so far.
    pub sources: Sources,
}

/// `book.toml`, understood.
#[derive(Debug, Default)]
pub struct Config {}
