//! Words for what is seen, heard or written as a formula (WCAG 1.1.1, 1.2.1).

use roxmltree::Node;

use super::publication::{Document, types, words};
use crate::diag::rule::proof as rule;
use crate::diag::{Diagnostic, Sink};
use crate::lint::access::alternative::{LONGEST, is_placeholder, repeats};

/// Checks every picture, drawing, formula and player.
pub(super) fn check(document: &Document<'_>, sink: &mut Sink) {
    for node in document.elements() {
        match node.tag_name().name() {
            "img" => picture(document, node, sink),
            "svg" => drawing(document, node, sink),
            "math" => formula(document, node, sink),
            "audio" | "video" => player(document, node, sink),
            _ => {}
        }
    }
}

/// Whether voices skip a node.
fn hidden(node: Node<'_, '_>) -> bool {
    node.ancestors()
        .any(|outer| outer.attribute("aria-hidden") == Some("true"))
}

/// The name given in an ARIA attribute.
fn labelled(document: &Document<'_>, node: Node<'_, '_>) -> bool {
    let given =
        |name: &str| node.attribute(name).is_some_and(|value| !value.trim().is_empty());
    let named = || {
        let ids = node.attribute("aria-labelledby").unwrap_or_default();
        let all = ids.split_whitespace();
        let mut texts = all.filter_map(|id| {
            document.elements().find(|other| other.attribute("id") == Some(id))
        });
        texts.any(|other| !words(other).is_empty())
    };
    given("aria-label") || named()
}

/// Whether a picture is the mark of a link that has a name of its own: then the
/// name is heard, and the alternative is what some readers show as the note.
fn is_named_mark(node: Node<'_, '_>) -> bool {
    let mark = node
        .ancestors()
        .find(|outer| outer.attribute("role") == Some("doc-noteref"));
    mark.and_then(|mark| mark.attribute("aria-label"))
        .is_some_and(|name| !name.trim().is_empty())
}

fn picture(document: &Document<'_>, node: Node<'_, '_>, sink: &mut Sink) {
    let presented = node.attribute("role") == Some("presentation");
    if hidden(node) || presented || is_named_mark(node) {
        return;
    }
    let span = document.span(node);
    let alt = node.attribute("alt").unwrap_or_default().trim();
    let in_figure = node.ancestors().find(|outer| outer.has_tag_name_of("figure"));
    if alt.is_empty() {
        // `alt=""` says that a picture is an ornament; one with a caption is none.
        if node.attribute("alt").is_none() || in_figure.is_some() {
            let found = Diagnostic::new(&rule::ALTERNATIVE, span, "图没有替代文字");
            sink.report(found.hint("用 alt 写出图里看到了什么；只作装饰的图写 alt=\"\""));
        }
        return;
    }
    if is_placeholder(alt) {
        let message = format!("替代文字“{alt}”没有说出图里看到了什么");
        sink.report(Diagnostic::new(&rule::POOR_ALTERNATIVE, span, message));
    }
    let caption = in_figure
        .and_then(|figure| figure.children().find(|c| c.has_tag_name_of("figcaption")))
        .map(words)
        .unwrap_or_default();
    if repeats(alt, &caption) {
        let message = "替代文字重复了图题，看不见图的读者会听到两遍同样的话";
        let found = Diagnostic::new(&rule::POOR_ALTERNATIVE, span, message);
        sink.report(found.hint("替代文字写图里看到了什么，图题写要说明什么"));
    }
    let length = alt.chars().count();
    if length > LONGEST {
        let message = format!("替代文字有 {length} 字");
        let found = Diagnostic::new(&rule::POOR_ALTERNATIVE, span, message);
        sink.report(
            found.hint("留下一两句，其余写成图后的详细说明，用 aria-details 指到它"),
        );
    }
}

fn drawing(document: &Document<'_>, node: Node<'_, '_>, sink: &mut Sink) {
    let titled = node
        .children()
        .any(|child| child.has_tag_name_of("title") && !words(child).is_empty());
    if hidden(node) || titled || labelled(document, node) {
        return;
    }
    let found =
        Diagnostic::new(&rule::ALTERNATIVE, document.span(node), "SVG 图没有名称");
    sink.report(found.hint(
        "在 svg 里写 <title> 并加 role=\"img\"；只作装饰的加 aria-hidden=\"true\"",
    ));
}

fn formula(document: &Document<'_>, node: Node<'_, '_>, sink: &mut Sink) {
    let span = document.span(node);
    let alt = node.attribute("alttext").unwrap_or_default();
    if alt.trim().is_empty() {
        let found = Diagnostic::new(&rule::ALTERNATIVE, span, "公式没有读法");
        sink.report(found.hint("用 alttext 写出公式怎么读"));
    } else if alt.contains('\\') {
        let message = "公式的读法是 LaTeX 代码，读出来听不懂";
        sink.report(Diagnostic::new(&rule::POOR_ALTERNATIVE, span, message));
    }
}

fn player(document: &Document<'_>, node: Node<'_, '_>, sink: &mut Sink) {
    let tracks = node.children().any(|child| child.has_tag_name_of("track"));
    if !tracks && !labelled(document, node) {
        let span = document.span(node);
        let found = Diagnostic::new(&rule::ALTERNATIVE, span, "声音或影片没有名称");
        sink.report(found.hint("用 aria-label 写出是什么内容；有字幕的加上 track"));
    }
}

/// A shorthand for XHTML's many names.
pub(super) trait Named {
    /// Whether the element has this local name.
    fn has_tag_name_of(&self, name: &str) -> bool;
    /// Whether the element has this `epub:type`.
    fn is_type(&self, kind: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }

    fn is_type(&self, kind: &str) -> bool {
        self.is_element() && types(*self).any(|given| given == kind)
    }
}
