//! Notes: a mark in the text, the words at the end of the file.
//!
//! One markup serves every reading system that shows notes as pop-ups: EPUB 3
//! readers go by `noteref` and `footnote` (Apple Books, Thorium), Duokan by its
//! own classes on the link, the list and its item, `WeChat` Read by the
//! alternative of the mark's picture. Elsewhere the mark leads to the note, and
//! the note back. Voices hear neither classes nor picture: the link has a name.

use super::inline::JOINER;
use super::page::Page;
use super::xml::Xml;
use crate::book::{Block, BlockKind, Note, plain_text};

impl<'a> Page<'a, '_> {
    /// Writes a note's mark, and keeps the note for the end of the file.
    pub(super) fn note_mark(&mut self, note: &'a Note) {
        self.notes.push(note);
        let anchor = note.anchor.as_str();
        self.mark(note, &format!("{anchor}-ref"));
    }

    /// Writes another mark of a note that has been called before.
    pub(super) fn note_again(&mut self, anchor: &'a str) {
        if self.plain || self.linked {
            return;
        }
        let called = self.notes.iter().find(|note| note.anchor.as_str() == anchor);
        let Some(&note) = called else { return };
        let count = self.repeats.entry(anchor).or_insert(0);
        *count += 1;
        let id = format!("{anchor}-ref-{}", *count + 1);
        self.mark(note, &id);
    }

    fn mark(&mut self, note: &Note, id: &str) {
        let href = format!("#{}", note.anchor.as_str());
        let label = format!("注 {}", note.number);
        let attributes = [
            ("class", "noteref duokan-footnote"),
            ("id", id),
            ("epub:type", "noteref"),
            ("href", href.as_str()),
            ("aria-label", label.as_str()),
        ];
        // Engines break lines before a picture, joiner or not; inside the link,
        // which does not wrap, the joiner ties it to the word before.
        self.xml.open("a", &attributes);
        self.xml.text(JOINER);
        let src = format!("../{}", mark_file(note.number));
        let said = words(&note.blocks);
        let alt = if said.is_empty() { &label } else { &said };
        let picture = [("class", "qqreader-footnote"), ("src", &src), ("alt", alt)];
        self.xml.empty("img", &picture);
        self.xml.close();
        self.facts.marks = self.facts.marks.max(note.number);
    }

    /// Writes the notes whose marks stand above, at the end of the text.
    pub(super) fn note_texts(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.breaks = false;
        self.boxed += 1;
        self.xml.open("div", &[("class", "notes")]);
        // A note may hold a note: the list may grow while it is written.
        let mut done = 0;
        while let Some(&note) = self.notes.get(done) {
            self.note_text(note);
            done += 1;
        }
        self.xml.close();
        self.boxed -= 1;
        self.breaks = true;
        self.notes.clear();
    }

    fn note_text(&mut self, note: &'a Note) {
        let anchor = note.anchor.as_str();
        let label = format!("注 {}", note.number);
        let attributes = [
            ("class", "footnote"),
            ("id", anchor),
            ("epub:type", "footnote"),
            ("aria-label", label.as_str()),
        ];
        self.xml.open("aside", &attributes);
        // Duokan looks for a list; voices need not hear of a list of one.
        for (name, class) in
            [("ol", "duokan-footnote-content"), ("li", "duokan-footnote-item")]
        {
            self.xml.open(name, &[("class", class), ("role", "presentation")]);
        }
        let back = format!("#{anchor}-ref");
        let label = format!("返回注 {} 处的正文", note.number);
        let link = [
            ("class", "note-number"),
            ("href", back.as_str()),
            ("role", "doc-backlink"),
            ("aria-label", label.as_str()),
        ];
        self.xml.open("p", &[]);
        self.xml.leaf("a", &link, &circled(note.number));
        self.xml.text(" ");
        let mut blocks = note.blocks.as_slice();
        if let Some((first, rest)) = blocks.split_first()
            && let BlockKind::Paragraph(text) = &first.kind
        {
            self.inlines(text);
            blocks = rest;
        }
        self.repeat_links(note);
        self.xml.close();
        self.blocks(blocks);
        for _ in ["li", "ol", "aside"] {
            self.xml.close();
        }
    }

    fn repeat_links(&mut self, note: &Note) {
        let anchor = note.anchor.as_str();
        let count = self.repeats.get(anchor).copied().unwrap_or(0);
        for copy in 2..=count + 1 {
            let href = format!("#{anchor}-ref-{copy}");
            let label = format!("返回注 {} 的第 {copy} 处正文", note.number);
            self.xml.text(" ");
            let link = [
                ("href", href.as_str()),
                ("role", "doc-backlink"),
                ("aria-label", label.as_str()),
            ];
            self.xml.leaf("a", &link, &format!("↩{copy}"));
        }
    }
}

/// The words of a note.
fn words(blocks: &[Block]) -> String {
    let paragraphs = blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(text) => Some(plain_text(text)),
        _ => None,
    });
    paragraphs.collect::<Vec<_>>().join(" ")
}

/// The picture of the mark with this number.
pub(super) fn mark_file(number: usize) -> String {
    format!("images/note-{number}.svg")
}

/// Draws the mark with this number: a dark disc in a light ring, which stands
/// out by day and by night.
pub(super) fn draw_mark(number: usize, disc: &str, family: &str) -> String {
    let digits = number.to_string();
    let (size, base) = match digits.len() {
        1 => ("14", "15.1"),
        2 => ("11.5", "14.2"),
        _ => ("8", "13"),
    };
    let mut xml = Xml::new();
    let attributes = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", "0 0 20 20"),
        ("width", "20"),
        ("height", "20"),
    ];
    xml.open("svg", &attributes);
    let circle = [
        ("cx", "10"),
        ("cy", "10"),
        ("r", "9.2"),
        ("fill", disc),
        ("stroke", "#ffffff"),
        ("stroke-width", "1.2"),
    ];
    xml.empty("circle", &circle);
    let text = [
        ("x", "10"),
        ("y", base),
        ("text-anchor", "middle"),
        ("font-family", family),
        ("font-weight", "700"),
        ("font-size", size),
        ("fill", "#ffffff"),
    ];
    xml.leaf("text", &text, &digits);
    xml.finish()
}

/// `①` to `㊿`, then the number in brackets.
fn circled(number: usize) -> String {
    let code = match u32::try_from(number).unwrap_or(u32::MAX) {
        n @ 1..=20 => 0x2460 + n - 1,
        n @ 21..=35 => 0x3251 + n - 21,
        n @ 36..=50 => 0x32B1 + n - 36,
        _ => return format!("({number})"),
    };
    char::from_u32(code).map_or_else(|| format!("({number})"), String::from)
}

#[cfg(test)]
mod tests {
    use super::{circled, draw_mark};

    #[test]
    fn numbers_in_circles() {
        assert_eq!([1, 20, 21, 35, 36, 50, 51].map(circled).join(""), "①⑳㉑㉟㊱㊿(51)");
    }

    #[test]
    fn marks_are_drawings() {
        for number in [1, 12, 120] {
            let mark = draw_mark(number, "#07404B", "Noto Sans SC");
            assert!(roxmltree::Document::parse(&mark).is_ok());
            assert!(mark.contains(&format!(">{number}</text>")));
        }
    }
}
