//! Notes have a mark, and marks have a note; each leads to the other.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::alternative::Named;
use super::publication::{Document, Publication, target};
use crate::diag::rule::proof as rule;
use crate::diag::{Diagnostic, Sink};

/// Checks the notes of all documents.
pub(super) fn check(book: &Publication<'_>, sink: &mut Sink) {
    let mut called = BTreeSet::new();
    for document in &book.documents {
        for mark in marks(document) {
            if let Some(note) = called_note(book, document, mark, sink) {
                called.insert(note);
            }
        }
    }
    for document in &book.documents {
        for note in document.elements().filter(is_note) {
            let id = note.attribute("id").unwrap_or_default();
            if !called.contains(&(document.path.clone(), id.to_owned())) {
                let message = "正文里没有指向这条注的注号";
                sink.report(Diagnostic::new(&rule::NOTE, document.span(note), message));
            } else if !note.descendants().any(|node| node.attribute("href").is_some()) {
                let message = "这条注没有回到正文的链接";
                let found = Diagnostic::new(&rule::NOTE, document.span(note), message);
                sink.report(
                    found.hint("在注里加 <a role=\"doc-backlink\" href=\"#注号的 id\">"),
                );
            }
        }
    }
}

fn marks<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Node<'d, 'd>> {
    document.elements().filter(|node| {
        node.is_type("noteref") || node.attribute("role") == Some("doc-noteref")
    })
}

fn is_note(node: &Node<'_, '_>) -> bool {
    ["footnote", "endnote", "rearnote"]
        .iter()
        .any(|kind| node.is_type(kind))
        || node.attribute("role") == Some("doc-footnote")
}

/// The note that a mark calls; reports a mark that calls nothing.
fn called_note(
    book: &Publication<'_>,
    document: &Document<'_>,
    mark: Node<'_, '_>,
    sink: &mut Sink,
) -> Option<(String, String)> {
    let span = document.span(mark);
    let href = mark.attribute("href").unwrap_or_default();
    let found = target(&document.path, href).filter(|(_, fragment)| !fragment.is_empty());
    let Some((path, fragment)) = found else {
        let message = "注号没有指向任何注";
        sink.report(Diagnostic::new(&rule::NOTE, span, message));
        return None;
    };
    let note = book.document(&path).and_then(|other| {
        other
            .elements()
            .find(|node| node.attribute("id") == Some(fragment.as_str()))
            .map(|node| node.has_tag_name_of("li") || is_note(&node))
    });
    match note {
        None => {
            let message = format!("注号指向的注“{fragment}”不存在");
            sink.report(Diagnostic::new(&rule::NOTE, span, message));
        }
        Some(false) => {
            let message = format!("注号指向的“{fragment}”不是注");
            let found = Diagnostic::new(&rule::NOTE, span, message);
            sink.report(
                found.hint("给注加上 epub:type=\"footnote\" role=\"doc-footnote\""),
            );
        }
        Some(true) => {}
    }
    Some((path, fragment))
}
