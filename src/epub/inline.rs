//! Inlines to XHTML.

use super::formula;
use super::page::Page;
use crate::book::{self, Cite, Inline, InlineKind, Reference, TermUse};
use crate::diag::Span;

/// Keeps a mark on the line of the word before it (U+2060, word joiner).
pub(super) const JOINER: &str = "\u{2060}";

impl<'a> Page<'a, '_> {
    /// Writes inlines.
    pub(super) fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    /// Writes the words of inlines, for places that link as a whole.
    pub(super) fn words(&mut self, inlines: &'a [Inline]) {
        let before = std::mem::replace(&mut self.plain, true);
        self.inlines(inlines);
        self.plain = before;
    }

    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text, inline.span),
            InlineKind::Emphasis(inner) => self.wrapped("em", &[], inner),
            InlineKind::Strong(inner) => self.wrapped("strong", &[], inner),
            InlineKind::Subscript(inner) => self.wrapped("sub", &[], inner),
            InlineKind::Superscript(inner) => {
                self.xml.text(JOINER);
                self.wrapped("sup", &[], inner);
            }
            InlineKind::Code(text) => {
                self.reach_offset(inline.span.source, inline.span.start);
                self.xml.leaf("code", &[], text);
            }
            InlineKind::Link { url, text } => self.link(url, "link", text),
            InlineKind::Reference(reference) => {
                self.reach_offset(inline.span.source, inline.span.start);
                self.reference(reference);
            }
            InlineKind::Cite(cite) => self.cite(cite),
            InlineKind::Term(term) => self.term(term),
            InlineKind::Note(_) if self.plain => {}
            InlineKind::Note(note) if self.linked => self.deferred.push(note),
            InlineKind::Note(note) => self.note_mark(note),
            InlineKind::NoteAgain { anchor, .. } => self.note_again(anchor.as_str()),
            InlineKind::Math { tex, alt } => {
                self.reach_offset(inline.span.source, inline.span.start);
                self.formula(tex, alt, false, inline.span);
            }
            InlineKind::Ruby { base, text } => {
                self.reach_offset(inline.span.source, inline.span.start);
                self.ruby(base, text);
            }
            InlineKind::LineBreak => self.xml.empty("br", &[]),
        }
    }

    fn wrapped(&mut self, name: &str, attributes: &[(&str, &str)], inner: &'a [Inline]) {
        self.xml.open(name, attributes);
        self.inlines(inner);
        self.xml.close();
    }

    /// Writes text, with the page breaks that fall into it.
    fn text(&mut self, text: &str, span: Span) {
        self.reach_offset(span.source, span.start);
        if self.flow.is_none() && self.breaks {
            self.entry_text(text);
            return;
        }
        if self.plain || !self.breaks {
            self.runs(text);
            return;
        }
        let exact = span.range().len() == text.len();
        let mut rest = 0;
        for (offset, page) in self.folios.inside(span) {
            let mut at = if exact { (offset - span.start) as usize } else { 0 };
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let at = at.max(rest);
            self.runs(&text[rest..at]);
            rest = at;
            self.reach(page);
        }
        self.runs(&text[rest..]);
    }

    /// Writes text, with its English passages marked.
    pub(super) fn runs(&mut self, text: &str) {
        let chinese = self.plan.resolved.metadata.language.starts_with("zh");
        for run in book::runs(text) {
            if run.english && chinese {
                self.xml.leaf("span", &[("lang", "en")], run.text);
            } else {
                self.xml.text(run.text);
            }
        }
    }

    fn link(&mut self, href: &str, class: &str, text: &'a [Inline]) {
        if self.plain || self.linked {
            self.inlines(text);
            return;
        }
        self.linked = true;
        self.wrapped("a", &[("class", class), ("href", href)], text);
        self.linked = false;
        self.deferred_marks();
    }

    /// Writes the marks of the notes that had to wait for a link's end.
    pub(super) fn deferred_marks(&mut self) {
        for note in std::mem::take(&mut self.deferred) {
            self.note_mark(note);
        }
    }

    fn reference(&mut self, reference: &Reference) {
        match self.href(reference.anchor.as_str()) {
            Some(href) if !self.plain && !self.linked => {
                let attributes = [("class", "xref"), ("href", href.as_str())];
                self.xml.leaf("a", &attributes, &reference.text);
            }
            _ => self.xml.text(&reference.text),
        }
    }

    /// Writes a citation: every number in it leads to its own reference.
    fn cite(&mut self, cite: &'a Cite) {
        // Many numbers do not fit a narrow line together.
        const SHORT: usize = 7;
        if self.plain {
            return;
        }
        let class = if cite.text.len() > SHORT { "cite long" } else { "cite" };
        self.xml.text(JOINER);
        self.xml
            .open("sup", &[("class", class), ("id", cite.anchor.as_str())]);
        let numbers = self.cited_numbers(cite);
        let mut rest = cite.text.as_str();
        let mut linked = false;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let digits = &rest[start..];
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            self.xml.text(&rest[..start]);
            let number = &digits[..end];
            match numbers.iter().find(|(known, _)| known == number) {
                Some((_, anchor)) if !self.linked => {
                    self.cite_link(number, anchor);
                    linked = true;
                }
                _ => self.xml.text(number),
            }
            rest = &digits[end..];
        }
        match cite.items.first() {
            Some(item) if !linked && !self.linked => {
                self.cite_link(rest, item.anchor.as_str());
            }
            _ => self.xml.text(rest),
        }
        self.xml.close();
    }

    fn cited_numbers(&self, cite: &'a Cite) -> Vec<(String, &'a str)> {
        let references = &self.plan.resolved.references;
        let number = |anchor: &str| {
            let entry =
                references.iter().find(|entry| entry.anchor.as_str() == anchor)?;
            Some(entry.number.chars().filter(char::is_ascii_digit).collect::<String>())
        };
        let items = cite.items.iter().map(|item| item.anchor.as_str());
        items.filter_map(|anchor| Some((number(anchor)?, anchor))).collect()
    }

    fn cite_link(&mut self, text: &str, anchor: &str) {
        let Some(href) = self.href(anchor) else {
            self.xml.text(text);
            return;
        };
        let label = format!("参考文献 {text}");
        let attributes =
            [("epub:type", "biblioref"), ("href", href.as_str()), ("aria-label", &label)];
        self.xml.leaf("a", &attributes, text);
    }

    fn term(&mut self, term: &'a TermUse) {
        if self.plain {
            self.inlines(&term.text);
            return;
        }
        let id = term.anchor.as_str();
        match self.href(term.entry.as_str()) {
            Some(href) if term.first && !self.linked => {
                self.linked = true;
                let attributes = [
                    ("class", "term"),
                    ("id", id),
                    ("epub:type", "glossref"),
                    ("href", href.as_str()),
                ];
                self.wrapped("a", &attributes, &term.text);
                self.linked = false;
                self.deferred_marks();
            }
            _ => self.wrapped("span", &[("id", id)], &term.text),
        }
    }

    /// Writes a formula as `MathML`.
    pub(super) fn formula(&mut self, tex: &str, alt: &str, display: bool, span: Span) {
        let key = (tex.to_owned(), display);
        let spoken = if alt.is_empty() { tex } else { alt };
        let source = self.plan.parts.formulas.get(&key);
        if !source
            .is_some_and(|source| formula::write(&mut self.xml, source, spoken, display))
        {
            self.missing("公式", Some(span));
            self.xml.leaf("span", &[], spoken);
        }
    }

    fn ruby(&mut self, base: &str, text: &str) {
        if self.plain {
            self.xml.text(base);
            return;
        }
        let latin = text
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() && c < '\u{2000}');
        let language = if latin { "zh-Latn-pinyin" } else { "" };
        let readings: Vec<&str> = text.split_whitespace().collect();
        self.xml.open("ruby", &[]);
        if readings.len() == base.chars().count() {
            for (c, reading) in base.chars().zip(readings) {
                self.xml.text(c.encode_utf8(&mut [0; 4]));
                self.xml.leaf("rt", &[("lang", language)], reading);
            }
        } else {
            self.xml.text(base);
            self.xml.leaf("rt", &[("lang", language)], text);
        }
        self.xml.close();
    }
}
