//! The reference list as it was read; `resolve` alone understands it.

use crate::diag::{SourceId, Span};

/// `book/references.yml` and how it is to be set.
#[derive(Debug, Clone, Default)]
pub struct ReferenceList {
    /// The Hayagriva file; `None` for a book without one.
    pub source: Option<SourceId>,
    /// Its text.
    pub text: String,
    /// The style.
    pub style: CitationStyle,
}

/// A citation style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CitationStyle {
    /// GB/T 7714—2025, numeric.
    #[default]
    Gb7714_2025,
    /// GB/T 7714—2015, numeric.
    Gb7714_2015,
    /// A CSL file of the project.
    Csl {
        /// Its path from the project's root.
        path: String,
        /// Its text.
        text: String,
        /// Where `book.toml` names it.
        span: Span,
    },
}
