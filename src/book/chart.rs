//! Charts as data: what is drawn, never how.

use crate::diag::Span;

/// A chart: `figures/<id>.toml` and its CSV.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Path of the chart's TOML file from the project's root.
    pub path: String,
    /// The file's identifier: its stem.
    pub id: String,
    /// The chart's TOML file, as a whole.
    pub span: Span,
    /// Which kind.
    pub kind: ChartKind,
    /// The finding, as a title above the chart; may be empty.
    pub title: String,
    /// Unit of the values, as it stands on the axis.
    pub unit: String,
    /// Decimals in value labels.
    pub decimals: usize,
    /// The category or x column.
    pub x: Column,
    /// The value columns that are drawn.
    pub series: Vec<Series>,
    /// Everything else the chart's function understands (axis range, labels,
    /// highlights, flows …), as JSON for the template.
    pub options: serde_json::Value,
}

/// The kinds of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChartKind {
    /// Lines over a numeric x.
    Line,
    /// A filled line.
    Area,
    /// Areas on top of each other.
    StackedArea,
    /// Vertical bars.
    Bar,
    /// Horizontal bars.
    HorizontalBar,
    /// Stacked vertical bars.
    StackedBar,
    /// Shares of a whole.
    Donut,
    /// Bars and a line.
    Combo,
    /// Warming stripes.
    Stripes,
    /// Events along a line.
    Timeline,
    /// Contributions that add up.
    Waterfall,
    /// Flows between nodes.
    Sankey,
}

impl ChartKind {
    /// Every kind with its name in `kind = "…"`.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("line", Self::Line),
        ("area", Self::Area),
        ("stacked-area", Self::StackedArea),
        ("bar", Self::Bar),
        ("horizontal-bar", Self::HorizontalBar),
        ("stacked-bar", Self::StackedBar),
        ("donut", Self::Donut),
        ("combo", Self::Combo),
        ("stripes", Self::Stripes),
        ("timeline", Self::Timeline),
        ("waterfall", Self::Waterfall),
        ("sankey", Self::Sankey),
    ];

    /// The name in `kind = "…"` and in the template.
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, kind)| *kind == self);
        found.map_or("line", |(name, _)| name)
    }
}

/// A column of texts.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its heading, as readers see it.
    pub name: String,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A column of values.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// Its name, as readers see it.
    pub name: String,
    /// The values; `None` where there is none.
    pub values: Vec<Option<f64>>,
}
