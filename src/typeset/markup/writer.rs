//! The state of a generated source while it is written.

use std::collections::BTreeSet;

use super::marks::Marks;
use crate::book::{Anchor, Inline, InlineKind};
use crate::diag::rule::typeset as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Sources, Span};
use crate::edition::{Edition, PageMap};
use crate::resolve::Resolved;
use crate::typeset::escape::string;
use crate::typeset::sheet::{Flow, Sheet};

/// What every source of an edition is written from.
pub(super) struct Context<'a> {
    /// The book.
    pub(super) book: &'a Resolved,
    /// The edition.
    pub(super) edition: &'a Edition,
    /// The manuscript's texts.
    pub(super) sources: &'a Sources,
    /// The anchors that stand in the edition.
    pub(super) anchors: BTreeSet<String>,
    /// The pages of the standard edition, where they are marked.
    pub(super) standard: Option<&'a PageMap>,
}

impl Context<'_> {
    /// The manuscript's text of a span.
    pub(super) fn source_text(&self, span: Span) -> &str {
        self.sources.text(span)
    }
}

/// What was written last on the line, as far as what follows must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    /// Nothing, or something that asks for nothing.
    Other,
    /// A character.
    Char(char),
    /// A sub- or superscript that ends with this character.
    Script(char),
    /// A formula.
    Math,
}

impl Last {
    /// The character, where it is one of running text.
    pub(super) fn char(self) -> Option<char> {
        if let Self::Char(c) = self { Some(c) } else { None }
    }
}

/// A generated source that grows.
pub(super) struct Writer<'a, 's> {
    /// What it is written from.
    pub(super) cx: &'a Context<'a>,
    /// What is written.
    pub(super) sheet: Sheet,
    /// What stands in front.
    pub(super) last: Last,
    /// Where on the page it goes.
    pub(super) flow: Flow,
    /// A copy of text that stands elsewhere in full (in the contents, in
    /// running heads): no anchors, no notes.
    pub(super) echo: bool,
    /// Page marks yet to be placed.
    pub(super) marks: Marks,
    /// Where problems go.
    pub(super) sink: &'s mut Sink,
}

impl<'a, 's> Writer<'a, 's> {
    /// An empty source.
    pub(super) fn new(cx: &'a Context<'a>, sink: &'s mut Sink) -> Self {
        Self {
            cx,
            sheet: Sheet::default(),
            last: Last::Other,
            flow: Flow::Running,
            echo: false,
            marks: Marks::default(),
            sink,
        }
    }

    /// Writes `[`, what `write` writes, and `]`.
    pub(super) fn bracketed(&mut self, write: impl FnOnce(&mut Self)) {
        self.sheet.push("[");
        self.last = Last::Other;
        write(self);
        self.sheet.push("]");
        self.last = Last::Other;
    }

    /// Writes text that goes to another place on the page.
    pub(super) fn in_flow(&mut self, flow: Flow, write: impl FnOnce(&mut Self)) {
        let before = self.flow;
        if before != Flow::Note {
            self.flow = flow;
        }
        write(self);
        self.flow = before;
    }

    /// Writes a copy of text that stands elsewhere in full.
    pub(super) fn echoed(&mut self, write: impl FnOnce(&mut Self)) {
        let before = self.echo;
        self.echo = true;
        write(self);
        self.echo = before;
    }

    /// Whether an anchor stands in this edition.
    pub(super) fn stands(&self, anchor: &Anchor) -> bool {
        self.cx.anchors.contains(anchor.as_str())
    }

    /// Whether page marks may be placed here.
    pub(super) fn marks_on(&self) -> bool {
        !self.echo && self.flow != Flow::Note
    }

    /// Places the page marks that are due before `end` of a manuscript file.
    pub(super) fn page_marks(&mut self, source: SourceId, end: u32) {
        if !self.marks_on() {
            return;
        }
        while let Some((_, folio)) = self.marks.take_before(source, end) {
            self.sheet.push(&format!("#page-mark({})", string(&folio)));
        }
    }

    /// How the call of a generated piece goes on, so that the page is marked on
    /// which it opens in the standard edition.
    pub(super) fn marked(&self, anchor: &str) -> String {
        let folio = self.cx.standard.and_then(|map| map.folio(anchor));
        folio
            .map_or_else(String::new, |folio| format!(".with(marked: {})", string(folio)))
    }

    /// The mark of the standard page that begins with an entry of a generated
    /// piece, as a further field of the entry. The piece itself marks its first.
    pub(super) fn entry_mark(&self, field: &str, piece: &str, entry: &str) -> String {
        let folio = self.cx.standard.and_then(|map| {
            let opens = map.anchors.get(piece);
            let start = map.entries.iter().find(|start| start.entry == entry)?;
            map.folios.get(start.page).filter(|_| opens != Some(&start.page))
        });
        folio.map_or_else(String::new, |folio| format!(", {field}: {}", string(folio)))
    }

    /// Writes a title: a text that running heads and the contents repeat.
    ///
    /// What may stand only once in a book has no place in it.
    pub(super) fn title(&mut self, title: &[Inline]) {
        for inline in title {
            if matches!(
                inline.kind,
                InlineKind::Note(_) | InlineKind::NoteAgain { .. } | InlineKind::Cite(_)
            ) {
                self.sink.report(
                    Diagnostic::new(
                        &rule::NOTE_IN_TITLE,
                        inline.span,
                        "标题里不能有脚注和引文",
                    )
                    .hint("把它移到标题后的正文里"),
                );
            }
        }
        self.echoed(|writer| writer.content(title));
    }

    /// Attaches the anchors of the terms in a title to a place of their own.
    pub(super) fn title_anchors(&mut self, title: &[Inline]) {
        for inline in title {
            match &inline.kind {
                InlineKind::Term(term) if !term.anchor.is_empty() => {
                    let name = string(term.anchor.as_str());
                    self.sheet.push(&format!("#[#metadata(none)#label({name})]"));
                }
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => {
                    self.title_anchors(inner);
                }
                _ => {}
            }
        }
    }
}
