//! The second pass: cross-references, citations, terms and second note marks
//! get their text and their targets.

use std::collections::{BTreeMap, BTreeSet};

use super::cite::Citations;
use super::lexicon::{Lexicon, Word};
use super::number::NotePlace;
use super::reference::{Targets, nearest};
use super::walk::{Visitor, Zone, walk_inlines};
use crate::book::{Anchor, Entry, Inline, InlineKind, TermPlace, TermUse};
use crate::diag::rule::resolve as rule;
use crate::diag::{Diagnostic, Sink, Span};

/// The pass and what it knows.
pub(super) struct Lookup<'a> {
    pub(super) targets: &'a mut Targets,
    pub(super) notes: &'a BTreeMap<(Anchor, String), NotePlace>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) entries: &'a [Entry],
    /// Whether the book has a glossary that terms can link to.
    pub(super) glossary: bool,
    pub(super) citations: &'a mut Citations,
    pub(super) sink: &'a mut Sink,
    /// Uses of each entry, by its position.
    pub(super) uses: Vec<Vec<TermPlace>>,
    /// Entries that stand somewhere, be it only in a heading.
    pub(super) seen: BTreeSet<usize>,
    /// The anchor of the section being walked.
    chapter: Anchor,
    autolink: bool,
    /// Entries that had their first use in this chapter.
    linked: BTreeSet<usize>,
    /// How many uses got an anchor.
    anchored: usize,
}

impl<'a> Lookup<'a> {
    /// A pass that has walked nothing yet.
    pub(super) fn new(
        targets: &'a mut Targets,
        notes: &'a BTreeMap<(Anchor, String), NotePlace>,
        lexicon: &'a Lexicon,
        entries: &'a [Entry],
        glossary: bool,
        citations: &'a mut Citations,
        sink: &'a mut Sink,
    ) -> Self {
        Self {
            targets,
            notes,
            lexicon,
            entries,
            glossary,
            citations,
            sink,
            uses: vec![Vec::new(); entries.len()],
            seen: BTreeSet::new(),
            chapter: Anchor::default(),
            autolink: false,
            linked: BTreeSet::new(),
            anchored: 0,
        }
    }

    /// Prepares for another section.
    pub(super) fn enter(&mut self, anchor: &str, autolink: bool) {
        self.chapter = Anchor(anchor.to_owned());
        self.autolink = autolink;
        self.linked.clear();
    }

    /// The entry's anchor, where readers can follow it.
    fn entry_anchor(&self, entry: usize) -> Anchor {
        let linkable = self.glossary && !self.entries[entry].index_only;
        if linkable { self.entries[entry].anchor.clone() } else { Anchor::default() }
    }

    /// Records a use and anchors it.
    fn record(&mut self, entry: usize) -> Anchor {
        self.anchored += 1;
        let anchor = Anchor(format!("use-{}", self.anchored));
        let place = TermPlace {
            anchor: anchor.clone(),
            chapter: self.chapter.clone(),
        };
        self.uses[entry].push(place);
        anchor
    }

    /// An explicit `[[term]]`.
    fn term(&mut self, term: &mut TermUse, zone: Zone, span: Span) {
        let Some(entry) = self.lexicon.entry(&term.term) else {
            if !self.targets.lost_terms() {
                self.undefined(term, span);
            }
            return;
        };
        self.seen.insert(entry);
        term.term.clone_from(&self.entries[entry].term.value);
        if zone == Zone::Question {
            return;
        }
        term.entry = self.entry_anchor(entry);
        term.anchor = self.record(entry);
        term.first = if zone == Zone::Conditional {
            !self.linked.contains(&entry)
        } else {
            self.linked.insert(entry)
        };
    }

    fn undefined(&mut self, term: &TermUse, span: Span) {
        let message = format!("术语“{}”不在术语表中", term.term);
        let mut hint = "在 book/glossary.toml 中添加它".to_owned();
        if let Some((name, shown)) = term.term.split_once('｜') {
            hint = format!("竖线用英文的：[[{name}|{shown}]]");
        } else if let Some(near) = nearest(&term.term, self.lexicon.names()) {
            hint.extend(["；相近的词条有“", near, "”"]);
        }
        let diagnostic = Diagnostic::new(&rule::UNDEFINED_TERM, span, message);
        self.sink.report(diagnostic.hint(hint));
    }

