//! Formulas as `MathML`.
//!
//! typst-html translates; its tree is written here as XML, because EPUB wants
//! XML and readers want plain letters: `𝑥` (U+1D465) is a box on old devices,
//! `<mi>x</mi>` is drawn slanted by itself.

use std::fmt::Write;

use quick_xml::escape::{escape, partial_escape};
use typst_html::{HtmlElement, HtmlNode};
use unicode_normalization::UnicodeNormalization;

/// The namespace of `MathML`.
const NAMESPACE: &str = "http://www.w3.org/1998/Math/MathML";

/// Attributes that the EPUB schema does not know, or that style sheets own.
const DROPPED: &[&str] = &["style", "class", "scriptlevel"];

/// Every `math` element below `root`, in order.
pub(super) fn formulas(root: &HtmlElement) -> Vec<&HtmlElement> {
    let mut found = Vec::new();
    collect(root, &mut found);
    found
}

fn collect<'a>(element: &'a HtmlElement, found: &mut Vec<&'a HtmlElement>) {
    if element.tag.resolve().as_str() == "math" {
        found.push(element);
        return;
    }
    for child in &element.children {
        if let HtmlNode::Element(inner) = child {
            collect(inner, found);
        }
    }
}

/// A `math` element as XML with an alternative text.
pub(super) fn xml(math: &HtmlElement, display: bool, alt: &str) -> String {
    let mut out = format!("<math xmlns=\"{NAMESPACE}\"");
    if display {
        out.push_str(" display=\"block\"");
    }
    // Writing to a `String` cannot fail.
    let _ = write!(out, " alttext=\"{}\">", escape(alt));
    for child in &math.children {
        node(child, &mut out);
    }
    out.push_str("</math>");
    out
}

fn node(node: &HtmlNode, out: &mut String) {
    match node {
        HtmlNode::Text(text, _) => out.push_str(&partial_escape(text.as_str())),
        HtmlNode::Element(inner) => element(inner, out),
        HtmlNode::Tag(_) | HtmlNode::Frame(_) => {}
    }
}

fn element(element: &HtmlElement, out: &mut String) {
    let tag = element.tag.resolve();
    let tag = tag.as_str();
    out.push('<');
    out.push_str(tag);
    let text = letters(element);
    let folded = text.as_deref().and_then(folded);
    let is_table = tag == "mtable";
    for (name, value) in &element.attrs.0 {
        let name = name.resolve();
        let is_style = is_table && name.as_str() == "displaystyle";
        if !DROPPED.contains(&name.as_str()) && !is_style {
            let _ = write!(out, " {}=\"{}\"", name.as_str(), escape(value.as_str()));
        }
    }
    out.push('>');
    if let Some(text) = &folded {
        out.push_str(&partial_escape(text.as_str()));
    } else {
        for child in &element.children {
            node(child, out);
        }
    }
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

/// The text of an element that holds nothing else.
fn letters(element: &HtmlElement) -> Option<String> {
    let mut text = String::new();
    for child in &element.children {
        match child {
            HtmlNode::Text(part, _) => text.push_str(part),
            HtmlNode::Tag(_) => {}
            HtmlNode::Element(_) | HtmlNode::Frame(_) => return None,
        }
    }
    Some(text)
}

/// An italic letter as its plain one. Bold, script and double-struck letters
/// mean something by their shape and stay.
fn folded(text: &str) -> Option<String> {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    matches!(c, '\u{1D434}'..='\u{1D467}' | '\u{1D6E2}'..='\u{1D71B}' | 'ℎ')
        .then(|| c.to_string().nfkc().collect())
}
