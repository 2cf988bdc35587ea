//! A small XML writer: every tag is closed, every character is escaped.
//!
//! It remembers which elements were written and which files they name, so
//! that the package's `properties` are computed, never declared by hand.

use std::collections::BTreeSet;

use super::role;

/// The elements after whose end a line breaks, for people who read the files.
const BLOCKS: &[&str] = &[
    "aside",
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
    "item",
    "itemref",
    "meta",
    "navPoint",
    "reference",
    "manifest",
    "spine",
    "metadata",
    "head",
    "title",
    "link",
    "dc:identifier",
    "dc:title",
    "dc:creator",
    "dc:contributor",
    "dc:language",
    "dc:publisher",
    "dc:date",
    "dc:subject",
    "dc:description",
    "dc:rights",
    "dc:source",
    "docTitle",
    "docAuthor",
    "navMap",
    "pageList",
    "pageTarget",
];

/// XML as it is being written.
#[derive(Debug, Default)]
pub(super) struct Xml {
    out: String,
    stack: Vec<String>,
    /// The names of all elements so far.
    pub(super) elements: BTreeSet<String>,
}

impl Xml {
    /// An empty fragment.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Starts a document: the XML declaration.
    pub(super) fn document() -> Self {
        let out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        Self { out, ..Self::default() }
    }

    /// Opens an element.
    ///
    /// Attributes with empty values are left out, except `alt`. `lang` is
    /// written as `xml:lang` too, and `epub:type` brings its ARIA role along
    /// (see [`role`]) unless a `role` is given.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push('>');
        self.stack.push(name.to_owned());
    }

    /// Closes the innermost open element.
    pub(super) fn close(&mut self) {
        let Some(name) = self.stack.pop() else { return };
        self.out.push_str("</");
        self.out.push_str(&name);
        self.out.push('>');
        self.line_after(&name);
    }

    /// Writes an element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str("/>");
        self.line_after(name);
    }

    /// Writes an element that holds only text.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close();
    }

    /// Writes text.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, false, &mut self.out);
    }

    /// Writes something that is XML already.
    pub(super) fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// Takes over a finished fragment, and what is known about it.
    pub(super) fn append(&mut self, other: Self) {
        self.elements.extend(other.elements.iter().cloned());
        self.out.push_str(&other.finish());
    }

    /// The text so far, with everything closed.
    pub(super) fn finish(mut self) -> String {
        while !self.stack.is_empty() {
            self.close();
        }
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        if !self.elements.contains(name) {
            self.elements.insert(name.to_owned());
        }
        let given = |wanted: &str| attributes.iter().any(|(key, _)| *key == wanted);
        for (key, value) in attributes {
            if value.is_empty() && *key != "alt" {
                continue;
            }
            self.attribute(key, value);
            match *key {
                "lang" => self.attribute("xml:lang", value),
                "epub:type" if !given("role") => {
                    if let Some(role) = role::of(value) {
                        self.attribute("role", role);
                    }
                }
                _ => {}
            }
        }
    }

    fn attribute(&mut self, key: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(key);
        self.out.push_str("=\"");
        escape(value, true, &mut self.out);
        self.out.push('"');
    }

    fn line_after(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.out.push('\n');
        }
    }
}

/// Escapes `text`; characters that XML 1.0 cannot hold are left out.
fn escape(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' | '\t' if attribute => out.push(' '),
            '\n' | '\t' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_closes() {
        let mut xml = Xml::new();
        xml.open("p", &[("class", ""), ("title", "a\"<&")]);
        xml.open("span", &[("lang", "en")]);
        xml.text("1 < 2 & \u{1}3");
        assert_eq!(
            xml.finish(),
            "<p title=\"a&quot;&lt;&amp;\"><span lang=\"en\" xml:lang=\"en\">\
             1 &lt; 2 &amp; 3</span></p>\n"
        );
    }

    #[test]
    fn types_bring_their_roles() {
        let mut xml = Xml::new();
        xml.empty("a", &[("epub:type", "noteref"), ("href", "#n")]);
        assert!(xml.finish().contains("role=\"doc-noteref\""));
    }
}
