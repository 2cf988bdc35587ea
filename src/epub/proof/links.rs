//! Links: they lead somewhere, and say where.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::publication::{Document, Publication, target, words};
use crate::diag::rule::proof as rule;
use crate::diag::{Diagnostic, Sink};
use crate::lint::access::VAGUE;

/// Checks every link of every document.
pub(super) fn check(book: &Publication<'_>, sink: &mut Sink) {
    let ids: BTreeMap<&str, BTreeSet<&str>> = book
        .documents
        .iter()
        .map(|document| {
            let ids = document.elements().filter_map(|node| node.attribute("id"));
            (document.path.as_str(), ids.collect())
        })
        .collect();
    for document in &book.documents {
        for node in document.elements() {
            for name in ["href", "src", "data", "poster"] {
                let Some(href) = node.attribute(name) else { continue };
                leads(book, &ids, document, (node, href), sink);
            }
            if node.tag_name().name() == "a" && node.attribute("href").is_some() {
                says(document, node, sink);
            }
        }
    }
}

fn leads(
    book: &Publication<'_>,
    ids: &BTreeMap<&str, BTreeSet<&str>>,
    document: &Document<'_>,
    (node, href): (Node<'_, '_>, &str),
    sink: &mut Sink,
) {
    let Some((path, fragment)) = target(&document.path, href) else { return };
    let span = document.span(node);
    if !book.parts.paths.contains_key(&path) {
        let message = format!("链接“{href}”指向的文件不存在");
        sink.report(Diagnostic::new(&rule::LINK, span, message));
        return;
    }
    let Some(known) = ids.get(path.as_str()) else { return };
    if !fragment.is_empty() && !known.contains(fragment.as_str()) {
        let message = format!("链接“{href}”指向的位置不存在");
        sink.report(Diagnostic::new(&rule::LINK, span, message));
    }
}

/// WCAG 2.4.4: a link's purpose, heard alone.
fn says(document: &Document<'_>, node: Node<'_, '_>, sink: &mut Sink) {
    let label = node.attribute("aria-label").unwrap_or_default().trim();
    let pictures = node.descendants().filter_map(|inner| inner.attribute("alt"));
    let text = if label.is_empty() {
        words(node) + &pictures.collect::<String>()
    } else {
        label.to_owned()
    };
    let text = text.trim().to_lowercase();
    let span = document.span(node);
    if text.is_empty() {
        let found = Diagnostic::new(&rule::LINK_PURPOSE, span, "链接里没有文字");
        sink.report(found.hint("写出它通向哪里"));
    } else if VAGUE.contains(&text.as_str()) {
        let message = format!("链接文字“{text}”没有说出它通向哪里");
        sink.report(Diagnostic::new(&rule::LINK_PURPOSE, span, message));
    }
}
