//! Inlines: what stands beside each other in a line.

use super::{Anchor, Block, Label, TargetKind};
use crate::diag::Span;

/// An inline and where it was written.
#[derive(Debug, Clone)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Its place.
    pub span: Span,
}

/// The kinds of inline.
#[derive(Debug, Clone)]
pub enum InlineKind {
    /// Plain text (after resolve: NFC). A soft line break between Han
    /// characters is nothing, elsewhere it is a space.
    Text(String),
    /// `*重点*`.
    Emphasis(Vec<Inline>),
    /// `**关键**`.
    Strong(Vec<Inline>),
    /// `~2~`, and the digits of `CO₂`.
    Subscript(Vec<Inline>),
    /// `^2^`, and `²`.
    Superscript(Vec<Inline>),
    /// Text in a fixed-width face.
    Code(String),
    /// A link out of the book.
    Link {
        /// The address.
        url: String,
        /// The link's text.
        text: Vec<Inline>,
    },
    /// `@fig:co2`.
    Reference(Reference),
    /// `[@gcb2025]`.
    Cite(Cite),
    /// A glossary term in the text.
    Term(TermUse),
    /// A footnote at the place of its mark.
    Note(Box<Note>),
    /// A second mark for a footnote that stands elsewhere.
    NoteAgain {
        /// After resolve: the note's number in its chapter.
        number: usize,
        /// The Markdown name of the note; after resolve its anchor counts.
        name: String,
        /// After resolve: the note's anchor.
        anchor: Anchor,
    },
    /// `$…$`.
    Math {
        /// The LaTeX source.
        tex: String,
        /// After resolve: spoken form.
        alt: String,
    },
    /// `{碳汇|tàn huì}`.
    Ruby {
        /// The characters.
        base: String,
        /// What is read above them: one group, or one reading a character
        /// separated by spaces.
        text: String,
    },
    /// A line break that the author asked for.
    LineBreak,
}

/// A cross-reference.
#[derive(Debug, Clone)]
pub struct Reference {
    /// What it names.
    pub label: Label,
    /// After resolve: `图 2-3`.
    pub text: String,
    /// After resolve: where it leads.
    pub anchor: Anchor,
    /// After resolve: what stands there.
    pub kind: Option<TargetKind>,
}

/// A citation: one pair of brackets.
#[derive(Debug, Clone)]
pub struct Cite {
    /// The works cited.
    pub items: Vec<CiteItem>,
    /// After resolve: `[1]`, `[2-4]`.
    pub text: String,
    /// After resolve: unique place, for links back from the reference list.
    pub anchor: Anchor,
}

/// One work in a citation.
#[derive(Debug, Clone)]
pub struct CiteItem {
    /// Key into the reference list.
    pub key: String,
    /// `p. 12`, `第 3 章`; may be empty.
    pub locator: String,
    /// The key's place.
    pub span: Span,
    /// After resolve: the reference's anchor.
    pub anchor: Anchor,
}

/// A term in the text.
#[derive(Debug, Clone)]
pub struct TermUse {
    /// The entry's term (after resolve: its canonical form).
    pub term: String,
    /// What stands in the text.
    pub text: Vec<Inline>,
    /// True where the author wrote `[[…]]`; false for automatic links.
    pub explicit: bool,
    /// After resolve: the entry's anchor; empty where the term only goes into
    /// the index.
    pub entry: Anchor,
    /// After resolve: unique place, for the index and for links back.
    pub anchor: Anchor,
    /// After resolve: the first use in its chapter; only this one is a link.
    pub first: bool,
}

/// A footnote.
#[derive(Debug, Clone)]
pub struct Note {
    /// The name in Markdown.
    pub name: String,
    /// The text.
    pub blocks: Vec<Block>,
    /// After resolve: running number in its chapter, from 1.
    pub number: usize,
    /// After resolve: the note's anchor; the mark's is this with `-ref`.
    pub anchor: Anchor,
}

/// The words of some inlines, without any markup.
///
/// Notes leave nothing; formulas leave their spoken form, or their source.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    collect_text(inlines, &mut out);
    out
}

fn collect_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Subscript(inner)
            | InlineKind::Superscript(inner)
            | InlineKind::Link { text: inner, .. } => collect_text(inner, out),
            InlineKind::Term(term) => collect_text(&term.text, out),
            InlineKind::Reference(reference) => out.push_str(&reference.text),
            InlineKind::Cite(_) | InlineKind::Note(_) | InlineKind::NoteAgain { .. } => {}
            InlineKind::Math { tex, alt } => {
                out.push_str(if alt.is_empty() { tex } else { alt });
            }
            InlineKind::Ruby { base, .. } => out.push_str(base),
            InlineKind::LineBreak => out.push(' '),
        }
    }
}
