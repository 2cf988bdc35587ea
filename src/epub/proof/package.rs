//! The package document: what it lists, and whether what it claims is true.

use std::collections::BTreeSet;

use super::publication::{Publication, words};
use crate::diag::rule::proof as rule;
use crate::diag::{Diagnostic, Sink, Span};

/// The metadata that EPUB Accessibility 1.1 asks for.
const REQUIRED: &[&str] = &[
    "schema:accessMode",
    "schema:accessModeSufficient",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
];

/// Checks manifest, language, accessibility metadata.
pub(super) fn check(book: &Publication<'_>, sink: &mut Sink) {
    let package = &book.package;
    let root = package.tree.root_element();
    let whole = package.span(root);
    let xml = ("http://www.w3.org/XML/1998/namespace", "lang");
    if root.attribute(xml).is_none_or(str::is_empty) {
        let message = "package 元素没有写明语言";
        sink.report(Diagnostic::new(&rule::LANGUAGE, whole, message));
    }
    if package.named("language").all(|node| words(node).is_empty()) {
        let message = "没有 dc:language：阅读器不知道用哪种语音";
        sink.report(Diagnostic::new(&rule::LANGUAGE, whole, message));
    }
    if package.named("title").all(|node| words(node).is_empty()) {
        sink.report(Diagnostic::new(&rule::TITLE, whole, "没有书名（dc:title）"));
    }
    listed(book, sink);
    metadata(book, whole, sink);
}

/// Everything is listed, with the properties that it has.
fn listed(book: &Publication<'_>, sink: &mut Sink) {
    for (path, item) in &book.manifest {
        if !book.parts.paths.contains_key(path) {
            let message = format!("manifest 列出的“{path}”不存在");
            sink.report(Diagnostic::new(&rule::MANIFEST, item.span, message));
        }
    }
    let whole = book.package.span(book.package.tree.root_element());
    for path in book.parts.paths.keys() {
        let own = path == "mimetype" || path.starts_with("META-INF/");
        if !own && *path != book.package.path && !book.manifest.contains_key(path) {
            let message = format!("“{path}”在包里，却没有列在 manifest 里");
            sink.report(Diagnostic::new(&rule::MANIFEST, whole, message));
        }
    }
    for document in &book.documents {
        let Some(item) = book.manifest.get(&document.path) else { continue };
        let given: BTreeSet<&str> = item.properties.split_whitespace().collect();
        for (property, element) in
            [("mathml", "math"), ("svg", "svg"), ("scripted", "script")]
        {
            let there = document.named(element).next().is_some();
            if there && !given.contains(property) {
                let message = format!(
                    "“{}”里有 {element}，manifest 没有写 {property}",
                    document.path
                );
                sink.report(Diagnostic::new(&rule::MANIFEST, item.span, message));
            }
        }
    }
}

fn metadata(book: &Publication<'_>, whole: Span, sink: &mut Sink) {
    let package = &book.package;
    let values = |name: &str| -> Vec<(String, Span)> {
        let all = package.named("meta");
        let all = all.filter(|node| node.attribute("property") == Some(name));
        all.map(|node| (words(node), package.span(node))).collect()
    };
    for name in REQUIRED {
        if values(name).iter().all(|(value, _)| value.is_empty()) {
            let message = format!("没有写明 {name}");
            let found = Diagnostic::new(&rule::ACCESS_METADATA, whole, message);
            sink.report(found.hint("书店和图书馆靠它告诉读者这本书能不能用"));
        }
    }
    let paged = book.documents.iter().any(|document| {
        document
            .elements()
            .any(|node| node.attribute("role") == Some("doc-pagebreak"))
    });
    let sourced = !values("pageBreakSource").is_empty()
        || values("source-of").iter().any(|(value, _)| value == "pagination");
    if paged && !sourced {
        let message = "有纸质书的页码，却没有写明是哪个版本的页码";
        let found = Diagnostic::new(&rule::ACCESS_METADATA, whole, message);
        sink.report(
            found.hint("用 dc:source 写出纸质版，并用 source-of=pagination 说明"),
        );
    }
    for (value, span) in values("dcterms:conformsTo") {
        let known = value.starts_with("EPUB Accessibility 1.")
            && value.contains(" - WCAG 2.")
            && ["Level A", "Level AA", "Level AAA"]
                .iter()
                .any(|end| value.ends_with(end));
        if !known
            && !value.starts_with("http")
            && value.to_lowercase().contains("accessib")
        {
            let message = format!("“{value}”不是标准规定的写法");
            let found = Diagnostic::new(&rule::ACCESS_METADATA, span, message);
            sink.report(found.hint("写成 EPUB Accessibility 1.1 - WCAG 2.2 Level AA"));
        }
    }
    claims(book, &values("schema:accessibilityFeature"), whole, sink);
}

/// What is claimed is there, and what is there is claimed.
fn claims(
    book: &Publication<'_>,
    claimed: &[(String, Span)],
    whole: Span,
    sink: &mut Sink,
) {
    let any = |test: &dyn Fn(roxmltree::Node<'_, '_>) -> bool| {
        book.documents.iter().any(|document| document.elements().any(test))
    };
    let named = |name: &'static str| {
        any(&move |node: roxmltree::Node<'_, '_>| node.tag_name().name() == name)
    };
    let role = |role: &'static str| {
        any(&move |node: roxmltree::Node<'_, '_>| node.attribute("role") == Some(role))
    };
    let facts = [
        ("MathML", named("math")),
        ("describedMath", named("math")),
        ("rubyAnnotations", named("ruby")),
        ("longDescription", any(&|node| node.attribute("aria-details").is_some())),
        ("pageBreakMarkers", role("doc-pagebreak")),
        ("index", role("doc-index")),
        ("captions", named("track")),
    ];
    for (feature, there) in facts {
        let claim = claimed.iter().find(|(value, _)| value == feature);
        match (claim, there) {
            (Some((_, span)), false) => {
                let message = format!("声明了 {feature}，书里却没有");
                sink.report(Diagnostic::new(&rule::FALSE_CLAIM, *span, message));
            }
            (None, true) if !matches!(feature, "describedMath" | "captions") => {
                let message = format!("书里有 {feature}，却没有声明");
                sink.report(Diagnostic::new(&rule::FALSE_CLAIM, whole, message));
            }
            _ => {}
        }
    }
}
