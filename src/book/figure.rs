//! Figures: pictures, charts and players.

use super::{Anchor, Chart, Inline, Label};
use crate::diag::{Span, Spanned};

/// A numbered figure; its caption stands below it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The caption: what to see.
    pub caption: Vec<Inline>,
    /// The identifier.
    pub label: Option<Label>,
    /// Alternative text, for readers who do not see the picture.
    pub alt: Option<Spanned<String>>,
    /// A long description, where the picture is complex.
    pub description: Option<String>,
    /// 图源: where the picture or its data come from.
    pub credit: Vec<Inline>,
    /// The licence of the picture or its data.
    pub licence: Option<String>,
    /// Width in percent of the type area; `None`: as the template likes.
    pub width: Option<f64>,
    /// What is shown.
    pub content: FigureContent,
    /// After resolve: `1-1`.
    pub number: String,
    /// After resolve: where links lead.
    pub anchor: Anchor,
}

/// What a figure shows.
#[derive(Debug, Clone)]
pub enum FigureContent {
    /// An image file.
    Image {
        /// Path from the project's root, with `/` between its parts.
        path: String,
        /// Where the path was written.
        span: Span,
    },
    /// A chart drawn from data.
    Chart(Box<Chart>),
    /// Sound or film.
    Media {
        /// Path from the project's root.
        path: String,
        /// Where the path was written.
        span: Span,
        /// The address that paper editions print as a QR code.
        url: Option<String>,
    },
}
