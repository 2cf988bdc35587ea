//! `Book` to [`Resolved`]: after this stage nothing is left to look up.
//!
//! # The normal form
//!
//! In a [`Resolved`] book
//! - every chapter, section, figure, table, formula, note and question has its
//!   final number, and every place that can be pointed at a unique anchor;
//! - every cross-reference, citation and term has its text and its target;
//! - the reference list, the glossary and the index stand in their order, with
//!   their links back;
//! - headings nest without gaps, text is NFC;
//! - conditional blocks remain, as the only thing that depends on an edition:
//!   renderers ask [`Condition::admits`](crate::book::Condition::admits).
//!
//! Both renderers are plain walks over this value, so that every edition
//! carries the same numbers by construction.

mod anchor;
mod check;
mod cite;
mod collate;
mod contents;
mod csl;
mod formula;
mod glossary;
mod initial;
mod lexicon;
mod lookup;
mod model;
mod normal;
mod number;
mod numeral;
mod printed;
mod reference;
mod selection;
mod settle;
mod walk;

pub use model::{
    AnswerGroup, ContentsEntry, EntryGroup, FigureEntry, IndexEntry, IndexGroup,
    ReferenceEntry, Resolved, Section,
};

use cite::Citations;
use csl::Library;
use lexicon::Lexicon;
use lookup::Lookup;
use number::Numberer;
use settle::Settle;
use walk::{Visitor, Zone, walk_chapter, walk_question};

use crate::book::{Book, Chapter, Entry, Generated, Piece, Question};
use crate::diag::rule::resolve as rule;
use crate::diag::{Diagnostic, Sink, Span};

/// Resolves a book; what cannot be found is reported, and stands in the text
/// as it was typed.
pub fn resolve(book: Book, sink: &mut Sink) -> Resolved {
    let Book { metadata, front, parts, appendices, back, gaps, .. } = book;
    let (mut entries, mut quiz) = (book.glossary, book.quiz);
    let mut sections = arrange(front, parts, appendices, back);
    let glossary = sections.iter().any(|section| section.is(Generated::Glossary));

    let keys = glossary::arrange(&mut entries);
    glossary::cite_sources(&mut entries);
    let mut numberer = Numberer::default();
    for section in &mut sections {
        numberer.section(section);
    }
    numberer.enter_piece(Generated::Glossary.name());
    for entry in &mut entries {
        numberer.inlines(&mut entry.definition, Zone::Fixed);
    }
    numberer.enter_piece(Generated::Answers.name());
    for question in &mut quiz {
        walk_question(&mut numberer, question);
    }

    let library = Library::read(&book.references, sink);
    let mut citations = Citations::new(library, book.references.style);
    let lexicon = Lexicon::new(&entries);
    let terms = entries.clone();
    let Numberer { mut targets, notes, .. } = numberer;
    targets.excuse(gaps.clone());
    let mut lookup = Lookup::new(
        &mut targets,
        &notes,
        &lexicon,
        &terms,
        glossary,
        &mut citations,
        sink,
    );
    look_up(&mut lookup, &mut sections, &mut entries, &mut quiz);
    let Lookup { uses, seen, .. } = lookup;
    for (entry, uses) in entries.iter_mut().zip(uses) {
        entry.uses = uses;
    }
    targets.review(sink);
    if !gaps.chapters {
        glossary::review(&entries, &seen, sink);
    }
    let mut told = Sink::new();
    let cites = citations.any();
    complete_back(&mut sections, cites, !quiz.is_empty(), book.back_place, &mut told);
    if !gaps.back {
        sink.append(told);
    }

    let (references, marks) = citations.finish(!gaps.chapters, sink);
    let mut settle = Settle::new(marks);
    walk_all(&mut settle, &mut sections, &mut entries, &mut quiz);
    let collected = contents::collect(&sections, &quiz);
    Resolved {
        metadata,
        contents: collected.contents,
        figures: collected.figures,
        tables: collected.tables,
        glossary: glossary::groups(&entries, &keys),
        answers: collected.answers,
        references,
        index: glossary::index(&entries, &keys, glossary),
        sections,
    }
}

