//! Tables: a caption, and headers that know what they head (WCAG 1.3.1).

use roxmltree::Node;

use super::alternative::Named;
use super::publication::{Document, words};
use crate::diag::rule::proof as rule;
use crate::diag::{Diagnostic, Sink};

/// Checks every table.
pub(super) fn check(document: &Document<'_>, sink: &mut Sink) {
    for table in document.named("table") {
        if matches!(table.attribute("role"), Some("presentation" | "none")) {
            continue;
        }
        let heads: Vec<Node<'_, '_>> = table
            .descendants()
            .filter(|node| node.has_tag_name_of("th"))
            .collect();
        if heads.is_empty() {
            let span = document.span(table);
            let found = Diagnostic::new(&rule::TABLE, span, "表没有表头");
            sink.report(found.hint("把各列的名称写成 <th scope=\"col\">"));
        }
        for head in heads {
            let refers = || {
                let id = head.attribute("id")?;
                table.descendants().find(|cell| {
                    let headers = cell.attribute("headers").unwrap_or_default();
                    headers.split_whitespace().any(|name| name == id)
                })
            };
            if head.attribute("scope").is_none() && refers().is_none() {
                let message = format!("表头“{}”没有说明它管行还是管列", words(head));
                let found = Diagnostic::new(&rule::TABLE, document.span(head), message);
                sink.report(found.hint("加上 scope=\"col\" 或 scope=\"row\""));
            }
        }
    }
}
