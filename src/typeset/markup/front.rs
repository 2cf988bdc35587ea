//! The entry: the sections in their order, and the generated pieces.

use super::block::number;
use super::writer::Writer;
use super::{is_body, text_path};
use crate::book::{Actor, Chapter, Entry, Generated, TermPlace};
use crate::edition::{contents_entry, index_entry, list_entry};
use crate::resolve::{FigureEntry, Section};
use crate::typeset::escape::{array, markup, string};

impl Writer<'_, '_> {
    /// Writes `main.typ`.
    pub(super) fn main(&mut self) {
        self.sheet.push("#import \"/templates/book.typ\": *\n");
        self.sheet.push("#import \"/templates/math.typ\": *\n#show: book\n");
        let sections = &self.cx.book.sections;
        let first = sections.iter().position(is_body);
        let last = sections.iter().rposition(is_body);
        let is_numbered =
            |section: &&Section| matches!(section, Section::Chapter(c) if c.numbered);
        let total = sections.iter().filter(is_numbered).count();
        let mut index = 0;
        for (at, section) in sections.iter().enumerate() {
            if Some(at) == first {
                self.sheet.push("#body-matter()\n");
            }
            if last.is_some_and(|last| at == last + 1) {
                self.sheet.push("#back-matter()\n");
            }
            if is_numbered(&section) {
                index += 1;
            }
            self.section(section, index, total);
            self.sheet.push("\n");
        }
    }

    fn section(&mut self, section: &Section, index: usize, total: usize) {
        match section {
            Section::Generated(piece) => self.generated(*piece),
            Section::Part { number: name, title, summary, anchor } => {
                let code = format!(
                    "#part{}({}, number: {}, title: [{}], summary: [{}])",
                    self.marked(anchor.as_str()),
                    string(anchor.as_str()),
                    number(name),
                    markup(title),
                    markup(summary),
                );
                self.sheet.push(&code);
            }
            Section::Text(chapter) => self.included("front-text", chapter, None),
            Section::Chapter(chapter) => {
                self.included("chapter", chapter, Some((index, total)));
            }
            Section::Appendix(chapter) => self.included("appendix", chapter, None),
        }
    }

    fn generated(&mut self, piece: Generated) {
        match piece {
            Generated::Cover
            | Generated::HalfTitle
            | Generated::TitlePage
            | Generated::Imprint
            | Generated::Colophon => self.sheet.push(&format!("#{}()", piece.name())),
            Generated::Contents => self.contents(),
            Generated::ListOfFigures => self.float_list(piece, &self.cx.book.figures),
            Generated::ListOfTables => self.float_list(piece, &self.cx.book.tables),
            Generated::Glossary => self.glossary(),
            Generated::Answers => self.answers(),
            Generated::References => self.references(),
            Generated::Index => self.index(),
        }
    }

    /// The list of figures or of tables.
    fn float_list(&mut self, piece: Generated, entries: &[FigureEntry]) {
        let name = piece.name();
        self.sheet.push(&format!("#{name}{}(", self.marked(name)));
        self.figure_list(name, entries);
        self.sheet.push(")");
    }

    /// A chapter's call around its text.
    fn included(&mut self, call: &str, chapter: &Chapter, place: Option<(usize, usize)>) {
        let start = self.sheet.len();
        let anchor = string(chapter.anchor.as_str());
        self.sheet.push(&format!("#{call}({anchor}, "));
        if call != "front-text" {
            self.sheet.push(&format!("number: {}, ", number(&chapter.number)));
        }
        self.sheet.push("title: ");
        self.title(&chapter.title);
        self.sheet.push(", short: ");
        match &chapter.header.short_title {
            Some(short) => self.sheet.push(&format!("[{}]", markup(short))),
            None => self.echoed(|writer| writer.content(&chapter.title)),
        }
        if let Some((index, total)) = place {
            let header = &chapter.header;
            let question = header.question.as_deref().unwrap_or_default();
            let actor = match header.actor {
                Some(Actor::Government) => "\"government\"",
                Some(Actor::Enterprise) => "\"enterprise\"",
                Some(Actor::Society) => "\"society\"",
                Some(Actor::Individual) => "\"individual\"",
                None => "none",
            };
            let authors = array(header.authors.iter().map(|name| string(name)));
            self.sheet.push(&format!(
                ", question: {}, actor: {actor}, authors: {authors}, \
                 index: {index}, total: {total}",
                number(question),
            ));
        }
        let path = string(&text_path(chapter.anchor.as_str()));
        self.sheet.push(&format!(")[#include {path}]"));
        self.sheet.record(start, chapter.span, false, self.flow);
    }

