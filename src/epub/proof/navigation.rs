//! The navigation document: contents in reading order, and the pages of the
//! paper edition.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::alternative::Named;
use super::publication::{Document, Publication, target, words};
use crate::diag::rule::proof as rule;
use crate::diag::{Diagnostic, Sink};

/// Where an element stands: number of its document, number in it.
type Place = (usize, usize);

/// Checks contents and page-list.
pub(super) fn check(book: &Publication<'_>, sink: &mut Sink) {
    let nav = book.document(&book.navigation);
    let Some(nav) = nav else {
        let span = book.package.span(book.package.tree.root_element());
        let found = Diagnostic::new(&rule::CONTENTS, span, "没有导航文件");
        sink.report(found.hint("在 manifest 里给目录文件写 properties=\"nav\""));
        return;
    };
    let places = places(book);
    let list = |kind: &str| {
        nav.elements()
            .find(|node| node.has_tag_name_of("nav") && node.is_type(kind))
    };
    if let Some(toc) = list("toc") {
        if links(toc).next().is_none() {
            let span = nav.span(toc);
            sink.report(Diagnostic::new(&rule::CONTENTS, span, "目录里没有内容"));
        }
        in_order(nav, toc, &places, &rule::CONTENTS, sink);
    } else {
        let span = nav.span(nav.tree.root_element());
        sink.report(Diagnostic::new(&rule::CONTENTS, span, "导航文件里没有目录"));
    }
    pages(book, nav, list("page-list"), &places, sink);
}

fn links<'n>(list: Node<'n, 'n>) -> impl Iterator<Item = Node<'n, 'n>> {
    list.descendants().filter(|node| node.has_tag_name_of("a"))
}

/// Every identifier's place in reading order; a file's own is its beginning.
fn places(book: &Publication<'_>) -> BTreeMap<(String, String), Place> {
    let mut places = BTreeMap::new();
    for (at, document) in book.documents.iter().enumerate() {
        places.insert((document.path.clone(), String::new()), (at, 0));
        for (number, node) in document.elements().enumerate() {
            if let Some(id) = node.attribute("id") {
                places.insert((document.path.clone(), id.to_owned()), (at, number));
            }
        }
    }
    places
}

/// Reports the first link that leads back.
fn in_order(
    nav: &Document<'_>,
    list: Node<'_, '_>,
    places: &BTreeMap<(String, String), Place>,
    rule: &'static crate::diag::Rule,
    sink: &mut Sink,
) {
    let mut before = (0, 0);
    for link in list.descendants().filter(|node| node.has_tag_name_of("a")) {
        let href = link.attribute("href").unwrap_or_default();
        // Broken links are reported as such.
        let Some(&place) = target(&nav.path, href).and_then(|at| places.get(&at)) else {
            continue;
        };
        if place < before {
            let message = format!("“{}”的位置在它前一条之前", words(link));
            let found = Diagnostic::new(rule, nav.span(link), message);
            sink.report(found.hint("各条按阅读的顺序排列"));
            return;
        }
        before = place;
    }
}

/// Every break has its line in the page-list, and the other way round.
fn pages(
    book: &Publication<'_>,
    nav: &Document<'_>,
    list: Option<Node<'_, '_>>,
    places: &BTreeMap<(String, String), Place>,
    sink: &mut Sink,
) {
    let mut breaks: BTreeMap<(String, String), String> = BTreeMap::new();
    for document in &book.documents {
        for node in document.elements() {
            if !node.is_type("pagebreak")
                && node.attribute("role") != Some("doc-pagebreak")
            {
                continue;
            }
            let label = node.attribute("aria-label").or(node.attribute("title"));
            let label = label.map_or_else(|| words(node), str::to_owned);
            let id = node.attribute("id").unwrap_or_default();
            if label.trim().is_empty() || id.is_empty() {
                let message = "换页处没有页码或没有标识";
                let span = document.span(node);
                sink.report(Diagnostic::new(&rule::PAGE_LIST, span, message));
            }
            breaks.insert((document.path.clone(), id.to_owned()), label);
        }
    }
    let Some(list) = list else {
        if !breaks.is_empty() {
            let span = nav.span(nav.tree.root_element());
            let message = "书里有换页处，导航文件里却没有页码表";
            sink.report(Diagnostic::new(&rule::PAGE_LIST, span, message));
        }
        return;
    };
    for link in list.descendants().filter(|node| node.has_tag_name_of("a")) {
        let label = words(link);
        let place = target(&nav.path, link.attribute("href").unwrap_or_default());
        let message = match place.as_ref().and_then(|place| breaks.remove(place)) {
            Some(folio) if folio == label => continue,
            Some(folio) => format!("页码表的“{label}”指到了第 {folio} 页"),
            None => format!("页码表的“{label}”没有指到换页处"),
        };
        sink.report(Diagnostic::new(&rule::PAGE_LIST, nav.span(link), message));
    }
    for ((path, id), folio) in breaks {
        let Some(document) = book.document(&path) else { continue };
        let node = document.elements().find(|n| n.attribute("id") == Some(id.as_str()));
        let Some(node) = node else { continue };
        let message = format!("第 {folio} 页的换页处不在页码表里");
        sink.report(Diagnostic::new(&rule::PAGE_LIST, document.span(node), message));
    }
    in_order(nav, list, places, &rule::PAGE_LIST, sink);
}
