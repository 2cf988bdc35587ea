//! The resolved book: what both renderers walk.

use crate::book::{
    Anchor, Chapter, Entry, Generated, Inline, Metadata, Question, TermPlace,
};

/// The book in reading order, with nothing left to look up.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// Title-page data.
    pub metadata: Metadata,
    /// Everything that has pages, in reading order.
    pub sections: Vec<Section>,
    /// The contents, also for PDF bookmarks and the EPUB's navigation.
    pub contents: Vec<ContentsEntry>,
    /// The list of figures.
    pub figures: Vec<FigureEntry>,
    /// The list of tables.
    pub tables: Vec<FigureEntry>,
    /// The glossary in pinyin order, by initial letter.
    pub glossary: Vec<EntryGroup>,
    /// Questions and answers by chapter, the book-wide quiz last.
    pub answers: Vec<AnswerGroup>,
    /// The reference list in its order.
    pub references: Vec<ReferenceEntry>,
    /// The index in pinyin order, by initial letter.
    pub index: Vec<IndexGroup>,
}

/// Something that has pages.
#[derive(Debug, Clone)]
pub enum Section {
    /// A piece made from the book.
    Generated(Generated),
    /// A part's opener.
    Part {
        /// `第一部分`.
        number: String,
        /// Its title.
        title: String,
        /// A sentence or two; may be empty.
        summary: String,
        /// Where links lead.
        anchor: Anchor,
    },
    /// An unnumbered text of the front or back matter.
    Text(Box<Chapter>),
    /// A chapter of the body.
    Chapter(Box<Chapter>),
    /// An appendix.
    Appendix(Box<Chapter>),
}

impl Section {
    /// The anchor of a generated piece; a chapter's own for texts.
    pub fn anchor(&self) -> &str {
        match self {
            Self::Generated(piece) => piece.name(),
            Self::Part { anchor, .. } => anchor.as_str(),
            Self::Text(chapter) | Self::Chapter(chapter) | Self::Appendix(chapter) => {
                chapter.anchor.as_str()
            }
        }
    }

    /// Whether it is this piece.
    pub fn is(&self, piece: Generated) -> bool {
        matches!(self, Self::Generated(other) if *other == piece)
    }
}

/// A line of the contents.
#[derive(Debug, Clone)]
pub struct ContentsEntry {
    /// 0 for a part, 1 for a chapter or piece, 2 for a section, 3 below.
    pub depth: u8,
    /// `第一章`, `1.1`; empty when unnumbered.
    pub number: String,
    /// The title.
    pub title: Vec<Inline>,
    /// Where it leads.
    pub anchor: Anchor,
    /// The anchor of the section (file) it stands in.
    pub section: Anchor,
}

/// A line of the list of figures or tables.
#[derive(Debug, Clone)]
pub struct FigureEntry {
    /// `1-1`.
    pub number: String,
    /// The caption.
    pub caption: Vec<Inline>,
    /// Where it leads.
    pub anchor: Anchor,
    /// The anchor of the section it stands in.
    pub section: Anchor,
}

/// Glossary entries under one letter.
#[derive(Debug, Clone)]
pub struct EntryGroup {
    /// `A` … `Z`, or `#` for digits and signs.
    pub letter: String,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// Index entries under one letter.
#[derive(Debug, Clone)]
pub struct IndexGroup {
    /// `A` … `Z`, or `#`.
    pub letter: String,
    /// The entries.
    pub entries: Vec<IndexEntry>,
}

/// An index entry.
#[derive(Debug, Clone)]
pub struct IndexEntry {
    /// What readers look up.
    pub term: String,
    /// The glossary entry; empty for words outside it.
    pub entry: Anchor,
    /// Where it is used, in reading order.
    pub uses: Vec<TermPlace>,
}

/// Questions of one chapter, or of the whole book.
#[derive(Debug, Clone)]
pub struct AnswerGroup {
    /// The chapter's number and title, or `综合自测`.
    pub title: String,
    /// The chapter's anchor; empty for the book-wide quiz, whose questions are
    /// printed here in full.
    pub chapter: Anchor,
    /// The questions.
    pub questions: Vec<Question>,
}

/// An entry of the reference list.
#[derive(Debug, Clone)]
pub struct ReferenceEntry {
    /// The key in `references.yml`.
    pub key: String,
    /// `[1]`.
    pub number: String,
    /// The entry, set by the style.
    pub text: Vec<Inline>,
    /// Where links lead.
    pub anchor: Anchor,
    /// Where it is cited, in reading order.
    pub uses: Vec<TermPlace>,
}

impl Section {
    /// The text of a section that has one.
    pub fn chapter(&self) -> Option<&Chapter> {
        match self {
            Self::Text(chapter) | Self::Chapter(chapter) | Self::Appendix(chapter) => {
                Some(chapter)
            }
            _ => None,
        }
    }
}