    /// Cuts a text at the first uses of terms; reports forbidden spellings.
    fn split(&mut self, text: &str, span: Span, zone: Zone) -> Option<Vec<Inline>> {
        let mut out = Vec::new();
        let mut done = 0;
        for found in self.lexicon.find(text) {
            let place = stretch(span, text, found.range.clone());
            let entry = match found.word {
                Word::Forbidden(entry) => {
                    self.forbidden(entry, &text[found.range], place);
                    continue;
                }
                Word::Term(entry) => entry,
            };
            self.seen.insert(entry);
            let links = self.autolink && zone == Zone::Running;
            if !links || !self.linked.insert(entry) {
                continue;
            }
            let before = done..found.range.start;
            if !before.is_empty() {
                let place = stretch(span, text, before.clone());
                out.push(text_inline(&text[before], place));
            }
            done = found.range.end;
            let kind = InlineKind::Term(TermUse {
                term: self.entries[entry].term.value.clone(),
                text: vec![text_inline(&text[found.range], place)],
                explicit: false,
                entry: self.entry_anchor(entry),
                anchor: self.record(entry),
                first: true,
            });
            out.push(Inline { kind, span: place });
        }
        if out.is_empty() {
            return None;
        }
        if done < text.len() {
            let place = stretch(span, text, done..text.len());
            out.push(text_inline(&text[done..], place));
        }
        Some(out)
    }

    fn forbidden(&mut self, entry: usize, word: &str, place: Span) {
        let term = &self.entries[entry].term.value;
        let message = format!("“{word}”是本书不用的写法");
        let diagnostic = Diagnostic::new(&rule::FORBIDDEN_TERM, place, message)
            .hint(format!("改成“{term}”"))
            .related(self.entries[entry].term.span, "术语表这样规定");
        self.sink.report(diagnostic);
    }
}

impl Visitor for Lookup<'_> {
    fn inlines(&mut self, inlines: &mut Vec<Inline>, zone: Zone) {
        // Text is cut first, so that the terms found are walked like the others;
        // explicit terms before them in the line have been seen by then.
        let mut out = Vec::with_capacity(inlines.len());
        for mut inline in inlines.drain(..) {
            if let InlineKind::Text(text) = &inline.kind
                && let Some(pieces) = self.split(text, inline.span, zone)
            {
                out.extend(pieces);
                continue;
            }
            walk_inlines(self, std::slice::from_mut(&mut inline), zone);
            out.push(inline);
        }
        *inlines = out;
    }

    fn inline(&mut self, inline: &mut Inline, zone: Zone) {
        let span = inline.span;
        match &mut inline.kind {
            InlineKind::Reference(reference) => {
                self.targets.resolve(reference, self.sink);
            }
            InlineKind::Cite(cite) => {
                let anchored = zone != Zone::Question;
                self.citations.cite(cite, &self.chapter, anchored, self.sink);
            }
            InlineKind::Term(term) if term.explicit => self.term(term, zone, span),
            InlineKind::NoteAgain { number, name, anchor } => {
                let key = (self.chapter.clone(), name.clone());
                if let Some((its_number, its_anchor)) = self.notes.get(&key) {
                    *number = *its_number;
                    anchor.clone_from(its_anchor);
                }
            }
            _ => {}
        }
    }
}

fn text_inline(text: &str, span: Span) -> Inline {
    Inline { kind: InlineKind::Text(text.to_owned()), span }
}

/// The place of a stretch of `text`; the whole span where the source is not
/// the text itself (escapes, entities, soft breaks).
fn stretch(span: Span, text: &str, range: std::ops::Range<usize>) -> Span {
    if span.range().len() == text.len() { span.within(range) } else { span }
}
