//! The book as a value: what the manuscript says, without any layout.
//!
//! `manuscript` makes a [`Book`]; `resolve` fills in what had to be looked up
//! (the fields whose docs say "after resolve") and arranges it in reading
//! order. Imports nothing but `diag`.

mod block;
mod chart;
mod figure;
mod inline;
mod inside;
mod label;
mod language;
mod metadata;
mod piece;
mod reference_list;

pub use block::{
    Alignment, Block, BlockKind, Callout, CalloutKind, Cell, Condition, Equation,
    Heading, List, ListItem, Row, Table, visit_blocks,
};
pub use chart::{Chart, ChartKind, Column, Series};
pub use figure::{Figure, FigureContent};
pub use inline::{
    Cite, CiteItem, Inline, InlineKind, Note, Reference, TermUse, plain_text,
};
pub use inside::Inside;
pub use label::{Anchor, Label, TargetKind};
pub use language::{Run, runs};
pub use metadata::{Contributor, CoverWords, Metadata, PublicationKind};
pub use piece::{Generated, Piece};
pub use reference_list::{CitationStyle, ReferenceList};

use std::collections::BTreeSet;

use crate::diag::{SourceId, Span, Spanned};

/// Everything that the authors wrote.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// Title-page data.
    pub metadata: Metadata,
    /// Front matter, in order.
    pub front: Vec<Piece<Box<Chapter>>>,
    /// The body; a book without parts has one part without a title.
    pub parts: Vec<Part>,
    /// Appendices, lettered A, B, ….
    pub appendices: Vec<Chapter>,
    /// Back matter, in order.
    pub back: Vec<Piece<Box<Chapter>>>,
    /// Where the back matter is listed, if it is.
    pub back_place: Option<Span>,
    /// The glossary, in the order of its file.
    pub glossary: Vec<Entry>,
    /// Questions of `book/quiz.toml`.
    pub quiz: Vec<Question>,
    /// `book/references.yml` and the style to set it in.
    pub references: ReferenceList,
    /// What could not be read.
    pub gaps: Gaps,
}

/// What somebody wrote and nobody could read. That was reported; what is missing
/// elsewhere because of it is no second mistake.
#[derive(Debug, Clone, Default)]
pub struct Gaps {
    /// Chapters are missing.
    pub chapters: bool,
    /// Entries of the glossary may be missing.
    pub terms: bool,
    /// Every identifier that was given, be it to something unreadable.
    pub labels: BTreeSet<String>,
    /// Pieces of the back matter are missing.
    pub back: bool,
}

/// A part of the body.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The part's title; `None` in a book without parts.
    pub title: Option<Spanned<String>>,
    /// One or two sentences on the part's opener.
    pub summary: Option<String>,
    /// The chapters, in order.
    pub chapters: Vec<Chapter>,
    /// After resolve: 第一部分 ….
    pub number: String,
    /// After resolve: where links to the part lead.
    pub anchor: Anchor,
}

/// One chapter: one Markdown file.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The file.
    pub source: SourceId,
    /// The chapter's title line.
    pub span: Span,
    /// The title.
    pub title: Vec<Inline>,
    /// The identifier given in `{#sec:…}`.
    pub label: Option<Label>,
    /// False for `{.unnumbered}` and for front and back matter.
    pub numbered: bool,
    /// What the chapter's TOML header says.
    pub header: Header,
    /// The text.
    pub blocks: Vec<Block>,
    /// After resolve: `第一章`, `附录 A`; empty when unnumbered.
    pub number: String,
    /// After resolve: where links to the chapter lead.
    pub anchor: Anchor,
}

/// A chapter file's header (between `+++` lines, TOML).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The title for running heads, where the full one is too long.
    pub short_title: Option<String>,
    /// The question that the chapter answers, on its opener.
    pub question: Option<String>,
    /// The actor whose chapter it is: 政府, 企业, 社会组织 or 个人.
    pub actor: Option<Actor>,
    /// Links the first use of glossary terms; on by default.
    pub autolink: Option<bool>,
    /// Who wrote the chapter.
    pub authors: Vec<String>,
}

/// The four actors that run through the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// 政府 (square).
    Government,
    /// 企业 (hexagon).
    Enterprise,
    /// 社会组织 (circle).
    Society,
    /// 个人 (drop).
    Individual,
}

/// A glossary entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The term, as readers see it.
    pub term: Spanned<String>,
    /// Other spellings that mean the same and link here.
    pub aliases: Vec<String>,
    /// Spellings that the house style forbids.
    pub forbidden: Vec<String>,
    /// Pinyin with tone marks; decides the order.
    pub pinyin: String,
    /// The English term.
    pub english: String,
    /// The explanation.
    pub definition: Vec<Inline>,
    /// Keys into the reference list.
    pub sources: Vec<Spanned<String>>,
    /// True for words that stand in the index but not in the glossary.
    pub index_only: bool,
    /// After resolve: `term-…`.
    pub anchor: Anchor,
    /// After resolve: where the term is used, in reading order.
    pub uses: Vec<TermPlace>,
}

/// A place where a term is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermPlace {
    /// The anchor of the use.
    pub anchor: Anchor,
    /// The anchor of the chapter it stands in.
    pub chapter: Anchor,
}

/// A question with its answer.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its place.
    pub span: Span,
    /// The identifier in `quiz.toml`; empty for questions in a chapter.
    pub id: String,
    /// The question.
    pub text: Vec<Inline>,
    /// Single choice, several answers, or true or false.
    pub kind: QuestionKind,
    /// The options; for true or false: 对, 错.
    pub options: Vec<AnswerOption>,
    /// Why the answer is right.
    pub explanation: Vec<Inline>,
    /// After resolve: its running number in the book.
    pub number: usize,
    /// After resolve: where links to the question lead.
    pub anchor: Anchor,
    /// After resolve: where links to the answer lead.
    pub answer_anchor: Anchor,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// 单选.
    Single,
    /// 多选.
    Multiple,
    /// 判断.
    TrueFalse,
}

/// One option of a question.
#[derive(Debug, Clone)]
pub struct AnswerOption {
    /// The text.
    pub text: Vec<Inline>,
    /// Whether it is right.
    pub correct: bool,
}
