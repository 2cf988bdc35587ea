//! What can be pointed at: labels in the manuscript, anchors in the editions.

use crate::diag::Span;

/// A name that the author gave: `fig:co2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The whole name, with its prefix.
    pub name: String,
    /// Its place.
    pub span: Span,
}

/// A place in the book, unique in every edition.
///
/// An XML name of ASCII letters, digits and hyphens; empty before resolve.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub String);

impl Anchor {
    /// The name, as it stands in links.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing can point here.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What stands at a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetKind {
    /// A chapter: 第三章.
    Chapter,
    /// An appendix: 附录 A.
    Appendix,
    /// A section: 第 3.2 节.
    Section,
    /// A figure: 图 2-3.
    Figure,
    /// A table: 表 1-2.
    Table,
    /// A formula: 式(4-1).
    Equation,
}
