//! One XHTML file: language, title, headings, identifiers, roles, characters.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::publication::{Document, types, words};
use crate::diag::rule::proof as rule;
use crate::diag::{Diagnostic, Sink, Span};
use crate::epub::role;

/// `xml:lang`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Checks what every document must have.
pub(super) fn check(document: &Document<'_>, sink: &mut Sink) {
    language(document, sink);
    title(document, sink);
    headings(document, sink);
    identifiers(document, sink);
    roles(document, sink);
    characters(document, sink);
    players(document, sink);
}

/// WCAG 3.1.1 and 3.1.2: a voice must know which language it speaks.
fn language(document: &Document<'_>, sink: &mut Sink) {
    let root = document.tree.root_element();
    let (html, xml) = (root.attribute("lang"), root.attribute((XML, "lang")));
    if html.is_none_or(str::is_empty) || html != xml {
        let found = Diagnostic::new(
            &rule::LANGUAGE,
            document.span(root),
            "html 元素没有写明语言，或 lang 与 xml:lang 不一致",
        );
        sink.report(found.hint("写成 <html lang=\"zh-CN\" xml:lang=\"zh-CN\" …>"));
    }
    for node in document.elements().skip(1) {
        let (html, xml) = (node.attribute("lang"), node.attribute((XML, "lang")));
        if let (Some(html), Some(xml)) = (html, xml)
            && html != xml
        {
            let message = format!("lang 是“{html}”，xml:lang 却是“{xml}”");
            sink.report(Diagnostic::new(&rule::LANGUAGE, document.span(node), message));
        }
    }
}

/// WCAG 2.4.2.
fn title(document: &Document<'_>, sink: &mut Sink) {
    if document.named("title").all(|node| words(node).is_empty()) {
        let span = document.span(document.tree.root_element());
        let found = Diagnostic::new(&rule::TITLE, span, "文件没有标题");
        sink.report(found.hint("在 head 里写 <title>，用本章的标题"));
    }
}

/// The level of a heading element.
pub(super) fn level(node: Node<'_, '_>) -> Option<u8> {
    let digit = node.tag_name().name().strip_prefix('h')?;
    digit.parse().ok().filter(|level| (1..=6).contains(level))
}

/// WCAG 1.3.1 and 2.4.6: levels follow one another, and headings say something.
fn headings(document: &Document<'_>, sink: &mut Sink) {
    let mut before: Option<u8> = None;
    for node in document.elements() {
        let Some(level) = level(node) else { continue };
        let image = node.descendants().any(|inner| {
            inner.attribute("alt").is_some_and(|alt| !alt.trim().is_empty())
        });
        if words(node).is_empty() && !image {
            let span = document.span(node);
            sink.report(Diagnostic::new(&rule::HEADINGS, span, "标题里没有文字"));
        }
        if let Some(last) = before
            && level > last + 1
        {
            let message = format!("标题从 h{last} 跳到 h{level}");
            let found = Diagnostic::new(&rule::HEADINGS, document.span(node), message);
            sink.report(found.hint(format!("改成 h{}", last + 1)));
        }
        before = Some(level);
    }
}

/// XML 1.0 3.3.1: one identifier, one element.
fn identifiers(document: &Document<'_>, sink: &mut Sink) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for node in document.elements() {
        let Some(id) = node.attribute("id") else { continue };
        let span = document.span(node);
        if let Some(first) = seen.insert(id, span) {
            let message = format!("标识“{id}”用了两次");
            let found = Diagnostic::new(&rule::DUPLICATE_ID, span, message);
            sink.report(found.related(first, "第一次在这里"));
        }
    }
}

/// What `epub:type` says to reading systems, `role` must say to voices.
fn roles(document: &Document<'_>, sink: &mut Sink) {
    for node in document.elements() {
        // In lists of landmarks the type names the target, not the element.
        let is_landmark = node
            .ancestors()
            .any(|outer| types(outer).any(|kind| matches!(kind, "landmarks")));
        if is_landmark || node.tag_name().name() == "body" {
            continue;
        }
        for kind in types(node) {
            let Some(wanted) = role::of(kind) else { continue };
            let mut given = node.attribute("role").unwrap_or_default().split(' ');
            if !given.any(|role| role == wanted) {
                let message = format!("epub:type 是 {kind}，却没有 role=\"{wanted}\"");
                let found = Diagnostic::new(&rule::ROLE, document.span(node), message);
                sink.report(found.hint("屏幕阅读器只认得 role：两个都要写"));
            }
        }
    }
}

/// Characters that no voice can speak and no other font can draw.
fn characters(document: &Document<'_>, sink: &mut Sink) {
    for node in document.tree.root().descendants().filter(Node::is_text) {
        let text = node.text().unwrap_or_default();
        let bad = text.char_indices().find(|(_, c)| {
            matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
        });
        let Some((_, c)) = bad else { continue };
        let start = node.range().start;
        let raw = &document.tree.input_text()[node.range()];
        let at = raw.find(c).unwrap_or(0);
        let span = Span::new(document.source, start + at..start + at + c.len_utf8());
        let message = format!("字符 U+{:04X} 是私用区或替换字符", u32::from(c));
        let found = Diagnostic::new(&rule::PRIVATE_CHARACTER, span, message);
        sink.report(found.hint("换成通用的字；没有编码的字做成图，写替代文字"));
    }
}

/// WCAG 1.4.2 and 2.2.2: sound and film start when the reader wants.
fn players(document: &Document<'_>, sink: &mut Sink) {
    for node in document.elements() {
        if !matches!(node.tag_name().name(), "audio" | "video") {
            continue;
        }
        let span = document.span(node);
        if node.attribute("autoplay").is_some() {
            let found = Diagnostic::new(&rule::PLAYER, span, "声音或影片会自动播放");
            sink.report(found.hint("去掉 autoplay"));
        }
        if node.attribute("controls").is_none() {
            let found = Diagnostic::new(&rule::PLAYER, span, "声音或影片没有控制按钮");
            sink.report(found.hint("加上 controls=\"controls\""));
        }
    }
}