    fn contents(&mut self) {
        let call = format!("#contents{}((\n", self.marked("contents"));
        self.sheet.push(&call);
        for entry in &self.cx.book.contents {
            if !self.stands(&entry.anchor) {
                continue;
            }
            let start = self.sheet.len();
            self.sheet.push(&format!(
                "  (depth: {}, number: {}, title: ",
                entry.depth,
                number(&entry.number)
            ));
            self.echoed(|writer| writer.content(&entry.title));
            let anchor = string(entry.anchor.as_str());
            let name = contents_entry(entry.anchor.as_str());
            let mark = self.entry_mark("mark", "contents", &name);
            self.sheet.push(&format!(", anchor: {anchor}{mark}),\n"));
            self.sheet.enter(start, name, start);
        }
        self.sheet.push("))");
    }

    fn figure_list(&mut self, name: &str, entries: &[FigureEntry]) {
        self.sheet.push("(\n");
        for entry in entries {
            if !self.stands(&entry.anchor) {
                continue;
            }
            let start = self.sheet.len();
            self.sheet
                .push(&format!("  (number: {}, caption: ", number(&entry.number)));
            self.echoed(|writer| writer.content(&entry.caption));
            let anchor = string(entry.anchor.as_str());
            let entered = list_entry(entry.anchor.as_str());
            let mark = self.entry_mark("mark", name, &entered);
            self.sheet.push(&format!(", anchor: {anchor}{mark}),\n"));
            self.sheet.enter(start, entered, start);
        }
        self.sheet.push(")");
    }

    fn glossary(&mut self) {
        let call = format!("#glossary{}((\n", self.marked("glossary"));
        self.sheet.push(&call);
        for group in &self.cx.book.glossary {
            self.sheet
                .push(&format!("  (letter: {}, entries: (\n", string(&group.letter)));
            for entry in &group.entries {
                self.entry(entry);
            }
            self.sheet.push("  )),\n");
        }
        self.sheet.push("))");
    }

    fn entry(&mut self, entry: &Entry) {
        let start = self.sheet.len();
        self.sheet.push(&format!(
            "    (anchor: {}, term: [{}], pinyin: {}, english: {}, definition: ",
            string(entry.anchor.as_str()),
            markup(&entry.term.value),
            string(&entry.pinyin),
            string(&entry.english),
        ));
        self.content(&entry.definition);
        let uses = self.uses(&entry.uses);
        let mark = self.entry_mark("mark", "glossary", entry.anchor.as_str());
        self.sheet.push(&format!(", uses: {uses}{mark}),\n"));
        self.sheet.record(start, entry.term.span, false, self.flow);
        self.sheet.enter(start, entry.anchor.0.clone(), start);
    }

    /// The places that stand in this edition.
    fn uses(&self, uses: &[TermPlace]) -> String {
        let standing = uses.iter().filter(|place| self.stands(&place.anchor));
        array(standing.map(|place| string(place.anchor.as_str())))
    }

    fn answers(&mut self) {
        let call = format!("#answers{}((\n", self.marked("answers"));
        self.sheet.push(&call);
        for group in &self.cx.book.answers {
            let is_copy = self.stands(&group.chapter);
            let chapter =
                if is_copy { string(group.chapter.as_str()) } else { "none".to_owned() };
            self.sheet.push(&format!(
                "  (title: [{}], chapter: {chapter}, questions: (\n",
                markup(&group.title)
            ));
            for question in &group.questions {
                self.sheet.push("    ");
                self.question(question, is_copy, false);
                self.sheet.push(",\n");
            }
            self.sheet.push("  )),\n");
        }
        self.sheet.push("))");
    }

    fn references(&mut self) {
        let call = format!("#references{}((\n", self.marked("references"));
        self.sheet.push(&call);
        for reference in &self.cx.book.references {
            let start = self.sheet.len();
            self.sheet.push(&format!(
                "  (anchor: {}, number: {}, body: ",
                string(reference.anchor.as_str()),
                number(&reference.number)
            ));
            self.content(&reference.text);
            let uses = self.uses(&reference.uses);
            let mark = self.entry_mark("mark", "references", reference.anchor.as_str());
            self.sheet.push(&format!(", uses: {uses}{mark}),\n"));
            self.sheet.enter(start, reference.anchor.0.clone(), start);
        }
        self.sheet.push("))");
    }

    fn index(&mut self) {
        let call = format!("#index{}((\n", self.marked("index"));
        self.sheet.push(&call);
        for group in &self.cx.book.index {
            let letter = string(&group.letter);
            self.sheet.push(&format!("  (letter: {letter}, entries: (\n"));
            for entry in &group.entries {
                let uses = self.uses(&entry.uses);
                if uses == "()" {
                    continue;
                }
                let target = if self.stands(&entry.entry) {
                    string(entry.entry.as_str())
                } else {
                    "none".to_owned()
                };
                let term = markup(&entry.term);
                let start = self.sheet.len();
                let name = index_entry(&entry.term);
                let mark = self.entry_mark("mark", "index", &name);
                self.sheet.push(&format!(
                    "    (term: [{term}], entry: {target}, uses: {uses}{mark}),\n"
                ));
                self.sheet.enter(start, name, start);
            }
            self.sheet.push("  )),\n");
        }
        self.sheet.push("))");
    }
}
