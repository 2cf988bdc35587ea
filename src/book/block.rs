//! Blocks: what stands below each other on a page.

use super::{Anchor, Figure, Inline, Label, Question};
use crate::diag::Span;

/// A block and where it was written.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its place.
    pub span: Span,
}

/// The kinds of block.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// A section's heading (the chapter's own title is not among its blocks).
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// A quotation.
    Quote(Vec<Block>),
    /// Text set as it is typed.
    Code {
        /// The language named after the fence; may be empty.
        language: String,
        /// The text.
        text: String,
    },
    /// A numbered figure: a picture, a chart or a player.
    Figure(Box<Figure>),
    /// A table.
    Table(Box<Table>),
    /// A displayed formula.
    Equation(Equation),
    /// A callout box.
    Callout(Callout),
    /// A quiz in the chapter.
    Quiz(Vec<Question>),
    /// Text that stands only in some editions or for some readers.
    Conditional(Condition, Vec<Block>),
    /// A thematic break.
    Break,
}

/// A heading inside a chapter.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 for a section, 3 and 4 below it.
    pub level: u8,
    /// The text.
    pub text: Vec<Inline>,
    /// The identifier given in `{#sec:…}`.
    pub label: Option<Label>,
    /// False for `{.unnumbered}`.
    pub numbered: bool,
    /// After resolve: `1.1`; empty when unnumbered.
    pub number: String,
    /// After resolve: where links lead.
    pub anchor: Anchor,
}

/// A list.
#[derive(Debug, Clone)]
pub struct List {
    /// The first number of an ordered list; `None` for bullets.
    pub start: Option<usize>,
    /// No blank lines between the items.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct ListItem {
    /// `Some` for a task: done or not.
    pub checked: Option<bool>,
    /// The item's text.
    pub blocks: Vec<Block>,
}

/// A table; its caption stands above it.
#[derive(Debug, Clone)]
pub struct Table {
    /// The caption, from the line `表：题注 {#tbl:id}` or `: 题注` at the table.
    pub caption: Vec<Inline>,
    /// The identifier.
    pub label: Option<Label>,
    /// Where the data come from.
    pub credit: Vec<Inline>,
    /// One for each column.
    pub alignments: Vec<Alignment>,
    /// The header row.
    pub header: Row,
    /// The other rows.
    pub rows: Vec<Row>,
    /// The first column holds row headers.
    pub row_headers: bool,
    /// After resolve: `1-1`; empty for a table without a caption.
    pub number: String,
    /// After resolve: where links lead.
    pub anchor: Anchor,
}

/// A row of cells.
pub type Row = Vec<Cell>;

/// A table cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The text.
    pub text: Vec<Inline>,
    /// Its place.
    pub span: Span,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    /// As the template likes: text left, numbers right.
    #[default]
    Auto,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// A displayed formula.
#[derive(Debug, Clone)]
pub struct Equation {
    /// The LaTeX source.
    pub tex: String,
    /// The identifier; a formula without one has no number.
    pub label: Option<Label>,
    /// Spoken form; given as `alt="…"` or spoken out by `resolve`.
    pub alt: String,
    /// After resolve: `1-1`; empty when unnumbered.
    pub number: String,
    /// After resolve: where links lead.
    pub anchor: Anchor,
}

/// A callout.
#[derive(Debug, Clone)]
pub struct Callout {
    /// Which kind.
    pub kind: CalloutKind,
    /// The title; empty: the kind's own name.
    pub title: Vec<Inline>,
    /// The text.
    pub blocks: Vec<Block>,
}

/// The kinds of callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalloutKind {
    /// 要点: what to remember.
    KeyPoints,
    /// 案例: a story.
    Case,
    /// 数据: a number in its context.
    Data,
    /// 政策: what a document says.
    Policy,
    /// 辟谣: a myth and what is true.
    Myth,
    /// 动手做: something to do.
    Activity,
    /// 想一想: a question to think about.
    Think,
    /// 提示: a hint.
    Tip,
    /// 注意: a warning.
    Warning,
}

impl CalloutKind {
    /// The name that readers see.
    pub fn name(self) -> &'static str {
        match self {
            Self::KeyPoints => "要点",
            Self::Case => "案例",
            Self::Data => "数据",
            Self::Policy => "政策",
            Self::Myth => "辟谣",
            Self::Activity => "动手做",
            Self::Think => "想一想",
            Self::Tip => "提示",
            Self::Warning => "注意",
        }
    }

    /// The name in templates and style sheets.
    pub fn slug(self) -> &'static str {
        match self {
            Self::KeyPoints => "key-points",
            Self::Case => "case",
            Self::Data => "data",
            Self::Policy => "policy",
            Self::Myth => "myth",
            Self::Activity => "activity",
            Self::Think => "think",
            Self::Tip => "tip",
            Self::Warning => "warning",
        }
    }
}

/// When a conditional block stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// Edition names; empty: any.
    pub editions: Vec<String>,
    /// Audiences; empty: any.
    pub audiences: Vec<String>,
}

impl Condition {
    /// Whether the block stands in this edition, made for this audience.
    pub fn admits(&self, edition: &str, audience: Option<&str>) -> bool {
        let any = |list: &[String], name: &str| list.iter().any(|item| item == name);
        (self.editions.is_empty() || any(&self.editions, edition))
            && (self.audiences.is_empty()
                || audience.is_some_and(|name| any(&self.audiences, name)))
    }
}

/// Visits blocks and the blocks inside them, in reading order.
///
/// Blocks inside footnotes are not visited.
pub fn visit_blocks<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::List(list) => {
                for item in &list.items {
                    visit_blocks(&item.blocks, visit);
                }
            }
            BlockKind::Quote(inner)
            | BlockKind::Callout(Callout { blocks: inner, .. })
            | BlockKind::Conditional(_, inner) => visit_blocks(inner, visit),
            BlockKind::Heading(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Code { .. }
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::Equation(_)
            | BlockKind::Quiz(_)
            | BlockKind::Break => {}
        }
    }
}
