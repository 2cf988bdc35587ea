//! Glossary, answers, references and index.

use super::page::{Document, Matter, Page};
use crate::book::{Entry, TermPlace};
use crate::edition::index_entry;
use crate::resolve::{IndexEntry, ReferenceEntry};

impl<'a> Page<'a, '_> {
    /// Opens a generated piece with its heading.
    fn open_piece(&mut self, anchor: &str, kind: &str, title: &str) {
        let label = format!("{anchor}-title");
        let labelled = if kind.is_empty() { "" } else { label.as_str() };
        let attributes = [
            ("class", anchor),
            ("id", anchor),
            ("epub:type", kind),
            ("aria-labelledby", labelled),
        ];
        self.xml.open("section", &attributes);
        self.reach_anchor(anchor);
        self.xml.leaf("h1", &[("id", &label)], title);
    }

    /// Closes a generated piece and its file.
    fn close_piece(mut self, title: &str) -> Document {
        self.note_texts();
        self.xml.close();
        self.finish(title, Matter::Back)
    }

    /// 术语表.
    pub(super) fn glossary(mut self, title: &str) -> Document {
        self.open_piece("glossary", "glossary", title);
        for group in &self.plan.resolved.glossary {
            let first = group.entries.first();
            self.reach_entry(first.map_or("", |entry| entry.anchor.as_str()));
            self.xml.open("section", &[]);
            self.xml.leaf("h2", &[("class", "letter")], &group.letter);
            self.xml.open("dl", &[]);
            for entry in &group.entries {
                self.entry(entry);
            }
            self.xml.close();
            self.xml.close();
        }
        self.close_piece(title)
    }

    fn entry(&mut self, entry: &'a Entry) {
        let anchor = entry.anchor.as_str();
        self.xml.open("dt", &[("id", anchor), ("epub:type", "glossterm")]);
        self.enter(anchor);
        self.xml.leaf("dfn", &[], &entry.term.value);
        for (class, language, text) in [
            ("pinyin", "zh-Latn-pinyin", &entry.pinyin),
            ("english", "en", &entry.english),
        ] {
            if !text.is_empty() {
                // An en space, which vanishes where the line breaks.
                self.xml.text("\u{2002}");
                self.xml.leaf("span", &[("class", class), ("lang", language)], text);
            }
        }
        self.xml.close();
        self.xml.open("dd", &[("epub:type", "glossdef")]);
        self.xml.open("p", &[]);
        self.inlines(&entry.definition);
        self.leave();
        self.xml.close();
        self.places(&entry.uses, &entry.term.value, "见");
        self.xml.close();
    }

    /// Writes the links back to where something is used, once a chapter.
    fn places(&mut self, uses: &[TermPlace], name: &str, lead: &str) {
        let mut links: Vec<(String, String)> = Vec::new();
        let mut chapters = Vec::new();
        for place in uses {
            let Some(href) = self.href(place.anchor.as_str()) else { continue };
            if chapters.contains(&place.chapter.as_str()) {
                continue;
            }
            chapters.push(place.chapter.as_str());
            links.push((href, self.chapter_name(place.chapter.as_str())));
        }
        if links.is_empty() {
            return;
        }
        self.xml.open("p", &[("class", "uses")]);
        self.xml.text(lead);
        for (at, (href, chapter)) in links.iter().enumerate() {
            self.xml.text(if at == 0 { " " } else { "、" });
            let label = format!("{chapter}：回到“{name}”");
            let attributes = [
                ("href", href.as_str()),
                ("role", "doc-backlink"),
                ("aria-label", label.as_str()),
            ];
            self.xml.leaf("a", &attributes, chapter);
        }
        self.xml.close();
    }

    /// `第三章`, or the title of what has no number.
    fn chapter_name(&self, anchor: &str) -> String {
        let contents = &self.plan.resolved.contents;
        let entry = contents.iter().find(|entry| entry.anchor.as_str() == anchor);
        match entry {
            Some(entry) if !entry.number.is_empty() => entry.number.clone(),
            Some(entry) => crate::book::plain_text(&entry.title),
            None => "正文".to_owned(),
        }
    }

    /// 自测题与答案.
    pub(super) fn answers(mut self, title: &str) -> Document {
        self.open_piece("answers", "", title);
        self.level = 2;
        for group in &self.plan.resolved.answers {
            self.answer_group(group);
        }
        self.close_piece(title)
    }

    /// 参考文献.
    pub(super) fn references(mut self, title: &str) -> Document {
        self.open_piece("references", "bibliography", title);
        self.xml.open("ul", &[("class", "entries")]);
        for entry in &self.plan.resolved.references {
            self.reference_entry(entry);
        }
        self.xml.close();
        self.close_piece(title)
    }

    fn reference_entry(&mut self, entry: &'a ReferenceEntry) {
        let anchor = entry.anchor.as_str();
        self.xml.open("li", &[("id", anchor)]);
        self.enter(anchor);
        if !entry.number.is_empty() {
            self.xml.leaf("span", &[("class", "number")], &entry.number);
            self.xml.text(" ");
        }
        self.inlines(&entry.text);
        self.leave();
        self.places(&entry.uses, &entry.number, "见");
        self.xml.close();
    }

    /// 索引.
    pub(super) fn index(mut self, title: &str) -> Document {
        self.open_piece("index", "index", title);
        for group in &self.plan.resolved.index {
            let first = group.entries.first();
            let first = first.map_or_else(String::new, |entry| index_entry(&entry.term));
            self.reach_entry(&first);
            self.xml.open("section", &[]);
            self.xml.leaf("h2", &[("class", "letter")], &group.letter);
            self.xml.open("ul", &[("class", "entries")]);
            for entry in &group.entries {
                self.index_entry(entry);
            }
            self.xml.close();
            self.xml.close();
        }
        self.close_piece(title)
    }

    /// Writes an entry; its links are named by the printed page, so that the
    /// index says the same as on paper, or by their order.
    fn index_entry(&mut self, entry: &'a IndexEntry) {
        self.xml.open("li", &[]);
        self.reach_entry(&index_entry(&entry.term));
        match self.href(entry.entry.as_str()) {
            Some(href) => {
                self.xml.leaf("a", &[("class", "term"), ("href", &href)], &entry.term);
            }
            None => self.runs(&entry.term),
        }
        let mut seen: Vec<String> = Vec::new();
        for place in &entry.uses {
            let Some(href) = self.href(place.anchor.as_str()) else { continue };
            let page = self.folios.printed(place.anchor.as_str());
            let chapter = self.chapter_name(place.chapter.as_str());
            let number = seen.len() + 1;
            let (text, label) = match page {
                Some(page) => (page.to_owned(), format!("第 {page} 页，{chapter}")),
                None => (number.to_string(), format!("第 {number} 处，{chapter}")),
            };
            if seen.contains(&text) {
                continue;
            }
            self.xml.text(if seen.is_empty() { "　" } else { "、" });
            let attributes = [("href", href.as_str()), ("aria-label", label.as_str())];
            self.xml.leaf("a", &attributes, &text);
            seen.push(text);
        }
        self.xml.close();
    }
}
