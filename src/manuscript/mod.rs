//! Markdown and TOML to the book's model; the only module that knows comrak.
//!
//! A chapter goes through three hands. [`lines`] takes out what is line-based
//! (`:::` blocks, displayed formulas, attribute lists); comrak parses the rest
//! as Markdown with tables and footnotes; [`recognise`] finds terms,
//! citations, cross-references, ruby and scripts in the running text. Every
//! node keeps the bytes that wrote it, and comrak's tree never leaves here.

mod attributes;
mod block;
mod chapter;
mod chart;
mod cite;
mod directive;
mod figure;
mod glossary;
mod header;
mod inline;
mod label;
mod lines;
mod note;
mod question_file;
mod quiz;
mod reader;
mod recognise;
mod region;
mod script;
mod table;
mod token;
mod wide;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::chart::Sidecar;
use self::reader::{Shelf, World};
use crate::book::{Book, Chapter, Chart, Part, Piece, ReferenceList};
use crate::diag::{Sink, SourceId, Span, Spanned};
use crate::project::tree::nearest;
use crate::project::{PartPlan, Project, resolve_path};

/// Where the glossary is.
const GLOSSARY: &str = "book/glossary.toml";

/// Where the questions are.
const QUIZ: &str = "book/quiz.toml";

/// Where the reference list is.
const REFERENCES: &str = "book/references.yml";

/// Reads everything that the authors wrote.
pub fn read(project: &Project, sink: &mut Sink) -> Book {
    let editions = project.editions.keys().cloned().collect();
    let mut world = World::new(project, editions);
    let config = &project.config;
    let mut book = Book {
        metadata: config.metadata.clone(),
        ..Book::default()
    };
    book.front = pieces(project, &config.front, &mut world);
    for plan in &config.parts {
        book.parts.push(part(project, plan, &mut world));
    }
    book.appendices = chapters(project, &config.appendices, &mut world);
    book.back = pieces(project, &config.back, &mut world);
    book.gaps.terms = project.has(GLOSSARY);
    if let Some((source, text)) = optional(project, GLOSSARY, &mut world) {
        (book.glossary, book.gaps.terms) = glossary::read(source, &text, &mut world);
    }
    if let Some((source, text)) = optional(project, QUIZ, &mut world) {
        book.quiz = question_file::read(source, &text, &mut world);
    }
    book.references = ReferenceList {
        style: config.citation_style.clone(),
        ..ReferenceList::default()
    };
    if let Some((source, text)) = optional(project, REFERENCES, &mut world) {
        book.references.source = Some(source);
        text.as_ref().clone_into(&mut book.references.text);
    }
    book.gaps.chapters = world.lost_chapters || config.lost_texts;
    book.gaps.back = config.lost_back;
    book.back_place = config.back_place;
    book.gaps.labels = world.labels.given();
    sink.append(world.sink);
    book
}

fn part(project: &Project, plan: &PartPlan, world: &mut World<'_>) -> Part {
    Part {
        title: plan.title.clone(),
        summary: plan.summary.as_ref().map(|summary| summary.value.clone()),
        chapters: chapters(project, &plan.chapters, world),
        ..Part::default()
    }
}

fn chapters(
    project: &Project,
    paths: &[Spanned<String>],
    world: &mut World<'_>,
) -> Vec<Chapter> {
    let read = |path| chapter_at(project, path, world);
    paths.iter().filter_map(read).collect()
}

fn chapter_at(
    project: &Project,
    path: &Spanned<String>,
    world: &mut World<'_>,
) -> Option<Chapter> {
    match project.text(&path.value) {
        Ok(source) => Some(chapter::read(source, &project.source(source), world)),
        Err(error) => {
            world.sink.report(error.diagnostic(&path.value, Some(path.span)));
            world.lost_chapters = true;
            None
        }
    }
}

/// A file that a book may do without.
fn optional(
    project: &Project,
    path: &str,
    world: &mut World<'_>,
) -> Option<(SourceId, Arc<str>)> {
    if !project.has(path) {
        return None;
    }
    match project.text(path) {
        Ok(source) => Some((source, project.source(source))),
        Err(error) => {
            world.sink.report(error.diagnostic(path, None));
            None
        }
    }
}

fn pieces(
    project: &Project,
    plans: &[Spanned<Piece<String>>],
    world: &mut World<'_>,
) -> Vec<Piece<Box<Chapter>>> {
    let mut found = Vec::new();
    for plan in plans {
        found.push(match &plan.value {
            Piece::Generated(piece) => Piece::Generated(*piece),
            Piece::Text(path) => {
                let path = Spanned::new(path.clone(), plan.span);
                let Some(mut chapter) = chapter_at(project, &path, world) else {
                    continue;
                };
                chapter.numbered = false;
                Piece::Text(Box::new(chapter))
            }
        });
    }
    found
}

impl Shelf for Project {
    fn path(
        &self,
        from: SourceId,
        link: &Spanned<String>,
        sink: &mut Sink,
    ) -> Option<String> {
        let sources = self.sources();
        let from = sources.get(from).map_or("", |source| source.path.as_str());
        match resolve_path(from, &unescape(&link.value)) {
            Ok(path) => Some(path),
            Err(error) => {
                sink.report(error.diagnostic(&link.value, Some(link.span)));
                None
            }
        }
    }

    fn has(&self, path: &str) -> bool {
        Self::has(self, path)
    }

    fn chart(&self, path: &str, span: Span, sink: &mut Sink) -> Option<Chart> {
        chart::read_chart(self, path, span, sink)
    }

    fn sidecar(&self, path: &str, span: Span, sink: &mut Sink) -> Option<Sidecar> {
        chart::read_sidecar(self, path, span, sink)
    }

    fn text(&self, source: SourceId) -> Arc<str> {
        self.source(source)
    }
}

/// Undoes `%20` and the like, which editors write into paths.
fn unescape(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = path.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}