/// The sections in reading order.
fn arrange(
    front: Vec<Piece<Box<Chapter>>>,
    parts: Vec<crate::book::Part>,
    appendices: Vec<Chapter>,
    back: Vec<Piece<Box<Chapter>>>,
) -> Vec<Section> {
    let mut sections: Vec<Section> = front.into_iter().map(piece).collect();
    for part in parts {
        if let Some(title) = part.title {
            sections.push(Section::Part {
                number: String::new(),
                title: title.value,
                summary: part.summary.unwrap_or_default(),
                anchor: crate::book::Anchor::default(),
            });
        }
        let chapters = part.chapters.into_iter().map(Box::new);
        sections.extend(chapters.map(Section::Chapter));
    }
    sections.extend(appendices.into_iter().map(Box::new).map(Section::Appendix));
    sections.extend(back.into_iter().map(piece));
    sections
}

fn piece(piece: Piece<Box<Chapter>>) -> Section {
    match piece {
        Piece::Generated(piece) => Section::Generated(piece),
        Piece::Text(chapter) => Section::Text(chapter),
    }
}

/// Every text of the book in reading order, for a pass that needs to know
/// where it is.
fn look_up(
    lookup: &mut Lookup<'_>,
    sections: &mut [Section],
    entries: &mut [Entry],
    quiz: &mut [Question],
) {
    let mut answers = false;
    for section in sections {
        match section {
            Section::Text(chapter)
            | Section::Chapter(chapter)
            | Section::Appendix(chapter) => {
                let autolink = chapter.header.autolink.unwrap_or(true);
                lookup.enter(chapter.anchor.as_str(), autolink);
                walk_chapter(lookup, chapter);
            }
            Section::Generated(Generated::Glossary) => {
                lookup.enter(Generated::Glossary.name(), false);
                // A term is not used because the glossary explains it.
                let seen = lookup.seen.clone();
                for entry in entries.iter_mut().filter(|entry| !entry.index_only) {
                    lookup.inlines(&mut entry.definition, Zone::Fixed);
                }
                lookup.seen = seen;
            }
            Section::Generated(Generated::Answers) => {
                answers = true;
                look_up_quiz(lookup, quiz);
            }
            _ => {}
        }
    }
    if !answers {
        look_up_quiz(lookup, quiz);
    }
}

fn look_up_quiz(lookup: &mut Lookup<'_>, quiz: &mut [Question]) {
    lookup.enter(Generated::Answers.name(), false);
    for question in quiz {
        walk_question(lookup, question);
    }
}

/// The same walk, for a pass that does not.
fn walk_all(
    visitor: &mut Settle,
    sections: &mut [Section],
    entries: &mut [Entry],
    quiz: &mut [Question],
) {
    let mut answers = false;
    let mut questions = |visitor: &mut Settle| {
        for question in quiz.iter_mut() {
            walk_question(visitor, question);
        }
    };
    for section in sections {
        match section {
            Section::Text(chapter)
            | Section::Chapter(chapter)
            | Section::Appendix(chapter) => walk_chapter(visitor, chapter),
            Section::Generated(Generated::Glossary) => {
                for entry in entries.iter_mut().filter(|entry| !entry.index_only) {
                    visitor.inlines(&mut entry.definition, Zone::Fixed);
                }
            }
            Section::Generated(Generated::Answers) => {
                answers = true;
                questions(visitor);
            }
            _ => {}
        }
    }
    if !answers {
        questions(visitor);
    }
}

/// Adds the back matter that the text points at.
fn complete_back(
    sections: &mut Vec<Section>,
    cites: bool,
    quiz: bool,
    place: Option<Span>,
    sink: &mut Sink,
) {
    let asks = quiz || sections.iter().any(has_questions);
    let wanted = [(cites, Generated::References), (asks, Generated::Answers)];
    for (needed, piece) in wanted {
        let there = sections.iter().any(|section| section.is(piece));
        if !needed || there {
            continue;
        }
        let message = format!("文后没有列出“{}”，已排在书末", piece.title());
        let hint = format!("在 book/book.toml 的 back 中加上 \"{}\"", piece.name());
        let found = match place {
            Some(place) => Diagnostic::new(&rule::MISSING_BACK_PIECE, place, message),
            None => Diagnostic::global(&rule::MISSING_BACK_PIECE, message),
        };
        sink.report(found.hint(hint));
        sections.push(Section::Generated(piece));
    }
}

fn has_questions(section: &Section) -> bool {
    let mut found = false;
    if let Some(chapter) = section.chapter() {
        crate::book::visit_blocks(&chapter.blocks, &mut |block| {
            found |= matches!(block.kind, crate::book::BlockKind::Quiz(_));
        });
    }
    found
}

#[cfg(test)]
mod tests;
