//! The resolved book as Typst sources that hold nothing but calls.
//!
//! `templates/README.md` is the contract: this module writes the calls, the
//! templates answer them. Each stretch written keeps its place in the
//! manuscript ([`Sheet`]).

pub(super) mod align;
mod anchors;
mod block;
mod figure;
mod front;
mod inline;
mod marks;
mod quotes;
mod writer;

use std::collections::BTreeMap;

use super::sheet::Sheet;
use crate::diag::{Sink, Sources};
use crate::edition::{Edition, PageMap};
use crate::resolve::{Resolved, Section};

pub(super) use figure::call as chart_call;
use marks::Marks;
use writer::{Context, Writer};

/// The path of the entry.
pub(super) const MAIN: &str = "/main.typ";

/// Where the texts of sections lie.
const TEXTS: &str = "/text/";

/// What every generated text starts with.
const IMPORTS: &str = "#import \"/templates/book.typ\": *\n\
                       #import \"/templates/math.typ\": *\n\n";

/// Writes the sources of an edition: path to sheet.
///
/// With the page map of a standard edition, its pages are marked.
pub(super) fn write(
    book: &Resolved,
    edition: &Edition,
    sources: &Sources,
    standard: Option<&PageMap>,
    sink: &mut Sink,
) -> BTreeMap<String, Sheet> {
    let anchors = anchors::standing(book, edition);
    let cx = Context { book, edition, sources, anchors, standard };
    let mut sheets = BTreeMap::new();
    let mut marks = Marks::of(standard);
    for section in &book.sections {
        if let Section::Text(chapter)
        | Section::Chapter(chapter)
        | Section::Appendix(chapter) = section
        {
            let mut writer = Writer::new(&cx, sink);
            writer.marks = std::mem::take(&mut marks);
            writer.sheet.push(IMPORTS);
            writer.title_anchors(&chapter.title);
            writer.blocks(&chapter.blocks);
            marks = writer.marks;
            sheets.insert(text_path(section.anchor()), writer.sheet);
        }
    }
    let mut writer = Writer::new(&cx, sink);
    writer.main();
    sheets.insert(MAIN.to_owned(), writer.sheet);
    sheets
}

/// Where page 1 stands: at the first part, chapter or appendix.
pub(super) fn body_start(book: &Resolved) -> Option<&str> {
    book.sections
        .iter()
        .find(|section| is_body(section))
        .map(Section::anchor)
}

/// Whether a section belongs to the body of the book.
fn is_body(section: &Section) -> bool {
    matches!(section, Section::Part { .. } | Section::Chapter(_) | Section::Appendix(_))
}

/// Where a section's text lies.
fn text_path(anchor: &str) -> String {
    format!("{TEXTS}{anchor}.typ")
}

/// Whether a section's text lies here.
pub(super) fn is_text(path: &str) -> bool {
    path.starts_with(TEXTS)
}

/// A character of the Han script.
fn is_han(c: char) -> bool {
    matches!(
        c,
        '\u{2E80}'..='\u{2FDF}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3021}'..='\u{3029}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}
